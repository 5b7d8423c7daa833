"""Безпека: shelters, points of invincibility, water and hotlines — what people need when nothing else works.

Gives the reader the numbers first, then addresses by street; pages that need neither scripts nor pictures.
"""

from __future__ import annotations

from plugins.records import offer, publish

from . import model, pages
from .write import plain_text


def register() -> None:
    """Connect the register of places, its two pages and the plain text."""
    publish(model.ContactPlace, pages=pages.emergency_pages)
    offer(plain_text)
