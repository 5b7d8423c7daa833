"""The agenda on paper: requisites in their order, what changed and why, names as on the page, drafts one click away."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest

from plugins.documents.model import pdf
from plugins.meetings.agenda import agenda_row
from plugins.meetings.agenda_form import agenda_form
from tests import pdf as read
from tests.conftest import lay_site
from tests.plugins.meetings.test_agenda import MEETING
from tests.plugins.papers import SITE, library_of, meeting, model, paper, sample, text
from tests.sample import ONLY_HERE

AHEAD, HELD, CANCELLED = "pl-2026-12-03", "pl-2026-11-19", "kom-humanitarna-2026-10-13"
HOSTILE = ("#read(\"/etc/passwd\")", "<script>alert(1)</script>", "$ x^2 $", "]#panic()[", "*a* _b_ `c`", "{{ x }}",
           "\\u{202e}", "// коментар", "@label", "а" * 300)


def in_order(told: str, *parts: str) -> None:
    """Each part stands after the one before it."""
    place = 0
    for part in parts:
        found = told.find(read.plain(part), place)
        assert found >= 0, f"{part!r} не стоїть після попереднього"
        place = found


def addresses(content: bytes) -> list[str]:
    """Where the links of a PDF lead."""
    with pikepdf.open(io.BytesIO(content)) as file:
        notes = [note for page in file.pages for note in page.get("/Annots", [])]
        return [str(note.A.URI) for note in notes if "/URI" in note.get("/A", {})]


@ONLY_HERE
def test_requisites_stand_in_their_order() -> None:
    form = model("agenda", AHEAD)
    in_order(text("agenda", AHEAD), "ПРОЄКТ", "УКРАЇНА", "ЯВОРОПІЛЬСЬКА МІСЬКА РАДА", "ПОРЯДОК ДЕННИЙ",
             "пленарного засідання XXXVIII сесії VIII скликання", "3 грудня 2026 року, 10:00",
             "зала засідань, вул. Соборна",
             *(f"{question.number}. {question.title[:20]}" for question in form.questions))


@ONLY_HERE
def test_what_is_proposed_is_marked_a_draft_and_what_was_adopted_is_not() -> None:
    assert "ПРОЄКТ" in text("agenda", AHEAD)
    assert "ПРОЄКТ" not in text("agenda", HELD)


@ONLY_HERE
def test_the_draft_and_what_was_adopted_of_it_are_told_as_on_the_page() -> None:
    told = text("agenda", HELD)
    in_order(told, "У проєкті 11 питань, додано 1.", "12. Про виділення коштів на аварійний ремонт водогону",
             "Додано на засіданні: Третій за осінь прорив водогону")
    assert told.count("Додано на засіданні") == 1


def test_a_question_that_was_taken_off_stays_with_its_reason(tmp_path: Path) -> None:
    folder = lay_site(tmp_path / "site")
    place = folder / "content/meetings/2026/pl-2026-11-20"
    place.mkdir(parents=True)
    (place / "index.yml").write_text(MEETING, encoding="utf-8")
    library = library_of(folder)
    told = read.text_of(pdf(agenda_form(meeting("pl-2026-11-20", library), library)))
    in_order(told, "У проєкті 2 питання, додано 1, знято 1.", "2. Про продаж",
             "Знято з порядку денного: Немає оцінки майна.", "3. Про воду", "Додано на засіданні: Прорвало трубу.")


@ONLY_HERE
@pytest.mark.parametrize("key", [AHEAD, HELD, "vk-2026-03-12", "kom-zemlia-2026-06-16"])
def test_who_presents_is_named_as_on_the_page_with_the_post_of_that_day(key: str) -> None:
    for item, question in zip(meeting(key).items, model("agenda", key).questions, strict=True):
        on_page = [fact for fact in agenda_row(item, meeting(key), sample()).facts if str(fact).startswith("доповідає")]
        for fact in on_page:
            name = str(fact).removeprefix("доповідає ")
            assert question.presenter.endswith(name)
            assert question.presenter.startswith("Доповідає: ")
    presenters = [question.presenter for question in model("agenda", AHEAD).questions]
    assert "начальниця фінансового управління" in presenters[0]


@ONLY_HERE
def test_each_draft_is_one_click_away() -> None:
    found = addresses(paper("agenda", AHEAD))
    wanted = [question.to for question in model("agenda", AHEAD).questions]
    assert wanted and all(address.startswith(f"{SITE}/proiekty/2026/") for address in wanted)
    assert set(wanted) <= set(found)


@ONLY_HERE
def test_a_cancelled_meeting_says_so_and_why() -> None:
    in_order(text("agenda", CANCELLED), "ПРОЄКТ", "ПОСТІЙНА КОМІСІЯ", "засідання постійної комісії № 9",
             "Засідання скасовано", "Не зібрався кворум", "1. Про підсумки літнього відпочинку дітей")


@pytest.mark.parametrize("number", range(len(HOSTILE)))
def test_hostile_words_are_only_words(number: int, tmp_path: Path) -> None:
    words = HOSTILE[number]
    folder = lay_site(tmp_path / "site")
    place = folder / "content/meetings/2026/pl-2026-11-20"
    place.mkdir(parents=True)
    quoted = words.replace("\\", "\\\\").replace('"', '\\"')
    (place / "index.yml").write_text(MEETING.replace("Про продаж", f'"Про {quoted}"'), encoding="utf-8")
    library = library_of(folder)
    printed = read.text_of(pdf(agenda_form(meeting("pl-2026-11-20", library), library)))
    told = printed.translate(dict.fromkeys(map(ord, "«»“”„ "), ""))  # the typographer sets quotes
    assert read.plain(words).replace(" ", "").replace('"', "") in told


@ONLY_HERE
def test_a_question_does_not_part_over_two_pages() -> None:
    """A title stands on the page of its draft and its speaker."""
    import pdfplumber

    with pdfplumber.open(io.BytesIO(paper("agenda", HELD))) as file:
        pages = [read.plain(page.extract_text()) for page in file.pages]
    assert len(pages) > 1
    assert all(not page.removeprefix(str(number)).strip().startswith(("Проєкт", "Доповідає"))
               for number, page in enumerate(pages, 1))


def test_a_sign_that_no_font_has_is_told_at_its_line(
        lay_out: Callable[[], Path], check_folder: Callable[[Path], list[str]]) -> None:
    folder = lay_out()
    place = folder / "content/meetings/2026/pl-2026-11-20"
    place.mkdir(parents=True)
    (place / "index.yml").write_text(MEETING.replace("Про продаж", "Про свято 🎉"), encoding="utf-8")
    line = MEETING[:MEETING.index("Про продаж")].count("\n") + 1
    told = [found for found in check_folder(folder) if "DOCUMENT-SIGN" in found]
    assert [found.partition(": ")[0] for found in told] == [f"content/meetings/2026/pl-2026-11-20/index.yml:{line}"]
