"""How commands about the log end when they cannot do what they were asked, and how a fault is said to a clerk."""

from __future__ import annotations

from plugins.proof.faults import Fault


class NotDone(Exception):
    """The command ends here; the text is for its reader. `status` 1: nothing was written; 2: wrong options."""

    def __init__(self, message: str, status: int = 1) -> None:
        super().__init__(message)
        self.status = status


def said(fault: Fault) -> str:
    """A fault as the beginning of a sentence."""
    text = fault.said("uk")
    return text[:1].upper() + text[1:]
