"""Meetings → calendars to subscribe to: one of all meetings, one of each type."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from plugins.people.model import Council
from plugins.records import Axis, Library, OutputFile, Seen, View
from plugins.records.calendars import Entry, icalendar

from .model import Meeting, MeetingStatus, MeetingType
from .pages import LIST, PLURALS, calendar_url

STATUSES = {MeetingStatus.TENTATIVE: "TENTATIVE", MeetingStatus.CANCELLED: "CANCELLED"}
"""Others take place, or took place, at the time given: CONFIRMED."""


def calendars(site: Any) -> Iterator[OutputFile]:
    """The calendar of all meetings, then one of each type that occurs."""
    library: Library = site.library
    seen = library.views(ENTRIES)[::-1]
    if not seen:
        return
    council = library.only(Council)
    yield _file(calendar_url(), f"{LIST.title}: {council.name}", seen, library)
    for kind in MeetingType:
        if chosen := [item for item in seen if item.axes[0] == (kind.value, "")]:
            yield _file(calendar_url(kind), f"{PLURALS[kind]}: {council.name}", chosen, library)


def _file(url: str, title: str, seen: Sequence[Seen], library: Library) -> OutputFile:
    return OutputFile(url.lstrip("/"), (title, [item.mark for item in seen]),
                      lambda: icalendar(title, [library.row(ENTRIES, item.key) for item in seen]))


def entry(meeting: Meeting, library: Library) -> Entry:
    """A meeting as an entry of a calendar."""
    site = library.only(Council).site if not library.site_url else library.site_url
    host = urlsplit(site).hostname or "rada"
    titles = [item.title or getattr(library.card("draft", item.draft), "title", "") for item in meeting.items]
    questions = "\n".join(f"{item.number}. {title}" for item, title in zip(meeting.items, titles, strict=True))
    return Entry(
        uid=f"{meeting.key.replace('/', '-')}@{host}", sequence=sequence(meeting),
        status=STATUSES.get(meeting.status, "CONFIRMED"), stamped_at=stamp(meeting), starts_at=meeting.starts_at,
        ended_at=meeting.ended_at, summary=meeting.heading, location=meeting.location,
        description="\n\n".join(filter(None, (meeting.status_reason, questions))), url=f"{site}{meeting.url}",
        category=meeting.type.label)


def sequence(meeting: Meeting) -> int:
    """How often it was changed since it was called: moved, cancelled, changed after publication."""
    return len(meeting.changes) + bool(meeting.moved_from) + (meeting.status is MeetingStatus.CANCELLED)


def stamp(meeting: Meeting) -> datetime:
    """The latest moment at which the record says that it changed; the start if it names none."""
    moments = (meeting.changed_at, meeting.agenda_published_at, meeting.notice.published_at if meeting.notice else None,
               meeting.recording.published_at if meeting.recording else None)
    return max((moment for moment in moments if moment), default=meeting.starts_at)


ENTRIES = View("calendar of meetings", Meeting, entry, (Axis("", lambda meeting, library: (meeting.type.value, "")),))
