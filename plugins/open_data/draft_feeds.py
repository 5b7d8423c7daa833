"""The feed of a draft: each step of its way, from the registration to the act, as an entry."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from plugins.acts.model import DraftAct
from plugins.meetings.model import ItemResult, Meeting, MeetingStatus
from plugins.people.model import Council
from plugins.records import Card, Library, OutputFile, Record
from plugins.records.feeds import Entry, at_midnight, atom, feed, feed_of, newest_first, tag
from plugins.ukrainian import NBSP, day


def file_of(record: Record, library: Library) -> Iterator[OutputFile]:
    """`feed.xml` beside the page of a draft."""
    if isinstance(record, DraftAct) and not record.withdrawn:
        title = f"Проєкт №{NBSP}{record.number}: {record.title}"
        entries = newest_first(tuple(_entries(record, library))[::-1])
        made = feed(title, record.url, feed_of(record.url), entries, library.only(Council), library)
        yield OutputFile(feed_of(record.url).lstrip("/"), made, lambda: atom(made))


def _entries(draft: DraftAct, library: Library) -> Iterator[Entry]:
    site = library.only(Council).site

    def entry(name: str, title: str, at: date | datetime, url: str = "", summary: str = "") -> Entry:
        moment = at if isinstance(at, datetime) else at_midnight(at)
        address = library.site_url + (url or draft.url)
        return Entry(tag(site, f"{draft.kind}/{draft.key}/{name}"), address, title, summary, moment, moment)

    yield entry("registered", "Проєкт зареєстровано", draft.registered_on, summary=draft.summary)
    if draft.published_at:
        yield entry("published", "Проєкт оприлюднено", draft.published_at)
    if (talk := draft.consultation) and talk.opens_on <= library.now.date():
        begins = max(at_midnight(talk.opens_on), draft.published_at or at_midnight(talk.opens_on))
        yield entry("discussed", f"Приймають пропозиції до {day(talk.closes_at.date())}", begins)
        if talk.closes_at <= library.now:
            yield entry("discussion-over", "Обговорення завершено", talk.closes_at)
        if talk.reported_at and talk.reported_at <= library.now:
            yield entry("discussion-report", "Оприлюднено звіт про обговорення", talk.reported_at)
    for card in library.related(draft, "agenda_items"):
        yield from (entry(*step) for step in _meeting(card, library))
    for card in library.related(draft, "votes"):
        if card.date:
            yield entry(f"vote/{card.key}", f"Голосування: {_word(card)}", card.date, card.url, card.note)
    for card in library.related(draft, "acts"):
        if card.date and card.date <= library.now.date():
            yield entry(f"act/{card.key}", f"Ухвалено: №{NBSP}{card.number}", card.date, card.url, card.title)
    if draft.outcome and draft.outcome.at <= library.now.date():
        yield entry("outcome", draft.outcome.status.label.capitalize(), draft.outcome.at, summary=draft.outcome.reason)


def _meeting(card: Card, library: Library) -> Iterator[tuple[str, str, datetime, str, str]]:
    """On the agenda since it was published, considered when the meeting was held."""
    known = library.entry(meeting_moments, card.key)
    if not known:
        return
    title, announced, over = known
    if announced and (moment := datetime.fromisoformat(announced)) <= library.now:
        yield f"agenda/{card.key}", f"У порядку денному: {title}", moment, card.url, f"Питання {card.number}."
    if isinstance(card.status, ItemResult) and (moment := datetime.fromisoformat(over)) <= library.now:
        yield f"considered/{card.key}", f"Розглянуто: {card.status.label.lower()}", moment, card.url, f"{title}."


def meeting_moments(library: Library) -> dict[str, tuple[str, str, str]]:
    """For each meeting that is certain: its title, when its agenda became public, when it was over."""
    found: dict[str, tuple[str, str, str]] = {}
    for meeting in library.of(Meeting):
        if meeting.status not in (MeetingStatus.CANCELLED, MeetingStatus.TENTATIVE):
            announced = meeting.agenda_published_at or (meeting.notice.published_at if meeting.notice else None)
            found[meeting.key] = (f"{meeting.heading}, {day(meeting.day)}", announced.isoformat() if announced else "",
                                  (meeting.ended_at or meeting.starts_at).isoformat())
    return found


def _word(card: Card) -> str:
    return getattr(card.status, "label", "").lower()
