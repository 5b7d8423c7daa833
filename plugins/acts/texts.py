"""Texts of documents as HTML: points are sections with anchors, headings stand under those of the page."""

from __future__ import annotations

import re

from markupsafe import Markup

from plugins.records import Library, Report, render_text

from . import points
from .model import ActDocument

HEADING = re.compile(r"<(/?)h([2-5])(?=[ >])")


def text_of(document: ActDocument, place: tuple[str | int, ...], text: str, library: Library) -> Markup:
    """A text of a document; one without numbers as it was rendered."""
    if not any(isinstance(item, points.Point) for item in points.parse(text)):
        return document.html(".".join(map(str, place)))
    return rendered(document, place, text, library)


def rendered(document: ActDocument, place: tuple[str | int, ...], text: str, library: Library,
             prefix: str = "") -> Markup:
    """A text that is the document's own or was made of it; `prefix` keeps ids of several on one page apart."""
    # What it is made of was rendered when it was linked: its faults are told and its links wait to be checked already.
    known = len(library.pending)
    marked = points.marked(points.parse(text), prefix)
    html = render_text(document, place, marked, library, Report(), prefix, has_points="<" not in text)
    del library.pending[known:]
    return html


def below_h2(html: Markup) -> Markup:
    """The text with its headings one level lower: on the page it stands under a heading of its own."""
    return Markup(HEADING.sub(lambda match: f"<{match[1]}h{int(match[2]) + 1}", html))  # noqa: S704 — clean already
