"""Пошук: one box that finds decisions, meetings, votes, people and pages, on the reader's own device.

Gives the reader a page that is a plain form with registers by year under it, and becomes a live search where the
browser allows; the index is a folder of files, and no question leaves the device.
"""

from __future__ import annotations

from plugins.records import add_pages, index_by, publish

from . import pages, synonyms, write


def register() -> None:
    """Connect the words of the search, its pages and the index."""
    publish(synonyms.SynonymList)
    add_pages(pages.search_pages)
    index_by(write.open_index)
