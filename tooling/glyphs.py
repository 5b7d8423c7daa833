"""Glyphs of a font: their boxes, and new ones made of those that it has. Units are the font's own."""
from __future__ import annotations

from typing import Any

from fontTools.pens.boundsPen import BoundsPen  # type: ignore[import-untyped]
from fontTools.pens.ttGlyphPen import TTGlyphPen  # type: ignore[import-untyped]

Box = tuple[float, float, float, float]
"""xMin, yMin, xMax, yMax."""


def box(font: Any, name: str) -> Box:
    """The box of a glyph; all zeros for a blank one."""
    pen = BoundsPen(font.getGlyphSet())
    font.getGlyphSet()[name].draw(pen)
    return pen.bounds or (0, 0, 0, 0)


def middle(font: Any, name: str) -> float:
    """The height of the middle of a glyph."""
    _, low, _, high = box(font, name)
    return (low + high) / 2


def height(font: Any, name: str) -> float:
    """From the lowest to the highest point of a glyph."""
    _, low, _, high = box(font, name)
    return high - low


def add_small(font: Any, name: str, part: str, scale: float, centre: float) -> None:
    """A new glyph that shows another one made smaller, with its middle at the height `centre`."""
    pen = TTGlyphPen(font.getGlyphSet())
    pen.addComponent(part, (scale, 0, 0, scale, 0, round(centre - middle(font, part) * scale)))
    new_glyph(font, name, pen.glyph(), round(font["hmtx"][part][0] * scale))


def add_parts(font: Any, name: str, parts: list[tuple[str, float, float]]) -> str:
    """A new glyph of others, each moved right and up, as wide as the first; its name."""
    pen = TTGlyphPen(font.getGlyphSet())
    for part, right, up in parts:
        pen.addComponent(part, (1, 0, 0, 1, round(right), round(up)))
    return new_glyph(font, name, pen.glyph(), font["hmtx"][parts[0][0]][0])


def new_glyph(font: Any, name: str, glyph: Any, width: int) -> str:
    font.setGlyphOrder([*font.getGlyphOrder(), name])
    font["glyf"][name] = glyph
    glyph.recalcBounds(font["glyf"])
    font["hmtx"][name] = (width, getattr(glyph, "xMin", 0))
    return name
