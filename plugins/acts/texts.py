"""Texts of drafts and acts in HTML, their points as sections with anchors: rendered once for the page and for data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from plugins.records import Library, Report, render_text

from . import points

if TYPE_CHECKING:
    from .model import ActDocument

Place = tuple[str | int, ...]


def text_of(document: ActDocument, place: Place, text: str, library: Library) -> Markup:
    """A text with its points as sections that have anchors; a text without numbers as it was rendered."""
    name = ".".join(map(str, place))
    tree = points.parse(text)
    if not any(isinstance(item, points.Point) for item in tree):
        return document.html(name)

    def render() -> Markup:
        # The plain text was rendered when it was linked: its faults are told and its links wait to be checked already.
        known = len(library.pending)
        html = render_text(document, place, points.marked(tree), library, Report(), has_points="<" not in text)
        del library.pending[known:]
        return html

    return document.with_points(name, render)


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
