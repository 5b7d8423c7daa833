"""Whatever bytes come from outside, a reader answers with what it read or with a `Fault`, and with nothing else."""

from __future__ import annotations

import random
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plugins.proof.checkpoints import Checkpoint
from plugins.proof.commits import parse_commit, verify_commit
from plugins.proof.faults import Fault
from plugins.proof.keys import SignerKey, VerifierKey
from plugins.proof.leaves import Leaf
from plugins.proof.log import prove
from plugins.proof.notes import Note
from plugins.proof.policy import Policy
from plugins.proof.proofs import LogProof
from plugins.proof.salts import Opening, keep_openings, new_salts, read_openings
from plugins.proof.signers import parse_signers
from plugins.proof.sshsig import SshSignature
from plugins.proof.tiles import unpack
from plugins.proof.timestamps import check, token_of
from plugins.proof.witness import Request

from .conftest import LOG, LOG_PQ, Log, event, needs, policy
from .test_proofs import mutated

Reader = Callable[[bytes], object]


def text(content: bytes) -> str:
    return content.decode("utf-8", "surrogateescape")


READERS: dict[str, Reader] = {
    "note": Note.decode,
    "checkpoint": lambda content: Checkpoint.parse(text(content)),
    "accepted": lambda content: policy(1).accept(Note.decode(content)),
    "proof": lambda content: LogProof.decode(content).verify(event(5).encode(), policy(1)),
    "request": Request.decode,
    "policy": Policy.parse,
    "leaf": Leaf.decode,
    "vkey": lambda content: VerifierKey.parse(text(content)),
    "skey": lambda content: SignerKey.parse(text(content)),
    "bundle": unpack,
    "token": lambda content: check(content, b"", []),
    "answer": lambda content: token_of(content, b"", 1),
    "ssh": lambda content: SshSignature.parse(text(content)).verify(b"x", "git"),
    "signers": parse_signers,
    "commit": lambda content: verify_commit(parse_commit(content), ()),
}


@pytest.mark.parametrize("name", READERS)
@settings(max_examples=150, deadline=None)
@given(content=st.binary(max_size=200))
def test_noise_is_refused(name: str, content: bytes) -> None:
    reads(READERS[name], content)


def reads(reader: Reader, content: bytes) -> bool:
    try:
        reader(content)
    except Fault:
        return False
    return True


@pytest.fixture(scope="module")
def samples(small: Log, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """One honest thing of each kind."""
    folder = tmp_path_factory.mktemp("hostile")
    subprocess.run([needs("ssh-keygen"), "-q", "-t", "ed25519", "-N", "", "-f", folder / "key"], check=True)
    armored = subprocess.run([needs("ssh-keygen"), "-Y", "sign", "-q", "-f", folder / "key", "-n", "git"], input=b"x",
                             capture_output=True, check=True).stdout
    public = (folder / "key.pub").read_bytes()
    commit = (b"tree %b\nauthor a <a@b> 1 +0000\ncommitter a <a@b> 1 +0000\ngpgsig %b\n\nx\n"
              % (b"5" * 40, armored.rstrip().replace(b"\n", b"\n ")))
    note = small.note.encode()
    rules = f"log {LOG.verifier} url\nwitness a {SignerKey('a', 4, bytes(32)).verifier}\ngroup g any a\nquorum g\n"
    return {
        "note": note, "checkpoint": small.checkpoint.text.encode(), "accepted": note,
        "proof": prove(5, small.note, small.fetch).encode(), "request": Request(0, (), small.note).encode(),
        "policy": rules.encode(), "leaf": event(1).encode(), "vkey": str(LOG_PQ.verifier).encode(),
        "skey": LOG.secret().encode(), "bundle": (small.folder / "tile/entries/000").read_bytes(),
        "ssh": armored, "signers": b'a@b namespaces="git",valid-after="20260101Z" ' + public, "commit": commit}


@pytest.mark.parametrize("name", sorted(set(READERS) - {"token", "answer"}))
def test_a_spoilt_original_is_read_or_refused(samples: dict[str, bytes], name: str) -> None:
    chance = random.Random(name)
    for _ in range(400):
        content = samples[name]
        for _ in range(chance.randrange(1, 4)):
            content = mutated(content, chance) or b"\n"
        reads(READERS[name], content)


def test_spoilt_openings_are_read_or_refused(tmp_path: Path) -> None:
    keep_openings(tmp_path, "a", {number: Opening(f"content/{number}.yml", "5" * 40, new_salts(files))
                                  for number, files in ((1, ("x.pdf",)), (2, ()))})
    file, chance = tmp_path / "docs" / "a.json", random.Random(16)
    content = file.read_bytes()
    for _ in range(400):
        file.write_bytes(mutated(content, chance))
        reads(lambda _: read_openings(tmp_path, "a"), b"")
