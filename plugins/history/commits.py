"""The one pass of `git log` over the documents: what became of each file, when, on the branch that is published.

First parents only: «published» is what landed on this branch, whatever dates it had before. The time is the
committer's; replaced objects are not believed. Git's word proves order, and the time only as far as nobody has
rewritten it (transparency note §1).
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

LARGEST = 1_000_000
"""Documents larger than this are no documents."""
DAY = 86_400
LATEST = 4_102_444_800
"""Times from 2100 on are no times."""
SETTINGS = ("log.showRoot=true", "log.showSignature=false", "log.follow=false", "log.diffMerges=separate",
            "diff.relative=false", "diff.renameLimit=1000")
"""What is read must not depend on the machine's own settings of git."""
KINDS = {"A": "A", "C": "A", "D": "D", "R": "M"}
"""What git says → what counts here: a file that was moved is the same document, one that was copied another."""


@dataclass(frozen=True, slots=True)
class Tip:
    """Where a folder stands in a repository: the commit, the way from its top (with a slash), whether all is there."""

    head: str
    prefix: str
    is_shallow: bool


@dataclass(frozen=True, slots=True)
class Change:
    """What a commit did to a file. `status` A, M, D; `origin`: what git thinks that it was called before.

    `blob`: its content, `former`: the one before, of the origin where there is one; each empty where there is none.
    `at`: seconds since 1970, never earlier than those of a commit before it; 0 where the times contradict each other.
    """

    path: str
    at: int
    commit: str
    status: str
    blob: str
    origin: str = ""
    former: str = ""


def tip_of(folder: Path) -> Tip | None:
    """The commit a folder stands at; None without git and outside of a repository with commits."""
    lines = (_git(folder, "rev-parse", "HEAD", "--show-prefix", "--is-shallow-repository") or "").split("\n")
    return Tip(lines[0], lines[1], lines[2] == "true") if len(lines) == 3 else None


def is_before(folder: Path, old: str, new: str) -> bool:
    """True if a commit is an ancestor of another."""
    return _git(folder, "merge-base", "--is-ancestor", old, new) is not None


def parting(folder: Path, one: str, other: str) -> str:
    """Where two histories part; empty if they have nothing in common or one of them is not known any more."""
    return _git(folder, "merge-base", one, other) or ""


@dataclass(slots=True)
class Times:
    """The times of the commits of a branch, oldest first; 0 for one that is not believed.

    `doubts`: of each such commit the one that it contradicts (itself, where it bears a time that is none) and the time
    of that. `latest` is the latest time so far, `newest` the commit that bears it.
    """

    at: dict[str, int]
    latest: int = 0
    newest: str = ""
    doubts: dict[str, tuple[str, int]] = field(default_factory=dict)

    def add(self, commit: str, stated: int) -> None:
        """The next commit. One whose time lies up to a day before that of an earlier one came right after it."""
        is_time = stated < LATEST
        is_believed = is_time and self.latest - DAY < stated
        self.at[commit] = max(stated, self.latest) if is_believed else 0
        if not is_believed:
            self.doubts[commit] = (self.newest, self.latest) if is_time else (commit, LATEST)
        elif stated > self.latest:
            self.latest, self.newest = stated, commit


def times(folder: Path, since: str, until: str, latest: int = 0, newest: str = "") -> Times:
    """Commits of the whole branch after `since`; `latest` and `newest` are those of the commits before."""
    text = _git(folder, "log", "--first-parent", "--reverse", "--format=%H %ct", _span(since, until)) or ""
    found = Times({}, latest, newest)
    for line in text.split("\n") if text else ():
        commit, _, time = line.partition(" ")
        found.add(commit, int(time))
    return found


def log(folder: Path, since: str, until: str, times: Mapping[str, int]) -> Iterator[Change]:
    """What commits did to the files of a folder, oldest first; paths from there.

    Errors: OSError, `subprocess.CalledProcessError`.
    """
    tip = tip_of(folder)
    assert tip
    command = [*_command(folder), "log", "--first-parent", "-m", "--reverse", "--raw", "-z", "-M", f"-O{os.devnull}",
               "--no-abbrev", "--no-color", "--no-ext-diff", "--format=%x01%H", _span(since, until), "--", "."]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                          env=_environment()) as process:
        assert process.stdout
        fields = _fields(process.stdout)
        commit, at = "", 0
        for field in fields:
            if field.startswith("\x01"):
                commit = field[1:]
                at = times.get(commit, 0)
            elif field.startswith(":"):
                *_, former, blob, status = field.split(" ")
                former = "" if former.strip("0") == "" else former
                path = next(fields)
                origin = path if status[0] in "RC" else ""
                path = next(fields) if origin else path
                origin = _below(origin, tip.prefix) if status[0] == "R" else ""
                if origin:
                    yield Change(origin, at, commit, "D", "", former=former)
                yield Change(_below(path, tip.prefix), at, commit, KINDS.get(status[0], "M"),
                             "" if status[0] == "D" else blob, origin, former)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, "git log")


def _span(since: str, until: str) -> str:
    return f"{since}..{until}" if since else until


def _fields(stream: IO[bytes]) -> Iterator[str]:
    rest = b""
    while chunk := stream.read(1 << 20):
        *whole, rest = (rest + chunk).split(b"\0")
        yield from (part.decode("utf-8", "replace").lstrip("\n") for part in whole)
    if rest.strip():
        yield rest.decode("utf-8", "replace").lstrip("\n")


def _below(path: str, prefix: str) -> str:
    return path.removeprefix(prefix) if path.startswith(prefix) else ""


class Blobs:
    """Contents by name, from one process of git that answers while it is asked: `with Blobs(folder) as blobs`."""

    def __init__(self, folder: Path) -> None:
        self.process = subprocess.Popen([*_command(folder), "cat-file", "--batch"], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=_environment())

    def __enter__(self) -> Blobs:
        return self

    def __exit__(self, *_: object) -> None:
        self.process.communicate()

    def read(self, name: str) -> bytes:
        """The content; empty for one that is missing or too large to be a document."""
        asked, told = self.process.stdin, self.process.stdout
        assert asked and told
        asked.write(f"{name}\n".encode())
        asked.flush()
        head = told.readline().decode().split()
        if len(head) != 3:
            return b""
        size = int(head[2])
        content = told.read(size) if size <= LARGEST else _skip(told, size)
        told.read(1)
        return content if head[1] == "blob" else b""


def _skip(stream: IO[bytes], size: int) -> bytes:
    while size > 0:
        size -= len(stream.read(min(size, LARGEST)))
    return b""


def _command(folder: Path) -> list[str]:
    settings = [word for setting in SETTINGS for word in ("-c", setting)]
    return ["git", "--no-optional-locks", "--no-replace-objects", *settings, "-C", str(folder)]


def _environment() -> dict[str, str]:
    """The machine's, without grafts: like replaced objects they put another past in the place of the true one."""
    return os.environ | {"GIT_GRAFT_FILE": os.devnull}


def _git(folder: Path, *arguments: str) -> str | None:
    try:
        done = subprocess.run([*_command(folder), *arguments], capture_output=True, timeout=60, check=False,
                              env=_environment())
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout.decode("utf-8", "replace").rstrip("\n") if done.returncode == 0 else None
