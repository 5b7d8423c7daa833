"""The history of a document as files: `history.json` for programs, `feed.xml` to follow one document; the feed of all
changes.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from functools import partial
from typing import Any

from plugins.people.model import Council
from plugins.records import Document, Library, OutputFile
from plugins.records.feeds import NEWEST, Entry, Feed, atom, feed, feed_of, newest_first, tag

from .editions import Edition, History, url_of
from .steps import doc_name

ENCODER = json.JSONEncoder(ensure_ascii=False, indent=1)


def json_of(document: Document) -> str:
    """The address of the history for programs."""
    return f"{url_of(document)}history.json"


def document_files(document: Document, history: History, library: Library) -> Iterator[OutputFile]:
    """`history.json` and `feed.xml` beside the timeline of a document."""
    facts = as_facts(document, history, library.site_url)
    yield OutputFile(json_of(document).lstrip("/"), facts, partial(as_json, facts))
    found = document_feed(document, history, library)
    yield OutputFile(feed_of(url_of(document)).lstrip("/"), found, partial(atom, found))


def as_json(facts: dict[str, Any]) -> bytes:
    """The facts as they are written."""
    return f"{ENCODER.encode(facts)}\n".encode()


def as_facts(document: Document, history: History, site: str) -> dict[str, Any]:
    """What the timeline tells, for programs; addresses are whole."""
    known = history.publication
    gone = document.withdrawn
    return {
        "doc": doc_name(document), "kind": document.kind, "title": document.title, "url": site + document.url,
        "history": site + url_of(document),
        "firstPublished": {"at": _iso(known.at), "grade": history.grade, "evidence": known.evidence.value,
                           "claimedAt": _iso(known.claimed_at), "isBackdated": known.is_backdated},
        "withdrawn": {"at": _iso(gone.at), "reason": gone.reason, "basis": gone.basis} if gone else None,
        "revisions": [_revision(edition, history, site) for edition in history.editions],
    }


def _revision(edition: Edition, history: History, site: str) -> dict[str, Any]:
    hidden = edition.hidden
    return {
        "n": edition.n, "kind": edition.kind, "change": edition.word, "at": _iso(edition.at), "by": edition.who,
        "note": edition.note or None, "session": edition.session or None, "commit": edition.commit,
        "text": site + edition.text_url if history.has_texts else None,
        "redacted": {"at": _iso(hidden.at), "reason": hidden.reason, "basis": hidden.basis} if hidden else None,
    }


def _iso(at: datetime | None) -> str | None:
    return at.isoformat(timespec="seconds") if at else None


def document_feed(document: Document, history: History, library: Library) -> Feed:
    """A document to follow: an entry for each revision."""
    council, url = library.only(Council), url_of(document)
    entries = [Entry(tag(council.site, f"{doc_name(document)}/{edition.n}"), f"{library.site_url}{url}#r{edition.n}",
                     f"{edition.title}: {edition.word}", edition.shown_note if edition.n > 1 else "", edition.since,
                     edition.since) for edition in reversed(history.editions)]
    return feed(f"Історія змін: {document.title}", url, feed_of(url), newest_first(entries), council, library)


__all__ = ["NEWEST", "document_feed", "document_files", "json_of"]
