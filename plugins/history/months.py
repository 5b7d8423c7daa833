"""Зміни: everything that was changed, taken down or brought back after it was public, month by month.

A view for each kind of records keeps the digest of its changes and where they stand in time; out of these the months
are cut without opening a record, and an edit makes one month again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import partial
from typing import Any, ClassVar, NamedTuple

from plugins.people.model import Council
from plugins.records import (
    REGISTRY,
    Axis,
    Box,
    Document,
    Group,
    Library,
    Link,
    OutputFile,
    PageModel,
    Seen,
    View,
    frozen,
)
from plugins.records.components import LinkGroup, NotedLink, Row, Status
from plugins.records.faces import digest
from plugins.records.feeds import NEWEST, atom, feed, feed_of, tag
from plugins.records.feeds import Entry as FeedEntry
from plugins.records.lists import ListPlan, Rows, lists
from plugins.ukrainian import in_kyiv, moment, month_year

from .editions import NO_NOTE, history_of, url_of
from .model import CHANGES, changes_of

TRANSPARENCY = Link("Прозорість", "/prozorist/")
NOUN = ("зміна", "зміни", "змін")
PAGE_SIZE = 60
STATES = {"amend": "open", "move": "ended", "withdraw": "stopped", "restore": "done", "redact": "stopped"}
LEAD = "Що змінили, зняли чи повернули після оприлюднення: коли, хто й чому. Нового тут немає, лише зміни."


@frozen
class Line:
    """A change in lists and in the feed."""

    key: str
    """`draft/2026/412-p#3`, of a redaction `…#3-redact`."""
    kind: str
    at: datetime
    word: str
    title: str
    label: str
    url: str
    who: str
    note: str


class Change(NamedTuple):
    """A change as lists know it: its key, when (ISO, Kyiv), the digest of its line."""

    key: str
    at: str
    mark: str

    @property
    def month(self) -> str:
        """«2026-11»."""
        return self.at[:7]


def lines_of(document: Document, library: Library) -> tuple[Line, ...]:
    """The changes of a document, the oldest first."""
    if not document.url:
        return ()
    found: list[Line] = []
    url, name, title = url_of(document), f"{document.kind}/{document.key}", document.card(library).title
    for edition in history_of(document, library).editions:
        address = f"{url}#r{edition.n}"
        if edition.n > 1:
            note = f"{edition.shown_note}{f' Підстава: {edition.basis}' if edition.basis else ''}"
            found.append(Line(f"{name}#{edition.n}", edition.kind, edition.since, edition.word, title,
                              document.label, address, edition.who, note))
        if hidden := edition.hidden:
            found.append(Line(f"{name}#{edition.n}-redact", "redact", hidden.at, "вилучено текст редакції",
                              title, document.label, address, "", f"{hidden.reason} Підстава: {hidden.basis}"))
    return tuple(found)


def _packed(document: Document, library: Library) -> tuple[str, str] | None:
    words = ";".join(f"{line.key.rpartition('#')[2]}|{in_kyiv(line.at).isoformat()}|{digest(repr(line))}"
                     for line in lines_of(document, library))
    return (words, "") if words else None


def _has_changes(document: Document, library: Library) -> bool:
    return bool(lines_of(document, library))


def views() -> tuple[View, ...]:
    """A view for each kind of documents that a room above has announced."""
    return tuple(View(changes_of(model.kind), model, lines_of, (Axis("", _packed),), _has_changes)
                 for model in REGISTRY.models if issubclass(model, Document))


def changes(library: Library) -> Sequence[Change]:
    """All changes, the newest first."""
    return library.once(_changes)


def _changes(library: Library) -> Sequence[Change]:
    found: list[Change] = []
    for name, view in library.registry.views.items():
        if name == changes_of(view.model.kind):
            for seen in library.views(view):
                if seen.mark and seen.axes[0]:
                    found += _unpacked(f"{view.model.kind}/{seen.key}", seen.axes[0][0])
    return sorted(found, key=lambda change: (change.at, change.key), reverse=True)


def _unpacked(name: str, words: str) -> Iterator[Change]:
    for item in words.split(";"):
        number, at, mark = item.split("|")
        yield Change(f"{name}#{number}", at, mark)


def line_at(key: str, library: Library) -> Line:
    """The line of a change."""
    kind, _, rest = key.partition("/")
    view = library.registry.views[changes_of(kind)]
    line: Line = next(line for line in library.row(view, rest.rpartition("#")[0]) if line.key == key)
    return line


def row_at(key: str, library: Library) -> Row:
    """The row of a change in the list of its month."""
    line = line_at(key, library)
    is_explained = line.note != NO_NOTE  # else a word among others: it is never hidden, and says nothing worth a line
    facts = (moment(line.at), line.label.lower(), line.who, "" if is_explained else NO_NOTE)
    return Row(line.title, line.url, tuple(filter(None, facts)), Status(line.word, STATES[line.kind]),
               line.note if is_explained else "")


def changed_at(key: str, library: Library) -> datetime:
    """When a change was made."""
    return line_at(key, library).at


# --------------------------------------------------------------------------- pages

@frozen(kw_only=True)
class ChangesPage(PageModel):
    """The first page: all months that have changes, by year."""

    template: ClassVar[str] = "history/changes.html"
    page_kind: ClassVar[str] = "changes"

    lead: str
    years: tuple[LinkGroup, ...]


def pages(library: Library) -> Iterator[Group | PageModel]:
    """The first page and a list for each month; nothing where nothing was changed."""
    found = changes(library)
    if not found:
        return
    months = sorted({change.month for change in found}, reverse=True)
    yield ChangesPage(url=CHANGES.url, title=CHANGES.title, description=f"Зміни після оприлюднення. {LEAD}",
                      crumbs=(TRANSPARENCY,), lead=LEAD, feeds=(_feed_link(),), years=_by_year(months))
    view = View("changes", Document, lambda record, library: None)
    for month in months:
        title = f"Зміни: {_month_words(month)}"
        plan = ListPlan(
            url=_url_of(month), title=title, description="Що змінено, знято чи повернуто після оприлюднення.",
            noun=NOUN, view=view, menu="", crumbs=(TRANSPARENCY, CHANGES), size=PAGE_SIZE, has_years=False,
            feeds=(_feed_link(),), rows=Rows(row_at, changed_at))
        yield from lists(plan, library, [Seen(change.key, int(month[:4]), (), change.mark)
                                         for change in found if change.month == month])


def _feed_link() -> Link:
    return Link("Зміни: стрічка", feed_of(CHANGES.url))


def _url_of(month: str) -> str:
    return f"{CHANGES.url}{month}/"


def _month_words(month: str) -> str:
    return month_year(datetime.fromisoformat(f"{month}-01"))


def _by_year(months: Sequence[str]) -> tuple[LinkGroup, ...]:
    years = dict.fromkeys(month[:4] for month in months)
    return tuple(LinkGroup(f"{year} рік", tuple(
        Link(_month_words(month).partition(" ")[0].capitalize(), _url_of(month))
        for month in months if month[:4] == year)) for year in years)


def box(council: Council, library: Library) -> Box | None:
    """The way to the changes from the first page of the section «Прозорість»."""
    if not changes(library):
        return None
    return Box("", (NotedLink(CHANGES.title, CHANGES.url, "що змінили, зняли чи повернули: коли, хто й чому"),))


# --------------------------------------------------------------------------- the feed

def files(site: Any) -> Iterator[OutputFile]:
    """The feed of what was changed last."""
    library: Library = site.library
    newest = [line_at(change.key, library) for change in changes(library)[:NEWEST]]
    if newest:
        council = library.only(Council)
        made = feed(CHANGES.title, CHANGES.url, feed_of(CHANGES.url),
                    [_entry(line, council, library) for line in newest], council, library)
        yield OutputFile(feed_of(CHANGES.url).lstrip("/"), made, partial(atom, made))


def _entry(line: Line, council: Council, library: Library) -> FeedEntry:
    return FeedEntry(tag(council.site, f"zminy/{line.key}"), library.site_url + line.url,
                     f"{line.word.capitalize()}: {line.title}", line.note, line.at, line.at, (line.label,))
