"""What can be known of a record without opening its file: its face, kept in the state from one build to the next.

A face holds the short values of a record: words, dates, terms, truths, lists of identifiers. Out of it comes a glimpse:
an object of the record's own type that knows these values and opens the record when it is asked for more.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from functools import cache
from typing import Any, get_args

from plugins.ukrainian import KYIV

from .model import Part, Place, Record
from .page import Card
from .values import Prose, Term, To

LONGEST = 600
"""Signs of a text that a face still holds."""
MANY = 60
"""Items of a list that a face still holds."""
DAY, MOMENT, TERM = "\x01", "\x02", "\x03"
"""Marks before encoded values: no text of a record has control characters."""
ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


@dataclass(slots=True)
class Face:
    """What is kept of one record. `order` sorts records as they are read, `newness` as lists show them."""

    kind: str
    key: str
    year: int
    order: str
    newness: str
    file: str
    """Its file below the repository: `content/news/2026/11-20-….md`."""
    public_from: str
    """The moment of its publication (ISO, UTC), or nothing."""
    values: str
    """Its short values as JSON."""
    mark: str
    """The digest of them."""
    division: str = ""
    """By which its kind is divided into registers: the code of a type, the name of a category (`Record.division`)."""


@dataclass(frozen=True, slots=True)
class Tie:
    """A relation as it was declared: this record names that one at a place of its own."""

    to_kind: str
    to_key: str
    relation: str
    kind: str
    key: str
    place: Place


@cache
def _columns(model: type[Part]) -> dict[str, Any]:
    """Fields of a model that a face may hold, with their defaults."""
    return {name: info.default for name, info in model.model_fields.items()
            if not any(isinstance(item, Prose) for item in info.metadata)}


@cache
def _types(model: Hashable) -> dict[str, Any]:
    """The term or the part that a field holds."""
    fields: dict[str, Any] = getattr(model, "model_fields", {})
    found = {name: _type_in(info.annotation) for name, info in fields.items()}
    return {name: kind for name, kind in found.items() if kind}


def _type_in(annotation: Any) -> type[Any] | None:
    if isinstance(annotation, type) and issubclass(annotation, Term | Part):
        return annotation
    return next((kind for item in get_args(annotation) if (kind := _type_in(item))), None)


def encode(value: Any) -> Any:
    """A short value for JSON; a ValueError for one that no face holds."""
    kind = type(value)
    if kind is str:
        if len(value) > LONGEST:
            raise ValueError(value)
        return value
    if value is None or kind is bool or kind is int:
        return value
    if isinstance(value, datetime):
        return MOMENT + value.isoformat()
    if isinstance(value, date):
        return DAY + value.isoformat()
    if isinstance(value, Term):
        return TERM + str(value.value)
    if kind is tuple and len(value) <= MANY and all(type(item) is str for item in value):
        return list(value)
    if isinstance(value, Part):
        return {name: encode(item) for name, item in value.__dict__.items()}
    raise ValueError(value)


def values_of(record: Record) -> str:
    """The short values of a record as JSON; under the empty name those fields that it takes opening to know."""
    values: dict[str, Any] = {}
    deep: list[str] = []
    held = record.__dict__
    for name, default in _columns(type(record)).items():
        value = held[name]
        if value == default and type(value) is type(default):
            continue
        try:
            values[name] = encode(value)
        except ValueError:
            deep.append(name)
    if deep:
        values[""] = deep
    return ENCODER.encode(values)


def glimpse(model: type[Record], values: str, whole: Callable[[], Record]) -> Any:
    """A record of this type that knows its short values and asks `whole` for the rest."""
    told = json.loads(values)
    held = dict(_columns(model))
    types = _types(model)
    for name in told.pop("", ()):
        del held[name]
    for name, value in told.items():
        held[name] = _decode(value, types.get(name))
    seen = model.__new__(model)
    object.__setattr__(seen, "__dict__", held | {"whole": whole})
    return seen


def _decode(value: Any, kind: Any) -> Any:
    """The value back from JSON; `kind` is the term or the part that its field holds."""
    if type(value) is list:
        return tuple(value)
    if type(value) is dict:
        assert kind
        types = _types(kind)
        return kind.model_construct(**{name: _decode(item, types.get(name)) for name, item in value.items()})
    if type(value) is not str or value[:1] not in (DAY, MOMENT, TERM):
        return value
    if value[0] == DAY:
        return date.fromisoformat(value[1:])
    if value[0] == MOMENT:
        return datetime.fromisoformat(value[1:]).astimezone(KYIV)
    assert kind
    return kind(value[1:])


def digest(text: str) -> str:
    """A short digest of a text."""
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


# --------------------------------------------------------------------------- cards

@cache
def _all_terms() -> dict[str, type[Term]]:
    found: dict[str, type[Term]] = {}
    waiting: list[type[Term]] = [Term]
    while waiting:
        for term in waiting.pop().__subclasses__():
            found[f"{term.__module__}.{term.__qualname__}"] = term
            waiting.append(term)
    return found


def card_text(card: Card) -> str:
    """A card as JSON."""
    status = card.status
    at = card.date
    return ENCODER.encode((
        card.kind, card.key, card.title, card.url, encode(at) if at else None, card.type,
        (f"{type(status).__module__}.{type(status).__qualname__}", status.value) if isinstance(status, Enum) else None,
        card.note, card.number))


def card_from(text: str) -> Card:
    """The card back from JSON."""
    kind, key, title, url, at, type_, status, note, number = json.loads(text)
    return Card(kind, key, title, url, _decode(at, None) if at else None, type_,
                _all_terms()[status[0]](status[1]) if status else None, note, number)


def ties_of(record: Record, marks: Callable[..., Any]) -> list[Tie]:
    """The relations that a record declares, in the order of its fields."""
    return [Tie(to.kind, value, to.inverse, record.kind, record.key, place)
            for place, to, value in marks(record, To) if to.inverse]
