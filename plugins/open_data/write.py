"""write: feeds, data sets, the map for search engines — files beside the pages, made from records and page models."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from functools import partial
from html import escape
from typing import Any
from xml.etree import ElementTree

from plugins.people.model import Council
from plugins.records import Library, Link, OutputFile, PageModel

from . import body_feeds
from .feeds import atom, feed_links, feeds_of, to_bytes
from .pages import OPML, DataFile
from .pages import data_files as files_of

SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
XHTML = "http://www.w3.org/1999/xhtml"
LARGEST_MAP = 5_000
"""Addresses in one map; a larger site gets a map for each section and year."""


def feeds(site: Any) -> Iterator[OutputFile]:
    """The feed of each register and of everything."""
    library: Library = site.library
    for url, feed in feeds_of(library):
        yield OutputFile(url.lstrip("/"), feed, partial(atom, feed))


def opml(site: Any) -> Iterator[OutputFile]:
    """All feeds in one file for feed readers (OPML 2.0)."""
    library: Library = site.library
    inputs = (library.only(Council).name, library.site_url, (*feed_links(library), *body_feeds.links(library)))
    yield OutputFile(OPML.url.lstrip("/"), inputs, partial(_opml, *inputs))


def _opml(name: str, site_url: str, links: Sequence[Link]) -> bytes:
    root = ElementTree.Element("opml", {"version": "2.0"})
    ElementTree.SubElement(ElementTree.SubElement(root, "head"), "title").text = f"{name}: стрічки"
    body = ElementTree.SubElement(root, "body")
    for link in links:
        ElementTree.SubElement(body, "outline", {"type": "rss", "text": link.title, "title": link.title,
                                                 "xmlUrl": site_url + link.url})
    return to_bytes(root)


def data_files(site: Any) -> Iterator[OutputFile]:
    """Each data set as CSV and as JSON."""
    for file in files_of(site.library):
        path = file.stem.lstrip("/")
        yield OutputFile(f"{path}.csv", file.inputs, partial(as_csv, file))
        yield OutputFile(f"{path}.json", file.inputs, partial(as_json, file))


def as_csv(file: DataFile) -> bytes:
    """CSV (RFC 4180) with a byte order mark, which spreadsheets need to see Ukrainian; null as the structure says."""
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\r\n")
    table.writerow([name for name, _ in file.table.columns])
    table.writerows([_cell(value) for value in row.values()] for row in file.rows())
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _cell(value: str | int | None) -> str:
    return "null" if value is None else str(value)


def as_json(file: DataFile) -> bytes:
    """A JSON array of objects."""
    rows = ",\n".join(json.dumps(row, ensure_ascii=False) for row in file.rows())
    return f"[\n{rows}\n]\n".encode()


# ------------------------------------------------------------------------------- for search engines

Place = tuple[str, str, tuple[tuple[str, str], ...]]
"""(day or moment of the last change or nothing, address, (language, address) pairs), below the site's root."""


def site_map(site: Any) -> Iterator[OutputFile]:
    """`sitemap.xml`: all pages that search engines may show, with the true day of their last change.

    A large site has a map for each section and year, and one for all that has no year.
    """
    url, parts = site.library.site_url, site.parts("sitemap")
    digests = tuple(part.digest for part in parts)
    if site.count("sitemap") <= LARGEST_MAP:
        yield OutputFile("sitemap.xml", (url, digests), partial(_map, url, parts))
        return
    for part in parts:
        yield OutputFile(f"sitemap-{part.name}.xml", (url, part.digest), partial(_map, url, [part]))
    names = tuple((f"{url}/sitemap-{part.name}.xml", part.greatest) for part in parts)
    yield OutputFile("sitemap.xml", names, partial(_index, names))


def place(page: PageModel, library: Library) -> Place | None:
    """What the map says of a page, addresses below the site's root; None for a page that is not in it."""
    if not page.is_indexed:
        return None
    changed = page.updated_at
    is_past = changed is not None and (changed.date() if isinstance(changed, datetime) else changed) <= (
        library.now.date())
    day = _day(changed if is_past else None)  # a list may begin with a meeting that is yet to come
    twins = ((page.lang, page.url), *page.translations) if page.translations else ()
    return day, page.url, twins


def _day(changed: date | datetime | None) -> str:
    if isinstance(changed, datetime):
        return changed.isoformat(timespec="seconds")
    return changed.isoformat() if changed else ""


def _map(url: str, parts: Sequence[Any]) -> bytes:
    """Text and no tree: a map has thousands of addresses."""
    places: list[Place] = [place for part in parts for place in part.facts()]
    names = f' xmlns:xhtml="{XHTML}"' if any(twins for _, _, twins in places) else ""
    items = "".join(_place_in_map(url, place) for place in sorted(places, key=lambda place: place[1]))
    text = f"<?xml version='1.0' encoding='utf-8'?>\n<urlset xmlns=\"{SITEMAP}\"{names}>\n{items}</urlset>\n"
    return text.encode()


def _place_in_map(url: str, place: Place) -> str:
    day, address, twins = place
    changed = f"  <lastmod>{day}</lastmod>\n" if day else ""
    others = "".join(f'  <xhtml:link rel="alternate" hreflang="{lang}" href="{escape(url + twin)}" />\n'
                     for lang, twin in twins)
    return f" <url>\n  <loc>{escape(url + address)}</loc>\n{changed}{others} </url>\n"


def _index(parts: Sequence[tuple[str, str]]) -> bytes:
    ElementTree.register_namespace("", SITEMAP)
    root = ElementTree.Element(f"{{{SITEMAP}}}sitemapindex")
    for address, day in parts:
        item = ElementTree.SubElement(root, f"{{{SITEMAP}}}sitemap")
        ElementTree.SubElement(item, f"{{{SITEMAP}}}loc").text = address
        if day:
            ElementTree.SubElement(item, f"{{{SITEMAP}}}lastmod").text = day
    return to_bytes(root)


def robots(site: Any) -> Iterator[OutputFile]:
    """`robots.txt`: everything may be read; where the map is."""
    text = f"User-agent: *\nAllow: /\n\nSitemap: {site.library.site_url}/sitemap.xml\n"
    yield OutputFile("robots.txt", text, text.encode)
