"""The registers of who is who: the council itself, organizations, persons, posts and memberships (Popolo)."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field
from datetime import date
from functools import cached_property
from typing import Annotated, Any, ClassVar, TypeVar

from pydantic import Field

from plugins.media.model import ARMS, PlainSvg, check_picture, plain_svg
from plugins.records import (
    BadLink,
    Card,
    Colour,
    Day,
    Image,
    ImagePath,
    Library,
    Line,
    Lines,
    Markdown,
    OrganizationId,
    Part,
    Problem,
    Record,
    Term,
    To,
    Truth,
    WebAddress,
    Whole,
    code,
    contrast,
    frozen,
)
from plugins.ukrainian import Case, PersonName, full_name, name_key, name_keys, short_day, short_name, sort_key
from plugins.ukrainian import Gender as Agreement

from .name_cases import NameCases, declined
from .working_calendar import WorkingCalendar as WorkingCalendar
from .working_calendar import counting_days as counting_days
from .working_calendar import working_calendar as working_calendar

T = TypeVar("T")

PERIOD = code("PERIOD", "Строк не може скінчитися раніше, ніж почався.",
              "starts_on: 2026-01-10\nends_on: 2025-12-31", "starts_on: 2026-01-10\nends_on: 2026-12-31")
CONTRAST = code("CONTRAST", "Фірмові кольори можна прочитати: контраст щонайменше 4.5.",
                'colours:\n  navy: "#7fa8d9"', 'colours:\n  navy: "#173058"')
PAPER, INK, READABLE = "#faf8f3", "#1b2436", 4.5
"""The page and the signs that stand on the accent, as in the theme; the ratio that text needs."""
ORG_LOOP = code("ORG-LOOP", "Орган не може підпорядковуватися сам собі, навіть через інші органи.",
                "- id: viddil\n  parent: viddil", "- id: viddil\n  parent: vykonkom")
MAYOR_TWICE = code("MAYOR-TWICE", "Одного дня міський голова один.",
                   "двоє з роллю mayor від 2020-11-24",
                   "у першого ends_on: 2020-11-23, у другого starts_on: 2020-11-24")
MEMBERSHIP_TWICE = code("MEMBERSHIP-TWICE", "Особа має ту саму роль в органі один раз на той самий час.",
                        "два рядки deputy в раді без ends_on", "один рядок, або строки йдуть один за одним")
FACTION_TWICE = code("FACTION-TWICE", "Депутат водночас належить не більше ніж до однієї фракції чи групи.",
                     "дві фракції від 2020-12-10", "перша до 2026-03-10, друга від 2026-03-11")
SEATS = code("SEATS", "Депутатів одного дня не більше, ніж місць у раді.",
             "27 рядків deputy, а seats: 26", "26 рядків deputy; склад, що вибув, має ends_on")


class Gender(Term):
    """ISO/IEC 5218, as far as Ukrainian grammar needs it."""

    FEMALE = "female", "жіночий"
    MALE = "male", "чоловічий"


class OrganizationKind(Term):
    """What a body is."""

    COUNCIL = "council", "рада"
    EXECUTIVE = "executive", "виконавчий комітет"
    COMMITTEE = "committee", "постійна комісія"
    GROUP = "group", "депутатська фракція, група"
    UNIT = "unit", "виконавчий орган, підрозділ"
    ENTERPRISE = "enterprise", "комунальне підприємство"
    INSTITUTION = "institution", "комунальний заклад, установа"
    COMMISSION = "commission", "робоча група, комісія"


class Role(Term):
    """What a person is in an organization."""

    MAYOR = "mayor", "міський голова"
    DEPUTY = "deputy", "депутат"
    SECRETARY = "secretary", "секретар ради"
    HEAD = "head", "керівник"
    DEPUTY_HEAD = "deputy_head", "заступник керівника"
    MEMBER = "member", "член"
    STAROSTA = "starosta", "староста"
    STAFF = "staff", "посадова особа"


class Convocation(Part):
    """A term of the council."""

    number: Whole = Field(title="Номер скликання", description="Арабськими цифрами: 8.")
    starts_on: Day = Field(title="Початок", description="Перший день повноважень.")
    ends_on: Day | None = Field(None, title="Кінець", description="Останній день; порожньо — триває.")
    seats: Whole = Field(title="Загальний склад", description="Кількість депутатів за законом.")


class NumberFormat(Part):
    """How numbers of a series of acts look, and from when to when.

    `{n}` is digits, `{year}` the year; `{session}` and `{convocation}` are digits or Roman numerals.
    """

    type: Annotated[str, Field(pattern="^(decision|order|draft)$")] = Field(
        title="Різновид", description="decision, order або draft.")
    body: OrganizationId | None = Field(None, title="Орган", description="Якщо формат лише для одного органу.")
    form: Line = Field(title="Вигляд", description="Наприклад {n}-{session}/{convocation} або {n}-рв.")
    series: Line = Field("", title="Серія", description="Як її називають: розпорядження з кадрових питань.")
    valid_from: Day | None = Field(None, title="Від", description="Перший день, коли так нумерують.")
    valid_to: Day | None = Field(None, title="До", description="Останній день; порожньо — так нумерують і тепер.")


class Adoption(Part):
    """What decisions of a body name as that which adopted them."""

    body: OrganizationId = Field(title="Орган", description="Чиї рішення: ідентифікатор з organizations.yml.")
    needs: tuple[Annotated[str, Field(pattern="^(meeting|vote)$")], ...] = Field(
        ("meeting", "vote"), title="Що називають", description="meeting — засідання, vote — голосування.")
    starts_on: Day | None = Field(None, title="Від", description="Давніші рішення — архів, для них це не обов’язково.")


def formats_end_after_they_begin(council: "Council") -> Iterator[Problem]:
    """A series of numbers does not end before it begins."""
    for index, form in enumerate(council.number_formats):
        if form.valid_from and form.valid_to and form.valid_to < form.valid_from:
            yield Problem(f"number_formats.{index}.valid_to", "день раніший за valid_from. Поміняйте їх місцями.",
                          PERIOD)


class Colours(Part):
    """The council's own colours; the theme's defaults hold where one is not set."""

    navy: Colour | None = Field(None, title="Основний колір", description="Заголовки, головна кнопка, підвал.")
    wheat: Colour | None = Field(None, title="Акцент", description="«Зараз» і «тут».")
    band_a: Colour | None = Field(None, title="Нитка 1", description="Колір вишивки.")
    band_b: Colour | None = Field(None, title="Нитка 2", description="Колір вишивки.")


class Phone(Part):
    """A public telephone."""

    number: Line = Field(title="Номер", description="Як на вивісці: (03200) 4-14-00.")
    title: Line = Field("", title="Чий", description="Приймальня, черговий…")


def colours_can_be_read(council: "Council") -> Iterator[Problem]:
    """Headings and buttons in the main colour, signs on the accent: at least 4.5 to 1 (WCAG 2.2, 1.4.3)."""
    for name, what, ground in (("navy", "на тлі сторінки", PAPER), ("wheat", "під темними знаками", INK)):
        colour = getattr(council.colours, name)
        if colour and (ratio := contrast(colour, ground)) < READABLE:
            yield Problem(f"colours.{name}", f"{colour} погано видно {what}: контраст {ratio:.1f}, треба щонайменше "
                          f"{READABLE}. Візьміть {'темніший' if name == 'navy' else 'світліший'} колір.", CONTRAST)


def arms_can_be_printed(council: "Council", library: Library) -> Iterator[Problem]:
    """The arms are plain shapes in solid colours; a file that is not there or unsafe is told of by its field."""
    if council.arms:
        try:
            check_picture(library.file_of(council, council.arms))
        except BadLink:
            return
        try:
            arms_of(council, library)
        except BadLink as error:
            yield Problem("arms", str(error), error.code or ARMS)


def arms_of(council: "Council", library: Library) -> PlainSvg | None:
    """The council's own arms; None where the theme's sign stands. Errors: BadLink."""
    return plain_svg(library.file_of(council, council.arms)) if council.arms else None


class Council(Record):
    """Рада: name, identity, address, colours, terms — all that makes this site the site of this council."""

    kind: ClassVar[str] = "council"
    label: ClassVar[str] = "Рада"
    rules = (colours_can_be_read, formats_end_after_they_begin)
    links = (arms_can_be_printed,)
    place: ClassVar[str] = "data/council.yml"
    is_single: ClassVar[bool] = True
    is_required: ClassVar[bool] = True
    is_dated: ClassVar[bool] = False

    name: Line = Field(title="Назва ради", description="Повна, у називному відмінку: Яворопільська міська рада.")
    name_genitive: Line = Field(title="Назва в родовому", description="Яворопільської міської ради.")
    name_locative: Line = Field("", title="Назва в місцевому", description="у Яворопільській міській раді — без «у».")
    name_en: Line = Field("", title="Назва англійською", description="Yavoropil City Council.")
    short_name: Line = Field("", title="Коротка назва", description="Для вузьких місць.")
    community: Line = Field(title="Громада", description="Яворопільська міська територіальна громада.")
    community_genitive: Line = Field(title="Громада в родовому", description="Яворопільської міської …")
    settlement: Line = Field(title="Центр громади", description="м. Яворопіль.")
    tagline: Line = Field(title="Гасло", description="Великий рядок на головній.")
    lead: Lines = Field("", title="Підзаголовок", description="Речення під гаслом.")
    edrpou: Annotated[str, Field(pattern=r"^\d{8}$")] = Field(title="ЄДРПОУ", description="Вісім цифр.")
    katottg: Annotated[str, Field(pattern=r"^UA\d{17}$")] = Field(title="КАТОТТГ", description="UA і 17 цифр.")
    region: Line = Field(title="Область, район", description="Львівська область, Яворопільський район.")
    address: Line = Field(title="Адреса", description="Вулиця, будинок, місто, індекс.")
    hours: Line = Field("", title="Години роботи", description="пн–чт 8:00–17:15, пт 8:00–16:00.")
    phones: tuple[Phone, ...] = Field((), title="Телефони", description="Перший — головний.")
    email: Line = Field("", title="Електронна пошта", description="Офіційна скринька.")
    site: WebAddress = Field(title="Адреса сайту", description="https://… без скісної риски в кінці; може мати шлях.")
    socials: tuple[tuple[Line, WebAddress], ...] = Field((), title="Соцмережі", description="Назва й адреса.")
    council_id: OrganizationId = Field(title="Рада як орган", description="Ідентифікатор ради з organizations.yml.")
    data_unit: Annotated[str, To("organization", "")] | None = Field(
        None, title="Відкриті дані", description="Підрозділ, що їх веде: ідентифікатор з organizations.yml.")
    executive_id: OrganizationId | None = Field(None, title="Виконком", description="Ідентифікатор виконкому.")
    convocations: tuple[Convocation, ...] = Field(title="Скликання", description="Усі, від найдавнішого.", min_length=1)
    number_formats: tuple[NumberFormat, ...] = Field((), title="Формати номерів", description="Як виглядають номери.")
    adoption: tuple[Adoption, ...] = Field(
        (), title="Чим ухвалюють", description="Що називають у рішеннях; без цього — рада: засідання й голосування.")
    colours: Colours = Field(Colours.model_construct(), title="Кольори", description="Фірмові кольори.")
    arms: ImagePath | None = Field(
        None, title="Герб", description="Файл SVG поруч, у data/: herb.svg. Без нього — знак у кольорах громади.")
    notice: Lines = Field("", title="Примітка в підвалі", description="Наприклад: громада вигадана.")
    licence_title: Line = Field("CC BY 4.0", title="Ліцензія", description="Назва ліцензії текстів.")
    licence_url: WebAddress = Field("https://creativecommons.org/licenses/by/4.0/deed.uk", title="Адреса ліцензії",
                                    description="Де її прочитати.")
    source_url: WebAddress | None = Field(
        None, title="Вихідний код", description="Сховище git цього сайту: туди ведуть посилання з історії змін.")
    archive_from: Day | None = Field(
        None, title="Архів актів від", description="Від цього дня на сайті є всі акти: про названий у тексті, якого "
        "немає, буде зауваження. Порожньо — від найдавнішого.")
    evidence_from: Day | None = Field(None, title="Доказ оприлюднення від", description="З якого дня він є.")

    def convocation_on(self, day: date) -> Convocation | None:
        """The term that a day falls into."""
        return next((c for c in self.convocations if c.starts_on <= day and (not c.ends_on or day <= c.ends_on)), None)


LOOP_SHOWN = 6


def parents_do_not_loop(record: "Organization", library: Library) -> Iterator[Problem]:
    """The chain of parents ends; a loop is named once, at the first of its bodies."""
    chain = library.once(_loops).get(record.id)
    if chain:
        shown = chain if len(chain) <= LOOP_SHOWN else (*chain[:LOOP_SHOWN], "…")
        way = " → ".join(f"«{body}»" for body in (*shown, record.id))
        yield Problem("parent", f"підпорядкування йде по колу: {way}. Вкажіть справді вищий орган.", ORG_LOOP)


def _loops(library: Library) -> dict[str, tuple[str, ...]]:
    """Chains of parents that come back to where they began, by the least identifier; each body is walked once."""
    loops: dict[str, tuple[str, ...]] = {}
    known: set[str] = set()
    for record in library.of(Organization):
        chain: dict[str, None] = {}
        body: str | None = record.id
        while body and body not in known:
            known.add(body)
            chain[body] = None
            above = library.get(Organization, body)
            body = above.parent if above else None
        if body in chain:
            loop = list(chain)[list(chain).index(body):]
            first = loop.index(min(loop))
            loops[loop[first]] = (*loop[first:], *loop[:first])
    return loops


class Organization(Record):
    """Орган: a council, committee, faction, unit, enterprise (Popolo Organization)."""

    kind: ClassVar[str] = "organization"
    label: ClassVar[str] = "Орган"
    place: ClassVar[str] = "data/organizations.yml"
    section: ClassVar[str] = "vlada"
    is_dated: ClassVar[bool] = False
    links = (parents_do_not_loop,)

    type: OrganizationKind = Field(title="Різновид", description="Рада, виконком, комісія, фракція, підрозділ…")
    title: Line = Field(title="Назва", description="Повна назва.")
    title_genitive: Line = Field("", title="Назва в родовому", description="Для підписів: виконавчого комітету …")
    short_title: Line = Field("", title="Коротка назва", description="Для таблиць і шляхів.")
    parent: Annotated[str, To("organization", "children")] | None = Field(
        None, title="Підпорядковано", description="Ідентифікатор вищого органу.")
    functions: Markdown = Field("", title="Повноваження", description="Чим займається; Markdown.")
    address: Line = Field("", title="Адреса", description="Де розташований.")
    hours: Line = Field("", title="Години роботи", description="Години прийому.")
    phones: tuple[Phone, ...] = Field((), title="Телефони", description="Службові телефони.")
    email: Line = Field("", title="Електронна пошта", description="Службова скринька.")
    site: WebAddress | None = Field(None, title="Сайт", description="Власний сайт.")
    edrpou: Annotated[str, Field(pattern=r"^\d{8}$")] | None = Field(None, title="ЄДРПОУ", description="Вісім цифр.")
    members_total: Whole | None = Field(None, title="Загальний склад", description="Для виконкому й комісій.")
    starts_on: Day | None = Field(None, title="Створено", description="З якого дня діє.")
    ends_on: Day | None = Field(None, title="Припинено", description="До якого дня діяв.")
    is_unaffiliated: Truth = Field(False, title="Позафракційні", description="так — якщо це не фракція, а перелік.")
    order: Whole = Field(100, title="Порядок", description="Менше число — вище в переліках.")

    @property
    def short(self) -> str:
        """The short title where there is one."""
        return self.short_title or self.title

    def exists_on(self, day: date) -> bool:
        """True if the body acted on that day."""
        return (not self.starts_on or self.starts_on <= day) and (not self.ends_on or day <= self.ends_on)

    def card(self, library: Any) -> Card:
        return Card(self.kind, self.key, self.title, self.url, type=self.type.value, note=self.short_title)


class Reception(Part):
    """When a person receives citizens."""

    when: Line = Field(title="Коли", description="щосереди, 9:00–12:00.")
    where: Line = Field("", title="Де", description="Адреса, кабінет.")
    booking: Line = Field("", title="Запис", description="Телефон чи інший спосіб.")


class Person(Record):
    """Особа: a deputy, an official, a member of a committee (Popolo Person)."""

    kind: ClassVar[str] = "person"
    label: ClassVar[str] = "Особа"
    place: ClassVar[str] = "data/people"
    section: ClassVar[str] = "deputaty"
    is_dated: ClassVar[bool] = False

    family_name: Line = Field(title="Прізвище", description="Шевчук.")
    given_name: Line = Field(title="Ім’я", description="Оксана.")
    patronymic: Line = Field("", title="По батькові", description="Іванівна.")
    gender: Gender = Field(title="Рід", description="female або male — для відмінків і слів «утрималася».")
    cases: NameCases | None = Field(
        None, title="Відмінки імені", description="Лише ті форми, які сайт складає неправильно.")
    voting_id: Line = Field("", title="Номер у системі голосування", description="Як у протоколах системи.")
    image: Image | None = Field(None, title="Портрет", description="Файл у data/people/.")
    bio: Markdown = Field("", title="Біографія", description="Markdown.")
    party: Line = Field("", title="Партія", description="Від якої партії обрано.")
    constituency: Line = Field("", title="Округ", description="Виборчий округ.")
    email: Line = Field("", title="Службова пошта", description="Лише службова адреса.")
    phone: Line = Field("", title="Службовий телефон", description="Лише службовий номер.")
    room: Line = Field("", title="Кабінет", description="Номер кабінету: 112.")
    reception: tuple[Reception, ...] = Field((), title="Прийом громадян", description="Графік прийому.")
    declaration_url: WebAddress | None = Field(None, title="Декларація", description="Адреса в реєстрі декларацій.")

    def spellings(self) -> set[str]:
        """The keys (`name_key`) of all spellings under which the name may stand."""
        return name_keys(self.family_name, self.given_name, self.patronymic)

    @cached_property
    def name(self) -> str:
        """«Шевчук Оксана Іванівна»."""
        return full_name(self.family_name, self.given_name, self.patronymic)

    @property
    def heading(self) -> str:
        return self.name

    @cached_property
    def short(self) -> str:
        """«Шевчук О. І.»"""
        return short_name(self.family_name, self.given_name, self.patronymic)

    @property
    def is_female(self) -> bool:
        """Which words agree with the name."""
        return self.gender is Gender.FEMALE

    def in_case(self, case: Case) -> PersonName:
        """The name in a case; `cases` of the record win over the rules."""
        gender = Agreement.FEMININE if self.is_female else Agreement.MASCULINE
        return declined(PersonName(self.family_name, self.given_name, self.patronymic), case, gender, self.cases)

    def card(self, library: Any) -> Card:
        return Card(self.kind, self.key, self.name, self.url, type=self.gender.value, note=self.short)


def period_runs_forward(record: "Membership") -> Iterator[Problem]:
    """A membership ends on or after the day it starts."""
    if record.ends_on and record.ends_on < record.starts_on:
        yield Problem("ends_on", "строк скінчився раніше, ніж почався.", PERIOD)


def mayor_is_one(record: "Membership", library: Library) -> Iterator[Problem]:
    """Two people cannot be mayor on the same day."""
    if record.role is not Role.MAYOR:
        return
    for other in _earlier(record, index_of(library).by_organization.get(record.organization, ())):
        if other.role is Role.MAYOR and other.person != record.person:
            yield Problem("starts_on", f"міський голова вже є: «{other.person}» {_period(other)}. "
                                       "Розведіть строки.", MAYOR_TWICE)
            return


def role_is_held_once(record: "Membership", library: Library) -> Iterator[Problem]:
    """One membership for a person, an organization and a role at a time."""
    for other in _earlier(record, index_of(library).by_person.get(record.person, ())):
        if (other.organization, other.role) == (record.organization, record.role):
            yield Problem("starts_on", f"таке членство вже є: «{other.organization}», {other.role.value}, "
                                       f"{_period(other)}. Лишіть один рядок або розведіть строки.", MEMBERSHIP_TWICE)
            return


def faction_is_one(record: "Membership", library: Library) -> Iterator[Problem]:
    """A deputy belongs to at most one faction or group at a time."""
    index = index_of(library)
    if record.organization not in index.groups:
        return
    for other in _earlier(record, index.by_person.get(record.person, ())):
        if other.organization in index.groups and other.organization != record.organization:
            yield Problem("organization", f"особа тоді вже у фракції «{other.organization}» {_period(other)}. "
                                          "Закінчіть одне членство до початку другого.", FACTION_TWICE)
            return


def deputies_fit_seats(record: "Membership", library: Library) -> Iterator[Problem]:
    """On the day a mandate begins there are no more deputies than seats."""
    council = council_of(library)
    if record.role is not Role.DEPUTY or not council or record.organization != council.council_id:
        return
    if library.once(_last_deputies).get(record.starts_on) is not record:
        return  # a day is counted once
    term = council.convocation_on(record.starts_on)
    deputies = [m for m in index_of(library).by_organization[record.organization] if m.role is Role.DEPUTY]
    people = len({m.person for m in deputies if m.holds_on(record.starts_on)})
    if term and people > term.seats:
        yield Problem("starts_on", f"{short_day(record.starts_on)} депутатів {people}, а місць {term.seats}. "
                                   "Перевірте строки тих, хто вибув.", SEATS)


def _last_deputies(library: Library) -> dict[date, "Membership"]:
    """Days on which mandates begin → the deputy who stands last among those of that day."""
    council = council_of(library)
    members = index_of(library).by_organization.get(council.council_id, ()) if council else ()
    return {member.starts_on: member for member in members if member.role is Role.DEPUTY}


def _rank(record: "Membership") -> tuple[date, int]:
    return (record.starts_on, record.source.line)


def _earlier(record: "Membership", among: Iterable["Membership"]) -> Iterator["Membership"]:
    """Memberships that began before this one (of the same day: stand above it) and overlap it in time."""
    for other in among:  # they stand in this order
        if _rank(other) >= _rank(record):
            return
        if other.ends_on is None or other.ends_on >= record.starts_on:
            yield other


def _period(record: "Membership") -> str:
    """«від 24.11.2020», «24.11.2020–10.03.2026»."""
    start = short_day(record.starts_on)
    return f"{start}–{short_day(record.ends_on)}" if record.ends_on else f"від {start}"


class Membership(Record):
    """Членство: who held which role where, from when to when (Popolo Membership with Post)."""

    kind: ClassVar[str] = "membership"
    label: ClassVar[str] = "Членство"
    place: ClassVar[str] = "data/memberships.csv"
    is_dated: ClassVar[bool] = False
    rules = (period_runs_forward,)
    links = (mayor_is_one, role_is_held_once, faction_is_one, deputies_fit_seats)

    person: Annotated[str, To("person", "memberships")] = Field(title="Особа", description="Ідентифікатор особи.")
    organization: Annotated[str, To("organization", "members")] = Field(title="Орган", description="Ідентифікатор.")
    role: Role = Field(title="Роль", description="Ким ця особа є в органі.")
    post: Line = Field("", title="Посада", description="Назва посади словами.")
    starts_on: Day = Field(title="Від", description="Перший день.")
    ends_on: Day | None = Field(None, title="До", description="Останній день; порожньо — триває.")
    act: Annotated[str, To("act", "appointments")] | None = Field(None, title="Підстава", description="Рішення.")

    def holds_on(self, day: date) -> bool:
        """True if it was in force on that day."""
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)


class Topic(Record):
    """Тема: a word of the shared vocabulary."""

    kind: ClassVar[str] = "topic"
    label: ClassVar[str] = "Тема"
    place: ClassVar[str] = "data/vocabularies/topics.yml"
    section: ClassVar[str] = "temy"
    is_dated: ClassVar[bool] = False

    title: Line = Field(title="Назва", description="Як її бачать читачі: Благоустрій.")


# --------------------------------------------------------------------------- words for roles

KIND_GENITIVE = {
    OrganizationKind.COUNCIL: "ради", OrganizationKind.EXECUTIVE: "виконавчого комітету",
    OrganizationKind.COMMITTEE: "комісії", OrganizationKind.GROUP: "фракції", OrganizationKind.UNIT: "підрозділу",
    OrganizationKind.ENTERPRISE: "підприємства", OrganizationKind.INSTITUTION: "закладу",
    OrganizationKind.COMMISSION: "робочої групи",
}
CHAIRED = {OrganizationKind.EXECUTIVE, OrganizationKind.COMMITTEE, OrganizationKind.GROUP, OrganizationKind.COMMISSION}
"""Bodies led by a «голова»; others have a «керівник»."""
ROLE_WORDS = {
    Role.MAYOR: ("міський голова", "міська голова"), Role.DEPUTY: ("депутат", "депутатка"),
    Role.SECRETARY: ("секретар", "секретарка"), Role.HEAD: ("керівник", "керівниця"),
    Role.DEPUTY_HEAD: ("заступник", "заступниця"), Role.MEMBER: ("член", "членкиня"),
    Role.STAROSTA: ("староста", "староста"), Role.STAFF: ("посадова особа", "посадова особа"),
}


def role_words(role: Role, organization: Organization, is_female: bool) -> str:
    """«заступниця голови комісії», «керівник підрозділу», «позафракційна депутатка»."""
    if organization.is_unaffiliated:
        return "позафракційна депутатка" if is_female else "позафракційний депутат"
    word = ROLE_WORDS[role][is_female]
    if role in (Role.MAYOR, Role.DEPUTY, Role.STAROSTA):
        return word
    is_chaired = organization.type in CHAIRED
    if role is Role.HEAD and is_chaired:
        word = "голова"
    if role is Role.DEPUTY_HEAD:
        word += " голови" if is_chaired else " керівника"
    return f"{word} {KIND_GENITIVE[organization.type]}"


def post_in_body(record: Membership, person: Person, organization: Organization) -> str:
    """The post as a list of this body's members names it: «голова комісії», «начальниця відділу»."""
    return record.post or role_words(record.role, organization, person.is_female)


def full_post(record: Membership, person: Person, organization: Organization) -> str:
    """The post with its body: «начальниця організаційного відділу», «член виконавчого комітету … міської ради»."""
    words = role_words(record.role, organization, person.is_female)
    is_executive = organization.type is OrganizationKind.EXECUTIVE
    if record.role is Role.MAYOR or organization.is_unaffiliated:
        return record.post or words
    if is_executive and record.role is Role.DEPUTY_HEAD:
        return record.post or words
    is_own_post = not is_executive or KIND_GENITIVE[organization.type] in record.post
    post = record.post if record.post and is_own_post else words
    return joined_post(post, organization)


def joined_post(post: str, organization: Organization) -> str:
    """A post and the genitive of its body, words that both have said once: «голова комісії» → «голова постійної …»."""
    genitive = organization.title_genitive
    if not genitive:
        return f"{post}, {organization.short}"
    if genitive.lower() in post.lower():
        return post
    head, comma, tail = post.partition(",")
    words, known = head.split(), {word.lower() for word in genitive.split()}
    while len(words) > 1 and words[-1].lower() in known:
        words.pop()
    return f"{' '.join(words)} {genitive}{comma}{tail}"


# --------------------------------------------------------------------------- who was what on a day

@frozen
class MembershipIndex:
    """Memberships of one library, looked up by organization and by person; in order of their first day."""

    by_organization: dict[str, tuple[Membership, ...]]
    by_person: dict[str, tuple[Membership, ...]]
    groups: frozenset[str]
    """Identifiers of factions and groups."""
    factions: dict[date, Mapping[str, str]] = field(default_factory=dict)
    """What `factions_on` has worked out."""


def index_of(library: Library) -> MembershipIndex:
    """The index of a library's memberships."""
    return library.once(_index)


def _index(library: Library) -> MembershipIndex:
    organizations: dict[str, list[Membership]] = defaultdict(list)
    persons: dict[str, list[Membership]] = defaultdict(list)
    for record in sorted(library.of(Membership), key=lambda m: (m.starts_on, m.source.line, m.id)):
        organizations[record.organization].append(record)
        persons[record.person].append(record)
    groups = frozenset(o.id for o in library.of(Organization) if o.type is OrganizationKind.GROUP)
    return MembershipIndex({key: tuple(found) for key, found in organizations.items()},
                           {key: tuple(found) for key, found in persons.items()}, groups)


def council_of(library: Library) -> Council | None:
    """The council; None when its file has problems of its own (rules run all the same)."""
    return next(iter(library.of(Council)), None)


def knows_composition(library: Library) -> bool:
    """False while the registers themselves have problems: nobody's vote or seat is judged by half a register."""
    return library.is_whole(Council, Organization, Membership)


def members_on(library: Library, organization_id: str, day: date) -> tuple[Membership, ...]:
    """Memberships of a body in force on a day, heads first, then by name."""
    found = [m for m in index_of(library).by_organization.get(organization_id, ()) if m.holds_on(day)]
    return tuple(sorted(found, key=lambda m: (ROLE_ORDER.index(m.role), person_order(library, m.person))))


def person_order(library: Library, person: str) -> tuple[str, str]:
    """Sort key of a person's name in the order of the Ukrainian alphabet."""
    found = library.get(Person, person)
    return sort_key(found.name if found else person)


ROLE_ORDER = (Role.MAYOR, Role.HEAD, Role.SECRETARY, Role.DEPUTY_HEAD, Role.STAROSTA, Role.DEPUTY, Role.MEMBER,
              Role.STAFF)
"""Who stands first in a list of members."""


def memberships_of(library: Library, person: str) -> tuple[Membership, ...]:
    """All memberships of a person, in order of their first day."""
    return index_of(library).by_person.get(person, ())


ACTING = re.compile(r"(?:т\.\s*)?в\.\s*о\.|(?:тимчасово\s+)?викону(?:вач|юч)\w*\s+обов", re.IGNORECASE)


def acts_for_another(record: Membership) -> bool:
    """True for a post like «в. о. міського голови»: while it lasts, whoever holds it signs and speaks as such."""
    return ACTING.match(record.post) is not None


def post_on(person: Person | None, on: date, library: Library) -> str:
    """The post under which a person acted on a day, with its body: for another, else the highest; empty without one."""
    if not person:
        return ""
    held = sorted((record for record in memberships_of(library, person.id) if record.holds_on(on)),
                  key=lambda record: (not acts_for_another(record), ROLE_ORDER.index(record.role)))
    bodies = ((record, library.get(Organization, record.organization)) for record in held)
    return next((full_post(record, person, body) for record, body in bodies if body), "")


def told_apart(person: Person, library: Library) -> str:
    """«Шевчук О. І.», in full where another person of the register is written so too."""
    return person.name if person.short in library.once(_shared_names) else person.short


def _shared_names(library: Library) -> frozenset[str]:
    counts = Counter(person.short for person in library.of(Person))
    return frozenset(name for name, count in counts.items() if count > 1)


def faction_on(library: Library, person: str, day: date) -> Organization | None:
    """The faction or group a person belonged to on a day."""
    found = factions_on(library, day).get(person)
    return library.get(Organization, found) if found else None


def factions_on(library: Library, day: date) -> Mapping[str, str]:
    """Person → faction or group on a day; worked out once a day, as a day has many votes."""
    index = index_of(library)
    if day not in index.factions:
        index.factions[day] = {m.person: m.organization for memberships in index.by_person.values()
                               for m in reversed(memberships) if m.organization in index.groups and m.holds_on(day)}
    return index.factions[day]


def mayor_on(library: Library, day: date) -> Person | None:
    """The mayor on a day."""
    council = council_of(library)
    members = index_of(library).by_organization.get(council.council_id, ()) if council else ()
    found = next((m for m in members if m.role is Role.MAYOR and m.holds_on(day)), None)
    return library.get(Person, found.person) if found else None


def seats_on(library: Library, organization_id: str, day: date) -> int | None:
    """The general composition of a body on a day: seats of the council (the mayor not counted), members of others."""
    council = council_of(library)
    organization = library.get(Organization, organization_id)
    if council and organization_id == council.council_id and (term := council.convocation_on(day)):
        return term.seats
    return organization.members_total if organization else None


def voters_on(library: Library, organization_id: str, day: date, *, with_mayor: bool = True) -> tuple[str, ...]:
    """Persons with a vote in a body on a day, each once: deputies (and the mayor) of the council, members of others."""
    council = council_of(library)
    if council and organization_id == council.council_id:
        roles = {Role.DEPUTY, Role.MAYOR} if with_mayor else {Role.DEPUTY}
    else:
        roles = set(Role) - {Role.STAFF}
    members = members_on(library, organization_id, day)
    return tuple(dict.fromkeys(m.person for m in members if m.role in roles))


def spelled(people: Iterable[Person]) -> dict[str, frozenset[str]]:
    """Key of a spelling → the persons who are written so."""
    found: dict[str, set[str]] = defaultdict(set)
    for person in people:
        for spelling in person.spellings():
            found[spelling].add(person.id)
    return {spelling: frozenset(ids) for spelling, ids in found.items()}


def persons_named(name: str, library: Library) -> frozenset[str]:
    """The persons of the register whom a name may mean, however it is spelled."""
    return library.once(_by_spelling).get(name_key(name), frozenset())


def _by_spelling(library: Library) -> dict[str, frozenset[str]]:
    return spelled(library.of(Person))
