"""Reports: of the mayor, of a department, of a programme — chapters, indicators, tables (schema.org Report)."""

from collections.abc import Iterator
from typing import Annotated, Any, ClassVar

from pydantic import Field

from plugins.records import Amount, BadLink, Card, Day, Document, Line, Markdown, Moment, Part, Problem, Term, To, code

from .figure import FIGURE, Figure, figure_has_numbers, figure_stands_in_a_chapter
from .read import NotATable, read_table

PERIOD = code("REPORT-PERIOD", "Звітний період іде вперед.",
              "period: {starts_on: 2026-12-31, ends_on: 2026-01-01}",
              "period: {starts_on: 2026-01-01, ends_on: 2026-12-31}")


class ReportType(Term):
    """Whose report."""

    MAYOR = "mayor", "Звіт міського голови"
    DEPUTY = "deputy", "Звіт депутата"
    DEPARTMENT = "department", "Звіт підрозділу"
    BUDGET = "budget", "Звіт про бюджет"
    PROGRAMME = "programme", "Звіт про виконання програми"
    AUDIT = "audit", "Аудит"


class Period(Part):
    """What time a report is about."""

    starts_on: Day = Field(title="Від", description="Перший день.")
    ends_on: Day = Field(title="До", description="Останній день.")


class Indicator(Part):
    """A figure of a report."""

    name: Line = Field(title="Показник", description="Що порахували.")
    value: Amount = Field(title="Значення", description="Число.")
    unit: Line = Field("", title="Одиниця", description="шт., тис. грн, %.")
    previous: Amount | None = Field(None, title="Торік", description="Для порівняння.")
    target: Amount | None = Field(None, title="Ціль", description="Заплановане значення.")
    group: Line = Field("", title="Група", description="Показники однієї групи стоять разом.")


class Presentation(Part):
    """Where a report was presented."""

    on: Day = Field(title="Коли", description="День.")
    place: Line = Field("", title="Де", description="Зала, адреса.")
    meeting: Annotated[str, To("meeting", "reports")] | None = Field(None, title="Засідання", description="Ключ.")


def period_runs_forward(report: "Report") -> Iterator[Problem]:
    """A period ends after it starts."""
    if report.period.ends_on < report.period.starts_on:
        yield Problem("period.ends_on", "період скінчився раніше, ніж почався.", PERIOD)


def table_of_figure_can_be_read(report: "Report", library: Any) -> Iterator[Problem]:
    """A table beside the report holds numbers that can be drawn."""
    for index, figure in enumerate(report.figures):
        if figure.csv:
            try:
                read_table(library.file_of(report, figure.csv), figure)
            except BadLink:
                pass  # that there is no such file is said of every field of this kind
            except NotATable as error:
                yield Problem(f"figures.{index}.csv", str(error), FIGURE)


class Report(Document):
    """Звіт."""

    kind: ClassVar[str] = "report"
    label: ClassVar[str] = "Звіт"
    place: ClassVar[str] = "content/reports"
    section: ClassVar[str] = "zvity"
    rules = (*Document.rules, period_runs_forward, figure_has_numbers, figure_stands_in_a_chapter)
    links: ClassVar = (*Document.links, table_of_figure_can_be_read)

    published_at: Moment = Field(title="Оприлюднено", description="Дата й час за Києвом.")
    type: ReportType = Field(title="Різновид", description="Хто або про що звітує.")
    period: Period = Field(title="Період", description="starts_on і ends_on.")
    programme: Annotated[str, To("act", "reports")] | None = Field(
        None, title="Програма", description="Для звіту про програму: акт, яким її затверджено, 2023/655-20-8.")
    author: Annotated[str, To("person", "reports")] | None = Field(None, title="Доповідач", description="Особа.")
    presented: Presentation | None = Field(None, title="Представлено", description="Де й коли.")
    indicators: tuple[Indicator, ...] = Field((), title="Показники", description="Числа звіту.")
    figures: tuple[Figure, ...] = Field((), title="Діаграми", description="Числа малюнком: смуги, стовпці, частки.")
    text: Markdown = Field("", title="Текст", description="Розділи — заголовки ##.")

    def card(self, library: Any) -> Card:
        return Card(self.kind, self.key, self.title, self.url, self.published_at, self.type.value, note=self.summary)
