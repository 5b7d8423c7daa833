"""When a document was first public, and how that is known (domain note §2, transparency note §3).

Strongest first: the transparency log (a qualified time stamp and witnesses; witnesses alone), the record of a
deployment of the public site, the committer time of the first commit on the published branch in which the document is
public, the date that its editor claims. Author time is never evidence. The strongest evidence counts, also where a
weaker one names an earlier day; all of it says «no later than».
"""

import json
from collections.abc import Iterable
from datetime import datetime

from plugins.people.model import council_of
from plugins.records import Document, Library, Link, Term, frozen
from plugins.ukrainian import KYIV, day, in_kyiv

from .logged import ITSELF, LOG_SHOWN, STAMPED, WITNESSED
from .moments import NOT_THERE, PLACES, has_log, moments_of
from .steps import doc_name, step_at


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


GRADES = {Evidence.STAMP: Grade.A, Evidence.WITNESSES: Grade.B, Evidence.DEPLOYMENT: Grade.C,
          Evidence.COMMIT: Grade.D, Evidence.CLAIM: Grade.D}
CHANGES = Link("Зміни", "/zminy/")
"""What was changed after it was public, by months; there only where anything was (`has_changes`)."""
HOW_TO_VERIFY = "/prozorist/yak-pereviryty/"
"""The page of the room that checks; it is there wherever a log is kept."""
PROVEN = (Grade.A, Grade.B, Grade.C)
RECORDED = (Evidence.STAMP, Evidence.WITNESSES, Evidence.DEPLOYMENT, Evidence.COMMIT)
"""What an outcome may rest on; by anything weaker it is unknown."""
BY = {STAMPED: Evidence.STAMP, WITNESSED: Evidence.WITNESSES}


@frozen
class Publication:
    """When something was first public. `at` (Kyiv) is what counts: never earlier than the evidence, where there is any.

    A record that waits for its day is public from then, whenever it was committed.
    `claimed_at` is what the document itself says. `is_backdated`: it claims an earlier day than the evidence shows.
    `reason` says in Ukrainian why there is no evidence; empty where there is some. `weaker`: other evidence that names
    an earlier day and does not count, with that moment.
    """

    at: datetime | None
    evidence: Evidence
    claimed_at: datetime | None = None
    is_backdated: bool = False
    reason: str = ""
    weaker: tuple[Evidence, datetime] | None = None

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
    moments = moments_of(document, library, part)[0] if has_log(document, library) else []
    logged = logged_of(document, library, moments[0].n) if moments else None
    if logged is None or (logged.is_first and told.at and in_kyiv(told.at).date() < logged.at.date()):
        return told  # what was there when the log began came out before
    # A record whose claim lies later is hidden until then.
    at = max(logged.at, claim) if claim else logged.at
    is_weaker = told.is_recorded and told.at and in_kyiv(told.at).date() < at.date()
    return Publication(at, logged.evidence, claim, _is_earlier(claim, logged.at),
                       weaker=(told.evidence, told.at) if is_weaker and told.at else None)


def _told_publication(document: Document, library: Library, part: str, claim: datetime | None) -> Publication:
    """The same without the log."""
    if deployed := _deployed(document, library, part):
        return Publication(deployed[0], Evidence.DEPLOYMENT, claim, _is_earlier(claim, deployed[0]))
    council = council_of(library)
    since = council.evidence_from if council else None
    if since and (document.is_dated or document.published_at) and document.day < since:
        return _claimed(claim, f"документ старший за початок спостережень ({day(since)})")
    moments, reason = moments_of(document, library, part)
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


@frozen
class LogShown:
    """The log as pages show it: its name, its trust policy and the site's list of signers as their files have them.

    Neither its size nor its root: each publication makes the log grow, and a page that told so would be published anew
    each time.
    """

    origin: str
    policy: str
    signers: str

    @property
    def witnesses(self) -> tuple[str, ...]:
        """The names of the keys of the witnesses."""
        return tuple(line.split()[2].split("+")[0] for line in self.policy.split("\n") if line.startswith("witness "))


def log_of(library: Library) -> LogShown | None:
    """The log itself; None where none is kept."""
    return library.once(_log_shown)


def _log_shown(library: Library) -> LogShown | None:
    past = library.past_of(f"log:{ITSELF}")
    told = json.loads(past.head(LOG_SHOWN) or "{}") if past else {}
    return LogShown(told["origin"], told["policy"], told["signers"]) if told else None


def logged_of(document: Document, library: Library, n: int) -> Witnessed | None:
    """What the log proves of a revision of a document; None where it proves nothing."""
    step = step_at(document, library, n) if has_log(document, library) else None
    found = library.past.logged(doc_name(document), n, step.commit) if step else None
    return Witnessed(datetime.fromtimestamp(found.at, KYIV), BY[found.by], found.is_first) if found else None


def changes_of(kind: str) -> str:
    """The name of the view that keeps the changes of documents of a kind."""
    return f"changes of {kind}"


def has_changes(library: Library) -> bool:
    """True if anything was changed, taken down or brought back after it was public."""
    return any(seen.mark and seen.axes[0] for name, view in library.registry.views.items()
               if name == changes_of(view.model.kind) for seen in library.views(view))


LATER = ("notice", "items", "recording", "minutes", "minutes.md", "votes.csv")
"""Parts that come in their own time, after the document that they belong to."""


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
        moments, evidence = [moment.at for moment in moments_of(document, library, part)[0]], Evidence.COMMIT
    if not moments:
        return []
    whole = [] if part in LATER else _whole(document, library, evidence)
    return [Revision(at, part, evidence) for at in moments if at > (whole or moments)[0]]


def _logged_revisions(document: Document, library: Library, part: str) -> list[Revision]:
    """Where the log knows any of the changes: each by the log, else by its commit; nothing otherwise."""
    if not has_log(document, library):
        return []
    moments, _ = moments_of(document, library, part)
    begins = (moments if part in LATER else moments_of(document, library, "")[0])[:1]
    changes = [moment for moment in moments if begins and moment.n > begins[0].n]
    logged = [logged_of(document, library, moment.n) for moment in changes]
    if not any(item and not item.is_first for item in logged):
        return []
    return [Revision(item.at, part, item.evidence) if item and not item.is_first else
            Revision(moment.at, part, Evidence.COMMIT) for moment, item in zip(changes, logged, strict=True)]


def _whole(document: Document, library: Library, evidence: Evidence) -> list[datetime]:
    """When the document itself came out, by the same evidence where there is such, else by commits."""
    deployed = _deployed(document, library, "") if evidence is Evidence.DEPLOYMENT else []
    return deployed or [moment.at for moment in moments_of(document, library, "")[0]]


def _deployed(document: Document, library: Library, part: str) -> list[datetime]:
    addresses = [f"{document.url}#{name}" for name in PLACES.get(part, (part,))] if part else [document.url]
    for address in addresses:
        past = library.past_of(address)
    return [datetime.fromtimestamp(at, KYIV) for at in past.deployments(*addresses)] if past else []
