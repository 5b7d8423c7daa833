"""Calendars to subscribe to (iCalendar, RFC 5545): rooms give entries, this makes the bytes.

Times are in UTC; DTSTAMP comes from the records' own moments, so the same records give the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from .frozen import frozen

if TYPE_CHECKING:
    from icalendar import Event


@frozen
class Entry:
    """One VEVENT: what it says, with absolute addresses."""

    uid: str
    sequence: int
    status: str
    stamped_at: datetime
    starts_at: datetime
    ended_at: datetime | None
    summary: str
    location: str
    description: str
    url: str
    category: str


def icalendar(title: str, entries: Iterable[Entry]) -> bytes:
    """The bytes of a calendar: CRLF, lines folded at 75 octets."""
    from icalendar import Calendar, vText  # slow to import, and only a changed calendar asks for it

    calendar = Calendar()
    calendar.add("prodid", "-//Прозора рада//UK")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", vText(title))
    calendar.add("x-wr-timezone", vText("Europe/Kyiv"))
    for item in entries:
        calendar.add_component(_event(item))
    return bytes(calendar.to_ical())


def _event(item: Entry) -> Event:
    from icalendar import Event

    event = Event()
    event.add("uid", item.uid)
    event.add("sequence", item.sequence)
    event.add("status", item.status)
    event.add("dtstamp", item.stamped_at.astimezone(UTC))
    event.add("last-modified", item.stamped_at.astimezone(UTC))
    event.add("dtstart", item.starts_at.astimezone(UTC))
    if item.ended_at:
        event.add("dtend", item.ended_at.astimezone(UTC))
    event.add("summary", item.summary)
    if item.location:
        event.add("location", item.location)
    if item.description:
        event.add("description", item.description)
    event.add("url", item.url)
    event.add("categories", [item.category])
    return event
