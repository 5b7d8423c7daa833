"""The poster of an event: what the record says → sheets; the picture of the page, cards, files for screen and press."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from plugins.documents.model import (
    FORMATS,
    LINK,
    PressBoxes,
    Sample,
    brand_of,
    card_beside,
    origin_of,
    photo_for_print,
    printed,
    site_of,
)
from plugins.media.model import drawing_as_photo
from plugins.records import Image, Library, OutputFile
from plugins.records.components import File, Photo
from plugins.ukrainian import NBSP, clock, clock_range, day_month, for_print, typeset, weekday

from .model import Event, EventStatus, PaperSize
from .sheets import PAPER, PosterFact, PosterPicture, PosterSheet, PressSheet, Sheet, as_, card_of, code_of

SLUG = 10.0
"""Millimetres round a sheet for the press: bleed, then marks."""
SIDES = {PaperSize.A4: (210, 297), PaperSize.A3: (297, 420), PaperSize.A2: (420, 594)}
"""Width and height of paper, millimetres (ISO 216)."""
SHORT_END = re.compile(r" (\S{1,3})$")
WEB, PRESS = "afisha-web.pdf", "afisha-druk.pdf"


def has_poster(event: Event) -> bool:
    """True for an event that invites: a cancelled or withdrawn one does not."""
    return event.poster is not None and event.status is not EventStatus.CANCELLED and event.withdrawn is None


def poster_of(event: Event, library: Library) -> Photo | None:
    """The poster of an event that has one, as a picture of its page."""
    if not has_poster(event):
        return None
    sheet = as_(PosterPicture, sheet_of(event, library))
    words = [sheet.kicker, sheet.headline, *sheet.lines, f"{sheet.when}, {sheet.clock}".rstrip(", "), sheet.place,
             *(fact.words for fact in sheet.facts)]
    alt = "Афіша: " + ". ".join(dict.fromkeys(word.rstrip(".") for word in words if word)) + "."
    return drawing_as_photo(f"afisha-{event.year}-{event.id}", sheet, alt, library)


def files_of_poster(event: Event, library: Library) -> Iterator[OutputFile]:
    """The poster for screens and, in inks, for a press."""
    if not has_poster(event):
        return
    assert event.poster
    sheet, place = sheet_of(event, library), event.url.strip("/")
    yield printed(f"{place}/{WEB}", sheet)
    bleed = float(event.poster.print.bleed)
    slug = SLUG if event.poster.print.marks else bleed
    press = as_(PressSheet, sheet, inks=True, photo=sheet.photo and replace(sheet.photo, is_in_inks=True),
                sheets=tuple(Sheet(*SIDES[size]) for size in event.poster.print.sizes), bleed=bleed, slug=slug,
                marks=event.poster.print.marks)
    yield printed(f"{place}/{PRESS}", press, PressBoxes(slug, bleed))


def cards_of(event: Event, library: Library) -> dict[str, str]:
    """Cards of a poster beside its page: format → address."""
    sheet = sheet_of(event, library)
    return {name: card_beside(event.url, card_of(sheet, name), f"afisha-{name}", library) for name in FORMATS}


def downloads_of(event: Event, library: Library) -> Iterator[File]:
    """The poster's files as the page offers them."""
    if not has_poster(event):
        return
    assert event.poster
    sizes = ", ".join(size.value for size in event.poster.print.sizes)
    yield File("PDF", "Афіша", event.url + WEB, "A4, доступний: текст можна прочитати з екрана")
    yield File("PDF", "Афіша для друкарні", event.url + PRESS,
               f"{sizes}; CMYK, виліт {str(event.poster.print.bleed).replace('.', ',')}{NBSP}мм")
    for name, url in cards_of(event, library).items():
        yield File("PNG", f"Картка для соцмереж, {name.replace('x', f'{NBSP}×{NBSP}')}", url,
                   CARD_USES[name])


def samples(library: Library) -> Iterator[Sample]:
    """The newest poster of each design, for the brand book."""
    shown = set()
    for event in library.newest(Event):
        if has_poster(event) and event.poster and event.poster.design not in shown:
            shown.add(event.poster.design)
            yield Sample(f"Афіша: {event.poster.design.label}", as_(PosterPicture, sheet_of(event, library)), event.url)


CARD_USES = {"1080x1080": "квадрат для стрічки", "1080x1350": "висока для стрічки", "1080x1920": "для історій",
             LINK: "для посилань"}


def sheet_of(event: Event, library: Library) -> PosterSheet:
    """The words of a poster: its own, and what the event's fields tell."""
    poster = event.poster
    assert poster
    lines = tuple(f"poster.lines.{number}" for number in range(len(poster.lines)))
    art = poster.art
    photo = photo_for_print(event, Image(src=art.photo, alt=art.alt), library,
                            (float(art.focus[0]), float(art.focus[1]))) if art and art.photo else None
    return PosterSheet(
        title=event.title, brand=brand_of(library), on=event.starts_at.date(), lang=event.lang, format=PAPER,
        origin=origin_of(event, "poster.kicker", "poster.headline", *lines, "starts_at", "location", *FACT_FIELDS),
        design=poster.design.value, palette=poster.palette.value if poster.palette else "",
        kicker=_set(poster.kicker), headline=large(poster.headline), lines=tuple(_set(line) for line in poster.lines),
        when=_when(event), clock=_hours(event), place=_set(event.location), facts=tuple(_facts(event)), photo=photo,
        alt=art.alt if art and art.alt else poster.design.drawing, code=code_of(f"{site_of(library)}{event.url}"))


FACT_FIELDS = ("price", "age", "is_accessible", "organizer", "contact")


def _facts(event: Event) -> Iterator[PosterFact]:
    organizer = event.organizer if event.organizer not in event.location else ""
    told = (event.price, event.age, "Вхід без сходів" if event.is_accessible else "", organizer,
            event.contact and f"Запитання: {event.contact}")
    yield from (PosterFact(name, _set(words)) for name, words in zip(FACT_FIELDS, told, strict=True) if words)


def _when(event: Event) -> str:
    """«13 вересня», «13–15 вересня», «30 червня — 2 липня»."""
    first, last = event.starts_at.date(), (event.ends_at or event.starts_at).date()
    if first == last or not _is_by_days(event):
        return day_month(first)
    if (first.year, first.month) == (last.year, last.month):
        return for_print(f"{first.day}–{day_month(last)}")
    return f"{day_month(first)} — {day_month(last)}"


def _is_by_days(event: Event) -> bool:
    """True for an event of several days; one that ends after midnight is still of one."""
    return event.ends_at is not None and (event.ends_at - event.starts_at).total_seconds() > 24 * 3600


def _hours(event: Event) -> str:
    """«неділя, 9:00–20:30»; an event of several days says when it begins; midnight is no hour."""
    has_hour = (event.starts_at.hour, event.starts_at.minute) != (0, 0)
    if _is_by_days(event):
        return f"початок о{NBSP}{_short(clock(event.starts_at))}" if has_hour else ""
    parts = [weekday(event.starts_at)]
    if has_hour:
        parts.append(clock_range(event.starts_at, event.ends_at) if event.ends_at else clock(event.starts_at))
    return for_print(", ".join(_short(part) for part in parts))


def _short(hours: str) -> str:
    """«9:00», as on a poster, for «09:00»."""
    return "–".join(part.removeprefix("0") if part[:1] == "0" and part[1:2].isdigit() else part
                    for part in hours.split("–"))


def _set(words: str) -> str:
    return for_print(typeset(words))


def large(words: str) -> str:
    """Words of a headline as they are set: a last word of three letters or fewer never stands alone on its line."""
    return SHORT_END.sub(NBSP + r"\1", _set(words))
