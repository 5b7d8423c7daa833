"""The ledger as files: CSV of each year and of all, a feed of what was settled last."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

from plugins.people.model import Council
from plugins.records import Library, OutputFile
from plugins.records.feeds import NEWEST, Feed, at_midnight, atom, feed, feed_of, tag
from plugins.records.feeds import Entry as FeedEntry
from plugins.records.tables import csv_bytes

from .ledger import Entry, Line, entries, line_at, rows
from .model import SECTION, Rule, has_ledger

COLUMNS = (
    "rule", "ruleTitle", "severity", "outcome", "day", "settledOn", "happenedOn", "latestDay", "latestDayLenient",
    "margin", "evidence", "grade", "passProven", "backdated", "claimedOn", "exemption", "versionFrom", "norm",
    "normUrl", "bodyId", "title", "url", "sentence", "formerVerdicts")
"""The header of the tables; dates are ISO 8601, `margin` is in the days of the rule, negative for a delay; `passProven`
tells, of a pass only, whether its day is proven (grades A to C)."""
URL = COLUMNS.index("url")
FEED = feed_of(SECTION)


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
    newest = feed_of_verdicts(found, library)
    yield OutputFile(FEED.lstrip("/"), newest, partial(atom, newest))


def as_csv(found: Sequence[Entry], library: Library) -> bytes:
    """The verdicts as a table."""
    rules = {rule.id: (rule.id, rule.title, rule.severity.label) for rule in library.of(Rule)}
    with library.watch():  # what the table depends on stands in its inputs
        cells = library.once(rows)
    table = ([*rules[item.rule], *cells[item.key]] for item in found)
    return csv_bytes(COLUMNS, ([*row[:URL], library.site_url + row[URL], *row[URL + 1:]] for row in table))


def feed_of_verdicts(found: Sequence[Entry], library: Library) -> Feed:
    """The verdicts that became final last."""
    council = library.only(Council)
    settled = sorted((item for item in found if item.settled_on), key=lambda item: (item.settled_on, item.key),
                     reverse=True)[:NEWEST]
    entries = [_entry(line_at(item.key, library), council, library) for item in settled]
    return feed("Строки", SECTION, FEED, entries, council, library)


def _entry(line: Line, council: Council, library: Library) -> FeedEntry:
    at = at_midnight(line.settled_on or line.day)
    return FeedEntry(tag(council.site, f"stroky/{line.key}"), library.site_url + line.url,
                     f"{line.word}: {line.title}", f"{line.rule_title}. {line.sentence}", at, at, (line.word,))
