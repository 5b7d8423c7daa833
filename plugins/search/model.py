"""What the search index knows of a page, and how a page model becomes that."""

from __future__ import annotations

import hashlib
from dataclasses import field
from datetime import date
from typing import Any

from plugins.pages.model import ProsePage
from plugins.records import Library, PageModel, Record, frozen
from plugins.records.components import Status, status_of
from plugins.ukrainian import NBSP, day, typeset
from plugins.votes.model import VoteEvent

GROUPS = {
    "draft": "Проєкти", "meeting": "Засідання", "vote_event": "Голосування", "news": "Новини", "report": "Звіти",
    "greeting": "Вітання", "event": "Події", "weekly_plan": "Події", "person": "Люди",
    "organization": "Органи й підрозділи", "topic": "Теми", "help": "Довідка редактора",
}
"""Kind of record → the part of the site a reader narrows the results to; other kinds go by their own name."""
NUMBERED = ("act", "draft")
TYPED = ("act", "meeting", "news", "report", "organization")
"""Kinds whose type says more than the kind does: «Розпорядження», «Погоджувальна рада», «Оголошення»."""
SECTIONS = {"services": "Послуги", "meetings": "Засідання", "safety": "Безпека", "news": "Новини"}
"""Part of the menu → the same for pages that are no record of a kind of their own."""


@frozen
class Entry:
    """A page in the index. Its `repr` holds the digest of the text instead of the text: that decides what is stale."""

    path: str
    """The file below the output folder; the engine makes the address of it."""
    lang: str
    title: str
    kind: str
    """«Рішення № 842-25/8», above the title of a result."""
    group: str
    """«Рішення»: results are narrowed by it."""
    year: str
    """Of the document's own day; empty for pages without one."""
    moment: str
    """ISO date or moment to sort by; `0` for pages without one."""
    date: str
    """The same in words for the reader, or empty."""
    status: Status | None
    text: str = field(repr=False)
    """HTML or plain text."""
    digest: str


def entry(page: PageModel, library: Library) -> Entry | None:
    """One page as the index sees it; None for a page without a text to search in."""
    if not page.search_text or not page.is_indexed:
        return None
    card = page.card
    record = library.find(card.kind, card.key) if card else None
    at = (card.date if card else None) or page.updated_at
    is_dated = record is not None and record.is_dated
    kind, group = named(page, record)
    return Entry(
        path=page.path, lang=page.lang, title=typeset(page.title) if page.lang == "uk" else page.title,
        kind=kind, group=group,
        year=str(at.year) if at and is_dated else "", moment=at.isoformat() if at else "0",
        date=date_words(at, page.lang, is_dated) if at else "",
        status=status_of(card.status) if card and page.lang == "uk" else None, text=page.search_text,
        digest=hashlib.blake2b(page.search_text.encode(), digest_size=16).hexdigest())


def named(page: PageModel, record: Record | None) -> tuple[str, str]:
    """What a result is, and the part of the site it belongs to: («Проєкт № 412-П», «Проєкти»)."""
    if page.lang != "uk":
        return ("News", "News") if page.card and page.card.kind == "news" else ("Page", "Pages")
    if record is None or type(record) is ProsePage:
        section = SECTIONS.get(page.menu)
        return (section, section) if section else ("Сторінка", "Сторінки")
    kind: Any = record.label
    if record.kind in TYPED:
        kind = getattr(record, "type").label  # noqa: B009 - the rooms of these kinds all have it
    elif isinstance(record, VoteEvent) and record.is_secret:
        kind = "Таємне голосування"
    group = GROUPS.get(record.kind) or kind
    if record.kind in NUMBERED and page.card and page.card.number:
        kind = f"{kind} №{NBSP}{page.card.number}"
    return kind[:1].upper() + kind[1:], group


def date_words(at: date, lang: str, is_dated: bool) -> str:
    """«23 грудня 2025 року»; of a page that is no dated document: when it last changed."""
    if lang == "uk":
        return day(at) if is_dated else f"оновлено {day(at)}"
    from babel.dates import format_date  # slow to import, and only English pages ask for it

    words = str(format_date(at, "d MMMM y", locale="en_GB"))
    return words if is_dated else f"updated {words}"
