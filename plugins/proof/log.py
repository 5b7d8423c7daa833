"""A log that somebody published: read it from a folder or a site, believe nothing, verify everything, make proofs.

    checkpoint                      the newest one, with all signatures that have come
    tile/…  tile/entries/…          C2SP tlog-tiles
    checkpoints/x053/419            ours: each checkpoint ever signed, by its size; what an old moment is proven with
    checkpoints/sizes               ours: their sizes, one a line
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from .checkpoints import Checkpoint
from .faults import Fault
from .leaves import Leaf
from .notes import Note
from .order import verify_order
from .policy import Accepted, Policy
from .proofs import LogProof
from .tiles import WIDTH, Fetch, Tile, fetch_entries, tile_at, tree_of, verify_tiles
from .tree import Node, consistency_proof, inclusion_proof, range_hash

NEWEST = "checkpoint"
SIZES = "checkpoints/sizes"


@dataclass(frozen=True)
class VerifiedLog:
    """A log of which every signature, tile and entry was verified."""

    accepted: Accepted
    leaves: tuple[Leaf, ...]


def from_folder(folder: Path) -> Fetch:
    """Read a log of a folder."""
    def fetch(path: str) -> bytes:
        try:
            return (folder / path).read_bytes()
        except (IsADirectoryError, NotADirectoryError, PermissionError):
            raise FileNotFoundError(path) from None
    return fetch


def checkpoint_path(size: int) -> str:
    """Where the checkpoint of a size is kept."""
    return Tile(0, size, WIDTH).whole_path.replace("tile/0/", "checkpoints/", 1)


def read_note(fetch: Fetch, path: str = NEWEST) -> Note:
    """A checkpoint, not verified."""
    try:
        return Note.decode(fetch(path))
    except FileNotFoundError:
        raise Fault("checkpoint-missing", path) from None


def verify_log(fetch: Fetch, policy: Policy, remembered: Sequence[Checkpoint] = ()) -> VerifiedLog:
    """Everything that can be checked of a log: signatures and quorum, all tiles and entries, the schema and the order
    of the events, and that it continues each checkpoint that the auditor remembers.
    """
    accepted = policy.accept(read_note(fetch))
    checkpoint = accepted.checkpoint
    node = tree_of(checkpoint.size, fetch)
    for old in remembered:
        verify_continues(old, checkpoint, node)
    leaves = [Leaf.decode(entry) for bundle in verify_tiles(checkpoint.size, checkpoint.root, fetch)
              for entry in bundle]
    verify_order(leaves)
    return VerifiedLog(accepted, tuple(leaves))


def verify_continues(old: Checkpoint, new: Checkpoint, node: Node) -> None:
    """A `Fault` unless the tree of the new checkpoint begins with the old one.

    The roots are made from the tiles at hand, so the answer is worth as much as `node`: the new root is checked too.
    """
    if old.origin != new.origin:
        raise Fault("origin", old.origin)
    if old.size > new.size:
        raise Fault("shrunk", f"{old.size} > {new.size}")
    if range_hash(0, new.size, node) != new.root:
        raise Fault("root", str(new.size))
    if range_hash(0, old.size, node) != old.root:
        raise Fault("consistency", f"{old.size} → {new.size}")


def entry_at(index: int, size: int, fetch: Fetch) -> bytes:
    """One entry, not verified: a proof does that."""
    if not 0 <= index < size:
        raise Fault("index", f"{index} ≥ {size}")
    return fetch_entries(tile_at(0, index // WIDTH, size), fetch)[index % WIDTH]


def prove(index: int, note: Note, fetch: Fetch, extra: bytes = b"") -> LogProof:
    """The proof of one entry under a checkpoint; `proves` makes many at the cost of few tiles."""
    return next(proves([index], note, fetch, extra))


def proves(indexes: Sequence[int], note: Note, fetch: Fetch, extra: bytes = b"") -> Iterator[LogProof]:
    """Proofs of entries, in the order asked."""
    size = Checkpoint.of(note).size
    node = tree_of(size, fetch)
    for index in indexes:
        yield LogProof(index, tuple(inclusion_proof(index, size, node)), note, extra)


def prove_growth(old: int, size: int, fetch: Fetch) -> list[bytes]:
    """The consistency proof from one size to another."""
    return consistency_proof(old, size, tree_of(size, fetch))
