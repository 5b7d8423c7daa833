"""Рішення, розпорядження, проєкти: what is proposed, what was decided, what of it is in force.

Gives the reader each document with its points, annexes and path, its state on the day, what it changes and what changed
it; registers by year, body, state and topic; the drafts that take proposals now.
"""

from __future__ import annotations

from plugins.records import add_pages, box, publish

from . import model, pages, registers


def register() -> None:
    """Connect drafts and acts with their pages, registers and passport."""
    publish(model.DraftAct, page=pages.draft_page, pages=registers.register_of_drafts)
    publish(model.Act, page=pages.act_page, pages=registers.registers_of_acts)
    add_pages(registers.landing)
    box("aside", ("draft", "act"), pages.passport_box)
