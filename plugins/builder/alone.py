"""One build of a site at a time: a second one waits for the end of the first, whose staging folder and state it would
take away.

The lock belongs to the process: it ends with it, however that ends, and no worker inherits it. Where a system has no
such locks, or the cache cannot be written, nobody waits.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path


@contextmanager
def alone(place: Path, tell: Callable[[], None]) -> Iterator[None]:
    """Hold the lock of a file. `tell` is called if another process has it and must be waited for."""
    with ExitStack() as stack:
        with suppress(ImportError, OSError):
            import fcntl

            place.parent.mkdir(parents=True, exist_ok=True)
            file = stack.enter_context(place.open("wb"))
            try:
                fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except (BlockingIOError, PermissionError):
                tell()
                fcntl.lockf(file, fcntl.LOCK_EX)
        yield
