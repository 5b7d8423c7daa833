"""A drawing that must stand everywhere — in pages, in PDF, in inks — made anew of plain shapes and solid colours.

What a program of drawing adds (its own notes, names of layers) is left out; what cannot be printed in inks or would
need more than shapes (gradients, pixels, letters, style sheets) is refused with the way out.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn
from xml.etree import ElementTree

from plugins.records import BadLink, code, frozen
from plugins.records.late import late
from plugins.ukrainian import file_size

from .read import read_picture

ARMS = code("ARMS", "Герб ради — рисунок SVG з контурів і суцільних кольорів, завширшки не більше ніж 1,3 висоти.",
            "arms: herb.png", "arms: herb.svg")
SVG = "http://www.w3.org/2000/svg"
DRAWN = ("path", "rect", "circle", "ellipse", "line", "polyline", "polygon")
SHAPES = {*DRAWN, "g", "clipPath"}
LEFT_OUT = {"title", "desc", "metadata"}
KEPT = {"id", "d", "points", "x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "rx", "ry", "width", "height",
        "transform", "fill", "fill-rule", "clip-rule", "clip-path", "clipPathUnits", "stroke", "stroke-width",
        "stroke-linecap", "stroke-linejoin", "stroke-miterlimit", "stroke-dasharray", "stroke-dashoffset", "display"}
TELLS = {"linearGradient": "градієнт", "radialGradient": "градієнт", "image": "растрове зображення",
         "text": "текст", "style": "таблиця стилів", "filter": "фільтр", "mask": "маска", "pattern": "візерунок",
         "use": "клон", "symbol": "символ"}
SOLID = ("opacity", "fill-opacity", "stroke-opacity")
VALUE = late(r"(?:[\w\s.,#%()+-]|url\(#[\w.-]+\))*")
MAX_BYTES = 60_000
MAX_DEPTH = 30
NARROWEST, WIDEST = 0.5, 1.3
"""Width to height: letterheads and cards keep a place of this shape."""


@frozen
class PlainSvg:
    """A drawing as text, alike for the same shapes; `digest` of the text; `width` and `height` in its own units."""

    text: str
    digest: str
    width: float
    height: float


def plain_svg(file: Path) -> PlainSvg:
    """The drawing of a file. Errors: BadLink: ARMS, or what `read_picture` tells of one that is unsafe or broken."""
    if not read_picture(file).is_drawing:
        _refuse(file, "має бути рисунком SVG, а це світлина. Збережіть герб у програмі для рисунків як «простий SVG»")
    root = ElementTree.fromstring(file.read_bytes())  # noqa: S314 — `read_picture` has refused entities
    left, top, width, height = _box(root, file)
    inside = "".join(text for child in root for text in _told(child, file, 1))
    if not any(f"<{shape} " in inside for shape in DRAWN):
        _refuse(file, "не має жодного контуру")
    shared = "".join(_attributes(root, file, without=("x", "y", "width", "height", "id")))
    text = (f'<svg xmlns="{SVG}" width="{width:g}" height="{height:g}" viewBox="{left:g} {top:g} {width:g} {height:g}">'
            f"<g{shared}>{inside}</g></svg>\n")
    if len(text) > MAX_BYTES:
        _refuse(file, f"заважкий: {file_size(len(text))}, можна до {file_size(MAX_BYTES)}. Він стоїть у кожному "
                      "документі; спростіть контури")
    return PlainSvg(text, hashlib.blake2b(text.encode(), digest_size=5).hexdigest(), width, height)


def _box(root: ElementTree.Element, file: Path) -> tuple[float, float, float, float]:
    found = [float(part) for part in re.findall(r"-?\d+(?:\.\d+)?", root.get("viewBox", ""))]
    if len(found) != 4:
        sides = [re.fullmatch(r"(\d+(?:\.\d+)?)(?:px)?", root.get(name, "").strip()) for name in ("width", "height")]
        if not sides[0] or not sides[1]:
            _refuse(file, "не має розміру: у <svg> треба viewBox")
        found = [0.0, 0.0, float(sides[0][1]), float(sides[1][1])]
    left, top, width, height = found
    if width <= 0 or height <= 0 or not NARROWEST <= width / height <= WIDEST:
        _refuse(file, f"має розмір {width:g} × {height:g}: завширшки треба від половини висоти до 1,3 висоти. "
                      "Обріжте поле навколо щита або вилучіть прикраси обабіч")
    return left, top, width, height


def _told(element: ElementTree.Element, file: Path, depth: int) -> Iterator[str]:
    """An element and all in it as text."""
    space, _, name = str(element.tag).rpartition("}")
    if space not in ("", "{" + SVG) or name in LEFT_OUT:
        return
    if name == "defs":  # nothing may be taken from there but what shapes are cut with
        yield from (text for child in element if str(child.tag).endswith("}clipPath")
                    for text in _told(child, file, depth + 1))
        return
    if name not in SHAPES:
        _refuse(file, f"має {TELLS.get(name, f'елемент <{name}>')}. Лишіть контури із суцільними кольорами: "
                      "текст перетворіть на криві, градієнт замініть одним кольором")
    if depth > MAX_DEPTH:
        _refuse(file, "має забагато вкладених груп. Розгрупуйте їх")
    yield f"<{name}{''.join(_attributes(element, file))}>"
    for child in element:
        yield from _told(child, file, depth + 1)
    yield f"</{name}>"


def _attributes(element: ElementTree.Element, file: Path, without: tuple[str, ...] = ()) -> Iterator[str]:
    """Attributes that shapes and solid colours need, properties of `style` among them; the rest is left out."""
    values = dict(element.attrib)
    for declaration in values.pop("style", "").split(";"):
        name, _, value = declaration.partition(":")
        values[name.strip()] = value.strip()
    if "class" in values:
        _refuse(file, "має класи стилів. Збережіть його з властивостями просто в контурах («Presentation attributes»)")
    for name, value in sorted(values.items()):
        if name in SOLID and value.strip() not in ("1", "1.0", "100%"):
            _refuse(file, "має прозорість: на друку її немає. Замініть прозорий колір суцільним")
        if name in ("fill", "stroke") and "url(" in value:
            _refuse(file, "має градієнт чи візерунок. Замініть його одним кольором")
        if name in KEPT and name not in without:
            if not VALUE.fullmatch(value):
                _refuse(file, f"має незрозуміле значення {name}")
            yield f' {name}="{value}"'  # no quote and no "&" is among its signs


def _refuse(file: Path, what: str) -> NoReturn:
    raise BadLink(f"герб «{file.name}» {what}.", ARMS)
