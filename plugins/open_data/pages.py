"""The hub of feeds and calendars, the catalogue of data sets, a page for each set."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import field
from functools import partial
from typing import Any, ClassVar

from plugins.events.model import Event
from plugins.meetings.model import Meeting, calendar_of, has_calendar
from plugins.people.model import Council, Organization
from plugins.places.model import ContactPlace
from plugins.records import Library, Link, PageModel, Seen, View, frozen
from plugins.records.components import Row as ListRow
from plugins.records.data_links import DataLink, calendar_link, feed_link
from plugins.records.feeds import feed_of
from plugins.ukrainian import counted

from . import body_feeds, formats
from .feeds import feed_links
from .tables import TABLES, Row, Table

CATALOGUE = Link("Відкриті дані", "/dani/")
HUB = "/stricky/"
OPML = Link("Усі стрічки одним файлом (OPML)", "/stricky/stricky.opml")
ROW_FORMS = ("рядок", "рядки", "рядків")


@frozen
class Channels:
    """How to follow one body."""

    title: str
    links: tuple[DataLink, ...]


@frozen(kw_only=True)
class FeedsPage(PageModel):
    """Feeds and calendars to follow the council by."""

    template: ClassVar[str] = "open_data/feeds.html"
    page_kind: ClassVar[str] = "feeds-hub"

    feed_list: tuple[Link, ...]
    calendars: tuple[DataLink, ...]
    bodies: tuple[Channels, ...]
    opml: Link


@frozen(kw_only=True)
class CataloguePage(PageModel):
    """All data sets."""

    template: ClassVar[str] = "open_data/catalogue.html"
    page_kind: ClassVar[str] = "data-catalogue"

    rows: tuple[ListRow, ...]
    licence: Link


@frozen
class DataColumn:
    """A column of a table on the page."""

    title: str
    is_number: bool = False


@frozen
class DataTable:
    """A table as the component prints it."""

    caption: str
    columns: tuple[DataColumn, ...]
    rows: tuple[tuple[str, ...], ...]
    downloads: tuple[Link, ...] = ()


@frozen(kw_only=True)
class DatasetPage(PageModel):
    """One data set: its files, its columns."""

    template: ClassVar[str] = "open_data/dataset.html"
    page_kind: ClassVar[str] = "dataset"

    lead: str
    files: tuple[tuple[str, tuple[Link, ...]], ...]
    """(«2026 рік, 60 рядків», links to CSV and JSON)."""
    columns: DataTable
    licence: Link


@frozen
class DataFile:
    """A data set, or a year of it: `stem` is its file without the suffix, `size` the number of rows."""

    table: Table
    year: int
    size: int
    inputs: Any
    """What its rows depend on."""
    make: Callable[[], list[Row]] = field(repr=False)

    @property
    def stem(self) -> str:
        """`/dani/akty/legalActs-2026`."""
        return f"{self.table.url}{self.table.name}{f'-{self.year}' if self.year else ''}"

    def rows(self) -> list[Row]:
        """The rows with the columns of the national structure, all of them and in their order."""
        names = [name for name, _ in self.table.columns]
        return [{name: row[name] for name in names} for row in self.make()]


def data_files(library: Library) -> Iterator[DataFile]:
    """All data sets that have rows, cut into years where they grow; the newest year first."""
    for table in TABLES:
        if table.view:
            years: dict[int, list[Seen]] = defaultdict(list)
            for item in library.views(table.view):
                if item.mark:
                    years[item.year].append(item)
            for year, found in sorted(years.items(), reverse=True):
                found.sort(key=lambda item: item.axes[0] or ("", ""))
                size = sum(int(item.axes[0][1]) for item in found if item.axes[0])
                if size:
                    yield DataFile(table, year, size, [item.mark for item in found],
                                   partial(_rows_of, table.view, found, library))
        elif table.rows and (rows := table.rows(library)):
            yield DataFile(table, 0, len(rows), rows, partial(list, rows))


def _rows_of(view: View, found: Sequence[Seen], library: Library) -> list[Row]:
    return [row for item in found for row in library.row(view, item.key)]


def feeds_hub(library: Library) -> Iterator[PageModel]:
    """«Стрічки й календарі»."""
    known = (("Усі засідання", "/zasidannia/kalendar.ics", Meeting), ("Події", "/podii/kalendar.ics", Event))
    calendars = [calendar_link(title, url, library.site_url) for title, url, model in known
                 if library.exists(model.kind)]
    yield FeedsPage(
        url=HUB, title="Стрічки й календарі", feeds=feed_links(library), feed_list=feed_links(library),
        bodies=tuple(_channels(library)),
        description="Стрічки новин, проєктів, рішень і засідань для читалок; календарі для телефона.",
        calendars=tuple(calendars), opml=OPML)


def _channels(library: Library) -> Iterator[Channels]:
    """Bodies that have something to follow: those of the council first."""
    for body in sorted(library.of(Organization), key=lambda body: (body.order, body.id)):
        links = [feed_link("стрічка", feed_of(body.url))] if body_feeds.has_feed(body, library) else []
        if has_calendar(body, library):
            links.append(calendar_link("календар", calendar_of(body), library.site_url))
        if links:
            yield Channels(body.title, tuple(links))


def catalogue(library: Library) -> Iterator[PageModel]:
    """The catalogue and the page of each set."""
    council = library.only(Council)
    licence = Link(council.licence_title, council.licence_url)
    files = list(data_files(library))
    rows: list[ListRow] = []
    for table in TABLES:
        parts = [file for file in files if file.table is table]
        if not parts:
            continue
        total = counted(sum(file.size for file in parts), *ROW_FORMS)
        rows.append(ListRow(table.title, table.url, (table.name, total, "CSV і JSON"), excerpt=table.about))
        yield _page(table, parts, licence)
    rows += formats.rows(library)
    if library.exists(ContactPlace.kind):
        rows.append(ListRow("Укриття, телефони, пункти допомоги", "/bezpeka/", ("на сторінці «Безпека»",),
                        excerpt="Місця й номери, потрібні в надзвичайній ситуації."))
    yield CataloguePage(
        url=CATALOGUE.url, title=CATALOGUE.title, rows=tuple(rows), licence=licence,
        description=f"Реєстри {council.name_genitive} як таблиці CSV і JSON у національній структурі.")


def _page(table: Table, parts: list[DataFile], licence: Link) -> DatasetPage:
    columns = DataTable(f"Стовпці набору {table.name}", (DataColumn("Назва"), DataColumn("Що означає")),
                        tuple((name.replace("\u2028", " "), title) for name, title in table.columns))
    return DatasetPage(
        url=table.url, title=table.title, crumbs=(CATALOGUE,), lead=table.about, licence=licence, columns=columns,
        description=f"{table.about} Набір {table.name}: CSV і JSON, додаток {table.appendix} до рекомендацій "
                    "щодо постанови № 835.",
        files=tuple((_words(file), (Link("CSV", f"{file.stem}.csv"), Link("JSON", f"{file.stem}.json")))
                    for file in parts))


def _words(file: DataFile) -> str:
    count = counted(file.size, *ROW_FORMS)
    return f"{file.year} рік, {count}" if file.year else f"Усі записи, {count}"

