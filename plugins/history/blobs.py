"""Contents by their names in git, from one process of it: as many as wanted, in the order asked."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO

from .commits import git_command, git_environment

LARGEST = 1_000_000
"""Documents larger than this are no documents."""
AHEAD = 128
"""How many contents are asked for at once: their names must fit into a pipe."""


class Blobs:
    """Contents by name, from one process of git that answers while it is asked: `with Blobs(folder) as blobs`."""

    def __init__(self, folder: Path) -> None:
        self.process = subprocess.Popen(
            [*git_command(folder), "cat-file", "--batch"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL, env=git_environment())

    def __enter__(self) -> Blobs:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the process: others that were forked meanwhile may hold its pipes, so it is not waited for."""
        self.process.kill()
        self.process.communicate()

    def read(self, name: str) -> bytes:
        """The content; empty for one that is missing or too large to be a document."""
        return next(self.read_all([name])) or b""

    def read_all(self, names: Sequence[str], largest: int = LARGEST) -> Iterator[bytes | None]:
        """The contents in their order; None for one that is missing, larger, or no file. Read them to the end."""
        asked, told = self.process.stdin, self.process.stdout
        assert asked and told
        for start in range(0, len(names), AHEAD):
            batch = names[start:start + AHEAD]
            asked.write("".join(f"{name}\n" for name in batch).encode())
            asked.flush()
            for _ in batch:
                yield _answer(told, largest)


def _answer(told: IO[bytes], largest: int) -> bytes | None:
    head = told.readline().split()
    if len(head) != 3:
        return None
    size = int(head[2])
    content = told.read(size) if size <= largest else _skip(told, size)
    told.read(1)
    return content if head[1] == b"blob" else None


def _skip(told: IO[bytes], size: int) -> bytes | None:
    """Read over what is too large."""
    while size > 0 and (part := told.read(min(size, LARGEST))):
        size -= len(part)
    return None


_OPEN: dict[tuple[int, str], Blobs] = {}


def blobs_of(folder: Path) -> Blobs:
    """What reads contents for this process of the build, as long as it lasts."""
    name = (os.getpid(), str(folder))
    if name not in _OPEN:
        close()
        _OPEN[name] = Blobs(folder)
    return _OPEN[name]


def close() -> None:
    """End the process that reads contents, if this process has one."""
    for name, blobs in [*_OPEN.items()]:
        del _OPEN[name]
        if name[0] == os.getpid():
            blobs.close()
