"""Відкриті дані: the same facts for programs — feeds, data sets, structured data in pages, the map for search engines.

Gives the reader a feed to follow each register by, tables to count with, and search engines the true dates of change.
"""

from __future__ import annotations

from plugins import records

from . import akoma_ntoso, body_feeds, draft_feeds, formats, jsonld, links, pages, popolo, tables, write


def register() -> None:
    """Connect: structured data in the heads of pages, the hub of feeds, the catalogue of data sets, the files."""
    for kinds, build in jsonld.BOXES:
        records.box("head", kinds, build)
    for of, build_links in links.BOXES:
        records.box("data", of, build_links)
    records.add_to_each(akoma_ntoso.file_of)
    records.add_to_each(draft_feeds.file_of)
    records.mapping(body_feeds.bodies_with_feeds, draft_feeds.meeting_moments)
    records.view(*body_feeds.VIEWS.values(), popolo.EVENTS, popolo.VOTES)
    records.add_pages(formats.pages)
    records.add_pages(pages.feeds_hub)
    records.add_pages(pages.catalogue)
    records.view(*(table.view for table in tables.TABLES if table.view))
    records.know("sitemap", write.place)
    for build_files in (write.feeds, body_feeds.files, write.opml, write.data_files, popolo.files, write.site_map,
                        write.robots):
        records.offer(build_files)
