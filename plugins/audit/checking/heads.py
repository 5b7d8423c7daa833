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
from plugins.records.read import IGNORED, PELICAN_NAME, PELICAN_UNLISTED
from plugins.records.values import parse_moment
from plugins.ukrainian import KYIV

CONTENT = "content/"
INDEXES = ("index.md", "index.yml")
"""Where both lie in a folder, the engine takes the first."""
DOCUMENTS = (".yml", ".md")
DAY = re.compile(rb"\d{4}-\d\d-\d\d")
ESCAPE = b"\\"
"""In quotes of YAML it may stand for any sign: what has one is read and not searched."""
STATUS = re.compile(rb"^status:", re.I | re.M)
"""In a head of Pelican's."""
NEVER = date.max.isoformat()
SHOWN = 10
"""Letters of a day."""


def may_be_public(path: str) -> bool:
    """Whether the engine looks at a file: below `content/`, nothing hidden, no note to editors."""
    return path.startswith(CONTENT) and "/." not in path and path.rpartition("/")[2] not in IGNORED


def head_of(path: str, is_there: Callable[[str], object]) -> str:
    """The document to which a file belongs: the outermost folder with an index above it, else itself."""
    found, folder = path, path.rpartition("/")[0]
    while folder:
        found = next((one for name in INDEXES if is_there(one := f"{folder}/{name}")), found)
        folder = folder.rpartition("/")[0]
    return found


def is_loose(path: str, is_there: Callable[[str], object]) -> bool:
    """Whether a file is neither a document nor beside one in its folder: it is public where somebody refers to it."""
    return not path.endswith(DOCUMENTS) and head_of(path, is_there) == path


def documents_of(paths: Iterable[str]) -> Iterator[str]:
    """The documents among the files of a moment."""
    there = frozenset(paths)
    return (path for path in there if may_be_public(path) and path.endswith(DOCUMENTS)
            and head_of(path, there.__contains__) == path)


def day_of(at: int) -> str:
    """The day of a moment (seconds since 1970) by the clock of Kyiv; the last of all where there is none."""
    with suppress(ValueError, OverflowError, OSError):
        return datetime.fromtimestamp(at, UTC).astimezone(KYIV).date().isoformat()
    return NEVER


def waits_for(path: str, content: bytes | None, day: str) -> bool:
    """Whether a document says that it is not public before a day (РРРР-ММ-ДД), nor on it."""
    if not content or not (STATUS.search(content) or ESCAPE in content or any(
            found.decode() >= day for found in DAY.findall(content + path.encode("utf-8", "replace")))):
        return False
    told = _read(path, content).get("published_at")
    return isinstance(told, str) and DAY.match(told.encode()) is not None and told[:SHOWN] >= day


def comes_at(path: str, content: bytes) -> int | None:
    """The moment from which on a document says that it is public (seconds since 1970); None where it names none."""
    told = str(_read(path, content).get("published_at"))
    for text in (told, f"{told} 00:00"):
        with suppress(ValueError):
            return int(parse_moment(text).timestamp())
    return None


def is_withdrawn(path: str, content: bytes) -> bool:
    """Whether a document says that it is withdrawn."""
    return (b"withdrawn" in content or ESCAPE in content) and bool(_read(path, content).get("withdrawn"))


def _read(path: str, content: bytes) -> dict[str, Any]:
    text = content.decode("utf-8", "replace").removeprefix("\ufeff").replace("\r\n", "\n")
    if path.endswith(".yml"):
        data = yaml_tree.parse(text).data
        return data if isinstance(data, dict) else {}
    found = head.split(text)
    return found.data | {"published_at": _pelican_day(path, found.data)} if found.is_foreign else found.data


def _pelican_day(path: str, data: dict[str, Any]) -> str:
    """When a document with a head of Pelican's is public; in a head of ours `date` is of what the document is about."""
    if data.get("status", "").lower() in PELICAN_UNLISTED:
        return NEVER
    named = PELICAN_NAME.match(path.rpartition("/")[2])
    return str(data.get("date") or (named[0] if named else ""))
