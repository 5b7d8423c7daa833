"""A PDF with a text layer → its paragraphs. Loads the parser: import it only where there is a PDF to read.

Only letters are laid out: drawings and pictures are passed over. Streams that would unpack into too much are found
before anything is interpreted.
"""

from __future__ import annotations

import io
import logging
import re
import zlib
from collections.abc import Iterable, Iterator
from itertools import islice

from pdfminer.converter import PDFPageAggregator
from pdfminer.layout import LAParams, LTFigure, LTTextContainer
from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser

logging.getLogger("pdfminer").setLevel(logging.CRITICAL)  # what is odd in a file is nobody's problem here

MAX_PAGES = 300
MAX_STREAM, MAX_STREAMS = 20_000_000, 60_000_000
"""Bytes into which one stream, and all of them, may unpack; pictures are not unpacked for their text."""
STREAM = re.compile(rb"(?<!end)stream\r?\n")
PICTURE = re.compile(rb"/Subtype\s*/Image\b")
HEAD = 600
"""Bytes before a stream in which its dictionary stands."""
TORN = re.compile("\u00ad\\s*\n\\s*|(?<=-)\n(?=[a-zа-яєіїґ])")
"""A word that goes on in the next line: a soft hyphen is dropped, a hyphen stays."""


class Letters(PDFPageAggregator):
    """A page as its letters."""

    def paint_path(self, *_: object, **__: object) -> None:
        """No lines and areas: maps have hundreds of thousands."""

    def render_image(self, *_: object, **__: object) -> None:
        """No pictures."""


def paragraphs(content: bytes) -> Iterator[str]:
    """The paragraphs of a file, each with a line break at its end. Errors: whatever the parser raises."""
    if _is_bomb(content):
        return
    resources = PDFResourceManager()
    device = Letters(resources, laparams=LAParams(boxes_flow=None, all_texts=True))
    interpreter = PDFPageInterpreter(resources, device)
    for page in islice(PDFPage.create_pages(PDFDocument(PDFParser(io.BytesIO(content)))), MAX_PAGES):
        interpreter.process_page(page)
        for text in _texts(device.get_result()):
            yield TORN.sub("", text.strip()).replace("\n", " ") + "\n"


def _texts(container: Iterable[object]) -> Iterator[str]:
    """The texts of a page, those within its figures too."""
    for item in container:
        if isinstance(item, LTTextContainer):
            yield item.get_text()
        elif isinstance(item, LTFigure):
            yield from _texts(item)


def _is_bomb(content: bytes) -> bool:
    """Whether the streams, pictures aside, unpack into more than may be."""
    left, end = MAX_STREAMS, 0
    for match in STREAM.finditer(content):
        if match.start() < end or PICTURE.search(content, max(end, match.start() - HEAD), match.start()):
            continue
        end = content.find(b"endstream", match.end())
        end = len(content) if end < 0 else end
        size = _unpacked(content[match.end():end])
        left -= size
        if size > MAX_STREAM or left < 0:
            return True
    return False


def _unpacked(stream: bytes) -> int:
    try:
        return len(zlib.decompressobj().decompress(stream, MAX_STREAM + 1))
    except zlib.error:
        return len(stream)
