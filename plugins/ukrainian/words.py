"""Words as search and checks see them: the key of a word, and words that mix two alphabets."""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

APOSTROPHES = "'’ʼ‘`´ʹ′＇"
"""Every character that people type for the Ukrainian apostrophe; ’ (U+2019) is the one that pages show."""

LATIN_TO_CYRILLIC = dict(zip("ABCEHIKMOPTXYaceikopxyÏï", "АВСЕНІКМОРТХУасеікорхуЇї", strict=True))
"""Latin letters that look like a Cyrillic one of the same case."""

CYRILLIC_TO_LATIN = {cyrillic: latin for latin, cyrillic in LATIN_TO_CYRILLIC.items()}

_STRESS = dict.fromkeys((0x0300, 0x0301))
_UNSEEN = dict.fromkeys((0x00AD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF))
_TWINS = str.maketrans(LATIN_TO_CYRILLIC)
_FOLDED = str.maketrans({"ґ": "г", "ё": "е", "ы": "и", "э": "е", "ъ": "ь"} | dict.fromkeys(APOSTROPHES))
_CYRILLIC = re.compile("[\u0400-\u04ff]")
_PARTS = re.compile(rf"\w+(?:[{APOSTROPHES}]\w+)*")
_LETTERS = re.compile(r"[^\W\d_]+")


class MixedScript(NamedTuple):
    """A word that mixes Cyrillic and Latin letters: where the foreign ones stand, and the word in one alphabet."""

    word: str
    letters: tuple[tuple[int, str], ...]
    """(place counted from 0, letter) of each letter that is not of the word's own alphabet."""
    suggestion: str | None
    """The word in one alphabet, or None if some letter has no twin there."""


def without_stress(text: str) -> str:
    """The text composed (NFC), without stress marks and characters that nobody sees (soft hyphen, zero width)."""
    if text.isascii():
        return text
    text = text.translate(_UNSEEN)
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", text).translate(_STRESS))


def word_key(word: str) -> str:
    """The one spelling under which all spellings of a word are found; the key of a key is itself.

    Composed letters, no stress marks, lower case, no apostrophes; Latin look-alikes become Cyrillic in a word that
    has a Cyrillic letter; ґ is г, ё and э are е, ы is и, ъ is ь. Joined parts are separate words: `word_keys`.
    """
    word = without_stress(word)
    if _CYRILLIC.search(word):
        word = word.translate(_TWINS)
    return without_stress(word.lower()).translate(_FOLDED)


@lru_cache(maxsize=1 << 17)
def spelt_key(word: str) -> str:
    """The key of a word that is spelt as the dictionary does: lower case, one alphabet, composed letters."""
    return word.translate(_FOLDED)


def word_keys(token: str) -> tuple[str, ...]:
    """The keys of a token without spaces: its parts; with a digit and inner punctuation also the joined literal.

    «міста-героя» → міста, героя; «540-рв» → 540, рв, 540-рв.
    """
    parts = _PARTS.findall(without_stress(token))
    keys = [word_key(part) for part in parts]
    if len(parts) > 1 and any(character.isdigit() for character in token):
        inner = without_stress(token)
        keys.append(word_key(inner[inner.index(parts[0]) : inner.rindex(parts[-1]) + len(parts[-1])]))
    return tuple(dict.fromkeys(key for key in keys if key))


def mixed_script(word: str) -> MixedScript | None:
    """What is wrong if letters of two alphabets stand side by side in the word, else None.

    Parts joined by a hyphen, an apostrophe or digits are looked at one by one, so that «IT-відділ» is right. The
    alphabet of a part is that of its letters without a twin («VІІІ» is Latin); if all have twins, the commoner one.
    """
    if word.isascii():
        return None
    text = unicodedata.normalize("NFC", word)
    letters: list[tuple[int, str]] = []
    pure: list[str] | None = list(text)
    for part in _LETTERS.finditer(text):
        latin = [(place, text[place]) for place in range(*part.span()) if text[place] < "\u0250"]
        cyrillic = [(place, text[place]) for place in range(*part.span()) if "\u0400" <= text[place] <= "\u04ff"]
        if not latin or not cyrillic:
            continue
        foreign, twins = _foreign(latin, cyrillic)
        letters += foreign
        if pure is not None and all(letter in twins for _, letter in foreign):
            for place, letter in foreign:
                pure[place] = twins[letter]
        else:
            pure = None
    if not letters:
        return None
    return MixedScript(text, tuple(letters), None if pure is None else "".join(pure))


def _foreign(
    latin: list[tuple[int, str]], cyrillic: list[tuple[int, str]]
) -> tuple[list[tuple[int, str]], dict[str, str]]:
    """The letters to replace and the table of their twins."""
    latin_can_change = all(letter in LATIN_TO_CYRILLIC for _, letter in latin)
    cyrillic_can_change = all(letter in CYRILLIC_TO_LATIN for _, letter in cyrillic)
    if latin_can_change == cyrillic_can_change:
        latin_can_change = len(latin) <= len(cyrillic)
    return (latin, LATIN_TO_CYRILLIC) if latin_can_change else (cyrillic, CYRILLIC_TO_LATIN)
