"""The numbered points of an act's text, parsed once into one tree that page, citations, amendments and diffs share.

A text is a row of passages (a preamble, a heading) and points; a point holds the lines up to the next number, and the
points below it. Nothing is lost: put together again, the pieces are the text, letter for letter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from typing import NamedTuple

from plugins.records import frozen

Path = tuple[str, ...]
"""The numbers from the root: 1.1.2 → ("1", "1", "2"); an inserted point keeps its own: 3-1, 3¹."""

SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
NUMBER = r"[0-9]{1,3}(?:-[0-9]{1,2}|[⁰¹²³⁴⁵⁶⁷⁸⁹]+)?"
MARKER = re.compile(rf"(?P<indent> *)(?P<hashes>#{{1,6}} +)?"
                    rf"(?P<number>(?:{NUMBER}\.)+{NUMBER}[.)]?|{NUMBER}[.)])(?:[ \t\u00a0]+|$)")
HEADING = re.compile(r" {0,3}#{1,6} ")
FENCE = re.compile(r" {0,3}(```|~~~)")
LINE = re.compile(r"[^\n]*\n|[^\n]+")
MENTION = re.compile(NUMBER)
SUBPOINT = re.compile(r"підпункт\w*\s+(?P<low>\S+)\s+пункт\w*\s+(?P<high>\S+)", re.I)


@frozen
class Passage:
    """Lines outside of the points: the preamble, a heading between points."""

    source: str


@frozen
class Point:
    """A point. `number` is as written («1.1.», «2)»); `marker` what stands before its words on the first line."""

    number: str
    path: Path
    anchor: str
    marker: str
    source: str
    children: tuple[Point, ...]


Tree = tuple[Passage | Point, ...]


@dataclass(slots=True)
class _Open:
    """A point while its lines are still being read."""

    number: str
    path: Path
    style: str
    """What tells levels of single numbers apart: a heading, a full stop, a bracket; empty for 1.1."""
    marker: str
    lines: list[str]
    children: list[_Open]


@lru_cache(maxsize=256)
def parse(text: str) -> Tree:
    """The tree of a Markdown text. A text without numbers is one passage, an empty one has no parts."""
    roots: list[list[str] | _Open] = []
    opened: list[_Open] = []
    fence = ""
    is_tight = False
    for line in LINE.findall(text):
        bare = line.rstrip("\r\n")
        begun = None if fence else _begins(bare, opened, is_tight)
        fence = _fence_after(bare, fence)
        is_tight = bool(bare.strip())
        if begun:
            level, point = begun
            point.lines.append(line[len(point.marker):])
            del opened[level:]
            (opened[-1].children if opened else roots).append(point)
            opened.append(point)
        elif not fence and HEADING.match(bare):
            opened.clear()
            roots.append([line])
        elif opened:
            opened[-1].lines.append(line)
        elif roots and isinstance(roots[-1], list):
            roots[-1].append(line)
        else:
            roots.append([line])
    taken: dict[str, int] = {}
    return tuple(_closed(item, taken) if isinstance(item, _Open) else Passage("".join(item)) for item in roots)


def _fence_after(line: str, fence: str) -> str:
    match = FENCE.match(line)
    if not match:
        return fence
    return "" if fence == match[1] else fence or match[1]


def _begins(line: str, opened: list[_Open], is_tight: bool) -> tuple[int, _Open] | None:
    """The point that begins on this line, and how many of the open ones stay open above it; None for other lines.

    Right after another line (`is_tight`) only the very next number counts, so that a wrapped «… у сумі / 15. » or a
    date stays text; after a blank line numbers may skip (a repealed point leaves a gap).
    """
    match = MARKER.match(line)
    if not match or len(match["indent"]) > 8:
        return None
    number, is_heading = match["number"], bool(match["hashes"])
    parts = _numbers(number)
    if len(parts) == 1 and number.endswith(".") and len(match["indent"]) > 1:
        return None  # a nested Markdown list: it belongs to its point
    style = "" if len(parts) > 1 else "#" if is_heading else number[-1]
    level = _level(parts, style, opened)
    path = parts if len(parts) > 1 else (*(opened[level - 1].path if level else ()), parts[0])
    before = opened[level] if level < len(opened) else None
    if not before or before.path[:-1] != path[:-1] or before.style != style:  # the first at its level
        is_one = order(path[-1]) == (1, 0) or (not opened and not is_tight) or is_heading
    elif is_tight:
        is_one = _follows(before.path[-1], path[-1])
    else:
        is_one = order(path[-1]) > order(before.path[-1])
    return (level, _Open(number, path, style, match[0], [], [])) if is_one else None


def _level(parts: Path, style: str, opened: list[_Open]) -> int:
    """How many of the open points stay open above a new one."""
    if len(parts) > 1:
        above = [i + 1 for i, point in enumerate(opened)
                 if len(point.path) < len(parts) and parts[: len(point.path)] == point.path]
        return above[-1] if above else 0
    return next((i for i, point in enumerate(opened) if point.style == style), len(opened))


def _closed(point: _Open, taken: dict[str, int]) -> Point:
    anchor = "p-" + "-".join([_plain(step).replace("-", "_") for step in point.path])
    taken[anchor] = taken.get(anchor, 0) + 1
    if taken[anchor] > 1:
        # Numbers begin anew after a heading: the second «1.» is p-1.2, which no other number can be.
        anchor = f"{anchor}.{taken[anchor]}"
    children = tuple(_closed(child, taken) for child in point.children)
    return Point(point.number, point.path, anchor, point.marker, "".join(point.lines), children)


@lru_cache
def _numbers(number: str) -> Path:
    return tuple(part for part in number.rstrip(".)").split(".") if part)


@lru_cache
def _plain(step: str) -> str:
    """`3¹` and `3-1` are one number written in two ways."""
    match = re.fullmatch(r"([0-9]+)([⁰¹²³⁴⁵⁶⁷⁸⁹]+)", step)
    return f"{match[1]}-{match[2].translate(SUPERSCRIPTS)}" if match else step


@lru_cache
def order(step: str) -> tuple[int, int]:
    """What sorts numbers of one level: 3, 3-1, 4."""
    first, _, second = _plain(step).partition("-")
    return int(first), int(second or 0)


def _follows(before: str, step: str) -> bool:
    """True for the very next number: 3 → 4, 3 → 3-1, 3-1 → 3-2, 3-1 → 4."""
    (major, minor), new = order(before), order(step)
    return new in ((major + 1, 0), (major, minor + 1))


# --------------------------------------------------------------------------- what is done with a tree

def walk(tree: Tree) -> Iterator[Point]:
    """Every point, in the order of the text."""
    for item in tree:
        if isinstance(item, Point):
            yield item
            yield from walk(item.children)


class Span(NamedTuple):
    """Where a point stands in its text, the points below it included."""

    point: Point
    start: int
    end: int


def spans(tree: Tree, start: int = 0) -> Iterator[Span]:
    """Every point with its place, in the order of the text."""
    for item in tree:
        if isinstance(item, Passage):
            start += len(item.source)
            continue
        below = start + len(item.marker) + len(item.source)
        inner = list(spans(item.children, below))
        end = below + len(source(item.children))
        yield Span(item, start, end)
        yield from inner
        start = end


def plain_path(point: Point) -> Path:
    """Its numbers from the root, each in its one spelling."""
    return tuple(map(_plain, point.path))


def source(tree: Tree) -> str:
    """The text again, letter for letter."""
    return "".join(item.source if isinstance(item, Passage) else item.marker + item.source + source(item.children)
                   for item in tree)


def path_of(mention: str) -> Path:
    """What a citation means: «1.1», «п. 1.1.», «підпункт 2 пункту 1» → ("1", "1"), ("1", "1"), ("1", "2")."""
    if match := SUBPOINT.search(mention):
        mention = f"{match['high']} {match['low']}"
    return tuple(_plain(step) for step in MENTION.findall(mention))


def find(tree: Tree, mention: str) -> Point | None:
    """The point that a citation means, or None."""
    wanted = path_of(mention)
    return next((point for point in walk(tree) if plain_path(point) == wanted), None) if wanted else None


def marked(tree: Tree, prefix: str = "") -> str:
    """The text as Markdown in which each point is a block with its anchor; numbers stay as written.

    The whole text is rendered in one piece, so that footnotes and references by name keep working across points.
    `prefix` keeps anchors of several texts of a page apart.
    """
    return "".join(item.source if isinstance(item, Passage) else "\n" + _block(item, prefix) for item in tree)


def anchor_in(point: Point, prefix: str) -> str:
    """Its anchor on a page of several texts: `p-d1-3`, which no number can be."""
    return f"p-{prefix}{point.anchor.removeprefix('p-')}"


def _block(point: Point, prefix: str) -> str:
    inside = "".join(_block(child, prefix) for child in point.children)
    anchor = anchor_in(point, prefix)
    if "#" in point.marker:
        body = point.marker.lstrip() + point.source
    else:
        first, _, rest = point.source.partition("\n")
        width = len(point.marker)
        lines = "\n".join(_dedented(line, width) for line in rest.split("\n"))
        label = escape(f"{'Підпункт' if point.number.endswith(')') else 'Пункт'} {point.number}")
        gap = " " if first.strip() else "\n\n"
        body = f'<a href="#{anchor}" aria-label="{label}">{point.number}</a>{gap}{first.strip()}\n{lines}'
    return f'<div id="{anchor}">\n\n{body.rstrip()}\n\n{inside}</div>\n\n'


def _dedented(line: str, width: int) -> str:
    """A continuation line without the spaces that Markdown lists ask for."""
    spaces = len(line) - len(line.lstrip(" "))
    return line[min(spaces, width):]
