"""Keys, leaves and logs that the tests of the room share. Seeds are fixed: nothing here is secret."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import pytest

from plugins.proof.append import add_signatures, append, create
from plugins.proof.checkpoints import Checkpoint
from plugins.proof.cosignatures import cosign
from plugins.proof.keys import COSIGNATURE, ED25519, ML_DSA_44, SignerKey
from plugins.proof.leaves import Leaf, leaf
from plugins.proof.log import from_folder
from plugins.proof.notes import Note
from plugins.proof.policy import Policy
from plugins.proof.salts import DOCUMENTS, keep_openings, overwrite, read_openings
from plugins.proof.tiles import Fetch

ORIGIN = "rada.example/log"
NOW = 1_795_000_000


def key(name: str, kind: int) -> SignerKey:
    return SignerKey(name, kind, sha256(f"{name} {kind}".encode()).digest())


LOG, LOG_PQ = key(ORIGIN, ED25519), key(ORIGIN, ML_DSA_44)
WITNESSES = [key(f"witness{number}.example/w", COSIGNATURE) for number in (1, 2, 3)]
WITNESS_PQ = key("witness1.example/pq", ML_DSA_44)


def policy(least: int = 1) -> Policy:
    """The log's two keys and three witnesses of which so many are enough."""
    lines = [f"log {LOG.verifier}", f"log {LOG_PQ.verifier}",
             *(f"witness w{number} {one.verifier}" for number, one in enumerate(WITNESSES, 1)),
             f"witness pq {WITNESS_PQ.verifier}",
             f"group three {least or 1} w1 w2 w3", "quorum three" if least else "quorum none"]
    return Policy.parse("".join(f"{line}\n" for line in lines).encode())


def event(number: int) -> Leaf:
    """A publication, its commitments made up."""
    values = {name: sha256(f"{name} {number}".encode()).hexdigest() for name in ("c", "path", "commit")}
    return leaf("publish", "editor:1a2b3c4d", "2026-11-28T10:00:00Z", doc=f"drafts/2026/{number:05}", n=1, **values)


@dataclass(frozen=True)
class Log:
    folder: Path
    note: Note

    @property
    def fetch(self) -> Fetch:
        return from_folder(self.folder)

    @property
    def checkpoint(self) -> Checkpoint:
        return Checkpoint.of(self.note)


def written(folder: Path, sizes: Sequence[int], keys: Sequence[SignerKey] = (LOG,)) -> Log:
    """A log that grew to each of these sizes in turn."""
    note = create(folder, ORIGIN, keys, NOW)
    size = 0
    for wanted in sizes:
        note = append(folder, [event(number) for number in range(size, wanted)], keys, expected=size, at=NOW)
        size = wanted
    return Log(folder, note)


def witnessed(log: Log, *witnesses: SignerKey, at: int = NOW + 60) -> Log:
    """The same log with cosignatures, a minute apart."""
    lines = [cosign(log.checkpoint, one, at + 60 * number) for number, one in enumerate(witnesses)]
    return Log(log.folder, add_signatures(log.folder, log.checkpoint.size, lines, policy()))


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Log:
    """700 entries in three steps; all keys of the log and two witnesses signed."""
    log = written(tmp_path_factory.mktemp("small") / "log", (5, 300, 700), (LOG, LOG_PQ))
    return witnessed(log, WITNESSES[0], WITNESSES[1], WITNESS_PQ)


@pytest.fixture(scope="session")
def large(tmp_path_factory: pytest.TempPathFactory) -> Log:
    """66,049 entries: tiles of three levels, each with a partial one."""
    return written(tmp_path_factory.mktemp("large") / "log", (1, 255, 256, 257, 65_792, 66_049))


def needs(program: str) -> str:
    """A program of the machine: in CI it has to be there, elsewhere its tests are skipped by name."""
    found = shutil.which(program)
    if found is None:
        assert not os.environ.get("CI"), f"CI has no {program}"
        pytest.skip(f"no {program} on this machine")
    return found


def destroy_opening(folder: Path, doc: str, number: int) -> None:
    """What is left in a folder of salts when one revision was erased."""
    openings = read_openings(folder, doc)
    del openings[number]
    overwrite(folder / DOCUMENTS / f"{doc}.json")
    keep_openings(folder, doc, openings)
