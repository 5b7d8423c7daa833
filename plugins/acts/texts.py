"""Texts of documents as HTML: points are sections with anchors, headings stand under those of the page.

A document's own texts are rendered once, for its page and for data.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markupsafe import Markup

from plugins.records import Library, Report, render_text

from . import points

if TYPE_CHECKING:
    from .model import ActDocument

HEADING = re.compile(r"<(/?)h([2-5])(?=[ >])")
Place = tuple[str | int, ...]


def text_of(document: ActDocument, place: Place, text: str, library: Library) -> Markup:
    """A text of a document with its points as sections; one without numbers as it was rendered."""
    name = ".".join(map(str, place))
    if not any(isinstance(item, points.Point) for item in points.parse(text)):
        return document.html(name)
    return document.with_points(name, lambda: rendered(document, place, text, library))


def rendered(document: ActDocument, place: Place, text: str, library: Library, prefix: str = "") -> Markup:
    """A text that is the document's own or was made of it; `prefix` keeps ids of several on one page apart."""
    # What it is made of was rendered when it was linked: its faults are told and its links wait to be checked already.
    known = len(library.pending)
    marked = points.marked(points.parse(text), prefix)
    html = render_text(document, place, marked, library, Report(), prefix, has_points="<" not in text)
    del library.pending[known:]
    return html


def texts_of(document: ActDocument, library: Library) -> tuple[Markup, ...]:
    """The text of a document, then those of its annexes."""
    return (text_of(document, ("text",), document.text, library),
            *(text_of(document, ("annexes", number, "text"), annex.text, library)
              for number, annex in enumerate(document.annexes)))


def point_of(document: ActDocument, mention: str) -> tuple[int, str] | None:
    """Where a citation leads: 0 for the text itself or the number of an annex, and the anchor of the point there."""
    for number, text in enumerate((document.text, *(annex.text for annex in document.annexes))):
        if point := points.find(points.parse(text), mention):
            return number, point.anchor
    return None


def below_h2(html: Markup) -> Markup:
    """The text with its headings one level lower: on the page it stands under a heading of its own."""
    return Markup(HEADING.sub(lambda match: f"<{match[1]}h{int(match[2]) + 1}", html))  # noqa: S704 — clean already
