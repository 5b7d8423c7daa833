"""The Word file of a draft: opened again, it has real styles and numbers, the measures of the form, the same words."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn

from plugins.documents.docx import made
from plugins.documents.flow import flow
from plugins.documents.sheets import AnnexSheet
from tests.plugins.documents.test_forms import HOSTILE, MAYOR, escaped, sheet

POINTS = """<p>Рада ВИРІШИЛА:</p>
<div id="p-1"><p><a href="#p-1">1.</a> Затвердити <strong>Програму</strong>:</p>
<div id="p-1-1"><p><a href="#p-1-1">1.1.</a> перше;</p></div>
<div id="p-1-2"><p><a href="#p-1-2">1.2.</a> друге:</p>
<div id="p-1-2-1"><p><a href="#p-1-2-1">1.2.1.</a> найглибше.</p></div></div></div>
<div id="p-2"><p><a href="#p-2">2.</a> Далі.</p></div>
<div id="p-2-1"><p><a href="#p-2-1">2-1.</a> Вставлене.</p></div>
<div id="p-3"><p><a href="#p-3">3.</a> Контроль.</p></div>
<div id="p-5"><p><a href="#p-5">5.</a> Після прогалини.</p></div>"""
TABLE = ("<table><thead><tr><th>№</th><th>Захід</th></tr></thead>"
         "<tbody><tr><td>1</td><td>Ремонт</td></tr><tr><td>2</td><td>Озеленення</td></tr></tbody></table>")


def opened(**others: Any) -> Any:
    return docx.Document(io.BytesIO(made(sheet(**others))))


def number_of(paragraph: Any) -> tuple[int, int] | None:
    """(number of the list, level) that Word counts a paragraph by."""
    settings = paragraph._p.pPr.numPr if paragraph._p.pPr is not None else None
    return (settings.numId.val, settings.ilvl.val) if settings is not None else None


def test_points_are_counted_by_word_and_read_as_on_the_page() -> None:
    document = opened(text=flow(POINTS))
    points = [paragraph for paragraph in document.paragraphs if paragraph.style.name == "List Number"]
    told = [(paragraph.text, None if (found := number_of(paragraph)) is None else found[1]) for paragraph in points]
    assert [("Затвердити Програму:", 0), ("перше;", 1), ("друге:", 1), ("найглибше.", 2), ("Далі.", 0),
            ("2-1. Вставлене.", None), ("Контроль.", 0), ("5. Після прогалини.", None)] == told
    numbering = document.part.numbering_part.element
    levels = numbering.xpath("w:abstractNum[@w:abstractNumId='90']/w:lvl/w:lvlText/@w:val")
    assert ["%1.", "%1.%2.", "%1.%2.%3."] == levels


def test_each_text_begins_its_list_anew() -> None:
    document = opened(text=flow(POINTS), annexes=(AnnexSheet(("Додаток",), "Положення", flow(POINTS), (MAYOR,)),))
    lists = [found[0] for paragraph in document.paragraphs if (found := number_of(paragraph))]
    assert len(set(lists)) == 2
    starts = document.part.numbering_part.element.xpath(f"w:num[@w:numId='{lists[-1]}']//w:startOverride/@w:val")
    assert ["1", "1", "1"] == starts


def test_sheets_have_the_measures_of_the_form() -> None:
    section = opened().sections[0]
    told = (section.left_margin, section.right_margin, section.top_margin, section.bottom_margin)
    assert [30, 10, 20, 20] == [round(value.mm) for value in told]
    assert (210, 297) == (round(section.page_width.mm), round(section.page_height.mm))
    assert section.different_first_page_header_footer
    assert "PAGE" in section.header._element.xpath("string(.//w:instrText)")


def test_an_annex_with_a_wide_table_lies_on_its_side() -> None:
    document = opened(annexes=(AnnexSheet(("Додаток 1",), "", flow(TABLE), is_wide=True),
                               AnnexSheet(("Додаток 2",), "", flow(TABLE))))
    assert [False, True, False] == [section.page_width > section.page_height for section in document.sections]


def test_type_language_and_properties_are_those_of_the_document() -> None:
    document = opened()
    for name in ("Normal", "Body Text", "List Number", "Heading 1"):
        fonts = document.styles[name].element.rPr.rFonts
        assert {"Times New Roman"} == set(fonts.attrib.values()), name
    assert {"uk-UA"} == {language.get(qn("w:val")) for language in document.styles.element.xpath("//w:lang")}
    facts = document.core_properties
    assert ("Про ремонт дороги", "Мала міська рада", date(2026, 11, 19)) == (facts.title, facts.author,
                                                                            facts.created.date())


def test_heads_of_tables_are_repeated_and_rows_stay_whole() -> None:
    table = opened(text=flow(TABLE)).tables[0]
    rows = [(bool(row._tr.xpath("w:trPr/w:tblHeader")), bool(row._tr.xpath("w:trPr/w:cantSplit")))
            for row in table.rows]
    assert [(True, True), (False, True), (False, True)] == rows
    assert [["№", "Захід"], ["1", "Ремонт"], ["2", "Озеленення"]] == [[cell.text for cell in row.cells]
                                                                       for row in table.rows]


def test_the_last_lines_stay_with_the_signature() -> None:
    paragraphs = opened(text=flow(POINTS)).paragraphs
    place = next(place for place, paragraph in enumerate(paragraphs) if "Олена ЛИС" in paragraph.text)
    assert paragraphs[place - 1].paragraph_format.keep_with_next
    assert "Міський голова\tОлена ЛИС" == paragraphs[place].text


def test_the_same_sheet_gives_the_same_bytes_without_a_clock() -> None:
    assert made(sheet(text=flow(POINTS))) == made(sheet(text=flow(POINTS)))
    with zipfile.ZipFile(io.BytesIO(made(sheet()))) as packed:
        assert {(1980, 1, 1, 0, 0, 0)} == {entry.date_time for entry in packed.infolist()}


def test_nothing_of_another_document_lies_in_the_file() -> None:
    with zipfile.ZipFile(io.BytesIO(made(sheet()))) as packed:
        names = set(packed.namelist())
    assert "docProps/core.xml" in names and "word/styles.xml" in names
    assert [] == [name for name in sorted(names) if re.search("thumbnail|customXml|app[.]xml", name)]


@pytest.mark.parametrize("words", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_words_are_words(words: str) -> None:
    document = opened(subject=words, text=flow(f"<p>{escaped(words)}</p><p>Кінець.</p>"), draft_mark=("ПРОЄКТ", words))
    assert "Кінець." in [paragraph.text for paragraph in document.paragraphs]


def test_a_long_title_is_whole_in_the_text_and_short_in_the_properties() -> None:
    title = "Про затвердження " + "Програми розвитку громади " * 12
    document = opened(title=title, subject=title.strip())
    assert len(document.core_properties.title) == 255 and document.core_properties.title.endswith("…")
    assert title.strip() in [paragraph.text for paragraph in document.paragraphs]


def test_signs_that_no_xml_can_hold_are_left_out_of_words_and_properties() -> None:
    document = opened(title="Про\x0b мі\uffffст", subject="Про\x0b мі\uffffст", text=flow("<p>Сло\ufffeво</p>"))
    assert document.core_properties.title == "Про міст"
    assert {"Про міст", "Слово"} <= {paragraph.text for paragraph in document.paragraphs}
