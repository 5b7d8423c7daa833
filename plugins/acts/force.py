"""When an act is in force: from which day, to which day inclusive, as far as the records tell on the declared day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING

from plugins.records import Library, frozen

from .status import NEVER_ACTED, ActStatus, act_status, last_day, repeals_of

if TYPE_CHECKING:
    from .model import Act

DAY = timedelta(days=1)


@frozen
class Force:
    """`begins` is None for what never entered into force, and where nobody can tell yet (it waits for a signature, a
    publication, the council); `ends` is None where no end is known."""

    begins: date | None = None
    ends: date | None = None
    """The last day in force."""


def force_of(act: Act, library: Library) -> Force:
    """The first and the last day in force: those of the record, of repeals in force and of martial law."""
    return library.worked_out(_force_of, act)


def _force_of(act: Act, library: Library) -> Force:
    """What is suspended, lapsed, or ended before its first day has none."""
    is_stopped = act_status(act, library) in (ActStatus.SUSPENDED, ActStatus.LAPSED)
    if is_stopped or not act.has_begun(date.max):
        return Force()
    begins, ends = act.force_begins(), min(filter(None, _ends(act, library)), default=None)
    return Force() if ends and ends < begins else Force(begins, ends)


def _ends(act: Act, library: Library) -> Iterator[date | None]:
    yield last_day(act, library)
    if act.ended and act.ended.status.value == ActStatus.EXECUTED.value:
        yield act.ended.at
    elif act.ended and act.ended.status.value == ActStatus.ANNULLED.value:
        yield act.ended.at - DAY
    for other in repeals_of(act, library)[0]:
        yield other.force_begins() - DAY


def changes_on(act: Act, library: Library) -> date | None:
    """The day on which an act changes others; None where it changes none: it has no force, or a court annulled it."""
    is_void = act.ended and act.ended.at <= library.now.date() and act.ended.status.value in NEVER_ACTED
    return None if is_void else force_of(act, library).begins
