"""Photos on their way into a document: upright, without metadata, no larger than needed; in inks for a press."""

from __future__ import annotations

import io
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from plugins.media.model import scaled, upright

if TYPE_CHECKING:
    from PIL import Image

SIDE = 2560
"""Pixels of the longer side: what the media room lets in; on A2 it is 110 to an inch, enough for a poster."""
QUALITY = 85


def is_drawn(file: Path) -> bool:
    """True for an SVG, which goes in as it is: no press takes one."""
    return file.suffix.lower() == ".svg"


@lru_cache(maxsize=16)
def content_of(file: Path, digest: str, is_in_inks: bool) -> bytes:
    """The bytes of a photo (`digest` of its content) as JPEG, or of an SVG. Errors: ValueError for a broken photo."""
    if is_drawn(file):
        return file.read_bytes()
    image = upright(file)
    if max(image.size) > SIDE:
        image = image.resize(scaled(image.size, round(image.width * SIDE / max(image.size))))
    out = io.BytesIO()
    (in_inks(image) if is_in_inks else image).save(out, "JPEG", quality=QUALITY)
    return out.getvalue()


def in_inks(image: Image.Image) -> Image.Image:
    """RGB → CMYK: what three inks have in common is black, so that no place takes more than two inks and black."""
    from PIL import Image, ImageChops, ImageMath

    colours = [ImageChops.invert(channel) for channel in image.split()]
    black = ImageChops.darker(ImageChops.darker(*colours[:2]), colours[2])
    rest = [ImageMath.lambda_eval(lambda of: of["convert"]((of["c"] - of["k"]) * 255 / (256 - of["k"]), "L"),
                                  c=channel, k=black) for channel in colours]
    return Image.merge("CMYK", [*rest, black])
