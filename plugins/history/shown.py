"""Which revision of a document was the first that the public could see, and when: what waits for its day is not out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from plugins.records.values import parse_moment
from plugins.ukrainian import KYIV

from .past import Event


def first_shown(revisions: Iterable[tuple[int, Sequence[Event]]]) -> tuple[int, datetime | None]:
    """(index of the revision as which the document was first public; the moment, in Kyiv).

    A revision is (time of its commit, what the commit did to the head). It is public from its commit, or from the day
    that it waits for. No moment where the time of a commit that decides is not believed; what such a commit brought
    counts as seen, so that nothing can be hidden in the first revision.
    """
    index = 0
    shown: datetime | None = None
    waits_for: datetime | None = None
    for index, (at, events) in enumerate(revisions):
        if not at:
            return max(index - 1, 0), None
        since = datetime.fromtimestamp(at, KYIV)
        if shown and shown <= since:
            return index - 1, shown
        for event in events:
            if "published_at" in event.parts:
                waits_for = _moment(event.parts["published_at"] or "")
        shown = max(since, waits_for) if waits_for else since
    return index, shown


def _moment(text: str) -> datetime | None:
    try:
        return parse_moment(text.partition(" #")[0].strip("\"' "))
    except ValueError:
        return None
