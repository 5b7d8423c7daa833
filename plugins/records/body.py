"""The text of a Markdown document below its head: read when it is asked for, as ten years of texts fill the memory.

It has passed the door with its file (`read.py`); here the same bytes become the same text once more.
"""

from __future__ import annotations

import errno
import os
import unicodedata
from typing import NamedTuple


def normal(raw: bytes) -> str:
    """The text of a file: UTF-8, lines end in `\\n`, letters are composed (NFC). Errors: UnicodeDecodeError."""
    text = raw.decode("utf-8")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


Stamp = tuple[int, int]
"""Size and time of a file."""


class Body(NamedTuple):
    """Where a text stands: its file, and the signs from which and up to which it is the body of its document.

    `is_plain`: the text of the file is its bytes, nothing in it was composed or mended.
    """

    file: str
    stamp: Stamp
    start: int
    end: int
    is_plain: bool

    @property
    def text(self) -> str:
        """The text, without blank lines around it. Errors: OSError where the file has gone; ESTALE: it is another now.
        """
        with open(self.file, "rb") as file:  # noqa: PTH123 — read by the thousand
            if stamp_of(os.fstat(file.fileno())) != self.stamp:
                raise OSError(errno.ESTALE, os.strerror(errno.ESTALE), self.file)
            raw = file.read()
        return (raw.decode() if self.is_plain else normal(raw))[self.start:self.end]


def stamp_of(status: os.stat_result) -> Stamp:
    """What changes with a file."""
    return status.st_size, status.st_mtime_ns


def body_of(file: str, stamp: Stamp, text: str, body: str, is_plain: bool) -> Body:
    """`body` ends the text of a file, which had this stamp before it was read; blank lines around do not count."""
    end = len(text) - len(body) + len(body.rstrip("\n"))
    start = min(len(text) - len(body.lstrip("\n")), end)
    return Body(file, stamp, start, end, is_plain)
