"""A booklet: pages two by two on sheets, in the order for a saddle stitch.

Links and bookmarks lead to pages, so a document that is to be a booklet has none.
"""

from __future__ import annotations


def sheets_of(count: int) -> list[tuple[int | None, int | None]]:
    """(left, right) page of each side of the sheets, from 0; None is blank. Blanks stand before the last page, which is
    the back cover. Sides follow each other as a printer turns them, along the short edge.
    """
    blanks = -count % 4
    pages: list[int | None] = [*range(count - 1), *([None] * blanks), count - 1]
    last = len(pages) - 1
    return [(pages[last - side], pages[side]) if side % 2 == 0 else (pages[side], pages[last - side])
            for side in range(len(pages) // 2)]


def booklet(content: bytes) -> bytes:
    """The sheets of a PDF; each is twice as wide as a page. The same bytes for the same bytes."""
    from .binding import bound

    return bound(content)
