"""Votes → the feed of a member: how he or she voted, which drafts he or she submitted; links to the data of a page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from plugins.people.model import Council, Person
from plugins.records import Box, Card, Library, OutputFile, Record
from plugins.records.data_links import DataLink, data_box, feed_link
from plugins.records.feeds import NEWEST, Entry, at_midnight, atom, feed, feed_of, newest_first, tag

from .members import Cast, VoteLine, casts_of, lines, votes_url, word
from .model import VoteEvent


def member_feed(record: Record, library: Library) -> Iterator[OutputFile]:
    """`feed.xml` beside the page of somebody who ever voted or submitted a draft."""
    if not isinstance(record, Person):
        return
    casts, drafts = casts_of(record.id, library)[:NEWEST], library.related(record, "initiated")[:NEWEST]
    if casts or drafts:
        known = library.once(lines)
        council = library.only(Council)
        inputs = (council.name, council.site, library.site_url, record.name, record.gender,
                  [(known[cast.key].mark, cast.option) for cast in casts], drafts)
        yield OutputFile(feed_of(record.url).lstrip("/"), inputs, partial(_atom, record, casts, drafts, library))


def _atom(person: Person, casts: Sequence[Cast], drafts: Sequence[Card], library: Library) -> bytes:
    council = library.only(Council)
    known = library.once(lines)
    entries = [*(_vote(cast, known[cast.key], person, council, library) for cast in casts),
               *(_draft(card, council, library) for card in drafts)]
    return atom(feed(f"{person.name}: голосування й проєкти", person.url, feed_of(person.url), newest_first(entries),
                     council, library))


def _vote(cast: Cast, line: VoteLine, person: Person, council: Council, library: Library) -> Entry:
    at = at_midnight(line.held_on)
    return Entry(tag(council.site, f"vote/{cast.key}/{person.id}"), library.site_url + line.url,
                 f"{word(cast.option, person)}: {line.subject}{line.kind}", f"Результат: {line.outcome}.", at, at)


def _draft(card: Card, council: Council, library: Library) -> Entry:
    assert card.date
    at = at_midnight(card.date)
    return Entry(tag(council.site, f"{card.kind}/{card.key}/submitted"), library.site_url + card.url,
                 f"Подано проєкт № {card.number}: {card.title}", card.note, at, at)


def data_links(record: Person | VoteEvent, library: Library) -> Box | None:
    """The table of a named vote; the table and the feed of a member."""
    if isinstance(record, VoteEvent):
        return data_box([DataLink("Таблиця голосування", f"{record.url}votes.csv", "CSV")] if record.is_named else [])
    has_voted = bool(casts_of(record.id, library))
    links = [DataLink("Усі голосування", f"{votes_url(record)}votes.csv", "CSV")] if has_voted else []
    if has_voted or library.count(record, "initiated"):
        links.append(feed_link("Стрічка голосувань і проєктів", feed_of(record.url)))
    return data_box(links)
