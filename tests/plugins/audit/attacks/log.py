"""The hosting company alters the log, its policy and what opens it."""

from __future__ import annotations

import hashlib
import json
import os
import shutil

from plugins.audit.layout import BUILD, POLICY, SALTS
from plugins.proof.append import add_signatures, create
from plugins.proof.checkpoints import Checkpoint
from plugins.proof.cosignatures import cosign
from plugins.proof.leaves import canonical
from plugins.proof.log import checkpoint_path, from_folder, read_note
from plugins.proof.notes import Note, Signature
from plugins.proof.policy import Policy
from plugins.proof.tiles import unpack

from ..council import DAY, ORIGIN, START, WITNESS_KEYS, Council, key, policy_text
from .steps import MINE, entries, note_of


def old_site_again(council: Council) -> None:
    """The auditor has seen the newest state; then yesterday's whole site is served again."""
    assert council.verify().status == 0
    shutil.rmtree(council.site)
    council.old_site.rename(council.site)


def old_site_without_memory(council: Council) -> None:
    council.state.unlink()
    shutil.rmtree(council.site)
    council.old_site.rename(council.site)


def log_gone(council: Council) -> None:
    shutil.rmtree(council.evidence)


def log_never_there(council: Council) -> None:
    log_gone(council)
    council.state.unlink()


def entry_altered(council: Council) -> None:
    entries(council, lambda found: [*found[:3], found[3].replace(b'"n":1', b'"n":2'), *found[4:]])


def entries_swapped(council: Council) -> None:
    entries(council, lambda found: [*found[:3], found[4], found[3], *found[5:]])


def entry_left_out(council: Council) -> None:
    entries(council, lambda found: [*found[:3], *found[4:]])


def tile_altered(council: Council) -> None:
    """An entry and its hash, so that both agree."""
    entry_altered(council)
    tile = next((council.evidence / "tile/0").rglob("12"))
    content = bytearray(tile.read_bytes())
    content[96:128] = hashlib.sha256(b"\0" + unpack(next((council.evidence / "tile/entries").rglob("12")).read_bytes())[
        3]).digest()
    tile.write_bytes(content)


def tile_gone(council: Council) -> None:
    next((council.evidence / "tile/0").rglob("12")).unlink()


def witness_forged(council: Council) -> None:
    def forged(note: Note) -> Note:
        witness, at = WITNESS_KEYS[0], council.clock.to_bytes(8, "big")
        return note.with_signatures([Signature(witness.name, witness.verifier.key_id, at + os.urandom(64))])
    note_of(council, forged)


def witness_of_an_older_checkpoint(council: Council) -> None:
    """A true cosignature, of another checkpoint."""
    old = Note.decode((council.old_site / "prozorist/zhurnal/checkpoint").read_bytes())
    note_of(council, lambda note: note.with_signatures(old.signatures[1:]))


def witness_signed_twice(council: Council) -> None:
    note_of(council, lambda note: Note(note.text, (*note.signatures, note.signatures[1])))


def log_signature_gone(council: Council) -> None:
    note_of(council, lambda note: Note(note.text, note.signatures[1:]))


def root_altered(council: Council) -> None:
    note_of(council, lambda note: Note(note.text.replace("\n12\n", "\n11\n"), note.signatures))


def size_written_oddly(council: Council) -> None:
    note_of(council, lambda note: Note(note.text.replace("\n12\n", "\n012\n"), note.signatures))


def kept_checkpoint_gone(council: Council) -> None:
    (council.evidence / checkpoint_path(7)).unlink()


def kept_checkpoint_doctored(council: Council) -> None:
    """An earlier time for an old checkpoint, without the witness's key."""
    def earlier(note: Note) -> Note:
        first = note.signatures[1]
        return note.with_signatures([Signature(first.name, first.key_id, (START - DAY).to_bytes(8, "big")
                                               + first.content[8:])])
    note_of(council, earlier, checkpoint_path(7))


def another_log(council: Council) -> None:
    """The host's own log in the place of the council's."""
    shutil.rmtree(council.evidence)
    create(council.evidence, "host.example/log", [key("host.example/log")], START)


def policy_of_the_host(council: Council) -> None:
    """The host's own policy, log key and witnesses, under the council's name."""
    mine = key(ORIGIN, 0x01)
    own = type(mine)(ORIGIN, mine.kind, hashlib.sha256(b"host").digest())
    shutil.rmtree(council.evidence)
    create(council.evidence, ORIGIN, [own], council.clock)
    witnesses = MINE[1:]
    checkpoint = Checkpoint.of(read_note(from_folder(council.evidence)))
    policy = policy_text(own, witnesses)
    add_signatures(council.evidence, 0, [cosign(checkpoint, one, council.clock) for one in witnesses],
                   Policy.parse(policy))
    (council.evidence / POLICY).write_bytes(policy)


def policy_file_swapped(council: Council) -> None:
    (council.evidence / POLICY).write_bytes(policy_text(least=1))


def opening_gone(council: Council) -> None:
    (council.evidence / SALTS / "docs/drafts/2026/1-p.json").unlink()


def opening_elsewhere(council: Council) -> None:
    """The opening names another file."""
    file = council.evidence / SALTS / "docs/drafts/2026/1-p.json"
    file.write_bytes(file.read_bytes().replace(b"1-p.yml", b"2-p.yml"))


def opening_that_is_none(council: Council) -> None:
    (council.evidence / SALTS / "docs/drafts/2026/1-p.json").write_bytes(b"[" * 100_000)


def facts_of_the_build(council: Council) -> None:
    file = council.evidence / SALTS / BUILD
    file.write_bytes(canonical(json.loads(file.read_bytes()) | {"day": "2020-01-01T00:00:00Z"}) + b"\n")


def facts_gone(council: Council) -> None:
    (council.evidence / SALTS / BUILD).unlink()
