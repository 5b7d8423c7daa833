"""Values that the theme's components print, one small frozen type each (the macros of `theme/templates/components/`).

Rooms fill them in `pages.py`; all words in them are ready to be read.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date, datetime
from enum import Enum
from typing import Any

from markupsafe import Markup

from plugins.ukrainian import file_size
from plugins.ukrainian.differences import Piece

from .frozen import frozen
from .link import Library
from .model import Document, FileKind
from .page import Link


@frozen
class Status:
    """A word and a sign: `state` is done, open, ahead, ended or stopped."""

    word: str
    state: str


@frozen
class Fact:
    """A label with its value."""

    label: str
    value: str
    url: str = ""
    note: str = ""


@frozen
class Photo:
    """A picture in all its sizes: `avif` holds (address, width) pairs; `jpeg` has `width` and `height` pixels."""

    alt: str
    jpeg: str
    width: int
    height: int
    avif: tuple[tuple[str, int], ...] = ()
    caption: str = ""
    credit: str = ""
    full: str = ""


@frozen
class VoteCounts:
    """Totals of a vote."""

    yes: int
    no: int
    abstain: int
    not_voting: int
    absent: int


@frozen
class DaysLeft:
    """A consultation in a list: its last moment and its working days."""

    closes_at: datetime
    days: tuple[date, ...] = ()


@frozen
class Row:
    """A record in a list."""

    title: str
    url: str
    meta: tuple[str | Link, ...] = ()
    status: Status | None = None
    excerpt: str = ""
    photo: Photo | None = None
    consultation: DaysLeft | None = None
    counts: VoteCounts | None = None


@frozen
class RegisterRow:
    """A row of a register: number and date first."""

    identifier: str
    date: date
    title: str
    url: str
    status: Status | None = None
    meta: tuple[str | Link, ...] = ()


@frozen
class Year:
    """A tile of a row of years."""

    title: str
    url: str
    is_current: bool = False


@frozen
class FilterOption:
    """A link that narrows a list."""

    title: str
    url: str
    count: int | None
    """None where it would change with everything new: on the older pages of a list."""
    is_chosen: bool = False


@frozen
class FilterGroup:
    """Links of one kind: types, bodies, states."""

    title: str
    options: tuple[FilterOption, ...]


@frozen
class File:
    """A file to download."""

    kind: str
    title: str
    url: str
    facts: str
    accessible: Link | None = None


@frozen
class Tombstone:
    """What is left of a withdrawn document."""

    title: str
    withdrawn_at: datetime
    reason: str
    basis: str
    replaced_by: Link | None = None
    links: tuple[Link, ...] = ()


@frozen
class Notice:
    """One warning or explanation on a page: `tone` is info or danger."""

    tone: str
    title: str
    text: str
    link: Link | None = None


@frozen
class NotedLink:
    """A link with a few words under it."""

    title: str
    url: str
    note: str = ""


@frozen
class LinkGroup:
    """Links of one kind, in a box beside the text."""

    title: str
    links: tuple[NotedLink | Link, ...]
    more: tuple[Link, ...] = ()
    """The way to all of them, when these are only the newest."""


@frozen
class ChangeNote:
    """A line of the history of a document, for the public."""

    at: datetime
    kind: str
    note: str


@frozen
class MarkedRow:
    """What a point said and says, in pieces: `gone` only on the left, `new` only on the right."""

    point: str
    before: tuple[Piece, ...]
    after: tuple[Piece, ...]


STATES: dict[str, str] = {
    "registered": "ahead", "published": "open", "discussed": "open", "in_committee": "open", "on_agenda": "open",
    "adopted": "done", "rejected": "stopped", "returned": "stopped", "postponed": "stopped", "removed": "stopped",
    "withdrawn": "ended", "lapsed": "ended", "suspended": "stopped", "signed": "ahead", "in_force": "done",
    "partly_in_force": "open", "repealed": "ended", "annulled": "stopped", "expired": "ended", "executed": "ended",
    "tentative": "ahead", "confirmed": "ahead", "moved": "stopped", "cancelled": "stopped", "held": "done",
    "not_adopted": "stopped", "noted": "ended", "sent_to": "open", "pass": "done", "fail": "stopped",
    "planned": "ahead", "added": "ahead",
}
"""How the code of a status is drawn."""


def status_of(term: Enum | None) -> Status | None:
    """The pill of a status term."""
    return Status(getattr(term, "label", str(term.value)), STATES.get(str(term.value), "open")) if term else None


def files_of(document: Document, library: Library) -> tuple[File, ...]:
    """The attachments of a document, ready for the list of files."""
    return tuple(_file(item, document, library) for item in document.files)


def _file(item: Any, document: Document, library: Library) -> File:
    if item.url:
        return File(_suffix(item.url), item.title, item.url, _facts(item, None, item.sha256))
    url, file = library.file_url(document, item.path), document.source.file.parent / item.path
    digest = hashlib.sha256(file.read_bytes()).hexdigest() if item.kind is FileKind.SIGNED else ""
    return File(_suffix(item.path), item.title, url, _facts(item, file.stat().st_size, digest))


def _suffix(name: str) -> str:
    return name.rpartition(".")[2].upper()[:5] if "." in name.rpartition("/")[2] else "ФАЙЛ"


def _facts(item: Any, size: int | None, digest: str) -> str:
    """«9 с., 214 КБ, підписаний файл»; of a signed file also its print, by which a copy can be told to be the same."""
    parts = [f"{item.pages}\u00a0с." if item.pages else "", file_size(size) if size is not None else "",
             item.kind.label if item.kind is not FileKind.ORIGINAL else "",
             f"SHA-256: {digest}" if digest and item.kind is FileKind.SIGNED else ""]
    return ", ".join(part for part in parts if part)


def tombstone_of(document: Document) -> Tombstone | None:
    """The notice of a withdrawn document."""
    gone = document.withdrawn
    if not gone:
        return None
    return Tombstone(document.title, gone.at, document.words("withdrawn", "reason"),
                     document.words("withdrawn", "basis"),
                     Link("Документ, що його замінив", gone.replaced_by) if gone.replaced_by else None)


def changes_of(document: Document) -> tuple[ChangeNote, ...]:
    """The public notes on changes, newest first."""
    newest = sorted(enumerate(document.changes), key=lambda item: item[1].at, reverse=True)
    return tuple(ChangeNote(change.at, change.kind.label, document.words("changes", place, "note"))
                 for place, change in newest)


def initials(given: str, family: str) -> str:
    """«ОШ», for a portrait without a photo."""
    return (given[:1] + family[:1]).upper()


def excerpt(html: str | Markup, length: int = 200) -> str:
    """The first words of a text, whole words, with … if it goes on."""
    from .markdown import plain

    text = plain(str(html)[: length * 20])
    return text if len(text) <= length else text[:length].rsplit(" ", 1)[0].rstrip(" ,;:—–") + "…"


def sentence(text: str) -> str:
    """The words with one full stop at their end."""
    return text.rstrip(". ") + "."


def upper_first(text: str) -> str:
    """«Секретар ради»: the words of a register at the beginning of a line."""
    return text[:1].upper() + text[1:]


def lower_first(text: str) -> str:
    """«секретар ради»: the words of a register inside a sentence."""
    return text[:1].lower() + text[1:]


def join(parts: Sequence[str]) -> str:
    """«а, б і в»."""
    return parts[0] if len(parts) == 1 else ", ".join(parts[:-1]) + " і " + parts[-1] if parts else ""
