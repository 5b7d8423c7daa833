"""Meetings → pages: the meeting, its minutes, lists by year, type and body, attendance of a person."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from functools import partial
from itertools import groupby
from typing import ClassVar

from markupsafe import Markup

from plugins.documents.model import UNSIGNED
from plugins.people.model import Organization, OrganizationKind, Person, told_apart
from plugins.records import Box, Group, Library, Link, PageModel, Record, frozen
from plugins.records.components import (
    STATES,
    Fact,
    File,
    LinkGroup,
    NotedLink,
    Notice,
    Status,
    Tombstone,
    excerpt,
    files_of,
    join,
    lower_first,
    status_of,
    tombstone_of,
    upper_first,
)
from plugins.records.data_links import calendar_link, data_box
from plugins.records.lists import Axis, ListPage, ListPlan, View, lists
from plugins.ukrainian import (
    NBSP,
    clock,
    clock_range,
    counted,
    day,
    duration,
    moment,
    month_year,
    sort_key,
    typeset,
)

from . import gaps, sessions
from .agenda import QUESTION, AgendaComparison, AgendaRow, agenda_row, comparison
from .attendance import present_of, quorum_words, stay_hours
from .completeness import COMPLETENESS, MISSING, NOT_DUE, THERE, Check, completeness
from .model import (
    Meeting,
    MeetingStatus,
    MeetingType,
    MinutesStatus,
    Mode,
    Stay,
    attendances,
    calendar_of,
    has_calendar,
)
from .papers import papers

LIST = Link("Засідання", "/zasidannia/")
CALENDAR = Link("Календар засідань", "/zasidannia/kalendar/")
NOUN = ("засідання", "засідання", "засідань")
PLURALS = {
    MeetingType.PLENARY: "Пленарні засідання", MeetingType.EXECUTIVE: "Засідання виконавчого комітету",
    MeetingType.COMMITTEE: "Засідання постійних комісій", MeetingType.COORDINATION: "Погоджувальні ради",
    MeetingType.BRIEFING: "Наради", MeetingType.HEARING: "Громадські слухання",
    MeetingType.WORKING_GROUP: "Засідання робочих груп",
}
RELATED = {"news": "Новини", "reports": "Звіти"}


@frozen
class Action:
    """A link that looks like a button."""

    title: str
    url: str
    icon: str


@frozen
class AttendanceBox:
    """Who was there, in a sentence; who was not, by name."""

    summary: str
    absent: tuple[Link, ...]
    stays: tuple[NotedLink, ...]


@frozen
class CheckRow:
    """A part of a meeting's record: what it is, whether it is there, what is missing of it."""

    title: str
    status: Status
    note: str


@frozen(kw_only=True)
class MeetingPage(PageModel):
    """One meeting."""

    template: ClassVar[str] = "meetings/meeting.html"
    page_kind: ClassVar[str] = "sitting"

    status: Status
    kicker: tuple[str | Link, ...]
    facts: tuple[Fact, ...]
    notice: Notice | None
    actions: tuple[Action, ...]
    summary: Markup
    agenda_title: str
    items: tuple[AgendaRow, ...]
    comparison: AgendaComparison | None
    attendance: AttendanceBox | None
    checks: tuple[CheckRow, ...]
    checks_title: str
    clocks: tuple[Fact, ...]
    files: tuple[File, ...]
    files_note: str
    related: tuple[LinkGroup, ...]
    tombstone: Tombstone | None


@frozen(kw_only=True)
class MinutesPage(PageModel):
    """The minutes of a meeting."""

    template: ClassVar[str] = "meetings/minutes.html"
    page_kind: ClassVar[str] = "sitting"

    heading: str
    status: Status
    facts: tuple[Fact, ...]
    text: Markup


@frozen
class MeetingRow:
    """A meeting in a list."""

    starts_at: datetime
    title: str
    url: str
    kind: str
    place: str
    status: Status | None
    links: tuple[Link, ...]


@frozen
class Month:
    """Meetings of one month."""

    title: str
    anchor: str
    meetings: tuple[MeetingRow, ...]


@frozen(kw_only=True)
class MeetingListPage(ListPage):
    """A page of a list of meetings: months, on the first page those ahead before all."""

    template: ClassVar[str] = "meetings/list.html"

    months: tuple[Month, ...]


@frozen
class PersonAttendance:
    """How often somebody was where they had to be."""

    value: str
    text: str


# --------------------------------------------------------------------------- one meeting

def page(meeting: Meeting, library: Library) -> Iterator[PageModel]:
    """The page of a meeting, then its minutes."""
    when = f"{day(meeting.day)}, {clock(meeting.starts_at)}"
    crumbs = (LIST, Link(str(meeting.year), f"{LIST.url}{meeting.year}/"))
    items = tuple(agenda_row(item, meeting, library) for item in meeting.items)
    body = library.get(Organization, meeting.body)
    checks = library.worked_out(completeness, meeting)
    questions = f" {counted(len(items), *QUESTION)} порядку денного." if items else ""
    printed = papers(meeting, library)
    yield MeetingPage(
        url=meeting.url, title=meeting.heading, crumbs=crumbs, menu="meetings", updated_at=meeting.changed_at,
        description=meeting.summary or f"{meeting.heading}, {body.short if body else ''}: {when}.{questions}",
        card=meeting.card(library), search_text=_search_text(meeting, items, body),
        status=status_of(meeting.status) or Status(meeting.status.label, STATES[meeting.status.value]),
        kicker=(meeting.type.label, *sessions.link_of(meeting), *((Link(body.short, body.url),) if body else ())),
        facts=_facts(meeting, library), notice=_notice(meeting), actions=_actions(meeting, library),
        summary=Markup("<p>{}</p>").format(meeting.words("summary")) if meeting.summary else Markup(""),
        agenda_title="Порядок денний і результати" if meeting.status is MeetingStatus.HELD else "Порядок денний",
        items=items, comparison=comparison(meeting, library), attendance=_attendance(meeting, library),
        checks=_checks(checks), checks_title=_checks_title(checks), clocks=_clocks(meeting),
        files=(*printed, *files_of(meeting, library)), files_note=UNSIGNED if printed else "",
        related=_related(meeting, library, items), tombstone=tombstone_of(meeting))
    if text := meeting.html("minutes.text"):
        yield _minutes(meeting, text, (*crumbs, Link(meeting.heading, meeting.url)))


def _search_text(meeting: Meeting, items: Sequence[AgendaRow], body: Organization | None) -> str:
    return ". ".join(filter(None, (meeting.heading, body.title if body else "", meeting.summary,
                                   *(f"{row.title}. {row.note}" for row in items))))


def _minutes(meeting: Meeting, text: Markup, crumbs: tuple[Link, ...]) -> MinutesPage:
    minutes = meeting.minutes
    assert minutes
    number = f" №{NBSP}{minutes.number}" if minutes.number else ""
    facts = [Fact("Засідання", f"{meeting.heading}, {day(meeting.day)}", meeting.url)]
    facts += [Fact("Підписано", day(minutes.signed_on))] if minutes.signed_on else []
    facts += [Fact("Оприлюднено", moment(minutes.published_at))] if minutes.published_at else []
    return MinutesPage(
        url=f"{meeting.url}protokol/", title=f"Протокол{number}: {meeting.heading}", heading=f"Протокол{number}",
        description=f"Протокол{number}: {meeting.heading}, {day(meeting.day)}. {excerpt(text, 90)}"[:200],
        crumbs=crumbs, menu="meetings", updated_at=minutes.published_at or meeting.changed_at, search_text=text,
        status=Status(upper_first(minutes.status.label),
                      "done" if minutes.status is MinutesStatus.APPROVED else "ahead"), facts=tuple(facts), text=text)


def _facts(meeting: Meeting, library: Library) -> tuple[Fact, ...]:
    facts = [_when(meeting)]
    if meeting.location or meeting.mode is not Mode.IN_PERSON:
        facts.append(Fact("Де", upper_first(meeting.location) or "Дистанційно",
                          note=meeting.mode.label if meeting.location and meeting.mode is not Mode.IN_PERSON else ""))
    if present := _present(meeting, library):
        facts.append(present)
    if chair := library.get(Person, meeting.chair) if meeting.chair else None:
        word = ("Головувала" if chair.is_female else "Головував") if meeting.status is MeetingStatus.HELD else "Головує"
        facts.append(Fact(word, f"{chair.given_name} {chair.family_name}", chair.url))
    return tuple(facts)


def _clocks(meeting: Meeting) -> tuple[Fact, ...]:
    """When each part of the meeting's record became public, by its own word."""
    moments = (("Повідомлення", meeting.notice.published_at if meeting.notice else None),
               ("Порядок денний", meeting.agenda_published_at),
               ("Відеозапис", meeting.recording.published_at if meeting.recording else None),
               ("Протокол", meeting.minutes.published_at if meeting.minutes else None))
    return tuple(Fact(label, moment(at)) for label, at in moments if at)


def _when(meeting: Meeting) -> Fact:
    if meeting.ended_at and meeting.ended_at.date() != meeting.day:
        return Fact("Коли", f"{moment(meeting.starts_at)}{NBSP}— {moment(meeting.ended_at)}")
    hours = clock_range(meeting.starts_at, meeting.ended_at) if meeting.ended_at else clock(meeting.starts_at)
    return Fact("Коли", day(meeting.day), note=hours)


def _present(meeting: Meeting, library: Library) -> Fact | None:
    words = quorum_words(meeting, library)
    return Fact("Присутні", words[0], note=words[1]) if words else None


def _notice(meeting: Meeting) -> Notice | None:
    if meeting.status is MeetingStatus.CANCELLED:
        return Notice("danger", "Засідання скасовано", meeting.status_reason)
    if meeting.moved_from or meeting.status is MeetingStatus.MOVED:
        before = f"Мало відбутися {moment(meeting.moved_from)}. " if meeting.moved_from else ""
        return Notice("danger" if meeting.status is MeetingStatus.MOVED else "info", "Засідання перенесено",
                      f"{before}{meeting.status_reason}".strip())
    if meeting.notice and meeting.notice.text and meeting.status is not MeetingStatus.HELD:
        return Notice("info", "Повідомлення про засідання", meeting.notice.text)
    return None


def _actions(meeting: Meeting, library: Library) -> tuple[Action, ...]:
    found: list[Action] = []
    if meeting.recording:
        length = f", {duration(meeting.recording.duration)}" if meeting.recording.duration else ""
        found.append(Action(f"Відеозапис{length}", meeting.recording.url, "play"))
    if meeting.html("minutes.text"):
        found.append(Action("Протокол", f"{meeting.url}protokol/", "document"))
    if is_ahead(meeting, library.now):
        found.append(Action("Додати до календаря", calendar_url(meeting.type), "calendar"))
    return tuple(found)


def _attendance(meeting: Meeting, library: Library) -> AttendanceBox | None:
    lists_of = meeting.attendance
    if not lists_of:
        return None
    counts = present_of(meeting, library)
    took_part = len(lists_of.took_part())
    summary = f"Присутні {counts[0]} із {counts[1]}" if counts else f"Присутні {took_part}"
    if lists_of.remote:
        summary += f", з них дистанційно {len(lists_of.remote)}"
    missing = [person for key in (*lists_of.excused, *lists_of.absent) if (person := library.get(Person, key))]
    missing.sort(key=lambda person: sort_key(person.name))
    return AttendanceBox(f"{summary}.", tuple(Link(told_apart(person, library), person.url) for person in missing),
                         tuple(_stay(stay, library) for stay in lists_of.stays))


def _stay(stay: Stay, library: Library) -> NotedLink:
    person = library.get(Person, stay.person)
    return NotedLink(told_apart(person, library) if person else stay.person, person.url if person else "",
                     stay_hours(stay))


# --------------------------------------------------------------------------- is everything there

STATES_OF_CHECKS = {THERE: Status("є", "done"), MISSING: Status("немає", "stopped")}


def _checks(checks: Sequence[Check]) -> tuple[CheckRow, ...]:
    return tuple(CheckRow(check.title, STATES_OF_CHECKS.get(check.state, Status("ще попереду", "ahead")),
                          typeset(check.note)) for check in checks if check.state != NOT_DUE)


def _checks_title(checks: Sequence[Check]) -> str:
    """«Бракує 2 із 9», «Усе на місці»."""
    due = [check for check in checks if check.state in (THERE, MISSING)]
    missing = sum(check.state == MISSING for check in due)
    return f"Бракує {missing} із {len(due)}" if missing else "Усе на місці"


def _related(meeting: Meeting, library: Library, items: Sequence[AgendaRow]) -> tuple[LinkGroup, ...]:
    groups: list[LinkGroup] = []
    linked = {link.url for row in items for link in row.documents}
    other = tuple(Link(card.title, card.url) for card in library.related(meeting, "acts") if card.url not in linked)
    if other:
        groups.append(LinkGroup("Ухвалені документи", other))
    for relation, title in RELATED.items():
        if cards := library.related(meeting, relation):
            groups.append(LinkGroup(title, tuple(Link(card.title, card.url) for card in cards)))
    before, after = library.entry(neighbours_of_meetings, meeting.key) or (None, None)
    links = tuple(Link(f"{word}: {lower_first(other.heading)}, {day(other.day)}", other.url)
                  for word, other in (("Попереднє", before), ("Наступне", after)) if other)
    if links:
        groups.append(LinkGroup("Сусідні засідання", links))
    return tuple(groups)


def neighbours_of_meetings(library: Library) -> dict[str, tuple[Meeting | None, Meeting | None]]:
    """For each meeting the one before and the one after it, of the same body and type."""
    chains: dict[tuple[str, MeetingType], list[Meeting]] = defaultdict(list)
    for meeting in reversed(library.newest(Meeting)):
        chains[meeting.body, meeting.type].append(meeting)
    found: dict[str, tuple[Meeting | None, Meeting | None]] = {}
    for chain in chains.values():
        for before, meeting, after in zip([None, *chain], chain, [*chain[1:], None], strict=False):
            found[meeting.key] = (before, after)
    return found


# --------------------------------------------------------------------------- lists

def is_ahead(meeting: Meeting, now: datetime) -> bool:
    """True for a meeting still to come on the declared day."""
    return meeting.starts_at >= now and meeting.status not in (MeetingStatus.CANCELLED, MeetingStatus.HELD)


def calendar_url(kind: MeetingType | None = None) -> str:
    """The address of a calendar to subscribe to: of all meetings, of one type."""
    return f"{LIST.url}{kind.value}/kalendar.ics" if kind else f"{LIST.url}kalendar.ics"


def row(meeting: Meeting, library: Library) -> MeetingRow:
    """A meeting in a list."""
    body = library.get(Organization, meeting.body)
    is_named = body and body.type not in (OrganizationKind.COUNCIL, OrganizationKind.EXECUTIVE)
    links = (*((Link("Протокол", f"{meeting.url}protokol/"),) if meeting.html("minutes.text") else ()),
             *((Link("Відеозапис", meeting.recording.url),) if meeting.recording else ()))
    kind = body.short if body and is_named else meeting.type.label
    status = None if meeting.status is MeetingStatus.HELD else status_of(meeting.status)
    return MeetingRow(meeting.starts_at, meeting.heading, meeting.url, kind, upper_first(meeting.location), status,
                      links)


def months_of(rows: Iterable[MeetingRow]) -> tuple[Month, ...]:
    """Rows under the titles of their months, in the order given."""
    groups = groupby(rows, key=lambda row: (row.starts_at.year, row.starts_at.month))
    return tuple(_month(date(year, month, 1), tuple(found)) for (year, month), found in groups)


def _month(first: date, rows: tuple[MeetingRow, ...]) -> Month:
    return Month(month_title(first), f"m-{first:%Y-%m}", rows)


def month_title(first: date) -> str:
    """«Листопад 2026 року»."""
    return upper_first(month_year(first))


def lists_of_meetings(library: Library) -> Iterator[Group]:
    """The whole list (what is ahead first), years, types, bodies."""
    plan = ListPlan(
        url=LIST.url, title=LIST.title, noun=NOUN, menu="meetings", view=MEETINGS,
        description="Пленарні засідання, виконавчий комітет, постійні комісії: порядок денний, результати, записи.",
        data_links=(CALENDAR,))
    more = tuple(link for link, view in ((sessions.SESSIONS, sessions.PLENARIES), (gaps.GAPS, COMPLETENESS))
                 if any(seen.mark for seen in library.views(view)))
    for made in lists(plan, library):
        yield made.then(partial(_list_page, more), more)


def _organ(meeting: Meeting, library: Library) -> tuple[str, str] | None:
    body = library.get(Organization, meeting.body)
    return (f"organ/{body.id}", body.short) if body else None


def _list_page(more: tuple[Link, ...], made: ListPage) -> MeetingListPage:
    """The same page with its meetings under what is ahead (in the whole list) and under months."""
    ahead = {row.url for row, is_ahead in made.rows if is_ahead and made.url == LIST.url}
    here = [row for row, _ in made.rows]
    coming = sorted((item for item in here if item.url in ahead), key=lambda item: (item.starts_at, item.url))
    past = [item for item in here if item.url not in ahead]
    kind = {kind.value: kind for kind in MeetingType}.get(made.url.split("/")[2])
    values = {f.name: getattr(made, f.name) for f in dataclasses.fields(made)}
    values["data_links"] = (CALENDAR, *(more if made.url == LIST.url else ()), Link("iCalendar", calendar_url(kind)))
    ahead_months = tuple(Month(f"Найближчі: {lower_first(month.title)}", f"naiblyzhchi-{month.anchor}", month.meetings)
                         for month in months_of(coming))
    return MeetingListPage(**values, months=(*ahead_months, *months_of(past)))


MEETINGS = View(
    "meetings", Meeting, lambda meeting, library: (row(meeting, library), is_ahead(meeting, library.now)),
    (Axis("Різновид", lambda meeting, library: (meeting.type.value, PLURALS[meeting.type])), Axis("Орган", _organ)))


# --------------------------------------------------------------------------- attendance of a person

def attendance_box(person: Person, library: Library) -> Box | None:
    """«Була на 39 із 41 пленарного засідання й на 22 із 25 засідань комісій»: on the person's page."""
    counts = library.entry(attendances, person.id)
    if not counts:
        return None
    kinds = {kind: (sum(there for name, *_, there, _ in counts if name == kind),
                    sum(due for name, *_, due in counts if name == kind)) for kind, *_ in counts}
    attended, due = sum(there for there, _ in kinds.values()), sum(due for _, due in kinds.values())
    parts = [f"на {there} із {counted(total, *OF_MEETINGS[MeetingType(kind)])}"
             for kind, (there, total) in kinds.items()]
    word = "Була" if person.is_female else "Був"
    return Box("meetings/attendance-box.html", PersonAttendance(
        f"{attended * 100 // due}{NBSP}%", f"{word} {join(parts)}, за списками присутності."))


def calendar_box(holder: Record, library: Library) -> Box | None:
    """The calendar of a body or a member, that of a meeting's type on its page."""
    if isinstance(holder, Meeting):
        return data_box([calendar_link(PLURALS[holder.type], calendar_url(holder.type), library.site_url)])
    return data_box([calendar_link("Календар засідань", calendar_of(holder), library.site_url)]
                    if has_calendar(holder, library) else [])


OF_MEETINGS = {
    MeetingType.PLENARY: ("пленарного засідання", "пленарних засідань", "пленарних засідань"),
    MeetingType.EXECUTIVE: ("засідання виконкому", "засідань виконкому", "засідань виконкому"),
    MeetingType.COMMITTEE: ("засідання комісії", "засідань комісії", "засідань комісії"),
}
"""After «із»: genitive."""
