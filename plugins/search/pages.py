"""The pages to search from: the form, the words of the live search, and the registers that lead on without it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import islice
from typing import ClassVar
from urllib.parse import quote

from plugins.acts.model import Act, ActType, DraftAct
from plugins.events.model import Event
from plugins.greetings.model import Greeting
from plugins.meetings.model import Meeting
from plugins.news.model import News
from plugins.pages.model import ProsePage
from plugins.people.model import Council, Organization, OrganizationKind, Topic
from plugins.records import Document, Library, Link, PageModel, frozen
from plugins.records.components import Year
from plugins.reports.model import Report
from plugins.ukrainian import NBSP, day, kyiv_date

URL, URL_EN = "/poshuk/", "/en/search/"
SITE_MAP, DIRECTORY = "/mapa-saitu/", "/dovidnyk/"
UNLISTED = (OrganizationKind.GROUP, OrganizationKind.COMMISSION)
"""Bodies that are not in the telephone directory; a telephone of any other makes it."""
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
    """{q} is what was asked."""
    none_here: str
    """The same with filters."""
    slow: str
    narrowed: str
    hints: tuple[str, ...]
    examples: str
    broken: str
    without_script: str
    more: str
    order: str
    by_rank: str
    by_date: str
    filters: str
    groups: tuple[str, ...]
    """Titles of the filters: kind, body, year, topic, status, person."""
    all: str
    show_all: str
    remove: str
    """{q} is the filter or the question that goes."""
    reset: str
    place: str
    """{q} is the heading that a result leads to."""
    apart: str
    others: str
    rare: str
    usual: str
    recent: str
    recent_note: str
    recent_off: str
    forget_all: str
    keep_none: str
    keep: str
    ways: str
    phone: str


UKRAINIAN = Words(
    label="Пошук на сайті", placeholder="Що ви шукаєте?", button="Знайти",
    one="Знайдено {n} сторінку", few="Знайдено {n} сторінки", many="Знайдено {n} сторінок",
    other="Знайдено {n} сторінки", none="За запитом «{q}» нічого не знайдено",
    none_here="За запитом «{q}» із цими фільтрами нічого не знайдено", slow="Шукаємо…",
    narrowed="Приберіть фільтр: можливо, потрібна сторінка — в іншому розділі чи за інший рік.",
    hints=("Перевірте, чи немає в словах помилки.",
           "Залиште головне: «тариф на воду» замість «скільки тепер коштує холодна вода».",
           "Назвіть те саме інакше або знайдіть документ за номером чи датою."),
    examples="Наприклад:",
    broken="Пошук зараз не працює. Знайдіть документ за реєстром і роком або спробуйте ще раз згодом.",
    without_script="Пошук працює, коли в браузері ввімкнено JavaScript. Без нього знайдіть документ за реєстром "
                   "і роком.",
    more="Показати ще", order="Спершу", by_rank="найвідповідніші", by_date="найновіші", filters="Фільтри",
    groups=("Розділ", "Орган", "Рік", "Тема", "Стан", "Люди"), all="Усе", show_all="Показати всі",
    remove="Прибрати: {q}", reset="Скинути", place="У розділі «{q}»",
    apart="Шукати ці слова будь-де на сторінці", others="Можливо, ви шукали",
    rare="Показано й сторінки, де ці слова мають рідкісне значення.", usual="Шукати лише звичні значення",
    recent="Останні запити", recent_note="Їх зберігає лише ваш пристрій.",
    recent_off="Запитів не зберігаємо.", forget_all="Прибрати всі", keep_none="Не зберігати запитів",
    keep="Зберігати запити на цьому пристрої", ways="Реєстри за роками", phone="Запитати телефоном")
ENGLISH = Words(
    label="Search the English pages", placeholder="What are you looking for?", button="Search",
    one="{n} page found", few="{n} pages found", many="{n} pages found", other="{n} pages found",
    none="Nothing found for “{q}”", none_here="Nothing found for “{q}” with these filters", slow="Searching…",
    narrowed="Remove the filters: the page may be in another section or of another year.",
    hints=("Check the spelling.", "Try fewer or other words."), examples="For example:",
    broken="Search does not work at the moment. See all pages in English or try again later.",
    without_script="Search needs JavaScript. Without it, see all pages in English.",
    more="Show more", order="First", by_rank="most relevant", by_date="newest", filters="Filters",
    groups=("Section", "Body", "Year", "Topic", "Status", "People"), all="All", show_all="Show all",
    remove="Remove: {q}", reset="Reset", place="In the section “{q}”",
    apart="Search for these words anywhere on a page", others="Did you mean",
    rare="Rare meanings of these words are shown too.", usual="Show only the usual ones",
    recent="Recent searches", recent_note="They are kept on this device only.",
    recent_off="Searches are not kept.", forget_all="Remove all", keep_none="Keep no searches",
    keep="Keep searches on this device", ways="All pages", phone="Ask by telephone")


@frozen(kw_only=True)
class SearchPage(PageModel):
    """The search page of one language."""

    template: ClassVar[str] = "search/search.html"
    page_kind: ClassVar[str] = "search"

    words: Words
    examples: tuple[Link, ...]
    registers: tuple[Register, ...]
    links: tuple[Link, ...]
    phones: tuple[Link, ...]


def search_pages(library: Library) -> Iterator[PageModel]:
    """The Ukrainian search page, and an English one if there are English pages to find."""
    english = [page for page in library.of(ProsePage) if page.lang == "en" and not page.withdrawn]
    phones = tuple(Link(phone.number, "tel:" + "".join(c for c in phone.number if c.isdigit() or c == "+"))
                   for phone in library.only(Council).phones[:1])
    yield SearchPage(
        url=URL, title="Пошук", menu="search", words=UKRAINIAN, examples=tuple(examples(library)),
        registers=tuple(registers(library)),
        description="Пошук рішень, проєктів, засідань, поіменних голосувань, новин і сторінок; реєстри за роками.",
        links=tuple(ways(library)), phones=phones, translations=(("en", URL_EN),) if english else ())
    if english:
        yield SearchPage(
            url=URL_EN, lang="en", title="Search", words=ENGLISH, examples=(), registers=(),
            description="Search the pages of this site that are in English.",
            links=(Link("All pages in English", "/en/"),), phones=phones, translations=(("uk", URL),))


def examples(library: Library) -> Iterator[Link]:
    """Questions that have an answer here: a topic, the number of the newest act, the day of the newest meeting."""
    topics = [(-library.count(topic, "documents"), topic.title) for topic in library.of(Topic)]
    words = [title[:1].lower() + title[1:] for count, title in sorted(topics)[:1] if count]
    words += [f"№ {act.number}" for act in islice(library.from_newest(Act), 1)]
    words += [day(kyiv_date(meeting.starts_at)) for meeting in islice(library.from_newest(Meeting), 1)]
    for text in words:
        yield Link(text.replace(" ", NBSP), f"{URL}?q={quote(text.replace(NBSP, ' '))}")


def ways(library: Library) -> Iterator[Link]:
    """Pages to look through instead."""
    yield Link("Карта сайту", SITE_MAP)
    today = library.now.date()
    if any(body.phones and body.exists_on(today) and body.type not in UNLISTED for body in library.of(Organization)):
        yield Link("Телефонний довідник", DIRECTORY)


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
