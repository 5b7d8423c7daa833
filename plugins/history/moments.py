"""What commits tell of a document and of its parts: when each came out, when it changed, else why they tell nothing."""

from collections.abc import Iterable
from datetime import datetime
from itertools import chain, groupby
from typing import cast

from plugins.records import Document, Library, frozen
from plugins.records.shelf import place_of
from plugins.ukrainian import KYIV, day

from .past import NO_GIT, Event, Told
from .shown import first_shown
from .steps import doc_name, number_of

PLACES = {"text": ("text", "text.md")}
"""A part of a document → where it may stand."""
NOT_THERE = "в історії змін цього ще немає"
WRONG_TIME = "час коміту суперечить попереднім"
SHOWN = 10
"""Digits of a commit's name."""


@frozen
class Moment:
    """When commits say that something came out or changed, and in which revision (0 without a log)."""

    at: datetime
    n: int


def has_log(document: Document, library: Library) -> bool:
    """True if there is a log to ask about a document; whoever asks depends on what it says."""
    past = library.past_of(f"log:{doc_name(document)}")
    return bool(past and past.has_log)


def moments_of(document: Document, library: Library, part: str) -> tuple[list[Moment], str]:
    """(when the document or its part came out, then when it changed; why that proves nothing), as commits tell."""
    public, reason = library.worked_out(_shown, document)
    if not public or not part:
        return [public] if public else [], reason
    told = _told(document, library, place_of(document))
    assert told
    if "." in part:
        beside = _beside(document, library, part)
        events, reason = list(beside.events), beside.reason
    elif part in PLACES:
        events, reason = _changes_of_text(told, _beside(document, library, "text.md")), ""
    else:
        events, reason = [event for event in told.events if event.parts.get(part)], ""
    if reason or not all(event.at for event in events):
        return [], reason or _doubt_of(told.events, _beside(document, library, part).events if "." in part else ())
    moments = [Moment(datetime.fromtimestamp(event.at, KYIV), _number(document, library, event.place))
               for event in events]
    # What changed before the document was shown is part of its first version.
    later = [moment for moment in moments if moment.at > public.at]
    return ([public] if len(later) < len(moments) else []) + later, ""


def _shown(document: Document, library: Library) -> tuple[Moment | None, str]:
    """When the document itself came out, as commits tell; else why they tell nothing."""
    told = _told(document, library, place_of(document))
    if told is None or told.reason:
        return None, told.reason if told else NO_GIT
    index, public_at = first_shown((event.at, (event,)) for event in told.events)
    if not public_at:
        return None, _doubt_of(told.events)
    return Moment(public_at, _number(document, library, told.events[index].place)), ""


def _number(document: Document, library: Library, place: int) -> int:
    """The revision of a commit, where there is a log to ask about it."""
    return number_of(document, library, place) if has_log(document, library) else 0


def _doubt_of(*events: Iterable[Event]) -> str:
    """Why the time of a commit is not believed: it names the commit that is to blame, which may be another."""
    found = next((event.doubt for event in chain(*events) if event.doubt), None)
    if found is None:
        return WRONG_TIME
    commit, at, is_itself = found
    if is_itself:
        return f"коміт {commit[:SHOWN]} має неможливий час"
    return f"{WRONG_TIME}: коміт {commit[:SHOWN]} датовано {day(datetime.fromtimestamp(at, KYIV))}, пізніше за нього"


def _changes_of_text(head: Told, beside: Told) -> list[Event]:
    """The events by which the text became another one, in the head (`text:`) or beside it (`text.md`)."""
    events = [(event, "head", event.parts["text"]) for event in head.events if "text" in event.parts]
    events += [(event, "beside", event.parts.get("text")) for event in beside.events]
    standing: dict[str, str | None] = {}
    changes: list[Event] = []
    shown: str | None = None
    by_place = sorted(events, key=lambda told: told[0].place)
    for _, same in groupby(by_place, key=lambda told: told[0].place):
        together = list(same)
        standing |= {place: text for _, place, text in together}
        text = standing.get("beside") or standing.get("head")
        if text and text != shown:
            changes.append(together[0][0])
            shown = text
    return changes


def _beside(document: Document, library: Library, name: str) -> Told:
    place = place_of(document)
    folder, _, head = place.rpartition("/")
    told = _told(document, library, f"{folder}/{name}") if head.startswith("index.") else None
    return told or Told(reason=NOT_THERE)


def _told(document: Document, library: Library, place: str) -> Told | None:
    past = library.past_of(place)
    return cast("Told", past.told(place)) if past else None
