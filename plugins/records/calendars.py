"""Calendars to subscribe to (iCalendar, RFC 5545 and 7986): rooms give entries, this makes the bytes.

An event is printed once, whatever calendars it stands in. Times are by the clock of Kyiv with the rules of its zone, so
that a meeting at ten stays at ten; DTSTAMP comes from the records' own moments: the same records give the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from plugins.ukrainian import KYIV, kyiv_date

from .frozen import frozen

ZONE = "Europe/Kyiv"
VTIMEZONE = f"""BEGIN:VTIMEZONE
TZID:{ZONE}
BEGIN:STANDARD
DTSTART:19971026T040000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
TZNAME:EET
TZOFFSETFROM:+0300
TZOFFSETTO:+0200
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:19970330T030000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
TZNAME:EEST
TZOFFSETFROM:+0200
TZOFFSETTO:+0300
END:DAYLIGHT
END:VTIMEZONE
""".replace("\n", "\r\n")
"""The rules of Kyiv since 1997 (IANA); a test holds them against the time zone database."""
REFRESH = timedelta(hours=6)
"""How often readers are asked to look for changes."""


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
    is_whole_day: bool = False
    """True: it takes the day and no time of it, and nobody is busy because of it."""


def host_of(site: str) -> str:
    """The part of a UID that is the council's own: its host by the register, whatever address this build is for."""
    return urlsplit(site).hostname or "rada"


def vevent(item: Entry) -> str:
    """The lines of an event: CRLF, folded at 75 octets."""
    from icalendar import Event  # slow to import, and only a changed calendar asks for it

    event = Event()
    event.add("uid", item.uid)
    event.add("sequence", item.sequence)
    event.add("status", item.status)
    event.add("dtstamp", item.stamped_at.astimezone(UTC))
    event.add("last-modified", item.stamped_at.astimezone(UTC))
    if item.is_whole_day:
        event.add("dtstart", kyiv_date(item.starts_at))
        event.add("dtend", kyiv_date(item.starts_at) + timedelta(days=1))
        event.add("transp", "TRANSPARENT")
    else:
        event.add("dtstart", item.starts_at.astimezone(KYIV))
    if item.ended_at and not item.is_whole_day:
        event.add("dtend", item.ended_at.astimezone(KYIV))
    event.add("summary", item.summary)
    if item.location:
        event.add("location", item.location)
    if item.description:
        event.add("description", item.description)
    event.add("url", item.url)
    event.add("categories", [item.category])
    return str(event.to_ical().decode())


def icalendar(title: str, url: str, events: Iterable[str]) -> bytes:
    """The bytes of a calendar at an address, whole; `events` are printed already (`vevent`)."""
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", "-//Прозора рада//UK")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("name", title)
    calendar.add("x-wr-calname", title)
    calendar.add("x-wr-timezone", ZONE)
    calendar.add("refresh-interval", REFRESH, {"VALUE": "DURATION"})
    calendar.add("source", url, {"VALUE": "URI"})
    head, end, _ = calendar.to_ical().decode().partition("END:VCALENDAR")
    return "".join((head, VTIMEZONE, *events, end, "\r\n")).encode()
