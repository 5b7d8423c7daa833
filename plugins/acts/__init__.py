"""Рішення, розпорядження, проєкти: what is proposed, what was decided, what of it is in force.

Gives the reader each document with its points, annexes and path, its state on the day, its text on any day, what it
changes and what changed it; registers by year, body, state and topic; the drafts that take proposals now; each law with
the documents that rest on it. In any text of the site an act that is cited becomes a link.
"""

from __future__ import annotations

from plugins.records import add_pages, box, find_citations, mapping, publish, view

from . import (
    act_pages,
    basis_pages,
    citations,
    draft_pages,
    identity,
    model,
    pages,
    registers,
    regulatory,
    regulatory_pages,
)


def register() -> None:
    """Connect drafts and acts with their pages, registers and passport."""
    publish(model.DraftAct, page=draft_pages.draft_page, pages=registers.register_of_drafts)
    publish(model.Act, page=act_pages.act_page, pages=registers.registers_of_acts)
    publish(model.Legislation)
    publish(regulatory.RegulatoryPlan, page=regulatory_pages.plan_page)
    publish(regulatory.TrackingReport, page=regulatory_pages.tracking_page)
    add_pages(registers.landing)
    add_pages(regulatory_pages.section)
    add_pages(basis_pages.bases)
    view(model.OPEN, registers.DECISION_LIST, registers.ORDER_LIST, registers.DRAFT_LIST,
         registers.BASIS_LIST, regulatory_pages.REGULATORY_DRAFTS, regulatory_pages.REGULATORY_ACTS)
    box("passport", ("draft", "act"), pages.passport_box)
    mapping(identity.by_number, identity.by_day, identity.beginnings)
    find_citations(citations.in_text)
