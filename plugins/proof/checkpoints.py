"""C2SP tlog-checkpoint: the state of a log in three lines — its origin, its size, its root."""

from __future__ import annotations

from dataclasses import dataclass

from .faults import Fault
from .notes import CONTROLS, Note
from .strict import HASH_BYTES, LARGEST, decimal, to_base64, tree_hash
from .tree import EMPTY


@dataclass(frozen=True)
class Checkpoint:
    """What a log was at one moment. Extension lines are opaque; our own log writes none."""

    origin: str
    size: int
    root: bytes
    extensions: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        lines = (self.origin, *self.extensions)
        if not all(lines) or any("\n" in line or CONTROLS.search(line) for line in lines):
            raise Fault("checkpoint", self.origin[:80])
        if not 0 <= self.size <= LARGEST or len(self.root) != HASH_BYTES or (self.size == 0 and self.root != EMPTY):
            raise Fault("checkpoint", self.origin[:80])

    @property
    def text(self) -> str:
        """The text of the note."""
        return "".join(f"{line}\n" for line in (self.origin, self.size, to_base64(self.root), *self.extensions))

    @classmethod
    def parse(cls, text: str) -> Checkpoint:
        lines = text.split("\n")
        if len(lines) < 4 or lines.pop():
            raise Fault("checkpoint", lines[0][:80])
        origin, size, root, *extensions = lines
        return cls(origin, decimal(size), tree_hash(root), tuple(extensions))

    @classmethod
    def of(cls, note: Note) -> Checkpoint:
        """The checkpoint in a note, not verified."""
        return cls.parse(note.text)
