"""Meetings → calendars to subscribe to: of all meetings, of each type, each body, each member."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from plugins.people.model import Council, Organization, Person
from plugins.records import Axis, Library, OutputFile, Seen, View
from plugins.records.calendars import Entry, host_of, icalendar, vevent

from .model import Meeting, MeetingStatus, MeetingType, calendar_of, meetings_by_calendar
from .pages import LIST, PLURALS, calendar_url

STATUSES = {MeetingStatus.TENTATIVE: "TENTATIVE", MeetingStatus.CANCELLED: "CANCELLED"}
"""Others take place, or took place, at the time given: CONFIRMED."""
NEWEST = 200
"""How many meetings the calendar of a body or a member holds."""


def calendars(site: Any) -> Iterator[OutputFile]:
    """The calendar of all meetings, then one of each type that occurs, each body that meets, each of its members."""
    library: Library = site.library
    seen = library.views(ENTRIES)[::-1]
    if not seen:
        return
    council = library.only(Council)
    yield _file(calendar_url(), f"{LIST.title}: {council.name}", seen, library)
    for kind in MeetingType:
        if chosen := [item for item in seen if _kept(item)[0] == kind.value]:
            yield _file(calendar_url(kind), f"{PLURALS[kind]}: {council.name}", chosen, library)
    by_key = {item.key: item for item in seen}
    titles = {calendar_of(body): body.title for body in library.of(Organization)} | {
        calendar_of(person): person.name for person in library.of(Person)}
    for url, keys in library.once(meetings_by_calendar).items():
        yield _file(url, f"{LIST.title}: {titles[url]}", [by_key[key] for key in keys[-NEWEST:]], library)


def _file(url: str, title: str, seen: Sequence[Seen], library: Library) -> OutputFile:
    whole = library.site_url + url
    return OutputFile(url.lstrip("/"), (title, whole, [item.mark for item in seen]),
                      lambda: icalendar(title, whole, [_kept(item)[1] for item in seen]))


def _kept(item: Seen) -> tuple[str, str]:
    return item.axes[0] or ("", "")


def entry(meeting: Meeting, library: Library) -> Entry:
    """A meeting as an entry of a calendar."""
    site = library.only(Council).site
    titles = [item.title or getattr(library.card("draft", item.draft), "title", "") for item in meeting.items]
    questions = "\n".join(f"{item.number}. {title}" for item, title in zip(meeting.items, titles, strict=True))
    return Entry(
        uid=f"{meeting.key.replace('/', '-')}@{host_of(site)}", sequence=sequence(meeting),
        status="CANCELLED" if meeting.withdrawn else STATUSES.get(meeting.status, "CONFIRMED"),
        stamped_at=stamp(meeting), starts_at=meeting.starts_at, ended_at=meeting.ended_at,
        summary=meeting.heading, location=meeting.location,
        description="\n\n".join(filter(None, (meeting.status_reason, questions))),
        url=f"{library.site_url or site}{meeting.url}", category=meeting.type.label)


def sequence(meeting: Meeting) -> int:
    """How often it was changed since it was called: moved, cancelled, changed after publication, withdrawn."""
    is_moved = meeting.moved_from is not None or meeting.status is MeetingStatus.MOVED
    is_off = (meeting.status is MeetingStatus.CANCELLED) + (meeting.withdrawn is not None)
    return len(meeting.changes) + is_moved + is_off


def stamp(meeting: Meeting) -> datetime:
    """The latest moment at which the record says that it changed; the start if it names none."""
    moments = (meeting.changed_at, meeting.agenda_published_at, meeting.notice.published_at if meeting.notice else None,
               meeting.recording.published_at if meeting.recording else None,
               meeting.withdrawn.at if meeting.withdrawn else None)
    return max((moment for moment in moments if moment), default=meeting.starts_at)


ENTRIES: View = View(
    "calendar of meetings", Meeting, lambda meeting, library: vevent(entry(meeting, library)),
    (Axis("", lambda meeting, library: (meeting.type.value, library.row(ENTRIES, meeting.key))),))
"""Its axis keeps the type of a meeting and its lines, so that none is opened again for a calendar."""
