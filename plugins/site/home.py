"""The home page: what is decided now, what was decided, what happened — the newest of each register."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import islice
from typing import ClassVar

from plugins.acts.model import Act, ActType, DraftAct, open_drafts
from plugins.media.model import photo_of
from plugins.meetings.model import Meeting, MeetingStatus, MeetingType
from plugins.news.model import News
from plugins.open_data.model import council_box
from plugins.pages.model import ProsePage
from plugins.people.model import Council, Topic
from plugins.records import Library, Link, PageModel, frozen
from plugins.records.components import DaysLeft, Photo, Row, VoteCounts, status_of
from plugins.ukrainian import clock, counted, day, day_month, number, plural, typeset, weekday
from plugins.votes.model import VoteEvent

from .model import SEARCH, english_pages, registers

SHOWN = 5
"""How many drafts, acts and news the home page names."""
TASKS = 8
DRAFTS_FORMS, ITEMS_FORMS = ("проєкт", "проєкти", "проєктів"), ("питання", "питання", "питань")
ACTS_FORMS, VOTES_FORMS = ("рішення", "рішення", "рішень"), (
    "поіменне голосування", "поіменні голосування", "поіменних голосувань")
MEETINGS_FORMS = ("пленарного засідання", "пленарних засідань", "пленарних засідань")
"""After «із»: «2 із 3 пленарних засідань»."""
NEAREST = {MeetingType.PLENARY: "Найближче пленарне засідання", MeetingType.EXECUTIVE: "Найближче засідання виконкому"}


@frozen
class MeetingCard:
    """The next meeting."""

    kind: str
    when: str
    starts_at: datetime
    details: str
    links: tuple[Link, ...]


@frozen
class Task:
    """What people come for."""

    title: str
    url: str
    note: str = ""


@frozen
class Story:
    """The first news item."""

    title: str
    url: str
    meta: tuple[str | Link, ...]
    photo: Photo | None
    excerpt: str


@frozen
class LedgerItem:
    """A number with what it means."""

    value: str
    text: str
    link: Link | None = None


@frozen
class Ledger:
    """A few numbers counted from the records."""

    title: str
    text: str
    items: tuple[LedgerItem, ...]


@frozen(kw_only=True)
class HomePage(PageModel):
    """The first page of the site; fields as `site/home.html` names them."""

    template: ClassVar[str] = "site/home.html"
    page_kind: ClassVar[str] = "home"

    lead: str
    search_url: str
    examples: tuple[Link, ...]
    meeting: MeetingCard | None
    tasks: tuple[Task, ...]
    drafts: tuple[Row, ...]
    drafts_link: Link | None
    acts: tuple[Row, ...]
    acts_link: Link | None
    story: Story | None
    news: tuple[Row, ...]
    news_link: Link | None
    ledger: Ledger | None


def home(library: Library) -> Iterator[PageModel]:
    """The home page."""
    council = library.only(Council)
    lead = council.lead or f"Рішення, засідання, голосування й новини {council.community_genitive}."
    drafts = open_drafts(library)
    own = _acts(library, council)
    news = _news(library)
    changes = [record.day for record in (*own, *news[:SHOWN])]
    yield HomePage(
        url="/", title=council.name, description=f"{council.name}: {lead[:1].lower()}{lead[1:]}"[:200], lead=lead,
        updated_at=max(changes, default=None), search_url=SEARCH, examples=_topics(library), meeting=_next(library),
        tasks=tuple(_tasks(library)), drafts=tuple(draft_row(draft, library) for draft in drafts[:SHOWN]),
        drafts_link=_all(library, "documents", "Проєкти",
                         f"Усі {counted(library.counts(DraftAct).total(), *DRAFTS_FORMS)}"),
        acts=tuple(act_row(act, library) for act in own),
        acts_link=_all(library, "documents", "Рішення", "Реєстр рішень"),
        story=_story(news[0], library) if news else None,
        news=tuple(Row(item.title, item.url, _meta(item, library)) for item in news[1:SHOWN]),
        news_link=_all(library, "news", "Новини", "Усі новини"), ledger=_ledger(library, council),
        translations=(("en", "/en/"),) if english_pages(library) else (), feeds=(Link("Усе нове", "/feed.xml"),),
        boxes={"head": (council_box(library),)})


def _all(library: Library, section: str, title: str, words: str) -> Link | None:
    return next((Link(words, item.url) for item in registers(library, section) if item.title == title), None)


def _topics(library: Library) -> tuple[Link, ...]:
    """The topics with most documents."""
    counts = [(library.count(topic, "documents"), topic) for topic in library.of(Topic)]
    found = sorted((pair for pair in counts if pair[0]), key=lambda pair: (-pair[0], pair[1].title))
    return tuple(Link(topic.title[:1].lower() + topic.title[1:], topic.url) for _, topic in found[:4])


def _tasks(library: Library) -> Iterator[Task]:
    pages = [page for page in library.of(ProsePage) if page.task and page.lang == "uk" and not page.withdrawn]
    for page in sorted(pages, key=lambda page: (page.order, page.task, page.key))[:TASKS]:
        yield Task(page.task, page.url, _short(page.summary))


def _short(summary: str) -> str:
    """The first sentence, without its stop; nothing if it is long for a note."""
    first = summary.split(". ")[0].rstrip(".")
    return first if len(first) <= 80 else ""


def _next(library: Library) -> MeetingCard | None:
    """The nearest meeting of the council that is to come; without one, of the executive committee."""
    ahead = [meeting for meeting in library.of(Meeting) if meeting.starts_at > library.now
             and meeting.status in (MeetingStatus.TENTATIVE, MeetingStatus.CONFIRMED) and meeting.type in NEAREST]
    if not ahead:
        return None
    meeting = min(ahead, key=lambda item: (item.type is not MeetingType.PLENARY, item.starts_at, item.key))
    starts = meeting.starts_at
    items = f"Порядок денний: {counted(len(meeting.items), *ITEMS_FORMS)}" if meeting.items else "Про засідання"
    details = typeset(", ".join(part for part in (meeting.heading, meeting.location) if part))
    when = f"{day_month(starts)}, {weekday(starts)}, {clock(starts)}"
    return MeetingCard(NEAREST[meeting.type], when, starts, details,
                       (Link(items, meeting.url), Link("Календар засідань", f"/{Meeting.section}/")))


def draft_row(draft: DraftAct, library: Library) -> Row:
    """A draft that takes proposals."""
    term = draft.consultation
    left = DaysLeft(term.closes_at, term.days(library)) if term else None
    until = (f"пропозиції до {day_month(term.closes_at)}",) if term else ()
    return Row(draft.title, draft.url, (f"Проєкт № {draft.number}", *until), consultation=left)


def act_row(act: Act, library: Library) -> Row:
    """An act with its force and the result of its vote."""
    vote = library.get(VoteEvent, act.vote) if act.vote else None
    counts = vote.counts if vote and vote.is_public(library.now) else None
    return Row(act.title, act.url, (f"№ {act.number}", day(act.adopted_on)),
               status=status_of(act.card(library).status),
               counts=VoteCounts(counts.yes, counts.no, counts.abstain, counts.not_voting, counts.absent)
               if counts else None)


def _acts(library: Library, council: Council) -> list[Act]:
    """The newest decisions of the council; of all bodies where it has none."""
    def acts() -> Iterator[Act]:
        return (act for act in library.from_newest(Act) if act.type is ActType.DECISION and not act.withdrawn)

    own = (act for act in acts() if act.body == council.council_id)
    return list(islice(own, SHOWN)) or list(islice(acts(), SHOWN))


def _news(library: Library) -> list[News]:
    """The newest items that still hold, one that the editors promote first."""
    holding = (item for item in library.from_newest(News) if not item.withdrawn and not item.is_expired(library.now))
    items = list(islice(holding, 30))
    promoted = [item for item in items[:12] if item.is_promoted][:1]
    return promoted + [item for item in items if item.key not in {found.key for found in promoted}]


def _story(item: News, library: Library) -> Story:
    return Story(item.title, item.url, _meta(item, library), photo_of(item, item.image, library), item.summary)


def _meta(item: News, library: Library) -> tuple[str | Link, ...]:
    topics = [card for key in item.topics[:1] if (card := library.card("topic", key))]
    return (day(item.published_at), *(Link(card.title, card.url) for card in topics))


def _ledger(library: Library, council: Council) -> Ledger | None:
    """The year's work in numbers that can be counted again from the registers."""
    year = library.now.year
    acts = [act for act in library.of_year(Act, year) if act.type is ActType.DECISION
            and act.body == council.council_id]
    held = [meeting for meeting in library.of_year(Meeting, year)
            if meeting.type is MeetingType.PLENARY and meeting.status is MeetingStatus.HELD]
    votes = [event for event in library.of_year(VoteEvent, year) if event.is_named]
    items = tuple(_items(year, acts, held, votes))
    return Ledger(f"Робота ради у {year} році", "Пораховано з документів цього сайту: кожне число можна перевірити.",
                  items) if items else None


def _items(year: int, acts: Sequence[Act], held: Sequence[Meeting], votes: Sequence[VoteEvent]) -> Iterator[LedgerItem]:
    if acts:
        words = f"{plural(len(acts), *ACTS_FORMS)} ради ухвалено й оприлюднено з повним текстом."
        yield LedgerItem(number(len(acts)), words, Link("Реєстр", f"/{Act.section}/{year}/"))
    if held:
        recorded = sum(bool(meeting.recording) for meeting in held)
        yield LedgerItem(f"{recorded} із {len(held)}", f"{plural(len(held), *MEETINGS_FORMS)} — з відеозаписом.",
                         Link("Засідання", f"/{Meeting.section}/"))
    if votes:
        yield LedgerItem(number(len(votes)), f"{plural(len(votes), *VOTES_FORMS)}, де видно голос кожного.",
                         Link("Депутати", "/deputaty/"))
