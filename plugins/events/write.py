"""Events → a calendar to subscribe to, and one file for each event that is still ahead."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from plugins.people.model import Council
from plugins.records import Library, OutputFile
from plugins.records.calendars import Entry, icalendar

from .model import Event, EventStatus
from .pages import calendar_url, is_ahead

STATUSES = {EventStatus.CANCELLED: "CANCELLED"}


def calendars(site: Any) -> Iterator[OutputFile]:
    """The calendar of all events, and a file for each that is still ahead."""
    library: Library = site.library
    events = library.newest(Event)[::-1]
    if not events:
        return
    title = f"Події: {library.only(Council).community}"
    entries = tuple(_entry(event, library) for event in events)
    yield OutputFile("podii/kalendar.ics", (title, entries), lambda: icalendar(title, entries))
    for event in events:
        if is_ahead(event, library):
            yield _file(event, library)


def _file(event: Event, library: Library) -> OutputFile:
    entry = _entry(event, library)
    return OutputFile(calendar_url(event).lstrip("/"), entry, lambda: icalendar(event.title, [entry]))


def _entry(event: Event, library: Library) -> Entry:
    address = library.site_url or library.only(Council).site
    return Entry(
        uid=f"{event.key.replace('/', '-')}-podiia@{urlsplit(address).hostname or 'rada'}",
        sequence=len(event.changes) + (event.status in (EventStatus.CANCELLED, EventStatus.MOVED)),
        status=STATUSES.get(event.status, "CONFIRMED"), stamped_at=event.changed_at or event.starts_at,
        starts_at=event.starts_at, ended_at=event.ends_at, summary=event.title, location=event.location,
        description="\n\n".join(filter(None, (event.status_reason, event.summary))), url=f"{address}{event.url}",
        category=event.label)
