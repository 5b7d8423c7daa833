"""What takes long to make, kept in the cache folder: whole or not at all, and never trusted without its digest."""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Callable
from pathlib import Path

CHECK = 16
"""Bytes of the digest that stands before what is kept."""


def kept(file: Path, make: Callable[[], bytes]) -> bytes:
    """The content of a file of the cache, or what `make` gives; a cache that cannot be written only costs time."""
    try:
        content = file.read_bytes()
        if _digest(content[CHECK:]) == content[:CHECK]:
            return content[CHECK:]
    except OSError:
        pass
    made = make()
    _keep(file, _digest(made) + made)
    return made


def _digest(content: bytes) -> bytes:
    return hashlib.blake2b(content, digest_size=CHECK).digest()


def _keep(file: Path, content: bytes) -> None:
    draft = file.with_name(f"{file.name}.{os.getpid()}.new")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        draft.write_bytes(content)
        draft.replace(file)
    except OSError:
        with contextlib.suppress(OSError):
            draft.unlink()
