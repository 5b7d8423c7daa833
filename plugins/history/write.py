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
from plugins.records.feeds import Entry, Feed, atom, feed, feed_of, newest_first, tag

from .editions import Edition, History, url_of
from .steps import doc_name

ENCODER = json.JSONEncoder(ensure_ascii=False, indent=1)


def json_of(document: Document) -> str:
    """The address of the history for programs."""
    return f"{url_of(document)}history.json"


def is_followed(document: Document, history: History) -> bool:
    """True where there is a feed to follow a document: it was changed, or is there to be changed."""
    return bool(history.editions) and (history.has_page or document.is_provisional)


def document_files(document: Document, history: History, library: Library) -> Iterator[OutputFile]:
    """`feed.xml` for who follows a document; `history.json` where it was changed.

    What a document of one revision could tell to programs the tables of open data tell of all of them at once.
    """
    if not is_followed(document, history):
        return
    title = document.card(library).title
    if history.has_page:
        facts = as_facts(document, title, history, library.site_url)
        yield OutputFile(json_of(document).lstrip("/"), facts, partial(as_json, facts))
    found = document_feed(document, title, history, library)
    yield OutputFile(feed_of(url_of(document)).lstrip("/"), found, partial(atom, found))


def as_json(facts: dict[str, Any]) -> bytes:
    """The facts as they are written."""
    return f"{ENCODER.encode(facts)}\n".encode()


def as_facts(document: Document, title: str, history: History, site: str) -> dict[str, Any]:
    """What the timeline tells, for programs; addresses are whole."""
    known = history.publication
    gone = document.withdrawn
    return {
        "doc": doc_name(document), "kind": document.kind, "title": title, "url": site + document.url,
        "history": site + url_of(document),
        "firstPublished": {"at": _iso(known.at), "grade": history.grade.value, "evidence": known.evidence.value,
                           "claimedAt": _iso(known.claimed_at), "isBackdated": known.is_backdated},
        "withdrawn": {"at": _iso(gone.at), "reason": gone.reason, "basis": gone.basis} if gone else None,
        "revisions": [_revision(edition, site) for edition in history.editions],
    }


def _revision(edition: Edition, site: str) -> dict[str, Any]:
    hidden = edition.hidden
    return {
        "n": edition.n, "kind": edition.kind, "change": edition.word, "at": _iso(edition.at),
        "grade": edition.grade.value, "by": edition.who,
        "note": edition.note or None, "session": edition.session or None, "commit": edition.commit,
        "text": site + edition.text_url,
        "redacted": {"at": _iso(hidden.at), "reason": hidden.reason, "basis": hidden.basis} if hidden else None,
    }


def _iso(at: datetime | None) -> str | None:
    return at.isoformat(timespec="seconds") if at else None


def document_feed(document: Document, title: str, history: History, library: Library) -> Feed:
    """A document to follow: an entry for each revision."""
    council, url, site = library.only(Council), url_of(document), library.site_url
    page_url = url if history.has_page else document.url
    entries = [Entry(tag(council.site, f"{doc_name(document)}/{edition.n}"),
                     f"{site}{url}#r{edition.n}" if history.has_page else site + page_url,
                     f"{edition.title}: {edition.word}", edition.shown_note if edition.n > 1 else "", edition.since,
                     edition.since) for edition in reversed(history.editions)]
    return feed(f"Історія змін: {title}", page_url, feed_of(url), newest_first(entries), council, library)
