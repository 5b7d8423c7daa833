"""The comparison table of a draft: a CSV file with the columns пункт, було, стало."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from plugins.records import frozen, separator_of

HEADER = ["пункт", "було", "стало"]


@frozen
class ComparisonRow:
    """What a point says now and what it will say; either may be empty (a new point, a repealed one)."""

    point: str
    before: str
    after: str


class NotATable(ValueError):
    """The file is no comparison table; the text is for the editor."""


def read_comparison(file: Path) -> tuple[ComparisonRow, ...]:
    """The rows of a comparison table. NotATable says what is wrong with it."""
    try:
        text = file.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise NotATable("файл не читається як UTF-8. Збережіть таблицю як «CSV UTF-8».") from None
    try:
        rows = [row for row in csv.reader(io.StringIO(text), delimiter=separator_of(text), strict=True) if any(row)]
    except csv.Error:
        raise NotATable("файл не схожий на CSV. Перевірте лапки.") from None
    if not rows or [cell.strip().lower() for cell in rows[0]] != HEADER:
        raise NotATable("перший рядок таблиці — «пункт,було,стало».")
    for number, row in enumerate(rows[1:], 2):
        if len(row) != len(HEADER):
            raise NotATable(f"у рядку {number} значень {len(row)}, а стовпців 3. Текст із комами беруть у лапки.")
    return tuple(ComparisonRow(*(_cell(cell) for cell in row)) for row in rows[1:])


def _cell(text: str) -> str:
    """The words of a cell; a dash stands for none."""
    text = text.strip()
    return "" if text in ("—", "–", "-") else text
