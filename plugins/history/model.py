"""When a document was first public, and how that is known (domain note §2).

Strongest first: the record of a deployment of the public site, the committer time of the first commit on the published
branch in which the document is public, the date that its editor claims. Author time is never evidence.
"""

from collections.abc import Iterable
from datetime import datetime
from itertools import chain, groupby
from typing import cast

from plugins.people.model import council_of
from plugins.records import Document, Library, Term, frozen
from plugins.records.shelf import place_of
from plugins.ukrainian import KYIV, day, in_kyiv

from .past import NO_GIT, Event, Told
from .shown import first_shown


class Evidence(Term):
    """How a moment of publication is known."""

    DEPLOYMENT = "deployment", "запис про викладення сайту"
    COMMIT = "commit", "історія змін (git)"
    CLAIM = "claim", "лише слова редактора"
    NONE = "none", "доказу немає"


PROVEN = (Evidence.DEPLOYMENT, Evidence.COMMIT)
"""What a verdict may rest on; by anything weaker it is unknown."""


@frozen
class Publication:
    """When something was first public. `at` (Kyiv) is what counts: never earlier than the evidence, where there is any.

    A record that waits for its day is public from then, whenever it was committed.
    `claimed_at` is what the document itself says. `is_backdated`: it claims an earlier day than the evidence shows.
    `reason` says in Ukrainian why there is no evidence; empty where there is some.
    """

    at: datetime | None
    evidence: Evidence
    claimed_at: datetime | None = None
    is_backdated: bool = False
    reason: str = ""

    @property
    def is_proven(self) -> bool:
        """True if more than the editor's word stands behind it."""
        return self.evidence in PROVEN


@frozen
class Revision:
    """A change of some part of a document after it was public: when it became public, and how that is known."""

    at: datetime
    part: str
    evidence: Evidence


def publication_of(document: Document, library: Library, part: str = "",
                   claimed_at: datetime | None = None) -> Publication:
    """When a document, or a part of it, was first public.

    `part` is a key of the document's head (`recording`, `minutes`, `notice`, `items`) or a file beside it
    (`minutes.md`, `votes.csv`); empty for the document itself, whose claim is its own `published_at`. What the claim
    of a part is, its caller knows.
    """
    claim = claimed_at if part else document.published_at
    if deployed := _deployed(document, library, part):
        return Publication(deployed[0], Evidence.DEPLOYMENT, claim, _is_earlier(claim, deployed[0]))
    council = council_of(library)
    since = council.evidence_from if council else None
    if since and (document.is_dated or document.published_at) and document.day < since:
        return _claimed(claim, f"документ старший за початок спостережень ({day(since)})")
    moments, reason = _moments(document, library, part)
    if reason or not moments:
        return _claimed(claim, reason or NOT_THERE)
    # A record whose claim lies later is hidden until then.
    at = max(moments[0], claim) if claim else moments[0]
    return Publication(at, Evidence.COMMIT, claim, _is_earlier(claim, moments[0]))


LATER = ("notice", "items", "recording", "minutes", "minutes.md", "votes.csv")
"""Parts that come in their own time, after the document that they belong to."""
PLACES = {"text": ("text", "text.md")}
"""A part of a document → where it may stand."""
NOT_THERE = "в історії змін цього ще немає"
WRONG_TIME = "час коміту суперечить попереднім"
SHOWN = 10
"""Digits of a commit's name."""


def _claimed(claim: datetime | None, reason: str) -> Publication:
    return Publication(claim, Evidence.CLAIM if claim else Evidence.NONE, claim, reason=reason)


def _is_earlier(claim: datetime | None, evidence: datetime) -> bool:
    """True if the document claims an earlier day than the evidence shows; within a day people are inexact."""
    return claim is not None and in_kyiv(claim).date() < evidence.date()


def revisions_of(document: Document, library: Library, parts: Iterable[str]) -> tuple[Revision, ...]:
    """Changes of these parts of a document after each was first public, oldest first.

    A text or an annex that came when the document was public already is a change of it; parts that have a time of
    their own (`LATER`) are not. `text` is one part, in the head and in a file beside it.
    """
    found: list[Revision] = []
    for part in parts:
        moments, evidence = _deployed(document, library, part), Evidence.DEPLOYMENT
        if not moments:
            moments, evidence = _moments(document, library, part)[0], Evidence.COMMIT
        if not moments:
            continue
        whole = [] if part in LATER else _whole(document, library, evidence)
        begins = (whole or moments)[0]
        found += [Revision(at, part, evidence) for at in moments if at > begins]
    return tuple(sorted(found, key=lambda revision: (revision.at, revision.part)))


def _whole(document: Document, library: Library, evidence: Evidence) -> list[datetime]:
    """When the document itself came out, by the same evidence where there is such, else by commits."""
    deployed = _deployed(document, library, "") if evidence is Evidence.DEPLOYMENT else []
    return deployed or _moments(document, library, "")[0]


def _deployed(document: Document, library: Library, part: str) -> list[datetime]:
    addresses = [f"{document.url}#{name}" for name in PLACES.get(part, (part,))] if part else [document.url]
    for address in addresses:
        past = library.past_of(address)
    return [datetime.fromtimestamp(at, KYIV) for at in past.deployments(*addresses)] if past else []


def _moments(document: Document, library: Library, part: str) -> tuple[list[datetime], str]:
    """(when the document or its part came out, then when it changed; why that proves nothing), as commits tell."""
    public_at, reason = library.worked_out(_shown, document)
    if not public_at or not part:
        return [public_at] if public_at else [], reason
    told = _told(document, library, place_of(document))
    assert told
    if "." in part:
        beside = _beside(document, library, part)
        times, reason = [event.at for event in beside.events], beside.reason
    elif part in PLACES:
        times, reason = _times_of_text(told, _beside(document, library, "text.md")), ""
    else:
        times, reason = [event.at for event in told.events if event.parts.get(part)], ""
    if reason or not all(times):
        return [], reason or _doubt_of(told.events, _beside(document, library, part).events if "." in part else ())
    moments = [datetime.fromtimestamp(at, KYIV) for at in times]
    # What changed before the document was shown is part of its first version.
    later = [at for at in moments if at > public_at]
    return ([public_at] if len(later) < len(moments) else []) + later, ""


def _shown(document: Document, library: Library) -> tuple[datetime | None, str]:
    """When the document itself came out, as commits tell; else why they tell nothing."""
    told = _told(document, library, place_of(document))
    if told is None or told.reason:
        return None, told.reason if told else NO_GIT
    _, public_at = first_shown((event.at, (event,)) for event in told.events)
    return public_at, "" if public_at else _doubt_of(told.events)


def _doubt_of(*events: Iterable[Event]) -> str:
    """Why the time of a commit is not believed: it names the commit that is to blame, which may be another."""
    found = next((event.doubt for event in chain(*events) if event.doubt), None)
    if found is None:
        return WRONG_TIME
    commit, at, is_itself = found
    if is_itself:
        return f"коміт {commit[:SHOWN]} має неможливий час"
    return f"{WRONG_TIME}: коміт {commit[:SHOWN]} датовано {day(datetime.fromtimestamp(at, KYIV))}, пізніше за нього"


def _times_of_text(head: Told, beside: Told) -> list[int]:
    """When the text became another one, whether it stood in the head (`text:`) or beside it (`text.md`)."""
    events = [(event.at, "head", event.parts["text"]) for event in head.events if "text" in event.parts]
    events += [(event.at, "beside", event.parts.get("text")) for event in beside.events]
    standing: dict[str, str | None] = {}
    times: list[int] = []
    shown: str | None = None
    for at, same in groupby(sorted(events, key=lambda event: event[0]), key=lambda event: event[0]):
        standing |= {place: text for _, place, text in same}
        text = standing.get("beside") or standing.get("head")
        if text and text != shown:
            times.append(at)
            shown = text
    return times


def _beside(document: Document, library: Library, name: str) -> Told:
    place = place_of(document)
    folder, _, head = place.rpartition("/")
    told = _told(document, library, f"{folder}/{name}") if head.startswith("index.") else None
    return told or Told(reason=NOT_THERE)


def _told(document: Document, library: Library, place: str) -> Told | None:
    past = library.past_of(place)
    return cast("Told", past.told(place)) if past else None
