"""Sheets of the form: hostile words, signs without a glyph, breaks, long tables, and the measures a clerk may set."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pdfplumber
import pytest

from plugins.documents.flow import flow, on_paper
from plugins.documents.prints import UNSEEN, Attached, Origin, pdf
from plugins.documents.sheets import AnnexSheet, Form, FormSheet, Letterhead, Signature
from plugins.records import Refused
from tests.conftest import build_folder
from tests.form import Measures, faults_of_form, words, words_as_laid
from tests.pdf import faults
from tests.plugins.documents.test_prints import BRAND

FORM = Form(left=30, right=10, top=20, bottom=20, text=14, kind=16, small=12, spacing=1.15, paragraph_gap=3,
            paragraph=10, mark=100, signatory=125, title_width=88, number_from_edge=10, arms="state", is_tracked=True,
            is_two_sided=False)
MAYOR = Signature("Міський голова", "Олена ЛИС")
HOSTILE = (
    '#read("/etc/passwd")', "#panic(\"x\")", "] #[ } { ) (", "*a* _b_ `c` $x^2$ = y", "<script>alert(1)</script> &amp;",
    "\\u{41} \\n \\", "// рядок /* кінець */", "@ref <label> ~ --- '\"",
    "\u202eнавиворіт\u202c \u2066і\u2069 \u200fтак",
    "щ" * 300, "е\u0301 о\u0301 і\u0300", "https://a.example/" + "b" * 200, "{{ config }} {% raw %}",
    "#import \"base.typ\": *",
    "\u2028\u2029", "«„“”‚‘’»", "\x00\x07\x1b[31m")


def text(*paragraphs: str) -> tuple[dict[str, Any], ...]:
    return tuple({"kind": "p", "content": [words]} for words in paragraphs)


def sheet(**others: Any) -> FormSheet:
    values: dict[str, Any] = {
        "title": "Про ремонт дороги", "brand": BRAND, "on": date(2026, 11, 19), "form": FORM,
        "head": Letterhead(("МАЛА МІСЬКА РАДА",), "Мала область", "I сесія VIII скликання", "РІШЕННЯ"),
        "day": "19 листопада 2026 року", "place": "м. Мале", "number": "№ 1-1/8", "subject": "Про ремонт дороги",
        "text": text("Рада ВИРІШИЛА:"), "signatures": (MAYOR,), "last_words": ("Не є оригіналом.",),
        "attached": (Attached("a.json", "application/json", "Дані", "{}"),)}
    return FormSheet(**values | others)


@pytest.mark.parametrize("words_told", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_words_are_printed_as_words_in_every_field(words_told: str) -> None:
    model = sheet(
        title=words_told, subject=on_paper(words_told), place=on_paper(words_told), number=on_paper(words_told),
        head=Letterhead((on_paper(words_told),), on_paper(words_told), on_paper(words_told), "РІШЕННЯ"),
        text=flow(f"<p>{escaped(words_told)}</p><table><tr><th>а</th></tr><tr><td>{escaped(words_told)}</td></tr></table>"
                  f"<p>Кінець.</p>"),
        notes=(("Розробник", on_paper(words_told)),), draft_mark=("ПРОЄКТ", on_paper(words_told)),
        annexes=(AnnexSheet((on_paper(words_told),), on_paper(words_told), text("Слова."), (MAYOR,)),))
    made = pdf(model)
    assert [] == [fault for fault in faults_of_form(made) if "кегль" not in fault and "шрифт" not in fault]
    whole = "".join(words_as_laid(made))
    for word in words(on_paper(words_told).translate(UNSEEN)):
        assert word in whole, word


def escaped(told: str) -> str:
    return "".join(sign for sign in told if sign >= " ").replace("&", "&amp;").replace("<", "&lt;")


@pytest.mark.parametrize("sign", ["😀", "漢", "\ue000", "ﷺ"])
def test_a_sign_that_no_font_has_is_told_with_its_line(tmp_path: Path, sign: str) -> None:
    file = tmp_path / "a.yml"
    file.write_text(f"title: Про дорогу\ntext: |\n  Рада вирішила:\n\n  1. Дорога {sign}.\n", encoding="utf-8")
    origin = Origin((("title", "content/a.yml", 1, "Заголовок"), ("text", "content/a.yml", 2, "Текст")), (file, file))
    with pytest.raises(Refused) as caught:
        pdf(sheet(text=text("Рада вирішила:", f"1. Дорога {sign}."), origin=origin))
    assert [f"content/a.yml:5: Текст: знака «{sign}» (U+{ord(sign):04X}) немає в шрифтах документів. Замініть його "
            "словами або вилучіть. [DOCUMENT-SIGN]"] == [str(finding) for finding in caught.value.findings]


SENTENCE = "Управлінню житлово-комунального господарства виконати роботи в межах бюджетних призначень. "


@pytest.mark.parametrize("last", ["Коротко.", SENTENCE * 2, SENTENCE * 9])
def test_a_signature_is_never_torn_from_its_text(last: str) -> None:
    """Whatever stands before it: each start of the last paragraph within a sheet is tried."""
    sheets = set()
    for count in range(4, 20):
        made = pdf(sheet(text=text(*[SENTENCE] * count, last)))
        assert [] == faults_of_form(made, signatures=["Олена ЛИС"]), count
        with pdfplumber.open(io.BytesIO(made)) as read:
            sheets.add(next(page.page_number for page in read.pages if "Олена ЛИС" in (page.extract_text() or "")))
    assert {1, 2} <= sheets


@pytest.mark.parametrize("kind", ["table", "list"])
def test_a_signature_is_not_torn_from_a_table_or_a_list(kind: str) -> None:
    for count in range(24, 36):
        rows = "".join(f"<tr><td>{number}</td><td>Вулиця</td></tr>" for number in range(count))
        table = f"<table><thead><tr><th>№</th><th>Вулиця</th></tr></thead><tbody>{rows}</tbody></table>"
        listed = "<ul>" + "<li>Вулиця</li>" * (count + 5) + "</ul>"
        made = pdf(sheet(text=text(SENTENCE), annexes=(
            AnnexSheet(("Додаток",), "Перелік", flow(table if kind == "table" else listed), (MAYOR,)),)))
        assert [] == faults_of_form(made, signatures=["Олена ЛИС"]) + faults(made), count


def test_heads_of_a_table_are_repeated_on_each_sheet() -> None:
    rows = "".join(f"<tr><td>{number}</td><td>Вулиця № {number}</td><td>{number * 7}</td></tr>"
                   for number in range(500))
    table = flow(f"<table><thead><tr><th>№</th><th>Вулиця</th><th>Сума</th></tr></thead><tbody>{rows}</tbody></table>")
    made = pdf(sheet(annexes=(AnnexSheet(("Додаток",), "Перелік", table, (MAYOR,)),)))
    with pdfplumber.open(io.BytesIO(made)) as read:
        pages = [page.extract_text() or "" for page in read.pages][1:]
    assert len(pages) > 8 and all("№ Вулиця Сума" in page for page in pages if "Вулиця № " in page)
    assert [] == faults_of_form(made) + faults(made)


def test_an_annex_of_sixty_sheets_keeps_its_numbers() -> None:
    made = pdf(sheet(annexes=(AnnexSheet(("Додаток",), "Положення", text(*[SENTENCE * 4] * 380), (MAYOR,)),)))
    with pdfplumber.open(io.BytesIO(made)) as read:
        assert len(read.pages) >= 60
    assert [] == faults_of_form(made, signatures=["Олена ЛИС"])


def test_a_wide_table_lies_on_its_side() -> None:
    row = "<tr>" + "".join(f"<td>{number} тис. грн</td>" for number in range(10)) + "</tr>"
    head = "<tr>" + "".join(f"<th>Стовпець {number}</th>" for number in range(10)) + "</tr>"
    table = flow(f"<table><thead>{head}</thead><tbody>{row * 60}</tbody></table>")
    made = pdf(sheet(annexes=(AnnexSheet(("Додаток",), "Перелік", table, (MAYOR,), is_wide=True),
                              AnnexSheet(("Додаток 2",), "Склад", text("Слова."), (MAYOR,)))))
    with pdfplumber.open(io.BytesIO(made)) as read:
        sides = [page.width > page.height for page in read.pages]
    assert (False, True, False) == (sides[0], sides[1], sides[-1])
    assert [] == faults_of_form(made) + faults(made)


@pytest.mark.parametrize("title", [SENTENCE * 5, "Про " + "й" * 480, "Про"])
def test_a_title_of_any_length_stays_in_its_block(title: str) -> None:
    made = pdf(sheet(subject=on_paper(title)))
    assert [] == faults_of_form(made)
    with pdfplumber.open(io.BytesIO(made)) as read:
        bold = [letter for letter in read.pages[0].chars if "Bold" in letter["fontname"] and letter["top"] > 250
                and letter["text"].strip()]
    assert max(letter["x1"] for letter in bold) <= (30 + 88.2) * 72 / 25.4


def test_a_clerk_s_measures_are_on_the_sheet() -> None:
    form = replace(FORM, left=25, right=15, top=25, bottom=25, text=12, kind=14, small=10, number_from_edge=12)
    made = pdf(sheet(form=form, text=text(*[SENTENCE * 3] * 20)))
    own = Measures(left=25, right=15, top=25, bottom=25, sizes=(12, 14, 10), number_from_edge=12)
    assert [] == faults_of_form(made, own)
    assert faults_of_form(made) != []


def test_the_same_sheet_gives_the_same_bytes() -> None:
    assert pdf(sheet()) == pdf(sheet())


FORMS = "id: blanky\n"
WRONG = {
    "margins:\n  left: 3\n": "data/forms.yml:3: Ліве: 3 — не підходить. Треба від 5 до 60 мм. [FORM-SHEET]",
    "sizes:\n  text: 40\n": "data/forms.yml:3: Текст: 40 — не підходить. Треба від 12 до 14 пт. [FORM-SHEET]",
    "line_spacing: 3\n": "data/forms.yml:2: Міжрядковий інтервал: 3 — не підходить. Треба від 1 до 1,5 інтервалу. "
                         "[FORM-SHEET]",
    "page_number_from_edge: 18\n": "data/forms.yml:2: Номер від краю: номер аркуша налазить на текст. Зменште відстань "
                                   "або збільште верхнє поле. [FORM-SHEET]",
    "annex_signers:\n  - body: rada\n    post: Секретар\n":
        "data/forms.yml:4: Посада: посади «Секретар» в органі rada немає в data/memberships.csv. Напишіть її слово в "
        "слово. [FORM-SIGNER]",
}


@pytest.mark.parametrize("wrong", WRONG, ids=range(len(WRONG)))
def test_a_measure_that_cannot_be_is_told(lay_out: Callable[[str], Path], check_folder: Callable[[Path], list[str]],
                                          wrong: str) -> None:
    folder = lay_out("")
    (folder / "data" / "forms.yml").write_text(FORMS + wrong, encoding="utf-8")
    assert [WRONG[wrong]] == check_folder(folder)


def test_older_documents_have_no_form_and_a_council_without_the_file_has_all(lay_out: Callable[[str], Path]) -> None:
    folder = lay_out("valid/from-draft-to-act")
    assert build_folder(folder, folder / "out") == (0, [])
    assert (folder / "out/rishennia/2026/1-1-8/rishennia.pdf").is_file()
    assert not list((folder / "out/proiekty/2026/3-p").glob("*.pdf")), "withdrawn"
    (folder / "data" / "forms.yml").write_text(FORMS + "forms_from: 2026-11-20\n", encoding="utf-8")
    assert build_folder(folder, folder / "out") == (0, [])
    assert not (folder / "out/rishennia/2026/1-1-8/rishennia.pdf").exists()


LONG = " ".join(f"слово{number}" for number in range(900))
LAST_BLOCKS = {
    "quote": "<blockquote><p>{0}</p></blockquote>", "list": "<ul><li>Перше.</li><li>{0}</li><li>Третє.</li></ul>",
    "table": "<table><tr><th>а</th><th>б</th></tr><tr><td>1</td><td>{0}</td></tr><tr><td>2</td><td>б</td></tr></table>"}


@pytest.mark.parametrize("kind", LAST_BLOCKS)
def test_a_last_block_that_no_sheet_holds_is_not_cut_off_before_the_signature(kind: str) -> None:
    made = pdf(sheet(text=flow("<p>Викласти так:</p>" + LAST_BLOCKS[kind].format(LONG))))
    laid = words_as_laid(made)
    assert [] == [word for word in LONG.split() if word not in laid]
    assert [] == faults_of_form(made)
    assert "олена" in laid


def test_who_wrote_a_draft_is_told_however_long_it_is() -> None:
    laid = words_as_laid(pdf(sheet(notes=(("Розробник", LONG),))))
    assert [] == [word for word in LONG.split() if word not in laid]


def test_a_post_that_no_sheet_holds_is_not_cut_off() -> None:
    post = LONG.split()[:220]
    made = pdf(sheet(text=text(SENTENCE), signatures=(Signature(" ".join(post), "Олена ЛИС"),)))
    laid = words_as_laid(made)
    assert [] == [word for word in (*post, "олена") if word not in laid]
    assert [] == faults_of_form(made)


@pytest.mark.parametrize("columns", [9, 20])
def test_numbers_of_a_table_of_many_columns_keep_to_their_sheet(columns: int) -> None:
    head, row = ("".join(f"<{tag}>{words}</{tag}>" for _ in range(columns))
                 for tag, words in (("th", "Видатки"), ("td", "1\u00a0250\u00a0000,00")))
    table = flow(f"<table><thead><tr>{head}</tr></thead><tbody>{f'<tr>{row}</tr>' * 3}</tbody></table>")
    made = pdf(sheet(annexes=(AnnexSheet(("Додаток",), "Перелік", table, (MAYOR,), is_wide=True),)))
    assert [] == [fault for fault in faults_of_form(made) if "кегль" not in fault] + faults(made)


def test_what_cannot_be_laid_is_told_to_the_editor(tmp_path: Path) -> None:
    origin = Origin((("title", "content/a.yml", 1, "Заголовок"),), (tmp_path,))
    for depth in (30, 70, 900):
        with pytest.raises(Refused) as caught:
            pdf(sheet(text=flow("<ul><li>а" * depth + "</li></ul>" * depth), origin=origin))
        assert ["content/a.yml:1: Заголовок: списки, цитати чи виділення вкладені надто глибоко. Залиште два-три "
                "рівні. [DOCUMENT-LAYOUT]"] == [str(finding) for finding in caught.value.findings]
