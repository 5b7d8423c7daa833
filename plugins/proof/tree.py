"""The Merkle tree of RFC 6962: its hashes, and the verification of inclusion and consistency proofs (RFC 9162 §2.1).

A tree is read through a `Node`: a function that answers the hash of the complete subtree of 2**level leaves that is
number `index` of its level. Where the hashes come from, from memory or from tiles, is not the tree's business.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import reduce
from hashlib import sha256

from .faults import Fault
from .strict import HASH_BYTES

Node = Callable[[int, int], bytes]
"""(level, index) → the hash of leaves [index · 2**level, (index + 1) · 2**level)."""
EMPTY = sha256(b"").digest()
"""The root of a tree without leaves."""


def leaf_hash(entry: bytes) -> bytes:
    return sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return sha256(b"\x01" + left + right).digest()


def level_above(hashes: Sequence[bytes]) -> list[bytes]:
    """The parents of an even number of neighbours."""
    return [node_hash(hashes[at], hashes[at + 1]) for at in range(0, len(hashes), 2)]


def in_memory(leaves: Iterable[bytes]) -> Node:
    """A tree whose leaf hashes are all at hand."""
    levels = [list(leaves)]
    while len(levels[-1]) > 1:
        levels.append(level_above(levels[-1][: len(levels[-1]) // 2 * 2]))
    return lambda level, index: levels[level][index]


def cover(start: int, end: int) -> list[tuple[int, int]]:
    """The complete subtrees, left to right, of which RFC 6962 makes the hash of leaves [start, end).

    `start` is where the recursion of the RFC put it: a multiple of the largest of these subtrees.
    """
    found = []
    while start < end:
        level = (end - start).bit_length() - 1
        found.append((level, start >> level))
        start += 1 << level
    return found


def range_hash(start: int, end: int, node: Node) -> bytes:
    """MTH(D[start:end]) of RFC 6962 §2.1; the root of a tree of size n is `range_hash(0, n, node)`."""
    if start == end:
        return EMPTY
    *before, last = (node(level, index) for level, index in cover(start, end))
    return reduce(lambda right, left: node_hash(left, right), reversed(before), last)


def inclusion_proof(index: int, size: int, node: Node) -> list[bytes]:
    """PATH(index, D[size]) of RFC 6962 §2.1.1, from the leaf's sibling to the root's child."""
    if not 0 <= index < size:
        raise Fault("index", f"{index} ≥ {size}")
    start, end, found = 0, size, []
    while end - start > 1:
        middle = start + _split(end - start)
        if index < middle:
            found.append(range_hash(middle, end, node))
            end = middle
        else:
            found.append(range_hash(start, middle, node))
            start = middle
    return found[::-1]


def consistency_proof(old: int, size: int, node: Node) -> list[bytes]:
    """PROOF(old, D[size]) of RFC 6962 §2.1.2; empty for an old tree that is empty or the same."""
    if not 0 <= old <= size:
        raise Fault("shrunk", f"{old} > {size}")
    start, end, found = 0, size, []
    while old and old != end:
        middle = start + _split(end - start)
        if old <= middle:
            found.append(range_hash(middle, end, node))
            end = middle
        else:
            found.append(range_hash(start, middle, node))
            start = middle
    if old and start:
        found.append(range_hash(start, end, node))
    return found[::-1]


def inclusion_root(leaf: bytes, index: int, size: int, proof: Sequence[bytes]) -> bytes:
    """The root of the tree of this size in which the leaf hash is number `index` (RFC 9162 §2.1.3.2)."""
    if not 0 <= index < size:
        raise Fault("index", f"{index} ≥ {size}")
    at, last, found = index, size - 1, leaf
    for sibling in _hashes(proof):
        if last == 0:
            raise Fault("inclusion")
        if at & 1 or at == last:
            found = node_hash(sibling, found)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            found = node_hash(found, sibling)
        at, last = at >> 1, last >> 1
    if last:
        raise Fault("inclusion")
    return found


def verify_inclusion(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> None:
    """A `Fault` unless the leaf hash is number `index` of the tree of this size and root."""
    if inclusion_root(leaf, index, size, proof) != root:
        raise Fault("inclusion")


def verify_consistency(old: int, old_root: bytes, size: int, root: bytes, proof: Sequence[bytes]) -> None:
    """A `Fault` unless the larger tree begins with all leaves of the smaller one (RFC 9162 §2.1.4.2)."""
    if old > size:
        raise Fault("shrunk", f"{old} > {size}")
    if old in (0, size):
        if proof or old_root != (root if old == size else EMPTY):
            raise Fault("consistency")
        return
    path = [old_root, *_hashes(proof)] if old & (old - 1) == 0 else list(_hashes(proof))
    if not path:
        raise Fault("consistency")
    at, last = old - 1, size - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    earlier = later = path[0]
    for sibling in path[1:]:
        if last == 0:
            raise Fault("consistency")
        if at & 1 or at == last:
            earlier, later = node_hash(sibling, earlier), node_hash(sibling, later)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            later = node_hash(later, sibling)
        at, last = at >> 1, last >> 1
    if last or earlier != old_root or later != root:
        raise Fault("consistency")


def _split(count: int) -> int:
    """The largest power of two below a count of two or more."""
    return 1 << ((count - 1).bit_length() - 1)


def _hashes(proof: Sequence[bytes]) -> Sequence[bytes]:
    if any(len(one) != HASH_BYTES for one in proof):
        raise Fault("hash-length")
    return proof
