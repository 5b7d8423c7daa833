"""Making a history anew in which some files hold a marker in place of their text, and all else is as it was.

Objects are written as bytes: author, committer, moments, messages, modes and names stay exactly what they were. What
has to go: signatures (they were of the old bytes) and further parents of merges (side branches hold what is erased).
The old repository is only read.
"""

from __future__ import annotations

import subprocess
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from ..chain import Objects, commits_of, tree_of_commit, write_tree
from ..repository import NotReadable, command, environment, name_of

FALLEN = (b"gpgsig", b"gpgsig-sha256", b"mergetag")
"""Headers of a commit that say something of the old bytes."""
BRANCH = "main"
Changed = Callable[[int, str], Mapping[str, bytes]]
"""(place of a commit on the branch, its tree) → files that hold something else in the new history, by path."""


@dataclass(frozen=True)
class History:
    """A branch, oldest commit first: (id, content of the commit object)."""

    folder: Path
    commits: tuple[tuple[str, bytes], ...]

    def place_of(self) -> dict[str, int]:
        return {name: place for place, (name, _) in enumerate(self.commits)}


def read_history(folder: Path, tip: str = "HEAD") -> History:
    """Errors: `NotReadable`."""
    return History(folder, tuple(commits_of(folder, tip)))


def rewrite(history: History, first: int, changed: Changed, output: Path) -> dict[str, str]:
    """Make the history anew from a place on and clone it, with nothing of the old one, into `output`; old id → new id.

    `output` must not be there yet.
    """
    made: dict[str, str] = {}
    with TemporaryDirectory(prefix="erasure-", ignore_cleanup_errors=True) as place:
        store = Path(place, "store")
        digits = len(history.commits[0][0])
        _git(Path(place), "init", "-q", "--bare", f"--object-format={'sha1' if digits == 40 else 'sha256'}", "-b",
             BRANCH, "store")
        old = _asked(history.folder, "rev-parse", "--path-format=absolute", "--git-path", "objects")
        (store / "objects/info/alternates").write_text(f"{old}\n", encoding="utf-8")
        with Objects(history.folder) as objects:
            trees = _Trees(objects, store, digits)
            before = history.commits[first - 1][0] if first else ""
            for number in range(first, len(history.commits)):
                name, content = history.commits[number]
                tree = tree_of_commit(content)
                new_tree = trees.with_files(tree, changed(number, tree))
                before = made[name] = trees.put("commit", remade(content, new_tree, before))
        _git(store, "update-ref", f"refs/heads/{BRANCH}", before)
        _git(Path(place), "-c", "protocol.file.allow=always", "clone", "-q", "--no-local", "--single-branch",
             "--no-tags", f"file://{store}", str(output), protocols="file")
        _git(output, "remote", "remove", "origin")
    return made


def remade(content: bytes, tree: str, parent: str) -> bytes:
    """A commit with another tree and at most one parent, without signatures; every other byte is as it was."""
    head, gap, message = content.partition(b"\n\n")
    lines: list[bytes] = []
    skips = False
    for line in head.split(b"\n"):
        if line.startswith(b" "):
            if not skips:
                lines.append(line)
            continue
        name = line.partition(b" ")[0]
        skips = name in FALLEN or name == b"parent"
        if name == b"tree":
            lines += [b"tree " + tree.encode(), *([b"parent " + parent.encode()] if parent else [])]
        elif not skips:
            lines.append(line)
    return b"\n".join(lines) + gap + message


def holds(folder: Path, names: Sequence[str]) -> tuple[str, ...]:
    """Which of these objects a repository has at all, reachable or not."""
    done = subprocess.run([*command(folder), "cat-file", "--batch-check"], input="".join(f"{one}\n" for one in names)
                          .encode(), capture_output=True, check=True, env=environment())
    lines = done.stdout.decode("utf-8", "replace").splitlines()
    return tuple(name for name, line in zip(names, lines, strict=True) if not line.endswith(" missing"))


def where_words_stand(folder: Path, words: Sequence[str]) -> tuple[str, ...]:
    """`kind name` of each object in a repository that has one of these words, in whatever case."""
    wanted = [one.casefold() for one in words if one]
    if not wanted:
        return ()
    listed = _asked(folder, "cat-file", "--batch-all-objects", "--batch-check=%(objecttype) %(objectname)")
    found = []
    with Objects(folder) as objects:
        for line in listed.splitlines():
            kind, _, name = line.partition(" ")
            text = objects.read(name, kind).decode("utf-8", "replace").casefold()
            if any(word in text for word in wanted):
                found.append(line)
    return tuple(found)


class _Trees:
    """Writes trees in which some files are others, each tree once."""

    def __init__(self, objects: Objects, store: Path, digits: int) -> None:
        self.objects, self.store, self.digits = objects, store, digits
        self.known: dict[tuple[str, tuple[tuple[str, bytes], ...]], str] = {}

    def with_files(self, tree: str, files: Mapping[str, bytes]) -> str:
        """The name of the tree with these files; each must be there already."""
        if not files:
            return tree
        key = tree, tuple(sorted(files.items()))
        if key not in self.known:
            self.known[key] = self._changed(tree, files)
        return self.known[key]

    def put(self, kind: str, content: bytes) -> str:
        """Write an object; its name."""
        name = name_of(kind, content, self.digits)
        file = self.store / "objects" / name[:2] / name[2:]
        if not file.exists():
            file.parent.mkdir(exist_ok=True)
            file.write_bytes(zlib.compress(f"{kind} {len(content)}\0".encode() + content))
        return name

    def _changed(self, tree: str, files: Mapping[str, bytes]) -> str:
        below: dict[bytes, dict[str, bytes]] = {}
        for path, content in files.items():
            name, _, rest = path.partition("/")
            below.setdefault(name.encode("utf-8", "surrogateescape"), {})[rest] = content
        entries = self.objects.tree(tree)
        if below.keys() - {one.name for one in entries}:
            raise NotReadable(", ".join(files))
        return self.put("tree", write_tree(tuple(
            replace(one, id=self._entry(one.id, below[one.name])) if one.name in below else one for one in entries)))

    def _entry(self, name: str, files: Mapping[str, bytes]) -> str:
        return self.put("blob", files[""]) if "" in files else self.with_files(name, files)


def _git(folder: Path, *arguments: str, protocols: str = "none") -> None:
    done = subprocess.run([*command(folder), *arguments], capture_output=True, check=False,
                          env=environment(protocols) | {"GIT_TEMPLATE_DIR": ""})
    if done.returncode:
        raise NotReadable(done.stderr.decode("utf-8", "replace").strip()[:200])


def _asked(folder: Path, *arguments: str) -> str:
    done = subprocess.run([*command(folder), *arguments], capture_output=True, check=False, env=environment())
    if done.returncode:
        raise NotReadable(done.stderr.decode("utf-8", "replace").strip()[:200])
    return done.stdout.decode("utf-8", "surrogateescape").strip()
