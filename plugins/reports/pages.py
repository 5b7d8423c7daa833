"""Reports → pages: chapters, indicators, a chart where figures can be compared; the lists."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import groupby
from typing import ClassVar

from markupsafe import Markup

from plugins.media.model import photo_of
from plugins.records import Group, Library, Link, PageModel, frozen, plain
from plugins.records.components import Fact, File, Photo, Row, Tombstone, excerpt, files_of, tombstone_of
from plugins.records.lists import Axis, ListPlan, View, lists
from plugins.ukrainian import day, day_range, number

from .model import Indicator, Report

COMMUNITY = Link("Громада", "/hromada/")
LIST = Link("Звіти", "/zvity/")
NOUN = ("звіт", "звіти", "звітів")
CHAPTER = re.compile(r'<h2 id="([^"]+)">(.*?)</h2>', re.S)


@frozen
class IndicatorRow:
    """A figure in ready words; `share` is the percent of the plan."""

    title: str
    unit: str
    value: str
    previous: str
    target: str
    share: float | None
    note: str = ""


@frozen
class IndicatorGroup:
    """Figures that stand together."""

    title: str
    rows: tuple[IndicatorRow, ...]


@frozen
class Bar:
    """One amount of a chart; `share` is the percent of the longest."""

    label: str
    value: str
    share: float
    url: str = ""


@frozen
class Chart:
    """Amounts of one unit, side by side."""

    title: str
    bars: tuple[Bar, ...]
    note: str = ""


@frozen(kw_only=True)
class ReportPage(PageModel):
    """One report."""

    template: ClassVar[str] = "reports/report.html"
    page_kind: ClassVar[str] = "report"

    kicker: tuple[str | Link, ...]
    lead: str
    facts: tuple[Fact, ...]
    chapters: tuple[Link, ...]
    groups: tuple[IndicatorGroup, ...]
    charts: tuple[Chart, ...]
    photo: Photo | None
    text: Markup
    files: tuple[File, ...]
    tombstone: Tombstone | None


def page(report: Report, library: Library) -> Iterator[PageModel]:
    """The page of a report."""
    text = report.html("text")
    grouped = [(title, list(items)) for title, items in groupby(report.indicators, key=lambda item: item.group)]
    yield ReportPage(
        url=report.url, title=report.title, lang=report.lang, menu="community",
        description=report.summary or excerpt(text, 160) or report.title,
        crumbs=(COMMUNITY, LIST, Link(str(report.year), f"{LIST.url}{report.year}/")), updated_at=report.changed_at,
        card=report.card(library), search_text=str(text), kicker=(report.type.label,), lead=report.words("summary"),
        facts=tuple(_facts(report, library)),
        chapters=tuple(Link(plain(title), f"#{name}") for name, title in CHAPTER.findall(str(text))),
        groups=tuple(IndicatorGroup(title or "Показники", tuple(map(_indicator, items))) for title, items in grouped),
        charts=tuple(chart for title, items in grouped if (chart := _chart(title or "Показники", items))),
        photo=photo_of(report, report.image, library), text=text, files=files_of(report, library),
        tombstone=tombstone_of(report))


def _facts(report: Report, library: Library) -> Iterator[Fact]:
    yield Fact("Період", day_range(report.period.starts_on, report.period.ends_on))
    if unit := library.card("organization", report.unit):
        yield Fact("Підрозділ", unit.title, unit.url)
    if author := library.card("person", report.author):
        yield Fact("Доповідає", author.title, author.url)
    if report.presented:
        meeting = library.card("meeting", report.presented.meeting)
        yield Fact("Представлено", day(report.presented.on), meeting.url if meeting else "", report.presented.place)
    yield Fact("Оприлюднено", day(report.published_at))


def _indicator(item: Indicator) -> IndicatorRow:
    share = float(item.value / item.target * 100) if item.target else None
    return IndicatorRow(item.name, item.unit, number(item.value), _words(item.previous), _words(item.target), share)


def _words(value: Decimal | None) -> str:
    return "" if value is None else number(value)


def _chart(title: str, items: Sequence[Indicator]) -> Chart | None:
    """A chart of the largest set of figures of one unit; None where fewer than three can be compared."""
    units = sorted({item.unit for item in items}, key=lambda unit: (-sum(i.unit == unit for i in items), unit))
    same = [item for item in items if item.unit == units[0] and item.value >= 0] if units else []
    longest = max((item.value for item in same), default=Decimal(0))
    if len(same) < 3 or not longest:
        return None
    return Chart(title, tuple(Bar(item.name, f"{number(item.value)}\u00a0{item.unit}".strip(),
                                  round(float(item.value / longest * 100), 1)) for item in same))


def lists_of_reports(library: Library) -> Iterator[Group]:
    """All reports, by year and by whose they are."""
    yield from lists(ListPlan(
        url=LIST.url, title=LIST.title, description="Звіти голови, підрозділів, програм і бюджету.", noun=NOUN,
        menu="community", crumbs=(COMMUNITY,), view=REPORTS,
        feeds=(Link("Звіти: стрічка", f"{LIST.url}feed.xml"),)), library)


def _row(report: Report, library: Library) -> Row:
    return Row(report.title, report.url, (day(report.published_at), report.type.label), excerpt=report.summary)


REPORTS = View("reports", Report, _row, (Axis("Чий", lambda item, library: (item.type.value, item.type.label)),))
