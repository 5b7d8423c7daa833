"""Completeness: what the branch did to documents since the log began has to be in the log.

The log began with the batch of its first build: what was committed before that may be older than the log. Each later
change of a file under `content/` belongs to a revision of that very commit, or to a document that was not public yet.
What stands after the last logged commit is not in the log yet, which proves nothing against anybody.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from .builds import newest_build
from .check_log import Known
from .findings import Told, Weight
from .openings import Opened, redacted_of
from .repository import Blobs, Branch, Touch

CONTENT = "content/"
DAY = re.compile(rb"^(?:published_at|date):[ \t]*[\"']?(\d{4}-\d\d-\d\d)", re.M | re.I)


@dataclass
class _Covered:
    """Documents by their paths, and the revisions of each commit."""

    redacted: set[tuple[str, int]]
    at: dict[int, list[Opened]] = field(default_factory=lambda: defaultdict(list))
    born: dict[str, tuple[int, str]] = field(default_factory=dict)
    """Path of a document (of its folder, with a slash) → (place of its first revision there, its name)."""
    former: dict[str, str] = field(default_factory=dict)
    """Name of a revision → the path of the document before it."""
    places: dict[str, list[tuple[int, int]]] = field(default_factory=lambda: defaultdict(list))
    """Name of a document → (place, number) of its revisions."""
    last: dict[str, str] = field(default_factory=dict)
    """Name of a document → the path of its last revision."""

    def add(self, one: Opened, place: int) -> None:
        before = self.places[one.doc]
        self.former[one.name] = self.last.get(one.doc, "")
        self.last[one.doc] = one.opening.path
        self.at[place].append(one)
        before.append((place, one.n))
        for path in filter(None, (one.opening.path, one.folder)):
            self.born.setdefault(path, (place, one.doc))

    def is_redacted(self, doc: str, commit: int) -> bool:
        """Whether between its revisions a document had one at that time that was declared redacted."""
        before = [number for place, number in self.places[doc] if place < commit]
        after = [number for place, number in self.places[doc] if place > commit]
        between = range(max(before, default=0) + 1, min(after, default=0))
        return any((doc, number) in self.redacted for number in between)


def check_coverage(known: Known, branch: Branch, placed: Sequence[tuple[Opened, int]], logged: set[int],
                   blobs: Blobs, told: Told) -> None:
    """Every change of content after the log's start is covered by an entry. `logged`: places of all logged commits."""
    if not placed:
        return
    covered = _Covered(redacted_of(known))
    for one, place in sorted(placed, key=lambda pair: pair[0].index):
        covered.add(one, place)
    start = start_of(known, placed)
    newest = newest_build(known)
    last = max(logged)
    day = str(newest[1]["day"]) if newest else ""
    kinds = {one.doc.split("/")[0] for one, _ in placed}
    others: set[str] = set()
    strangers: dict[str, list[Touch]] = defaultdict(list)
    late: list[Touch] = []
    for touch in _changes(branch, start):
        if touch.path.split("/")[1] not in kinds:
            others.add(touch.path.split("/")[1])
        elif any(_is_of(one, touch, covered) for one in covered.at.get(touch.commit, ())):
            continue
        elif (born := _born(touch.path, covered)) is None:
            strangers[touch.path].append(touch)
        elif touch.commit < born[0] or covered.is_redacted(born[1], touch.commit):
            continue
        elif not touch.blob and touch.path in covered.born:
            continue  # a document's source that was deleted is told as one that vanished
        elif touch.commit > last:
            late.append(touch)
        else:
            told.say("unlogged", touch.path, branch.commits[touch.commit][:12])
    late += _strangers(strangers, branch, blobs, day, logged, last, told)
    if late:
        commits = sorted({touch.commit for touch in late})
        told.say("not-yet-logged", branch.commits[commits[-1]][:12], f"{len(commits)}", Weight.LACKING)
    for kind in sorted(others):
        told.say("not-logged-kinds", f"{CONTENT}{kind}", weight=Weight.NOTE)


def start_of(known: Known, placed: Sequence[tuple[Opened, int]]) -> int:
    """The place after which everything has to be in the log; -1 of one that names no commit."""
    if not placed:
        return -1
    first = next((index for index, leaf in enumerate(known.leaves) if leaf.kind == "build"), 0)
    batch = [place for one, place in placed if one.index < first]
    return max(batch) if batch else min(place for _, place in placed)


def _changes(branch: Branch, start: int) -> Iterator[Touch]:
    """What became another thing, of files that may belong to documents."""
    before: dict[str, str] = {}
    for touch in branch.touches:
        is_new = before.get(touch.path, "") != touch.blob
        before[touch.path] = touch.blob
        name = touch.path.rpartition("/")[2]
        if is_new and touch.commit > start and touch.path.startswith(CONTENT) and touch.path.count("/") > 1 \
                and name != "README.md" and not name.startswith("."):
            yield touch


def _is_of(one: Opened, touch: Touch, covered: _Covered) -> bool:
    """Whether a change is part of a revision: its source, a file beside, what it was called before."""
    path, former = touch.path, covered.former[one.name]
    if path == one.opening.path or path == former:
        return True
    if one.folder and path.startswith(one.folder):
        return not touch.blob or path.removeprefix(one.folder) in one.opening.salts.files
    folder, _, name = former.rpartition("/")
    return not touch.blob and name.startswith("index.") and path.startswith(f"{folder}/")


def _born(path: str, covered: _Covered) -> tuple[int, str] | None:
    """Since when a path, or a folder above it, belongs to a document, and to which."""
    if path in covered.born:
        return covered.born[path]
    folder = path.rpartition("/")[0]
    while folder:
        if f"{folder}/" in covered.born:
            return covered.born[f"{folder}/"]
        folder = folder.rpartition("/")[0]
    return None


def _strangers(strangers: dict[str, list[Touch]], branch: Branch, blobs: Blobs, day: str, logged: set[int],
               last: int, told: Told) -> list[Touch]:
    """Files that no revision knows; returned are those that came after the last logged commit."""
    late: list[Touch] = []
    waiting = [path for path in strangers if _waits(path, branch, blobs, day)]
    folders = tuple(f"{path.rpartition('/')[0]}/" for path in waiting if path.rpartition("/")[2].startswith("index."))
    for path, touches in strangers.items():
        first, end = touches[0], touches[-1]
        if path in waiting or (folders and path.startswith(folders)):
            if path in waiting:
                told.say("waits", path, weight=Weight.NOTE)
        elif first.commit > last:
            late.append(first)
        elif not end.blob and not any(first.commit <= place < end.commit for place in logged):
            told.say("passing", path, branch.commits[first.commit][:12], Weight.NOTE)
        else:
            told.say("unlogged", path, branch.commits[first.commit][:12])
    return late


def _waits(path: str, branch: Branch, blobs: Blobs, day: str) -> bool:
    """Whether a document says that its day had not come when the site was built."""
    blob = branch.blob_at(path, len(branch.commits))
    return bool(blob and day) and day_of(blobs.read(blob)) >= day


def day_of(content: bytes | None) -> str:
    """The day that a document waits for, as it says (`РРРР-ММ-ДД`); "" where it says none."""
    found = DAY.search(content) if content else None
    return found[1].decode() if found else ""
