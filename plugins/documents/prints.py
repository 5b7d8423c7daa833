"""Print models: what a template of `theme/typst` prints, as a page model is what a template of Jinja prints.

The room that owns the facts makes the print model (a frozen heir of `PrintModel`) and yields `printed(path, model)`
beside its pages. Texts come in as `Flow` (`flow.py`), photos as `PrintPhoto`, the council as `Brand`. Data reach the
template as JSON; nothing of them is ever source.
"""

from __future__ import annotations

import calendar
import hashlib
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import fields
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache, partial
from pathlib import Path
from typing import Any, ClassVar

from plugins.records import BadLink, Finding, Image, Library, OutputFile, Record, Refused, code, field_title, frozen
from plugins.ukrainian import counted

from .brand import Brand
from .photos import content_of, is_drawn
from .press import NOT_LAID, DoesNotFit, NoSign, Unprintable, press, recipe
from .signs import has_rare_signs

FIT = code("DOCUMENT-FIT", "Текст уміщується на своєму місці: на афіші, картці, бланку.",
           "headline: (сорок слів великим рядком)", "headline: Джаз на березі")
SIGN = code("DOCUMENT-SIGN", "Шрифти документів мають кожен знак тексту: літери, цифри, розділові знаки.",
            "title: Про День міста 🎉", "title: Про День міста")
LAYOUT = code("DOCUMENT-LAYOUT", "Документ складається: текст не надто глибоко вкладений, малюнки справні.",
              "список на шістдесят рівнів углиб", "список на два-три рівні")
ACCESSIBLE, ACCESSIBLE_WITH_DATA = ("ua-1", "a-2a"), ("ua-1", "a-3a")
"""PDF/UA-1 (ISO 14289-1) and PDF/A-2a or, with files inside, 3a (ISO 19005); the engine refuses what breaks them."""
UNSEEN = dict.fromkeys([*({*range(0x20), *range(0x7F, 0xA0)} - {ord("\t"), ord("\n")}), 0x61C, 0x200E, 0x200F,
                        *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFEFF])
"""Control characters (but tabs and ends of lines) and signs that turn words around unseen: no part of a document."""
HEAP = re.compile(r"([\u0300-\u036f]{3})[\u0300-\u036f]+")
"""Marks over a letter that would reach into the lines above: three stay."""


@frozen
class PrintPhoto:
    """A photo in a document: a file, the digest of its content, its words, the point that must stay (0–1 of each
    side)."""

    file: Path
    digest: str
    alt: str
    credit: str = ""
    focus: tuple[float, float] = (0.5, 0.5)
    is_in_inks: bool = False
    """True for sheets that go to a press: no colours of a screen are left in it."""

    @property
    def name(self) -> str:
        """How data and template name it."""
        return f"photos/{self.digest}{'-cmyk' if self.is_in_inks else ''}{'.svg' if is_drawn(self.file) else '.jpg'}"


@frozen
class Attached:
    """A file inside a PDF: the record's own data."""

    name: str
    mime: str
    description: str
    text: str


@frozen
class Origin:
    """Where an editor finds the words of a print model: (field, file, line, its title) each."""

    places: tuple[tuple[str, str, int, str], ...]
    files: tuple[Path, ...] = ()
    """The files themselves, one for each place."""


def origin_of(record: Record, *names: str) -> Origin:
    """The places of fields of a record (`poster.headline`, `lines.2`)."""
    paths = [tuple(int(part) if part.isdigit() else part for part in name.split(".")) for name in names]
    source = record.source
    files = tuple(source.file.with_name(Path(source.companions[path]).name) if path in source.companions
                  else source.file for path in paths)
    return Origin(tuple((name, *source.place_of(path), field_title(type(record), path))
                        for name, path in zip(names, paths, strict=True)), files)


@frozen(kw_only=True)
class PrintModel:
    """What is printed. `on` dates the file; `attached` lie inside it (PDF/A-3a).

    `origin`: whose words they are; a template calls `refuse("<field>", over)` with the field's name there, and the
    problem is told at its line. It is no part of the document.
    """

    template: ClassVar[str]
    """A file of `theme/typst`."""
    paper: ClassVar[tuple[float, float]] = (210, 297)
    """Width and height of its sheets, millimetres."""
    is_for_press: ClassVar[bool] = False
    """True for sheets in CMYK with bleed: no PDF/A."""
    may_not_fit: ClassVar[bool] = True
    """False where a template has room for any text, so that a check needs not try."""

    title: str
    brand: Brand
    on: date
    lang: str = "uk"
    attached: tuple[Attached, ...] = ()
    origin: Origin | None = None


def printed(path: str, model: PrintModel, finish: Callable[[bytes], bytes] | None = None) -> OutputFile:
    """The PDF of a print model at a path of the site, to be yielded beside the pages.

    `finish` works on the finished bytes (boxes of a sheet, imposition): a plain function of them, or a frozen value
    that can be called (`PressBoxes`).
    """
    told = _told(model)
    inputs = (recipe(model.template), _digest(told), getattr(finish, "__qualname__", repr(finish)) if finish else "")
    may_refuse = model.origin is not None and (model.may_not_fit or has_rare_signs(told))
    return OutputFile(path.lstrip("/"), inputs, partial(pdf, model, finish), is_heavy=True, may_refuse=may_refuse)


def pdf(model: PrintModel, finish: Callable[[bytes], bytes] | None = None) -> bytes:
    """The bytes. Errors: Refused with the place in the record, DoesNotFit where nobody knows it, Unprintable."""
    standards = ("ua-1",) if model.is_for_press else ACCESSIBLE_WITH_DATA if model.attached else ACCESSIBLE
    made = pages_of(model, standards=standards)[0]
    return finish(made) if finish else made


def pages_of(model: PrintModel, **options: Any) -> list[bytes]:
    """What the press gives for a model (`press.press` for the options). Errors: as `pdf`."""
    try:
        pictures = {photo.name: content_of(photo.file, photo.digest, photo.is_in_inks) for photo in photos(model)}
        return press(model.template, as_data(model), pictures, at=calendar.timegm(model.on.timetuple()), **options)
    except DoesNotFit as error:
        found = [place for place in (model.origin.places if model.origin else ()) if place[0] == error.field]
        if not found:
            raise
        raise Refused((_finding(error, *found[0][1:]),)) from error
    except NoSign as error:
        if not model.origin:
            raise
        raise Refused(tuple(_lost(sign, model.origin) for sign in error.signs)) from error
    except Unprintable as error:
        if not model.origin:
            raise
        raise Refused((Finding(*model.origin.places[0][1:], _layout_words(str(error)), LAYOUT.name),)) from error


def _layout_words(told: str) -> str:
    """Why a document cannot be laid, for an editor; what the engine says stands last, for who looks after the site."""
    line = next(iter(told.splitlines()), "").removeprefix(NOT_LAID)
    if "depth" in line or "recursion" in line:
        return "списки, цитати чи виділення вкладені надто глибоко. Залиште два-три рівні."
    if "SVG" in line or "image" in line:
        return f"малюнок не читається. Збережіть його ще раз як SVG у кодуванні UTF-8, JPEG або PNG ({line})."
    return f"документ не складається. Спростіть текст і його розмітку ({line})."


def _finding(error: DoesNotFit, file: str, line: int, title: str) -> Finding:
    over = counted(error.over, "знак", "знаки", "знаків")
    text = (f"не вміщується: задовге приблизно на {over}. Скоротіть."
            if error.over else "не вміщується. Скоротіть.")
    return Finding(file, line, title, text, FIT.name)


def _lost(sign: str, origin: Origin) -> Finding:
    """Where a sign that no font has stands: the first line with it, under the last field that begins before."""
    text = f"знака «{sign}» (U+{ord(sign):04X}) немає в шрифтах документів. Замініть його словами або вилучіть."
    starts = dict(zip(origin.files, (place[1] for place in origin.places), strict=False))
    for path, shown in starts.items():
        lines = path.read_text(encoding="utf-8-sig").splitlines()
        if number := next((number for number, line in enumerate(lines, 1) if sign in line), 0):
            fields = [place for place in origin.places if place[1] == shown]
            place = max((place for place in fields if place[2] <= number), key=lambda place: place[2],
                        default=fields[0])
            return Finding(shown, number, place[3], text, SIGN.name)
    return Finding(*origin.places[0][1:], text, SIGN.name)


# ------------------------------------------------------------------------------- data of a template

def as_data(value: Any) -> Any:
    """A print model as plain JSON values: dataclasses become objects, days «2026-03-12», a photo its name."""
    if isinstance(value, PrintPhoto):
        return {"file": value.name, "alt": value.alt, "credit": value.credit, "focus": list(value.focus)}
    if hasattr(value, "__dataclass_fields__"):
        return {item.name: as_data(getattr(value, item.name)) for item in fields(value) if item.name != "origin"}
    if isinstance(value, dict):
        return {str(key): as_data(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [as_data(item) for item in value]
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if value is None or isinstance(value, bool | int | float):
        return value
    return HEAP.sub(r"\1", str(value).translate(UNSEEN))


def digest_of(model: PrintModel) -> str:
    """The hash of all that a document is made from besides its template."""
    return _digest(_told(model))


def _told(model: PrintModel) -> str:
    return json.dumps([type(model).__name__, as_data(model)], ensure_ascii=False, sort_keys=True)


def _digest(told: str) -> str:
    return hashlib.blake2b(told.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()


def photos(value: Any) -> Iterator[PrintPhoto]:
    """All photos of a print model."""
    if isinstance(value, PrintPhoto):
        yield value
    elif hasattr(value, "__dataclass_fields__"):
        for item in fields(value):
            yield from photos(getattr(value, item.name))
    elif isinstance(value, tuple | list):
        for item in value:
            yield from photos(item)


def photo_for_print(record: Record, image: Image | None, library: Library,
                    focus: tuple[float, float] = (0.5, 0.5)) -> PrintPhoto | None:
    """A record's picture for a document; None without one. What is wrong with it is said when it is linked."""
    if image is None:
        return None
    try:
        file = library.file_of(record, image.src)
    except BadLink:
        return None
    return PrintPhoto(file, _digest_of_file(file, file.stat().st_mtime_ns), image.alt, image.credit, focus)


@lru_cache(maxsize=256)
def _digest_of_file(file: Path, _: int) -> str:
    return hashlib.blake2b(file.read_bytes(), digest_size=10).hexdigest()
