"""What an auditor remembers from check to check: the strongest weapon there is against a log that is rewritten.

One file of canonical JSON, for one log: its origin, the policy that was believed, every checkpoint that was seen, where
the branch of the repository stood. It is written only when nothing speaks of tampering, and then by a rename. A
checkpoint without its witnesses is remembered too: the log signed it, and has to go on from it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from plugins.proof.checkpoints import Checkpoint
from plugins.proof.faults import Fault
from plugins.proof.files import write_whole
from plugins.proof.leaves import canonical
from plugins.proof.salts import COMMIT
from plugins.proof.strict import to_base64, tree_hash

VERSION = 1
LARGEST = 5_000_000
MOST = 1000
"""Checkpoints that are remembered: the oldest ones and the newest ones."""


@dataclass(frozen=True)
class Memory:
    """What was seen before; empty at first.

    `checkpoints` by growing size; `policy`: the bytes of the policy that was believed, as text; `tip`: the commit at
    which the branch stood; `at`: when (seconds since 1970).
    """

    checkpoints: tuple[Checkpoint, ...] = ()
    policy: str = ""
    tip: str = ""
    at: int = 0

    @property
    def newest(self) -> Checkpoint | None:
        return self.checkpoints[-1] if self.checkpoints else None

    def with_checkpoint(self, checkpoint: Checkpoint) -> Memory:
        """Having seen one more, which continues all before."""
        known = {(one.size, one.root): one for one in (*self.checkpoints, checkpoint)}
        found = sorted(known.values(), key=lambda one: one.size)
        return replace(self, checkpoints=tuple(_few(found)))


def _few(found: list[Checkpoint]) -> Iterable[Checkpoint]:
    half = MOST // 2
    return found if len(found) <= MOST else (*found[:half], *found[-half:])


def read_memory(file: Path) -> Memory:
    """The memory in a file, empty where there is none yet. Errors: `ValueError` for a file that is no such thing."""
    try:
        with file.open("rb") as stream:
            content = stream.read(LARGEST + 1)
    except FileNotFoundError:
        return Memory()
    try:
        found = json.loads(content) if len(content) <= LARGEST else None
        if not isinstance(found, dict) or found["v"] != VERSION or not _are_right(found):
            raise ValueError(str(file))
        kept = tuple(Checkpoint(found["origin"], one["size"], tree_hash(one["root"])) for one in found["checkpoints"])
    except (Fault, KeyError, TypeError, ValueError, RecursionError):
        raise ValueError(str(file)) from None
    return Memory(kept, found["policy"], found["tip"], found["at"])


def keep_memory(file: Path, memory: Memory) -> None:
    """Write it whole. Errors: OSError."""
    newest = memory.newest
    write_whole(file, canonical({
        "v": VERSION, "origin": newest.origin if newest else "", "policy": memory.policy, "tip": memory.tip,
        "at": memory.at,
        "checkpoints": [{"size": one.size, "root": to_base64(one.root)} for one in memory.checkpoints]}) + b"\n")


def _are_right(found: dict[str, object]) -> bool:
    tip = found["tip"]
    return isinstance(found["policy"], str) and isinstance(tip, str) and isinstance(found["at"], int) \
        and (not tip or COMMIT.fullmatch(tip) is not None)
