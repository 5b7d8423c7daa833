"""Observances → a calendar to subscribe to: this year and the two after it, each day an event of the whole day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from plugins.people.model import Council
from plugins.records import Library, OutputFile
from plugins.records.calendars import Entry, host_of, icalendar, vevent
from plugins.records.clock import midnight
from plugins.ukrainian import anniversary

from .model import has_calendar
from .observances import Observance, observances_of, years_since
from .places import CALENDAR, FEED
from .tones import DAYS_OF

YEARS = 3


def calendar(site: Any) -> Iterator[OutputFile]:
    """`kalendar.ics`; it changes with the register and with the year."""
    library: Library = site.library
    if not has_calendar(library):
        return
    council, now = library.only(Council), library.now.year
    entries = tuple(_entry(item, day, council.site, library) for year in range(now, now + YEARS)
                    for day, item in observances_of(library, year))
    title, whole = f"Свята й пам’ятні дні: {council.community}", library.site_url + FEED
    yield OutputFile(FEED.lstrip("/"), (title, whole, entries),
                     lambda: icalendar(title, whole, map(vevent, entries)))


def _entry(item: Observance, day: date, site: str, library: Library) -> Entry:
    years = years_since(item, day.year)
    words = ". ".join(filter(None, (DAYS_OF[item.tone].capitalize(), anniversary(years, figures=True) if years else "",
                                    item.origin)))
    return Entry(
        uid=f"{item.id}-{day.year}-den@{host_of(site)}", sequence=0, status="CONFIRMED",
        stamped_at=midnight(item.checked or date(day.year, 1, 1)), starts_at=midnight(day), ended_at=None,
        summary=item.title_in(day.year), location="", description=f"{words}.",
        url=f"{library.site_url or site}{CALENDAR.url}", category=DAYS_OF[item.tone], is_whole_day=True)
