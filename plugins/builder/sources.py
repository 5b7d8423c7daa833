"""Which files of content and data have changed since a build: told by git where git knows, else by their bytes."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from .changes import files_below, git
from .options import BuildOptions

PLAIN = ("H 100644 ", "H 100755 ")
"""How `git ls-files -s -v` begins the line of a file that is tracked and looked at; a link changes with its target."""
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
    """Content and data as they are now."""

    content: Tree
    data: Tree

    @property
    def digest(self) -> str:
        """One digest of everything."""
        return hashlib.blake2b(self.text.encode("utf-8", "surrogateescape"), digest_size=16).hexdigest()

    @property
    def text(self) -> str:
        """All of it as JSON."""
        return json.dumps([(tree.tree, tree.files, tree.empty) for tree in (self.content, self.data)],
                          ensure_ascii=True, sort_keys=True)


def look(options: BuildOptions) -> Sources:
    """Content and data as they are now."""
    return Sources(_look(options.content, options.paranoid), _look(options.data, options.paranoid))


def _look(folder: Path, is_paranoid: bool) -> Tree:
    if not is_paranoid and (found := _by_git(folder)):
        tree, dirty, others = found
        files = [file.relative_to(folder).as_posix() for other in others for file in _files_of(other)]
        empty = sorted(name for other in others for name in empty_folders(other, folder))
        return Tree(tree, {path: _digest(folder / path) for path in sorted({*dirty, *files})}, tuple(empty))
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


def _by_git(folder: Path) -> tuple[str, list[str], list[Path]] | None:
    """(git's tree of a folder, tracked files that differ from it, others); None where git's word does not do.

    Git keeps a hash of every file, so a clone knows at once what reading a hundred megabytes would tell. Its word does
    not do for files that it was told not to look at (`assume-unchanged`, a sparse checkout), for submodules, and for
    those that a filter turns into others (LFS).
    """
    status = git(folder, "status", "--porcelain", "-z", "--no-renames", "--untracked-files=no", "--", ".")
    names = git(folder, "rev-parse", "--show-prefix", "HEAD:./") if status is not None else None
    if status is None or not names:
        return None
    entries = (git(folder, "ls-files", "-s", "-v", "--others", "--directory", "-z", "--", ".") or "").split("\0")
    tracked = [entry for entry in entries if not entry.startswith(OTHER)]
    others = [folder / entry.removeprefix(OTHER) for entry in entries if entry.startswith(OTHER)]
    if not {entry[:len(PLAIN[0])] for entry in tracked}.issubset(PLAIN) or any(map(_has_links, others)):
        return None
    if git(folder, "config", "--get-regexp", r"^filter\."):
        unfiltered = git(folder, "ls-files", "-z", "--", ":(attr:!filter)")
        if unfiltered is None or len(unfiltered.split("\0")) != len(tracked):
            return None
    prefix, _, tree = names.rpartition("\n")
    dirty = [entry[3:] for entry in status.split("\0") if entry]
    if any(not path.startswith(prefix) for path in dirty):
        return None
    return tree, [path[len(prefix):] for path in dirty], others


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
