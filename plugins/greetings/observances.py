"""Observances: holidays, professional days, days of remembrance — what each is, and its rules from year to year."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from typing import Any, ClassVar

from pydantic import Field

from plugins.records import Day, Library, Line, Part, Problem, Record, Truth, Weight, code
from plugins.records.values import FIRST_YEAR, LAST_YEAR
from plugins.ukrainian import add_years, counted, day_month

from .days import DAY_RULE, DaysFromEaster, FixedDay, LastWeekday, NthWeekday, Rule, YearNumber
from .tones import Tone

YEARS = code("DAY-YEARS", "Правила дня йдуть одне за одним: роки не перетинаються.",
             "- fixed: 01-07\n  to: 2023\n- fixed: 12-25\n  from: 2023",
             "- fixed: 01-07\n  to: 2022\n- fixed: 12-25\n  from: 2023")
UNCONFIRMED = code("DAY-UNCONFIRMED", "Дату свята звіряють щонайменше раз на рік: указами її переносять.",
                   "checked: 2024-02-01", "checked: 2026-02-01")
NO_TEXT = code("NO-TEXT", "За два тижні до дня, з яким рада вітає, є текст.",
               "(до Дня місцевого самоврядування тиждень, вітання немає)", "content/greetings/2026/12-07-….md")
AHEAD = timedelta(days=14)
"""How long before its day a greeting should be written."""
SHOWN = 5
"""How many days a remark names."""


class DayRule(Part):
    """How the day is found in some years: one of four ways."""

    fixed: FixedDay | None = Field(None, title="Дата", description="Місяць-день: 12-07 — сьоме грудня.")
    nth: NthWeekday | None = Field(
        None, title="Який день місяця", description="[1, sun, 10] — перша неділя жовтня: номер 1–4, день тижня (mon, "
        "tue, wed, thu, fri, sat, sun), місяць.")
    last: LastWeekday | None = Field(
        None, title="Останній день місяця", description="[sun, 9] — остання неділя вересня.")
    easter: DaysFromEaster | None = Field(
        None, title="Від Великодня", description="+49 — через 49 днів після Великодня, 0 — сам Великдень.")
    first_year: YearNumber | None = Field(
        None, alias="from", title="Від року", description="Перший рік; немає — здавна.")
    last_year: YearNumber | None = Field(None, alias="to", title="До року", description="Останній рік; немає — триває.")
    title: Line = Field("", title="Тодішня назва", description="Якщо в ці роки день звався інакше.")

    @property
    def way(self) -> Rule | None:
        """The rule itself."""
        return self.fixed or self.nth or self.last or self.easter

    def holds_in(self, year: int) -> bool:
        """True if the day was found so in that year."""
        return (self.first_year or FIRST_YEAR) <= year <= (self.last_year or LAST_YEAR)


def each_rule_has_one_way(observance: "Observance") -> Iterator[Problem]:
    """A rule says in one way, and only in one, how its day is found."""
    for index, rule in enumerate(observance.days):
        ways = sum(way is not None for way in (rule.fixed, rule.nth, rule.last, rule.easter))
        if ways != 1:
            fault = "не сказано, коли цей день" if not ways else "день названо кількома способами"
            yield Problem(f"days.{index}", f"{fault}. Треба одне з: fixed, nth, last, easter.", DAY_RULE)


def years_do_not_overlap(observance: "Observance") -> Iterator[Problem]:
    """A year has one day: periods run forward and do not overlap."""
    for index, rule in enumerate(observance.days):
        if rule.first_year and rule.last_year and rule.last_year < rule.first_year:
            yield Problem(f"days.{index}.to", f"строк скінчився {rule.last_year} року, раніше, ніж почався. "
                                              "Поміняйте роки місцями.", YEARS)
            return
    placed = sorted(enumerate(observance.days), key=lambda item: item[1].first_year or FIRST_YEAR)
    for (_, before), (index, rule) in pairwise(placed):
        first = rule.first_year or FIRST_YEAR
        if (before.last_year or LAST_YEAR) >= first:
            ends = [year for year in (before.last_year, rule.last_year) if year]
            shared = rule.first_year or min(ends, default=None)
            when = f"{shared} року" if shared else "щороку"
            yield Problem(f"days.{index}", f"{when} цей день уже має інше правило. Розведіть роки: from, to.", YEARS)


def texts_are_there(observance: "Observance", library: Library) -> Iterator[Problem]:
    """Two weeks before a day that the council greets with, there is a text: one remark for all that lack it."""
    lacking = library.once(without_text)
    if lacking and lacking[0][1] == observance.id:
        names = [f"{day_month(day)} — «{title_of(library, name, day.year)}»" for day, name in lacking]
        yield Problem("title", f"за 14 днів, тексту ще немає: {_some(names)}. Напишіть: python3 tasks.py new greeting "
                               f"{observance.id}.", NO_TEXT, Weight.REMARK)


def dates_are_confirmed(observance: "Observance", library: Library) -> Iterator[Problem]:
    """A date was looked up within the last twelve months: one remark for all that were not."""
    stale = library.once(unconfirmed)
    if stale and stale[0] == observance.id:
        names = [f"«{title_of(library, name)}»" for name in stale]
        total = counted(len(stale), "день", "дні", "днів")
        yield Problem("checked", f"понад рік не звіряли дати, {total}: {_some(names)}. Звірте із source і впишіть "
                                 "сьогоднішній день у checked.", UNCONFIRMED, Weight.REMARK)


def _some(names: list[str]) -> str:
    more = len(names) - SHOWN
    return ", ".join(names[:SHOWN]) + (f" і ще {more}" if more > 0 else "")


class Observance(Record):
    """День: a holiday, a professional day, a day of remembrance."""

    kind: ClassVar[str] = "observance"
    label: ClassVar[str] = "Пам’ятна дата"
    place: ClassVar[str] = "data/observances.yml"
    is_dated: ClassVar[bool] = False
    rules = (each_rule_has_one_way, years_do_not_overlap)
    links = (texts_are_there, dates_are_confirmed)

    title: Line = Field(title="Назва", description="Як день зветься тепер: День Конституції України.")
    tone: Tone = Field(title="Тон", description="Голос тексту: свято, день пам’яті чи професійний день.")
    days: tuple[DayRule, ...] = Field(
        title="Коли", description="Правила, кожне на свої роки: день переносили — допишіть ще одне.", min_length=1)
    own_heading: Line = Field(
        "", alias="heading", title="Заголовок вітання", description="Якщо не «З Днем …»: З Різдвом Христовим.")
    also: tuple[Line, ...] = Field((), title="Інші назви", description="Як ще кажуть: День учителя.")
    is_local: Truth = Field(False, title="Місцевий", description="так — день самої громади: свято міста, річниця.")
    since: YearNumber | None = Field(None, title="Рік події", description="Від якого лічать річниці: 1442.")
    is_greeted: Truth = Field(
        True, title="Чекає на слово", description="ні — лише в календарі; за два тижні тексту не просять.")
    origin: Line = Field(alias="source", title="Джерело", description="Закон, указ, рішення, звідки взято день.")
    checked: Day | None = Field(None, title="Звірено", description="Коли дату востаннє звірили з джерелом.")

    def rule_in(self, year: int) -> DayRule | None:
        """The rule of a year; None if there was no such day."""
        return next((rule for rule in self.days if rule.holds_in(year)), None)

    def title_in(self, year: int) -> str:
        """What it was called in a year."""
        rule = self.rule_in(year)
        return (rule.title if rule else "") or self.title


def day_of(observance: Observance, year: int) -> date | None:
    """The day of an observance in a year; None if there was none."""
    rule = observance.rule_in(year)
    return rule.way.on(year) if rule and rule.way else None


def next_day_of(observance: Observance, today: date) -> date | None:
    """Its first day from this one on, this year or next."""
    days = (day_of(observance, year) for year in (today.year, today.year + 1))
    return next((day for day in days if day and day >= today), None)


def observances_of(library: Library, year: int) -> tuple[tuple[date, Observance], ...]:
    """All observances of a year with their days, in the order of the year."""
    found = [(day, item) for item in library.of(Observance) if (day := day_of(item, year))]
    return tuple(sorted(found, key=lambda pair: pair[0]))


def years_since(observance: Observance, year: int) -> int | None:
    """How many years it is since the event; None where nobody counts, and in the year itself."""
    years = year - observance.since if observance.since else 0
    return years if years > 0 else None


def title_of(library: Library, name: str, year: int | None = None) -> str:
    """The title of an observance by its identifier, as it is called in a year."""
    found = library.get(Observance, name)
    return name if found is None else found.title_in(year) if year else found.title


def without_text(library: Library) -> list[tuple[date, str]]:
    """(day, identifier) of the observances of the next two weeks that nobody has written for, by day."""
    today: Any = library.now.date()
    written = {(item.observance, item.occasion_on.year) for item in library.every("greeting") if item.observance}
    year = today.year
    found = [(day, item.id) for item in library.of(Observance) if item.is_greeted
             for day in (day_of(item, year), day_of(item, year + 1))
             if day and (item.id, day.year) not in written and today >= day - AHEAD and today <= day]
    return sorted(found)


def unconfirmed(library: Library) -> list[str]:
    """Identifiers of the observances whose date was not looked up within the last twelve months."""
    today: Any = library.now.date()
    return [item.id for item in library.of(Observance)
            if item.checked is None or today > add_years(item.checked, 1)]
