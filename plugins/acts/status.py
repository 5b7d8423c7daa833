"""The state of drafts and acts on the declared day: what follows from the chain is computed, never typed.

Draft: registered → published → discussed → in committee → on the agenda → adopted or rejected, or an end stated by the
editor. Act: adopted → signed → in force → repealed, expired, or an end stated by the editor; a suspended one waits for
the vote that confirms it, or lapses: for want of votes, or of a reconsideration in time (domain note §5).
Meetings and votes lie below this room: they are seen as cards, `type` and `status` by their codes.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from enum import Enum
from typing import TYPE_CHECKING

from plugins.people.model import council_of, working_calendar
from plugins.records import Card, Library, Record, Term

if TYPE_CHECKING:
    from .model import Act, DraftAct

DAY = timedelta(days=1)
DECIDING_MEETINGS = ("plenary", "executive")
DECIDING_VOTES = ("whole", "final")
RESULTS = {"adopted": "adopted", "not_adopted": "rejected", "postponed": "postponed", "removed": "removed",
           "sent_to": "returned"}
"""What an agenda item of a deciding meeting came to → the state of its draft."""


class DraftStatus(Term):
    """Where a draft stands; what follows from the chain is computed, never typed."""

    REGISTERED = "registered", "Зареєстровано"
    PUBLISHED = "published", "Оприлюднено"
    DISCUSSED = "discussed", "На обговоренні"
    IN_COMMITTEE = "in_committee", "У комісії"
    ON_AGENDA = "on_agenda", "У порядку денному"
    ADOPTED = "adopted", "Ухвалено"
    REJECTED = "rejected", "Не ухвалено"
    RETURNED = "returned", "На доопрацюванні"
    POSTPONED = "postponed", "Відкладено"
    REMOVED = "removed", "Знято з розгляду"
    WITHDRAWN = "withdrawn", "Відкликано"
    LAPSED = "lapsed", "Утратив актуальність"


class SuspensionState(Enum):
    """What came of a suspension by the mayor."""

    WAITING = "waiting"
    CONFIRMED = "confirmed"
    LAPSED = "lapsed"
    FORGOTTEN = "forgotten"
    """The two weeks in which the council had to consider it again are over, and no record says that it did."""


class ActStatus(Term):
    """Legal force of an act."""

    ADOPTED = "adopted", "Ухвалено"
    SUSPENDED = "suspended", "Зупинено"
    SIGNED = "signed", "Підписано"
    IN_FORCE = "in_force", "Чинне"
    PARTLY_IN_FORCE = "partly_in_force", "Чинне частково"
    REPEALED = "repealed", "Втратило чинність"
    ANNULLED = "annulled", "Скасовано судом"
    EXPIRED = "expired", "Строк дії минув"
    EXECUTED = "executed", "Виконано"
    LAPSED = "lapsed", "Не набрало чинності"


BEING_DECIDED = (DraftStatus.REGISTERED, DraftStatus.PUBLISHED, DraftStatus.DISCUSSED, DraftStatus.IN_COMMITTEE,
                 DraftStatus.ON_AGENDA, DraftStatus.RETURNED, DraftStatus.POSTPONED)
"""States of a draft that is still on its way."""


def draft_status(draft: DraftAct, library: Library) -> DraftStatus:
    """The state of a draft on the declared day."""
    return library.worked_out(_draft_status, draft)


def act_status(act: Act, library: Library) -> ActStatus:
    """Legal force of an act on the declared day."""
    return library.worked_out(_act_status, act)


def _draft_status(draft: DraftAct, library: Library) -> DraftStatus:
    """What follows from the chain.

    An act ends the question, then the newest of: a stated outcome, a meeting that considered it; a later agenda opens
    it again. While proposals are taken the draft is being discussed, whatever is on future agendas.
    """
    today = library.now.date()
    if any(act.day <= today for act in library.relating(draft, "acts", Record)):
        return DraftStatus.ADOPTED
    outcome = draft.outcome if draft.outcome and draft.outcome.at <= today else None
    items = agenda_items(draft, library)
    if outcome and not any(held_on(item) > outcome.at for item in items):
        return DraftStatus(outcome.status.value)
    past = [item for item in items if held_on(item) <= today and item.type in DECIDING_MEETINGS]
    result = _result(past[0]) or _voted(draft, library, held_on(past[0])) if past else None
    if result and (result is DraftStatus.ADOPTED or items[0] is past[0]):
        return result
    if draft.consultation and draft.consultation.state(library.now) == "open":
        return DraftStatus.DISCUSSED
    if any(item.type in DECIDING_MEETINGS for item in items):
        return DraftStatus.ON_AGENDA
    if items:
        return DraftStatus.IN_COMMITTEE
    return DraftStatus.PUBLISHED if draft.published_at else DraftStatus.REGISTERED


def agenda_items(draft: DraftAct, library: Library) -> Sequence[Card]:
    """Cards of the agenda items about a draft, newest meeting first; meetings that did not take place are left out."""
    return [card for card in library.related(draft, "agenda_items") if card.date and code_of(card) != "cancelled"]


def deciding_votes(draft: DraftAct, library: Library) -> Sequence[Card]:
    """Cards of the votes that decided on the whole draft, newest first."""
    return [card for card in library.related(draft, "votes") if card.type in DECIDING_VOTES]


def held_on(card: Card) -> date:
    """The day of a card."""
    assert card.date
    return card.date.date() if hasattr(card.date, "date") else card.date


def code_of(card: Card) -> str:
    """The code of a card's status, or an empty text."""
    return str(card.status.value) if isinstance(card.status, Enum) else ""


def _result(item: Card) -> DraftStatus | None:
    found = RESULTS.get(code_of(item))
    return DraftStatus(found) if found else None


def _voted(draft: DraftAct, library: Library, since: date) -> DraftStatus | None:
    for vote in deciding_votes(draft, library):
        if vote.date and held_on(vote) >= since:
            return DraftStatus.ADOPTED if code_of(vote) == "pass" else DraftStatus.REJECTED
    return None


def _act_status(act: Act, library: Library) -> ActStatus:
    """What follows from dates and from other acts.

    Stated ends first, then a suspension that the council has not overcome; repeal by another act that is in force
    itself, the end of the term, the way to entry into force.
    """
    today = library.now.date()
    if act.ended and act.ended.at <= today:
        return ActStatus(act.ended.status.value)
    if stopped := STOPPED.get(suspension_state(act, library)):
        return stopped
    whole, parts = repeals_of(act, library)
    if whole:
        return ActStatus.REPEALED
    if (last := last_day(act, library)) and last < today:
        return ActStatus.EXPIRED
    if not act.has_begun(today):
        return ActStatus.SIGNED if act.signed_on and act.signed_on <= today else ActStatus.ADOPTED
    return ActStatus.PARTLY_IN_FORCE if parts else ActStatus.IN_FORCE


def last_day(act: Act, library: Library) -> date | None:
    """The last day of the term of an act: as stated, or that of the martial law under which it was adopted."""
    calendar = working_calendar(library) if act.expires_with_martial_law else None
    ends = [period.ends_on for period in calendar.martial_law if period.holds_on(act.adopted_on)] if calendar else []
    return min(filter(None, (act.expires_on, *ends)), default=None)


def suspension_state(act: Act, library: Library) -> SuspensionState | None:
    """What came of the mayor's suspension by the declared day; None where there is none.

    Confirmed only by a vote that passed; a council that considered a decision again without such a vote let it lapse,
    and so did one that let its term pass: only the vote would bring the decision into force (art. 59 part 4). No term
    is set for decisions of the executive committee (part 7).
    """
    today, stopped = library.now.date(), act.suspension
    if stopped is None or stopped.at > today:
        return None
    if stopped.reconsidered is None or stopped.reconsidered.at > today:
        is_over = stopped.due_on < today and is_of_the_council(act, library)
        return SuspensionState.FORGOTTEN if is_over else SuspensionState.WAITING
    vote = library.card("vote_event", stopped.reconsidered.vote)
    return SuspensionState.CONFIRMED if vote and code_of(vote) == "pass" else SuspensionState.LAPSED


STOPPED: dict[SuspensionState | None, ActStatus] = {
    SuspensionState.WAITING: ActStatus.SUSPENDED, SuspensionState.LAPSED: ActStatus.LAPSED,
    SuspensionState.FORGOTTEN: ActStatus.LAPSED}
NEVER_ACTED = ("annulled", "lapsed")


def is_of_the_council(act: Act, library: Library) -> bool:
    """True for a decision of the council itself."""
    council = council_of(library)
    return council is not None and act.body == council.council_id


def is_acting(act: Act, library: Library) -> bool:
    """True if an act changes others on the declared day: its force began, and nothing stopped it before."""
    today = library.now.date()
    if act.ended and act.ended.at <= today and act.ended.status.value in NEVER_ACTED:
        return False
    return (act.has_begun(today) and suspension_state(act, library) not in STOPPED
            and not _is_repealed_before_it_begins(act, library))


def _is_repealed_before_it_begins(act: Act, library: Library) -> bool:
    """A repeal that came later lets what the act had done stand; one that came before its first day lets it do none."""
    return any(other.force_begins() <= act.force_begins() and is_acting(other, library)
               for other in library.relating(act, "repealed_by", type(act)) if other.adopted_on > act.adopted_on
               and any(repeal.act == act.key and not repeal.points for repeal in other.repeals))


def repeals_of(act: Act, library: Library) -> tuple[tuple[Act, ...], tuple[Act, ...]]:
    """Acts in force that repeal this one: as a whole, and in part."""
    acting = [other for other in library.relating(act, "repealed_by", type(act)) if is_acting(other, library)]
    whole = tuple(other for other in acting if any(r.act == act.key and not r.points for r in other.repeals))
    return whole, tuple(other for other in acting if other not in whole)


def amendments_of(act: Act, library: Library) -> tuple[Act, ...]:
    """Acts in force that amend this one, from the oldest."""
    acting = [other for other in library.relating(act, "amended_by", type(act)) if is_acting(other, library)]
    return tuple(sorted(acting, key=lambda other: (other.force_begins(), other.key)))


def is_amended(act: Act, library: Library) -> bool:
    """True if another act in force changes this one."""
    return bool(amendments_of(act, library))
