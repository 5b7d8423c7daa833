"""Vote events → pages: the vote with its arithmetic and all names."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import ClassVar

from plugins.meetings.model import Counts, Meeting, MotionType, Requirement, VoteResult, voting_file
from plugins.people.model import (
    Organization,
    OrganizationKind,
    Person,
    Role,
    faction_on,
    mayor_on,
    members_on,
    post_in_body,
    told_apart,
)
from plugins.records import Library, Link, PageModel, frozen
from plugins.records.components import Fact, LinkGroup, NotedLink, VoteCounts, excerpt, join, upper_first
from plugins.ukrainian import NBSP, counted, day, file_size, moment, sort_key, typeset

from .members import result_words, word
from .model import Vote, VoteEvent, VoteOption, attendance_of, base_of, needed
from .tables import csv_of

MEETINGS = Link("Засідання", "/zasidannia/")
VOTE_FORMS = ("голосування", "голосування", "голосувань")
PAGE_SIZE = 100
LATEST = 10
"""How many votes a person's own page shows."""
COUNT_WORDS = {
    VoteOption.YES: "за", VoteOption.NO: "проти", VoteOption.ABSTAIN: "утрималися",
    VoteOption.NOT_VOTING: "не голосували", VoteOption.ABSENT: "відсутні",
}
RESULTS = {
    MotionType.BASIS: ("Проєкт узято за основу", "Проєкт за основу не взято"),
    MotionType.AMENDMENT: ("Поправку прийнято", "Поправку не прийнято"),
    MotionType.PROCEDURAL: ("Пропозицію прийнято", "Пропозицію не прийнято"),
    MotionType.WHOLE: ("Рішення ухвалено", "Рішення не ухвалено"),
    MotionType.FINAL: ("Рішення ухвалено", "Рішення не ухвалено"),
}

ONLY_TOTALS = "Оприлюднюють лише підсумок, хто як голосував — невідомо."


@frozen
class Voter:
    """One name: how the person voted, in a word that agrees with them."""

    name: str
    url: str
    option: str
    word: str
    note: str = ""


@frozen
class VoteGroup:
    """A faction with its voters."""

    title: str
    count: str
    anchor: str
    voters: tuple[Voter, ...]


@frozen
class VotePanel:
    """A whole vote."""

    result: str
    is_passed: bool
    requirement: str
    counts: VoteCounts
    threshold: int
    is_secret: bool
    secret_reason: str
    groups: tuple[VoteGroup, ...]
    by_name: tuple[Voter, ...]
    """All of them by the alphabet, each with the faction of that day; empty where the groups are one."""
    links: tuple[Link, ...]


@frozen
class CorrectionNote:
    """A correction of a vote that was published: when, what stood there before, why."""

    at: datetime
    before: str
    note: str


@frozen(kw_only=True)
class VotePage(PageModel):
    """One vote."""

    template: ClassVar[str] = "votes/vote-event.html"
    page_kind: ClassVar[str] = "agenda-item"

    kicker: tuple[str | Link, ...]
    motion: str
    corrections: tuple[CorrectionNote, ...]
    vote: VotePanel
    facts: tuple[Fact, ...]
    related: tuple[LinkGroup, ...]


# --------------------------------------------------------------------------- one vote

def page(event: VoteEvent, library: Library) -> Iterator[PageModel]:
    """The page of a vote."""
    meeting = library.get(Meeting, event.meeting)
    assert meeting
    title = event.subject(library)
    when = moment(event.held_at) if event.held_at else day(event.held_on)
    panel = _panel(event, meeting, library)
    kind = event.type.label
    yield VotePage(
        url=event.url, title=title, menu="meetings", updated_at=event.held_at or event.held_on,
        head_title=f"Голосування №{NBSP}{event.position + 1}, {day(event.held_on)}: {title}",
        card=event.card(library), search_text=f"Поіменне голосування. {title}. {event.text}",
        description=excerpt(f"{panel.result} {day(event.held_on)}: за {event.counts.yes}, проти {event.counts.no}. "
                            f"{title}, {kind}.", 200),
        crumbs=(MEETINGS, Link(str(meeting.year), f"{MEETINGS.url}{meeting.year}/"),
                Link(meeting.heading, meeting.url)),
        kicker=("Поіменне голосування" if not event.is_secret else "Таємне голосування", when,
                Link(f"питання {event.number}", f"{meeting.url}#pytannia-{event.item_no}")),
        motion=event.text or f"{upper_first(kind)}.", vote=panel,
        corrections=tuple(CorrectionNote(item.at, typeset(item.before), typeset(item.note))
                          for item in event.corrections),
        facts=_facts(event, library), related=_related(event, library))


def _panel(event: VoteEvent, meeting: Meeting, library: Library) -> VotePanel:
    threshold, requirement = requirement_of(event, library)
    links = [] if event.is_secret else [
        Link(f"Завантажити CSV, {file_size(len(library.worked_out(csv_of, event)))}", f"{event.url}votes.csv")]
    if path := voting_file(meeting, library):
        links.append(Link("Усі голосування засідання, PDF", path))
    links += [Link(f"Рішення №{NBSP}{act.number}" if act.number else act.title, act.url)
              for act in library.related(event, "acts")]
    if meeting.recording:
        links.append(Link("Відео засідання", meeting.recording.url))
    counts, groups = event.counts, _groups(event, library)
    return VotePanel(
        decision_of(event), event.result is VoteResult.PASS, requirement,
        VoteCounts(counts.yes, counts.no, counts.abstain, counts.not_voting, counts.absent), threshold, event.is_secret,
        ONLY_TOTALS if event.is_secret else "",
        groups, _by_name(groups), tuple(links))


def requirement_of(event: VoteEvent, library: Library) -> tuple[int, str]:
    """(14, «потрібно 14 голосів із 27»)."""
    base = base_of(event, library) or event.counts.total
    threshold = needed(event.requirement, base, event.present)
    of = event.present if event.requirement is Requirement.PRESENT else base
    return threshold, f"потрібно {counted(threshold, 'голос', 'голоси', 'голосів')} із {of}"


def decision_of(event: VoteEvent) -> str:
    """«Рішення ухвалено»."""
    return RESULTS[event.type][event.result is not VoteResult.PASS] + " без кворуму" * event.without_quorum


def voters_of(event: VoteEvent, library: Library) -> tuple[Voter, ...]:
    """Everybody with their vote, by the alphabet."""
    return tuple(sorted((_voter(vote, event, library) for vote in event.votes), key=lambda one: sort_key(one.name)))


def _by_name(groups: Sequence[VoteGroup]) -> tuple[Voter, ...]:
    """Everybody by the alphabet, with their group."""
    if len(groups) < 2:
        return ()
    found = [replace(voter, note=join([part for part in (group.title, voter.note) if part]))
             for group in groups for voter in group.voters]
    return tuple(sorted(found, key=lambda voter: sort_key(voter.name)))


def _groups(event: VoteEvent, library: Library) -> tuple[VoteGroup, ...]:
    """Voters by the faction of that day; the mayor alone; a body without factions is one group."""
    body = library.get(Organization, event.body)
    if not body or body.type is not OrganizationKind.COUNCIL:
        title = body.short if body else "Склад"
        return (_group(title, "sklad", event.votes, event, library),) if event.votes else ()
    mayor = mayor_on(library, event.held_on)
    found: dict[str, list[Vote]] = defaultdict(list)
    bodies: dict[str, Organization] = {}
    for vote in event.votes:
        faction = faction_on(library, vote.person, event.held_on)
        key = "" if mayor and vote.person == mayor.id else faction.id if faction else "-"
        if faction and key == faction.id:
            bodies[key] = faction
        found[key].append(vote)
    ordered = sorted(found, key=lambda key: (key == "", key == "-", *_order(bodies.get(key))))
    titles = {"": _mayor_title(body, mayor, event, library), "-": "Не входять до фракцій"}
    return tuple(_group(bodies[key].title if key in bodies else titles[key], f"hrupa-{key or 'holova'}".rstrip("-"),
                        found[key], event, library) for key in ordered)


def _mayor_title(body: Organization, mayor: Person | None, event: VoteEvent, library: Library) -> str:
    members = members_on(library, body.id, event.held_on)
    record = next((m for m in members if m.role is Role.MAYOR), None)
    return upper_first(post_in_body(record, mayor, body)) if record and mayor else ""


def _order(faction: Organization | None) -> tuple[bool, int, str]:
    return (faction.is_unaffiliated, faction.order, faction.title) if faction else (False, 0, "")


def _group(title: str, anchor: str, votes: Sequence[Vote], event: VoteEvent, library: Library) -> VoteGroup:
    voters = sorted((_voter(vote, event, library) for vote in votes), key=lambda voter: sort_key(voter.name))
    counts = Counter(vote.option for vote in votes)
    words = ", ".join(f"{COUNT_WORDS[option]}{NBSP}{counts[option]}" for option in VoteOption if counts[option])
    return VoteGroup(title, f"{counted(len(votes), 'особа', 'особи', 'осіб')}: {words}", anchor, tuple(voters))


def _voter(vote: Vote, event: VoteEvent, library: Library) -> Voter:
    person = library.get(Person, vote.person)
    name, url = (told_apart(person, library), person.url) if person else (vote.name or vote.person, "")
    note = "конфлікт інтересів" if vote.person in event.conflicts else ""
    return Voter(name, url, vote.option.value, word(vote.option, person), note)


def _facts(event: VoteEvent, library: Library) -> tuple[Fact, ...]:
    facts = [Fact("Різновид", event.type.label), Fact("Потрібно", event.requirement.label)]
    body = library.get(Organization, event.body)
    if body:
        facts.insert(0, Fact("Орган", body.short, body.url))
    if event.without_quorum and (found := attendance_of(event, library)):
        present, least, seats = found
        facts.append(Fact("Кворум", f"не було: присутніх{NBSP}{present} із{NBSP}{seats}",
                          note=f"потрібно щонайменше {least}"))
    if event.unnamed:
        facts.append(Fact("Голоси без імені", unnamed_words(event.unnamed)))
    facts.append(Fact("Ідентифікатор", event.id))
    return tuple(facts)


def unnamed_words(unnamed: Counts) -> str:
    """«за 3, відсутні 1; чиї вони, у джерелі не видно»."""
    words = ", ".join(f"{COUNT_WORDS[option]}{NBSP}{count}" for option in VoteOption
                      if (count := getattr(unnamed, option.value)))
    return f"{words}; чиї вони, у джерелі не видно"


def _related(event: VoteEvent, library: Library) -> tuple[LinkGroup, ...]:
    groups: list[LinkGroup] = []
    documents = [Link(f"Рішення №{NBSP}{act.number}: {act.title}" if act.number else act.title, act.url)
                 for act in library.related(event, "acts")]
    if draft := library.card("draft", event.draft):
        documents.append(Link(f"Проєкт №{NBSP}{draft.number}" if draft.number else f"Проєкт: {draft.title}", draft.url))
    if documents:
        groups.append(LinkGroup("Документи", tuple(documents)))
    chain = _of_meeting(event, library)
    same = [other for other in chain if other.item_no == event.item_no and other.key != event.key]
    if same:
        links = tuple(NotedLink(upper_first(other.type.label), other.url, outcome(other)) for other in same)
        groups.append(LinkGroup("Інші голосування з цього питання", links))
    near = [NotedLink(other.subject(library), other.url, label) for label, other in _neighbours(event, chain)
            if other and other.key not in {item.key for item in same}]
    if near:
        groups.append(LinkGroup("На цьому засіданні", tuple(near)))
    return tuple(groups)


def _neighbours(event: VoteEvent, chain: Sequence[VoteEvent]) -> Iterator[tuple[str, VoteEvent | None]]:
    place = [other.key for other in chain].index(event.key)
    yield "попереднє голосування", chain[place - 1] if place else None
    yield "наступне голосування", chain[place + 1] if place + 1 < len(chain) else None


def _of_meeting(event: VoteEvent, library: Library) -> tuple[VoteEvent, ...]:
    """All votes of the same meeting, in its order."""
    meeting = library.get(Meeting, event.meeting)
    assert meeting
    return tuple(sorted(library.relating(meeting, "votes", VoteEvent), key=lambda other: other.position))


def outcome(event: VoteEvent) -> str:
    """«41 за, ухвалено»."""
    return f"{event.counts.yes}{NBSP}за, {result_words(event)}"
