"""Days and numerals as they are written in documents, read back: «24 лютого 2021 року», «тридцять сьома», «VІІІ»."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from plugins.ukrainian.dates import MONTHS, MONTHS_GENITIVE
from plugins.ukrainian.numbers import NotRoman, roman_value

NAMES = "|".join((*MONTHS_GENITIVE, *MONTHS))
DAY = re.compile(
    r"(?<![\d.])(?:(?P<iso>\d{4}-\d{1,2}-\d{1,2})(?!\d)"
    r"|(?P<short>\d{1,2}(?P<sign>[./-])(?:\s?\d{1,2}(?P=sign)\s?\d{4}|\d{1,2}(?P=sign)\d{2}))(?![\d.]*\d))"
    rf"|(?<!\d)(?P<day>\d{{1,2}})(?:-?го)?[»\"”]?\s+(?P<month>{NAMES})\s+(?P<year>\d{{4}})(?!\d)", re.I)
YEARS = range(1900, 2200)
"""A date outside of them is a slip of the pen or of a machine."""

ORDINALS = ("перш", "друг", "трет", "четверт", "п’ят", "шост", "сьом", "восьм", "дев’ят", "десят", "одинадцят",
            "дванадцят", "тринадцят", "чотирнадцят", "п’ятнадцят", "шістнадцят", "сімнадцят", "вісімнадцят",
            "дев’ятнадцят")
TENS = {"двадцят": 20, "тридцят": 30, "сороков": 40, "п’ятдесят": 50, "шістдесят": 60, "сімдесят": 70,
        "вісімдесят": 80, "дев’яност": 90, "сот": 100}
STEMS = {**dict(zip(ORDINALS, range(1, 20), strict=True)), **TENS, "треть": 3}
BEFORE = {"двадцять": 20, "тридцять": 30, "сорок": 40, "п’ятдесят": 50, "шістдесят": 60, "сімдесят": 70,
          "вісімдесят": 80, "дев’яносто": 90}
"""The first word of «тридцять сьома»."""
LONGEST_END = 3
NUMERAL = (r"(?:[0-9]{1,3}|[IVXLCІХСМVivxіх]{1,8}|"
           rf"(?:(?:{'|'.join(BEFORE)})\s+)?[а-яіїєґ’'ʼ]{{4,14}})").replace("п’я", "п[’'ʼ]я").replace("в’я", "в[’'ʼ]я")
"""A pattern for what `numeral` may be able to read."""


def written_day(text: str) -> date | None:
    """The first date in a text: 24.02.2021, 24/02/21, 2021-02-24, «24» лютого 2021 року; None where there is none.

    Two digits of a year behind hyphens are no date: «2-10-50» is a telephone, «5-1-21» the number of a document.
    """
    return next((day for _, _, day in written_days(text)), None)


def written_days(text: str, years: range = YEARS) -> Iterator[tuple[int, int, date]]:
    """All dates of these years in a text, each with the place where it begins and ends."""
    for match in DAY.finditer(text):
        if day := _day(match, years):
            yield match.start(), match.end(), day


def _day(match: re.Match[str], years: range) -> date | None:
    if match["iso"]:
        year, month, day = map(int, match["iso"].split("-"))
    elif match["short"]:
        day, month, year = map(int, match["short"].split(match["sign"]))
        if year < 100:
            year += 2000 if match["sign"] != "-" else 0
    else:
        name = match["month"].lower()
        names = MONTHS_GENITIVE if name in MONTHS_GENITIVE else MONTHS
        day, month, year = int(match["day"]), names.index(name) + 1, int(match["year"])
    try:
        return date(year, month, day) if year in years else None
    except ValueError:
        return None


def numeral(words: str) -> int | None:
    """37 for «37», «XXXVII», «ХХХVІІ», «тридцять сьомої»; None for other words."""
    if words.isascii() and words.isdigit():
        return int(words)
    try:
        return roman_value(words.upper())
    except NotRoman:
        *tens, last = words.lower().replace("'", "’").replace("ʼ", "’").split() or [""]
    ordinal = max((value for stem, value in STEMS.items() if last.startswith(stem)
                   and len(last) - len(stem) <= LONGEST_END and not last.endswith("ь")), default=None)
    if not tens:
        return ordinal
    whole = BEFORE.get(tens[0]) if len(tens) == 1 else None
    return whole + ordinal if whole and ordinal and ordinal < 10 else None
