"""Вітання: the mayor's words on feasts and days of remembrance, each on its sheet, and the calendar of those days.

Gives the reader the greeting as a page worth keeping, a list of all by year and tone, the calendar of observances by
year and to subscribe to; gives editors the days of the next two weeks that have no text yet.
"""

from __future__ import annotations

from plugins.records import add_pages, offer, publish, show_samples, view

from . import calendar_pages, letter, model, pages, write


def register() -> None:
    """Connect greetings and the days they belong to."""
    publish(model.Observance)
    publish(model.Greeting, page=pages.page, pages=pages.lists_of_greetings)
    add_pages(calendar_pages.pages)
    view(pages.GREETINGS, calendar_pages.WRITTEN)
    offer(write.calendar)
    show_samples(letter.samples)
