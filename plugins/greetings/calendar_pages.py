"""The calendar of observances by months, a page a year, with the greetings of each day; and the days without a text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial
from itertools import groupby
from typing import ClassVar

from plugins.records import Axis, Deferred, Library, Link, PageModel, View, frozen
from plugins.records.components import Year
from plugins.ukrainian import MONTHS_GENITIVE, anniversary, month_year, weekday

from .days import Fixed
from .model import Greeting, has_calendar
from .observances import Observance, observances_of, without_text, years_since
from .places import CALENDAR, COMMUNITY, FEED, LIST, WITHOUT_TEXT
from .tones import DAYS_OF

LOCAL = "день нашої громади"
TITLE = "Календар свят і пам’ятних днів"
HELP = Link("Як додати вітання", "/dopomoha/vitannia-podiia/")


@frozen
class CalendarDay:
    """A day of the calendar: `weekday` stands after the number, with the month where no heading names it.

    `note` says what day it is, `links` are its greetings of that year, then of other years.
    """

    date: date
    weekday: str
    title: str
    note: tuple[str, ...]
    links: tuple[Link, ...]


@frozen
class CalendarMonth:
    """A month that has days."""

    title: str
    anchor: str
    days: tuple[CalendarDay, ...]


@frozen(kw_only=True)
class ObservancesPage(PageModel):
    """The observances of one year."""

    template: ClassVar[str] = "greetings/calendar.html"
    page_kind: ClassVar[str] = "calendar"

    heading: str
    lead: str
    years: tuple[Year, ...]
    months: tuple[CalendarMonth, ...]
    feed: Link
    subscribe: str
    editors: Link


@frozen(kw_only=True)
class WithoutTextPage(PageModel):
    """Days of the next two weeks that nobody has written for yet: a list for editors."""

    template: ClassVar[str] = "greetings/without-text.html"
    page_kind: ClassVar[str] = "article-list"

    lead: str
    days: tuple[CalendarDay, ...]
    help: Link | None


@frozen
class Written:
    """A greeting as the calendar names it."""

    observance: str
    on: date
    link: Link


def _day(greeting: Greeting, library: Library) -> tuple[str, str]:
    return greeting.observance or "", greeting.occasion_on.isoformat()


def _link(greeting: Greeting, library: Library) -> tuple[str, str]:
    return greeting.title, greeting.url


WRITTEN = View("greetings in the calendar", Greeting, _link, (Axis("", _day), Axis("", _link)),
               holds=lambda greeting, library: not greeting.withdrawn)


def pages(library: Library) -> Iterator[Deferred]:
    """The current year at the address of the calendar, each year since the first greeting at its own; the list."""
    if not has_calendar(library):
        return
    written = _written(library)
    now = library.now.year
    first = min((item.on.year for item in written), default=None)
    years = range(first, max(now, first) + 2) if first else range(0)
    by_day: dict[str, list[Written]] = defaultdict(list)
    for item in written:
        by_day[item.observance].append(item)
    for year, url in ((now, CALENDAR.url), *((year, year_url(year)) for year in years)):
        months = _months(year, by_day, library)
        title = TITLE if url == CALENDAR.url else f"{TITLE}, {year} рік"
        tiles = tuple(Year(str(other), year_url(other), other == year) for other in reversed(years))
        yield Deferred(url, (year, tiles, months, library.site_url),
                       partial(_page, year, url, title, tiles, months, library.site_url), title)
    lacking = tuple(_calendar_day(day, observance, by_day, has_links=False) for day, name in without_text(library)
                    if (observance := library.get(Observance, name)))
    has_help = library.is_out("help", HELP.url.split("/")[2])
    yield Deferred(WITHOUT_TEXT.url, (lacking, has_help), partial(_without_text, lacking, has_help),
                   WITHOUT_TEXT.title)


def year_url(year: int) -> str:
    """`/vitannia/kalendar/2026/`."""
    return f"{CALENDAR.url}{year}/"


def _written(library: Library) -> list[Written]:
    """Public greetings that belong to a day or not, newest first."""
    found = []
    for item in library.views(WRITTEN):
        if item.mark and item.axes[0] and item.axes[1]:
            name, on = item.axes[0]
            found.append(Written(name, date.fromisoformat(on), Link(*item.axes[1])))
    return found


def _months(year: int, written: dict[str, list[Written]], library: Library) -> tuple[CalendarMonth, ...]:
    days = observances_of(library, year)
    return tuple(CalendarMonth(
        month_year(date(year, month, 1)).split()[0].capitalize(), f"m-{month:02}",
        tuple(_calendar_day(day, item, written) for day, item in found))
        for month, found in groupby(days, key=lambda pair: pair[0].month))


def _calendar_day(day: date, item: Observance, written: dict[str, list[Written]], *,
                  has_links: bool = True) -> CalendarDay:
    rule, years = item.rule_in(day.year), years_since(item, day.year)
    way = rule.way if rule else None
    note = (DAYS_OF[item.tone], LOCAL if item.is_local else "", anniversary(years, figures=True) if years else "",
            way.words if way and not isinstance(way, Fixed) else "", _moved(item, day.year))
    own = [found.link for found in written[item.id] if found.on.year == day.year]
    others = [Link(str(found.on.year), found.link.url) for found in written[item.id] if found.on.year != day.year]
    on = weekday(day) if has_links else f"{MONTHS_GENITIVE[day.month - 1]}, {weekday(day)}"
    return CalendarDay(day, on, item.title_in(day.year), tuple(filter(None, note)),
                       (*own, *others) if has_links else ())


def _moved(item: Observance, year: int) -> str:
    """«торік — 7 січня»: a year in which the day is another than by the rule of the year before."""
    now, before = item.rule_in(year), item.rule_in(year - 1)
    if not now or not before or now is before or not before.way or now.way == before.way:
        return ""
    return f"торік — {before.way.words}"


def _page(year: int, url: str, title: str, tiles: tuple[Year, ...], months: tuple[CalendarMonth, ...],
          site_url: str) -> ObservancesPage:
    _, mark, place = f"{site_url}{FEED}".partition("://")
    is_whole = url == CALENDAR.url
    return ObservancesPage(
        url=url, title=title, heading=title, menu="community",
        crumbs=(COMMUNITY, LIST) if is_whole else (COMMUNITY, LIST, CALENDAR),
        description=(f"Найближчі державні свята, професійні дні й дні пам’яті: дата, назва й слово громади, {year} рік."
                     if is_whole else
                     f"Державні свята, професійні дні й дні пам’яті, {year} рік: дата, назва й слово громади."),
        lead="Державні свята, професійні дні, дні пам’яті й дні нашої громади — і слова, сказані до них.",
        search_text=f"{title}. {' '.join(day.title for month in months for day in month.days)}",
        years=tiles, months=months, feed=Link("Календар iCalendar", FEED),
        subscribe=f"webcal://{place}" if mark else "", editors=WITHOUT_TEXT)


def _without_text(days: Sequence[CalendarDay], has_help: bool) -> WithoutTextPage:
    return WithoutTextPage(
        url=WITHOUT_TEXT.url, title="За 14 днів, тексту ще немає", menu="community",
        crumbs=(COMMUNITY, LIST, CALENDAR), is_indexed=False,
        description="Дні найближчих двох тижнів, до яких редактори ще не написали слова.",
        lead="Список для редакторів: дні найближчих двох тижнів, до яких слова ще не написано.",
        days=tuple(days), help=HELP if has_help else None)

