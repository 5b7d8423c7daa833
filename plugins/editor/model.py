"""What a field is, for people: read off the models, where each fact is declared once."""

import functools
import types
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Annotated, Any, Union, get_args, get_origin

from plugins.records import Asset, Form, Part, Prose, Record, Term, To, frozen
from plugins.records.read import INTERNAL

WORDS: dict[type, tuple[str, str]] = {
    bool: ("так або ні", "так"),
    int: ("ціле число", "26"),
    Decimal: ("число", "1234,5"),
    date: ("дата РРРР-ММ-ДД", "2026-11-20"),
    datetime: ("дата й час РРРР-ММ-ДД ГГ:ХХ", "2026-11-20 10:30"),
    timedelta: ("час запису Г:ХХ:СС", "0:18:40"),
    str: ("текст", ""),
}


@frozen
class FieldHelp:
    """One key of a document: `path` as it is nested (`items[].votes[].uid`), what may stand there, whether it must."""

    path: str
    name: str
    title: str
    description: str
    shape: str
    options: tuple[tuple[str, str], ...]
    example: str
    is_required: bool
    depth: int
    is_list: bool
    has_keys: bool


def document_models() -> tuple[type[Record], ...]:
    """All kinds that editors write into `content/`, by the name of their folder."""
    return tuple(model for model in all_models() if model.place.startswith("content/") and model.kind != "vote_event")


def all_models() -> tuple[type[Record], ...]:
    """All kinds with a place, content before data, by place."""
    found: set[type[Record]] = set()

    def walk(model: type[Record]) -> None:
        for child in model.__subclasses__():
            if "place" in child.__dict__ and child.__module__.startswith("plugins."):
                found.add(child)
            walk(child)

    walk(Record)
    return tuple(sorted(found, key=lambda model: (model.place.startswith("data/"), model.place, model.kind)))


@functools.cache
def fields_of(model: type[Part]) -> tuple[FieldHelp, ...]:
    """Every key of a model, nested keys right after their parent; required ones first on each level."""
    return tuple(_fields(model, "", 0))


def _fields(model: type[Part], prefix: str, depth: int) -> Iterator[FieldHelp]:
    items = [(name, info) for name, info in model.model_fields.items() if name not in INTERNAL]
    for name, info in sorted(items, key=lambda item: not item[1].is_required()):
        shape, options, example, inner, is_list = _describe(info.annotation, tuple(info.metadata))
        name = info.alias or name
        path = f"{prefix}{name}"
        yield FieldHelp(path, name, info.title or "", info.description or "", shape, options, example,
                        info.is_required() and name != "id", depth, is_list, inner is not None)
        if inner:
            yield from _fields(inner, f"{path}[]." if is_list else f"{path}.", depth + 1)


def _describe(annotation: Any, metadata: tuple[Any, ...]
              ) -> tuple[str, tuple[tuple[str, str], ...], str, type[Part] | None, bool]:
    """(shape in words, options of a closed list, example, the model inside, is it a list)."""
    origin = get_origin(annotation)
    if origin is Annotated:
        base, *more = get_args(annotation)
        return _describe(base, (*metadata, *more))
    if origin in (Union, types.UnionType):
        return _describe(next(a for a in get_args(annotation) if a is not type(None)), metadata)
    if origin is tuple:
        shape, options, example, inner, _ = _describe(get_args(annotation)[0], metadata)
        return f"перелік: {shape}", options, f"[{example}]" if example else "", inner, True
    if isinstance(annotation, type) and issubclass(annotation, Part):
        return "розділ із ключами", (), "", annotation, False
    if isinstance(annotation, type) and issubclass(annotation, Term):
        terms = tuple((term.value, term.label) for term in annotation)
        return "одне зі слів", terms, terms[0][0], None, False
    for mark in metadata:
        if isinstance(mark, To):
            return f"ключ запису: {KINDS.get(mark.kind, mark.kind)}", (), "", None, False
        if isinstance(mark, Form):
            return mark.words, (), mark.example, None, False
        if isinstance(mark, Asset):
            return "назва файлу поруч", (), "", None, False
        if isinstance(mark, Prose):
            return "текст, Markdown", (), "", None, False
    words, example = WORDS.get(annotation, ("текст", ""))
    return words, (), example, None, False


KINDS = {"person": "особа", "organization": "орган", "topic": "тема", "draft": "проєкт", "act": "акт",
         "meeting": "засідання", "vote_event": "голосування", "page": "сторінка", "observance": "пам’ятна дата"}
