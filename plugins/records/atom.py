"""Feeds to follow (Atom, RFC 4287): rooms give entries with their own clocks, this makes the bytes."""

from __future__ import annotations

from datetime import datetime
from xml.etree import ElementTree

from .frozen import frozen
from .markdown import plain

ATOM = "http://www.w3.org/2005/Atom"


@frozen
class Entry:
    """One record in a feed; addresses are whole."""

    id: str
    url: str
    title: str
    summary: str
    published: datetime | None
    updated: datetime
    topics: tuple[str, ...]
    lang: str


@frozen
class Feed:
    """One feed; addresses are whole."""

    id: str
    url: str
    page_url: str
    title: str
    author: str
    entries: tuple[Entry, ...]
    updated: datetime


def atom(feed: Feed) -> bytes:
    """A feed as XML."""
    ElementTree.register_namespace("", ATOM)
    root = ElementTree.Element(_name("feed"), {"xml:lang": "uk"})
    _text(root, "id", feed.id)
    _text(root, "title", feed.title)
    _text(root, "updated", _moment(feed.updated))
    _link(root, "self", feed.url, "application/atom+xml")
    _link(root, "alternate", feed.page_url, "text/html")
    _text(ElementTree.SubElement(root, _name("author")), "name", feed.author)
    for entry in feed.entries:
        item = ElementTree.SubElement(root, _name("entry"), {} if entry.lang == "uk" else {"xml:lang": entry.lang})
        _text(item, "id", entry.id)
        _text(item, "title", entry.title)
        _link(item, "alternate", entry.url, "text/html")
        if entry.published:
            _text(item, "published", _moment(entry.published))
        _text(item, "updated", _moment(entry.updated))
        for topic in entry.topics:
            ElementTree.SubElement(item, _name("category"), {"term": topic})
        if entry.summary:
            _text(item, "summary", plain(entry.summary) if "<" in entry.summary else entry.summary)
    return to_bytes(root)


def to_bytes(root: ElementTree.Element) -> bytes:
    """An XML file: declaration, indented, a line break at the end."""
    ElementTree.indent(root, " ")
    text: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return text + b"\n"


def _name(tag: str) -> str:
    return f"{{{ATOM}}}{tag}"


def _text(parent: ElementTree.Element, tag: str, text: str) -> None:
    ElementTree.SubElement(parent, _name(tag)).text = text


def _link(parent: ElementTree.Element, rel: str, url: str, kind: str) -> None:
    ElementTree.SubElement(parent, _name("link"), {"rel": rel, "type": kind, "href": url})


def _moment(at: datetime) -> str:
    return at.isoformat(timespec="seconds")
