"""A witness: cosigns what continues, refuses what does not, with the answers of c2sp.org/tlog-witness."""

from __future__ import annotations

from pathlib import Path

import pytest

from plugins.proof.append import add_signatures, append
from plugins.proof.checkpoints import Checkpoint
from plugins.proof.cosignatures import cosigned_at, sign_as_log
from plugins.proof.faults import Fault
from plugins.proof.log import checkpoint_path, read_note
from plugins.proof.notes import Note
from plugins.proof.policy import Policy
from plugins.proof.witness import Cosigned, Refused, Request, consider, request_from

from .conftest import LOG, NOW, ORIGIN, WITNESS_PQ, WITNESSES, Log, event, key, policy, written

KEYS = (WITNESSES[0], WITNESS_PQ)
# The request that c2sp.org/tlog-witness shows.
EXAMPLE = """old 20852014
PlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=
jrJZDmY8Y7SyJE0MWLpLozkIVMSMZcD5kvuKxPC3swk=
5+pKlUdi2LeF/BcMHBn+Ku6yhPGNCswZZD1X/6QgPd8=
/6WVhPs2CwSsb5rYBH5cjHV/wSmA79abXAwhXw3Kj/0=

example.com/behind-the-sofa
20852163
CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
— example.com/behind-the-sofa opLqBQsREYCgu6xQkYQwJr9fo45a62DN9EdmHXnZdXNqlcVGlCum2Wks+49/V6267UEjw6QUXTS5Rovnzv++qbSzm9Q=
"""  # noqa: E501


def at(log: Log, size: int) -> Note:
    return read_note(log.fetch, checkpoint_path(size))


def asked(log: Log, old: int, size: int) -> tuple[Checkpoint | None, Request]:
    """What a witness remembers after `old` (0: nothing), and the request to go on to `size`."""
    known = Checkpoint.of(at(log, old)) if old else None
    return known, request_from(known, at(log, size), log.fetch)


def refusal(known: Checkpoint | None, request: Request, rules: Policy | None = None) -> tuple[int, str]:
    answer = consider(known, request, rules or policy(), KEYS, NOW)
    assert isinstance(answer, Refused)
    return answer.status, answer.fault.code


def test_the_request_of_the_specification_is_read_and_written() -> None:
    request = Request.decode(EXAMPLE.encode())
    assert (20852014, 4, 2) == (request.old, len(request.hashes), len(request.note.signatures))
    assert EXAMPLE.encode() == request.encode()


@pytest.mark.parametrize(("old", "size"), [(0, 5), (0, 700), (5, 300), (5, 700), (300, 700), (700, 700)])
def test_a_log_that_grew_is_cosigned(small: Log, old: int, size: int) -> None:
    known, request = asked(small, old, size)
    answer = consider(known, Request.decode(request.encode()), policy(), KEYS, NOW)
    assert isinstance(answer, Cosigned)
    assert size == answer.checkpoint.size
    assert [NOW, NOW] == [cosigned_at(answer.checkpoint, signer.verifier, line)
                          for signer, line in zip(KEYS, answer.signatures, strict=True)]
    assert answer.body.startswith("— witness1.example/w ") and answer.body.endswith("\n")


def test_a_rewritten_log_is_refused(small: Log, tmp_path: Path) -> None:
    forged = written(tmp_path / "log", (1,))
    note = append(forged.folder, [event(number + 1) for number in range(1, 700)], (LOG,), expected=1, at=NOW)
    known = Checkpoint.of(at(small, 300))
    assert (422, "consistency") == refusal(known, request_from(known, note, forged.fetch))
    known = Checkpoint.of(at(small, 700))
    answer = consider(known, request_from(known, note, forged.fetch), policy(), KEYS, NOW)
    assert isinstance(answer, Refused)
    assert (409, "consistency", True) == (answer.status, answer.fault.code, answer.is_evidence)


def test_a_log_that_shrank_is_refused(small: Log) -> None:
    known = Checkpoint.of(at(small, 700))
    assert (400, "shrunk") == refusal(known, request_from(known, at(small, 300), small.fetch))


def test_who_asks_from_another_size_is_told_the_right_one(small: Log) -> None:
    _, request = asked(small, 5, 700)
    answer = consider(Checkpoint.of(at(small, 300)), request, policy(), KEYS, NOW)
    assert isinstance(answer, Refused)
    assert (409, "log-moved", "300\n") == (answer.status, answer.fault.code, answer.body)
    assert (409, "log-moved") == refusal(None, request)


def test_an_unknown_log_and_an_unsigned_checkpoint_are_refused(small: Log) -> None:
    _, request = asked(small, 0, 700)
    stranger = key("other.example/log", 1)
    others = Policy.parse(f"log {stranger.verifier}\nquorum none\n".encode())
    assert (404, "origin") == refusal(None, request, others)
    impostor = key(ORIGIN, 1)
    assert impostor == LOG
    unsigned = Request(0, (), Note(request.note.text, (sign_as_log(small.checkpoint, key(ORIGIN, 6), NOW),)))
    only_ed25519 = Policy.parse(f"log {LOG.verifier}\nquorum none\n".encode())
    assert (403, "signature-missing") == refusal(None, unsigned, only_ed25519)
    forged = Note(request.note.text.replace("\n700\n", "\n701\n"), request.note.signatures)
    assert (403, "signature") == refusal(None, Request(0, (), forged))


@pytest.mark.parametrize(("old", "spoil"), [
    (0, lambda hashes: (bytes(32),)), (300, lambda hashes: ()), (300, lambda hashes: hashes[1:]),
    (300, lambda hashes: (*hashes, bytes(32))), (300, lambda hashes: (bytes(32), *hashes[1:])),
    (700, lambda hashes: (bytes(32),)), (300, lambda hashes: hashes[::-1]),
])
def test_a_proof_that_does_not_hold_is_refused(small: Log, old: int, spoil) -> None:  # type: ignore[no-untyped-def]
    known, request = asked(small, old, 700)
    assert (422, "consistency") == refusal(known, Request(request.old, spoil(request.hashes), request.note))


@pytest.mark.parametrize("spoil", [
    lambda text: text.replace("old ", "old  "), lambda text: text.replace("old 2", "old 02"),
    lambda text: text.replace("old 20852014", "old -1"), lambda text: text.replace("old 20852014", "old"),
    lambda text: text.replace("old", "new", 1), lambda text: text.replace("kaw=\n", "kaw=\n\n"),
    lambda text: text.replace("kaw=", "kaw"), lambda text: text.replace("\n", "\r\n"), lambda text: text[:-1],
    lambda text: text.replace("\n\n", "\n"), lambda text: "", lambda text: "\n" + text,
    lambda text: text.replace("kaw=\n", "kaw=\n" + "PlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=\n" * 60),
])
def test_what_is_not_exactly_a_request_is_refused(spoil) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(Fault):
        Request.decode(spoil(EXAMPLE).encode())


def test_three_witnesses_make_a_quorum(tmp_path: Path) -> None:
    """Each keeps its own memory; the log gathers what they give, one that sleeps is waited for by nobody."""
    log = written(tmp_path / "log", (3,))
    memory: list[Checkpoint | None] = [None, None, None]
    for size, awake in ((10, (0, 1)), (300, (1, 2)), (310, (0, 1, 2))):
        before = Checkpoint.of(read_note(log.fetch)).size
        note = append(log.folder, [event(number) for number in range(before, size)], (LOG,), expected=before, at=NOW)
        with pytest.raises(Fault):
            policy(2).accept(note)
        for number in awake:
            answer = consider(memory[number], request_from(memory[number], note, log.fetch), policy(),
                              (WITNESSES[number],), NOW + size + number)
            assert isinstance(answer, Cosigned)
            memory[number] = answer.checkpoint
            add_signatures(log.folder, size, answer.signatures, policy())
        accepted = policy(2).accept(read_note(log.fetch))
        assert {f"w{number + 1}" for number in awake} == set(accepted.witnessed)
        assert NOW + size + awake[1] == accepted.at
