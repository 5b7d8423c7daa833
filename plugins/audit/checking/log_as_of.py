"""The log as a build found it, out of what it is now: for a site says of its documents what the log proved by then.

Taken are the entries up to the size that the build was made with, the checkpoints up to it, and of witnesses' lines
those that are not younger than the build. What a witness signed anew since cannot be brought back: who needs it to
the byte checks out the log's own branch (`--log`).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from plugins.proof.checkpoints import Checkpoint
from plugins.proof.cosignatures import TIME_BYTES
from plugins.proof.files import write_whole
from plugins.proof.keys import ED25519, SIGNATURE_BYTES
from plugins.proof.leaves import Leaf
from plugins.proof.log import NEWEST, SIZES, checkpoint_path, read_note
from plugins.proof.moments import kept_checkpoints
from plugins.proof.notes import Note, Signature
from plugins.proof.order import REVISIONS
from plugins.proof.tiles import Fetch, tiles_of

from ..layout import ANCHORS, DOCUMENTS, KEPT_POLICIES, POLICIES, POLICY, WHATS
from .builds import Build
from .log import Known


@contextmanager
def log_as_of(build: Build, known: Known, log: Fetch, salts: Fetch,
              folder: Path | None = None) -> Iterator[tuple[Path | None, Path | None]]:
    """The folders of the log and of the salts; none where the build was made without entries.

    `folder`: where the salts lie, if that is a folder: what opens later entries there is asked by nobody.
    """
    leaves = known.leaves[: build.size]
    if not leaves:
        yield None, None
        return
    with TemporaryDirectory(prefix="verify-log-", ignore_cleanup_errors=True) as place:
        folders = Path(place, "log"), Path(place, "salts")
        _write_log(build, known, log, folders[0])
        if folder is None:
            _write_salts(leaves, salts, folders[1])
        yield folders[0], folder or folders[1]


def _write_log(build: Build, known: Known, log: Fetch, folder: Path) -> None:
    until = int(datetime.fromisoformat(known.leaves[build.index].seen).timestamp())
    sizes = [size for size in kept_checkpoints(log) if size <= build.size]
    for size in sizes:
        path = checkpoint_path(size)
        with suppress(FileNotFoundError):
            write_whole(folder / path, _older(Note.decode(log(path)), until).encode(), is_synced=False)
    write_whole(folder / SIZES, b"".join(b"%d\n" % size for size in sizes), is_synced=False)
    write_whole(folder / NEWEST, _older(read_note(log, checkpoint_path(build.size)), until).encode(), is_synced=False)
    for tile in tiles_of(build.size):
        for one in (tile, tile.entries) if tile.level == 0 else (tile,):
            for path in (one.path, one.whole_path):
                with suppress(FileNotFoundError):
                    write_whole(folder / path, log(path), is_synced=False)
                    break
    number = max((int(leaf["n"]) for leaf in known.leaves[: build.index] if leaf.kind == "policy"
                  and leaf["what"] == POLICY), default=0)
    for path, source in ((POLICY, f"{KEPT_POLICIES}{number}" if number else POLICY), *(
            (path, path) for path in (f"{ANCHORS}{size}.tsr" for size in sizes))):
        with suppress(FileNotFoundError):
            write_whole(folder / path, log(source), is_synced=False)


def _write_salts(leaves: tuple[Leaf, ...], salts: Fetch, folder: Path) -> None:
    docs = sorted({str(leaf["doc"]) for leaf in leaves if leaf.kind in REVISIONS})
    for path in (*(f"{DOCUMENTS}{doc}.json" for doc in docs), *(f"{POLICIES}{what}.json" for what in WHATS)):
        with suppress(FileNotFoundError):
            write_whole(folder / path, salts(path), is_synced=False)


def _older(note: Note, until: int) -> Note:
    origin = Checkpoint.of(note).origin
    return Note(note.text, tuple(one for one in note.signatures if one.name == origin or _at(one) <= until))


def _at(line: Signature) -> int:
    """The moment that a cosignature claims; 0 for one without."""
    return 0 if len(line.content) == SIGNATURE_BYTES[ED25519] else int.from_bytes(line.content[:TIME_BYTES], "big")
