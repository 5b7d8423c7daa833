"""Sessions: a session of a convocation groups one plenary or several; each has a page, and all have a list."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import ClassVar

from plugins.records import Axis, Deferred, Library, Link, PageModel, Seen, View, frozen
from plugins.records.components import NotedLink, join
from plugins.ukrainian import NBSP, counted, day, plural

from .completeness import acts_of
from .model import Meeting, MeetingType

MEETINGS = Link("Засідання", "/zasidannia/")
SESSIONS = Link("Сесії", "/zasidannia/sesii/")
PLENARY = ("пленарне засідання", "пленарні засідання", "пленарних засідань")


@frozen
class Plenary:
    """A plenary in its session: what it is called, when, in which state, how many questions; the acts it gave."""

    title: str
    url: str
    when: str
    state: str
    questions: str
    acts: tuple[Link, ...]


@frozen(kw_only=True)
class SessionPage(PageModel):
    """One session."""

    template: ClassVar[str] = "meetings/session.html"
    page_kind: ClassVar[str] = "sitting"

    heading: str
    lead: str
    plenaries: tuple[Plenary, ...]
    position: str
    older: Link | None
    newer: Link | None


@frozen
class SessionsOfTerm:
    """The sessions of a convocation, the last first."""

    title: str
    sessions: tuple[NotedLink, ...]


@frozen(kw_only=True)
class SessionsPage(PageModel):
    """All sessions by convocation."""

    template: ClassVar[str] = "meetings/sessions.html"
    page_kind: ClassVar[str] = "article-list"

    lead: str
    terms: tuple[SessionsOfTerm, ...]


def key_of(meeting: Meeting) -> str:
    """«8-37»; empty for a meeting that belongs to no session."""
    is_of_session = meeting.type is MeetingType.PLENARY and meeting.session and meeting.convocation
    return f"{meeting.convocation}-{meeting.session}" if is_of_session else ""


def link_of(meeting: Meeting) -> tuple[Link, ...]:
    """The way from a plenary to its session."""
    key = key_of(meeting)
    return (Link(f"{meeting.session} сесія {meeting.convocation} скликання", f"{SESSIONS.url}{key}/"),) if key else ()


def _plenary(meeting: Meeting, library: Library) -> Plenary:
    acts = {card.key: card for item in meeting.items for card in acts_of(item, meeting, library)}
    acts |= {card.key: card for card in library.related(meeting, "acts")}
    return Plenary(
        f"{meeting.sitting} пленарне засідання" if meeting.sitting else "Пленарне засідання", meeting.url,
        day(meeting.day), meeting.status.label,
        counted(len(meeting.items), "питання", "питання", "питань") if meeting.items else "",
        tuple(Link(f"№{NBSP}{card.number}. {card.title}" if card.number else card.title, card.url)
              for _, card in sorted(acts.items())))


PLENARIES = View("plenaries of sessions", Meeting, _plenary, (
    Axis("", lambda meeting, library: (key_of(meeting), "позачергова" if meeting.is_extraordinary else "чергова")),
    Axis("", lambda meeting, library: (meeting.day.isoformat(), meeting.starts_at.isoformat())),
), holds=lambda meeting, library: bool(key_of(meeting)))


def pages(library: Library) -> Iterator[PageModel | Deferred]:
    """A page for each session, and the list of all."""
    found: dict[str, list[Seen]] = {}
    for seen in library.views(PLENARIES):
        if seen.mark and seen.axes[0]:
            found.setdefault(seen.axes[0][0], []).append(seen)
    if not found:
        return
    keys = sorted(found, key=_numbers)
    for place, key in enumerate(keys):
        plenaries = sorted(found[key], key=lambda seen: seen.axes[1] or ("", ""))
        older = _link("Раніша", keys[place - 1]) if place else None
        newer = _link("Пізніша", keys[place + 1]) if place + 1 < len(keys) else None
        yield Deferred(f"{SESSIONS.url}{key}/", (older, newer, [(seen.mark, seen.axes) for seen in plenaries]),
                       partial(_page, key, plenaries, older, newer, library), _title(key))
    yield _list(keys, found)


def _numbers(key: str) -> tuple[int, int]:
    """«8-37» → (8, 37)."""
    convocation, _, session = key.partition("-")
    return int(convocation), int(session)


def _title(key: str) -> str:
    convocation, session = _numbers(key)
    return f"{session} сесія {convocation} скликання"


def _link(word: str, key: str) -> Link:
    return Link(f"{word}: {_title(key)}", f"{SESSIONS.url}{key}/")


def _kind(seen: Seen) -> str:
    """«чергова», «позачергова»."""
    return seen.axes[0][1] if seen.axes[0] else ""


def _page(key: str, seen: Sequence[Seen], older: Link | None, newer: Link | None, library: Library) -> SessionPage:
    plenaries = tuple(library.row(PLENARIES, item.key) for item in seen)
    acts = sum(len(plenary.acts) for plenary in plenaries)
    decisions = f", ухвалено {counted(acts, 'рішення', 'рішення', 'рішень')}" if acts else ""
    lead = f"{_kind(seen[0]).capitalize()} сесія: {counted(len(plenaries), *PLENARY)}{decisions}."
    return SessionPage(
        url=f"{SESSIONS.url}{key}/", title=_title(key), heading=_title(key), menu="meetings", lead=lead,
        head_title=f"{_title(key)}: пленарні засідання й рішення", crumbs=(MEETINGS, SESSIONS),
        description=f"{_title(key)}: {join([item.when for item in plenaries])}. {lead}",
        search_text=f"{_title(key)}. {lead}", plenaries=plenaries, position=_title(key), older=older, newer=newer)


def _list(keys: Sequence[str], found: dict[str, list[Seen]]) -> SessionsPage:
    terms: dict[int, list[NotedLink]] = {}
    for key in reversed(keys):
        days = sorted(seen.axes[1][0] for seen in found[key] if seen.axes[1])
        words = join([".".join(reversed(text.split("-"))) for text in days])
        note = f"{_kind(found[key][0])}, {words}"
        terms.setdefault(_numbers(key)[0], []).append(NotedLink(_title(key), f"{SESSIONS.url}{key}/", note))
    total = counted(len(keys), "сесія", "сесії", "сесій")
    return SessionsPage(
        url=SESSIONS.url, title=SESSIONS.title, menu="meetings", crumbs=(MEETINGS,), search_text="Сесії ради",
        description=f"Сесії ради за скликаннями: {total}, пленарні засідання й рішення кожної.",
        lead=f"{total}. {plural(len(keys), 'Вона має', 'Кожна має', 'Кожна має')} одне чи кілька пленарних засідань.",
        terms=tuple(SessionsOfTerm(f"{number} скликання", tuple(links)) for number, links in terms.items()))
