"""Completeness: what the branch did to documents since the log began has to be in the log.

The log began with the batch of its first build: what was committed before that may be older than the log. Each later
change of a file under `content/` belongs to a revision of that very commit, or to a document that was not public yet:
no build was made of the branch while it stood there, or it waits for its day. What stands after the last logged commit
is not in the log yet, which proves nothing against anybody. At last, each document that the newest build had is known.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from plugins.proof.order import REVISIONS

from ..declared import markers
from ..findings import Told, Weight
from ..repository import LEADS, Blobs, Branch, Touch
from .heads import INDEXES, day_of, documents_of, head_of, is_loose, may_be_public
from .log import Known
from .openings import Opened, redacted_of
from .public import Public


@dataclass
class _Covered:
    """Documents by their paths, and the revisions of each commit."""

    redacted: set[tuple[str, int]]
    count: Mapping[str, int]
    """Name of a document → how many revisions the log has of it."""
    gaps: dict[tuple[str, int], set[int]] = field(default_factory=lambda: defaultdict(set))
    """(document, number of the last revision before) → commits that are taken for its redacted revisions."""
    at: dict[int, list[Opened]] = field(default_factory=lambda: defaultdict(list))
    born: dict[str, tuple[int, str]] = field(default_factory=dict)
    """Path of a document (of its folder, with a slash) → (place of its first revision there, its name)."""
    former: dict[str, str] = field(default_factory=dict)
    """Name of a revision → the path of the document before it."""
    places: dict[str, list[tuple[int, int]]] = field(default_factory=lambda: defaultdict(list))
    """Name of a document → (place, number) of its revisions."""
    last: dict[str, str] = field(default_factory=dict)
    """Name of a document → the path of its last revision."""
    owner: dict[str, str] = field(default_factory=dict)
    """Path → the document that was logged there last."""

    def add(self, one: Opened, place: int) -> bool:
        """False where another document stands at that path."""
        before, path = self.places[one.doc], one.opening.path
        owner = self.owner.setdefault(path, one.doc)
        if owner != one.doc and self.last[owner] == path and not any(
                known.doc == owner and known.opening.path == path for known in self.at[place]):
            return False  # what was renamed has the revisions of its former name once more, and no others there
        self.owner[path] = one.doc
        self.former[one.name] = self.last.get(one.doc, "")
        self.last[one.doc] = path
        self.at[place].append(one)
        before.append((place, one.n))
        for known in filter(None, (path, one.folder)):
            self.born.setdefault(known, (place, one.doc))
        return True

    def is_redacted(self, doc: str, commit: int) -> bool:
        """Whether a change may be that of a revision that was declared redacted: one commit for each, in its place."""
        before = max((number for place, number in self.places[doc] if place < commit), default=0)
        after = min((number for place, number in self.places[doc] if place > commit), default=self.count[doc] + 1)
        gap = self.gaps[doc, before]
        if commit not in gap and len(gap) < sum((doc, number) in self.redacted for number in range(before + 1, after)):
            gap.add(commit)
        return commit in gap


@dataclass(frozen=True)
class Logged:
    """Commits that the log names: place → the moment at which it did last (seconds since 1970), as the log says.

    `builds`: index of an entry → place.
    """

    at: Mapping[int, int]
    builds: Mapping[int, int]


def check_coverage(known: Known, branch: Branch, placed: Sequence[tuple[Opened, int]], logged: Logged,
                   blobs: Blobs, told: Told) -> None:
    """Every change of content after the log's start is covered by an entry."""
    covered = _Covered(redacted_of(known), {
        str(leaf["doc"]): int(leaf["n"]) for leaf in known.leaves if leaf.kind in REVISIONS})
    for one, place in sorted(placed, key=lambda pair: pair[0].index):
        if not covered.add(one, place):
            told.say("two-documents", one.name, one.opening.path)
    if not logged.at:
        return
    start, last = start_of(known, placed), max(logged.at)
    public = Public(branch, blobs, _built(known, placed, logged), markers(known.leaves))
    strangers: dict[str, list[Touch]] = defaultdict(list)
    late: list[Touch] = []
    named = {f"{one.folder}{name}" for one, _ in placed for name in one.opening.salts.files}
    for touch, end in _changes(branch, start, named):
        if any(_is_of(one, touch, covered) for one in covered.at.get(touch.commit, ())):
            continue
        if (born := _born(touch.path, covered)) is None:
            strangers[touch.path].append(touch)
        elif covered.is_redacted(born[1], touch.commit):
            continue
        elif touch.commit < born[0]:
            if touch.blob and public.was_out(touch.path, touch.commit, min(end, born[0])):
                told.say("unlogged", touch.path, branch.commits[touch.commit][:12])
        elif not touch.blob and touch.path in covered.born:
            continue  # a document's source that was deleted is told as one that vanished
        elif touch.commit > last:
            late.append(touch)
        else:
            told.say("unlogged", touch.path, branch.commits[touch.commit][:12])
    late += _strangers(strangers, public, start, last, told)
    if late:
        commits = sorted({touch.commit for touch in late})
        told.say("not-yet-logged", branch.commits[commits[-1]][:12], f"{len(commits)}", Weight.LACKING)
    _unknown(covered, public, strangers, last, told)
    _under_another(covered, public, start, told)


def start_of(known: Known, placed: Sequence[tuple[Opened, int]]) -> int:
    """The place after which everything has to be in the log; -1 of one that names no commit."""
    if not placed:
        return -1
    first = next((index for index, leaf in enumerate(known.leaves) if leaf.kind == "build"), 0)
    batch = [place for one, place in placed if one.index < first]
    return max(batch) if batch else min((place for _, place in placed), default=-1)


def _built(known: Known, placed: Sequence[tuple[Opened, int]], logged: Logged) -> dict[int, int]:
    """The commits that a site was built of → when; of a build that is not known, the last one of its batch."""
    ends: dict[int, int] = {}
    indexes = [index for index, leaf in enumerate(known.leaves) if leaf.kind == "build"]
    for one, place in placed:
        if (build := bisect_left(indexes, one.index)) < len(indexes):
            ends[indexes[build]] = max(place, ends.get(indexes[build], place))
    places = {*{**ends, **logged.builds}.values(), max(logged.at)}
    return {place: logged.at[place] for place in sorted(places)}


def _changes(branch: Branch, start: int, named: Container[str]) -> Iterator[tuple[Touch, int]]:
    """What became another thing, of files that may belong to documents, each with the place where that ended.

    `named`: the files that revisions name, whatever they are called.
    """
    found: dict[str, list[Touch]] = defaultdict(list)
    for touch in branch.touches:
        if may_be_public(touch.path) or touch.path in named:
            before = found[touch.path]
            if (before[-1].blob if before else "") != touch.blob:
                before.append(touch)
    ended = [(one, end) for touches in found.values()
             for one, end in zip(touches, [*(later.commit for later in touches[1:]), len(branch.commits)], strict=False)
             if one.commit > start]
    yield from sorted(ended, key=lambda pair: pair[0].commit)


def _is_of(one: Opened, touch: Touch, covered: _Covered) -> bool:
    """Whether a change is part of a revision: its source, a file beside, what it was called before."""
    path, former = touch.path, covered.former[one.name]
    if path == one.opening.path or (path == former and not touch.blob):
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


def _strangers(strangers: Mapping[str, Sequence[Touch]], public: Public, start: int, last: int,
               told: Told) -> list[Touch]:
    """Files that no revision knows; returned are those that came after the last logged commit."""
    late: list[Touch] = []
    branch, count = public.branch, len(public.branch.commits)
    for path, touches in strangers.items():
        before = branch.blob_at(path, start) if start >= 0 else ""
        lives = [(start, before), *((one.commit, one.blob) for one in touches), (count, "")]
        seen = [(since, blob) for (since, blob), (until, _) in pairwise(lives)
                if blob and (public.saw if until == count else public.saw_a_while)(path, since, until)]
        # whoever refers to a file outside of the documents' folders tells of that; what it becomes later nobody tells
        alone = is_loose(path, lambda one: branch.blob_at(one, last)) and not any(LEADS in blob for _, blob in lives)
        shown = [since for since, blob in seen if not alone or blob != seen[0][1]]
        if shown:
            told.say("unlogged", path, branch.commits[shown[0]][:12])
        elif alone:
            told.say("loose", path, weight=Weight.NOTE)
        elif touches[-1].blob and public.waits(path, count - 1, day_of(public.at[last])):
            if head_of(path, lambda one: branch.blob_at(one, count - 1)) == path:
                told.say("waits", path, weight=Weight.NOTE)
        elif touches[-1].blob or touches[-1].commit > last:
            late.append(touches[-1])
        else:
            told.say("passing", path, branch.commits[touches[0].commit][:12], Weight.NOTE)
    return late


def _unknown(covered: _Covered, public: Public, strangers: Container[str], last: int, told: Told) -> None:
    """Documents of the newest build that no revision knows and no change since the start told of."""
    branch = public.branch
    for path in sorted(documents_of(path for path in branch.paths if branch.blob_at(path, last))):
        if path not in strangers and not _born(path, covered) \
                and not public.waits(path, last, day_of(public.at[last])):
            told.say("unlogged", path, branch.commits[last][:12])


def _under_another(covered: _Covered, public: Public, start: int, told: Told) -> None:
    """Documents that a site lost because an index came into a folder above: all below it is taken for its files."""
    branch, count = public.branch, len(public.branch.commits)
    below: dict[str, str] = {}
    for path in covered.last.values():
        folder, _, name = path.rpartition("/")
        home = folder if name in INDEXES else path
        while home := home.rpartition("/")[0]:
            below.setdefault(home, path)
    for index in (f"{folder}/{name}" for folder in sorted(below) for name in INDEXES):
        for since, until in pairwise([*branch.places_of(index), count]):
            born, doc = covered.born[below[index.rpartition("/")[0]]]
            if branch.blob_at(index, since) and since > start and born < until and any(
                    since <= place < until for place in public.at):
                told.say("hidden", doc, branch.commits[since][:12])
