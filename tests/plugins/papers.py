"""The sample's records with their texts, and its printed documents: read and made once for the tests of two rooms."""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path
from typing import Any

from plugins.builder.making import late_texts
from plugins.builder.options import BuildOptions
from plugins.documents.model import PrintModel, pdf
from plugins.meetings.agenda_form import AgendaForm, agenda_form
from plugins.meetings.minutes_form import MinutesForm, minutes_form
from plugins.meetings.model import Meeting
from plugins.records import Library, Record
from plugins.votes.list_form import VotingList, voting_list
from tests.conftest import AS_OF, ROOT
from tests.pdf import text_of

SITE = "https://rada.yavoropil.example"
MAKERS: dict[str, Callable[[Meeting, Library], PrintModel]] = {
    "agenda": agenda_form, "minutes": minutes_form, "votes": voting_list}


def library_of(folder: Path) -> Library:
    """The records of `content` and `data` in a folder, their texts rendered when they are asked for."""
    import tasks

    library: Library = tasks.read_records(BuildOptions(folder / "content", folder / "data", folder / "out",
                                                       as_of=AS_OF))
    library.site_url = SITE
    Record.late = late_texts(library)
    return library


@functools.cache
def sample() -> Library:
    """The sample council."""
    return library_of(ROOT)


def meeting(key: str, library: Library | None = None) -> Meeting:
    """`pl-2026-11-19` of the sample."""
    found = (library or sample()).get(Meeting, f"2026/{key}")
    assert found, key
    return found


def model(kind: str, key: str) -> Any:
    """A print model of a meeting of the sample: `agenda`, `minutes`, `votes`."""
    library = sample()
    Record.late = late_texts(library)
    return MAKERS[kind](meeting(key), library)


@functools.cache
def paper(kind: str, key: str) -> bytes:
    """The PDF."""
    return pdf(model(kind, key))


@functools.cache
def text(kind: str, key: str) -> str:
    """All words of the PDF (slow: seconds for a long one)."""
    return text_of(paper(kind, key))


__all__ = ["AgendaForm", "MinutesForm", "VotingList", "library_of", "meeting", "model", "paper", "sample",
           "text"]
