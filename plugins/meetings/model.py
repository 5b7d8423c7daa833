"""The record of a meeting (Popolo Event, OCD Event), who was at how many of them, whose calendars hold it."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, ClassVar

from pydantic import Field

from plugins.people.model import Organization, Person, council_of, memberships_of, voters_on
from plugins.records import Axis, Card, Document, Library, Line, Lines, Moment, Place, Record, To, Truth, View, Whole
from plugins.ukrainian import day as day_words

from .form import Labelled, MeetingForm, head_of, voting_file, where
from .parts import (
    DELIBERATIVE,
    AgendaItem,
    Attendance,
    Conflict,
    Correction,
    Counts,
    ItemOrigin,
    ItemResult,
    MeetingStatus,
    MeetingType,
    Minutes,
    MinutesStatus,
    Mode,
    Motion,
    MotionType,
    Notice,
    Recording,
    Requirement,
    Stay,
    VoteResult,
)
from .rules import (
    agenda_is_whole,
    agenda_was_voted,
    attendees_are_members,
    body_fits_type,
    convocation_holds,
    corrections_come_later,
    held_has_begun,
    minutes_count_as_votes,
    one_list_each,
    session_has_convocation,
    status_has_reason,
    stays_fit_attendance,
    times_run_forward,
)


class Meeting(Document):
    """Засідання: a folder with `index.yml`, `minutes.md`, `votes.csv`, files."""

    kind: ClassVar[str] = "meeting"
    label: ClassVar[str] = "Засідання"
    place: ClassVar[str] = "content/meetings"
    section: ClassVar[str] = "zasidannia"
    is_provisional: ClassVar[bool] = True
    companions: ClassVar[dict[str, tuple[str, ...]]] = {"minutes.md": ("minutes", "text")}
    rules = (*Document.rules, times_run_forward, status_has_reason, agenda_is_whole, one_list_each,
             session_has_convocation, stays_fit_attendance, agenda_was_voted, corrections_come_later,
             minutes_count_as_votes)
    links = (body_fits_type, convocation_holds, attendees_are_members, held_has_begun)

    title: Line = Field("", title="Назва", description="Порожньо — складається з різновиду, сесії, скликання.")
    type: MeetingType = Field(title="Різновид", description="Яке це засідання.")
    body: Annotated[str, To("organization", "meetings")] = Field(title="Орган", description="Хто засідає.")
    convocation: Whole | None = Field(None, title="Скликання", description="Число: 8.")
    session: Whole | None = Field(None, title="Сесія", description="Число: 37.")
    sitting: Whole | None = Field(None, title="Пленарне засідання №", description="Якщо їх кілька в сесії.")
    number: Whole | None = Field(None, title="Номер засідання", description="Для виконкому й комісій.")
    is_extraordinary: Truth = Field(False, title="Позачергове", description="так або ні.")
    starts_at: Moment = Field(title="Початок", description="Дата й час за Києвом.")
    ended_at: Moment | None = Field(None, title="Кінець", description="Дата й час за Києвом.")
    location: Line = Field("", title="Місце", description="Зала, адреса.")
    mode: Mode = Field(Mode.IN_PERSON, title="Спосіб", description="У залі, дистанційно чи змішано.")
    status: MeetingStatus = Field(title="Стан", description="Чи відбудеться, чи вже відбулося.")
    status_reason: Lines = Field("", title="Причина", description="Чому перенесено чи скасовано.")
    moved_from: Moment | None = Field(None, title="Перенесено з", description="Попередній час.")
    notice: Notice | None = Field(None, title="Повідомлення", description="Коли оголошено.")
    chair: Annotated[str, To("person", "chairs")] | None = Field(None, title="Головує", description="Особа.")
    clerk: Annotated[str, To("person", "")] | None = Field(None, title="Секретар засідання", description="Особа.")
    agenda_published_at: Moment | None = Field(None, title="Порядок денний оприлюднено", description="Дата й час.")
    agenda_adopted_at: Moment | None = Field(
        None, title="Порядок денний затверджено", description="Дата й час, якщо затверджено без окремого голосування.")
    agenda_vote: Line = Field("", title="Голосування за порядок денний", description="uid голосування в цілому.")
    attendance: Attendance | None = Field(None, title="Присутність", description="present, remote, excused, absent.")
    guests: tuple[Line, ...] = Field((), title="Запрошені", description="Хто ще був.")
    items: tuple[AgendaItem, ...] = Field((), title="Порядок денний", description="Питання за порядком.")
    recording: Recording | None = Field(None, title="Відеозапис", description="Адреса й час оприлюднення.")
    minutes: Minutes | None = Field(None, title="Протокол", description="Стан і дати; текст — minutes.md.")

    @property
    def day(self) -> date:
        return self.starts_at.date()

    @property
    def heading(self) -> str:
        """The given title, else one made of session, sitting and convocation."""
        if self.title:
            return self.title
        if self.type is MeetingType.PLENARY and self.session:
            sitting = f", {self.sitting} пленарне засідання" if self.sitting else ""
            kind = " позачергова" if self.is_extraordinary else ""
            return f"{self.session}{kind} сесія {self.convocation} скликання{sitting}"
        number = f" № {self.number}" if self.number else ""
        return f"{self.type.label}{number}"

    def card(self, library: Any) -> Card:
        return Card(self.kind, self.key, f"{self.heading}, {day_words(self.day)}", self.url, self.starts_at,
                    self.type.value, self.status)

    def card_at(self, path: Place, library: Any) -> Card:
        """A relation from inside an agenda item leads to that item."""
        if path[:1] != ("items",) or not isinstance(path[1], int):
            return self.card(library)
        item = self.items[path[1]]
        return Card(self.kind, self.key, f"{self.heading}, питання {item.number}", f"{self.url}#pytannia-{item.no}",
                    self.starts_at, self.type.value, item.outcome() or self.status, number=item.number)


def away_at(meeting: Meeting, item: AgendaItem, at: str | None) -> set[str]:
    """Those of the meeting who were not there at an item: stated for it, or by the hours of their stay.

    A meeting that goes on into the next day has no hours that could be compared: there only the item tells.
    """
    is_one_day = meeting.ended_at is None or meeting.ended_at.date() == meeting.day
    stays = meeting.attendance.stays if meeting.attendance and at and is_one_day else ()
    return {*item.absent, *(stay.person for stay in stays if stay.is_away(at or ""))}


# --------------------------------------------------------------------------- who was where

COUNTED = (MeetingType.PLENARY, MeetingType.EXECUTIVE, MeetingType.COMMITTEE)
"""Meetings whose lists of attendance are counted."""


def _taken_part(meeting: Meeting, library: Library) -> tuple[str, str]:
    return " ".join((meeting.type.value, meeting.day.isoformat(), meeting.body)), " ".join(
        meeting.attendance.took_part() if meeting.attendance else ())


PRESENCES = View("presences", Meeting, lambda meeting, library: meeting.key, (Axis("", _taken_part),), holds=(
    lambda meeting, library: meeting.type in COUNTED and meeting.attendance and meeting.status is MeetingStatus.HELD))
"""Who took part in each meeting: in the axes, so that no meeting is opened to count."""

Presence = tuple[str, int, int, int, int]
"""(type of meeting, convocation or 0, year, attended, should have attended)."""


def attendances(library: Library) -> Mapping[str, tuple[Presence, ...]]:
    """For each person how often they were at meetings of their bodies, by the lists of attendance."""
    council = council_of(library)
    found: dict[str, dict[tuple[str, int, int], list[int]]] = {}
    for seen in library.views(PRESENCES):
        if not seen.mark or not seen.axes[0]:
            continue
        (kind, date_words, body), took_part = seen.axes[0][0].split(" "), set(seen.axes[0][1].split())
        held_on = date.fromisoformat(date_words)
        term = council.convocation_on(held_on) if council else None
        for person in voters_on(library, body, held_on):
            counts = found.setdefault(person, {}).setdefault((kind, term.number if term else 0, held_on.year), [0, 0])
            counts[0] += person in took_part
            counts[1] += 1
    order = [kind.value for kind in COUNTED]
    return {person: tuple((*name, there, due) for name, (there, due) in sorted(
        counts.items(), key=lambda item: (order.index(item[0][0]), item[0]))) for person, counts in found.items()}


# --------------------------------------------------------------------------- whose calendar

def calendar_of(holder: Record) -> str:
    """The address of the calendar of a body or of a member: `/vlada/rada/kalendar.ics`."""
    return f"{holder.url}kalendar.ics"


def has_calendar(holder: Record, library: Library) -> bool:
    """True for a body that met, for a member of one on the day of a meeting."""
    return library.entry(calendar_holders, calendar_of(holder)) is True


def calendar_holders(library: Library) -> dict[str, bool]:
    """Addresses of the calendars of bodies and members that there are."""
    return dict.fromkeys(library.once(meetings_by_calendar), True)


def meetings_by_calendar(library: Library) -> dict[str, tuple[str, ...]]:
    """Address of a calendar → keys of its meetings, from the oldest: those of a body, those that somebody belonged to.

    Membership is that of the day of the meeting.
    """
    bodies: dict[str, list[Meeting]] = defaultdict(list)
    for meeting in reversed(library.newest(Meeting)):
        bodies[meeting.body].append(meeting)
    found: dict[str, tuple[str, ...]] = {}
    for body in library.of(Organization):
        if body.id in bodies:
            found[calendar_of(body)] = tuple(meeting.key for meeting in bodies[body.id])
    for person in library.of(Person):
        own = {meeting.key: meeting for membership in memberships_of(library, person.id)
               for meeting in bodies.get(membership.organization, ()) if membership.holds_on(meeting.day)}
        if own:
            found[calendar_of(person)] = tuple(sorted(own, key=lambda key: (own[key].starts_at, key)))
    return found


__all__ = [
    "COUNTED", "DELIBERATIVE", "PRESENCES", "AgendaItem", "Attendance", "Conflict", "Correction", "Counts",
    "ItemOrigin", "ItemResult", "Labelled", "Meeting", "MeetingForm", "MeetingStatus", "MeetingType", "Minutes",
    "MinutesStatus", "Mode", "Motion", "MotionType", "Notice", "Recording", "Requirement", "Stay", "VoteResult",
    "attendances", "away_at", "calendar_holders", "calendar_of", "has_calendar", "head_of", "meetings_by_calendar",
    "voting_file", "where",
]
