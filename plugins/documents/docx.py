"""A sheet of the form as a Word file, for remarks to a draft: real styles, real numbers of points, the same measures.

A point has Word's own number where Word would count it so; a number out of the row (3-1, a gap) stays a word, so that
nobody reads another number than on the page. The same sheet gives the same bytes.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Sequence
from functools import cache, partial
from pathlib import Path
from typing import Any

from plugins.records import OutputFile

from . import docx_parts
from .docx_parts import (
    HEIGHT,
    LEVELS,
    WIDTH,
    element,
    number_of_point,
    numbering,
    set_page,
    set_properties,
    set_styles,
    tabs,
)
from .prints import UNSEEN, digest_of
from .sheets import AnnexSheet, FormSheet, Signature

DROPPED = UNSEEN | dict.fromkeys(map(ord, "\u200b\u2060\ufffe\uffff"))
"""What Word shows as a box, breaks lines by itself, or XML cannot hold."""
LONGEST = 255
"""Letters of a property of the file (ECMA-376, core properties)."""
NOT_OURS = ("thumbnail", "extended-properties", "customXml", "stylesWithEffects")
"""Parts of the library's own sample: a picture of it, what program wrote it and how many words it had."""
CODE = (__file__, docx_parts.__file__)


def word_file(url: str, sheet: FormSheet) -> OutputFile:
    """The file at an address of the site, to be yielded beside the pages."""
    return OutputFile(url.lstrip("/"), (_recipe(), digest_of(sheet)), partial(made, sheet), is_heavy=True)


@cache
def _recipe() -> str:
    from importlib.metadata import version  # it loads what reads e-mail

    code = b"".join(Path(file).read_bytes() for file in CODE) + version("python-docx").encode()
    return hashlib.blake2b(code, digest_size=8).hexdigest()


def made(sheet: FormSheet) -> bytes:
    """The bytes of the file."""
    import docx  # where no draft has changed, it is not loaded

    document = docx.Document()
    for old in list(document.element.body)[:-1]:
        document.element.body.remove(old)
    _Writer(document, sheet).write()
    for part in (document.part.package, document.part):
        for key in [key for key, link in part.rels.items() if link.reltype.rpartition("/")[2] in NOT_OURS]:
            del part.rels[key]
    packed = io.BytesIO()
    document.save(packed)
    return _with_fixed_dates(packed.getvalue())


def _with_fixed_dates(content: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type, entry.create_system = zipfile.ZIP_DEFLATED, 0
            new.writestr(entry, old.read(name))
    return out.getvalue()


class _Writer:
    """One file while it is written."""

    def __init__(self, document: Any, sheet: FormSheet) -> None:
        from docx.shared import Mm, Pt

        self.document, self.sheet, self.form = document, sheet, sheet.form
        self.mm, self.pt = Mm, Pt
        self.width = WIDTH - self.form.left - self.form.right
        self.counted: list[int] = []
        """How far Word has counted in the list of this text."""
        self.list_id = 0

    def write(self) -> None:
        sheet = self.sheet
        set_properties(self.document, sheet, *(_property(text) for text in (sheet.title, sheet.brand.name)))
        self.styles = set_styles(self.document, self.form)
        set_page(self.document.sections[0], self.form)
        self.list = numbering(self.document, self.form)
        self.head()
        self.text(sheet.text, sheet.signatures)
        for label, value in sheet.notes:
            self.line(f"{label}: {value}", size=self.form.small)
        for annex in sheet.annexes:
            self.annex(annex)
        for number, words in enumerate(sheet.last_words):
            self.line(words, size=9, before=18 if number == 0 else 0)

    def paragraph(self, style: str, text: str = "") -> Any:
        """A paragraph by the name of its style: the library itself would look through all styles each time."""
        paragraph = self.document.add_paragraph(text.translate(DROPPED))
        paragraph._p.style = self.styles[style]
        return paragraph

    # ----------------------------------------------------------------------- requisites

    def line(self, text: str, *, style: str = "Requisite", size: float = 0, bold: bool = False, centre: bool = False,
             left: float = 0, before: float = 0, tracked: float = 0) -> Any:
        """A paragraph of plain words. `left` in millimetres, `before` and `size` in points."""
        from docx.enum.text import WD_ALIGN_PARAGRAPH

        paragraph = self.paragraph(style)
        run = paragraph.add_run(text.translate(DROPPED))
        run.bold = bold or None
        if tracked:
            run._r.get_or_add_rPr().append(element("w:spacing", val=str(round(tracked * 20))))
        if size:
            run.font.size = self.pt(size)
        layout = paragraph.paragraph_format
        if centre:
            layout.alignment = WD_ALIGN_PARAGRAPH.CENTER
        if left:
            layout.left_indent = self.mm(left)
        if before:
            layout.space_before = self.pt(before)
        return paragraph

    def head(self) -> None:
        sheet, head, form = self.sheet, self.sheet.head, self.form
        for number, words in enumerate(sheet.draft_mark):
            self.line(words, size=form.small, bold=number == 0, left=form.signatory)
        self.line("УКРАЇНА", bold=True, centre=True)
        for name in head.names:
            self.line(name, bold=True, centre=True)
        for words, size in ((head.region, form.small), (head.session, form.text)):
            if words:
                self.line(words, size=size, centre=True)
        tracked = 0.22 * form.kind if form.is_tracked else 0
        self.line(head.kind, bold=True, centre=True, size=form.kind, before=12, tracked=tracked)
        if head.kind_note:
            self.line(head.kind_note, centre=True)
        row = self.line(f"{sheet.day or '_' * 18}\t{sheet.place}\t{sheet.number or '№ ' + '_' * 10}", before=10)
        tabs(row, (self.mm(self.width / 2), "CENTER"), (self.mm(self.width), "RIGHT"))
        title = self.paragraph("Heading 1", sheet.subject)
        title.paragraph_format.right_indent = self.mm(self.width - form.title_width)

    def sign(self, signatures: Sequence[Signature]) -> None:
        for item in signatures:
            paragraph = self.line(f"{item.post}\t{item.name}", before=24)
            paragraph.paragraph_format.keep_together = True
            tabs(paragraph, (self.mm(self.form.signatory), "LEFT"))

    def annex(self, annex: AnnexSheet) -> None:
        from docx.enum.section import WD_ORIENT, WD_SECTION

        section = self.document.add_section(WD_SECTION.NEW_PAGE)
        section.different_first_page_header_footer = False
        short, long = sorted((section.page_width, section.page_height))
        section.orientation = WD_ORIENT.LANDSCAPE if annex.is_wide else WD_ORIENT.PORTRAIT
        section.page_width, section.page_height = (long, short) if annex.is_wide else (short, long)
        room = HEIGHT - WIDTH if annex.is_wide else 0
        for words in annex.mark:
            self.line(words, left=self.form.mark + room)
        if annex.title:
            self.paragraph("Heading 2", annex.title)
        self.text(annex.text, annex.signatures)

    # ----------------------------------------------------------------------- texts

    def text(self, blocks: Sequence[dict[str, Any]], signatures: Sequence[Signature]) -> None:
        """A text with a list of its own; its last lines stay with the signatures."""
        self.counted, self.list_id = [0] * len(LEVELS), self.list.begin()
        self.blocks(blocks)
        if signatures and blocks and blocks[-1]["kind"] == "p":
            last = self.document.paragraphs[-1].paragraph_format
            last.keep_with_next = last.keep_together = True
        self.sign(signatures)

    def blocks(self, blocks: Sequence[dict[str, Any]], style: str = "Body Text") -> None:
        for block in blocks:
            self.block(block, style)

    def block(self, block: dict[str, Any], style: str) -> None:
        kind = block["kind"]
        if kind == "p" and "number" in block:
            self.point(block)
        elif kind in ("p", "code"):
            _fill(self.paragraph(style), block["content"])
        elif kind == "heading":
            _fill(self.paragraph(f"Heading {min(block['level'], 4)}"), block["content"])
        elif kind == "list":
            self.items(block)
        elif kind == "quote":
            self.blocks(block["content"], "Quote")
        elif kind == "table":
            self.table(block)

    def point(self, block: dict[str, Any]) -> None:
        number, parts = block["number"], block["number"].rstrip(".").split(".")
        level = len(parts) - 1
        expected = [*self.counted[:level], self.counted[level] + 1] if level < len(LEVELS) else []
        paragraph = self.paragraph("List Number")
        if number == ".".join(map(str, expected)) + ".":
            self.counted = [*expected, *[0] * (len(LEVELS) - level - 1)]
            number_of_point(paragraph, self.list_id, level)
            _fill(paragraph, block["content"])
        else:
            paragraph.paragraph_format.first_line_indent = self.mm(self.form.paragraph)
            _fill(paragraph, [f"{number} ", *block["content"]])

    def items(self, block: dict[str, Any]) -> None:
        for number, item in enumerate(block["items"], block["start"]):
            sign = f"{number}. " if block["is_ordered"] else "– "
            first, *others = item or [{"kind": "p", "content": []}]
            if first["kind"] == "p":
                first = {"kind": "p", "content": [sign, *first["content"]]}
            self.blocks([first, *others])

    def table(self, block: dict[str, Any]) -> None:
        rows = [*block["head"], *block["rows"]]
        if block["caption"]:
            self.line(block["caption"], style="Requisite", bold=True, before=6)
        table = self.document.add_table(rows=len(rows), cols=block["columns"], style="Table Grid")
        for number, (row, cells) in enumerate(zip(table.rows, rows, strict=True)):
            is_head = number < len(block["head"])
            settings = row._tr.get_or_add_trPr()
            settings.append(element("w:cantSplit"))
            if is_head:
                settings.append(element("w:tblHeader"))
            for place, (cell, content) in enumerate(zip(row.cells, cells, strict=True)):
                _fill_cell(cell, content, is_head, block["align"][place], self.styles["Table Text"])


def _property(text: str) -> str:
    """A text as a property holds it: one that is too long ends with «…»."""
    told = text.translate(DROPPED)
    return told if len(told) <= LONGEST else f"{told[:LONGEST - 1]}…"


# ------------------------------------------------------------------------------- runs

def _fill(paragraph: Any, content: Sequence[Any], marks: frozenset[str] = frozenset()) -> None:
    """Runs with their marks; links are their words."""
    for item in content:
        if isinstance(item, str):
            run = paragraph.add_run(item.translate(DROPPED))
            font = run.font
            run.bold, run.italic = "strong" in marks or None, "em" in marks or None
            font.superscript, font.subscript = "sup" in marks or None, "sub" in marks or None
            font.strike, font.underline = "del" in marks or None, "ins" in marks or None
        elif item["mark"] == "br":
            paragraph.add_run().add_break()
        else:
            _fill(paragraph, item["content"], marks | {item["mark"]})


def _fill_cell(cell: Any, content: dict[str, Any], is_head: bool, align: str, style: str) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    sides = {"center": WD_ALIGN_PARAGRAPH.CENTER, "end": WD_ALIGN_PARAGRAPH.RIGHT}
    paragraph = cell.paragraphs[0]
    for number, words in enumerate(_paragraphs(content["content"])):
        paragraph = cell.add_paragraph() if number else paragraph
        _fill(paragraph, words, frozenset({"strong"}) if is_head else frozenset())
    for paragraph in cell.paragraphs:
        paragraph._p.style = style
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER if is_head else sides.get(align)


def _paragraphs(blocks: Sequence[dict[str, Any]]) -> list[list[Any]]:
    """What stands in a cell, as paragraphs: lists there have a dash at each item."""
    found: list[list[Any]] = []
    for block in blocks:
        if block["kind"] == "list":
            found += [["– ", *words] for item in block["items"] for words in _paragraphs(item)]
        elif block["kind"] == "quote":
            found += _paragraphs(block["content"])
        elif "content" in block:
            found.append([f"{block['number']} ", *block["content"]] if "number" in block else block["content"])
    return found
