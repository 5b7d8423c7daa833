"""Events with posters, and the weekly plan (schema.org Event, RFC 5545)."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, ClassVar

from pydantic import Field

from plugins.records import Card, Day, Document, Line, Lines, Markdown, Moment, Part, Problem, Term, Truth, code
from plugins.ukrainian import day, day_range, weekday

EVENT_TIME = code("EVENT-TIME", "Подія скінчується пізніше, ніж починається; скасована чи перенесена має причину.",
                  "starts_at: 2026-08-24 12:00\nends_at: 2026-08-24 11:00",
                  "starts_at: 2026-08-24 12:00\nends_at: 2026-08-24 15:00")

PLAN_WEEK = code("PLAN-WEEK", "Тижневий план починається в понеділок; його заходи — того самого тижня.",
                 "starts_on: 2026-12-01 (вівторок)", "starts_on: 2026-11-30")
DAYS_OF_WEEK = 7


class EventStatus(Term):
    """Whether it takes place (schema.org eventStatus)."""

    PLANNED = "planned", "Заплановано"
    MOVED = "moved", "Перенесено"
    CANCELLED = "cancelled", "Скасовано"
    ADDED = "added", "Додано до плану"
    HELD = "held", "Відбулося"


class PosterDesign(Term):
    """The look of a poster."""

    CONCERT = "concert", "концерт"
    SPORT = "sport", "спорт"
    HEARING = "hearing", "громадські слухання"
    REMEMBRANCE = "remembrance", "день пам’яті"
    CITY_DAY = "city_day", "день міста"
    FAIR = "fair", "ярмарок"


class Poster(Part):
    """What stands on a poster."""

    design: PosterDesign = Field(title="Вигляд", description="Малюнок, на якому стоять слова афіші.")
    headline: Line = Field(title="Великий рядок", description="Кілька слів.")
    lines: tuple[Line, ...] = Field((), title="Рядки", description="Що ще стоїть на афіші.")


def time_runs_forward(event: "Event") -> Iterator[Problem]:
    """An event ends after it starts; a moved or cancelled one says why."""
    if event.ends_at and event.ends_at <= event.starts_at:
        yield Problem("ends_at", "подія скінчилася раніше, ніж почалася.", EVENT_TIME)
    if event.status in (EventStatus.MOVED, EventStatus.CANCELLED) and not event.status_reason:
        yield Problem("status", "для перенесеної чи скасованої події додайте status_reason.", EVENT_TIME)


class Event(Document):
    """Подія."""

    kind: ClassVar[str] = "event"
    label: ClassVar[str] = "Подія"
    place: ClassVar[str] = "content/events"
    section: ClassVar[str] = "podii"
    rules = (*Document.rules, time_runs_forward)

    starts_at: Moment = Field(title="Початок", description="Дата й час за Києвом.")
    ends_at: Moment | None = Field(None, title="Кінець", description="Дата й час за Києвом.")
    location: Line = Field(title="Місце", description="Назва й адреса.")
    organizer: Line = Field("", title="Організатор", description="Хто проводить.")
    status: EventStatus = Field(EventStatus.PLANNED, title="Стан", description="Чи відбудеться.")
    status_reason: Lines = Field("", title="Причина", description="Чому перенесено чи скасовано.")
    price: Line = Field("", title="Вартість", description="Вхід вільний.")
    is_accessible: Truth = Field(False, title="Доступно", description="так — є пандус чи вхід без сходів.")
    poster: Poster | None = Field(None, title="Афіша", description="design, headline, lines.")
    text: Markdown = Field("", title="Текст", description="Markdown під шапкою.")

    @property
    def day(self) -> date:
        return self.starts_at.date()

    def card(self, library: Any) -> Card:
        return Card(self.kind, self.key, self.title, self.url, self.starts_at, "event", self.status,
                    note=self.location)


class PlanEntry(Part):
    """One line of the weekly plan."""

    at: Moment = Field(title="Коли", description="Дата й час.")
    title: Line = Field(title="Захід", description="Що відбувається.")
    location: Line = Field("", title="Місце", description="Де.")
    responsible: Line = Field("", title="Відповідальний", description="Посада або підрозділ.")
    status: EventStatus = Field(EventStatus.PLANNED, title="Стан", description="Чи відбудеться.")
    reason: Line = Field("", title="Причина зміни", description="Якщо перенесено, скасовано чи додано.")


def week_is_a_week(plan: "WeeklyPlan") -> Iterator[Problem]:
    """A plan begins on Monday and holds the seven days from then."""
    if plan.starts_on.weekday():
        yield Problem("starts_on", f"{day(plan.starts_on)} — {weekday(plan.starts_on)}. Вкажіть понеділок того тижня.",
                      PLAN_WEEK)
        return
    for index, entry in enumerate(plan.entries):
        if not 0 <= (entry.at.date() - plan.starts_on).days < DAYS_OF_WEEK:
            yield Problem(f"entries.{index}.at", f"{day(entry.at)} — поза тижнем плану. Виправте дату або перенесіть "
                          "захід до плану того тижня.", PLAN_WEEK)


class WeeklyPlan(Document):
    """Тижневий план."""

    kind: ClassVar[str] = "weekly_plan"
    label: ClassVar[str] = "Тижневий план"
    place: ClassVar[str] = "content/events/plans"
    section: ClassVar[str] = "podii/plan"
    rules = (*Document.rules, week_is_a_week)

    title: Line = Field("", title="Назва", description="Порожньо — складається з дат тижня.")
    starts_on: Day = Field(title="Понеділок", description="Перший день тижня.")
    entries: tuple[PlanEntry, ...] = Field((), title="Заходи", description="За часом.")

    @property
    def day(self) -> date:
        return self.starts_on

    @property
    def heading(self) -> str:
        """The given title, else one made of the days of the week."""
        return self.title or f"План на {day_range(self.starts_on, self.starts_on + timedelta(days=6))}"

    def card(self, library: Any) -> Card:
        return Card(self.kind, self.key, self.heading, self.url, self.starts_on)


