"""Whom a greeting addresses: the salutation in the vocative, the post and the name in the dative."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from plugins.builder.options import ROOT
from plugins.greetings.model import Greeting, Tone
from plugins.people.model import Council, Membership, Organization, Person
from plugins.records import Registry, load_rooms, read_all
from tests import sample
from tests.conftest import build_folder
from tests.plugins.community import main_of, words
from tests.plugins.greetings.register import observances


def test_a_person_of_the_register_is_addressed_in_the_vocative(community: Path) -> None:
    page = main_of(community, "vitannia/2026/09-05")
    assert "Шановний Олесю Івановичу!" == words(page.find_class("greeting-to")[0])


def test_the_post_and_the_name_stand_in_the_dative(community: Path) -> None:
    assert "Кому: депутату Олесю" in words(main_of(community, "vitannia/2026/09-05")).replace("\u00a0", " ")


def test_forms_of_the_record_win_over_the_rules(lay_out: Callable[[str], Path]) -> None:
    folder = lay_out("valid/community")
    person = folder / "data" / "people" / "bondar-oles.yml"
    person.write_text(person.read_text(encoding="utf-8") +
                      "cases:\n  vocative:\n    given_name: Лесю\n  dative:\n    family_name: Бондареві\n",
                      encoding="utf-8")
    assert (0, []) == build_folder(folder, folder / "out")
    page = main_of(folder / "out", "vitannia/2026/09-05")
    assert "Шановний Лесю Івановичу!" == words(page.find_class("greeting-to")[0])
    assert "Олесю Бондареві" in words(page).replace("\u00a0", " ")


def test_on_a_day_of_remembrance_a_person_is_addressed_quietly(lay_out: Callable[[str], Path]) -> None:
    folder = lay_out("valid/community")
    file = next((folder / "content" / "greetings").rglob("11-21-*.md"))
    file.write_text(file.read_text(encoding="utf-8").replace("signatory:", "to: chumak-iryna\nsignatory:"),
                    encoding="utf-8")
    assert (0, []) == build_folder(folder, folder / "out")
    page = main_of(folder / "out", "vitannia/2026/11-21")
    assert "Шановна Ірино Петрівно." == words(page.find_class("greeting-to")[0])


def test_each_voice_signs_off_in_its_own_way(community: Path) -> None:
    found = [words(main_of(community, f"vitannia/2026/{name}").find_class("greeting-signature")[0])
             for name in ("08-24", "09-05", "11-21")]
    assert ["З повагою від імені громади", "З повагою і вдячністю", "З сумом і шаною"] == [
        text[:len(start)] for text, start in zip(found, (
            "З повагою від імені громади", "З повагою і вдячністю", "З сумом і шаною"), strict=True)]


def test_a_greeting_has_the_voice_of_its_day(community: Path) -> None:
    page = main_of(community, "vitannia/2026/11-21")
    assert page.find_class("is-mourning")


@sample.ONLY_HERE
def test_the_sample_council_speaks_in_all_three_voices_to_a_person_and_to_an_anniversary() -> None:
    load_rooms()
    registry = Registry(models=[Council, Organization, Person, Membership, Greeting])
    found = [item for item in read_all(ROOT / "content", ROOT / "data", registry).records if isinstance(item, Greeting)]
    days = observances()
    assert len(found) >= 14
    assert set(Tone) == {item.tone or days[str(item.observance)].tone for item in found}
    assert any(item.to == "zaiats-orysia" for item in found)
    assert any("65-та річниця" in item.text for item in found)
