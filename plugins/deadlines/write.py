"""The ledger as files: CSV of each year and of all, a feed of what was settled last."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime, time
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from plugins.people.model import Council
from plugins.records import Library, OutputFile
from plugins.records.feeds import Entry as FeedEntry
from plugins.records.feeds import Feed, atom
from plugins.ukrainian import KYIV

from .ledger import Entry, Line, entries, line_at, rows
from .model import SECTION, Rule, has_ledger

COLUMNS = (
    "rule", "ruleTitle", "severity", "outcome", "day", "settledOn", "happenedOn", "latestDay", "latestDayLenient",
    "margin", "evidence", "backdated", "claimedOn", "exemption", "versionFrom", "norm", "normUrl", "bodyId", "title",
    "url", "sentence", "formerVerdicts")
"""The header of the tables; dates are ISO 8601, `margin` is in the days of the rule, negative for a delay."""
URL = COLUMNS.index("url")
NEWEST = 30


def files(site: Any) -> Iterator[OutputFile]:
    """CSV of all verdicts and of each year; the feed."""
    library: Library = site.library
    if not has_ledger(library):
        return
    found = entries(library)
    years: dict[int, list[Entry]] = defaultdict(list)
    for item in found:
        years[item.year].append(item)
    for name, chosen in (("stroky", found), *((f"stroky-{year}", years[year]) for year in sorted(years))):
        yield OutputFile(f"{SECTION.lstrip('/')}{name}.csv", (library.site_url, [item.mark for item in chosen]),
                         partial(as_csv, chosen, library))
    feed = feed_of(found, library)
    yield OutputFile(f"{SECTION.lstrip('/')}feed.xml", feed, partial(atom, feed))


def as_csv(found: Sequence[Entry], library: Library) -> bytes:
    """CSV (RFC 4180) with a byte order mark, which spreadsheets need to see Ukrainian."""
    rules = {rule.id: (rule.id, rule.title, rule.severity.label) for rule in library.of(Rule)}
    with library.watch():  # what the table depends on stands in its inputs
        cells = library.once(rows)
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\r\n")
    table.writerow(COLUMNS)
    for item in found:
        row = [*rules[item.rule], *cells[item.key]]
        row[URL] = library.site_url + row[URL]
        table.writerow(row)
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def feed_of(found: Sequence[Entry], library: Library) -> Feed:
    """The verdicts that became final last."""
    council, site = library.only(Council), library.site_url
    settled = sorted((item for item in found if item.settled_on), key=lambda item: (item.settled_on, item.key),
                     reverse=True)[:NEWEST]
    host = urlsplit(council.site).hostname or "rada"
    lines = [line_at(item.key, library) for item in settled]
    items = tuple(_entry(line, host, site) for line in lines)
    updated = max((item.updated for item in items), default=datetime(council.convocations[0].starts_on.year, 1, 1,
                                                                     tzinfo=KYIV))
    return Feed(f"tag:{host},2026:prozorist/stroky", f"{site}{SECTION}feed.xml", site + SECTION,
                f"Строки — {council.name}", council.name, items, updated)


def _entry(line: Line, host: str, site: str) -> FeedEntry:
    at = datetime.combine(line.settled_on or line.day, time(), KYIV)
    return FeedEntry(f"tag:{host},2026:stroky/{line.key}", site + line.url, f"{line.word}: {line.title}",
                     f"{line.rule_title}. {line.sentence}", at, at, (line.word,), "uk")
