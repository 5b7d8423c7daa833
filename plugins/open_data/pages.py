"""The hub of feeds and calendars, the catalogue of data sets, a page for each set."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import ClassVar

from plugins.events.model import Event
from plugins.greetings.model import FEED as OBSERVANCES_FEED
from plugins.greetings.model import has_calendar as has_calendar_of_observances
from plugins.meetings.model import Meeting, calendar_of, has_calendar
from plugins.people.model import Council, Organization
from plugins.records import Library, Link, PageModel, frozen
from plugins.records.components import Fact, NotedLink
from plugins.records.components import Row as ListRow
from plugins.records.data_links import DataLink, calendar_link, feed_link
from plugins.records.feeds import feed_of
from plugins.ukrainian import counted, day

from . import body_feeds, formats
from .catalogue import (
    DCAT_URL,
    PACKAGE_URL,
    REGISTER,
    URL,
    DataSet,
    Keeper,
    data_sets,
    dataset_box,
    keeper_of,
    schema_links,
)
from .columns import EDRPOU, KATOTTG, POSTCODE, TELEPHONE, Column
from .feeds import feed_links
from .jsonld import whole_url
from .tables import GROUPS, DataFile

CATALOGUE = Link("Відкриті дані", URL)
HUB = "/stricky/"
OPML = Link("Усі стрічки одним файлом (OPML)", "/stricky/stricky.opml")
ROW_FORMS = ("рядок", "рядки", "рядків")
FORMS = {EDRPOU: "вісім цифр", KATOTTG: "UA і сімнадцять цифр", TELEPHONE: "+380 і дев’ять цифр",
         POSTCODE: "п’ять цифр"}
WHITE = re.compile(r"\s")
CHAPTERS = (Link("Набори даних", "#nabory"), Link("Як відкрити таблицю", "#yak-vidkryty"),
            Link("Для програм", "#prohramam"), Link("На що можна покластися", "#staly"))
MACHINE = (
    NotedLink("datapackage.json", PACKAGE_URL, "Усі таблиці CSV з описом стовпців — Frictionless Data Package."),
    NotedLink("catalog.jsonld", DCAT_URL, "Каталог DCAT-AP з паспортами наборів — для порталів відкритих даних."),
    NotedLink("register.csv", f"{REGISTER.url}{REGISTER.name}.csv", "Паспорти всіх наборів таблицею — додаток 7."))


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


@frozen
class Group:
    """Data sets about one thing."""

    title: str
    rows: tuple[ListRow, ...]


@frozen(kw_only=True)
class CataloguePage(PageModel):
    """All data sets, for whoever opens a table and for whoever writes a program."""

    template: ClassVar[str] = "open_data/catalogue.html"
    page_kind: ClassVar[str] = "data-catalogue"

    lead: str
    groups: tuple[Group, ...]
    chapters: tuple[Link, ...]
    machine: tuple[NotedLink, ...]
    """Files that describe all sets."""
    example: Link
    """A CSV to show how the data are read, its address whole."""
    search: str
    """The whole address of the folder of the search."""
    keeper: Keeper
    licence: Link


@frozen
class ColumnRow:
    """A column of the data set in ready words; `limits` are allowed words or a form."""

    name: str
    title: str
    type: str
    presence: str
    limits: str = ""
    note: str = ""


@frozen
class SetPassport:
    """The passport of a set, as its component prints it."""

    facts: tuple[Fact, ...]
    links: tuple[Link, ...]


@frozen(kw_only=True)
class DatasetPage(PageModel):
    """One data set: its passport, its files, its columns."""

    template: ClassVar[str] = "open_data/dataset.html"
    page_kind: ClassVar[str] = "dataset"

    lead: str
    files: tuple[tuple[str, tuple[Link, ...]], ...]
    """(«2026 рік, 60 рядків», links to CSV, JSON and the digest)."""
    passport: SetPassport
    grounds: tuple[Link, ...]
    columns: tuple[ColumnRow, ...]
    schemas: tuple[Link, ...]
    related: tuple[Link, ...]
    """Sets of the same national structure, to be read with this one."""
    licence: Link


def feeds_hub(library: Library) -> Iterator[PageModel]:
    """«Стрічки й календарі»."""
    known = (("Усі засідання", "/zasidannia/kalendar.ics", library.exists(Meeting.kind)),
             ("Події", "/podii/kalendar.ics", library.exists(Event.kind)),
             ("Свята й пам’ятні дні", OBSERVANCES_FEED, has_calendar_of_observances(library)))
    calendars = [calendar_link(title, url, library.site_url) for title, url, is_there in known if is_there]
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
    sets = data_sets(library)
    groups = tuple(Group(title, tuple(map(_row, found))) for title in GROUPS
                   if (found := [item for item in sets if item.table.group == title]))
    groups += (Group("Інші формати", tuple(formats.rows(library))),)
    first = sets[0].files[0]
    yield CataloguePage(
        url=CATALOGUE.url, title=CATALOGUE.title, groups=groups, licence=licence, keeper=keeper_of(library),
        lead=f"Реєстри {council.name_genitive} — таблицями, які можна відкрити, порахувати й перевірити.",
        chapters=CHAPTERS, machine=MACHINE, example=Link(first.table.name, whole_url(library, f"{first.stem}.csv")),
        search=whole_url(library, "/search/"),
        description=f"Реєстри {council.name_genitive} як таблиці CSV і JSON у національних структурах: "
                    f"{counted(len(sets), 'набір', 'набори', 'наборів')}.")
    for item in sets:
        yield _page(item, sets, licence, library)


def _row(item: DataSet) -> ListRow:
    total = counted(sum(file.size for file in item.files), *ROW_FORMS)
    years = f"{_span(*item.years)}" if item.years else ""
    return ListRow(item.table.title, item.table.url, tuple(filter(None, (item.table.name, total, years))),
                   excerpt=item.table.about)


def _span(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}–{last}"


def _page(item: DataSet, sets: Sequence[DataSet], licence: Link, library: Library) -> DatasetPage:
    table = item.table
    return DatasetPage(
        url=table.url, title=table.title, head_title=f"{table.title}: відкриті дані", crumbs=(CATALOGUE,),
        lead=table.about, licence=licence, search_text=f"Відкриті дані. {table.about}",
        description=f"{table.about} Набір {table.name}: CSV і JSON, додаток {table.appendix} до рекомендацій "
                    "щодо постанови № 835.",
        files=tuple((_words(file), (Link("CSV", f"{file.stem}.csv"), Link("JSON", f"{file.stem}.json"),
                                    Link("розмір і відбиток", f"{file.stem}.resource.json"))) for file in item.files),
        passport=_passport(item, library), grounds=tuple(Link(ground.title, ground.url) for ground in table.grounds),
        columns=tuple(map(_column, table.columns)), schemas=schema_links(table),
        related=tuple(Link(f"{other.table.title} ({other.table.name})", other.table.url) for other in sets
                      if other is not item and other.table.appendix == table.appendix),
        updated_at=date.fromisoformat(item.changed_on) if item.changed_on else None,
        boxes={"head": (dataset_box(item, library),)})


def _words(file: DataFile) -> str:
    count = counted(file.size, *ROW_FORMS)
    return f"{file.year} рік, {count}" if file.year else f"Усі записи, {count}"


def _passport(item: DataSet, library: Library) -> SetPassport:
    """The fields of the passport on the national portal of open data."""
    council, keeper, table = library.only(Council), keeper_of(library), item.table
    facts = (
        Fact("Ідентифікатор", table.name), Fact("Розпорядник", council.name, note=f"ЄДРПОУ {council.edrpou}"),
        Fact("Відповідає", keeper.unit, note=keeper.email), Fact("Оновлення", table.frequency.lower()),
        *((Fact("Остання зміна", day(date.fromisoformat(item.changed_on))),) if item.changed_on else ()),
        *((Fact("Роки", _span(*item.years)),) if item.years else ()),
        Fact("Територія", council.community, note=council.katottg), Fact("Ключові слова", ", ".join(table.keywords)),
        Fact("Національна структура", f"додаток {table.appendix}"), Fact("Ліцензія", council.licence_title))
    return SetPassport(facts, schema_links(table))


def _column(column: Column) -> ColumnRow:
    """A column in words: what may stand in it, when it says «null»."""
    presence = "може\u00a0бути\u00a0null" if column.has_null else "завжди\u00a0є"
    name = WHITE.sub("↵", column.name)
    notes = (column.note, "↵ — розрив рядка в самій назві" if name != column.name else "")
    return ColumnRow(name, column.title, column.type_words, presence,
                     " · ".join(map(str, column.words)) or FORMS.get(column.pattern, ""),
                     "; ".join(filter(None, notes)))
