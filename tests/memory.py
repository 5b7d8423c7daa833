"""Where a run of all tests writes: into memory, where there is room. A disk would be waited for half of the time."""
import os
import re
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

MEMORY = Path("/dev/shm")
"""Linux has a disk there that is no disk: tests write some hundred thousand files and read each once."""
ROOM = 6 << 30
"""Bytes that a run of all tests never takes there; as much again stays for who works."""


@contextmanager
def quick_place() -> Iterator[dict[str, str]]:
    """What tells tests to write into memory, where there is room; all of it is gone afterwards."""
    if sys.platform != "linux" or not has_room(MEMORY):
        yield {}
        return
    with tempfile.TemporaryDirectory(dir=MEMORY, prefix="tests-", ignore_cleanup_errors=True) as folder:
        yield {"TMPDIR": folder}


def has_room(memory: Path) -> bool:
    """True for a disk in memory that takes all that tests write, programs too."""
    try:
        found = os.statvfs(memory)
        available = re.search(r"^MemAvailable: +(\d+) kB$", Path("/proc/meminfo").read_text(), re.MULTILINE)
        limit = Path("/sys/fs/cgroup/memory.max")
        allowed = limit.read_text().strip() if limit.exists() else ""
    except OSError:
        return False
    return (os.access(memory, os.W_OK) and not found.f_flag & os.ST_NOEXEC and found.f_bavail * found.f_frsize >= ROOM
            and available is not None and int(available[1]) * 1024 >= 2 * ROOM
            and (not allowed.isdigit() or int(allowed) >= 2 * ROOM))
