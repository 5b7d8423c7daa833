"""The history of a document → its pages: the timeline, the full text of each revision; the passport beside a record."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import ClassVar

from plugins.records import Box, Deferred, Document, Library, Link, OutputFile, PageModel, Record, frozen
from plugins.records.components import Notice, Tombstone, tombstone_of
from plugins.records.data_links import DataLink, data_box, feed_link
from plugins.records.feeds import feed_of
from plugins.ukrainian import moment

from .comparing import Differences, first_of
from .editions import (
    Edition,
    History,
    changed_words,
    differences_of,
    first_words,
    history_of,
    last_words,
    namer,
    said_in,
    url_of,
)
from .model import HOW_TO_VERIFY, Grade, log_of
from .redactions import redactions_of
from .steps import doc_name, steps_of
from .texts import FullText, Passage, full_text, passages_of
from .write import document_files, is_followed, json_of

ROWS, SIGNS = 30, 12_000
"""How much of a revision's differences the timeline shows; its own page shows more."""
SHOWN = 20
"""Revisions whose differences stand on the timeline; those of older ones are on their own pages."""
CHECK = "perevirka"


@frozen
class Proof:
    """The only revision of a document, and how to check it."""

    edition: Edition
    source_url: str
    """Of the commit at the forge; empty without one, and where the text is shown no more."""
    grade: Grade
    doubt: str
    """Why a claimed day does not count; empty where it does."""
    doc: str
    """How the log calls the document."""
    how_url: str
    """Of the page that tells how to check; empty where no log is kept."""


@frozen
class Passport:
    """What a record's page says of its publications: one sentence, ways to check.

    `proof` is all that is known of a document's only revision; of a document with a page of its own for its history it
    stands there. The record's own room adds facts by the slot "passport".
    """

    sentence: str
    links: tuple[Link, ...]
    proof: Proof | None = None


@frozen
class Entry:
    """A revision on the timeline; `differences` is None where they are not shown."""

    edition: Edition
    differences: Differences | None


@frozen(kw_only=True)
class TimelinePage(PageModel):
    """All revisions of a document, the newest first."""

    template: ClassVar[str] = "history/timeline.html"
    page_kind: ClassVar[str] = "history"

    document: Link
    lead: str
    grades: tuple[Grade, ...]
    """Of the evidence that the page names, the strongest first."""
    doubt: str
    """Why a claimed day does not count; empty where it does."""
    tombstone: Tombstone | None
    entries: tuple[Entry, ...]
    json_url: str
    commit: str
    """Of the last revision."""
    doc: str
    """How the log calls the document."""
    how_url: str
    """Of the page that tells how to check; empty where no log is kept."""


@frozen(kw_only=True)
class EditionPage(PageModel):
    """A revision: what it changed, its whole text."""

    template: ClassVar[str] = "history/edition.html"
    page_kind: ClassVar[str] = "edition"

    document: Link
    history: Link
    edition: Edition
    notice: Notice
    differences: Differences | None
    fields: tuple[tuple[str, tuple[str, ...]], ...]
    texts: tuple[Passage, ...]
    files: tuple[tuple[str, str], ...]
    older: Link | None
    newer: Link | None


def pages_of(record: Record, library: Library) -> Iterator[PageModel | Deferred | OutputFile]:
    """The history of a document and what lies beside it; nothing where git tells nothing that can be believed."""
    if not isinstance(record, Document) or not record.url:
        return
    history = history_of(record, library)
    yield from document_files(record, history, library)
    if not history.has_page:
        return
    differences: dict[int, Differences] = {}
    texts: dict[int, FullText] = {}
    if not record.withdrawn:
        said = said_in(record, steps_of(record, library), redactions_of(record, library), library)
        differences = differences_of(record, said, library)
        texts = {n: full_text(type(record), content, namer(library), library.now) for n, content in said.items()}
    title = record.card(library).title
    how_url = HOW_TO_VERIFY if log_of(library) else ""
    yield _timeline(record, title, history, differences, how_url)
    for edition in history.editions:
        yield _deferred(edition, history, record, title, differences.get(edition.n), texts.get(edition.n))


def _timeline(document: Document, title: str, history: History, differences: dict[int, Differences],
              how_url: str) -> TimelinePage:
    newest = tuple(reversed(history.editions))
    url = url_of(document)
    return TimelinePage(
        url=url, title=f"Історія змін: {title}", head_title=f"Історія змін: {title} ({_name(document)})",
        description=f"Коли оприлюднено й що змінено в документі {document.url}: редакції, пояснення, порівняння.",
        crumbs=(Link(title, document.url),), menu="", updated_at=newest[0].since,
        boxes=_data(document), document=Link(title, document.url),
        lead=_sentence(history), grades=_grades(history), doubt=_doubt(history),
        tombstone=tombstone_of(document), json_url=json_of(document),
        commit=history.editions[-1].commit,
        doc=doc_name(document), how_url=how_url, entries=tuple(
            Entry(edition, first_of(differences[edition.n], ROWS, SIGNS)
                  if place < SHOWN and edition.n in differences else None)
            for place, edition in enumerate(newest)))


def _grades(history: History) -> tuple[Grade, ...]:
    named = {history.grade, *(edition.grade for edition in history.editions if edition.at)}
    return tuple(grade for grade in Grade if grade in named)


def _name(document: Document) -> str:
    """«проєкт 2026/412-p»: titles are not each document's own."""
    return f"{document.label.lower()} {document.key}"


def _data(document: Document) -> dict[str, tuple[Box, ...]]:
    box = data_box((feed_link("Стрічка змін цього документа", feed_of(url_of(document))),
                    DataLink("Історія змін для програм", json_of(document), "JSON")))
    return {"data": (box,)} if box else {}


def _doubt(history: History) -> str:
    known = history.publication
    if known.is_backdated and known.claimed_at:
        return f"У документі зазначено давніший день: {moment(known.claimed_at)}. Його не підтверджує жоден доказ."
    return ""


def _deferred(edition: Edition, history: History, document: Document, title: str,
              differences: Differences | None, text: FullText | None) -> Deferred:
    """The page of a revision: it is another only if what is told of it, or of its neighbours, is."""
    is_last = edition.n == len(history.editions)
    inputs = (title, document.withdrawn, edition, is_last, differences, text)
    return Deferred(edition.text_url, inputs, partial(
        _edition_page, edition, is_last, document, title, differences, text), edition.title)


def _edition_page(edition: Edition, is_last: bool, document: Document, title: str,
                  differences: Differences | None, text: FullText | None) -> EditionPage:
    url = url_of(document)
    when = moment(edition.at) if edition.at else "час невідомий"
    return EditionPage(
        url=edition.text_url, title=f"{edition.title} від {when}" if edition.at else edition.title,
        head_title=f"{edition.title}: {title} ({_name(document)})",
        description=f"{edition.title} документа {document.url} ({when}): що змінено й повний текст.",
        crumbs=(Link(title, document.url), Link("Історія змін", url)), menu="", updated_at=edition.since,
        is_indexed=False, document=Link(title, document.url), history=Link("Історія змін", url),
        edition=edition, notice=_notice(edition, is_last, document), differences=differences,
        fields=text.fields if text else (), texts=passages_of(text) if text else (), files=text.files if text else (),
        older=_neighbour("Попередня", edition.n - 1, url) if edition.n > 1 else None,
        newer=None if is_last else _neighbour("Наступна", edition.n + 1, url))


def _neighbour(word: str, number: int, url: str) -> Link:
    return Link(f"{word}: редакція {number}", f"{url}{number}/")


def _notice(edition: Edition, is_last: bool, document: Document) -> Notice:
    if edition.hidden:
        return Notice("danger", f"Текст цієї редакції вилучено {moment(edition.hidden.at)}",
                      f"{edition.hidden.reason} Підстава: {edition.hidden.basis}")
    if document.withdrawn:
        return Notice("danger", f"Документ знято з оприлюднення {moment(document.withdrawn.at)}",
                      f"{document.withdrawn.reason} Підстава: {document.withdrawn.basis} "
                      "Текстів редакцій не показуємо.")
    if is_last:
        return Notice("info", "Це остання редакція", "Такий текст стоїть на сторінці документа.",
                      Link("Сторінка документа", document.url))
    return Notice("info", "Це не остання редакція", "Потім документ змінювали; тут текст, яким він був тоді.",
                  Link("Сторінка документа", document.url))


# --------------------------------------------------------------------------- beside a record

def passport_box(record: Record, library: Library) -> Box | None:
    """When a document was first public, how that is known, how often it was changed."""
    if not isinstance(record, Document) or not record.url:
        return None
    history = history_of(record, library)
    return Box("history/passport.html", Passport(
        _sentence(history), tuple(_ways_on(record, history)), _proof(record, history, library)))


def _ways_on(document: Document, history: History) -> Iterator[Link]:
    url = url_of(document)
    if history.has_page:
        yield Link("Історія змін", url)
        yield Link("Перевірити", f"{url}#{CHECK}")
    elif is_followed(document, history):
        yield Link("Стежити за змінами", feed_of(url))


def _proof(document: Document, history: History, library: Library) -> Proof | None:
    if history.has_page or not history.editions:
        return None
    edition, how_url = history.editions[0], HOW_TO_VERIFY if log_of(library) else ""
    source_url = "" if document.withdrawn else edition.source_url
    return Proof(edition, source_url, history.grade, _doubt(history), doc_name(document), how_url)


def _sentence(history: History) -> str:
    words = [first_words(history), changed_words(history) or f"історії змін немає: {history.reason}",
             last_words(history)]
    return " · ".join(filter(None, words)) + "."
