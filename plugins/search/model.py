"""What the search index knows of a page, and how a page model becomes that."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from plugins.pages.model import ProsePage
from plugins.records import Card, Library, PageModel, Record
from plugins.records.components import status_of
from plugins.ukrainian import NBSP, day, literal, typeset
from plugins.votes.model import VoteEvent

from . import codec
from .attachments import attached
from .sections import Section, Spellings, sections

GROUPS = {
    "draft": "Проєкти", "meeting": "Засідання", "vote_event": "Голосування", "news": "Новини", "report": "Звіти",
    "greeting": "Вітання", "event": "Події", "weekly_plan": "Події", "person": "Люди",
    "organization": "Органи й підрозділи", "topic": "Теми", "help": "Довідка редактора",
}
"""Kind of record → the part of the site a reader narrows the results to; other kinds go by their own name."""
NUMBERED = ("act", "draft")
TYPED = ("act", "meeting", "news", "report", "organization")
"""Kinds whose type says more than the kind does: «Розпорядження», «Погоджувальна рада», «Оголошення»."""
SECTIONS = {"services": "Послуги", "meetings": "Засідання", "safety": "Безпека", "news": "Новини"}
"""Part of the menu → the same for pages that are no record of a kind of their own."""


STANDINGS = {"act": 1, "topic": 1, "organization": 2, "person": 1, "vote_event": 3, "report": 3,
             "weekly_plan": 3, "help": 3}
"""Kind of record → 1 and 2: looked for first, 3: shows in passing what other pages are about; all others 0."""
MINUTES, VOTES = "/protokol/", "/holosuvannia/"
"""Ends and parts of addresses of pages that are no record's own: they tell what others are about."""
LASTING = ("services", "safety", "contacts", "authority")
"""Parts of the menu whose pages are looked for first."""
PEOPLE = ("presenter", "signatory", "author", "chair")
"""Fields of records that name who answers for the document: a reader narrows the results to them."""


class Packed(NamedTuple):
    """A section as the index keeps it (`sections.Section`, and its text as it will be served)."""

    terms: str
    marks: bytes
    length: int
    packed: bytes
    tag: str
    """Changes with the text."""


class Known(NamedTuple):
    """A page that the index has as it is."""

    path: str


class ForPagefind(NamedTuple):
    """A page in a language that Pagefind knows."""

    path: str
    """The file below the output folder; the engine makes the address of it."""
    lang: str
    title: str
    kind: str
    """«Page», above the title of a result."""
    group: str
    """«Pages»: results are narrowed by it."""
    year: str
    """Of the document's own day; empty for pages without one."""
    moment: str
    """ISO date or moment to sort by; `0` for pages without one."""
    date: str
    """The same in words for the reader, or empty."""
    text: str
    """HTML or plain text."""


class Entry(NamedTuple):
    """A page for the index, worked out where it was composed."""

    path: str
    """The file below the output folder."""
    digest: str
    lang: str
    day: str
    """ISO date or moment of a dated document, to sort by; empty for other pages."""
    standing: int
    """How much it counts beside other pages with the same words: `STANDINGS`."""
    facets: dict[str, Any]
    """Column → the value, or several."""
    for_pagefind: ForPagefind | None
    """A page in another language than Ukrainian."""
    sections: tuple[Packed, ...]


class Facts(NamedTuple):
    """What a result shows of a page."""

    title: str
    kind: str
    """«Рішення № 842-25/8», above the title."""
    date: str
    """In words, or empty."""
    state: str
    word: str
    """Sign and word of the status, or empty."""


def entry(page: PageModel, library: Library, spellings: Spellings, known: Mapping[str, str], cache: Path,
          ) -> Entry | Known | None:
    """One page as the index sees it; None for a page without a text to search in.

    `known`: path → digest; `cache`: the folder where texts of attachments are kept.
    """
    if not page.is_indexed:
        return None
    card = page.card
    record = library.find(card.kind, card.key) if card else None
    files = attached(page, record, library, cache)
    if not page.search_text and not files:
        return None
    at = (card.date if card else None) or page.updated_at
    is_dated = record is not None and record.is_dated
    kind, group = named(page, record)
    status = status_of(card.status) if card and page.lang == "uk" else None
    facts = Facts(
        typeset(page.title) if page.lang == "uk" else page.title, kind,
        date_words(at, page.lang, is_dated) if at else "",
        status.state if status else "", status.word if status else "")
    year = str(at.year) if at and is_dated else ""
    day = at.isoformat() if at and is_dated else ""
    facets = {"kind": group, "year": year, "status": facts.word}
    if record and page.lang == "uk":
        facets |= _facets(record, library)
    facets = {name: value for name, value in facets.items() if value}
    standing = standing_of(page, record)
    digest = hashlib.blake2b(repr((facts, day, standing, sorted(facets.items()), page.search_text, files)).encode(
        "utf-8", "surrogatepass"), digest_size=12).hexdigest()
    if known.get(page.path) == digest:
        return Known(page.path)
    if page.lang != "uk":
        return Entry(page.path, digest, page.lang, day, standing, facets, ForPagefind(
            page.path, page.lang, facts.title, kind, group, year, at.isoformat() if at else "0", facts.date,
            "".join((page.search_text, *files))), ())
    title = f"{facts.title} {_name(page, kind, record)}".strip()
    return Entry(page.path, digest, page.lang, day, standing, facets, None, tuple(
        packed(page.url, facts, section) for section in sections(
            title, page.search_text, spellings, own_terms(card, record, day), files)))


def standing_of(page: PageModel, record: Record | None) -> int:
    """How much a page counts: its own address first, not those below it (an annex, minutes, a year's votes)."""
    if (record is not None and page.url != record.url) or page.url.endswith(MINUTES):
        return 3
    if VOTES in page.url and record is None:
        return 0
    if record is None or type(record) is ProsePage:
        return 2 if page.menu in LASTING else 0
    return STANDINGS.get(record.kind, 0)


def _name(page: PageModel, kind: str, record: Record | None) -> str:
    """What else names a page: «Розпорядження міського голови № 388-р» above its title; what post a person holds."""
    if record is not None and record.kind in NUMBERED:
        first = next(iter(getattr(page, "kicker", ())), "")
        return first if isinstance(first, str) and first else kind
    is_person = record is not None and record.kind == "person" and page.url == record.url
    post = str(getattr(page, "lead", "")).partition(",")[0] if is_person else ""
    return "" if post.startswith("Депутат") else post  # they are many, and not what «міська рада» asks for


def own_terms(card: Card | None, record: Record | None, day: str) -> tuple[str, ...]:
    """A document is found by its day; beside other words by its year; by its own number before all that name it.

    A number is also taken as it stands in the address: `412-p` for «412-П».
    """
    days = (day[:10], f"~{day[:4]}") if day else ()
    if record is None or record.kind not in NUMBERED or card is None or not card.number:
        return days
    whole = literal(card.number)
    names = dict.fromkeys((whole, whole.partition("-")[0], literal(record.url.rstrip("/").rpartition("/")[2])))
    return (*days, *(f"№{name}" for name in names))


def packed(url: str, facts: Facts, section: Section) -> Packed:
    """A section as the index keeps it."""
    text = codec.packed(codec.shown((url, section.anchor, facts.title, section.heading, facts.kind, facts.date,
                                     facts.state, facts.word, section.text)))
    return Packed(section.terms, section.marks, section.length, text, hashlib.blake2b(text, digest_size=4).hexdigest())


def _facets(record: Record, library: Library) -> dict[str, Any]:
    """Body, topics and people of a document."""
    found: dict[str, Any] = {}
    body = getattr(record, "body", None)
    if isinstance(body, str) and (card := library.card("organization", body)):
        found["body"] = card.note or card.title
    topics = [card.title for topic in getattr(record, "topics", ()) if (card := library.card("topic", topic))]
    initiator = getattr(getattr(record, "initiator", None), "person", None)
    people = {card.title for name in (initiator, *(getattr(record, field, None) for field in PEOPLE))
              if (card := library.card("person", name))}
    return found | {"topic": topics, "person": sorted(people)}


def named(page: PageModel, record: Record | None) -> tuple[str, str]:
    """What a result is, and the part of the site it belongs to: («Проєкт № 412-П», «Проєкти»)."""
    if page.lang != "uk":
        return ("News", "News") if page.card and page.card.kind == "news" else ("Page", "Pages")
    if record is None or type(record) is ProsePage:
        section = SECTIONS.get(page.menu)
        return (section, section) if section else ("Сторінка", "Сторінки")
    kind: Any = record.label
    if record.kind in TYPED:
        kind = getattr(record, "type").label  # noqa: B009 - the rooms of these kinds all have it
    elif isinstance(record, VoteEvent) and record.is_secret:
        kind = "Таємне голосування"
    group = GROUPS.get(record.kind) or kind
    if record.kind in NUMBERED and page.card and page.card.number:
        kind = f"{kind} №{NBSP}{page.card.number}"
    return kind[:1].upper() + kind[1:], group


def date_words(at: date, lang: str, is_dated: bool) -> str:
    """«23 грудня 2025 року»; of a page that is no dated document: when it last changed."""
    if lang == "uk":
        return day(at) if is_dated else f"оновлено {day(at)}"
    from babel.dates import format_date  # slow to import, and only English pages ask for it

    words = str(format_date(at, "d MMMM y", locale="en_GB"))
    return words if is_dated else f"updated {words}"
