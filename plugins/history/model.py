"""When a document was first public, and how that is known (domain note §2, transparency note §3).

Strongest first: the transparency log (a qualified time stamp and witnesses; witnesses alone), the record of a
deployment of the public site, the committer time of the first commit on the published branch in which the document is
public, the date that its editor claims. Author time is never evidence. The strongest evidence counts, also where a
weaker one names an earlier day; all of it says «no later than».
"""

from collections.abc import Iterable
from datetime import datetime
from itertools import chain, groupby
from typing import cast

from plugins.people.model import council_of
from plugins.records import Document, Library, Term, frozen
from plugins.records.shelf import place_of
from plugins.ukrainian import KYIV, day, in_kyiv

from .logged import STAMPED, WITNESSED
from .past import NO_GIT, Event, Told
from .shown import first_shown
from .steps import doc_name, number_of, step_at


class Grade(Term):
    """How far a moment is proven; only the first three are."""

    A = "A", "кваліфікована позначка часу й незалежні свідки"
    B = "B", "незалежні свідки"
    C = "C", "запис машини, що викладає сайт"
    D = "D", "не доведено: лише історія змін або слова редактора"


class Evidence(Term):
    """How a moment of publication is known."""

    STAMP = "stamp", "кваліфікована позначка часу й свідки журналу"
    WITNESSES = "witnesses", "свідки журналу оприлюднень"
    DEPLOYMENT = "deployment", "запис про викладення сайту"
    COMMIT = "commit", "історія змін (git)"
    CLAIM = "claim", "лише слова редактора"
    NONE = "none", "доказу немає"

    @property
    def grade(self) -> Grade | None:
        """How far it proves; None for none at all."""
        return GRADES.get(self)

    @property
    def is_proof(self) -> bool:
        """True if somebody else than whoever writes the documents vouches for it."""
        return self.grade in PROVEN


GRADES = {Evidence.STAMP: Grade.A, Evidence.WITNESSES: Grade.B, Evidence.DEPLOYMENT: Grade.C,
          Evidence.COMMIT: Grade.D, Evidence.CLAIM: Grade.D}
PROVEN = (Grade.A, Grade.B, Grade.C)
RECORDED = (Evidence.STAMP, Evidence.WITNESSES, Evidence.DEPLOYMENT, Evidence.COMMIT)
"""What an outcome may rest on; by anything weaker it is unknown."""
BY = {STAMPED: Evidence.STAMP, WITNESSED: Evidence.WITNESSES}


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
    def is_recorded(self) -> bool:
        """True if more than the editor's word stands behind it."""
        return self.evidence in RECORDED

    @property
    def grade(self) -> Grade | None:
        """How far it is proven."""
        return self.evidence.grade


@frozen
class Revision:
    """A change of some part of a document after it was public: when it became public, and how that is known."""

    at: datetime
    part: str
    evidence: Evidence

    @property
    def grade(self) -> Grade | None:
        """How far the moment is proven."""
        return self.evidence.grade


def publication_of(document: Document, library: Library, part: str = "",
                   claimed_at: datetime | None = None) -> Publication:
    """When a document, or a part of it, was first public.

    `part` is a key of the document's head (`recording`, `minutes`, `notice`, `items`) or a file beside it
    (`minutes.md`, `votes.csv`); empty for the document itself, whose claim is its own `published_at`. What the claim
    of a part is, its caller knows.
    """
    claim = claimed_at if part else document.published_at
    told = _told_publication(document, library, part, claim)
    moments, _ = _moments(document, library, part)
    logged = logged_of(document, library, moments[0].n) if moments else None
    if logged is None or (logged.is_first and told.at and in_kyiv(told.at).date() < logged.at.date()):
        return told  # what was there when the log began came out before
    # A record whose claim lies later is hidden until then.
    at = max(logged.at, claim) if claim else logged.at
    return Publication(at, logged.evidence, claim, _is_earlier(claim, logged.at))


def _told_publication(document: Document, library: Library, part: str, claim: datetime | None) -> Publication:
    """The same without the log."""
    if deployed := _deployed(document, library, part):
        return Publication(deployed[0], Evidence.DEPLOYMENT, claim, _is_earlier(claim, deployed[0]))
    council = council_of(library)
    since = council.evidence_from if council else None
    if since and (document.is_dated or document.published_at) and document.day < since:
        return _claimed(claim, f"документ старший за початок спостережень ({day(since)})")
    moments, reason = _moments(document, library, part)
    if reason or not moments:
        return _claimed(claim, reason or NOT_THERE)
    first = moments[0].at
    # A record whose claim lies later is hidden until then.
    return Publication(max(first, claim) if claim else first, Evidence.COMMIT, claim, _is_earlier(claim, first))


@frozen
class Witnessed:
    """What the log proves of a revision: it existed by then. `is_first`: it may have been public long before."""

    at: datetime
    evidence: Evidence
    is_first: bool


def logged_of(document: Document, library: Library, n: int) -> Witnessed | None:
    """What the log proves of a revision of a document; None where it proves nothing."""
    name = doc_name(document)
    past = library.past_of(f"log:{name}")
    step = step_at(document, library, n) if past and past.has_log else None
    found = past.logged(name, n, step.commit) if step else None
    return Witnessed(datetime.fromtimestamp(found.at, KYIV), BY[found.by], found.is_first) if found else None


@frozen
class Moment:
    """When commits say that something came out or changed, and in which revision (0 without a log)."""

    at: datetime
    n: int


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
        found += _logged_revisions(document, library, part) or _told_revisions(document, library, part)
    return tuple(sorted(found, key=lambda revision: (revision.at, revision.part)))


def _told_revisions(document: Document, library: Library, part: str) -> list[Revision]:
    moments, evidence = _deployed(document, library, part), Evidence.DEPLOYMENT
    if not moments:
        moments, evidence = [moment.at for moment in _moments(document, library, part)[0]], Evidence.COMMIT
    if not moments:
        return []
    whole = [] if part in LATER else _whole(document, library, evidence)
    return [Revision(at, part, evidence) for at in moments if at > (whole or moments)[0]]


def _logged_revisions(document: Document, library: Library, part: str) -> list[Revision]:
    """Where the log knows any of the changes: each by the log, else by its commit; nothing otherwise."""
    moments, _ = _moments(document, library, part)
    begins = (moments if part in LATER else _moments(document, library, "")[0])[:1]
    changes = [moment for moment in moments if begins and moment.n > begins[0].n]
    logged = [logged_of(document, library, moment.n) for moment in changes]
    if not any(item and not item.is_first for item in logged):
        return []
    return [Revision(item.at, part, item.evidence) if item and not item.is_first else
            Revision(moment.at, part, Evidence.COMMIT) for moment, item in zip(changes, logged, strict=True)]


def _whole(document: Document, library: Library, evidence: Evidence) -> list[datetime]:
    """When the document itself came out, by the same evidence where there is such, else by commits."""
    deployed = _deployed(document, library, "") if evidence is Evidence.DEPLOYMENT else []
    return deployed or [moment.at for moment in _moments(document, library, "")[0]]


def _deployed(document: Document, library: Library, part: str) -> list[datetime]:
    addresses = [f"{document.url}#{name}" for name in PLACES.get(part, (part,))] if part else [document.url]
    for address in addresses:
        past = library.past_of(address)
    return [datetime.fromtimestamp(at, KYIV) for at in past.deployments(*addresses)] if past else []


def _moments(document: Document, library: Library, part: str) -> tuple[list[Moment], str]:
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
    past = library.past_of(f"log:{doc_name(document)}")
    return number_of(document, library, place) if past and past.has_log else 0


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
