"""Writing into a log's folder: a file is whole whenever it is read, and one writer at a time is let in."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from .faults import Fault


def write_whole(path: Path, content: bytes, *, is_synced: bool = True) -> None:
    """Write aside and rename: the file is the old one or the new one, after a crash too.

    Of thousands of files each is not synced by itself: `settle_disk` does it at once, before anything rests on them.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f".{path.name}.new")
    with aside.open("wb") as file:
        file.write(content)
        if is_synced:
            file.flush()
            os.fsync(file.fileno())
    aside.replace(path)


def settle_disk() -> None:
    """All that was written is on the disk; Windows has no such call."""
    if sync := getattr(os, "sync", None):
        sync()


@contextmanager
def one_writer(folder: Path) -> Iterator[None]:
    """Hold the lock beside the folder; it ends with the process. Who comes second is refused, not kept waiting."""
    folder.mkdir(parents=True, exist_ok=True)
    folder = folder.resolve()
    with folder.with_name(f"{folder.name}.lock").open("wb") as file:
        try:
            _lock(file)
        except OSError:
            raise Fault("log-busy", folder.name) from None
        yield


def _lock(file: BinaryIO) -> None:
    try:
        import fcntl
    except ImportError:  # Windows
        import msvcrt
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
    else:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
