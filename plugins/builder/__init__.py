"""Stale or fresh: what must be printed again, workers that print it, an output that is whole at every moment.

Gives editors a site that is ready in a moment, and everybody the certainty that an incremental build and a cold one
are the same, byte for byte.
"""

from __future__ import annotations

from .options import ROOT, BuildOptions

__all__ = ["ROOT", "BuildOptions", "register"]


def register() -> None:
    """Connect the one generator to Pelican's moments (imported here: a build with nothing to do needs no Pelican)."""
    from pelican import signals

    from . import generator

    signals.get_generators.connect(generator.get_generators)
    signals.all_generators_finalized.connect(generator.check_links)
