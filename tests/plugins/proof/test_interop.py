"""Code that nobody here wrote reads our logs and signatures: Go's sumdb, noble and WebCrypto in Node."""

from __future__ import annotations

import json
import os
import random
import subprocess
from pathlib import Path

import pytest

from plugins.proof.cosignatures import cosign
from plugins.proof.log import prove_growth, proves, read_note
from plugins.proof.notes import Note
from plugins.proof.strict import to_base64
from plugins.proof.tiles import tiles_of
from tests import tools

from .conftest import LOG, LOG_PQ, NOW, WITNESS_PQ, WITNESSES, Log, written

PROOFS = 320


@pytest.fixture(scope="module")
def reader() -> Path:
    """Go's reader. On Linux with apt it has to be there; elsewhere x/mod cannot be had."""
    if not tools.has_go_modules():
        assert not os.environ.get("CI"), "CI has no packages of Debian"
        pytest.skip("golang.org/x/mod comes as a package of Debian or Ubuntu")
    return tools.log_reader()


def ask_go(reader: Path, log: Log, inclusion: list[int], consistency: list[int]) -> subprocess.CompletedProcess[str]:
    size = log.checkpoint.size
    found = proves(inclusion, read_note(log.fetch), log.fetch)
    question = {
        "folder": str(log.folder), "vkey": str(LOG.verifier),
        "inclusion": [{"number": one.index, "hashes": list(map(to_base64, one.hashes))} for one in found],
        "consistency": [{"number": old, "hashes": list(map(to_base64, prove_growth(old, size, log.fetch)))}
                        for old in consistency]}
    return subprocess.run([reader], input=json.dumps(question), capture_output=True, text=True)


def test_go_verifies_every_tile_every_entry_and_our_proofs(reader: Path, large: Log) -> None:
    """Three levels of tiles; the proofs are those that Go makes itself, hash for hash."""
    chance = random.Random(1)
    size = large.checkpoint.size
    inclusion = [0, 255, 256, 65_535, 65_536, size - 1, *chance.sample(range(size), PROOFS)]
    consistency = [1, 2, 255, 256, 257, 65_536, size - 1, size, *chance.sample(range(1, size), PROOFS)]
    answer = ask_go(reader, large, inclusion, consistency)
    assert "" == answer.stderr
    assert {"entries": size, "tiles": len(list(tiles_of(size))), "inclusion": len(inclusion),
            "consistency": len(consistency)} == json.loads(answer.stdout)


@pytest.mark.parametrize("size", [1, 2, 255, 256, 257, 511, 512, 513])
def test_go_verifies_logs_at_the_edges_of_tiles(reader: Path, tmp_path: Path, size: int) -> None:
    log = written(tmp_path / "log", (size,))
    answer = ask_go(reader, log, list(range(0, size, 7)), list(range(1, size + 1, 7)))
    assert "" == answer.stderr


def test_go_ignores_the_signatures_that_it_does_not_know(reader: Path, small: Log) -> None:
    """Post-quantum signatures and cosignatures stand beside the one that Go reads."""
    assert 5 == len(read_note(small.fetch).signatures)
    assert "" == ask_go(reader, small, [3], [300]).stderr


@pytest.mark.parametrize(("path", "what"), [("tile/0/000", "tile/8/0/000"), ("tile/entries/001", "root"),
                                            ("checkpoint", "checkpoint")])
def test_go_refuses_what_was_changed(reader: Path, tmp_path: Path, path: str, what: str) -> None:
    """Lest a reader that accepts anything should count as proof."""
    log = written(tmp_path / "log", (513,))
    content = bytearray((log.folder / path).read_bytes())
    content[20] ^= 1
    (log.folder / path).write_bytes(bytes(content))
    asked = {"folder": str(log.folder), "vkey": str(LOG.verifier), "inclusion": [], "consistency": []}
    answer = subprocess.run([reader], input=json.dumps(asked), capture_output=True, text=True)
    assert 1 == answer.returncode and answer.stderr.startswith(what)


def ask_node(note: Note, *keys: str) -> list[str]:
    """What Node says of the signature of each key: by whom it was verified, or an error."""
    driver = Path(__file__).with_name("verify.mjs")
    asked = json.dumps({"note": str(note), "vkeys": keys, "noble": str(tools.noble())})
    answer = subprocess.run([tools.node(), driver], input=asked, capture_output=True, text=True, encoding="utf-8")
    assert 0 == answer.returncode, answer.stderr
    return json.loads(answer.stdout)  # type: ignore[no-any-return]


KEYS = [LOG, LOG_PQ, WITNESSES[0], WITNESSES[1], WITNESS_PQ]


def test_node_verifies_all_three_kinds_of_signature(small: Log) -> None:
    found = ask_node(read_note(small.fetch), *(str(one.verifier) for one in KEYS))
    assert ["ed25519", f"ml-dsa-44 {NOW}", f"cosignature {NOW + 60}", f"cosignature {NOW + 120}",
            f"ml-dsa-44 {NOW + 180}"] == found


def test_node_refuses_signatures_of_another_checkpoint(small: Log) -> None:
    note = read_note(small.fetch)
    forged = Note(note.text.replace("\n700\n", "\n701\n"), note.signatures)
    assert ["wrong"] * 5 == ask_node(forged, *(str(one.verifier) for one in KEYS))


def test_node_refuses_a_cosignature_with_another_time(small: Log) -> None:
    line = cosign(small.checkpoint, WITNESSES[2], NOW)
    later = type(line)(line.name, line.key_id, (NOW + 1).to_bytes(8, "big") + line.content[8:])
    assert ["wrong"] == ask_node(Note(small.note.text, (later,)), str(WITNESSES[2].verifier))
