"""The agenda on paper: what is proposed or was adopted, who presents, what was added or taken off and why."""

from __future__ import annotations

from typing import ClassVar

from plugins.documents.model import on_paper
from plugins.people.model import post_on
from plugins.records import Library, frozen, plain
from plugins.records.components import sentence
from plugins.ukrainian import NBSP, clock_range, moment

from .agenda import comparison, presenter_of, title_of
from .form import Labelled, MeetingForm, absolute, head_of, where
from .model import AgendaItem, ItemOrigin, Meeting, MeetingStatus

DRAFT_MARK = "ПРОЄКТ"


@frozen
class Question:
    """A question: its number and title, its draft with the address, who presents it, what happened to it and why."""

    number: str
    title: str
    draft: str
    to: str
    presenter: str
    mark: str
    reason: str


@frozen(kw_only=True)
class AgendaForm(MeetingForm):
    """The agenda of a meeting.

    `notice`: that it was cancelled or moved, and why; `lead`: the draft beside what was adopted, by which `vote`.
    """

    template: ClassVar[str] = "agenda.typ"

    facts: tuple[Labelled, ...]
    notice: Labelled | None
    lead: str
    vote: str
    questions: tuple[Question, ...]


def agenda_form(meeting: Meeting, library: Library) -> AgendaForm:
    """The printed agenda of a meeting that has one: a draft until the meeting was held."""
    compared = comparison(meeting, library)
    return AgendaForm(
        **head_of(meeting, library, "Порядок денний"),
        mark="" if meeting.status is MeetingStatus.HELD else DRAFT_MARK,
        facts=(_when(meeting), *where(meeting)), notice=_notice(meeting), lead=compared.lead if compared else "",
        vote=absolute(compared.vote.url, library) if compared and compared.vote else "",
        questions=questions_of(meeting, library))


def _when(meeting: Meeting) -> Labelled:
    ended = meeting.ended_at
    if ended and ended.date() == meeting.day:
        words = moment(meeting.starts_at).rpartition(", ")[0]
        return Labelled("Дата й час", f"{words}, {clock_range(meeting.starts_at, ended)}")
    return Labelled("Дата й час", moment(meeting.starts_at) + (f"{NBSP}— {moment(ended)}" if ended else ""))


def _notice(meeting: Meeting) -> Labelled | None:
    reason = on_paper(plain(meeting.words("status_reason")))
    if meeting.status is MeetingStatus.CANCELLED:
        return Labelled("Засідання скасовано", reason)
    if meeting.status is MeetingStatus.MOVED or meeting.moved_from:
        before = f"Мало відбутися {moment(meeting.moved_from)}. " if meeting.moved_from else ""
        return Labelled("Засідання перенесено", f"{before}{reason}".strip())
    return None


def questions_of(meeting: Meeting, library: Library) -> tuple[Question, ...]:
    """All questions in their order, those that were taken off too."""
    return tuple(_question(item, meeting, library) for item in meeting.items)


def _question(item: AgendaItem, meeting: Meeting, library: Library) -> Question:
    draft = library.card("draft", item.draft)
    number = draft.number if draft else item.draft_number
    mark, reason = _change(item, meeting)
    return Question(
        item.number, on_paper(title_of(item, library)),
        f"Проєкт №{NBSP}{number}" if number else "Проєкт" if draft else "",
        absolute(draft.url, library) if draft else "", presenter_words(item, meeting, library), mark, reason)


def presenter_words(item: AgendaItem, meeting: Meeting, library: Library) -> str:
    """«Доповідає: начальниця фінансового управління Бистрик Н. О.»; empty where nobody is named."""
    person, name = presenter_of(item, library)
    post = post_on(person, meeting.day, library)
    return on_paper(f"Доповідає: {post} {name}".replace(":  ", ": ")) if name else ""


def _change(item: AgendaItem, meeting: Meeting) -> tuple[str, str]:
    """(«Додано на засіданні», the reason): what the sitting changed of the agenda that was proposed."""
    place = meeting.items.index(item)
    if item.is_removed:
        return "Знято з порядку денного", _sentence(meeting.words("items", place, "removed_reason"))
    if item.origin is ItemOrigin.ADDED:
        return "Додано на засіданні", _sentence(meeting.words("items", place, "origin_reason"))
    return "", ""


def _sentence(words: str) -> str:
    return sentence(on_paper(plain(words))) if words else ""
