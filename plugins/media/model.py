"""Pictures in page models: a photo in its sizes, a poster, a card for social networks.

Nothing is encoded here. A page that asks for a picture gets its addresses; the library remembers what was asked for,
and `encode.py` makes exactly those files. Names hold the digest of what they are made from, so browsers may keep them
for ever.
"""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from markupsafe import Markup, escape

from plugins.records import BadLink, Image, Library, Record, frozen
from plugins.records.components import Photo
from plugins.ukrainian import clock, day, slug, weekday

from .attachment_text import attachment_text as attachment_text
from .drawings import COLOURS, Card, Drawing, Poster
from .read import MAX_PIXELS, PictureFile, read_picture, too_big

WIDTHS = (480, 960, 1600)
"""Widths of the AVIF renditions, pixels; a photo is never enlarged."""
JPEG_WIDTH = 960
SIZES = "(min-width: 62em) 800px, 100vw"


@frozen
class Rendition:
    """One file to be made of a picture: `path` in the output; `source` a file or a drawing; `width` in pixels."""

    path: str
    source: Path | Drawing
    width: int


def photo_of(record: Record, image: Image | None, library: Library) -> Photo | None:
    """A record's picture in all its sizes; None without a picture or with one that cannot be shown.

    What is wrong with a picture is said once, when the record is linked (`check_picture`).
    """
    if image is None:
        return None
    try:
        picture = _picture(library.file_of(record, image.src), library)
    except BadLink:
        return None
    return _photo(picture, library, record.is_public(library.now), image.alt, image.caption, image.credit)


def check_picture(file: Path) -> None:
    """Nothing for a picture that can be shown. Errors: BadLink with its code."""
    picture = read_picture(file)
    if fault := too_big(picture):
        raise fault


def print_picture(record: Record, path: str, alt: str, title: str, library: Library) -> Markup:
    """An image of a Markdown text as HTML; its title becomes the caption. Errors: BadLink with its code."""
    picture = _picture(library.file_of(record, path), library)
    if (fault := too_big(picture)) and not record.source.is_foreign:
        raise fault
    photo = _photo(picture, library, record.is_public(library.now), alt, title)
    source = Markup("")
    if photo.avif:
        srcset = ", ".join(f"{library.href(url)} {width}w" for url, width in photo.avif)
        source = Markup('<source type="image/avif" srcset="{}" sizes="{}">').format(srcset, SIZES)
    caption = Markup("<figcaption>{}</figcaption>").format(title) if title else Markup("")
    return Markup('<figure class="figure"><picture>{}<img src="{}" alt="{}" width="{}" height="{}" loading="lazy" '
                  'decoding="async"></picture>{}</figure>').format(
        source, library.href(photo.jpeg), escape(alt), photo.width, photo.height, caption)


def poster_of(event: Any, library: Library) -> Photo | None:
    """The poster of an event that has one: A-series portrait, drawn from `poster`, the time and the place."""
    if not event.poster:
        return None
    drawing = Poster(
        design=event.poster.design.value, headline=event.poster.headline, title=event.title,
        when=f"{day(event.starts_at)}, {weekday(event.starts_at)}", clock=_clock(event.starts_at),
        place=event.location, lines=(*event.poster.lines, *((event.price,) if event.price else ())),
        publisher=_council(library).name, colours=library.once(_colours))
    words = [event.poster.headline, drawing.when, drawing.clock, event.location, *drawing.lines]
    alt = "Афіша: " + ". ".join(dict.fromkeys(word.rstrip(".") for word in words if word)) + "."
    return _renditions(f"afisha-{event.year}-{event.id}", drawing.digest, drawing, drawing.size, library, alt=alt)


def _clock(at: datetime) -> str:
    return clock(at) if (at.hour, at.minute) != (0, 0) else ""


def share_card(library: Library, *, title: str, kicker: str = "", note: str = "", stem: str = "kartka",
               is_mourning: bool = False) -> str:
    """The address of a card for social networks, 1200 × 630: `kicker` over `title`, `note` (date, place) below."""
    rendition = _card(title, kicker, note, _council(library).name, is_mourning, library.once(_colours), stem)
    library.pictures[rendition.path] = rendition
    return "/" + rendition.path


@lru_cache(maxsize=1_000)
def _card(title: str, kicker: str, note: str, publisher: str, is_mourning: bool, colours: tuple[tuple[str, str], ...],
          stem: str) -> Rendition:
    """A card as the file to be made; that of a section stands on each of its pages."""
    drawing = Card(title=title, kicker=kicker, note=note, publisher=publisher, is_mourning=is_mourning, colours=colours)
    return Rendition(f"media/{slug(stem) or 'kartka'}.{drawing.digest}.png", drawing, drawing.size[0])


def card_image_of(section: str, library: Library) -> str:
    """The card shared by all pages of a section («Рішення й документи»); an empty name gives the council's own."""
    council = _council(library)
    return share_card(library, title=section or council.tagline, note=council.community, stem=section or "rada")


def _council(library: Library) -> Any:
    """The one council of the library (its model lies below this room)."""
    return library.once(_all_councils)[0]


def _all_councils(library: Library) -> Any:
    return library.every("council")


def _colours(library: Library) -> tuple[tuple[str, str], ...]:
    own = _council(library).colours
    return tuple((name, getattr(own, name) or default) for name, default in COLOURS)


def _picture(file: Path, library: Library) -> PictureFile:
    """A picture's facts, read once a build. Errors: BadLink for what cannot be shown."""
    found = library.pictures_read.get(file)
    if found is None:
        try:
            found = read_picture(file)
        except BadLink as error:
            found = error
        library.pictures_read[file] = found
    if isinstance(found, BadLink):
        raise found
    assert isinstance(found, PictureFile) and found.width * found.height <= MAX_PIXELS
    return found


def _photo(picture: PictureFile, library: Library, is_shown: bool, alt: str, caption: str = "",
           credit: str = "") -> Photo:
    stem = slug(picture.file.stem) or "svitlyna"
    if picture.is_drawing:
        path = f"media/{stem}.{picture.digest}.svg"
        if is_shown:
            library.pictures[path] = Rendition(path, picture.file, picture.width)
        return Photo(alt, "/" + path, picture.width, picture.height, (), caption, credit, "/" + path)
    return _renditions(stem, picture.digest, picture.file, (picture.width, picture.height), library, is_shown=is_shown,
                       alt=alt, caption=caption, credit=credit)


def _renditions(stem: str, digest: str, source: Path | Drawing, size: tuple[int, int], library: Library, *, alt: str,
                is_shown: bool = True, caption: str = "", credit: str = "") -> Photo:
    """Addresses of all sizes of a picture; a record that is not public yet leaves nothing behind."""
    width = size[0]

    def ask(suffix: str, wide: int) -> str:
        path = f"media/{stem[:60]}.{digest}-{wide}.{suffix}"
        if is_shown:
            library.pictures[path] = Rendition(path, source, wide)
        return "/" + path

    avif = tuple((ask("avif", wide), wide) for wide in sorted({min(wide, width) for wide in WIDTHS}))
    wide = min(JPEG_WIDTH, width)
    jpeg = ask("jpg", wide)
    full = avif[-1][0] if avif[-1][1] > wide else jpeg
    return Photo(alt, jpeg, wide, scaled(size, wide)[1], avif, caption, credit, full)


def scaled(size: tuple[int, int], width: int) -> tuple[int, int]:
    """A size at another width, in whole pixels, at least one high."""
    return width, max(round(size[1] * width / size[0]), 1)


__all__ = ["Rendition", "card_image_of", "check_picture", "photo_of", "poster_of", "print_picture", "scaled",
           "share_card"]
