"""The lint of sheets on the form (ДСТУ 4163:2020): measures, type, numbers, signatures — told from the PDF alone."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pdfplumber
import pymupdf

from tests.pdf import plain

POINT = 72 / 25.4
NOTE = 8
"""The size of the words in the bottom margin of the last sheet."""
CLOSE = 0.2
"""Millimetres that a measure may be off."""
ASCENT, DESCENT = 0.891, 0.216
FAMILY = re.compile(r"[A-Z]{6}\+Tinos-(Regular|Bold|Italic|BoldItalic)$")
WORD = re.compile(r"[\w’]+")
JOINERS = dict.fromkeys(map(ord, "\u2060\u200b"))
HYPHEN = re.compile(r"(?<=\w)[\u00ad\u2010\u2011-]\n?(?=\w)")


@dataclass(frozen=True)
class Measures:
    """What `data/forms.yml` says, millimetres and points."""

    left: float = 30
    right: float = 10
    top: float = 20
    bottom: float = 20
    sizes: tuple[float, ...] = (14, 16, 12)
    signatory: float = 125
    number_from_edge: float = 10


def faults_of_form(content: bytes, measures: Measures | None = None, signatures: Sequence[str] = ()) -> list[str]:
    """What is wrong with a document on the form; `signatures` are names («Олена ЛЕВАДНА») that it must have."""
    measures = measures or Measures()
    with pdfplumber.open(io.BytesIO(content)) as pdf:
        sheets = [_Sheet(page, measures) for page in pdf.pages]
    found = [fault for sheet in sheets for fault in sheet.faults()]
    if abs(min(sheet.x0 for sheet in sheets) - measures.left) > CLOSE:
        found.append(f"ліве поле {min(sheet.x0 for sheet in sheets):.2f} мм")
    found += [f"підпису немає: {name}" for name in signatures
              if not any(name in line for sheet in sheets for line in sheet.lines)]
    return found + [fault for sheet in sheets for fault in sheet.signature_faults(signatures)]


class _Sheet:
    def __init__(self, page: Any, measures: Measures) -> None:
        self.number, self.measures = page.page_number, measures
        self.width, self.height = page.width / POINT, page.height / POINT
        letters = [letter for letter in page.chars if letter["text"].strip() and letter["text"] != "\u2060"]
        # pdfplumber's box hangs on the descent and is as high as the size: tops are worked out from the base line.
        self.header = [letter for letter in letters if letter["bottom"] / POINT < measures.top]
        floor = self.height - measures.bottom
        self.notes = [letter for letter in letters
                      if round(letter["size"], 1) == NOTE and _base(letter) / POINT > floor]
        """What stands in the bottom margin: no part of the document."""
        outside = {id(letter) for letter in (*self.header, *self.notes)}
        self.letters = [letter for letter in letters if id(letter) not in outside]
        self.lines = [line["text"].replace("\u00a0", " ") for line in page.extract_text_lines()
                      if line["bottom"] / POINT >= measures.top and line["top"] / POINT < floor]
        self.x0 = min((letter["x0"] / POINT for letter in self.letters), default=measures.left)

    def faults(self) -> Iterator[str]:
        told = (*self._margins(), *self._type(), *self._page_number())
        yield from (f"аркуш {self.number}: {fault}" for fault in told)

    def _margins(self) -> Iterator[str]:
        if self.notes and max(letter["bottom"] for letter in self.notes) / POINT > self.height - 3:
            yield "примітка сходить з аркуша"
        if not self.letters:
            yield "порожній"
            return
        right = self.width - max(letter["x1"] for letter in self.letters) / POINT
        bottom = self.height - max(letter["bottom"] for letter in self.letters) / POINT
        top = min(_base(letter) - ASCENT * letter["size"] for letter in self.letters) / POINT
        for name, value, least in (("ліве", self.x0, self.measures.left), ("праве", right, self.measures.right),
                                   ("верхнє", top, self.measures.top), ("нижнє", bottom, self.measures.bottom)):
            if value < least - CLOSE:
                yield f"{name} поле {value:.2f} мм"

    def _type(self) -> Iterator[str]:
        for name in sorted({letter["fontname"] for letter in self.letters + self.header}):
            if not FAMILY.match(name):
                yield f"шрифт {name}"
        allowed = {round(size * part, 1) for size in self.measures.sizes for part in (1, 0.6)}
        for size in sorted({round(letter["size"], 1) for letter in self.letters} - allowed):
            yield f"кегль {size}"

    def _page_number(self) -> Iterator[str]:
        told = "".join(letter["text"] for letter in self.header)
        if told != ("" if self.number == 1 else str(self.number)):
            yield f"у верхньому полі «{told}»"
        elif told:
            middle = (self.header[0]["x0"] + self.header[-1]["x1"]) / 2 / POINT
            expected = (self.measures.left + self.width - self.measures.right) / 2
            top = min(_base(letter) - ASCENT * letter["size"] for letter in self.header) / POINT
            if abs(middle - expected) > CLOSE or top < self.measures.number_from_edge - CLOSE:
                yield f"номер аркуша стоїть на {middle:.1f} і {top:.1f} мм"

    def signature_faults(self, names: Sequence[str]) -> Iterator[str]:
        """At least two lines of text stand above a signature on its sheet."""
        for place, line in enumerate(self.lines):
            for name in names:
                if name in line and place < 2:
                    yield f"аркуш {self.number}: підпис «{name}» відірвано від тексту"


def _base(letter: dict[str, Any]) -> float:
    """The base line, points from the top of the sheet."""
    return float(letter["bottom"]) - DESCENT * float(letter["size"])


def words_as_laid(content: bytes) -> list[str]:
    """All words in the order in which they were laid, lower case, without the numbers of sheets."""
    document = pymupdf.open(stream=content, filetype="pdf")
    pages = []
    for number, page in enumerate(document, 1):
        lines = page.get_text("text", sort=False).splitlines()
        if number > 1 and str(number) in lines:
            lines.remove(str(number))
        pages.append("\n".join(lines))
    return words("\n".join(pages))


def words(text: str) -> list[str]:
    """The words of a text as they are compared: hyphens, of the text or of an end of a line, are none."""
    return WORD.findall(plain(HYPHEN.sub("", text.translate(JOINERS))).lower())


def missing_words(inside: Sequence[str], whole: Sequence[str]) -> list[str]:
    """The first words of `inside` that do not stand in `whole` in one piece; nothing if all do."""
    size = len(inside)
    if any(list(whole[start:start + size]) == list(inside) for start in range(len(whole) - size + 1)):
        return []
    reached = max((next((step for step in range(size) if whole[start + step:start + step + 1] != [inside[step]]), size)
                   for start in range(len(whole))), default=0)
    return list(inside[reached:reached + 8])
