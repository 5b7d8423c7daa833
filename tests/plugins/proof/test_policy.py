"""Whom to believe: the policy file as the specification has it, quorums, and the moment that witnesses agree on."""

from __future__ import annotations

import pytest

from plugins.proof.checkpoints import Checkpoint
from plugins.proof.cosignatures import cosign, sign_as_log
from plugins.proof.faults import Fault
from plugins.proof.keys import COSIGNATURE, SignerKey
from plugins.proof.notes import Note, Signature
from plugins.proof.policy import Policy
from plugins.proof.tree import leaf_hash

from .conftest import LOG, LOG_PQ, NOW, ORIGIN, WITNESS_PQ, WITNESSES, key, policy

CHECKPOINT = Checkpoint(ORIGIN, 1, leaf_hash(b"one"))
X = [key(f"x{number}.example", COSIGNATURE) for number in (1, 2, 3)]
Y = [key(f"y{number}.example", COSIGNATURE) for number in (1, 2, 3)]
# The example of c2sp.org/tlog-policy, with keys.
EXAMPLE = "\n".join([
    f"log {LOG.verifier}", "",
    *(f"witness X{number} {one.verifier}" for number, one in enumerate(X, 1)), "group X-witnesses 2 X1 X2 X3", "",
    *(f"witness Y{number} {one.verifier}" for number, one in enumerate(Y, 1)), "group Y-witnesses any Y1 Y2 Y3", "",
    "group X-and-Y all X-witnesses Y-witnesses", "quorum X-and-Y", ""])
HEAD = f"log {LOG.verifier}\nwitness a {X[0].verifier}\nwitness b {X[1].verifier}\n"


def signed(*witnesses: tuple[SignerKey, int], logs: tuple[SignerKey, ...] = (LOG,),
           checkpoint: Checkpoint = CHECKPOINT) -> Note:
    return Note(checkpoint.text, (*(sign_as_log(checkpoint, one, NOW) for one in logs),
                                  *(cosign(checkpoint, one, at) for one, at in witnesses)))


def fault(note: Note, rules: Policy) -> tuple[str, str]:
    with pytest.raises(Fault) as told:
        rules.accept(note)
    return told.value.code, told.value.detail


@pytest.mark.parametrize(("witnesses", "missing"), [
    ([], "X-and-Y 0<2"),
    ([X[0], X[1]], "X-and-Y 1<2"),
    ([X[0], Y[0], Y[1]], "X-and-Y 1<2"),
    ([X[0], X[1], Y[2]], ""),
    ([*X, *Y], ""),
])
def test_the_example_of_the_specification_asks_for_two_of_x_and_one_of_y(witnesses: list[SignerKey],
                                                                         missing: str) -> None:
    rules = Policy.parse(EXAMPLE.encode())
    note = signed(*((one, NOW) for one in witnesses))
    if missing:
        assert ("quorum", missing) == fault(note, rules)
    else:
        assert len(witnesses) == len(rules.accept(note).witnessed)


def test_the_moment_is_that_at_which_the_quorum_was_there() -> None:
    rules = Policy.parse(EXAMPLE.encode())
    accepted = rules.accept(signed((X[0], NOW + 900), (X[1], NOW + 5), (X[2], NOW + 60), (Y[0], NOW + 30)))
    assert NOW + 60 == accepted.at
    assert {"X1": NOW + 900, "X2": NOW + 5, "X3": NOW + 60, "Y1": NOW + 30} == accepted.witnessed


def test_without_a_quorum_there_is_no_moment() -> None:
    accepted = policy(0).accept(signed((WITNESSES[0], NOW)))
    assert (None, {"w1": NOW}) == (accepted.at, accepted.witnessed)


def test_a_witness_that_names_no_moment_counts_and_dates_nothing() -> None:
    rules = Policy.parse(f"log {LOG.verifier}\nwitness pq {WITNESS_PQ.verifier}\nquorum pq\n".encode())
    assert (None, {"pq": 0}) == ((found := rules.accept(signed((WITNESS_PQ, 0)))).at, found.witnessed)
    assert NOW == rules.accept(signed((WITNESS_PQ, NOW))).at


def test_one_key_of_the_log_is_enough_and_none_may_be_wrong() -> None:
    for logs in ((LOG,), (LOG_PQ,), (LOG, LOG_PQ)):
        assert len(logs) == len(policy(0).accept(signed(logs=logs)).logs)
    wrong = Signature(ORIGIN, LOG_PQ.verifier.key_id, bytes(2428))
    assert "signature" == fault(signed().with_signatures([wrong]), policy(0))[0]


def test_a_wrong_cosignature_refuses_the_checkpoint_even_if_others_are_enough() -> None:
    forged = cosign(Checkpoint(ORIGIN, 1, leaf_hash(b"two")), WITNESSES[2], NOW)
    note = signed((WITNESSES[0], NOW), (WITNESSES[1], NOW)).with_signatures([forged])
    assert "signature" == fault(note, policy(2))[0]


def test_another_log_is_refused_by_name() -> None:
    stranger = key("other.example/log", 1)
    note = signed(logs=(stranger,), checkpoint=Checkpoint("other.example/log", 1, leaf_hash(b"one")))
    assert ("origin", "other.example/log") == fault(note, policy(0))


def test_a_known_log_cannot_sign_in_the_name_of_another() -> None:
    """Both logs are in the policy: each speaks for its own origin only."""
    other = key("other.example/log", 1)
    rules = Policy.parse(f"log {LOG.verifier}\nlog {other.verifier}\nquorum none\n".encode())
    theirs = Checkpoint(other.name, 1, leaf_hash(b"one"))
    line = Signature(LOG.name, LOG.verifier.key_id, LOG.sign(theirs.text.encode()))
    assert "signature-missing" == fault(Note(theirs.text, (line,)), rules)[0]


def test_extension_lines_need_a_signature_that_covers_them() -> None:
    extended = Checkpoint(ORIGIN, 1, leaf_hash(b"one"), ("more",))
    line = sign_as_log(CHECKPOINT, LOG_PQ, NOW)
    assert "extension" == fault(Note(extended.text, (line,)), policy(0))[0]
    assert ("more",) == policy(0).accept(Note(extended.text, (sign_as_log(extended, LOG, NOW), line))) \
        .checkpoint.extensions


def test_a_policy_may_be_written_freely() -> None:
    lines = ["# коментар", "", " \t# ще", f"\tlog\t {LOG.verifier} https://rada.example/log ",
             f"witness Ж {X[0].verifier}  ", "quorum Ж", ""]
    rules = Policy.parse("\n".join(lines).encode())
    assert ("https://rada.example/log", "Ж") == (rules.logs[0].url, rules.quorum)


def test_a_policy_may_know_no_log_and_no_witness() -> None:
    assert Policy() == Policy.parse(b"quorum none\n")


def test_names_are_octets_and_nothing_else() -> None:
    names = (b"K", b"\xe2\x84\xaa", b"\xff")
    lines = [b"witness %b %b" % (name, str(one.verifier).encode()) for name, one in zip(names, X, strict=True)]
    rules = Policy.parse(b"\n".join([*lines, b"group g 3 " + b" ".join(names), b"quorum g", b""]))
    assert 3 == len(rules.witnesses)


@pytest.mark.parametrize("text", [
    "", "\n", "quorum none", "quorum\n", "quorum none\nquorum none\n", "quorum missing\n", "quorums none\n",
    "Quorum none\n", "quorum none none\n", "quorum none\r\n", "quorum none\x0b\n", "quorum none\x00\n",
    "quorum none\x7f\n",
    f"log\nlog {LOG.verifier}\nquorum none\n",
    f"log {LOG.verifier} url more\nquorum none\n",
    f"log {LOG.verifier}\nlog {LOG.verifier}\nquorum none\n",
    f"log {WITNESSES[0].verifier}\nquorum none\n",
    f"log {str(LOG.verifier)[:-1]}\nquorum none\n",
    f"witness a {LOG.verifier}\nquorum none\n",
    f"witness {X[0].verifier}\nquorum none\n",
    f"witness none {X[0].verifier}\nquorum none\n",
    f"witness a {X[0].verifier}\nwitness a {X[1].verifier}\nquorum a\n",
    f"witness a {X[0].verifier}\nwitness b {X[0].verifier}\nquorum a\n",
    f"witness a {X[0].verifier}\nwitness b {SignerKey('o', 4, X[0].seed).verifier}\nquorum a\n",
    HEAD + "group g\nquorum a\n", HEAD + "group g any\nquorum a\n", HEAD + "group g 0 a\nquorum g\n",
    HEAD + "group g 2 a\nquorum g\n", HEAD + "group g 01 a\nquorum g\n", HEAD + "group g +1 a\nquorum g\n",
    HEAD + "group g most a b\nquorum g\n", HEAD + "group g any a a\nquorum g\n", HEAD + "group g any none\nquorum g\n",
    HEAD + "group g any g\nquorum g\n", HEAD + "group g any h\ngroup h any a\nquorum g\n",
    HEAD + "group a any b\nquorum a\n", HEAD + "group none any b\nquorum none\n",
    HEAD + "group g any a\ngroup h any a b\nquorum h\n",
    HEAD + "quorum g\ngroup g any a\n",
])
def test_what_is_not_exactly_a_policy_is_refused(text: str) -> None:
    with pytest.raises(Fault) as told:
        Policy.parse(text.encode())
    assert "policy" == told.value.code


def test_a_fault_in_a_policy_names_the_line() -> None:
    with pytest.raises(Fault) as told:
        Policy.parse(f"# a\nlog {LOG.verifier}\nwitness a key\nquorum a\n".encode())
    assert told.value.detail.startswith("3: ")


def test_thirty_two_logs_witnesses_and_groups_fit() -> None:
    lines = [f"log {key(f'l{n}', 1).verifier}\nwitness w{n} {key(f'w{n}', 4).verifier}\ngroup g{n} any w{n}"
             for n in range(32)]
    assert 32 == len(Policy.parse(("\n".join([*lines, "quorum g7"]) + "\n").encode()).groups)
