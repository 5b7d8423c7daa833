"""Feeds (Atom, RFC 4287): rooms give entries, this makes the bytes.

Every entry has an identifier for ever (a tag of the council's own host, RFC 4151) and the moments of its record.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any
from urllib.parse import urlsplit

from plugins.ukrainian import KYIV

from .frozen import frozen
from .library import Library
from .xml import in_value, in_xml

MEDIA_TYPE = "application/atom+xml"
NEWEST = 30
"""How many entries a feed of what is new holds."""


@frozen
class Entry:
    """One record, or one step of it; addresses are whole."""

    id: str
    url: str
    title: str
    summary: str
    published: datetime | None
    updated: datetime
    topics: tuple[str, ...] = ()
    lang: str = "uk"


@frozen
class Feed:
    """One feed; addresses are whole."""

    id: str
    url: str
    page_url: str
    title: str
    author: str
    entries: tuple[Entry, ...]
    updated: datetime


def tag(site: str, name: str) -> str:
    """An identifier of the council's own, whatever address this build is for; `site` is that of the register."""
    return f"tag:{urlsplit(site).hostname or 'rada'},2026:{name}"


def feed_of(url: str) -> str:
    """The address of the feed of what stands at an address: `/vlada/rada/` → `/vlada/rada/feed.xml`."""
    return f"{url}feed.xml"


def at_midnight(on: date) -> datetime:
    """The beginning of a day, for what has no hour."""
    return datetime.combine(on, time(), KYIV)


def atom(feed: Feed) -> bytes:
    """A feed as XML."""
    lines = ['<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="uk">',
             f" <id>{in_xml(feed.id)}</id>", f" <title>{in_xml(feed.title)}</title>",
             f" <updated>{_moment(feed.updated)}</updated>", f" {_link('self', feed.url, MEDIA_TYPE)}",
             f" {_link('alternate', feed.page_url, 'text/html')}",
             f" <author>\n  <name>{in_xml(feed.author)}</name>\n </author>"]
    for entry in feed.entries:
        lang = f' xml:lang="{entry.lang}"' if entry.lang != "uk" else ""
        lines += [f" <entry{lang}>", f"  <id>{in_xml(entry.id)}</id>", f"  <title>{in_xml(entry.title)}</title>",
                  f"  {_link('alternate', entry.url, 'text/html')}"]
        if entry.published:
            lines.append(f"  <published>{_moment(entry.published)}</published>")
        lines.append(f"  <updated>{_moment(entry.updated)}</updated>")
        lines += [f'  <category term="{in_value(topic)}" />' for topic in entry.topics]
        if entry.summary:
            lines.append(f"  <summary>{in_xml(entry.summary)}</summary>")
        lines.append(" </entry>")
    return "\n".join((*lines, "</feed>\n")).encode()


def feed(title: str, page_url: str, url: str, entries: Sequence[Entry], council: Any, library: Library) -> Feed:
    """A feed of the council's (`people.model.Council`); both addresses are below the site's root."""
    updated = max(entry.updated for entry in entries) if entries else at_midnight(council.convocations[0].starts_on)
    return Feed(tag(council.site, url.strip("/")), library.site_url + url, library.site_url + page_url,
                f"{title} — {council.name}", council.name, tuple(entries), updated)


def newest_first(entries: Sequence[Entry], most: int = NEWEST) -> tuple[Entry, ...]:
    """The newest entries; equal moments stand as they were given."""
    return tuple(sorted(entries, key=lambda entry: entry.updated, reverse=True)[:most])


def _link(rel: str, url: str, kind: str) -> str:
    return f'<link rel="{rel}" type="{kind}" href="{in_value(url)}" />'


def _moment(at: datetime) -> str:
    return at.isoformat(timespec="seconds")
