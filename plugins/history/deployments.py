"""`data/deployments.csv`: what the publishing machine writes down each time it has put a page on the public site."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from datetime import UTC, datetime

from plugins.records import code

DEPLOYMENTS = "deployments.csv"
COLUMNS = ["path", "version", "at"]
BAD_TABLE = code("DEPLOYMENTS", "Таблиця викладень має стовпці path, version, at; час — UTC із літерою Z.",
                 "/proiekty/2026/412-p/,3f9a1c,2026-11-13 15:00", "/proiekty/2026/412-p/,3f9a1c,2026-11-13T13:00:00Z")
PATH = re.compile(r"/(?:[\w.-]+/)*(?:#[\w.-]+)?")
VERSION = re.compile(r"[0-9a-f]{6,64}")
AT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")

Deployment = tuple[str, int, str]
"""(address of a page, or of a part of it after #; seconds since 1970; digest of the version)."""
Fault = tuple[int, str]
"""(line, what is wrong with it, for the editor)."""


def parse(content: bytes) -> tuple[list[Deployment], list[Fault]]:
    """The rows of the table, and what is wrong with others."""
    try:
        text = content.decode("utf-8-sig")
        rows = csv.reader(text.splitlines(), strict=True)
        if next(rows, COLUMNS) != COLUMNS:
            return [], [(1, "стовпці таблиці — path,version,at, саме так і в цьому порядку.")]
        return _rows(rows)
    except UnicodeDecodeError:
        return [], [(1, "файл не читається як UTF-8. Збережіть таблицю як «CSV UTF-8».")]


def _rows(rows: Iterator[list[str]]) -> tuple[list[Deployment], list[Fault]]:
    found: list[Deployment] = []
    faults: list[Fault] = []
    line = 1
    while True:
        line += 1
        try:
            row = next(rows)
        except StopIteration:
            return found, faults
        except csv.Error:
            return found, [*faults, (line, "рядок не схожий на CSV. Перевірте лапки.")]
        if fault := _fault(row):
            faults.append((line, fault))
        elif row:
            found.append((row[0], int(datetime.fromisoformat(row[2]).astimezone(UTC).timestamp()), row[1]))


def _fault(row: list[str]) -> str:
    if row and len(row) != len(COLUMNS):
        return f"у рядку {len(row)} значень, а стовпців 3."
    if row and not PATH.fullmatch(row[0]):
        return "path — адреса сторінки на сайті, як-от /proiekty/2026/412-p/ чи /zasidannia/2026/pl-1/#minutes."
    if row and not VERSION.fullmatch(row[1]):
        return "version — від 6 до 64 шістнадцяткових знаків."
    if row and not _is_moment(row[2]):
        return "at — мить за UTC, як-от 2026-11-13T13:00:00Z."
    return ""


def _is_moment(text: str) -> bool:
    try:
        return bool(AT.fullmatch(text)) and datetime.fromisoformat(text) is not None
    except ValueError:
        return False


