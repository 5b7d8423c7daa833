"""The table of a figure: a CSV file beside the report, names in the first column, numbers in the others."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from pydantic import ValidationError

from plugins.records import separator_of

from .figure import Figure, FigureRow, fault_of

LARGEST = 200_000
"""Bytes: a table that is drawn is short."""


class NotATable(ValueError):
    """The file is no table of numbers; the text is for the editor."""


def read_table(file: Path, figure: Figure) -> Figure:
    """The figure with the rows of its table; the names of columns are its series unless it has its own.

    NotATable says what is wrong, with the line of the table.
    """
    header, *rows = _lines(file)
    found = tuple(_row(file.name, number, cells) for number, cells in rows)
    read = figure.model_copy(update={"rows": found, "series": figure.series or tuple(header[1][1:])})
    if fault := fault_of(read):
        raise NotATable(f"{file.name}: {fault}")
    return read


def _lines(file: Path) -> list[tuple[int, list[str]]]:
    if file.suffix.lower() != ".csv":
        raise NotATable(f"«{file.name}» не CSV. Збережіть таблицю як «CSV UTF-8».")
    try:
        raw = file.read_bytes()
        text = raw[:LARGEST].decode("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise NotATable(f"{file.name}: файл не читається як UTF-8. Збережіть таблицю як «CSV UTF-8».") from None
    if len(raw) > LARGEST:
        raise NotATable(f"{file.name}: таблиця завелика для діаграми. Залиште до шістдесяти рядків.")
    reader = csv.reader(io.StringIO(text), delimiter=separator_of(text), strict=True)
    try:
        lines = [(reader.line_num, [cell.strip() for cell in row]) for row in reader if any(row)]
    except csv.Error:
        raise NotATable(f"{file.name}:{reader.line_num}: рядок не схожий на CSV. Перевірте лапки.") from None
    if len(lines) < 2 or len(lines[0][1]) < 2:
        raise NotATable(f"{file.name}: потрібні рядок назв («рік,млн грн») і рядки з числами.")
    return lines


def _row(name: str, line: int, cells: list[str]) -> FigureRow:
    try:
        return FigureRow.model_validate({"name": cells[0], "values": tuple(cells[1:])})
    except ValidationError as error:
        first = error.errors()[0]
        words = first["msg"] if first["loc"][0] == "values" else "немає назви рядка."
        raise NotATable(f"{name}:{line}: {words}") from None
