"""Whoever has the key of the log, and perhaps some witnesses, makes another one."""

from __future__ import annotations

import hashlib

from plugins.audit.layout import NO_SALT
from plugins.proof.append import append
from plugins.proof.checkpoints import Checkpoint
from plugins.proof.cosignatures import sign_as_log
from plugins.proof.keys import COSIGNATURE, SignerKey
from plugins.proof.leaves import commit_to, leaf
from plugins.proof.log import checkpoint_path, from_folder, read_note
from plugins.proof.notes import Note
from tests.plugins.proof.conftest import destroy_opening

from ..council import BY, DRAFT, LOG_KEY, NEWS, ORIGIN, SECOND, WITNESS_KEYS, Council, Event, iso, policy_text
from .steps import MINE, NEW_KEY, added, erased, own_witnesses, rebuilt_log, redact, rotated


def log_rebuilt(council: Council) -> None:
    rebuilt_log(council)


def log_rebuilt_without_memory(council: Council) -> None:
    rebuilt_log(council)
    council.state.unlink()


def log_rebuilt_with_one_witness(council: Council) -> None:
    rebuilt_log(council, witnesses=(1,))
    council.state.unlink()


def log_rebuilt_shorter_with_the_quorum(council: Council) -> None:
    rebuilt_log(council, size=1, witnesses=(0, 1, 2))


def log_rebuilt_longer_with_the_quorum(council: Council) -> None:
    rebuilt_log(council, size=40, witnesses=(0, 1, 2))


def log_cut(council: Council) -> None:
    """The last batch never happened: the log goes back to a checkpoint that was truly signed."""
    assert council.verify().status == 0
    (council.evidence / "checkpoint").write_bytes((council.evidence / checkpoint_path(9)).read_bytes())


def entry_of_nothing(council: Council) -> None:
    """A decision that nobody ever committed."""
    values = {name: hashlib.sha256(name.encode()).hexdigest() for name in ("c", "path", "commit")}
    added(council, leaf("publish", BY, iso(council.clock), doc="acts/2026/9", n=1, **values))


def text_that_was_never_committed(council: Council) -> None:
    """The log says a text that the repository does not have."""
    council.commit({DRAFT: "title: Про бюджет\ntext: на папері\n"})
    entry = council.leaf_of(Event("amend", "drafts/2026/1-p", DRAFT, council.head))
    values = dict(entry.values) | {"c": hashlib.sha256(b"other").hexdigest()}
    added(council, leaf("amend", entry.by, iso(council.clock), **values))


def revision_skipped(council: Council) -> None:
    commit = council.commit({DRAFT: "title: Про бюджет\ntext: 4\n"})
    entry = council.leaf_of(Event("amend", "drafts/2026/1-p", DRAFT, commit))
    added(council, leaf("amend", entry.by, iso(council.clock), **(dict(entry.values) | {"n": 5})))


def changed_while_withdrawn(council: Council) -> None:
    commit = council.commit({SECOND: "title: Про допомогу\n"})
    council.publish(Event("amend", "drafts/2026/2-p", SECOND, commit))


def policy_without_its_witnesses(council: Council) -> None:
    """New witnesses, all of them the thief's, and nobody of the old ones agrees."""
    mine = MINE[1:]
    council.witnesses = mine
    for number in range(3):
        (council.folder / f"witness-{number}").unlink()
    council.set_policy(policy_text(witnesses=mine))
    council.publish(policies=("policy",))


def policy_of_strangers(council: Council) -> None:
    own_witnesses(council, policy_text(witnesses=MINE[1:]))


def policy_of_fewer(council: Council) -> None:
    own_witnesses(council, policy_text(least=1))


def key_that_was_given_up(council: Council) -> None:
    """After an honest rotation the stolen old key signs a new checkpoint."""
    rotated(council)
    append(council.log, [leaf("policy", BY, iso(council.clock), what="rules", n=1, c="0" * 64)], [LOG_KEY, NEW_KEY],
           expected=council.newest.size, at=council.clock)
    note = read_note(from_folder(council.log))
    (council.log / "checkpoint").write_bytes(Note(note.text, note.signatures[:1]).encode())
    council.deploy()


def opening_destroyed_beside_a_redaction(council: Council) -> None:
    """One revision is redacted in due form, another one with it."""
    redact(council, "drafts/2026/1-p", 1)
    destroy_opening(council.salts, "drafts/2026/1-p", 2)
    council.deploy()


def second_change_in_a_rewrite(council: Council) -> None:
    """A declared rewrite changes another text too."""
    erased(council, more={NEWS: b"---\ntitle: [sic]\n---\n"})


def rewrite_that_takes_nothing_out(council: Council) -> None:
    """Whoever has the log's key declares a rewrite and names no revision."""
    erased(council, more={NEWS: b"---\ntitle: [sic]\n---\n"}, is_named=False)


def commit_dropped_in_a_rewrite(council: Council) -> None:
    erased(council)
    council.git("reset", "-q", "--hard", "HEAD~2")
    council.publish()


def rewrite_that_nobody_declared(council: Council) -> None:
    """The openings follow the new history, and the log says nothing of it."""
    erased(council, is_declared=False)


def anchor_altered(council: Council) -> None:
    """The token beside the log is not the one that the log names."""
    anchors = council.log / "anchors"
    anchors.mkdir()
    (anchors / "7.tsr").write_bytes(b"token")
    added(council, leaf("anchor", BY, iso(council.clock), what="tsr", size=7, c=commit_to("anchor", NO_SALT, b"other")))


def anchor_that_is_no_token(council: Council) -> None:
    anchors = council.log / "anchors"
    anchors.mkdir()
    (anchors / "7.tsr").write_bytes(b"token")
    added(council, leaf("anchor", BY, iso(council.clock), what="tsr", size=7, c=commit_to("anchor", NO_SALT, b"token")))


def entry_with_a_name(council: Council) -> None:
    """An entry with a field that the schema has not, signed by the log."""
    class Raw:
        def encode(self) -> bytes:
            return b'{"name":"Olena","v":1}'
    added(council, Raw())


def witness_with_the_key_of_the_log(council: Council) -> None:
    """The only witness that the policy asks for is the log itself."""
    own = SignerKey("svidok.example/w", COSIGNATURE, LOG_KEY.seed)
    own_witnesses(council, policy_text(witnesses=(own, *WITNESS_KEYS[:2]), least=1))
    council.policy_file.write_bytes((council.log / "policy").read_bytes())
    council.state.unlink()


def size_of_a_giant(council: Council) -> None:
    """A log of more entries than anybody could hold, truly signed."""
    giant = Checkpoint(ORIGIN, 2**62, council.newest.root)
    note = Note(giant.text, (sign_as_log(giant, LOG_KEY, council.clock),))
    (council.evidence / "checkpoint").write_bytes(note.encode())


def strangers_for_a_while(council: Council) -> None:
    """Between two visits of the auditor other witnesses vouched; then the old ones are back as if they never left."""
    own_witnesses(council, policy_text(witnesses=MINE[1:]))
    own_witnesses(council, policy_text())
