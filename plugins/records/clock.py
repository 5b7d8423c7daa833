"""The declared day as a value that remembers what it was asked: the next moment at which an answer may change.

Whoever compares a moment with `library.now` has an answer that holds until that moment comes. A page that was made
stays right until the earliest of them, and needs no look before (design §5: the state keeps the next due moment).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any, cast

from plugins.ukrainian import KYIV

Note = Callable[[datetime], None]


def midnight(day: date) -> datetime:
    """The first moment of a day in Kyiv."""
    return datetime.combine(day, time(), KYIV)


class Asked:
    """What a moment and a day have in common: a comparison notes a threshold (`_ask`), all else is noted (`_tell`)."""

    note: Note
    plain: Any
    """The same value without memory."""

    def _ask(self, other: Any) -> Any:
        raise NotImplementedError

    def _tell(self) -> Any:
        raise NotImplementedError

    def __lt__(self, other: Any) -> bool:
        return bool(self._ask(other) < other)

    def __le__(self, other: Any) -> bool:
        return bool(self._ask(other) <= other)

    def __gt__(self, other: Any) -> bool:
        return bool(self._ask(other) > other)

    def __ge__(self, other: Any) -> bool:
        return bool(self._ask(other) >= other)

    def __eq__(self, other: object) -> bool:
        return bool(self._ask(other) == other)

    def __hash__(self) -> int:
        return hash(self._tell())

    @property
    def year(self) -> int:
        """It changes with the new year in Kyiv."""
        self.note(midnight(date(self.plain.year + 1, 1, 1)))
        return int(self.plain.year)

    def __sub__(self, other: Any) -> Any:
        return self._tell() - other

    def __rsub__(self, other: Any) -> Any:
        return other - self._tell()

    def __add__(self, other: Any) -> Any:
        return self._tell() + other

    def isoformat(self, *arguments: Any, **options: Any) -> str:
        """As of the plain value."""
        return str(self._tell().isoformat(*arguments, **options))

    def strftime(self, form: str) -> str:
        """As of the plain value."""
        return str(self._tell().strftime(form))

    def __str__(self) -> str:
        return str(self._tell())

    def __repr__(self) -> str:
        return repr(self._tell())


class Now(Asked, datetime):
    """A moment in Kyiv. Comparisons tell `note` when they will come out otherwise."""

    @classmethod
    def of(cls, moment: datetime, note: Note) -> Now:
        """The same moment, with somebody to tell."""
        at = moment.astimezone(KYIV)
        made = cls(at.year, at.month, at.day, at.hour, at.minute, at.second, at.microsecond, at.tzinfo, fold=at.fold)
        made.plain, made.note = at, note
        return made

    def _ask(self, other: Any) -> datetime:
        if isinstance(other, datetime) and other >= self.plain:
            self.note(other)
        return cast("datetime", self.plain)

    def _tell(self) -> datetime:
        self.note(self.plain)
        return cast("datetime", self.plain)

    def date(self) -> Today:
        """The day, which remembers likewise."""
        return Today.of(self.plain.date(), self.note)


class Today(Asked, date):
    """A day in Kyiv that tells `note` when a comparison will come out otherwise."""

    @classmethod
    def of(cls, day: date, note: Note) -> Today:
        """The same day, with somebody to tell."""
        made = cls(day.year, day.month, day.day)
        made.plain, made.note = day, note
        return made

    def _ask(self, other: Any) -> date:
        if isinstance(other, date) and other >= self.plain:
            self.note(midnight(other if other > self.plain else self.plain + timedelta(days=1)))
        return cast("date", self.plain)

    def _tell(self) -> date:
        self.note(midnight(self.plain + timedelta(days=1)))
        return cast("date", self.plain)

    @property
    def month(self) -> int:
        """It changes at midnight, as far as anybody knows."""
        return self._tell().month

    @property
    def day(self) -> int:
        """It changes at midnight."""
        return self._tell().day

    def weekday(self) -> int:
        """It changes at midnight."""
        return self._tell().weekday()


__all__ = ["Now", "Today", "midnight"]
