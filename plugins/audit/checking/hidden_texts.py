"""Texts that the site says it does not show (`data/redactions.yml`), against the redactions of the log.

The register hides a text from readers of the site, and nothing from those who have the repository. So a claim that the
log does not know is told, and is no alarm: what was taken out of the repository too is an alarm of other checks.
"""

from __future__ import annotations

from plugins.records import yaml_tree

from ..findings import Told, Weight
from ..layout import REDACTIONS
from ..repository import Blobs, Branch
from .log import Known
from .openings import redacted_of


def check_hidden_texts(known: Known, branch: Branch, blobs: Blobs, told: Told) -> None:
    """Each row of the register as it is now has an entry of the log, or is told."""
    blob = branch.blob_at(REDACTIONS, len(branch.commits) - 1)
    rows = yaml_tree.parse((blobs.read(blob) or b"").decode("utf-8", "replace")).data if blob else None
    redacted = {(doc, str(number)) for doc, number in redacted_of(known)}
    for row in rows if isinstance(rows, list) else ():
        doc, number = (str(row.get(name)) for name in ("doc", "revision")) if isinstance(row, dict) else ("", "")
        if doc and (doc, number) not in redacted:
            told.say("text-hidden", f"{doc} № {number}", weight=Weight.NOTE)
