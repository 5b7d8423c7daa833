"""Люди й органи: who decides, who answers, how to reach them.

Gives the reader a page for each deputy, official and body, the council by faction, the structure of the authority, a
telephone directory, and a page for each topic with all documents on it.
"""

from __future__ import annotations

from plugins.records import add_pages, publish

from . import model, pages


def register() -> None:
    """Connect the registers with their pages."""
    publish(model.Council)
    publish(model.WorkingCalendar)
    publish(model.Organization, page=pages.body_page, pages=pages.authority)
    publish(model.Person, page=pages.person_page, pages=pages.deputies)
    publish(model.Membership)
    publish(model.Topic, page=pages.topic_page, pages=pages.topics)
    add_pages(pages.directory)
