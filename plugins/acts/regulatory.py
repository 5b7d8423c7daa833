"""Regulatory acts: what is planned for a year, how a draft is discussed, what came of an act (Law № 1160-IV).

The plan of a year and each report on the effect of an act are records of their own; the notice and the analysis of
impact belong to the draft. Whether a term was kept is told by the room of deadlines; here are the facts.
"""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, ClassVar

from pydantic import Field

from plugins.records import (
    Card,
    Day,
    Document,
    Line,
    Lines,
    Markdown,
    Moment,
    OrganizationId,
    Part,
    Problem,
    Term,
    To,
    Weight,
    Whole,
    code,
)
from plugins.ukrainian import add_months, day, end_of_term

if TYPE_CHECKING:
    from .model import Act

REMARKS_TERM = code("REG-TERM", "Зауваження до регуляторного проєкту приймають від одного до трьох місяців.",
                    "notice_at: 2026-11-16 10:00\ncomments_until: 2026-11-30",
                    "notice_at: 2026-11-16 10:00\ncomments_until: 2026-12-16")
TRACKED_ACT = code("TRACKED-ACT", "Звіт про відстеження називає акт, про який він.",
                   "stage: base (без act і act_text)", "act: 2022/389-15-8\nstage: base")
PLAN_TERM = code("PLAN-TERM", "Строк у плані — день, місяць, квартал, півріччя або рік: з нього беруть останній день.",
                 "term: до червня", "term: другий квартал")
LEAST_MONTHS, MOST_MONTHS = 1, 3
"""Law № 1160-IV, article 9."""
YEARS_TO_REPEAT, YEARS_BETWEEN = 2, 3


class TrackingStage(Term):
    """Which report on the effect of an act it is (article 10)."""

    BASE = "base", "Базове відстеження"
    REPEAT = "repeat", "Повторне відстеження"
    PERIODIC = "periodic", "Періодичне відстеження"


def report_due_on(act: "Act", stage: TrackingStage) -> date:
    """The last day for a report: as the act says, else by Law № 1160-IV, art. 10.

    Base: until the act is in force; repeated: within two years of that; periodic: every three years after.
    """
    stated = {item.stage: item.due_on for item in act.tracking}
    if stage in stated:
        return stated[stage]
    if stage is TrackingStage.BASE:
        return act.force_begins()
    if stage is TrackingStage.REPEAT:
        return add_months(act.force_begins(), 12 * YEARS_TO_REPEAT)
    return add_months(report_due_on(act, TrackingStage.REPEAT), 12 * YEARS_BETWEEN)


class RegulatoryNotice(Part):
    """The notice that a regulatory draft is public."""

    notice_at: Moment = Field(title="Повідомлення оприлюднено", description="Дата й час за Києвом.")
    comments_until: Day = Field(title="Зауваження приймають до", description="Від одного до трьох місяців.")
    send_to: Line = Field(title="Куди надсилати", description="Поштова й електронна адреси.")
    text: Lines = Field("", title="Зміст повідомлення", description="Стислий зміст проєкту, якщо є що додати.")


class Tracking(Part):
    """A report on the effect of an act that is due."""

    stage: TrackingStage = Field(title="Відстеження", description="base, repeat або periodic.")
    due_on: Day = Field(title="Строк", description="До якого дня.")


class PlannedDraft(Part):
    """A regulatory draft that is planned."""

    title: Line = Field(title="Назва проєкту", description="Як у плані.", min_length=1)
    purpose: Lines = Field("", title="Мета", description="Навіщо його готують.")
    term: Line = Field(title="Строк підготовки", description="Перший квартал, друге півріччя, червень, до 15 липня.")
    developer: OrganizationId = Field(title="Розробник", description="Підрозділ, що готує проєкт.")
    draft: Annotated[str, To("draft", "planned_in")] | None = Field(
        None, title="Проєкт", description="Коли зареєстровано: 2026/348-p.")
    added_on: Day | None = Field(None, title="Додано", description="Якщо план доповнили: якого дня.")
    submitted_on: Day | None = Field(
        None, title="Внесено на розгляд", description="Якого дня проєкт внесли на розгляд органу, що його ухвалить.")


def terms_can_be_read(plan: "RegulatoryPlan") -> Iterator[Problem]:
    """The open data tell the last day of each term; words that name none are shown on the page, and told as null."""
    for place, item in enumerate(plan.items):
        if end_of_term(item.term, plan.for_year) is None:
            yield Problem(f"items.{place}.term", f"«{item.term}»: не видно останнього дня. Напишіть «перший квартал», "
                          "«друге півріччя», «червень» або «до 15 липня».", PLAN_TERM, Weight.REMARK)


class RegulatoryPlan(Document):
    """План підготовки проєктів регуляторних актів на рік."""

    kind: ClassVar[str] = "regulatory_plan"
    label: ClassVar[str] = "План регуляторної діяльності"
    place: ClassVar[str] = "content/regulatory/plans"
    section: ClassVar[str] = "rehuliatorna"
    rules = (*Document.rules, terms_can_be_read)

    for_year: Whole = Field(title="На який рік", description="Рік, на який складено план: 2027.")
    approved_on: Day | None = Field(None, title="Затверджено", description="День рішення; порожньо — ще проєкт.")
    approved_by: Annotated[str, To("act", "regulatory_plans")] | None = Field(
        None, title="Рішення", description="Яким затверджено: 2026/1210-38-8.")
    proposed_by: Annotated[str, To("draft", "regulatory_plans")] | None = Field(
        None, title="Проєкт рішення", description="Якщо план ще не затверджено: 2026/402-p.")
    items: tuple[PlannedDraft, ...] = Field((), title="Проєкти", description="Що планують підготувати.")

    @property
    def day(self) -> date:
        return date(self.for_year, 1, 1)

    def card(self, library: Any) -> Card:
        return Card(self.kind, self.key, self.title, self.url, self.approved_on or self.published_at or self.day)


def act_is_named(report: "TrackingReport") -> Iterator[Problem]:
    """A report says which act it is about: by its key, or in words."""
    if bool(report.act) == bool(report.act_text):
        yield Problem("act", "вкажіть щось одне: act (ключ акта) або act_text (слова).", TRACKED_ACT)


class TrackingReport(Document):
    """Звіт про відстеження результативності регуляторного акта."""

    kind: ClassVar[str] = "tracking_report"
    label: ClassVar[str] = "Звіт про відстеження"
    place: ClassVar[str] = "content/regulatory/tracking"
    section: ClassVar[str] = "rehuliatorna/vidstezhennia"
    rules = (*Document.rules, act_is_named)

    published_at: Moment = Field(title="Оприлюднено", description="Дата й час за Києвом.")
    act: Annotated[str, To("act", "tracking_reports")] | None = Field(
        None, title="Акт", description="Рік/ідентифікатор: 2022/389-15-8.")
    act_text: Line = Field("", title="Акт словами", description="Якщо самого акта на сайті немає.")
    stage: TrackingStage = Field(title="Відстеження", description="base, repeat або periodic.")
    done_on: Day = Field(title="Проведено", description="Останній день відстеження.")
    method: Line = Field("", title="Метод", description="Статистичний, опитування…")
    result: Lines = Field("", title="Висновок", description="Одне-два речення: чи досягнуто цілей.")
    text: Markdown = Field("", title="Текст", description="Показники й оцінка.")

    def card(self, library: Any) -> Card:
        return Card(self.kind, self.key, self.title, self.url, self.published_at, note=self.stage.label)


def remarks_have_their_term(notice: RegulatoryNotice | None) -> Iterator[Problem]:
    """Remarks are taken for one to three months from the notice."""
    if not notice:
        return
    first, last = (add_months(notice.notice_at.date(), months) for months in (LEAST_MONTHS, MOST_MONTHS))
    if not first <= notice.comments_until <= last:
        yield Problem("regulatory.comments_until", f"строк має бути від {day(first)} до {day(last)}. Перевірте дати.",
                      REMARKS_TERM, Weight.REMARK)
