"""The output folder: staged, then renamed under a journal. Every file is whole, old or new; a build that fails, is
interrupted or killed before the renames leaves the output as it was, and one killed during them is finished next time.

What no build has made is taken away, but for what `model.py` names: it is neither looked at nor touched.
"""

from __future__ import annotations

import json
import os
import shutil
import time
from collections.abc import Collection, Iterable
from contextlib import suppress
from pathlib import Path
from typing import TypedDict

from .manifest import MANIFEST, Manifest
from .model import EVIDENCE, EVIDENCE_NAME, EVIDENCE_PARENT, KEPT

TRIES, PAUSE = 50, 0.02
"""Times and seconds."""
FRESH = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)


class Plan(TypedDict):
    """What the journal holds: (path in the output, name in the staging folder), and what goes."""

    moves: list[tuple[str, str]]
    removed: list[str]


class OutputError(Exception):
    """The output cannot be used as it is; its text is for the editor."""


def staging_of(output: Path) -> Path:
    """Where new files wait: beside the output, on the same disk."""
    place = output.resolve()
    return place.parent / f".{place.name}.staging"


def has_begun_to_move(output: Path) -> bool:
    """True if a journal says what has still to be moved."""
    return (staging_of(output) / "journal.json").is_file()


def recover(output: Path) -> None:
    """Finish the renames that an interrupted build had begun, or drop what it had only staged."""
    staging = staging_of(output)
    if not staging.is_dir():
        return
    journal = staging / "journal.json"
    if journal.is_file():
        _carry_out(output, staging, json.loads(journal.read_text(encoding="utf-8")))
    _clear(staging)


def _clear(staging: Path) -> None:
    """Remove a staging folder; a program that its build had started may still be ending, hence the tries."""
    for _ in range(TRIES):
        shutil.rmtree(staging, ignore_errors=True)
        if not staging.exists():
            return
        time.sleep(PAUSE)
    shutil.rmtree(staging)


def check_ours(output: Path, sources: tuple[Path, ...]) -> None:
    """An output folder is empty, new, or one of ours. Errors: OutputError otherwise (nobody's files are pruned)."""
    real = output.resolve()
    for source in sources:
        if real.is_relative_to(source.resolve()) or source.resolve().is_relative_to(real):
            raise OutputError(f"тека {output} перетинається з текою {source}. Виберіть іншу теку для сайту.")
    is_half_made = has_begun_to_move(output)  # a first build that was killed while it moved files
    if output.is_dir() and not is_half_made and not (output / MANIFEST).is_file() and any(output.iterdir()):
        raise OutputError(f"тека {output} не порожня і створена не тут. Виберіть порожню теку для сайту.")


def begin(output: Path) -> Path:
    """A fresh, empty staging folder. Errors: OSError (no right to write, no space)."""
    staging = staging_of(output)
    if staging.exists():
        _clear(staging)
    (staging / "files").mkdir(parents=True)
    if output.is_dir() and output.stat().st_dev != staging.stat().st_dev:
        shutil.rmtree(staging)
        raise OutputError(f"тека {output} лежить на іншому диску, ніж {staging.parent}. Виберіть теку всередині неї.")
    return staging


def stage(file: str, content: bytes) -> None:
    """Write a file for the output. (`open` asks the system four things more, of each of tens of thousands.)

    Errors: OSError.
    """
    number = os.open(file, FRESH, 0o666)
    try:
        rest = memoryview(content)
        while rest:
            rest = rest[os.write(number, rest):]
    finally:
        os.close(number)


def has_all(output: Path, manifest: Manifest) -> bool:
    """True if every claimed file is there and nothing else (names only, no contents)."""
    return _present(output) == {*manifest}


def is_untouched(output: Path, times: dict[str, int]) -> bool:
    """True if each folder has the time at which its names were right: a file that comes or goes changes it."""
    top = str(output)
    try:  # plain strings, as below
        now = [os.stat(f"{top}/{folder}").st_mtime_ns for folder in times]  # noqa: PTH116
    except OSError:
        return False
    return bool(times) and now == [*times.values()]


def times_of(output: Path, manifest: Manifest, known: dict[str, int], touched: Iterable[str]) -> dict[str, int]:
    """Each folder of the claimed files with the time at which it holds their names and no others.

    A folder keeps its `known` time unless one of the `touched` paths lies in it. Nothing is told of an output with
    other names, or on a disk whose clock shows whole seconds: two changes would have the same time there.
    """
    times = dict(known)
    looked_at = sorted(_folders(touched if known else manifest))  # the disk finds neighbours sooner
    try:
        for folder in looked_at:
            times.pop(folder, None)
            with suppress(FileNotFoundError):  # the last of its files has gone
                # The time comes first: what changes after it is seen next time, however long the look takes.
                times[folder] = os.stat(f"{output}/{folder}").st_mtime_ns  # noqa: PTH116
        is_coarse = any(times[folder] % 1_000_000_000 == 0 for folder in looked_at if folder in times)
        if is_coarse or not _hold(output, manifest, looked_at if known else None, times.keys()):
            return {}
    except OSError:
        return {}
    return times


def _folders(files: Iterable[str]) -> set[str]:
    """All folders on the way to files, the topmost as the empty text."""
    found = {""}
    for path in files:
        folder = path.rpartition("/")[0]
        while folder not in found:
            found.add(folder)
            folder = folder.rpartition("/")[0]
    return found


def _hold(output: Path, manifest: Manifest, looked_at: Iterable[str] | None, folders: Collection[str]) -> bool:
    """True if folders hold the claimed files and no others; all are looked at, or some."""
    if looked_at is None:
        names: dict[str, set[str]] = {folder: set() for folder in folders}
        for path in manifest:
            folder, _, name = path.rpartition("/")
            if folder not in names:
                return False
            names[folder].add(name)
    else:
        names = {folder: set(manifest.in_folder(folder)) for folder in looked_at}
    names.setdefault("", set()).add(MANIFEST)
    return all(_holds(output, folder, claimed, folders) if folder in folders else not claimed
               for folder, claimed in names.items())


def _holds(output: Path, folder: str, claimed: set[str], folders: Collection[str]) -> bool:
    base = f"{folder}/" if folder else ""
    with os.scandir(f"{output}/{folder}") as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                if base + entry.name not in folders and not _is_kept(output, base + entry.name):
                    return False
            elif entry.name in claimed:
                claimed.remove(entry.name)
            elif base or entry.name not in KEPT:
                return False
    return not claimed


def _is_kept(output: Path, folder: str) -> bool:
    """True for a folder that stays, and for one that holds nothing but such a folder."""
    return folder in KEPT or folder == EVIDENCE or (
        folder == EVIDENCE_PARENT and [*(output / folder).iterdir()] == [output / EVIDENCE])


def commit(output: Path, manifest: Manifest, staged: dict[str, str],
           before: dict[str, str], present: set[str] | None = None) -> tuple[list[str], list[str]]:
    """Make the output hold exactly the files of a manifest: others are removed, new ones moved in.

    `staged` says under which name a new file waits, `before` what the output is known to hold; `present` are the
    files that are there, where that is known. Returns (written, removed) paths.
    """
    if present is None:
        present = _present(output)
    files = manifest.files
    moves = sorted(path for path in staged if before.get(path) != files[path] or path not in present)
    removed = sorted(present - files.keys())
    move(output, manifest, {path: staged[path] for path in moves}, removed)
    return moves, removed


def move(output: Path, manifest: Manifest, staged: dict[str, str], removed: list[str]) -> None:
    """Move new files in and take others away; the manifest tells all that is there then, and comes last."""
    if strange := next((path for path in staged if path.startswith(f"{EVIDENCE}/")), ""):
        raise OutputError(f"файл {strange}: у теці {EVIDENCE} лежить лише журнал оприлюднень. Змініть адресу сторінки.")
    staging = staging_of(output)
    (staging / "files" / MANIFEST).write_bytes(manifest.raw)
    _write_journal(output, staging, {"moves": [*sorted(staged.items()), (MANIFEST, MANIFEST)], "removed": removed})


def _write_journal(output: Path, staging: Path, plan: Plan) -> None:
    draft = staging / "journal.new"
    with draft.open("w", encoding="utf-8") as handle:
        handle.write(json.dumps(plan))
        handle.flush()
        os.fsync(handle.fileno())
    draft.replace(staging / "journal.json")
    _carry_out(output, staging, plan)
    shutil.rmtree(staging)


def _present(output: Path) -> set[str]:
    """The paths of all files in the output but those that stay."""
    found: set[str] = set()
    prefix = len(str(output)) + 1
    for here, folders, names in os.walk(output):
        if here == str(output):
            folders[:] = [name for name in folders if name not in KEPT]
            names = [name for name in names if name not in KEPT and name != MANIFEST]
        base = here[prefix:].replace(os.sep, "/")
        if base == EVIDENCE_PARENT and EVIDENCE_NAME in folders:
            folders.remove(EVIDENCE_NAME)
        found.update(f"{base}/{name}" if base else name for name in names)
    return found


def _carry_out(output: Path, staging: Path, plan: Plan) -> None:
    folders: set[Path] = set()
    for path in plan["removed"]:
        (output / path).unlink(missing_ok=True)
        folders.add((output / path).parent)
    for folder in sorted(folders, key=lambda path: len(path.parts), reverse=True):
        while folder != output and folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()
            folder = folder.parent
    made: set[str] = set()
    waiting, top = str(staging / "files"), str(output)
    for path, name in plan["moves"]:
        source, target = f"{waiting}/{name}", f"{top}/{path}"
        parent = target.rpartition("/")[0]
        try:  # plain strings: objects of paths cost their share of thousands of files
            if parent not in made:
                _make_folder(parent)
                made.add(parent)
            os.replace(source, target)  # noqa: PTH105
        except OSError:
            _make_room_and_move(Path(source), Path(target))


def _make_folder(path: str) -> None:
    try:
        os.mkdir(path)  # noqa: PTH102 — mostly the folder of a page, in one that is there
    except FileExistsError:
        pass
    except FileNotFoundError:
        os.makedirs(path, exist_ok=True)  # noqa: PTH103


def _make_room_and_move(source: Path, target: Path) -> None:
    """A file stands where a folder is due, a folder where a file is due, or the move was made before a break."""
    if not source.is_file():
        return
    if target.parent.is_file():
        target.parent.unlink()
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.is_dir():
        shutil.rmtree(target)
    source.replace(target)
