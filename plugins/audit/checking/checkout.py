"""A commit in a folder of its own, far from the repository: a clone that shares its objects and none of its hooks."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ..repository import PATIENCE, NotReadable, command, environment, name_of, resolve

ROOT = Path(__file__).resolve().parents[3]
"""The repository of this engine."""
ENGINE = "plugins"
AS_IT_IS = "* -text -ident -filter -working-tree-encoding\n"
"""What the repository says of its files may make other texts of them than those that are logged."""


@contextmanager
def checked_out(repository: Path, commit: str) -> Iterator[Path]:
    """The files of a commit, with its history. Errors: `NotReadable`, OSError."""
    full = resolve(repository, commit)
    with tempfile.TemporaryDirectory(prefix="verify-", ignore_cleanup_errors=True) as folder:
        place = Path(folder).resolve() / "site"
        top = _run(repository, "rev-parse", "--show-toplevel").strip()
        _run(Path(folder), "clone", "--quiet", "--shared", "--no-checkout", "--no-tags", "--template=", top, str(place))
        (place / ".git" / "info").mkdir(exist_ok=True)
        (place / ".git" / "info" / "attributes").write_text(AS_IT_IS, encoding="ascii")
        _run(place, "checkout", "--quiet", "--detach", full)
        prefix = _run(repository, "rev-parse", "--show-prefix").strip()
        yield place / prefix


def is_same_engine(repository: Path, commit: str, *more: str) -> bool:
    """Whether a commit has the engine that runs here, and the same in `more` folders.

    True where it has none at all: then this one made the site.
    """
    folders = [f"{name}/" for name in (ENGINE, *more)]
    there = _run(repository, "ls-tree", "-r", "-z", f"{commit}:./", *folders).split("\0")[:-1]
    return all(_is_here(*entry.split("\t", 1)) for entry in there)


def _is_here(facts: str, path: str) -> bool:
    name = facts.split(" ")[2]
    try:
        content = (ROOT / path).read_bytes()
    except (OSError, ValueError):
        return False
    return len(name) != 40 or name_of("blob", content) == name


def _run(folder: Path, *arguments: str) -> str:
    try:
        done = subprocess.run([*command(folder), *arguments], capture_output=True, timeout=PATIENCE, check=False,
                              env=environment("file"))
    except (OSError, subprocess.TimeoutExpired) as error:
        raise NotReadable(str(error)) from None
    if done.returncode:
        raise NotReadable(done.stderr.decode("utf-8", "replace").strip()[:200] or f"git {arguments[0]}")
    return done.stdout.decode("utf-8", "surrogateescape")
