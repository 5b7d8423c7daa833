"""Prose pages → page models: text, contents, twins in other languages; the list of the editors' help."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import ClassVar

from markupsafe import Markup

from plugins.media.model import photo_of
from plugins.records import Library, Link, PageModel, frozen, plain
from plugins.records.components import File, Photo, Row, Tombstone, excerpt, files_of, tombstone_of

from .model import HelpPage, MenuSection, ProsePage

HELP = Link("Довідка редактора", "/dopomoha/")
CHAPTER = re.compile(r'<h2 id="([^"]+)">(.*?)</h2>', re.S)
SECTIONS = {
    MenuSection.SERVICES: "/posluhy/", MenuSection.DOCUMENTS: "/dokumenty/", MenuSection.MEETINGS: "/zasidannia/",
    MenuSection.AUTHORITY: "/vlada/", MenuSection.PARTICIPATION: "/uchast/", MenuSection.COMMUNITY: "/hromada/",
    MenuSection.SAFETY: "/bezpeka/",
}
"""Where each part of the menu begins."""


@frozen(kw_only=True)
class TextPage(PageModel):
    """One prose page."""

    template: ClassVar[str] = "pages/page.html"
    page_kind: ClassVar[str] = "page"

    lead: str
    photo: Photo | None
    chapters: tuple[Link, ...]
    text: Markup
    files: tuple[File, ...]
    twins: tuple[Link, ...]
    """The same page in other languages."""
    tombstone: Tombstone | None


@frozen(kw_only=True)
class HelpListPage(PageModel):
    """The editors' help: where to begin."""

    template: ClassVar[str] = "pages/help.html"
    page_kind: ClassVar[str] = "section"

    rows: tuple[Row, ...]
    reference: tuple[Link, ...]


def page(record: ProsePage, library: Library) -> Iterator[PageModel]:
    """The page of a record."""
    text = record.html("text")
    twins = _twins(record, library)
    yield TextPage(
        url=record.url, title=record.title, lang=record.lang,
        description=record.summary or excerpt(text, 160) or record.title,
        crumbs=_crumbs(record), menu=record.menu.value if record.menu and record.lang == "uk" else "",
        updated_at=record.changed_at, card=record.card(library), search_text=str(text), lead=record.words("summary"),
        photo=photo_of(record, record.image, library),
        chapters=tuple(Link(plain(title), f"#{name}") for name, title in CHAPTER.findall(str(text))),
        text=text, files=files_of(record, library),
        translations=tuple((twin.lang, twin.url) for twin in twins),
        twins=tuple(Link(twin.title, twin.url) for twin in twins), tombstone=tombstone_of(record))


def _crumbs(record: ProsePage) -> tuple[Link, ...]:
    if isinstance(record, HelpPage):
        return (HELP,)
    if record.lang != "uk" or record.menu not in SECTIONS:
        return ()
    return (Link(record.menu.label, SECTIONS[record.menu]),) if record.menu else ()


def _twins(record: ProsePage, library: Library) -> tuple[ProsePage, ...]:
    """The same page in the other languages: both ways along `translation_of`."""
    if isinstance(record, HelpPage):
        return ()
    origin = library.get(ProsePage, record.translation_of) if record.translation_of else record
    if origin is None:
        return ()
    group = [origin, *library.relating(origin, "translations", ProsePage)]
    return tuple(item for item in group if item is not record)


def help_list(library: Library) -> Iterator[PageModel]:
    """`/dopomoha/`, where there is help."""
    items = sorted(library.of(HelpPage), key=lambda item: (item.order, item.id))
    if items:
        yield HelpListPage(
            url=HELP.url, title=HELP.title, description="Як додати новину, проєкт, рішення, засідання й голосування.",
            rows=tuple(Row(item.title, item.url, excerpt=item.summary) for item in items),
            reference=(Link("Що означають повідомлення про помилки", "/dopomoha/kody/"),
                       Link("Усі поля: новина", "/dopomoha/polia/news/")))
