"""What a document says of itself, as the engine reads it: the day that it waits for, whether it is withdrawn.

And which files of the repository are documents at all: the engine's own rule, told by paths alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from datetime import UTC, date, datetime
from typing import Any

from plugins.records import head, yaml_tree
from plugins.ukrainian import KYIV

CONTENT = "content/"
INDEXES = ("index.yml", "index.md")
DOCUMENTS = (".yml", ".md")
DAY = re.compile(rb"\d{4}-\d\d-\d\d")
SHOWN = 10
"""Letters of a day."""


def may_be_public(path: str) -> bool:
    """Whether a file is a document or belongs to one: below a folder of `content/`, no note to editors."""
    name = path.rpartition("/")[2]
    return path.startswith(CONTENT) and path.count("/") > 1 and name != "README.md" and not name.startswith(".")


def head_of(path: str, is_there: Callable[[str], object]) -> str:
    """The document to which a file belongs: the outermost folder with an index above it, else itself."""
    found, folder = path, path.rpartition("/")[0]
    while folder.count("/"):
        found = next((one for name in INDEXES if is_there(one := f"{folder}/{name}")), found)
        folder = folder.rpartition("/")[0]
    return found


def documents_of(paths: Iterable[str]) -> Iterator[str]:
    """The documents among the files of a moment."""
    there = frozenset(paths)
    return (path for path in there if may_be_public(path) and path.endswith(DOCUMENTS)
            and head_of(path, there.__contains__) == path)


def day_of(at: int) -> str:
    """The day of a moment (seconds since 1970) by the clock of Kyiv; the last of all where there is none."""
    with suppress(ValueError, OverflowError, OSError):
        return datetime.fromtimestamp(at, UTC).astimezone(KYIV).date().isoformat()
    return date.max.isoformat()


def waits_for(path: str, content: bytes | None, day: str) -> bool:
    """Whether a document says that it is not public before a day (РРРР-ММ-ДД), nor on it."""
    if not content or all(found.decode() < day for found in DAY.findall(content)):
        return False
    told = _read(path, content).get("published_at")
    return isinstance(told, str) and DAY.match(told.encode()) is not None and told[:SHOWN] >= day


def is_withdrawn(path: str, content: bytes) -> bool:
    """Whether a document says that it is withdrawn."""
    return b"withdrawn" in content and bool(_read(path, content).get("withdrawn"))


def _read(path: str, content: bytes) -> dict[str, Any]:
    text = content.decode("utf-8", "replace").removeprefix("\ufeff").replace("\r\n", "\n")
    if path.endswith(".yml"):
        data = yaml_tree.parse(text).data
        return data if isinstance(data, dict) else {}
    found = head.split(text)
    # the date of a head of Pelican's; in one of ours it is the day of what the document is about
    return found.data | {"published_at": found.data.get("date")} if found.is_foreign else found.data
