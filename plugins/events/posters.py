"""The poster of an event: its words, in the look of its design, for the page and for print."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from plugins.documents.model import Picture, brand_of, origin_of
from plugins.media.model import drawing_as_photo
from plugins.records import Library, frozen
from plugins.records.components import Photo
from plugins.ukrainian import clock, day, weekday

from .model import Event

SCREEN = (1240, 1754)
"""Pixels of the picture on the page, the proportion of an A-series sheet."""


@frozen(kw_only=True)
class PosterSheet(Picture):
    """What stands on a poster."""

    template: ClassVar[str] = "poster.typ"

    design: str
    headline: str
    when: str
    clock: str = ""
    place: str = ""
    lines: tuple[str, ...] = ()

    @property
    def size(self) -> tuple[int, int]:
        """Width and height, pixels."""
        return SCREEN


def poster_of(event: Event, library: Library) -> Photo | None:
    """The poster of an event that has one, as a picture of its page."""
    if not event.poster:
        return None
    sheet = sheet_of(event, library)
    words = [sheet.headline, sheet.when, sheet.clock, sheet.place, *sheet.lines]
    alt = "Афіша: " + ". ".join(dict.fromkeys(word.rstrip(".") for word in words if word)) + "."
    return drawing_as_photo(f"afisha-{event.year}-{event.id}", sheet, alt, library)


def sheet_of(event: Event, library: Library) -> PosterSheet:
    """The words of a poster: those of the record, time and place."""
    assert event.poster
    return PosterSheet(
        title=event.title, brand=brand_of(library), on=event.starts_at.date(), lang=event.lang,
        origin=origin_of(event, "poster.headline", "poster.lines", "location", "price"),
        design=event.poster.design.value, headline=event.poster.headline,
        when=f"{day(event.starts_at)}, {weekday(event.starts_at)}", clock=_clock(event.starts_at),
        place=event.location, lines=(*event.poster.lines, *((event.price,) if event.price else ())))


def _clock(at: datetime) -> str:
    return clock(at) if (at.hour, at.minute) != (0, 0) else ""
