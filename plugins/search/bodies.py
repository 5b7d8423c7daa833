"""Terms → their records of postings and their entries in the lexicon."""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Mapping

from plugins.ukrainian import FUNCTION_WORDS, spelt_key

from .choices import Choices
from .codec import Sets, attribute, form_class, record
from .intake import MARK
from .lexemes import BEGINNING, BETWEEN_GROUPS, BETWEEN_SUFFIXES, groups_of
from .sections import COUNTED, TITLE, WHERE

LOW = (1 << MARK) - 1
LIKELY = 0.2
"""From this share on, a reading is as good as any."""
COVERABLE = 256
"""A lemma in no more sections than this is read in any case: it costs little."""


class Bodies:
    """Makes terms anew; tells by their beginnings which files are others now."""

    def __init__(self, db: sqlite3.Connection, choices: Choices, sets: Sets) -> None:
        self.db, self.choices, self.sets = db, choices, sets
        self.posts: set[str] = set()
        """Beginnings of terms with another record."""
        self.lexicon: set[str] = set()
        """Beginnings of forms with other entries."""

    def settle(self, posts: set[str], forms: set[str], levels: set[str]) -> None:
        """Make these terms again: those with other postings, with other forms, with another level."""
        regrouped = {term for term in sorted(forms) if "/" in term and self._set_forms(term)}
        for term in sorted(levels):
            self.lexicon.update(beginning for beginning, in self.db.execute(
                "select beginning from entry where term = ?", (term,)))
        slots = Places(self.db)
        for term in sorted(posts | regrouped | self.choices.beside(forms)):
            self._set_body(term, slots)

    def _set_forms(self, term: str) -> bool:
        """Write the entries of a lemma; returns whether they are others now."""
        forms: set[str] = set()
        for lemma, found in self.db.execute(
                "select lemma, forms.forms from kept join reading on reading.word = kept.word "
                "join forms on forms.id = reading.forms where term = ?", (term,)):
            if self.choices.wording.aliases.get(lemma, lemma) == term:
                forms.update(found.split())
        groups = groups_of(term.rpartition("/")[0], forms)
        text = BETWEEN_GROUPS.join(BETWEEN_SUFFIXES.join((group.stem, *group.suffixes)) for group in groups)
        if text == self._groups(term):
            return False
        self.lexicon.update(beginning for beginning, in self.db.execute(
            "select beginning from entry where term = ?", (term,)))
        self.db.execute("delete from entry where term = ?", (term,))
        entries = [((group.stem + group.suffixes[0])[:BEGINNING], term, group.stem,
                    BETWEEN_SUFFIXES.join(group.suffixes)) for group in groups]
        self.db.executemany("insert into entry values (?, ?, ?, ?)", entries)
        self.lexicon.update(beginning for beginning, *_ in entries)
        self.db.execute("insert into term (term, beginning, mass, groups) values (?1, ?2, 0, ?3) "
                        "on conflict (term) do update set groups = ?3",
                        (term, term[:BEGINNING], text))
        return True

    def _groups(self, term: str) -> str:
        found = self.db.execute("select groups from term where term = ?", (term,)).fetchone()
        return str(found[0]) if found else ""

    def _set_body(self, term: str, slots: Mapping[int, int]) -> None:
        groups, postings = self.choices.groups_of(term), self._postings(term, slots)
        body = record(groups if len(groups) > 1 else (), postings, self.sets) if postings else None
        old = self.db.execute("select body from term where term = ?", (term,)).fetchone()
        if body != (old[0] if old else None):
            self.db.execute("insert into term (term, beginning, mass, groups, body) values (?1, ?2, 0, '', ?3) "
                            "on conflict (term) do update set body = ?3", (term, term[:BEGINNING], body))
            self.posts.add(term[:BEGINNING])
        self._set_cover(term, self.choices.cover_of(term) if len(postings) > COVERABLE else "")

    def _set_cover(self, term: str, cover: str) -> None:
        """Write down which lemma covers another; entries tell it."""
        if self.db.execute("update term set cover = ?2 where term = ?1 and cover != ?2", (term, cover)).rowcount:
            self.lexicon.update(beginning for beginning, in self.db.execute(
                "select beginning from entry where term = ?", (term,)))

    def _postings(self, term: str, slots: Mapping[int, int]) -> list[tuple[int, int]]:
        """(slot, attribute byte) of a term outside of the tail; nobody ranks by words that say nothing."""
        if term.rpartition("/")[0] in FUNCTION_WORDS:
            found = (array("Q", posts or b"") for _, _, posts in self.choices.words_of(term))
            sections = {post >> MARK for posts in found for post in posts}
            return [(slot, 0) for slot in sorted(slots[section] for section in sections)]
        words = [(form_class(spelt_key(text)), share, array("Q", posts or b""))
                 for text, share, posts in self.choices.words_of(term)]
        merged = Merged()
        if len(words) == 1:
            (form, share, posts), = words
            return sorted((slots[post >> MARK], merged.attribute(post & LOW, form, share)) for post in posts)
        for form, share, posts in words:
            for post in posts:
                merged.add(post >> MARK, post & LOW, form, share)
        return sorted((slots[section], byte) for section, byte in merged.bytes())


class Places(dict[int, int]):
    """Section → slot. One by one as they are asked for, all at once when many are."""

    MANY = 1_000

    def __init__(self, db: sqlite3.Connection) -> None:
        super().__init__()
        self.db = db

    def __missing__(self, section: int) -> int:
        if len(self) == self.MANY:
            self.update(self.db.execute("select id, slot from section"))
        else:
            self[section] = self.db.execute("select slot from section where id = ?", (section,)).fetchone()[0]
        return self[section]


def counted(mark: int, share: float) -> float:
    """How often a word stands for a term: all of it, unless the term is one of its rarer readings."""
    return mark % COUNTED * (1 if share >= LIKELY else share)


class Merged:
    """Several words of one term in sections: counted together, by their shares."""

    def __init__(self) -> None:
        self._known: dict[tuple[int, int, float], int] = {}
        self._single: dict[int, tuple[int, int, float]] = {}
        self._many: dict[int, list[tuple[int, int, float]]] = {}

    def attribute(self, mark: int, form: int, share: float) -> int:
        """The byte of one word alone."""
        key = mark, form, share
        byte = self._known.get(key)
        if byte is None:
            byte = self._known[key] = attribute(counted(mark, share), mark >> WHERE, form,
                                                is_title=bool(mark & TITLE))
        return byte

    def add(self, section: int, mark: int, form: int, share: float) -> None:
        """One word in one section."""
        if section not in self._single:
            self._single[section] = mark, form, share
        else:
            self._many.setdefault(section, [self._single[section]]).append((mark, form, share))

    def bytes(self) -> list[tuple[int, int]]:
        """(section, attribute byte)."""
        return [(section, self._of_many(self._many[section]) if section in self._many else self.attribute(*single))
                for section, single in self._single.items()]

    def _of_many(self, words: list[tuple[int, int, float]]) -> int:
        counts = [(counted(mark, share), form) for mark, form, share in words]
        return attribute(sum(count for count, _ in counts), min(mark >> WHERE for mark, _, _ in words),
                         max(counts)[1], is_title=any(mark & TITLE for mark, _, _ in words))
