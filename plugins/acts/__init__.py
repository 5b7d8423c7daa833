"""Рішення, розпорядження, проєкти: what is proposed, what was decided, what of it is in force.

Gives the reader each document with its points, annexes and path, its state on the day, its text on any day, what it
changes and what changed it; registers by year, body, state and topic; the drafts that take proposals now; each law with
the documents that rest on it. In any text of the site an act that is cited becomes a link.
"""

from __future__ import annotations

from plugins.records import add_pages, box, find_citations, mapping, publish, view

from . import basis_pages, citations, identity, model, pages, registers


def register() -> None:
    """Connect drafts and acts with their pages, registers and passport."""
    publish(model.DraftAct, page=pages.draft_page, pages=registers.register_of_drafts)
    publish(model.Act, page=pages.act_page, pages=registers.registers_of_acts)
    add_pages(registers.landing)
    add_pages(basis_pages.bases)
    view(model.OPEN, registers.DECISION_LIST, registers.ORDER_LIST, registers.DRAFT_LIST,
         registers.BASIS_LIST)
    box("aside", ("draft", "act"), pages.passport_box)
    mapping(identity.by_number, identity.by_day, identity.beginnings)
    find_citations(citations.in_text)
