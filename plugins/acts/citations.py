"""Who cites an act: documents whose texts link to it, found in the rendered texts once a build."""

from __future__ import annotations

import re
from collections import defaultdict

from plugins.people.model import once
from plugins.records import Card, Library, Prose, Record, marks

TARGET = re.compile(r'href="[^"]*?(/(?:rishennia|rozporiadzhennia|proiekty)/\d{4}/[^"/#?]+/)')


def cited_by(record: Record, library: Library) -> tuple[Card, ...]:
    """Cards of public documents whose texts link to a record or a part of it, newest first."""
    found = [other.card(library) for other in once(_citations, library).get(record.url, ()) if other is not record]
    return tuple(sorted(found, key=lambda card: (str(card.date or ""), card.key), reverse=True))


def _citations(library: Library) -> dict[str, tuple[Record, ...]]:
    """Address → the records whose texts link to it."""
    found: dict[str, dict[str, Record]] = defaultdict(dict)
    for record in library.records:
        if not record.is_public(library.now):
            continue
        for place, _, _ in marks(record, Prose):
            for url in TARGET.findall(record.html(".".join(map(str, place)))):
                found[url][f"{record.kind} {record.key}"] = record
    return {url: tuple(records.values()) for url, records in found.items()}
