"""Довідка редактора: fields of every kind, codes of every problem, skeletons for `new` — all made from the models.

Gives editors one place where each key is explained in the words of the form, and never a second copy of a rule.
"""

from __future__ import annotations

from plugins.records import add_pages

from . import pages


def register() -> None:
    """Connect the reference pages."""
    add_pages(pages.reference)
