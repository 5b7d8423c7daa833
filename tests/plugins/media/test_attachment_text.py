"""The words of attachments: PDF and DOCX become text, whatever else they are becomes none."""

from __future__ import annotations

import io
import zipfile
import zlib
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

import plugins.media.attachment_text as room
from plugins.media import pdf_text
from plugins.media.attachment_text import attachment_text, text_of
from tests.conftest import ROOT

FONT = next((ROOT / "theme" / "fonts").rglob("*.ttf"))


def pdf(*pages: str, **options: Any) -> bytes:
    """A page of lines for each text; the same bytes every time."""
    pdfmetrics.registerFont(TTFont("face", str(FONT)))
    out = io.BytesIO()
    canvas = Canvas(out, invariant=1, **options)
    for page in pages:
        text = canvas.beginText(60, 760)
        text.setFont("face", 12)
        for line in page.split("\n"):
            text.textLine(line)
        canvas.drawText(text)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def word(*paragraphs: str, xml: str = "") -> bytes:
    """A DOCX with these paragraphs, a table and one more paragraph made of XML."""
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    table = document.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "Захід", "Сума"
    if xml:
        document.element.body.insert(0, parse_xml(f"<w:p {nsdecls('w')}>{xml}</w:p>"))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def saved(folder: Path, content: bytes, name: str = "dodatok.pdf") -> Path:
    (folder / name).write_bytes(content)
    return folder / name


def test_a_pdf_gives_the_text_of_all_its_pages() -> None:
    assert text_of(pdf("Їжаківка: ремонт\nдороги", "Ґонтівка")) == "Їжаківка: ремонт дороги\nҐонтівка"


def test_a_word_torn_between_lines_is_one_word() -> None:
    assert text_of(pdf("житлово-\nкомунальне № 5-\n8")) == "житлово-комунальне № 5- 8"
    assert pdf_text.TORN.sub("", "рі\u00ad\nшення") == "рішення"


def test_a_docx_gives_paragraphs_and_cells() -> None:
    assert text_of(word("Про  воду", "у місті")) == "Про воду\nу місті\nЗахід\nСума"


def test_what_tracked_changes_have_erased_is_not_searched() -> None:
    xml = ("<w:r><w:t>тариф </w:t></w:r><w:moveFrom><w:r><w:t>старий</w:t></w:r></w:moveFrom><w:del><w:r><w:delText>"
           "минулий</w:delText></w:r></w:del><w:ins><w:r><w:t>новий</w:t><w:tab/><w:t>2027</w:t></w:r></w:ins>")
    assert text_of(word(xml=xml)).startswith("тариф новий 2027\n")


@pytest.mark.parametrize("content", [
    b"", b"%PDF-1.7 broken", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", "Просто текст".encode(), pdf("Текст")[:900],
    word("Текст")[:4000], pdf(), pdf("Таємно", encrypt="пароль")])
def test_a_file_without_a_readable_text_gives_none(tmp_path: Path, content: bytes) -> None:
    assert attachment_text(saved(tmp_path, content), tmp_path / "cache") == ""


def test_a_file_that_is_not_there_gives_none(tmp_path: Path) -> None:
    assert attachment_text(tmp_path / "немає.pdf", tmp_path / "cache") == ""


@given(st.sampled_from((pdf("Вода й тепло"), word("Вода й тепло"))), st.integers(0, 3_000), st.binary(max_size=40))
@settings(max_examples=40)
def test_damage_never_raises(content: bytes, place: int, noise: bytes) -> None:
    assert isinstance(text_of(content[:place] + noise + content[place + len(noise):]), str)


def test_a_stream_that_unpacks_into_too_much_is_not_read() -> None:
    bomb = zlib.compress(b"q Q " * (pdf_text.MAX_STREAM // 4 + 1))
    content = pdf("Текст") + b"9 0 obj << /Length %d >> stream\n%s\nendstream endobj" % (len(bomb), bomb)
    assert text_of(content) == ""


def test_a_docx_part_that_unpacks_into_too_much_is_not_read() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * (room.MAX_UNPACKED + 1))
    assert text_of(out.getvalue()) == ""


def test_entities_are_not_unfolded() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", '<!DOCTYPE a [<!ENTITY b "бомба">]><a><p><t>до &b;</t></p></a>')
    assert "бомба" not in text_of(out.getvalue())


def test_pages_and_letters_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_text, "MAX_PAGES", 2)
    assert text_of(pdf("один", "два", "три")) == "один\nдва"
    monkeypatch.setattr(room, "MAX_CHARACTERS", 6)
    assert text_of(word("абвгд", "еєжз")) == "абвгд"


def test_letters_without_a_name_are_no_text() -> None:
    assert room._tidy("(cid:12)(cid:7)(cid:40) рада") == ""
    assert room._tidy("Рішення ради (cid:12) про бюджет") == "Рішення ради про бюджет"


def test_a_text_is_read_once_and_kept_by_content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache = tmp_path / "cache"
    assert attachment_text(saved(tmp_path, pdf("Вода")), cache) == "Вода"
    monkeypatch.setattr(room, "text_of", lambda content: "заново")
    assert attachment_text(saved(tmp_path, pdf("Вода"), "інша назва.pdf"), cache) == "Вода"
    assert attachment_text(saved(tmp_path, pdf("Тепло")), cache) == "заново"
    for file in (cache / "attachments").iterdir():
        file.write_bytes(b"spoilt")
    assert attachment_text(saved(tmp_path, pdf("Вода")), cache) == "заново"
