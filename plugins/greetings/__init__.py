"""Вітання: the mayor's words on feasts and days of remembrance, each on its sheet.

Gives the reader the greeting as a page worth keeping, and a list of all by year and tone.
"""

from __future__ import annotations

from plugins.records import publish, view

from . import model, pages


def register() -> None:
    """Connect greetings and the days they belong to."""
    publish(model.Observance)
    publish(model.Greeting, page=pages.page, pages=pages.lists_of_greetings)
    view(pages.GREETINGS)
