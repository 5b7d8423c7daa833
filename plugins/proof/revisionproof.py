"""The proof of one revision of a document in one file: what was published, and by when, without a network.

It is the C2SP tlog-proof of the revision's leaf. Its `extra` is canonical JSON: the opening of the leaf and what of the
leaf follows from neither it nor the source.

    {"basis":…,"by":…,"doc":…,"n":…,"opening":{…as in docs/<doc>.json…},"seen":…,"t":…}
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .faults import Fault
from .leaves import Leaf, canonical
from .policy import Accepted, Policy
from .proofs import LogProof
from .salts import Opening, parse_opening, plain_opening, revision

NEEDED = {"by", "doc", "n", "opening", "seen", "t"}


@dataclass(frozen=True)
class AcceptedRevision:
    """A revision that a policy believes."""

    leaf: Leaf
    opening: Opening
    accepted: Accepted


def prove_revision(entry: Leaf, opening: Opening) -> bytes:
    """The `extra` of a revision's proof."""
    told = {name: value for name, value in entry.values if name in ("basis", "doc", "n")}
    return canonical({"by": entry.by, "seen": entry.seen, "t": entry.kind, "opening": plain_opening(opening), **told})


def opening_of(proof: LogProof) -> tuple[dict[str, Any], Opening]:
    """What a proof says of its leaf, and the opening, not verified: it names the files that have to be at hand."""
    try:
        told = json.loads(proof.extra)
        if not isinstance(told, dict) or told.keys() - {"basis"} != NEEDED or canonical(told) != proof.extra:
            raise Fault("proof", "extra")
        return told, parse_opening(told.pop("opening"))
    except (ValueError, RecursionError):
        raise Fault("proof", "extra") from None


def verify_revision(content: bytes, files: Mapping[str, bytes], proof: LogProof, policy: Policy) -> AcceptedRevision:
    """The source and the files beside it (by name) were published as this revision; a `Fault` otherwise."""
    told, opening = opening_of(proof)
    try:
        kind, by, seen, doc, n = (told.pop(name) for name in ("t", "by", "seen", "doc", "n"))
        entry = revision(kind, by, seen, doc, n, opening.source(content, files), opening.salts, **told)
    except TypeError:
        raise Fault("proof", "extra") from None
    return AcceptedRevision(entry, opening, proof.verify(entry.encode(), policy))
