"""The text of a Markdown document below its head: read when it is asked for, as ten years of texts fill the memory.

It has passed the door with its file (`read.py`); here the same bytes become the same text once more.
"""

from __future__ import annotations

import unicodedata
from typing import NamedTuple


def normal(raw: bytes) -> str:
    """The text of a file: UTF-8, lines end in `\\n`, letters are composed (NFC). Errors: UnicodeDecodeError."""
    text = raw.decode("utf-8")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


class Body(NamedTuple):
    """Where a text stands: its file, and the signs from which and up to which it is the body of its document."""

    file: str
    start: int
    end: int

    @property
    def text(self) -> str:
        """The text, without blank lines around it. Errors: OSError where the file has gone or is another now."""
        with open(self.file, "rb") as file:  # noqa: PTH123 — read by the thousand
            raw = file.read()
        try:
            return normal(raw)[self.start:self.end]
        except UnicodeDecodeError:
            raise OSError(f"{self.file} has changed") from None


def body_of(file: str, text: str, body: str) -> Body:
    """`body` ends the text of a file; blank lines around it do not count."""
    end = len(text) - len(body) + len(body.rstrip("\n"))
    start = min(len(text) - len(body.lstrip("\n")), end)
    return Body(file, start, end)
