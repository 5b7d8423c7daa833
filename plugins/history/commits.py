"""The one pass of `git log` over the documents: what became of each file, when, on the branch that is published.

First parents only: «published» is what landed on this branch, whatever dates it had before. The time is the
committer's; replaced objects are not believed. Git's word proves order, and the time only as far as nobody has
rewritten it (transparency note §1).
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

DAY = 86_400
LATEST = 4_102_444_800
"""Times from 2100 on are no times."""
SETTINGS = ("log.showRoot=true", "log.showSignature=false", "log.follow=false", "log.diffMerges=separate",
            "diff.relative=false", "i18n.logOutputEncoding=UTF-8", "trailer.separators=:")
"""What is read must not depend on the machine's own settings of git."""
SPARING = ("core.deltaBaseCacheLimit=16m", "core.packedGitWindowSize=4m", "core.packedGitLimit=24m")
"""Of ten years git would hold 200 MB for nothing: read in this order, each tree is next to the one before."""
TRAILERS = ("Change", "Reason", "Session")
"""What the message of a commit may say of a change, in lines at its end."""
LONGEST = 1_000
"""Characters of a trailer that are read."""
FORMAT = "%x01%H %ct%x02%ce%x02%(trailers:" + "".join(f"key={name}," for name in TRAILERS) + "unfold)"


@dataclass(frozen=True, slots=True)
class Tip:
    """Where a folder stands in a repository: the commit, the way from its top (with a slash), whether all is there."""

    head: str
    prefix: str
    is_shallow: bool


@dataclass(frozen=True, slots=True)
class Change:
    """What a commit did to a file. `status` A, M, D; `blob`: its content, `former`: the one before; each empty where
    there is none. `origin`: the path of the same document before, where it was moved (`moves.py`).
    """

    path: str
    status: str
    blob: str
    former: str = ""
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Commit:
    """A commit of the branch. `stated`: the committer's time, as it says; `who`: the committer's address.

    `trailers`: those of `TRAILERS` that its message has, sorted by name; `changes`: what it did to files of the folder.
    """

    id: str
    stated: int
    who: str
    trailers: tuple[tuple[str, str], ...]
    changes: list[Change]


def tip_of(folder: Path) -> Tip | None:
    """The commit a folder stands at; None without git and outside of a repository with commits."""
    lines = (_git(folder, "rev-parse", "HEAD", "--show-prefix", "--is-shallow-repository") or "").split("\n")
    return Tip(lines[0], lines[1], lines[2] == "true") if len(lines) == 3 else None


def is_before(folder: Path, old: str, new: str) -> bool:
    """True if a commit is an ancestor of another."""
    return _git(folder, "merge-base", "--is-ancestor", old, new) is not None


def continues(folder: Path, old: str, new: str) -> bool:
    """True if a branch went on from one commit to another: the old one is a first parent, not merged from aside."""
    lines = (_git(folder, "rev-list", "--first-parent", "--parents", f"{old}..{new}") or "").split()
    return old == new or lines[-1:] == [old] or lines[-2:-1] == [old]


def parting(folder: Path, one: str, other: str) -> str:
    """Where two histories part; empty if they have nothing in common or one of them is not known any more."""
    return _git(folder, "merge-base", one, other) or ""


@dataclass(slots=True)
class Times:
    """The times of the commits of a branch, asked in their order, oldest first.

    `doubts`: of each commit that is not believed the one that it contradicts (itself, where it bears a time that is
    none) and the time of that. `latest` is the latest time so far, `newest` the commit that bears it.
    """

    latest: int = 0
    newest: str = ""
    doubts: dict[str, tuple[str, int]] = field(default_factory=dict)

    def of(self, commit: Commit) -> int:
        """That of the next commit, 0 if it is not believed: else never earlier than that of a commit before it.

        One whose time lies up to a day before that of an earlier one came right after it.
        """
        is_time = commit.stated < LATEST
        if not is_time or commit.stated <= self.latest - DAY:
            self.doubts[commit.id] = (self.newest, self.latest) if is_time else (commit.id, LATEST)
            return 0
        if commit.stated > self.latest:
            self.latest, self.newest = commit.stated, commit.id
        return self.latest


def log(folder: Path, since: str, until: str) -> Iterator[Commit]:
    """The commits of the branch after `since`, oldest first, and what they did to files of a folder; paths from there.

    Git looks at the whole tree and at no likeness of files: both cost it more than all the rest, and which file is the
    same document is not told by likeness (`moves.py`). Errors: OSError, `subprocess.CalledProcessError`.
    """
    tip = tip_of(folder)
    assert tip
    command = [*git_command(folder), "log", "--first-parent", "-m", "--reverse", "--raw", "-z", "--no-renames",
               f"-O{os.devnull}", "--no-abbrev", "--no-color", "--no-ext-diff", f"--format={FORMAT}",
               f"{since}..{until}" if since else until]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                          env=git_environment()) as process:
        assert process.stdout
        yield from _commits(_fields(process.stdout), tip.prefix)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, "git log")


def _commits(fields: Iterator[str], prefix: str) -> Iterator[Commit]:
    commit: Commit | None = None
    for part in fields:
        if part.startswith("\x01"):
            if commit:
                yield commit
            commit = _begun(part[1:])
        elif part.startswith(":"):
            path = next(fields)
            if not path.startswith(prefix):
                continue
            *_, former, blob, status = part.split(" ")
            assert commit
            commit.changes.append(Change(path[len(prefix):], status if status in ("A", "D") else "M",
                                         "" if status == "D" else blob, "" if status == "A" else former))
    if commit:
        yield commit


def _begun(head: str) -> Commit:
    facts, who, trailers = head.split("\x02", 2)
    commit, _, stated = facts.partition(" ")
    told = [(name, value.strip()[:LONGEST]) for name, colon, value in
            (line.partition(":") for line in trailers.split("\n")) if colon]
    return Commit(commit, int(stated), who[:LONGEST], tuple(sorted(told)), [])


def _fields(stream: IO[bytes]) -> Iterator[str]:
    rest = b""
    while chunk := stream.read(1 << 20):
        *whole, rest = (rest + chunk).split(b"\0")
        yield from (part.decode("utf-8", "replace").lstrip("\n") for part in whole)
    if rest.strip():
        yield rest.decode("utf-8", "replace").lstrip("\n")


def git_command(folder: Path) -> list[str]:
    """How git is asked about a folder."""
    settings = [word for setting in (*SETTINGS, *SPARING) for word in ("-c", setting)]
    return ["git", "--no-optional-locks", "--no-replace-objects", *settings, "-C", str(folder)]


def git_environment() -> dict[str, str]:
    """The machine's, without grafts: like replaced objects they put another past in the place of the true one."""
    return os.environ | {"GIT_GRAFT_FILE": os.devnull}


def _git(folder: Path, *arguments: str) -> str | None:
    try:
        done = subprocess.run([*git_command(folder), *arguments], capture_output=True, timeout=60, check=False,
                              env=git_environment())
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout.decode("utf-8", "replace").rstrip("\n") if done.returncode == 0 else None
