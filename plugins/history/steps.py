"""The revisions of a document on the published branch: what each commit made of its files, numbered from 1.

What was committed before the document was first public is part of revision 1. One owner: history pages, the log and
the auditor's checks all count revisions here.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from plugins.records import Document, Library
from plugins.records.shelf import place_of
from plugins.ukrainian import KYIV

from .blobs import LARGEST, blobs_of
from .moves import INDEXES
from .past import EVER, NO_GIT, REWRITTEN, Event, Past
from .shown import first_shown

CONTENT = "content/"


@dataclass(frozen=True, slots=True)
class Step:
    """A revision. `kind`: publish, amend, move, withdraw, restore (the kinds of leaves, `proof.leaves.KINDS`).

    `at`: the committer's time (Kyiv), None where it is not believed. `path`: the source from the top of the site
    («content/drafts/2026/5-p.yml»), `blob` git's name of its content; `files`: (name beside the source, blob), sorted,
    of a document that is a folder; `changed`: which of them this commit changed, "" for the source, also those that
    went. `who`: the committer's address; `trailers`: `Change`, `Reason`, `Session` of the commit's message, sorted.

    Revision 1 is always a publication. Later ones are, in this order: a withdrawal where the head says `withdrawn:`
    (again, where a withdrawn document is changed: its notice says something else); a restoration where it said so and
    does not any more; a move where the path is another and nothing else; else an amendment.
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


def doc_name(document: Document) -> str:
    """How the log names a document: the folder of its kind, then its key («drafts/2026/412-p»)."""
    return f"{document.place.removeprefix(CONTENT)}/{document.key}"


def steps_of(document: Document, library: Library) -> tuple[Step, ...]:
    """All revisions of a document, oldest first; none where git does not know it or its history proves nothing.

    They end with the last commit: what lies in the folder and is not committed yet is no revision.
    """
    past, path = _past_of(document, library)
    if past is None or steps_reason(document, library):
        return ()
    return past.at_hand(("steps", path), lambda: _steps(past, path))


def number_of(document: Document, library: Library, place: int) -> int:
    """The number of the revision in which a commit of the document (`Event.place`) came out; 0 where there is none."""
    past, path = _past_of(document, library)
    if past is None or steps_reason(document, library):
        return 0
    places = past.at_hand(("places", path), lambda: tuple(state.place for state in _states_of(past, path)))
    return max(bisect_left(places, place) - (len(places) - len(steps_of(document, library))), 0) + 1


def step_at(document: Document, library: Library, n: int) -> Step | None:
    """One revision by its number."""
    steps = steps_of(document, library)
    return steps[n - 1] if 0 < n <= len(steps) else None


def steps_reason(document: Document, library: Library) -> str:
    """Why a document has no revisions, in Ukrainian; empty where it has some."""
    past, path = _past_of(document, library)
    if past is None:
        return NO_GIT
    return past.told(f"{CONTENT}{path}").reason or (REWRITTEN if past.is_rewritten(*_folder(path)) else "")


def contents(document: Document, step: Step, library: Library, largest: int = LARGEST) -> dict[str, bytes]:
    """The bytes of a revision: name beside the source → content, "" for the source.

    What is larger than `largest` or cannot be read any more is left out. One process of git answers for all that this
    process of the build asks. Errors: OSError.
    """
    past, _ = _past_of(document, library)
    if past is None:
        return {}
    names = ["", *(name for name, _ in step.files)]
    found = blobs_of(past.content).read_all([step.blob, *(blob for _, blob in step.files)], largest)
    return {name: content for name, content in zip(names, found, strict=True) if content is not None}


def _past_of(document: Document, library: Library) -> tuple[Past | None, str]:
    place = place_of(document)
    return library.past_of(place), place.removeprefix(CONTENT)


@dataclass(frozen=True, slots=True)
class _State:
    """What a document was after a commit (`place`: its number)."""

    place: int
    path: str
    blob: str
    files: dict[str, str]
    is_withdrawn: bool
    heads: tuple[Event, ...]
    """What the commit did to its head, if anything."""


NOTHING = _State(0, "", "", {}, False, ())
"""What a document was before its first commit."""


def _steps(past: Past, path: str) -> tuple[Step, ...]:
    states = _states_of(past, path)
    commits = [past.commit(state.place) for state in states]
    first, _ = first_shown((commit.at, state.heads) for commit, state in zip(commits, states, strict=True))
    found: list[Step] = []
    before, is_withdrawn = NOTHING, False
    for state, commit in [*zip(states, commits, strict=True)][first:]:
        changed = _changed(before, state)
        kind = "publish" if not found else _kind(before, state, changed, is_withdrawn=is_withdrawn)
        is_withdrawn = kind == "withdraw"
        at = datetime.fromtimestamp(commit.at, KYIV) if commit.at else None
        found.append(Step(len(found) + 1, kind, commit.id, at, f"{CONTENT}{state.path}", state.blob,
                          tuple(sorted(state.files.items())), changed, commit.who, commit.trailers))
        before = state
    return tuple(found)


def _states_of(past: Past, path: str) -> list[_State]:
    return list(_states(past, past.events(path, with_gaps=True)))


def _kind(before: _State, after: _State, changed: tuple[str, ...], *, is_withdrawn: bool) -> str:
    if after.is_withdrawn:
        return "withdraw"
    if is_withdrawn:
        return "restore"
    return "move" if after.path != before.path and not changed else "amend"


def _changed(before: _State, after: _State) -> tuple[str, ...]:
    names = {name for name, _ in before.files.items() ^ after.files.items()}
    return tuple(sorted(names | ({""} if before.blob != after.blob else set())))


def _states(past: Past, events: Sequence[Event]) -> Iterator[_State]:
    """What a document was after each commit that changed its head or one of its files."""
    heads = [(place, tuple(same)) for place, same in groupby(events, key=lambda event: event.place)]
    is_withdrawn = False
    for index, (place, same) in enumerate(heads):
        if same[-1].status == "D":
            continue
        until = heads[index + 1][0] if index + 1 < len(heads) else EVER
        last = same[-1]
        is_withdrawn = _is_withdrawn(same, is_withdrawn)
        for at, files in _files(past, last.path, place, until):
            yield _State(at, last.path, last.blob, files, is_withdrawn, same if at == place else ())


def _folder(path: str) -> tuple[str, ...]:
    """The folder that a document is, if it is one."""
    folder, _, name = path.rpartition("/")
    return (folder,) if name in INDEXES else ()


def _is_withdrawn(events: Sequence[Event], before: bool) -> bool:
    for event in events:
        if event.status == "A" or "withdrawn" in event.parts:
            before = bool(event.parts.get("withdrawn"))
    return before


def _files(past: Past, path: str, since: int, until: int) -> Iterator[tuple[int, dict[str, str]]]:
    """The files beside a head, from the commit that made it to the one that changes it again."""
    folder = next(iter(_folder(path)), "")
    if not folder:
        yield since, {}
        return
    head = path.removeprefix(f"{folder}/")
    standing: dict[str, str] = {}
    is_begun = False
    for place, same in groupby(past.beside(folder), key=lambda row: row[0]):
        if place >= until:
            break
        if place > since and not is_begun:
            is_begun = True
            yield since, dict(standing)
        changes = {name: blob for _, name, blob in same if name != head}
        standing = {name: blob for name, blob in (standing | changes).items() if blob}
        if place > since:
            yield place, dict(standing)
    if not is_begun:
        yield since, standing
