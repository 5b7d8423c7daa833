"""The hub of feeds and calendars, the catalogue of data sets, a page for each set."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from plugins.events.model import Event
from plugins.meetings.model import Meeting
from plugins.people.model import Council
from plugins.places.model import ContactPlace
from plugins.records import Library, Link, PageModel, frozen
from plugins.records.components import Row
from plugins.ukrainian import counted

from .feeds import feed_links
from .tables import TABLES, Table, Value

CATALOGUE = Link("Відкриті дані", "/dani/")
HUB = "/stricky/"
OPML = Link("Усі стрічки одним файлом (OPML)", "/stricky/stricky.opml")
ROW_FORMS = ("рядок", "рядки", "рядків")


@frozen(kw_only=True)
class FeedsPage(PageModel):
    """Feeds and calendars to follow the council by."""

    template: ClassVar[str] = "open_data/feeds.html"
    page_kind: ClassVar[str] = "feeds-hub"

    feed_list: tuple[Link, ...]
    calendars: tuple[Link, ...]
    opml: Link


@frozen(kw_only=True)
class CataloguePage(PageModel):
    """All data sets."""

    template: ClassVar[str] = "open_data/catalogue.html"
    page_kind: ClassVar[str] = "data-catalogue"

    rows: tuple[Row, ...]
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
    """A data set, or a year of it: `stem` is its file without the suffix."""

    table: Table
    year: int
    rows: tuple[dict[str, Value], ...]

    @property
    def stem(self) -> str:
        """`/dani/akty/legalActs-2026`."""
        return f"{self.table.url}{self.table.name}{f'-{self.year}' if self.year else ''}"


def data_files(library: Library) -> Iterator[DataFile]:
    """All data sets that have rows, cut into years where they grow; the newest year first."""
    for table in TABLES:
        rows = table.rows(library)
        for year in sorted({year for year, _ in rows}, reverse=True):
            yield DataFile(table, year, tuple(_in_order(row, table) for of, row in rows if of == year))


def _in_order(row: dict[str, Value], table: Table) -> dict[str, Value]:
    """The row with the columns of the national structure, all of them and in their order."""
    return {name: row[name] for name, _ in table.columns}


def feeds_hub(library: Library) -> Iterator[PageModel]:
    """«Стрічки й календарі»."""
    calendars = [Link("Засідання", "/zasidannia/kalendar.ics")] if library.exists(Meeting.kind) else []
    calendars += [Link("Події", "/podii/kalendar.ics")] if library.exists(Event.kind) else []
    yield FeedsPage(
        url=HUB, title="Стрічки й календарі", feeds=feed_links(library), feed_list=feed_links(library),
        description="Стрічки новин, проєктів, рішень і засідань для читалок; календарі для телефона.",
        calendars=tuple(calendars), opml=OPML)


def catalogue(library: Library) -> Iterator[PageModel]:
    """The catalogue and the page of each set."""
    council = library.only(Council)
    licence = Link(council.licence_title, council.licence_url)
    files = list(data_files(library))
    rows: list[Row] = []
    for table in TABLES:
        parts = [file for file in files if file.table is table]
        if not parts:
            continue
        total = counted(sum(len(file.rows) for file in parts), *ROW_FORMS)
        rows.append(Row(table.title, table.url, (table.name, total, "CSV і JSON"), excerpt=table.about))
        yield _page(table, parts, licence)
    if library.exists(ContactPlace.kind):
        rows.append(Row("Укриття, телефони, пункти допомоги", "/bezpeka/", ("на сторінці «Безпека»",),
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
    count = counted(len(file.rows), *ROW_FORMS)
    return f"{file.year} рік, {count}" if file.year else f"Усі записи, {count}"

