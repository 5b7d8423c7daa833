"""Pages in, changes out: which sections hold which words, and what of it is different from the build before.

A posting is a number: the section's id times 65536, and the 16 bits of `sections.Section.marks`. Only sections outside
of the tail have postings here; a word's `count` is of all sections.
"""

from __future__ import annotations

import json
import sqlite3
from array import array
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from .model import Entry
from .numbering import Layout, Months, Numbered, by_month, in_tail, month_of, months_of, slots_of
from .state import head, set_head

MARK = 16
MANY = 100
"""Pages of one build that are worth knowing all words at once."""
AT_ONCE = 500


@dataclass(slots=True)
class Changes:
    """What is different about words and sections."""

    counts: dict[int, int] = field(default_factory=lambda: defaultdict(int))
    """Word → how many sections more (or fewer) hold it."""
    added: dict[int, array[int]] = field(default_factory=dict)
    """Word → new postings."""
    dropped: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    """Word → sections that no longer have a posting, or another one."""
    moved: set[int] = field(default_factory=set)
    """Words whose postings are the same, of sections with another slot."""
    texts: set[int] = field(default_factory=set)
    """Slots that hold another text now."""
    emptied: set[int] = field(default_factory=set)
    """Slots that held a text and hold none."""
    is_numbered_anew: bool = False
    """True if any section may have another slot."""
    has_other_facts: bool = False
    """True if something by which readers narrow results is another."""


class Intake:
    """One build's pages on their way into the state."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self.db = db
        self.before: dict[int, tuple[array[int], array[int]]] = {}
        """Sections that are new or other: (words, marks) of the build before."""
        self.gone: list[tuple[int, array[int], int, int]] = []
        """Sections that are no more: (id, words, slot, whether in the tail)."""
        self.changes = Changes()
        self.months = set[str]()
        """Months of pages that are new, no more, or of other sections or another day; empty for those without one."""
        self._ids: dict[str, int] = {}
        self._knows_all = False
        self._puts = 0
        self._next = db.execute("select coalesce(max(id), 0) from word").fetchone()[0] + 1

    def want(self, words: Iterable[str]) -> set[int]:
        """The ids of words that a question may have though no page has them."""
        return set(self._word_ids(sorted(words)))

    def put(self, entry: Entry) -> None:
        """A page that is new or another now."""
        self._puts += 1
        if self._puts == MANY:
            self._ids.update(self.db.execute("select word, id from word"))
            self._knows_all = True
        found = self.db.execute("select id, lang, day, facts from page where path = ?", (entry.path,)).fetchone()
        values = (entry.digest, entry.lang, entry.day, entry.standing, json.dumps(entry.facets, ensure_ascii=False),
                  json.dumps(entry.for_pagefind, ensure_ascii=False) if entry.for_pagefind else "")
        self.changes.has_other_facts |= not found or found[3] != values[4]
        if not found or found[1:3] != (entry.lang, entry.day):
            self._renumber(entry.day, *([found[2]] if found else []))
        if found:
            page = found[0]
            self.db.execute("update page set digest = ?, lang = ?, day = ?, standing = ?, facts = ?, "
                            "entry = ? where id = ?",
                            (*values, page))
        else:
            page = self.db.execute("insert into page values (null, ?, ?, ?, ?, ?, ?, ?)",
                                   (entry.path, *values)).lastrowid
        old = {row[0]: row for row in self.db.execute(
            "select number, id, words, marks, slot, is_tail from section where page = ?", (page,))}
        for place, section in enumerate(entry.sections):
            words = self._word_ids(section.terms.split("\n") if section.terms else [])
            content = (section.length, words.tobytes(), section.marks, section.packed, section.tag)
            if row := old.pop(place, None):
                self.before.setdefault(row[1], (array("I", row[2]), array("H", row[3])))
                self.db.execute("update section set length = ?, words = ?, marks = ?, text = ?, tag = ? where id = ?",
                                (*content, row[1]))
            else:
                number_of = self.db.execute("insert into section values (null, ?, ?, -1, 0, ?, ?, ?, ?, ?)",
                                            (page, place, *content)).lastrowid
                assert number_of
                self.before[number_of] = (array("I"), array("H"))
                self._renumber(entry.day)
        self._drop_sections(old.values(), entry.day)

    def drop(self, path: str) -> None:
        """A page that is no more."""
        found = self.db.execute("select id, day from page where path = ?", (path,)).fetchone()
        if found:
            self._drop_sections(self.db.execute("select number, id, words, marks, slot, is_tail from section "
                                                "where page = ?", found[:1]).fetchall(), found[1])
            self.db.execute("delete from page where id = ?", found[:1])
            self._renumber(found[1])
            self.changes.has_other_facts = True

    def _renumber(self, *days: str) -> None:
        self.changes.is_numbered_anew = True
        self.months.update(map(month_of, days))

    def _drop_sections(self, rows: Iterable[tuple[int, int, bytes, bytes, int, int]], day: str) -> None:
        for _, name, words, marks, slot, is_tail in rows:
            self._renumber(day)
            old, _ = self.before.pop(name, None) or (array("I", words), marks)
            if slot >= 0:
                self.gone.append((name, old, slot, is_tail))
            self.db.execute("delete from section where id = ?", (name,))

    def _word_ids(self, words: list[str]) -> array[int]:
        ids = self._ids
        missing = [word for word in words if word not in ids]
        if missing and not self._knows_all:
            for start in range(0, len(missing), AT_ONCE):
                some = missing[start:start + AT_ONCE]
                ids.update(self.db.execute(
                    f"select word, id from word where word in ({','.join('?' * len(some))})", some))  # noqa: S608
            missing = [word for word in missing if word not in ids]
        if missing:
            self.db.executemany("insert into word values (?, ?, 0, -1, null)", (
                (self._next + place, word) for place, word in enumerate(missing)))
            ids.update((word, self._next + place) for place, word in enumerate(missing))
            self._next += len(missing)
        return array("I", [ids[word] for word in words])

    # ----------------------------------------------------------------------- what came out

    def settle(self) -> tuple[Layout, Changes]:
        """Number all sections, if that may be another, and tell what is different."""
        changes = self.changes
        for name, words, _, is_tail in self.gone:
            for word in words:
                changes.counts[word] -= 1
                if not is_tail:
                    changes.dropped[word].add(name)
        layout, moved = self._numbered() if changes.is_numbered_anew else self._as_numbered()
        for name, now, is_tail in moved:
            self._move(changes, name, now, is_tail=is_tail)
        self.db.executemany("update section set slot = ?, is_tail = ? where id = ?",
                            ((now, is_tail, name) for name, now, is_tail in moved))
        self._keep_counts(changes)
        return layout, changes

    def _as_numbered(self) -> tuple[Layout, list[tuple[int, int, bool]]]:
        """The layout of the build before; changed sections where they are."""
        rows = (self.db.execute("select slot, is_tail from section where id = ?", (name,)).fetchone()
                for name in self.before)
        return Layout(*json.loads(head(self.db, "layout") or "[0, 0]")), [
            (name, slot, bool(is_tail)) for name, (slot, is_tail) in zip(self.before, rows, strict=True)]

    def _numbered(self) -> tuple[Layout, list[tuple[int, int, bool]]]:
        """(the layout, all sections that are new, others or elsewhere: id, slot, whether in the tail)."""
        known = Months(*json.loads(head(self.db, "months") or "[{}, {}]"))
        # The digits of a day are less than a letter, and nothing is less than a digit but no day.
        pages = {month: self._pages(month, f"{month}~" if month else "0") for month in sorted(self.months)
                 } if known.first else {}
        if not pages or not all(known.follow(month, sum(page.sections for page in some))
                                for month, some in pages.items()):
            pages = by_month(self._pages())
            known = months_of((month, sum(page.sections for page in some)) for month, some in pages.items())
        set_head(self.db, months=json.dumps(known), layout=json.dumps(known.layout))
        first: dict[str, int] = {}
        for month, some in pages.items():
            first |= slots_of(some, known.first[month])
        return known.layout, self._moved(first)

    def _pages(self, since: str = "", until: str = "~") -> list[Numbered]:
        """Pages with a day between two."""
        return [Numbered(*row) for row in self.db.execute(
            "select day, path, count(*) from page join section on section.page = page.id "
            "where lang = 'uk' and day >= ? and day < ? group by page.id", (since, until))]

    def _moved(self, first: dict[str, int]) -> list[tuple[int, int, bool]]:
        """Sections that are new, others or elsewhere; `first`: the slots of pages that may be elsewhere."""
        dated, = self.db.execute("select count(*) from page where lang = 'uk' and day != ''").fetchone()
        tail = {name for name, in self.db.execute(
            "select id from page where lang = 'uk' and day != '' order by day desc, path desc limit ?",
            (in_tail(dated),))}
        touched = {name: slot for path, slot in first.items()
                   for name, in self.db.execute("select id from page where path = ?", (path,))}
        touched |= dict.fromkeys((tail ^ {name for name, in self.db.execute(
            "select distinct page from section where is_tail = 1")}) - touched.keys(), -1)
        touched |= dict.fromkeys({page for name in self.before for page, in self.db.execute(
            "select page from section where id = ?", (name,))} - touched.keys(), -1)
        moved: list[tuple[int, int, bool]] = []
        held, emptied = set[int](), {slot for _, _, slot, _ in self.gone}
        for page, start in touched.items():
            for name, place, slot, was_tail in self.db.execute(
                    "select id, number, slot, is_tail from section where page = ?", (page,)):
                now, is_tail = start + place if start >= 0 else slot, page in tail
                held.add(now)
                if name in self.before or slot != now or bool(was_tail) != is_tail:
                    moved.append((name, now, is_tail))
                    if slot >= 0 and slot != now:
                        emptied.add(slot)
        self.changes.emptied = emptied - held
        return moved

    def _move(self, changes: Changes, name: int, now: int, *, is_tail: bool) -> None:
        """What a section that is new, another or elsewhere changes."""
        new_words, new_marks, slot, was_tail = self.db.execute(
            "select words, marks, slot, is_tail from section where id = ?", (name,)).fetchone()
        changes.texts.add(now)
        words, marks = array("I", new_words), array("H", new_marks)
        old_words, old_marks = self.before.get(name, (words, marks))
        if name in self.before:
            for word in words:
                changes.counts[word] += 1
            for word in old_words:
                changes.counts[word] -= 1
        had = dict(zip(old_words, old_marks, strict=True)) if slot >= 0 and not was_tail else {}
        if is_tail:
            for word in had:
                changes.dropped[word].add(name)
            return
        base, added = name << MARK, changes.added
        for word, mark in zip(words, marks, strict=True):
            known = had.pop(word, None)
            if known == mark:
                if slot != now:
                    changes.moved.add(word)
                continue
            if known is not None:
                changes.dropped[word].add(name)
            posts = added.get(word)
            if posts is None:
                posts = added[word] = array("Q")
            posts.append(base | mark)
        for word in had:
            changes.dropped[word].add(name)

    def _keep_counts(self, changes: Changes) -> None:
        self.db.executemany("update word set count = count + ? where id = ?",
                            ((delta, word) for word, delta in changes.counts.items() if delta))
        touched = changes.added.keys() | changes.dropped.keys()
        for word in touched:
            posts, dropped = self._posts(word), changes.dropped.get(word, ())
            if dropped:
                posts = array("Q", [post for post in posts if post >> MARK not in dropped])
            posts.extend(changes.added.get(word, ()))
            self.db.execute("update word set posts = ? where id = ?", (posts.tobytes(), word))

    def _posts(self, word: int) -> array[int]:
        found = self.db.execute("select posts from word where id = ?", (word,)).fetchone()[0]
        return array("Q", found or b"")
