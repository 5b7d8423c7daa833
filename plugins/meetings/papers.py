"""The printed documents of a meeting: which there are, what the page says of them, how they become files."""

from __future__ import annotations

from collections.abc import Iterator

from plugins.documents.model import printed
from plugins.records import Library, OutputFile, Record
from plugins.records.components import File

from .agenda_form import agenda_form
from .form import agenda_file, minutes_file, voting_file
from .minutes_form import minutes_form
from .model import Meeting, MeetingStatus, MinutesStatus

ACCESSIBLE = "PDF, доступний"


def papers(meeting: Meeting, library: Library) -> tuple[File, ...]:
    """The documents for the list of files; that of the votes is made by their room."""
    is_held, minutes = meeting.status is MeetingStatus.HELD, meeting.minutes
    is_draft = minutes is not None and minutes.status is MinutesStatus.DRAFT
    found = (("Порядок денний" if is_held else "Проєкт порядку денного", agenda_file(meeting, library)),
             ("Проєкт протоколу" if is_draft else "Протокол", minutes_file(meeting, library)),
             ("Результати поіменного голосування", voting_file(meeting, library)))
    return tuple(File("PDF", title, url, ACCESSIBLE) for title, url in found if url)


def files(record: Record, library: Library) -> Iterator[OutputFile]:
    """The agenda and the minutes beside the page of a meeting."""
    if not isinstance(record, Meeting):
        return
    if path := agenda_file(record, library):
        yield printed(path.lstrip("/"), agenda_form(record, library))
    if path := minutes_file(record, library):
        yield printed(path.lstrip("/"), minutes_form(record, library))
