"""The head of a Markdown document: our own YAML between two lines `---`, or Pelican's `Key: value` lines."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from . import yaml_tree
from .report import code
from .yaml_tree import Fault, Path

HEAD = code("HEAD", "Документ починається з шапки: рядок ---, поля, рядок ---.",
            "Сьогодні в громаді…", "---\ntitle: Новина\npublished_at: 2026-11-20 10:30\n---\n\nСьогодні в громаді…")

NO_HEAD = Fault(1, "немає шапки. Почніть файл рядком ---, далі поля й знову ---.", HEAD)
FENCE = re.compile(r"-{3,}[ \t]*")
BLANK_LINE = re.compile(r"\n[^\S\n]*(?:\n|\Z)")
PELICAN_LINE = re.compile(r"([A-Za-z][A-Za-z0-9_-]*):(?:[ \t]+(.*)|[ \t]*)$")


@dataclass(slots=True)
class Head:
    """The fields of a head, where they stand, and the body below it. `is_foreign` marks Pelican's own heads."""

    data: dict[str, Any]
    lines: dict[Path, int]
    body: str
    body_line: int
    is_foreign: bool
    faults: list[Fault]


def split(text: str) -> Head:
    """Split a Markdown document into head and body. A document without a head has a fault HEAD."""
    first_line = text.partition("\n")[0]
    if FENCE.fullmatch(first_line):
        lines = text.split("\n")
        end = next((i for i, line in enumerate(lines[1:], 1) if FENCE.fullmatch(line)), None)
        if end is None:
            return Head({}, {}, "", 1, False, [Fault(1, "шапку не закрито. Поставте рядок --- після полів.", HEAD)])
        first = next((line for line in lines[1:end] if line.strip()), "")
        if first[:1].isupper() and PELICAN_LINE.match(first):
            return _pelican(lines[1:end], "\n".join(lines[end + 1:]), 1, end + 2)
        tree = yaml_tree.parse("\n".join(lines[1:end]), offset=1)
        faults = tree.faults
        if not isinstance(tree.data, dict) and not faults:
            faults = [Fault(1, "шапка порожня. Додайте хоча б title.", HEAD)]
        data = tree.data if isinstance(tree.data, dict) else {}
        return Head(data, tree.lines, "\n".join(lines[end + 1:]), end + 2, False, faults)
    if PELICAN_LINE.match(first_line):
        blank = BLANK_LINE.search(text)
        head, body = (text[:blank.start()], text[blank.end():]) if blank else (text, "")
        lines = head.split("\n")
        return _pelican(lines, body, 0, len(lines) + 2)
    return Head({}, {}, text, 1, False, [NO_HEAD])


@cache
def place(key: str) -> Path:
    """The place of a key at the top of a head: thousands of documents share them."""
    return (key,)


def _pelican(lines: list[str], body: str, offset: int, body_line: int) -> Head:
    data: dict[str, Any] = {}
    places: dict[Path, int] = {}
    last = ""
    for number, line in enumerate(lines, offset + 1):
        match = PELICAN_LINE.match(line)
        if match and not line[:1].isspace():
            last = match[1].lower()
            data[last] = (match[2] or "").strip()
            places[place(last)] = number
        elif last and line.strip():
            data[last] = f"{data[last]} {line.strip()}".strip()
    return Head({key: value for key, value in data.items() if value}, places, body, body_line, True, [])
