"""What a log proves, verified to the end; `logged.py` keeps it.

Loaded only where there is a log: all that verifies signatures and stamps comes with it.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from cryptography import x509

from plugins.proof.checkpoints import Checkpoint
from plugins.proof.leaves import Leaf
from plugins.proof.log import checkpoint_path, from_folder, read_note, verify_log
from plugins.proof.moments import Moments, moments, witnessed
from plugins.proof.order import REVISIONS
from plugins.proof.policy import NONE, Policy
from plugins.proof.salts import DOCUMENTS, LARGEST_FILE, Opening, is_committed, parse_openings
from plugins.proof.timestamps import check
from plugins.records import Code, Weight
from plugins.ukrainian import KYIV

from .blobs import Blobs
from .commits import tip_of
from .logged import BAD_ENTRY, STAMPED, WITNESSED, Entry

POLICY, ANCHORS = "policy", "anchors"
"""Files of the log's folder, beside those of `proof.log`."""
LARGEST = 10_000_000
"""Bytes of an attachment that are read."""
AT_ONCE = 64
"""Revisions whose contents are asked for together."""


def read(log: Path, salts: Path | None, content: Path, trusted: bytes, before: set[Entry],
         tell: Callable[[str, Code, Weight], None]) -> Iterator[Entry]:
    """The revisions of the log that have an opening; what is only a remark is told. Errors: Fault, ValueError, OSError.
    """
    fetch = from_folder(log)
    policy = Policy.parse(fetch(POLICY))
    # The newest checkpoint may still wait for its witnesses: publishing never does.
    whole = verify_log(fetch, replace(policy, quorum=NONE))
    seen = moments(witnessed(fetch, policy, whole.accepted.checkpoint))
    stamped = moments(_stamps(log, trusted))
    if salts is None and any(leaf.kind in REVISIONS for leaf in whole.leaves):
        tell("солей журналу немає, тож він нічого не доводить. Покладіть їх у теку salts або назвіть теку: --salts.",
             BAD_ENTRY, Weight.REMARK)
    for entry in _opened(whole.leaves, salts, content, before):
        yield entry._replace(**_proven(entry.place, seen, stamped)) if entry.commit else entry


def shown(log: Path, signers: bytes) -> dict[str, str]:
    """What pages show of a log that was verified (`model.LogShown`)."""
    fetch = from_folder(log)
    return {"origin": Checkpoint.of(read_note(fetch)).origin, "policy": fetch(POLICY).decode("utf-8", "replace"),
            "signers": signers.decode("utf-8", "replace")}


def _proven(index: int, seen: Moments, stamped: Moments) -> dict[str, Any]:
    """The moment that counts, and whose: witnesses have to be there; a stamp of the same day outweighs them alone."""
    by_witnesses, by_stamp = seen.of(index), stamped.of(index)
    if by_witnesses is None:
        return {"at": 0, "by": ""}
    if by_stamp is not None and _day(by_stamp) <= _day(by_witnesses):
        return {"at": by_stamp, "by": STAMPED}
    return {"at": by_witnesses, "by": WITNESSED}


def _day(at: int) -> str:
    return datetime.fromtimestamp(at, UTC).astimezone(KYIV).date().isoformat()


def _stamps(log: Path, trusted: bytes) -> Iterator[tuple[int, int]]:
    """(size, moment) of the tokens that a trusted authority signed; a `Fault` for one that is of something else."""
    authorities = x509.load_pem_x509_certificates(trusted) if trusted.strip() else []
    fetch = from_folder(log)
    for path in sorted(log.glob(f"{ANCHORS}/*.tsr")) if authorities else ():
        if not path.stem.isdecimal():
            continue
        note = read_note(fetch, checkpoint_path(int(path.stem)))
        stamp = check(path.read_bytes(), note.text.encode(), authorities)
        if stamp.is_verified:
            yield int(path.stem), stamp.at


def _opened(leaves: Sequence[Leaf], salts: Path | None, content: Path, before: set[Entry]) -> Iterator[Entry]:
    """The revisions of the log that have an opening; what was opened with the same bytes before is taken over."""
    first = next((index for index, leaf in enumerate(leaves) if leaf.kind == "build"), -1)
    revisions: dict[str, list[tuple[int, Leaf]]] = defaultdict(list)
    for index, leaf in enumerate(leaves):
        if leaf.kind in REVISIONS:
            revisions[str(leaf["doc"])].append((index, leaf))
    known: dict[str, list[Entry]] = defaultdict(list)
    for entry in before:
        known[entry.doc].append(entry)
    asked: list[tuple[Entry, Leaf, Opening]] = []
    for doc, entries in revisions.items():
        openings = _file(salts, doc)
        digest = hashlib.blake2b(openings + repr(entries).encode(), digest_size=16).hexdigest()
        if all(entry.commit and entry.opened == digest for entry in known[doc]) and known[doc]:
            yield from known[doc]
            continue
        opened = parse_openings(openings) if openings else {}
        asked += [(Entry(doc, n, opened[n].commit, index, digest, int(index <= first)), leaf, opened[n])
                  for index, leaf in entries if (n := int(leaf["n"])) in opened]
    asked.sort(key=lambda one: one[0].place)  # as they were committed: in any other order git takes eight times as long
    tip, in_turn = tip_of(content), iter(asked)
    with Blobs(content) as blobs:
        while batch := list(islice(in_turn, AT_ONCE)):
            yield from _checked(batch, blobs, tip.prefix if tip else "")


def _checked(asked: Sequence[tuple[Entry, Leaf, Opening]], blobs: Blobs, prefix: str) -> Iterator[Entry]:
    """Each with its commit if it is of what stands in git there, else without."""
    names = [f"{opening.commit}:{prefix}{path.removeprefix('content/')}"
             for _, _, opening in asked for path in _paths(opening)]
    read = blobs.read_all(names, LARGEST)
    for entry, leaf, opening in asked:
        content, *beside = [next(read) for _ in _paths(opening)]
        files = {name: file for name, file in zip(sorted(opening.salts.files), beside, strict=True) if file is not None}
        is_of_it = content is not None and len(files) == len(beside) and is_committed(
            leaf, opening.source(content, files), opening.salts)
        yield entry if is_of_it else entry._replace(commit="")


def _paths(opening: Opening) -> list[str]:
    folder = opening.path.rpartition("/")[0]
    return [opening.path, *(f"{folder}/{name}" for name in sorted(opening.salts.files))]


def _file(salts: Path | None, doc: str) -> bytes:
    """The openings of a document as they lie there; names in a verified log lead nowhere else."""
    path = salts / DOCUMENTS / f"{doc}.json" if salts else None
    if path is None or not path.is_file():
        return b""
    with path.open("rb") as stream:
        return stream.read(LARGEST_FILE + 1)
