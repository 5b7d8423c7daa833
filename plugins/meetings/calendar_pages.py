"""Meetings by month: a page for each month that has some, and all months with the calendars to subscribe to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from functools import partial
from itertools import groupby
from typing import ClassVar

from plugins.records import Deferred, Library, Link, PageModel, frozen
from plugins.records.components import NotedLink, Year
from plugins.ukrainian import clock, counted, month_year, short_day

from .model import Meeting, MeetingStatus, MeetingType
from .pages import CALENDAR, LIST, MEETINGS, NOUN, PLURALS, Month, calendar_url, month_title

IN_CALENDAR = {
    MeetingType.PLENARY: "Пленарне", MeetingType.EXECUTIVE: "Виконком", MeetingType.COMMITTEE: "Комісія",
    MeetingType.COORDINATION: "Погоджувальна рада", MeetingType.BRIEFING: "Нарада", MeetingType.HEARING: "Слухання",
    MeetingType.WORKING_GROUP: "Робоча група",
}
"""What a meeting is called in a square of the calendar."""


@frozen
class DayCell:
    """A day of the calendar with its meetings."""

    date: date
    events: tuple[NotedLink, ...]
    is_off: bool


@frozen
class MonthGrid:
    """A month in weeks of seven days; None for days of other months."""

    title: str
    weeks: tuple[tuple[DayCell | None, ...], ...]


@frozen(kw_only=True)
class MonthPage(PageModel):
    """Meetings of one month: grid and list."""

    template: ClassVar[str] = "meetings/month.html"
    page_kind: ClassVar[str] = "calendar"

    heading: str
    month: MonthGrid
    list: tuple[Month, ...]
    position: str
    older: Link | None
    newer: Link | None


@frozen
class YearOfMonths:
    """Months of a year that have meetings, as tiles."""

    title: str
    months: tuple[Year, ...]


@frozen(kw_only=True)
class CalendarPage(PageModel):
    """All months that have meetings, and calendars to subscribe to."""

    template: ClassVar[str] = "meetings/calendar.html"
    page_kind: ClassVar[str] = "calendar"

    years: tuple[YearOfMonths, ...]
    feeds_title: str
    calendars: tuple[Link, ...]


def calendar(library: Library) -> Iterator[PageModel | Deferred]:
    """A page for each month that has meetings, and the page of all months."""
    meetings = library.newest(Meeting)[::-1]
    if not meetings:
        return
    marks = {item.key: item.mark for item in library.views(MEETINGS)}
    by_month = {key: tuple(found) for key, found in groupby(meetings, key=lambda m: (m.day.year, m.day.month))}
    months = [date(year, month, 1) for year, month in by_month]
    yield CalendarPage(
        url=CALENDAR.url, title="Календар засідань", menu="meetings", crumbs=(LIST,),
        description="Засідання за місяцями та календарі для телефона й комп’ютера: пленарні, виконком, комісії.",
        search_text="Календар засідань", years=_years(months), feeds_title="Календарі для телефона й комп’ютера",
        calendars=(Link("Усі засідання", calendar_url()),
                   *(Link(PLURALS[kind], calendar_url(kind)) for kind in types_of(meetings))))
    moved = [meeting for meeting in meetings if meeting.moved_from and meeting.moved_from.date() != meeting.day]
    for index, first in enumerate(months):
        found = by_month[first.year, first.month]
        away = [meeting for meeting in moved if meeting.moved_from and _is_in(meeting.moved_from, first)]
        older = _month_link("Раніше", months[index - 1]) if index else None
        newer = _month_link("Далі", months[index + 1]) if index + 1 < len(months) else None
        yield Deferred(month_url(first), ("month", older, newer, [
            (marks[meeting.key], meeting.type.value, meeting.status.value) for meeting in found], [
            (meeting.url, meeting.type.value, meeting.moved_from, meeting.day) for meeting in away]),
                       partial(_month_page, first, found, away, older, newer, library))


def _is_in(moment: datetime, first: date) -> bool:
    return (moment.year, moment.month) == (first.year, first.month)


def _month_page(first: date, found: Sequence[Meeting], away: Sequence[Meeting], older: Link | None, newer: Link | None,
                library: Library) -> MonthPage:
    rows = tuple(library.row(MEETINGS, meeting.key)[0] for meeting in found)
    return MonthPage(
        url=month_url(first), title=f"Засідання: {month_year(first)}", heading=month_title(first), menu="meetings",
        crumbs=(LIST, CALENDAR), description=f"Засідання ради, виконкому й комісій, {month_year(first)}: "
                                             f"{counted(len(found), *NOUN)}.",
        month=_grid(first, found, away), position=month_title(first),
        list=(Month("Засідання місяця", f"m-{first:%Y-%m}", rows),), older=older, newer=newer)


def types_of(meetings: Iterable[Meeting]) -> tuple[MeetingType, ...]:
    """Types that occur, in the order of the list."""
    found = {meeting.type for meeting in meetings}
    return tuple(kind for kind in MeetingType if kind in found)


def month_url(first: date) -> str:
    """`/zasidannia/kalendar/2026-11/`."""
    return f"{CALENDAR.url}{first:%Y-%m}/"


def _month_link(word: str, first: date) -> Link:
    return Link(f"{word}: {month_year(first)}", month_url(first))


def _years(months: Sequence[date]) -> tuple[YearOfMonths, ...]:
    found: dict[int, list[Year]] = defaultdict(list)
    for first in months:
        found[first.year].append(Year(month_title(first).split()[0], month_url(first)))
    return tuple(YearOfMonths(f"{year} рік", tuple(found[year])) for year in sorted(found, reverse=True))


def _grid(first: date, meetings: Sequence[Meeting], away: Sequence[Meeting]) -> MonthGrid:
    """A month with its meetings; one that was moved away is still named on the day it was called for."""
    events: dict[date, list[NotedLink]] = defaultdict(list)
    for meeting in away:
        if meeting.moved_from:
            events[meeting.moved_from.date()].append(NotedLink(
                clock(meeting.moved_from), meeting.url,
                f"перенесено на {short_day(meeting.day)[:5]}: {IN_CALENDAR[meeting.type]}"))
    for meeting in meetings:
        mark = "скасовано: " if meeting.status is MeetingStatus.CANCELLED else ""
        what = f"{mark}{IN_CALENDAR[meeting.type]}"
        events[meeting.day].append(NotedLink(clock(meeting.starts_at), meeting.url, what))
    days: list[DayCell | None] = [None] * first.weekday()
    here = first
    while here.month == first.month:
        days.append(DayCell(here, tuple(events.get(here, ())), here.weekday() >= 5))
        here += timedelta(days=1)
    days += [None] * (-len(days) % 7)
    return MonthGrid(month_title(first), tuple(tuple(days[i:i + 7]) for i in range(0, len(days), 7)))
