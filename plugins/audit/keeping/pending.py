"""Writing a batch so that a crash at any point costs nothing: openings, then the log, then the facts of the build.

A note of what is on its way lies in the folder of salts. Whoever comes next reads it: if the log did not grow, the
openings of the lost batch go; if it did, what had to follow is put in place. What opens the log as it was is never
touched.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from plugins.proof.faults import Fault
from plugins.proof.files import settle_disk, write_whole
from plugins.proof.leaves import canonical
from plugins.proof.log import entry_at
from plugins.proof.salts import keep_openings, keep_policy_openings, read_openings, read_policy_openings
from plugins.proof.tiles import Fetch
from plugins.proof.tree import leaf_hash

from .batch import Batch

NOTE = ".pending.json"
STAGED = ".pending"
Opened = TypeVar("Opened")


@dataclass(frozen=True)
class Pending:
    """What is on its way. `before`, `after`: sizes of the log; `first`: hash of the first leaf of the batch;
    `docs`, `policies`: how many revisions of each the log had.
    """

    before: int
    after: int
    first: str
    docs: Mapping[str, int]
    policies: Mapping[str, int]


def stage(salts: Path, batch: Batch, size: int, facts: Mapping[str, bytes]) -> None:
    """Before the log grows. `size`: of the log now; `facts`: files of the build (name → content) for afterwards."""
    docs = {doc: min(new) - 1 for doc, new in batch.openings.items()}
    policies = {what: min(new) - 1 for what, new in batch.policies.items()}
    write_whole(salts / NOTE, canonical({"before": size, "after": size + len(batch.leaves), "docs": docs,
                                         "first": leaf_hash(batch.leaves[0].encode()).hex(), "policies": policies}))
    for name, content in facts.items():
        write_whole(salts / STAGED / name, content)
    for doc, new in batch.openings.items():
        keep_openings(salts, doc, {**_up_to(read_openings(salts, doc), docs[doc]), **new}, is_synced=False)
    for what, versions in batch.policies.items():
        keep_policy_openings(salts, what, {**_up_to(read_policy_openings(salts, what), policies[what]), **versions})
    settle_disk()


def settle(salts: Path, log: Fetch, size: int) -> bool:
    """Finish or undo what is on its way; `size`: of the log as it is. False where nothing was."""
    if not (salts / NOTE).is_file():
        shutil.rmtree(salts / STAGED, ignore_errors=True)
        return False
    pending = _read(salts)
    if _has_grown(pending, log, size):
        for staged in sorted((salts / STAGED).glob("*")):
            if not staged.name.startswith("."):
                staged.replace(salts / staged.name)
    else:
        for doc, had in pending.docs.items():
            keep_openings(salts, doc, _up_to(read_openings(salts, doc), had))
        for what, had in pending.policies.items():
            keep_policy_openings(salts, what, _up_to(read_policy_openings(salts, what), had))
    shutil.rmtree(salts / STAGED, ignore_errors=True)
    (salts / NOTE).unlink()
    return True


def _has_grown(pending: Pending, log: Fetch, size: int) -> bool:
    try:
        return size >= pending.after and leaf_hash(entry_at(pending.before, size, log)).hex() == pending.first
    except Fault:
        return False


def _up_to(openings: Mapping[int, Opened], last: int) -> dict[int, Opened]:
    return {number: one for number, one in openings.items() if number <= last}


def _read(salts: Path) -> Pending:
    found: dict[str, Any] = json.loads((salts / NOTE).read_bytes())
    return Pending(found["before"], found["after"], found["first"], found["docs"], found["policies"])
