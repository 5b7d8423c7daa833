"""The words of an attachment, for the search: a PDF with a text layer or a DOCX → plain text, a paragraph a line.

The file is somebody's: what is read of it is bounded by sizes and counts, not by a clock, so that the same file always
gives the same text. A scan, a broken or locked file and any other type give none. The text is kept in the cache folder
under the digest of the content and of this code; the parsers are only loaded when a file is read for the first time.
"""

from __future__ import annotations

import hashlib
import io
import re
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator
from functools import cache, partial
from pathlib import Path

from plugins.records import kept
from plugins.records.library import MAX_ATTACHMENT

MAX_CHARACTERS = 500_000
"""About two hundred pages: what comes after is not searched."""
MAX_UNPACKED = 50_000_000
"""Bytes of XML in one part of a DOCX."""
PARTS = ("word/document.xml", "word/footnotes.xml", "word/endnotes.xml")
SKIPPED = {"del", "moveFrom", "Fallback"}
"""What tracked changes have erased, and the second copy of a text box."""
SPACES = {"tab", "br", "cr"}
ENDS = {"p", "tc"}
RUNS = re.compile(r"[^\S\n]+")
LINES = re.compile(r"\s*\n\s*")
UNREADABLE = re.compile(r"\(cid:\d+\)|[\x00-\x08\x0b-\x1f\x7f\ufffd\ue000-\uf8ff]")
"""Signs of a font that does not say which letters it draws."""
MAX_UNREADABLE = 0.2
"""Such signs for each letter that can be read."""


def attachment_text(file: Path, cache_folder: Path) -> str:
    """The text of a file, or "" where there is none to be had. `cache_folder` is that of the build. Errors: none."""
    try:
        if file.stat().st_size > MAX_ATTACHMENT:
            return ""
        content = file.read_bytes()
    except OSError:
        return ""
    if not (_is_pdf(content) or content.startswith(b"PK\x03\x04")):
        return ""
    name = hashlib.blake2b(_recipe() + content, digest_size=16).hexdigest()
    return kept(cache_folder / "attachments" / name, partial(_made, content)).decode()


@cache
def _recipe() -> bytes:
    from importlib.metadata import version  # it loads what reads e-mail

    code = b"".join(Path(__file__).with_name(name).read_bytes() for name in ("attachment_text.py", "pdf_text.py"))
    return hashlib.blake2b(code + version("pdfminer.six").encode()).digest()


def _made(content: bytes) -> bytes:
    return text_of(content).encode()


def text_of(content: bytes) -> str:
    """The text of the bytes of a file, or ""."""
    try:
        if _is_pdf(content):
            from .pdf_text import paragraphs

            return _tidy(_bounded(paragraphs(content)))
        return _tidy(_bounded(_docx(content)))
    except Exception:  # whatever the parsers meet in a broken or locked file
        return ""


def _is_pdf(content: bytes) -> bool:
    return b"%PDF-" in content[:1024]  # other bytes may stand before it


def _bounded(pieces: Iterable[str]) -> str:
    """The pieces as one text, as many as may be."""
    taken, left = [], MAX_CHARACTERS
    for piece in pieces:
        taken.append(piece[:left])
        left -= len(piece)
        if left <= 0:
            break
    return "".join(taken)


def _tidy(text: str) -> str:
    """Composed letters, one space between words, a paragraph a line; "" if most of it cannot be read."""
    readable, count = UNREADABLE.subn("", text)
    if count > MAX_UNREADABLE * len(readable):
        return ""
    return LINES.sub("\n", RUNS.sub(" ", unicodedata.normalize("NFC", readable))).strip()


def _docx(content: bytes) -> Iterator[str]:
    """The letters of a DOCX in their order, as they stand once all tracked changes are accepted."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = set(archive.namelist())
        for part in PARTS:
            if part in names:
                with archive.open(part) as stream:
                    unpacked = stream.read(MAX_UNPACKED + 1)
                if len(unpacked) <= MAX_UNPACKED:
                    yield from _letters(unpacked)


def _letters(xml: bytes) -> Iterator[str]:
    from lxml import etree

    skipped = 0
    for event, element in etree.iterparse(io.BytesIO(xml), events=("start", "end"), resolve_entities=False,
                                          load_dtd=False, no_network=True, huge_tree=False):
        name = etree.QName(element).localname if isinstance(element.tag, str) else ""
        if event == "start":
            skipped += name in SKIPPED
            continue
        if name in SKIPPED:
            skipped -= 1
        elif skipped:
            pass
        elif name == "t":
            yield element.text or ""
        elif name in SPACES:
            yield " "
        elif name == "noBreakHyphen":
            yield "-"
        elif name in ENDS:
            yield "\n"
        element.clear(keep_tail=True)
