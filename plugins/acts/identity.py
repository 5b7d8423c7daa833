"""Who is who among acts: (body, type, date, number), by one spelling of the number for rules, citations and imports."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple, cast

from plugins.records import Library
from plugins.ukrainian import number_key

if TYPE_CHECKING:
    from .model import Act

Plain = tuple[str, str, str, str, str, str]
"""An act as the state keeps it: key, type, body, number, day and moment of publication (ISO)."""


class Named(NamedTuple):
    """An act as far as its number tells."""

    key: str
    type: str
    body: str
    number: str
    on: date
    published_at: datetime | None
    """None: public from the beginning."""

    @property
    def url(self) -> str:
        """Its address."""
        return url_of(self.type, self.key)

    def is_public(self, library: Library) -> bool:
        """False while its publication lies ahead."""
        return self.published_at is None or self.published_at <= library.now


def url_of(type_: str, key: str) -> str:
    """The address of an act: decisions and orders stand in sections of their own."""
    return f"/{'rozporiadzhennia' if type_ == 'order' else 'rishennia'}/{key}/"


def identity(body: str, type_: str, on: date, number: str) -> tuple[str, str, date, str]:
    """What makes an act that act and no other, for comparison: the number by its one spelling."""
    return body, type_, on, number_key(number)


def numbered_in(number: str, year: int, library: Library) -> tuple[Named, ...]:
    """Acts with this number in a year, in the order they were read, those that are not public yet among them."""
    return _named(library.entry(by_number, f"{number_key(number)} {year}"))


def numbered_ever(number: str, library: Library) -> tuple[Named, ...]:
    """The same in all years; only for numbers that say more than how many there were before (1204-37/8)."""
    return _named(library.entry(by_number, number_key(number)))


def adopted_on(type_: str, on: date, library: Library) -> tuple[Named, ...]:
    """Acts of a type from one day."""
    return _named(library.entry(by_day, f"{on} {type_}"))


def archive_begins(type_: str, body: str, library: Library) -> date | None:
    """The day of the oldest act of a body and a type."""
    found = library.entry(beginnings, f"{type_} {body}")
    return date.fromisoformat(found) if found else None


def _named(found: tuple[Plain, ...] | None) -> tuple[Named, ...]:
    return tuple(Named(key, type_, body, number, date.fromisoformat(on), datetime.fromisoformat(at) if at else None)
                 for key, type_, body, number, on, at in found or ())


def _acts(library: Library) -> Iterable[Act]:
    return cast("Iterable[Act]", library.every("act"))


def _plain(act: Act) -> Plain:
    at = act.published_at.isoformat() if act.published_at else ""
    return act.key, act.type.value, act.body, act.number, act.adopted_on.isoformat(), at


def by_number(library: Library) -> dict[str, tuple[Plain, ...]]:
    """Acts by number and year; by number alone where it is more than a count."""
    found: defaultdict[str, list[Plain]] = defaultdict(list)
    for act in _acts(library):
        number, plain = number_key(act.number), _plain(act)
        found[f"{number} {act.year}"].append(plain)
        if not number.isdecimal():
            found[number].append(plain)
    return {key: tuple(acts) for key, acts in found.items()}


def by_day(library: Library) -> dict[str, tuple[Plain, ...]]:
    """Acts by day and type."""
    found: defaultdict[str, list[Plain]] = defaultdict(list)
    for act in _acts(library):
        found[f"{act.adopted_on} {act.type.value}"].append(_plain(act))
    return {key: tuple(acts) for key, acts in found.items()}


def beginnings(library: Library) -> dict[str, str]:
    """Type and body → the day of the oldest act (ISO)."""
    found: dict[str, str] = {}
    for act in _acts(library):
        name, on = f"{act.type.value} {act.body}", act.adopted_on.isoformat()
        found[name] = min(found.get(name, on), on)
    return found
