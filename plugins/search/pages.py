"""The pages to search from: the form, the words of the live search, and the registers that lead on without it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import ClassVar

from plugins.acts.model import Act, ActType, DraftAct
from plugins.events.model import Event
from plugins.greetings.model import Greeting
from plugins.meetings.model import Meeting
from plugins.news.model import News
from plugins.pages.model import ProsePage
from plugins.people.model import Council
from plugins.records import Document, Library, Link, PageModel, frozen
from plugins.records.components import Year
from plugins.reports.model import Report

URL, URL_EN = "/poshuk/", "/en/search/"
SITE_MAP = "/mapa-saitu/"
DATED: tuple[type[Document], ...] = (Act, DraftAct, Meeting, News, Report, Event, Greeting)
"""Kinds whose registers have a page for each year."""
TITLES = {
    "rishennia": "Рішення", "rozporiadzhennia": "Розпорядження", "proiekty": "Проєкти", "zasidannia": "Засідання",
    "novyny": "Новини", "zvity": "Звіти", "podii": "Події", "vitannia": "Вітання",
}


@frozen
class Register:
    """A register with the years it holds, newest first."""

    title: str
    url: str
    years: tuple[Year, ...]


@frozen
class Words:
    """What the live search says. `one` to `other` are the CLDR forms of «Знайдено {n} …»; {n} is the number."""

    label: str
    placeholder: str
    button: str
    one: str
    few: str
    many: str
    other: str
    none: str
    hint: str
    broken: str
    without_script: str
    more: str
    order: str
    by_rank: str
    by_date: str
    filters: str
    kind: str
    year: str
    all: str
    ways: str
    phone: str


UKRAINIAN = Words(
    label="Пошук на сайті", placeholder="Що ви шукаєте?", button="Знайти",
    one="Знайдено {n} сторінку", few="Знайдено {n} сторінки", many="Знайдено {n} сторінок",
    other="Знайдено {n} сторінки", none="Нічого не знайдено",
    hint="Перевірте, чи немає помилки, спробуйте інше слово або знайдіть документ за реєстром і роком.",
    broken="Пошук зараз не працює. Знайдіть документ за реєстром і роком.",
    without_script="Пошук працює, коли в браузері ввімкнено JavaScript. Без нього знайдіть документ за реєстром "
                   "і роком.",
    more="Показати ще", order="Спершу", by_rank="найвідповідніші", by_date="найновіші", filters="Фільтри",
    kind="Розділ", year="Рік", all="Усе", ways="Реєстри за роками", phone="Запитати телефоном")
ENGLISH = Words(
    label="Search the English pages", placeholder="What are you looking for?", button="Search",
    one="{n} page found", few="{n} pages found", many="{n} pages found", other="{n} pages found", none="Nothing found",
    hint="Check the spelling, try another word, or see all pages in English.",
    broken="Search does not work at the moment. See all pages in English.",
    without_script="Search needs JavaScript. Without it, see all pages in English.",
    more="Show more", order="First", by_rank="most relevant", by_date="newest", filters="Filters",
    kind="Section", year="Year", all="All", ways="All pages", phone="Ask by telephone")


@frozen(kw_only=True)
class SearchPage(PageModel):
    """The search page of one language."""

    template: ClassVar[str] = "search/search.html"
    page_kind: ClassVar[str] = "search"

    words: Words
    registers: tuple[Register, ...]
    links: tuple[Link, ...]
    phones: tuple[Link, ...]


def search_pages(library: Library) -> Iterator[PageModel]:
    """The Ukrainian search page, and an English one if there are English pages to find."""
    english = [page for page in library.of(ProsePage) if page.lang == "en" and not page.withdrawn]
    phones = tuple(Link(phone.number, "tel:" + "".join(c for c in phone.number if c.isdigit() or c == "+"))
                   for phone in library.only(Council).phones[:1])
    yield SearchPage(
        url=URL, title="Пошук", menu="search", words=UKRAINIAN, registers=tuple(registers(library)),
        description="Пошук рішень, проєктів, засідань, поіменних голосувань, новин і сторінок; реєстри за роками.",
        links=(Link("Карта сайту", SITE_MAP),), phones=phones, translations=(("en", URL_EN),) if english else ())
    if english:
        yield SearchPage(
            url=URL_EN, lang="en", title="Search", words=ENGLISH, registers=(),
            description="Search the pages of this site that are in English.",
            links=(Link("All pages in English", "/en/"),), phones=phones, translations=(("uk", URL),))


def registers(library: Library) -> Iterator[Register]:
    """The registers that have records, each with its years. News of a category form a register of their own."""
    for model in DATED:
        years: dict[str, set[int]] = defaultdict(set)
        categories: dict[str, str] = {}
        for year, value in sorted(library.years(model)):
            section = _section(model, value)
            years[section].add(year)
            categories[section] = value if model is News else ""
        for section in sorted(years):
            yield Register(
                TITLES.get(section) or categories[section], f"/{section}/",
                tuple(Year(str(year), f"/{section}/{year}/") for year in sorted(years[section], reverse=True)))


def _section(model: type[Document], value: str) -> str:
    """The first part of the addresses of a register."""
    if model is News:
        return News.address_of(value).strip("/")
    return "rozporiadzhennia" if value == ActType.ORDER.value else model.section
