"""Papers of acts and drafts: the act on the form; the draft also for Word, its note and its table of changes.

Each comes as what the page offers (`File`) with what makes it (`OutputFile`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from plugins.documents.model import (
    NOT_AN_ORIGINAL,
    Flow,
    OnForm,
    PrintModel,
    brand_of,
    breakable,
    flow,
    form_of,
    on_paper,
    origin_of,
    printed,
    site_of,
    word_file,
)
from plugins.records import Library, OutputFile, frozen
from plugins.records.components import File
from plugins.ukrainian import NBSP, day, for_print
from plugins.ukrainian.differences import GONE, NEW, Piece

from .form import act_sheet, draft_sheet, has_sheet, name_genitive, people_of
from .model import Act, ActType, DraftAct, DraftStatus

if TYPE_CHECKING:
    from .draft_pages import Comparison

Paper = tuple[File, OutputFile]
MARKS = {GONE: "del", NEW: "ins"}


@frozen(kw_only=True)
class NotePaper(OnForm):
    """The explanatory note of a draft."""

    template: ClassVar[str] = "note.typ"

    heading: str
    about: tuple[str, ...]
    subject: str
    text: Flow
    people: tuple[tuple[str, str], ...]


@frozen
class ChangedRow:
    """A row of the table of changes: words with their marks (`del`, `ins`)."""

    point: str
    before: tuple[Any, ...]
    after: tuple[Any, ...]


@frozen
class ChangesTable:
    """What a draft changes in one act."""

    caption: str
    rows: tuple[ChangedRow, ...]


@frozen(kw_only=True)
class ComparisonPaper(OnForm):
    """The table of changes of a draft, on sheets that lie on their side."""

    template: ClassVar[str] = "comparison.typ"

    heading: str
    about: tuple[str, ...]
    subject: str
    tables: tuple[ChangesTable, ...]


def act_papers(act: Act, library: Library) -> Iterator[Paper]:
    """The act on the form."""
    if has_sheet(act, library):
        stem, title = (("rozporiadzhennia", "Розпорядження") if act.type is ActType.ORDER else ("rishennia", "Рішення"))
        yield _pdf(act.url, stem, f"{title} на бланку", act_sheet(act, library))


def draft_papers(draft: DraftAct, status: DraftStatus, comparisons: Sequence[Comparison],
                 library: Library) -> Iterator[Paper]:
    """The draft on the form and for Word, its note, its table of changes."""
    if not has_sheet(draft, library):
        return
    sheet = draft_sheet(draft, status, library)
    yield _pdf(draft.url, "proiekt", "Проєкт на бланку", sheet)
    yield (File("DOCX", "Проєкт для зауважень", f"{draft.url}proiekt.docx", "для текстового редактора"),
           word_file(f"{draft.url}proiekt.docx", sheet))
    if draft.explanatory_note.strip():
        yield _pdf(draft.url, "poiasniuvalna-zapyska", "Пояснювальна записка", note_paper(draft, library))
    if comparisons:
        yield _pdf(draft.url, "porivnialna-tablytsia", "Порівняльна таблиця",
                   comparison_paper(draft, comparisons, library))


def _pdf(url: str, stem: str, title: str, model: PrintModel) -> Paper:
    return (File("PDF", title, f"{url}{stem}.pdf", "доступний для читання з екрана"),
            printed(f"{url}{stem}.pdf", model))


def note_paper(draft: DraftAct, library: Library) -> NotePaper:
    """The explanatory note with what it belongs to and who answers for it."""
    address = f"{site_of(library)}{draft.url}"
    return NotePaper(
        title=f"Пояснювальна записка {name_genitive(draft, library)} №{NBSP}{draft.number}",
        heading="ПОЯСНЮВАЛЬНА ЗАПИСКА", text=flow(draft.html("explanatory_note"), address),
        people=tuple(people_of(draft, library)), **_shared(draft, "explanatory_note", library))


def comparison_paper(draft: DraftAct, comparisons: Sequence[Comparison], library: Library) -> ComparisonPaper:
    """The table of changes as the page shows it: words that go are struck out, new ones underlined."""
    tables = tuple(ChangesTable(on_paper(item.caption), tuple(
        ChangedRow(row.point, _words(row.before), _words(row.after)) for row in item.rows)) for item in comparisons)
    return ComparisonPaper(
        title=f"Порівняльна таблиця {name_genitive(draft, library)} №{NBSP}{draft.number}",
        heading="ПОРІВНЯЛЬНА ТАБЛИЦЯ", tables=tables, **_shared(draft, "comparison", library))


def _shared(draft: DraftAct, field: str, library: Library) -> dict[str, Any]:
    about = (name_genitive(draft, library), f"№{NBSP}{draft.number} від {day(draft.registered_on)}")
    return {"brand": brand_of(library), "on": draft.day, "lang": draft.lang, "form": form_of(library), "about": about,
            "subject": on_paper(draft.title), "origin": origin_of(draft, "title", field),
            "last_words": (NOT_AN_ORIGINAL, f"{site_of(library)}{draft.url}")}


def _words(pieces: Sequence[Piece]) -> tuple[Any, ...]:
    return tuple({"mark": MARKS[piece.kind], "content": [words]} if piece.kind in MARKS else words
                 for piece in pieces if (words := breakable(for_print(piece.text))))
