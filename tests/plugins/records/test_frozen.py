"""Frozen values are equal, hashed and printed by what they hold: a page's fingerprint is made of what they print."""

from __future__ import annotations

import dataclasses
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import field
from threading import Barrier

import pytest

from plugins.records import frozen


@frozen
class Seat:
    """Two fields."""

    number: int
    name: str = "вільне"


@frozen(kw_only=True)
class Row(Seat):
    """One more, one that is not printed, one that does not count."""

    seats: tuple[Seat, ...] = ()
    text: str = field(default="", repr=False)
    note: str = field(default="", compare=False)


@frozen
class Nothing:
    """No fields."""


@frozen
class One:
    """One field."""

    only: str


def test_values_are_equal_where_class_and_fields_are() -> None:
    assert Seat(1) == Seat(1, "вільне") != Seat(2)
    assert Row(number=1, note="а") == Row(number=1, note="б") != Row(number=1, text="а")
    assert Row(number=1) != Seat(1)
    assert {Seat(1): "тут", Nothing(): "ніде"} == {Seat(1, "вільне"): "тут", Nothing(): "ніде"}


def test_values_print_what_they_hold() -> None:
    assert "Row(2, 'вільне', (Seat(1, 'вільне'),), '')" == repr(Row(number=2, seats=(Seat(1),), text="довгий"))
    assert ("Nothing()", "One('я',)") == (repr(Nothing()), repr(One("я")))


def test_values_are_dataclasses_with_slots() -> None:
    assert Seat(3) == dataclasses.replace(Seat(1), number=3)
    with pytest.raises(AttributeError):
        Seat(1).colour = "синій"  # type: ignore[attr-defined]


def test_a_class_is_finished_once_by_whoever_comes_first() -> None:
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(4) as pool:
            for _ in range(20):
                @frozen
                class List:
                    number: int
                    names: list[str] = field(default_factory=list)

                start = Barrier(4)
                made = pool.map(lambda number, kind=List, start=start: (start.wait(), kind(number))[1], range(4))
                assert [[], [], [], []] == [each.names for each in made]
    finally:
        sys.setswitchinterval(usual)
