"""All named votes at once: who answered what, in columns that every count is made of.

A view keeps of each vote two short texts, the voters and their answers, so that hundreds of thousands of answers come
out of the state of the last build and no file is opened: 300 000 of them take half a second. A column is the answers
of one person, a letter for each vote from the oldest on.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache

from plugins.people.model import Council, Person, faction_on, mayor_on
from plugins.records import Axis, Library, View, frozen

from .model import VoteEvent, VoteOption

LETTERS = {VoteOption.YES: "y", VoteOption.NO: "n", VoteOption.ABSTAIN: "a", VoteOption.NOT_VOTING: "s",
           VoteOption.ABSENT: "m"}
"""Yes, no, abstain, silent, missing."""
OPTIONS = {letter: option for option, letter in LETTERS.items()}
NONE, SAME, OTHER = ".", "=", "!"
"""Held no vote (or cannot be compared); as the faction; otherwise than the faction."""
CHOICES = "ynas"
"""Answers of those who were there."""


def _answers(event: VoteEvent, library: Library) -> tuple[str, str]:
    """(numbers of the voters, their letters)."""
    numbers = library.once(_numbers)
    return (" ".join(numbers[vote.person] for vote in event.votes),
            "".join(LETTERS[vote.option] for vote in event.votes))


def _place(event: VoteEvent, library: Library) -> tuple[str, str]:
    """(what sorts votes by time, the body)."""
    return f"{event.held_on} {event.meeting} {event.position:05d}", event.body


def _numbers(library: Library) -> dict[str, str]:
    """Numbers stand for persons: shorter, and as lasting as the register, whose change makes everything again."""
    return {person.id: str(number) for number, person in enumerate(library.of(Person))}


ROLLS = View("rolls", VoteEvent, lambda event, library: event.id, (Axis("", _place), Axis("", _answers)),
             holds=lambda event, library: event.is_named)


@frozen
class Roll:
    """One named vote: when, in which body, who answered what (a letter each, in the order of the voters)."""

    key: str
    held_on: date
    body: str
    voters: tuple[str, ...]
    answers: str


def rolls(library: Library) -> tuple[Roll, ...]:
    """All named votes, from the oldest on."""
    people = [person.id for person in library.of(Person)]
    voters: dict[str, tuple[str, ...]] = {}
    found: list[tuple[str, Roll]] = []
    for seen in library.views(ROLLS):
        if not seen.mark:
            continue
        (place, body), (numbers, answers) = (axis or ("", "") for axis in seen.axes)
        if numbers not in voters:
            voters[numbers] = tuple(people[int(number)] for number in numbers.split())
        found.append((place, Roll(seen.key, date.fromisoformat(place[:10]), body, voters[numbers], answers)))
    return tuple(roll for _, roll in sorted(found, key=lambda item: item[0]))


def columns(library: Library) -> dict[str, bytearray]:
    """Person → a letter for each vote of any body, from the oldest on."""
    events = library.once(rolls)
    found: dict[str, bytearray] = {}
    for number, roll in enumerate(events):
        for person, letter in zip(roll.voters, roll.answers.encode(), strict=True):
            if person not in found:
                found[person] = bytearray(NONE.encode() * len(events))
            found[person][number] = letter
    return found


def casts(library: Library) -> Mapping[str, str]:
    """Person → their column, without what comes after their last vote."""
    return {person: column.decode().rstrip(NONE) for person, column in library.once(columns).items()}


def timeline(library: Library) -> Mapping[str, tuple[str, ...]]:
    """"" → «2026-11-19 2026-11-19-4» (day, identifier) of every vote, from the oldest on."""
    return {"": tuple(f"{roll.held_on} {roll.key}" for roll in library.once(rolls))}


@frozen
class Compared:
    """Votes of deputies in the council, and how they compare with their factions."""

    answers: Mapping[str, bytearray]
    """Deputy → a letter for each vote of the council that they had as a deputy."""
    marks: Mapping[str, bytearray]
    """Deputy → SAME, OTHER or NONE for each vote."""
    factions: Mapping[str, tuple[tuple[int, int, int], ...]]
    """Faction → (number of the vote, most votes that one option has, members who were there): two or more of them."""


def compared(library: Library) -> Compared:
    """Each vote of the council beside the faction's of that day.

    Compared are votes at which the deputy was there and one option had more votes than each other among the other
    members who were there.
    """
    council, events = library.only(Council), library.once(rolls)
    answers: dict[str, bytearray] = {}
    marks: dict[str, bytearray] = {}
    factions: dict[str, list[tuple[int, int, int]]] = {}
    days: dict[date, tuple[str, dict[str, str]]] = {}
    blank = NONE.encode() * len(events)
    for number, roll in enumerate(events):
        if roll.body != council.council_id:
            continue
        if roll.held_on not in days:
            days[roll.held_on] = _day(roll, library)
        mayor, faction_of = days[roll.held_on]
        groups: dict[str, list[tuple[str, str]]] = {}
        for person, letter in zip(roll.voters, roll.answers, strict=True):
            if person == mayor:
                continue
            if person not in answers:
                answers[person], marks[person] = bytearray(blank), bytearray(blank)
            answers[person][number] = ord(letter)
            if letter in CHOICES and (faction := faction_of.get(person)):
                groups.setdefault(faction, []).append((person, letter))
        for faction, members in groups.items():
            given = "".join([letter for _, letter in members])
            counts = tuple([given.count(letter) for letter in CHOICES])
            verdicts = _verdicts(counts)
            for person, letter in members:
                marks[person][number] = verdicts[letter]
            if len(members) > 1:
                factions.setdefault(faction, []).append((number, max(counts), len(members)))
    return Compared(answers, marks, {faction: tuple(found) for faction, found in factions.items()})


def _day(roll: Roll, library: Library) -> tuple[str, dict[str, str]]:
    """(the mayor of the day, voter → faction of the day); whoever is in none is in no faction."""
    mayor = mayor_on(library, roll.held_on)
    factions = {person: faction for person in roll.voters if (faction := faction_on(library, person, roll.held_on))}
    return (mayor.id if mayor else "",
            {person: faction.id for person, faction in factions.items() if not faction.is_unaffiliated})


@cache
def _verdicts(counts: tuple[int, ...]) -> dict[str, int]:
    """How many members gave each of CHOICES → the mark of a member who gave it, by what the others gave."""
    found: dict[str, int] = {}
    for place, letter in enumerate(CHOICES):
        others = [*counts[:place], counts[place] - 1, *counts[place + 1:]]
        first, second = sorted(others, reverse=True)[:2]
        found[letter] = ord((SAME if others[place] == first else OTHER) if first > second else NONE)
    return found


def comparisons(library: Library) -> Mapping[str, str]:
    """Deputy → their marks beside the faction, without what comes after the last."""
    return {person: column.decode().rstrip(NONE) for person, column in library.once(compared).marks.items()}
