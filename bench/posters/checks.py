"""What a reader of the finished PDF says: where words stand, whether they meet, what lies under them.

Knows nothing of templates: words come from pdfplumber, the ground from the same page drawn without its words.
"""
from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import pdfplumber
import pikepdf

CAP, DESCENT = 0.72, 0.2
"""Heights of capitals and depth of letters in sizes: what the eye sees of a line."""
SLACK = 0.4
"""Points that rounding may take."""
UNIFORM = 6
"""Steps of 255 by which pixels of one field may differ."""
READABLE = 4.5
SHAPES = {"m", "l", "c", "v", "y", "h", "re", "S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "n", "W", "W*", "Do"}
"""Operators that draw or clip shapes (ISO 32000-1, 8.5)."""
UNSEEN = dict.fromkeys(map(ord, " \t\n\u00a0\u202f\u2009\u200b\u2060\u00ad"), None)


@dataclass(frozen=True)
class Line:
    """A line of words: its box (points from the page's upper left corner), size, colour as three parts of 0–1."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    size: float
    colour: tuple[float, ...]


@dataclass(frozen=True)
class Seen:
    """What is wrong with a page, and the least contrast and the smallest letters on it."""

    faults: tuple[str, ...]
    contrast: float
    size: float


def lines_of(page: Any) -> list[Line]:
    """The lines of a page in the order of the file."""
    groups: dict[tuple[Any, ...], list[dict[str, Any]]] = defaultdict(list)
    for letter in page.chars:
        groups[letter.get("mcid"), round(letter["matrix"][5], 1), letter["fontname"]].append(letter)
    return [_line(letters, float(page.height)) for letters in groups.values()]


def _line(letters: list[dict[str, Any]], high: float) -> Line:
    size = max(letter["size"] for letter in letters)
    base = high - letters[0]["matrix"][5]
    return Line("".join(letter["text"] for letter in letters), min(letter["x0"] for letter in letters),
                base - CAP * size, max(letter["x1"] for letter in letters), base + DESCENT * size, size,
                _rgb(letters[0]["non_stroking_color"]))


def _rgb(parts: Any) -> tuple[float, ...]:
    values = tuple(float(part) for part in (parts if isinstance(parts, tuple | list) else (parts,)))
    if len(values) == 4:
        return tuple((1 - value) * (1 - values[3]) for value in values[:3])
    return values if len(values) == 3 else values * 3


def see(content: bytes, expected: tuple[str, ...], *, free: tuple[float, float] = (0, 0)) -> Seen:
    """Look at all pages of a PDF. `expected`: texts that must be there whole; `free`: parts of the height at top and
    bottom where no word may stand."""
    faults: list[str] = []
    least, small = 21.0, 1e9
    grounds, words_only, cuts = _apart(content)
    with pdfplumber.open(io.BytesIO(words_only)) as pdf:
        for number, page in enumerate(pdf.pages):
            lines = [line for line in lines_of(page) if line.text.strip()]
            text = "".join(letter["text"] for letter in page.chars).translate(UNSEEN)
            faults += [f"{number}: бракує «{words[:40]}»" for words in expected if words.translate(UNSEEN) not in text]
            faults += [f"{number}: {fault}" for fault in _places(lines, cuts[number], free)]
            found, ratio = _grounds(lines, grounds[number], float(page.width))
            faults += [f"{number}: {fault}" for fault in found]
            least, small = min(least, ratio), min(small, *(line.size for line in lines))
    return Seen(tuple(faults), least, small)


def _places(lines: list[Line], cut: tuple[float, ...], free: tuple[float, float]) -> list[str]:
    left, top, right, bottom = cut
    top, bottom = top + (bottom - top) * free[0], bottom - (bottom - top) * free[1]
    faults = [f"поза аркушем «{line.text[:30]}»" for line in lines
              if line.x0 < left - SLACK or line.x1 > right + SLACK or line.y0 < top - SLACK or line.y1 > bottom + SLACK]
    return faults + [f"«{one.text[:20]}» на «{other.text[:20]}»" for one, other in combinations(lines, 2)
                     if min(one.x1, other.x1) - max(one.x0, other.x0) > SLACK
                     and min(one.y1, other.y1) - max(one.y0, other.y0) > SLACK]


def _cut(page: Any) -> tuple[float, ...]:
    """What is left of a page when it is cut: x0, top, x1, bottom."""
    box, high = [float(side) for side in page.obj.get("/TrimBox", page.mediabox)], float(page.mediabox[3])
    return box[0], high - box[3], box[2], high - box[1]


def _grounds(lines: list[Line], image: Any, wide: float) -> tuple[list[str], float]:
    """Lines that do not stand on one colour, and the least contrast."""
    faults, least = [], 21.0
    scale = image.width / wide
    for line in lines:
        box = (int(line.x0 * scale), int(line.y0 * scale), int(line.x1 * scale) + 1, int(line.y1 * scale) + 1)
        field = image.crop(box)
        extremes = field.getextrema()
        if any(high - low > UNIFORM for low, high in extremes):
            faults.append(f"не на суцільному полі «{line.text[:30]}»")
        ground = tuple(low / 255 for low, _ in extremes)
        ratio = contrast(line.colour, ground)
        least = min(least, ratio)
        if ratio < READABLE:
            faults.append(f"контраст {ratio:.2f} «{line.text[:30]}»")
    return faults, least


def contrast(one: tuple[float, ...], other: tuple[float, ...]) -> float:
    """Of two colours of 0–1 parts (WCAG 2.2)."""
    dark, light = sorted(_luminance(colour) for colour in (one, other))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: tuple[float, ...]) -> float:
    parts = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def _apart(content: bytes) -> tuple[list[Any], bytes, list[tuple[float, ...]]]:
    """The pages as pictures with everything but the words; a PDF with nothing but the words, which is read faster; what
    is left of each page when it is cut."""
    import pymupdf  # type: ignore[import-untyped]
    from PIL import Image

    words, drawings = io.BytesIO(), io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        cuts = [_cut(page) for page in pdf.pages]
        steps = [list(pikepdf.parse_content_stream(page)) for page in pdf.pages]
        for out, part in ((drawings, _drawn), (words, _said)):
            for page, whole in zip(pdf.pages, steps, strict=True):
                page.Contents = pdf.make_stream(pikepdf.unparse_content_stream(list(part(whole))))
            pdf.save(out, compress_streams=False)
    drawn = pymupdf.open(stream=drawings.getvalue(), filetype="pdf")
    pictures = []
    for page in drawn:
        pixels = page.get_pixmap(matrix=pymupdf.Matrix(1, 1) if page.rect.width < 1300 else pymupdf.Matrix(0.5, 0.5))
        pictures.append(Image.frombytes("RGB", (pixels.width, pixels.height), pixels.samples))
    return pictures, words.getvalue(), cuts


def _said(steps: list[Any]) -> Iterator[Any]:
    """A page without its shapes."""
    yield from (step for step in steps if str(step.operator) not in SHAPES)


def _drawn(steps: list[Any]) -> Iterator[Any]:
    """What a page draws but letters."""
    is_text = False
    for step in steps:
        name = str(step.operator)
        is_text = name == "BT" or (is_text and name != "ET")
        if not is_text and name != "ET":
            yield step
