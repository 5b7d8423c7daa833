"""The log as a folder: it grows by one writer at a time, is verified whole, and shows whatever was done to it."""

from __future__ import annotations

import multiprocessing
import random
import shutil
from pathlib import Path

import pytest

from plugins.proof import append as writing
from plugins.proof.append import add_signatures, append, create
from plugins.proof.checkpoints import Checkpoint
from plugins.proof.cosignatures import cosign, sign_as_log
from plugins.proof.faults import Fault
from plugins.proof.keys import ED25519
from plugins.proof.log import checkpoint_path, entry_at, from_folder, prove, prove_growth, read_note, verify_log
from plugins.proof.notes import Note
from plugins.proof.tiles import Tile, pack, root_of, tiles_of, unpack, verify_tiles
from plugins.proof.tree import in_memory, leaf_hash, range_hash, verify_consistency

from .conftest import LOG, LOG_PQ, NOW, ORIGIN, WITNESSES, Log, event, key, policy, written


@pytest.fixture
def log(small: Log, tmp_path: Path) -> Log:
    """A copy that may be spoilt."""
    shutil.copytree(small.folder, tmp_path / "log")
    return Log(tmp_path / "log", small.note)


def code(log: Log, *remembered: Checkpoint, least: int = 2) -> str:
    """What an auditor finds wrong with a log, or ""."""
    try:
        verify_log(log.fetch, policy(least), remembered)
    except Fault as fault:
        return fault.code
    return ""


def test_a_log_reads_as_it_was_written(small: Log) -> None:
    found = verify_log(small.fetch, policy(2))
    assert [event(number) for number in range(700)] == list(found.leaves)
    assert ({"w1", "w2", "pq"}, NOW + 120) == (set(found.accepted.witnessed), found.accepted.at)


def test_the_files_are_where_the_specification_says(small: Log) -> None:
    files = sorted(path.relative_to(small.folder).as_posix() for path in small.folder.rglob("*") if path.is_file())
    assert ["checkpoint", "checkpoints/000", "checkpoints/005", "checkpoints/300", "checkpoints/700",
            "checkpoints/sizes", "tile/0/000", "tile/0/001", "tile/0/002.p/188", "tile/1/000.p/1", "tile/1/000.p/2",
            "tile/entries/000", "tile/entries/001", "tile/entries/002.p/188"] == files
    assert 8192 == (small.folder / "tile/0/000").stat().st_size


@pytest.mark.parametrize(("index", "path"), [(0, "000"), (255, "255"), (1000, "x001/000"), (1234067, "x001/x234/067")])
def test_a_tile_lies_in_folders_of_a_thousand(index: int, path: str) -> None:
    assert f"tile/3/{path}" == Tile(3, index, 256).path
    assert f"tile/entries/{path}.p/7" == Tile(0, index, 7).entries.path


def test_the_example_of_the_specification_has_the_tiles_it_names() -> None:
    """A tree of 70,000: 273 full tiles and one of 112 on level 0, one full and one of 17 above, one of 1 on top."""
    widths = [(tile.level, tile.width) for tile in tiles_of(70_000)]
    assert [(0, 256)] * 273 + [(0, 112), (1, 256), (1, 17), (2, 1)] == widths
    assert [(0, 256), (1, 1)] == [(tile.level, tile.width) for tile in tiles_of(256)]


def test_a_bundle_is_lengths_and_entries() -> None:
    assert b"\0\1a\0\0\0\2bc" == pack([b"a", b"", b"bc"])
    assert [b"a", b"", b"bc"] == unpack(b"\0\1a\0\0\0\2bc")
    for spoilt in (b"\0", b"\0\2a", b"\0\1a\0"):
        with pytest.raises(Fault):
            unpack(spoilt)
    with pytest.raises(Fault):
        pack([b"x" * 65536])


def test_the_root_is_that_of_the_entries_whatever_the_steps(tmp_path: Path) -> None:
    for number, sizes in enumerate([(600,), (1, 2, 600), (255, 256, 257, 511, 512, 513, 600)]):
        log = written(tmp_path / f"log{number}", sizes)
        hashes = [leaf_hash(event(n).encode()) for n in range(600)]
        assert range_hash(0, 600, in_memory(hashes)) == log.checkpoint.root == root_of(600, log.fetch)


def test_every_checkpoint_that_was_signed_is_kept_and_continued(small: Log) -> None:
    old = [Checkpoint.of(read_note(small.fetch, checkpoint_path(size))) for size in (0, 5, 300)]
    assert "" == code(small, *old)
    for one in old:
        proof = prove_growth(one.size, 700, small.fetch)
        verify_consistency(one.size, one.root, 700, small.checkpoint.root, proof)


def test_three_levels_of_tiles_verify_and_prove(large: Log) -> None:
    found = verify_log(large.fetch, policy(0))
    assert 66_049 == len(found.leaves)
    for index in (0, 255, 256, 65_535, 65_536, 66_048):
        prove(index, large.note, large.fetch).verify(event(index).encode(), policy(0))
        assert event(index).encode() == entry_at(index, 66_049, large.fetch)


@pytest.mark.parametrize("path", ["tile/0/000", "tile/0/001", "tile/0/002.p/188", "tile/1/000.p/2", "tile/entries/000",
                                  "tile/entries/002.p/188"])
def test_no_bit_of_a_tile_or_an_entry_can_change(small: Log, path: str) -> None:
    chance = random.Random(path)
    files = tree_bytes(small.folder)
    content = files[path]
    for _ in range(350):
        spoilt = bytearray(content)
        spoilt[chance.randrange(len(spoilt))] ^= 1 << chance.randrange(8)
        files[path] = bytes(spoilt)
        with pytest.raises(Fault):
            exhaust(files, small.checkpoint)
    files[path] = content
    exhaust(files, small.checkpoint)


def exhaust(files: dict[str, bytes], checkpoint: Checkpoint) -> None:
    def fetch(path: str) -> bytes:
        if path not in files:
            raise FileNotFoundError(path)
        return files[path]
    for _ in verify_tiles(checkpoint.size, checkpoint.root, fetch):
        pass


def test_no_bit_of_a_checkpoint_can_change(small: Log) -> None:
    """A line whose name changed is by an unknown key; what is believed is the same text all the same."""
    chance = random.Random(7)
    content = small.note.encode()
    refused = 0
    for _ in range(1000):
        spoilt = bytearray(content)
        spoilt[chance.randrange(len(spoilt))] ^= 1 << chance.randrange(8)
        try:
            accepted = policy(2).accept(Note.decode(bytes(spoilt)))
        except Fault:
            refused += 1
        else:
            assert (small.checkpoint, NOW + 120) == (accepted.checkpoint, accepted.at)
    assert refused > 900


@pytest.mark.parametrize(("path", "spoil", "expected"), [
    ("tile/0/000", lambda one: one[:-32], "tile-length"),
    ("tile/0/000", lambda one: one + b"\0" * 32, "tile-length"),
    ("tile/0/000", lambda one: one[32:64] + one[:32] + one[64:], "entry"),
    ("tile/1/000.p/2", lambda one: one[32:] + one[:32], "tile"),
    ("tile/entries/000", lambda one: one[:-1], "tile-length"),
    ("tile/entries/000", lambda one: one + b"\0\0", "tile-length"),
    ("tile/entries/000", lambda one: one.replace(b"publish", b"restore", 1), "entry"),
    ("tile/entries/000", None, "tile-missing"),
    ("tile/0/001", None, "tile-missing"),
    ("checkpoint", None, "checkpoint-missing"),
    ("checkpoint", lambda one: one.replace(b"\n700\n", b"\n699\n"), "signature"),
    ("checkpoint", lambda one: one.replace(ORIGIN.encode() + b"\n", b"other.example\n", 1), "origin"),
])
def test_what_was_done_to_a_log_is_named(log: Log, path: str, spoil, expected: str) -> None:  # type: ignore[no-untyped-def]
    file = log.folder / path
    if spoil:
        file.write_bytes(spoil(file.read_bytes()))
    else:
        file.unlink()
    assert expected == code(log)


def test_a_partial_tile_that_is_gone_is_taken_from_the_full_one(small: Log) -> None:
    """The specification lets a log forget partial tiles; the checkpoint of 300 is still proven."""
    note = read_note(small.fetch, checkpoint_path(300))
    prove(299, note, small.fetch).verify(event(299).encode(), policy(0))
    assert not (small.folder / "tile/0/001.p").exists()


def test_a_log_rebuilt_with_its_own_key_is_caught_by_memory_and_by_witnesses(small: Log, tmp_path: Path) -> None:
    forged = written(tmp_path / "log", (1,))
    note = append(forged.folder, [event(number + 1) for number in range(1, 800)], (LOG, LOG_PQ), expected=1, at=NOW)
    forged = Log(forged.folder, note)
    assert "quorum" == code(forged, least=1)
    assert "" == code(forged, least=0)
    assert "consistency" == code(forged, small.checkpoint, least=0)
    shorter = written(tmp_path / "shorter", (600,))
    assert "shrunk" == code(shorter, small.checkpoint, least=0)


def test_a_log_that_moved_meanwhile_is_not_appended_to(log: Log) -> None:
    before = tree_bytes(log.folder)
    for expected in (0, 699, 701):
        with pytest.raises(Fault) as told:
            append(log.folder, [event(700)], (LOG,), expected=expected, at=NOW)
        assert "log-moved" == told.value.code
    assert before == tree_bytes(log.folder)


def test_a_log_is_not_begun_anew_over_another(log: Log) -> None:
    for gone in ((), ("checkpoint",), ("checkpoint", "checkpoints")):
        for name in gone:
            path = log.folder / name
            shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink(missing_ok=True)
        with pytest.raises(Fault) as told:
            create(log.folder, ORIGIN, (LOG,), NOW)
        assert "log-not-empty" == told.value.code


def test_a_log_that_was_rolled_back_is_not_appended_to(log: Log, small: Log) -> None:
    """The folder has an older state than the public site: appending would fork the log."""
    older = (log.folder / checkpoint_path(300)).read_bytes()
    (log.folder / "checkpoint").write_bytes(older)
    with pytest.raises(Fault) as told:
        append(log.folder, [event(900)], (LOG,), expected=300, at=NOW, remembered=[small.checkpoint])
    assert "shrunk" == told.value.code


@pytest.mark.parametrize(("path", "expected"), [("tile/0/002.p/188", "root"), ("tile/1/000.p/2", "root"),
                                                ("checkpoint", "note")])
def test_a_spoilt_log_is_not_appended_to(log: Log, path: str, expected: str) -> None:
    (log.folder / path).write_bytes(bytes((log.folder / path).stat().st_size))
    with pytest.raises(Fault) as told:
        append(log.folder, [event(700)], (LOG,), expected=700, at=NOW)
    assert expected == told.value.code


def test_only_the_keys_of_the_log_append(log: Log) -> None:
    with pytest.raises(Fault) as told:
        append(log.folder, [event(700)], (key(ORIGIN + "2", ED25519),), expected=700, at=NOW)
    assert "signature-missing" == told.value.code


def test_a_new_key_takes_over_after_both_signed_once(log: Log) -> None:
    new = key(ORIGIN, 6)
    assert new == LOG_PQ
    append(log.folder, [event(700)], (LOG_PQ,), expected=700, at=NOW)
    with pytest.raises(Fault):
        append(log.folder, [event(701)], (LOG,), expected=701, at=NOW)


@pytest.mark.parametrize("stop", range(1, 9))
def test_a_crash_anywhere_leaves_the_old_log_whole_and_appendable(log: Log, stop: int, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    count = 0
    real = writing.write_whole

    def dying(path: Path, content: bytes) -> None:
        nonlocal count
        count += 1
        if count == stop:
            raise KeyboardInterrupt
        real(path, content)
    monkeypatch.setattr(writing, "write_whole", dying)
    with pytest.raises(KeyboardInterrupt):
        append(log.folder, [event(number) for number in range(700, 800)], (LOG,), expected=700, at=NOW)
    monkeypatch.undo()
    assert 700 == Checkpoint.of(read_note(log.fetch)).size
    assert "" == code(log)
    append(log.folder, [event(number) for number in range(1000, 1100)], (LOG,), expected=700, at=NOW)
    assert event(1000) == verify_log(log.fetch, policy(0), [log.checkpoint]).leaves[700]


def test_a_second_writer_is_refused(log: Log) -> None:
    with writing.one_writer(log.folder), pytest.raises(Fault) as told:
        append(log.folder, [event(700)], (LOG,), expected=700, at=NOW)
    assert "log-busy" == told.value.code


def test_of_many_writers_at_once_one_at_a_time_succeeds(tmp_path: Path) -> None:
    log = written(tmp_path / "log", (10,))
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        won = sum(pool.map(contend, [str(log.folder)] * 8))
    found = verify_log(log.fetch, policy(0), [log.checkpoint])
    assert 10 + won == len(found.leaves) and won >= 1


def contend(folder: str) -> int:
    try:
        size = Checkpoint.of(read_note(from_folder(Path(folder)))).size
        append(Path(folder), [event(size)], (LOG,), expected=size, at=NOW)
    except Fault as fault:
        assert fault.code in ("log-busy", "log-moved")
        return 0
    return 1


def test_nothing_is_signed_when_nothing_is_appended(log: Log) -> None:
    before = tree_bytes(log.folder)
    append(log.folder, [], (LOG,), expected=700, at=NOW + 9)
    assert before == tree_bytes(log.folder)


def test_cosignatures_are_kept_with_the_checkpoint_they_are_of(log: Log) -> None:
    old = Checkpoint.of(read_note(log.fetch, checkpoint_path(300)))
    newest = (log.folder / "checkpoint").read_bytes()
    add_signatures(log.folder, 300, [cosign(old, WITNESSES[2], NOW)], policy())
    assert newest == (log.folder / "checkpoint").read_bytes()
    accepted = policy(1).accept(read_note(log.fetch, checkpoint_path(300)))
    assert {"w3": NOW} == accepted.witnessed
    add_signatures(log.folder, 700, [cosign(log.checkpoint, WITNESSES[2], NOW + 7)], policy())
    assert NOW + 7 == policy(3).accept(read_note(log.fetch)).witnessed["w3"]


def test_a_later_cosignature_of_one_witness_takes_the_place_of_the_first(log: Log) -> None:
    add_signatures(log.folder, 700, [cosign(log.checkpoint, WITNESSES[0], NOW + 500)], policy())
    assert NOW + 500 == policy(2).accept(read_note(log.fetch)).witnessed["w1"]


def test_cosignatures_of_strangers_and_wrong_ones_are_not_kept(log: Log) -> None:
    before = tree_bytes(log.folder)
    other = Checkpoint(ORIGIN, 700, leaf_hash(b"other"))
    for line in (cosign(log.checkpoint, key("stranger.example", 4), NOW), cosign(other, WITNESSES[0], NOW)):
        with pytest.raises(Fault):
            add_signatures(log.folder, 700, [line], policy())
    assert before == tree_bytes(log.folder)


def test_an_entry_of_no_known_kind_is_found(tmp_path: Path) -> None:
    """Somebody with the log's key appended bytes of their own."""
    log = written(tmp_path / "log", (1,))
    entry = b'{"t":"hidden"}'
    for tile, content in ((Tile(0, 0, 1), leaf_hash(entry)), (Tile(0, 0, 1, True), pack([entry]))):
        (log.folder / tile.path).write_bytes(content)
    forged = Checkpoint(ORIGIN, 1, leaf_hash(entry))
    (log.folder / "checkpoint").write_bytes(Note(forged.text, (sign_as_log(forged, LOG, NOW),)).encode())
    assert "leaf" == code(log, least=0)


def tree_bytes(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
