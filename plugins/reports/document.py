"""The whole report as a document: cover, contents, indicators, chapters with charts, sign-off (`report.typ`)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, ClassVar

from plugins.documents.model import (
    Flow,
    PrintModel,
    brand_of,
    breakable,
    flow,
    origin_of,
    plain_flow,
    site_of,
    words_of,
)
from plugins.people.model import Person, post_on
from plugins.records import Library, frozen
from plugins.records.components import upper_first
from plugins.ukrainian import day, day_range, for_print, signature_name, typeset

from .charts import drawings_for_paper
from .drawing import on_paper
from .figure import chapter_key
from .figures import Chart, charts_of
from .indicators import IndicatorGroup, groups_of
from .model import Report

MOST_SIDE_BY_SIDE = 8
"""Columns that have room for their numbers beside each other in a table."""
SHORT_NAME = 12
"""Letters of a name that has room over such a column."""


@frozen
class Piece:
    """One SVG of a chart with the words for who does not see it."""

    svg: str
    alt: str


@frozen
class ChartOnPaper:
    """A chart: its pieces (more than one where a sheet does not hold it), its table."""

    name: str
    takeaway: Flow
    pieces: tuple[Piece, ...]
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@frozen
class ChapterOnPaper:
    """Blocks of one chapter, its heading first, and its charts."""

    blocks: Flow
    charts: tuple[ChartOnPaper, ...]


@frozen(kw_only=True)
class ReportDocument(PrintModel):
    """A report as it is printed."""

    template: ClassVar[str] = "report.typ"

    kind: str
    year: str
    """«2025» for a report of one whole year."""
    period: str
    summary: Flow
    groups: tuple[IndicatorGroup, ...]
    charts: tuple[ChartOnPaper, ...]
    chapters: tuple[ChapterOnPaper, ...]
    author: str
    author_signs: str
    """«Олена ЛЕВАДНА»."""
    post: str
    facts: tuple[tuple[str, str], ...]
    address: str


def has_document(report: Report) -> bool:
    """False for what was withdrawn, and for texts in a language that the document's own words do not have."""
    return report.withdrawn is None and report.lang == "uk"


def document_path(report: Report) -> str:
    """Where it stands: beside the page."""
    return f"{report.url.strip('/')}/zvit.pdf"


def document_of(report: Report, library: Library) -> ReportDocument:
    """The document of a report: the page's own text and charts."""
    brand = brand_of(library)
    navy = dict(brand.colours)["navy"]
    charts = charts_of(report, library)
    author = library.get(Person, report.author) if report.author else None
    first, last = report.period.starts_on, report.period.ends_on
    is_year = (first.month, first.day, last.month, last.day) == (1, 1, 12, 31)
    years = str(first.year) if first.year == last.year else f"{first.year}\u2060–\u2060{last.year}"
    post = post_on(author, report.published_at.date(), library) if author else ""
    return ReportDocument(
        title=for_print(typeset(report.title)), brand=brand, on=report.published_at.date(), lang=report.lang,
        origin=origin_of(report, "title"), kind=report.type.label, year=years if is_year else "",
        period=day_range(first, last), summary=_inline(report.words("summary")), groups=groups_of(report),
        charts=tuple(_on_paper(chart, navy) for chart in charts if not chart.key),
        chapters=tuple(_chapters(flow(report.html("text"), site_of(library) + report.url), charts, navy)),
        author=f"{author.given_name} {author.family_name}" if author else "",
        author_signs=signature_name(author.family_name, author.given_name) if author else "",
        post=upper_first(post), facts=tuple(_facts(report, library)), address=site_of(library) + report.url)


def _inline(words: str) -> Flow:
    """A few words, with links where they cite documents."""
    return flow(f"<p>{words}</p>") if hasattr(words, "__html__") else plain_flow(typeset(words))


def _facts(report: Report, library: Library) -> Iterator[tuple[str, str]]:
    if unit := library.card("organization", report.unit):
        yield "Підрозділ", unit.title
    if report.presented:
        place = f", {report.presented.place}" if report.presented.place else ""
        yield "Представлено", for_print(typeset(f"{day(report.presented.on)}{place}"))
    yield "Оприлюднено", day(report.published_at)


def _chapters(blocks: Flow, charts: Sequence[Chart], navy: str) -> Iterator[ChapterOnPaper]:
    """The text cut before its headings of the second level."""
    shown: set[str] = set()
    for part in _parts(blocks):
        key = chapter_key(" ".join(words_of(part[:1]))) if _is_heading(part[0]) else ""
        found = [chart for chart in charts if chart.key and chart.key == key and key not in shown]
        shown.add(key)
        yield ChapterOnPaper(part, tuple(_on_paper(chart, navy) for chart in found))


def _parts(blocks: Flow) -> Iterator[Flow]:
    starts = [at for at, block in enumerate(blocks) if _is_heading(block)]
    for start, end in zip([0, *starts], [*starts, len(blocks)], strict=True):
        if start < end:
            yield blocks[start:end]


def _is_heading(block: dict[str, Any]) -> bool:
    return bool(block["kind"] == "heading" and block["level"] == 2)


def _on_paper(chart: Chart, navy: str) -> ChartOnPaper:
    found = drawings_for_paper(chart.numbers)
    pieces = []
    for number, (drawing, part) in enumerate(found, 1):
        more = f" Частина {number} з {len(found)}: від «{part[0].name}» до «{part[-1].name}»." if len(found) > 1 else ""
        pieces.append(Piece(on_paper(drawing, navy), f"{chart.name}. {chart.alt}{more}"))
    head, rows = _table(chart) if chart.has_table else ((), ())
    return ChartOnPaper(for_print(typeset(chart.name)), _inline(chart.takeaway), tuple(pieces), head, rows)


def _table(chart: Chart) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """The table of a chart: parts with the numbers of the bar, a few columns side by side as they are drawn."""
    cells = tuple((breakable(row[0]), *row[1:]) for row in chart.cells())
    if chart.numbers.kind == "parts":
        return chart.head, tuple((f"{at}. {row[0]}", *row[1:]) for at, row in enumerate(cells, 1))
    is_short = len(cells) <= MOST_SIDE_BY_SIDE and all(len(row[0]) <= SHORT_NAME for row in cells)
    if chart.numbers.kind == "columns" and is_short:
        across = tuple(zip(*cells, strict=True))
        rows = tuple((name, *values) for name, values in zip(chart.head[1:], across[1:], strict=True))
        return ("Показник", *across[0]), rows
    return chart.head, cells
