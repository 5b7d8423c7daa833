"""Two texts of an act side by side: the paragraphs that changed, with the words that went and came."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from plugins.records import Library
from plugins.records.components import MarkedRow
from plugins.ukrainian import NBSP
from plugins.ukrainian.differences import (
    GONE,
    NEW,
    Piece,
    Row,
    after_of,
    before_of,
    differences,
    is_changed,
    word_differences,
)

from . import points
from .changes import CannotChange, State, changed
from .read import ComparisonRow
from .status import BEING_DECIDED, draft_status
from .versions import Version, versions

if TYPE_CHECKING:
    from .model import Act, DraftAct

HEADING = re.compile(r" *#{1,6} +")
MARKS = re.compile(r"\*\*|(?<!\w)[*_](?=\w)|(?<=[\w.])[*_](?!\w)")
"""Marks of Markdown that a reader of words does not need."""
MARKER = re.compile(rf"\s*(?:{points.MARKER.pattern})")


def marked_rows(rows: Iterable[ComparisonRow]) -> tuple[MarkedRow, ...]:
    """The rows of a table that an editor made, with the words that differ."""
    return tuple(_marked(row.point, word_differences(row.before, row.after)) for row in rows)


def between(before: State, after: State) -> tuple[MarkedRow, ...]:
    """The paragraphs that differ between two states of an act, annexes last."""
    found = list(_rows(before.title + "\n", after.title + "\n", "назва")) if before.title != after.title else []
    found += _rows(before.text, after.text, "")
    for number in range(max(len(before.annexes), len(after.annexes))):
        old, new = (state.annexes[number].text if number < len(state.annexes) else "" for state in (before, after))
        found += _rows(old, new, f"додаток\u00a0{number + 1}")
    return tuple(found)


def _rows(before: str, after: str, part: str) -> Iterator[MarkedRow]:
    """Changed paragraphs; one that went and one that came in its place share a row."""
    number, waiting = "", None
    for row in differences(before.replace(NBSP, " "), after.replace(NBSP, " ")):
        words = after_of(row) or before_of(row)
        if not words.strip() or (is_changed(row) and before_of(row).split() == after_of(row).split()):
            continue  # only spaces
        if match := MARKER.match(words):
            number = match["number"].rstrip(".)")
        label = ", ".join(bit for bit in (part, f"п.{NBSP}{number}" if number else "") if bit) or "вступ"
        kinds = {piece.kind for piece in row}
        if waiting:
            if kinds == {NEW} and waiting.point == label:
                yield MarkedRow(label, waiting.before, _plain(row, GONE))
                waiting = None
                continue
            yield waiting
            waiting = None
        if kinds == {GONE}:
            waiting = _marked(label, row)
        elif kinds & {GONE, NEW}:
            yield _marked(label, row)
    if waiting:
        yield waiting


def _marked(point: str, row: Row) -> MarkedRow:
    return MarkedRow(point, _plain(row, NEW), _plain(row, GONE))


def _plain(row: Row, without: str) -> tuple[Piece, ...]:
    pieces = [Piece(piece.kind, MARKS.sub("", piece.text)) for piece in row if piece.kind != without]
    if pieces:
        pieces[0] = Piece(pieces[0].kind, HEADING.sub("", pieces[0].text, count=1))
        pieces[-1] = Piece(pieces[-1].kind, pieces[-1].text.rstrip("\r\n"))
    return tuple(piece for piece in pieces if piece.text)


def of_draft(draft: DraftAct, library: Library) -> tuple[tuple[Act, tuple[MarkedRow, ...]], ...]:
    """What a draft changes in acts, if its changes are written point by point and the text in force is known."""
    return tuple(library.worked_out(_of_draft, draft))


def _base(draft: DraftAct, target: Act, library: Library) -> Version:
    """The version that a draft changes: before the act it became; that in force, or once in force where it failed."""
    known = versions(target, library)
    own = {card.key for card in library.related(draft, "acts")}
    for before, after in pairwise(known):
        if own.intersection(after.acts):
            return before
    if own or draft_status(draft, library) in BEING_DECIDED:
        return known[-1]
    return [version for version in known if version.on <= draft.registered_on or not version.acts][-1]


def _of_draft(draft: DraftAct, library: Library) -> list[tuple[Act, tuple[MarkedRow, ...]]]:
    from .model import Act

    found: list[tuple[Act, tuple[MarkedRow, ...]]] = []
    for reference in draft.amends:
        target = library.get(Act, reference.act)
        before = state = _base(draft, target, library).state if target and target.is_public(library.now) else None
        for change in reference.changes if before else ():
            assert state
            try:
                state = changed(state, change, tuple(annex.text for annex in draft.annexes))
            except CannotChange:
                continue  # told while the draft was on its way
        if target and before and state and (rows := between(before, state)):
            found.append((target, rows))
    return found
