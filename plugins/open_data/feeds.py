"""Atom feeds (RFC 4287): the 30 newest of each register, each entry with its own clocks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from heapq import merge
from itertools import islice

from plugins.acts.model import Act, ActType, DraftAct
from plugins.deadlines.model import SECTION as DEADLINES
from plugins.deadlines.model import has_ledger
from plugins.events.model import Event
from plugins.greetings.model import Greeting
from plugins.history.model import CHANGES, has_changes
from plugins.meetings.model import Meeting
from plugins.news.model import News
from plugins.people.model import Council
from plugins.records import Document, Library, Link, frozen, newness, plain
from plugins.records.components import excerpt
from plugins.records.feeds import NEWEST, Entry, Feed, at_midnight, feed, feed_of, tag
from plugins.reports.model import Report

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
    deadlines = (Link("Строки", feed_of(DEADLINES)),) if has_ledger(library) else ()
    changes = (Link(CHANGES.title, feed_of(CHANGES.url)),) if has_changes(library) else ()
    return (ALL, *(item.link for item in registers(library)), *deadlines, *changes)


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
    entries = [entry_of(record, library) for record in found]
    return feed(title, page_url, url, entries, library.only(Council), library)


def entry_of(record: Document, library: Library) -> Entry:
    """A record as an entry: published when it became public, updated when it last changed in substance."""
    published = _published(record) or at_midnight(record.day)
    topics = tuple(card.title for key in record.topics if (card := library.card("topic", key)))
    summary = record.summary or excerpt(record.html("text"), 300)
    return Entry(tag(library.only(Council).site, f"{record.kind}/{record.key}"), library.site_url + record.url,
                 _title(record), plain(summary) if "<" in summary else summary, published,
                 record.changed_at or published, topics, record.lang)


def _published(record: Document) -> datetime | None:
    """When a record became public; a meeting that does not say so was public with its notice or its agenda."""
    if record.published_at or not isinstance(record, Meeting):
        return record.published_at
    return record.notice.published_at if record.notice else record.agenda_published_at


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


__all__ = ["Register", "entry_of", "feed_links", "feeds_of", "registers"]
