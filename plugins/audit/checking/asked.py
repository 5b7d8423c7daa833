"""What `verify` was asked for: its options as they were given, and the files that they name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .builds import Build

    Ledger = Callable[[Path, Build, Path | None, Path | None], Mapping[str, bytes]]
    """(a checked-out site, its build, the folders of log and salts) → path → bytes of the tables of terms."""
LARGEST = 50_000_000
"""Bytes of a file that the auditor names."""


class CannotRun(Exception):
    """The check cannot run as it was asked; the text says why, in Ukrainian and English."""

    def __init__(self, uk: str, en: str) -> None:
        super().__init__(uk, en)
        self.said = uk, en


@dataclass(frozen=True)
class Asked:
    """The options of `verify`, as they were given."""

    what: str
    repo: Path
    site: str = ""
    log: str = ""
    salts: str = ""
    policy: str = ""
    state: str = ""
    now: str = ""
    authorities: str = ""
    commit: str = ""
    compare: str = ""
    day: str = ""
    url: str = ""
    file: str = ""
    proof: str = ""
    address: str = ""
    old: str = ""
    key: str = ""
    out: str = ""
    json: bool = False
    lang: str = "uk"
    ledger: Ledger | None = None


def named_file(name: str, option: str) -> bytes:
    """A file that the auditor named. Errors: `CannotRun`."""
    try:
        with Path(name).open("rb") as stream:
            content = stream.read(LARGEST + 1)
    except (OSError, ValueError):
        raise CannotRun(f"{option}: файл «{name}» не читається", f"{option}: {name!r} cannot be read") from None
    return content
