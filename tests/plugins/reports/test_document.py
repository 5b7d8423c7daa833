"""The report as a document: it can be read by everybody, its contents lead to the right pages, no word is lost."""

from __future__ import annotations

import io
import re
import time
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path

import pdfplumber
import pikepdf
import pytest

from plugins.documents.model import flow, pdf
from plugins.reports.document import ChapterOnPaper, ReportDocument
from tests import pdf as reader
from tests.conftest import build_folder, lay_site, tree_of
from tests.plugins.community import main_of
from tests.plugins.documents.test_prints import BRAND


@pytest.fixture(scope="session")
def whole(figures: Path) -> bytes:
    return (figures / "zvity/2026/zvit/zvit.pdf").read_bytes()


@pytest.fixture(scope="session")
def pages(whole: bytes) -> list[str]:
    """The text of each page."""
    with pdfplumber.open(io.BytesIO(whole)) as document:
        return [page.extract_text() for page in document.pages]


def synthetic(chapters: int, paragraphs: int = 8) -> ReportDocument:
    """A report of about two chapters a sheet."""
    text = "Громада відремонтувала дороги, водогони й укриття, а чого не встигла, те назвала окремим рядком. " * 3
    blocks = "".join(f"<p>{text}</p>" for _ in range(paragraphs))
    return ReportDocument(
        title="Звіт про все", brand=BRAND, on=date(2026, 2, 2), kind="Звіт", year="2025", period="2025 рік", summary=(),
        groups=(), charts=(), author="", author_signs="", post="", facts=(), address="https://mala.example/zvity/",
        chapters=tuple(ChapterOnPaper(flow(f"<h2>Розділ {number}</h2>{blocks}"), ()) for number in range(chapters)))


def test_a_reader_of_screens_finds_no_fault(whole: bytes) -> None:
    assert [] == reader.faults(whole)
    assert [] == reader.spoken_faults(whole)
    assert ("2A", "1") == reader.standards(whole)


def test_contents_name_the_pages_on_which_chapters_begin(pages: list[str]) -> None:
    found = dict(re.findall(r"^(Розділ \d+|Показники|Таблиця|Про цей звіт) (\d+)$", pages[1], re.M))
    assert 23 == len(found)
    for title, number in found.items():
        assert re.search(rf"^{title}$", pages[int(number) - 1], re.M), title
        assert pages[int(number) - 1].splitlines()[-1] == number


def test_bookmarks_and_links_lead_to_the_chapters(whole: bytes) -> None:
    with pikepdf.open(io.BytesIO(whole)) as document:
        with document.open_outline() as outline:
            titles = [item.title for top in outline.root for item in top.children]
        links = [note for note in document.pages[1].Annots if note.Subtype == "/Link"]
    assert {"Показники", "Розділ\u00a01", "Розділ\u00a020", "Про цей звіт"} <= set(titles)
    assert 23 <= len(links)


def test_each_chart_is_told_in_words_and_none_is_a_photo_of_numbers(whole: bytes) -> None:
    alts = [item.alt for item in reader.elements(whole) if item.name == "Figure"]
    charts = [alt for alt in alts if alt.startswith("Рисунок")]
    assert ["1", "2", "3", "4", "4", "4"] == [re.findall(r"\d+", alt)[0] for alt in charts]
    assert charts[3].endswith("Частина 1 з 3: від «Вулиця 1 з назвою, яка не вміщується в один рядок на вузькому "
                              "екрані телефона» до «Вулиця 10 з назвою, яка не вміщується в один рядок на вузькому "
                              "екрані телефона».")
    with pikepdf.open(io.BytesIO(whole)) as document:
        assert not [image for page in document.pages for image in page.get_images()]


def test_the_heads_of_long_tables_are_repeated(pages: list[str]) -> None:
    assert sum("2025 рік 2024 рік план" in page for page in pages) >= 2


def test_no_word_of_the_page_is_lost_on_paper(figures: Path, pages: list[str]) -> None:
    main = main_of(figures, "zvity/2026/zvit")
    text = " ".join(item.text_content() for found in main.find_class("text") for item in found.iter("p", "h2", "td"))
    on_paper = set(re.findall(r"[\w’]+", reader.plain("\n".join(pages))))
    assert set() == set(re.findall(r"[\w’]+", reader.plain(text))) - on_paper - {"Файл", "CSV"}


def test_no_heading_is_left_alone_at_the_foot_of_a_page(pages: list[str]) -> None:
    for page in pages[2:]:
        *_, last, number = page.splitlines()
        assert number.isdigit()
        assert not re.match(r"Розділ \d+$", last)


def test_a_changed_table_changes_page_and_document_as_a_cold_build_would(whole: bytes, tmp_path: Path) -> None:
    folder = lay_site(tmp_path / "site", "valid/report-figures")
    assert build_folder(folder, tmp_path / "out") == (0, [])
    first = tree_of(tmp_path / "out")["zvity/2026/zvit/zvit.pdf"]
    assert first == whole  # the same in another folder
    table = folder / "content/reports/2026/zvit/misiatsi.csv"
    table.write_text(table.read_text(encoding="utf-8").replace("12,5", "13"), encoding="utf-8")
    assert build_folder(folder, tmp_path / "out") == (0, [])
    assert build_folder(folder, tmp_path / "cold", cold=True, cache=tmp_path / "cache2") == (0, [])
    warm, cold = tree_of(tmp_path / "out"), tree_of(tmp_path / "cold")
    assert warm["zvity/2026/zvit/zvit.pdf"] == cold["zvity/2026/zvit/zvit.pdf"]
    assert warm["zvity/2026/zvit/index.html"] == cold["zvity/2026/zvit/index.html"]
    assert "13" in reader.words_of(warm["zvity/2026/zvit/zvit.pdf"])


def test_two_hundred_pages_take_seconds_and_their_contents_are_right() -> None:
    begun = time.process_time()
    made = pdf(synthetic(230))
    assert time.process_time() - begun < 20
    with pdfplumber.open(io.BytesIO(made)) as document:
        assert len(document.pages) >= 200
        contents = "\n".join(document.pages[at].extract_text() for at in range(1, 8))
        found = re.findall(r"^Розділ (\d+) (\d+)$", contents, re.M)
        assert 230 == len(found)
        assert all(int(after) >= int(before) for (_, before), (_, after) in pairwise(found))
        for name, number in found[::60]:
            assert re.search(rf"^Розділ {name}$", document.pages[int(number) - 1].extract_text(), re.M)


@pytest.mark.parametrize("length", [1, 80, 500])
def test_every_title_that_passes_the_door_fits_the_cover(length: int) -> None:
    title = ("Звіт про виконання програми розвитку " * 20)[:length].strip()
    assert [] == reader.faults(pdf(replace(synthetic(1), title=title)))


def test_a_row_of_a_table_that_no_sheet_holds_is_not_cut_off() -> None:
    words = [f"слово{number}" for number in range(900)]
    table = ("<h2>Розділ</h2><table><thead><tr><th>а</th><th>б</th></tr></thead><tbody><tr><td>"
             f"{' '.join(words)}</td><td>{'довгий текст ' * 200}</td></tr></tbody></table>")
    made = pdf(replace(synthetic(0), chapters=(ChapterOnPaper(flow(table), ()),)))
    with pdfplumber.open(io.BytesIO(made)) as document:
        laid = " ".join(page.extract_text() for page in document.pages)
    assert [] == [word for word in words if word not in laid]
