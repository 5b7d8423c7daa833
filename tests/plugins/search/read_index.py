"""Reads the files of the Ukrainian index as `plugins/search/codec.py` describes them, for tests of what is in it."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple


class Posting(NamedTuple):
    """A term in a section, out of the attribute byte."""

    in_title: bool
    often: int
    form: int
    where: int


class Word(NamedTuple):
    """A line of the lexicon."""

    name: str
    forms: frozenset[str]
    level: int
    cover: str


class Shown(NamedTuple):
    """What a text file holds of a section."""

    url: str
    anchor: str
    title: str
    heading: str
    kind: str
    date: str
    state: str
    word: str
    text: str


class Bytes:
    """A place in bytes that moves on."""

    def __init__(self, content: bytes) -> None:
        self.content, self.at = content, 0

    def __bool__(self) -> bool:
        return self.at < len(self.content)

    def take(self, count: int) -> bytes:
        self.at += count
        return self.content[self.at - count:self.at]

    def varint(self) -> int:
        value = shift = 0
        while True:
            byte = self.take(1)[0]
            value |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                return value

    def text(self) -> str:
        return self.take(self.varint()).decode("cp1251")

    def gaps(self, count: int) -> list[int]:
        found, before = [], 0
        for _ in range(count):
            before += self.varint()
            found.append(before)
        return found


class Read:
    """An index out of its files: path below `uk/` → content."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self.files = files
        content = gzip.decompress(files["meta.gz"])
        line, _, _ = content.partition(b"\n")
        self.facts: dict[str, Any] = json.loads(line)
        self.sets = [tuple(suffixes.split("|")) for suffixes in self.facts["sets"]]
        rest = Bytes(content[len(line) + 1:])
        self.lengths = rest.take(self.facts["slots"])
        self.lex = [(key, rest.take(4).hex()) for key in self.facts["lex"].split()]
        self.post = [(key, rest.take(4).hex()) for key in self.facts["post"].split()]
        self.common = list(self._entries(rest.take(self.facts["common"])))
        self.tail = dict(self._records(rest.take(self.facts["tail"])))
        assert not rest

    def names(self) -> set[str]:
        """All files that the header speaks of."""
        return {"meta.gz", f"begin/{self.facts['begin']}.gz",
                *(f"lex/{name}.gz" for _, name in self.lex), *(f"post/{name}.gz" for _, name in self.post),
                *(f"col/{name}.gz" for name in self.facts["columns"].values()),
                *(f"text/{slot}.gz" for slot in self.slots())}

    def slots(self) -> list[int]:
        """Slots with a section."""
        return [slot for slot, length in enumerate(self.lengths) if length & 31 or f"text/{slot}.gz" in self.files]

    def _records(self, content: bytes) -> Iterator[tuple[str, dict[int, Posting]]]:
        cursor, term = Bytes(content), ""
        counts: list[tuple[str, int]] = []
        for _ in range(cursor.varint()):
            term = term[:cursor.varint()] + cursor.text()
            groups = cursor.varint()
            assert groups != 1, "one group of forms is not written"
            for _ in range(groups):
                cursor.text()
                self._set(cursor, cursor.varint())
            counts.append((term, cursor.varint()))
        slots = [cursor.gaps(count) for _, count in counts]
        for (term, count), places in zip(counts, slots, strict=True):
            yield term, {slot: Posting(bool(byte & 1), byte >> 1 & 3, byte >> 3 & 1, byte >> 4)
                         for slot, byte in zip(places, cursor.take(count), strict=True)}
        assert not cursor

    def _set(self, cursor: Bytes, number: int) -> tuple[str, ...]:
        if number < len(self.sets):
            return self.sets[number]
        return tuple(cursor.text() for _ in range(cursor.varint()))

    def post_files(self) -> list[tuple[str, dict[str, dict[int, Posting]]]]:
        """(least key, terms) of each file of postings."""
        return [(key, dict(self._records(gzip.decompress(self.files[f"post/{name}.gz"])))) for key, name in self.post]

    def postings(self) -> dict[str, dict[int, Posting]]:
        """Term → slot → posting, tail and files together."""
        found: dict[str, dict[int, Posting]] = {}
        for records in (*(records for _, records in self.post_files()), self.tail):
            for term, posts in records.items():
                assert not found.get(term, {}).keys() & posts.keys()
                found[term] = found.get(term, {}) | posts
        return found

    def words(self) -> list[Word]:
        """All entries of the lexicon."""
        return [word for _, name in self.lex for word in self._entries(gzip.decompress(self.files[f"lex/{name}.gz"]))]

    def _entries(self, content: bytes) -> Iterator[Word]:
        cursor, stem = Bytes(content), ""
        while cursor:
            stem = stem[:cursor.varint()] + cursor.text()
            number = cursor.varint()
            suffixes = self._set(cursor, number >> 1)
            byte = cursor.take(1)[0]
            lemma = stem + suffixes[0] if number & 1 else cursor.text()
            cover = cursor.text() if byte & 64 else ""
            yield Word(f"{lemma}/{'navx'[byte >> 4 & 3]}", frozenset(stem + end for end in suffixes), byte & 15, cover)

    def beginnings(self) -> set[str]:
        """With which four letters forms begin."""
        cursor = Bytes(gzip.decompress(self.files[f"begin/{self.facts['begin']}.gz"]))
        found = set(self._branch(cursor, ""))
        assert not cursor
        return found

    def _branch(self, cursor: Bytes, before: str) -> Iterator[str]:
        following = cursor.varint()
        for place, letter in enumerate("аоіерунилтсвкмдпбзгяшчхюжцфєйьїщ"):
            if following >> place & 1:
                yield from [before + letter] if len(before) == 3 else self._branch(cursor, before + letter)

    def readings(self, form: str) -> dict[str, int]:
        """What a form may be: lemma → level."""
        return {word.name: word.level for word in self.words() if form in word.forms}

    def shown(self, slot: int) -> Shown:
        """A text file."""
        content = gzip.decompress(self.files[f"text/{slot}.gz"])
        return Shown(*json.loads(content[1:].decode("cp1251" if content[0] else "utf-8")))

    def found(self, term: str) -> set[str]:
        """Where a term stands: addresses with anchors."""
        return {self.place(slot) for slot in self.postings().get(term, {})}

    def place(self, slot: int) -> str:
        """`/p/1/#a`."""
        shown = self.shown(slot)
        return f"{shown.url}#{shown.anchor}" if shown.anchor else shown.url

    def column(self, name: str) -> dict[str, list[int]]:
        """Value → slots."""
        line, _, rest = gzip.decompress(self.files[f"col/{self.facts['columns'][name]}.gz"]).partition(b"\n")
        head, cursor = json.loads(line), Bytes(rest)
        if head["many"]:
            return {value: cursor.gaps(cursor.varint()) for value in head["values"]}
        assert len(rest) == self.facts["slots"]
        return {value: [slot for slot, byte in enumerate(rest) if byte == number]
                for number, value in enumerate(head["values"], 1)}


def read_index(folder: Path) -> Read:
    """The index below an output folder."""
    place = folder / "search" / "uk"
    return Read({file.relative_to(place).as_posix(): file.read_bytes() for file in place.rglob("*") if file.is_file()})
