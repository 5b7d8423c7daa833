"""Безпека: shelters, points of invincibility, water and hotlines — what people need when nothing else works.

Gives the reader the numbers first, then addresses by street; pages that need neither scripts nor pictures; a
brochure with all of it, to be read and to be folded.
"""

from __future__ import annotations

from plugins.records import offer, publish, show_samples

from . import model, pages
from .write import plain_text


def register() -> None:
    """Connect the register of places, its two pages, the brochure and the plain text."""
    publish(model.ContactPlace, pages=pages.emergency_pages)
    show_samples(pages.samples)
    offer(plain_text)
