"""Строки: what the law asks to be public by when, as dated rules, and what came of it in each case.

Gives the reader a verdict in one sentence on every draft, act, meeting and vote, with the norm and the evidence; a
ledger of all verdicts with counts that hide nothing; a page for each rule that says how its days are counted.
"""

from __future__ import annotations

from plugins.records import publish

from . import model


def register() -> None:
    """Connect."""
    publish(model.Rule)
