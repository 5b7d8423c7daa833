"""Документи: official templates — letters, posters, acts on the council's form, cards — as PDF, PNG and DOCX.

Gives every room one way to print: a print model (`model.py`) names a template of `theme/typst`, the press (`press.py`)
runs Typst beside the build and makes PDF/UA and PDF/A, or refuses with the line of the text that does not fit. Owns no
record: the room that owns the facts makes the print model and says under which address it stands.
"""

from __future__ import annotations

from plugins.records import at_end

from . import press


def register() -> None:
    """Connect the end of the engine; the rooms below make print models and yield what `printed` gives."""
    at_end(press.close)
