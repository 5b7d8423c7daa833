"""Atom feeds (RFC 4287): the 30 newest of each register, each entry with its own clocks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, time
from heapq import merge
from itertools import islice
from urllib.parse import urlsplit

from plugins.acts.model import Act, ActType, DraftAct
from plugins.deadlines.model import SECTION as DEADLINES
from plugins.deadlines.model import has_ledger
from plugins.events.model import Event
from plugins.greetings.model import Greeting
from plugins.meetings.model import Meeting
from plugins.news.model import News
from plugins.people.model import Council
from plugins.records import Document, Library, Link, frozen, newness
from plugins.records.atom import Entry, Feed
from plugins.records.components import excerpt
from plugins.reports.model import Report
from plugins.ukrainian import KYIV

NEWEST = 30
ALL = Link("Усе нове", "/feed.xml")


@frozen
class Register:
    """What a feed is made from: its title, the page of the register, the kind of records and which divisions of it."""

    title: str
    url: str
    model: type[Document]
    divisions: tuple[str | None, ...] = (None,)

    @property
    def link(self) -> Link:
        """The feed of this register."""
        return Link(self.title, f"{self.url}feed.xml")


def registers(library: Library) -> tuple[Register, ...]:
    """The registers that have records, the sections of a site that moved in after the council's own."""
    sections: dict[str, list[str]] = {}
    for name in sorted(library.counts(News), reverse=True):
        sections.setdefault(News.address_of(name), []).append(name)
    own = tuple(sections.pop(OWN_NEWS, ()))
    moved_in = tuple(Register(names[-1], url, News, tuple(names))
                     for url, names in sorted(sections.items(), key=lambda item: item[1][-1]))
    found = (Register("Новини", OWN_NEWS, News, own), *REGISTERS, *moved_in)
    return tuple(item for item in found if _newest(item, library, 1))


def feed_links(library: Library) -> tuple[Link, ...]:
    """All feeds of the site, the one of everything first."""
    deadlines = (Link("Строки", f"{DEADLINES}feed.xml"),) if has_ledger(library) else ()
    return (ALL, *(item.link for item in registers(library)), *deadlines)


def feeds_of(library: Library) -> Iterator[tuple[str, Feed]]:
    """(address, feed) of each register, and of everything."""
    found: list[Document] = []
    for item in registers(library):
        newest = _newest(item, library)
        found += newest
        yield item.link.url, _feed(item.title, item.url, item.link.url, newest, library)
    found.sort(key=newness, reverse=True)
    yield ALL.url, _feed(ALL.title, "/", ALL.url, found[:NEWEST], library)


def _newest(item: Register, library: Library, most: int = NEWEST) -> list[Document]:
    divisions = [(record for record in library.from_newest(item.model, division) if not record.withdrawn)
                 for division in item.divisions]
    return list(islice(merge(*divisions, key=newness, reverse=True), most))


def _feed(title: str, page_url: str, url: str, found: Sequence[Document], library: Library) -> Feed:
    council = library.only(Council)
    site = library.site_url
    entries = tuple(entry_of(record, library) for record in found)
    updated = max((entry.updated for entry in entries),
                  default=datetime(council.convocations[0].starts_on.year, 1, 1, tzinfo=KYIV))
    return Feed(f"tag:{library.once(_host)},2026:{url.strip('/')}", site + url, site + page_url,
                f"{title} — {council.name}", council.name, entries, updated)


def _host(library: Library) -> str:
    """The council's own host, whatever address this build is for: an entry keeps its id for ever."""
    return urlsplit(library.only(Council).site).hostname or "rada"


def entry_of(record: Document, library: Library) -> Entry:
    """A record as an entry: published when it became public, updated when it last changed in substance."""
    published = record.published_at or datetime.combine(record.day, time(), KYIV)
    topics = tuple(card.title for key in record.topics if (card := library.card("topic", key)))
    return Entry(f"tag:{library.once(_host)},2026:{record.kind}/{record.key}", library.site_url + record.url,
                 _title(record), record.summary or excerpt(record.html("text"), 300), published,
                 record.changed_at or published, topics, record.lang)


def _title(record: Document) -> str:
    if isinstance(record, Meeting):
        return f"{record.heading}, {record.day.strftime('%d.%m.%Y')}"
    return record.heading


OWN_NEWS = "/novyny/"
REGISTERS = (
    Register("Проєкти", "/proiekty/", DraftAct),
    Register("Рішення", "/rishennia/", Act, (ActType.DECISION.value,)),
    Register("Розпорядження", "/rozporiadzhennia/", Act, (ActType.ORDER.value,)),
    Register("Засідання", "/zasidannia/", Meeting),
    Register("Звіти", "/zvity/", Report),
    Register("Події", "/podii/", Event),
    Register("Вітання", "/vitannia/", Greeting),
)
