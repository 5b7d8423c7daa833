"""Keys and signed notes: the examples of the specifications, and everything that a strict reader refuses."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from plugins.proof import faults
from plugins.proof.faults import FAULTS, Fault
from plugins.proof.keys import COSIGNATURE, ED25519, ML_DSA_44, SignerKey, VerifierKey
from plugins.proof.notes import Note, Signature, open_note, sign_text
from plugins.proof.strict import base64, decimal

from .conftest import LOG, LOG_PQ, WITNESSES, key

# c2sp.org/signed-note, "Verifier keys".
VKEY = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
NOTE = ("This is an example message.\n\n— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZ"
        "XsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n")
# c2sp.org/signed-note, the first example: a text with an empty line in it.
POEM = ("Ognuno sta solo sul cuor della terra\ntrafitto da un raggio di sole:\n\ned è subito sera.\n\n"
        "— quasimodo.example/salvatore NnugSzTjtVAewIS+Z/iJhUPeFDkO/5QQ2i5ddnGITLlC+EhfLW9oJKONrMouFSQU0xMcXxj99ih"
        "AQwaqP3ZekRwNtIc=\n")
# The example in the documentation of golang.org/x/mod/sumdb/note.
GO_SKEY = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
GO_VKEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
GO_TEXT = ("If you think cryptography is the answer to your problem,\n"
           "then you don't know what your problem is.\n")
GO_LINE = ("— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJn"
           "AM=")


def fault(content: str | bytes) -> str:
    """The code with which the example's key refuses a note."""
    with pytest.raises(Fault) as told:
        open_note(content.encode() if isinstance(content, str) else content, [VerifierKey.parse(VKEY)])
    return told.value.code


def test_the_example_of_the_specification_verifies() -> None:
    known = VerifierKey.parse(VKEY)
    note, signed = open_note(NOTE.encode(), [known])
    assert ("This is an example message.\n", (known,)) == (note.text, signed)
    assert NOTE.encode() == note.encode() and VKEY == str(known)


def test_go_and_we_make_the_same_keys_and_signatures() -> None:
    signer = SignerKey.parse(GO_SKEY)
    assert (GO_SKEY, GO_VKEY) == (signer.secret(), str(signer.verifier))
    assert GO_LINE == str(sign_text(GO_TEXT, signer))


def test_the_last_empty_line_parts_text_and_signatures() -> None:
    note = Note.decode(POEM.encode())
    assert note.text.endswith("raggio di sole:\n\ned è subito sera.\n")
    assert POEM.encode() == note.encode()
    assert "quasimodo.example/salvatore" == note.signatures[0].name


def test_unknown_keys_are_ignored_wherever_they_sign() -> None:
    other = sign_text("This is an example message.\n", key("other.example", ED25519))
    same_name = Signature("example.com/foo", b"abcd", b"x" * 64)
    same_id = Signature("other.example", VerifierKey.parse(VKEY).key_id, b"x" * 64)
    note = Note.decode(NOTE.encode()).with_signatures([other, same_name, same_id])
    _, signed = open_note(note.encode(), [VerifierKey.parse(VKEY)])
    assert [VKEY] == list(map(str, signed))


def test_a_note_that_no_known_key_signed_is_refused() -> None:
    assert "signature-missing" == fault(POEM)


def test_one_wrong_signature_of_a_known_key_refuses_the_note() -> None:
    ours = sign_text("This is an example message.\n", LOG)
    wrong = Signature(ours.name, ours.key_id, bytes(64))
    note = Note.decode(NOTE.encode()).with_signatures([wrong])
    with pytest.raises(Fault) as told:
        open_note(note.encode(), [VerifierKey.parse(VKEY), LOG.verifier])
    assert "signature" == told.value.code


def test_two_signatures_of_a_known_key_are_refused() -> None:
    assert "signature-twice" == fault(NOTE + NOTE.split("\n\n")[1])


@pytest.mark.parametrize("content", [
    b"",
    b"\n",
    b"text without signatures\n",
    NOTE.encode()[:-1],                                     # no last newline
    NOTE.encode() + b"\n",                                  # an empty line at the end
    NOTE.encode() + b"something",                           # garbage at the end
    NOTE.encode() + "— other.example\n".encode(),
    NOTE.encode() + b"- other.example AAAAAAAA\n",  # a hyphen for the dash
    NOTE.encode() + "— other.example  AAAAAAAA\n".encode(),
    NOTE.encode() + "— other+example AAAAAAAA\n".encode(),
    NOTE.encode() + "— other\u00a0example AAAAAAAA\n".encode(),
    NOTE.encode() + "— other.example AAAAAA==\n".encode(),  # a key id and no signature
    NOTE.replace("\n", "\r\n").encode(),
    NOTE.replace(" is an", "\tis an").encode(),
    NOTE.replace("This", "Th\x00is").encode(),
    NOTE.encode("utf-8")[:4] + b"\xff" + NOTE.encode("utf-8")[4:],
    NOTE.replace("\n\n", "\n").encode(),
])
def test_what_is_not_exactly_a_note_is_refused(content: bytes) -> None:
    assert fault(content) in ("note", "base64")


@pytest.mark.parametrize("line", ["AAAAAA", "AAAAAAA", "AAAAAAB=", "AAAA AAAA", "AAAA-_AA", "AAAAAAA=A", "А" * 8])
def test_a_signature_in_bad_base64_refuses_the_note(line: str) -> None:
    assert fault(f"{NOTE}— other.example {line}\n") in ("base64", "note")


def test_a_note_may_have_a_hundred_signatures_and_no_more() -> None:
    lines = [Signature(f"w{number}.example", b"abcd", b"x" * 64) for number in range(100)]
    note = Note.decode(NOTE.encode()).with_signatures(lines[:99])
    open_note(note.encode(), [VerifierKey.parse(VKEY)])
    assert "note-too-long" == fault(note.with_signatures(lines).encode())
    assert "note-too-long" == fault(b"x" * 1_000_001)


@pytest.mark.parametrize("vkey", [
    "", "example.com/foo", "example.com/foo+530d903a", VKEY + "=", VKEY + "+", VKEY[:-1], VKEY.upper(),
    VKEY.replace("530d903a", "530D903A"), VKEY.replace("530d903a", "530d903b"), VKEY.replace("530d903a", "530d903"),
    VKEY.replace("foo", "fooo"), VKEY.replace("example.com", "example com"), VKEY.replace("+Aek", "+Agk"),
    VKEY.replace("+Aek", "+Bek"), "+530d903a+" + VKEY.split("+", 2)[2], VKEY + "\n", " " + VKEY,
])
def test_what_is_not_exactly_a_key_is_refused(vkey: str) -> None:
    with pytest.raises(Fault) as told:
        VerifierKey.parse(vkey)
    assert told.value.code in ("key", "key-kind", "base64")


@pytest.mark.parametrize("signer", [LOG, LOG_PQ, WITNESSES[0]], ids=["0x01", "0x06", "0x04"])
def test_a_key_reads_as_it_was_written(signer: SignerKey) -> None:
    assert signer == SignerKey.parse(signer.secret())
    assert signer.verifier == VerifierKey.parse(str(signer.verifier))
    assert signer.seed.hex() not in repr(signer)


def test_one_seed_gives_a_key_id_for_each_kind() -> None:
    keys = [SignerKey("one.example", kind, bytes(32)).verifier for kind in (ED25519, COSIGNATURE, ML_DSA_44)]
    assert 3 == len({one.key_id for one in keys})
    assert 1313 == len(base64(str(keys[2]).split("+", 2)[2]))


@pytest.mark.parametrize("text", ["", "-1", "+1", "01", "00", " 1", "1 ", "1\n", "١", "1_0", "1e3", "0x1", str(2**63)])
def test_a_number_has_one_spelling(text: str) -> None:
    with pytest.raises(Fault):
        decimal(text)
    assert (0, 2**63 - 1) == (decimal("0"), decimal(str(2**63 - 1)))


@pytest.mark.parametrize("text", ["", "=", "A", "AA", "AA=", "AB==", "AAA=AAA=", "AAAA\n", "AAA\u00e9", "_-__"])
def test_base64_has_one_spelling(text: str) -> None:
    with pytest.raises(Fault):
        base64(text)


def test_every_fault_that_is_raised_is_declared_and_every_declared_one_is_raised() -> None:
    room = Path(faults.__file__).parent
    source = "".join(path.read_text(encoding="utf-8") for path in sorted(room.glob("*.py")) if path.stem != "faults")
    assert set(re.findall(r'Fault\("([a-z0-9-]+)"', source)) <= FAULTS.keys()
    assert not [code for code in FAULTS if f'"{code}"' not in source]


def test_a_fault_quotes_nothing_that_would_move_a_cursor() -> None:
    said = Fault("note", "— \x1b[2J\u202e\udcff" + "x" * 500).said("uk")
    assert said.isprintable() and len(said) < 300


def test_every_fault_speaks_both_languages() -> None:
    assert all(uk and en and uk != en for uk, en in FAULTS.values())
    assert "свідків замало (three 1<2)" == Fault("quorum", "three 1<2").said("uk")
    assert "quorum: too few witnesses (three 1<2)" == str(Fault("quorum", "three 1<2"))
