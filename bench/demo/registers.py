"""Who is who in the invented council: the registers of `data/`, the same whatever years are written."""
from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from bench.demo.voice import yaml
from bench.demo.words import AREAS, OBSERVANCES
from plugins.ukrainian import full_name, short_name, slug
from tooling.bootstrap import ROOT

FIRST_YEAR, LAST_YEAR = 2016, 2025
CHECKED_ON = f"{LAST_YEAR}-12-01"
FORMS_FROM = f"{LAST_YEAR + 1}-01-01"
"""The documents of an archive have signed scans; what the forms of new ones cost is measured by `bench documents`."""
"""When the dates of the observances were looked up last."""
SEATS = 26
LAWS = ("rules.yml", "calendar.yml")
"""Registers of the law, the same for every council: they are taken from the sample."""
TERMS = ((7, date(2015, 11, 17), date(2020, 11, 23)), (8, date(2020, 11, 24), None))
"""Convocations: number, first and last day."""
SURNAMES = """Авраменко Бабенко Бойчук Бондар Василенко Верба Власенко Гайдук Гнатюк Гончар Демченко Дорошенко Дяченко
Євтушенко Жук Заєць Зінченко Іваненко Ільчук Калинюк Кириленко Коваль Козак Костенко Кравець Кузьменко Левчук Лисенко
Луценко Мазур Марченко Мельник Мороз Нестеренко Олійник Онищук Остапенко Павленко Петрук Пилипчук Приходько Радченко
Романюк Савченко Семенюк Сидоренко Сокіл Степаненко Стельмах Тимошенко Тищенко Ткач Федорук Харченко Цимбал Чайка
Шевчук Щербань Юрченко Яременко""".split()
GIVEN = (("Андрій", "Богдан", "Василь", "Дмитро", "Ігор", "Максим", "Назар", "Олег", "Петро", "Роман", "Сергій",
          "Тарас"),
         ("Алла", "Ганна", "Галина", "Ірина", "Катерина", "Леся", "Марія", "Надія", "Оксана", "Софія", "Тетяна",
          "Юлія"))
PATRONYMICS = (("Іванович", "Миколайович", "Петрович", "Степанович", "Ярославович", "Богданович", "Юрійович"),
               ("Іванівна", "Миколаївна", "Петрівна", "Степанівна", "Ярославівна", "Богданівна", "Юріївна"))
UNITS = (
    ("finansove", "Фінансове управління", "фінансового управління"),
    ("zemelnyi", "Відділ земельних відносин", "відділу земельних відносин"),
    ("zhkh", "Управління комунального господарства", "управління комунального господарства"),
    ("osvita", "Відділ освіти", "відділу освіти"),
    ("kultura", "Відділ культури і спорту", "відділу культури і спорту"),
    ("sots", "Управління соціального захисту", "управління соціального захисту"),
    ("bezpeka", "Відділ цивільного захисту", "відділу цивільного захисту"),
    ("maino", "Відділ комунального майна", "відділу комунального майна"),
    ("org-viddil", "Організаційний відділ", "організаційного відділу"),
)
COMMITTEES = (
    ("kom-biudzhet", "Постійна комісія з питань бюджету і майна", "постійної комісії з питань бюджету і майна"),
    ("kom-zemlia", "Постійна комісія з питань землі", "постійної комісії з питань землі"),
    ("kom-zhkh", "Постійна комісія з питань господарства", "постійної комісії з питань господарства"),
    ("kom-humanitarna", "Постійна комісія з гуманітарних питань", "постійної комісії з гуманітарних питань"),
    ("kom-rehlament", "Постійна комісія з питань регламенту", "постійної комісії з питань регламенту"),
)
GROUPS = (("fr-rozvytok", "Фракція «Розвиток»", "фракції «Розвиток»"),
          ("fr-hromada", "Фракція «Громада»", "фракції «Громада»"),
          ("hr-maibutnie", "Депутатська група «Майбутнє»", "депутатської групи «Майбутнє»"))


@dataclass(frozen=True)
class Person:
    """A person of the register."""

    id: str
    family: str
    given: str
    patronymic: str
    is_female: bool

    @property
    def name(self) -> str:
        """«Шевчук Леся Іванівна»."""
        return full_name(self.family, self.given, self.patronymic)

    @property
    def short(self) -> str:
        """«Шевчук Л. І.», with common spaces, as in a file that a person types."""
        return short_name(self.family, self.given, self.patronymic).replace("\N{NO-BREAK SPACE}", " ")


@cache
def people() -> tuple[Person, ...]:
    """Everybody: both convocations, the mayor, the executive committee, heads of units."""
    return tuple(_person(place, family) for place, family in enumerate(SURNAMES))


def _person(place: int, family: str) -> Person:
    sex = place % 2
    given = GIVEN[sex][place * 5 % len(GIVEN[sex])]
    patronymic = PATRONYMICS[sex][place * 3 % len(PATRONYMICS[sex])]
    return Person(slug(f"{family} {given}"), family, given, patronymic, bool(sex))


def deputies(term: int) -> tuple[Person, ...]:
    """Deputies of a convocation; fourteen sit in both."""
    return people()[:SEATS] if term == TERMS[0][0] else people()[12:12 + SEATS]


def mayor() -> Person:
    """The mayor of all years."""
    return people()[38]


def secretary() -> Person:
    """The secretary of the council: a deputy of both convocations."""
    return people()[13]


def executive() -> tuple[Person, ...]:
    """The executive committee: the mayor, the secretary and eleven members."""
    return (mayor(), secretary(), *people()[39:50])


def head_of(unit: str) -> Person:
    """Who leads a unit."""
    return people()[50 + [identifier for identifier, _, _ in UNITS].index(unit)]


def committee_in_accusative(committee: str) -> str:
    """«постійну комісію з питань землі»."""
    title = next(title for identifier, title, _ in COMMITTEES if identifier == committee)
    return title.replace("Постійна комісія", "постійну комісію")


def term_on(day: date) -> int:
    """The convocation of a day."""
    return next(number for number, _, last in TERMS if last is None or day <= last)


def files() -> Iterator[tuple[str, str]]:
    """The registers: path below `data/`, text."""
    yield "council.yml", yaml(_council())
    yield "organizations.yml", _list(_organizations())
    yield "memberships.csv", _memberships()
    yield "vocabularies/topics.yml", _list({"id": area.id, "title": area.title} for area in AREAS)
    yield "observances.yml", _list({
        "id": key, "title": title, "tone": tone, "days": [{"fixed": f"{int(month):02}-{int(day):02}"}],
        "is_greeted": "ні", "source": "Вигаданий перелік", "checked": CHECKED_ON,
    } for key, title, month, day, tone in OBSERVANCES)
    yield "forms.yml", f"forms_from: {FORMS_FROM}\n"
    for name in LAWS:
        yield name, (ROOT / "data" / name).read_text(encoding="utf-8")
    for person in people():
        yield f"people/{person.id}.yml", yaml({
            "family_name": person.family, "given_name": person.given, "patronymic": person.patronymic,
            "gender": "female" if person.is_female else "male"})


def _list(records: Iterator[dict[str, Any]]) -> str:
    return "".join(f"- {yaml(record, '  ')[2:]}" for record in records)


def _council() -> dict[str, Any]:
    return {
        "id": "zrazkiv", "name": "Зразківська міська рада", "name_genitive": "Зразківської міської ради",
        "name_locative": "Зразківській міській раді", "name_en": "Zrazkiv City Council",
        "short_name": "Зразківська рада", "community": "Зразківська міська територіальна громада",
        "community_genitive": "Зразківської міської територіальної громади", "settlement": "м. Зразків",
        "tagline": "Архів, складений програмою",
        "lead": "Десять років вигаданої ради: проєкти, засідання, голосування, новини.",
        "edrpou": "99000022", "katottg": "UA99010010010099998", "region": "Зразківський район",
        "address": "вул. Соборна, 1, м. Зразків, 00022", "hours": "пн–пт 8:00–17:00",
        "phones": [{"number": "(03200) 2-20-00", "title": "Приймальня"}], "email": "rada@zrazkiv.example",
        "site": "https://rada.zrazkiv.example", "council_id": "rada", "executive_id": "vykonkom",
        "convocations": [{"number": number, "starts_on": first, "ends_on": last, "seats": SEATS}
                         for number, first, last in TERMS],
        "number_formats": [
            {"type": "decision", "body": "rada", "form": "{n}-{session}/{convocation}"},
            {"type": "decision", "body": "vykonkom", "form": "{n}"},
            {"type": "order", "form": "{n}-р"}, {"type": "draft", "form": "{n}-П"}],
        "notice": "Громади, людей і документів цього сайту немає: усе тут склала програма, щоб випробувати сайт.",
    }


def _organizations() -> Iterator[dict[str, Any]]:
    yield {"id": "rada", "type": "council", "title": "Зразківська міська рада",
           "title_genitive": "Зразківської міської ради", "short_title": "Міська рада", "members_total": SEATS}
    yield {"id": "vykonkom", "type": "executive", "title": "Виконавчий комітет Зразківської міської ради",
           "title_genitive": "виконавчого комітету Зразківської міської ради", "short_title": "Виконком",
           "parent": "rada", "members_total": len(executive())}
    for kind, bodies in (("unit", UNITS), ("committee", COMMITTEES), ("group", GROUPS)):
        for identifier, title, genitive in bodies:
            yield {"id": identifier, "type": kind, "title": title, "title_genitive": genitive, "parent": "rada"}


def _memberships() -> str:
    table = io.StringIO()
    write = csv.writer(table, lineterminator="\n").writerow
    write(("id", "person", "organization", "role", "post", "starts_on", "ends_on", "act"))
    for number, (person, body, role, post, starts, ends) in enumerate(_rows(), 1):
        write((f"m{number}", person.id, body, role, post, starts, ends or "", ""))
    return table.getvalue()


def _rows() -> Iterator[tuple[Person, str, str, str, date, date | None]]:
    """Who, where, as whom, called what, from when, until when."""
    first = TERMS[0][1]
    yield mayor(), "rada", "mayor", "міський голова", first, None
    yield mayor(), "vykonkom", "head", "міський голова", first, None
    yield secretary(), "rada", "secretary", "секретар міської ради", first, None
    for member in executive()[1:]:
        yield member, "vykonkom", "member", "", first, None
    for unit, _, _ in UNITS:
        yield head_of(unit), unit, "head", "", first, None
    for term, starts, ends in TERMS:
        for place, deputy in enumerate(deputies(term)):
            yield deputy, "rada", "deputy", "депутатка" if deputy.is_female else "депутат", starts, ends
            yield deputy, GROUPS[place % len(GROUPS)][0], "member", "", starts, ends
            committee = COMMITTEES[place % len(COMMITTEES)][0]
            yield deputy, committee, "head" if place < len(COMMITTEES) else "member", "", starts, ends
