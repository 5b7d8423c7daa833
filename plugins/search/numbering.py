"""Slots: the numbers of sections, so that a new page leaves almost all others where they are.

Pages without a date come first, by their paths; then the dated ones by day, each month from a slot that is a multiple
of `MONTH`. A page that is added, taken away or dated back moves only what comes after it in its month. The newest
pages, fewer than `TAIL`, are the tail: their terms travel with the header, so that a new page touches few files.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import NamedTuple

UNDATED, MONTH, TAIL = 128, 32, 16


class Numbered(NamedTuple):
    """A page to number."""

    day: str
    """ISO date or moment; empty for a page that is no dated document."""
    path: str
    sections: int

    @property
    def month(self) -> str:
        """`2026-11`; empty without a day."""
        return month_of(self.day)


class Layout(NamedTuple):
    """Where the slots begin and end."""

    dated: int
    """The first slot of dated pages."""
    total: int


class Months(NamedTuple):
    """Which slots belong to a month (or to pages without a date): from `first`, as many as are in use."""

    first: dict[str, int]
    used: dict[str, int]

    @property
    def layout(self) -> Layout:
        """Where the slots begin and end."""
        dated = [month for month in self.first if month]
        total = max((self.first[month] + self.used[month] for month in self.first), default=0)
        return Layout(self.first[min(dated)] if dated else total, total)

    def follow(self, month: str, sections: int) -> bool:
        """Take another number of sections of a month over; False if that moves other months."""
        if month in self.first and month != max(self.first):
            if not sections or _rounded(month, sections) != _rounded(month, self.used[month]):
                return False
        elif month not in self.first or not sections:
            return False
        self.used[month] = sections
        return True


def month_of(day: str) -> str:
    """The month of an ISO date; empty for none."""
    return day[:7]


def months_of(sections: Iterable[tuple[str, int]]) -> Months:
    """The slots of months: (month, number of sections) by rising months, those without a date first."""
    months, slot = Months({}, {}), 0
    for month, count in sections:
        months.first[month], months.used[month] = slot, count
        slot += _rounded(month, count)
    return months


def _rounded(month: str, sections: int) -> int:
    step = MONTH if month else UNDATED
    return -(-sections // step) * step


def slots_of(pages: Iterable[Numbered], first: int) -> dict[str, int]:
    """Path → the slot of its first section, for the pages of one month; the other sections follow."""
    found: dict[str, int] = {}
    for page in sorted(pages):
        found[page.path] = first
        first += page.sections
    return found


def by_month(pages: Iterable[Numbered]) -> dict[str, list[Numbered]]:
    """All pages by rising months."""
    return {month: list(some) for month, some in groupby(sorted(pages), key=lambda page: page.month)}


def in_tail(dated: int) -> int:
    """How many of so many dated pages, the newest, are the tail."""
    return dated % TAIL
