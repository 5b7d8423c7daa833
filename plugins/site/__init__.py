"""Сайт як ціле: the home page, the menus, the way from anywhere to everything, and the door for old addresses.

Gives the reader one look of the council's day, menus that list only what exists, a map of the site, a page for what is
not found, and redirects, so that no address published once is lost.
"""

from __future__ import annotations

from plugins import records

from . import brand_book, home, model, pages, patterns
from .write import service_files


def register() -> None:
    """Connect the site model, its pages and the service files."""
    records.describe_site(model.describe)
    records.publish(model.Notice)
    records.publish(model.Redirect)
    for build in (home.home, pages.landings, pages.english, pages.site_map, pages.not_found, patterns.patterns,
                  brand_book.brand_book, pages.redirects):
        records.add_pages(build)
    records.add_to_each(pages.old_addresses)
    records.offer(service_files)
