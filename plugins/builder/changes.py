"""What a build depends on: digests of sources, engine, theme and settings. Hash, not time stamps: a clone is new."""

from __future__ import annotations

import contextlib
import functools
import hashlib
import os
import subprocess
import time
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from .options import ROOT, BuildOptions

KYIV = ZoneInfo("Europe/Kyiv")
CODE = ("plugins", "pelicanconf.py", "publishconf.py", "requirements.lock")
ENGINE = (*CODE, "theme")
TICK = 2_000_000_000
"""Nanoseconds: the coarsest clock of a disk."""


def files_below(folder: Path) -> Iterator[Path]:
    """All files below a folder, sorted; hidden folders and caches of Python are passed over."""
    yield from map(Path, names_below(folder))


def names_below(folder: Path) -> Iterator[str]:
    """Their names: objects of paths cost their share of a start."""
    for here, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name != "__pycache__")
        yield from (os.path.join(here, name) for name in sorted(names))  # noqa: PTH118


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
    return hashlib.blake2b("".join(map(_part, names)).encode(), digest_size=16).hexdigest()


@functools.cache
def _part(name: str) -> str:
    """The digest of a folder or file of the engine, read once: a process goes on with the code that it has loaded.

    Of files that are the same to the disk it is remembered: to read the eight hundred takes longer than to look.
    """
    path = ROOT / name
    files = [file for file in names_below(path) if not file.endswith(".pyc")] if path.is_dir() else [
        str(path)] if path.exists() else []
    sign = sign_of(files)
    note = ROOT / ".cache" / "engine" / name
    with contextlib.suppress(OSError, UnicodeError):
        known, _, digest = note.read_text(encoding="utf-8").partition(" ")
        if sign and known == sign and len(digest) == 32:
            return digest
    digest = digest_of(map(Path, files), ROOT)
    if sign and sign == sign_of(files):
        with contextlib.suppress(OSError):
            note.parent.mkdir(parents=True, exist_ok=True)
            draft = note.with_name(f"{name}.{os.getpid()}.new")
            draft.write_text(f"{sign} {digest}", encoding="utf-8")
            draft.replace(note)
    return digest


def sign_of(files: Iterable[str]) -> str:
    """What the disk says of files: another for any write, rename or replacement of one, whatever its times say.

    Nothing where one was written just now: a second write in the same tick of the clock would look the same. (On
    Windows a file's `ctime` is when it was made; there the time of its last write must do.)
    """
    newest, said = 0, []
    for file in files:
        try:
            stat = os.stat(file)  # noqa: PTH116 — eight hundred at each start
        except OSError:
            return ""
        newest = max(newest, stat.st_ctime_ns, stat.st_mtime_ns)
        said.append(f"{file} {stat.st_size} {stat.st_mtime_ns} {stat.st_ctime_ns} {stat.st_ino}")
    if time.time_ns() - newest < TICK:
        return ""
    return hashlib.blake2b("\n".join(said).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def settings_digest(options: BuildOptions) -> str:
    """The digest of the options that change bytes."""
    values = (options.url, options.public, options.search)
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
