"""The Ukrainian index from build to build: pages in, files out, by what has changed.

The flow, each step in its own module: pages → words of sections and what of it is different (`intake.py`, slots:
`numbering.py`) → the lemmas that words are taken for (`choices.py`) → records and entries of the terms that this
touches (`bodies.py`) → the files that these lie in (`files.py`) and the beginnings of words (`beginnings.py`), the
header and the columns (here).
"""

from __future__ import annotations

import json
import sqlite3
from array import array
from collections.abc import Callable, Iterator
from functools import cache
from importlib.resources import files as resources

from plugins.ukrainian import FUNCTION_WORDS, spelt_key

from . import beginnings, codec
from .bodies import Bodies, Merged
from .choices import Choices
from .codec import Entry as LexiconEntry
from .codec import Forms, Sets, form_class, record
from .files import Files, Group, Items, hash_of
from .intake import Changes, Intake
from .levels import level_of
from .lexemes import BETWEEN_SUFFIXES
from .numbering import Layout
from .state import head, set_head
from .wording import Wording

LEXICON, POSTINGS = 3_300, 6_000
"""Bytes of a file before packing."""
COLUMNS = ("kind", "body", "year", "topic", "status", "person")
MANY = ("topic", "person")
"""Columns of which a page may have several values."""
COMMON = 150
"""Lemmas of most sections that travel with the header of a large site."""
COMMON_BYTES = 500
"""Bytes of the record of such a lemma, at least."""


@cache
def suffix_sets() -> Sets:
    """The suffix sets that most lemmas have, one a line; `bench/search/suffix_sets.py` counted them."""
    text = resources(__package__).joinpath("suffix-sets.txt").read_text(encoding="utf-8")
    return Sets([tuple(line.split(BETWEEN_SUFFIXES)) for line in text.splitlines()])


class Making:
    """One build of the index."""

    def __init__(self, db: sqlite3.Connection, wording: Wording, *, is_whole: bool) -> None:
        """`is_whole`: nothing that was written before is there any more."""
        self.db, self.wording, self.sets = db, wording, suffix_sets()
        self.is_whole = is_whole
        if is_whole:
            db.execute("delete from file")
            set_head(db, mark="")
        self.intake = Intake(db)
        self.choices = Choices(db, wording, self.intake.want(wording.words))
        self.put_file: Callable[[str, bytes], None] = lambda name, content: None
        self.gone = set[str]()
        """Names of files that are no more."""

    def settle(self, put_file: Callable[[str, bytes], None]) -> set[str]:
        """Hand over all files that are new or others, by their names; returns the names of those that are no more."""
        self.put_file = put_file
        layout, changes = self.intake.settle()
        if self.is_whole:
            changes.texts = {slot for slot, in self.db.execute("select slot from section")}
        bodies = Bodies(self.db, self.choices, self.sets)
        touched = {*changes.added, *changes.dropped, *changes.moved}
        bodies.settle(*self.choices.settle(changes.counts, touched))
        for slot in sorted(changes.texts):
            content, = self.db.execute("select text from section where slot = ?", (slot,)).fetchone()
            put_file(f"text/{slot}.gz", content)
        self.gone |= {f"text/{slot}.gz" for slot in changes.emptied}
        lexicon = self._lexicon(bodies)
        postings = self._postings(bodies)
        begin, gone = beginnings.settle(self.db, bodies.lexicon, put_file)
        self.gone |= gone
        self._header(layout, changes, lexicon, postings, begin)
        return self.gone

    # ----------------------------------------------------------------------- files of words

    def _lexicon(self, bodies: Bodies) -> Files:
        files = Files(self.db, "lex", LEXICON, may_split=False)
        groups = [Group(*row) for row in self.db.execute(
            "select beginning, sum(length(stem) + length(term) / 2 + 4) from entry group by beginning "
            "order by beginning")]
        files.settle(groups, bodies.lexicon, self._entries, self._lexicon_file)
        self._take(files)
        return files

    def _entries(self, low: str, high: str) -> Items:
        return [(term, f"{stem}\n{suffixes}\n{level_of(mass)}\n{cover}".encode()) for term, stem, suffixes, mass, cover
                in self.db.execute("select entry.term, stem, suffixes, mass, cover from entry join term using (term) "
                                "where entry.beginning between ? and ? order by entry.beginning, term", (low, high))]

    def _common(self, layout: Layout) -> bytes:
        """The entries of common words, of a site that is too large for a list of addresses."""
        if layout.total <= codec.URLS:
            return b""
        often = self.db.execute("select term from term where length(body) > ? and instr(term, '/') "
                                "order by length(body) desc, term limit ?", (COMMON_BYTES, COMMON)).fetchall()
        terms = {term for term, in often if term.rpartition("/")[0] not in FUNCTION_WORDS}
        found: Items = []
        for beginning in sorted({beginning for term in terms for beginning, in self.db.execute(
                "select beginning from entry where term = ?", (term,))}):
            items = [(item, _forms_in(item[1])) for item in self._entries(beginning, beginning)]
            forms = set[str]().union(*(own for (term, _), own in items if term in terms))
            found += [item for item, own in items if own & forms]
        return self._lexicon_file(found)

    def _lexicon_file(self, items: Items) -> bytes:
        entries = []
        for term, content in items:
            stem, suffixes, level, cover = content.decode().split("\n")
            lemma, _, part = term.rpartition("/")
            forms = Forms(stem, tuple(suffixes.split(BETWEEN_SUFFIXES)))
            entries.append(LexiconEntry(forms, lemma, part, int(level), cover))
        return codec.lexicon(entries, self.sets)

    def _postings(self, bodies: Bodies) -> Files:
        files = Files(self.db, "post", POSTINGS, may_split=True)
        groups = [Group(*row) for row in self.db.execute(
            "select beginning, sum(length(body) + length(term) / 2) from term where body is not null "
            "group by beginning order by beginning")]
        files.settle(groups, bodies.posts, self._records, codec.chunk)
        self._take(files)
        return files

    def _records(self, low: str, high: str) -> Items:
        return self.db.execute("select term, body from term where beginning between ? and ? and body is not null "
                               "order by term", (low, high)).fetchall()

    def _take(self, files: Files) -> None:
        for name, content in files.written.items():
            self.put_file(f"{files.kind}/{name}.gz", content)
        self.gone |= {f"{files.kind}/{name}.gz" for name in files.gone}

    # ----------------------------------------------------------------------- the header

    def _header(self, layout: Layout, changes: Changes, lexicon: Files, postings: Files, begin: str) -> None:
        lengths = self._lengths(layout, changes)
        tags = self._tags({slot // codec.TAGGED for slot in (*changes.texts, *changes.emptied)})
        sections, words = self.db.execute("select count(*), coalesce(sum(length), 0) from section").fetchone()
        pages, = self.db.execute("select count(*) from section where number = 0").fetchone()
        tail, present = codec.chunk(list(self._tail())), self._concepts()
        header: dict[str, object] = {
            "version": codec.VERSION, "lang": "uk", "slots": layout.total, "dated": layout.dated,
            "pages": pages, "sections": sections, "mean": round(16 * words / max(sections, 1)),
            "sets": [BETWEEN_SUFFIXES.join(suffixes) for suffixes in self.sets.sets],
            "lex": " ".join(first for first, _ in lexicon.names),
            "post": " ".join(first for first, _ in postings.names),
            "begin": begin, "columns": self._columns(layout) if (
                self.is_whole or changes.is_numbered_anew or changes.has_other_facts) else dict(self.db.execute(
                "select first, hash from file where kind = 'col' order by first").fetchall()),
            "urls": self._urls(layout), "texts": tags,
            "stop": " ".join(sorted(FUNCTION_WORDS)), "concepts": [
                concept for concept in self.wording.concepts if concept[0] in present], "near": self._near()}
        content = codec.packed(codec.meta(header, lengths, [name for _, name in lexicon.names],
                                          [name for _, name in postings.names], self._common(layout), tail))
        mark = hash_of(content)
        if mark != head(self.db, "mark"):
            self.put_file("meta.gz", content)
            set_head(self.db, mark=mark)

    def _concepts(self) -> set[str]:
        """Concepts that are on the site."""
        return {term for term, in self.db.execute("select term from kept where term >= '+' and term < ','")}

    def _near(self) -> dict[str, list[str]]:
        """Related lemmas of which the site has both."""
        def is_here(term: str) -> bool:
            return self.db.execute("select 1 from kept where term = ? limit 1", (term,)).fetchone() is not None

        here = {term: list(filter(is_here, beside)) for term, beside in self.wording.near.items()}
        return {term: beside for term, beside in here.items() if beside}

    def _lengths(self, layout: Layout, changes: Changes) -> bytes:
        """A byte for each slot."""
        found = self.db.execute("select content from lengths").fetchone()
        lengths = bytearray((found[0] if found else b"")[:layout.total].ljust(layout.total, b"\0"))
        for slot in changes.emptied:
            lengths[slot:slot + 1] = b"\0" if slot < layout.total else b""
        for slot in changes.texts:
            number, length, standing = self.db.execute(
                "select number, length, standing from section join page on page.id = page where slot = ?",
                (slot,)).fetchone()
            lengths[slot] = codec.length(length, standing, continues=number > 0)
        self.db.execute("insert or replace into lengths values (1, ?)", (bytes(lengths),))
        return bytes(lengths)

    def _tags(self, touched: set[int]) -> str:
        """A tag for each block of slots."""
        for block in touched:
            texts = "".join(f"{slot} {tag}\n" for slot, tag in self.db.execute(
                "select slot, tag from section where slot >= ? and slot < ? order by slot",
                (block * codec.TAGGED, (block + 1) * codec.TAGGED)))
            self.db.execute("insert or replace into tag values (?, ?)", (block, hash_of(texts.encode())))
        last, = self.db.execute("select coalesce(max(slot), -1) from section").fetchone()
        self.db.execute("delete from tag where block > ?", (last // codec.TAGGED,))
        return "".join(tag for tag, in self.db.execute("select tag from tag order by block"))

    def _tail(self) -> Iterator[tuple[str, bytes]]:
        """Records of the newest pages."""
        found: dict[str, Merged] = {}
        slots: dict[int, int] = {}
        for name, slot, words, marks in self.db.execute(
                "select id, slot, words, marks from section where is_tail = 1 order by slot"):
            slots[name] = slot
            for word, mark in zip(array("I", words), array("H", marks), strict=True):
                text, kept = self.db.execute("select word.word, kept from word join choice on choice.word = word.id "
                                             "where id = ?", (word,)).fetchone()
                for term, share in json.loads(kept).items():
                    found.setdefault(term, Merged()).add(name, mark, form_class(spelt_key(text)), share)
        for term in sorted(found):
            groups = self.choices.groups_of(term)
            yield term, record(groups if len(groups) > 1 else (),
                               sorted((slots[name], byte) for name, byte in found[term].bytes()), self.sets)

    # ----------------------------------------------------------------------- columns and addresses

    def _columns(self, layout: Layout) -> dict[str, str]:
        """Name → hash of each column that has a value."""
        found: dict[str, dict[str, list[int]]] = {name: {} for name in COLUMNS}
        for slot, facts in self.db.execute(
                "select slot, facts from section join page on page.id = page where number = 0 order by slot"):
            for name, value in json.loads(facts).items():
                for one in value if name in MANY else [value]:
                    found[name].setdefault(one, []).append(slot)
        made = {name: codec.packed(self._column(name, places, layout.total))
                for name, places in found.items() if places}
        before = dict(self.db.execute("select first, hash from file where kind = 'col'").fetchall())
        now = {name: hash_of(content) for name, content in sorted(made.items())}
        for name, content in made.items():
            if now[name] not in before.values():
                self.put_file(f"col/{now[name]}.gz", content)
        self.gone |= {f"col/{digest}.gz" for digest in set(before.values()) - set(now.values())}
        self.db.execute("delete from file where kind = 'col'")
        self.db.executemany("insert into file values ('col', ?, '', '', ?)", now.items())
        return now

    def _column(self, name: str, places: dict[str, list[int]], total: int) -> bytes:
        values = sorted(places)
        if name in MANY or len(values) > 255:
            return codec.column_of_many([(value, sorted(places[value])) for value in values])
        row = bytearray(total)
        for number, value in enumerate(values, 1):
            for slot in places[value]:
                row[slot] = number
        return codec.column(values, bytes(row))

    def _urls(self, layout: Layout) -> str:
        """The addresses of all pages, on a site that is small enough for a list of them."""
        if layout.total > codec.URLS:
            return ""
        rows = [""] * layout.total
        for path, slot in self.db.execute("select path, slot from section join page on page.id = page "
                                          "where number = 0"):
            rows[slot] = f"/{path.removesuffix('index.html')}"
        return "\n".join(rows)


def _forms_in(content: bytes) -> set[str]:
    """The forms of an entry as `Making._entries` tells it."""
    stem, suffixes, *_ = content.decode().split("\n")
    return {stem + suffix for suffix in suffixes.split(BETWEEN_SUFFIXES)}
