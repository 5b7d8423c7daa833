"""The brochure of the hour of need: read aloud by everybody, printed on sheets that fold, true to the register."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path

import pdfplumber
import pytest
from lxml import html

from plugins.documents.model import sheets_of
from tests import pdf
from tests.conftest import build_folder, lay_site, tree_of
from tests.plugins.community import links, main_of

READ, PRINT = "bezpeka/broshura.pdf", "bezpeka/broshura-druk.pdf"


@pytest.fixture(scope="session")
def brochure(community: Path) -> bytes:
    return (community / READ).read_bytes()


def test_a_reader_of_screens_finds_no_fault(community: Path, brochure: bytes) -> None:
    for made in (brochure, (community / PRINT).read_bytes()):
        assert [] == pdf.faults(made)
        assert [] == pdf.spoken_faults(made)
        assert ("2A", "1") == pdf.standards(made)


def test_pages_are_a5_and_sheets_a4(community: Path, brochure: bytes) -> None:
    assert {(420, 595)} == {tuple(map(round, box["MediaBox"][2:])) for box in pdf.boxes_of(brochure)}
    sheets = pdf.boxes_of((community / PRINT).read_bytes())
    assert {(839, 595)} == {tuple(map(round, box["MediaBox"][2:])) for box in sheets}
    assert len(sheets) == len(sheets_of(len(pdf.boxes_of(brochure))))


def test_telephones_come_first_and_are_large(brochure: bytes) -> None:
    second = [letter for letter in pdf.letters_of(brochure) if letter["page"] == 1]
    for number in ("112", "101", "102", "103", "104"):
        text = "".join(letter["text"] for letter in second if letter["size"] > 20 and letter["text"].isdigit())
        assert number in text
    assert "4-40-10" in "".join(letter["text"] for letter in second if letter["size"] > 16)


def test_nothing_is_smaller_than_ten_points(brochure: bytes) -> None:
    small = {(letter["page"], round(letter["size"], 1)) for letter in pdf.letters_of(brochure)
             if letter["size"] < 9.4 and letter["text"].strip()}
    assert set() == small


def test_every_place_and_every_word_of_the_instructions_is_in_it(community: Path, brochure: bytes) -> None:
    told = " ".join(pdf.words_of(brochure))
    for address in ("вул Соборна 1", "вул Шкільна 3"):
        assert address in told
    page = main_of(community, "tryvoha").find_class("text")[0]
    words = set(re.findall(r"[\w’]+", pdf.plain(html.tostring(page, encoding="unicode", method="text"))))
    assert words <= set(pdf.words_of(brochure))


def test_the_contents_name_the_right_pages(brochure: bytes) -> None:
    with pdfplumber.open(io.BytesIO(brochure)) as document:
        pages = [page.extract_text() for page in document.pages]
    found = dict(re.findall(r"^(Укриття|Пункти незламності|Що робити під час тривоги|Мій план) (\d+)$", pages[1], re.M))
    assert {"Укриття", "Що робити під час тривоги", "Мій план"} <= set(found)
    for title, number in found.items():
        assert title in pages[int(number) - 1]
        assert pages[int(number) - 1].splitlines()[-1] == number


def test_the_page_of_safety_leads_to_both(community: Path) -> None:
    found = links(main_of(community, "bezpeka"))
    assert "/" + READ == found["Дії у разі надзвичайної ситуації"]
    assert "/" + PRINT == found["Те саме для друку"]


def test_a_changed_place_changes_the_brochure_as_a_cold_build_would(community: Path, tmp_path: Path) -> None:
    folder = lay_site(tmp_path / "site", "valid/community")
    assert build_folder(folder, tmp_path / "out") == (0, [])
    first = tree_of(tmp_path / "out")
    assert [(community / name).read_bytes() for name in (READ, PRINT)] == [first[READ], first[PRINT]]
    register = folder / "data/places.csv"
    moved = register.read_text(encoding="utf-8").replace("вул. Соборна, 1", "вул. Нова, 9")
    register.write_text(moved, encoding="utf-8")
    assert build_folder(folder, tmp_path / "out") == (0, [])
    assert build_folder(folder, tmp_path / "cold", cold=True, cache=tmp_path / "other") == (0, [])
    warm, cold = tree_of(tmp_path / "out"), tree_of(tmp_path / "cold")
    assert [warm[READ], warm[PRINT]] == [cold[READ], cold[PRINT]] != [first[READ], first[PRINT]]


@pytest.mark.parametrize("old", ["Вхід із двору", "Спустіться до укриття"])
def test_a_sign_that_no_font_has_is_told_by_a_check_with_its_place(
        old: str, tmp_path: Path, check_folder: Callable[[Path], list[str]]) -> None:
    folder = lay_site(tmp_path / "site", "valid/community")
    file = next(path for path in sorted(folder.rglob("*")) if path.suffix in (".md", ".csv")
                and old in path.read_text(encoding="utf-8"))
    file.write_text(file.read_text(encoding="utf-8").replace(old, f"{old} 🏠"), encoding="utf-8")
    told = check_folder(folder)
    assert told and all(line.startswith(file.relative_to(folder).as_posix()) and "🏠" in line for line in told), told
    assert build_folder(folder, tmp_path / "out")[0] == 1


def test_nothing_is_said_to_be_checked_later_than_its_oldest_place(tmp_path: Path) -> None:
    folder = lay_site(tmp_path / "site", "valid/community")
    register = folder / "data/places.csv"
    rows = register.read_text(encoding="utf-8").replace("так,,\n", "так,2026-10-30,\n").replace("420", "421")
    register.write_text(rows, encoding="utf-8")
    said = "Адреси й телефони перевірено"
    for others, day in ((rows, ""), (rows.replace("ні,,\n", "ні,2026-10-02,\n"), "2 жовтня 2026 року")):
        register.write_text(others, encoding="utf-8")
        assert build_folder(folder, tmp_path / "out") == (0, [])
        page = " ".join(main_of(tmp_path / "out", "bezpeka").text_content().replace("\u00a0", " ").split())
        brochure = " ".join(pdf.words_of((tmp_path / "out" / READ).read_bytes()))
        told = f"{said} {day}".strip()
        assert (told in page and told in brochure) if day else (said not in page and said not in brochure)
        assert "Те саме простим текстом" in page and "421 місце" in brochure
