"""The bytes of a revision → its parts: the fields of its head, its texts, what is no text.

Only what the record's own model knows is taken: notes of editors to each other (comments), keys that no page prints and
files that nobody names are no part of what was published.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from plugins.records import Document, Prose, field_title, frozen, without_hidden, yaml_tree
from plugins.records import head as heads
from plugins.records.read import PELICAN_KEYS
from plugins.records.yaml_tree import HIDDEN
from plugins.ukrainian import file_size

TABLE = "Таблиця "
"""The title of a text that is a table begins with it."""


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
    """What a revision said. `head`: its fields as they were typed; `texts`: title → text; `files`: name → what is none.

    `is_read`: False if its head is none.
    """

    head: Mapping[str, Any] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, FileFacts] = field(default_factory=dict)
    is_read: bool = True


def content_of(model: type[Document], path: str, source: bytes, beside: Mapping[str, bytes]) -> Content:
    """The parts of a revision, from the bytes of its source and of the files beside it (name → bytes)."""
    head, text = _split(path, source)
    if head is None:
        return Content(is_read=False)
    known = {key: value for key, value in head.items() if key in model.model_fields}
    texts: dict[str, str] = {}
    for key in [key for key, value in known.items() if isinstance(value, str) and _is_prose(model, key)]:
        texts[field_title(model, (key,))] = without_hidden(known.pop(key)).strip("\n")
    if text:
        texts[field_title(model, ("text",))] = text
    files: dict[str, FileFacts] = {}
    shown = repr(head) + text + "".join(_decoded(content) for name, content in beside.items() if name.endswith(".md"))
    for name, content in beside.items():
        place = model.companions.get(name)
        is_annex = bool(model.annex_prefix) and name.startswith(model.annex_prefix) and name.endswith(".md")
        if place or is_annex:
            title = field_title(model, place) if place else f"Додаток {name[len(model.annex_prefix):-3]}"
            texts[title] = _text(content)
        elif name.endswith(".csv") and _decoded(content):
            texts[f"{TABLE}{name}"] = _decoded(content)
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
