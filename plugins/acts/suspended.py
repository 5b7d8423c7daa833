"""What pages tell of a suspension by the mayor: a banner while the decision is stopped or lapsed, facts afterwards."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from plugins.records import Card, Library, Link
from plugins.records.components import Fact, Notice, sentence
from plugins.ukrainian import NBSP, day

from .model import Act
from .status import SuspensionState, is_of_the_council, suspension_state


def suspension_notice(act: Act, library: Library) -> Notice | None:
    """What the mayor's suspension means for the decision now; None where the council has overcome it."""
    stopped, state = act.suspension, suspension_state(act, library)
    if not stopped or state is None or state is SuspensionState.CONFIRMED:
        return None
    reason = Markup("Зауваження голови: {}").format(sentence(act.words("suspension", "reason")))
    order = library.card("act", stopped.order)
    if state is SuspensionState.WAITING:
        ask = (f"Рішення не діє, доки його не розгляне рада: до {day(stopped.due_on)} вона може підтвердити його двома "
               "третинами голосів від загального складу." if is_of_the_council(act, library)
               else "Дію рішення зупинено, доки його не розгляне рада.")
        return Notice("danger", f"Зупинено міським головою {day(stopped.at)}",
                      Markup("{} {}{}").format(reason, ask, " Підстава —" if order else ""), _order_link(order))
    if state is SuspensionState.FORGOTTEN:
        words = Markup("Міський голова зупинив його {}. {} До {} рада мала розглянути його повторно; такого розгляду в "
                       "записах сайту немає.{}").format(day(stopped.at), reason, day(stopped.due_on),
                                                       " Підстава —" if order else "")
        return Notice("danger", "Рішення не набрало чинності", words, _order_link(order))
    assert stopped.reconsidered
    vote = library.card("vote_event", stopped.reconsidered.vote)
    note = act.words("suspension", "reconsidered", "note")
    words = Markup("Міський голова зупинив його {}. {} {} рада його не підтвердила{}.").format(
        day(stopped.at), reason, day(stopped.reconsidered.at), f": {vote.note}" if vote and vote.note else "")
    return Notice("danger", "Рішення не набрало чинності",
                  Markup("{} {}").format(words, sentence(note)) if note else words)


def suspension_words(act: Act, library: Library) -> str:
    """One line of a list: when the mayor stopped the decision and what came of it; empty where nothing was stopped."""
    stopped, state = act.suspension, suspension_state(act, library)
    if not stopped or state is None:
        return ""
    outcome = f"до {day(stopped.due_on)} рада має розглянути його знову"
    if state is not SuspensionState.WAITING and stopped.reconsidered:
        outcome = f"рада {OUTCOMES[state]} його {day(stopped.reconsidered.at)}"
    return f"Міський голова зупинив рішення {day(stopped.at)}; {outcome}"


OUTCOMES = {SuspensionState.CONFIRMED: "підтвердила", SuspensionState.LAPSED: "не підтвердила"}


def _order_link(order: Card | None) -> Link | None:
    return Link(f"розпорядження №{NBSP}{order.number}", order.url) if order else None


def suspension_facts(act: Act, library: Library) -> Iterator[Fact]:
    """That a decision in force was suspended once, and who overcame it."""
    stopped = act.suspension
    if not stopped or suspension_state(act, library) is not SuspensionState.CONFIRMED:
        return
    order = library.card("act", stopped.order)
    yield Fact("Зупиняв міський голова", day(stopped.at), order.url if order else "",
               note=act.words("suspension", "reason"))
    assert stopped.reconsidered
    vote = library.card("vote_event", stopped.reconsidered.vote)
    yield Fact("Рада підтвердила", day(stopped.reconsidered.at), vote.url if vote else "",
               note=vote.note if vote else "")
