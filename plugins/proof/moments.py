"""By when an entry existed: the earliest moment that somebody outside the council vouches for.

A moment belongs to a checkpoint, and a checkpoint covers all entries below its size. So an entry existed by the
earliest moment of any checkpoint larger than its index.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from .checkpoints import Checkpoint
from .faults import Fault
from .log import SIZES, checkpoint_path, read_note, verify_continues
from .policy import Policy
from .strict import decimal
from .tiles import Fetch, tree_of


@dataclass(frozen=True)
class Moments:
    """Sizes of checkpoints, growing, and for each the earliest moment of it or of a larger one (seconds since 1970)."""

    sizes: tuple[int, ...] = ()
    earliest: tuple[int, ...] = ()

    def of(self, index: int) -> int | None:
        """By when entry `index` existed; None if no moment covers it yet."""
        at = bisect_right(self.sizes, index)
        return self.earliest[at] if at < len(self.sizes) else None


def moments(known: Iterable[tuple[int, int]]) -> Moments:
    """From pairs of (size of a checkpoint, moment): of cosignatures, of time stamps, or of both."""
    sizes: list[int] = []
    earliest: list[int] = []
    for size, at in sorted(known, reverse=True):
        best = min(at, earliest[-1]) if earliest else at
        if sizes and sizes[-1] == size:
            earliest[-1] = best
        else:
            sizes.append(size)
            earliest.append(best)
    return Moments(tuple(reversed(sizes)), tuple(reversed(earliest)))


def kept_checkpoints(fetch: Fetch) -> tuple[int, ...]:
    """The sizes of all checkpoints that the log says it signed and kept."""
    try:
        lines = fetch(SIZES).decode("ascii", "replace").split("\n")
    except FileNotFoundError:
        raise Fault("checkpoint-missing", SIZES) from None
    sizes = tuple(map(decimal, lines[:-1]))
    if lines[-1] or any(later <= earlier for earlier, later in pairwise(sizes)):
        raise Fault("checkpoint", SIZES)
    return sizes


def witnessed(fetch: Fetch, policy: Policy, newest: Checkpoint) -> tuple[tuple[int, int], ...]:
    """(size, moment) of each kept checkpoint that the quorum cosigned.

    Each has to be a true beginning of the newest checkpoint. One without its quorum gives no moment and is no fault:
    publishing does not wait for witnesses.
    """
    node = tree_of(newest.size, fetch)
    found = []
    for size in kept_checkpoints(fetch):
        note = read_note(fetch, checkpoint_path(size))
        checkpoint, _ = policy.signed(note)
        if checkpoint.size != size:
            raise Fault("checkpoint", checkpoint_path(size))
        verify_continues(checkpoint, newest, node)
        try:
            at = policy.accept(note).at
        except Fault as fault:
            if fault.code != "quorum":
                raise
            continue
        if at is not None:
            found.append((size, at))
    return tuple(found)
