"""What the last good build left, in a few bytes: nothing to do is answered from it without the state and the manifest.

A cache and nothing more: what is missing, damaged or of another build only costs the long way round.
"""

from __future__ import annotations

import hashlib
from array import array
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(slots=True)
class Last:
    """`mark`: the digest of all it was made of and of its manifest, empty if there was something to tell or to catch
    up on; `files`: how many it has; `times`: its folders, each with the time at which its names were right.
    """

    mark: str = ""
    files: int = 0
    times: dict[str, int] = field(default_factory=dict)


def mark_of(*parts: str) -> str:
    """One digest of the digests of sources, engine, settings and manifest."""
    return _digest("\n".join(parts).encode())


def path_of(cache: Path, name: str) -> Path:
    """Where it lies: beside the state."""
    return cache / "build" / f"{name}.last"


def load(path: Path) -> Last:
    """What is remembered, or nothing for anything that was not written whole."""
    try:
        digest, _, rest = path.read_bytes().partition(b"\n")
        head, _, body = rest.partition(b"\n")
        if digest.decode() != _digest(rest):
            return Last()
        mark, files, count = head.decode().split("\t")
        times = array("q", body[:int(count) * 8])
        names = body[int(count) * 8:].decode("utf-8", "surrogateescape").split("\0")
        return Last(mark, int(files), dict(zip(names, times, strict=True)))
    except (OSError, ValueError):
        return Last()


def save(path: Path, last: Last) -> None:
    """Remember it; whole or not at all. Errors: OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    names = "\0".join(last.times).encode("utf-8", "surrogateescape")
    rest = b"%s\t%d\t%d\n" % (last.mark.encode(), last.files, len(last.times)) + array("q", last.times.values()) + names
    draft = path.with_suffix(".last.new")
    draft.write_bytes(_digest(rest).encode() + b"\n" + rest)
    draft.replace(path)


def _digest(content: bytes) -> str:
    return hashlib.blake2b(content, digest_size=16).hexdigest()
