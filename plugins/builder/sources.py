"""Which files of content and data have changed since a build: told by git where git knows, else by their bytes."""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from .changes import files_below, git
from .options import BuildOptions

STRANGE = re.compile(r"\0(?!H 100(?:644|755) )([^\0]*)")
"""Entries of `git ls-files -s -v -z` but those of a file that is tracked and looked at; a link changes with its target.
"""
OTHER = "? "
"""How it begins that of what is not tracked; of a folder without tracked files only the folder, be it empty or not."""


@dataclass(frozen=True, slots=True)
class Tree:
    """One of the two folders: git's tree of the last commit and the files that differ from it; without git all files.

    `files`: path below the folder → digest, None for one that is gone.
    """

    tree: str
    files: dict[str, str | None]
    empty: tuple[str, ...] = ()
    """Folders without anything in them."""


@dataclass(frozen=True, slots=True)
class Sources:
    """Content and data as they are now, the commit and the log: what happened before counts as well."""

    content: Tree
    data: Tree
    head: str = ""
    log: str = ""

    @property
    def digest(self) -> str:
        """One digest of everything."""
        whole = f"{self.head}\n{self.log}\n{self.text}"
        return hashlib.blake2b(whole.encode("utf-8", "surrogateescape"), digest_size=16).hexdigest()

    @property
    def text(self) -> str:
        """The files as JSON."""
        return json.dumps([(tree.tree, tree.files, tree.empty) for tree in (self.content, self.data)],
                          ensure_ascii=True, sort_keys=True)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a folder lies in a repository: the top of it, the way from there (with a slash), git's tree of HEAD."""

    folder: Path
    top: Path
    prefix: str
    tree: str


@dataclass(frozen=True, slots=True)
class Told:
    """What git tells of a folder: its tree, tracked files that differ from it, and files and folders it doesn't track.
    """

    tree: str
    dirty: list[str]
    others: list[Path]


def look(options: BuildOptions) -> Sources:
    """Content and data as they are now."""
    folders = (options.content, options.data)
    head = git(options.content, "rev-parse", "HEAD", "--is-shallow-repository") or ""
    content, data = map(_look, folders, (None, None) if options.paranoid else _by_git(*folders))
    return Sources(content, data, head, log_mark(options))


def log_mark(options: BuildOptions) -> str:
    """Another one when a file of the log or of its openings may be another: by names, sizes and times, for there are
    tens of thousands; what has changed is verified by its bytes. Tiles are not looked at: they change with the rest.
    """
    log, salts = options.log_folder, options.salts_folder
    if log is None or not log.is_dir():
        return ""
    told = sorted(_stated(log, ("tile",))) + (sorted(_stated(salts)) if salts else [])
    return hashlib.blake2b("\n".join(told).encode("utf-8", "surrogateescape"), digest_size=16).hexdigest()


def _stated(folder: Path, without: tuple[str, ...] = ()) -> Iterator[str]:
    for entry in os.scandir(folder):
        if entry.is_dir(follow_symlinks=False):
            if not entry.name.startswith(".") and entry.name not in without:
                yield from _stated(Path(entry.path))
        else:
            facts = entry.stat(follow_symlinks=False)
            yield f"{entry.path} {facts.st_size} {facts.st_mtime_ns}"


def _look(folder: Path, told: Told | None) -> Tree:
    if told:
        files = [file.relative_to(folder).as_posix() for other in told.others for file in _files_of(other)]
        empty = sorted(name for other in told.others for name in empty_folders(other, folder))
        return Tree(told.tree, {path: _digest(folder / path) for path in sorted({*told.dirty, *files})}, tuple(empty))
    files = [path.relative_to(folder).as_posix() for path in files_below(folder)]
    return Tree("", {path: _digest(folder / path) for path in files}, tuple(empty_folders(folder, folder)))


def _files_of(path: Path) -> Iterator[Path]:
    if path.is_symlink() or not path.is_dir():
        yield path
        return
    for here, _, names in os.walk(path):
        yield from (Path(here, name) for name in names)


def _has_links(path: Path) -> bool:
    return path.is_symlink() or any(Path(here, name).is_symlink() for here, below, names in os.walk(path)
                                    for name in (*below, *names))


def empty_folders(place: Path, root: Path) -> list[str]:
    """Folders without anything in them: they are a problem."""
    return sorted(str(Path(here).relative_to(root)) for here, below, names in os.walk(place) if not below and not names)


def _digest(path: Path) -> str | None:
    try:
        return hashlib.blake2b(path.read_bytes(), digest_size=16).hexdigest()
    except IsADirectoryError:
        return "folder"
    except OSError:
        return None


def _by_git(content: Path, data: Path) -> list[Told | None]:
    """What git tells of the two folders; None where its word does not do.

    Git keeps a hash of every file, so a clone knows at once what reading a hundred megabytes would tell. Its word does
    not do for files that it was told not to look at (`assume-unchanged`, a sparse checkout), for submodules, and for
    those that a filter turns into others (LFS). Usually both lie in one repository and are asked about at once.
    """
    one, other = _place(content), _place(data)
    are_together = one and other and one.top == other.top and not (
        one.prefix.startswith(other.prefix) or other.prefix.startswith(one.prefix))
    if one and other and are_together and (both := _ask([one, other])):
        return [*both]
    return [answers[0] if place and (answers := _ask([place])) else None for place in (one, other)]


def _place(folder: Path) -> Place | None:
    """Where it lies; None outside of a repository and in one without commits."""
    lines = (git(folder, "rev-parse", "--show-toplevel", "--show-prefix", "HEAD:./") or "").split("\n")
    return Place(folder, Path(lines[0]), lines[1], lines[2]) if len(lines) == 3 else None


def _ask(places: list[Place]) -> list[Told] | None:
    """What git tells of folders in one repository; None if its word does not do for one of them."""
    top = places[0].top
    status = git(top, "status", "--porcelain", "-z", "--no-renames", "--untracked-files=no", "--", *_specs(places))
    listed = git(top, "ls-files", "-s", "-v", "--others", "--directory", "-z", "--", *_specs(places))
    if status is None or listed is None:
        return None
    if not all(f"\t{place.prefix}" in listed or f"{OTHER}{place.prefix}" in listed for place in places):
        return None
    strange = STRANGE.findall(f"\0{listed}")
    others = [entry.removeprefix(OTHER) for entry in strange if entry.startswith(OTHER)]
    if len(others) < len(strange):
        return None
    if git(top, "config", "--get-regexp", r"^filter\."):
        unfiltered = git(top, "ls-files", "-z", "--", *_specs(places, ",attr:!filter"))
        if unfiltered is None or unfiltered.count("\0") != listed.count("\0") - len(others):
            return None
    dirty = [entry[3:] for entry in status.split("\0") if entry]
    told = [Told(place.tree, _below(place, dirty), [place.folder / path for path in _below(place, others)])
            for place in places]
    if sum(len(each.dirty) for each in told) < len(dirty) or any(_has_links(path) for each in told
                                                                for path in each.others):
        return None
    return told


def _specs(places: list[Place], more: str = "") -> list[str]:
    """How git is asked about folders, whatever signs their names hold."""
    return [f":(literal{more}){place.prefix}" for place in places]


def _below(place: Place, paths: list[str]) -> list[str]:
    """Those of the repository's paths that lie in the folder, from there."""
    return [path.removeprefix(place.prefix) for path in paths if path.startswith(place.prefix)]


def changed(options: BuildOptions, before: str, now: Sources) -> list[str] | None:
    """Files below the repository that may differ from those of a build (`Sources.text`); None if nobody can tell."""
    try:
        old = [Tree(tree, files, tuple(empty)) for tree, files, empty in json.loads(before)]
        content, data = old
    except (ValueError, TypeError):
        return None
    found: list[str] = []
    for top, folder, then, here in (("content", options.content, content, now.content),
                                    ("data", options.data, data, now.data)):
        if bool(then.tree) != bool(here.tree) or then.empty != here.empty:
            return None
        same = {path for path in then.files.keys() & here.files.keys() if then.files[path] == here.files[path]}
        paths = (then.files.keys() | here.files.keys()) - same
        if then.tree != here.tree:
            names = git(folder, "diff-tree", "-r", "-z", "--name-only", "--no-renames", then.tree, here.tree)
            if names is None:
                return None
            paths |= set(filter(None, names.split("\0"))) - same
        found += [f"{top}/{path}" for path in paths]
    return sorted(found)
