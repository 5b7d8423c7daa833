"""Сторінки: prose that is no dated document — services, the community, the accessibility statement, the editors' help.

Gives the reader plain pages with their English twins, and editors the help they need at hand.
"""

from __future__ import annotations

from plugins.records import publish

from . import model, pages


def register() -> None:
    """Connect pages and the editors' help."""
    publish(model.ProsePage, page=pages.page)
    publish(model.HelpPage, page=pages.page, pages=pages.help_list)
