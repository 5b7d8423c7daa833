"""Imports of documents: Word and PDF become records for an editor to finish; what is not known is said."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import given, settings
from hypothesis import strategies as st

from plugins.acts.points import Point, parse, walk
from plugins.editor import imports
from plugins.editor.imports import Asked, Refused
from plugins.editor.imports.blocks import Pages, Paragraph, markdown
from plugins.editor.imports.facts import signatory_of
from plugins.records.markdown import plain
from tests.conftest import ROOT, tree_of
from tests.plugins.votes.chamber import PDF_FONT, lay_out, library_of

HEAD = ("УКРАЇНА", "МАЛА МІСЬКА РАДА", "XXXVI СЕСІЯ VІІІ СКЛИКАННЯ", "Р І Ш Е Н Н Я",
        "від 24.02.2021          м. Мале          № 5/VIII-194")
PREAMBLE = "Відповідно до статті 26 Закону України «Про місцеве самоврядування в Україні» міська рада"
POINTS = ("1. Затвердити Програму розвитку парків на 2021–2023 роки (додаток 1).", "2. Визначити обсяг фінансування:",
          "2.1. на 2021 рік — 1,5 млн грн;", "2.2. на 2022 рік — 2,0 млн грн.",
          "3. Контроль за виконанням цього рішення покласти на постійну комісію.")
SIGNATURE = "Міський голова          Олена ЛЕВАДНА"
ANNEX = ("Додаток 1", "до рішення міської ради", "від 24.02.2021 № 5/VIII-194", "ПРОГРАМА", "розвитку парків")


@pytest.fixture
def council(tmp_path: Path) -> Path:
    """A council without documents."""
    return lay_out(tmp_path / "site")


def decision() -> Any:
    """A decision as it is typed in Word: points by hand, an annex with a table."""
    document = docx.Document()
    for line in HEAD:
        document.add_paragraph(line).alignment = 1
    document.add_paragraph("Про затвердження Програми")
    document.add_paragraph("розвитку парків на 2021–2023 роки")
    document.add_paragraph(PREAMBLE)
    document.add_paragraph("В И Р І Ш И Л А :")
    for line in POINTS:
        document.add_paragraph(line)
    document.add_paragraph(SIGNATURE)
    document.add_page_break()
    for line in ANNEX:
        document.add_paragraph(line).alignment = 1
    document.add_paragraph("Програма має одну таблицю.")
    table = document.add_table(rows=3, cols=2)
    for at, row in enumerate(table.rows):
        for cell, text in zip(row.cells, [("Захід", "Сума"), ("Посадити дерева | кущі", "1,5"), ("Разом", "1,5")][at],
                              strict=True):
            cell.text = text
    document.core_properties.author = "Таємничий Автор"
    return document


def save(document: Any, file: Path) -> Path:
    document.save(str(file))
    return file


def bring(council: Path, file: Path, **asked: Any) -> tuple[int, dict[str, str]]:
    """(status, new files below content → their texts)."""
    before = tree_of(council / "content")
    status = imports.run(Asked(file, council / "content", **asked), library_of(council))
    return status, {name: text.decode() for name, text in tree_of(council / "content").items()
                    if before.get(name) != text}


def one(files: dict[str, str], name: str) -> str:
    return next(text for path, text in files.items() if path.endswith(f"/{name}"))


def points_of(text: str) -> list[tuple[str, str]]:
    return [(point.number, " ".join(plain(point.source).split())) for point in walk(parse(text))
            if isinstance(point, Point)]


EXPECTED_POINTS = [(line.split()[0], line.split(maxsplit=1)[1]) for line in POINTS]


def check_decision(files: dict[str, str]) -> None:
    index = one(files, "index.yml")
    for line in ("number: 5/VIII-194", "type: decision", "body: rada", "adopted_on: 2021-02-24",
                 "title: Про затвердження Програми розвитку парків на 2021–2023 роки", "signatory: levadna-olena"):
        assert f"\n{line}\n" in index
    assert EXPECTED_POINTS == points_of(one(files, "text.md"))
    assert one(files, "text.md").startswith(PREAMBLE) and "ЛЕВАДНА" not in one(files, "text.md")
    assert one(files, "annex-1.md").startswith("# Додаток 1. ПРОГРАМА розвитку парків\n\nПрограма має одну таблицю.\n")
    assert "| Посадити дерева \\| кущі | 1,5 |" in one(files, "annex-1.md")
    assert not any("Таємничий" in text for text in files.values())


def test_decision_in_word_becomes_an_act_that_passes(council: Path) -> None:
    import tests.plugins.votes.chamber as chamber

    status, files = bring(council, save(decision(), council / "a.docx"))
    assert 0 == status
    assert {"acts/2021/5-viii-194-про-затвердження-програми-розвитку-парків-на-2021-2023-роки/" + name
            for name in ("index.yml", "text.md", "annex-1.md")} == set(files)
    check_decision(files)
    assert [] == chamber.site_check(council)(council / "content")


@pytest.mark.parametrize(("signed", "person"), [
    ("Олена ЛЕВАДНА", "levadna-olena"), ("О.М.Левадна", "levadna-olena"), ("Левадна О. М.", "levadna-olena"),
    ("Леваднa О.", "levadna-olena"), ("Анна-Марія ГУК", "huk-anna-mariia"), ("А.-М. Р. Гук", "huk-anna-mariia"),
    ("О. Дем`янчук-Рись", "demianchuk-rys-oksana"), ("І. П. Бойко", ""), ("Ігор БОЙКО", "boiko-ihor"),
    ("П. М. Левадна", "")])
def test_signature_finds_its_person_as_a_vote_does(council: Path, signed: str, person: str) -> None:
    assert person == signatory_of(signed, library_of(council))


def pdf(file: Path, *, has_text: bool = True) -> Path:
    """The same decision as a PDF file."""
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Spacer, Table

    pdfmetrics.registerFont(TTFont("Arsenal", str(PDF_FONT)))
    style = ParagraphStyle("text", fontName="Arsenal", fontSize=12, leading=15, firstLineIndent=20, alignment=4)
    middle = ParagraphStyle("middle", parent=style, alignment=1, firstLineIndent=0)
    left = ParagraphStyle("left", parent=style, alignment=0, firstLineIndent=0)
    long = "2.3. на 2023 рік — решту коштів, передбачених на цю мету в бюджеті громади, " * 4 + "не більше."
    story: list[Any] = [Paragraph(line, middle) for line in HEAD] + [
        Spacer(1, 10), Paragraph("Про затвердження Програми<br/>розвитку парків на 2021–2023 роки", left),
        Spacer(1, 10),
        Paragraph(PREAMBLE, style), Paragraph("ВИРІШИЛА:", middle),
        *[Paragraph(line, style) for line in (*POINTS[:4], long, POINTS[4])], Spacer(1, 20), Paragraph(SIGNATURE, left),
        PageBreak(), *[Paragraph(line, middle) for line in ANNEX], Spacer(1, 10),
        Paragraph("Програма має одну таблицю.", style),
        Table([["Захід", "Сума"], ["Посадити дерева | кущі", "1,5"], ["Разом", "1,5"]],
              style=[("FONT", (0, 0), (-1, -1), "Arsenal", 11), ("GRID", (0, 0), (-1, -1), 0.5, "black")])]
    if not has_text:
        story = [Table([["", ""], ["", ""]], style=[("GRID", (0, 0), (-1, -1), 0.5, "black")])]
    SimpleDocTemplate(str(file), pagesize=A4, author="Таємничий Автор").build(story)
    return file


def test_decision_in_pdf_becomes_the_same_act(council: Path) -> None:
    status, files = bring(council, pdf(council / "a.pdf"))
    assert 0 == status
    text = one(files, "text.md")
    third = next(line for number, line in points_of(text) if number == "2.3.")
    assert third.endswith("не більше.") and third.count("решту коштів") == 4
    files = {name: content.replace(next(part for part in text.split("\n\n") if part.startswith("2.3.")) + "\n\n", "")
             for name, content in files.items()}
    check_decision(files)


def test_scan_is_refused_with_a_way_out(council: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert (1, {}) == bring(council, pdf(council / "scan.pdf", has_text=False))
    assert "scan.pdf: у PDF немає тексту: це скан." in capsys.readouterr().err


def test_existing_record_is_never_overwritten(council: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = save(decision(), council / "a.docx")
    bring(council, file)
    assert (1, {}) == bring(council, file)
    assert "№ 5/VIII-194 від 24.02.2021 уже є" in capsys.readouterr().err
    assert (1, {}) == bring(council, file, body="vykonkom")  # another body, the same address
    assert "документ з таким ідентифікатором уже є" in capsys.readouterr().err


# --------------------------------------------------------------------------- what Word hides

def word(xml: str) -> Any:
    return parse_xml(xml.replace("<w:p>", f"<w:p {nsdecls('w')}>", 1))


def put(document: Any, xml: str) -> None:
    document.element.body.insert(len(document.element.body) - 1, word(xml))


def test_tracked_changes_comments_and_hidden_text_are_reported(council: Path, capsys: pytest.CaptureFixture[str]
                                                               ) -> None:
    document = docx.Document()
    for line in (*HEAD, "Про дерева", PREAMBLE):
        document.add_paragraph(line)
    put(document, "<w:p><w:r><w:t>1. Посадити </w:t></w:r><w:ins w:id='1'><w:r><w:t>сто </w:t></w:r></w:ins>"
        "<w:del w:id='2'><w:r><w:delText>двісті </w:delText></w:r></w:del><w:r><w:t>дерев.</w:t></w:r></w:p>")
    put(document, "<w:p><w:commentRangeStart w:id='1'/><w:r><w:t>2. Полити їх.</w:t></w:r><w:r><w:rPr>"
        "<w:vanish/></w:rPr><w:t> Таємна думка.</w:t></w:r><w:commentRangeEnd w:id='1'/></w:p>")
    status, files = bring(council, save(document, council / "a.docx"))
    assert 0 == status
    assert [("1.", "Посадити сто дерев."), ("2.", "Полити їх.")] == points_of(one(files, "text.md"))
    told = capsys.readouterr().out
    assert "є неприйняті виправлення: додано 1, вилучено 1" in told
    assert "примітка на полях" in told
    assert "є прихований текст; його не перенесено: «Таємна думка.»" in told
    assert not any("Таємна" in text for text in files.values())


def test_numbers_that_word_makes_become_points(council: Path) -> None:
    document = docx.Document()
    for line in (*HEAD, "Про дерева", PREAMBLE):
        document.add_paragraph(line)
    numbering = document.part.numbering_part.element
    levels = "".join(f"<w:lvl w:ilvl='{at}'><w:start w:val='1'/><w:numFmt w:val='decimal'/><w:lvlText w:val='{text}'/>"
                     "</w:lvl>" for at, text in enumerate(("%1.", "%1.%2.", "%1.%2.%3.")))
    numbering.insert(0, parse_xml(f"<w:abstractNum {nsdecls('w')} w:abstractNumId='77'>{levels}</w:abstractNum>"))
    numbering.append(parse_xml(f"<w:num {nsdecls('w')} w:numId='77'><w:abstractNumId w:val='77'/></w:num>"))
    for level, text in ((0, "Перше."), (0, "Друге:"), (1, "друге перше;"), (2, "найглибше;"), (1, "друге друге."),
                        (0, "Третє.")):
        put(document, f"<w:p><w:pPr><w:numPr><w:ilvl w:val='{level}'/><w:numId w:val='77'/></w:numPr></w:pPr><w:r><w:t>"
            f"{text}</w:t></w:r></w:p>")
    _, files = bring(council, save(document, council / "a.docx"))
    assert [("1.", "Перше."), ("2.", "Друге:"), ("2.1.", "друге перше;"), ("2.1.1.", "найглибше;"),
            ("2.2.", "друге друге."), ("3.", "Третє.")] == points_of(one(files, "text.md"))


def test_draft_order_and_minutes_are_told_apart(council: Path, capsys: pytest.CaptureFixture[str]) -> None:
    draft = docx.Document()
    for line in ("ПРОЄКТ", "МАЛА МІСЬКА РАДА", "РІШЕННЯ", "Про дерева", PREAMBLE, "1. Посадити."):
        draft.add_paragraph(line)
    _, files = bring(council, save(draft, council / "1.docx"))
    index = one(files, "index.yml")
    assert next(iter(files)).startswith("drafts/")
    assert "\nnumber:  # Номер: у документі не знайдено. Впишіть.\n" in index and "\ninitiator:\n" in index
    assert "номера не розпізнано: впишіть." in capsys.readouterr().out
    order = docx.Document()
    for line in ("МАЛА МІСЬКА РАДА", "РОЗПОРЯДЖЕННЯ МІСЬКОГО ГОЛОВИ", "«12» березня 2026 року № 119-р", "Про дерева",
                 "1.Посадити."):
        order.add_paragraph(line)
    _, files = bring(council, save(order, council / "2.docx"))
    assert {"acts/2026/119-r-про-дерева/index.yml", "acts/2026/119-r-про-дерева/text.md"} == set(files)
    assert "type: order\nbody: rada\n" in one(files, "index.yml") and "1. Посадити.\n" == one(files, "text.md")
    minutes = docx.Document()
    for line in ("МАЛА МІСЬКА РАДА", "ПРОТОКОЛ № 36", "пленарного засідання XXXVI сесії VIII скликання", "15.10.2026",
                 "Присутні: 20 депутатів.", "1. СЛУХАЛИ: про дерева."):
        minutes.add_paragraph(line)
    status, files = bring(council, save(minutes, council / "3.docx"))
    assert 0 == status
    assert {"meetings/2026/pl-2026-10-15/index.yml", "meetings/2026/pl-2026-10-15/minutes.md"} == set(files)
    assert "session: 36\n" in one(files, "index.yml") and "minutes:\n  status: draft" in one(files, "index.yml")
    assert (1, {}) == bring(council, council / "3.docx")
    assert "засідання 2026/pl-2026-10-15 вже має протокол" in capsys.readouterr().err


# --------------------------------------------------------------------------- nothing gets lost on the way

def typed(*lines: str) -> Any:
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    return document


def test_annex_of_an_annex_stays_inside_it(council: Path) -> None:
    document = typed(*HEAD, "Про Положення", PREAMBLE, "1. Затвердити Положення.", SIGNATURE, "Додаток 1", "до рішення",
                     "ПОЛОЖЕННЯ", "1. Загальні норми.", "Додаток 1", "до Положення", "Форма заяви.", "Додаток 2",
                     "до рішення", "Склад комісії.")
    _, files = bring(council, save(document, council / "a.docx"))
    assert "1. Загальні норми.\n\nДодаток 1\n\nдо Положення\n\nФорма заяви.\n" in one(files, "annex-1.md")
    assert "Склад комісії." in one(files, "annex-2.md")


def test_annexes_of_one_number_are_both_kept_and_told(council: Path, capsys: pytest.CaptureFixture[str]) -> None:
    document = typed(*HEAD, "Про склад", PREAMBLE, "1. Затвердити.", SIGNATURE, "Додаток 1", "Перелік.", "Додаток 1",
                     "Кошторис.", "Додаток", "Схема.")
    _, files = bring(council, save(document, council / "a.docx"))
    assert ["Перелік.", "Кошторис.", "Схема."] == [one(files, f"annex-{number}.md").split("\n\n")[1].strip()
                                                   for number in (1, 2, 3)]
    assert "додаток 1 у документі не один; ще один записано як annex-2.md." in capsys.readouterr().out


def test_sentence_about_an_annex_begins_none(council: Path) -> None:
    document = typed(*HEAD, "Про зміни", PREAMBLE, "1. Внести зміни.",
                     "Додаток 1 до рішення викласти в новій редакції.", "2. Контроль покласти на комісію.")
    _, files = bring(council, save(document, council / "a.docx"))
    assert ["index.yml", "text.md"] == sorted(Path(name).name for name in files)
    assert "2. Контроль покласти на комісію." in one(files, "text.md")


def test_title_goes_on_after_a_word_that_cannot_be_the_last(council: Path) -> None:
    document = typed(*HEAD, "Про внесення змін до рішення міської ради від", "12.05.2020 № 7/VIII-12 «Про дерева»",
                     PREAMBLE, "1. Внести.")
    _, files = bring(council, save(document, council / "a.docx"))
    title = "Про внесення змін до рішення міської ради від 12.05.2020 № 7/VIII-12 «Про дерева»"
    assert f'\ntitle: "{title}"\n' in (index := one(files, "index.yml")) or f"\ntitle: {title}\n" in index


def test_day_and_number_may_stand_in_a_table_above_the_title(council: Path) -> None:
    document = typed("МАЛА МІСЬКА РАДА", "РІШЕННЯ")
    table = document.add_table(2, 2)
    for cell, text in zip([cell for row in table.rows for cell in row.cells],
                          ("24.02.2021", "№ 5/VIII-194", "м. Мале", "36 сесія"), strict=True):
        cell.text = text
    for line in ("Про дерева", PREAMBLE, "1. Посадити."):
        document.add_paragraph(line)
    _, files = bring(council, save(document, council / "a.docx"))
    index = one(files, "index.yml")
    assert all(f"\n{line}\n" in index for line in ("number: 5/VIII-194", "adopted_on: 2021-02-24", "title: Про дерева"))


def test_minutes_keep_every_line_whatever_the_document_calls_itself(council: Path) -> None:
    lines = ["ПРОТОКОЛ № 36", "пленарного засідання 15.10.2026", "МАЛА МІСЬКА РАДА", "1. СЛУХАЛИ: про дерева.",
             "Міський голова Олена ЛЕВАДНА", "Додаток 1", "ПЕРЕЛІК ПРИСУТНІХ", "Іваненко І. І."]
    _, files = bring(council, save(typed(*lines), council / "a.docx"))
    assert "\n\n".join([*lines, ""]).strip() == one(files, "minutes.md").strip()
    decided = [*HEAD, "Про дерева", PREAMBLE, "1. Посадити.", SIGNATURE]
    _, files = bring(council, save(typed(*decided), council / "b.docx"), kind="minutes")
    assert "Про дерева" in one(files, "minutes.md") and "ЛЕВАДНА" in one(files, "minutes.md")


def test_what_stands_below_the_signature_is_told(council: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bring(council, save(typed(*HEAD, "Про дерева", PREAMBLE, "1. Посадити.", SIGNATURE, "Погоджено: начальник відділу"),
                        council / "a.docx"))
    assert "під підписом стоїть: «Погоджено: начальник відділу»; цього не перенесено." in capsys.readouterr().out


def test_signs_that_word_draws_are_kept_or_told(council: Path, capsys: pytest.CaptureFixture[str]) -> None:
    document = typed(*HEAD, "Про площу", PREAMBLE)
    raised = "<w:r><w:rPr><w:vertAlign w:val='superscript'/></w:rPr><w:t>2</w:t></w:r>"
    put(document, f"<w:p><w:r><w:t>1. Площа 10 м</w:t></w:r>{raised}<w:r><w:rPr><w:strike/></w:rPr><w:t> або 12</w:t>"
        "</w:r><w:r><w:commentReference w:id='3'/></w:r><w:r><w:sym w:font='Wingdings' w:char='F0FC'/></w:r></w:p>")
    _, files = bring(council, save(document, council / "a.docx"))
    assert "1. Площа 10 м² або 12" in one(files, "text.md")
    told = capsys.readouterr().out
    assert all(words in told for words in ("примітка на полях", "без закреслення: «або 12»", "особливих знаків: 1"))


def test_empty_point_of_a_list_has_its_number_too(council: Path) -> None:
    document = typed(*HEAD, "Про дерева", PREAMBLE)
    numbering = document.part.numbering_part.element
    numbering.insert(0, parse_xml(
        f"<w:abstractNum {nsdecls('w')} w:abstractNumId='77'><w:lvl w:ilvl='0'><w:start w:val='1'/><w:numFmt "
        "w:val='decimal'/><w:lvlText w:val='%1.'/></w:lvl></w:abstractNum>"))
    numbering.append(parse_xml(f"<w:num {nsdecls('w')} w:numId='77'><w:abstractNumId w:val='77'/></w:num>"))
    point = "<w:pPr><w:numPr><w:ilvl w:val='0'/><w:numId w:val='77'/></w:numPr>{}</w:pPr>"
    erased = point.format("<w:rPr><w:del w:id='9'/></w:rPr>")
    for inner in (f"{point.format('')}<w:r><w:t>Перше.</w:t></w:r>", point.format(""), erased,
                  f"{point.format('')}<w:r><w:t>Третє.</w:t></w:r>"):
        put(document, f"<w:p>{inner}</w:p>")
    _, files = bring(council, save(document, council / "a.docx"))
    assert [("1.", "Перше."), ("3.", "Третє.")] == points_of(one(files, "text.md"))


def test_minutes_join_the_meeting_that_is_there(council: Path) -> None:
    import tests.plugins.votes.chamber as chamber

    folder = council / "content" / "meetings" / "2026" / "pl-2026-10-15"
    folder.mkdir(parents=True)
    before = ("# коментар\r\ntype: plenary\r\nbody: rada\r\nconvocation: 8\r\nstarts_at: 2026-10-15 10:00\r\n"
              "status: held")
    (folder / "index.yml").write_bytes(before.encode())
    document = docx.Document()
    for line in ("МАЛА МІСЬКА РАДА", "ПРОТОКОЛ", "15.10.2026", "Присутні: 20 депутатів."):
        document.add_paragraph(line)
    status, files = bring(council, save(document, council / "a.docx"))
    assert 0 == status
    assert one(files, "index.yml").startswith(before + "\r\nminutes:\r\n  status: draft")
    assert [] == chamber.site_check(council)(council / "content")


# --------------------------------------------------------------------------- hostile files

def changed(file: Path, name: str, content: bytes) -> Path:
    """A document with one part replaced or added."""
    source = zipfile.ZipFile(io.BytesIO(file.read_bytes()))
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as target:
        for info in source.infolist():
            if info.filename != name:
                target.writestr(info, source.read(info))
        target.writestr(name, content)
    return file


BOMB = (b'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
        b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>&b;'
        b'</w:t></w:r></w:p></w:body></w:document>')


@pytest.mark.parametrize(("name", "content", "words"), [
    ("word/document.xml", BOMB, "є опис типу XML (DOCTYPE)"),
    ("word/document.xml", BOMB.decode().encode("utf-16"), "є опис типу XML (DOCTYPE)"),
    ("word/media/image.bin", bytes(9_000_000), "розпаковується в надто великий"),
    ("word/document.xml", b"<broken", "його пошкоджено"),
])
def test_bombs_and_broken_documents_are_refused(council: Path, name: str, content: bytes, words: str) -> None:
    file = changed(save(decision(), council / "a.docx"), name, content)
    with pytest.raises(Refused, match=words.replace("(", r"\(").replace(")", r"\)")):
        imports.read(file)


@pytest.mark.parametrize(("name", "content"), [
    ("a.docx", b"PK\x03\x04"), ("a.pdf", b"%PDF-1.7 broken"), ("a.doc", b"\xd0\xcf\x11\xe0"), ("a.docx", b"")])
def test_other_files_are_refused(council: Path, name: str, content: bytes) -> None:
    (council / name).write_bytes(content)
    assert (1, {}) == bring(council, council / name)


SIGNS = st.text("абвгґ АБ,.;:—–«»()№/\\*_`<>[]#|~&!-+=1290'’\"\u00a0\u00ad\u200b", min_size=1, max_size=60)


def words_of(text: str) -> Iterator[str]:
    from plugins.editor.imports.blocks import tidy

    yield from tidy(text).replace("\u00a0", " ").split()


@given(lines=st.lists(SIGNS.map(lambda text: f"Так {text}"), min_size=1, max_size=5))
@settings(deadline=None, max_examples=150)
def test_words_of_a_document_are_shown_as_they_are(lines: list[str]) -> None:
    import pyromark

    from plugins.editor.imports.blocks import tidy

    text = markdown(Pages(), [Paragraph(tidy(line)) for line in lines])
    shown = plain(pyromark.html(text, options=pyromark.Options.ENABLE_TABLES | pyromark.Options.ENABLE_FOOTNOTES
                                | pyromark.Options.ENABLE_STRIKETHROUGH)).replace("\u00a0", " ")
    assert [word for line in lines for word in words_of(line)] == shown.split()


# --------------------------------------------------------------------------- the command

def test_command_writes_and_answers_wrong_options(council: Path) -> None:
    file = save(decision(), council / "a.docx")

    def command(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run([sys.executable, str(ROOT / "tasks.py"), "import", "document", str(file), "--content",
                               str(council / "content"), "--data", str(council / "data"), *words], capture_output=True,
                              text=True, check=False)

    assert "--kind: виду «лист» немає. Можна: draft (проєкт), act (акт), minutes (протокол).\n" == command(
        "--kind", "лист").stderr
    assert command("--body", "рада").stderr.startswith("--body: органу «рада» немає")
    assert command("--date", "24.02.2021").stderr.startswith("--date: «24.02.2021» не дата.")
    assert command("--accept", "counts").stderr.startswith("Параметр --accept не для «import document».")
    assert "Буде створено" in command("--dry-run").stdout and not (council / "content" / "acts").exists()
    done = command("--number", "7/VIII-1", "--date", date(2021, 3, 1).isoformat())
    assert 0 == done.returncode and "acts/2021/7-viii-1-про-" in done.stdout
