"""Values of a head in readers' words: terms, days, names of records; sections line by line.

A section that waits for its day is not told before it has come.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime
from typing import Any, get_args

from plugins.records import Document, Part, Term, To, without_hidden
from plugins.records.values import parse_moment
from plugins.ukrainian import day, in_kyiv, moment

from .parts import Content

LATER = re.compile(r"(?:published|reported)_at")
"""Beside such a moment a section waits until it has come."""
WAITS = "(ще не оприлюднено)"

Naming = Callable[[str, str], str]
"""(kind, key) → what readers call the record, or nothing."""


def told_of(value: Any, info: Any, name_of: Naming, now: datetime) -> str:
    """A value of a head as readers would have it: words of terms, days, names of records; sections line by line."""
    if value in (None, "", [], {}):
        return ""
    if isinstance(value, Mapping):
        return _section(value, _inner(info.annotation), name_of, now)
    if isinstance(value, Sequence) and not isinstance(value, str):
        items = [told_of(item, info, name_of, now) for item in value]
        return "\n".join(f"• {item}" if "\n" in item else item for item in items)
    return _said(without_hidden(str(value)), info, name_of)


def _section(values: Mapping[str, Any], model: Any, name_of: Naming, now: datetime) -> str:
    if model is None:
        return ""
    for key, value in values.items():
        if LATER.search(key) and _moment(value) and _moment(value) > now:  # type: ignore[operator]
            return WAITS
    lines = []
    for key, info in model.model_fields.items():
        if told := told_of(values.get(info.alias or key), info, name_of, now):
            lines.append(f"{info.title or key}:{chr(10) if chr(10) in told else ' '}{told}")
    return "\n".join(lines)


def _moment(value: Any) -> datetime | None:
    with suppress(ValueError, TypeError):
        return in_kyiv(parse_moment(value))
    return None


def _said(value: str, info: Any, name_of: Naming) -> str:
    if term := _of_type(info.annotation, Term):
        return next((str(item.label) for item in term if item.value == value), value)
    for marker in _markers(info):
        if isinstance(marker, To):
            return name_of(marker.kind, value) or value
    if re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        with suppress(ValueError):
            return day(date.fromisoformat(value))
    if re.fullmatch(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d(?::\d\d)?", value) and (at := _moment(value)):
        return moment(at)
    return value


def _markers(info: Any) -> Iterator[Any]:
    yield from info.metadata
    yield from _nested(info.annotation)


def _nested(annotation: Any) -> Iterator[Any]:
    for argument in get_args(annotation):
        if isinstance(argument, To):
            yield argument
        yield from _nested(argument)


def _inner(annotation: Any) -> Any:
    return _of_type(annotation, Part)


def _of_type(annotation: Any, base: type[Any]) -> Any:
    if isinstance(annotation, type) and issubclass(annotation, base):
        return annotation
    return next((found for argument in get_args(annotation) if (found := _of_type(argument, base))), None)


def fields_of(model: type[Document], content: Content, name_of: Naming, now: datetime) -> Iterator[tuple[str, str]]:
    """The fields of a revision: (title, words)."""
    for key, info in model.model_fields.items():
        if told := told_of(content.head.get(key), info, name_of, now):
            yield info.title or key, told
