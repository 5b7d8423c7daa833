"""Official romanisation (Cabinet resolution 55 of 2010) and the addresses made of it."""

import re
from functools import lru_cache

from slugify import slugify

from plugins.ukrainian.words import APOSTROPHES, without_stress

_INSIDE = {
    "а": "a", "б": "b", "в": "v", "г": "h", "ґ": "g", "д": "d", "е": "e", "є": "ie", "ж": "zh", "з": "z", "и": "y",
    "і": "i", "ї": "i", "й": "i", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s",
    "т": "t", "у": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ь": "", "ю": "iu",
    "я": "ia", "зг": "zgh",
}  # fmt: skip
_FIRST = _INSIDE | {"є": "ye", "ї": "yi", "й": "y", "ю": "yu", "я": "ya"}

_LETTERS = "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя"
_LETTER = re.compile(rf"(?<![^\W_])(?P<first>зг|[{_LETTERS}])|зг|[{_LETTERS}]", re.IGNORECASE)
_APOSTROPHE = re.compile(rf"(?<=[{_LETTERS}])[{APOSTROPHES}](?=[{_LETTERS}])", re.IGNORECASE)
_ANY_APOSTROPHE = re.compile(rf"(?<=[^\W\d_])[{APOSTROPHES}](?=[^\W\d_])")
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_NEITHER_LETTER_NOR_DIGIT = re.compile(r"[\W_]+")


def romanise(text: str) -> str:
    """The text with its Ukrainian letters in the official romanisation; all else stays as it is.

    є ї й ю я have their first form at the start of a word and after a hyphen, not after an apostrophe; зг is zgh.
    A capital gives one capital (Щ → Shch) unless its word goes on in capitals (ЩЕ → SHCHE). Stress marks go.
    Source: Cabinet of Ministers resolution 55 of 27 January 2010.
    """
    # The apostrophe leaves no trace and must not make a word start.
    return _LETTER.sub(_romanised, _APOSTROPHE.sub("", without_stress(text)))


def _romanised(match: re.Match[str]) -> str:
    found = match[0]
    latin = (_FIRST if match["first"] else _INSIDE)[found.lower()]
    if not found[0].isupper():
        return latin
    return latin.upper() if _among_capitals(match) else latin.capitalize()


def _among_capitals(match: re.Match[str]) -> bool:
    """Whether the capital stands beside another one and before no small letter."""
    start, end = match.span()
    before, after = match.string[start - 1 : start], match.string[end : end + 1]
    return not after.islower() and (after.isupper() or before.isupper() or match[0] == "ЗГ")


@lru_cache(maxsize=20_000)
def slug(text: str) -> str:
    """The text as a part of an address: ASCII, lower case, single hyphens between words; empty if nothing is left.

    «Сім’я і діти» → simia-i-dity. Slugs are neither unique nor reversible: the record's year and number make them so,
    and an address is not counted anew once it is public.
    """
    if _SLUG.fullmatch(text):
        return text
    text = _ANY_APOSTROPHE.sub("", romanise(text))
    # slugify would join «11,6» to 116 and read № and § as letters, so signs are made spaces before it. Its backend is
    # named because it takes another one where that happens to be installed, and addresses must not differ.
    words = _NEITHER_LETTER_NOR_DIGIT.sub(" ", text)
    return str(slugify(words, entities=False, decimal=False, hexadecimal=False, backend="text-unidecode"))
