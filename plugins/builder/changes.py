"""What a build depends on: digests of sources, engine, theme and settings. Hash, not time stamps: a clone is new."""

from __future__ import annotations

import hashlib
import os
import subprocess
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from .options import ROOT, BuildOptions

KYIV = ZoneInfo("Europe/Kyiv")
PLAIN = ("H 100644 ", "H 100755 ", "H 120000 ")
"""How `git ls-files -s -v` begins the line of a file or a link that is tracked and looked at."""
OTHER = "? "
"""How it begins that of what is not tracked; of a folder without tracked files only the folder, be it empty or not."""
CODE = ("plugins", "pelicanconf.py", "publishconf.py", "requirements.lock")
ENGINE = (*CODE, "theme")


def files_below(folder: Path) -> Iterator[Path]:
    """All files below a folder, sorted; hidden folders and caches of Python are passed over."""
    for here, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name != "__pycache__")
        yield from (Path(here, name) for name in sorted(names))


def digest_of(paths: Iterable[Path], root: Path) -> str:
    """One digest of many files: their names below `root` and their bytes."""
    total = hashlib.blake2b(digest_size=16)
    for path in paths:
        try:
            content = hashlib.blake2b(path.read_bytes(), digest_size=16).digest()
        except OSError:
            content = b"unreadable"
        total.update(path.relative_to(root).as_posix().encode("utf-8", "surrogatepass") + b"\0" + content)
    return total.hexdigest()


def engine_digest(names: Iterable[str] = ENGINE) -> str:
    """The digest of everything that makes pages out of records: a change of it prints all pages again."""
    parts: list[Path] = []
    for name in names:
        path = ROOT / name
        parts += files_below(path) if path.is_dir() else [path] if path.exists() else []
    return digest_of([part for part in parts if part.suffix != ".pyc"], ROOT)


def source_digest(options: BuildOptions) -> str:
    """The digest of content and data: of git's trees where nothing differs from the commit, else of all files."""
    roots = (options.content, options.data)
    trees = [None if options.paranoid else _tree(root) for root in roots]
    return " ".join(tree or _hashed(root) for root, tree in zip(roots, trees, strict=True))


def _tree(folder: Path) -> str | None:
    """The id of git's tree of a folder; None without git, or where the files may be others than those committed.

    Git keeps a hash of every file, so a clone knows at once what reading a hundred megabytes would tell. Its word does
    not do for files that it was told not to look at (`assume-unchanged`, a sparse checkout), for submodules, and for
    those that a filter turns into others (LFS).
    """
    if git(folder, "status", "--porcelain", "-z", "--untracked-files=no", "--", ".") != "":
        return None
    entries = (git(folder, "ls-files", "-s", "-v", "--others", "--directory", "-z", "--", ".") or "").split("\0")
    tracked = [entry for entry in entries if not entry.startswith(OTHER)]
    others = [folder / entry.removeprefix(OTHER) for entry in entries if entry.startswith(OTHER)]
    if not {entry[:len(PLAIN[0])] for entry in tracked}.issubset(PLAIN) or any(map(_has_files, others)):
        return None
    if git(folder, "config", "--get-regexp", r"^filter\."):
        unfiltered = git(folder, "ls-files", "-z", "--", ":(attr:!filter)")
        if unfiltered is None or len(unfiltered.split("\0")) != len(tracked):
            return None
    tree = git(folder, "rev-parse", "--verify", "--quiet", "HEAD:./")
    return tree and " ".join([tree, *sorted(empty for other in others for empty in _empty_folders(other, folder))])


def _has_files(path: Path) -> bool:
    return not path.is_dir() or path.is_symlink() or any(names for _, _, names in os.walk(path))


def _empty_folders(place: Path, root: Path) -> list[str]:
    return sorted(str(Path(here).relative_to(root)) for here, below, names in os.walk(place) if not below and not names)


def _hashed(root: Path) -> str:
    """All files of a folder by their bytes, empty folders included (they are a problem)."""
    known = digest_of(files_below(root), root) + repr(_empty_folders(root, root))
    return hashlib.blake2b(known.encode("utf-8", "surrogateescape"), digest_size=16).hexdigest()


def settings_digest(options: BuildOptions, moment: datetime | None) -> str:
    """The digest of the options that change bytes."""
    values = (options.url, options.public, options.search, moment.isoformat() if moment else None)
    return hashlib.blake2b(repr(values).encode(), digest_size=16).hexdigest()


def git(folder: Path, *arguments: str) -> str | None:
    """What git answers in a folder, or None without git or outside of a repository."""
    try:
        # No lock of the index: an editor's own commit must not fail because a build looks.
        done = subprocess.run(["git", "--no-optional-locks", "-C", str(folder), *arguments], capture_output=True,
                              timeout=60, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout.decode("utf-8", "replace").strip("\0\n") if done.returncode == 0 else None


def declared_moment(options: BuildOptions) -> datetime | None:
    """The declared day (design §5): `--as-of`, else the committer time of the content commit, else None.

    None means that the newest publication in the records decides. Errors: ValueError for a text that is no moment.
    """
    if options.as_of:
        moment = datetime.fromisoformat(options.as_of.replace("Z", "+00:00"))
        return moment.replace(tzinfo=KYIV) if moment.tzinfo is None else moment.astimezone(KYIV)
    if not git(options.content, "rev-parse", "--verify", "--quiet", "HEAD:./"):
        return None
    seconds = git(options.content, "log", "-1", "--format=%ct")
    return datetime.fromtimestamp(int(seconds), KYIV) if seconds and seconds.isdigit() else None
