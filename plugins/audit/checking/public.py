"""What the public could see of a branch: which of its files stood on a site that was built, and did not wait."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass

from ..repository import Blobs, Branch
from .heads import DOCUMENTS, comes_at, day_of, head_of, waits_for


@dataclass(frozen=True)
class Public:
    """What the public could see. `at`: place of a commit that the site was built of → the moment of that build."""

    branch: Branch
    blobs: Blobs
    at: Mapping[int, int]
    declared: Container[bytes]
    """What may stand in place of a document that was redacted altogether."""

    def saw(self, path: str, since: int, until: int) -> bool:
        """Whether a file that stood there between two commits was on a site, and not waiting for its day."""
        return any(since <= place < until and not self.waits(path, place, day_of(at)) for place, at in self.at.items())

    def saw_a_while(self, path: str, since: int, until: int) -> bool:
        """Whether it was on a site, be it from some hour on of the day that it had waited for.

        As long as it stays, its entry may be on the way; what is gone or waits again will have none.
        """
        return self.saw(path, since, until) or any(
            since <= place < until and self._is_due(path, place, at) for place, at in self.at.items())

    def _is_due(self, path: str, place: int, at: int) -> bool:
        head, content = self._head(path, place)
        comes = comes_at(head, content) if content else None
        return comes is not None and comes <= at and content not in self.declared

    def was_out(self, path: str, since: int, until: int) -> bool:
        """Whether what came before the first revision of a document should have been that revision.

        What waits when the next change comes is part of that; its time is a claim, so that a build outweighs it.
        """
        is_document = head_of(path, lambda one: self.branch.blob_at(one, since)) == path
        return self.saw_a_while(path, since, until) or (
            is_document and not self.waits(path, since, day_of(self.branch.at[until])))

    def waits(self, path: str, place: int, day: str) -> bool:
        """Whether the document of a file says, as of a commit, that this day is too early, or that it was redacted."""
        head, content = self._head(path, place)
        return content in self.declared or waits_for(head, content, day)

    def _head(self, path: str, place: int) -> tuple[str, bytes | None]:
        """The document to which a file belongs as of a commit, and what it says; None of what is no document."""
        head = head_of(path, lambda one: self.branch.blob_at(one, place))
        blob = self.branch.blob_at(head, place) if head.endswith(DOCUMENTS) else ""
        return head, self.blobs.read(blob) if blob else None
