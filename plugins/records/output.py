"""Files beside the pages: what a room's `write.py` hands to the builder."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .frozen import frozen
from .report import Finding


class Refused(Exception):
    """A file cannot be made for a reason that its editor must know: `findings` tell it with file and line."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__("\n".join(map(str, findings)))
        self.findings = findings


@frozen
class OutputFile:
    """A file of the site. `inputs` decides whether it is stale (its `repr` is hashed); `build` makes its bytes.

    Errors of `build`: OSError, Refused.
    """

    path: str
    inputs: Any
    build: Callable[[], bytes]
    is_heavy: bool = False
    """True for pictures and documents: worth a second process even when there are few, and worth keeping between
    builds; `inputs` then name all that the bytes depend on, the code that makes them included."""
    may_refuse: bool = False
    """True if only making it shows whether it can be made: a check makes it too."""
