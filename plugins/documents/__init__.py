"""Документи: official templates — letters, posters, acts on the council's form, cards — as PDF, PNG and DOCX.

Gives every room one way to print: a print model (`model.py`) names a template of `theme/typst`, the press (`press.py`)
runs Typst beside the build and makes PDF/UA and PDF/A, or refuses with the line of the text that does not fit. The
room that owns the facts makes the print model and says under which address it stands; this one owns only how the
council's forms look (`data/forms.yml`).
"""

from __future__ import annotations

from plugins.records import at_end, publish

from . import forms, press


def register() -> None:
    """Connect the measures of forms and the end of the engine; the rooms below print with what `printed` gives."""
    publish(forms.Forms)
    at_end(press.close)
