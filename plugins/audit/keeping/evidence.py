"""The evidence on the site: a copy of the log and of the salts, exact to the file, below `prozorist/zhurnal/`.

A file that is the same already is left alone; a link is made where the disk allows, so that ten years of openings cost
no space. What is gone from the salts goes from the site too: that is what erasure rests on.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from plugins.proof.files import write_whole

from ..declared import REWRITES
from ..layout import EVIDENCE, SALTS
from ..pages_root import MANIFEST

LOG_PARTS = ("checkpoint", "checkpoints", "tile", "policy", "policies", "anchors")
"""What of the log's folder is published; whatever else lies there is its keeper's."""
SALT_PARTS = ("docs", "policies", "pages.csv", "build.json", "builds.json", REWRITES)
"""The manifest of the logged build stands on the site itself."""
assert MANIFEST not in SALT_PARTS


def publish(log: Path, salts: Path, output: Path) -> int:
    """Make the evidence in the output what it is here; the number of files that were changed. Errors: OSError."""
    target = output / EVIDENCE
    wanted = {**dict(_files(log, LOG_PARTS)), **{f"{SALTS}{path}": file for path, file in _files(salts, SALT_PARTS)}}
    there = {path for path, _ in _files(target, None)}
    changed = sum(_put(file, target / path) for path, file in sorted(wanted.items(), key=_checkpoint_last))
    for path in there - wanted.keys():
        (target / path).unlink()
    _drop_empty(target)
    return changed + len(there - wanted.keys())


def _checkpoint_last(item: tuple[str, Path]) -> tuple[bool, str]:
    return item[0] == "checkpoint", item[0]


def _files(folder: Path, parts: tuple[str, ...] | None) -> Iterator[tuple[str, Path]]:
    """(path below the folder, file) of some parts of it, or of all; files that begin with a dot are on their way."""
    for here, folders, names in os.walk(folder):
        is_top = here == str(folder)
        if is_top and parts is not None:
            folders[:] = [name for name in folders if name in parts]
            names = [name for name in names if name in parts]
        for name in names:
            if parts is None or not name.startswith("."):
                file = Path(here, name)
                yield file.relative_to(folder).as_posix(), file


def _put(source: Path, target: Path) -> bool:
    """True if it was not there or was another."""
    if target.is_file():
        if target.samefile(source) or _is_same(source, target):
            return False
        if source.stat().st_dev != target.stat().st_dev:
            write_whole(target, source.read_bytes(), is_synced=False)
            return True
        target.unlink()
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        target.hardlink_to(source)
    except OSError:
        shutil.copyfile(source, target)
    return True


def _is_same(one: Path, other: Path) -> bool:
    return one.stat().st_size == other.stat().st_size and one.read_bytes() == other.read_bytes()


def _drop_empty(folder: Path) -> None:
    for here, folders, names in os.walk(folder, topdown=False):
        if (not names and not folders) or not any(os.scandir(here)):
            Path(here).rmdir()
