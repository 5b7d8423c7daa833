"""A witness (C2SP tlog-witness): it remembers the last checkpoint of a log and cosigns only what continues it.

`consider` is the whole of the rules, without files, clock and network. A witness that pulls makes the request itself
from the published tiles (`request_from`); one that is asked over HTTP reads it with `Request.decode`. Either way the
new checkpoint is stored before the cosignature is given away, and only if the old one is still what is stored.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .checkpoints import Checkpoint
from .cosignatures import cosign
from .faults import Fault
from .keys import SignerKey
from .notes import Note, Signature
from .policy import Policy
from .proofs import MOST_HASHES, checkpoint_note, encode_hashes
from .strict import decimal, tree_hash
from .tiles import Fetch, tree_of
from .tree import consistency_proof, verify_consistency


@dataclass(frozen=True)
class Request:
    """What add-checkpoint is asked: a checkpoint, and the proof that it continues one of size `old`."""

    old: int
    hashes: tuple[bytes, ...]
    note: Note

    def encode(self) -> bytes:
        return f"old {self.old}\n{encode_hashes(self.hashes)}\n{self.note}".encode()

    @classmethod
    def decode(cls, content: bytes) -> Request:
        head, gap, note = content.partition(b"\n\n")
        try:
            old, *hashes = head.decode("ascii").split("\n")
        except UnicodeDecodeError:
            raise Fault("request") from None
        if not gap or not old.startswith("old ") or len(hashes) > MOST_HASHES:
            raise Fault("request")
        return cls(decimal(old.removeprefix("old ")), tuple(map(tree_hash, hashes)), checkpoint_note(note))


@dataclass(frozen=True)
class Cosigned:
    """The witness signed: the checkpoint to be remembered, and the lines to be given away."""

    checkpoint: Checkpoint
    signatures: tuple[Signature, ...]

    @property
    def body(self) -> str:
        return "".join(f"{one}\n" for one in self.signatures)


@dataclass(frozen=True)
class Refused:
    """The witness did not sign: the HTTP status of the specification, and the fault to be told.

    `is_evidence`: a log signed two states of which one does not continue the other. Keep the request: it is the proof.
    """

    status: int
    fault: Fault
    body: str = ""
    is_evidence: bool = False


def consider(known: Checkpoint | None, request: Request, logs: Policy, keys: Sequence[SignerKey],
             at: int) -> Cosigned | Refused:
    """Cosign at this moment (seconds since 1970) or refuse. `known` is what this witness last cosigned for the log."""
    try:
        checkpoint, _ = logs.signed(request.note)
    except Fault as fault:
        return Refused(404 if fault.code == "origin" else 403, fault)
    if known and known.origin != checkpoint.origin:
        return Refused(404, Fault("origin", checkpoint.origin))
    if request.old > checkpoint.size:
        return Refused(400, Fault("shrunk", f"{request.old} > {checkpoint.size}"))
    if request.old != (known.size if known else 0):
        size = known.size if known else 0
        return Refused(409, Fault("log-moved", f"{request.old} ≠ {size}"), f"{size}\n")
    if known and known.size == checkpoint.size and known.root != checkpoint.root:
        return Refused(409, Fault("consistency", str(known.size)), f"{known.size}\n", is_evidence=True)
    try:
        if known:
            verify_consistency(known.size, known.root, checkpoint.size, checkpoint.root, request.hashes)
        elif request.hashes:
            raise Fault("consistency")
    except Fault as fault:
        return Refused(422, fault)
    return Cosigned(checkpoint, tuple(cosign(checkpoint, key, at) for key in keys))


def request_from(known: Checkpoint | None, note: Note, fetch: Fetch) -> Request:
    """The request that a pulling witness makes for itself from a published log."""
    size = Checkpoint.of(note).size
    old = known.size if known else 0
    return Request(old, tuple(consistency_proof(old, size, tree_of(size, fetch))) if old <= size else (), note)
