"""Vote events → tables to download, in the national columns: one for each vote, one for each member."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from plugins.people.model import Person
from plugins.records import Library, OutputFile

from .model import VoteEvent
from .pages import national_csv, own_votes, votes_url


def tables(site: Any) -> Iterator[OutputFile]:
    """`votes.csv` beside the page of every named vote and of every member's votes."""
    library: Library = site.library
    for event in library.of(VoteEvent):
        if event.votes:
            yield _file(f"{event.url}votes.csv", national_csv((event,), library))
    for person in library.of(Person):
        if events := own_votes(person.id, library):
            yield _file(f"{votes_url(person)}votes.csv", national_csv(events, library))


def _file(url: str, content: bytes) -> OutputFile:
    return OutputFile(url.lstrip("/"), content, lambda: content)
