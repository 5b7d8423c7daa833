"""The feed of each body: its acts, drafts and meetings, the newest of all three kinds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

from plugins.acts.model import Act, ActDocument, DraftAct
from plugins.meetings.model import Meeting
from plugins.people.model import Council, Organization
from plugins.records import Axis, Document, Library, Link, OutputFile, Seen, View
from plugins.records.feeds import NEWEST, Entry, atom, feed, feed_of

from .feeds import entry_of


def _place(record: ActDocument | Meeting, library: Library) -> tuple[str, str]:
    """The body, and by what its feed is sorted."""
    return record.body, library.row(VIEWS[record.kind], record.key).updated.isoformat()


def _view(model: type[Document]) -> View:
    return View(f"feeds of bodies: {model.kind}", model, entry_of, (Axis("", _place),),
                lambda record, library: not record.withdrawn)


VIEWS: dict[str, View] = {model.kind: _view(model) for model in (Act, DraftAct, Meeting)}
Line = tuple[str, View, Seen]
"""(moment, view, what it shows of a record)."""


def newest_by_body(library: Library) -> dict[str, tuple[Line, ...]]:
    """For each body with documents the newest of them."""
    found: dict[str, list[Line]] = defaultdict(list)
    for view in VIEWS.values():
        for item in library.views(view):
            if item.mark and item.axes[0]:
                body, moment = item.axes[0]
                found[body].append((moment, view, item))
    return {body: tuple(sorted(lines, key=lambda line: (line[0], line[2].key), reverse=True)[:NEWEST])
            for body, lines in found.items()}


def bodies_with_feeds(library: Library) -> dict[str, bool]:
    """The bodies that have a feed."""
    return dict.fromkeys(library.once(newest_by_body), True)


def has_feed(body: Organization, library: Library) -> bool:
    """True for a body that has acts, drafts or meetings."""
    return library.entry(bodies_with_feeds, body.id) is True


def links(library: Library) -> tuple[Link, ...]:
    """The feeds of bodies, for the hub."""
    bodies = [body for body in library.of(Organization) if has_feed(body, library)]
    return tuple(Link(body.title, feed_of(body.url)) for body in sorted(bodies, key=lambda body: (body.order, body.id)))


def files(site: Any) -> Iterator[OutputFile]:
    """`feed.xml` beside the page of each body."""
    library: Library = site.library
    council = library.only(Council)
    for key, lines in library.once(newest_by_body).items():
        if body := library.get(Organization, key):
            inputs = (council.name, council.site, library.site_url, body.title, [item.mark for _, _, item in lines])
            yield OutputFile(feed_of(body.url).lstrip("/"), inputs, partial(_atom, body, lines, library))


def _atom(body: Organization, lines: Sequence[Line], library: Library) -> bytes:
    entries: list[Entry] = [library.row(view, item.key) for _, view, item in lines]
    return atom(feed(body.title, body.url, feed_of(body.url), entries, library.only(Council), library))
