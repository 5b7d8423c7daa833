"""Rules of publication as dated data, and what other rooms may ask of their verdicts.

A rule (`data/rules.yml`) has versions, each with the days on which it was law. The version in force on the day of the
event judges it: the day from which, or to which, the term is counted. Code only counts days; every number, norm and
exception stands in the register, so that a lawyer changes them without a programmer.

**A rule change never alters a past verdict silently.** A published version is fixed by its `digest`, made of all that
decides (its days, scope, terms, exceptions). Whoever changes a published version is told so (RULE-CHANGED); it passes
as a declared correction only: the former text is kept whole in `corrections` with the day and the reason, and both
texts have their digests. Events before that day are then judged by both, and every page shows both verdicts side by
side. A new version of the law is no correction of its own, but it ends the one before it, and that is a change of the
former's `valid_to`, declared in the same way; where it is declared in advance no verdict has been made by then.
"""

import difflib
import hashlib
import json
import re
from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any, ClassVar

from pydantic import BeforeValidator, Field

from plugins.acts.model import ExceptionKind
from plugins.records import (
    Day,
    Library,
    Line,
    Lines,
    Part,
    Problem,
    Record,
    Truth,
    WebAddress,
    Weight,
    Whole,
    code,
)
from plugins.records.values import refuse, shown
from plugins.ukrainian import day

from .terms import KNOWN, Concern, Direction, Element, Outcome, Point, Reading, Severity, Trait, Unit

RULE_ID = code("RULE-ID", "Правило має назву з переліку (draft.lead…), а власне правило громади — local.….",
               "id: draft.laed", "id: draft.lead")
RULE_DATES = code("RULE-DATES", "Редакції одного правила не діють того самого дня; кінець не раніший за початок.",
                  "valid_from: 2020-10-04 і попередня без valid_to", "valid_to: 2020-10-03 у попередній")
RULE_TERM = code("RULE-TERM", "Редакція має або строки (terms), або обов’язкові складники (elements); числа можливі.",
                 "terms:\n  - count: 10\n    unit: wd", "terms:\n  - point: published\n    direction: before\n    "
                 "count: 10\n    unit: wd\n    from: [considered]")
RULE_CHANGED = code("RULE-CHANGED", "Оприлюднену редакцію правила не змінюють мовчки: зміну оголошують виправленням.",
                    "count: 5 замість 10, digest той самий",
                    "corrections:\n  - at: 2026-11-23\n    reason: …\n    was: (колишній текст із його digest)")
RULE_DIGEST = code("RULE-DIGEST", "Щоб минулі вердикти не змінилися непомітно, редакцію закріплює її відбиток.",
                   "(немає digest)", "digest: 3f1c…")
MAX_COUNT = {Unit.WORKING_DAY: 1_000, Unit.DAY: 4_000, Unit.MONTH: 240, Unit.YEAR: 100}
MOMENTS: dict[Concern, frozenset[Point]] = {
    Concern.DRAFT: frozenset({Point.PUBLISHED, Point.CHANGED, Point.CONSIDERED, Point.FINAL,
                              Point.REMARKS_OPENED, Point.REMARKS_CLOSED}),
    Concern.ACT: frozenset({Point.PUBLISHED, Point.ADOPTED, Point.SIGNED, Point.DECIDED, Point.EFFECTIVE,
                            Point.EFFECT_YEAR, Point.SUSPENDED, Point.RECONSIDERED, Point.BUDGET_YEAR, Point.FORCE,
                            Point.BASE_DUE, Point.BASE_TRACKED, Point.REPEAT_DUE, Point.REPEAT_TRACKED}),
    Concern.MEETING: frozenset({Point.NOTICE, Point.AGENDA, Point.STARTS, Point.ENDED, Point.HELD, Point.NEXT_HELD,
                                Point.RECORDING, Point.RECORDING_KEPT, Point.MINUTES, Point.MINUTES_SIGNED}),
    Concern.VOTE: frozenset({Point.VOTED, Point.VOTES}),
    Concern.PLAN: frozenset({Point.APPROVED, Point.PUBLISHED, Point.EFFECT_YEAR}),
    Concern.TRACKING: frozenset({Point.TRACKED, Point.NEXT_TRACKED, Point.PUBLISHED}),
}
"""Which moments a kind of records knows."""
WORDS = ("reason", "basis")
"""Fields of a version that only tell."""
SECTION = "/prozorist/stroky/"


def rule_name(value: Any) -> str:
    """`draft.lead`, `local.…`. Errors: RULE-ID."""
    if not isinstance(value, str) or not (value in KNOWN or re.fullmatch(r"local\.[a-z0-9]+(?:_[a-z0-9]+)*", value)):
        close = difflib.get_close_matches(value, KNOWN, 1, 0.6) if isinstance(value, str) else []
        hint = f"Можливо, «{close[0]}»?" if close else f"Можна: {', '.join(KNOWN)}."
        raise refuse(RULE_ID, f"правила «{shown(value)}» немає. {hint} Власне правило громади — local.назва.")
    return value


def month_day(value: Any) -> str:
    """`07-15`. Errors: RULE-TERM."""
    match = re.fullmatch(r"(\d\d)-(\d\d)", value) if isinstance(value, str) else None
    try:
        date(2023, int(match[1]) if match else 0, int(match[2]) if match else 0)
    except ValueError:
        raise refuse(RULE_TERM, f"«{shown(value)}» не день року. Треба ММ-ДД, наприклад 07-15.") from None
    return str(value)


class RuleTerm(Part):
    """A term: what must happen, how long before or after what."""

    when: tuple[Trait, ...] = Field((), title="Коли", description="Ознаки, за яких діє цей строк; порожньо — завжди.")
    point: Point = Field(title="Що", description="Подія, яка має статися вчасно.")
    direction: Direction = Field(title="Напрям", description="before, after або lasts.")
    count: Whole = Field(title="Скільки", description="Число: 10.")
    unit: Unit = Field(title="Чого", description="wd, cd, month або year.")
    anchors: tuple[Point, ...] = Field(alias="from", title="Від чого", description="Перша з подій, день якої відомий.",
                                       min_length=1)
    reading: Reading = Field(Reading.CLEAR, title="Лік", description="Для before: clear — суворий, offset — м’який.")
    is_inclusive: Truth = Field(False, title="Перший день рахується", description="так, якщо день події — перший.")
    on: Annotated[str, BeforeValidator(month_day)] = Field(
        "", title="День року", description="Для unit: year — граничний день: 07-15.")
    grace_minutes: Whole = Field(0, title="Запас хвилин", description="На скільки хвилин можна спізнитися за північ.")


class RuleException(Part):
    """A named exception from a term."""

    kind: ExceptionKind = Field(title="Виняток", description="urgent або martial_law.")
    basis: Line = Field(title="Норма", description="Стаття закону, яка його дозволяє.")
    needs_publication: Truth = Field(False, title="Лише якщо оприлюднено", description="так — документ все одно "
                                     "має стати публічним до події.")
    in_martial_law: Truth = Field(False, title="Лише у воєнний стан", description="Періоди — у data/calendar.yml.")


class NotConcerned(Part):
    """Records that a rule looks at but does not concern."""

    trait: Trait = Field(title="Ознака", description="Кого правило не стосується.")
    reason: Line = Field(title="Чому", description="Речення для читача.")


class RuleText(Part):
    """All of a version that decides."""

    valid_from: Day = Field(title="Діє від", description="Перший день.")
    valid_to: Day | None = Field(None, title="Діє до", description="Останній день; немає — діє досі.")
    only: tuple[Trait, ...] = Field((), title="Кого стосується", description="Досить однієї ознаки; порожньо — усіх.")
    topics: tuple[Line, ...] = Field((), title="Теми", description="Лише документи з однією з цих тем.")
    titles: tuple[Line, ...] = Field((), title="Слова назви", description="Лише документи, у назві яких є ці слова.")
    without: tuple[NotConcerned, ...] = Field((), title="Кого не стосується", description="Ознаки й причини.")
    terms: tuple[RuleTerm, ...] = Field((), title="Строки", description="Діє перший, умови якого справджуються.")
    elements: tuple[Element, ...] = Field((), title="Складники", description="Що документ мусить мати.")
    exceptions: tuple[RuleException, ...] = Field((), title="Винятки", description="Названі законом.")
    digest: Line = Field("", title="Відбиток", description="Ставлять, коли редакцію оприлюднено; скаже перевірка.")

    def holds_on(self, at: date) -> bool:
        """True if it is law on that day."""
        return self.valid_from <= at and (self.valid_to is None or at <= self.valid_to)

    def made_digest(self) -> str:
        """Twelve digits of SHA-256 of all that decides; words for the reader may be improved."""
        told = {name: _plain(getattr(self, name)) for name in RuleText.model_fields if name != "digest"}
        return hashlib.sha256(json.dumps(told, ensure_ascii=False, sort_keys=True).encode()).hexdigest()[:12]


def _plain(value: Any) -> Any:
    if isinstance(value, Part):
        return {name: _plain(item) for name, item in value.__dict__.items() if name not in WORDS}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return getattr(value, "value", str(value))


class Correction(Part):
    """A declared change of a published version: events before the day are judged by both texts."""

    at: Day = Field(title="Коли", description="День, коли редакцію змінено на сайті.")
    reason: Lines = Field(title="Чому", description="Одне речення для читача.")
    was: RuleText = Field(title="Як було", description="Колишній текст редакції разом із його відбитком.")


class RuleVersion(RuleText):
    """A version of a rule: the norm, the days on which it was law, how it counts."""

    norm: Line = Field(title="Норма", description="Закон, стаття, частина.")
    url: WebAddress | None = Field(None, title="Адреса норми", description="Де її прочитати.")
    note: Lines = Field("", title="Примітка", description="Що ще треба знати.")
    corrections: tuple[Correction, ...] = Field((), title="Виправлення", description="Оголошені зміни, від давніх.")


def versions_do_not_overlap(rule: "Rule") -> Iterator[Problem]:
    """On each day one version at most is law."""
    for index, version in enumerate(rule.versions):
        place = f"versions.{index}"
        if version.valid_to and version.valid_to < version.valid_from:
            yield Problem(f"{place}.valid_to", "кінець раніший за початок. Перевірте дні.", RULE_DATES)
            continue
        for other in rule.versions[:index]:
            if version.holds_on(other.valid_from) or other.holds_on(version.valid_from):
                yield Problem(f"{place}.valid_from", f"того самого дня діє редакція від {day(other.valid_from)}. "
                              "Закрийте попередню: valid_to — день перед початком цієї.", RULE_DATES)
                break


def versions_can_be_counted(rule: "Rule") -> Iterator[Problem]:
    """A version of an enabled rule has terms or elements, and its terms can be counted."""
    for index, version in enumerate(rule.versions):
        texts = [(f"versions.{index}", version)] + [
            (f"versions.{index}.corrections.{number}.was", item.was) for number, item in enumerate(version.corrections)]
        for place, text in texts:
            if rule.is_enabled and bool(text.terms) is bool(text.elements):
                yield Problem(place, "вкажіть або terms (строки), або elements (складники).", RULE_TERM)
            for number, term in enumerate(text.terms):
                yield from (Problem(f"{place}.terms.{number}.{field}", words, RULE_TERM)
                            for field, words in _faults(term, rule.concerns))


def _faults(term: RuleTerm, concerns: Concern) -> Iterator[tuple[str, str]]:
    known = MOMENTS[concerns]
    if term.count > MAX_COUNT[term.unit]:
        yield "count", f"{term.count} — забагато. Можна до {MAX_COUNT[term.unit]}."
    if bool(term.on) and term.unit is not Unit.YEAR:
        yield "on", "день року буває лише з unit: year."
    if term.grace_minutes >= 24 * 60:
        yield "grace_minutes", "запас менший за добу."
    for field, points in (("point", (term.point,)), ("from", term.anchors)):
        for point in points:
            if point not in known:
                yield field, (f"{concerns.label} не мають події «{point.value}». "
                              f"Можна: {', '.join(sorted(item.value for item in known))}.")


def published_versions_stay(rule: "Rule") -> Iterator[Problem]:
    """A version with a digest is what it was when the digest was set; without one it is not published yet."""
    for index, version in enumerate(rule.versions):
        made = version.made_digest()
        if not version.digest:
            yield Problem(f"versions.{index}", f"редакцію не закріплено. Перед оприлюдненням додайте digest: {made}.",
                          RULE_DIGEST, Weight.REMARK)
        elif version.digest != made:
            yield Problem(f"versions.{index}.digest", "редакцію змінено, а вона вже оприлюднена. Поверніть, як було, "
                          "або оголосіть виправлення: колишній текст — у corrections (at, reason, was), "
                          f"а тут digest: {made}.", RULE_CHANGED)
        for number, correction in enumerate(version.corrections):
            if correction.was.digest != (made := correction.was.made_digest()):
                yield Problem(f"versions.{index}.corrections.{number}.was", "колишній текст не збігається зі своїм "
                              f"відбитком (вийшло {made}). Перепишіть його точно, разом із digest.", RULE_CHANGED)


class Rule(Record):
    """Строк чи обов’язок: what the law asks, by versions; one entry of `data/rules.yml`."""

    kind: ClassVar[str] = "rule"
    label: ClassVar[str] = "Правило оприлюднення"
    place: ClassVar[str] = "data/rules.yml"
    is_dated: ClassVar[bool] = False
    rules = (versions_do_not_overlap, versions_can_be_counted, published_versions_stay)

    id: Annotated[str, BeforeValidator(rule_name)] = Field(title="Назва", description="draft.lead; власна — local.….")
    title: Line = Field(title="Заголовок", description="Що треба зробити й коли, кількома словами.")
    asks: Lines = Field(title="Чого вимагає", description="Речення простою мовою.")
    concerns: Concern = Field(title="Що перевіряє", description="Вид документів: draft, act, meeting…")
    severity: Severity = Field(Severity.MUST, title="Вага", description="must, should або local.")
    is_enabled: Truth = Field(True, alias="enabled", title="Увімкнено", description="ні — лише стоїть у переліку.")
    note: Lines = Field("", title="Примітка", description="Чому не перевіряється, на що зважити.")
    versions: tuple[RuleVersion, ...] = Field(title="Редакції", description="Від найдавнішої.", min_length=1)

    @property
    def slug(self) -> str:
        """Its part of an address: `draft-lead`."""
        return self.id.replace(".", "-").replace("_", "-")

    @property
    def page_url(self) -> str:
        """Its page (it has no section: the page belongs to the ledger)."""
        return f"{SECTION}{self.slug}/"


def enabled_rules(library: Library, concern: str = "") -> tuple[Rule, ...]:
    """The rules that judge, in the order of the register; those of one kind of records if it is named."""
    return library.once(_by_concern).get(concern, ())


def _by_concern(library: Library) -> dict[str, tuple[Rule, ...]]:
    rules = [rule for rule in library.of(Rule) if rule.is_enabled]
    return {"": tuple(rules)} | {concern.value: tuple(rule for rule in rules if rule.concerns is concern)
                                 for concern in Concern}


def has_ledger(library: Library) -> bool:
    """True if there are rules and something that they judge."""
    return any(library.exists(concern) for concern in {rule.concerns.value for rule in enabled_rules(library)})


__all__ = ["SECTION", "Concern", "Direction", "Element", "Outcome", "Point", "Reading", "Rule", "RuleTerm", "RuleText",
           "RuleVersion", "Severity", "Trait", "Unit", "enabled_rules", "has_ledger"]
