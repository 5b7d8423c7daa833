"""One member: the whole record of votes with its figures, dissents and topics; the box on the person's page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial
from typing import ClassVar

from plugins.meetings.model import MotionType, VoteResult
from plugins.people.model import Person, Topic, told_apart
from plugins.records import (
    Axis,
    Box,
    Deferred,
    Library,
    Link,
    OutputFile,
    PageModel,
    Record,
    View,
    frozen,
    slices,
)
from plugins.records.components import Fact, FilterOption, NotedLink
from plugins.records.page import Slice
from plugins.ukrainian import NBSP, counted, day, plural

from .metrics import DEFINITIONS, companions, own_standings, percent
from .model import FEMALE_WORDS, VoteEvent, VoteOption
from .rolls import NONE, OPTIONS, OTHER, casts, comparisons, timeline
from .tables import national_csv

VOTE_FORMS = ("голосування", "голосування", "голосувань")
PAGE_SIZE = 100
LATEST = 10
"""How many votes a person's own page shows."""
FREQUENT = 6
"""How many topics it leads to."""
DISSENTS = "okrema-dumka"
ALL, DISSENTING = "Усі голосування", "Окрема думка"


@frozen
class VoteLine:
    """What a member's record says of a vote, whoever the member is. It stands whole in the state (`LINES`)."""

    subject: str
    kind: str
    held_on: date
    url: str
    outcome: str
    topics: tuple[str, ...]
    mark: str = ""


@frozen
class Cast:
    """How a person voted, and whether otherwise than the faction."""

    key: str
    option: VoteOption
    is_dissent: bool


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


@frozen
class Neighbours:
    """Whom a member votes with most or least."""

    title: str
    links: tuple[NotedLink, ...]


@frozen(kw_only=True)
class MemberVotesPage(PageModel):
    """Votes of one member: all of them, those against the faction, those of a topic."""

    template: ClassVar[str] = "votes/member.html"
    page_kind: ClassVar[str] = "person"

    heading: str
    lead: str
    facts: tuple[Fact, ...]
    bars: tuple[VoteShare, ...]
    agreement: tuple[Agreement, ...]
    neighbours: tuple[Neighbours, ...]
    neighbours_note: str
    choices: tuple[FilterOption, ...]
    topics: tuple[FilterOption, ...]
    has_topic: bool
    section: str
    votes: tuple[MemberVote, ...]
    caption: str
    downloads: tuple[Link, ...]
    everybody: Link | None
    position: str
    older: Link | None
    newer: Link | None


@frozen
class PersonBox:
    """«Як голосувала»: bars and the latest votes, with the way to all of them."""

    title: str
    summary: str
    bars: tuple[VoteShare, ...]
    topics: tuple[FilterOption, ...]
    votes: tuple[MemberVote, ...]
    links: tuple[Link, ...]


# --------------------------------------------------------------------------- what is known of votes

def _words(event: VoteEvent, library: Library) -> tuple[str, str]:
    kind = "" if event.type in (MotionType.FINAL, MotionType.WHOLE) else f" ({event.type.label})"
    return event.subject(library), kind


def _result(event: VoteEvent, library: Library) -> tuple[str, str]:
    return result_words(event), " ".join(event.topics_of(library))


def _line(event: VoteEvent, library: Library) -> tuple[object, ...]:
    return *_words(event, library), event.held_on, event.url, *_result(event, library)


def result_words(event: VoteEvent) -> str:
    """«ухвалено», «не прийнято»."""
    words = {MotionType.WHOLE: ("ухвалено", "не ухвалено"), MotionType.FINAL: ("ухвалено", "не ухвалено")}
    passed, failed = words.get(event.type, ("прийнято", "не прийнято"))
    return passed if event.result is VoteResult.PASS else failed


LINES = View("votes of members", VoteEvent, _line, (
    Axis("", _words), Axis("", lambda event, library: (event.held_on.isoformat(), event.url)), Axis("", _result),
), holds=lambda event, library: event.is_named)
"""Its axes hold all that a row says: a record of thousands of votes is written and no file is opened."""


def lines(library: Library) -> dict[str, VoteLine]:
    """Identifier of a named vote → its line."""
    found: dict[str, VoteLine] = {}
    for seen in library.views(LINES):
        if seen.mark:
            (subject, kind), (held_on, url), (outcome, topics) = (axis or ("", "") for axis in seen.axes)
            found[seen.key] = VoteLine(subject, kind, date.fromisoformat(held_on), url, outcome,
                                       tuple(topics.split()), seen.mark)
    return found


def casts_of(person: str, library: Library) -> tuple[Cast, ...]:
    """The named votes of a person, newest first."""
    letters = library.entry(casts, person) or ""
    marks = (library.entry(comparisons, person) or "").ljust(len(letters), NONE)
    times = library.entry(timeline, "") or () if letters else ()
    found = [Cast(time[11:], OPTIONS[letter], mark == OTHER)
             for time, letter, mark in zip(times, letters, marks, strict=False) if letter != NONE]
    return tuple(reversed(found))


def votes_url(person: Person) -> str:
    """The page of a person's votes."""
    return f"{person.url}holosuvannia/"


def topic_url(person: Person, topic: Topic) -> str:
    """The page of a person's votes on a topic."""
    return f"{votes_url(person)}temy/{topic.key}/"


def word(option: VoteOption, person: Person | None) -> str:
    """«Утрималася», «Утримався»: the option in a word that agrees with the person."""
    return FEMALE_WORDS.get(option, option.label) if person and person.is_female else option.label


# --------------------------------------------------------------------------- the box

def person_box(person: Person, library: Library) -> Box | None:
    """How a person voted: bars and the latest votes, on the person's page."""
    votes = casts_of(person.id, library)
    if not votes:
        return None
    known = library.once(lines)
    links = (Link(f"Усі {len(votes)}", votes_url(person)), Link("CSV", f"{votes_url(person)}votes.csv"))
    return Box("votes/person-box.html", PersonBox(
        "Як голосувала" if person.is_female else "Як голосував", _summary(votes, known), _bars(votes, person),
        _frequent_topics(person, votes, known, library), tuple(_row(cast, known, person) for cast in votes[:LATEST]),
        links))


def by_topic(votes: Sequence[Cast], known: dict[str, VoteLine], library: Library) -> dict[Topic, list[Cast]]:
    """Topic → a member's votes on it, by the names of topics."""
    found: dict[str, list[Cast]] = {}
    for cast in votes:
        for key in known[cast.key].topics:
            found.setdefault(key, []).append(cast)
    topics = filter(None, (library.get(Topic, key) for key in found))
    return {topic: found[topic.key] for topic in sorted(topics, key=lambda topic: (topic.title, topic.key))}


def _frequent_topics(person: Person, votes: Sequence[Cast], known: dict[str, VoteLine],
                     library: Library) -> tuple[FilterOption, ...]:
    """The topics on which a person voted most often: two clicks from the list of deputies to the budget."""
    found = sorted(by_topic(votes, known, library).items(), key=lambda item: -len(item[1]))[:FREQUENT]
    return tuple(FilterOption(topic.title, topic_url(person, topic), len(casts)) for topic, casts in found)


def _summary(votes: Sequence[Cast], known: dict[str, VoteLine]) -> str:
    first, last = known[votes[-1].key].held_on, known[votes[0].key].held_on
    period = f"{day(first)}" if first == last else f"із {day(first)} до {day(last)}"
    return f"{counted(len(votes), *VOTE_FORMS)} {period}."


def _bars(votes: Sequence[Cast], person: Person) -> tuple[VoteShare, ...]:
    counts = Counter(cast.option for cast in votes)
    shares = {option: round(counts[option] * 100 / len(votes), 2) for option in VoteOption}
    return tuple(VoteShare(option.value, word(option, person), counts[option], shares[option]) for option in VoteOption)


def _row(cast: Cast, known: dict[str, VoteLine], person: Person) -> MemberVote:
    line = known[cast.key]
    return MemberVote(line.held_on, f"{line.subject}{line.kind}", line.url, cast.option.value,
                      word(cast.option, person), line.outcome)


# --------------------------------------------------------------------------- the pages

@frozen
class Selection:
    """Some of a member's votes, with a page (or several) of their own."""

    title: str
    url: str
    votes: tuple[Cast, ...]
    is_topic: bool = False


def member(record: Record, library: Library) -> Iterator[Deferred | OutputFile]:
    """The votes of somebody who ever voted: lists numbered from the oldest, and a table."""
    votes = casts_of(record.id, library) if isinstance(record, Person) else ()
    if not votes:
        return
    assert isinstance(record, Person)
    known = library.once(lines)
    made = Member(record, library, known, votes)
    for selection in made.selections:
        yield from made.pages(selection)
    rows = [(known[cast.key].mark, cast.option.value) for cast in votes]
    yield OutputFile(f"{votes_url(record)}votes.csv".lstrip("/"), (record.name, rows), lambda: national_csv(
        (cast.key, record.id, record.name, known[cast.key].subject, cast.option.label) for cast in votes))


class Member:
    """A member with their votes: what the pages of the record share."""

    def __init__(self, person: Person, library: Library, known: dict[str, VoteLine], votes: tuple[Cast, ...]) -> None:
        self.person, self.known, self.votes, self.library = person, known, votes, library
        verb = "голосувала" if person.is_female else "голосував"
        self.heading = f"Як {verb} {person.given_name} {person.family_name}"
        self.standing = library.entry(own_standings, person.id)
        self.companions = library.entry(companions, person.id) or ((), ())
        self.selections = tuple(self._selections())

    def _selections(self) -> Iterator[Selection]:
        url = votes_url(self.person)
        yield Selection(ALL, url, self.votes)
        if self.standing and self.standing[5]:
            yield Selection(DISSENTING, f"{url}{DISSENTS}/", tuple(cast for cast in self.votes if cast.is_dissent))
        for topic, votes in by_topic(self.votes, self.known, self.library).items():
            yield Selection(topic.title, topic_url(self.person, topic), tuple(votes), is_topic=True)

    def pages(self, selection: Selection) -> Iterator[Deferred]:
        """The pages of some of the votes. What changes with every new vote stands on the newest page alone."""
        is_whole = selection.url == votes_url(self.person)
        names = [(other.title, other.url) for other in self.selections]
        for piece in slices(selection.votes, selection.url, PAGE_SIZE):
            rows = [(self.known[cast.key].mark, cast.option.value) for cast in piece.items]
            head = ([len(other.votes) for other in self.selections], self.standing if is_whole else None,
                    self.companions if is_whole else None, piece.total) if piece.is_head else ()
            inputs = (self.person.name, self.heading, names, piece.number, piece.first, piece.last, piece.older,
                      piece.newer, rows, head)
            yield Deferred(piece.url, inputs, partial(self._page, selection, piece))

    def _page(self, selection: Selection, piece: Slice) -> MemberVotesPage:
        person, url, is_head = self.person, votes_url(self.person), piece.is_head
        is_whole, is_first = selection.url == url, is_head and selection.url == url
        title = self.heading if is_whole else f"{self.heading}: {lower(selection.title)}"
        crumbs = [Link("Влада", "/vlada/"), Link(person.name, person.url)]
        crumbs += [] if is_first else [Link(self.heading, url)]
        crumbs += [] if is_whole or is_head else [Link(selection.title, selection.url)]
        summary = _summary(self.votes, self.known) if is_first else ""
        said = summary or f"{lower(selection.title)}, " + ("від останнього." if is_head else f"{piece.span}, від "
                                                                                            "найдавніших.")
        near, far = self.companions if is_first else ((), ())
        words = (("Найчастіше голосує однаково з", near), ("Найрідше голосує однаково з", far))
        return MemberVotesPage(
            url=piece.url, title=title if is_head else f"{title}, {piece.span}", heading=title, menu="authority",
            crumbs=tuple(crumbs), description=f"{self.heading}: {said}", lead=summary,
            search_text=f"{person.name}. Поіменні голосування. {summary}" if is_first else "",
            facts=self._facts() if is_first else (), bars=_bars(self.votes, person) if is_first else (),
            agreement=tuple(filter(None, (self._agreement(),))) if is_first else (),
            neighbours=tuple(Neighbours(text, self._links(found)) for text, found in words if found),
            neighbours_note=NEIGHBOURS_NOTE, section=selection.title,
            choices=self._choices(selection, is_head, is_topic=False),
            topics=self._choices(selection, is_head, is_topic=True), has_topic=selection.is_topic,
            updated_at=self.known[piece.items[0].key].held_on if piece.items else None,
            votes=tuple(_row(cast, self.known, person) for cast in piece.items),
            caption="Від останнього до найдавнішого" if piece.total == len(piece.items)
            else f"Голосування {piece.span}",
            downloads=(Link("CSV", f"{url}votes.csv"),) if is_whole else (),
            everybody=EVERYBODY if self.standing else None,
            position=piece.position, older=piece.older, newer=piece.newer)

    def _choices(self, selection: Selection, is_head: bool, *, is_topic: bool) -> tuple[FilterOption, ...]:
        return tuple(FilterOption(other.title, other.url, len(other.votes) if is_head else None,
                                  other.url == selection.url)
                     for other in self.selections if other.is_topic == is_topic)

    def _links(self, found: Sequence[tuple[str, int]]) -> tuple[NotedLink, ...]:
        people = [(person, share) for key, share in found if (person := self.library.get(Person, key))]
        return tuple(NotedLink(told_apart(person, self.library), person.url, f"{share}{NBSP}%")
                     for person, share in people)

    def _facts(self) -> tuple[Fact, ...]:
        if not self.standing:
            return ()
        _, held, present, voted, same, both = self.standing
        facts = [Fact("Присутність", f"{percent(present, held)}{NBSP}%", note=f"{present} із {held} голосувань ради")]
        if present:
            facts.append(Fact("Участь", f"{percent(voted, present)}{NBSP}%", note=f"голос подано {voted} із {present}"))
        if both:
            facts.append(Fact("Збіг із фракцією", f"{percent(same, both)}{NBSP}%", note=f"{same} із {both}"))
            facts.append(Fact(DISSENTING, counted(both - same, *VOTE_FORMS), f"{votes_url(self.person)}{DISSENTS}/"))
        return tuple(facts)

    def _agreement(self) -> Agreement | None:
        if not self.standing or not self.standing[5]:
            return None
        same, both, person = self.standing[4], self.standing[5], self.person
        verb = ("голосувала", "була присутня", "інших членів її") if person.is_female else (
            "голосував", "був присутній", "інших членів його")
        votes = plural(both, "голосування", "голосувань", "голосувань")
        return Agreement(
            f"{percent(same, both)}{NBSP}%",
            f"Так само, як фракція, {verb[0]} в {same} із {both}{NBSP}{votes}, які можна порівняти.",
            f"Порівнюємо голосування ради, на яких {person.given_name} {person.family_name} {verb[1]}, а серед "
            f"присутніх {verb[2]} фракції того дня один варіант мав більше голосів, ніж кожен інший. Збіг — коли "
            f"{verb[0]} так само.")


NEIGHBOURS_NOTE = (f"{DEFINITIONS[-1][1]} Порівнюємо з тими, хто був присутній щонайменше на половині голосувань, на "
                   "яких була присутня ця особа, за її останнє скликання.")
EVERYBODY = Link("Усі депутати: присутність, участь, збіг", "/deputaty/holosuvannia/")


def lower(title: str) -> str:
    """A title inside another one: topics stay as they are called, the two lists of our own are small."""
    return title.lower() if title in (ALL, DISSENTING) else f"тема «{title}»"

