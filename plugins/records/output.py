"""Files beside the pages: what a room's `write.py` hands to the builder."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .frozen import frozen


@frozen
class OutputFile:
    """A file of the site. `inputs` decides whether it is stale (its `repr` is hashed); `build` makes its bytes."""

    path: str
    inputs: Any
    build: Callable[[], bytes]
    is_heavy: bool = False
    """True for pictures: worth a second process even when there are few."""
