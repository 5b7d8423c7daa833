"""The index of legal bases: each law and each article of it with the decisions and orders that rest on it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import ClassVar

from plugins.records import Deferred, Group, Library, Link, PageModel, frozen
from plugins.records.components import excerpt
from plugins.records.lists import ListPlan, lists
from plugins.records.shelf import Seen
from plugins.ukrainian import counted

from .bases import Basis
from .legislation import Legislation, known_laws
from .pages import BASES, DECISIONS, DOCUMENTS
from .registers import BASIS_LIST

NOUN = ("документ", "документи", "документів")


@frozen
class LawRow:
    """A law in the index, with its articles; last, where the register knows it, its number and day with its text."""

    title: str
    url: str
    note: str
    articles: tuple[Link, ...]


@frozen(kw_only=True)
class BasesPage(PageModel):
    """All laws that acts rest on."""

    template: ClassVar[str] = "acts/bases.html"
    page_kind: ClassVar[str] = "section"

    lead: str
    laws: tuple[LawRow, ...]


def bases(library: Library) -> Iterator[PageModel | Deferred | Group]:
    """The index, a register of each law and of each article."""
    laws: dict[str, dict[str, list[Seen]]] = {}
    for item in library.views(BASIS_LIST):
        for basis in _read(item) if item.mark else ():
            own = laws.setdefault(basis.law, {})
            for article in {"", basis.article}:
                listed = own.setdefault(article, [])
                if not listed or listed[-1] is not item:
                    listed.append(item)
    if not laws:
        return
    known = library.once(known_laws)
    ordered = sorted(laws, key=lambda law: (-len(laws[law][""]), law))
    rows = tuple(_row(law, laws[law], known.get(law)) for law in ordered)
    lead = "Закони, кодекси та інші акти держави, на які спираються рішення й розпорядження громади, зі статтями."
    yield Deferred(BASES.url, rows, lambda: BasesPage(
        url=BASES.url, title=BASES.title, description=lead, lead=lead, crumbs=(DOCUMENTS, DECISIONS), menu="documents",
        laws=rows), BASES.title)
    for law, articles in sorted(laws.items()):
        for article in sorted(articles, key=_order):
            yield from lists(_plan(law, article, known.get(law)), library, articles[article])


def _read(item: Seen) -> Sequence[Basis]:
    told = item.axes[0]
    return [Basis(*line.split("\t")) for line in told[1].split("\n")] if told else ()


def _order(article: str) -> tuple[int, str]:
    number = re.match(r"[0-9]+", article)
    return int(number[0]) if number else 0, article


def _url(law: str, article: str = "") -> str:
    return BASES.url + Basis(law, article).path


def _row(law: str, articles: dict[str, list[Seen]], norm: Legislation | None) -> LawRow:
    links = [Link(f"стаття\u00a0{article} — {len(articles[article])}", _url(law, article))
             for article in sorted(articles, key=_order) if article]
    links += [Link(norm.identity, norm.source_url)] if norm else []
    return LawRow(law, _url(law), counted(len(articles[""]), *NOUN), tuple(links))


def _plan(law: str, article: str, norm: Legislation | None) -> ListPlan:
    title = Basis(law, article).name
    identity = f" ({norm.identity})" if norm and not article else ""
    crumbs = (DOCUMENTS, DECISIONS, BASES, *((Link(law, _url(law)),) if article else ()))
    return ListPlan(
        url=_url(law, article), title=title, noun=NOUN, menu="documents", view=BASIS_LIST, crumbs=crumbs,
        is_register=True, has_years=False, description=_description(law, article),
        lead=f"Документи громади, що спираються на {_what(article)}{identity}.")


def _description(law: str, article: str) -> str:
    """Names of laws may be long: the article stands before, and is never cut."""
    about = f"Рішення й розпорядження, що спираються на статтю\u00a0{article}" if article else (
        "Рішення й розпорядження, що спираються на цей акт")
    return excerpt(f"{about}: {law}", 190)


def _what(article: str) -> str:
    return "цю статтю" if article else "цей акт"
