"""Figures → charts that can be shown: numbered, in their chapters, with words for who does not see them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import groupby

from plugins.records import Library, frozen
from plugins.ukrainian import percent

from .charts import Numbers, Row, amount, shares
from .figure import Figure, FigureKind, chapter_key
from .model import Indicator, Report
from .read import read_table

LEAST = 3
"""Figures of one unit that are worth comparing."""
LAST_YEAR, PLAN = "торік", "план"


@frozen
class Chart:
    """A figure of a report in ready words. `key` of its chapter, empty before the text; `url` of its table."""

    number: int
    title: str
    numbers: Numbers
    takeaway: str
    alt: str
    key: str = ""
    url: str = ""
    has_table: bool = True
    """False where the same numbers stand in a table right above."""

    @property
    def name(self) -> str:
        """«Рисунок 3. Доходи громади, млн грн»."""
        unit = f", {self.numbers.unit}" if self.numbers.unit else ""
        return f"Рисунок\u00a0{self.number}. {self.title}{unit}"

    @property
    def head(self) -> tuple[str, ...]:
        """The first row of the table."""
        named = self.numbers.series or (self.numbers.unit or "Значення",)
        return ("Назва", *named, *(("Частка",) if self.numbers.kind == "parts" else ()))

    def cells(self, rows: Sequence[Row] | None = None) -> tuple[tuple[str, ...], ...]:
        """The other rows: a name and its numbers in words."""
        width = len(self.head) - 1 - (self.numbers.kind == "parts")
        told = [(row.name, *("—" if value is None else amount(value, "") for value in row.values),
                 *["—"] * (width - len(row.values))) for row in (rows or self.numbers.rows)]
        if self.numbers.kind == "parts":
            parts = shares([row.values[0] or Decimal(0) for row in self.numbers.rows])
            told = [(*cells, percent(part)) for cells, part in zip(told, parts, strict=True)]
        return tuple(told)


def charts_of(report: Report, library: Library) -> tuple[Chart, ...]:
    """All charts of a report in the order in which they stand: of indicators, before the text, by chapters."""
    grouped = [(title, list(items)) for title, items in groupby(report.indicators, key=lambda item: item.group)]
    found = [chart for title, items in grouped for chart in _of_indicators(title or "Показники", items, report)]
    order = chapters_of(report)
    places = sorted(range(len(report.figures)), key=lambda at: (_place(report.figures[at], order), at))
    found += [_of_figure(report, at, library) for at in places]
    return tuple(Chart(number, chart.title, chart.numbers, chart.takeaway, chart.alt, chart.key, chart.url,
                       chart.has_table) for number, chart in enumerate(found, 1))


def chapters_of(report: Report) -> list[str]:
    """The keys of the chapters of a text."""
    from .figure import HEADING

    return [chapter_key(title) for title in HEADING.findall(report.text)]


def _place(figure: Figure, order: Sequence[str]) -> int:
    key = chapter_key(figure.chapter)
    return order.index(key) + 1 if key in order else 0


def _of_figure(report: Report, at: int, library: Library) -> Chart:
    figure = report.figures[at]
    url = library.file_url(report, figure.csv) if figure.csv else ""
    if figure.csv:
        figure = read_table(library.file_of(report, figure.csv), figure)
    rows = tuple(Row(row.name, row.values) for row in figure.rows)
    numbers = Numbers(figure.kind.value, figure.unit, figure.series, rows)
    return Chart(0, figure.title, numbers, report.words("figures", at, "takeaway"), figure.alt or alt_of(numbers),
                 chapter_key(figure.chapter), url)


def _of_indicators(title: str, items: Sequence[Indicator], report: Report) -> Iterator[Chart]:
    """A chart of the largest set of figures of one unit, where there are enough to compare."""
    units = sorted({item.unit for item in items}, key=lambda unit: (-sum(i.unit == unit for i in items), unit))
    same = [item for item in items if item.unit == units[0]]
    if len(same) >= LEAST and any(item.value for item in same):
        rows = tuple(Row(item.name, (item.value, item.previous, item.target)) for item in same)
        numbers = Numbers(FigureKind.BARS.value, units[0], (_period(report), LAST_YEAR, PLAN), rows)
        yield Chart(0, title, numbers, "", alt_of(numbers), has_table=False)


def _period(report: Report) -> str:
    first, last = report.period.starts_on, report.period.ends_on
    is_year = first.year == last.year and (first.month, first.day, last.month, last.day) == (1, 1, 12, 31)
    return f"{first.year} рік" if is_year else "за період"


# ------------------------------------------------------------------------------- words for a chart

def alt_of(numbers: Numbers) -> str:
    """What a chart shows, in a sentence or two: the largest, the smallest, the change."""
    return " ".join((KINDS[numbers.kind].format(len(numbers.rows)), *TELLERS[numbers.kind](numbers)))


def _extremes(numbers: Numbers) -> Iterator[str]:
    known = [(value, row.name) for row in numbers.rows if (value := row.values[0]) is not None]
    if not known:
        return
    most, least = max(known, key=lambda item: item[0]), min(known, key=lambda item: item[0])
    if len(known) == 1:
        yield f"{most[1]}: {amount(most[0], numbers.unit)}."
    elif most[0] == least[0]:
        yield f"Усі значення однакові: {amount(most[0], numbers.unit)}."
    else:
        yield f"Найбільше — {most[1]}: {amount(most[0], numbers.unit)}."
        yield f"Найменше — {least[1]}: {amount(least[0], numbers.unit)}."


def _tell_bars(numbers: Numbers) -> Iterator[str]:
    yield from _extremes(numbers)
    changes = [(row.values[0] - row.values[1], row.name) for row in numbers.rows if len(row.values) > 1
               and row.values[0] is not None and row.values[1] is not None]
    if changes:
        ups, downs = sum(change > 0 for change, _ in changes), sum(change < 0 for change, _ in changes)
        yield f"Проти «{numbers.series[1]}»: зросло {ups}, зменшилося {downs}, без змін {len(changes) - ups - downs}."


def _tell_columns(numbers: Numbers) -> Iterator[str]:
    yield from _extremes(numbers)
    known = [(row.name, value) for row in numbers.rows if (value := row.values[0]) is not None]
    if len(known) > 1:
        (first, before), (last, after) = known[0], known[-1]
        words = f"Від {amount(before, '')} ({first}) до {amount(after, '')} ({last})"
        if before > 0 and after != before:
            change = (after - before) * 100 / before
            yield f"{words}: {'більше' if change > 0 else 'менше'} на {percent(abs(change))}."
        else:
            yield f"{words}."


def _tell_parts(numbers: Numbers) -> Iterator[str]:
    told = shares([row.values[0] or Decimal(0) for row in numbers.rows])
    named = [(part, row.name) for part, row in zip(told, numbers.rows, strict=True)]
    most, least = max(named, key=lambda item: item[0]), min(named, key=lambda item: item[0])
    if most[0] == least[0]:
        yield f"Усі частки однакові: {percent(most[0])}."
    else:
        yield f"Найбільша — {most[1]}: {percent(most[0])}. Найменша — {least[1]}: {percent(least[0])}."


KINDS = {"bars": "Смугова діаграма, рядків: {}.", "columns": "Стовпчикова діаграма за часом, стовпців: {}.",
         "parts": "Смуга часток цілого, частин: {}."}
TELLERS = {"bars": _tell_bars, "columns": _tell_columns, "parts": _tell_parts}
