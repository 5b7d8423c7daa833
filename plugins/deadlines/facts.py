"""Records → facts: when something happened, how that is known, what a record is and has.

A fact is asked for by its name (`Point`) and only when a rule needs it. None means that the record has no such moment
and never will: no rule about it judges the record.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from typing import Any, cast

from plugins.acts.model import Act, ActDocument, ActType, DraftAct, RegulatoryPlan, TrackingReport
from plugins.history.model import Evidence, publication_of, revisions_of
from plugins.meetings.model import Meeting, MeetingStatus, MeetingType
from plugins.people.model import council_of
from plugins.records import Card, Document, Library, Record
from plugins.records.model import ChangeKind
from plugins.ukrainian import kyiv_date
from plugins.votes.model import VoteEvent

from . import effects
from .fact import ABSENT, Ask, Fact, on, published
from .terms import Element, Point, Trait

TEXT = ("title", "text", "annexes")
"""Parts of a draft that are decided on; each annex may have a file of its own."""
EDITORIAL = (ChangeKind.CORRECTION,)
DECIDING = ("plenary", "executive")
NOT_TAKEN_UP = ("cancelled", "removed", "postponed")
HOLDING = (MeetingType.PLENARY, MeetingType.EXECUTIVE, MeetingType.COMMITTEE)


def fact_of(record: Record, point: Point, library: Library) -> Fact | None:
    """A moment in the life of a record."""
    return FACTS[record.kind][point](record, library)


def _document(document: Document, library: Library) -> Fact:
    return published(publication_of(document, library))


# --------------------------------------------------------------------------- drafts

def _changed(draft: DraftAct, library: Library) -> Fact | None:
    """The last change of substance between publication and the last sitting; corrections of errors do not count."""
    final = final_on(draft, library)
    editorial = {kyiv_date(change.at) for change in draft.changes if change.kind in EDITORIAL}
    editorial -= {kyiv_date(change.at) for change in draft.changes if change.kind is ChangeKind.MAJOR}
    annexes = (f"annex-{number}.md" for number in range(1, len(draft.annexes) + 1))
    revisions = [item for item in revisions_of(draft, library, (*TEXT, *annexes))
                 if kyiv_date(item.at) not in editorial and (final is None or kyiv_date(item.at) <= final)]
    if revisions:
        newest = max(revisions, key=lambda item: item.at)
        return Fact(newest.at, newest.evidence)
    stated = [change.at for change in draft.changes if change.kind is ChangeKind.MAJOR
              and (final is None or kyiv_date(change.at) <= final)]
    return Fact(max(stated), Evidence.CLAIM) if stated else None


def considered_on(draft: DraftAct, library: Library) -> date | None:
    """The day of the first sitting that took the draft up for adoption (committees prepare only), held or called.

    Else the day of the act that came of it, else the day that is planned.
    """
    return min(_taken_up(draft, library), default=draft.planned_on)


def final_on(draft: DraftAct, library: Library) -> date | None:
    """The day of the last such sitting: where a draft was taken as a basis first, that of the vote on the whole."""
    return max(_taken_up(draft, library), default=draft.planned_on)


def _taken_up(draft: DraftAct, library: Library) -> list[date]:
    sittings = [_day(card) for card in library.related(draft, "agenda_items")
                if card.type in DECIDING and _code(card) not in NOT_TAKEN_UP]
    return sittings or [_day(card) for card in library.related(draft, "acts")]


def _considered(draft: DraftAct, library: Library) -> Fact:
    day = considered_on(draft, library)
    return on(day) if day else ABSENT


def _final(draft: DraftAct, library: Library) -> Fact:
    day = final_on(draft, library)
    return on(day) if day else ABSENT


def _day(card: Card) -> date:
    assert card.date
    return kyiv_date(card.date) if isinstance(card.date, datetime) else card.date


def _code(card: Card) -> str:
    return str(card.status.value) if card.status else ""


def _opened(draft: DraftAct, library: Library) -> Fact | None:
    if draft.regulatory:
        return on(draft.regulatory.notice_at)
    return on(draft.consultation.opens_on) if draft.consultation else None


def _closed(draft: DraftAct, library: Library) -> Fact | None:
    if draft.regulatory:
        return on(draft.regulatory.comments_until)
    return on(draft.consultation.closes_at) if draft.consultation else None


def draft_traits(draft: DraftAct, library: Library) -> set[Trait]:
    """What a draft is."""
    traits = _traits(draft, library)
    if draft.outcome and not _taken_up(draft, library):
        traits.add(Trait.ENDED_EARLY)
    return traits


def _traits(document: ActDocument, library: Library) -> set[Trait]:
    council = council_of(library)
    traits = {Trait.ORDER if document.type is ActType.ORDER else Trait.DECISION}
    if document.type is ActType.DECISION and council:
        if document.body == council.council_id:
            traits.add(Trait.COUNCIL)
        elif document.body == council.executive_id:
            traits.add(Trait.EXECUTIVE)
    if document.is_normative or document.is_regulatory:
        traits.add(Trait.NORMATIVE)
    if document.is_regulatory:
        traits.add(Trait.REGULATORY)
    return traits


# --------------------------------------------------------------------------- acts

def _decided(act: Act, library: Library) -> Fact:
    """The mayor has signed or stopped a decision, whichever came first (Law on Local Self-Government, art. 59(4))."""
    stopped = act.suspension.at if act.suspension else None
    days = [day for day in (act.signed_on, stopped) if day]
    return on(min(days)) if days else ABSENT


def _suspended(act: Act, library: Library) -> Fact | None:
    return on(act.suspension.at) if act.suspension else None


def _reconsidered(act: Act, library: Library) -> Fact | None:
    if not act.suspension:
        return None
    return on(act.suspension.reconsidered.at) if act.suspension.reconsidered else ABSENT


def _effect_year(act: Act, library: Library) -> Fact:
    year = act.effective_on.year if act.effective_on else act.adopted_on.year + 1
    return on(date(year, 1, 1))


BUDGET = re.compile(r"про\s+(?:затвердження\s+)?(?:(?:місцев|міськ|селищн|сільськ)\w+\s+)?бюджету?\s"
                    r".*\bна\s+(20\d\d)\s+рік", re.IGNORECASE)
"""The title of the budget of a year, not of a change to it, of its draft or of a participatory one."""


def _budget_year(act: Act, library: Library) -> Fact | None:
    found = BUDGET.match(act.title)
    return on(date(int(found[1]), 1, 1)) if found else None


def act_traits(act: Act, library: Library) -> set[Trait]:
    """What an act is."""
    traits = _traits(act, library)
    if Trait.COUNCIL in traits and not act.amends and BUDGET.match(act.title):
        traits.add(Trait.ANNUAL_BUDGET)
    return traits | effects.traits(act)


# --------------------------------------------------------------------------- meetings

def _notice(meeting: Meeting, library: Library) -> Fact:
    if not meeting.notice:
        return ABSENT
    return published(publication_of(meeting, library, "notice", meeting.notice.published_at))


def _agenda(meeting: Meeting, library: Library) -> Fact:
    if not meeting.agenda_published_at and not meeting.items:
        return ABSENT
    return published(publication_of(meeting, library, "items", meeting.agenda_published_at))


def _ended(meeting: Meeting, library: Library) -> Fact | None:
    if not is_held(meeting):
        return None
    return on(meeting.ended_at, "не записано, коли засідання скінчилося")


def is_held(meeting: Meeting) -> bool:
    """True if the editor says that it took place."""
    return meeting.status is MeetingStatus.HELD


def _recording(meeting: Meeting, library: Library) -> Fact:
    if not meeting.recording:
        return ABSENT
    return published(publication_of(meeting, library, "recording", meeting.recording.published_at))


def _kept(meeting: Meeting, library: Library) -> Fact | None:
    return on(meeting.recording.keep_until or date.max) if meeting.recording else None


def _minutes(meeting: Meeting, library: Library) -> Fact:
    if not meeting.minutes:
        return ABSENT
    is_beside = ("minutes", "text") in meeting.source.companions
    part = "minutes.md" if is_beside else "minutes"
    return published(publication_of(meeting, library, part, meeting.minutes.published_at))


def _minutes_signed(meeting: Meeting, library: Library) -> Fact | None:
    if not is_held(meeting):
        return None
    return on(meeting.minutes.signed_on) if meeting.minutes and meeting.minutes.signed_on else ABSENT


def _held(meeting: Meeting, library: Library) -> Fact | None:
    return on(meeting.day) if is_held(meeting) else None


def _next_held(meeting: Meeting, library: Library) -> Fact:
    found = library.entry(next_meetings, meeting.key)
    if found is None:
        return ABSENT
    day, is_next = found
    return on(day) if is_next else on(None, "за нумерацією між цим засіданням і наступним на сайті були інші")


def next_meetings(library: Library) -> dict[str, tuple[date, bool]]:
    """By the key of a meeting the next sitting of the same body and type: its day, and whether the numbers of the two
    (sessions of the council, else numbers of sittings) leave no place for one between them that is not on the site.
    """
    found: dict[str, tuple[date, bool]] = {}
    later: dict[tuple[str, MeetingType], tuple[date, int | None]] = {}
    for meeting in library.newest(Meeting):
        if meeting.type not in HOLDING or meeting.status in (MeetingStatus.CANCELLED, MeetingStatus.TENTATIVE):
            continue
        series, number = (meeting.body, meeting.type), meeting.session or meeting.number
        if series in later:
            day, following = later[series]
            found[meeting.key] = day, number is None or following is None or following - number in (0, 1)
        later[series] = meeting.day, number
    return found


MEETING_TRAITS = {MeetingType.PLENARY: Trait.PLENARY, MeetingType.EXECUTIVE: Trait.EXECUTIVE_MEETING,
                  MeetingType.COMMITTEE: Trait.COMMITTEE}


def meeting_traits(meeting: Meeting, library: Library) -> set[Trait]:
    """What a meeting is."""
    traits = {MEETING_TRAITS[meeting.type]} if meeting.type in MEETING_TRAITS else set()
    if meeting.is_extraordinary:
        traits.add(Trait.EXTRAORDINARY)
    if meeting.status is MeetingStatus.CANCELLED:
        traits.add(Trait.CANCELLED)
    return traits


# --------------------------------------------------------------------------- votes

def _voted(vote: VoteEvent, library: Library) -> Fact:
    return on(vote.held_at or vote.held_on)


def _votes(vote: VoteEvent, library: Library) -> Fact:
    meeting = library.get(Meeting, vote.meeting)
    if meeting is None or not vote.is_named:
        return ABSENT
    return library.worked_out(_table_of_votes, meeting)


def _table_of_votes(meeting: Meeting, library: Library) -> Fact:
    return published(publication_of(meeting, library, "votes.csv"))


def vote_traits(vote: VoteEvent, library: Library) -> set[Trait]:
    """What a vote is."""
    return {Trait.SECRET} if vote.is_secret else set()


FACTS: dict[str, dict[Point, Ask]] = {
    DraftAct.kind: {
        Point.PUBLISHED: _document, Point.CHANGED: _changed, Point.CONSIDERED: _considered, Point.FINAL: _final,
        Point.REMARKS_OPENED: _opened, Point.REMARKS_CLOSED: _closed},
    Act.kind: {
        Point.PUBLISHED: _document, Point.DECIDED: _decided, Point.EFFECT_YEAR: _effect_year,
        Point.SUSPENDED: _suspended, Point.RECONSIDERED: _reconsidered,
        Point.ADOPTED: lambda act, library: on(act.adopted_on),
        Point.SIGNED: lambda act, library: on(act.signed_on) if act.signed_on else ABSENT,
        Point.EFFECTIVE: lambda act, library: on(act.effective_on) if act.effective_on else None,
        Point.BUDGET_YEAR: _budget_year, **effects.OF_ACTS},
    Meeting.kind: {
        Point.NOTICE: _notice, Point.AGENDA: _agenda, Point.ENDED: _ended, Point.HELD: _held,
        Point.NEXT_HELD: _next_held, Point.RECORDING: _recording, Point.RECORDING_KEPT: _kept,
        Point.MINUTES: _minutes, Point.MINUTES_SIGNED: _minutes_signed,
        Point.STARTS: lambda meeting, library: on(meeting.starts_at)},
    VoteEvent.kind: {Point.VOTED: _voted, Point.VOTES: _votes},
    RegulatoryPlan.kind: {
        Point.PUBLISHED: _document, Point.EFFECT_YEAR: lambda plan, library: on(date(plan.for_year, 1, 1)),
        Point.APPROVED: lambda plan, library: on(plan.approved_on) if plan.approved_on else ABSENT},
    TrackingReport.kind: {Point.PUBLISHED: _document, **effects.OF_REPORTS},
}
TRAITS: dict[str, Callable[[Any, Library], set[Trait]]] = {
    DraftAct.kind: draft_traits, Act.kind: act_traits, Meeting.kind: meeting_traits, VoteEvent.kind: vote_traits,
    RegulatoryPlan.kind: lambda plan, library: set(), TrackingReport.kind: effects.report_traits}


def traits_of(record: Record, library: Library) -> set[Trait]:
    """What a record is."""
    return TRAITS[record.kind](record, library)


# --------------------------------------------------------------------------- content

def missing_elements(record: Record, elements: Iterable[Element], library: Library) -> tuple[Element, ...] | None:
    """What a record must have and has not; None if nobody can say."""
    found = [(element, _has(record, element, library)) for element in elements]
    if any(holds is None for _, holds in found):
        return None
    return tuple(element for element, holds in found if not holds)


def evidence_of(record: Record, elements: Iterable[Element], library: Library) -> Evidence | None:
    """What content that is judged rests on, where it is more than what everybody sees."""
    if Element.VOTES_NOTED not in elements:
        return None
    meeting = library.get(Meeting, record.meeting) if isinstance(record, VoteEvent) else None
    return publication_of(meeting, library, "votes.csv").evidence if meeting else None


def _has(record: Any, element: Element, library: Library) -> bool | None:
    if element is Element.VOTES_NOTED:
        return _votes_are_noted(record, library)
    return bool(getattr(record, element.value, None))


def _votes_are_noted(vote: VoteEvent, library: Library) -> bool | None:
    """Each later change of the roll-call results has a public note on the meeting's page, made that day or before."""
    meeting = library.get(Meeting, vote.meeting)
    return library.worked_out(_table_is_noted, meeting) if meeting else None


def _table_is_noted(meeting: Meeting, library: Library) -> bool | None:
    if not publication_of(meeting, library, "votes.csv").is_recorded:
        return None
    noted = {kyiv_date(change.at) for change in meeting.changes}
    return all(kyiv_date(item.at) in noted for item in revisions_of(meeting, library, ("votes.csv",)))


def body_of(record: Record) -> str:
    """The identifier of the body that a record belongs to; empty where it has none (`body` of news is its text)."""
    found = getattr(record, "body", "")
    return found if isinstance(found, str) else ""


def topics_of(record: Record, library: Library) -> Iterable[str]:
    """The topics of a document; of a meeting those of its questions, their own or of their drafts."""
    if isinstance(record, Meeting):
        return {topic for item in record.items for topic in item.topics or _topics_of(item.draft, library)}
    return cast("Sequence[str]", getattr(record, "topics", ()))


def _topics_of(draft: str | None, library: Library) -> Sequence[str]:
    found = library.get(DraftAct, draft) if draft else None
    return found.topics if found else ()
