"""Документи: official templates — letters, posters, acts on the council's form, cards — as PDF, PNG and DOCX.

Gives every room one way to print: a print model (`model.py`) names a template of `theme/typst`, the press (`press.py`)
runs Typst beside the build and makes PDF/UA and PDF/A, or refuses with the line of the text that does not fit. The
room that owns the facts makes the print model and says under which address it stands; this one owns only how the
council's forms look (`data/forms.yml`).

From words to a file: `flow.py` (a text of a page → blocks) · `brand.py`, `photos.py`, `sheets.py`, `cards.py` (what
goes into a model) · `prints.py` (a model → a file, a refusal → the editor's line) · `press.py` and `engine.py`
(Typst) · `boxes.py`, `booklet.py`, `compact.py`, `inside.py` (what is done to a finished PDF) · `docx.py` (Word) ·
`samples.py` (pictures for the brand book). Other rooms take all of it from `model.py`.
"""

from __future__ import annotations

from plugins.records import at_end, publish

from . import forms, press


def register() -> None:
    """Connect the measures of forms and the end of the engine; the rooms below print with what `printed` gives."""
    publish(forms.Forms)
    at_end(press.close)
