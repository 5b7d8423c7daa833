"""`verify history`: the repository against the log — every text is the logged one, and every change was logged.

An entry is opened (`openings.py`), its commit found on the branch, its bytes read and held against the commitment; then
the other way round: what the branch did to documents and policies has to be in the log (`coverage.py`,
`policies.py`). After a declared rewrite openings name the new commits; `verify rewrite` says whether anything
else was changed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from plugins.proof.salts import is_committed
from plugins.proof.tiles import Fetch

from ..findings import Finding, Told, Weight
from ..repository import LEADS, Blobs, Branch, are_before, holds_any, is_ancestor
from .builds import Build, built_of
from .coverage import Logged, check_coverage, start_of
from .deployments import check_deployments
from .heads import CONTENT, DOCUMENTS, INDEXES, day_of, is_withdrawn, may_be_public, waits_for
from .hidden_texts import check_hidden_texts
from .log import DAY, Known
from .openings import CHECK, Opened, last_rewrite, open_all, redacted_of
from .policies import check_policies
from .state import Memory

NO_YEAR = 1 << 62


@dataclass(frozen=True)
class History:
    """What the check is given. `log`: the files of the log; `build`: the newest logged one, if it is known."""

    known: Known
    log: Fetch
    salts: Fetch
    branch: Branch
    build: Build | None
    memory: Memory


@dataclass(frozen=True, slots=True)
class Placed:
    """A revision that was found on the branch; `place`: that of its commit."""

    opened: Opened
    place: int


def check_history(history: History) -> list[Finding]:
    """Everything that repository, log and openings say of each other."""
    opened, found, is_whole = open_all(history.known, history.salts)
    told = Told(CHECK)
    _tip(history, told)
    _elsewhere(opened, told)
    with Blobs(history.branch.folder) as blobs:
        placed = _placed(history, opened, blobs, told)
        is_behind = _missing(history, opened, blobs, told)
        if not is_behind:
            _build(history, placed, told)
        _order(placed, told)
        _vanished(history, placed, told)
        pairs, builds = [(one.opened, one.place) for one in placed], _builds(history, told, is_behind=is_behind)
        logged = _logged(history, placed, builds)
        if is_whole:
            check_coverage(history.known, history.branch, pairs, Logged(logged, builds), blobs, told)
        start = start_of(history.known, pairs)
        if placed:
            check_deployments(history.branch, [(one.place, one.opened.leaf.seen) for one in placed], start, blobs, told)
        check_hidden_texts(history.known, history.branch, opened,
                           history.branch.place_of(history.build.commit) if history.build else None, blobs, told)
        check_policies(history.known, history.branch, history.log, history.salts, logged, start, blobs, told,
                       is_behind=is_behind)
    for index in _for_nothing(history.known):
        told.say("rewrite-for-nothing", f"{index}", str(history.known.leaves[index]["basis"]))
    if (index := last_rewrite(history.known)) >= 0:
        told.say("rewritten", f"{index}", str(history.known.leaves[index]["basis"]), Weight.NOTE)
    return [*found, *told.all]


def _for_nothing(known: Known) -> Iterator[int]:
    """Declared rewrites that no redaction comes before: history is rewritten to take something out, and only that."""
    is_named = False
    for index, leaf in enumerate(known.leaves):
        if leaf.kind == "rewrite":
            if not is_named:
                yield index
            is_named = False
        is_named = is_named or leaf.kind == "redact"


def _elsewhere(opened: Sequence[Opened], told: Told) -> None:
    """A revision is of a document, of the folder of its kind, and of the file that the engine takes for its source.

    A document with a head of Pelican's may lie in a folder of no kind.
    """
    kinds = {one.doc.partition("/")[0] for one in opened}
    for one in opened:
        path, kind = one.opening.path, one.doc.partition("/")[0]
        folder = path.removeprefix(CONTENT).partition("/")[0]
        if not (may_be_public(path) and path.endswith(DOCUMENTS)) or folder in kinds - {kind} or (
                one.folder and set(INDEXES) & one.opening.salts.files.keys()):
            told.say("elsewhere", one.name, path)


def _logged(history: History, placed: Sequence[Placed], builds: Mapping[int, int]) -> dict[int, int]:
    """The place of each commit that the log names, of revisions and of builds → the moment at which it did last."""
    named = sorted([*((one.opened.index, one.place) for one in placed), *builds.items()])
    return {place: _moment(history.known.leaves[index].seen) for index, place in named}


def _tip(history: History, told: Told) -> None:
    """The branch goes on from where it was seen last, or a rewrite was declared since."""
    memory, branch = history.memory, history.branch
    if not memory.tip or memory.tip == branch.head or is_ancestor(branch.folder, memory.tip, branch.head):
        return
    since = memory.newest.size if memory.newest else 0
    if last_rewrite(history.known) < since:
        told.say("force-push", memory.tip[:12], branch.head[:12])


def _build(history: History, placed: Sequence[Placed], told: Told) -> None:
    """The site was built of the branch, and of all of it that was logged."""
    if history.build is None:
        return
    place = history.branch.place_of(history.build.commit)
    if place is None:
        told.say("force-push", "build", history.build.commit[:12])
    elif any(one.place > place for one in placed if one.opened.index < history.build.index):
        told.say("build-late", history.build.commit[:12])


def _builds(history: History, told: Told, *, is_behind: bool) -> dict[int, int]:
    """Index → place of the commit of each logged build, each of which has to be on the branch."""
    builds, found = built_of(CHECK, history.known, history.salts)
    told.found += found
    places = {index: history.branch.place_of(commit) for index, commit in builds.items()}
    if history.build:
        builds[history.build.index] = history.build.commit
        places[history.build.index] = history.branch.place_of(history.build.commit)
    for index, place in places.items():
        if place is None and not is_behind and (history.build is None or index != history.build.index):
            told.say("force-push", f"build {index}", builds[index][:12])
    return {index: place for index, place in sorted(places.items()) if place is not None}


def _placed(history: History, opened: Sequence[Opened], blobs: Blobs, told: Told) -> list[Placed]:
    """The revisions whose commit is on the branch and whose bytes are the logged ones; read in the branch's order."""
    branch, placed = history.branch, []
    found = [(place, one) for one in opened if (place := branch.place_of(one.opening.commit)) is not None]
    for place, one in sorted(found, key=lambda pair: (pair[0], pair[1].index)):
        if _is_right(one, place, branch, blobs, told):
            placed.append(Placed(one, place))
    return placed


def _missing(history: History, opened: Sequence[Opened], blobs: Blobs, told: Told) -> bool:
    """Tell of logged commits that the branch has not; true if nothing speaks of a history that was rewritten.

    The copy may only be older than the log: all of them are newer than what is there, nothing else stands in their
    place, and this copy has never had them. Or they were merged from aside, and what they said still stands.
    """
    branch = history.branch
    missing = [one for one in opened if branch.place_of(one.opening.commit) is None]
    if not missing:
        return False
    there = [(one.index, place) for one in opened if (place := branch.place_of(one.opening.commit)) is not None]
    last = max((place for _, place in there), default=-1)
    commits = [one.opening.commit for one in missing]
    is_newest = bool(there) and max(index for index, _ in there) < missing[0].index
    if is_newest and not holds_any(branch.folder, commits) and not any(touch.commit > last for touch in branch.touches):
        told.say("behind", missing[-1].name, f"{len(missing)}", Weight.LACKING)
        return True
    if is_newest and are_before(branch.folder, commits, branch.head) and _still_stand(missing, branch, blobs):
        told.say("aside", missing[-1].name, f"{len(missing)}", Weight.LACKING)
        return True
    for one in missing:
        told.say("force-push", one.name, one.opening.commit[:12])
    return False


def _still_stand(missing: Sequence[Opened], branch: Branch, blobs: Blobs) -> bool:
    """Whether the last of these revisions of each document is what the branch has now."""
    told, now = Told(CHECK), len(branch.commits) - 1
    return all(_is_right(one, now, branch, blobs, told) for one in {one.doc: one for one in missing}.values()) \
        and not told.found


def _is_right(one: Opened, place: int, branch: Branch, blobs: Blobs, told: Told) -> bool:
    names = {"": one.opening.path, **{name: f"{_beside(one)}{name}" for name in one.opening.salts.files}}
    held = {name: branch.blob_at(path, place) for name, path in names.items()}
    if missing := [names[name] for name, blob in held.items() if not blob]:
        told.say("content", one.name, missing[0])
        return False
    if led := [names[name] for name, blob in held.items() if LEADS in blob and not _leads_beside(blob, held, blobs)]:
        told.say("link", one.name, led[0])
        return True
    contents = {name: blobs.read(blob) for name, blob in held.items()}
    if any(content is None for content in contents.values()):
        told.say("incomplete", one.name, one.opening.commit[:12], Weight.LACKING)
        return True  # its opening is of this commit and this path: what follows rests on no more
    if not _is_committed(one, {name: content for name, content in contents.items() if content is not None}):
        told.say("content", one.name, one.opening.path)
        return False
    if one.n > 1 and (content := contents[""]) is not None:
        _says_so(one, content, told)
    return True


def _leads_beside(blob: str, held: Mapping[str, str], blobs: Blobs) -> bool:
    """Whether a link leads to a file of the same revision, so that its entry answers for that too."""
    target = (blobs.read(blob) or b"").decode("utf-8", "replace")
    return bool(target) and LEADS not in held.get(target, LEADS)


def _says_so(one: Opened, content: bytes, told: Told) -> None:
    """A document does what the log says of it: it is withdrawn where it says so, and else stays public."""
    path, next_day = one.opening.path, day_of(_moment(one.leaf.seen) + DAY)
    if is_withdrawn(path, content) != (one.leaf.kind == "withdraw"):
        told.say("kind", one.name, one.leaf.kind)
    if waits_for(path, content, next_day):
        told.say("hidden", one.name, one.opening.commit[:12])


def _moment(seen: str) -> int:
    """A moment in seconds since 1970; of none (told with the log) one that lies in no year."""
    with suppress(ValueError):
        return int(datetime.fromisoformat(seen).timestamp())
    return NO_YEAR


def _beside(one: Opened) -> str:
    return one.opening.path.rpartition("/")[0] + "/"


def _is_committed(one: Opened, contents: dict[str, bytes]) -> bool:
    content, files = contents[""], {name: content for name, content in contents.items() if name}
    return is_committed(one.leaf, one.opening.source(content, files), one.opening.salts)


def _by_document(placed: Iterable[Placed]) -> dict[str, list[Placed]]:
    found: dict[str, list[Placed]] = defaultdict(list)
    for one in sorted(placed, key=lambda one: one.opened.index):
        found[one.opened.doc].append(one)
    return found


def _order(placed: Sequence[Placed], told: Told) -> None:
    """Revisions of a document follow each other on the branch as they do in the log."""
    for revisions in _by_document(placed).values():
        for earlier, later in pairwise(revisions):
            if later.place <= earlier.place:
                told.say("wrong-order", later.opened.name, later.opened.opening.commit[:12])


def _renamed(path: str, place: int, doc: str, placed: Sequence[Placed]) -> str:
    """The document that goes on in the commit in which a file went, and that the log knows by that path too."""
    following = {one.opened.doc for one in placed if one.place == place} - {doc}
    return next((one.opened.doc for one in placed if one.opened.doc in following and one.place < place
                 and one.opened.opening.path == path), "")


def _vanished(history: History, placed: Sequence[Placed], told: Told) -> None:
    """A document stays where it is published: it is withdrawn with a notice, never deleted."""
    branch, redacted = history.branch, redacted_of(history.known)
    for doc, revisions in _by_document(placed).items():
        ends = [*(one.place for one in revisions[1:]), len(branch.commits)]
        for one, end in zip(revisions, ends, strict=True):
            path = one.opened.opening.path
            gone = [place for place in branch.places_of(path) if one.place < place < end
                    and not branch.blob_at(path, place)]
            if not gone or (doc, one.opened.n) in redacted:
                continue
            if new := _renamed(path, gone[0], doc, placed):
                told.say("renamed", doc, new, Weight.NOTE)
                continue
            is_back = end < len(branch.commits) and branch.blob_at(path, end) == branch.blob_at(path, one.place)
            told.say("passing" if is_back else "vanished", doc, branch.commits[gone[0]][:12],
                     Weight.NOTE if is_back else Weight.TAMPERING)
