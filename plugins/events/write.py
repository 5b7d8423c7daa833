"""Events → a calendar to subscribe to, and one file for each event that is still ahead."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from plugins.people.model import Council
from plugins.records import Library, OutputFile, Record, View
from plugins.records.calendars import Entry, icalendar

from .model import Event, EventStatus
from .pages import calendar_url, is_ahead

STATUSES = {EventStatus.CANCELLED: "CANCELLED"}


def calendar(site: Any) -> Iterator[OutputFile]:
    """The calendar of all events."""
    library: Library = site.library
    seen = library.views(ENTRIES)[::-1]
    if seen:
        title = f"Події: {library.only(Council).community}"
        yield OutputFile("podii/kalendar.ics", (title, [item.mark for item in seen]),
                         lambda: icalendar(title, [library.row(ENTRIES, item.key) for item in seen]))


def file_of_event(event: Record, library: Library) -> Iterator[OutputFile]:
    """A file for a calendar, while the event is still ahead."""
    if isinstance(event, Event) and is_ahead(event, library):
        entry = _entry(event, library)
        yield OutputFile(calendar_url(event).lstrip("/"), entry, lambda: icalendar(event.title, [entry]))


def _entry(event: Event, library: Library) -> Entry:
    address = library.site_url or library.only(Council).site
    return Entry(
        uid=f"{event.key.replace('/', '-')}-podiia@{urlsplit(address).hostname or 'rada'}",
        sequence=len(event.changes) + (event.status in (EventStatus.CANCELLED, EventStatus.MOVED)),
        status=STATUSES.get(event.status, "CONFIRMED"), stamped_at=event.changed_at or event.starts_at,
        starts_at=event.starts_at, ended_at=event.ends_at, summary=event.title, location=event.location,
        description="\n\n".join(filter(None, (event.status_reason, event.summary))), url=f"{address}{event.url}",
        category=event.label)


ENTRIES = View("calendar of events", Event, _entry)
