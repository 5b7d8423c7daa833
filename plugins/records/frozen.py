"""Frozen values: dataclasses that share their methods. Nearly all that the rooms hand to each other is such a value."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, fields
from functools import partial
from operator import attrgetter
from typing import Any, dataclass_transform


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def frozen(cls: type | None = None, *, kw_only: bool = False) -> Any:
    """A dataclass that nobody changes, with slots; equal, hashed and printed by its values.

    `@dataclass(frozen=True)` compiles six methods for each of two hundred classes at each start, and sets every field
    of every instance through `object`. Here `__init__` alone is compiled, by the first instance (a small update makes
    few), and mypy sees to it that nothing is set.
    """
    if cls is None:
        return partial(frozen, kw_only=kw_only)
    made: Any = dataclass(cls, init=False, eq=False, repr=False, slots=True, kw_only=kw_only)

    def compile_first(self: Any, *values: Any, **named: Any) -> None:
        heir: Any = dataclass(type(made.__name__, (made,), {"__slots__": ()}), eq=False, repr=False)
        made.__init__ = heir.__init__
        made.__init__(self, *values, **named)

    made.__init__ = compile_first
    made.__compared__ = _getter([item.name for item in fields(made) if item.compare])
    made.__shown__ = _getter([item.name for item in fields(made) if item.repr])
    made.__eq__, made.__hash__, made.__repr__ = _equal, _hash, _show
    return made


def _getter(names: Sequence[str]) -> Callable[[Any], tuple[Any, ...]]:
    """An instance → the values of these fields (`attrgetter` is quick, but makes tuples of two and more only)."""
    return staticmethod(attrgetter(*names) if len(names) > 1 else lambda value: tuple(getattr(value, n) for n in names))


def _equal(self: Any, other: Any) -> Any:
    if self.__class__ is not other.__class__:
        return NotImplemented
    return self.__compared__(self) == self.__compared__(other)


def _hash(self: Any) -> int:
    return hash(self.__compared__(self))


def _show(self: Any) -> str:
    return f"{self.__class__.__qualname__}{self.__shown__(self)!r}"
