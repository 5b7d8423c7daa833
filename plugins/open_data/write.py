"""write: feeds, data sets, the map for search engines — files beside the pages, made from records and page models."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from functools import partial
from html import escape
from typing import Any
from xml.etree import ElementTree

from plugins.people.model import Council
from plugins.records import Library, Link, OutputFile, PageModel
from plugins.records.feeds import atom
from plugins.records.tables import csv_bytes

from . import body_feeds
from .catalogue import DCAT_URL, PACKAGE_URL, DataSet, data_package, data_sets, dcat, resource, schema_links
from .feeds import feed_links, feeds_of
from .jsonld import whole_url
from .pages import OPML
from .schemas import csvw, json_schema, table_schema
from .tables import DataFile

ENCODER = json.JSONEncoder(ensure_ascii=False, default=float)
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
    """Each data set as CSV and as JSON, each file with the descriptor that tells its size and digest; the schemas of
    each set; the descriptor of all and the catalogue."""
    library: Library = site.library
    sets = data_sets(library)
    for item in sets:
        yield from schemas_of(item, library)
        for file in item.files:
            yield from files_of(file)
    for url, values in ((PACKAGE_URL, data_package(sets, library)), (DCAT_URL, dcat(sets, library))):
        yield OutputFile(url.lstrip("/"), values, partial(_pretty, values))


def files_of(file: DataFile) -> Iterator[OutputFile]:
    """The files of a data set or of a year of it."""
    path, content = file.stem.lstrip("/"), Content(file)
    for suffix, make in (("csv", content.csv), ("json", content.json), ("resource.json", content.resource)):
        yield OutputFile(f"{path}.{suffix}", file.inputs, make)


class Content:
    """The bytes of a data file in all forms; the CSV is made once, for itself and for its digest."""

    def __init__(self, file: DataFile) -> None:
        self.file = file
        self._csv: bytes | None = None

    def csv(self) -> bytes:
        """The table."""
        self._csv = as_csv(self.file)
        return self._csv

    def json(self) -> bytes:
        """The same for programs."""
        return as_json(self.file)

    def resource(self) -> bytes:
        """What the CSV is: path, size in bytes, SHA-256 (Frictionless Data Resource)."""
        content, self._csv = self._csv or as_csv(self.file), None
        table, found = self.file.table, resource(self.file)
        return _pretty({**found, "path": found["path"].rpartition("/")[2], "bytes": len(content),
                        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
                        "schema": f"{table.name}.table-schema.json"})


def schemas_of(item: DataSet, library: Library) -> Iterator[OutputFile]:
    """JSON Schema, Table Schema and CSVW metadata of a set."""
    table, licence = item.table, library.only(Council).licence_url
    in_json, in_package, in_csvw = schema_links(table)
    names = [f"{file.stem}.csv".removeprefix(table.url) for file in item.files]
    of_rows = json_schema(whole_url(library, in_json.url), table.title, table.about, table.columns)
    for link, values in ((in_json, of_rows), (in_package, table_schema(table.columns, table.key)),
                         (in_csvw, csvw(table.title, table.about, licence, names, table.columns, table.key))):
        yield OutputFile(link.url.lstrip("/"), values, partial(_pretty, values))


def _pretty(values: Any) -> bytes:
    return f"{pretty(values)}\n".encode()


def pretty(values: Any, line: str = "\n") -> str:
    """What `json.dumps` makes with two spaces, in a third of its time: all names are texts."""
    inner = f"{line}  "
    if values and isinstance(values, dict):
        pairs = (f"{ENCODER.encode(name)}: {pretty(value, inner)}" for name, value in values.items())
        return f"{{{inner}{f',{inner}'.join(pairs)}{line}}}"
    if values and isinstance(values, list | tuple):
        return f"[{inner}{f',{inner}'.join(pretty(value, inner) for value in values)}{line}]"
    return ENCODER.encode(values)


def as_csv(file: DataFile) -> bytes:
    """The table; null as the structure says."""
    names = file.names
    rows = (["null" if (value := row[name]) is None or value == "" else value for name in names]
            for row in file.make())
    return csv_bytes(names, rows)


def as_json(file: DataFile) -> bytes:
    """A JSON array of objects, a row a line.

    Encoded at once, as a year of votes has tens of thousands of rows. What is replaced stands only between two rows: in
    a text there would be a backslash before the first quotation mark, and after the end of one there is no name.
    """
    name = ENCODER.encode(file.names[0])
    text = ENCODER.encode(list(file.rows())).replace(f"}}, {{{name}: ", f"}},\n{{{name}: ")
    return f"[\n{text[1:-1]}\n]\n".encode()


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


def to_bytes(root: ElementTree.Element) -> bytes:
    """An XML file: declaration, indented, a line break at the end."""
    ElementTree.indent(root, " ")
    text: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return text + b"\n"
