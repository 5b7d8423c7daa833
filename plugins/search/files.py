"""What lies in which file: neighbours in the order of keys together, as long as the file stays small.

Keys with the same beginning stay together unless they alone are too much. A file that holds what it held keeps its
name, which is the hash of its content.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from .codec import packed


class Group(NamedTuple):
    """Everything whose key begins so."""

    beginning: str
    size: int
    """In bytes, before packing."""


Items = list[tuple[str, bytes]]
"""(key, what is written of it) by rising keys."""


def runs(groups: Iterable[Group], limit: int) -> Iterator[list[Group]]:
    """Groups that share a file: neighbours with the same first letter, up to a size; a larger group is alone."""
    run: list[Group] = []
    for group in groups:
        if run and (sum(one.size for one in run) + group.size > limit or group.beginning[0] != run[0].beginning[0]):
            yield run
            run = []
        run.append(group)
    if run:
        yield run


def parts(items: Items, limit: int) -> Iterator[Items]:
    """Items cut where a part would grow beyond the limit."""
    part: Items = []
    for item in items:
        if part and sum(len(content) for _, content in part) + len(item[1]) > limit:
            yield part
            part = []
        part.append(item)
    yield part


class Files:
    """The files of one kind: which are new, which are no more, what they are called."""

    def __init__(self, db: sqlite3.Connection, kind: str, limit: int, *, may_split: bool) -> None:
        self.db, self.kind, self.limit, self.may_split = db, kind, limit, may_split
        self.names: list[tuple[str, str]] = []
        """(least key, hash) of all files, in order."""
        self.written: dict[str, bytes] = {}
        """Hash → content of new files."""
        self.gone: set[str] = set()

    def settle(self, groups: Iterable[Group], dirty: set[str], items: Callable[[str, str], Items],
               content: Callable[[Items], bytes]) -> None:
        """Make the files: `items(low, high)` are those of all beginnings between two; `content` is a file of them."""
        known: dict[tuple[str, str], list[tuple[str, str]]] = {}
        for first, low, high, name in self.db.execute(
                "select first, low, high, hash from file where kind = ? order by first", (self.kind,)):
            known.setdefault((low, high), []).append((first, name))
        touched = sorted(dirty)
        rows: list[tuple[str, str, str, str, str]] = []
        for run in runs(groups, self.limit):
            low, high = run[0].beginning, run[-1].beginning
            files = known.get((low, high))
            if files is None or _is_between(touched, low, high):
                files = list(self._made(low, high, items(low, high), content))
            rows += [(self.kind, first, low, high, name) for first, name in files]
        self.names = [(first, name) for _, first, _, _, name in rows]
        before = {name for files in known.values() for _, name in files}
        self.gone = before - {name for _, name in self.names}
        self.written = {name: made for name, made in self.written.items() if name not in before}
        self.db.execute("delete from file where kind = ?", (self.kind,))
        self.db.executemany("insert into file values (?, ?, ?, ?, ?)", rows)

    def _made(self, low: str, high: str, items: Items, content: Callable[[Items], bytes],
              ) -> Iterator[tuple[str, str]]:
        cut = parts(items, self.limit) if self.may_split and low == high else [items]
        for number, part in enumerate(cut):
            made = packed(content(part))
            name = hash_of(made)
            self.written[name] = made
            yield part[0][0] if number else low, name


def _is_between(ordered: list[str], low: str, high: str) -> bool:
    """Whether one of the texts lies between two."""
    from bisect import bisect_left

    place = bisect_left(ordered, low)
    return place < len(ordered) and ordered[place] <= high


def hash_of(content: bytes) -> str:
    """Eight hexadecimal digits."""
    return hashlib.blake2b(content, digest_size=4).hexdigest()
