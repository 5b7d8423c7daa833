"""The repository of a site as an auditor reads it: the published branch, first parents only, and nothing believed.

Git is asked for facts, never for judgement: no replaced objects, no grafts, no settings that could run a program, no
network. Whoever gave the repository may have prepared it.
"""

from __future__ import annotations

import os
import subprocess
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha1, sha256
from pathlib import Path
from typing import IO

LARGEST = 100_000_000
"""Bytes of one file that are read at most."""
PATIENCE = 600
PARTIAL = r"^(remote\..*\.promisor|extensions\.partialclone)$"
"""Settings of a copy that was made without all contents (`git clone --filter`)."""
FILES = ("100644", "100755")
"""Modes of git."""
LEADS = "→"
"""Stands after the name of what is no file and leads elsewhere: a link, another repository. The same bytes as a file
are another thing."""
SETTINGS = ("core.fsmonitor=false", "core.hooksPath=/dev/null", "log.showSignature=false", "log.showRoot=true",
            "log.follow=false", "log.diffMerges=first-parent", "diff.relative=false", "diff.external=",
            "core.alternateRefsCommand=", "core.quotePath=false",
            "core.commitGraph=false")  # a graph that somebody prepared tells of other parents and changes


class NotReadable(Exception):
    """There is no such repository, or git does not give what it was asked for."""


@dataclass(frozen=True, slots=True)
class Touch:
    """What a commit made of a file: `blob` its content, "" where it is gone, with `LEADS` where that only names another
    place; `commit` by its place on the branch.
    """

    commit: int
    path: str
    blob: str


@dataclass(frozen=True)
class Branch:
    """The published branch. Commits from the oldest; `at` has the time that each claims (seconds since 1970)."""

    folder: Path
    commits: tuple[str, ...]
    at: tuple[int, ...]
    touches: tuple[Touch, ...]

    def __post_init__(self) -> None:
        places = {commit: place for place, commit in enumerate(self.commits)}
        states: dict[str, tuple[list[int], list[str]]] = {}
        for touch in self.touches:
            commits, blobs = states.setdefault(touch.path, ([], []))
            commits.append(touch.commit)
            blobs.append(touch.blob)
        object.__setattr__(self, "_places", places)
        object.__setattr__(self, "_states", states)

    _places: dict[str, int] = None  # type: ignore[assignment]
    _states: dict[str, tuple[list[int], list[str]]] = None  # type: ignore[assignment]

    @property
    def head(self) -> str:
        return self.commits[-1] if self.commits else ""

    @property
    def paths(self) -> Iterable[str]:
        """All paths that ever were."""
        return self._states.keys()

    def place_of(self, commit: str) -> int | None:
        """Where a commit stands on the branch; None if it does not."""
        return self._places.get(commit)

    def blob_at(self, path: str, place: int) -> str:
        """Git's name of what a file held as of a commit; "" if it was not there."""
        commits, blobs = self._states.get(path, ([], []))
        found = bisect_right(commits, place)
        return blobs[found - 1] if found else ""

    def places_of(self, path: str) -> Sequence[int]:
        """The commits that changed a file."""
        return self._states.get(path, ([], []))[0]

    def blobs_of(self, path: str) -> Iterable[str]:
        """Everything that ever stood there."""
        return dict.fromkeys(blob for blob in self._states.get(path, ([], []))[1] if blob)


def read_branch(folder: Path, folders: tuple[str, ...], revision: str = "HEAD") -> Branch:
    """The branch and what its commits did to these folders. Errors: `NotReadable`."""
    prefix = _lines(folder, "rev-parse", "--show-prefix")[0]
    commits, times = [], []
    for line in _lines(folder, "log", "--first-parent", "--reverse", "--format=%H %ct", revision, "--"):
        commit, _, at = line.partition(" ")
        commits.append(commit)
        times.append(int(at))
    places = {commit: place for place, commit in enumerate(commits)}
    return Branch(folder, tuple(commits), tuple(times),
                  tuple(_touches(folder, prefix, folders, commits[-1] if commits else revision, places)))


def flaws_of(folder: Path) -> tuple[bool, str]:
    """(whether the copy lacks commits or contents, by what means its past is replaced: "" where it is not).

    Errors: `NotReadable`.
    """
    is_shallow, place = _lines(folder, "rev-parse", "--is-shallow-repository", "--git-common-dir")[:2]
    is_partial = _run(folder, "config", "--local", "--get-regexp", PARTIAL).returncode == 0
    is_incomplete = is_shallow == "true" or is_partial
    grafts = folder / place / "info" / "grafts"
    if grafts.is_file() and grafts.stat().st_size:
        return is_incomplete, "grafts"
    replaced = _lines(folder, "for-each-ref", "--count=1", "--format=%(refname)", "refs/replace/")
    return is_incomplete, replaced[0] if replaced and replaced[0] else ""


def resolve(folder: Path, name: str) -> str:
    """The full id of a commit. Errors: `NotReadable` where there is none."""
    if name.startswith("-"):
        raise NotReadable(name)
    try:
        return _lines(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")[0]
    except NotReadable:
        raise NotReadable(f"--commit {name}") from None


def is_ancestor(folder: Path, old: str, new: str) -> bool:
    """Whether one commit comes before another; False too where it is not there any more."""
    return _run(folder, "merge-base", "--is-ancestor", old, new).returncode == 0


def continues(folder: Path, old: str, new: str) -> bool:
    """Whether a branch went on from one commit to another, first parents only."""
    oldest = _lines(folder, "rev-list", "--first-parent", "--parents", f"{old}..{new}", "--")[-1:]
    return oldest[0].split(" ")[1:2] == [old] if oldest else old == new


def are_before(folder: Path, commits: Sequence[str], tip: str) -> bool:
    """Whether the repository has all of these commits, and each of them before the tip, be it merged from aside."""
    done = subprocess.run([*command(folder), "rev-list", "--max-count=1", "--stdin"], capture_output=True,
                          timeout=PATIENCE, input="".join(f"{one}\n" for one in (*commits, f"^{tip}")).encode(),
                          check=False, env=environment())
    return done.returncode == 0 and not done.stdout


def holds_any(folder: Path, commits: Sequence[str]) -> bool:
    """Whether the repository has any of these objects, on a branch or not."""
    done = subprocess.run([*command(folder), "cat-file", "--batch-check"], capture_output=True, timeout=PATIENCE,
                          input="".join(f"{commit}\n" for commit in commits).encode(), check=False, env=environment())
    return any(not line.endswith(b" missing") for line in done.stdout.splitlines())


class Blobs:
    """Contents by git's name, from one process: `with Blobs(folder) as blobs`."""

    def __init__(self, folder: Path) -> None:
        self._process = subprocess.Popen([*command(folder), "cat-file", "--batch"], stdin=subprocess.PIPE,
                                         stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment())

    def __enter__(self) -> Blobs:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.communicate()

    def read(self, name: str) -> bytes | None:
        """The content, its name checked; None for one that is missing, too large, or another."""
        asked, told = self._process.stdin, self._process.stdout
        assert asked and told
        name = name.removesuffix(LEADS)
        try:
            asked.write(f"{name}\n".encode())
            asked.flush()
            head = told.readline().split()
        except OSError:
            return None
        if len(head) != 3 or head[1] != b"blob":
            _skip(told, int(head[2]) + 1 if len(head) == 3 else 0)
            return None
        size = int(head[2])
        if size > LARGEST:
            _skip(told, size + 1)
            return None
        content = told.read(size)
        told.read(1)
        return content if name_of("blob", content, len(name)) == name else None


def name_of(kind: str, content: bytes, digits: int = 40) -> str:
    """Git's name of an object: SHA-1, or SHA-256 where names have 64 digits."""
    made = sha1(usedforsecurity=False) if digits == 40 else sha256()
    made.update(f"{kind} {len(content)}\0".encode() + content)
    return made.hexdigest()


def _skip(stream: IO[bytes], size: int) -> None:
    while size > 0 and (chunk := stream.read(min(size, 1 << 20))):
        size -= len(chunk)


def _touches(folder: Path, prefix: str, folders: tuple[str, ...], tip: str,
             places: dict[str, int]) -> Iterator[Touch]:
    if not places:
        return
    words = [*command(folder), "log", "--first-parent", "-m", "--reverse", "--raw", "-z", "--no-renames",
             "--no-abbrev", "--no-color", "--no-ext-diff", "--no-textconv", "--ignore-submodules=none",
             "--format=%x01%H", tip, "--", *folders]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment()) as process:
        assert process.stdout
        fields = _fields(process.stdout)
        place = 0
        for field in fields:
            if field.startswith("\x01"):
                place = places[field[1:]]
            elif field.startswith(":"):
                _, mode, _, blob, status = field.split(" ")
                path = next(fields)
                name = "" if status[0] == "D" else blob if mode in FILES else blob + LEADS
                if path.startswith(prefix):
                    yield Touch(place, path.removeprefix(prefix), name)
    if process.returncode:
        raise NotReadable("git log")


def _fields(stream: IO[bytes]) -> Iterator[str]:
    rest = b""
    while chunk := stream.read(1 << 20):
        *whole, rest = (rest + chunk).split(b"\0")
        yield from (part.decode("utf-8", "surrogateescape").lstrip("\n") for part in whole)


def command(folder: Path) -> list[str]:
    settings = [word for setting in SETTINGS for word in ("-c", setting)]
    return ["git", "--no-optional-locks", "--no-replace-objects", "--literal-pathspecs", *settings, "-C", str(folder)]


def environment(protocols: str = "none") -> dict[str, str]:
    """The machine's, without what would lead git elsewhere. `protocols` that it may use."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    return kept | {"GIT_GRAFT_FILE": os.devnull, "GIT_ALLOW_PROTOCOL": protocols, "GIT_TERMINAL_PROMPT": "0",
                   "GIT_CONFIG_NOSYSTEM": "1", "LC_ALL": "C"}


def _run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run([*command(folder), *arguments], capture_output=True, timeout=PATIENCE, check=False,
                              env=environment())
    except (OSError, ValueError, subprocess.TimeoutExpired) as error:
        raise NotReadable(str(error)) from None


def _lines(folder: Path, *arguments: str) -> list[str]:
    done = _run(folder, *arguments)
    if done.returncode:
        raise NotReadable(done.stderr.decode("utf-8", "replace").strip()[:200] or f"git {arguments[0]}")
    text = done.stdout.decode("utf-8", "surrogateescape")
    return text.removesuffix("\n").split("\n") if text else []
