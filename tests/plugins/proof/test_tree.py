"""The Merkle tree: roots that others computed, every proof of every small tree, and no proof that was tampered with."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plugins.proof.faults import Fault
from plugins.proof.tree import (
    EMPTY,
    consistency_proof,
    in_memory,
    inclusion_proof,
    leaf_hash,
    node_hash,
    range_hash,
    verify_consistency,
    verify_inclusion,
)

# The entries and roots of the test trees of Certificate Transparency (certificate-transparency-go, RFC 6962 reference).
ENTRIES = [bytes.fromhex(one) for one in
           ("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")]
ROOTS = ["6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
         "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
         "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
         "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
         "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
         "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
         "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
         "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"]
LARGEST_SMALL = 130


def leaves(count: int) -> list[bytes]:
    return [leaf_hash(number.to_bytes(4, "big")) for number in range(count)]


def plain_root(hashes: Sequence[bytes]) -> bytes:
    """The definition of RFC 6962 §2.1, word for word."""
    if len(hashes) < 2:
        return hashes[0] if hashes else EMPTY
    split = 1 << ((len(hashes) - 1).bit_length() - 1)
    return node_hash(plain_root(hashes[:split]), plain_root(hashes[split:]))


@pytest.mark.parametrize("size", range(1, 9))
def test_roots_are_those_of_certificate_transparency(size: int) -> None:
    assert ROOTS[size - 1] == range_hash(0, size, in_memory(map(leaf_hash, ENTRIES))).hex()


def test_the_empty_tree_has_the_hash_of_nothing() -> None:
    assert "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" == EMPTY.hex()
    assert EMPTY == range_hash(0, 0, in_memory([]))


def test_each_entry_of_each_small_tree_is_proven() -> None:
    for size in range(1, LARGEST_SMALL + 1):
        hashes = leaves(size)
        node = in_memory(hashes)
        root = range_hash(0, size, node)
        assert root == plain_root(hashes)
        for index in range(size):
            verify_inclusion(hashes[index], index, size, inclusion_proof(index, size, node), root)


def test_each_small_tree_is_proven_to_continue_each_smaller_one() -> None:
    node = in_memory(leaves(LARGEST_SMALL))
    roots = [range_hash(0, size, node) for size in range(LARGEST_SMALL + 1)]
    for size in range(LARGEST_SMALL + 1):
        for old in range(size + 1):
            verify_consistency(old, roots[old], size, roots[size], consistency_proof(old, size, node))


def test_an_entry_is_in_one_place_only() -> None:
    for size in range(1, 40):
        hashes = leaves(size)
        node = in_memory(hashes)
        root = range_hash(0, size, node)
        for index in range(size):
            proof = inclusion_proof(index, size, node)
            for other in range(size + 2):
                if other != index:
                    assert is_refused(verify_inclusion, hashes[index], other, size, proof, root)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_proofs_of_larger_trees_verify(data: st.DataObject) -> None:
    size = data.draw(st.integers(131, 3000))
    index, old = data.draw(st.integers(0, size - 1)), data.draw(st.integers(0, size))
    hashes = leaves(size)
    node = in_memory(hashes)
    root = range_hash(0, size, node)
    verify_inclusion(hashes[index], index, size, inclusion_proof(index, size, node), root)
    verify_consistency(old, range_hash(0, old, node), size, root, consistency_proof(old, size, node))


def test_no_inclusion_proof_that_was_changed_is_believed() -> None:
    chance = random.Random(6962)
    size = 777
    hashes = leaves(size)
    node = in_memory(hashes)
    root = range_hash(0, size, node)
    for _ in range(3000):
        index = chance.randrange(size)
        asked = [hashes[index], index, size, inclusion_proof(index, size, node), root]
        changed = mutated(asked, chance)
        assert changed == asked or is_refused(verify_inclusion, *changed) or only_size_differs(changed, asked), changed


def test_no_consistency_proof_that_was_changed_is_believed() -> None:
    chance = random.Random(9162)
    node = in_memory(leaves(900))
    for _ in range(3000):
        size = chance.randrange(2, 900)
        old = chance.randrange(1, size)
        asked = [old, range_hash(0, old, node), size, range_hash(0, size, node), consistency_proof(old, size, node)]
        changed = mutated(asked, chance)
        assert changed == asked or is_refused(verify_consistency, *changed) or only_size_differs(changed, asked)


def test_a_log_that_shrank_is_named_so() -> None:
    with pytest.raises(Fault) as told:
        verify_consistency(7, b"a" * 32, 3, b"b" * 32, [])
    assert "shrunk" == told.value.code


def mutated(asked: list, chance: random.Random) -> list:  # type: ignore[type-arg]
    """One thing changed: a number, a bit of a hash, a hash of the proof taken away, added, doubled, swapped."""
    changed = [list(one) if isinstance(one, list) else one for one in asked]
    at = chance.randrange(len(changed))
    one = changed[at]
    if isinstance(one, int):
        changed[at] = max(0, one + chance.choice([-2, -1, 1, 2, 256, 1 << 40]))
    elif isinstance(one, bytes):
        changed[at] = flipped(one, chance)
    else:
        where = chance.randrange(len(one) + 1)
        how = chance.randrange(4)
        if how == 0 and one:
            one[where % len(one)] = flipped(one[where % len(one)], chance)
        elif how == 1 and one:
            one.pop(where % len(one))
        elif how == 2:
            one.insert(where, chance.randbytes(32))
        elif len(one) > 1:
            one[0], one[-1] = one[-1], one[0]
    return changed


def flipped(content: bytes, chance: random.Random) -> bytes:
    bit = chance.randrange(8 * len(content))
    return (int.from_bytes(content, "big") ^ 1 << bit).to_bytes(len(content), "big")


def is_refused(check, *asked: object) -> bool:  # type: ignore[no-untyped-def]
    try:
        check(*asked)
    except Fault:
        return True
    return False


def only_size_differs(changed: list, asked: list) -> bool:  # type: ignore[type-arg]
    """A size is no part of what RFC 6962 hashes: beside some other sizes the same path leads to the same root.

    That is no false accept: a checkpoint signs size and root together, so what is proven is of the signed tree.
    """
    return changed[2] != asked[2] and changed[:2] + changed[3:] == asked[:2] + asked[3:]
