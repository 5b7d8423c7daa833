"""Roles (`data/roles.yml`): who may change which files of the site; part of the logged policy.

    roles:
      - id: editor
        title: Редакція сайту
        people: [redaktsiia@rada.example]
        paths: [content/news/**, content/greetings/**]
        from: 2026-01-01
        to: 2026-12-31

People are principals of the list of signers, and so the addresses of author and committer; `from` and `to`, both
inclusive, may be left out. Paths go from the top of the site: `*` stands for any part of one name, `**` for any folders
between and, at the end, for everything below. Nothing else is special, and what is not understood is refused, so that
the file means the same to everybody who reads it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from hashlib import sha256
from typing import Any

from plugins.records import yaml_tree

from .faults import Fault

LARGEST = 200_000
MOST_ROLES, MOST_OF_A_ROLE = 200, 200
ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
MAIL = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+")
NAME = re.compile(r"[^/\\?\[\]{}!\x00-\x1f\x7f]+")
"""A part of a path between slashes; signs that mean something to other programs are refused."""
DAY = re.compile(r"\d{4}-\d\d-\d\d")
KEYS = ("id", "title", "people", "paths", "from", "to")
NEEDED = KEYS[:4]
KEY_HEX = 8


@dataclass(frozen=True)
class Flaw:
    """What is wrong in a line (from 1): one of `FLAWS`, the value at fault, for YAML itself the words for an editor."""

    line: int
    kind: str
    value: str = ""
    said: str = ""


FLAWS = ("size", "utf-8", "yaml", "shape", "key", "missing", "id", "twice", "title", "people", "paths", "day", "days")


@dataclass(frozen=True)
class Role:
    """One role. `since` and `until` are days by the clock of Kyiv, both inclusive; None without a bound."""

    id: str
    title: str
    people: tuple[str, ...]
    paths: tuple[str, ...]
    since: date | None = None
    until: date | None = None
    line: int = 0

    def is_in_force(self, day: date) -> bool:
        return (self.since is None or day >= self.since) and (self.until is None or day <= self.until)

    def permits(self, path: str) -> bool:
        """Whether it may change the file; the path from the top of the site, as git tells it."""
        return any(matches(path, pattern) for pattern in self.paths)

    def by(self, key: bytes) -> str:
        """How it appears in the log: `editor:1a2b3c4d`, the first hex digits of the SHA-256 of the SSH key."""
        return f"{self.id}:{sha256(key).hexdigest()[:KEY_HEX]}"


@dataclass(frozen=True)
class Roles:
    """All roles, in the order of the file."""

    roles: tuple[Role, ...] = ()

    def of(self, mail: str, day: date) -> tuple[Role, ...]:
        """The roles that a person has on a day."""
        return tuple(role for role in self.roles if mail in role.people and role.is_in_force(day))


def parse_roles(content: bytes) -> Roles:
    """The roles of a file; a `Fault` for the first flaw, its detail beginning with the number of the line."""
    roles, flaws = read_roles(content)
    if flaws:
        first = flaws[0]
        raise Fault("roles", f"{first.line}: {first.kind} {first.value}".rstrip())
    return roles


def read_roles(content: bytes) -> tuple[Roles, tuple[Flaw, ...]]:
    """The roles that are right, and everything that is wrong, in the order of lines."""
    if len(content) > LARGEST:
        return Roles(), (Flaw(1, "size"),)
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        return Roles(), (Flaw(content.count(b"\n", 0, error.start) + 1, "utf-8"),)
    tree = yaml_tree.parse(text)
    if tree.faults:
        return Roles(), tuple(Flaw(one.line, "yaml", one.code.name, one.text) for one in tree.faults)
    reader = _Reader(tree.lines)
    roles = reader.all(tree.data)
    return Roles(roles), tuple(sorted(reader.flaws, key=lambda one: one.line))


def is_pattern(pattern: str) -> bool:
    """Whether a pattern of paths means something: `content/news/**`, `data/*.csv`."""
    return all(name == "**" or ("**" not in name and name not in (".", "..") and NAME.fullmatch(name))
               for name in pattern.split("/"))


@lru_cache(65_536)
def matches(path: str, pattern: str) -> bool:
    """Whether the pattern names the path; a path that leads anywhere but down is named by none."""
    names, wanted = path.split("/"), pattern.split("/")
    if any(name in ("", ".", "..") for name in names):
        return False
    if wanted[-1] == "**":
        wanted.append("*")  # what is below, not the folder itself
    return _is_like(names, wanted, "**", lambda name, glob: _is_like(name, glob, "*", str.__eq__))


def _is_like(given: Sequence[str], wanted: Sequence[str], star: str, is_one: Callable[[str, str], bool]) -> bool:
    """Compare item by item; a star stands for any number of items. Never slower than one length times the other."""
    at = place = since = 0
    last = -1
    while at < len(given):
        if place < len(wanted) and wanted[place] == star:
            last, since, place = place, at, place + 1
        elif place < len(wanted) and is_one(given[at], wanted[place]):
            at, place = at + 1, place + 1
        elif last >= 0:
            since += 1
            at, place = since, last + 1
        else:
            return False
    return all(one == star for one in wanted[place:])


@dataclass
class _Reader:
    """Reads the parsed file and gathers what is wrong with it."""

    lines: dict[tuple[str | int, ...], int]
    flaws: list[Flaw] = field(default_factory=list)

    def all(self, data: Any) -> tuple[Role, ...]:
        entries = data.get("roles") if isinstance(data, dict) else None
        if not isinstance(entries, list) or not 0 < len(entries) <= MOST_ROLES:
            self.flaws.append(Flaw(self.lines.get(("roles",), 1), "shape", "roles"))
            return ()
        self.flaws += [Flaw(self.lines[key,], "key", key) for key in data if key != "roles"]
        taken: set[str] = set()
        found = [self.role(("roles", number), entry, taken) for number, entry in enumerate(entries)]
        return tuple(role for role in found if role)

    def role(self, path: tuple[str | int, ...], entry: Any, taken: set[str]) -> Role | None:
        before, line = len(self.flaws), self.lines[path]
        if not isinstance(entry, dict):
            self.flaws.append(Flaw(line, "shape", "roles"))
            return None
        self.flaws += [Flaw(self.lines[*path, key], "key", key) for key in entry if key not in KEYS]
        self.flaws += [Flaw(line, "missing", key) for key in NEEDED if key not in entry]
        identifier = self.text((*path, "id"), entry, lambda one: len(one) <= 40 and ID.fullmatch(one) is not None)
        if identifier in taken:
            self.flaws.append(Flaw(self.lines[*path, "id"], "twice", identifier))
        taken.add(identifier)
        title = self.text((*path, "title"), entry, lambda one: 0 < len(one.strip()) <= 120 and "\n" not in one)
        people = self.texts((*path, "people"), entry, lambda one: len(one) <= 254 and MAIL.fullmatch(one) is not None)
        paths = self.texts((*path, "paths"), entry, lambda one: len(one) <= 300 and is_pattern(one))
        since, until = (self.day((*path, key), entry) for key in ("from", "to"))
        if since and until and until < since:
            self.flaws.append(Flaw(self.lines[*path, "to"], "days", str(until)))
        return Role(identifier, title, people, paths, since, until, line) if len(self.flaws) == before else None

    def text(self, path: tuple[str | int, ...], entry: dict[str, Any], is_right: Callable[[str], bool]) -> str:
        key = str(path[-1])
        value = entry.get(key)
        if key in entry and not (isinstance(value, str) and is_right(value)):
            self.flaws.append(Flaw(self.lines[path], key, value if isinstance(value, str) else ""))
        return value if isinstance(value, str) else ""

    def texts(self, path: tuple[str | int, ...], entry: dict[str, Any],
              is_right: Callable[[str], bool]) -> tuple[str, ...]:
        """A list of texts; one named twice is refused, so that striking it out strikes it out."""
        key = str(path[-1])
        values = entry.get(key)
        if key not in entry:
            return ()
        if not isinstance(values, list) or not 0 < len(values) <= MOST_OF_A_ROLE:
            self.flaws.append(Flaw(self.lines[path], key))
            return ()
        for number, value in enumerate(values):
            if not (isinstance(value, str) and is_right(value)):
                self.flaws.append(Flaw(self.lines[*path, number], key, value if isinstance(value, str) else ""))
            elif value in values[:number]:
                self.flaws.append(Flaw(self.lines[*path, number], "twice", value))
        return tuple(value for value in values if isinstance(value, str))

    def day(self, path: tuple[str | int, ...], entry: dict[str, Any]) -> date | None:
        value = entry.get(str(path[-1]))
        if value is None:
            return None
        try:
            if not isinstance(value, str) or not DAY.fullmatch(value):
                raise ValueError
            return date.fromisoformat(value)
        except ValueError:
            self.flaws.append(Flaw(self.lines[path], "day", value if isinstance(value, str) else ""))
            return None
