"""Slots: the numbers of sections, so that a new page leaves almost all others where they are.

Pages without a date come first, by their paths; then the dated ones by day, each month from a slot that is a multiple
of `MONTH`. A page that is added, taken away or dated back moves only what comes after it in its month. The newest
pages, fewer than `TAIL`, are the tail: their terms travel with the header, so that a new page touches few files.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

UNDATED, MONTH, TAIL = 128, 32, 16


class Numbered(NamedTuple):
    """A page to number."""

    day: str
    """ISO date or moment; empty for a page that is no dated document."""
    path: str
    sections: int


class Slots(NamedTuple):
    """Which slots pages have."""

    first: dict[str, int]
    """Path → the slot of its first section; the others follow."""
    dated: int
    """The first slot of dated pages."""
    total: int
    tail: frozenset[str]
    """Paths of the newest pages."""


def number(pages: Iterable[Numbered]) -> Slots:
    """The slots of all pages."""
    ordered = sorted(pages)
    first: dict[str, int] = {}
    slot, month, dated = 0, "", 0
    count = sum(1 for page in ordered if page.day)
    for page in ordered:
        if page.day and page.day[:7] != month:
            step = MONTH if month else UNDATED
            slot = -(-slot // step) * step
            dated, month = dated if month else slot, page.day[:7]
        first[page.path] = slot
        slot += page.sections
    newest = ordered[len(ordered) - count % TAIL:]
    return Slots(first, dated if month else slot, slot, frozenset(page.path for page in newest))
