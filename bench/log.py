"""The publication log at the size of ten years: what writing, verifying, proving and one more publication cost.

53,419 events, the number of revisions in the archive of `history.py`, as the note on transparency measured them; then
as many signed commits as that archive has (`signers.py`).
"""
from __future__ import annotations

import tempfile
from collections.abc import Callable
from functools import partial
from hashlib import sha256
from pathlib import Path
from time import perf_counter, process_time
from typing import TypeVar

from plugins.proof.append import append, create
from plugins.proof.checkpoints import Checkpoint
from plugins.proof.cosignatures import cosign
from plugins.proof.keys import COSIGNATURE, ED25519, ML_DSA_44, SignerKey
from plugins.proof.leaves import Leaf, leaf
from plugins.proof.log import from_folder, prove, proves, verify_log
from plugins.proof.notes import Note
from plugins.proof.policy import Policy

from . import signers
from .measure import decimal

EVENTS = 53_419
ORIGIN = "rada.example/log"
NOW = 1_795_000_000
LOG, LOG_PQ = (SignerKey(ORIGIN, kind, sha256(bytes([kind])).digest()) for kind in (ED25519, ML_DSA_44))
WITNESS = SignerKey("witness.example/w", COSIGNATURE, bytes(32))
POLICY = Policy.parse(f"log {LOG.verifier}\nlog {LOG_PQ.verifier}\nwitness w {WITNESS.verifier}\nquorum w\n".encode())
UNWITNESSED = Policy(POLICY.logs)
Answer = TypeVar("Answer")


def main(tell: Callable[[str], None] = print) -> int:
    """Measure, and print what each thing took. Returns the exit status."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place, "log")
        fetch = from_folder(folder)
        create(folder, ORIGIN, (LOG, LOG_PQ), NOW)
        events = [event(number) for number in range(EVENTS + 3)]
        timed(tell, f"записати {EVENTS} подій", lambda: grow(folder, events[:EVENTS], 0))
        for part in ("tile/0", "tile/1", "tile/entries"):
            tell(f"{part}: {sum(file.stat().st_size for file in (folder / part).rglob('*') if file.is_file())} байтів")
        tell(f"файлів: {sum(file.is_file() for file in folder.rglob('*'))}")
        timed(tell, "прочитати й перевірити все", lambda: verify_log(fetch, UNWITNESSED))
        note = timed(tell, "дописати 3", lambda: grow(folder, events[EVENTS:], EVENTS))
        note = note.with_signatures([cosign(Checkpoint.of(note), WITNESS, NOW)])
        timed(tell, "усі докази", lambda: sum(1 for _ in proves(range(EVENTS), note, fetch)))
        for name, kind in (("Ed25519 і свідок", LOG), ("ML-DSA-44 і свідок", LOG_PQ)):
            one = prove(EVENTS // 2, only(note, kind), fetch)
            tell(f"доказ, {name}: {len(one.encode())} байтів, "
                 f"зі стисненням {len(one.encode_small())}")
            timed(tell, "перевірити його", partial(one.verify, events[EVENTS // 2].encode(), POLICY))
    return signers.main(tell)


def grow(folder: Path, events: list[Leaf], expected: int) -> Note:
    return append(folder, events, (LOG, LOG_PQ), expected=expected, at=NOW)


def event(number: int) -> Leaf:
    """A publication, its commitments made up."""
    values = {name: sha256(f"{name} {number}".encode()).hexdigest() for name in ("c", "path", "commit")}
    return leaf("publish", "editor:1a2b3c4d", "2026-11-28T10:00:00Z", doc=f"drafts/2026/{number:05}", n=1, **values)


def only(note: Note, key: SignerKey) -> Note:
    """The note with the signatures of one key of the log and of the witness."""
    return Note(note.text, tuple(one for one in note.signatures
                                 if one.is_by(key.verifier) or one.is_by(WITNESS.verifier)))


def milliseconds(seconds: float) -> str:
    return decimal(1000 * seconds)


def timed(tell: Callable[[str], None], what: str, work: Callable[[], Answer]) -> Answer:
    wall, processor = perf_counter(), process_time()
    found = work()
    tell(f"{what}: {milliseconds(perf_counter() - wall)} мс, процесор {milliseconds(process_time() - processor)} мс")
    return found
