"""Who was at a meeting, in words: names by the alphabet, numbers beside the quorum."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from plugins.people.model import Person, seats_on, told_apart, voters_on
from plugins.records import Library
from plugins.ukrainian import sort_key

if TYPE_CHECKING:
    from .model import Meeting, Stay


def names(people: Iterable[str], library: Library) -> list[str]:
    """Short names in the order of the alphabet."""
    found = [person for key in people if (person := library.get(Person, key))]
    return [told_apart(person, library) for person in sorted(found, key=lambda person: sort_key(person.name))]


def stay_hours(stay: Stay) -> str:
    """«від 10:30 до 12:00»."""
    hours = (f"від {stay.arrived}" if stay.arrived else "", f"до {stay.left}" if stay.left else "")
    return " ".join(filter(None, hours))


def present_of(meeting: Meeting, library: Library) -> tuple[int, int, int] | None:
    """(present, general composition, quorum) of a deliberative body; the mayor is not counted in the council."""
    total = seats_on(library, meeting.body, meeting.day)
    if not meeting.attendance or not total:
        return None
    members = set(voters_on(library, meeting.body, meeting.day, with_mayor=False))
    return len(members & set(meeting.attendance.took_part())), total, total // 2 + 1


def quorum_words(meeting: Meeting, library: Library) -> tuple[str, str] | None:
    """(«22 із 26, кворум є», «потрібно щонайменше 14»)."""
    counts = present_of(meeting, library)
    if not counts:
        return None
    present, total, quorum = counts
    return (f"{present} із {total}, {'кворум є' if present >= quorum else 'кворуму немає'}",
            f"потрібно щонайменше {quorum}")
