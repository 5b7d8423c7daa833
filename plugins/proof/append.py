"""Appending to a log: the one job that may, and that cannot shorten or rewrite what was signed.

Order is what makes it safe: entries and tiles are written first, the checkpoint last and by a rename; whatever ends in
between leaves the old checkpoint with everything that belongs to it. One writer at a time holds a lock, and says how
long the log was when it decided what to append (`expected`): if it is no longer so, nothing is written.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from .checkpoints import Checkpoint
from .cosignatures import cosigned_at, sign_as_log, verify_as_log
from .faults import Fault
from .files import one_writer, write_whole
from .keys import SIGNATURE_BYTES, SignerKey, VerifierKey
from .leaves import Leaf
from .log import NEWEST, SIZES, checkpoint_path, from_folder, read_note, verify_continues
from .moments import kept_checkpoints
from .notes import Note, Signature
from .policy import Policy
from .tiles import WIDTH, Fetch, Tile, fetch_entries, fetch_tile, pack, tile_at, tile_root, tiles_of, tree_of
from .tree import EMPTY, leaf_hash, range_hash


def create(folder: Path, origin: str, keys: Sequence[SignerKey], at: int) -> Note:
    """An empty log, signed; `at` in seconds since 1970. A folder that has anything of a log is refused."""
    with one_writer(folder):
        if any((folder / name).exists() for name in (NEWEST, "tile", "checkpoints")):
            raise Fault("log-not-empty", folder.name)
        return _publish(folder, Checkpoint(origin, 0, EMPTY), keys, at)


def append(folder: Path, leaves: Sequence[Leaf], keys: Sequence[SignerKey], *, expected: int, at: int,
           remembered: Sequence[Checkpoint] = ()) -> Note:
    """Append leaves to a log of exactly `expected` entries and sign its new checkpoint.

    What is there is verified first: one of these keys signed the checkpoint and none wrongly, the tiles make its root,
    and it continues what the caller remembers of it (the checkpoint on the public site, say). So a new key takes over
    after a checkpoint that both the old and the new one sign.
    """
    with one_writer(folder):
        fetch = from_folder(folder)
        old = _verified(fetch, [key.verifier for key in keys], remembered)
        if old.size != expected:
            raise Fault("log-moved", f"{expected} ≠ {old.size}")
        if not leaves:
            return read_note(fetch)
        entries = [leaf.encode() for leaf in leaves]
        new_size = old.size + len(entries)
        for tile, content in (*_bundles(old.size, entries, fetch), *_tiles(old.size, entries, fetch)):
            write_whole(folder / tile.path, content)
        root = range_hash(0, new_size, tree_of(new_size, fetch))
        note = _publish(folder, Checkpoint(old.origin, new_size, root), keys, at)
        _forget_partial(folder, old.size, new_size)
        return note


def add_signatures(folder: Path, size: int, signatures: Iterable[Signature], policy: Policy) -> Note:
    """Keep cosignatures of the checkpoint of a size; each must be right and by a witness of the policy."""
    with one_writer(folder):
        fetch = from_folder(folder)
        note = read_note(fetch, checkpoint_path(size))
        checkpoint, _ = policy.signed(note)
        keys = {(party.key.name, party.key.key_id): party.key for party in policy.witnesses.values()}
        given = list(signatures)
        for signature in given:
            if (key := keys.get((signature.name, signature.key_id))) is None:
                raise Fault("signature-missing", signature.name)
            cosigned_at(checkpoint, key, signature)
        note = note.with_signatures(given)
        write_whole(folder / checkpoint_path(size), note.encode())
        if Checkpoint.of(read_note(fetch)).size == size:
            write_whole(folder / NEWEST, note.encode())
        return note


def countersign(folder: Path, keys: Sequence[SignerKey], policy: Policy, at: int) -> Note:
    """Let further keys of the log sign its newest checkpoint, so that they may go on from it.

    The older ones that were kept get the shortest of these signatures: a policy that knows the old keys no more must
    still find in them by when an entry existed. Each is signed only if it is a true beginning of the newest.
    """
    with one_writer(folder):
        fetch = from_folder(folder)
        note = read_note(fetch)
        newest, _ = policy.signed(note)
        node = tree_of(newest.size, fetch)
        shortest = min(keys, key=lambda key: SIGNATURE_BYTES[key.kind])
        for size in kept_checkpoints(fetch):
            kept = read_note(fetch, checkpoint_path(size))
            checkpoint, _ = policy.signed(kept)
            verify_continues(checkpoint, newest, node)
            if checkpoint.size != size:
                raise Fault("checkpoint", checkpoint_path(size))
            signers = keys if size == newest.size else [shortest]
            kept = kept.with_signatures(sign_as_log(checkpoint, key, at) for key in signers)
            write_whole(folder / checkpoint_path(size), kept.encode())
            note = kept if size == newest.size else note
        write_whole(folder / NEWEST, note.encode())
        return note


def _verified(fetch: Fetch, keys: Sequence[VerifierKey], remembered: Sequence[Checkpoint]) -> Checkpoint:
    """The newest checkpoint, signed by one of our keys at least."""
    note = read_note(fetch)
    checkpoint = Checkpoint.of(note)
    found = note.signatures_by(keys)
    if not found:
        raise Fault("signature-missing", checkpoint.origin)
    for key, signature in found.items():
        verify_as_log(checkpoint, key, signature)
    node = tree_of(checkpoint.size, fetch)
    if range_hash(0, checkpoint.size, node) != checkpoint.root:
        raise Fault("root", str(checkpoint.size))
    for old in remembered:
        verify_continues(old, checkpoint, node)
    return checkpoint


def _bundles(size: int, entries: Sequence[bytes], fetch: Fetch) -> Iterator[tuple[Tile, bytes]]:
    """The bundles of entries that are new or longer."""
    started = fetch_entries(tile_at(0, size // WIDTH, size), fetch) if size % WIDTH else []
    rest = [*started, *entries]
    for number, at in enumerate(range(0, len(rest), WIDTH), size // WIDTH):
        part = rest[at: at + WIDTH]
        yield Tile(0, number, len(part), is_entries=True), pack(part)


def _tiles(size: int, entries: Sequence[bytes], fetch: Fetch) -> Iterator[tuple[Tile, bytes]]:
    """The tiles that are new or longer, level by level: each full one gives a hash to the level above."""
    level, count, fresh = 0, size, [leaf_hash(entry) for entry in entries]
    while fresh:
        started = fetch_tile(tile_at(level, count // WIDTH, size), fetch) if count % WIDTH else []
        rest, fresh = [*started, *fresh], []
        for number, at in enumerate(range(0, len(rest), WIDTH), count // WIDTH):
            part = rest[at: at + WIDTH]
            yield Tile(level, number, len(part)), b"".join(part)
            if len(part) == WIDTH:
                fresh.append(tile_root(part))
        level, count = level + 1, count // WIDTH


def _publish(folder: Path, checkpoint: Checkpoint, keys: Sequence[SignerKey], at: int) -> Note:
    if not keys:
        raise Fault("signature-missing", checkpoint.origin)
    note = Note(checkpoint.text, tuple(sign_as_log(checkpoint, key, at) for key in keys))
    write_whole(folder / checkpoint_path(checkpoint.size), note.encode())
    sizes = folder / SIZES
    kept = sizes.read_bytes().split(b"\n")[:-1] if sizes.is_file() else []
    # sizes above the newest checkpoint are of a run that died before it was done
    below = [one for one in kept if int(one) < checkpoint.size]
    write_whole(sizes, b"".join(b"%b\n" % one for one in (*below, b"%d" % checkpoint.size)))
    write_whole(folder / NEWEST, note.encode())
    return note


def _forget_partial(folder: Path, old: int, new: int) -> None:
    """Partial tiles may go once the full one is there."""
    for tile in tiles_of(new, since=old):
        if tile.width == WIDTH:
            for one in (tile, tile.entries) if tile.level == 0 else (tile,):
                shutil.rmtree(folder / f"{one.whole_path}.p", ignore_errors=True)
