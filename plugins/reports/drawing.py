"""Drawing: marks of a chart → shapes for the page, or a whole SVG for paper; how wide words are.

Across, places are shares of the width; down, they are pixels: so a chart is as wide as its column and its words stay as
large as they are. Widths of words are estimated, on the safe side.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from html import escape

from plugins.records import frozen, mixed
from plugins.records.late import late

PAPER_ROOM = 700
"""Pixels of width on an A4 sheet, 14 px there being 9 pt."""
TEXT, SMALL = 14, 13
PAPER, INK = "#ffffff", "#1b2436"
ZERO = Decimal(0)
NARROW, WIDE = set(" .,:;’'!|()[]/«»іїІЇjlitfrI\u00a0-"), set("жмфшщюыЖМФШЩЮЫДЛOОQWMmw@%№—−")
NOT_XML = late("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@frozen
class Shape:
    """A rectangle, or words where there are any; `attributes` of its SVG element by name, in a fixed order."""

    words: str
    attributes: dict[str, str]


@frozen
class Mark:
    """A shape before it is drawn: `x` and `width` in percent, `y`, `height`, `dx`, `wide` (a fixed width) in pixels.

    `role`: main, second, plan, track, axis, part-0, part-1; for words `ink`, `bold`, `quiet`. `anchor`: of words.
    """

    role: str
    x: Decimal
    y: int
    width: Decimal = ZERO
    height: int = 0
    dx: int = 0
    wide: int = 0
    words: str = ""
    anchor: str = "start"


@frozen
class Drawing:
    """Marks of a chart, `height` pixels high."""

    height: int
    marks: tuple[Mark, ...]


def bold_width_of(text: str) -> int:
    """The same in bold letters of the common size."""
    return width_of(text, TEXT * 9 // 8)


def width_of(text: str, size: int = TEXT) -> int:
    """About how wide a text is, pixels; rather more than less."""
    total = sum(35 if sign in NARROW else 100 if sign in WIDE else 76 if sign.isupper() else 62 for sign in text)
    return -(-total * size // 100)


def wrapped(text: str, room: int, size: int = TEXT) -> list[str]:
    """The text in lines of at most `room` pixels; a word that is wider is cut."""
    lines = [""]
    for whole in text.split(" "):
        for word in _cut(whole, room, size):
            longer = f"{lines[-1]} {word}".strip(" ")
            if width_of(longer, size) <= room:
                lines[-1] = longer
            else:
                lines.append(word)
    return [line for line in lines if line] or [""]


def _cut(word: str, room: int, size: int) -> Iterator[str]:
    while width_of(word, size) > room and len(word) > 1:
        end = next(end for end in range(len(word) - 1, 0, -1) if end == 1 or width_of(word[:end], size) <= room)
        yield word[:end]
        word = word[end:]
    yield word

def on_page(drawing: Drawing) -> tuple[Shape, ...]:
    """Shapes for the theme: places in percent, colours by classes and by the colour of the text around."""
    return tuple(_page_shape(mark) for mark in drawing.marks)


PAGE_FILLS = {"main": {"class": "part-navy"}, "part-0": {"class": "part-navy"},
              "part-1": {"class": "part-navy", "fill-opacity": ".55"}, "track": {"class": "track"},
              "second": {"fill": "currentColor", "fill-opacity": ".55"}, "quiet": {"fill": "currentColor"},
              "axis": {"fill": "currentColor", "fill-opacity": ".55"}}


def _page_shape(mark: Mark) -> Shape:
    across = f"{_short(mark.x)}%" if mark.x else str(mark.dx)
    fill = PAGE_FILLS.get(mark.role, {"fill": "currentColor"})
    if mark.words:
        return Shape(mark.words, {"x": across, "y": str(mark.y), **_letters(mark), **fill})
    wide = str(mark.wide) if mark.wide else f"{_short(mark.width)}%"
    return Shape("", {"x": across, "y": str(mark.y), "width": wide, "height": str(mark.height), **fill})


def on_paper(drawing: Drawing, navy: str) -> str:
    """An SVG for a document, PAPER_ROOM wide, in the council's own colour; legible without colours too."""
    fills = {"main": navy, "part-0": navy, "part-1": mixed(navy, PAPER, 0.5), "track": mixed(PAPER, INK, 0.08),
             "second": mixed(INK, PAPER, 0.5), "axis": mixed(INK, PAPER, 0.55), "quiet": mixed(INK, PAPER, 0.25)}
    shapes = "".join(_paper_shape(mark, fills.get(mark.role, INK)) for mark in drawing.marks)
    return (f'<svg xmlns="http://www.w3.org/2000/svg" width="{PAPER_ROOM}" height="{drawing.height}" '
            f'viewBox="0 0 {PAPER_ROOM} {drawing.height}" font-family="Onest">{shapes}</svg>')


def _paper_shape(mark: Mark, fill: str) -> str:
    across = _short(mark.x * PAPER_ROOM / 100 + mark.dx)
    if mark.words:
        attributes = {"x": across, "y": str(mark.y), **_letters(mark), "fill": fill}
        return f"<text{_written(attributes)}>{escape(NOT_XML.sub('', mark.words))}</text>"
    wide = str(mark.wide) if mark.wide else _short(mark.width * PAPER_ROOM / 100)
    place = {"x": across, "y": str(mark.y), "width": wide, "height": str(mark.height), "fill": fill}
    return f"<rect{_written(place)}/>"


def _letters(mark: Mark) -> dict[str, str]:
    told = {"font-size": str(SMALL if mark.role == "quiet" else TEXT)}
    if mark.role == "bold":
        told["font-weight"] = "700"
    return told if mark.anchor == "start" else {**told, "text-anchor": mark.anchor}


def _written(attributes: dict[str, str]) -> str:
    return "".join(f' {name}="{escape(value)}"' for name, value in attributes.items())


def _short(value: Decimal) -> str:
    """«12.5»: two decimals at most, halves away from zero."""
    return f"{value.quantize(Decimal('0.01'), rounding=ROUND_HALF_UP):f}".rstrip("0").rstrip(".") or "0"
