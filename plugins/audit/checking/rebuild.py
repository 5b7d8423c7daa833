"""`verify rebuild`: build the site again out of its commit, elsewhere, and compare every byte.

The engine that builds is the one of that commit: whoever runs this trusts the repository as far as to run its code.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from plugins.proof.faults import Fault
from plugins.proof.leaves import Leaf
from plugins.proof.pageproof import pages_root
from plugins.proof.tiles import Fetch

from ..findings import Finding, Told, Weight
from ..pages_root import LOCK, MANIFEST
from ..site import files_of, is_address, open_site
from .checkout import ROOT, checked_out
from .pages import AT_ONCE, is_kept, listed_files, page_salts

CHECK = "rebuild"
LONGEST = 3600


@dataclass(frozen=True)
class Rebuild:
    """What is asked. `log`, `salts`: the folders that the build was given; `compare`: a site, or nothing.

    `leaf`: the entry of this very build, `opens` what opens it. Without a day it is that of the commit.
    """

    repository: Path
    commit: str
    day: str = ""
    url: str = ""
    log: Path | None = None
    salts: Path | None = None
    compare: str = ""
    leaf: Leaf | None = None
    opens: Fetch | None = None


def check_rebuild(asked: Rebuild) -> list[Finding]:
    """The files that differ, or that none does. Errors: `NotReadable`, OSError."""
    told = Told(CHECK)
    with checked_out(asked.repository, asked.commit) as folder:
        _lend_environment(folder)
        if why := _build(folder, asked):
            told.say("build-failed", asked.commit[:12], why, Weight.LACKING)
            return told.all
        output = folder / "output"
        manifest = (output / MANIFEST).read_bytes()
        own = listed_files(manifest)
        if asked.leaf:
            _against_log(own, asked, told)
        if asked.compare:
            _against_site(output, own, asked.compare, told)
    if not told.all:
        told.say("rebuilt", asked.commit[:12], f"{len(own)}, sha256 {hashlib.sha256(manifest).hexdigest()}",
                 Weight.NOTE)
    return told.all


def _lend_environment(folder: Path) -> None:
    """The present environment serves if the lock is the same; else the build makes its own."""
    with suppress(OSError):
        if (folder / LOCK).read_bytes() == (ROOT / LOCK).read_bytes() and (ROOT / ".venv").is_dir():
            (folder / ".venv").symlink_to((ROOT / ".venv").resolve(), target_is_directory=True)


def _build(folder: Path, asked: Rebuild) -> str:
    """Why it could not be built; "" if it was."""
    options = {"--as-of": asked.day, "--url": asked.url, "--log": str(asked.log.resolve()) if asked.log else "",
               "--salts": str(asked.salts.resolve()) if asked.salts else ""}
    words = [f"{name}={value}" for name, value in options.items() if value]
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "PROZORA_", "PYTHON"))}
    try:
        done = subprocess.run([sys.executable, "tasks.py", "build", "--cold", "--public", *words], cwd=folder,
                              env=kept | {"PYTHONUTF8": "1"}, capture_output=True, timeout=LONGEST, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        return str(error)
    said = done.stderr.decode("utf-8", "replace").strip().splitlines()
    return (said[-1] if said else str(done.returncode)) if done.returncode else ""


def _against_log(own: Mapping[str, str], asked: Rebuild, told: Told) -> None:
    assert asked.leaf and asked.opens
    try:
        root = pages_root(own.items(), page_salts(asked.opens))
    except (Fault, FileNotFoundError):
        root = ""
    if root != asked.leaf["root"]:
        told.say("other-build", asked.commit[:12])


def _against_site(output: Path, own: Mapping[str, str], place: str, told: Told) -> None:
    fetch = open_site(place)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for path, code in pool.map(partial(_compared, fetch), own.items()):
            if code:
                told.say(code, path, weight=Weight.LACKING if code == "unreadable" else Weight.TAMPERING)
    for path in sorted(_theirs(fetch, place)):
        if path not in own and path != MANIFEST and not is_kept(path):
            told.say("only-there", path)
    if _compared(fetch, (MANIFEST, hashlib.sha256((output / MANIFEST).read_bytes()).hexdigest()))[1]:
        told.say("differs", MANIFEST)


def _theirs(fetch: Fetch, place: str) -> set[str]:
    if not is_address(place):
        return set(files_of(Path(place)))
    try:
        return set(listed_files(fetch(MANIFEST)))
    except FileNotFoundError:
        return set()


def _compared(fetch: Fetch, line: tuple[str, str]) -> tuple[str, str]:
    path, digest = line
    try:
        return path, "" if hashlib.sha256(fetch(path)).hexdigest() == digest else "differs"
    except FileNotFoundError:
        return path, "only-here"
    except OSError:
        return path, "unreadable"
