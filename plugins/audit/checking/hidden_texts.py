"""Texts that the site says it does not show (`data/redactions.yml`), against the redactions of the log.

The register hides a text from readers of the site, and nothing from those who have the repository; the log is told of
each row with the publication that brings it. So the two have to agree: a row that the log does not know was never
declared; a redaction of a text that is still there, without a row, hides it quietly or takes the row back.
"""

from __future__ import annotations

from collections.abc import Iterable

from ..declared import hidden_texts
from ..findings import Told, Weight
from ..layout import REDACTIONS
from ..repository import Blobs, Branch
from .log import Known
from .openings import Opened, redacted_of


def check_hidden_texts(known: Known, branch: Branch, opened: Iterable[Opened], built: int | None, blobs: Blobs,
                       told: Told) -> None:
    """Each row has its entry and each entry its row. `built`: the place of the newest build; later rows may wait."""
    last = len(branch.commits) - 1
    rows = _rows(branch, last, blobs)
    shown = rows if built in (None, last) else _rows(branch, built or 0, blobs)
    redacted = redacted_of(known)
    documents = {str(leaf["doc"]) for leaf in known.leaves if leaf.kind == "publish"}
    for row in sorted(rows - redacted):
        is_late = row in shown and row[0] in documents
        told.say("text-hidden", _name(row), weight=Weight.LACKING if is_late else Weight.NOTE)
    for row in sorted({(one.doc, one.n) for one in opened} & redacted - rows):
        told.say("redaction-row", _name(row), weight=Weight.LACKING)


def _rows(branch: Branch, place: int, blobs: Blobs) -> set[tuple[str, int]]:
    blob = branch.blob_at(REDACTIONS, place)
    return {(one.doc, one.n) for one in hidden_texts((blobs.read(blob) or b"") if blob else b"")}


def _name(row: tuple[str, int]) -> str:
    return f"{row[0]} № {row[1]}"
