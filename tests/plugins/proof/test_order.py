"""Events that can follow each other, and by when an entry existed."""

from __future__ import annotations

from pathlib import Path

import pytest

from plugins.proof.append import add_signatures
from plugins.proof.checkpoints import Checkpoint
from plugins.proof.cosignatures import cosign
from plugins.proof.faults import Fault
from plugins.proof.leaves import Leaf, leaf
from plugins.proof.log import checkpoint_path, read_note
from plugins.proof.moments import kept_checkpoints, moments, witnessed
from plugins.proof.order import verify_order

from .conftest import NOW, WITNESSES, Log, policy, written

H = "ab" * 32


def event(word: str) -> Leaf:
    """`amend a 2` → the second revision of document a; `policy signers 1`; `anchor tsr 5`."""
    kind, name, number = word.split()
    more = {"basis": "ст. 15"} if kind in ("withdraw", "redact") else {}
    revision = {"c": H, "path": H, "commit": H}
    fields = {"policy": {"what": name, "n": int(number), "c": H},
              "anchor": {"what": name, "size": int(number), "c": H},
              "redact": {"doc": name, "n": int(number)}}.get(kind, {"doc": name, "n": int(number), **revision})
    return leaf(kind, "editor:1", "2026-11-28T10:00:00Z", **fields, **more)


@pytest.mark.parametrize("words", [
    "publish a 1", "publish a 1, publish b 1, amend a 2, move a 3, amend b 2", "publish a 1, withdraw a 2, restore a 3",
    "publish a 1, withdraw a 2, withdraw a 3, restore a 4",
    "publish a 1, amend a 2, redact a 1, amend a 3", "publish a 1, withdraw a 2, redact a 2",
    "policy signers 1, policy rules 1, policy signers 2", "publish a 1, anchor tsr 1",
    "publish a 1, redact a 1, redact a 1",
])
def test_a_history_that_can_be_is_accepted(words: str) -> None:
    verify_order(map(event, words.split(", ")))


@pytest.mark.parametrize(("words", "wrong"), [
    ("amend a 1", 0), ("publish a 2", 0), ("publish a 1, publish a 1", 1), ("publish a 1, publish a 2", 1),
    ("publish a 1, amend a 3", 1), ("publish a 1, amend a 1", 1), ("publish a 1, amend a 2, amend a 2", 2),
    ("withdraw a 1", 0), ("restore a 1", 0), ("publish a 1, restore a 2", 1),
    ("publish a 1, withdraw a 2, amend a 3", 2), ("publish a 1, withdraw a 2, move a 3", 2),
    ("publish a 1, withdraw a 2, publish a 3", 2), ("publish a 1, withdraw a 2, publish a 1", 2),
    ("redact a 1", 0), ("publish a 1, redact a 2", 1), ("publish a 1, redact a 0", 1),
    ("policy signers 2", 0), ("policy signers 1, policy signers 2, policy signers 1", 2),
    ("policy signers 1, policy signers 1", 1), ("anchor tsr 1", 0), ("publish a 1, anchor tsr 2", 1),
])
def test_a_history_that_cannot_be_is_named_by_its_first_event(words: str, wrong: int) -> None:
    with pytest.raises(Fault) as told:
        verify_order(map(event, words.split(", ")))
    assert ("order", str(wrong)) == (told.value.code, told.value.detail.split(":")[0])


def test_an_entry_existed_by_the_earliest_moment_that_covers_it() -> None:
    found = moments([(5, 100), (300, 90), (700, 400), (700, 350), (800, 999)])
    assert [90, 90, 90, 350, 350, 999, None] == [found.of(index) for index in (0, 4, 299, 300, 699, 799, 800)]
    assert moments([]).of(0) is None


@pytest.fixture
def log(tmp_path: Path) -> Log:
    """Checkpoints of 5, 300 and 700 entries; witnesses were late with the first and asleep at the last."""
    log = written(tmp_path / "log", (5, 300, 700))
    for size, times in ((5, (NOW + 900, NOW + 800)), (300, (NOW + 400, NOW + 500)), (700, (NOW + 600,))):
        one = Checkpoint.of(read_note(log.fetch, checkpoint_path(size)))
        lines = [cosign(one, witness, at) for witness, at in zip(WITNESSES, times, strict=False)]
        add_signatures(log.folder, size, lines, policy())
    return log


def test_moments_come_from_the_quorum_of_each_kept_checkpoint(log: Log) -> None:
    assert (0, 5, 300, 700) == kept_checkpoints(log.fetch)
    pairs = witnessed(log.fetch, policy(2), log.checkpoint)
    assert ((5, NOW + 900), (300, NOW + 500)) == pairs
    assert [NOW + 500, NOW + 500, None] == [moments(pairs).of(index) for index in (0, 299, 300)]


def test_a_kept_checkpoint_of_another_history_is_found(log: Log, tmp_path: Path) -> None:
    """Somebody with the log's key and two witnesses' dates back an entry with a checkpoint that is no beginning."""
    forged = written(tmp_path / "forged", (4,))
    note = read_note(forged.fetch)
    lines = [cosign(Checkpoint.of(note), witness, NOW - 9_000_000) for witness in WITNESSES[:2]]
    (log.folder / checkpoint_path(5)).write_bytes(note.with_signatures(lines).encode())
    with pytest.raises(Fault) as told:
        witnessed(log.fetch, policy(2), log.checkpoint)
    assert "checkpoint" == told.value.code


@pytest.mark.parametrize("content", [b"5", b"5\n5\n", b"700\n5\n", b"05\n", b"-1\n", b"a\n", b"5\n\n"])
def test_a_spoilt_list_of_checkpoints_is_refused(log: Log, content: bytes) -> None:
    (log.folder / "checkpoints/sizes").write_bytes(content)
    with pytest.raises(Fault) as told:
        kept_checkpoints(log.fetch)
    assert told.value.code in ("checkpoint", "number")
