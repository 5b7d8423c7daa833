"""Поіменні голосування: who voted how, on what, when (Popolo VoteEvent), and the arithmetic of a vote."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from functools import cached_property
from typing import Annotated, Any, ClassVar

from pydantic import Field, SkipValidation

from plugins.meetings.model import Correction, Counts, Meeting, MotionType, Requirement, VoteResult, away_at
from plugins.people.model import Person, council_of, knows_composition, mayor_on, seats_on, voters_on
from plugins.records import (
    Card,
    Document,
    Library,
    Line,
    Lines,
    Moment,
    Problem,
    Record,
    Term,
    To,
    Truth,
    Weight,
    code,
    frozen,
)
from plugins.ukrainian import clock, sort_key
from plugins.ukrainian import day as day_words

VOTE_OPTION = code("VOTE-OPTION", "Голос — одне з п’яти слів національного формату.",
                   "так", "За")
VOTE_SUM = code("VOTE-SUM", "Поіменні голоси дорівнюють підсумку.",
                "counts: {yes: 20, …} і 19 рядків «За»", "counts: {yes: 20, …} і 20 рядків «За»")
VOTE_TOTAL = code("VOTE-TOTAL", "Сума голосів дорівнює складу, від якого рахують.",
                  "26 депутатів і голова, а сума — 25", "сума — 27")
VOTE_RESULT = code("VOTE-RESULT", "Результат відповідає арифметиці: більшість від загального складу.",
                   "yes: 13, result: pass (склад 26)", "yes: 14, result: pass")
VOTE_SECRET = code("VOTE-SECRET", "Таємне голосування має лише підсумок.",
                   "is_secret: так і рядки у votes.csv", "is_secret: так без рядків у votes.csv")
VOTE_VOTER = code("VOTE-VOTER", "Голосує лише той, хто має мандат того дня, і один раз.",
                  "особа без членства в раді", "особа з членством deputy того дня")
VOTE_CONFLICT = code("VOTE-CONFLICT", "Хто заявив про конфлікт інтересів, той не голосує з цього питання.",
                     "conflicts: [{person: shevchuk-o}] і голос «За»", "голос «Не голосував» або quorum_exception: так")
VOTE_NAME = code("VOTE-NAME", "Прізвище в таблиці голосів — те саме, що в реєстрі осіб.",
                 "shevchuk-o,Шевченко Оксана Іванівна", "shevchuk-o,Шевчук Оксана Іванівна")
VOTE_ATTENDANCE = code("VOTE-ATTENDANCE", "Хто голосував, той присутній на засіданні.",
                       "result: За (а в attendance — absent)", "attendance:\n  present: [kosar-artem]")
VOTE_TIME = code("VOTE-TIME", "Голосування відбувається під час засідання.",
                 "starts_at: 2026-11-19 10:00, at: 09:40", "at: 10:40")
VOTE_TABLE = code("VOTE-TABLE", "votes.csv має рівно п’ять стовпців національного формату через кому.",
                  "motionUid;voterId;voterName;motionTitle;result", "motionUid,voterId,voterName,motionTitle,result")
VOTE_MOTION = code("VOTE-MOTION", "Кожен рядок votes.csv належить голосуванню з index.yml.",
                   "motionUid: 2026-11-19-99 (такого uid немає)", "motionUid: 2026-11-19-2")
QUORUM = code("QUORUM", "Рішення ухвалюють, коли є кворум; прийняте без нього так і називають.",
              "12 присутніх із 26 і result: pass", "14 присутніх із 26 — або without_quorum: так, якщо так у протоколі")


class VoteOption(Term):
    """The five words of the national structure (appendix 29, votings)."""

    YES = "yes", "За"
    NO = "no", "Проти"
    ABSTAIN = "abstain", "Утримався"
    NOT_VOTING = "not_voting", "Не голосував"
    ABSENT = "absent", "Відсутній"


FEMALE_WORDS = {VoteOption.ABSTAIN: "Утрималася", VoteOption.NOT_VOTING: "Не голосувала",
                VoteOption.ABSENT: "Відсутня"}
"""Words on pages agree with the voter's gender; the data keeps the national words."""


@frozen
class Vote:
    """One member's vote: a row of the table. There are hundreds of thousands, so that it is no model.

    Its rules look at whole columns; `model_fields` says what the columns are called.
    """

    person: str
    name: str
    option: VoteOption

    model_fields: ClassVar[dict[str, Any]] = {
        "person": Field(title="Особа", description="Ідентифікатор особи."),
        "name": Field(title="Прізвище, ім’я, по батькові", description="Як у протоколі."),
        "option": Field(title="Голос", description="За, Проти, Утримався, Не голосував, Відсутній."),
    }


def majority(base: int) -> int:
    """More than half of the general composition: floor(B/2) + 1 (domain note §6)."""
    return base // 2 + 1


def two_thirds(base: int) -> int:
    """Two thirds of the general composition, rounded up: ceil(2B/3) (domain note §6)."""
    return -(-2 * base // 3)


def quorum(seats: int) -> int:
    """A plenary is quorate when more than half of the deputies are present; the mayor is not counted."""
    return seats // 2 + 1


def needed(requirement: Requirement, base: int, present: int) -> int:
    """How many votes «за» a decision needs: of the general composition `base`, or of those `present`."""
    if requirement is Requirement.PRESENT:
        return majority(present)
    return two_thirds(base) if requirement is Requirement.TWO_THIRDS else majority(base)


# --------------------------------------------------------------------------- rules on one vote

def names_are_secret(event: "VoteEvent") -> Iterator[Problem]:
    """Таємне голосування має лише підсумок."""
    if event.is_secret and event.votes:
        yield Problem("votes", "таємне голосування не може мати імен. Приберіть рядки з votes.csv.", VOTE_SECRET)


def counts_match_votes(event: "VoteEvent") -> Iterator[Problem]:
    """Підсумок дорівнює кількості поіменних голосів."""
    if event.is_secret or event.unread:
        return
    if not event.votes and not event.unnamed:
        yield Problem("counts", "поіменних голосів немає. Додайте рядки до votes.csv або вкажіть is_secret: так.",
                      VOTE_SUM)
        return
    for option in VoteOption:
        count, named = getattr(event.counts, option.value), event.tally(option)
        if count != named:
            yield Problem(f"counts.{option.value}", f"у підсумку {count}, поіменно {named}. "
                          "Виправте counts або votes.csv.", VOTE_SUM)


# --------------------------------------------------------------------------- rules that need the library

def base_of(event: "VoteEvent", library: Library) -> int | None:
    """The general composition votes are counted from: seats and the mayor if he or she takes part, or members."""
    seats = seats_on(library, event.body, event.held_on)
    return seats + event.mayor_counts(library) if seats else None


def holders_of(event: "VoteEvent", library: Library) -> tuple[str, ...]:
    """Persons with a vote in that body on that day."""
    known, asked = library.once(_holders), (event.body, event.held_on, event.mayor_votes)
    if asked not in known:
        known[asked] = voters_on(library, event.body, event.held_on, with_mayor=event.mayor_votes)
    return known[asked]


def _holders(library: Library) -> dict[tuple[str, date, bool], tuple[str, ...]]:
    """What has been found of bodies and days: a day has many votes, and the registers are the same for all."""
    return {}


def base_is_known(event: "VoteEvent", library: Library) -> Iterator[Problem]:
    """A body that votes has a general composition."""
    if not base_of(event, library) and knows_composition(library) and library.find("organization", event.body):
        yield Problem("body", f"не видно загального складу «{event.body}» на {day_words(event.held_on)}. "
                              "Додайте members_total до organizations.yml (для ради — seats до скликання).", VOTE_TOTAL)


def total_is_composition(event: "VoteEvent", library: Library) -> Iterator[Problem]:
    """Five counts of a secret vote make everybody who holds a mandate that day; named votes are counted by name."""
    base, holders = base_of(event, library), len(holders_of(event, library))
    if base and event.is_secret and event.counts.total != holders and knows_composition(library):
        vacant = f", вільних місць {base - holders}" if base > holders else ""
        yield Problem("counts", f"разом {event.counts.total}, а голос того дня мають {holders} "
                                f"(загальний склад {base}{vacant}). Порахуйте й відсутніх.", VOTE_TOTAL)


def result_follows(event: "VoteEvent", library: Library) -> Iterator[Problem]:
    """The result follows from arithmetic: yes of the composition, or of those present."""
    base = base_of(event, library)
    if not base or not knows_composition(library):
        return
    threshold = needed(event.requirement, base, event.present)
    if (event.counts.yes >= threshold) is not (event.result is VoteResult.PASS):
        right = "fail" if event.result is VoteResult.PASS else "pass"
        yield Problem("result", f"за — {event.counts.yes}, потрібно {threshold} ({event.requirement.label}, {base}). "
                                f"Тоді {right}.", VOTE_RESULT)


def members_present(counts: Counts, votes: Iterable[Vote], mayor: str) -> int:
    """How many members were there for a vote; the mayor of the council (empty elsewhere) is no member of it."""
    is_there = mayor and any(vote.person == mayor and vote.option is not VoteOption.ABSENT for vote in votes)
    return counts.total - counts.absent - bool(is_there)


def attendance_of(event: "VoteEvent", library: Library) -> tuple[int, int, int] | None:
    """(members present, quorum, seats) at a vote; None where the composition of the body is not known."""
    seats = seats_on(library, event.body, event.held_on)
    if not seats:
        return None
    mayor = mayor_on(library, event.held_on) if event.mayor_counts(library) else None
    return members_present(event.counts, event.votes, mayor.id if mayor else ""), quorum(seats), seats


def quorum_is_there(event: "VoteEvent", library: Library) -> Iterator[Problem]:
    """A decision is taken when more than half of the body is present; one without that many is called so."""
    found = attendance_of(event, library)
    if not found or event.result is not VoteResult.PASS or not knows_composition(library):
        return
    present, least, seats = found
    if present < least and not event.without_quorum:
        yield Problem("counts", f"присутніх {present}, а для кворуму потрібно {least} із {seats}. Рішення без кворуму "
                                "не ухвалюють. Якщо в протоколі саме так, допишіть without_quorum: так.", QUORUM)
    if present >= least and event.without_quorum:
        yield Problem("without_quorum", f"кворум був: присутніх {present}, а потрібно {least} із {seats}. Вилучіть "
                                        "without_quorum.", QUORUM)


def voters_are_known(event: "VoteEvent", library: Library) -> Iterator[Problem]:
    """Everybody in the table stands in the register of persons."""
    known = library.once(_persons)
    if known.issuperset(vote.person for vote in event.votes):
        return
    for index, vote in enumerate(event.votes):
        if vote.person not in known and not library.is_unread("person", vote.person):
            yield Problem(f"votes.{index}.person", f"«{vote.person}» немає в реєстрі осіб. Перевірте voterId або "
                                                   f"додайте data/people/{vote.person}.yml.", VOTE_VOTER)


def _persons(library: Library) -> frozenset[str]:
    return frozenset(person.id for person in library.of(Person))


def voters_hold_mandates(event: "VoteEvent", library: Library) -> Iterator[Problem]:
    """Everybody who votes holds a mandate in that body that day, and all who hold one are named."""
    if event.is_secret or not event.votes or not knows_composition(library):
        return
    holders, named = set(holders_of(event, library)), {vote.person for vote in event.votes}
    strangers = [(index, vote) for index, vote in enumerate(event.votes) if vote.person not in holders] \
        if named - holders else []
    for index, vote in strangers:
        if library.find("person", vote.person):
            yield Problem(f"votes.{index}.person", f"«{vote.person}» {day_words(event.held_on)} не має голосу в "
                          f"«{event.body}». Перевірте строки в memberships.csv.", VOTE_VOTER)
    missing = sorted(holders - named)
    nameless = event.unnamed.total if event.unnamed else 0
    if len(missing) > nameless and not strangers and not event.unread:
        yield Problem("votes", f"у votes.csv немає голосу: {', '.join(missing)}. Відсутніх теж записують.", VOTE_VOTER)


def conflict_does_not_vote(event: "VoteEvent", library: Library) -> Iterator[Problem]:
    """Whoever declared a conflict of interest does not vote on that question."""
    for index, vote in enumerate(event.votes if event.conflicts else ()):
        if vote.person in event.conflicts and vote.option not in (VoteOption.NOT_VOTING, VoteOption.ABSENT):
            yield Problem(f"votes.{index}.option", f"«{vote.person}» має конфлікт інтересів у цьому питанні, а голос — "
                          f"«{vote.option.label}». Треба «Не голосував» або quorum_exception: так.", VOTE_CONFLICT)


def name_is_the_persons(event: "VoteEvent", library: Library) -> Iterator[Problem]:
    """The name in the table is the name in the register."""
    known = library.once(_names)
    for index, vote in enumerate(event.votes):
        if not vote.name or vote.name == known.get(vote.person):
            continue
        person = library.get(Person, vote.person)
        if person and sort_key(vote.name)[0] not in {sort_key(name)[0] for name in (person.name, person.short)}:
            yield Problem(f"votes.{index}.name", f"«{vote.name}», а в реєстрі — «{person.name}». Перевірте рядок.",
                          VOTE_NAME, Weight.REMARK)


def _names(library: Library) -> dict[str, str]:
    return {person.id: person.name for person in library.of(Person)}


def voters_attend(event: "VoteEvent", library: Library) -> Iterator[Problem]:
    """Whoever was there for a vote stands in the meeting's attendance, and was not away just then; and the reverse."""
    meeting = library.get(Meeting, event.meeting)
    if not meeting or not meeting.attendance:
        return
    item = next(item for item in meeting.items if item.no == event.item_no)
    at = clock(event.held_at) if event.held_at else None
    listed, away = set(meeting.attendance.took_part()), away_at(meeting, item, at)
    holders = set(holders_of(event, library))  # a stranger's vote has its own problem
    for index, vote in enumerate(event.votes):
        is_here = vote.person in listed and vote.person not in away
        if (vote.option is VoteOption.ABSENT) is not is_here or vote.person not in holders:
            continue
        if is_here:
            yield Problem(f"votes.{index}.option", f"голос «Відсутній», а за attendance «{vote.person}» у цей час на "
                          "засіданні. Впишіть час до stays або особу до absent питання.", VOTE_ATTENDANCE,
                          Weight.REMARK)
            continue
        where = "тоді не було в залі" if vote.person in listed else "немає серед присутніх"
        way = "Перевірте stays і absent питання" if vote.person in listed else "Впишіть до present чи remote"
        yield Problem(f"votes.{index}.option", f"голос «{vote.option.label}», а в attendance засідання "
                      f"«{vote.person}» {where}. {way} або виправте голос.", VOTE_ATTENDANCE)


def vote_is_inside_meeting(event: "VoteEvent", library: Library) -> Iterator[Problem]:
    """A vote is taken between the beginning and the end of its meeting."""
    meeting = library.get(Meeting, event.meeting)
    if not meeting or not event.held_at:
        return
    if event.held_at < meeting.starts_at or (meeting.ended_at and event.held_at > meeting.ended_at):
        until = clock(meeting.ended_at) if meeting.ended_at else "…"
        yield Problem("held_at", f"голосування о {clock(event.held_at)} — поза часом засідання "
                                 f"({clock(meeting.starts_at)}–{until}). Виправте at.", VOTE_TIME)


class VoteEvent(Record):
    """Поіменне голосування: read from the meeting's agenda and its `votes.csv`."""

    kind: ClassVar[str] = "vote_event"
    label: ClassVar[str] = "Поіменне голосування"
    place: ClassVar[str] = "content/meetings"
    section: ClassVar[str] = "zasidannia"
    rules = (names_are_secret, counts_match_votes)
    links = (base_is_known, total_is_composition, result_follows, quorum_is_there, voters_are_known,
             voters_hold_mandates, conflict_does_not_vote, name_is_the_persons, voters_attend,
             vote_is_inside_meeting)

    meeting: Annotated[str, To("meeting", "votes")] = Field(title="Засідання", description="Ключ засідання.")
    meeting_title: Line = Field(title="Назва засідання", description="Для заголовків.")
    position: int = Field(title="Черга", description="Яке за ліком на засіданні, від 0.")
    item_no: int = Field(title="Номер питання", description="Номер у порядку денному.")
    item_number: Line = Field("", title="Номер на документі", description="Як надруковано: 12.1.")
    title: Line = Field("", title="Питання", description="Що розглядали; порожньо — назва проєкту.")
    text: Lines = Field("", title="Пропозиція", description="Що поставлено на голосування.")
    draft: Annotated[str, To("draft", "votes")] | None = Field(None, title="Проєкт", description="Ключ проєкту.")
    draft_number: Line = Field("", title="Номер проєкту", description="Якщо самого проєкту на сайті немає.")
    topics: tuple[str, ...] = Field((), title="Теми питання", description="Порожньо — теми проєкту.")
    body: Annotated[str, To("organization", "votes")] = Field(title="Орган", description="Хто голосував.")
    held_on: date = Field(title="Дата", description="День засідання.")
    held_at: Moment | None = Field(None, title="Час", description="Момент голосування.")
    type: MotionType = Field(title="Різновид", description="За основу, в цілому, процедурне…")
    requirement: Requirement = Field(title="Потрібно", description="Яка більшість потрібна.")
    counts: Counts = Field(title="Підсумок", description="П’ять чисел.")
    unnamed: Counts | None = Field(None, title="Голоси без імені", description="Скільки їх і які вони.")
    result: VoteResult = Field(title="Результат", description="Прийнято чи ні.")
    is_secret: Truth = Field(False, title="Таємне", description="Лише підсумок.")
    mayor_votes: Truth = Field(True, title="Голова голосує", description="Чи рахується голова.")
    without_quorum: Truth = Field(False, title="Без кворуму", description="Записано як прийняте без кворуму.")
    votes: Annotated[tuple[Vote, ...], SkipValidation] = Field((), title="Голоси", description="Голос кожного.")
    corrections: tuple[Correction, ...] = Field((), title="Виправлення", description="Що було й чому виправлено.")
    conflicts: tuple[str, ...] = Field((), title="Конфлікт інтересів", description="Хто не може голосувати.")
    is_named: Truth = Field(False, title="Поіменне", description="Чи є голос кожного.")
    unread: int = Field(0, title="Непрочитані рядки", description="Скільки рядків votes.csv мають помилки.")
    public_from: Moment | None = Field(None, title="Видно від", description="Коли оприлюднено засідання.")

    @property
    def day(self) -> date:
        return self.held_on

    @cached_property
    def key(self) -> str:
        return self.id

    @cached_property
    def url(self) -> str:
        return f"/{self.section}/{self.meeting}/{self.id}/"

    def tally(self, option: VoteOption) -> int:
        """How many votes are this option, one by one: those with a name and those whose name the source hides."""
        nameless = getattr(self.unnamed, option.value) if self.unnamed else 0
        return [vote.option for vote in self.votes].count(option) + int(nameless)

    @property
    def number(self) -> str:
        """The number of the agenda item as it is printed."""
        return self.item_number or str(self.item_no)

    @property
    def present(self) -> int:
        """How many voters were there, whatever they did."""
        return self.counts.total - self.counts.absent

    def mayor_counts(self, library: Library) -> bool:
        """True in the council when there is a mayor who takes part: the base is one more than the seats (§6)."""
        council = council_of(library)
        is_council = council is not None and self.body == council.council_id
        return self.mayor_votes and is_council and mayor_on(library, self.held_on) is not None

    def subject(self, library: Library) -> str:
        """The question: its own title, else the draft's."""
        draft = library.find("draft", self.draft) if self.draft else None
        return self.title or (draft.heading if draft else f"Питання {self.number}")

    def topics_of(self, library: Library) -> tuple[str, ...]:
        """The topics of the question: its own, else the draft's."""
        draft = library.find("draft", self.draft) if self.draft and not self.topics else None
        return draft.topics if isinstance(draft, Document) else self.topics

    def is_public(self, now: datetime) -> bool:
        """As public as its meeting."""
        return self.public_from is None or self.public_from <= now

    def card(self, library: Any) -> Card:
        return Card(self.kind, self.key, self.subject(library), self.url, self.held_at or self.held_on, self.type.value,
                    self.result, note=f"за {self.counts.yes}, проти {self.counts.no}, "
                                      f"утрималися {self.counts.abstain}{', без кворуму' * self.without_quorum}",
                    number=self.number)
