"""Вилучені тексти: revisions whose text the site no longer shows, each with its reason and its legal basis.

A redaction is declared in public (`data/redactions.yml`), so that what is hidden is never hidden quietly: the timeline
keeps the revision, and says in its place why it cannot be read.
"""

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import ClassVar

from pydantic import Field

from plugins.records import Document, Library, Line, Lines, Moment, Problem, Record, Weight, Whole, code

from .steps import doc_name, steps_of

REDACTION = code("REDACTION", "Вилучення називає документ (тека виду/рік/ідентифікатор) і номер його редакції.",
                 "doc: /proiekty/2026/412-p/\nrevision: 9", "doc: drafts/2026/412-p\nrevision: 2")


def names_a_revision(redaction: "Redaction", library: Library) -> Iterator[Problem]:
    """Документ і його редакція мають бути."""
    document = document_named(redaction.doc, library)
    if document is None:
        yield Problem("doc", f"документа «{redaction.doc}» немає. Треба, як у теці content: drafts/2026/412-p.",
                      REDACTION)
        return
    count = len(steps_of(document, library))
    if redaction.revision < 1 or (count and redaction.revision > count):
        yield Problem("revision", f"редакції {redaction.revision} немає: їх {count}. Перевірте номер на сторінці "
                      "історії змін.", REDACTION)
    elif redaction.revision == count and not document.withdrawn:
        # What is not committed yet may have mended it.
        yield Problem("revision", "це остання редакція: її текст стоїть на сторінці документа. Виправте й сам документ "
                      "або зніміть його.", REDACTION, Weight.REMARK)


class Redaction(Record):
    """Вилучення тексту однієї редакції з сайту."""

    kind: ClassVar[str] = "redaction"
    label: ClassVar[str] = "Вилучення тексту"
    place: ClassVar[str] = "data/redactions.yml"
    is_dated: ClassVar[bool] = False
    links = (names_a_revision,)

    id: Line = Field("", title="Ідентифікатор", description="Не потрібен: документ і номер редакції кажуть усе.")
    doc: Line = Field(title="Документ", description="Тека виду, рік, ідентифікатор: drafts/2026/412-p.")
    revision: Whole = Field(title="Редакція", description="Її номер на сторінці історії змін.")
    at: Moment = Field(title="Коли", description="Коли текст вилучено з сайту.")
    reason: Lines = Field(title="Причина", description="Одне речення для читача, без самих вилучених відомостей.",
                          min_length=1)
    basis: Lines = Field(title="Підстава", description="Норма права або рішення.", min_length=1)

    @cached_property
    def key(self) -> str:
        return f"{self.doc}#{self.revision}"


def redactions_of(document: Document, library: Library) -> Mapping[int, Redaction]:
    """By the number of a revision the declaration that its text is not shown."""
    return library.once(_by_document).get(doc_name(document), {})


def _by_document(library: Library) -> dict[str, dict[int, Redaction]]:
    found: dict[str, dict[int, Redaction]] = {}
    for redaction in library.of(Redaction):
        found.setdefault(redaction.doc, {})[redaction.revision] = redaction
    return found


def document_named(name: str, library: Library) -> Document | None:
    """The document of a name as the log has it."""
    folder, _, key = name.partition("/")
    for model in library.registry.models:
        if issubclass(model, Document) and model.place == f"content/{folder}":
            found = library.find(model.kind, key)
            return found if isinstance(found, Document) else None
    return None
