"""The published branch commit by commit, as raw objects: what was signed and what a rewrite changed is read from bytes.

First parents only. Each object is hashed anew, so that no prepared repository passes one off as another.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from .repository import NotReadable, command, environment, name_of

LARGEST_OBJECT = 200_000_000
"""Bytes of an object that are read at most."""
ENTRY = re.compile(rb"([0-7]{5,6}) ([^\0/]+)\0")
TREE = re.compile(rb"tree ([0-9a-f]+)\n")
PARENT = re.compile(rb"^parent ([0-9a-f]+)$", re.M)


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a tree: `mode` as git writes it, `40000` for a folder."""

    mode: str
    name: bytes
    id: str

    @property
    def is_folder(self) -> bool:
        return self.mode == "40000"


def prefix_of(folder: Path) -> str:
    """The way from the top of the repository to a folder, with a slash; "" for the top. Errors: `NotReadable`."""
    done = subprocess.run([*command(folder), "rev-parse", "--show-prefix"], capture_output=True, check=False,
                          env=environment())
    if done.returncode:
        raise NotReadable(folder.name)
    return done.stdout.decode("utf-8", "surrogateescape").removesuffix("\n")


def commits_of(folder: Path, tip: str, since: str = "") -> Iterator[tuple[str, bytes]]:
    """(id, content) of each commit after `since` up to the tip, oldest first, each the first parent of the next.

    Errors: `NotReadable`, also where an object is not what its name says.
    """
    span = [tip, f"^{since}"] if since else [tip]
    before = since
    with subprocess.Popen([*command(folder), "rev-list", "--first-parent", "--reverse", *span, "--"],
                          stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment()) as names, \
            subprocess.Popen([*command(folder), "cat-file", "--batch"], stdin=names.stdout, stdout=subprocess.PIPE,
                             stderr=subprocess.DEVNULL, env=environment()) as contents:
        assert contents.stdout and names.stdout
        names.stdout.close()
        while head := contents.stdout.readline():
            name, kind, content = _object(head, contents.stdout)
            if kind != "commit" or (before and first_parent(content) != before):
                raise NotReadable(name)
            before = name
            yield name, content
    if names.returncode or contents.returncode:
        raise NotReadable("git rev-list")


def paths_of(folder: Path, tip: str, since: str = "") -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """(commit, [(path from the top of the repository, blob; "" where it is gone)]), in the order of `commits_of`."""
    span = [tip, f"^{since}"] if since else [tip]
    words = [*command(folder), "log", "--first-parent", "--diff-merges=first-parent", "--reverse", "--raw", "-z",
             "--no-renames", "--no-abbrev", "--no-color", "--no-ext-diff", "--no-textconv", "--ignore-submodules=none",
             "--format=%x01%H", *span, "--"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment()) as process:
        assert process.stdout
        fields = _fields(process.stdout)
        commit, changes = "", list[tuple[str, str]]()
        for field in map(_without_gap, fields):
            if field.startswith("\x01"):
                if commit:
                    yield commit, changes
                commit, changes = field[1:], []
            elif field.startswith(":"):
                blob = field.split(" ")[3]
                changes.append((next(fields), blob if blob.strip("0") else ""))
        if commit:
            yield commit, changes
    if process.returncode:
        raise NotReadable("git log")


class Objects:
    """Objects by name, from one process of git: `with Objects(folder) as objects`."""

    def __init__(self, folder: Path) -> None:
        self._process = subprocess.Popen([*command(folder), "cat-file", "--batch"], stdin=subprocess.PIPE,
                                         stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment())
        self._trees: dict[str, tuple[Entry, ...]] = {}

    def __enter__(self) -> Objects:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.communicate()

    def read(self, name: str, wanted: str) -> bytes:
        """The content of an object of a kind (blob, tree, commit). Errors: `NotReadable`."""
        asked, told = self._process.stdin, self._process.stdout
        assert asked and told
        asked.write(f"{name}\n".encode())
        asked.flush()
        found, kind, content = _object(told.readline(), told)
        if kind != wanted or (found != name and ":" not in name):
            raise NotReadable(name)
        return content

    def tree(self, name: str) -> tuple[Entry, ...]:
        """The entries of a tree, as they stand."""
        if name not in self._trees:
            if len(self._trees) > 20_000:
                self._trees.clear()
            self._trees[name] = parse_tree(self.read(name, "tree"), len(name) // 2)
        return self._trees[name]

    def blob_at(self, tree: str, path: str) -> str:
        """Git's name of what stands at a path in a tree; "" where there is no file."""
        names = path.encode("utf-8", "surrogateescape").split(b"/")
        for number, part in enumerate(names, 1):
            entry = next((one for one in self.tree(tree) if one.name == part), None)
            if entry is None or entry.is_folder != (number < len(names)):
                return ""
            tree = entry.id
        return tree


def parse_tree(content: bytes, width: int = 20) -> tuple[Entry, ...]:
    """A tree object; `width` of a name in bytes. Errors: `NotReadable`."""
    found, at = [], 0
    while at < len(content):
        if (one := ENTRY.match(content, at)) is None or one.end() + width > len(content):
            raise NotReadable("git tree")
        found.append(Entry(one[1].decode(), one[2], content[one.end(): one.end() + width].hex()))
        at = one.end() + width
    return tuple(found)


def write_tree(entries: tuple[Entry, ...]) -> bytes:
    """The tree object of entries, in their order."""
    return b"".join(one.mode.encode() + b" " + one.name + b"\0" + bytes.fromhex(one.id) for one in entries)


def first_parent(content: bytes) -> str:
    """The first parent that a commit names; "" for the first commit of all."""
    found = PARENT.search(content, 0, content.find(b"\n\n") + 1)
    return found[1].decode() if found else ""


def tree_of_commit(content: bytes) -> str:
    """The tree that a commit names. Errors: `NotReadable`."""
    if (found := TREE.match(content)) is None:
        raise NotReadable("git commit")
    return found[1].decode()


def _object(head: bytes, stream: IO[bytes]) -> tuple[str, str, bytes]:
    words = head.decode("ascii", "replace").split()
    if len(words) != 3 or int(words[2]) > LARGEST_OBJECT:
        raise NotReadable(words[0] if words else "git cat-file")
    name, kind, size = words[0], words[1], int(words[2])
    content = stream.read(size)
    stream.read(1)
    if name_of(kind, content, len(name)) != name:
        raise NotReadable(name)
    return name, kind, content


def _fields(stream: IO[bytes]) -> Iterator[str]:
    rest = b""
    while chunk := stream.read(1 << 20):
        *whole, rest = (rest + chunk).split(b"\0")
        yield from (part.decode("utf-8", "surrogateescape") for part in whole)
    if rest.strip():
        yield rest.decode("utf-8", "surrogateescape")


def _without_gap(field: str) -> str:
    """What git puts on a line of its own; a path is taken as it is."""
    return field.lstrip("\n")
