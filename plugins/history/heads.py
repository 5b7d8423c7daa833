"""What the head of a document says, key by key, where it says another thing than in the revision before."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterator

from .commits import Change
from .moves import home

KEY = re.compile(rb"^([a-z_]+):(.*)$", re.M)
COMMENT = re.compile(rb"^#.*\n?", re.M)
BLOCK = re.compile(rb"[|>][-+\d]*(?=\s)")
RULE = re.compile(rb"^---[ \t]*$", re.M)
FOREIGN = re.compile(rb"^(date|slug):[ \t]*(.+?)[ \t]*$", re.M | re.I)
FOREIGN_KEYS = {b"date": "published_at", b"slug": "id"}
"""Keys of Pelican's own heads → ours."""
PROSE = ("id", "published_at", "withdrawn")
"""What is kept of the head of a text: its other keys have no time of their own."""
SHORT = 40
"""Values of a document's head up to this length are kept as they are; of longer ones a digest."""
TEXT = "/text.md"

Known = dict[str, str]
"""Key of a head → its value."""


def is_read(change: Change) -> bool:
    """True if the content of a file matters, and not only that it is another one."""
    return change.status != "D" and (change.path.endswith(TEXT) or bool(home(change.path)))


class Heads:
    """`told(change, content)` → keys with another value than before, as JSON; null for one that is gone.

    `before(path)`: what a head said in the revisions that were noted in an earlier build.
    """

    def __init__(self, before: Callable[[str], Known]) -> None:
        self.before = before
        self.known: dict[str, str] = {}
        """Path → what its head says, as JSON: of ten years of documents the dictionaries would fill the memory."""

    def told(self, change: Change, content: bytes) -> str:
        """Of a text the digest of its words; of other files nothing."""
        if not is_read(change):
            return "{}"
        if change.path.endswith(TEXT):
            return json.dumps({"text": _digest_of_words(content)})
        now = dict(split(content) if change.path.endswith(".yml") else _of_prose(content))
        whole = json.dumps(now)
        before = self._before(change)
        self.known[change.path] = whole
        if before is None:
            return whole
        found: dict[str, str | None] = {key: value for key, value in now.items() if before.get(key) != value}
        return json.dumps(found | dict.fromkeys(before.keys() - now.keys()))

    def _before(self, change: Change) -> Known | None:
        if change.status == "A":
            return None
        path = change.origin or change.path
        known = self.known.pop(path, "")
        return dict(json.loads(known)) if known else self.before(path)


def folded(parts: Iterator[dict[str, str | None]]) -> Known:
    """What a head says after these revisions, of which the first told everything."""
    told: dict[str, str | None] = {}
    for one in parts:
        told |= one
    return {key: value for key, value in told.items() if value is not None}


def _digest_of_words(text: bytes) -> str:
    """The same for a text in the head and in a file beside it, however it is indented and wrapped."""
    return hashlib.blake2b(b" ".join(text.split()), digest_size=8).hexdigest()


def split(text: bytes) -> Iterator[tuple[str, str]]:
    """The keys at the margin of a YAML document, each with what stands below it; comments are no part of it."""
    if b"\r" in text:
        text = text.replace(b"\r\n", b"\n")
    if b"#" in text:
        text = COMMENT.sub(b"", text)
    found = list(KEY.finditer(text))
    ends = [*(match.start() for match in found), len(text)][1:]  # there may be no key at all: an empty file, a marker
    for match, end in zip(found, ends, strict=True):
        value = text[match.start(2):end].strip()
        if match[1] == b"text" and (block := BLOCK.match(value)):
            yield "text", _digest_of_words(value[block.end():])
        elif len(value) <= SHORT and b"\n" not in value:
            yield match[1].decode(), value.decode("utf-8", "replace")
        else:
            yield match[1].decode(), hashlib.blake2b(value, digest_size=8).hexdigest()


def _of_prose(text: bytes) -> Iterator[tuple[str, str]]:
    """The same of a text with our own head, or with Pelican's."""
    text = text.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n")
    if RULE.match(text):
        _, head, *_ = [*RULE.split(text, 2), b""]
        yield from ((key, value) for key, value in split(head) if key in PROSE)
        return
    head = text.partition(b"\n\n")[0]
    yield from ((FOREIGN_KEYS[match[1].lower()], match[2].decode("utf-8", "replace"))
                for match in FOREIGN.finditer(head))
