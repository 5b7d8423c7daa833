"""Witnesses: three councils with repositories of their own look after a log; what they refuse is kept as evidence."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from plugins.audit.checking.witness import NotWitnessed, Witness, new_key, open_witness, origin_path, read_memory
from plugins.audit.findings import TAMPERING, Finding, Weight, status_of
from plugins.audit.layout import EVIDENCE
from plugins.audit.site import open_site
from plugins.proof.append import add_signatures, append
from plugins.proof.checkpoints import Checkpoint
from plugins.proof.cosignatures import cosign
from plugins.proof.faults import Fault
from plugins.proof.files import one_writer
from plugins.proof.keys import SignerKey
from plugins.proof.log import from_folder, read_note
from plugins.proof.notes import Note, Signature
from plugins.proof.policy import Policy
from tests.plugins.proof.conftest import LOG, NOW, ORIGIN, event, key, written


@dataclass(frozen=True)
class Neighbour:
    """A witnessing council: a repository of its own, with the policy, its memory and what it gives away."""

    name: str
    folder: Path
    key_file: Path

    @property
    def key(self) -> SignerKey:
        return SignerKey.parse(self.key_file.read_text().strip())

    @property
    def lines(self) -> Path:
        return self.folder / "public" / origin_path(ORIGIN) / "cosignatures"

    @property
    def given(self) -> list[Signature]:
        return [Signature.parse(line) for line in self.lines.read_text(encoding="utf-8").splitlines()]

    def open(self) -> Witness:
        return open_witness(self.folder / "policy", self.key_file, self.folder / "state.json", self.folder / "public")

    def visit(self, site: Path, at: int = NOW) -> list[Finding]:
        found = self.open().visit(open_site(str(site), EVIDENCE), at)
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", "Свідчення")
        return found

    def git(self, *arguments: str) -> str:
        return subprocess.run(["git", "-c", "user.name=w", "-c", "user.email=w@w.example", *arguments], check=True,
                              cwd=self.folder, capture_output=True, text=True).stdout


@dataclass
class World:
    """A log on a site, and its neighbours."""

    top: Path
    neighbours: tuple[Neighbour, ...]

    @property
    def site(self) -> Path:
        return self.top / "site"

    @property
    def log(self) -> Path:
        return self.site / EVIDENCE

    @property
    def policy(self) -> Policy:
        lines = [f"log {LOG.verifier}", *(f"witness {one.name} {one.key.verifier}" for one in self.neighbours),
                 "group all 2 " + " ".join(one.name for one in self.neighbours), "quorum all"]
        return Policy.parse("".join(f"{line}\n" for line in lines).encode())

    def grow(self, size: int) -> Note:
        before = Checkpoint.of(read_note(from_folder(self.log))).size
        return append(self.log, [event(number) for number in range(before, size)], (LOG,), expected=before, at=NOW)

    def collect(self, neighbours: Sequence[Neighbour]) -> dict[str, str]:
        """What the log's keeper does with what witnesses give; faults by name."""
        faults = {}
        for one in neighbours:
            try:
                add_signatures(self.log, Checkpoint.of(read_note(from_folder(self.log))).size, one.given, self.policy)
            except Fault as fault:
                faults[one.name] = fault.code
        return faults

    def fork(self, size: int, folder: str = "forked") -> Path:
        """Another log under the same key, on a site of its own."""
        site = self.top / folder
        log = written(site / EVIDENCE, (1,))
        append(log.folder, [event(1000 + number) for number in range(1, size)], (LOG,), expected=1, at=NOW)
        return site


@pytest.fixture
def world(tmp_path: Path) -> World:
    neighbours = []
    for name in ("zarichna", "stavkova", "verbova"):
        folder = tmp_path / name
        folder.mkdir()
        new_key(f"{name}.example/svidok", tmp_path / f"{name}.key")
        (folder / "policy").write_text(f"log {LOG.verifier}\nquorum none\n")
        one = Neighbour(name, folder, tmp_path / f"{name}.key")
        one.git("init", "-q", "--template=")
        neighbours.append(one)
    made = World(tmp_path, tuple(neighbours))
    written(made.log, (3,))
    return made


def codes(found: list[Finding]) -> list[tuple[str, Weight]]:
    return [(one.code, one.weight) for one in found]


def test_two_of_three_are_enough_when_one_is_down(world: World) -> None:
    first, second, asleep = world.neighbours
    for size, awake in ((3, (first, second)), (300, (second, asleep)), (310, (first, asleep))):
        note = world.grow(size)
        with pytest.raises(Fault):
            world.policy.accept(note)
        for one in awake:
            assert [("cosigned", Weight.NOTE)] == codes(one.visit(world.site, NOW + size))
        assert {} == world.collect(awake)
        accepted = world.policy.accept(read_note(from_folder(world.log)))
        assert ({one.name for one in awake}, NOW + size) == (set(accepted.witnessed), accepted.at)
    assert "public" in first.git("show", "--stat", "HEAD")
    assert (first.lines.parent / "310.cosig").read_text() == first.lines.read_text()


def test_one_that_lies_is_passed_over_and_one_that_is_bribed_is_not_enough(world: World) -> None:
    honest, liar, bribed = world.neighbours
    for one in world.neighbours:
        one.visit(world.site)
    world.grow(10)
    honest.visit(world.site, NOW + 10)
    forked = world.fork(10)
    other = Checkpoint.of(read_note(from_folder(forked / EVIDENCE)))
    liar.lines.write_text(f"{cosign(other, liar.key, NOW)}\n")  # gives a line of another tree
    bribed.lines.write_text(f"{cosign(other, bribed.key, NOW)}\n")
    assert {"stavkova": "signature", "verbova": "signature"} == world.collect(world.neighbours)
    forged = read_note(from_folder(forked / EVIDENCE)).with_signatures(bribed.given)
    with pytest.raises(Fault, match="1<2"):
        world.policy.accept(forged)
    found = honest.visit(forked)
    assert [("witness-forked", Weight.TAMPERING)] == codes(found)
    assert TAMPERING == status_of(found)
    assert 10 == Checkpoint.of(read_memory(honest.folder / "state.json")[ORIGIN]).size


def evidence(one: Neighbour) -> dict[str, Note]:
    place = one.folder / "public" / "evidence" / origin_path(ORIGIN)
    return {file.name: Note.decode(file.read_bytes()) for file in sorted(place.rglob("*")) if file.is_file()}


@pytest.mark.parametrize(("size", "code"), [(10, "witness-forked"), (5, "witness-shrank"), (12, "witness-forked")])
def test_a_log_that_does_not_continue_is_refused_and_both_states_are_kept(world: World, size: int, code: str) -> None:
    one = world.neighbours[0]
    world.grow(10)
    one.visit(world.site)
    before = one.lines.read_bytes(), (one.folder / "state.json").read_bytes()
    assert [(code, Weight.TAMPERING)] == codes(one.visit(world.fork(size)))
    kept = evidence(one)
    assert {"known", "new"} == kept.keys()
    for note in kept.values():
        one.open().logs.signed(note)
    assert (10, size) == (Checkpoint.of(kept["known"]).size, Checkpoint.of(kept["new"]).size)
    assert before == (one.lines.read_bytes(), (one.folder / "state.json").read_bytes())
    assert "evidence" in one.git("show", "--stat", "HEAD")
    assert [("cosigned", Weight.NOTE)] == codes(one.visit(world.site))


def test_who_serves_the_site_cannot_speak_for_the_log(world: World) -> None:
    one = world.neighbours[0]
    note = read_note(from_folder(world.log))
    stranger = key("other.example/log", 1)
    for spoilt, code in ((note.encode().replace(b"\n3\n", b"\n4\n"), "signature"),
                         (note.encode().replace(ORIGIN.encode(), stranger.name.encode()), "origin"),
                         (b"x", "note")):
        (world.log / "checkpoint").write_bytes(spoilt)
        assert [(code, Weight.TAMPERING)] == codes(one.visit(world.site))
    (world.log / "checkpoint").unlink()
    assert [("checkpoint-missing", Weight.LACKING)] == codes(one.visit(world.site))
    assert not one.lines.exists() and not (one.folder / "state.json").exists()


def test_tiles_that_do_not_make_the_root_are_not_cosigned_even_at_first_sight(world: World) -> None:
    (world.log / "tile/0/000.p/3").write_bytes(bytes(96))
    assert [("witness-unproven", Weight.TAMPERING)] == codes(world.neighbours[0].visit(world.site))
    shutil.rmtree(world.log / "tile")
    assert [("witness-unproven", Weight.TAMPERING)] == codes(world.neighbours[0].visit(world.site))
    assert not world.neighbours[0].lines.exists()


def test_the_checkpoint_is_remembered_before_the_cosignature_is_given(world: World,
                                                                      monkeypatch: pytest.MonkeyPatch) -> None:
    one = world.neighbours[0]

    def dies(*_: object) -> None:
        raise KeyboardInterrupt
    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(Witness, "_give", dies)
        one.visit(world.site)
    assert ORIGIN in read_memory(one.folder / "state.json") and not one.lines.exists()
    one.visit(world.site)
    assert {} == world.collect([one])


def test_two_at_once_do_not_sign_two_futures(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    one = world.neighbours[0]
    state = one.folder / "state.json"
    with one_writer(state.with_name("state.json.memory")), pytest.raises(Fault, match="log-busy"):
        one.open().visit(open_site(str(world.site), EVIDENCE), NOW)
    answer = Witness._answer

    def meanwhile(self: Witness, *given: object) -> object:
        found = answer(self, *given)  # type: ignore[arg-type]
        shutil.copyfile(world.neighbours[1].folder / "state.json", state)  # by another machine, which no lock stops
        return found
    world.neighbours[1].visit(world.site)
    with monkeypatch.context() as patched, pytest.raises(Fault, match="log-moved"):
        patched.setattr(Witness, "_answer", meanwhile)
        one.open().visit(open_site(str(world.site), EVIDENCE), NOW)
    assert not one.lines.exists()


def test_a_memory_that_was_spoilt_is_not_taken_for_none(world: World) -> None:
    one = world.neighbours[0]
    one.visit(world.site)
    good = (one.folder / "state.json").read_bytes()
    for spoilt in (b"", b"{", good[:-9], b'{"other.example/log":' + good.partition(b":")[2]):
        (one.folder / "state.json").write_bytes(spoilt)
        with pytest.raises(NotWitnessed, match="зіпсовано"):
            one.open().visit(open_site(str(world.site), EVIDENCE), NOW)


def test_a_key_is_for_its_owner_and_is_never_replaced(tmp_path: Path) -> None:
    made = new_key("verbova.example/svidok", tmp_path / "key")
    assert "PRIVATE" in (tmp_path / "key").read_text() and str(made.verifier).startswith("verbova.example/svidok+")
    if os.name == "posix":
        assert 0o600 == stat.S_IMODE((tmp_path / "key").stat().st_mode)
    for name, file in (("verbova.example/svidok", "key"), ("з пропуском", "other"), ("a+b", "other"), ("x", "no/key")):
        with pytest.raises(NotWitnessed):
            new_key(name, tmp_path / file)
    (tmp_path / "log.key").write_text(LOG.secret())
    (tmp_path / "policy").write_text(f"log {LOG.verifier}\nquorum none\n")
    with pytest.raises(NotWitnessed, match="немає ключа свідка"):
        open_witness(tmp_path / "policy", tmp_path / "log.key", tmp_path / "state", tmp_path / "out")


@pytest.mark.parametrize(("origin", "path"), [
    ("rada.example/log", "rada.example/log"), ("../../etc", "%2E%2E/%2E%2E/etc"), ("/etc", "%/etc"), ("a//b", "a/%/b"),
    ("..", "%2E%2E"), ("a\\b", "a%5Cb"), ("рада", "%D1%80%D0%B0%D0%B4%D0%B0"), ("a:b", "a%3Ab"),
])
def test_the_name_of_a_log_leads_to_no_other_place(origin: str, path: str) -> None:
    assert path == origin_path(origin)
