"""What every page shows of the site as a whole: names, menus, contacts, colours, the one notice of the day.

Menus list only what exists: a section without a document, a register without a record have no item.
"""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Annotated, ClassVar

from pydantic import Field

from plugins.acts.model import Act, ActType, DraftAct
from plugins.deadlines.model import SECTION as DEADLINES
from plugins.deadlines.model import has_ledger
from plugins.documents.model import card_image_of
from plugins.events.model import Event, WeeklyPlan
from plugins.greetings.model import Greeting
from plugins.media.model import PlainSvg
from plugins.meetings.model import Meeting
from plugins.news.model import News
from plugins.pages.model import HelpPage, MenuSection, ProsePage
from plugins.people.model import Council, Organization, Person, Topic, arms_of
from plugins.places.model import ContactPlace
from plugins.records import Library, Line, Lines, Link, Moment, Part, Problem, Record, Term, code, frozen
from plugins.records.model import alias_path
from plugins.reports.model import Report
from plugins.ukrainian import clock, day_month, typeset

from .colours import properties

REDIRECT = code("REDIRECT", "Переадресація веде зі старої адреси на нову, і це різні адреси від кореня сайту.",
                "from,to\n/news/17,/news/17", "from,to\n/news/17,/novyny/2026/11-20/")


class NoticeLevel(Term):
    """How urgent a notice is."""

    WARN = "warn", "попередження"
    DANGER = "danger", "небезпека"


class NoticeLink(Part):
    """Where to read more."""

    title: Line = Field(title="Слова", description="Де набрати воду.")
    url: Line = Field(title="Адреса", description="Від кореня сайту або https://…")


def link_has_an_address(notice: "Notice", library: Library) -> Iterator[Problem]:
    """The link of a notice leads to a page of the site or to a whole address."""
    if notice.link:
        yield from _address_problems("link.url", notice.link.url, notice, library)


class Notice(Record):
    """Повідомлення: what everybody must know today; stands on every page until `until`."""

    kind: ClassVar[str] = "notice"
    label: ClassVar[str] = "Важливе повідомлення"
    place: ClassVar[str] = "data/alert.yml"
    is_single: ClassVar[bool] = True
    is_dated: ClassVar[bool] = False
    links = (link_has_an_address,)

    level: NoticeLevel = Field(title="Вага", description="warn (попередження) або danger (небезпека).")
    lead: Line = Field("", title="Головне", description="Жирним: 24 листопада з 9:00 до 15:00 не буде води.")
    text: Lines = Field(title="Текст", description="Продовження: на вулицях Лісній і Набережній.")
    link: NoticeLink | None = Field(None, title="Посилання", description="title і url.")
    until: Moment = Field(title="До", description="Після цього моменту повідомлення зникає.")


def old_address_is_a_path(redirect: "Redirect") -> Iterator[Problem]:
    """Old addresses are written from the root."""
    try:
        alias_path(redirect.old)
    except ValueError:
        yield Problem("from", f"«{redirect.old}» не адреса старого сайту. Треба від кореня: /news/17.", REDIRECT)


def leads_elsewhere(redirect: "Redirect") -> Iterator[Problem]:
    """An old address leads to another one."""
    if redirect.old.rstrip("/") == redirect.to.rstrip("/"):
        yield Problem("to", "адреса веде сама на себе. Вкажіть нову адресу.", REDIRECT)


def target_exists(redirect: "Redirect", library: Library) -> Iterator[Problem]:
    """The new address is a page of this site, or a whole address elsewhere."""
    yield from _address_problems("to", redirect.to, redirect, library)


class Redirect(Record):
    """Переадресація: an address of an older site and where its page is now."""

    kind: ClassVar[str] = "redirect"
    label: ClassVar[str] = "Переадресація"
    place: ClassVar[str] = "data/redirects.csv"
    is_dated: ClassVar[bool] = False
    rules = (old_address_is_a_path, leads_elsewhere)
    links = (target_exists,)

    old: Annotated[str, Field(max_length=500)] = Field(
        alias="from", title="Стара адреса", description="Від кореня старого сайту: /news/17.")
    to: Line = Field(title="Нова адреса", description="Від кореня цього сайту: /novyny/2026/11-20/.")


def _address_problems(place: str, url: str, record: Record, library: Library) -> Iterator[Problem]:
    if url.startswith(("https://", "http://")):
        return
    if not url.startswith("/") or url.startswith("//"):
        yield Problem(place, f"«{url}» не адреса. Треба від кореня сайту (/novyny/) або https://….", REDIRECT)
        return
    library.must_exist(record, place, url)


@frozen
class MenuItem:
    """An item of the header: `key` is what pages name as their `menu`."""

    key: str
    title: str
    url: str


@frozen
class FooterColumn:
    """Links of the foot under one heading."""

    title: str
    links: tuple[Link, ...]


@frozen
class Contact:
    """How to reach the council."""

    address: str
    hours: str
    phones: tuple[str, ...]
    email: str


@frozen
class Alert:
    """The notice of the day, ready to be printed."""

    level: str
    lead: str
    text: str
    link: Link | None
    until: str
    until_iso: str


@frozen
class SiteModel:
    """`site` in every template. `url` includes the path of a sub-path site, `base` is that path alone."""

    name: str
    name_genitive: str
    community: str
    short_name: str
    name_en: str
    tagline: str
    url: str
    base: str
    lang: str
    menu: tuple[MenuItem, ...]
    tools: tuple[MenuItem, ...]
    footer: tuple[FooterColumn, ...]
    contact: Contact
    notice: str
    licence: Link
    source_url: str
    alert: Alert | None
    languages: tuple[Link, ...]
    colours: dict[str, str]
    cards: dict[str, str]
    """Cards for social networks by the key of the menu; "" for all other pages."""
    arms: PlainSvg | None
    """The council's own; None where the theme's sign stands."""
    assets: dict[str, str]

    @property
    def arms_url(self) -> str:
        """Where the council's own arms lie, empty without; it changes with the drawing, so browsers may keep it."""
        return f"/media/herb.{self.arms.digest}.svg" if self.arms else ""


@frozen
class Register:
    """A list that exists if there is anything in it."""

    section: str
    title: str
    url: str
    note: str
    is_there: Callable[[Library], bool]


def _has(kind: str) -> Callable[[Library], bool]:
    return lambda library: library.exists(kind)


def _acts(of: ActType) -> Callable[[Library], bool]:
    return lambda library: of.value in library.counts(Act)


REGISTERS = (
    Register("documents", "Рішення", f"/{Act.section}/", "ради й виконавчого комітету", _acts(ActType.DECISION)),
    Register("documents", "Розпорядження", "/rozporiadzhennia/", "міського голови", _acts(ActType.ORDER)),
    Register("documents", "Проєкти", f"/{DraftAct.section}/", "що розглядають і до чого можна додати пропозицію",
             _has(DraftAct.kind)),
    Register("documents", "Теми", f"/{Topic.section}/", "документи за темами",
             lambda library: any(library.count(topic, "documents") for topic in library.of(Topic))),
    Register("documents", "Строки", DEADLINES, "чи вчасно оприлюднено документи", has_ledger),
    Register("meetings", "Засідання", f"/{Meeting.section}/", "порядки денні, голосування, протоколи",
             _has(Meeting.kind)),
    Register("authority", "Влада", f"/{Organization.section}/", "рада, виконком, підрозділи", _has(Organization.kind)),
    Register("authority", "Депутати", f"/{Person.section}/", "за фракціями, з голосуваннями кожного",
             _has(Person.kind)),
    Register("community", "Звіти", f"/{Report.section}/", "що зроблено й скільки це коштувало", _has(Report.kind)),
    Register("community", "Події", f"/{Event.section}/", "афіша громади", _has(Event.kind)),
    Register("community", "Тижневі плани", "/podii/plan/", "що відбудеться цього тижня", _has(WeeklyPlan.kind)),
    Register("community", "Вітання", f"/{Greeting.section}/", "привітання й слова пам’яті", _has(Greeting.kind)),
    Register("news", "Новини", f"/{News.section}/", "події, оголошення, спростування",
             lambda library: "" in library.counts(News)),
    Register("safety", "Безпека", "/bezpeka/", "укриття, телефони, пункти незламності", _has(ContactPlace.kind)),
)
"""All registers of the site, in the order in which they are listed."""

LANDINGS = {"services": ("Послуги", "/posluhy/"), "documents": ("Рішення й документи", "/dokumenty/"),
            "participation": ("Участь", "/uchast/"), "community": ("Громада", "/hromada/")}
"""Sections whose first page is made here; the others begin with their register."""
MENU = (("services", "Послуги"), ("documents", "Рішення й документи"), ("meetings", "Засідання"),
        ("authority", "Влада"), ("participation", "Участь"), ("community", "Громада"), ("news", "Новини"))
SEARCH, SITE_MAP, FEEDS, DATA = "/poshuk/", "/mapa-saitu/", "/stricky/", "/dani/"
TRANSPARENCY = Link("Прозорість", "/prozorist/")


def registers(library: Library, section: str) -> tuple[Register, ...]:
    """The registers of a section that have records."""
    return tuple(item for item in REGISTERS if item.section == section and item.is_there(library))


def pages_of(library: Library, section: str) -> tuple[ProsePage, ...]:
    """Ukrainian prose pages of a section, in the editors' order."""
    found = [page for page in library.of(ProsePage)
             if page.lang == "uk" and page.menu and page.menu.value == section and not page.withdrawn]
    return tuple(sorted(found, key=lambda page: (page.order, page.title, page.key)))


def english_pages(library: Library) -> tuple[ProsePage, ...]:
    """Prose pages in English."""
    found = [page for page in library.of(ProsePage) if page.lang == "en" and not page.withdrawn]
    return tuple(sorted(found, key=lambda page: (page.order, page.title, page.key)))


def news_sections(library: Library) -> tuple[Link, ...]:
    """Categories of a site that moved in: each is a section of its own."""
    names = sorted(filter(None, library.counts(News)))
    return tuple(Link(name, News.address_of(name)) for name in names)


def landing_of(library: Library, section: str) -> str:
    """The address where a section begins; empty when there is nothing in it."""
    if section in LANDINGS:
        drafts = section == "participation" and library.exists(DraftAct.kind)
        return LANDINGS[section][1] if drafts or registers(library, section) or pages_of(library, section) else ""
    if found := registers(library, section):
        return found[0].url
    return f"/{News.section}/" if section == "news" and news_sections(library) else ""


def describe(library: Library, assets: dict[str, str]) -> SiteModel:
    """The site model of a library; `assets`: logical name → address of the theme's files."""
    council = library.only(Council)
    return SiteModel(
        name=council.name, name_genitive=council.name_genitive, community=council.community,
        short_name=council.short_name or council.name, name_en=council.name_en, tagline=council.tagline,
        url=library.site_url, base=library.base, lang="uk",
        menu=tuple(MenuItem(key, title, url) for key, title in MENU if (url := landing_of(library, key))),
        tools=tuple(_tools(library)), footer=tuple(column for column in _footer(library, council) if column.links),
        contact=Contact(typeset(council.address), typeset(council.hours),
                        tuple(phone.number for phone in council.phones[:1]), council.email),
        notice=council.notice, licence=Link(council.licence_title, council.licence_url),
        source_url=council.source_url or "", alert=alert_of(library),
        languages=(Link("English", "/en/"),) if english_pages(library) else (), colours=properties(council.colours),
        cards={"": card_image_of("", library),
               **{key: card_image_of(title, library) for key, title in (*MENU, ("safety", "Безпека"))
                  if landing_of(library, key)}},
        arms=arms_of(council, library), assets=assets)


def _tools(library: Library) -> Iterator[MenuItem]:
    if url := landing_of(library, "safety"):
        yield MenuItem("safety", MenuSection.SAFETY.label, url)
    yield MenuItem("search", "Пошук", SEARCH)


def _footer(library: Library, council: Council) -> Iterator[FooterColumn]:
    named = ("Рішення", "Проєкти", "Строки", "Звіти")
    shown = [item for item in REGISTERS if item.title in named and item.is_there(library)]
    yield FooterColumn("Прозорість", (*(Link(item.title, item.url) for item in shown), Link("Відкриті дані", DATA)))
    yield FooterColumn("Стежити", (Link("Стрічки й календарі", FEEDS),
                                   *(Link(title, url) for title, url in council.socials)))
    yield FooterColumn("Про сайт", (
        *(Link(page.title, page.url) for page in pages_of(library, "about")), Link("Карта сайту", SITE_MAP),
        *((Link("Довідка редактора", "/dopomoha/"),) if library.exists(HelpPage.kind) else ())))


def alert_of(library: Library) -> Alert | None:
    """The notice of the day, while it lasts."""
    notice = next(iter(library.of(Notice)), None)
    if notice is None or notice.until <= library.now:
        return None
    link = Link(notice.link.title, notice.link.url) if notice.link else None
    return Alert(notice.level.value, notice.lead, notice.text, link, f"до {_until(notice.until)}",
                 notice.until.isoformat(timespec="seconds"))


def _until(at: datetime) -> str:
    return f"{day_month(at)}, {clock(at)}"
