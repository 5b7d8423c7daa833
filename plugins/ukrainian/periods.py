"""Terms in words, read to their last day: «перший квартал», «II півріччя 2027 року», «червень», «до 15 липня»."""

from __future__ import annotations

import calendar
import re
from datetime import date

from plugins.ukrainian.dates import MONTHS, MONTHS_GENITIVE
from plugins.ukrainian.reading import DAY, NUMERAL, numeral, written_day

MONTH_OF = {
    **{name: number for names in (MONTHS, MONTHS_GENITIVE) for number, name in enumerate(names, 1)},
    **{re.sub("ого$", "ому", re.sub("[яа]$", "і", name)): number for number, name in enumerate(MONTHS_GENITIVE, 1)},
}
"""«червень», «червня», «червні» → 6."""
ENDING = "-(?:й|ий|ій|го|ого|му|ому|е|ше|ге|є|тє|а)"
APART = re.compile(rf"\s*[–—,]\s*|\s+(?:-|і|й|та)\s+|(?!{ENDING}\b)-")
"""What stands between the periods of a row; the hyphen of «1-й» is none of it."""
YEAR = re.compile(r"(?:^|\s+)(?:(?P<year>20[0-9]{2})\s*(?:року|рік|р\.?)?|року|рік)$")
BEFORE = re.compile(r"^(?:у|в|протягом|упродовж|впродовж|кінець|(?:у|в|до|наприкінці)\s+кінц[яі]|наприкінці)\s+")
ON_DAY = re.compile(rf"(?:до\s+)?(?P<day>[0-9]{{1,2}})(?:-?го)?\s+(?P<month>{'|'.join(MONTH_OF)})")
UNIT = r"квартал\w{0,2}|кв\.?|півріччя|півріччі|половин\w"
PERIOD = re.compile(rf"(?P<number>{NUMERAL})(?:{ENDING})?(?:\s+(?P<unit>{UNIT}))?")
MONTHS_IN = {"к": 3, "п": 6}
"""The first letter of a quarter and of a half-year → how many months it has."""


def end_of_term(words: str, year: int) -> date | None:
    """The last day of a term; `year` is that of the plan, unless the words name another.

    The rule: the words name days, months, quarters, half-years or a year, and nothing else; of several the last day of
    all is meant. None for other words, and for «до червня», which does not say whether June belongs to the term.
    """
    text = " ".join(words.lower().replace("\u00a0", " ").split()).rstrip(".")
    if DAY.fullmatch(text.removeprefix("до ").removesuffix(" року").removesuffix(" р")):
        return written_day(text)
    if found := YEAR.search(text):
        year, text = int(found["year"] or year), text[:found.start()]
    text = BEFORE.sub("", f"{text} ").strip()
    if not text:
        return date(year, 12, 31) if found else None
    unit, ends = "", []
    for part in reversed(APART.split(text)):
        unit, end = _part(part, unit, year)
        if end is None:
            return None
        ends.append(end)
    return max(ends)


def _part(words: str, unit: str, year: int) -> tuple[str, date | None]:
    """(the unit for «перший» in «перший – другий квартал», the last day)."""
    if month := MONTH_OF.get(words):
        return "", _last_of(year, month)
    if on := ON_DAY.fullmatch(words):
        return "", _day(year, MONTH_OF[on["month"]], int(on["day"]))
    period = PERIOD.fullmatch(words)
    if not period or not (unit := (period["unit"] or unit)[:1]):
        return "", None
    number, length = numeral(period["number"]) or 0, MONTHS_IN[unit]
    return unit, _last_of(year, number * length) if 0 < number <= 12 // length else None


def _last_of(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def _day(year: int, month: int, day: int) -> date | None:
    return date(year, month, day) if 0 < day <= calendar.monthrange(year, month)[1] else None
