"""The revisions of a document on the published branch: what each commit made of its files, numbered from 1.

What was committed before the document was first public is part of revision 1. One owner: history pages, the log and
the auditor's checks all count revisions here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from plugins.records import Document, Library


@dataclass(frozen=True, slots=True)
class Step:
    """A revision. `kind`: publish, amend, move, withdraw, restore (the kinds of leaves, `proof.leaves.KINDS`).

    `at`: the committer's time (Kyiv), None where it is not believed. `path`: the source from the top of the site
    («content/drafts/2026/5-p.yml»), `blob` git's name of its content; `files`: (name beside the source, blob), sorted,
    of a document that is a folder; `changed`: which of them this commit changed, "" for the source.
    `who`: the committer's address; `trailers`: `Change`, `Reason`, `Session` of the commit's message, sorted by name.
    """

    n: int
    kind: str
    commit: str
    at: datetime | None
    path: str
    blob: str
    files: tuple[tuple[str, str], ...] = ()
    changed: tuple[str, ...] = ()
    who: str = ""
    trailers: tuple[tuple[str, str], ...] = ()


def steps_of(document: Document, library: Library) -> tuple[Step, ...]:
    """All revisions of a document, oldest first; none where git does not know it or its history proves nothing."""
    raise NotImplementedError
