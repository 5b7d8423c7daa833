"""Новини: what happened, what is announced, what is not true — with photos, a date and somebody answering for it.

Gives the reader a page for each item, lists by year and kind, and the latest on the home page.
"""

from __future__ import annotations

from plugins.records import publish, view

from . import model, pages


def register() -> None:
    """Connect the kind of records with its pages."""
    publish(model.News, page=pages.page, pages=pages.lists_of_news)
    view(pages.NEWS)
