"""One page, one revision, each with its proof in one file: no network, and nothing but the true bytes is accepted."""

from __future__ import annotations

import random
import socket
from hashlib import sha256
from pathlib import Path
from time import perf_counter

import pytest

from plugins.proof.append import append
from plugins.proof.faults import Fault
from plugins.proof.leaves import Leaf, leaf
from plugins.proof.log import from_folder, prove
from plugins.proof.notes import Note
from plugins.proof.pageproof import PageProof, pages_root, prove_page, verify_page
from plugins.proof.proofs import LogProof
from plugins.proof.revisionproof import RevisionProof, prove_revision, verify_revision
from plugins.proof.salts import Opening, Source, new_salts, revision

from .conftest import LOG, LOG_PQ, NOW, WITNESSES, Log, policy, witnessed, written
from .test_proofs import mutated

H = "ab" * 32
SEEN = "2026-11-28T10:00:00Z"
PAGE = "<!doctype html><title>Рішення № 123</title>".encode()
PATH = "rishennia/2026/0123/index.html"
SOURCE = Source("Про бюджет".encode(), "content/acts/2026/0123/index.yml", "5" * 40, {"a.pdf": b"%PDF"})


def site(count: int) -> tuple[list[tuple[str, str]], dict[str, bytes]]:
    """A manifest of so many files, one of them the page, and its salts."""
    files = {f"novyny/2026/{number:06}/index.html": sha256(b"%d" % number).hexdigest() for number in range(count - 1)}
    files[PATH] = sha256(PAGE).hexdigest()
    return sorted(files.items()), {path: sha256(path.encode()).digest()[:16] for path in files}


def build_of(files: list[tuple[str, str]], salts: dict[str, bytes]) -> Leaf:
    return leaf("build", "site:1a2b3c4d", SEEN, root=pages_root(files, salts), pages=len(files), lock=H,
                day="2026-11-28", commit=H)


@pytest.fixture(scope="module")
def logged(tmp_path_factory: pytest.TempPathFactory) -> tuple[Log, LogProof]:
    """A log of 300 events and a build of a site of 4,000 files, witnessed; the proof of a page."""
    folder: Path = tmp_path_factory.mktemp("logged") / "log"
    written(folder, [300], (LOG, LOG_PQ))
    files, salts = site(4000)
    build = build_of(files, salts)
    log = witnessed(Log(folder, append(folder, [build], (LOG, LOG_PQ), expected=300, at=NOW)), WITNESSES[0])
    return log, prove(300, log.note, from_folder(folder), prove_page(PATH, files, salts, build))


def test_a_page_with_its_proof_is_accepted_offline(logged: tuple[Log, LogProof],
                                                   monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "socket", None)
    content = logged[1].encode()
    started = perf_counter()
    found = verify_page(PAGE, LogProof.decode(content), policy())
    assert (PATH, 4000, NOW + 60) == (found.path, found.build["pages"], found.accepted.at)
    assert perf_counter() - started < 0.2


def test_its_proof_is_small(logged: tuple[Log, LogProof]) -> None:
    log, proof = logged
    short = Note(log.note.text, tuple(one for one in log.note.signatures if len(one.content) < 100))
    assert len(LogProof(proof.index, proof.hashes, short, proof.extra).encode()) <= 1500
    assert len(proof.encode()) <= 5000


@pytest.mark.parametrize("content", [b"", PAGE + b" ", PAGE.replace(b"123", b"124")])
def test_another_page_is_refused(logged: tuple[Log, LogProof], content: bytes) -> None:
    with pytest.raises(Fault) as told:
        verify_page(content, logged[1], policy())
    assert "inclusion" == told.value.code


def test_no_spoilt_extra_is_believed(logged: tuple[Log, LogProof]) -> None:
    proof, chance = logged[1], random.Random(7)
    for _ in range(600):
        extra = mutated(proof.extra, chance)
        if extra != proof.extra:
            with pytest.raises(Fault):
                verify_page(PAGE, LogProof(proof.index, proof.hashes, proof.note, extra), policy())


@pytest.mark.parametrize("count", [1, 2, 3, 7, 8, 100])
def test_every_page_of_a_site_of_any_size_proves_itself(count: int) -> None:
    files, salts = site(count)
    build = build_of(files, salts)
    for path, digest in files:
        extra = prove_page(path, files, salts, build)
        found = PageProof.decode(extra)
        assert extra == found.encode()
        if digest == sha256(PAGE).hexdigest():
            assert build == found.leaf_of(PAGE)


def test_a_proof_is_made_only_of_what_was_logged() -> None:
    files, salts = site(5)
    build = build_of(files, salts)
    for path, listed, known, code in ((PATH, files[1:], salts, "pages-root"), ("no", files, salts, "page-missing"),
                                      (PATH, files, {PATH: salts[PATH]}, "salt"),
                                      (PATH, files, salts | {PATH: bytes(16)}, "pages-root")):
        with pytest.raises(Fault) as told:
            prove_page(path, listed, known, build)
        assert code == told.value.code


def test_a_revision_with_its_proof_is_accepted_and_another_text_is_not(tmp_path: Path) -> None:
    opening = Opening(SOURCE.path, SOURCE.commit, new_salts(("a.pdf",)))
    entry = revision("publish", "editor:1a2b3c4d", SEEN, "acts/2026/0123", 1, SOURCE, opening.salts)
    written(tmp_path / "log", [5])
    log = witnessed(Log(tmp_path / "log", append(tmp_path / "log", [entry], [LOG], expected=5, at=NOW)), WITNESSES[0])
    proof = LogProof.decode(prove(5, log.note, log.fetch, prove_revision(entry, opening)).encode())
    assert ["a.pdf"] == RevisionProof.decode(proof.extra).names
    deepest = LogProof(119_999, proof.hashes[:1] * 17, proof.note, proof.extra)  # in a log of 120,000 entries
    assert len(deepest.encode()) <= 1500
    found = verify_revision(SOURCE.content, SOURCE.files, proof, policy())
    assert (entry, opening.path, NOW + 60) == (found.leaf, found.path, found.accepted.at)
    for content, files in ((b"", SOURCE.files), (SOURCE.content, {"a.pdf": b""}), (SOURCE.content, {})):
        with pytest.raises(Fault):
            verify_revision(content, files, proof, policy())
    chance = random.Random(8)
    for _ in range(300):
        extra = mutated(proof.extra, chance)
        if extra != proof.extra:
            with pytest.raises(Fault):
                verify_revision(SOURCE.content, SOURCE.files, LogProof(5, proof.hashes, proof.note, extra), policy())
