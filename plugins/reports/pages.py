"""Reports → pages: chapters, indicators, charts; the lists."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import ClassVar

from markupsafe import Markup, escape

from plugins.documents.model import Sample, printed
from plugins.media.model import photo_of
from plugins.records import Group, Library, Link, OutputFile, PageModel, frozen, plain
from plugins.records.components import Fact, File, Photo, Row, Tombstone, excerpt, files_of, tombstone_of
from plugins.records.lists import Axis, ListPlan, View, lists
from plugins.ukrainian import day, day_range

from .charts import layout
from .document import document_of, document_path, has_document
from .drawing import Shape, on_page
from .figure import chapter_key
from .figures import Chart, charts_of
from .indicators import IndicatorGroup, groups_of
from .model import Report

COMMUNITY = Link("Громада", "/hromada/")
LIST = Link("Звіти", "/zvity/")
NOUN = ("звіт", "звіти", "звітів")
CHAPTER = re.compile(r'<h2 id="([^"]+)">(.*?)</h2>', re.S)


@frozen
class ChartOnPage:
    """A chart: `shapes` of an SVG `height` pixels high, the table under it where there is one, the address of its CSV.
    """

    name: str
    takeaway: str
    alt: str
    height: int
    shapes: tuple[Shape, ...]
    head: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    url: str = ""


@frozen
class Chapter:
    """A part of the text with the charts at its end; the first has what stands before all headings."""

    text: Markup
    charts: tuple[ChartOnPage, ...]


@frozen(kw_only=True)
class ReportPage(PageModel):
    """One report."""

    template: ClassVar[str] = "reports/report.html"
    page_kind: ClassVar[str] = "report"

    kicker: tuple[str | Link, ...]
    lead: str
    facts: tuple[Fact, ...]
    document: File | None
    contents: tuple[Link, ...]
    groups: tuple[IndicatorGroup, ...]
    charts: tuple[ChartOnPage, ...]
    photo: Photo | None
    chapters: tuple[Chapter, ...]
    files: tuple[File, ...]
    tombstone: Tombstone | None


def page(report: Report, library: Library) -> Iterator[PageModel | OutputFile]:
    """The page of a report and the whole of it as a document beside."""
    text = report.html("text")
    charts = charts_of(report, library)
    yield ReportPage(
        url=report.url, title=report.title, lang=report.lang, menu="community",
        description=report.summary or excerpt(text, 160) or report.title,
        crumbs=(COMMUNITY, LIST, Link(str(report.year), f"{LIST.url}{report.year}/")), updated_at=report.changed_at,
        card=report.card(library), search_text=_searched(text, charts), kicker=(report.type.label,),
        lead=report.words("summary"), facts=tuple(_facts(report, library)), document=_document(report),
        contents=tuple(Link(plain(title), f"#{name}") for name, title in CHAPTER.findall(str(text))),
        groups=groups_of(report), charts=tuple(_on_page(chart) for chart in charts if not chart.key),
        photo=photo_of(report, report.image, library), chapters=tuple(_chapters(text, charts)),
        files=files_of(report, library), tombstone=tombstone_of(report))
    if has_document(report):
        yield printed(document_path(report), document_of(report, library))


def _document(report: Report) -> File | None:
    if not has_document(report):
        return None
    return File("PDF", "Увесь звіт, PDF", f"/{document_path(report)}", "зі змістом і діаграмами, для друку")


def _searched(text: Markup, charts: Sequence[Chart]) -> str:
    return "\n".join([str(text), *(str(escape(f"{chart.title}. {plain(chart.takeaway)}")) for chart in charts)])


def _chapters(text: Markup, charts: Sequence[Chart]) -> Iterator[Chapter]:
    """The text cut before its headings, each part with its charts."""
    starts = [match.start() for match in CHAPTER.finditer(str(text))]
    shown: set[str] = set()
    for start, end in pairwise([0, *starts, len(text)]):
        part = str(text)[start:end]
        title = CHAPTER.match(part)
        key = chapter_key(plain(title[2])) if title else ""
        found = tuple(_on_page(chart) for chart in charts if chart.key and chart.key == key and key not in shown)
        shown.add(key)
        if part.strip():
            yield Chapter(Markup(part), found)  # noqa: S704 — our own clean HTML, cut


def _on_page(chart: Chart) -> ChartOnPage:
    drawing = layout(chart.numbers)
    head, rows = (chart.head, chart.cells()) if chart.has_table else ((), ())
    return ChartOnPage(chart.name, chart.takeaway, chart.alt, drawing.height, on_page(drawing), head, rows, chart.url)


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


def samples(library: Library) -> Iterator[Sample]:
    """The newest report as a document."""
    newest = next((report for report in library.from_newest(Report) if has_document(report)), None)
    if newest:
        yield Sample("Річний звіт", document_of(newest, library), newest.url)


def lists_of_reports(library: Library) -> Iterator[Group]:
    """All reports, by year and by whose they are."""
    yield from lists(ListPlan(
        url=LIST.url, title=LIST.title, description="Звіти голови, підрозділів, програм і бюджету.", noun=NOUN,
        menu="community", crumbs=(COMMUNITY,), view=REPORTS,
        feeds=(Link("Звіти: стрічка", f"{LIST.url}feed.xml"),)), library)


def _row(report: Report, library: Library) -> Row:
    return Row(report.title, report.url, (day(report.published_at), report.type.label), excerpt=report.summary)


REPORTS = View("reports", Report, _row, (Axis("Чий", lambda item, library: (item.type.value, item.type.label)),))
