"""Events with posters, and the weekly plan (schema.org Event, RFC 5545)."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, ClassVar

from pydantic import Field

from plugins.records import (
    Amount,
    Card,
    Day,
    Document,
    ImagePath,
    Line,
    Lines,
    Markdown,
    Moment,
    Part,
    Problem,
    Term,
    Truth,
    code,
)
from plugins.ukrainian import day, day_range, weekday

EVENT_TIME = code("EVENT-TIME", "Подія скінчується пізніше, ніж починається; скасована чи перенесена має причину.",
                  "starts_at: 2026-08-24 12:00\nends_at: 2026-08-24 11:00",
                  "starts_at: 2026-08-24 12:00\nends_at: 2026-08-24 15:00")

PLAN_WEEK = code("PLAN-WEEK", "Тижневий план починається в понеділок; його заходи — того самого тижня.",
                 "starts_on: 2026-12-01 (вівторок)", "starts_on: 2026-11-30")
POSTER_PRINT = code("POSTER-PRINT", "Світлина й папір афіші такі, що їх можна надрукувати.",
                    "art: {photo: park.svg, alt: Парк, focus: [50, 30]}",
                    "art: {photo: park.jpg, alt: Парк, focus: [0.5, 0.3]}")
POSTER_TONE = code("POSTER-TONE", "Афіша дня пам’яті стримана.", "design: remembrance\npalette: gold",
                   "design: remembrance\npalette: night")
MOST_BLEED = 5
DAYS_OF_WEEK = 7


class EventStatus(Term):
    """Whether it takes place (schema.org eventStatus)."""

    PLANNED = "planned", "Заплановано"
    MOVED = "moved", "Перенесено"
    CANCELLED = "cancelled", "Скасовано"
    ADDED = "added", "Додано до плану"
    HELD = "held", "Відбулося"


class PosterDesign(Term):
    """The look of a poster; what is drawn on it, for those who do not see it."""

    CONCERT = "concert", "концерт"
    SPORT = "sport", "спорт"
    HEARING = "hearing", "громадські слухання"
    REMEMBRANCE = "remembrance", "день пам’яті"
    CITY_DAY = "city_day", "день міста"
    FAIR = "fair", "ярмарок"

    @property
    def drawing(self) -> str:
        """The alternative text of its drawing."""
        return DRAWINGS[self.value]


DRAWINGS = {
    "concert": "Малюнок: кола звуку на квадратних плитках.",
    "sport": "Малюнок: доріжки стадіону повертають до фінішу.",
    "hearing": "Малюнок: ряди крісел зали довкола промовця.",
    "remembrance": "Малюнок: полум’я свічки в темряві.",
    "city_day": "Малюнок: ратуша, будинки й церква над річкою.",
    "fair": "Малюнок: смугастий дашок ярмаркової ятки, листя й плоди.",
}


class PosterPalette(Term):
    """Which of the council's colours lies under the words."""

    NIGHT = "night", "основний колір"
    GOLD = "gold", "акцент"
    DAY = "day", "світле тло"
    DUSK = "dusk", "темний відтінок основного"


class PaperSize(Term):
    """Paper of ISO 216."""

    A4 = "A4", "210 × 297 мм"
    A3 = "A3", "297 × 420 мм"
    A2 = "A2", "420 × 594 мм"


class PosterArt(Part):
    """The picture of a poster: a photo in place of the design's own drawing."""

    photo: ImagePath = Field(title="Світлина", description="Назва файлу поруч із документом: подія тоді — тека.")
    alt: Line = Field(title="Опис світлини", description="Що на ній — для тих, хто її не бачить.", min_length=1)
    focus: tuple[Amount, ...] = Field(
        (Decimal("0.5"), Decimal("0.5")), title="Головна точка",
        description="[0.5, 0.3]: скільки від лівого краю й від верху; цього місця не обріжуть.")


class PosterPrint(Part):
    """How the poster is printed."""

    sizes: tuple[PaperSize, ...] = Field((PaperSize.A4, PaperSize.A3, PaperSize.A2), title="Папір",
                                         description="A4, A3, A2: сторінка на кожен.", min_length=1)
    bleed: Amount = Field(Decimal(3), title="Виліт", description="Міліметрів за лінію обрізу: від 0 до 5.")
    marks: Truth = Field(True, title="Мітки обрізу", description="так — друкарня бачить, де різати.")


class Poster(Part):
    """What stands on a poster; day, hour, place, price, age come from the event's own fields."""

    design: PosterDesign = Field(title="Вигляд", description="Малюнок, поруч з яким стоять слова афіші.")
    kicker: Line = Field("", title="Рядок угорі", description="Що це: «Концерт просто неба».")
    headline: Line = Field(title="Великий рядок", description="Кілька слів.", min_length=1)
    lines: tuple[Line, ...] = Field((), title="Рядки", description="Що ще стоїть на афіші.")
    art: PosterArt | None = Field(None, title="Світлина", description="photo, alt, focus — замість малюнка.")
    palette: PosterPalette | None = Field(None, title="Тло", description="Порожньо — як задумано для цього вигляду.")
    print: PosterPrint = Field(PosterPrint.model_construct(), title="Друк", description="sizes, bleed, marks.")


def poster_can_be_printed(event: "Event") -> Iterator[Problem]:
    """A poster has a photo that can be printed, a point inside of it, a bleed that a press can use, a fitting tone."""
    poster = event.poster
    if not poster:
        return
    if poster.art and (len(poster.art.focus) != 2 or not all(0 <= part <= 1 for part in poster.art.focus)):
        yield Problem("poster.art.focus", "треба два числа від 0 до 1: від лівого краю й від верху, наприклад "
                      "[0.5, 0.4].", POSTER_PRINT)
    if poster.art and poster.art.photo.lower().endswith(".svg"):
        yield Problem("poster.art.photo", "SVG не друкують у CMYK. Збережіть зображення як JPEG або PNG.", POSTER_PRINT)
    if not 0 <= poster.print.bleed <= MOST_BLEED:
        yield Problem("poster.print.bleed", f"виліт буває від 0 до {MOST_BLEED} мм.", POSTER_PRINT)
    if len(set(poster.print.sizes)) < len(poster.print.sizes):
        yield Problem("poster.print.sizes", "той самий папір названо двічі.", POSTER_PRINT)
    if poster.design is PosterDesign.REMEMBRANCE and poster.palette is PosterPalette.GOLD:
        yield Problem("poster.palette", "день пам’яті не має яскравого тла. Можна: night, day, dusk.", POSTER_TONE)


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
    rules = (*Document.rules, time_runs_forward, poster_can_be_printed)

    starts_at: Moment = Field(title="Початок", description="Дата й час за Києвом.")
    ends_at: Moment | None = Field(None, title="Кінець", description="Дата й час за Києвом.")
    location: Line = Field(title="Місце", description="Назва й адреса.")
    organizer: Line = Field("", title="Організатор", description="Хто проводить.")
    status: EventStatus = Field(EventStatus.PLANNED, title="Стан", description="Чи відбудеться.")
    status_reason: Lines = Field("", title="Причина", description="Чому перенесено чи скасовано.")
    price: Line = Field("", title="Вартість", description="Вхід вільний.")
    age: Line = Field("", title="Вік", description="«Від 12 років», «6+»; порожньо — для всіх.")
    is_accessible: Truth = Field(False, title="Доступно", description="так — є пандус чи вхід без сходів.")
    poster: Poster | None = Field(None, title="Афіша", description="design, headline, lines, art, print.")
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


