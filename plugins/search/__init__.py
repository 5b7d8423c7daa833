"""Пошук: one box that finds decisions, meetings, votes, people and pages, on the reader's own device.

Gives the reader a page that is a plain form with registers by year under it, and becomes a live search where the
browser allows: the index is a folder of files, and the device itself looks through them.

The index (`index.py` tells the flow) is kept from build to build: `model.py` and `sections.py` work out a page where it
is composed, `write.py` is what the builder talks to, `codec.py` describes every byte that is published. The reader is
`theme/static/js/search.js`; words, numbers and lemmas are owned by the room `ukrainian`. Pages in other languages go to
Pagefind (`pagefind.py`).
"""

from __future__ import annotations

from plugins.records import add_pages, index_by, publish

from . import pages, synonyms, write


def register() -> None:
    """Connect the words of the search, its pages and the index."""
    publish(synonyms.SynonymList)
    add_pages(pages.search_pages)
    index_by(write.open_index)
