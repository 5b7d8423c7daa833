"""Sheets of the council's form as templates and Word files take them: measures, letterhead, signatures, annexes."""

from __future__ import annotations

from typing import ClassVar

from plugins.records import frozen

from .flow import Flow
from .prints import PrintModel


@frozen
class Form:
    """The measures of a sheet as templates take them: millimetres and points; of `data/forms.yml`."""

    left: float
    right: float
    top: float
    bottom: float
    text: float
    kind: float
    small: float
    spacing: float
    paragraph_gap: float
    paragraph: float
    mark: float
    signatory: float
    title_width: float
    number_from_edge: float
    arms: str
    is_tracked: bool
    is_two_sided: bool


@frozen
class Letterhead:
    """What stands over a document: `names` in capitals, `session` («XXXVII сесія VIII скликання»), `kind`."""

    names: tuple[str, ...]
    region: str = ""
    session: str = ""
    kind: str = ""
    kind_note: str = ""


@frozen
class Signature:
    """«Міський голова», «Олена ЛЕВАДНА»."""

    post: str
    name: str


@frozen(kw_only=True)
class OnForm(PrintModel):
    """A document on the council's form: `theme/typst/form.typ` sets it."""

    template: ClassVar[str]
    may_not_fit: ClassVar[bool] = False

    form: Form
    last_words: tuple[str, ...] = ()
    """Outside of the requisites, in the bottom margin of the last sheet: at most three lines."""


@frozen
class AnnexSheet:
    """An annex on sheets of its own. `mark`: the lines at its top right; `is_wide` lays the sheets on their side."""

    mark: tuple[str, ...]
    title: str
    text: Flow
    signatures: tuple[Signature, ...] = ()
    is_wide: bool = False


@frozen(kw_only=True)
class FormSheet(OnForm):
    """An act or the draft of one, as `act.typ` and `docx.py` set it. An empty `day` or `number` is a line to write on.

    `draft_mark`: the lines in the top right corner; `notes`: what stands under the signatures of a draft (who submits,
    who wrote it).
    """

    template: ClassVar[str] = "act.typ"

    head: Letterhead
    day: str
    place: str
    number: str
    subject: str
    text: Flow
    draft_mark: tuple[str, ...] = ()
    signatures: tuple[Signature, ...] = ()
    notes: tuple[tuple[str, str], ...] = ()
    annexes: tuple[AnnexSheet, ...] = ()
