"""Checkpoints and cosignatures: what was signed is exactly what is read, and no bit of it may change."""

from __future__ import annotations

import random

import pytest

from plugins.proof.checkpoints import Checkpoint
from plugins.proof.cosignatures import cosign, cosigned_at, sign_as_log, verify_as_log
from plugins.proof.faults import Fault
from plugins.proof.keys import ED25519, SignerKey
from plugins.proof.notes import Note, Signature
from plugins.proof.tree import EMPTY, leaf_hash

from .conftest import LOG, LOG_PQ, NOW, ORIGIN, WITNESS_PQ, WITNESSES, key

# c2sp.org/tlog-checkpoint and c2sp.org/tlog-cosignature.
SOFA = ("example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n"
        "— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9n"
        "To+zyWE+xeMcTOAYQ8=\n"
        "— witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf"
        "5nNo0xUe+mbIUBkBIfZ+qnA==\n")
ROOT = leaf_hash(b"one")
CHECKPOINT = Checkpoint(ORIGIN, 1, ROOT)


def test_the_example_of_the_specification_is_read() -> None:
    note = Note.decode(SOFA.encode())
    checkpoint = Checkpoint.of(note)
    assert ("example.com/behind-the-sofa", 20852163, ()) == (checkpoint.origin, checkpoint.size, checkpoint.extensions)
    assert note.text == checkpoint.text
    assert 1679315147 == int.from_bytes(note.signatures[1].content[:8], "big")  # "time 1679315147" in the specification


@pytest.mark.parametrize("text", [
    "a\n1\n", "a\n1\nAAAA\n", "\n1\n{root}\n", "a\n01\n{root}\n", "a\n-1\n{root}\n", "a\n1 \n{root}\n",
    "a\n 1\n{root}\n", "a\n1\n{root}\n\n", "a\n1\n{root}\n\nextension\n", "a\n1\n{root}", "a\n1\n{root}=\n",
    "a\n1\n {root}\n", "1\n{root}\n",
    "a\n9223372036854775808\n{root}\n", "a\n0\n{root}\n", "a\n1\n{root}\r\n",
])
def test_what_is_not_exactly_a_checkpoint_is_refused(text: str) -> None:
    with pytest.raises(Fault):
        Checkpoint.parse(text.replace("{root}", Checkpoint("a", 1, ROOT).text.split("\n")[2]))


def test_a_checkpoint_reads_as_it_was_written() -> None:
    for one in (CHECKPOINT, Checkpoint("рада.приклад", 0, EMPTY), Checkpoint("a", 2**63 - 1, ROOT, ("x", "y"))):
        assert one == Checkpoint.parse(one.text)


@pytest.mark.parametrize("signer", [WITNESSES[0], WITNESS_PQ], ids=["ed25519", "ml-dsa-44"])
def test_a_cosignature_says_when(signer: SignerKey) -> None:
    assert NOW == cosigned_at(CHECKPOINT, signer.verifier, cosign(CHECKPOINT, signer, NOW))


@pytest.mark.parametrize("signer", [LOG, LOG_PQ], ids=["ed25519", "ml-dsa-44"])
def test_a_log_signs_its_own_checkpoint_only(signer: SignerKey) -> None:
    verify_as_log(CHECKPOINT, signer.verifier, sign_as_log(CHECKPOINT, signer, NOW))
    with pytest.raises(Fault) as told:
        sign_as_log(Checkpoint("other.example", 1, ROOT), signer, NOW)
    assert "origin" == told.value.code


@pytest.mark.parametrize("other", [
    Checkpoint("rada.example/other", 1, ROOT), Checkpoint(ORIGIN, 2, ROOT), Checkpoint(ORIGIN, 1, leaf_hash(b"two"))])
@pytest.mark.parametrize("signer", [WITNESSES[0], WITNESS_PQ], ids=["ed25519", "ml-dsa-44"])
def test_a_cosignature_is_of_one_checkpoint(signer: SignerKey, other: Checkpoint) -> None:
    with pytest.raises(Fault) as told:
        cosigned_at(other, signer.verifier, cosign(CHECKPOINT, signer, NOW))
    assert "signature" == told.value.code


def test_no_bit_of_a_cosignature_can_change() -> None:
    chance = random.Random(4)
    for signer in (WITNESSES[0], WITNESS_PQ):
        line = cosign(CHECKPOINT, signer, NOW)
        for _ in range(300):
            content = bytearray(line.content)
            content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
            with pytest.raises(Fault):
                cosigned_at(CHECKPOINT, signer.verifier, Signature(line.name, line.key_id, bytes(content)))


def test_a_cosignature_of_a_wrong_length_is_refused() -> None:
    line = cosign(CHECKPOINT, WITNESSES[0], NOW)
    for content in (line.content[:-1], line.content + b"\0", line.content[8:], b""):
        with pytest.raises(Fault):
            cosigned_at(CHECKPOINT, WITNESSES[0].verifier, Signature(line.name, line.key_id, content))


def test_post_quantum_signatures_name_who_signed() -> None:
    """ML-DSA-44 commits to the name of the cosigner: another name with the same key did not sign."""
    other = SignerKey("witness2.example/pq", WITNESS_PQ.kind, WITNESS_PQ.seed)
    line = cosign(CHECKPOINT, WITNESS_PQ, NOW)
    with pytest.raises(Fault):
        cosigned_at(CHECKPOINT, other.verifier, Signature(other.name, other.verifier.key_id, line.content))


def test_extension_lines_are_signed_or_refused() -> None:
    extended = Checkpoint(ORIGIN, 1, ROOT, ("more",))
    line = cosign(extended, WITNESSES[0], NOW)
    with pytest.raises(Fault):
        cosigned_at(CHECKPOINT, WITNESSES[0].verifier, line)
    with pytest.raises(Fault) as told:
        cosign(extended, WITNESS_PQ, NOW)
    assert "extension" == told.value.code


def test_a_cosignature_needs_a_possible_moment() -> None:
    for at in (-1, 2**63):
        with pytest.raises(Fault) as told:
            cosign(CHECKPOINT, WITNESSES[0], at)
        assert "time" == told.value.code
    with pytest.raises(Fault):
        cosigned_at(CHECKPOINT, WITNESSES[0].verifier, cosign(CHECKPOINT, WITNESSES[0], 0))
    assert 0 == cosigned_at(CHECKPOINT, WITNESS_PQ.verifier, cosign(CHECKPOINT, WITNESS_PQ, 0))


def test_a_plain_key_gives_no_cosignature() -> None:
    with pytest.raises(Fault) as told:
        cosign(CHECKPOINT, key("w.example", ED25519), NOW)
    assert "key-kind" == told.value.code
