"""The working calendar of the council as data: holidays by year, when they are suspended, when martial law holds.

One register for all rooms that count days (`data/calendar.yml`). A table of holidays stands under its year, as lists
change with the law; a period that has not ended has no `to`, and the council closes it.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import ClassVar

from pydantic import Field

from plugins.records import Day, Library, Line, Part, Problem, Record, Whole, code
from plugins.ukrainian import Calendar, calendar, day

CALENDAR = code("CALENDAR", "Свята стоять під своїм роком, роки й дні не повторюються, періоди не перетинаються.",
                "- year: 2027\n  days: [2026-01-01]", "- year: 2027\n  days: [2027-01-01]")


class HolidayYear(Part):
    """The holidays of a year as the law names them; what moves from a weekend is worked out."""

    year: Whole = Field(title="Рік", description="Число: 2027.")
    days: tuple[Day, ...] = Field(title="Свята", description="Дні цього року, РРРР-ММ-ДД.")


class DayPeriod(Part):
    """A period of days, both ends within."""

    starts_on: Day = Field(alias="from", title="Від", description="Перший день.")
    ends_on: Day | None = Field(None, alias="to", title="До", description="Останній день; немає — триває.")
    norm: Line = Field("", title="Підстава", description="Закон чи указ.")

    def holds_on(self, at: date) -> bool:
        """True if the day falls into it."""
        return self.starts_on <= at and (self.ends_on is None or at <= self.ends_on)


def holidays_stand_in_their_year(record: "WorkingCalendar") -> Iterator[Problem]:
    """Each year once, each day once and under its own year."""
    years: set[int] = set()
    for index, table in enumerate(record.holidays):
        if table.year in years:
            yield Problem(f"holidays.{index}.year", f"рік {table.year} уже є. Залиште один перелік.", CALENDAR)
        years.add(table.year)
        seen: set[date] = set()
        for position, holiday in enumerate(table.days):
            place = f"holidays.{index}.days.{position}"
            if holiday.year != table.year:
                yield Problem(place, f"{holiday} стоїть під роком {table.year}. Перенесіть до свого року.", CALENDAR)
            elif holiday in seen:
                yield Problem(place, f"{holiday} уже є в переліку. Вилучіть повтор.", CALENDAR)
            seen.add(holiday)


def periods_do_not_meet(record: "WorkingCalendar") -> Iterator[Problem]:
    """A period ends after it began, and two of one kind have no day in common."""
    for name in ("holidays_suspended", "martial_law"):
        earlier: list[DayPeriod] = []
        for index, period in enumerate(getattr(record, name)):
            if period.ends_on and period.ends_on < period.starts_on:
                yield Problem(f"{name}.{index}.to", "період скінчився раніше, ніж почався. Перевірте дні.", CALENDAR)
            elif other := next((item for item in earlier if _meet(item, period)), None):
                yield Problem(f"{name}.{index}", f"перетинається з періодом від {day(other.starts_on)}. "
                              "Розведіть дні.", CALENDAR)
            earlier.append(period)


def _meet(one: DayPeriod, other: DayPeriod) -> bool:
    return one.holds_on(other.starts_on) or other.holds_on(one.starts_on)


class WorkingCalendar(Record):
    """Календар робочих днів: holidays by year, periods in which they are not days off, martial law."""

    kind: ClassVar[str] = "calendar"
    label: ClassVar[str] = "Календар робочих днів"
    place: ClassVar[str] = "data/calendar.yml"
    is_single: ClassVar[bool] = True
    is_dated: ClassVar[bool] = False
    rules = (holidays_stand_in_their_year, periods_do_not_meet)

    holidays: tuple[HolidayYear, ...] = Field((), title="Свята за роками", description="Як їх називає закон.")
    holidays_suspended: tuple[DayPeriod, ...] = Field(
        (), title="Свята не вихідні", description="Періоди, коли неробочі лише субота й неділя.")
    martial_law: tuple[DayPeriod, ...] = Field(
        (), title="Воєнний стан", description="Періоди, коли він діє.")

    def days(self) -> Calendar:
        """What counts working days."""
        return calendar({table.year: table.days for table in self.holidays}, _spans(self.holidays_suspended))

    def is_martial_law(self, at: date) -> bool:
        """True if martial law holds on the day."""
        return any(period.holds_on(at) for period in self.martial_law)


def _spans(periods: Iterable[DayPeriod]) -> list[tuple[date, date | None]]:
    return [(period.starts_on, period.ends_on) for period in periods]


def working_calendar(library: Library) -> WorkingCalendar | None:
    """The council's calendar; None where it has none: then nobody counts working days."""
    return next(iter(library.of(WorkingCalendar)), None)


def counting_days(library: Library) -> Calendar:
    """The calendar to count by; without one each asked day is refused (NoHolidayTable)."""
    return library.once(_counting_days)


def _counting_days(library: Library) -> Calendar:
    found = working_calendar(library)
    return found.days() if found else calendar({})


__all__ = ["DayPeriod", "HolidayYear", "WorkingCalendar", "counting_days", "working_calendar"]
