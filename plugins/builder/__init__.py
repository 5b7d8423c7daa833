"""Stale or fresh: what must be printed again, workers that print it, an output that is whole at every moment.

Gives editors a site that is ready in a moment, and everybody the certainty that an incremental build and a cold one
are the same, byte for byte.

`run.py` asks what has changed (`sources.py`: git's trees or bytes; `last.py`: nothing at all) and what the last build
knew (`state.py`). What happened to documents before it, commits and deployments, a room below keeps and lends to the
library (`past` of `making.py`; the room is `history`). `making.py` makes everything, called by Pelican through
`generator.py` (`works.py` one thing after the other, shared by the crew of `workers.py`) or, by `incremental.py`, only
what had asked for something that is another now. A thing asks the library (`records/library.py`), and each question is
a token: R a whole record, C its card, K the short values of a kind, L a relation, M who links to an address, V the rows
of a view, I a value of a mapping, F a file, H what happened to one, U an address, P what is known of all pages; the
declared day is asked by comparison and tells when the answer will change (`records/clock.py`). `output.py` moves what
is new into the output and takes away what nobody claims; a second build of the same folders waits meanwhile
(`alone.py`).
"""

from __future__ import annotations

from .options import ROOT, BuildOptions

__all__ = ["ROOT", "BuildOptions", "register"]


def register() -> None:
    """Connect the one generator to Pelican's moments (imported here: a build with nothing to do needs no Pelican)."""
    from pelican import signals

    from . import generator

    signals.get_generators.connect(generator.get_generators)
