"""What a rule's page says above its verdicts: what it asks, by which norms, how its days are counted."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from plugins.people.model import counting_days
from plugins.records import Library, frozen
from plugins.records.components import lower_first
from plugins.ukrainian import Calendar, NoHolidayTable, counted, day, day_month, short_day, weekday

from .counting import lag_of, lead_of, limit_of, outcome_of
from .model import Rule, RuleTerm, RuleVersion
from .terms import Direction, Outcome, Unit
from .words import SAYINGS, forms_of

HELP_URL = "/dopomoha/stroky/"
EXAMPLE_DAY = date(2026, 11, 30)
"""The anchor of worked examples: that of the domain note."""


@frozen
class VersionSheet:
    """A version of a rule: when it was law, by which norm, how it counts."""

    when: str
    norm: str
    url: str
    note: str
    terms: tuple[str, ...]
    exceptions: tuple[str, ...]
    corrections: tuple[str, ...]
    digest: str


@frozen
class ExampleRow:
    """A day of a worked example."""

    day: str
    counted: str
    outcome: str
    word: str


@frozen
class RuleSheet:
    """What a rule's page says above its verdicts."""

    id: str
    asks: str
    severity: str
    concerns: str
    note: str
    is_enabled: bool
    versions: tuple[VersionSheet, ...]
    example_title: str
    example: tuple[ExampleRow, ...]
    help_url: str


def rule_sheet(rule: Rule, library: Library) -> RuleSheet:
    """What a rule asks, by which norms, how its days are counted, with a worked example."""
    term = next((item for item in reversed(rule.versions) if item.terms), None)
    title, rows = example_of(term.terms[-1], counting_days(library)) if term and rule.is_enabled else ("", ())
    return RuleSheet(rule.id, rule.asks, rule.severity.label, rule.concerns.label, rule.note, rule.is_enabled,
                     tuple(version_sheet(version) for version in reversed(rule.versions)), title, rows,
                     HELP_URL if library.is_out("help", "stroky") else "")


def version_sheet(version: RuleVersion) -> VersionSheet:
    """A version in words."""
    until = f" до {day(version.valid_to)}" if version.valid_to else ""
    terms = [term_words(term) for term in version.terms]
    terms += [f"Документ має: {', '.join(item.label for item in version.elements)}."] if version.elements else []
    return VersionSheet(
        f"Від {day(version.valid_from)}{until}", version.norm, version.url or "", version.note, tuple(terms),
        tuple(f"Виняток «{item.kind.label}»: {lower_first(item.basis)}." for item in version.exceptions),
        tuple(f"{day(item.at)} текст редакції виправлено: {item.reason}" for item in version.corrections),
        version.digest)


def term_words(term: RuleTerm) -> str:
    """«Оприлюднити — не пізніше ніж за 10 повних робочих днів до розгляду.»"""
    traits = f"{join_words(item.label for item in term.when)}: " if term.when else ""
    todo, anchors = SAYINGS[term.point].todo or term.point.label, [SAYINGS[item].genitive for item in term.anchors]
    after = f"{anchors[0]}{f' (якщо такого дня немає — {anchors[1]})' if len(anchors) > 1 else ''}"
    if term.on:
        month_day = date(2023, *map(int, term.on.split("-")))
        limit = f"до {day_month(month_day)} {_years_off(term)}"
    else:
        number = counted(term.count, *_forms(term))
        side = {Direction.BEFORE: f"не пізніше ніж за {number} до {after}",
                Direction.AFTER: f"не пізніше ніж через {number} після {after}",
                Direction.LASTS: f"щонайменше {number} від {after}"}
        limit = side[term.direction] if term.count else (
            f"не пізніше дня {after}" if term.direction is Direction.AFTER else f"не пізніше за день {after}")
    return f"{traits[:1].upper()}{traits[1:]}{todo if not traits else todo[:1].lower() + todo[1:]} — {limit}."


def _forms(term: RuleTerm) -> tuple[str, str, str]:
    if term.unit is Unit.MONTH:
        return "місяць", "місяці", "місяців"
    return ("рік", "роки", "років") if term.unit is Unit.YEAR else forms_of(term)


def _years_off(term: RuleTerm) -> str:
    if not term.count:
        return "того самого року"
    return "попереднього року" if term.direction is Direction.BEFORE else "наступного року"


def join_words(words: Iterable[str]) -> str:
    """«а, б»."""
    return ", ".join(words)


def example_of(term: RuleTerm, days: Calendar) -> tuple[str, tuple[ExampleRow, ...]]:
    """A worked example around the limit: what each day would come to."""
    if term.on or term.unit in (Unit.MONTH, Unit.YEAR) or term.direction is Direction.LASTS:
        return "", ()
    try:
        limit = limit_of(term, EXAMPLE_DAY, days)
        steps = range(-2, 4) if term.direction is Direction.BEFORE else range(-1, 3)
        shown = [limit.strict + timedelta(days=step) for step in steps]
        rows = tuple(_example_row(term, at, outcome_of(term, limit, at), days) for at in shown if at <= EXAMPLE_DAY
                     or term.direction is Direction.AFTER)
    except NoHolidayTable:
        return "", ()
    genitive = SAYINGS[term.anchors[0]].genitive
    title = f"Приклад: день {genitive} — {day(EXAMPLE_DAY)}, {weekday(EXAMPLE_DAY)}"
    return title, rows


def _example_row(term: RuleTerm, at: date, outcome: Outcome, days: Calendar) -> ExampleRow:
    if term.direction is Direction.BEFORE:
        words = counted(lead_of(term, EXAMPLE_DAY, at, days), *_forms(term)) + " до"
    else:
        words = f"{lag_of(term, EXAMPLE_DAY, at, days)}-й день" if at > EXAMPLE_DAY else "той самий день"
    return ExampleRow(f"{short_day(at)}, {weekday(at)}", words, outcome.value, outcome.label)
