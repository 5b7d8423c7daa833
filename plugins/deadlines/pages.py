"""Verdicts → pages: the box of a record, the ledger with its filters and rules, the first page of the section."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import fields, replace
from functools import partial
from typing import Any, ClassVar

from plugins.people.model import Council, Organization
from plugins.records import Axis, Box, Deferred, Group, Library, Link, PageModel, Record, Seen, View, frozen
from plugins.records.components import NotedLink
from plugins.records.lists import ListPage, ListPlan, Rows, lists
from plugins.ukrainian import NBSP, counted, number, share

from .ledger import VIEWS, Entry, Line, changed_at, entries, line_at, lines_of
from .model import SECTION, Rule, enabled_rules, has_ledger
from .sheets import RuleSheet, rule_sheet
from .terms import JUDGED, WORST_FIRST, Outcome

LANDING = Link("Прозорість", "/prozorist/")
LEDGER = Link("Строки", SECTION)
NOUN = ("висновок", "висновки", "висновків")
PAGE_SIZE = 60
SLUGS = {Outcome.PASS: "vchasno", Outcome.UNPROVEN: "vchasno-ne-dovedeno", Outcome.FAIL: "porusheno",
         Outcome.BORDERLINE: "na-mezhi", Outcome.EXEMPT: "vyniatky", Outcome.UNKNOWN: "bez-dokazu",
         Outcome.PENDING: "stroky-tryvaiut", Outcome.NA: "ne-zastosovno"}
"""Outcome → its part of the address."""
MEANINGS = {
    Outcome.PASS: "Дотримано: день доведено або все видно на самій сторінці.",
    Outcome.UNPROVEN: "За історією змін або датами самого документа.",
    Outcome.FAIL: "Строк минув раніше, ніж усе зроблено.",
    Outcome.BORDERLINE: "Дотримано, лише якщо рахувати м’яко.",
    Outcome.EXEMPT: "Закон дозволяє не чекати; це не «вчасно».",
    Outcome.UNKNOWN: "Дня не доведено: ні вчасно, ні порушено.",
    Outcome.PENDING: "Останній день ще попереду.",
    Outcome.NA: "Вимога цього випадку не стосується.",
}
SHOWN = 6


# --------------------------------------------------------------------------- beside a record

@frozen
class DeadlinesBox:
    """What a record's page shows: what a reader must see first, the rest folded."""

    shown: tuple[Line, ...]
    folded: tuple[Line, ...]
    ledger: Link


def deadlines_box(record: Record, library: Library) -> Box | None:
    """The verdicts of a record, the worst first; what is in order is folded beside anything that is not."""
    order = [outcome.value for outcome in WORST_FIRST]
    lines = sorted(lines_of(record, library), key=lambda line: order.index(line.outcome))
    if not lines:
        return None
    quiet = (Outcome.PASS.value, Outcome.UNPROVEN.value, Outcome.NA.value)
    shown = tuple(line for line in lines if line.outcome not in quiet or line.former) or tuple(lines[:1])
    folded = tuple(line for line in lines if line not in shown)
    return Box("deadlines/box.html", DeadlinesBox(shown, folded, Link("Усі строки", SECTION)))


# --------------------------------------------------------------------------- the ledger

@frozen
class OutcomeCount:
    """How many verdicts of an outcome; its share of all whose day has come."""

    outcome: str
    word: str
    count: int
    share: str
    meaning: str
    url: str = ""


@frozen(kw_only=True)
class LedgerPage(ListPage):
    """A page of the ledger; on the first page of a list its counts, on that of a rule what the rule asks."""

    template: ClassVar[str] = "deadlines/ledger.html"
    page_kind: ClassVar[str] = "deadline-ledger"

    counts: tuple[OutcomeCount, ...] = ()
    rule: RuleSheet | None = None

    @property
    def kind(self) -> str:
        return self.page_kind


@frozen(kw_only=True)
class TransparencyPage(PageModel):
    """The first page of the section: how terms are kept, the rules, what other rooms add (slot "transparency")."""

    template: ClassVar[str] = "deadlines/transparency.html"
    page_kind: ClassVar[str] = "section"

    lead: str
    counts: tuple[OutcomeCount, ...]
    worst: tuple[Line, ...]
    tasks: tuple[NotedLink, ...]
    rules: tuple[NotedLink, ...]


def ledger(library: Library) -> Iterator[Group | PageModel]:
    """The whole ledger, each year, each rule, body and outcome; a page for rules that have judged nothing."""
    if not has_ledger(library):
        return
    found = entries(library)
    axes = _axes(library)
    view = View("deadlines", Rule, _no_row, tuple(Axis(title, _no_value) for title in axes))
    plan = ListPlan(
        url=SECTION, title=LEDGER.title, noun=NOUN, menu="", view=view, crumbs=(LANDING,), size=PAGE_SIZE,
        description="Чи вчасно оприлюднено проєкти, рішення, порядки денні, записи й результати голосувань.",
        lead="Кожен строк, який закон ставить раді, і що з того вийшло: день, доказ і норма. Недоведене — окремо.",
        feeds=(Link("Строки: стрічка", f"{SECTION}feed.xml"),), rows=Rows(line_at, changed_at),
        data_links=_data_links(found))
    seen = [Seen(item.key, item.year, tuple(place(item) for place in axes.values()), item.mark) for item in found]
    by_url = _by_url(found, axes)
    rules = {rule.page_url: rule for rule in library.of(Rule)}
    made = set()
    for group in lists(plan, library, seen):
        made.add(group.url)
        counts = counts_of(by_url.get(group.url, found))
        yield _as_ledger(group, counts, rules.get(group.url), library)
    yield from (_alone(rule, plan, library) for url, rule in rules.items() if url not in made)
    if not found:
        yield LedgerPage(url=SECTION, title=LEDGER.title, heading=LEDGER.title, description=plan.description,
                         crumbs=plan.crumbs, lead=plan.lead, rows=(), count="Висновків ще немає", menu="")


def _no_row(record: Any, library: Library) -> None:
    """Lines of the ledger come from the views of records."""


def _no_value(record: Any, library: Library) -> None:
    """Places on the axes come from the entries."""


Place = Callable[[Entry], tuple[str, str] | None]


def _axes(library: Library) -> dict[str, Place]:
    """The ways to narrow the ledger: title → the place of an entry on it (part of the address, label)."""
    rules = {rule.id: (rule.slug, rule.title) for rule in library.of(Rule)}
    bodies = {body.id: (f"orhan-{body.id}", body.short) for body in library.of(Organization)}
    outcomes = {outcome.value: (SLUGS[outcome], outcome.label) for outcome in Outcome}
    return {"Висновок": lambda item: outcomes[item.outcome], "Орган": lambda item: bodies.get(item.body),
            "Вимога": lambda item: rules[item.rule]}


def _by_url(found: Sequence[Entry], axes: dict[str, Place]) -> dict[str, list[Entry]]:
    """The entries of each list of a part: year, rule, body, outcome."""
    parts: dict[str, list[Entry]] = {}
    for item in found:
        parts.setdefault(f"{SECTION}{item.year}/", []).append(item)
        for place in axes.values():
            if value := place(item):
                parts.setdefault(f"{SECTION}{value[0]}/", []).append(item)
    return parts


def _data_links(found: Sequence[Entry]) -> tuple[Link, ...]:
    years = sorted({item.year for item in found}, reverse=True)
    return (Link("CSV", f"{SECTION}stroky.csv"), *(Link(f"CSV за {year}{NBSP}рік", f"{SECTION}stroky-{year}.csv")
                                                  for year in years[:3]), Link("Стрічка", f"{SECTION}feed.xml"))


def counts_of(found: Iterable[Entry]) -> tuple[OutcomeCount, ...]:
    """Each outcome with its number; shares are of all whose day has come, so that none hides what is not known."""
    tally = Counter(Outcome(item.outcome) for item in found)
    whole = sum(tally[outcome] for outcome in JUDGED)
    proven = (f" Усього вчасно — {number(tally[Outcome.PASS] + tally[Outcome.UNPROVEN])}, "
              f"з них доведено {number(tally[Outcome.PASS])}.")
    return tuple(OutcomeCount(outcome.value, outcome.label, tally[outcome],
                              share(tally[outcome], whole) if outcome in JUDGED and whole else "",
                              MEANINGS[outcome] + (proven if outcome is Outcome.UNPROVEN else ""),
                              f"{SECTION}{SLUGS[outcome]}/") for outcome in Outcome if tally[outcome])


def _as_ledger(group: Group, counts: tuple[OutcomeCount, ...], rule: Rule | None, library: Library) -> Group:
    """The pages of a list as pages of the ledger; only the first depends on the counts."""
    sheet = rule_sheet(rule, library) if rule else None

    def pages() -> Iterator[Deferred]:
        for page in group.pages():
            head = page.url == group.url
            yield page.then(partial(_ledger_page, counts, sheet) if head else partial(_ledger_page, (), None),
                            *((counts, sheet) if head else ()))

    return replace(group, inputs=(group.inputs, counts, sheet), pages=pages)


def _ledger_page(counts: tuple[OutcomeCount, ...], sheet: RuleSheet | None, page: ListPage) -> LedgerPage:
    values = {field.name: getattr(page, field.name) for field in fields(page)}
    if sheet:
        title = page.title.removeprefix(f"{LEDGER.title}: ")
        title = title[:1].upper() + title[1:]
        values |= {"title": title, "heading": title, "lead": sheet.asks}
    if counts:
        values["search_text"] = f"{LEDGER.title}. {values['lead']}"
    return LedgerPage(**values, counts=counts, rule=sheet)


def _alone(rule: Rule, plan: ListPlan, library: Library) -> LedgerPage:
    """The page of a rule that has judged nothing yet."""
    return LedgerPage(url=rule.page_url, title=rule.title, heading=rule.title, description=f"{rule.title}. {rule.asks}",
                      crumbs=(*plan.crumbs, LEDGER), menu="", lead=rule.asks, rows=(),
                      count="Висновків за цією вимогою немає", rule=rule_sheet(rule, library))


# --------------------------------------------------------------------------- the first page of the section

def landing(library: Library) -> Iterator[PageModel]:
    """«Прозорість»: what is kept and what is not, the rules; other rooms add links (slot "tasks") and parts
    ("transparency").
    """
    council = library.only(Council)
    offered = library.boxes(council)
    boxes = {"transparency": offered.get("transparency", ())}
    tasks = tuple(link for box in offered.get("tasks", ()) for link in box.value)
    if not has_ledger(library) and not boxes["transparency"] and not tasks:
        return
    found = entries(library)
    worst = [item for item in found if item.outcome == Outcome.FAIL.value][:SHOWN]
    tally = Counter(item.rule for item in found)
    if has_ledger(library):
        note = f"{counted(len(found), *NOUN)}: що вчасно, що ні, чого не доведено"
        tasks = (NotedLink("Строки оприлюднення", SECTION, note), *tasks)
    yield TransparencyPage(
        url=LANDING.url, title=LANDING.title, menu="", boxes=boxes,
        description=f"Чи вчасно {council.name} оприлюднює документи: строки за законом, докази й винятки.",
        lead="Що рада мусить оприлюднити, до якого дня і чи зробила це. Кожен висновок можна перевірити.",
        counts=counts_of(found),
        worst=tuple(line_at(item.key, library) for item in worst),
        tasks=tasks,
        rules=tuple(NotedLink(rule.title, rule.page_url, counted(tally[rule.id], *NOUN) if tally[rule.id] else
                              "висновків ще немає") for rule in enabled_rules(library)))


__all__ = ["VIEWS", "deadlines_box", "landing", "ledger"]
