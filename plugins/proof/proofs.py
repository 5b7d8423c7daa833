"""C2SP tlog-proof: that one entry is in a log which witnesses saw, in one file that is checked without a network.

    c2sp.org/tlog-proof@v1
    extra <base64>            may be left out; authenticated by nothing
    index <number>
    <hash>…                   from the leaf's sibling to the root's child
    <empty line>
    <checkpoint, as it is>

Such a file may be kept by gzip (RFC 1952): base64 writes a hash of 32 bytes in 44, gzip in 33.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass

from .checkpoints import Checkpoint
from .faults import Fault
from .notes import LONGEST_NOTE, Note
from .policy import Accepted, Policy
from .strict import base64, decimal, to_base64, tree_hash
from .tree import leaf_hash, verify_inclusion

FIRST_LINE = "c2sp.org/tlog-proof@v1"
MOST_HASHES = 63
GZIP, GZIPPED = 31, b"\x1f\x8b"
"""`wbits` of zlib for gzip; how such a file begins."""
LONGEST = 2 * LONGEST_NOTE
"""Bytes of a proof."""


@dataclass(frozen=True)
class LogProof:
    """A proof of one entry. Reading it verifies nothing: see `verify`."""

    index: int
    hashes: tuple[bytes, ...]
    note: Note
    extra: bytes = b""

    def encode(self) -> bytes:
        extra = [f"extra {to_base64(self.extra)}"] if self.extra else []
        return "\n".join([FIRST_LINE, *extra, f"index {self.index}", *map(to_base64, self.hashes), "",
                          str(self.note)]).encode()

    def encode_small(self) -> bytes:
        """The same by gzip, without a name or a time."""
        packer = zlib.compressobj(9, zlib.DEFLATED, GZIP)
        return packer.compress(self.encode()) + packer.flush()

    @classmethod
    def decode(cls, content: bytes) -> LogProof:
        """Read a proof, by gzip or plain. Errors: `Fault`."""
        if content.startswith(GZIPPED):
            content = _unpacked(content)
        head, gap, note = content.partition(b"\n\n")
        if not gap or len(head) > LONGEST_NOTE:
            raise Fault("proof")
        try:
            first, *lines = head.decode("utf-8").split("\n")
        except UnicodeDecodeError:
            raise Fault("proof") from None
        if first != FIRST_LINE or not lines:
            raise Fault("proof", first[:80])
        extra = base64(lines.pop(0).removeprefix("extra ")) if lines[0].startswith("extra ") else b""
        if not lines or not lines[0].startswith("index ") or len(lines) > MOST_HASHES + 1:
            raise Fault("proof", lines[0][:80] if lines else "index")
        index, *hashes = lines
        return cls(decimal(index.removeprefix("index ")), tuple(map(tree_hash, hashes)), checkpoint_note(note), extra)

    def verify(self, entry: bytes, policy: Policy) -> Accepted:
        """Believed by the policy and including the entry; a `Fault` otherwise."""
        accepted = policy.accept(self.note)
        checkpoint = accepted.checkpoint
        verify_inclusion(leaf_hash(entry), self.index, checkpoint.size, self.hashes, checkpoint.root)
        return accepted


def _unpacked(content: bytes) -> bytes:
    unpacker = zlib.decompressobj(GZIP)
    try:
        plain = unpacker.decompress(content, LONGEST)
    except zlib.error:
        raise Fault("proof") from None
    if not unpacker.eof or unpacker.unused_data:
        raise Fault("proof")
    return plain


def checkpoint_note(content: bytes) -> Note:
    """A note that is a checkpoint, not verified."""
    note = Note.decode(content)
    Checkpoint.of(note)
    return note


def encode_hashes(hashes: Sequence[bytes]) -> str:
    """Hashes of a proof, one a line, as add-checkpoint has them too."""
    return "".join(f"{to_base64(one)}\n" for one in hashes)
