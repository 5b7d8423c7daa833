"""The path of a document: what is done, what goes on now, what is ahead."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from datetime import date

from plugins.records import Card, Library, frozen
from plugins.ukrainian import clock, day, day_month

from .model import Act, ActStatus, ActType, DraftAct, DraftStatus
from .status import (
    DECIDING_MEETINGS,
    SuspensionState,
    act_status,
    agenda_items,
    amendments_of,
    code_of,
    deciding_votes,
    held_on,
    last_day,
    repeals_of,
    suspension_state,
)

ENDS = {DraftStatus.RETURNED: "Повернено на доопрацювання", DraftStatus.POSTPONED: "Розгляд відкладено",
        DraftStatus.REMOVED: "Знято з розгляду", DraftStatus.WITHDRAWN: "Відкликано",
        DraftStatus.LAPSED: "Утратив актуальність", DraftStatus.REJECTED: "Не ухвалено"}
WAITING = (DraftStatus.REGISTERED, DraftStatus.PUBLISHED, DraftStatus.DISCUSSED, DraftStatus.IN_COMMITTEE,
           DraftStatus.ON_AGENDA)
"""States in which the next step is still awaited."""
MEETINGS = {"plenary": "Пленарне засідання", "executive": "Засідання виконкому", "committee": "Комісія",
            "coordination": "Погоджувальна рада", "hearing": "Громадські слухання", "briefing": "Нарада",
            "working_group": "Робоча група"}


@frozen
class Step:
    """A step: `state` is done, now, ahead or stopped; `url` leads from the note to what stands for the step."""

    title: str
    state: str
    note: str = ""
    url: str = ""


def draft_steps(draft: DraftAct, status: DraftStatus, library: Library) -> tuple[Step, ...]:
    """From the registration to the act; the step that is awaited next is «now»."""
    steps = list(_draft_steps(draft, status, library))
    waits = status in WAITING and not any(step.state == "now" for step in steps)
    for index, step in enumerate(steps):
        if waits and step.state == "ahead":
            steps[index] = dataclasses.replace(step, state="now")
            break
    return tuple(steps)


def _draft_steps(draft: DraftAct, status: DraftStatus, library: Library) -> Iterator[Step]:
    year = draft.registered_on.year
    yield Step("Зареєстровано", "done", day(draft.registered_on))
    if draft.published_at:
        yield Step("Оприлюднено", "done", f"{_short(draft.published_at.date(), year)}, {clock(draft.published_at)}")
    else:
        yield Step("Оприлюднення", "ahead")
    # A meeting that considered a draft before its discussion (a first reading) stands before it.
    items = agenda_items(draft, library)[::-1]
    opens_on = draft.consultation.opens_on if draft.consultation else None
    yield from (_meeting(item, library, year) for item in items if opens_on and held_on(item) < opens_on)
    if draft.consultation:
        yield _discussion(draft, library, year)
    yield from (_meeting(item, library, year) for item in items if not opens_on or held_on(item) >= opens_on)
    is_awaited = not any(item.type in DECIDING_MEETINGS and held_on(item) >= library.now.date() for item in items)
    if status in WAITING and draft.type is ActType.DECISION and is_awaited:
        yield Step("Розгляд", "ahead", f"планують {_short(draft.planned_on, year)}" if draft.planned_on else "")
    yield _end(draft, status, library, year)


def _meeting(item: Card, library: Library, year: int) -> Step:
    assert item.date
    is_past = held_on(item) <= library.now.date() and code_of(item) not in ("tentative", "confirmed", "moved")
    number = f", питання {item.number}" if item.number else ""
    return Step(MEETINGS.get(item.type, "Засідання"), "done" if is_past else "ahead",
                f"{_short(held_on(item), year)}{number}", item.url)


def _discussion(draft: DraftAct, library: Library, year: int) -> Step:
    assert draft.consultation
    state = draft.consultation.state(library.now)
    opens, closes = draft.consultation.opens_on, draft.consultation.closes_at.date()
    if state == "ahead":
        return Step("Обговорення", "ahead", f"від {_short(opens, year)}")
    return Step("Обговорення", "now" if state == "open" else "done", f"до {_short(closes, year)}")


def _end(draft: DraftAct, status: DraftStatus, library: Library, year: int) -> Step:
    title = draft.type.label
    if status is DraftStatus.ADOPTED:
        acts = library.relating(draft, "acts", Act)
        if acts:
            return Step(title, "done", f"№\u00a0{acts[0].number}", acts[0].url)
        return Step("Ухвалено", "done", "текст готують до підпису")
    if draft.outcome and status.value == draft.outcome.status.value:
        return Step(ENDS[status], "stopped", _short(draft.outcome.at, year))
    if status is DraftStatus.REJECTED and (votes := deciding_votes(draft, library)):
        return Step(ENDS[status], "stopped", votes[0].note, votes[0].url)
    if status in ENDS and status is not DraftStatus.RETURNED:
        return Step(ENDS[status], "stopped")
    return Step(title, "ahead", "ще не ухвалено" if draft.type is ActType.DECISION else "ще не видано")


def act_steps(act: Act, library: Library) -> tuple[Step, ...]:
    """From the draft to the end of its force."""
    today, year = library.now.date(), act.adopted_on.year
    steps: list[tuple[date, int, Step]] = []

    def add(on: date | None, order: int, title: str, note: str = "", url: str = "", state: str = "") -> None:
        if on:
            state = state or ("done" if on <= today else "ahead")
            words = ", ".join(part for part in (_short(on, year), note) if part)
            steps.append((on, order, Step(title, state, words, url)))

    draft = library.get(DraftAct, act.draft) if act.draft else None
    meeting = library.card("meeting", act.meeting)
    if draft:
        add(draft.registered_on, 0, "Проєкт", f"№\u00a0{draft.number}", draft.url)
    add(act.adopted_on, 1, "Видано" if act.type is ActType.ORDER else "Ухвалено", "", meeting.url if meeting else "")
    for on, order, step in _suspension(act, library):
        steps.append((on, order, step))
    if act.ended:
        is_done = act.ended.status.value == "executed"
        add(act.ended.at, 2, ENDS_OF_FORCE[act.ended.status.value], state="" if is_done else "stopped")
    if act.type is not ActType.ORDER:
        add(act.signed_on, 3, "Підписано")
    add(act.published_at.date() if act.published_at else None, 4, "Оприлюднено")
    is_stopped = act_status(act, library) in (ActStatus.SUSPENDED, ActStatus.LAPSED)
    if not is_stopped and (act.effective_on or act.has_begun(today)):
        begins = act.force_begins()
        add(begins, 5, "Набрало чинності" if begins <= today else "Набирає чинності")
    for other in amendments_of(act, library):
        add(other.force_begins(), 6, "Внесено зміни", f"№\u00a0{other.number}", other.url)
    whole, parts = repeals_of(act, library)
    for other in parts:
        add(other.force_begins(), 7, "Скасовано частково", f"№\u00a0{other.number}", other.url)
    for other in whole:
        add(other.force_begins(), 8, "Втратило чинність", f"№\u00a0{other.number}", other.url, "stopped")
    if (last := last_day(act, library)) and not whole:
        is_over = last < today
        add(last, 9, "Строк дії минув" if is_over else "Строк дії", state="stopped" if is_over else "ahead")
    return tuple(step for _, _, step in sorted(steps, key=lambda item: item[:2]))


def _suspension(act: Act, library: Library) -> Iterator[tuple[date, int, Step]]:
    """The mayor's suspension, and what the council made of it."""
    stopped, state, year = act.suspension, suspension_state(act, library), act.adopted_on.year
    if not stopped or not state:
        return
    order = library.card("act", stopped.order)
    note = ", ".join(part for part in (_short(stopped.at, year), f"№\u00a0{order.number}" if order else "") if part)
    yield stopped.at, 2, Step("Зупинено міським головою", "done" if state is SuspensionState.CONFIRMED else "stopped",
                              note, order.url if order else "")
    if state is SuspensionState.WAITING:
        yield stopped.due_on, 2, Step("Повторний розгляд", "ahead", f"до {_short(stopped.due_on, year)}")
    elif state is SuspensionState.FORGOTTEN:
        yield stopped.due_on, 2, Step("Повторно не розглянуто", "stopped", f"до {_short(stopped.due_on, year)}")
    elif stopped.reconsidered:
        vote = library.card("vote_event", stopped.reconsidered.vote)
        is_confirmed = state is SuspensionState.CONFIRMED
        yield stopped.reconsidered.at, 2, Step(
            "Рада підтвердила" if is_confirmed else "Рада не підтвердила", "done" if is_confirmed else "stopped",
            ", ".join(part for part in (_short(stopped.reconsidered.at, year), vote.note if vote else "") if part),
            vote.url if vote else "")


ENDS_OF_FORCE = {"annulled": "Скасовано судом", "executed": "Виконано",
                 "lapsed": "Не набрало чинності"}


def _short(on: date, year: int) -> str:
    """The day without its year where that is the document's own."""
    return day_month(on) if on.year == year else day(on)
