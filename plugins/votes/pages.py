"""Vote events → pages: the vote with all names, each member's votes; the box «Як голосувала» on a person's page."""

from __future__ import annotations

import csv
import io
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import partial
from typing import ClassVar

from plugins.meetings.model import Meeting, MotionType, Requirement, VoteResult
from plugins.people.model import (
    Organization,
    OrganizationKind,
    Person,
    Role,
    faction_on,
    mayor_on,
    members_on,
    post_in_body,
)
from plugins.records import Box, Deferred, Library, Link, OutputFile, PageModel, Record, View, frozen, slices
from plugins.records.components import Fact, LinkGroup, NotedLink, VoteCounts, excerpt, upper_first
from plugins.records.page import Slice
from plugins.ukrainian import NBSP, counted, day, file_size, moment, plural, sort_key

from .model import FEMALE_WORDS, Vote, VoteEvent, VoteOption, base_of, needed
from .read import COLUMNS

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
    links: tuple[Link, ...]


@frozen(kw_only=True)
class VotePage(PageModel):
    """One vote."""

    template: ClassVar[str] = "votes/vote-event.html"
    page_kind: ClassVar[str] = "agenda-item"

    kicker: tuple[str | Link, ...]
    motion: str
    vote: VotePanel
    facts: tuple[Fact, ...]
    related: tuple[LinkGroup, ...]


@frozen
class VoteShare:
    """How often an option was chosen; `percent` 0–100."""

    option: str
    word: str
    count: int
    percent: float


@frozen
class MemberVote:
    """A vote in a member's record."""

    date: date
    title: str
    url: str
    option: str
    word: str
    outcome: str


@frozen
class Agreement:
    """How often a member voted as the faction did: «94 %», of how many votes, and what that means."""

    value: str
    text: str
    definition: str


@frozen(kw_only=True)
class MemberVotesPage(PageModel):
    """All votes of one member."""

    template: ClassVar[str] = "votes/member.html"
    page_kind: ClassVar[str] = "person"

    heading: str
    lead: str
    bars: tuple[VoteShare, ...]
    agreement: tuple[Agreement, ...]
    votes: tuple[MemberVote, ...]
    caption: str
    downloads: tuple[Link, ...]
    position: str
    older: Link | None
    newer: Link | None


@frozen
class PersonBox:
    """«Як голосувала»: bars and the latest votes, with the way to all of them."""

    title: str
    summary: str
    bars: tuple[VoteShare, ...]
    votes: tuple[MemberVote, ...]
    links: tuple[Link, ...]


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
        facts=_facts(event, library), related=_related(event, library))


def _panel(event: VoteEvent, meeting: Meeting, library: Library) -> VotePanel:
    base = base_of(event, library) or event.counts.total
    threshold = needed(event.requirement, base, event.present)
    of = event.present if event.requirement is Requirement.PRESENT else base
    is_passed = event.result is VoteResult.PASS
    links = [] if event.is_secret else [
        Link(f"Завантажити CSV, {file_size(len(library.worked_out(csv_of, event)))}", f"{event.url}votes.csv")]
    links += [Link(f"Рішення №{NBSP}{act.number}" if act.number else act.title, act.url)
              for act in library.related(event, "acts")]
    if meeting.recording:
        links.append(Link("Відео засідання", meeting.recording.url))
    counts = event.counts
    return VotePanel(
        RESULTS[event.type][0 if is_passed else 1], is_passed,
        f"потрібно {counted(threshold, 'голос', 'голоси', 'голосів')} із {of}",
        VoteCounts(counts.yes, counts.no, counts.abstain, counts.not_voting, counts.absent), threshold, event.is_secret,
        "Оприлюднюють лише підсумок, хто як голосував — невідомо." if event.is_secret else "",
        _groups(event, library), tuple(links))


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
    name, url = (person.short, person.url) if person else (vote.name or vote.person, "")
    note = "конфлікт інтересів" if vote.person in event.conflicts else ""
    return Voter(name, url, vote.option.value, word(vote.option, person), note)


def word(option: VoteOption, person: Person | None) -> str:
    """«Утрималася», «Утримався»: the option in a word that agrees with the person."""
    return FEMALE_WORDS.get(option, option.label) if person and person.is_female else option.label


def table(record: Record, library: Library) -> Iterator[OutputFile]:
    """`votes.csv` beside the page of a named vote."""
    if isinstance(record, VoteEvent) and record.is_named:
        content = library.worked_out(csv_of, record)
        yield OutputFile(f"{record.url}votes.csv".lstrip("/"), content, lambda: content)


def _facts(event: VoteEvent, library: Library) -> tuple[Fact, ...]:
    facts = [Fact("Різновид", event.type.label), Fact("Потрібно", event.requirement.label)]
    body = library.get(Organization, event.body)
    if body:
        facts.insert(0, Fact("Орган", body.short, body.url))
    if event.unnamed:
        words = ", ".join(f"{COUNT_WORDS[option]}{NBSP}{count}" for option in VoteOption
                          if (count := getattr(event.unnamed, option.value)))
        facts.append(Fact("Голоси без імені", f"{words}; чиї вони, у джерелі не видно"))
    facts.append(Fact("Ідентифікатор", event.id))
    return tuple(facts)


def _related(event: VoteEvent, library: Library) -> tuple[LinkGroup, ...]:
    groups: list[LinkGroup] = []
    documents = [Link(f"Рішення №{NBSP}{act.number}: {act.title}" if act.number else act.title, act.url)
                 for act in library.related(event, "acts")]
    if draft := library.card("draft", event.draft):
        documents.append(Link(f"Проєкт №{NBSP}{draft.number}" if draft.number else f"Проєкт: {draft.title}", draft.url))
    if documents:
        groups.append(LinkGroup("Документи", tuple(documents)))
    chain = library.entry(by_meeting, event.meeting) or ()
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


def by_meeting(library: Library) -> dict[str, list[VoteEvent]]:
    found: dict[str, list[VoteEvent]] = defaultdict(list)
    for event in sorted(library.of(VoteEvent), key=lambda event: event.position):
        found[event.meeting].append(event)
    return found


def outcome(event: VoteEvent) -> str:
    """«41 за, ухвалено»."""
    words = {MotionType.WHOLE: ("ухвалено", "не ухвалено"), MotionType.FINAL: ("ухвалено", "не ухвалено")}
    passed, failed = words.get(event.type, ("прийнято", "не прийнято"))
    return f"{event.counts.yes}{NBSP}за, {passed if event.result is VoteResult.PASS else failed}"


def national_csv(rows: Iterable[tuple[str, str, str, str, str]]) -> bytes:
    """Named votes in the columns of appendix 29, `votings` (UTF-8, one row a vote)."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows(rows)
    return text.getvalue().encode("utf-8")


def csv_of(event: VoteEvent, library: Library) -> bytes:
    """The table of one vote, by name."""
    title = event.subject(library)
    people = {vote.person: library.get(Person, vote.person) for vote in event.votes}
    names = {key: person.name if person else key for key, person in people.items()}
    return national_csv((event.id, vote.person, names[vote.person], title, vote.option.label)
                        for vote in sorted(event.votes, key=lambda vote: sort_key(names[vote.person])))


# --------------------------------------------------------------------------- one member

@frozen
class Cast:
    """How a person voted: the key of the vote, its day."""

    event: str
    held_on: date
    option: VoteOption


def casts_of(person: str, library: Library) -> tuple[Cast, ...]:
    """The named votes of a person, newest first."""
    return tuple(Cast(event, date.fromisoformat(held_on), VoteOption(option))
                 for event, held_on, option in library.entry(casts_by_person, person) or ())


def casts_by_person(library: Library) -> dict[str, tuple[tuple[str, str, str], ...]]:
    """Named votes by person, newest first: (key of the vote, day, option)."""
    persons: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for event in _newest_first(library):
        for vote in event.votes:
            persons[vote.person].append((event.key, event.held_on.isoformat(), str(vote.option.value)))
    return {person: tuple(casts) for person, casts in persons.items()}


def _by_faction(library: Library) -> dict[tuple[str, str], Counter[VoteOption]]:
    """For each vote and faction how often its members who were there chose each option."""
    factions: dict[tuple[str, str], Counter[VoteOption]] = defaultdict(Counter)
    for event in _newest_first(library):
        for vote in event.votes:
            faction = faction_on(library, vote.person, event.held_on)
            if faction and not faction.is_unaffiliated and vote.option is not VoteOption.ABSENT:
                factions[event.id, faction.id][vote.option] += 1
    return dict(factions)


def _newest_first(library: Library) -> list[VoteEvent]:
    """By the day, the meeting, the place in it."""
    return sorted((event for event in library.of(VoteEvent) if event.is_named),
                  key=lambda event: (event.held_on, event.meeting, event.position), reverse=True)


def votes_url(person: Person) -> str:
    """The page of a person's votes."""
    return f"{person.url}holosuvannia/"


def person_box(person: Person, library: Library) -> Box | None:
    """How a person voted: bars and the latest votes, on the person's page."""
    casts = casts_of(person.id, library)
    if not casts:
        return None
    links = (Link(f"Усі {len(casts)}", votes_url(person)), Link("CSV", f"{votes_url(person)}votes.csv"))
    latest = [(cast, event) for cast in casts[:LATEST] if (event := library.get(VoteEvent, cast.event))]
    return Box("votes/person-box.html", PersonBox(
        "Як голосувала" if person.is_female else "Як голосував", _summary(casts), _bars(casts, person),
        tuple(_row(cast.option, line(event, library), person) for cast, event in latest), links))


def _summary(casts: Sequence[Cast]) -> str:
    first, last = casts[-1].held_on, casts[0].held_on
    period = f"{day(first)}" if first == last else f"із {day(first)} до {day(last)}"
    return f"{counted(len(casts), *VOTE_FORMS)} {period}."


@frozen
class VoteLine:
    """What a member's record says of a vote, whoever the member is."""

    held_on: date
    subject: str
    kind: str
    url: str
    outcome: str


def line(event: VoteEvent, library: Library) -> VoteLine:
    """A vote in a member's record."""
    kind = "" if event.type in (MotionType.FINAL, MotionType.WHOLE) else f" ({event.type.label})"
    return VoteLine(event.held_on, event.subject(library), kind, event.url, outcome(event))


LINES = View("votes of members", VoteEvent, line, holds=lambda event, library: event.is_named)


def _bars(casts: Sequence[Cast], person: Person) -> tuple[VoteShare, ...]:
    counts = Counter(cast.option for cast in casts)
    shares = {option: round(counts[option] * 100 / len(casts), 2) for option in VoteOption}
    return tuple(VoteShare(option.value, word(option, person), counts[option], shares[option]) for option in VoteOption)


def _row(option: VoteOption, line: VoteLine, person: Person) -> MemberVote:
    return MemberVote(line.held_on, f"{line.subject}{line.kind}", line.url, option.value, word(option, person),
                      line.outcome)


def member(record: Record, library: Library) -> Iterator[Deferred | OutputFile]:
    """The votes of somebody who ever voted: pages numbered from the oldest, and a table."""
    casts = casts_of(record.id, library) if isinstance(record, Person) else ()
    if not casts:
        return
    assert isinstance(record, Person)
    person, url = record, votes_url(record)
    marks = {item.key: item.mark for item in library.views(LINES)}
    heading = f"Як {'голосувала' if person.is_female else 'голосував'} {person.given_name} {person.family_name}"
    agreement = tuple(filter(None, (_agreement(person, library),)))
    for piece in slices(casts, url, PAGE_SIZE):
        members = [(marks[cast.event], cast.option) for cast in piece.items]
        head = (_summary(casts), _bars(casts, person), agreement, piece.total) if piece.is_head else ("", (), (), 0)
        inputs = (person.name, heading, piece.number, piece.first, piece.last, piece.older, piece.newer, members, head)
        yield Deferred(piece.url, inputs, partial(_member_page, person, heading, piece, head, library))
    yield OutputFile(f"{url}votes.csv".lstrip("/"), (person.name, [(marks[cast.event], cast.option) for cast in casts]),
                     lambda: national_csv((cast.event, person.id, person.name,
                                           library.row(LINES, cast.event).subject, cast.option.label)
                                          for cast in casts))


Head = tuple[str, tuple[VoteShare, ...], tuple[Agreement, ...], int]
"""What only the page with the newest votes shows: summary, bars, agreement, and how many there are."""


def _member_page(person: Person, heading: str, piece: Slice, head: Head, library: Library) -> MemberVotesPage:
    crumbs = (Link("Влада", "/vlada/"), Link(person.name, person.url))
    span, is_head, (summary, bars, agreement, _) = piece.span, piece.is_head, head
    return MemberVotesPage(
        url=piece.url, title=heading if is_head else f"{heading}, {span}", heading=heading, menu="authority",
        crumbs=crumbs if is_head else (*crumbs, Link(heading, votes_url(person))),
        description=f"{heading}: {summary if is_head else f'голосування {span}, від найдавніших.'}",
        lead=summary, bars=bars, agreement=agreement, updated_at=piece.items[0].held_on,
        votes=tuple(_row(cast.option, library.row(LINES, cast.event), person) for cast in piece.items),
        caption="Від останнього до найдавнішого" if piece.total == len(piece.items) else f"Голосування {span}",
        downloads=(Link("CSV", f"{votes_url(person)}votes.csv"),),
        position=piece.position, older=piece.older, newer=piece.newer)


def agreements(library: Library) -> dict[str, tuple[int, int]]:
    """For each person (votes as the faction, votes compared): the person was there, and one option led among the
    other members."""
    factions = _by_faction(library)
    found: dict[str, tuple[int, int]] = {}
    for person, casts in library.once(casts_by_person).items():
        same = compared = 0
        for event, held_on, code in casts:
            option, faction = VoteOption(code), faction_on(library, person, date.fromisoformat(held_on))
            counts = Counter(factions.get((event, faction.id), ())) if faction else Counter[VoteOption]()
            if option is VoteOption.ABSENT or not counts:
                continue
            counts[option] -= 1
            leaders = counts.most_common(2)
            if not leaders[0][1] or (len(leaders) > 1 and leaders[0][1] == leaders[1][1]):
                continue
            compared += 1
            same += leaders[0][0] is option
        found[person] = (same, compared)
    return found


def _agreement(person: Person, library: Library) -> Agreement | None:
    same, compared = library.entry(agreements, person.id) or (0, 0)
    if not compared:
        return None
    verb = ("голосувала", "була присутня", "інших членів її") if person.is_female else (
        "голосував", "був присутній", "інших членів його")
    votes = plural(compared, "голосування", "голосувань", "голосувань")
    return Agreement(
        f"{round(same * 100 / compared)}{NBSP}%",
        f"Так само, як фракція, {verb[0]} в {same} із {compared}{NBSP}{votes}, які можна порівняти.",
        f"Порівнюємо голосування, на яких {person.given_name} {person.family_name} {verb[1]}, а серед присутніх "
        f"{verb[2]} фракції того дня один варіант мав більше голосів, ніж кожен інший. Збіг — коли {verb[0]} так само.")
