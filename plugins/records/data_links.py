"""«Дані цієї сторінки»: what rooms know of a page as data for programs; the layout of records prints all of it.

Rooms offer boxes for the slot `data`. What a program may look for by itself (feeds, calendars, XML) is in the head of
the page as well.
"""

from __future__ import annotations

from collections.abc import Iterable

from .frozen import frozen
from .page import Box

SLOT = "data"
ATOM, CALENDAR, XML = "application/atom+xml", "text/calendar", "application/akn+xml"


@frozen
class DataLink:
    """A file or a feed. `format` is a word such as CSV; with a media type it stands in the head too."""

    title: str
    url: str
    format: str
    media_type: str = ""
    subscribe: str = ""
    """The same for a calendar program: `webcal://…`."""


def data_box(links: Iterable[DataLink]) -> Box | None:
    """A room's share of the line; None where it has none."""
    found = tuple(links)
    return Box("components/data-links.html", found) if found else None


def feed_link(title: str, url: str) -> DataLink:
    """An Atom feed."""
    return DataLink(title, url, "Atom", ATOM)


def calendar_link(title: str, url: str, site_url: str) -> DataLink:
    """A calendar to subscribe to."""
    _, mark, place = f"{site_url}{url}".partition("://")
    return DataLink(title, url, "iCalendar", CALENDAR, f"webcal://{place}" if mark else "")
