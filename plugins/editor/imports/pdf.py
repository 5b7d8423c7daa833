"""PDF with a text layer → blocks: lines become paragraphs by their place on the page, ruled tables become tables."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import Any

from .blocks import MARKER, Block, Pages, Paragraph, Refused, Table, tidy

MAX_PAGES = 600
MARGIN = 60
"""Points from the edge of the page in which a lone number is the page's own."""
PAGE_NUMBER = re.compile(r"[-–—\s]*\d{1,3}[-–—\s]*|(?:сторінка|стор\.?)\s*\d.*", re.I)
INDENT = 12
"""Points to the right of the text's edge at which a new paragraph begins."""


def read(content: bytes) -> Pages:
    """The blocks of a file. Errors: Refused."""
    import pdfplumber

    try:
        document = pdfplumber.open(io.BytesIO(content))
        count = len(document.pages)
    except Exception as error:  # whatever the parser meets in a broken or locked file
        raise Refused("PDF не відкривається: його пошкоджено або захищено паролем.") from error
    if count > MAX_PAGES:
        raise Refused(f"у PDF {count} сторінок, а можна {MAX_PAGES}.")
    pages, empty = Pages(), []
    with document:
        for number, page in enumerate(document.pages, 1):
            try:
                blocks = list(_page(page))
            except Exception as error:
                raise Refused(f"сторінку {number} не вдається прочитати.") from error
            finally:
                page.close()
            _join(pages.blocks, blocks)
            if not blocks:
                empty.append(number)
    if not pages.blocks:
        raise Refused("у PDF немає тексту: це скан. Розпізнайте його або візьміть документ у Word.")
    if empty:
        pages.remarks.append(f"сторінки без тексту (скан чи малюнок): {', '.join(map(str, empty))}; їх не перенесено.")
    pages.remarks.append("абзаци PDF складено за виглядом сторінки: перечитайте текст.")
    return pages


def _page(page: Any) -> Iterator[Block]:
    """Lines outside of tables as paragraphs, tables where they stand."""
    tables = [table for table in page.find_tables() if len(table.rows) > 1 and len(table.rows[0].cells) > 1]
    lines = [line for line in page.extract_text_lines(x_tolerance=1.5, return_chars=True)
             if not any(_is_inside(line, table.bbox) for table in tables) and not _is_page_number(line, page)]
    for line in lines:
        line["text"] = tidy(line["text"])
    lines = [line for line in lines if line["text"]]
    places: list[tuple[float, Any]] = [(table.bbox[1], table) for table in tables]
    for top, table in sorted(places, key=lambda place: place[0]):
        above = [line for line in lines if line["top"] < top]
        lines = lines[len(above):]
        yield from _paragraphs(above, page)
        rows = [row for cells in table.extract() if any(row := [tidy(cell or "") for cell in cells])]
        if rows:
            yield Table(rows)
    yield from _paragraphs(lines, page)


def _is_inside(line: Any, box: Sequence[float]) -> bool:
    middle = (line["top"] + line["bottom"]) / 2
    return bool(box[1] <= middle <= box[3] and line["x0"] >= box[0] - 2 and line["x1"] <= box[2] + 2)


def _is_page_number(line: Any, page: Any) -> bool:
    is_at_edge = line["top"] < MARGIN or line["bottom"] > page.height - MARGIN
    return bool(is_at_edge and PAGE_NUMBER.fullmatch(line["text"].strip()))


def _paragraphs(lines: Sequence[Any], page: Any) -> Iterator[Block]:
    if not lines:
        return
    left, right = min(line["x0"] for line in lines), max(line["x1"] for line in lines)
    gaps = [after["top"] - before["bottom"] for before, after in pairwise(lines)]
    usual = median(gaps) if gaps else 0.0
    gathered: list[Any] = []
    for line in lines:
        if gathered and _begins(line, gathered[-1], left, right, usual, page):
            yield _paragraph(gathered, page)
            gathered = []
        gathered.append(line)
    yield _paragraph(gathered, page)


def _begins(line: Any, before: Any, left: float, right: float, usual: float, page: Any) -> bool:
    """True where a new paragraph begins: a point, a gap, an indent, a centred line, an end before the edge."""
    height = line["bottom"] - line["top"]
    if MARKER.match(line["text"]) and not before["text"].endswith(("№", "ст.", "п.", "від")):
        return True
    if line["top"] - before["bottom"] > max(usual, 0) + 0.55 * height:
        return True
    if _is_centred(line, page) or _is_centred(before, page) or _is_bold(line) is not _is_bold(before):
        return True
    if line["x0"] > left + INDENT and before["x0"] <= left + INDENT:
        return True
    is_short = before["x1"] < right - 0.2 * (right - left)
    is_sentence = before["text"][-1:] in ".;:!?" or line["text"][:1].isupper()
    return bool(is_short and is_sentence)


def _is_centred(line: Any, page: Any) -> bool:
    before, after = line["x0"], page.width - line["x1"]
    return bool(abs(before - after) < 25 and before > 0.2 * page.width) or bool(
        abs(before - after) < 12 and before > 0.13 * page.width and line["text"].isupper())


def _is_bold(line: Any) -> bool:
    names = [str(char.get("fontname", "")).lower() for char in line["chars"] if char["text"].strip()]
    return bool(names) and all("bold" in name or "black" in name for name in names)


def _paragraph(lines: Sequence[Any], page: Any) -> Paragraph:
    text = ""
    for line in lines:
        is_broken = text.endswith("-") and line["text"][:1].islower()
        text = f"{text}{line['text']}" if is_broken or not text else f"{text} {line['text']}"
    return Paragraph(tidy(text), is_bold=all(map(_is_bold, lines)),
                     is_centred=all(_is_centred(line, page) for line in lines))


def _join(blocks: list[Block], more: list[Block]) -> None:
    """A paragraph or a table may go on from the page before."""
    first = more[0] if more else None
    last = blocks[-1] if blocks else None
    if isinstance(first, Paragraph) and isinstance(last, Paragraph):
        if first.text[:1].islower() and last.text[-1:] not in ".;:!?":
            last.text = f"{last.text} {first.text}"
            more = more[1:]
    elif isinstance(first, Table) and isinstance(last, Table) and len(first.rows[0]) == len(last.rows[0]):
        rows = first.rows[1:] if first.rows[0] == last.rows[0] else first.rows
        last.rows += rows
        more = more[1:]
    blocks += more
