"""The shelf: where faces and relations of all records stand, in memory here, in the state of the last build there."""

from __future__ import annotations

import os
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC
from pathlib import Path
from typing import Any, Generic, NamedTuple, Protocol, TypeVar, cast, overload

from .faces import Face, Tie, digest, ties_of, values_of
from .model import Place, Record, marks
from .page import Card
from .values import Term

R = TypeVar("R", bound=Record)


class Seen(NamedTuple):
    """What a view keeps of a record: where it stands on each axis, and the digest of its row (empty: no row)."""

    key: str
    year: int
    axes: tuple[tuple[str, str] | None, ...]
    mark: str


class Shelf(Protocol):
    """Where faces and relations stand: in memory, or in the state of the last build."""

    def face(self, kind: str, key: str) -> Face | None:
        """The face of one record."""

    def faces(self, kind: str) -> Sequence[Face]:
        """All faces of a kind in the order of reading."""

    def newest(self, kind: str, division: str | None = None) -> Iterator[Face]:
        """All faces of a kind, or of one division of it, newest first, as they are asked for."""

    def ties(self, kind: str, key: str, relation: str) -> Sequence[Tie]:
        """Who declared this relation to a record, in the order of reading."""

    def card(self, kind: str, key: str, place: Place | None) -> Card | None:
        """The card that was made of a record before, if it still holds."""

    def mentioning(self, url: str) -> Iterable[tuple[str, str]]:
        """(kind, key) of the records whose texts link to an address."""

    def mention(self, url: str, kind: str, key: str) -> None:
        """The texts of a record link to an address."""

    def tally(self, kind: str, until: str) -> Sequence[tuple[int, str, int]]:
        """(year, division, number) of the records that are public at a moment (ISO, UTC)."""

    def first_of(self, place: str) -> Face | None:
        """The face of the first record of a file, where records are not at hand."""

    def seen_by(self, view: str) -> list[Seen] | None:
        """What a view kept of the records that it holds, newest first."""

    def entry(self, token: str) -> tuple[Any] | None:
        """One value of a mapping, if it was kept."""


class Shown(Sequence[R], Generic[R]):
    """Records of a kind as glimpses, each made when it is looked at."""

    def __init__(self, faces: Sequence[Face], show: Callable[[Face], R]) -> None:
        self._faces, self._show = faces, show

    def __len__(self) -> int:
        return len(self._faces)

    @overload
    def __getitem__(self, index: int) -> R: ...
    @overload
    def __getitem__(self, index: slice) -> Shown[R]: ...
    def __getitem__(self, index: int | slice) -> R | Shown[R]:
        if isinstance(index, slice):
            return Shown(self._faces[index], self._show)
        return self._show(self._faces[index])

    def __iter__(self) -> Iterator[R]:
        return map(self._show, self._faces)

    def __eq__(self, other: object) -> bool:
        return list(self) == list(other) if isinstance(other, Sequence) else NotImplemented

    __hash__ = None  # type: ignore[assignment]


class Held:
    """The shelf of a build that has read everything: records in memory, faces made when they are asked for."""

    def __init__(self, records: Sequence[Record]) -> None:
        self._records: dict[tuple[str, str], Record] = {}
        self._order: dict[tuple[str, str], int] = {}
        self._kinds: dict[str, list[Record]] = defaultdict(list)
        self._faces: dict[tuple[str, str], Face] = {}
        self._ties: dict[tuple[str, str, str], list[Tie]] = defaultdict(list)
        self._declared: dict[tuple[str, str], list[Tie]] = {}
        self._mentions: dict[str, set[tuple[str, str]]] = defaultdict(set)
        self._lists: dict[str, Sequence[Face]] = {}
        self._newest: dict[str, list[Face]] = {}
        for number, record in enumerate(records):
            name = (record.kind, record.key)
            self._records[name], self._order[name] = record, number
            self._kinds[record.kind].append(record)
            if declared := ties_of(record, marks):
                self._declared[name] = declared
            for tie in declared:
                self._ties[tie.to_kind, tie.to_key, tie.relation].append(tie)

    def face(self, kind: str, key: str) -> Face | None:
        """The face of one record."""
        if (kind, key) not in self._faces and (record := self._records.get((kind, key))):
            self._faces[kind, key] = face_of(record, f"{self._order[kind, key]:09d}")
        return self._faces.get((kind, key))

    def faces(self, kind: str) -> Sequence[Face]:
        """All faces of a kind in the order of reading."""
        if kind not in self._lists:
            self._lists[kind] = [cast("Face", self.face(kind, record.key)) for record in self._kinds[kind]]
        return self._lists[kind]

    def make_all(self) -> None:
        """Make all faces at once, for whoever shares them."""
        for kind in [*self._kinds]:
            self.faces(kind)

    def let_go(self) -> None:
        """Faces stay, records go."""
        self.make_all()
        self._records.clear()
        self._kinds.clear()

    def newest(self, kind: str, division: str | None = None) -> Iterator[Face]:
        """All faces of a kind, or of one division of it, newest first, as they are asked for."""
        if kind not in self._newest:
            self._newest[kind] = sorted(self.faces(kind), key=lambda face: face.newness, reverse=True)
        return (face for face in self._newest[kind] if division is None or face.division == division)

    def ties(self, kind: str, key: str, relation: str) -> Sequence[Tie]:
        """Who declared this relation to a record, in the order of reading."""
        return self._ties.get((kind, key, relation), [])

    def declared(self, kind: str, key: str) -> Sequence[Tie]:
        """The relations that a record declares."""
        return self._declared.get((kind, key), ())

    def card(self, kind: str, key: str, place: Place | None) -> Card | None:
        """Nothing was made before."""
        return None

    def mentioning(self, url: str) -> Iterable[tuple[str, str]]:
        """(kind, key) of the records whose texts link to an address."""
        return self._mentions.get(url, ())

    def mention(self, url: str, kind: str, key: str) -> None:
        """The texts of a record link to an address."""
        self._mentions[url].add((kind, key))

    def tally(self, kind: str, until: str) -> Sequence[tuple[int, str, int]]:
        """(year, division, number) of the records that are public at a moment (ISO, UTC)."""
        found = Counter((face.year, face.division) for face in self.faces(kind) if face.public_from <= until)
        return [(year, division, number) for (year, division), number in found.items()]

    def first_of(self, place: str) -> Face | None:
        """All records are at hand."""
        return None

    def seen_by(self, view: str) -> list[Seen] | None:
        """Nothing was kept."""
        return None

    def entry(self, token: str) -> tuple[Any] | None:
        """Nothing was kept."""
        return None


def face_of(record: Record, order: str) -> Face:
    """The face of a record that was read."""
    values = "" if record.place.startswith("data/") else values_of(record)
    published = getattr(record, "published_at", None) or getattr(record, "public_from", None)
    public_from = published.astimezone(UTC).isoformat() if published else ""
    return Face(record.kind, record.key, record.year if record.is_dated else 0, order,
                "\0".join(newness(record)) if record.is_dated else record.key, place_of(record), public_from, values,
                digest(values), _division(record))


def _division(record: Record) -> str:
    value = getattr(record, record.division) if record.division else ""
    return str(value.value) if isinstance(value, Term) else str(value)


def place_of(record: Record) -> str:
    """The file of a record below the repository, whatever the folder is called on this machine."""
    return place_beside(record, record.source.name)


def place_beside(record: Record, file: str | Path) -> str:
    """A file of a record's own folder, content or data, named in the same way."""
    return f"{record.place[:record.place.index('/')]}{str(file)[len(str(record.source.root)):]}".replace(os.sep, "/")


def newness(record: Record) -> tuple[str, str, str]:
    """Sort key: the moment of publication where there is one, else the record's day; then the key."""
    at = _value(record, "starts_at") or _value(record, "published_at")
    moment = at.isoformat() if at and at.date() == record.day else ""
    return (record.day.isoformat(), moment, record.key)


def _value(record: Record, name: str) -> Any:
    """A field or a property, None where the kind has none: a glimpse would open its record to find that out."""
    kind = type(record)
    return getattr(record, name) if name in kind.model_fields or hasattr(kind, name) else None
