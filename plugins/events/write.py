"""Events → a calendar to subscribe to, and one file for each event that is still ahead."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from plugins.people.model import Council
from plugins.records import Axis, Box, Library, OutputFile, Record, View
from plugins.records.calendars import Entry, host_of, icalendar, vevent
from plugins.records.data_links import calendar_link, data_box

from .model import Event, EventStatus
from .pages import calendar_url, is_ahead

STATUSES = {EventStatus.CANCELLED: "CANCELLED"}
CALENDAR = "/podii/kalendar.ics"


def calendar(site: Any) -> Iterator[OutputFile]:
    """The calendar of all events."""
    library: Library = site.library
    seen = library.views(ENTRIES)[::-1]
    if seen:
        title, whole = f"Події: {library.only(Council).community}", library.site_url + CALENDAR
        yield OutputFile(CALENDAR.lstrip("/"), (title, whole, [item.mark for item in seen]),
                         lambda: icalendar(title, whole, [item.axes[0][0] for item in seen if item.axes[0]]))


def file_of_event(event: Record, library: Library) -> Iterator[OutputFile]:
    """A file for a calendar, while the event is still ahead."""
    if isinstance(event, Event) and is_ahead(event, library):
        entry, url = _entry(event, library), calendar_url(event)
        yield OutputFile(url.lstrip("/"), entry,
                         lambda: icalendar(event.title, library.site_url + url, [vevent(entry)]))


def data_links(event: Event, library: Library) -> Box | None:
    """The calendar of all events, on the page of each."""
    return data_box([calendar_link("Календар подій", CALENDAR, library.site_url)])


def _entry(event: Event, library: Library) -> Entry:
    site = library.only(Council).site
    return Entry(
        uid=f"{event.key.replace('/', '-')}-podiia@{host_of(site)}",
        sequence=len(event.changes) + (event.status in (EventStatus.CANCELLED, EventStatus.MOVED)),
        status=STATUSES.get(event.status, "CONFIRMED"), stamped_at=event.changed_at or event.starts_at,
        starts_at=event.starts_at, ended_at=event.ends_at, summary=event.title, location=event.location,
        description="\n\n".join(filter(None, (event.status_reason, event.summary))),
        url=f"{library.site_url or site}{event.url}", category=event.label)


ENTRIES: View = View(
    "calendar of events", Event, lambda event, library: vevent(_entry(event, library)),
    (Axis("", lambda event, library: (library.row(ENTRIES, event.key), "")),))
"""Its axis keeps the lines of an event, so that none is opened again for the calendar."""
