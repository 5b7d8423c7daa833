"""The proof of one revision of a document in one file: what was published, and by when, without a network.

It is the C2SP tlog-proof of the revision's leaf. Its `extra` has what of the leaf follows neither from the source nor
from the files beside it, in as few bytes as it takes (`packed.py`):

    "R"  kind (its place among `REVISIONS`, a number)  by (text)  seen (moment)  doc (text)  n (number)
    path (text)  salt of the source (16)  salt of the path (16)  commitment to the commit (32)
    basis (text; empty where the leaf has none)  each file beside the source, by name: name (text)  salt (16)
The commit stays closed: it is nobody's who holds only the text, and a history that is rewritten does not spoil a proof.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from .faults import Fault
from .leaves import SALT_BYTES, Leaf, leaf
from .order import REVISIONS
from .packed import Reader, moment, number, text
from .policy import Accepted, Policy
from .proofs import LogProof
from .salts import NO_COMMIT, Opening, Salts, Source, commitments, is_plain_path
from .strict import HASH_BYTES

MARK = b"R"


@dataclass(frozen=True)
class RevisionProof:
    """What a proof says of its leaf, not verified. `salts` has no salt of the commit; `facts`: the rest of the leaf."""

    kind: str
    path: str
    salts: Salts
    facts: Mapping[str, str | int]

    @property
    def names(self) -> list[str]:
        """The files beside the source that have to be at hand."""
        return sorted(self.salts.files)

    def leaf_of(self, content: bytes, files: Mapping[str, bytes]) -> Leaf:
        """The leaf that follows from the bytes of the source and of the files beside it; a `Fault` for other names."""
        facts = dict(self.facts)
        by, seen = str(facts.pop("by")), str(facts.pop("seen"))
        return leaf(self.kind, by, seen, **facts,
                    **commitments(Source(content, self.path, NO_COMMIT, files), self.salts))

    def encode(self) -> bytes:
        facts, salts = self.facts, self.salts
        return b"".join([
            MARK, number(REVISIONS.index(self.kind)), text(str(facts["by"])), moment(str(facts["seen"])),
            text(str(facts["doc"])), number(int(facts["n"])), text(self.path), salts.doc, salts.path,
            bytes.fromhex(str(facts["commit"])), text(str(facts.get("basis", ""))),
            *(text(name) + salts.files[name] for name in self.names)])

    @classmethod
    def decode(cls, content: bytes) -> RevisionProof:
        """Only what `encode` writes; a `Fault` otherwise."""
        reader = Reader(content)
        if reader.take(1) != MARK or (place := reader.number()) >= len(REVISIONS):
            raise Fault("proof", "extra")
        facts: dict[str, str | int] = {"by": reader.text(), "seen": reader.moment(), "doc": reader.text(),
                                       "n": reader.number()}
        path, doc, of_path = reader.text(), reader.take(SALT_BYTES), reader.take(SALT_BYTES)
        facts["commit"] = reader.take(HASH_BYTES).hex()
        if basis := reader.text():
            facts["basis"] = basis
        files = {}
        while reader.at < len(content):
            name = reader.text()
            files[name] = reader.take(SALT_BYTES)
        found = cls(REVISIONS[place], path, Salts(doc, of_path, b"", files), facts)
        if found.encode() != content or not all(map(is_plain_path, (path, *files))):
            raise Fault("proof", "extra")
        return found


@dataclass(frozen=True)
class AcceptedRevision:
    """A revision that a policy believes: its entry, the path of its source, and by when that was in the log."""

    leaf: Leaf
    path: str
    accepted: Accepted


def prove_revision(entry: Leaf, opening: Opening) -> bytes:
    """The `extra` of a revision's proof."""
    facts = {name: value for name, value in entry.values if name in ("basis", "commit", "doc", "n")}
    salts = Salts(opening.salts.doc, opening.salts.path, b"", opening.salts.files)
    return RevisionProof(entry.kind, opening.path, salts, {"by": entry.by, "seen": entry.seen, **facts}).encode()


def verify_revision(content: bytes, files: Mapping[str, bytes], proof: LogProof, policy: Policy) -> AcceptedRevision:
    """The source and the files beside it (by name) were published as this revision; a `Fault` otherwise."""
    told = RevisionProof.decode(proof.extra)
    entry = told.leaf_of(content, files)
    return AcceptedRevision(entry, told.path, proof.verify(entry.encode(), policy))
