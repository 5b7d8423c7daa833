"""read: a picture file → what it is, told by its content and not by its name; a file that must not be shown is refused.

A decompression bomb is known by the size its header claims, before anything is decoded. Errors
are `BadLink`s with a code.
"""

from __future__ import annotations

import hashlib
import io
import re
import warnings
from pathlib import Path
from typing import NoReturn
from xml.etree import ElementTree

import PIL

from plugins.records import BadLink, code, frozen
from plugins.ukrainian import file_size

PHOTO_BROKEN = code("PHOTO-BROKEN", "Зображення — цілий файл, який відкривається.",
                    "(половина файлу, обірване завантаження)", "(той самий файл, скопійований ще раз)", is_lenient=True)
PHOTO_TYPE = code("PHOTO-TYPE", "Зображення — це JPEG, PNG, WebP, AVIF або SVG.", "image: {src: plan.pdf, …}",
                  "image: {src: plan.png, …}", is_lenient=True)
PHOTO_BIG = code("PHOTO-BIG", "Зображення має щонайбільше 2560 пікселів за довшим боком і 700 кБ.",
                 "(знімок із фотоапарата, 6000 × 4000, 8 МБ)", "(той самий знімок, 1920 × 1280, 350 кБ)",
                 is_lenient=True)
PHOTO_BOMB = code("PHOTO-BOMB", "Зображення не може мати мільярди пікселів.", "(PNG 100000 × 100000)",
                  "(PNG 1600 × 1000)", is_lenient=True)
PHOTO_ANIMATED = code("PHOTO-ANIMATED", "Зображення нерухоме.", "(рухомий GIF)",
                      "(один кадр у PNG; для руху — посилання на відео)", is_lenient=True)
SVG_UNSAFE = code("SVG-UNSAFE", "Рисунок SVG не має сценаріїв, чужого вмісту й посилань назовні.",
                  "<svg onload=\"…\">, <script>, <image href=\"https://…\">", "<svg><path d=\"…\"/></svg>",
                  is_lenient=True)

MAX_SIDE = 2560
MAX_BYTES = 700_000
MAX_PIXELS = 50_000_000
"""What is decoded at all: a larger claim is a bomb or a mistake."""
FORMATS = ("JPEG", "PNG", "WEBP", "AVIF", "GIF")
TURNED = (5, 6, 7, 8)
"""Values of the EXIF orientation that swap width and height."""
EXIF_ORIENTATION = 0x0112
ENCODER = Path(__file__).with_name("encode.py")
RECIPE = hashlib.blake2b(ENCODER.read_bytes() + PIL.__version__.encode(), digest_size=8).hexdigest()
"""Part of every name: other code or another encoder makes other bytes."""
REMOTE = re.compile(r"url\(\s*[\"']?\s*(?!#)|@import|expression\s*\(|javascript:|behavior\s*:", re.I)
INLINE_IMAGE = re.compile(r"data:image/(?:png|jpeg|webp|gif);base64,[A-Za-z0-9+/=\s]*")
FORBIDDEN = {"script", "foreignobject", "iframe", "embed", "object", "audio", "video", "handler", "listener", "set",
             "animate", "animatemotion", "animatetransform"}


@frozen
class PictureFile:
    """A picture as it will be shown: `width` × `height` pixels once it is turned upright; `digest` of its content."""

    file: Path
    digest: str
    width: int
    height: int
    is_drawing: bool = False
    """True for an SVG: shown as it is."""


def read_picture(file: Path) -> PictureFile:
    """What a picture file is. Errors: BadLink with the code of what is wrong (PHOTO-BIG is told by `too_big`)."""
    content = file.read_bytes()
    digest = hashlib.blake2b(RECIPE.encode() + b"\0" + content, digest_size=5).hexdigest()
    if _is_svg(content):
        width, height = _svg_size(content, file.name)
        return PictureFile(file, digest, width, height, is_drawing=True)
    width, height = _size(content, file.name)
    return PictureFile(file, digest, width, height)


def too_big(picture: PictureFile) -> BadLink | None:
    """The fault of a picture over the limits of the repository: it can be shown, but must be made smaller."""
    size = picture.file.stat().st_size
    if not picture.is_drawing and max(picture.width, picture.height) > MAX_SIDE:
        return BadLink(f"зображення «{picture.file.name}» завелике: {picture.width} × {picture.height} "
                       f"пікселів, можна до {MAX_SIDE}. Зменште довший бік, наприклад до 1920, "
                       "у будь-якій програмі для світлин.", PHOTO_BIG)
    if size > MAX_BYTES:
        return BadLink(f"зображення «{picture.file.name}» заважке: {file_size(size)}, можна до "
                       f"{file_size(MAX_BYTES)}. Збережіть його як JPEG якості 80 або зменште довший бік до 1920 "
                       "пікселів.", PHOTO_BIG)
    return None


def _size(content: bytes, name: str) -> tuple[int, int]:
    from PIL import Image, UnidentifiedImageError

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            image = Image.open(io.BytesIO(content), formats=FORMATS)
            width, height = image.size
            if width * height > MAX_PIXELS:
                raise Image.DecompressionBombError
            is_animated = getattr(image, "n_frames", 1) > 1
            kind = image.format
            if kind not in ("JPEG", "AVIF"):
                image.load()  # few, and only decoding tells whether they are whole
            turned = image.getexif().get(EXIF_ORIENTATION) in TURNED
    except Image.DecompressionBombError:
        _refuse_bomb(name)
    except UnidentifiedImageError:
        raise BadLink(f"файл «{name}» не зображення або пошкоджений. Треба JPEG, PNG, WebP, AVIF або SVG.",
                      PHOTO_TYPE) from None
    except Exception:  # a broken file fails in as many ways as there are formats
        raise _broken(name) from None
    if is_animated:
        raise BadLink(f"зображення «{name}» рухоме. Збережіть один кадр як PNG або дайте посилання на відео.",
                      PHOTO_ANIMATED)
    if not _is_whole(content, kind or "") or not width or not height:
        raise _broken(name)
    return (height, width) if turned else (width, height)


def _refuse_bomb(name: str) -> NoReturn:
    raise BadLink(f"зображення «{name}» має забагато пікселів, його не відкрито. Зменште довший бік до "
                  f"{MAX_SIDE} пікселів.", PHOTO_BOMB)


def _broken(name: str) -> BadLink:
    return BadLink(f"зображення «{name}» пошкоджене й не відкривається. Скопіюйте файл ще раз.", PHOTO_BROKEN)


def _is_whole(content: bytes, kind: str) -> bool:
    """A cut JPEG opens and shows half of the picture in grey: its end is looked for."""
    return kind != "JPEG" or b"\xff\xd9" in content[-4096:]


def _is_svg(content: bytes) -> bool:
    start = content[:2000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return start.startswith((b"<svg", b"<?xml", b"<!--", b"<!doctype svg")) and b"<svg" in content[:20_000].lower()


def _svg_size(content: bytes, name: str) -> tuple[int, int]:
    """Width and height of a clean drawing. Errors: BadLink (SVG-UNSAFE, PHOTO-BROKEN)."""
    lower = content.lower()
    if b"<!entity" in lower or b"<!doctype" in lower or b"<?xml-stylesheet" in lower:
        raise _unsafe(name, "оголошення документа чи чужий стиль")
    try:
        root = ElementTree.fromstring(content)  # noqa: S314 — entities and document types were refused above
    except (ElementTree.ParseError, ValueError, LookupError):
        raise _broken(name) from None
    for element in root.iter():
        if fault := _svg_fault(element):
            raise _unsafe(name, fault)
    return _svg_box(root)


def _unsafe(name: str, what: str) -> BadLink:
    return BadLink(f"рисунок «{name}» має {what}. Збережіть його як «простий SVG» або PNG.", SVG_UNSAFE)


def _svg_fault(element: ElementTree.Element) -> str:
    """What must not be in an element of a drawing; empty when it is clean."""
    tag = str(element.tag).rpartition("}")[2].lower()
    if tag in FORBIDDEN:
        return f"елемент <{tag}>"
    if tag == "style" and REMOTE.search("".join(element.itertext())):
        return "стиль із посиланням назовні"
    for full_name, value in element.attrib.items():
        name = full_name.rpartition("}")[2].lower()
        if name.startswith("on"):
            return f"обробник подій {name}"
        if name in ("href", "src") and not value.strip().startswith("#") and not INLINE_IMAGE.fullmatch(value.strip()):
            return "посилання назовні"
        if REMOTE.search(value):
            return "посилання назовні"
    return ""


def _svg_box(root: ElementTree.Element) -> tuple[int, int]:
    sides = [re.fullmatch(r"(\d+(?:\.\d+)?)(?:px)?", root.get(name, "").strip()) for name in ("width", "height")]
    if sides[0] and sides[1]:
        return max(round(float(sides[0][1])), 1), max(round(float(sides[1][1])), 1)
    box = re.findall(r"-?\d+(?:\.\d+)?", root.get("viewBox", ""))
    if len(box) == 4:
        return max(round(float(box[2])), 1), max(round(float(box[3])), 1)
    return 300, 150  # what browsers take for a drawing without a size
