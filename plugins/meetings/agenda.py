"""The agenda of a meeting: each question with what came of it; what was proposed beside what was adopted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta

from markupsafe import Markup

from plugins.people.model import Person, told_apart
from plugins.records import Library, Link, frozen, set_words
from plugins.records.components import Status, status_of
from plugins.ukrainian import NBSP, counted, moment, typeset

from .attendance import names
from .completeness import acts_of
from .model import AgendaItem, ItemOrigin, Meeting, MeetingStatus, Motion, MotionType, away_at

QUESTION = ("питання", "питання", "питань")


@frozen
class AgendaRow:
    """A question of the agenda with what came of it."""

    number: str
    title: str
    url: str
    anchor: str
    status: Status | None
    facts: tuple[str | Link, ...]
    recording: Link | None
    note: str
    documents: tuple[Link, ...]


@frozen
class ComparedItem:
    """A question in both agendas: what stands in the column of each."""

    number: str
    title: str
    anchor: str
    proposed: str
    adopted: str
    is_changed: bool
    reason: str


@frozen
class AgendaComparison:
    """The agenda that was proposed beside the one that was adopted."""

    lead: str
    vote: Link | None
    rows: tuple[ComparedItem, ...]


def agenda_row(item: AgendaItem, meeting: Meeting, library: Library) -> AgendaRow:
    draft = library.card("draft", item.draft)
    votes = [(motion, f"{meeting.url}{motion.uid}/") for motion in item.votes]
    title = title_of(item, library)
    outcome = item.outcome()
    url = draft.url if draft else votes[-1][1] if votes else ""
    return AgendaRow(
        number=item.number, title=title, url=url, anchor=f"pytannia-{item.no}", status=status_of(outcome),
        facts=_item_facts(item, meeting, votes, library), recording=_moment_of_video(item, meeting),
        note=_item_note(item, meeting, library),
        documents=tuple(link for link in _item_documents(item, meeting, votes, library) if link.url != url))


def _item_facts(item: AgendaItem, meeting: Meeting, votes: Sequence[tuple[Motion, str]],
                library: Library) -> tuple[str | Link, ...]:
    """What the last vote gave, who presents; «без голосування» where nothing was put to the vote."""
    facts: list[str | Link] = []
    if votes:
        facts.append(_counts_words(votes[-1][0]))
    elif meeting.status is MeetingStatus.HELD and item.outcome():
        facts.append("без голосування")
    if name := presenter_of(item, library)[1]:
        facts.append(f"доповідає {name}")
    if item.origin is ItemOrigin.ADDED and not item.origin_reason:
        facts.append(item.origin.label)
    return tuple(facts)


def presenter_of(item: AgendaItem, library: Library) -> tuple[Person | None, str]:
    """(the person of the register, how the page names who presents)."""
    person = library.get(Person, item.presenter) if item.presenter else None
    return person, told_apart(person, library) if person else item.presenter_text


def _counts_words(motion: Motion) -> str:
    counts = motion.counts
    against = f", проти{NBSP}{counts.no}" if counts.no else ""
    return f"за{NBSP}{counts.yes}{against}"


def _moment_of_video(item: AgendaItem, meeting: Meeting) -> Link | None:
    """The recording from this question on (a media fragment: players that know none start at the beginning)."""
    if not item.video or not meeting.recording:
        return None
    seconds = item.video // timedelta(seconds=1)
    hours, rest = divmod(seconds, 3600)
    return Link(f"Відео, {hours}:{rest // 60:02}:{rest % 60:02}", f"{meeting.recording.url}#t={seconds}")


def _item_note(item: AgendaItem, meeting: Meeting, library: Library) -> str:
    place = meeting.items.index(item)
    words = {name: meeting.words("items", place, name) for name in ("origin_reason", "removed_reason", "resolution")}
    parts: list[str] = []
    parts += ["Додано на засіданні.", words["origin_reason"]] if item.origin_reason else []
    parts += ["Знято з порядку денного.", words["removed_reason"]] if item.removed_reason else []
    parts.append(words["resolution"])
    if item.speakers:
        parts.append(f"Виступили: {', '.join(item.speakers)}".rstrip(".") + ".")
    parts += conflict_words(item, library)
    if away := away_names(item, meeting, library):
        parts.append(f"Не було в залі: {', '.join(away)}".rstrip(".") + ".")
    joined = Markup(" ").join(filter(None, parts)) if any(isinstance(part, Markup) for part in parts) else " ".join(
        filter(None, parts))
    return set_words(joined)


def conflict_words(item: AgendaItem, library: Library) -> Iterator[str]:
    """A sentence for each declared conflict of interest."""
    for conflict in item.conflicts:
        person = library.get(Person, conflict.person)
        note = f": {conflict.note}" if conflict.note else ""
        name = told_apart(person, library) if person else conflict.person
        yield f"Про конфлікт інтересів заявлено: {name}{note}".rstrip(".") + "."


def away_names(item: AgendaItem, meeting: Meeting, library: Library) -> list[str]:
    """Short names of those of the meeting who were not there at the (last vote on the) question."""
    return names(away_at(meeting, item, item.votes[-1].at if item.votes else None), library)


def _item_documents(item: AgendaItem, meeting: Meeting, votes: Sequence[tuple[Motion, str]],
                    library: Library) -> tuple[Link, ...]:
    """What the title itself does not lead to: acts, votes."""
    documents = [Link(f"Рішення №{NBSP}{act.number}" if act.number else "Рішення", act.url)
                  for act in acts_of(item, meeting, library)]
    if len(votes) == 1:
        documents.append(Link("Хто як голосував", votes[0][1]))
    elif votes:
        documents += [Link(f"Голосування {_motion_words(motion)}: за{NBSP}{motion.counts.yes}", url)
                      for motion, url in votes]
    return tuple(documents)


def _motion_words(motion: Motion) -> str:
    words = {MotionType.AMENDMENT: "щодо поправки", MotionType.PROCEDURAL: "процедурне"}
    return words.get(motion.type, motion.type.label)


# --------------------------------------------------------------------------- proposed and adopted

def comparison(meeting: Meeting, library: Library) -> AgendaComparison | None:
    """What was published with the notice beside what the body adopted; of a meeting that was held."""
    if meeting.status is not MeetingStatus.HELD or not meeting.items:
        return None
    adopted_at = meeting.agenda_adopted_at
    if not (meeting.agenda_vote or adopted_at or any(map(_is_changed, meeting.items))):
        return None
    proposed = sum(item.origin is ItemOrigin.PLANNED for item in meeting.items)
    added = sum(item.origin is ItemOrigin.ADDED for item in meeting.items)
    removed = sum(item.is_removed for item in meeting.items)
    changes = ", ".join(filter(None, (f"додано {added}" if added else "", f"знято {removed}" if removed else "")))
    said = changes or "затверджено без змін"
    when = f" Затверджено {moment(adopted_at)}." if adopted_at else ""
    vote = f"{meeting.url}{meeting.agenda_vote}/" if meeting.agenda_vote else ""
    return AgendaComparison(
        f"У проєкті {counted(proposed, *QUESTION)}, {said}.{when}",
        Link("Голосування за порядок денний", vote) if vote else None,
        tuple(_compared(item, library) for item in meeting.items) if changes else ())


def _is_changed(item: AgendaItem) -> bool:
    return item.origin is ItemOrigin.ADDED or item.is_removed


def _compared(item: AgendaItem, library: Library) -> ComparedItem:
    is_added = item.origin is ItemOrigin.ADDED
    return ComparedItem(item.number, title_of(item, library), f"pytannia-{item.no}", "немає" if is_added else "є",
                        "знято" if item.is_removed else "додано" if is_added else "є", _is_changed(item),
                        typeset(item.origin_reason if is_added else item.removed_reason))


def title_of(item: AgendaItem, library: Library) -> str:
    """Its own title, else that of its draft."""
    draft = library.card("draft", item.draft)
    return item.title or (draft.title if draft else f"Питання {item.number}")
