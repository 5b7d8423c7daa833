"""Pictures the site draws itself: cards for social networks and posters, in Arsenal, with the council's colours.

A drawing is a frozen value: the same words and colours give the same pixels. Text is set by Pillow's basic layout, the
only one every machine has; the fonts carry their kerning for it.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from plugins.records import frozen

from .read import RECIPE

if TYPE_CHECKING:
    from PIL import Image
    from PIL.ImageDraw import ImageDraw as Pen
    from PIL.ImageFont import FreeTypeFont as Font

FONTS = Path(__file__).resolve().parents[2] / "theme" / "fonts"
BOLD, REGULAR = "arsenal-700.ttf", "arsenal-400.ttf"
COLOURS = (("navy", "#173058"), ("wheat", "#d9a437"), ("band_a", "#173058"), ("band_b", "#d9a437"))
"""What a council may change, with the theme's own values."""
PAPER, INK, INK_2, LINE = "#faf8f3", "#1b2436", "#535b6b", "#dfd9ca"
QUARTER = (".#....o.o.o....#", "#......o#o......", ".#......o......#", "o.#...........#.", "o..#.#..#..#.#..",
           "ooo.#..###..#.oo")
"""The embroidery band from its edge to its axis, column 0 the centre of the rhomb: `#` thread a, `o` thread b."""
BAND = (*QUARTER, *QUARTER[-2::-1])
RHOMB = ("....o.o....", ".....o.....", "....o.o....", "...o.#.o...", "o.o..#..o.o", ".o.#####.o.", "o.o..#..o.o",
         "...o.#.o...", "....o.o....", ".....o.....", "....o.o....")
"""The sign of the arms: `o` gold, `#` white."""


def _engine() -> str:
    parts = [Path(__file__).read_bytes(), *((FONTS / name).read_bytes() for name in (BOLD, REGULAR))]
    return hashlib.blake2b(b"\0".join([RECIPE.encode(), *parts]), digest_size=8).hexdigest()


ENGINE = _engine()
"""Changes with the code and the fonts: an older picture in a cache is not taken for a new one."""


@frozen(kw_only=True)
class Drawing:
    """A picture made of words. `colours`: the council's own, by the names of COLOURS."""

    size: ClassVar[tuple[int, int]]

    title: str
    publisher: str
    colours: tuple[tuple[str, str], ...] = COLOURS

    @property
    def digest(self) -> str:
        """Its name: the hash of everything it is made from."""
        return hashlib.blake2b(f"{ENGINE} {self!r}".encode(), digest_size=5).hexdigest()

    def draw(self) -> Image.Image:
        """The pixels, RGB."""
        raise NotImplementedError

    def colour(self, name: str) -> str:
        """One of the council's colours."""
        return dict(self.colours)[name]


@frozen(kw_only=True)
class Card(Drawing):
    """A card for social networks: 1200 × 630 pixels."""

    size: ClassVar[tuple[int, int]] = (1200, 630)

    kicker: str = ""
    note: str = ""
    is_mourning: bool = False

    def draw(self) -> Image.Image:
        from PIL import Image, ImageDraw  # where nothing is drawn, Pillow is not loaded

        navy = INK if self.is_mourning else self.colour("navy")
        image = Image.new("RGB", self.size, PAPER)
        pen = ImageDraw.Draw(image)
        _signature(image, pen, self, (72, 58), 76, navy)
        band_top = self.size[1] - 55 - 28
        if self.is_mourning:
            pen.rectangle((0, self.size[1] - 18, self.size[0], self.size[1]), fill=navy)
        else:
            _band(pen, band_top, self.size[0], 5, self.colour("band_a"), self.colour("band_b"))
        face, lines = fitted(self.title, BOLD, 1056, 236, range(92, 40, -4))
        note, note_lines = fitted(self.note, REGULAR, 1056, 96, range(38, 26, -2))
        height = len(lines) * _step(face) + (len(note_lines) * _step(note) + 18 if self.note else 0) \
            + (58 if self.kicker else 0)
        top = 158 + max((band_top - 34 - 158 - height) // 2, 0)
        if self.kicker:
            pen.text((72, top), self.kicker, INK_2, face_of(REGULAR, 36))
            top += 58
        top = _lines(pen, 72, top, lines, face, navy)
        if self.note:
            _lines(pen, 72, top + 18, note_lines, note, INK_2)
        return image


@frozen(kw_only=True)
class Poster(Drawing):
    """The poster of an event: 1240 × 1754 pixels, the proportion of an A-series sheet."""

    size: ClassVar[tuple[int, int]] = (1240, 1754)

    design: str
    headline: str
    when: str
    clock: str = ""
    place: str = ""
    lines: tuple[str, ...] = ()

    def draw(self) -> Image.Image:
        from PIL import ImageDraw

        look = LOOKS[self.design]
        image = _ground(self, look)
        pen = ImageDraw.Draw(image)
        left, width = 110, self.size[0] - 220
        top = look.text_top
        face, lines = fitted(self.headline, look.face, width, 470, range(176, 64, -6))
        top = _lines(pen, left, top, lines, face, look.ink(self)) + 44
        pen.rectangle((left, top, left + 120, top + 8), fill=look.accent(self))
        top += 48
        when, when_lines = fitted(self.when, BOLD, width, 130, range(64, 40, -4))
        top = _lines(pen, left, top, when_lines, when, look.accent_ink(self))
        if self.clock:
            pen.text((left, top), self.clock, look.accent_ink(self), face_of(BOLD, 64))
            top += 84
        place, place_lines = fitted(self.place, REGULAR, width, 150, range(46, 32, -2))
        top = _lines(pen, left, top + 12, place_lines, place, look.ink(self))
        rest, rest_lines = fitted("\n".join(self.lines), REGULAR, width, max(1574 - top, 60), range(44, 20, -2))
        _lines(pen, left, top + 30, rest_lines, rest, look.quiet)
        _signature(image, pen, self, (left, 1612), 76, look.ink(self))
        return image


# ------------------------------------------------------------------------------- looks of posters

@frozen
class Look:
    """How a poster is drawn; colours that are names of COLOURS become the council's own."""

    paint: Callable[[Pen, Poster, int], None]
    """`(pen, poster, scale)`: the shapes, on a sheet `scale` times as large."""
    ground: str
    text: str
    mark: str
    mark_text: str
    quiet: str
    text_top: int = 560
    face: str = BOLD

    def ink(self, poster: Poster) -> str:
        """The colour of the headline."""
        return _own(poster, self.text)

    def accent(self, poster: Poster) -> str:
        """The colour of the rule."""
        return _own(poster, self.mark)

    def accent_ink(self, poster: Poster) -> str:
        """The colour of date and hour."""
        return _own(poster, self.mark_text)


def _own(drawing: Drawing, colour: str) -> str:
    return dict(drawing.colours).get(colour, colour)


def _ground(poster: Poster, look: Look) -> Image.Image:
    """The sheet with its shapes, drawn twice as large so that their edges are smooth."""
    from PIL import Image, ImageDraw

    width, height = poster.size
    sheet = Image.new("RGB", (width * 2, height * 2), _own(poster, look.ground))
    look.paint(ImageDraw.Draw(sheet), poster, 2)
    return sheet.resize((width, height), Image.Resampling.BOX)


def _disc(pen: Pen, scale: int, x: float, y: float, radius: float, fill: str | None = None, outline: str | None = None,
          width: int = 1) -> None:
    box = ((x - radius) * scale, (y - radius) * scale, (x + radius) * scale, (y + radius) * scale)
    pen.ellipse(box, fill=fill, outline=outline, width=width * scale)


def _concert(pen: Pen, poster: Poster, scale: int) -> None:
    """Rings of sound over a dark hall."""
    wheat = poster.colour("wheat")
    for number, radius in enumerate(range(560, 60, -62)):
        _disc(pen, scale, 930, 170, radius, outline=wheat if number % 2 else "#5d7099", width=4 + number * 2)
    _disc(pen, scale, 930, 170, 62, fill=wheat)


def _sport(pen: Pen, poster: Poster, scale: int) -> None:
    """Lanes of a running track in its bend."""
    for number in range(8):
        _disc(pen, scale, 1240, -160, 760 - number * 62, fill="#b8502f" if number % 2 == 0 else "#c65f3b")
        _disc(pen, scale, 1240, -160, 760 - number * 62, outline="#fff7ec", width=5)
    _disc(pen, scale, 1240, -160, 760 - 8 * 62, fill="#3f7d52")


def _hearing(pen: Pen, poster: Poster, scale: int) -> None:
    """Seats of a hall, some of them taken by those who came to speak."""
    navy, wheat = poster.colour("navy"), poster.colour("wheat")
    for row in range(6):
        radius, count = 190 + row * 64, 9 + row * 3
        for seat in range(count):
            angle = math.pi * (0.04 + 0.92 * seat / (count - 1))
            fill = wheat if (seat * 7 + row * 5) % 11 == 0 else navy
            _disc(pen, scale, 620 + radius * math.cos(angle), 70 + radius * 0.82 * math.sin(angle), 21, fill=fill)
    pen.rounded_rectangle((540 * scale, 60 * scale, 700 * scale, 128 * scale), 10 * scale, fill=navy)


def _remembrance(pen: Pen, poster: Poster, scale: int) -> None:
    """One candle."""
    def shape(points: Sequence[tuple[float, float]], fill: str) -> None:
        pen.polygon([(x * scale, y * scale) for x, y in points], fill=fill)

    for radius, fill in ((260, "#20293b"), (190, "#273147"), (120, "#313c54")):
        _disc(pen, scale, 240, 300, radius, fill=fill)
    shape(_flame(240, 190, 56, 170), "#e3b95c")
    shape(_flame(240, 256, 28, 96), "#f8ecca")
    pen.line((240 * scale, 352 * scale, 240 * scale, 382 * scale), fill="#0c1119", width=6 * scale)
    pen.rectangle((196 * scale, 376 * scale, 284 * scale, 540 * scale), fill="#d8cdb4")


def _flame(x: float, top: float, half: float, height: float) -> list[tuple[float, float]]:
    side = [(half * math.sin(math.pi * t) * (0.35 + 0.65 * t) * 1.25, top + height * t) for t in _steps(40)]
    return [(x + dx, y) for dx, y in side] + [(x - dx, y) for dx, y in reversed(side)]


def _steps(count: int) -> list[float]:
    return [step / count for step in range(count + 1)]


def _city_day(pen: Pen, poster: Poster, scale: int) -> None:
    """The band, as large as a towel."""
    width = poster.size[0] * scale
    pen.rectangle((0, 0, width, 494 * scale), fill=poster.colour("navy"))
    _band(pen, 28 * scale, width, 20 * scale, "#f6ebcd", poster.colour("wheat"))
    _band(pen, 270 * scale, width, 20 * scale, "#f6ebcd", poster.colour("wheat"))
    pen.rectangle((0, 494 * scale, width, 504 * scale), fill=poster.colour("wheat"))


def _fair(pen: Pen, poster: Poster, scale: int) -> None:
    """The awning of a market stall."""
    step = 124
    for number in range(10):
        fill = "#a4461d" if number % 2 == 0 else "#fff7ec"
        x = number * step
        pen.rectangle((x * scale, 0, (x + step) * scale, 360 * scale), fill=fill)
        _disc(pen, scale, x + step / 2, 360, step / 2, fill=fill)
    pen.rectangle((0, 0, poster.size[0] * scale, 54 * scale), fill="#7d3314")


LOOKS = {
    "concert": Look(_concert, "#14213f", "#ffffff", "wheat", "#e9c574", "#c9d3e6", 690),
    "sport": Look(_sport, "#fbf6ec", "#1b2436", "#b8502f", "#8f3a1d", INK_2, 640),
    "hearing": Look(_hearing, PAPER, "navy", "wheat", "navy", INK_2, 590),
    "remembrance": Look(_remembrance, "#161d2b", "#ffffff", "#8b93a3", "#ece8df", "#b4bccb", 640, REGULAR),
    "city_day": Look(_city_day, PAPER, "navy", "wheat", "navy", INK_2, 570),
    "fair": Look(_fair, "#f9efd9", "#5c2410", "#a4461d", "#8a3815", "#5f4636", 500),
}
"""By the codes of `PosterDesign`."""


# ------------------------------------------------------------------------------- what all drawings share

@cache
def face_of(name: str, size: int) -> Font:
    """A font at a size in pixels."""
    from PIL import ImageFont

    return ImageFont.truetype(str(FONTS / name), size, layout_engine=ImageFont.Layout.BASIC)


def _step(face: Font) -> int:
    return round(face.size * 1.12)


def fitted(text: str, name: str, width: int, height: int, sizes: range) -> tuple[Font, list[str]]:
    """The largest size at which a text fits a box, with its lines; at the smallest the rest is cut with …"""
    face, lines = face_of(name, sizes[-1]), [text]
    for size in sizes:
        face = face_of(name, size)
        lines = wrapped(text, face, width)
        if len(lines) * _step(face) <= height and all(face.getlength(line) <= width for line in lines):
            return face, lines
    room = max(height // _step(face), 1)
    if len(lines) > room:
        lines = [*lines[:room - 1], lines[room - 1].rstrip(" .,;:") + "…"]
    return face, [_cut(line, face, width) for line in lines]


def wrapped(text: str, face: Font, width: int) -> list[str]:
    """Lines of a text; no-break spaces hold."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for word in paragraph.split(" "):
            longer = f"{line} {word}".strip(" ")
            if line and face.getlength(longer) > width:
                lines.append(line)
                longer = word
            line = longer
        lines.append(line)
    return lines


def _cut(line: str, face: Font, width: int) -> str:
    while line and face.getlength(line) > width:
        line = line[:-2].rstrip(" .,;:…") + "…" if len(line) > 2 else ""
    return line


def _lines(pen: Pen, left: int, top: int, lines: Sequence[str], face: Font, fill: str) -> int:
    """Print lines; answers where the next one would stand."""
    for line in lines:
        pen.text((left, top), line, fill, face)
        top += _step(face)
    return top


def _band(pen: Pen, top: int, width: int, cell: int, thread_a: str, thread_b: str) -> None:
    """The embroidery band, its pattern centred."""
    shift = (width // cell) // 2
    for row, cells in enumerate(BAND):
        for column in range(width // cell + 1):
            sign = cells[(column - shift) % 16]
            if sign != ".":
                x, y = column * cell, top + row * cell
                pen.rectangle((x, y, x + cell - 1, y + cell - 1), fill=thread_a if sign == "#" else thread_b)


def _signature(image: Image.Image, pen: Pen, drawing: Drawing, at: tuple[int, int], height: int, ink: str) -> None:
    """The arms with the council's name beside them."""
    arms = shield(height, drawing.colour("navy"), drawing.colour("wheat"))
    image.paste(arms, at, arms)
    width = drawing.size[0] - at[0] * 2 - arms.width - 24
    face, lines = fitted(drawing.publisher, BOLD, width, height, range(38, 22, -2))
    top = at[1] + (height - len(lines) * _step(face)) // 2
    _lines(pen, at[0] + arms.width + 24, top, lines, face, ink)


@cache
def shield(height: int, navy: str = "#173058", wheat: str = "#d9a437") -> Image.Image:
    """The arms, `height` pixels high, RGBA: the rhomb over two waves, with its gold outline."""
    from PIL import Image, ImageDraw

    unit = 24  # pixels a unit of the 38 × 44 grid, before it is made small
    image = Image.new("RGBA", (38 * unit, 44 * unit), (0, 0, 0, 0))
    pen = ImageDraw.Draw(image)
    right = [*_curve((36.5, 24.8), (36.5, 33.5), (29.9, 38.8), (19, 42.5))]
    outline = [(1.5, 1.5), (36.5, 1.5), *right, *[(38 - x, y) for x, y in reversed(right)]]
    for grow, fill in ((1.0, wheat), (-1.0, navy)):
        points = [(x + grow * (x - 19) / 17.5, y + grow * (y - 22) / 20.5) for x, y in outline]
        pen.polygon([(x * unit, y * unit) for x, y in points], fill=fill)
    for row, cells in enumerate(RHOMB):
        for column, sign in enumerate(cells):
            if sign != ".":
                x, y = (8.55 + column * 1.9) * unit, (4.6 + row * 1.9) * unit
                pen.rectangle((x, y, x + 1.9 * unit - 1, y + 1.9 * unit - 1),
                              fill="#ffffff" if sign == "#" else "#e3b95c")
    for left, wide, y in ((5.8, 26.4, 30.2), (11.5, 15, 34.6)):
        wave = [(left + wide * t, y - 0.75 * math.sin(t * math.pi * wide / 6.6)) for t in _steps(120)]
        pen.line([(x * unit, v * unit) for x, v in wave], fill="#8fb4e8", width=round(1.6 * unit), joint="curve")
        for x, v in (wave[0], wave[-1]):
            _disc(pen, unit, x, v, 0.8, fill="#8fb4e8")
    return image.resize((round(38 * height / 44), height), Image.Resampling.LANCZOS)


def _curve(*points: tuple[float, float]) -> list[tuple[float, float]]:
    """A cubic Bézier curve as points."""
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = points
    return [((1 - t) ** 3 * ax + 3 * (1 - t) ** 2 * t * bx + 3 * (1 - t) * t * t * cx + t ** 3 * dx,
             (1 - t) ** 3 * ay + 3 * (1 - t) ** 2 * t * by + 3 * (1 - t) * t * t * cy + t ** 3 * dy)
            for t in _steps(24)]
