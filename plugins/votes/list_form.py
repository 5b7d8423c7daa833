"""Results of named votes on paper: all votes of a meeting with every name by the alphabet; of a secret one only totals.

There is one list for each meeting. A vote has no PDF of its own: it would say what its page says, five thousand times
for each council that votes five hundred times a year.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from plugins.documents.model import on_paper, packed, printed
from plugins.meetings.model import Labelled, Meeting, MeetingForm, MotionType, head_of, voting_file, where
from plugins.records import Library, OutputFile, Record, frozen, plain
from plugins.records.components import sentence, upper_first
from plugins.ukrainian import NBSP, clock, moment

from .model import VoteEvent, VoteOption
from .pages import COUNT_WORDS, ONLY_TOTALS, decision_of, requirement_of, unnamed_words, voters_of


@frozen
class Name:
    """A row of the table: who, how, and what is to be known of it («конфлікт інтересів»)."""

    name: str
    word: str
    note: str


@frozen
class ListedVote:
    """A vote: `kind` is empty for a vote on the whole at once; `facts` tell its question and
    time; `counts` are the five totals by their words."""

    uid: str
    number: str
    title: str
    kind: str
    motion: str
    facts: str
    counts: tuple[Labelled, ...]
    result: str
    needed: str
    names: tuple[Name, ...]
    notes: tuple[str, ...]


@frozen(kw_only=True)
class VotingList(MeetingForm):
    """All votes of a meeting in their order."""

    template: ClassVar[str] = "votes.typ"

    facts: tuple[Labelled, ...]
    votes: tuple[ListedVote, ...]


def files(record: Record, library: Library) -> Iterator[OutputFile]:
    """`holosuvannia.pdf` beside the page of a meeting that voted."""
    if isinstance(record, Meeting) and (path := voting_file(record, library)):
        yield printed(path.lstrip("/"), voting_list(record, library), packed)


def voting_list(meeting: Meeting, library: Library) -> VotingList:
    """The printed list of a meeting's votes."""
    events = sorted(library.relating(meeting, "votes", VoteEvent), key=lambda event: event.position)
    head: dict[str, Any] = head_of(meeting, library, "Результати поіменного голосування")
    return VotingList(
        **head, facts=(Labelled("Дата", head["day"]), *where(meeting)),
        votes=tuple(_listed(event, library) for event in events))


def _listed(event: VoteEvent, library: Library) -> ListedVote:
    counts = tuple(Labelled(upper_first(COUNT_WORDS[option]), str(getattr(event.counts, option.value)))
                   for option in VoteOption)
    names = () if event.is_secret else tuple(Name(one.name, one.word, one.note) for one in voters_of(event, library))
    return ListedVote(
        uid=event.id, number=str(event.position + 1), title=on_paper(event.subject(library)),
        kind="" if event.type is MotionType.FINAL else event.type.label,
        motion=sentence(on_paper(plain(event.text))) if event.text else "", facts=_facts(event), counts=counts,
        result=decision_of(event), needed=f"{requirement_of(event, library)[1]} ({event.requirement.label})",
        names=names, notes=tuple(_notes(event)))


def _facts(event: VoteEvent) -> str:
    """«Питання 2, 10:52. У цілому, поіменне. Ідентифікатор: 2026-11-19-6.»"""
    is_that_day = event.held_at and event.held_at.date() == event.held_on
    at = f", {clock(event.held_at) if is_that_day else moment(event.held_at)}" if event.held_at else ""
    kind = f"{upper_first(event.type.label)}, {'таємне' if event.is_secret else 'поіменне'}"
    return f"Питання{NBSP}{event.number}{at}. {kind}. Ідентифікатор: {event.id}."


def _notes(event: VoteEvent) -> Iterator[str]:
    """What a reader of the table must know besides."""
    if event.is_secret:
        yield ONLY_TOTALS
    if event.unnamed:
        yield f"Голоси без імені: {unnamed_words(event.unnamed)}."
    for item in event.corrections:
        yield (f"Голосування виправлено {moment(item.at)}. Було: {sentence(on_paper(plain(item.before)))} "
               f"Чому: {sentence(on_paper(plain(item.note)))}")
