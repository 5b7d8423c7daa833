"""Blocks of Akoma Ntoso 3.0 as text: what an element that has ended becomes inside of the one around it.

Each place takes only what the schema allows there: an item of a list holds paragraphs and lists, anything more makes it
an item of a list of blocks; words around points stand in their introduction, between or after them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

NUMBER = re.compile(r"(\d[\d.⁰¹²³⁴⁵⁶⁷⁸⁹-]*[.)]?)\s+")
HEADINGS = {f"h{level}": level for level in range(1, 7)}
LISTS = ("ul", "ol")
FLOWS = {"blockquote": "blockquote", "dd": "dd", "pre": "pre", "dt": "dt", "figcaption": "caption"}
"""Blocks that the standard does not know, and the class under which they stand."""
EMPTY = "<p/>"
Block = tuple[str, str]
"""(kind, text): p, list, table, other, or hier for points and sections."""


@dataclass(slots=True)
class Frame:
    """An open element: what was read of it so far."""

    tag: str
    level: int = 0
    """Of a heading; the first number of a list; the number of an item; 1 for the first words of a point."""
    attributes: str = ""
    number: str = ""
    heading: str = ""
    blocks: list[Block] = field(default_factory=list)
    items: list[Frame] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    """Cells of a row, rows of a table."""


@dataclass(slots=True)
class Text:
    """A text in the words of the standard."""

    preamble: str
    body: str
    """Hierarchical elements, one at least."""
    notes: str


def put(frame: Frame, outer: Frame, depth: int, notes: list[str]) -> None:
    """An element has ended: it becomes a part of the one around it. `depth`: how many points are around a point."""
    tag = frame.tag
    if tag == "point":
        outer.blocks.append(("hier", _hierarchical("point" if depth else "paragraph", frame)))
    elif tag == "heading":
        outer.blocks.append(("hier", _hierarchical("section", frame)))
    elif tag in HEADINGS:
        _heading(frame, outer)
    elif tag in LISTS:
        _list(frame, outer, notes)
    elif tag == "li" and outer.tag in LISTS:
        outer.items.append(frame)
    elif tag in ("td", "th") and outer.tag == "tr":
        outer.parts.append(f"<{tag}{frame.attributes}>{_joined(frame)}</{tag}>")
    elif tag == "tr" and frame.parts:
        outer.parts.append(f"<tr>{''.join(frame.parts)}</tr>")
        outer.blocks += frame.blocks
    elif tag == "caption" and outer.tag == "table" and not outer.heading:
        _caption(frame, outer)
    elif tag == "table":
        _table(frame, outer)
    elif tag in ("blockquote", "dd") and frame.blocks:
        outer.blocks.append(("other", f'<blockContainer class="{FLOWS[tag]}">{_joined(frame)}</blockContainer>'))
    else:
        outer.blocks += frame.blocks


def line_point(name: str, number: str, words: str, depth: int) -> Block:
    """A point of one line without marks as a part of what is around it; `name` is the attribute of its identifier."""
    tag, text = "point" if depth else "paragraph", words.strip()
    head = f"<num>{sign}</num>" if (sign := number.strip()) else ""
    return "hier", f"<{tag}{name}>{head}<content>{f'<p>{text}</p>' if text else ''}</content></{tag}>"


def whole_text(frame: Frame, notes: Sequence[str]) -> Text:
    """The text of a document: words before its points are the preamble."""
    runs = list(_runs(frame.blocks))
    preamble = runs.pop(0)[1] if len(runs) > 1 and not runs[0][0] else ""
    body = "".join(text if is_hier else _unnumbered(text) for is_hier, text in runs)
    return Text(preamble, body or _unnumbered(""), "".join(notes))


def _heading(frame: Frame, outer: Frame) -> None:
    """A heading belongs to its section or point; anywhere else it is a paragraph."""
    if outer.tag == "heading" and not outer.heading and not outer.blocks:
        outer.heading = frame.heading
    elif outer.tag == "point" and frame.level:
        match = NUMBER.match(frame.heading) if not outer.number else None
        outer.number = match[1] if match else outer.number
        outer.heading = frame.heading[match.end():] if match else frame.heading
    elif frame.heading:
        outer.blocks.append(("p", f'<p class="heading">{frame.heading}</p>'))
    outer.blocks += frame.blocks


def _list(frame: Frame, outer: Frame, notes: list[str]) -> None:
    """A list; with tables or quotations in it, a list of blocks; at the end of the text, the notes."""
    items = frame.items
    if outer.tag == "notes":
        notes += [f"<note{item.attributes}>{_joined(item) or EMPTY}</note>" for item in items if item.attributes]
        outer.blocks += [block for item in items if not item.attributes for block in item.blocks]
    elif items and all(kind in ("p", "list") for item in items for kind, _ in item.blocks):
        rows = "".join(f"<li{item.attributes}{_value(item, index, frame)}>{_joined(item)}</li>"
                       for index, item in enumerate(items))
        outer.blocks.append(("list", f"<{frame.tag}>{rows}</{frame.tag}>"))
    elif items:
        rows = "".join(f"<item{item.attributes}><num>{_mark(index, frame)}</num>{_joined(item) or EMPTY}</item>"
                       for index, item in enumerate(items))
        outer.blocks.append(("other", f"<blockList>{rows}</blockList>"))
    outer.blocks += frame.blocks


def _value(item: Frame, index: int, frame: Frame) -> str:
    """The number of an item where it is not the next one anyway."""
    number = item.level or (frame.level if index == 0 and frame.tag == "ol" else 0)
    return f' value="{number}"' if number else ""


def _mark(index: int, frame: Frame) -> str:
    return str((frame.level or 1) + index) if frame.tag == "ol" else "–"


def _caption(frame: Frame, outer: Frame) -> None:
    outer.heading = " ".join(text[text.index(">") + 1:-len("</p>")] for kind, text in frame.blocks if kind == "p")
    outer.blocks += [block for block in frame.blocks if block[0] != "p"]


def _table(frame: Frame, outer: Frame) -> None:
    if frame.parts:
        caption = f"<caption>{frame.heading}</caption>" if frame.heading else ""
        outer.blocks.append(("table", f"<table>{caption}{''.join(frame.parts)}</table>"))
    elif frame.heading:
        outer.blocks.append(("p", f"<p>{frame.heading}</p>"))
    outer.blocks += frame.blocks


def _hierarchical(name: str, frame: Frame) -> str:
    number = frame.number.strip()
    head = (f"<num>{number}</num>" if number else "") + (f"<heading>{frame.heading}</heading>" if frame.heading else "")
    runs = list(_runs(frame.blocks))
    if not any(is_hier for is_hier, _ in runs):
        inner = f"<content>{_joined(frame)}</content>"
    else:
        inner = "".join(text if is_hier else _around(text, index, len(runs))
                        for index, (is_hier, text) in enumerate(runs))
    return f"<{name}{frame.attributes}>{head}{inner}</{name}>"


def _around(text: str, index: int, count: int) -> str:
    if index in (0, count - 1):
        name = "wrapUp" if index else "intro"
        return f"<{name}>{text}</{name}>"
    return _unnumbered(text)


def _unnumbered(blocks: str) -> str:
    return f'<hcontainer name="text"><content>{blocks}</content></hcontainer>'


def _runs(blocks: Sequence[Block]) -> Iterator[tuple[bool, str]]:
    """(True, elements with numbers or headings) and (False, other blocks) in turn."""
    run: list[str] = []
    before = False
    for kind, text in blocks:
        if run and (kind == "hier") is not before:
            yield before, "".join(run)
            run = []
        before = kind == "hier"
        run.append(text)
    if run:
        yield before, "".join(run)


def _joined(frame: Frame) -> str:
    return "".join(text for _, text in frame.blocks)
