"""Звірка: agenda = minutes = votes = acts. What of a meeting's record is there, what is missing, in plain words."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from datetime import datetime

from plugins.acts.model import Act, DraftAct
from plugins.records import Axis, Card, Library, Seen, View, frozen, plain
from plugins.ukrainian import in_kyiv

from .model import DELIBERATIVE, AgendaItem, ItemResult, Meeting, MeetingStatus, MeetingType, MinutesStatus, MotionType

NO_NUMBER = "—"
"""The label of an item that has no number."""
MOST = 0.7
"""Which part of an item's words a paragraph of the minutes holds where it is about that item."""
BLOCK_ENDS = re.compile(r"</(?:p|li|h[1-6]|td|th|blockquote)>")
WORD = re.compile(r"[\w’]{4,}")
DECIDING = (MotionType.WHOLE, MotionType.FINAL)
NOTICE, PROPOSED, ADOPTED, ATTENDANCE, VOTES, ACTS, TEXTS, MINUTES, RECORDING = (
    "notice", "proposed", "adopted", "attendance", "votes", "acts", "texts", "minutes", "recording")
TITLES = {
    NOTICE: "Повідомлення", PROPOSED: "Проєкт порядку денного", ADOPTED: "Затверджений порядок денний",
    ATTENDANCE: "Присутність", VOTES: "Голосування", ACTS: "Рішення", TEXTS: "Тексти", MINUTES: "Протокол",
    RECORDING: "Відеозапис",
}
"""What a meeting's record consists of, in the order in which it comes to be."""
THERE, MISSING, NOT_YET, NOT_DUE = "there", "missing", "not_yet", "not_due"


@frozen
class Check:
    """A part of the record: `state` is there, missing, not_yet (its time has not come) or not_due; in words."""

    part: str
    state: str
    note: str = ""

    @property
    def title(self) -> str:
        """What the part is called."""
        return TITLES[self.part]


def completeness(meeting: Meeting, library: Library) -> tuple[Check, ...]:
    """Each part of a meeting's record, or nothing for a meeting that did not take place."""
    if meeting.status in (MeetingStatus.CANCELLED, MeetingStatus.MOVED) or meeting.withdrawn:
        return ()
    return tuple(_checks(meeting, library))


def _checks(meeting: Meeting, library: Library) -> Iterator[Check]:
    is_held, decides = meeting.status is MeetingStatus.HELD, meeting.type in DELIBERATIVE
    yield _check(NOTICE, meeting.notice is not None, is_due=decides or meeting.type is MeetingType.HEARING)
    yield _check(PROPOSED, meeting.agenda_published_at is not None, is_due=decides)
    yield _check(ADOPTED, bool(meeting.agenda_vote or meeting.agenda_adopted_at), is_held,
                 is_due=meeting.type is MeetingType.PLENARY)
    yield _check(ATTENDANCE, meeting.attendance is not None, is_held, is_due=decides)
    if meeting.items or not decides:
        yield _of_items(VOTES, unvoted(meeting), is_held, decides)
    else:  # nothing to hold the votes against
        yield Check(VOTES, MISSING, "порядку денного немає") if is_held else Check(VOTES, NOT_YET)
    yield _of_items(ACTS, unfinished(meeting, library), is_held, decides and bool(meeting.items))
    yield _of_items(TEXTS, without_text(meeting, library), True, decides and bool(meeting.items))
    yield _minutes(meeting, is_held, library)
    yield _check(RECORDING, meeting.recording is not None, is_held,
                 is_due=meeting.type in (MeetingType.PLENARY, MeetingType.COMMITTEE))


def _check(part: str, is_there: bool, is_time: bool = True, *, is_due: bool = True, note: str = "") -> Check:
    """What nobody has to keep is shown only where it is kept; what follows the meeting is missed after it."""
    if is_there:
        return Check(part, THERE, note)
    return Check(part, NOT_DUE if not is_due else MISSING if is_time else NOT_YET, note)


def _of_items(part: str, missing: Sequence[AgendaItem], is_time: bool, is_due: bool) -> Check:
    """What each question should have; the note names those that lack it."""
    if missing and is_time:
        return Check(part, MISSING, _numbers(missing))
    return Check(part, NOT_DUE if not is_due else THERE if is_time else NOT_YET)


def _numbers(items: Sequence[AgendaItem]) -> str:
    """«питання 3, 12.1»: as they are printed."""
    return f"питання {', '.join(item.number if item.label != NO_NUMBER else str(item.no) for item in items)}"


def _minutes(meeting: Meeting, is_held: bool, library: Library) -> Check:
    minutes = meeting.minutes
    if not minutes or not meeting.html("minutes.text"):
        is_due = meeting.type in DELIBERATIVE or meeting.type is MeetingType.HEARING
        state = NOT_DUE if not (minutes or is_due) else MISSING if is_held else NOT_YET
        return Check(MINUTES, state, "тексту немає" if minutes else "")
    if lost := not_in_minutes(meeting, library):
        return Check(MINUTES, MISSING, f"у тексті немає: {_numbers(lost)}")
    return Check(MINUTES, THERE, "ще не підписано" if minutes.status is MinutesStatus.DRAFT else "")


def unvoted(meeting: Meeting) -> tuple[AgendaItem, ...]:
    """Items without a vote that one should have ended: adopted or not by the editor's word alone, or left unsaid."""
    decided = (ItemResult.ADOPTED, ItemResult.NOT_ADOPTED)
    return tuple(item for item in meeting.items if not item.votes and (
        item.result in decided or (item.result is None and not item.resolution)))


def not_in_minutes(meeting: Meeting, library: Library) -> tuple[AgendaItem, ...]:
    """Items whose words no paragraph of the minutes holds: most of their stems, as minutes may inflect them."""
    parts = [frozenset(stems(plain(part))) for part in BLOCK_ENDS.split(str(meeting.html("minutes.text")))]
    found = []
    for item in meeting.items:
        draft = library.find("draft", item.draft) if item.draft and not item.title else None
        said = stems(item.title or (draft.heading if draft else ""))
        if said and not any(len(said & part) >= MOST * len(said) for part in parts):
            found.append(item)
    return tuple(found)


def stems(text: str) -> set[str]:
    """The beginnings of the longer words of a text: what inflected words have in common."""
    return {word[:5] for word in WORD.findall(text.lower())}


def unfinished(meeting: Meeting, library: Library) -> tuple[AgendaItem, ...]:
    """Items adopted by a deciding vote of a council or its executive, from which no act came."""
    if meeting.type not in (MeetingType.PLENARY, MeetingType.EXECUTIVE):
        return ()
    return tuple(item for item in meeting.items if is_adopted(item) and not acts_of(item, meeting, library))


def is_adopted(item: AgendaItem) -> bool:
    """True if a vote on the whole decided the item: an agenda or another procedural question gives no act."""
    return item.outcome() is ItemResult.ADOPTED and any(motion.type in DECIDING for motion in item.votes)


def without_text(meeting: Meeting, library: Library) -> tuple[AgendaItem, ...]:
    """Items whose draft, or an act that came of them, has neither a text nor a file."""
    return tuple(item for item in meeting.items if any(
        not (document.text or document.files) for document in _documents(item, meeting, library)))


def _documents(item: AgendaItem, meeting: Meeting, library: Library) -> Iterator[DraftAct | Act]:
    if item.draft and (draft := library.get(DraftAct, item.draft)) and not draft.withdrawn:
        yield draft
    for card in acts_of(item, meeting, library):
        if (act := library.get(Act, card.key)) and not act.withdrawn:
            yield act


def acts_of(item: AgendaItem, meeting: Meeting, library: Library) -> tuple[Card, ...]:
    """Acts that came of a question: those that name one of its votes, and those of its draft adopted here."""
    found: dict[str, Card] = {}
    for motion in item.votes:
        if vote := library.find("vote_event", motion.uid):
            found |= {card.key: card for card in library.related(vote, "acts")}
    if item.draft and (draft := library.find("draft", item.draft)):
        here = {card.key for card in library.related(meeting, "acts")}
        found |= {card.key: card for card in library.related(draft, "acts") if card.key in here}
    return tuple(found[key] for key in sorted(found))


def _told(meeting: Meeting, library: Library) -> tuple[str, str]:
    """(the checks as JSON, what the meeting is called)."""
    checks = library.worked_out(completeness, meeting)
    return json.dumps([(check.part, check.state, check.note) for check in checks], ensure_ascii=False), meeting.heading


COMPLETENESS = View(
    "completeness of meetings", Meeting, _told,
    (Axis("", _told), Axis("", lambda meeting, library: (meeting.starts_at.isoformat(), meeting.url))),
    holds=lambda meeting, library: bool(library.worked_out(completeness, meeting)))
"""Meetings that took place or will. The axes hold all that the table of gaps says, so that no meeting is opened."""


@frozen
class Checked:
    """A meeting with the checks of its record."""

    title: str
    url: str
    starts_at: datetime
    checks: tuple[Check, ...]

    @property
    def due(self) -> tuple[Check, ...]:
        """Those that should be there by now."""
        return tuple(check for check in self.checks if check.state in (THERE, MISSING))

    @property
    def missing(self) -> tuple[Check, ...]:
        """Those that are not there."""
        return tuple(check for check in self.checks if check.state == MISSING)


def checked(seen: Seen) -> Checked:
    """What the view keeps of a meeting."""
    (checks, title), (starts_at, url) = (axis or ("", "") for axis in seen.axes)
    return Checked(title, url, in_kyiv(datetime.fromisoformat(starts_at)), tuple(
        Check(part, state, note) for part, state, note in json.loads(checks)))
