"""`new`: a skeleton for a document — a file in its place, each key with its Ukrainian comment, required ones first."""

from __future__ import annotations

import json
import re
import sys
import unicodedata
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import chain, count
from pathlib import Path
from zoneinfo import ZoneInfo

from plugins.records import Record, load_rooms
from plugins.records.read import identifier_of

from . import greeting_draft
from .greeting_draft import Occasion
from .model import FieldHelp, document_models, fields_of

SKIPPED = {"id", "text", "explanatory_note", "extra", "changes", "withdrawn", "aliases", "updated_at", "category",
           "tags"}
"""Keys that a new document does not begin with."""
IN_FOLDERS = {"meeting"}


def new(kind: str, title: str, content: Path, today: date | None = None, data: Path | None = None) -> int:
    """Write the skeleton of a document. Status 0, or 2 for an unknown kind, no title or an existing file.

    Without `data` the registers are looked for beside `content`.
    """
    load_rooms()
    models = {model.kind: model for model in document_models()}
    if kind not in models:
        names = ", ".join(f"{name} ({model.label.lower()})" for name, model in sorted(models.items()))
        print(f"Виду «{kind}» немає. Можна: {names}.", file=sys.stderr)
        return 2
    title = unicodedata.normalize("NFC", " ".join(title.split()))
    if not re.search(r"[^\W_]", title):
        print(f"Назва «{title}» не має жодного слова. Треба, наприклад: Про бюджет громади.", file=sys.stderr)
        return 2
    model = models[kind]
    now = today or datetime.now(ZoneInfo("Europe/Kyiv")).date()
    if model.kind == "weekly_plan":
        now = _unplanned_monday(_folder_of(model, content), now)
    occasion, name = None, title
    if model.kind == "greeting":
        occasion = greeting_draft.occasion_meant(title, now, data or content.parent / "data")
        now, name = occasion.on, occasion.observance.title if occasion.observance else title
    file = file_for(model, name, content, now)
    if file.exists() or file.with_suffix("").exists():
        print(f"Файл {file} уже є. Виберіть іншу назву.", file=sys.stderr)
        return 2
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(skeleton(model, title, now, occasion), encoding="utf-8", newline="\n")
    print(f"Створено {file}\nЗаповніть поля й перевірте: python3 tasks.py check")
    return 0


def file_for(model: type[Record], title: str, content: Path, today: date) -> Path:
    """Where a new document goes: folder of its kind and year, identifier, then words of its title."""
    suffix = ".md" if model.is_prose() else ".yml"
    folder = _folder_of(model, content)
    if model.is_dated:
        folder = folder / str(today.year)
    words = re.sub(r"[^\w]+", "-", re.sub("[’'ʼ]", "", title.lower())).strip("-_")[:60].rstrip("-")
    if not model.is_dated:
        return folder / f"{words}{suffix}"
    if model.kind == "draft":
        name = f"{_next_number(folder)}-p-{words}"
    elif model.kind == "act":
        name = f"{_next_number(folder)}-{words}"
    elif model.kind == "weekly_plan":
        name = f"w{today.isocalendar().week:02d}"
    elif model.kind == "meeting":
        name = _free(folder, today.isoformat(), words)
    else:
        name = _free(folder, f"{today:%m-%d}", words)
    return folder / name / f"index{suffix}" if model.kind in IN_FOLDERS else folder / f"{name}{suffix}"


def _folder_of(model: type[Record], content: Path) -> Path:
    return content / Path(*model.place.split("/")[1:])


def _unplanned_monday(folder: Path, today: date) -> date:
    """The Monday of the first week, from this one on, that has no plan yet."""
    monday = today - timedelta(days=today.weekday())
    while (folder / str(monday.year) / f"w{monday.isocalendar().week:02d}.yml").exists():
        monday += timedelta(days=7)
    return monday


def _free(folder: Path, day: str, words: str) -> str:
    """`11-20-words`; `11-20-2-words` if the day's identifier is taken by a document of another name."""
    others = {path.stem for path in folder.iterdir()} - {f"{day}-{words}"} if folder.is_dir() else set()
    taken = {identifier_of(other) for other in others}
    names = chain([f"{day}-{words}"], (f"{day}-{number}-{words}" for number in count(2)))
    return next(name for name in names if identifier_of(name) not in taken)


def _next_number(folder: Path) -> int:
    numbers = [int(match[0]) for path in (folder.iterdir() if folder.is_dir() else ())
               if (match := re.match(r"\d+", path.name))]
    return max(numbers, default=0) + 1


def skeleton(model: type[Record], title: str, today: date, occasion: Occasion | None = None) -> str:
    """The text of a new document of a kind; `occasion` is what a greeting is written for."""
    if model.kind == "greeting":
        known = occasion or Occasion(None, today)
        return greeting_draft.text_of(known, _in_yaml(greeting_draft.title_of(known, title)))
    body = "\n".join(_lines(model, title, today))
    if model.is_prose():
        return f"---\n{body}\n---\n\nТекст.\n"
    return body + ("\ntext: |  # Текст. Markdown; або файл text.md у теці документа.\n  1. \n"
                   if "text" in model.model_fields else "\n")


def _lines(model: type[Record], title: str, today: date) -> Iterator[str]:
    """Keys of the document; of a required group its required keys too, of an optional group only its name."""
    opened = ""
    for field in fields_of(model):
        if field.depth == 0:
            opened = field.path if field.is_required and field.has_keys and not field.is_list else ""
            if field.name not in SKIPPED:
                yield _line(field, title, today)
        elif field.depth == 1 and opened and field.path.startswith(f"{opened}."):
            yield _line(field, title, today)


def _line(field: FieldHelp, title: str, today: date) -> str:
    value = _value(field, title, today)
    mark = "" if field.is_required or field.path == "title" else "# "
    options = f" Можна: {', '.join(code for code, _ in field.options)}." if field.options else ""
    key = f"{'  ' * field.depth}{mark}{field.name}:"
    return f"{key}{' ' + value if value else ''}  # {field.title}. {field.description}{options}"


def _value(field: FieldHelp, title: str, today: date) -> str:
    if field.path == "title":
        return _in_yaml(title)
    if not field.is_required:
        return ""
    if field.shape.startswith("дата й час"):
        return f"{today.isoformat()} 10:00"
    if field.shape.startswith("дата"):
        return today.isoformat()
    return field.options[0][0] if field.options else ""


def _in_yaml(text: str) -> str:
    """A text as a value of YAML, in quotes where it must be."""
    is_plain = re.fullmatch(r"[\w«][^:#\[\]{}\"'&*!|>%@`\\]*", text)
    return text if is_plain else json.dumps(text, ensure_ascii=False)
