"""Results of named votes on paper: all votes of a meeting with every name by the alphabet; of a secret one only totals.

There is one list for each meeting. A vote has no PDF of its own: it would say what its page says, five thousand times
for each council that votes five hundred times a year.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from plugins.documents.model import printed
from plugins.meetings.model import Labelled, Meeting, MeetingForm, head_of, voting_file
from plugins.records import Library, OutputFile, Record, frozen, plain
from plugins.records.components import sentence, upper_first
from plugins.ukrainian import NBSP, clock, moment, typeset

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
    """A vote: `facts` are its time, kind and requirement; `counts` are the five totals by their words."""

    heading: str
    title: str
    motion: str
    facts: tuple[Labelled, ...]
    counts: tuple[Labelled, ...]
    result: str
    needed: str
    names: tuple[Name, ...]
    notes: tuple[str, ...]


@frozen(kw_only=True)
class VotingList(MeetingForm):
    """All votes of a meeting in their order."""

    template: ClassVar[str] = "votes.typ"

    votes: tuple[ListedVote, ...]


def files(record: Record, library: Library) -> Iterator[OutputFile]:
    """`holosuvannia.pdf` beside the page of a meeting that voted."""
    if isinstance(record, Meeting) and (path := voting_file(record)):
        yield printed(path.lstrip("/"), voting_list(record, library))


def voting_list(meeting: Meeting, library: Library) -> VotingList:
    """The printed list of a meeting's votes."""
    events = sorted(library.relating(meeting, "votes", VoteEvent), key=lambda event: event.position)
    head: dict[str, Any] = head_of(meeting, library, "Результати поіменного голосування")
    return VotingList(**head, votes=tuple(_listed(event, library) for event in events))


def _listed(event: VoteEvent, library: Library) -> ListedVote:
    counts = tuple(Labelled(upper_first(COUNT_WORDS[option]), str(getattr(event.counts, option.value)))
                   for option in VoteOption)
    names = () if event.is_secret else tuple(Name(one.name, one.word, one.note) for one in voters_of(event, library))
    return ListedVote(
        heading=f"Голосування №{NBSP}{event.position + 1}", title=typeset(event.subject(library)),
        motion=typeset(plain(event.text)), facts=tuple(_facts(event)), counts=counts, result=decision_of(event),
        needed=requirement_of(event, library)[1], names=names, notes=tuple(_notes(event)))


def _facts(event: VoteEvent) -> Iterator[Labelled]:
    yield Labelled("Питання", event.number)
    if event.held_at:
        yield Labelled("Час", clock(event.held_at) if event.held_at.date() == event.held_on else moment(event.held_at))
    yield Labelled("Різновид", f"{event.type.label}, {'таємне' if event.is_secret else 'поіменне'}")
    yield Labelled("Потрібно", event.requirement.label)
    yield Labelled("Ідентифікатор", event.id)


def _notes(event: VoteEvent) -> Iterator[str]:
    """What a reader of the table must know besides."""
    if event.is_secret:
        yield ONLY_TOTALS
    if event.unnamed:
        yield f"Голоси без імені: {unnamed_words(event.unnamed)}."
    for item in event.corrections:
        yield (f"Голосування виправлено {moment(item.at)}. Було: {sentence(typeset(plain(item.before)))} "
               f"Чому: {sentence(typeset(plain(item.note)))}")
