"""One document's proof in one file: small, quick, offline, and believed only as it was made."""

from __future__ import annotations

import random
import socket
from time import perf_counter

import pytest

from plugins.proof.faults import Fault
from plugins.proof.log import prove, proves, read_note
from plugins.proof.notes import Note
from plugins.proof.policy import Policy
from plugins.proof.proofs import LogProof
from plugins.proof.strict import to_base64

from .conftest import LOG_PQ, NOW, WITNESS_PQ, WITNESSES, Log, event, policy, witnessed, written

# The form that c2sp.org/tlog-proof shows.
EXAMPLE = """c2sp.org/tlog-proof@v1
extra YWdlLXYxLjIuMQ==
index 73894
gSKyXoYZUgZ6jduWYrkDOARinOMGJveXjgMkBTcdPlQ=
B95lDa8R83lS8n0eG+o0buTxRKQTYFi//1U8anccXmA=

example.com/fancylog
109482
sFodV/vSp5O8n9a8QpW6PRY97tfOSW5bsc2Xl/EQi08=

— example.com/fancylog hI2DJ1roloI=
"""


def only(note: Note, *names: str) -> Note:
    """The note with the lines of these keys only."""
    return Note(note.text, tuple(one for one in note.signatures
                                 if f"{one.name} {len(one.content)}" in names))


def test_the_form_of_the_specification_is_read_and_written() -> None:
    proof = LogProof.decode(EXAMPLE.encode())
    assert (73894, 2, b"age-v1.2.1", "example.com/fancylog") == (
        proof.index, len(proof.hashes), proof.extra, proof.note.signatures[0].name)
    assert EXAMPLE.encode() == proof.encode()


def test_every_entry_of_a_log_is_proven(small: Log) -> None:
    for index, proof in enumerate(proves(range(700), small.note, small.fetch)):
        again = LogProof.decode(proof.encode())
        assert proof == again
        assert NOW + 120 == again.verify(event(index).encode(), policy(2)).at


def test_a_proof_proves_one_entry_only(small: Log) -> None:
    proof = prove(3, small.note, small.fetch)
    for other in (event(4).encode(), event(3).encode() + b" ", b""):
        with pytest.raises(Fault) as told:
            proof.verify(other, policy(1))
        assert "inclusion" == told.value.code


def test_a_proof_needs_the_witnesses_that_the_policy_asks_for(small: Log) -> None:
    proof = prove(3, small.note, small.fetch)
    with pytest.raises(Fault) as told:
        proof.verify(event(3).encode(), policy(3))
    assert ("quorum", "three 2<3") == (told.value.code, told.value.detail)


@pytest.mark.parametrize(("lines", "rules"), [
    (("rada.example/log 64", "witness1.example/w 72", "witness2.example/w 72"), policy(2)),
    (("rada.example/log 2428",), Policy.parse(f"log {LOG_PQ.verifier}\nquorum none\n".encode())),
], ids=["ed25519", "ml-dsa-44"])
def test_no_proof_that_was_changed_is_believed(small: Log, lines: tuple[str, ...], rules: Policy) -> None:
    """Every signature is needed, so all that may differ is the order of their lines and the extra data."""
    proof = prove(555, only(small.note, *lines), small.fetch)
    content, entry = proof.encode(), event(555).encode()
    proof.verify(entry, rules)
    chance = random.Random(len(content))
    refused = 0
    for _ in range(2500):
        changed = mutated(content, chance)
        try:
            found = LogProof.decode(changed)
            found.verify(entry, rules)
        except Fault:
            refused += 1
        else:
            assert changed == content or is_the_same(found, proof), changed
    assert refused > 2200


def is_the_same(found: LogProof, proof: LogProof) -> bool:
    return (found.index, found.hashes, found.note.text, set(found.note.signatures)) == (
        proof.index, proof.hashes, proof.note.text, set(proof.note.signatures))


def test_no_other_entry_is_believed(small: Log) -> None:
    proof = prove(555, only(small.note, "rada.example/log 64"), small.fetch)
    entry, chance = event(555).encode(), random.Random(5)
    for _ in range(1000):
        changed = mutated(entry, chance)
        if changed != entry:
            with pytest.raises(Fault):
                proof.verify(changed, policy(0))


def mutated(content: bytes, chance: random.Random) -> bytes:
    """A bit, a byte, a line: flipped, taken away, doubled, moved."""
    how, at = chance.randrange(7), chance.randrange(len(content))
    if how <= 2:
        return content[:at] + bytes([content[at] ^ 1 << chance.randrange(8)]) + content[at + 1:]
    if how == 3:
        return content[:at] + content[at + 1:]
    if how == 4:
        return content[:at] + bytes([chance.randrange(256)]) + content[at:]
    lines = content.split(b"\n")
    one = chance.randrange(len(lines))
    if how == 5:
        lines.insert(chance.randrange(len(lines) + 1), lines[one])
    else:
        lines.insert(chance.randrange(len(lines)), lines.pop(one))
    return b"\n".join(lines)


@pytest.mark.parametrize("spoil", [
    lambda text: text.replace("@v1", "@v2"), lambda text: text.replace("index 73894", "index 073894"),
    lambda text: text.replace("index 73894", "index -1"), lambda text: text.replace("index ", "index  "),
    lambda text: text.replace("index ", "Index "), lambda text: text.replace("index 73894\n", ""),
    lambda text: text.replace("extra YWdlLXYxLjIuMQ==", "extra "),
    lambda text: text.replace("extra YWdlLXYxLjIuMQ==", "extra YWdlLXYxLjIuMQ"),
    lambda text: text.replace("extra YWdlLXYxLjIuMQ==\n", "extra YQ==\nextra YQ==\n"),
    lambda text: text.replace("\nextra YWdlLXYxLjIuMQ==\nindex 73894", "\nindex 73894\nextra YWdlLXYxLjIuMQ=="),
    lambda text: text.replace("PlQ=\n", "PlQ=\n\n"), lambda text: text.replace("PlQ=", "PlQ"),
    lambda text: text.replace("PlQ=\n", "PlQ=\nAAAA\n"), lambda text: text.replace("\n", "\r\n"),
    lambda text: text.replace("index 73894", "index 73894\n" + "\n".join([to_base64(bytes(32))] * 64)),
    lambda text: text[:-1], lambda text: text + "\n", lambda text: " " + text, lambda text: "", lambda text: "\n\n",
    lambda text: text.split("\n\n")[0] + "\n", lambda text: "index 1\n" + text,
])
def test_what_is_not_exactly_a_proof_is_refused(spoil) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(Fault):
        LogProof.decode(spoil(EXAMPLE).encode())


def test_a_proof_is_small_quick_and_needs_no_network(large: Log, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    """66,049 entries, more than ten years of a council: the longest path."""
    note = witnessed(large, WITNESSES[0]).note
    proof = prove(12_345, note, large.fetch).encode()
    assert len(proof) <= 1500
    monkeypatch.setattr(socket, "socket", None)
    started = perf_counter()
    LogProof.decode(proof).verify(event(12_345).encode(), policy(1))
    assert perf_counter() - started <= 0.2


def test_a_post_quantum_proof_is_small(tmp_path) -> None:  # type: ignore[no-untyped-def]
    log = written(tmp_path / "log", (700,), (LOG_PQ,))
    note = witnessed(log, WITNESSES[0]).note
    size = len(prove(5, note, log.fetch).encode()) + 7 * 45  # as many hashes more as a log of 66,049 has
    assert size <= 5000


def test_two_post_quantum_signatures_fit_a_note(small: Log) -> None:
    note = read_note(small.fetch)
    assert {"rada.example/log", WITNESS_PQ.name} <= {one.name for one in note.signatures if len(one.content) > 2000}
