"""What a reader sees of people and bodies."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from lxml import html

from tests.conftest import build_folder


def main_of(path: Path) -> html.HtmlElement:
    return html.parse(str(path)).getroot().find(".//main")


def text_of(path: Path) -> str:
    return " ".join(" ".join(main_of(path).itertext()).split())


def test_deputies_stand_by_faction_those_outside_last(roll_call: Path) -> None:
    page = roll_call / "deputaty/index.html"
    assert ["Фракція «Поле»", "Позафракційні депутати"] == [h2.text_content() for h2 in main_of(page).iter("h2")]
    assert "3 депутати на 3 місця" in text_of(page)


def test_a_person_is_named_by_the_posts_held_that_day(roll_call: Path) -> None:
    assert "Депутатка Малої міської ради, позафракційна" in text_of(roll_call / "deputaty/chumak-iryna/index.html")
    assert "Депутат Малої міської ради, фракція «Поле»" in text_of(roll_call / "deputaty/bondar-oles/index.html")


def test_a_post_shows_its_term_and_a_past_one_both_ends(roll_call: Path) -> None:
    page = text_of(roll_call / "deputaty/chumak-iryna/index.html")
    assert "Голова постійної комісії з питань бюджету від 10 грудня 2020 року" in page
    assert "Раніше Членкиня фракції «Поле» 10 грудня 2020 року — 31 березня 2026 року" in page


def test_a_body_shows_head_members_and_its_place(roll_call: Path) -> None:
    page = text_of(roll_call / "vlada/komisiia/index.html")
    assert "Чумак Ірина Петрівна" in page and "2 із 2" in page
    assert "Постійна комісія з питань бюджету" in text_of(roll_call / "vlada/rada/index.html")


def test_the_directory_has_numbers_to_call_at_once(roll_call: Path) -> None:
    page = main_of(roll_call / "dovidnyk/index.html")
    assert "tel:+380320041400" in [a.get("href") for a in page.iter("a")]


def test_the_authority_page_holds_the_whole_structure(roll_call: Path) -> None:
    page = text_of(roll_call / "vlada/index.html")
    assert all(part in page for part in ("Керівництво", "Міська голова", "Постійні комісії", "Відділ житлового"))


def test_a_council_whose_deputies_are_not_entered_yet_has_no_dead_links(lay_out: Callable[[str], Path]) -> None:
    folder = lay_out("")
    members = folder / "data" / "memberships.csv"
    lines = [line for line in members.read_text("utf-8").split("\n") if ",deputy," not in line]
    members.write_text("\n".join(lines), "utf-8")
    assert build_folder(folder, folder / "out") == (0, [])
    page = main_of(folder / "out" / "vlada" / "index.html")
    assert "/vlada/rada/" in [a.get("href") for a in page.iter("a")]
    assert "/deputaty/" not in [a.get("href") for a in page.iter("a")]
    assert page.find_class("buttons") == []
