"""Nothing to do is answered from a note: quickly, and never where the output or the sources are others."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from plugins.builder import last, output, state
from plugins.builder.manifest import MANIFEST, Manifest
from plugins.builder.model import EVIDENCE, EVIDENCE_PARENT
from tests.conftest import build_folder, tree_of

DIGEST = "0" * 64


@pytest.fixture
def site(lay_out: Callable[[str], Path]) -> Path:
    """A site that was built."""
    folder = lay_out("valid/community")
    assert build_folder(folder, folder / "out")[0] == 0
    return folder


def note_of(site: Path) -> Path:
    return next((site / "cache" / "build").glob("*.last"))


def deep(site: Path) -> Path:
    """A page some folders down."""
    return max((site / "out").rglob("index.html"), key=lambda path: (len(path.parts), path))


def forbid(monkeypatch: pytest.MonkeyPatch, owner: object, name: str) -> None:
    def fail(*_: object) -> None:
        raise AssertionError(f"{name} was asked")

    monkeypatch.setattr(owner, name, fail)


def test_nothing_to_do_is_answered_without_state_and_manifest(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for owner, name in ((state, "load"), (output, "_present")):
        forbid(monkeypatch, owner, name)
    monkeypatch.setattr(Manifest, "lines", property(lambda manifest: pytest.fail("its lines were asked for")))
    assert (0, []) == build_folder(site, site / "out")


def test_an_edit_needs_no_walk_over_the_output(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    forbid(monkeypatch, output, "_present")
    file = next((site / "content" / "pages").rglob("*.md"))
    file.write_text(file.read_text(encoding="utf-8") + "\nЩе одне речення.\n", encoding="utf-8")
    assert (0, []) == build_folder(site, site / "out")
    forbid(monkeypatch, state, "load")
    assert (0, []) == build_folder(site, site / "out")


def test_remarks_are_told_again_although_nothing_changed(lay_out: Callable[[str], Path]) -> None:
    site = lay_out("valid/from-pelican")
    status, remarks = build_folder(site, site / "out")
    assert (0, True) == (status, bool(remarks))
    assert (0, remarks) == build_folder(site, site / "out")


def remove(page: Path) -> None:
    page.unlink()


def rename(page: Path) -> None:
    page.rename(page.with_name("index.htm"))


def remove_folder(page: Path) -> None:
    page.unlink()
    page.parent.rmdir()


def add(page: Path) -> None:
    (page.parent / "чуже.html").write_text("<h1>Не наше</h1>", encoding="utf-8")


def add_folder(page: Path) -> None:
    (page.parent / "чужа").mkdir()
    add(page.parent / "чужа" / page.name)


@pytest.mark.parametrize("meddle", [remove, rename, remove_folder, add, add_folder])
def test_what_another_hand_did_to_the_output_is_undone(site: Path, meddle: Callable[[Path], None]) -> None:
    whole = tree_of(site / "out")
    build_folder(site, site / "out")
    meddle(deep(site))
    assert whole != tree_of(site / "out")
    build_folder(site, site / "out")
    assert whole == tree_of(site / "out")


def test_evidence_put_into_the_output_stays_and_costs_no_build(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    evidence = site / "out" / EVIDENCE
    evidence.mkdir(parents=True)
    (evidence / "checkpoint").write_bytes(b"rada.example/log\n")
    whole = tree_of(site / "out")
    assert (0, []) == build_folder(site, site / "out")
    forbid(monkeypatch, output, "_present")  # from now on it is known
    assert (0, []) == build_folder(site, site / "out")
    assert whole == tree_of(site / "out")
    file = next((site / "content" / "pages").rglob("*.md"))
    file.write_text(file.read_text(encoding="utf-8") + "\nЩе одне речення.\n", encoding="utf-8")
    assert (0, []) == build_folder(site, site / "out")
    monkeypatch.undo()
    assert (0, []) == build_folder(site, site / "out", cold=True)
    assert b"rada.example/log\n" == (evidence / "checkpoint").read_bytes()
    assert {*Manifest.read(site / "out"), MANIFEST, f"{EVIDENCE}/checkpoint"} == {*tree_of(site / "out")}


def test_what_lies_beside_the_evidence_is_taken_away(site: Path) -> None:
    whole = tree_of(site / "out")
    foreign = site / "out" / EVIDENCE_PARENT / "чуже.html"
    foreign.parent.mkdir(exist_ok=True)
    foreign.touch()
    build_folder(site, site / "out")
    assert whole == tree_of(site / "out")


def test_no_page_may_lie_among_the_evidence(tmp_path: Path) -> None:
    out = tmp_path / "out"
    output.begin(out)
    path = f"{EVIDENCE}/index.html"
    with pytest.raises(output.OutputError, match="лише журнал оприлюднень"):
        output.move(out, Manifest.of({path: DIGEST}), {path: "1"}, [])
    assert not (out / EVIDENCE).exists()


def lose(note: Path) -> None:
    note.unlink()


def cut(note: Path) -> None:
    note.write_bytes(note.read_bytes()[:-9])


def scribble(note: Path) -> None:
    content = bytearray(note.read_bytes())
    content[len(content) // 2] ^= 1
    note.write_bytes(content)


def empty(note: Path) -> None:
    note.write_bytes(b"")


@pytest.mark.parametrize("damage", [lose, cut, scribble, empty])
def test_a_damaged_note_costs_only_time(site: Path, damage: Callable[[Path], None]) -> None:
    note = note_of(site)
    whole, kept = tree_of(site / "out"), last.load(note)
    damage(note)
    assert kept != last.load(note) == last.Last()
    assert (0, []) == build_folder(site, site / "out")
    assert (whole, kept) == (tree_of(site / "out"), last.load(note))


def test_a_note_of_another_output_is_not_believed(site: Path) -> None:
    whole = tree_of(site / "out")
    manifest = site / "out" / MANIFEST
    manifest.write_bytes(manifest.read_bytes().replace(b"index.html", b"index.htm", 1))
    build_folder(site, site / "out")
    assert whole == tree_of(site / "out")


def test_times_of_a_clock_of_whole_seconds_are_not_believed(tmp_path: Path) -> None:
    files = Manifest.of({"a/index.html": DIGEST, "index.html": DIGEST})
    for path in (*files, MANIFEST):
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).touch()
    assert {"", "a"} == output.times_of(tmp_path, files, {}, []).keys()
    os.utime(tmp_path / "a", (1_790_000_000, 1_790_000_000))
    assert {} == output.times_of(tmp_path, files, {}, [])


def test_no_time_is_told_of_a_folder_with_other_names(tmp_path: Path) -> None:
    (tmp_path / MANIFEST).touch()
    (tmp_path / "index.html").touch()
    files = Manifest.of({"index.html": DIGEST})
    known = output.times_of(tmp_path, files, {}, [])
    assert {""} == known.keys()
    (tmp_path / "чуже.html").touch()
    assert {} == output.times_of(tmp_path, files, {}, []) == output.times_of(tmp_path, files, known, ["index.html"])
    assert {} == output.times_of(tmp_path, Manifest.of(dict.fromkeys(
        ("index.html", "чуже.html", "немає.html"), DIGEST)), {}, [])
    assert {} == output.times_of(tmp_path, Manifest.of(dict.fromkeys(
        ("index.html", "чуже.html", "тека/index.html"), DIGEST)), {}, [])


def test_the_time_of_a_folder_that_has_gone_goes(tmp_path: Path) -> None:
    for path in ("index.html", MANIFEST, "a/b/index.html", "a/index.html"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).touch()
    files = Manifest.of(dict.fromkeys(("index.html", "a/b/index.html", "a/index.html"), DIGEST))
    known = output.times_of(tmp_path, files, {}, [])
    assert {"", "a", "a/b"} == known.keys()
    (tmp_path / "a" / "b" / "index.html").unlink()
    assert {} == output.times_of(tmp_path, files, known, ["a/b/index.html"])
    (tmp_path / "a" / "b").rmdir()
    after = files.with_changes({"a/b/index.html": ""})
    assert {"", "a"} == output.times_of(tmp_path, after, known, ["a/b/index.html"]).keys()


def test_a_note_comes_back_as_it_was(tmp_path: Path) -> None:
    note = last.Last("знак".encode().hex(), 3, {"": 1, "novyny/2026": 2_000_000_001, "п’ять": 3})
    last.save(tmp_path / "build" / "a.last", note)
    assert note == last.load(tmp_path / "build" / "a.last")
