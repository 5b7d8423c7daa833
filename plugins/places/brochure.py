"""The brochure «Дії у разі надзвичайної ситуації»: telephones, what to do, where to go — on A5, for a wall or a bag."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, ClassVar

from plugins.documents.model import (
    Flow,
    Origin,
    PrintModel,
    Sample,
    booklet,
    brand_of,
    flow,
    origin_of,
    plain_flow,
    printed,
    site_of,
)
from plugins.pages.model import ProsePage
from plugins.people.model import Council
from plugins.records import Library, OutputFile, frozen
from plugins.records.components import upper_first
from plugins.ukrainian import counted, day, for_print, typeset

from .model import ContactPlace, PlaceType, all_checked_on

TITLE = "Дії у разі надзвичайної ситуації"
READ, PRINT = "bezpeka/broshura.pdf", "bezpeka/broshura-druk.pdf"


@frozen
class Number:
    """A number to call."""

    number: str
    title: str
    note: str = ""


@frozen
class Guide:
    """What to do in one case."""

    title: str
    lead: Flow
    blocks: Flow


@frozen
class Where:
    """A place to go to: `marks` are what is there («пандус, вода, світло»)."""

    address: str
    title: str
    hours: str
    marks: str


@frozen(kw_only=True)
class Brochure(PrintModel):
    """The brochure. `is_booklet`: for sheets that are folded, without links."""

    template: ClassVar[str] = "brochure.typ"
    paper: ClassVar[tuple[float, float]] = (148, 210)
    may_not_fit: ClassVar[bool] = False

    is_booklet: bool
    state_phones: tuple[Number, ...]
    phones: tuple[Number, ...]
    guides: tuple[Guide, ...]
    shelters: tuple[Where, ...]
    points: tuple[Where, ...]
    water: tuple[Where, ...]
    checked: str
    address: str


def brochures(state_phones: Sequence[tuple[str, str]], places: Sequence[ContactPlace], guides: Sequence[ProsePage],
              library: Library) -> Iterator[OutputFile]:
    """The brochure to be read, and its sheets to be printed and folded."""
    yield printed(READ, _brochure(state_phones, places, guides, library, is_booklet=False))
    yield printed(PRINT, _brochure(state_phones, places, guides, library, is_booklet=True), booklet)


def sample_of(state_phones: Sequence[tuple[str, str]], places: Sequence[ContactPlace], guides: Sequence[ProsePage],
              library: Library) -> Sample:
    """The brochure for the brand book."""
    return Sample("Брошура", _brochure(state_phones, places, guides, library, is_booklet=False), "/bezpeka/")


def _brochure(state_phones: Sequence[tuple[str, str]], places: Sequence[ContactPlace], guides: Sequence[ProsePage],
              library: Library, *, is_booklet: bool) -> Brochure:
    brand = brand_of(library)
    checked = all_checked_on(places)

    def of(kind: PlaceType) -> Iterator[ContactPlace]:
        return (place for place in places if place.type is kind)

    return Brochure(
        title=TITLE, brand=brand, on=_day(places, guides, library), is_booklet=is_booklet,
        origin=_origin(places, guides),
        state_phones=tuple(Number(number, title) for number, title in state_phones),
        phones=tuple(Number(place.phone, _set(place.title), _set(place.hours)) for place in of(PlaceType.HOTLINE)),
        guides=tuple(Guide(_set(item.title), plain_flow(_set(item.summary)),
                           flow(item.html("text"), site_of(library) + item.url, top=3)) for item in guides),
        shelters=tuple(map(_where, of(PlaceType.SHELTER))), points=tuple(map(_where, of(PlaceType.INVINCIBILITY))),
        water=tuple(map(_where, of(PlaceType.WATER))), checked=day(checked) if checked else "",
        address=f"{site_of(library)}/bezpeka/")


def _day(places: Sequence[ContactPlace], guides: Sequence[Any], library: Library) -> date:
    days = [place.verified_on for place in places if place.verified_on]
    days += [item.changed_at.date() for item in guides if item.changed_at]
    return max(days, default=library.only(Council).convocations[0].starts_on)


def _origin(places: Sequence[ContactPlace], guides: Sequence[ProsePage]) -> Origin | None:
    """Where a sign that no font has is looked for: the guides, then the register."""
    found = [*(origin_of(guide, "title", "summary", "text") for guide in guides),
             *(origin_of(place, "title") for place in places[:1])]
    return Origin(tuple(place for origin in found for place in origin.places),
                  tuple(file for origin in found for file in origin.files)) if found else None


def _where(place: ContactPlace) -> Where:
    marks = [word for word, has in (("пандус", place.has_ramp), ("вода", place.has_water), ("світло", place.has_power))
             if has]
    if place.capacity and place.type is PlaceType.SHELTER:
        marks.insert(0, counted(place.capacity, "місце", "місця", "місць"))
    title = f"{place.title}. {place.note}" if place.note else place.title
    return Where(_set(place.address), _set(title), _set(upper_first(place.hours)), upper_first(", ".join(marks)))


def _set(text: str) -> str:
    return for_print(typeset(text))
