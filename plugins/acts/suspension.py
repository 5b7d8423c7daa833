"""A decision that the mayor has suspended, and what the council made of it (Law on Local Self-Government, art. 59).

The mayor may suspend a decision of the council within five days and must say why (part 4); the council considers it
again within two weeks and may confirm it by two thirds of its general composition: only then does it enter into force.
A decision of the executive committee waits for the council in the same way (part 7), the usual majority decides.
What came of it is never typed: it follows from the vote that is named.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import Field

from plugins.records import Day, Library, Lines, Part, Problem, To, Weight, code
from plugins.ukrainian import day

from .status import SuspensionState, held_on, is_of_the_council, suspension_state

if TYPE_CHECKING:
    from .model import Act

DAYS_TO_SUSPEND, DAYS_TO_RECONSIDER = 5, 14
"""Calendar days: from the adoption, and from the suspension."""

SUSPENSION_ORDER = code("SUSPENSION-ORDER", "Рішення зупиняє розпорядження міського голови від того самого дня.",
                        "suspension:\n  at: 2026-11-20\n  order: 2026/1200-37-8 (це рішення)",
                        "suspension:\n  at: 2026-11-20\n  order: 2026/388-r")
SUSPENSION_LATE = code("SUSPENSION-LATE", "Міський голова може зупинити рішення ради протягом п’яти днів.",
                       "adopted_on: 2026-11-02\nsuspension:\n  at: 2026-11-20",
                       "adopted_on: 2026-11-19\nsuspension:\n  at: 2026-11-20")
SUSPENSION_DATES = code("SUSPENSION-DATES", "Спершу ухвалення, потім зупинення, потім повторний розгляд.",
                        "adopted_on: 2026-11-19\nsuspension:\n  at: 2026-11-18",
                        "adopted_on: 2026-11-19\nsuspension:\n  at: 2026-11-20")
SUSPENDED_SIGNED = code("SUSPENDED-SIGNED", "Зупинене рішення підписують лише після того, як рада його підтвердила.",
                        "suspension:\n  at: 2026-11-20\nsigned_on: 2026-11-21",
                        "suspension:\n  at: 2026-11-20\n  reconsidered:\n    at: 2026-12-03\n    vote: 2026-12-03-2\n"
                        "signed_on: 2026-12-04")
OVERRIDE = code("OVERRIDE", "Зупинене рішення рада підтверджує двома третинами від загального складу.",
                "vote: 2026-12-03-2 (requirement: majority)", "vote: 2026-12-03-2 (requirement: two_thirds)")


class Reconsideration(Part):
    """What the council did with a suspended decision."""

    at: Day = Field(title="Повторно розглянуто", description="День засідання, на якому рада розглянула зупинене.")
    vote: Annotated[str, To("vote_event", "acts")] | None = Field(
        None, title="Голосування за підтвердження",
        description="uid голосування про підтвердження рішення; порожньо — рада погодилася із зупиненням.")
    note: Lines = Field("", title="Пояснення", description="Одне речення для читача.")


class Suspension(Part):
    """The mayor's suspension of a decision."""

    at: Day = Field(title="Зупинено", description="День розпорядження міського голови.")
    order: Annotated[str, To("act", "suspends")] | None = Field(
        None, title="Розпорядження", description="Рік/ідентифікатор розпорядження про зупинення: 2026/388-r.")
    reason: Lines = Field(title="Зауваження голови", description="Чому зупинено — одне-два речення.", min_length=1)
    reconsidered: Reconsideration | None = Field(
        None, title="Повторний розгляд", description="Що вирішила рада; порожньо — ще не розглядала.")

    @property
    def due_on(self) -> date:
        """The last day on which the council considers it again."""
        return self.at + timedelta(days=DAYS_TO_RECONSIDER)


def suspension_runs_forward(act: "Act") -> Iterator[Problem]:
    """Only decisions are suspended; adopted, then suspended within five days, then considered again, then signed."""
    stopped = act.suspension
    if stopped is None:
        return
    if act.type.value == "order":
        yield Problem("suspension", "зупиняють рішення, а не розпорядження. Вилучіть suspension.", SUSPENSION_ORDER)
    if stopped.at < act.adopted_on:
        yield Problem("suspension.at", "зупинено раніше, ніж ухвалено.", SUSPENSION_DATES)
    elif (stopped.at - act.adopted_on).days > DAYS_TO_SUSPEND:
        yield Problem("suspension.at", f"минуло понад {DAYS_TO_SUSPEND} днів від ухвалення ({day(act.adopted_on)}). "
                                       "Перевірте дати.", SUSPENSION_LATE, Weight.REMARK)
    again = stopped.reconsidered
    if again and again.at < stopped.at:
        yield Problem("suspension.reconsidered.at", "розглянуто раніше, ніж зупинено.", SUSPENSION_DATES)
    if act.signed_on and (again is None or act.signed_on < again.at):
        yield Problem("signed_on", "рішення зупинено, і рада його ще не підтвердила. Вилучіть signed_on або додайте "
                                   "suspension.reconsidered.", SUSPENDED_SIGNED)


def suspension_has_its_documents(act: "Act", library: Library) -> Iterator[Problem]:
    """The order is the mayor's, of that day; the vote that confirms a decision needs two thirds."""
    stopped = act.suspension
    order: Any = library.find("act", stopped.order) if stopped and stopped.order else None
    if stopped and order and (order.type.value != "order" or order.adopted_on != stopped.at):
        yield Problem("suspension.order", f"це {order.type.label.lower()} від {day(order.adopted_on)}. "
                                          f"Треба розпорядження від {day(stopped.at)}.", SUSPENSION_ORDER)
    if stopped and stopped.reconsidered:
        yield from _vote_confirms(act, library)


def _vote_confirms(act: "Act", library: Library) -> Iterator[Problem]:
    assert act.suspension and act.suspension.reconsidered
    again = act.suspension.reconsidered
    vote: Any = library.find("vote_event", again.vote) if again.vote else None
    if vote:
        card = vote.card(library)
        if is_of_the_council(act, library) and vote.requirement.value != "two_thirds":
            yield Problem("suspension.reconsidered.vote", f"голосування {again.vote} не потребувало двох третин. "
                                                          "Виправте його requirement або uid.", OVERRIDE)
        elif card.date and held_on(card) != again.at:
            yield Problem("suspension.reconsidered.vote", f"голосування {again.vote} відбулося {day(held_on(card))}, "
                                                          "а не в день повторного розгляду.", SUSPENSION_DATES)
    if act.signed_on and suspension_state(act, library) is SuspensionState.LAPSED:
        yield Problem("signed_on", "рада не підтвердила зупиненого рішення, тож його не підписують. Вилучіть signed_on "
                                   "або виправте голосування.", SUSPENDED_SIGNED)


__all__ = ["DAYS_TO_RECONSIDER", "Reconsideration", "Suspension", "suspension_has_its_documents",
           "suspension_runs_forward"]
