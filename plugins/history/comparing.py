"""Two revisions of a document side by side: which fields and texts say another thing, paragraph by paragraph.

Only what the record's own model knows is shown, under the titles of its fields: notes of editors to each other
(comments), keys that no page prints and what waits for its day are not. Nothing else is smoothed over: a comma is a
change. What is no text is told by its size and its digest.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime
from hashlib import sha256
from typing import Any, get_args

from plugins.records import Document, Part, Prose, Term, To, frozen, without_hidden, yaml_tree
from plugins.records import head as heads
from plugins.records.components import MarkedRow
from plugins.records.read import PELICAN_KEYS
from plugins.records.values import parse_moment
from plugins.records.yaml_tree import HIDDEN
from plugins.ukrainian import NBSP, day, file_size, in_kyiv, moment
from plugins.ukrainian.differences import GONE, NEW, Piece, Row, after_of, before_of, differences, is_changed

ROWS, SIGNS = 300, 120_000
"""How much of a revision's differences its own page shows; the rest is counted."""
NUMBER = re.compile(r"\s*(?:#{1,6} +)?((?:\d{1,3}\.)*\d{1,3})[.)]\s")
LATER = re.compile(r"(?:published|reported)_at")
"""Beside such a moment a section waits until it has come."""
WAITS = "(ще не оприлюднено)"

Naming = Callable[[str, str], str]
"""(kind, key) → what readers call the record, or nothing."""


@frozen
class FileFacts:
    """A file that is no text."""

    size: int
    digest: str

    @property
    def words(self) -> str:
        """«214 КБ, SHA-256 9f41…»."""
        return f"{file_size(self.size)}, SHA-256 {self.digest}"


@dataclass(frozen=True, slots=True)
class Content:
    """What a revision said. `head`: its fields as they were typed; `texts`: title → text of what stands beside; `files`:
    name → the rest; `is_read`: False if the head is none.
    """

    head: Mapping[str, Any] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, FileFacts] = field(default_factory=dict)
    is_read: bool = True


@frozen
class Differences:
    """Rows for a table «було — стало»; `more` counts those that are not shown."""

    rows: tuple[MarkedRow, ...]
    more: int = 0


def content_of(model: type[Document], path: str, source: bytes, beside: Mapping[str, bytes]) -> Content:
    """The parts of a revision, from the bytes of its source and of the files beside it (name → bytes)."""
    head, text = _split(path, source)
    if head is None:
        return Content(is_read=False)
    known = {key: value for key, value in head.items() if key in model.model_fields}
    texts: dict[str, str] = {}
    for key in [key for key, value in known.items() if isinstance(value, str) and _is_prose(model, key)]:
        texts[_title(model, key)] = without_hidden(known.pop(key)).strip("\n")
    if text:
        texts[_title(model, "text")] = text
    files: dict[str, FileFacts] = {}
    shown = repr(head) + text + "".join(_decoded(content) for name, content in beside.items() if name.endswith(".md"))
    for name, content in beside.items():
        place = model.companions.get(name)
        is_annex = bool(model.annex_prefix) and name.startswith(model.annex_prefix) and name.endswith(".md")
        if place or is_annex:
            texts[_title(model, *place) if place else f"Додаток {name[len(model.annex_prefix):-3]}"] = _text(content)
        elif name.endswith(".csv") and _decoded(content):
            texts[f"Таблиця {name}"] = _decoded(content)
        elif name in shown:  # what no page names is not published
            files[name] = FileFacts(len(content), sha256(content).hexdigest())
    return Content(known, texts, files)


def _is_prose(model: type[Document], key: str) -> bool:
    """True for a text of its own: it is the same text in the head and in a file beside it."""
    return any(isinstance(item, Prose) for item in model.model_fields[key].metadata)


def _split(path: str, source: bytes) -> tuple[dict[str, Any] | None, str]:
    text = _decoded(source)
    if path.endswith(".md"):
        found = heads.split(text)
        if found.faults:
            return None, ""
        data = found.data
        if found.is_foreign:
            data = {PELICAN_KEYS[key]: value for key, value in data.items() if key in PELICAN_KEYS}
        return data, without_hidden(found.body).strip("\n")
    tree = yaml_tree.parse(text)
    return (tree.data, "") if isinstance(tree.data, dict) and not tree.faults else (None, "")


def _decoded(content: bytes) -> str:
    try:
        return HIDDEN.sub("\ufffd", content.decode("utf-8-sig").replace("\r\n", "\n"))
    except UnicodeDecodeError:
        return ""


def _text(content: bytes) -> str:
    return without_hidden(_decoded(content)).strip("\n")


def _title(model: Any, *path: str) -> str:
    title = ""
    for step in path:
        info = model.model_fields.get(step)
        if info is None:
            break
        title, model = info.title or step, _inner(info.annotation)
        if model is None:
            break
    return title


# --------------------------------------------------------------------------- differences

def between(model: type[Document], before: Content, after: Content, name_of: Naming, now: datetime) -> Differences:
    """What changed from one revision to the next, fields first, files last."""
    rows: list[MarkedRow] = []
    for key in model.model_fields:
        old, new = before.head.get(key), after.head.get(key)
        if old != new:
            rows += _field(model, key, old, new, name_of, now)
    for title in [*after.texts, *(title for title in before.texts if title not in after.texts)]:
        rows += marked(before.texts.get(title, ""), after.texts.get(title, ""), title)
    for name in sorted({*before.files, *after.files}):
        one, other = before.files.get(name), after.files.get(name)
        if one != other:
            rows.append(MarkedRow(f"Файл {name}", _whole(one, GONE), _whole(other, NEW)))
    return first_of(Differences(tuple(rows)))


def first_of(found: Differences, rows: int = ROWS, signs: int = SIGNS) -> Differences:
    """As much of it as a page takes; a row that is a text by itself is cut."""
    shown: list[MarkedRow] = []
    for row in found.rows[:rows]:
        size = sum(len(piece.text) for piece in (*row.before, *row.after))
        if size > signs and shown:
            break
        shown.append(row if size <= signs else MarkedRow(row.point, _cut(row.before, signs), _cut(row.after, signs)))
        signs -= size
    return Differences(tuple(shown), found.more + len(found.rows) - len(shown))


def _whole(facts: FileFacts | None, kind: str) -> tuple[Piece, ...]:
    return (Piece(kind, facts.words),) if facts else ()


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


def marked(before: str, after: str, title: str) -> Iterator[MarkedRow]:
    """Changed passages of a text; together with the paragraphs between them they are both texts, letter for letter.

    A passage that holds only spaces and breaks of lines is told in words.
    """
    is_long = "\n" in before.strip("\n") or "\n" in after.strip("\n")
    for place, rows in passages(differences(before, after)):
        old, new = "".join(map(before_of, rows)), "".join(map(after_of, rows))
        label = f"{title}, {_label(new.strip() or old.strip(), place)}" if is_long else title
        if old.split() == new.split():
            yield MarkedRow(label, (Piece(GONE, _spaces(old)),), (Piece(NEW, _spaces(new)),))
            continue
        pieces = [piece for row in rows for piece in row]
        yield MarkedRow(label, _side(pieces, NEW), _side(pieces, GONE))


def passages(rows: Sequence[Row]) -> Iterator[tuple[int, list[Row]]]:
    """Changed paragraphs that follow each other, with the number of the first one among all (blank lines are none)."""
    number, waiting, start = 0, [], 0
    for row in rows:
        if not is_changed(row) and waiting:
            yield start, waiting
            waiting = []
        number += bool(after_of(row).strip() or (is_changed(row) and not waiting))
        if is_changed(row):
            start = start if waiting else number
            waiting.append(row)
    if waiting:
        yield start, waiting


def _label(words: str, place: int) -> str:
    match = NUMBER.match(f"{words} ")
    return f"пункт{NBSP}{match[1]}" if match else f"абзац{NBSP}{place}"


def _side(pieces: Sequence[Piece], without: str) -> tuple[Piece, ...]:
    found = [piece for piece in pieces if piece.kind != without and piece.text]
    if found:
        found[-1] = Piece(found[-1].kind, found[-1].text.rstrip("\n"))
    return tuple(piece for piece in found if piece.text)


def _spaces(text: str) -> str:
    """A passage of which only the spaces changed."""
    breaks = text.count("\n")
    return f"{text.strip()[:200]} (пропусків: {sum(map(str.isspace, text)) - breaks}, розривів рядка: {breaks})".strip()


# --------------------------------------------------------------------------- values in words

def told_of(value: Any, info: Any, name_of: Naming, now: datetime) -> str:
    """A value of a head as readers would have it: words of terms, days, names of records; sections line by line."""
    if value in (None, "", [], {}):
        return ""
    if isinstance(value, Mapping):
        return _section(value, _inner(info.annotation), name_of, now)
    if isinstance(value, Sequence) and not isinstance(value, str):
        items = [told_of(item, info, name_of, now) for item in value]
        return ("\n\n" if any("\n" in item for item in items) else "\n").join(items)
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
            lines.append(f"{info.title or key}: {told}")
    return "\n".join(lines)


def _moment(value: Any) -> datetime | None:
    with suppress(ValueError, TypeError):
        return in_kyiv(parse_moment(value))
    return None


def _said(value: str, info: Any, name_of: Naming) -> str:
    term = _term(info.annotation)
    if term:
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


def _term(annotation: Any) -> type[Term] | None:
    return _of_type(annotation, Term)


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
