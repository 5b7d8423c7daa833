"""Pictures in page models: a photo in its sizes, a drawing of ours as a photo.

Nothing is encoded here. A page that asks for a picture gets its addresses; the library remembers what was asked for,
and `encode.py` makes exactly those files. Names hold the digest of what they are made from, so browsers may keep them
for ever.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from markupsafe import Markup, escape

from plugins.records import BadLink, Image, Library, Record, frozen
from plugins.records.components import Photo
from plugins.ukrainian import slug

from .attachment_text import attachment_text as attachment_text
from .plain_svg import ARMS, PlainSvg, plain_svg
from .read import MAX_PIXELS, RECIPE, PictureFile, read_picture, too_big

if TYPE_CHECKING:
    from PIL import Image as Pixels

ENCODING = RECIPE
"""The digest of what turns pictures into pixels and files, for whoever makes more of them."""
WIDTHS = (480, 960, 1600)
"""Widths of the AVIF renditions, pixels; a photo is never enlarged."""
JPEG_WIDTH = 960
SIZES = "(min-width: 62em) 800px, 100vw"


class Drawing(Protocol):
    """A picture that is made of words: the same words give the same pixels."""

    @property
    def size(self) -> tuple[int, int]:
        """Width and height, pixels."""
        raise NotImplementedError

    @property
    def digest(self) -> str:
        """The hash of everything it is made from."""
        raise NotImplementedError

    def draw(self) -> Pixels.Image:
        """The pixels, RGB. Errors: records.Refused when words do not fit."""
        raise NotImplementedError


@frozen
class Rendition:
    """One file to be made of a picture: `path` in the output; `source` a file or a drawing; `width` in pixels.

    `digest`: of all that its bytes depend on, where the path does not hold it. `may_refuse`: its words may not fit.
    """

    path: str
    source: Path | Drawing
    width: int
    digest: str = ""
    may_refuse: bool = False


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


def upright(file: Path) -> Pixels.Image:
    """A photo as it is seen, in sRGB, on white, without what a photo must not reveal. Errors: ValueError in words for
    the editor for a broken file."""
    from .encode import upright as pixels  # where nothing is drawn, Pillow is not loaded

    return pixels(file)


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


def drawing_as_photo(stem: str, drawing: Drawing, alt: str, library: Library) -> Photo:
    """A drawing of ours in all its sizes."""
    return _renditions(stem, drawing.digest, drawing, drawing.size, library, alt=alt)


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


__all__ = ["ARMS", "Drawing", "PlainSvg", "Rendition", "check_picture", "drawing_as_photo", "photo_of", "plain_svg",
           "print_picture", "scaled", "upright"]
