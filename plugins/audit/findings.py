"""What checks of an auditor find, and the exit status that follows.

A finding has a stable code: of `proof.faults.FAULTS`, or one of `CODES` below. It is said in Ukrainian and in English.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum

FINE, TAMPERING, LACKING, COULD_NOT = 0, 1, 2, 3
"""Exit statuses: all is well; something was tampered with; there is too little evidence; the check could not run."""
CODES: dict[str, tuple[str, str]] = {}
"""Code → what it says, in Ukrainian and in English."""


class Weight(IntEnum):
    """How bad a finding is; each is the exit status that it asks for."""

    NOTE = FINE
    TAMPERING = TAMPERING
    LACKING = LACKING


@dataclass(frozen=True)
class Finding:
    """`check`: which check says it (`log`, `page`, …); `where`: what it is about: an address, a document, a commit."""

    check: str
    code: str
    weight: Weight
    where: str = ""
    detail: str = ""


def status_of(findings: Iterable[Finding]) -> int:
    """Tampering outweighs everything; then too little evidence."""
    weights = {one.weight for one in findings}
    return TAMPERING if Weight.TAMPERING in weights else LACKING if Weight.LACKING in weights else FINE
