"""The library: what rooms may ask about all records of one build. It knows no clock, and remembers who asked what.

A question leaves a token in the trace of whoever is being made just now (a page, a row, a feed): the next build makes
again only what asked for something that has changed since. Documents come as glimpses where many are asked for (`of`,
`newest`) and whole where one is (`get`); a glimpse that is asked for more opens its record, which is noted as well.
Registers (`data/`) leave no tokens: a change there makes everything again.
"""

from __future__ import annotations

import os
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from itertools import dropwhile, takewhile
from pathlib import Path
from typing import Any, ClassVar, Protocol, TypeVar, cast
from urllib.parse import quote, unquote

from .clock import Now
from .faces import Face, Tie, digest, glimpse
from .markdown import BadLink
from .model import Document, Place, Record
from .page import Box, Card
from .registry import REGISTRY, Registry, View
from .shelf import Held, Seen, Shelf, Shown, place_beside, place_of

MAX_ATTACHMENT = 10_000_000
ADDRESS = re.compile(r"/[\w-]+/\d{4}/[^/?#]+/")

R = TypeVar("R", bound=Record)
T = TypeVar("T")


class HasKind(Protocol):
    """A record, or a part of one that has a page of its own: rooms offer their boxes by its kind."""

    kind: ClassVar[str]


@dataclass(frozen=True, slots=True, order=True)
class FileUse:
    """A file that a page shows or offers: copied as it is to `url`."""

    url: str
    file: Path


@dataclass(frozen=True, slots=True)
class PendingLink:
    """A root-absolute link, checked when all addresses are known."""

    kind: str
    key: str
    place: Place
    url: str
    needle: str
    is_text: bool = True
    """False for an address that is a field of its own."""


@dataclass(slots=True)
class Trace:
    """What one thing that is made asked for, and what it wants beside itself.

    `due` is the next moment at which an answer about the declared day changes.
    """

    tokens: set[str] = field(default_factory=set)
    due: datetime | None = None
    files: set[FileUse] = field(default_factory=set)
    pictures: dict[str, Any] = field(default_factory=dict)
    """Path in the output → its rendition."""
    pending: list[PendingLink] = field(default_factory=list)
    mentions: set[str] = field(default_factory=set)
    """Addresses that texts link to, as far as those of records go: section, year, identifier."""

    def add(self, other: Trace) -> None:
        """Take over what a part of it asked for."""
        self.tokens |= other.tokens
        self.files |= other.files
        self.pictures |= other.pictures
        self.pending += other.pending
        self.mentions |= other.mentions
        if other.due and (self.due is None or other.due < self.due):
            self.due = other.due


NOTHING = Trace()
"""What was asked for is told already, or by another process."""


class Watch:
    """`with library.watch() as trace`: a class, as each document is watched many times."""

    __slots__ = ("before", "library")

    def __init__(self, library: Library) -> None:
        self.library = library

    def __enter__(self) -> Trace:
        self.before = self.library.trace
        self.library.trace = trace = Trace()
        return trace

    def __exit__(self, *_: object) -> None:
        self.library.trace = self.before


class Library:
    """All records of one build and what follows from them. `now` is the declared day (design §5)."""

    def __init__(self, records: list[Record], now: datetime, base: str = "", site_url: str = "",
                 registry: Registry | None = None, unread: set[tuple[str, str]] | None = None,
                 unread_files: set[Path] | None = None, shelf: Shelf | None = None,
                 open_file: Callable[[Face], Iterable[Record]] | None = None) -> None:
        """`records` are those at hand; with a `shelf` of the state, `open_file` reads others again when asked.

        `site_url` is the address of the site, path included, without a slash at the end: for what stands alone
        (feeds, JSON-LD). `unread` holds (kind, identifier or "*") of what could not be read: its own problem is told,
        what follows from it is none.
        """
        self.records = records
        self.base, self.site_url = base, site_url
        self.registry = registry or REGISTRY
        self.unread = unread or set()
        self.unread_files = unread_files or set()
        self.adrift: set[str] = set()
        """Kinds with a record that names what is not there: whom it was meant for is not known."""
        self.compared = 0
        """How many keys were compared with wrong ones."""
        self.pictures_read: dict[Path, Any] = {}
        self.trace = Trace()
        self.past: Any = None
        """What happened before this build (`records.remember`); None where no room knows."""
        self.now = Now.of(now, self._falls_due)
        self.shelf: Shelf = shelf or Held(records)
        self._open_file = open_file
        self._whole = {(record.kind, record.key): record for record in records}
        self._seen: dict[tuple[str, str], Any] = {}
        self._shown: dict[tuple[str, bool], Shown[Any]] = {}
        self._cards: dict[tuple[str, str], dict[Place | None, tuple[Card, Trace]]] = defaultdict(dict)
        self._made: dict[Any, tuple[Any, Trace]] = {}
        self.asked: dict[Any, set[Any]] = defaultdict(set)
        """Which keys of which mappings were asked for."""
        self._views: dict[tuple[str, str, str], tuple[Seen, Trace]] = {}
        self._worked: dict[tuple[Any, str, str], tuple[Any, Trace]] = {}
        self._rows: dict[tuple[str, str], Any] = {}
        self._listed: dict[str, list[Seen]] = {}
        self._counted: dict[str, Sequence[tuple[int, str, int]]] = {}
        models: list[type[Record]] = [*self.registry.models, *(model for _, model, _ in self.registry.derived),
                                      *(type(record) for record in records)]
        self._models = {model.kind: model for model in models}
        self._registers = {kind for kind, model in self._models.items() if model.place.startswith("data/")}
        self._by_file: dict[str, Record] = {}
        for record in records:
            self._by_file.setdefault(place_of(record), record)
        documents = [record for record in records if isinstance(record, Document)]
        self.is_moving_in = shelf is None and bool(documents) and all(r.source.is_foreign for r in documents)
        """True for a site that has just moved in: all its documents have Pelican's own heads."""
        self.hidden = sum(not record.is_public(now) for record in records)
        """How many records wait for their day of publication."""

    # ----------------------------------------------------------------------- what is noted

    @property
    def files(self) -> set[FileUse]:
        """Files that were asked for."""
        return self.trace.files

    @property
    def pictures(self) -> dict[str, Any]:
        """What pages asked the media room for: path in the output → its rendition."""
        return self.trace.pictures

    @property
    def pending(self) -> list[PendingLink]:
        """Links that are checked when all addresses are known."""
        return self.trace.pending

    def watch(self) -> Watch:
        """A trace of its own for what is made inside."""
        return Watch(self)

    def note(self, token: str) -> None:
        """Whoever is being made depends on this."""
        self.trace.tokens.add(token)

    def _falls_due(self, moment: datetime) -> None:
        if self.trace.due is None or moment < self.trace.due:
            self.trace.due = moment

    # ----------------------------------------------------------------------- records

    def of(self, model: type[R]) -> Sequence[R]:
        """All public records of a kind, in the order they were read (by file name)."""
        return self._all(model, False)

    def newest(self, model: type[R]) -> Sequence[R]:
        """All public records of a dated kind, newest first (equal days by key, stable)."""
        return self._all(model, True)

    def _all(self, model: type[R], is_newest_first: bool) -> Sequence[R]:
        if model.kind not in self._registers:
            self.note(f"K:{model.kind}")
        asked = (model.kind, is_newest_first)
        if asked not in self._shown:
            public = [face for face in self.shelf.faces(model.kind) if self._is_out(face)]
            if is_newest_first:
                public.sort(key=lambda face: face.newness, reverse=True)
            show = self._whole_of if model.kind in self._registers else self._glimpse
            self._shown[asked] = Shown(public, show)
        return cast("Sequence[R]", self._shown[asked])

    def public(self, model: type[Record], *, is_newest_first: bool = False) -> Sequence[Face]:
        """The faces of all public records of a kind, in the order of reading or newest first; nobody's question."""
        with self.watch():
            return cast("Shown[Any]", self._all(model, is_newest_first))._faces

    def from_newest(self, model: type[R], division: str | None = None) -> Iterator[R]:
        """The public records of a dated kind or of one division of it, newest first, for whoever needs some of them."""
        self.note(f"K:{model.kind}")
        return (self._glimpse(face) for face in self.shelf.newest(model.kind, division) if self._is_out(face))

    def of_year(self, model: type[R], year: int) -> Sequence[R]:
        """The public records of a dated kind in one year, newest first."""
        later = dropwhile(lambda record: record.year > year, self.from_newest(model))
        return list(takewhile(lambda record: record.year == year, later))

    def every(self, kind: str) -> Sequence[Any]:
        """All records of a kind, those that wait for their day among them."""
        if kind not in self._registers:
            self.note(f"K:{kind}")
        show = self._whole_of if kind in self._registers else self._glimpse
        return Shown(self.shelf.faces(kind), show)

    def counts(self, model: type[Record]) -> Counter[str]:
        """How many public records a kind has in each of its divisions."""
        found: Counter[str] = Counter()
        for _, division, number in self._tally(model.kind):
            found[division] += number
        return found

    def years(self, model: type[Record]) -> set[tuple[int, str]]:
        """(year, division) of the public records of a kind."""
        return {(year, division) for year, division, _ in self._tally(model.kind)}

    def _tally(self, kind: str) -> Sequence[tuple[int, str, int]]:
        if kind not in self._registers:
            self.note(f"K:{kind}")
        if kind not in self._counted:
            self._counted[kind] = self.shelf.tally(kind, self.now.plain.astimezone(UTC).isoformat())
        return self._counted[kind]

    def is_out(self, kind: str, key: str) -> bool:
        """True if a record is there and public."""
        face = self.shelf.face(kind, key)
        return face is not None and self._is_out(face)

    def _is_out(self, face: Face) -> bool:
        return not face.public_from or datetime.fromisoformat(face.public_from) <= self.now.plain

    def _glimpse(self, face: Face) -> Any:
        name = (face.kind, face.key)
        if name not in self._seen:
            self._seen[name] = glimpse(self._models[face.kind], face.values, lambda: self._opened(face))
        return self._seen[name]

    def _opened(self, face: Face) -> Record:
        self.note(f"R:{face.kind}/{face.key}")
        return self._whole_of(face)

    def _whole_of(self, face: Face) -> Record:
        found = self._whole.get((face.kind, face.key))
        if found is None:
            assert self._open_file
            with self.watch():
                for record in self._open_file(face):
                    self.take(record)
            found = self._whole[face.kind, face.key]
        return found

    def let_go(self, open_file: Callable[[Face], Iterable[Record]]) -> None:
        """Documents leave the memory: `open_file` reads one again when it is asked for. Registers stay."""
        assert isinstance(self.shelf, Held)
        self.shelf.let_go()
        self._open_file = open_file
        self.records = [record for record in self.records if record.kind in self._registers]
        self._whole = {(record.kind, record.key): record for record in self.records}
        self._by_file.clear()

    def take(self, record: Record) -> None:
        """Hold a record that was read after the others."""
        self._whole.setdefault((record.kind, record.key), record)
        self._by_file.setdefault(place_of(record), record)

    def get(self, model: type[R], key: str) -> R | None:
        """The record with this key, public or not yet."""
        return cast("R | None", self.find(model.kind, key))

    def find(self, kind: str, key: str) -> Record | None:
        """The same by the name of the kind."""
        if kind not in self._registers:
            self.note(f"R:{kind}/{key}")
        found = self._whole.get((kind, key))
        if found is None and self._open_file and (face := self.shelf.face(kind, key)):
            found = self._whole_of(face)
        return found

    def only(self, model: type[R]) -> R:
        """The one record of a kind that has exactly one (the council)."""
        return self.of(model)[0]

    def exists(self, kind: str) -> bool:
        """True if there is any public record of a kind."""
        return bool(self._tally(kind))

    def at_file(self, place: str) -> Record | None:
        """The first record that was read from a file (`content/news/2026/5.md`)."""
        self.note(f"F:{place}")
        found = self._by_file.get(place)
        if found is None and (face := self.shelf.first_of(place)):
            found = self._whole_of(face)
        if found:
            self.note(f"R:{found.kind}/{found.key}")
        return found

    def past_of(self, name: str) -> Any:
        """What knows the past, or None; whoever asks depends on what it tells of this file or address."""
        self.note(f"H:{name}")
        return self.past

    # ----------------------------------------------------------------------- relations

    def card(self, kind: str, key: str | None) -> Card | None:
        """The card of a referenced record; None if it is not named or not public yet."""
        if not key:
            return None
        if kind not in self._registers:
            self.note(f"C:{kind}/{key}")
        face = self.shelf.face(kind, key)
        return self.card_at(kind, key, None) if face and self._is_out(face) else None

    def card_at(self, kind: str, key: str, place: Place | None) -> Card:
        """The card of a record, for a relation declared at a place in it; made once a build."""
        if place is not None and not self._models[kind].tells_by_place():
            place = None
        known = self._cards[kind, key]
        if place not in known:
            card = self.shelf.card(kind, key, place)
            with self.watch() as trace:
                if card is None:
                    record = self._whole_of(cast("Face", self.shelf.face(kind, key)))
                    card = record.card(self) if place is None else record.card_at(place, self)
            known[place] = (card, trace)
        return known[place][0]

    def card_trace(self, kind: str, key: str) -> Trace:
        """What the cards of a record were made of; told once."""
        whole = Trace()
        known = self._cards[kind, key]
        for place, (card, trace) in known.items():
            whole.add(trace)
            known[place] = (card, NOTHING)
        return whole

    def _ties(self, record: Record, relation: str) -> Iterator[Tie]:
        self.note(f"L:{record.kind}/{record.key}:{relation}")
        for tie in self.shelf.ties(record.kind, record.key, relation):
            face = self.shelf.face(tie.kind, tie.key)
            if face and self._is_out(face):
                yield tie

    def related(self, record: Record, relation: str) -> tuple[Card, ...]:
        """Cards of the records that declared this inverse relation, newest first."""
        cards = [self.card_at(tie.kind, tie.key, tie.place) for tie in self._ties(record, relation)]
        return tuple(sorted(cards, key=lambda card: (str(card.date or ""), card.key), reverse=True))

    def count(self, record: Record, relation: str) -> int:
        """How many records declared this inverse relation."""
        return sum(1 for _ in self._ties(record, relation))

    def mentioning(self, url: str) -> list[tuple[str, str]]:
        """(kind, key) of the public records whose texts link to an address or to one below it, as they are read."""
        self.note(f"M:{url}")
        faces = [face for name in self.shelf.mentioning(url) if (face := self.shelf.face(*name)) and self._is_out(face)]
        return [(face.kind, face.key) for face in sorted(faces, key=lambda face: face.order)]

    def mention(self, url: str) -> None:
        """The text at hand links to an address of this site."""
        if match := ADDRESS.match(url):
            self.trace.mentions.add(match[0])

    def relating(self, record: Record, relation: str, model: type[R]) -> tuple[R, ...]:
        """The records themselves, for a room that may know their model."""
        names = dict.fromkeys((tie.kind, tie.key) for tie in self._ties(record, relation))
        found = [self.find(kind, key) for kind, key in names if issubclass(self._models[kind], model)]
        return cast("tuple[R, ...]", tuple(found))

    def boxes(self, record: HasKind) -> dict[str, tuple[Box, ...]]:
        """Boxes of all rooms for the page of a record, or of a part of one, by slot, in the order of the rooms."""
        slots: dict[str, list[Box]] = {}
        for slot, kinds, build in self.registry.boxes:
            if (not kinds or record.kind in kinds) and (box := build(record, self)):
                slots.setdefault(slot, []).append(box)
        return {slot: tuple(boxes) for slot, boxes in slots.items()}

    # ----------------------------------------------------------------------- what rooms make of many records

    def worked_out(self, work: Callable[[Any, Library], T], record: Record) -> T:
        """What a function of a module makes of a record, worked out once; all that it asked for is noted each time."""
        if record.kind not in self._registers:
            self.note(f"R:{record.kind}/{record.key}")
        name = (work, record.kind, record.key)
        if name not in self._worked:
            with self.watch() as trace:
                found = work(record, self)
            self._worked[name] = (found, trace)
        value, trace = self._worked[name]
        self.trace.add(trace)
        return cast("T", value)

    def once(self, build: Callable[[Library], T]) -> T:
        """What `build` (a function of a module) makes of the library, made once; all of it is noted."""
        if build not in self._made:
            with self.watch() as trace:
                made = build(self)
            self._made[build] = (made, trace)
        made, trace = self._made[build]
        self.trace.tokens |= trace.tokens
        if trace.due:
            self._falls_due(trace.due)
        return cast("T", made)

    def entry(self, build: Callable[[Library], Mapping[Any, T]], key: Hashable) -> T | None:
        """One value of a mapping that is made once; only this value is noted, not what the mapping is made of."""
        token = entry_token(build, key)
        self.note(token)
        self.asked[build].add(key)
        kept = self.shelf.entry(token)
        if kept is not None:
            return cast("T | None", kept[0])
        return cast("Mapping[Any, T]", self.mapping(build)[0]).get(key)

    def is_made(self, build: Callable[..., Any]) -> bool:
        """True if a mapping was made in this build."""
        return build in self._made

    def know(self, view: View, seen: Iterable[Seen]) -> None:
        """What a view shows of all records of its kind, seen here or elsewhere; texts that faces have are theirs."""
        found = {item.key: item for item in seen}
        with self.watch():
            self._listed[view.name] = [
                Seen(face.key, face.year, item.axes, item.mark) if (item := found.get(face.key))
                else self.seen(view, face) for face in self.public(view.model, is_newest_first=True)]

    def forget(self) -> None:
        """Something has changed: cards, mappings and all that was worked out are asked for again."""
        for known in (self._cards, self._worked, self._made, self._listed, self._shown, self._counted):
            known.clear()

    def forget_view(self, view: str, kind: str, key: str) -> None:
        """What a view shows of a record is looked at again."""
        self._listed.pop(view, None)
        self._views.pop((view, kind, key), None)
        self._rows.pop((view, key), None)

    def mapping(self, build: Callable[[Library], Mapping[Any, Any]]) -> tuple[Mapping[Any, Any], Trace]:
        """A mapping that `entry` asks, and what it was made of."""
        if build not in self._made:
            with self.watch() as trace:
                made: Any = build(self)
            self._made[build] = (made, trace)
        return self._made[build]

    def views(self, view: View) -> list[Seen]:
        """What a view shows of each public record of its kind, newest first; records are opened only when new."""
        self.note(f"V:{view.name}")
        if view.name not in self._listed:
            kept = self.shelf.seen_by(view.name)
            self._listed[view.name] = kept if kept is not None else [
                self.seen(view, face) for face in self.public(view.model, is_newest_first=True)]
        return self._listed[view.name]

    def seen(self, view: View, face: Face) -> Seen:
        """What a view shows of one record."""
        name = (view.name, face.kind, face.key)
        if name not in self._views:
            with self.watch() as trace:
                found = self._look(view, face)
            self._views[name] = (found, trace)
        return self._views[name][0]

    def _look(self, view: View, face: Face) -> Seen:
        record = self._opened(face)
        if not view.holds(record, self):
            return Seen(face.key, face.year, (), "")
        row = self._rows[view.name, face.key] = view.row(record, self)
        axes = tuple(axis.value(record, self) for axis in view.axes)
        return Seen(face.key, face.year, axes, digest(repr((row, _changed_at(record)))))

    def row(self, view: View, key: str) -> Any:
        """The row that a view makes of one record."""
        if (view.name, key) not in self._rows:
            with self.watch():  # the view itself has noted what the row needs
                record = self.find(view.model.kind, key)
                assert record
                self._rows[view.name, key] = view.row(record, self)
        return self._rows[view.name, key]

    def changed_at(self, view: View, key: str) -> Any:
        """When a record of a view last changed in substance, else its day."""
        with self.watch():
            record = self.find(view.model.kind, key)
        return _changed_at(record)

    def view_trace(self, name: str, kind: str, key: str) -> Trace:
        """What a view of a record was made of; told once."""
        seen, trace = self._views[name, kind, key]
        self._views[name, kind, key] = seen, NOTHING
        return trace

    # ----------------------------------------------------------------------- what could not be read

    def is_whole(self, *models: type[Record]) -> bool:
        """True if all records of these kinds were read and name what is there: what a rule misses is really missing."""
        return not ({kind for kind, _ in self.unread} | self.adrift).intersection(
            kind for model in models for kind in self._sources(model.kind))

    def is_unread(self, kind: str, key: str) -> bool:
        """True if a record may be missing only because its file could not be read."""
        if any((source, "*") in self.unread for source in self._sources(kind)):
            return True
        parents = self._sources(kind) - {kind}
        return (kind, key.rpartition("/")[2]) in self.unread or any(source in parents for source, _ in self.unread)

    def _sources(self, kind: str) -> set[str]:
        """The kind itself and the kinds whose records it is derived from."""
        return {kind} | {parent.kind for parent, model, _ in self.registry.derived if model.kind == kind}

    def is_lenient_to(self, record: Record) -> bool:
        """Registers of another tree may stand beside the documents of a site that has just moved in."""
        return self.is_moving_in and record.place.startswith("data/")

    # ----------------------------------------------------------------------- addresses and files

    def href(self, url: str) -> str:
        """A site address as it stands in HTML: with the base path of a site below a host's root."""
        return self.base + url if url.startswith("/") else url

    def must_exist(self, record: Record, field_path: str, url: str) -> None:
        """A field holds a root-absolute address: a problem if it turns out to lead to no page."""
        target = unquote(re.split(r"[?#]", url)[0])
        self.pending.append(PendingLink(record.kind, record.key, (field_path,), target, url, is_text=False))

    def file_of(self, record: Record, path: str) -> Path:
        """The file named by a record. Errors: BadLink when it is not there or lies outside."""
        file = file_named(record, path)
        self.note(f"F:{place_beside(record, file)}")
        if not file.is_file():
            raise BadLink(f"файлу «{path}» немає. Покладіть його поруч із документом або виправте назву.")
        return file


    def file_url(self, record: Record, path: str) -> str:
        """The address of a file named by a record, beside the record's page. Errors: BadLink."""
        file = self.file_of(record, path)
        if file.stat().st_size > MAX_ATTACHMENT:
            raise BadLink(f"файл «{path}» більший за 10 МБ. Стисніть його або дайте url і sha256.")
        folder = record.source.file.parent
        if file.is_relative_to(folder) and record.url:
            url = record.url + quote(file.relative_to(folder).as_posix())
        else:
            url = "/media/" + quote(file.relative_to(record.source.root).as_posix())
        if record.is_public(self.now):  # nothing of a document goes out before its day
            self.files.add(FileUse(url, file))
        return url


def entry_token(build: Callable[..., Any], key: Any) -> str:
    """The token of one value of a mapping."""
    return f"I:{build.__module__}.{build.__qualname__}:{key}"


def mark_of(value: Any) -> str:
    """The digest of a value of a mapping; records in it by what their faces tell."""
    return digest(_told(value))


def _told(value: Any) -> str:
    if isinstance(value, Record):
        known = {name: item for name, item in value.__dict__.items() if name in type(value).model_fields}
        return f"{value.kind}/{value.key}{known!r}"
    if isinstance(value, tuple | list):
        return f"({','.join(map(_told, value))})"
    if isinstance(value, dict):
        return f"{{{','.join(f'{_told(key)}:{_told(item)}' for key, item in value.items())}}}"
    return repr(value)


def _changed_at(record: Any) -> Any:
    return getattr(record, "changed_at", None) or (record.day if record.is_dated else None)


def file_named(record: Record, path: str) -> Path:
    """The file a record means; a leading `/` starts at the content folder. Errors: BadLink when it leads outside."""
    root = record.source.root
    base = root if path.startswith("/") else record.source.file.parent
    top = _real(str(root))
    file = os.path.normpath(os.path.join(top, base.relative_to(root), unquote(path).lstrip("/")))  # noqa: PTH118
    try:
        os.lstat(file)
        file = os.path.realpath(file)
    except FileNotFoundError:
        pass  # whoever asked says so
    except (OSError, ValueError):  # a name too long, a link in a circle
        raise BadLink(f"назва «{path}» неможлива. Перевірте шлях до файлу.") from None
    if file != top and not file.startswith(top + os.sep):
        raise BadLink(f"«{path}» веде за межі теки {root.name}. Покладіть файл поруч із документом.")
    return root / file[len(top) + 1:]


@cache
def _real(folder: str) -> str:
    return os.path.realpath(folder)


__all__ = ["MAX_ATTACHMENT", "FileUse", "Library", "PendingLink", "Trace", "entry_token", "file_named", "mark_of"]
