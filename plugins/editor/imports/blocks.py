"""A document as its readers give it: paragraphs and tables in order, and what the editor should know of the file."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

from plugins.ukrainian import NBSP

SPECIAL = re.compile(r"[\\*_`<>\[\]~]")
FIRST_SIGN = re.compile(r"^(\s*)([#+>|=]|-(?=\s)|:(?=\s))")
ENTITY = re.compile(r"&(?=#?\w+;)")
MARKER = re.compile(r"(?P<number>(?:[0-9]{1,3}(?:-[0-9]{1,2})?\.)+(?:[0-9]{1,3}\.?)?|[0-9]{1,3}\))"
                    r"(?=\s|[^\W\d_]|[«(])\s*")
"""A number that begins a point: «1.», «1.1», «1.1.», «2)»; some texts leave the space out."""


class Refused(Exception):
    """A document that is not read: what is wrong with it, in Ukrainian."""


@dataclass(slots=True)
class Paragraph:
    """A paragraph. `text` is plain; `level` 1–6 for a heading, `marker` what Word's own numbering puts before it."""

    text: str
    level: int = 0
    marker: str = ""
    is_bold: bool = False
    is_centred: bool = False

    @property
    def whole(self) -> str:
        """The words with their number."""
        return f"{self.marker} {self.text}".strip()


@dataclass(slots=True)
class Table:
    """A table: rows of plain cells, each row as long as the longest."""

    rows: list[list[str]]


Block = Paragraph | Table


@dataclass(slots=True)
class Pages:
    """What came out of a file: its blocks, and remarks for the editor."""

    blocks: list[Block] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    """Footnotes in their order; the text holds `[^1]` where they belong."""


def tidy(text: str) -> str:
    """One line of composed text without signs that nobody sees."""
    plain = unicodedata.normalize("NFC", text)
    kept = [" " if unicodedata.category(sign)[0] in "ZC" and sign != NBSP else sign for sign in plain
            if sign not in "\u00ad\u200b\u200c\u200d\u2060\ufeff\u200e\u200f"]
    return re.sub(" {2,}", " ", "".join(kept)).strip()


def markdown(pages: Pages, blocks: list[Block]) -> str:
    """The blocks as Markdown: a point a paragraph, tables as tables, footnotes that are used at the end."""
    parts = [_table(block) if isinstance(block, Table) else _paragraph(block) for block in blocks]
    text = "\n\n".join(part for part in parts if part)
    used = [number for number in range(1, len(pages.notes) + 1) if f"[^{number}]" in text]
    notes = "".join(f"\n\n[^{number}]: {escaped(pages.notes[number - 1])}" for number in used)
    return f"{text}{notes}\n" if text else ""


def _paragraph(block: Paragraph) -> str:
    if not block.text:
        return ""
    if block.level:
        return f"{'#' * min(block.level + 1, 6)} {escaped(block.whole)}"
    text = block.whole
    if text[:2] in ("- ", "• ", "– ", "— ") and block.marker in ("-", "•", "–", "—"):
        return f"- {escaped(block.text)}"
    if match := MARKER.match(text):
        return f"{match['number']} {escaped(text[match.end():])}"
    return _unmarked(escaped(text))


def _unmarked(text: str) -> str:
    """A line that only looks like a heading, a list or a quotation stays a line."""
    return FIRST_SIGN.sub(r"\1\\\2", text)


def _table(table: Table) -> str:
    rows = [[escaped(cell).replace("|", "\\|") for cell in row] for row in table.rows]
    lines = [f"| {' | '.join(row)} |" for row in rows]
    return "\n".join([lines[0], f"|{'---|' * len(rows[0])}", *lines[1:]])


def escaped(text: str) -> str:
    """Plain text as Markdown that reads back letter for letter; marks of footnotes stay."""
    pieces = re.split(r"(\[\^[0-9]{1,3}\])", text)
    return "".join(piece if at % 2 else ENTITY.sub(r"\\&", SPECIAL.sub(r"\\\g<0>", piece))
                   for at, piece in enumerate(pieces))
