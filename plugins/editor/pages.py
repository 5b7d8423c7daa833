"""The editors' reference: a page a kind with its fields, one page with all codes of problems."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import ClassVar

from plugins.records import CODES, Code, Library, Link, PageModel, Record, frozen

from .model import FieldHelp, all_models, fields_of
from .new import skeleton

HELP = Link("Довідка редактора", "/dopomoha/")


@frozen(kw_only=True)
class FieldsPage(PageModel):
    """Fields of one kind of records."""

    template: ClassVar[str] = "editor/fields.html"
    page_kind: ClassVar[str] = "page"

    label: str
    place: str
    fields: tuple[FieldHelp, ...]
    skeleton: str
    kinds: tuple[Link, ...]


@frozen(kw_only=True)
class CodesPage(PageModel):
    """All codes of problems."""

    template: ClassVar[str] = "editor/codes.html"
    page_kind: ClassVar[str] = "page"

    codes: tuple[Code, ...]


def reference(library: Library) -> Iterator[PageModel]:
    """The reference exists where there is help for editors."""
    if not library.exists("help"):
        return
    models = all_models()
    kinds = tuple(Link(f"{model.label} ({model.place})", _url(model)) for model in models)
    for model in models:
        yield FieldsPage(
            url=_url(model), title=f"Поля: {model.label.lower()}", crumbs=(HELP,),
            description=f"Усі поля виду «{model.label}»: що означають і що в них можна писати.",
            label=model.label, place=model.place, fields=fields_of(model),
            skeleton=_skeleton(model, library), kinds=kinds)
    yield CodesPage(
        url="/dopomoha/kody/", title="Що означають повідомлення про помилки", crumbs=(HELP,),
        description="Усі коди повідомлень перевірки з неправильним і правильним прикладами.",
        codes=tuple(CODES[name] for name in sorted(CODES)))


def _url(model: type[Record]) -> str:
    return f"/dopomoha/polia/{model.kind.replace('_', '-')}/"


def _skeleton(model: type[Record], library: Library) -> str:
    if not model.place.startswith("content/") or model.kind == "vote_event":
        return ""
    return skeleton(model, "Назва документа", date(library.now.year, 1, 15))  # not another page every day
