"""One page and its proof, made of what a site publishes; who made a revision, as the log says it."""

from __future__ import annotations

import dataclasses
import gzip
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from plugins.audit.checking.one_page import check_page
from plugins.audit.keeping import proving
from plugins.audit.keeping.proving import page_path, prove_address, prove_document
from plugins.audit.keeping.telling import NotDone
from plugins.proof.append import add_signatures
from plugins.proof.checkpoints import Checkpoint
from plugins.proof.cosignatures import cosign
from plugins.proof.faults import Fault
from plugins.proof.log import from_folder, read_note
from plugins.proof.notes import Note
from plugins.proof.pageproof import verify_page
from plugins.proof.policy import Group, Party
from plugins.proof.proofs import LogProof
from plugins.proof.revisionproof import verify_revision
from tests.conftest import ROOT
from tests.plugins.proof.conftest import NOW, WITNESSES, destroy_opening, needs

from .keeper import Keeper

LOADED = """
import sys
import tasks
from tooling import program
status = program.start(tasks.COMMANDS, tasks.with_page(sys.argv[1:]))
print([name for name in ("invoke", "pelican", "pydantic", "plugins.records") if name in sys.modules], file=sys.stderr)
sys.exit(status)
"""
"""Runs a command and tells which of the slow modules it has loaded."""


@pytest.fixture(scope="module")
def keeper(tmp_path_factory: pytest.TempPathFactory) -> Keeper:
    """A published site whose newest checkpoint a witness has cosigned."""
    one = Keeper(tmp_path_factory.mktemp("proving")).begin().start(str(WITNESSES[0].verifier), quorum=1)
    one.append()
    checkpoint = Checkpoint.of(read_note(from_folder(one.log)))
    add_signatures(one.log, checkpoint.size, [cosign(checkpoint, WITNESSES[0], NOW)], one.policy)
    one.append()
    return one


def test_a_page_and_its_proof_are_enough(keeper: Keeper) -> None:
    whole = prove_address(str(keeper.output), "/proiekty/2026/1/")
    short = prove_address(str(keeper.output), "https://rada.example/proiekty/2026/1/#text", is_short=True)
    page = (keeper.output / whole.path).read_bytes()
    for proven, longest in ((whole, 5000), (short, 1000)):
        content = proven.proof.encode()
        assert len(content) <= longest
        found = verify_page(page, LogProof.decode(content), keeper.policy)
        assert ("proiekty/2026/1/index.html", NOW) == (found.path, found.accepted.at)
        with pytest.raises(Fault):
            verify_page(page + b" ", LogProof.decode(content), keeper.policy)


def test_a_proof_may_be_kept_by_gzip(keeper: Keeper) -> None:
    proven = prove_address(str(keeper.output), "/proiekty/2026/1/")
    small = proven.proof.encode_small()
    assert len(small) < 0.85 * len(proven.proof.encode()) and LogProof.decode(small) == proven.proof
    assert gzip.decompress(small) == proven.proof.encode()
    bomb = gzip.compress(bytes(100_000_000), 1)
    for broken in (small[:-1], small + b"x", small[:40] + bytes(4) + small[44:], bomb):
        with pytest.raises(Fault):
            LogProof.decode(broken)


def test_a_short_proof_has_no_more_witnesses_than_the_policy_asks_for(keeper: Keeper) -> None:
    policy = dataclasses.replace(keeper.policy, witnesses={
        f"w{at}": Party(one.verifier) for at, one in enumerate(WITNESSES[:3])}, groups={
            "two": Group(2, ("w0", "w1", "w2"))}, quorum="two")
    note = read_note(from_folder(keeper.log))
    seen = note.with_signatures(cosign(Checkpoint.of(note), one, NOW) for one in WITNESSES[:3])
    for whole, count in ((seen, 3), (note, 2)):  # where the quorum is not there yet, nothing is left out
        short = proving._short(whole, policy)
        assert len(short.signatures) == count
        assert set(short.signatures) <= set(whole.signatures)
    assert policy.accept(proving._short(seen, policy)).at == NOW


def test_a_proof_tells_the_first_moment_at_which_witnesses_had_seen_it(keeper: Keeper, tmp_path: Path) -> None:
    later = Keeper(Path(shutil.copytree(keeper.top, tmp_path / "later")))
    later.edit()
    later.append()
    checkpoint = Checkpoint.of(read_note(from_folder(later.log)))
    add_signatures(later.log, checkpoint.size, [cosign(checkpoint, WITNESSES[0], NOW + 60)], later.policy)
    later.append()
    for doc, at in (("drafts/2026/2", NOW), ("drafts/2026/1", NOW + 60)):
        proven = prove_document(str(later.output), doc, is_short=True)
        assert (at, False) == (later.policy.accept(proven.proof.note).at, proven.waits)
        assert (at > NOW) == (Checkpoint.of(proven.proof.note) == checkpoint)


def test_an_altered_page_is_told_from_one_that_witnesses_have_not_seen_yet(keeper: Keeper) -> None:
    proven = prove_address(str(keeper.output), "/proiekty/2026/1/")
    assert not proven.waits
    own = {party.key.name for party in keeper.policy.logs}
    note = Note(proven.proof.note.text, tuple(one for one in proven.proof.note.signatures if one.name in own))
    proof = dataclasses.replace(proven.proof, note=note).encode()
    page = (keeper.output / proven.path).read_bytes()
    said = [[one.code for one in check_page(content, proof, keeper.policy, address)] for content, address in (
        (page, "/proiekty/2026/1/"), (page + b" ", ""), (page, "/proiekty/2026/2/"))]
    assert [["page-unwitnessed"], ["page-proof"], ["page-address"]] == said


def test_a_kept_page_is_checked_with_what_that_takes_and_nothing_else(keeper: Keeper, tmp_path: Path) -> None:
    """Pelican, the records and Invoke take four times as long to load as the whole check takes."""
    proven = prove_address(str(keeper.output), "/proiekty/2026/1/")
    (tmp_path / "proof").write_bytes(proven.proof.encode())
    (tmp_path / "policy").write_bytes((keeper.log / "policy").read_bytes())
    for page, status, code in (((keeper.output / proven.path).read_bytes(), 0, "page-proven"), (b"", 1, "page-proof")):
        (tmp_path / "page.html").write_bytes(page)
        command = ["verify", "page", str(tmp_path / "page.html"), "--proof", str(tmp_path / "proof"),
                   "--policy", str(tmp_path / "policy")]
        done = subprocess.run([sys.executable, "-c", LOADED, *command], cwd=ROOT, capture_output=True, text=True)
        assert (status, f"[{code}]" in done.stdout, done.stderr) == (status, True, "[]\n")


def test_a_revision_and_its_proof_are_enough_until_it_is_erased(keeper: Keeper) -> None:
    proven = prove_document(str(keeper.output), "drafts/2026/2")
    found = verify_revision("Про воду\n".encode(), {"annex.md": "Додаток\n".encode()}, proven.proof, keeper.policy)
    assert ("content/drafts/2026/2/index.yml", NOW) == (found.path, found.accepted.at)
    annexes = {"annex.md": "Додаток\n".encode()}, {"annex.md": b""}
    said = [[one.code for one in check_page("Про воду\n".encode(), proven.proof.encode(), keeper.policy,
                                            beside=annex.__getitem__)] for annex in annexes]
    assert [["page-proven"], ["page-proof"]] == said
    destroy_opening(keeper.output / "prozorist/zhurnal/soli", "drafts/2026/1", 1)
    for doc, number in (("drafts/2026/1", 1), ("drafts/2026/9", 0), ("drafts/2026/2", 7)):
        with pytest.raises(NotDone):
            prove_document(str(keeper.output), doc, number)


def test_no_proof_is_made_of_what_the_log_does_not_say(keeper: Keeper, tmp_path: Path) -> None:
    for place, words in ((tmp_path, "не знайти журналу"), (keeper.output, "немає сторінки")):
        with pytest.raises(NotDone, match=words):
            prove_address(str(place), "/немає/")
    manifest = keeper.output / "manifest.txt"
    text = manifest.read_text()
    manifest.write_text(text.replace(text[:8], "00000000", 1))
    with pytest.raises(NotDone, match="Доказу не складено"):
        prove_address(str(keeper.output), "/")
    manifest.write_text(text)


@pytest.mark.parametrize(("address", "path"), [
    ("/", "index.html"), ("/novyny/", "novyny/index.html"), ("/a.pdf", "a.pdf"), ("a/?b=c", "a/index.html"),
    ("https://rada.example/novyny/#a", "novyny/index.html"), ("https://rada.example", "index.html")])
def test_an_address_names_a_file(address: str, path: str) -> None:
    assert path == page_path(address)


# who made it

ROLES = """roles:
  - id: editor
    title: Редакція
    people: [olena@rada.example]
    paths: [content/drafts/**]
"""


def test_a_signed_commit_is_by_its_role_and_anything_else_by_the_site(tmp_path: Path) -> None:
    keeper = Keeper(tmp_path).begin()
    subprocess.run([needs("ssh-keygen"), "-q", "-t", "ed25519", "-N", "", "-f", tmp_path / "ssh"], check=True)
    public = " ".join((tmp_path / "ssh.pub").read_text().split()[:2])
    keeper.write("data/allowed_signers", f'olena@rada.example namespaces="git" {public}\n')
    keeper.write("data/roles.yml", ROLES)
    keeper.commit()
    for name, value in (("gpg.format", "ssh"), ("user.signingkey", str(tmp_path / "ssh.pub"))):
        keeper.git("config", name, value)
    keeper.write("content/drafts/2026/1.yml", "Підписано\n")
    keeper.git("add", "-A")
    keeper.git("-c", "user.email=olena@rada.example", "commit", "-q", "-S", "-m", "Зміни")
    keeper.write("content/drafts/2026/1.yml", "Підписано за іншого\n")
    keeper.commit("-S")
    keeper.build()
    keeper.start()
    keeper.append()
    found = [one.by for one in keeper.leaves() if one.kind in ("publish", "amend") and one["doc"] == "drafts/2026/1"]
    assert ["site", "editor", "site"] == [by.partition(":")[0] for by in found]
    assert {"policy", "rules", "signers", "roles"} == {one["what"] for one in keeper.leaves() if one.kind == "policy"}
