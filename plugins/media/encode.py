"""encode: a rendition → the bytes of AVIF, JPEG or PNG, with nothing in them but the pixels.

AVIF at quality 50, drawings at 45, and speed 8 with one thread (with more, the bytes depend on the machine), one
progressive JPEG for the rest. The digest of this module is in the name of every picture (`read.RECIPE`): only what
makes other bytes belongs here.
"""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING

from .model import Rendition, scaled

if TYPE_CHECKING:
    from PIL import Image

PHOTO, DRAWN = 50, 45
"""AVIF qualities: sharp edges of letters cost more bytes and bear more than a photo."""
COLOURS = (128, 64, 32, 16, 8)
"""Of a PNG; the fewer the smaller."""
CARD_BYTES = 300_000
"""What social networks load at once."""


def make(rendition: Rendition) -> bytes:
    """The bytes of one rendition. Errors: Refused; ValueError with words for the editor for a broken picture."""
    if isinstance(rendition.source, Path) and rendition.path.endswith(".svg"):
        return rendition.source.read_bytes()
    image = upright(rendition.source) if isinstance(rendition.source, Path) else rendition.source.draw()
    from PIL import Image  # where no picture is written, Pillow is not loaded

    if image.width != rendition.width:
        image = image.resize(scaled(image.size, rendition.width), Image.Resampling.LANCZOS, reducing_gap=3.0)
    out = io.BytesIO()
    if rendition.path.endswith(".avif"):
        quality = PHOTO if isinstance(rendition.source, Path) else DRAWN
        image.save(out, "AVIF", quality=quality, speed=8, max_threads=1)
    elif rendition.path.endswith(".png"):
        return _png(image)
    else:
        image.save(out, "JPEG", quality=80, progressive=True, optimize=True)
    return out.getvalue()


def _png(image: Image.Image) -> bytes:
    """A drawing of few colours; with a photo in it, of as few as make the file small enough for a share card."""
    from PIL import Image

    for colours in COLOURS:
        out = io.BytesIO()
        image.quantize(colours, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(out, "PNG", compress_level=7)
        if out.tell() <= CARD_BYTES:
            break
    return out.getvalue()


def upright(file: Path) -> Image.Image:
    """A photo turned as it was seen, in sRGB, on white where it was transparent, without metadata."""
    from PIL import Image, ImageOps

    try:
        with Image.open(file) as opened:
            opened.load()
            image = ImageOps.exif_transpose(opened)
            profile = opened.info.get("icc_profile")
    except Exception as error:
        raise ValueError(f"зображення {file.name} пошкоджене й не відкривається; скопіюйте файл ще раз") from error
    return _on_white(_in_srgb(image, profile))


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """Colours of a wide or a printer's profile in sRGB, the profile itself left out."""
    from PIL import ImageCms

    if not profile or image.mode not in ("RGB", "CMYK", "L"):
        return image
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        turned = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, ValueError):
        return image  # a broken profile: the pixels are all there is
    return turned or image


def _on_white(image: Image.Image) -> Image.Image:
    """Only pixels go on: a new image has no metadata to forget."""
    from PIL import Image

    clean = Image.new("RGB", image.size, "white")
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        layer = image.convert("RGBA")
        clean.paste(layer, mask=layer.getchannel("A"))
    else:
        clean.paste(image.convert("RGB"))
    return clean
