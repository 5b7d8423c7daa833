"""Events and weekly plans → pages and lists."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import ClassVar

from markupsafe import Markup

from plugins.documents.model import LINK, origin_of, share_card
from plugins.media.model import photo_of
from plugins.records import Group, Library, Link, OutputFile, PageModel, frozen
from plugins.records.components import (
    Fact,
    File,
    Notice,
    Photo,
    Row,
    Status,
    Tombstone,
    excerpt,
    files_of,
    status_of,
    tombstone_of,
    upper_first,
)
from plugins.records.lists import Axis, ListPlan, View, lists
from plugins.ukrainian import clock_range, day, moment, month_year, weekday

from .model import Event, EventStatus, PlanEntry, WeeklyPlan
from .posters import cards_of, downloads_of, files_of_poster, has_poster, poster_of

COMMUNITY = Link("Громада", "/hromada/")
LIST = Link("Події", "/podii/")
PLANS = Link("Тижневі плани", "/podii/plan/")
NOUN = ("подія", "події", "подій")
SHOWN = 5
"""How many past events the first page names."""


@frozen
class PosterView:
    """The poster with its facts in text."""

    title: str
    photo: Photo | None
    facts: tuple[Fact, ...]
    url: str = ""
    files: tuple[Link, ...] = ()


@frozen
class EventRow:
    """An event in the list of what is coming."""

    starts_at: datetime
    title: str
    url: str
    kind: str
    place: str
    status: Status | None
    links: tuple[Link, ...] = ()


@frozen
class Month:
    """Events of a month."""

    title: str
    anchor: str
    meetings: tuple[EventRow, ...]


@frozen(kw_only=True)
class EventPage(PageModel):
    """One event."""

    template: ClassVar[str] = "events/event.html"
    page_kind: ClassVar[str] = "event"

    status: Status | None
    notice: Notice | None
    lead: str
    poster: PosterView | None
    facts: tuple[Fact, ...]
    photo: Photo | None
    text: Markup
    files: tuple[File, ...]
    calendar: Link | None
    tombstone: Tombstone | None


@frozen(kw_only=True)
class EventsPage(PageModel):
    """What is coming, by month."""

    template: ClassVar[str] = "events/events.html"
    page_kind: ClassVar[str] = "calendar"

    months: tuple[Month, ...]
    links: tuple[Link, ...]
    posters: tuple[PosterView, ...] = ()
    past: tuple[Row, ...] = ()


@frozen
class PlanRow:
    """One line of a weekly plan."""

    time: str
    at: datetime
    title: str
    location: str
    responsible: str
    status: Status | None
    reason: str


@frozen
class PlanDay:
    """One day of a weekly plan."""

    title: str
    on: date
    rows: tuple[PlanRow, ...]


@frozen(kw_only=True)
class PlanPage(PageModel):
    """One week."""

    template: ClassVar[str] = "events/plan.html"
    page_kind: ClassVar[str] = "calendar"

    days: tuple[PlanDay, ...]
    older: Link | None
    newer: Link | None


def page(event: Event, library: Library) -> Iterator[PageModel | OutputFile]:
    """The page of an event; its facts stand in text beside the poster, the poster's files beside the page."""
    text = event.html("text")
    facts = tuple(_facts(event))
    poster = poster_of(event, library)
    yield EventPage(
        url=event.url, title=event.title, lang=event.lang, menu="community",
        description=event.summary or excerpt(text, 160) or f"{event.title}, {day(event.starts_at)}",
        crumbs=(COMMUNITY, LIST, Link(str(event.year), f"{LIST.url}{event.year}/")), updated_at=event.changed_at,
        card=event.card(library), search_text=f"{event.location} {text}",
        image=_image(event, library), image_alt=poster.alt if poster else "",
        status=status_of(_status(event, library)), notice=_notice(event, library), lead=event.words("summary"),
        poster=PosterView(event.title, poster, facts) if poster else None, facts=facts,
        photo=photo_of(event, event.image, library), text=text,
        files=(*files_of(event, library), *downloads_of(event, library)),
        calendar=Link("Додати до календаря", calendar_url(event)) if is_ahead(event, library) else None,
        tombstone=tombstone_of(event))
    yield from files_of_poster(event, library)


def _image(event: Event, library: Library) -> str:
    """What a link to the event shows: its poster, else a card of its title."""
    if has_poster(event):
        return cards_of(event, library)[LINK]
    return share_card(library, title=event.title, kicker="Подія", note=f"{day(event.starts_at)}, {event.location}",
                      stem=f"podiia-{event.year}-{event.id}", origin=origin_of(event, "title"))


def is_ahead(event: Event, library: Library) -> bool:
    """True until an event is over, unless it is cancelled or withdrawn."""
    is_over = (event.ends_at or event.starts_at) <= library.now
    return not is_over and event.status is not EventStatus.CANCELLED and event.withdrawn is None


def calendar_url(event: Event) -> str:
    """The address of one event for a calendar."""
    return f"{event.url}podiia.ics"


def _status(event: Event, library: Library) -> EventStatus:
    """What is over by the declared day has taken place, at the time it was moved to."""
    is_over = (event.ends_at or event.starts_at) <= library.now
    return EventStatus.HELD if is_over and event.status is not EventStatus.CANCELLED else event.status


def _notice(event: Event, library: Library) -> Notice | None:
    """Why it was moved, cancelled or added to the plan."""
    if not event.status_reason:
        return None
    tone = "danger" if _status(event, library) in (EventStatus.MOVED, EventStatus.CANCELLED) else "info"
    return Notice(tone, event.status.label, event.status_reason)


def _facts(event: Event) -> Iterator[Fact]:
    if event.ends_at and event.ends_at.date() == event.starts_at.date():
        yield Fact("Коли", f"{day(event.starts_at)}, {clock_range(event.starts_at, event.ends_at)}")
    elif event.ends_at:
        yield Fact("Коли", f"{moment(event.starts_at)} — {moment(event.ends_at)}")
    else:
        yield Fact("Коли", moment(event.starts_at))
    yield Fact("Де", event.location)
    if event.organizer and event.organizer not in event.location:
        yield Fact("Організатор", event.organizer)
    if event.price:
        yield Fact("Вартість", event.price)
    if event.age:
        yield Fact("Вік", event.age)
    if event.is_accessible:
        yield Fact("Доступність", "є вхід без сходів")
    if event.contact:
        yield Fact("Запитання", event.contact)


def lists_of_events(library: Library) -> Iterator[PageModel | Group]:
    """`/podii/`: what is coming, by month; then all events by year and state."""
    events = library.newest(Event)
    if not events:
        return
    coming = [event for event in reversed(events) if (event.ends_at or event.starts_at) > library.now]
    posters = [(event, poster_of(event, library)) for event in coming[:6]]
    archive = Link("Усі події", f"{LIST.url}usi/")
    yield EventsPage(
        url=LIST.url, title=LIST.title, description="Найближчі події громади: коли, де, як потрапити.",
        crumbs=(COMMUNITY,), menu="community", feeds=(Link("Події: стрічка", f"{LIST.url}feed.xml"),),
        months=_months(coming, library),
        links=(*_current_plan(library), *((PLANS,) if library.exists("weekly_plan") else ()), archive,
               Link("Календар подій для телефону", "/podii/kalendar.ics")),
        past=tuple(_row(event, library) for event in events if event.key not in {item.key for item in coming})[:SHOWN],
        posters=tuple(PosterView(event.title, photo, tuple(_facts(event))[:2], event.url)
                      for event, photo in posters if photo), updated_at=coming[-1].starts_at if coming else None)
    plan = ListPlan(url=archive.url, title=archive.title, description="Події громади за роками.", noun=NOUN,
                    menu="community", crumbs=(COMMUNITY, LIST), view=EVENTS)
    yield from lists(plan, library)
    for year in sorted({event.year for event in events}):
        chosen = [event for event in events if event.year == year]
        yield EventsPage(url=f"{LIST.url}{year}/", title=f"Події, {year} рік", menu="community",
                         crumbs=(COMMUNITY, LIST),
                         description=f"Події громади {year} року за місяцями.", links=(archive,),
                         months=_months(chosen[::-1], library))


def _current_plan(library: Library) -> tuple[Link, ...]:
    """The plan of this week, if it is there."""
    today = library.now.date()
    plan = library.entry(by_monday, today - timedelta(days=today.weekday()))
    return (Link(plan.heading, plan.url),) if plan else ()


def _axis(event: Event, library: Library) -> tuple[str, str]:
    status = _status(event, library)
    return status.value, status.label


def _row(event: Event, library: Library) -> Row:
    return Row(event.title, event.url, (moment(event.starts_at), event.location),
               status=status_of(_status(event, library)), excerpt=event.summary)


def _months(events: Sequence[Event], library: Library) -> tuple[Month, ...]:
    def month(event: Event) -> tuple[int, int]:
        return event.starts_at.year, event.starts_at.month

    def row(event: Event) -> EventRow:
        status = _status(event, library)
        return EventRow(event.starts_at, event.title, event.url, event.location,
                        "" if event.organizer in event.location else event.organizer,
                        None if status in (EventStatus.PLANNED, EventStatus.HELD) else status_of(status))

    return tuple(Month(upper_first(month_year(date(year, number, 1))), f"misiats-{year}-{number:02d}",
                       tuple(row(event) for event in items))
                 for (year, number), items in groupby(events, key=month))


def plan_page(plan: WeeklyPlan, library: Library) -> Iterator[PageModel]:
    """The page of a week: its entries by day."""
    entries = sorted(plan.entries, key=lambda entry: entry.at)
    days = tuple(PlanDay(f"{upper_first(weekday(on))}, {day(on)}", on, tuple(_plan_row(entry) for entry in items))
                 for on, items in groupby(entries, key=lambda entry: entry.at.date()))
    yield PlanPage(
        url=plan.url, title=plan.heading, description=f"{plan.heading}: наради, засідання, зустрічі, прийом громадян.",
        menu="community", crumbs=(COMMUNITY, LIST, PLANS), updated_at=plan.changed_at or plan.starts_on,
        card=plan.card(library),
        search_text=" ".join(f"{entry.title} {entry.location}" for entry in entries), days=days,
        older=_neighbour(plan, -7, "Попередній тиждень", library),
        newer=_neighbour(plan, 7, "Наступний тиждень", library))


def _neighbour(plan: WeeklyPlan, days: int, title: str, library: Library) -> Link | None:
    """The plan of the week before or after, if there is one."""
    monday = plan.starts_on + timedelta(days=days)
    other = library.entry(by_monday, monday)
    return Link(title, other.url) if other else None


def by_monday(library: Library) -> dict[date, WeeklyPlan]:
    return {plan.starts_on: plan for plan in library.of(WeeklyPlan)}


def _plan_row(entry: PlanEntry) -> PlanRow:
    status = None if entry.status in (EventStatus.PLANNED, EventStatus.HELD) else status_of(entry.status)
    return PlanRow(f"{entry.at:%H:%M}", entry.at, entry.title, entry.location, entry.responsible, status, entry.reason)


def lists_of_plans(library: Library) -> Iterator[Group]:
    """All weeks, by year."""
    yield from lists(ListPlan(
        url=PLANS.url, title=PLANS.title, description="Що планувала рада щотижня.", noun=("план", "плани", "планів"),
        menu="community", crumbs=(COMMUNITY, LIST), view=WEEKS), library)


EVENTS = View("events", Event, _row, (Axis("Стан", _axis),))
WEEKS = View("weekly plans", WeeklyPlan,
             lambda plan, library: Row(plan.heading, plan.url, (f"заходів: {len(plan.entries)}",)))


