"""Рішення, розпорядження, проєкти: what is proposed, what was decided, what of it is in force.

Gives the reader each document with its points, annexes and path, its state on the day, what it changes and what changed
it; registers by year, body, state and topic; the drafts that take proposals now.
"""

from __future__ import annotations

from plugins.records import add_pages, box, find_citations, mapping, publish, view

from . import citations, identity, model, pages, registers


def register() -> None:
    """Connect drafts and acts with their pages, registers and passport."""
    publish(model.DraftAct, page=pages.draft_page, pages=registers.register_of_drafts)
    publish(model.Act, page=pages.act_page, pages=registers.registers_of_acts)
    add_pages(registers.landing)
    view(model.OPEN, registers.DECISION_LIST, registers.ORDER_LIST, registers.DRAFT_LIST)
    box("aside", ("draft", "act"), pages.passport_box)
    mapping(identity.by_number, identity.by_day, identity.beginnings)
    find_citations(citations.in_text)
