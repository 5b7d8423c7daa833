"""Строки: what the law asks to be public by when, as dated rules, and what came of it in each case.

Gives the reader a verdict in one sentence on every draft, act, meeting and vote, with the norm and the evidence; a
ledger of all verdicts with counts that hide nothing; a page for each rule that says how its days are counted.
"""

from __future__ import annotations

from plugins.records import add_pages, box, mapping, offer, publish, view

from . import facts, ledger, model, pages, write

JUDGED = ("draft", "act", "meeting", "vote_event", "regulatory_plan", "tracking_report")


def register() -> None:
    """Connect the rules, the box on records' pages, the ledger, its files."""
    publish(model.Rule, pages=pages.ledger)
    add_pages(pages.landing)
    box("aside", JUDGED, pages.deadlines_box)
    view(*ledger.VIEWS, *ledger.ROWS)
    mapping(facts.next_meetings)
    offer(write.files)
