"""A fact: when something happened, and how that is known. Which records have which, `facts` and `effects` tell."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from plugins.history.model import RECORDED, Evidence, Publication
from plugins.records import Library, frozen


@frozen
class Fact:
    """When something happened. `evidence` is None for days that the document itself bears (signature, sitting).

    Without `at`: `is_absent` if it has certainly not happened yet, else nobody knows, and `reason` says why.
    """

    at: date | datetime | None
    evidence: Evidence | None = None
    claimed_at: date | datetime | None = None
    is_backdated: bool = False
    is_absent: bool = False
    reason: str = ""
    until: date | None = None
    """A day in the past: since then nobody asks any more that it happens; `reason` says why."""
    weaker: tuple[Evidence, date | datetime] | None = None
    """Weaker evidence of an earlier day."""

    @property
    def is_known(self) -> bool:
        """True if a verdict may rest on it."""
        return self.at is not None and (self.evidence is None or self.evidence in RECORDED)


ABSENT = Fact(None, is_absent=True)


def on(day: date | datetime | None, reason: str = "") -> Fact:
    """A day of the document itself."""
    return Fact(day, reason=reason)


def published(found: Publication) -> Fact:
    """A publication with its evidence."""
    return Fact(found.at, found.evidence, found.claimed_at, found.is_backdated, reason=found.reason,
                weaker=found.weaker)


Ask = Callable[[Any, Library], "Fact | None"]
