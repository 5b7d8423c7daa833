"""Says sentences with a random source of its own, and writes records the way editors do: YAML, heads, file names."""
from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from random import Random
from typing import Any, TypeVar

from bench.demo.words import WORDS
from plugins.ukrainian import plural

T = TypeVar("T")
Piece = str | tuple[str] | tuple[int, int, tuple[str, ...]]
"""Words as they stand, the name of a slot, or the bounds of a number with the forms of its noun."""

SEED = "prozora-rada"
SLOT = re.compile(r"\{(\w+)}|\{(\d+)\.\.(\d+)((?:\|[^|}]+)*)}")
MONTHS = ("січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня").split()
PLAIN = re.compile(r"[\w«(][^\n]*")
WORD = re.compile(r"[^\w’]+")
AFTER_VOWEL = re.compile(r"(?<=[аеєиіїоуюя]) у (?=[^вфаеєиіїоуюя])")


class Voice:
    """One document's source of chance: the same name and day say the same words, whatever is written before."""

    def __init__(self, name: str, day: date, people: Sequence[str] = ()) -> None:
        self._random = Random(f"{SEED}:{name}")  # text as a seed is hashed by SHA-512, the same everywhere
        self._day = day
        self._people = people

    def chance(self) -> float:
        """From 0 to 1."""
        return self._random.random()

    def whole(self, low: int, high: int) -> int:
        """A number, both bounds within."""
        return low + int(self._random.random() * (high - low + 1))

    def one(self, options: Sequence[T]) -> T:
        """One of several."""
        return options[int(self._random.random() * len(options))]

    def some(self, options: Sequence[T], number: int) -> list[T]:
        """Several different ones, in their own order."""
        chosen = set(self._random.sample(range(len(options)), min(number, len(options))))
        return [option for place, option in enumerate(options) if place in chosen]

    def say(self, template: str) -> str:
        """A template with its slots filled."""
        said = "".join(piece if isinstance(piece, str) else self._fill(piece) for piece in pieces(template))
        return AFTER_VOWEL.sub(" в ", said)

    def sentences(self, templates: Sequence[str], low: int, high: int) -> str:
        """A paragraph of different sentences."""
        return " ".join(self.say(template) for template in self.some(templates, self.whole(low, high)))

    def _fill(self, piece: tuple[str] | tuple[int, int, tuple[str, ...]]) -> str:
        if len(piece) == 3:
            low, high, forms = piece
            number = self.whole(low, high)
            return f"{number} {plural(number, *forms)}" if forms else str(number)
        if piece[0] == "later":
            return day_words(self._day + timedelta(days=self.whole(10, 120)))
        if piece[0] == "person":
            return self.one(self._people)
        return self.say(self.one(WORDS[piece[0]]))


@cache
def pieces(template: str) -> tuple[Piece, ...]:
    """A template cut at its slots."""
    found: list[Piece] = []
    end = 0
    for match in SLOT.finditer(template):
        found.append(template[end:match.start()])
        forms = tuple((match[4] or "").split("|")[1:])
        found.append((match[1],) if match[1] else (int(match[2]), int(match[3]), forms))
        end = match.end()
    return (*found, template[end:])


def day_words(day: date) -> str:
    """«12 березня 2025 року»."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year} року"


def yaml(fields: Mapping[str, Any], indent: str = "") -> str:
    """A block of YAML; keys without a value are left out."""
    return "".join(f"{indent}{key}:{_value(value, indent)}" for key, value in fields.items() if value not in ("", None))


def _value(value: Any, indent: str) -> str:
    if isinstance(value, Mapping):
        return f"\n{yaml(value, indent + '  ')}"
    if isinstance(value, list | tuple):
        if not value or not isinstance(value[0], Mapping):
            return f" [{', '.join(map(scalar, value))}]\n"
        items = (yaml(item, f"{indent}    ") for item in value)
        return "\n" + "".join(f"{indent}  - {item[len(indent) + 4:]}" for item in items)
    if isinstance(value, str) and "\n" in value:
        lines = (f"{indent}  {line}".rstrip() for line in value.strip().split("\n"))
        return " |\n" + "\n".join(lines) + "\n"
    return f" {scalar(value)}\n"


def scalar(value: Any) -> str:
    """A value on one line, in quotes where YAML would read it otherwise."""
    text = str(value)
    is_plain = PLAIN.fullmatch(text) and ": " not in text and " #" not in text and not text.endswith(":")
    return text if is_plain else f"'{text.replace(chr(39), chr(39) * 2)}'"


def prose(fields: Mapping[str, Any], paragraphs: Sequence[str]) -> str:
    """A Markdown document with its head."""
    return f"---\n{yaml(fields)}---\n\n" + "\n\n".join(paragraphs) + "\n"


def file_words(title: str) -> str:
    """The words of a file's name after its identifier: «про-оренду-землі»."""
    words = WORD.sub("-", title.replace("’", "").lower()).strip("-")
    return words if len(words) <= 40 else words[:41].rpartition("-")[0]
