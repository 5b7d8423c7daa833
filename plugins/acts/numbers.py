"""How numbers of documents look: the series of `council.yml`, each with its body, its form and the years it was used.

A form is taken letter for letter; Roman numerals may hold Cyrillic letters that look alike («5/VІІІ-194»).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from plugins.people.model import Council, NumberFormat, Organization, council_of
from plugins.records import Library, Problem, code
from plugins.ukrainian import NotRoman, day, roman_value

if TYPE_CHECKING:
    from .model import Act, ActDocument

NUMBER_FORMAT = code("NUMBER-FORMAT", "Номер має вигляд, заведений для цього різновиду в council.yml.",
                     "number: 15/37 (вигляд {n}-{session}/8)", "number: 15-37/8")
NUMBER_TERM = code("NUMBER-TERM", "Скликання в номері — те, що діяло в день ухвалення; сесія — та, на якій ухвалено; "
                   "рік — рік документа.",
                   "number: 15-37/7 (діє восьме скликання)", "number: 15-37/8")

COUNTED = r"[0-9]+|[IVXLCDMІХСМ]+"
PLACES = {"n": r"(?P<n>[0-9]+)", "session": rf"(?P<session>{COUNTED})", "convocation": rf"(?P<convocation>{COUNTED})",
          "year": r"(?P<year>[0-9]{4})"}
SAMPLES = {"n": "15", "session": "37", "convocation": "8", "year": "2026"}
PLACE = re.compile(r"\{(n|session|convocation|year)\}")


def formats_for(council: Council, type_: str, body: str, on: date) -> list[NumberFormat]:
    """The forms that a number of this type could have on a day: those of the body itself, else the common ones."""
    fit = [form for form in council.number_formats if form.type == type_
           and (form.valid_from is None or form.valid_from <= on) and (form.valid_to is None or on <= form.valid_to)]
    return [form for form in fit if form.body == body] or [form for form in fit if form.body is None]


def number_fits_format(document: ActDocument, library: Library) -> Iterator[Problem]:
    """A number looks as `number_formats` of the council say; one format of several is enough."""
    council = council_of(library)
    kind = "draft" if document.kind == "draft" else document.type.value
    formats = formats_for(council, kind, document.body, document.day) if council else []
    if not council or not formats:
        return
    match = next((m for f in formats if (m := pattern_of(f.form).fullmatch(document.number.strip()))), None)
    if match is None:
        forms = " або ".join(f.form for f in formats)
        yield Problem("number", f"«{document.number}» не має вигляду {forms}. Треба, наприклад, "
                                f"{_sample(formats[0])}.", NUMBER_FORMAT)
        return
    yield from _parts_agree(document, match.groupdict(), council, library)


def _parts_agree(document: ActDocument, parts: dict[str, str], council: Council,
                 library: Library) -> Iterator[Problem]:
    term = council.convocation_on(document.day)
    stated = parts.get("convocation")
    if stated and term and _value(stated) != term.number:
        yield Problem("number", f"у номері скликання {stated}, а {day(document.day)} тривало {term.number}-е. "
                                "Перевірте номер і дату.", NUMBER_TERM)
    meeting = library.find("meeting", getattr(document, "meeting", None) or "")
    held, stated = getattr(meeting, "session", None), parts.get("session")
    if held and stated and _value(stated) != held:
        yield Problem("number", f"у номері сесія {stated}, а засідання — {held}-ї сесії. Перевірте номер і засідання.",
                      NUMBER_TERM)
    stated = parts.get("year")
    if stated and int(stated) != document.day.year:
        yield Problem("number", f"у номері рік {stated}, а дата документа — {day(document.day)}. "
                                "Перевірте номер і дату.", NUMBER_TERM)


@lru_cache(maxsize=256)
def pattern_of(form: str) -> re.Pattern[str]:
    """`{n}-{session}/8` as a pattern: digits, and Roman numerals in Latin or look-alike Cyrillic letters."""
    pieces = PLACE.split(form)
    # A name that stands twice must not be a group twice.
    seen: set[str] = set()
    pattern = ""
    for index, piece in enumerate(pieces):
        if index % 2 == 0:
            pattern += re.escape(piece)
        else:
            pattern += f"(?P={piece})" if piece in seen else PLACES[piece]
            seen.add(piece)
    return re.compile(pattern)


def fits_any(council: Council, type_: str, number: str) -> bool:
    """True if a number looks like one of the council's own of a type, and says more than how many there were before."""
    return not number.isdecimal() and any(
        form.type == type_ and pattern_of(form.form).fullmatch(number) for form in council.number_formats)


def _sample(form: NumberFormat) -> str:
    return PLACE.sub(lambda match: SAMPLES[match[1]], form.form)


def _value(text: str) -> int:
    if text.isdigit():
        return int(text)
    try:
        return roman_value(text)
    except NotRoman:
        return 0


def series_of(act: Act, library: Library) -> tuple[str, int] | None:
    """(the series that the number of an act was counted in, with its term or year, the number there).

    «рада, 8 скликання» and 1204 for «1204-37/8». None for a number that fits no format, or counts nothing.
    """
    council = council_of(library)
    formats = formats_for(council, act.type.value, act.body, act.adopted_on) if council else []
    for form in formats:
        match = pattern_of(form.form).fullmatch(act.number.strip())
        if council and match and "{n}" in form.form:
            name = form.series or _name(act, library) + (
                f" {PLACE.sub('…', form.form)}" if len(formats) > 1 else "")
            return f"{name}, {_span(form, act, council)}", int(match["n"])
    return None


def _name(act: Act, library: Library) -> str:
    body = library.get(Organization, act.body)
    return body.short if body and act.type.value == "decision" else act.type.label


def _span(form: NumberFormat, act: Act, council: Council) -> str:
    """A series with the session in its numbers runs through the convocation; a mere count begins anew each year."""
    runs_on = "{session}" in form.form or "{convocation}" in form.form
    term = council.convocation_on(act.adopted_on) if runs_on and "{year}" not in form.form else None
    return f"{term.number} скликання" if term else f"{act.year} рік"
