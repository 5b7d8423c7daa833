"""How a day is found in a year: a date, the first or last Sunday of a month, so many days after Easter.

Editors write each of the four ways as a short value (`12-07`, `[1, sun, 10]`, `[sun, 9]`, `+49`); here the value
becomes a rule that knows its day in any year and its words.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import lru_cache
from typing import Annotated, Any

from pydantic import BeforeValidator

from plugins.records import Form, code, frozen
from plugins.records.values import LAST_YEAR, parse_whole, refuse, shown
from plugins.ukrainian import MONTHS_GENITIVE, counted

DAY_RULE = code("DAY-RULE", "День свята записують одним із чотирьох способів: fixed, nth, last, easter.",
                "days:\n  - fixed: 7 грудня", "days:\n  - fixed: 12-07")

WEEKDAYS = {"mon": ("понеділок", "ий"), "tue": ("вівторок", "ий"), "wed": ("середа", "а"), "thu": ("четвер", "ий"),
            "fri": ("п’ятниця", "а"), "sat": ("субота", "а"), "sun": ("неділя", "а")}
"""Word of a weekday as it is typed → its name, and the ending of what agrees with it."""
NTH = {1: "перш", 2: "друг", 3: "трет", 4: "четверт"}
FARTHEST = 100
"""No feast is farther from Easter."""
LEAP_YEAR = 2024


@frozen
class Fixed:
    """The same date every year."""

    month: int
    day: int

    def on(self, year: int) -> date:
        """Its day in a year."""
        return date(year, self.month, self.day)

    @property
    def words(self) -> str:
        """«7 грудня»."""
        return f"{self.day} {MONTHS_GENITIVE[self.month - 1]}"


@frozen
class Weekday:
    """The first to fourth such weekday of a month; `number` 0 is the last one."""

    number: int
    weekday: str
    month: int

    def on(self, year: int) -> date:
        """Its day in a year."""
        wanted = list(WEEKDAYS).index(self.weekday)
        if self.number:
            first = date(year, self.month, 1)
            return first + timedelta(days=(wanted - first.weekday()) % 7 + 7 * (self.number - 1))
        last = date(year + self.month // 12, self.month % 12 + 1, 1) - timedelta(days=1)
        return last - timedelta(days=(last.weekday() - wanted) % 7)

    @property
    def words(self) -> str:
        """«перша неділя жовтня», «останній четвер травня»."""
        name, ending = WEEKDAYS[self.weekday]
        stem = NTH.get(self.number, "останн")
        if stem in ("трет", "останн"):
            ending = "я" if ending == "а" else "ій"
        return f"{stem}{ending} {name} {MONTHS_GENITIVE[self.month - 1]}"


@frozen
class FromEaster:
    """So many days after Easter by the Orthodox reckoning, as the calendar of Ukraine has it; 0 is Easter itself."""

    days: int

    def on(self, year: int) -> date:
        """Its day in a year."""
        return _easter(year) + timedelta(days=self.days)

    @property
    def words(self) -> str:
        """«через 49 днів після Великодня»."""
        if not self.days:
            return "за церковним календарем"
        length = counted(abs(self.days), "день", "дні", "днів")
        return f"через {length} після Великодня" if self.days > 0 else f"за {length} до Великодня"


@lru_cache(maxsize=256)
def _easter(year: int) -> date:
    from dateutil.easter import EASTER_ORTHODOX, easter  # slow to import, and few builds look for it

    found: date = easter(year, EASTER_ORTHODOX)
    return found


def parse_fixed(value: Any) -> Fixed:
    """`12-07` → 7 December. Errors: DAY-RULE."""
    if isinstance(value, Fixed):
        return value
    match = re.fullmatch(r"([0-9]{2})-([0-9]{2})", value) if isinstance(value, str) else None
    if not match:
        raise refuse(DAY_RULE, f"«{shown(value)}» не день року. Треба місяць-день: 12-07 — сьоме грудня.")
    month, day = int(match[1]), int(match[2])
    if not 1 <= month <= 12:
        raise refuse(DAY_RULE, f"«{value}»: місяця {match[1]} не буває. Порядок: місяць-день.")
    if (month, day) == (2, 29):
        raise refuse(DAY_RULE, "«02-29» буває не щороку. Оберіть 02-28 або 03-01.")
    try:
        date(LEAP_YEAR, month, day)
    except ValueError:
        raise refuse(DAY_RULE, f"«{value}»: такого дня немає в календарі.") from None
    return Fixed(month, day)


def parse_nth(value: Any) -> Weekday:
    """`[1, sun, 10]` → the first Sunday of October. Errors: DAY-RULE."""
    if isinstance(value, Weekday):
        return value
    if not _is_list(value, 3):
        raise refuse(DAY_RULE, f"«{shown(value)}» не день місяця. Треба [1, sun, 10] — перша неділя жовтня.")
    if value[0] not in ("1", "2", "3", "4"):
        raise refuse(DAY_RULE, f"«{shown(value[0])}»: номер дня — від 1 до 4. Для останнього є last: [sun, 9].")
    return Weekday(int(value[0]), _weekday(value[1]), _month(value[2]))


def parse_last(value: Any) -> Weekday:
    """`[sun, 9]` → the last Sunday of September. Errors: DAY-RULE."""
    if isinstance(value, Weekday):
        return value
    if not _is_list(value, 2):
        raise refuse(DAY_RULE, f"«{shown(value)}» не день місяця. Треба [sun, 9] — остання неділя вересня.")
    return Weekday(0, _weekday(value[0]), _month(value[1]))


def parse_from_easter(value: Any) -> FromEaster:
    """`+49` → the forty-ninth day after Easter. Errors: DAY-RULE."""
    if isinstance(value, FromEaster):
        return value
    if not isinstance(value, str) or not re.fullmatch(r"0|[+-][1-9][0-9]{0,2}", value) or abs(int(value)) > FARTHEST:
        raise refuse(DAY_RULE, f"«{shown(value)}» не відлік від Великодня. Треба +49 (через 49 днів), -7 або 0.")
    return FromEaster(int(value))


def parse_year(value: Any) -> int:
    """`2023` → 2023. Errors: NUMBER, DAY-RULE."""
    year = parse_whole(value)
    if not 1000 <= year <= LAST_YEAR:
        raise refuse(DAY_RULE, f"«{year}» не рік. Треба чотири цифри: 2023.")
    return year


def _is_list(value: Any, length: int) -> bool:
    return isinstance(value, list) and len(value) == length and all(isinstance(item, str) for item in value)


def _weekday(word: str) -> str:
    if word not in WEEKDAYS:
        known = ", ".join(f"{short} ({name})" for short, (name, _) in WEEKDAYS.items())
        raise refuse(DAY_RULE, f"дня тижня «{shown(word)}» немає. Можна: {known}.")
    return word


def _month(number: str) -> int:
    if not re.fullmatch(r"0?[1-9]|1[0-2]", number):
        raise refuse(DAY_RULE, f"місяця «{shown(number)}» не буває. Треба число від 1 до 12.")
    return int(number)


FixedDay = Annotated[Fixed, BeforeValidator(parse_fixed), Form("місяць-день", "12-07")]
NthWeekday = Annotated[Weekday, BeforeValidator(parse_nth), Form("номер, день тижня, місяць", "[1, sun, 10]")]
LastWeekday = Annotated[Weekday, BeforeValidator(parse_last), Form("день тижня, місяць", "[sun, 9]")]
DaysFromEaster = Annotated[FromEaster, BeforeValidator(parse_from_easter), Form("днів від Великодня", "+49")]
YearNumber = Annotated[int, BeforeValidator(parse_year), Form("рік", "2023")]
Rule = Fixed | Weekday | FromEaster
