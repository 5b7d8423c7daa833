"""Working days and terms counted in them, over a calendar that is data.

A working day is Monday to Friday and not a day off. A holiday is a day off, and one that falls on a weekend makes the
next working day a day off (Labour Code, art. 67). While martial law lasts neither holds: the calendar's suspended
periods say when (Law on the organisation of labour relations in martial law, art. 6).
"""

from bisect import bisect_left, bisect_right
from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property

Period = tuple[date, date | None]
"""First and last day, both within; None for a period that has not ended."""

_DAY = timedelta(days=1)


class Counting(StrEnum):
    """The three ways in which «not later than N working days before the day S» is read, for a publication on P."""

    CLEAR = "clear"
    """N working days lie strictly between P and S: the strict reading."""
    OFFSET = "offset"
    """P is no later than S minus N working days: the lenient reading."""
    INCLUSIVE = "inclusive"
    """P, if it is a working day, is day 1, and S is not counted."""


class NoHolidayTable(ValueError):
    """The calendar has no holidays for a year in which they count."""


@dataclass(frozen=True)
class Calendar:
    """What is needed to tell a working day; made by `calendar`."""

    years: frozenset[int]
    days_off: frozenset[date]
    """Holidays and the working days that they moved to, of all years, outside the suspended periods."""
    suspended: tuple[Period, ...]

    @cached_property
    def taken(self) -> list[date]:
        """The days from Monday to Friday that are not worked, in order."""
        return sorted(day for day in self.days_off if day.weekday() < 5 and not _within(day, self.suspended))


def calendar(holidays: Mapping[int, Iterable[date]], holidays_suspended: Sequence[Period] = ()) -> Calendar:
    """The calendar of the given tables: holidays by year as the law names them, and the periods in which none is off.

    ValueError if a holiday stands under another year.
    """
    tables = {year: sorted(days) for year, days in sorted(holidays.items())}
    for year, days in tables.items():
        for holiday in days:
            if holiday.year != year:
                raise ValueError(f"свято {holiday} записано під роком {year}")
    suspended = tuple(holidays_suspended)
    kept = [holiday for days in tables.values() for holiday in days if not _within(holiday, suspended)]
    days_off = set(kept)
    for holiday in kept:
        if holiday.weekday() >= 5:
            moved_to = holiday
            while moved_to.weekday() >= 5 or moved_to in days_off:
                moved_to += _DAY
            days_off.add(moved_to)
    return Calendar(frozenset(tables), frozenset(days_off), suspended)


def is_working_day(day: date, days: Calendar) -> bool:
    """Whether the day is worked. NoHolidayTable if holidays count then and the calendar does not know the year's."""
    if day.weekday() >= 5:
        return False
    if _within(day, days.suspended):
        return True
    if day.year not in days.years:
        raise NoHolidayTable(f"у календарі немає свят {day.year} року, тож робочі дні порахувати не можна")
    return day not in days.days_off


def working_days(first: date, last: date, days: Calendar) -> list[date]:
    """The working days from the first day to the last, both within: such are the days of a consultation."""
    span = ((first + _DAY * step) for step in range((last - first).days + 1))
    return [day for day in span if is_working_day(day, days)]


def count_working_days(first: date, last: date, days: Calendar) -> int:
    """How many there are of them; where the calendar knows all holidays that count, without a look at each day."""
    if last < first:
        return 0
    if not all(_is_known(year, first, last, days) for year in range(first.year, last.year + 1)):
        return len(working_days(first, last, days))
    weeks, rest = divmod((last - first).days + 1, 7)
    worked = 5 * weeks + sum((first.weekday() + step) % 7 < 5 for step in range(rest))
    return worked - (bisect_right(days.taken, last) - bisect_left(days.taken, first))


def _is_known(year: int, first: date, last: date, days: Calendar) -> bool:
    """Whether the calendar has the holidays of a year, or none count on its days between these two."""
    begin, end = max(first, date(year, 1, 1)), min(last, date(year, 12, 31))
    return year in days.years or any(since <= begin and (until is None or end <= until)
                                     for since, until in days.suspended)


def add_working_days(day: date, count: int, days: Calendar) -> date:
    """The last day of «within `count` working days after the day»: day 1 is the next working day.

    A negative count goes back: S minus N. With 0 it is the day itself, be it worked or not.
    """
    step = _DAY if count > 0 else -_DAY
    for _ in range(abs(count)):
        day += step
        while not is_working_day(day, days):
            day += step
    return day


def last_of_working_days(first: date, count: int, days: Calendar) -> date:
    """The last of `count` ≥ 1 working days of a term that includes its first day, if that is worked."""
    if count < 1:
        raise ValueError(f"строк має тривати щонайменше один робочий день, а не {count}")
    return add_working_days(first - _DAY, count, days)


def working_days_before(published: date, held: date, counting: Counting, days: Calendar) -> int:
    """How many working days the publication leads the day, counted in that way; 0 if it does not lead."""
    last = held - _DAY
    first = published + _DAY if counting is Counting.CLEAR else published
    return count_working_days(first, last, days)


def latest_day_before(held: date, count: int, counting: Counting, days: Calendar) -> date:
    """The latest calendar day that is still «not later than `count` working days before» the day."""
    boundary = add_working_days(held, -count, days)
    return boundary - _DAY if counting is Counting.CLEAR else boundary


def is_early_enough(published: date, held: date, count: int, counting: Counting, days: Calendar) -> bool:
    """Whether the publication is «not later than `count` working days before» the day, counted in that way."""
    return published <= latest_day_before(held, count, counting, days)


def add_months(day: date, count: int) -> date:
    """The same day so many months on (or back), or the month's last day if it has no such day: 31 January → 28."""
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def add_years(day: date, count: int) -> date:
    """The same day so many years on; 29 February becomes 28 in a common year."""
    return add_months(day, 12 * count)


def _within(day: date, periods: Iterable[Period]) -> bool:
    return any(first <= day and (last is None or day <= last) for first, last in periods)
