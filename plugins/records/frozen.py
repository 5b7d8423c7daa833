"""Frozen values: dataclasses that share their methods. Nearly all that the rooms hand to each other is such a value."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, fields
from functools import partial
from inspect import get_annotations
from operator import attrgetter
from threading import RLock
from typing import Any, ClassVar, dataclass_transform, get_origin

LATER = ("__dataclass_fields__", "__dataclass_params__", "__match_args__", "__compared__", "__shown__")
"""What a class has once somebody asks for it."""
_ONE_AT_A_TIME = RLock()


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def frozen(cls: type | None = None, *, kw_only: bool = False) -> Any:
    """A dataclass that nobody changes, with slots; equal, hashed and printed by its values.

    `@dataclass(frozen=True)` looks at each field and compiles six methods for each of four hundred classes at each
    start, and sets every field of every instance through `object`. Here a class has its slots and nothing else until
    its first instance (a small update makes few), and mypy sees to it that nothing is set.
    """
    if cls is None:
        return partial(frozen, kw_only=kw_only)
    made: Any = _with_slots(cls)
    finish = partial(_finish, made, cls, kw_only)

    def finish_first(self: Any, *values: Any, **named: Any) -> None:
        finish()
        made.__init__(self, *values, **named)

    made.__init__ = finish_first
    for name in LATER:
        setattr(made, name, _Later(finish, name))
    made.__eq__, made.__hash__, made.__repr__ = _equal, _hash, _show
    return made


def _with_slots(cls: type) -> type:
    """The same class with a slot for each of its own fields, as `dataclass(slots=True)` makes it."""
    own = [name for name, kind in get_annotations(cls).items() if not _is_of_class(kind)]
    there = {slot for base in cls.__mro__[1:] for slot in base.__dict__.get("__slots__", ())}
    inside = {name: value for name, value in cls.__dict__.items()
              if name not in own and name not in ("__dict__", "__weakref__")}
    made = type(cls)(cls.__name__, cls.__bases__, inside | {"__slots__": tuple(n for n in own if n not in there)})
    made.__qualname__ = cls.__qualname__
    return made


def _is_of_class(kind: Any) -> bool:
    """True for the annotation of what instances share."""
    return kind.startswith(("ClassVar", "typing.ClassVar")) if isinstance(kind, str) else (
        kind is ClassVar or get_origin(kind) is ClassVar)


def _finish(made: Any, cls: type, kw_only: bool) -> None:
    """Give a class all that a dataclass has, once: `dataclass` takes the defaults out of the class that it is given."""
    with _ONE_AT_A_TIME:
        if not isinstance(made.__dict__["__shown__"], _Later):
            return
        whole: Any = dataclass(cls, eq=False, repr=False, kw_only=kw_only)
        for name in ("__dataclass_fields__", "__dataclass_params__", "__match_args__", "__init__"):
            setattr(made, name, whole.__dict__[name])
        made.__compared__ = _getter([item.name for item in fields(made) if item.compare])
        made.__shown__ = _getter([item.name for item in fields(made) if item.repr])


class _Later:
    """An attribute of a class that is made when somebody asks for it."""

    def __init__(self, finish: Callable[[], None], name: str) -> None:
        self.finish, self.name = finish, name

    def __get__(self, instance: Any, owner: type) -> Any:
        self.finish()
        return getattr(owner if instance is None else instance, self.name)


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
