"""Ways to everything: first pages of sections, the map of the site, the page for what is not found, redirects."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import ClassVar

from plugins.acts.model import Act, ActType, DraftAct, open_drafts
from plugins.deadlines.model import has_ledger
from plugins.events.model import Event
from plugins.greetings.model import Greeting
from plugins.meetings.model import Meeting
from plugins.news.model import News
from plugins.pages.model import HelpPage, ProsePage
from plugins.people.model import Council, Organization, OrganizationKind
from plugins.records import Document, Library, Link, PageModel, Record, frozen
from plugins.records.components import Row, Year
from plugins.reports.model import Report

from .brand_book import URL as BRAND_BOOK
from .home import SHOWN, Task, draft_row
from .model import (
    DATA,
    FEEDS,
    LANDINGS,
    MENU,
    REGISTERS,
    SEARCH,
    SITE_MAP,
    TRANSPARENCY,
    Redirect,
    english_pages,
    landing_of,
    news_sections,
    pages_of,
    registers,
)

LEADS = {
    "services": "Куди звернутися, що взяти з собою, скільки чекати.",
    "participation": "Як вплинути на рішення, поки їх не ухвалено.",
    "community": "Звіти, події й усе, чим живе громада.",
}
YEARLY: tuple[tuple[str, type[Document]], ...] = (
    (f"/{Act.section}/", Act), ("/rozporiadzhennia/", Act), (f"/{DraftAct.section}/", DraftAct),
    (f"/{Meeting.section}/", Meeting), (f"/{Report.section}/", Report), (f"/{Event.section}/", Event),
    (f"/{Greeting.section}/", Greeting), (f"/{News.section}/", News))
"""Registers that have a page for each year."""


@frozen(kw_only=True)
class SectionPage(PageModel):
    """The first page of a section."""

    template: ClassVar[str] = "site/section.html"
    page_kind: ClassVar[str] = "section"

    lead: str
    tasks: tuple[Task, ...]
    rows_title: str = ""
    rows: tuple[Row, ...] = ()


@frozen
class MapGroup:
    """A part of the map: links, and registers with their years."""

    title: str
    links: tuple[Link, ...]
    years: tuple[tuple[str, tuple[Year, ...]], ...] = ()


@frozen(kw_only=True)
class SiteMapPage(PageModel):
    """All sections, registers by year, pages."""

    template: ClassVar[str] = "site/site-map.html"
    page_kind: ClassVar[str] = "sitemap-html"

    groups: tuple[MapGroup, ...]


@frozen(kw_only=True)
class NotFoundPage(PageModel):
    """There is no such page."""

    template: ClassVar[str] = "site/404.html"
    page_kind: ClassVar[str] = "404"

    search_url: str
    links: tuple[Link, ...]


@frozen(kw_only=True)
class RedirectPage(PageModel):
    """An old address: says where the page is now, and goes there."""

    template: ClassVar[str] = "site/redirect.html"
    page_kind: ClassVar[str] = "page"

    target: str


def landings(library: Library) -> Iterator[PageModel]:
    """First pages of the sections that have no register of their own."""
    for section, (title, url) in LANDINGS.items():
        # «Рішення й документи» is a page of the acts room.
        if section != "documents" and landing_of(library, section):
            drafts = open_drafts(library)[:SHOWN] if section == "participation" else ()
            yield SectionPage(
                url=url, title=title, menu=section, lead=LEADS[section],
                description=f"{title}. {LEADS[section]}", tasks=tuple(_tasks(library, section)),
                rows_title="Зараз на обговоренні" if drafts else "",
                rows=tuple(draft_row(draft, library) for draft in drafts))
    sections = news_sections(library)
    if sections and not registers(library, "news") and f"/{News.section}/" not in {link.url for link in sections}:
        yield SectionPage(
            url=f"/{News.section}/", title="Новини", menu="news", lead="Новини за розділами.",
            description="Розділи новин.", tasks=tuple(Task(link.title, link.url) for link in news_sections(library)))


def _tasks(library: Library, section: str) -> Iterator[Task]:
    if section == "participation":
        yield from (Task("Обговорити проєкти рішень", item.url, "Прочитати проєкт і надіслати пропозицію.")
                    for item in registers(library, "documents") if item.url == f"/{DraftAct.section}/")
    yield from (Task(page.task or page.title, page.url, page.summary) for page in pages_of(library, section))
    yield from (Task(item.title, item.url, item.note) for item in registers(library, section))


def english(library: Library) -> Iterator[PageModel]:
    """The English pages, if there are any."""
    pages = english_pages(library)
    if pages:
        name = library.only(Council).name_en or library.only(Council).name
        yield SectionPage(
            url="/en/", lang="en", title=name, lead="Key information in English. All other pages are in Ukrainian.",
            description=f"{name}: pages in English.", translations=(("uk", "/"),),
            tasks=tuple(Task(page.title, page.url, page.summary) for page in pages))


def site_map(library: Library) -> Iterator[PageModel]:
    """The map for readers."""
    groups = [group for key, title in (*MENU, ("safety", "Безпека")) if (group := _group(library, key, title))]
    about = (*(Link(page.title, page.url) for page in pages_of(library, "about")),
             *((TRANSPARENCY,) if has_ledger(library) else ()), Link("Пошук", SEARCH),
             Link("Стрічки й календарі", FEEDS), Link("Відкриті дані", DATA), Link("Фірмовий стиль", BRAND_BOOK))
    if library.exists(HelpPage.kind):
        about = (*about, Link("Довідка редактора", "/dopomoha/"))
    loose = [page for page in library.of(ProsePage) if page.lang == "uk" and not page.menu and not page.withdrawn]
    about = (*about, *(Link(page.title, page.url) for page in sorted(loose, key=lambda page: (page.order, page.title))))
    groups.append(MapGroup("Про сайт", about))
    if pages := english_pages(library):
        groups.append(MapGroup("English", tuple(Link(page.title, page.url) for page in pages)))
    yield SiteMapPage(url=SITE_MAP, title="Карта сайту", description="Усі розділи, реєстри за роками й сторінки сайту.",
                      groups=tuple(groups))


def _group(library: Library, section: str, title: str) -> MapGroup | None:
    lists = registers(library, section)
    links = [Link(item.title, item.url) for item in lists]
    links += [Link(page.title, page.url) for page in pages_of(library, section)]
    if section == "authority":
        bodies = [body for body in library.of(Organization) if body.type is not OrganizationKind.ENTERPRISE]
        links += [Link(body.title, body.url) for body in sorted(bodies, key=lambda body: (body.order, body.title))]
    if section == "news":
        links += news_sections(library)
    if (url := landing_of(library, section)) and section in LANDINGS:
        links.insert(0, Link(title, url))
    years = tuple((item.title, years) for item in lists if (years := _years(library, item.url)))
    return MapGroup(title, tuple(links), years) if links else None


def _years(library: Library, url: str) -> tuple[Year, ...]:
    model = dict(YEARLY).get(url)
    if model is None:
        return ()
    found = {year for year, _ in _listed(library, model, url)}
    return tuple(Year(str(year), f"{url}{year}/") for year in sorted(found, reverse=True)) if len(found) > 1 else ()


def _listed(library: Library, model: type[Record], url: str) -> Iterable[tuple[int, object]]:
    """Years and (for acts) types, (for news) categories, of the records in a register."""
    if model is Act:
        kind = ActType.ORDER if url == "/rozporiadzhennia/" else ActType.DECISION
        return [pair for pair in library.years(model) if pair[1] == kind.value]
    return [pair for pair in library.years(model) if not pair[1]]


def not_found(library: Library) -> Iterator[PageModel]:
    """The page that a host shows for an address that is not there."""
    links = [Link(item.title, item.url) for item in REGISTERS if item.is_there(library)]
    yield NotFoundPage(
        url="/404.html", title="Такої сторінки немає", description="За цією адресою сторінки немає.",
        is_indexed=False, search_url=SEARCH, links=(*links, Link("Карта сайту", SITE_MAP)))


def redirects(library: Library) -> Iterator[PageModel]:
    """A page for each old address of `data/redirects.csv`."""
    for item in library.of(Redirect):
        yield _redirect(item.old, item.to, "Сторінка переїхала")


def old_addresses(document: Record, _: Library) -> Iterator[PageModel]:
    """A page for each old address of a document (`aliases:`)."""
    if isinstance(document, Document) and document.url:
        for old in document.aliases:
            yield _redirect(old, document.url, document.title)


def _redirect(old: str, target: str, title: str) -> RedirectPage:
    path = old.split("?")[0].split("#")[0]
    url = path if path.endswith(("/", ".html", ".htm")) else f"{path}/"
    return RedirectPage(url=url, title=title, description=f"Сторінка {url} має нову адресу.", is_indexed=False,
                        target=target)
