"""Who cites an act: documents whose texts link to it."""

from __future__ import annotations

from plugins.records import Card, Library, Record


def cited_by(record: Record, library: Library) -> tuple[Card, ...]:
    """Cards of public documents whose texts link to a record or a part of it, newest first."""
    found = [card for kind, key in library.mentioning(record.url) if (kind, key) != (record.kind, record.key)
             and (card := library.card(kind, key))]
    return tuple(sorted(found, key=lambda card: (str(card.date or ""), card.key), reverse=True))
