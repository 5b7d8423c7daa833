"""What a text can be found by: its words, its numbers in one spelling, its days. Search pages do the same in a script.

`tests/plugins/ukrainian/terms.csv` holds both to one table.
"""

from __future__ import annotations

import contextlib
import re
import unicodedata
from collections.abc import Iterator

from plugins.ukrainian.numbers import NotRoman, roman_value
from plugins.ukrainian.reading import written_days
from plugins.ukrainian.words import APOSTROPHES, LATIN_TO_CYRILLIC, without_stress, word_key

WORD = re.compile(rf"\w+(?:[{APOSTROPHES}]\w+)*")
LITERAL = re.compile(r"(?<!\w)\w+(?:[-‐‑‒–—−./\\:,]\w+)+")
"""Parts that inner signs join; it is a literal if there is a digit in it."""
SIGNS = re.compile(r"[-‐‑‒–—−./\\:,]")
THOUSANDS = re.compile(r"(?<![\d.,/-])\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?![\d/])")
YEAR = re.compile(r"\d{4}|\d[./]\d\d(?!\d)")
YEARS = range(1000, 2200)
"""Texts tell of older days than documents are dated by."""
DIGIT = re.compile(r"\d")
ROMAN = re.compile("[IVXІХ]+", re.I)
"""Convocations; a lone C, L or M in a number is a letter."""
FROM_DIGIT = re.compile(r"\d\S*(?:\s+[^\W\d]+\s+\d{4}|(?:[ \u00a0\u202f]\d\S*)+)?")
"""From the first digit of a word to its end, or that of a day or of thousands."""
ALPHABET = re.compile(r"[а-яєії]+")
"""Letters of a key that the dictionary may know."""
_LATIN = re.compile("[a-z]")
_CYRILLIC = re.compile("[\u0400-\u04ff]")
_TWINS = str.maketrans(LATIN_TO_CYRILLIC)
_LOWER_TWINS = str.maketrans({latin.lower(): cyrillic.lower() for latin, cyrillic in LATIN_TO_CYRILLIC.items()
                              if latin.isupper()} | LATIN_TO_CYRILLIC)
_APOSTROPHE = str.maketrans(dict.fromkeys(APOSTROPHES, "'"))
_MARKED = re.compile("[\u0300-\u036f\u00ad\u200b-\u200d\u2060\ufeff]")


class Spelling(dict[str, str]):
    """Word in lower case → as the dictionary spells it: one alphabet, the apostrophe `'`. Remembers the answers."""

    LIMIT = 1 << 17

    def __missing__(self, word: str) -> str:
        if len(self) > self.LIMIT:
            self.clear()
        spelt = word.translate(_LOWER_TWINS) if _LATIN.search(word) and _CYRILLIC.search(word) else word
        if not spelt.isascii() or not spelt.isalnum():
            spelt = "'".join(filter(None, spelt.translate(_APOSTROPHE).split("'")))  # ʼ is a letter to Unicode
        self[word] = spelt
        return spelt


SPELLING = Spelling()


def words(text: str) -> list[str]:
    """The words of a text in their order, as the dictionary spells them."""
    return [spelt for word in WORD.findall(composed(text).lower()) if (spelt := SPELLING[word])]


def composed(text: str) -> str:
    """The text without stress marks and unseen characters, in composed letters."""
    return without_stress(text) if _MARKED.search(text) or not unicodedata.is_normalized("NFC", text) else text


def is_word(key: str) -> bool:
    """Whether the dictionary may know it: letters of the Ukrainian alphabet only, as keys have them."""
    return ALPHABET.fullmatch(key) is not None


def literals(text: str) -> Iterator[str]:
    """Numbers in one spelling: days («24 лютого 2021 року» → 2021-02-24), numbers of documents, thousands.

    «5/VIII-194» and «5/8-194» → 5-8-194; «540-рв» with either р → 540-рв; «1 410» → 1410.
    """
    text = " | ".join(_around_digits(composed(text)))
    if not text:
        return
    days = list(written_days(text, YEARS)) if YEAR.search(text) else []
    for _, _, day in days:
        yield day.isoformat()
    for match in LITERAL.finditer(text):
        if DIGIT.search(match[0]) and not any(start < match.end() and match.start() < end for start, end, _ in days):
            yield literal(match[0])
    for match in THOUSANDS.finditer(text):
        yield "".join(filter(str.isdigit, match[0]))


def _around_digits(text: str) -> Iterator[str]:
    """Where a text may hold a number of more than one part: the rest is not looked at."""
    for match in FROM_DIGIT.finditer(text):
        start = match.start()
        while start and not text[start - 1].isspace():
            start -= 1
        yield text[start:match.end()]


def literal(token: str) -> str:
    """One number with inner signs in the spelling that all its spellings share."""
    return "-".join(_part(part) for part in SIGNS.split(token))


def _part(part: str) -> str:
    if ROMAN.fullmatch(part):
        with contextlib.suppress(NotRoman):
            return str(roman_value(part.upper()))
    return word_key(part.translate(_TWINS))
