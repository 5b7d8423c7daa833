"""Two revisions of a document side by side: which fields and texts say another thing, paragraph by paragraph.

Nothing is smoothed over: a comma is a change, and so are spaces. What is no text is told by its size and its digest.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any

from plugins.records import Document, frozen
from plugins.records.components import MarkedRow
from plugins.ukrainian import NBSP
from plugins.ukrainian.differences import GONE, NEW, SAME, Piece, Row, after_of, before_of, differences, is_changed

from .parts import TABLE, Content, FileFacts
from .wording import WAITS, Naming, told_of

ROWS, SIGNS = 300, 120_000
"""How much of a revision's differences its own page shows; the rest is counted."""
ROW_SHARE = 6
"""Into so many parts the room is divided; no row takes more on each side."""
AROUND = 100
"""Signs that are shown around a change, where not all can be."""
NUMBER = re.compile(r"\s*(?:#{1,6} +)?((?:\d{1,3}\.)*\d{1,3})[.)]\s")


@frozen
class Differences:
    """Rows for a table «було — стало»; `more` counts those that are not shown."""

    rows: tuple[MarkedRow, ...]
    more: int = 0


def between(model: type[Document], before: Content, after: Content, name_of: Naming, now: datetime) -> Differences:
    """What changed from one revision to the next, fields first, files last."""
    rows: list[MarkedRow] = []
    for key in model.model_fields:
        old, new = before.head.get(key), after.head.get(key)
        if old != new:
            rows += _field(model, key, old, new, name_of, now)
    for title in [*after.texts, *(title for title in before.texts if title not in after.texts)]:
        rows += marked(before.texts.get(title, ""), after.texts.get(title, ""), title,
                       is_text=not title.startswith(TABLE))
    for name in sorted({*before.files, *after.files}):
        one, other = before.files.get(name), after.files.get(name)
        if one != other:
            rows.append(MarkedRow(f"Файл {name}", _whole(one, GONE), _whole(other, NEW)))
    return first_of(Differences(tuple(rows)))


def first_of(found: Differences, rows: int = ROWS, signs: int = SIGNS) -> Differences:
    """As much of it as a page takes: long stretches that stayed are folded, a row that is a text by itself is cut."""
    shown: list[MarkedRow] = []
    longest = signs // ROW_SHARE
    for row in found.rows[:rows]:
        short = MarkedRow(row.point, *(_cut(_folded(side, longest), longest) for side in (row.before, row.after)))
        signs -= sum(len(piece.text) for piece in (*short.before, *short.after))
        if signs < 0 and shown:
            break
        shown.append(short)
    return Differences(tuple(shown), found.more + len(found.rows) - len(shown))


def _whole(facts: FileFacts | None, kind: str) -> tuple[Piece, ...]:
    return (Piece(kind, facts.words),) if facts else ()


def _folded(pieces: Sequence[Piece], longest: int) -> Sequence[Piece]:
    """Words around what changed, where all of them would be too many."""
    if sum(len(piece.text) for piece in pieces) <= longest:
        return pieces
    return [piece if piece.kind != SAME or len(piece.text) <= 3 * AROUND
            else Piece(SAME, f"{piece.text[:AROUND]} … {piece.text[-AROUND:]}") for piece in pieces]


def _cut(pieces: Sequence[Piece], room: int) -> tuple[Piece, ...]:
    found: list[Piece] = []
    for piece in pieces:
        if len(piece.text) > room:
            found.append(Piece(piece.kind, piece.text[:room] + "…"))
            break
        found.append(piece)
        room -= len(piece.text)
    return tuple(found)


def _field(model: type[Document], key: str, old: Any, new: Any, name_of: Naming,
           now: datetime) -> Iterator[MarkedRow]:
    info = model.model_fields[key]
    told = [told_of(value, info, name_of, now) for value in (old, new)]
    if told[0] == told[1]:  # two keys of one name, a moment with and without its seconds
        told = [WAITS if text == WAITS else _typed(value) for text, value in zip(told, (old, new), strict=True)]
    yield from marked(told[0], told[1], info.title or key)


def _typed(value: Any) -> str:
    return value if isinstance(value, str) else ""


def marked(before: str, after: str, title: str, *, is_text: bool = False) -> Iterator[MarkedRow]:
    """Changed passages; together with the paragraphs between them they are both texts, letter for letter.

    In a text each has its place. One that holds only spaces and breaks of lines is told in words.
    """
    for place, rows in passages(differences(before, after), is_text=is_text):
        old, new = "".join(map(before_of, rows)), "".join(map(after_of, rows))
        label = f"{title}, {_label(new.strip() or old.strip(), place)}" if is_text else title
        if old.split() == new.split():
            yield MarkedRow(label, (Piece(GONE, _spaces(old)),), (Piece(NEW, _spaces(new)),))
            continue
        pieces = [piece for row in rows for piece in row]
        yield MarkedRow(label, _side(pieces, NEW), _side(pieces, GONE))


def passages(rows: Sequence[Row], *, is_text: bool = True) -> Iterator[tuple[int, list[Row]]]:
    """Changed lines that follow each other, in a text up to a blank one, with the number of their paragraph."""
    waiting: list[Row] = []
    number, start, is_open = 0, 0, False
    for row in rows:
        is_blank = _is_blank(row)
        number += not is_blank and not is_open
        is_open = not is_blank
        if is_changed(row):
            start = start if waiting else max(number, 1)
            waiting.append(row)
        if waiting and (not is_changed(row) or (is_text and is_blank and not all(map(_is_blank, waiting)))):
            yield start, waiting
            waiting = []
    if waiting:
        yield start, waiting


def _is_blank(row: Row) -> bool:
    return not "".join(piece.text for piece in row).strip()


def _label(words: str, place: int) -> str:
    match = NUMBER.match(f"{words} ")
    return f"пункт{NBSP}{match[1]}" if match else f"абзац{NBSP}{place}"


def _side(pieces: Sequence[Piece], without: str) -> tuple[Piece, ...]:
    """The pieces of one side as runs, without the breaks of lines around them."""
    runs = [Piece(kind, "".join(piece.text for piece in same)) for kind, same in groupby(
        (piece for piece in pieces if piece.kind != without), key=lambda piece: piece.kind)]
    while runs and not runs[0].text.strip("\n"):
        del runs[0]
    while runs and not runs[-1].text.strip("\n"):
        del runs[-1]
    if runs:
        runs[0] = Piece(runs[0].kind, runs[0].text.lstrip("\n"))
        runs[-1] = Piece(runs[-1].kind, runs[-1].text.rstrip("\n"))
    return tuple(runs)


def _spaces(text: str) -> str:
    """A passage of which only the spaces changed."""
    breaks = text.count("\n")
    return f"{text.strip()[:200]} (пропусків: {sum(map(str.isspace, text)) - breaks}, розривів рядка: {breaks})".strip()
