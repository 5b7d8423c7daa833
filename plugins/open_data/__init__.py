"""Відкриті дані: the same facts for programs — feeds, data sets, structured data in pages, the map for search engines.

Gives the reader a feed to follow each register by, tables to count with, and search engines the true dates of change.

Tables: `columns.py` says what a column is, `national.py` which columns the national structures have, `rows_*.py` make
rows of records, `tables.py` lists the sets; `schemas.py` and `catalogue.py` describe them to programs, from the same.
"""

from __future__ import annotations

from plugins import records

from . import (
    akoma_ntoso,
    body_feeds,
    draft_feeds,
    formats,
    jsonld,
    jsonld_acts,
    links,
    pages,
    popolo,
    rows_votes,
    tables,
    write,
)


def register() -> None:
    """Connect: structured data in the heads of pages, the hub of feeds, the catalogue of data sets, the files."""
    for kinds, build in (*jsonld.BOXES, *jsonld_acts.BOXES):
        records.box("head", kinds, build)
    for of, build_links in links.BOXES:
        records.box("data", of, build_links)
    records.add_to_each(akoma_ntoso.file_of)
    records.add_to_each(draft_feeds.file_of)
    records.mapping(body_feeds.bodies_with_feeds, draft_feeds.meeting_moments, rows_votes.holders_of_numbers)
    records.view(*body_feeds.VIEWS.values(), popolo.EVENTS, popolo.VOTES)
    records.add_pages(formats.pages)
    records.add_pages(pages.feeds_hub)
    records.add_pages(pages.catalogue)
    records.view(*tables.VIEWS)
    records.know("sitemap", write.place)
    for build_files in (write.feeds, body_feeds.files, write.opml, write.data_files, popolo.files, write.site_map,
                        write.robots):
        records.offer(build_files)
