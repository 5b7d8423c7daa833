"""Words → terms: which lemmas each word of the site is taken for, and with what share.

A word of the dictionary may be any of its readings. One that is not there is what explains most other such words of
the site (at most `GUESSES`): «Гринчука» beside «Гринчук» is that surname. The list of synonyms decides some
(`Wording.readings`) and joins others (`Wording.aliases`); the site's own unambiguous words weigh the rest
(`levels.py`).
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator

from plugins.ukrainian import is_word, readings, spelt_key

from .codec import Forms
from .levels import level_of, shares
from .lexemes import BEGINNING, BETWEEN_GROUPS, BETWEEN_SUFFIXES
from .wording import Wording

GUESSES = 3
GUESSED, KNOWN, DIRECT, UNREAD = 0, 1, 2, -1
"""What a word is: of no dictionary; of the dictionary; a number or a word of another alphabet; not looked at yet."""


class Choices:
    """Keeps the terms of words; `settle` tells which terms must be made again."""

    def __init__(self, db: sqlite3.Connection, wording: Wording, wanted: Collection[int]) -> None:
        """`wanted`: words that are there although no page has them."""
        self.db, self.wording, self.wanted = db, wording, wanted
        self._named = wording.named()
        self._forms: dict[str, int] = {}
        self._guesses: dict[int, list[str]] = {}

    def settle(self, counts: dict[int, int], touched: Iterable[int]) -> tuple[set[str], set[str], set[str]]:
        """(terms whose postings may be others, terms whose forms may be others, terms with another level).

        `counts`: how many sections more hold a word; `touched`: words with other postings.
        """
        self._read_new()
        unmet = {word for word in self.wanted if not self.db.execute(
            "select 1 from choice where word = ?", (word,)).fetchone()}
        words = {word for word, delta in counts.items() if delta} | unmet
        words |= self._guess(words)
        levels = self._weigh(words)
        rivals = {word for name in levels for word, in self.db.execute(
            "select word from rival where name = ?", (name,))}
        posts, forms = set[str](), set[str]()
        for word in sorted(words | rivals):
            before, after = self._keep(word)
            if before.keys() != after.keys():
                forms |= before.keys() ^ after.keys()
            if before != after:
                posts |= before.keys() | after.keys()
        for word in touched:
            posts.update(self._kept(word))
        return posts, forms, levels

    # ----------------------------------------------------------------------- readings

    def _read_new(self) -> None:
        """Look up words that were never met before."""
        for word, text in self.db.execute("select id, word from word where known = ?", (UNREAD,)).fetchall():
            known, names = self._read(text)
            self.db.execute("update word set known = ? where id = ?", (known, word))
            self.db.executemany("insert into reading values (?, ?, ?)", ((word, name, forms) for name, forms in names))

    def _read(self, text: str) -> tuple[int, list[tuple[str, int]]]:
        key = spelt_key(text)
        if not is_word(key):
            return DIRECT, [(key, 0)]
        found = readings(text)
        return int(found.is_known), [(reading.name, self._forms_id(" ".join(reading.forms)))
                                     for reading in found.readings]

    def _forms_id(self, text: str) -> int:
        if text not in self._forms:
            self.db.execute("insert or ignore into forms values (null, ?)", (text,))
            self._forms[text] = self.db.execute("select id from forms where forms = ?", (text,)).fetchone()[0]
        return self._forms[text]

    # ----------------------------------------------------------------------- what a word is taken for

    def _guess(self, words: Iterable[int]) -> set[int]:
        """Choose readings of words that the dictionary does not know; returns those that are taken for others now."""
        is_touched = any(self.db.execute("select 1 from word where id = ? and known = ?", (word, GUESSED)).fetchone()
                         for word in words)
        if not is_touched:
            return set()
        names: dict[int, list[str]] = defaultdict(list)
        for word, name, count in self.db.execute("select id, lemma, count from word join reading on "
                                                 "reading.word = word.id where known = ?", (GUESSED,)):
            if count or word in self.wanted:
                names[word].append(name)
        support = Counter(name for found in names.values() for name in found)
        chosen = {word: self._best(found, support) for word, found in names.items()}
        before = dict(self.db.execute("select choice.word, names from choice join word on word.id = choice.word "
                                      "where known = ?", (GUESSED,)).fetchall())
        self._guesses = chosen
        return {word for word, found in chosen.items() if before.get(word) != json.dumps(found, ensure_ascii=False)}

    def _best(self, names: list[str], support: Counter[str]) -> list[str]:
        most = max(support[name] for name in names)
        return self._aliased(sorted(name for name in names if support[name] == most)[:GUESSES])

    def _aliased(self, names: Iterable[str]) -> list[str]:
        return sorted({self.wording.aliases.get(name, name) for name in names})

    def _names(self, word: int) -> list[str]:
        """The readings of a word, before they are weighed."""
        text, known = self.db.execute("select word, known from word where id = ?", (word,)).fetchone()
        if known == GUESSED:
            return self._guesses.get(word, [])
        names = [name for name, in self.db.execute("select lemma from reading where word = ?", (word,))]
        if meant := self.wording.readings.get(spelt_key(text)):
            names = [meant] if meant in names else names
        return self._aliased(names)

    # ----------------------------------------------------------------------- weights

    def _weigh(self, words: Iterable[int]) -> set[str]:
        """Count unambiguous words; returns the lemmas that have another level."""
        masses: Counter[str] = Counter()
        for word in words:
            count = self.db.execute("select count from word where id = ?", (word,)).fetchone()[0]
            names = self._names(word) if count or word in self.wanted else []
            old = self.db.execute("select names, count from choice where word = ?", (word,)).fetchone()
            old_names = json.loads(old[0]) if old else []
            if len(old_names) == 1:
                masses[old_names[0]] -= old[1]
            if len(names) == 1:
                masses[names[0]] += count
            if names != old_names:
                self.db.executemany("delete from rival where name = ? and word = ?",
                                    ((name, word) for name in old_names))
                if len(names) > 1:
                    self.db.executemany("insert into rival values (?, ?)", ((name, word) for name in names))
            self.db.execute("insert into choice values (?, ?, ?, '{}') on conflict (word) do update set "
                            "names = excluded.names, count = excluded.count",
                            (word, json.dumps(names, ensure_ascii=False), count))
        return {name for name, delta in sorted(masses.items()) if delta and self._add_mass(name, delta)}

    def _add_mass(self, name: str, delta: int) -> bool:
        mass = self.mass(name)
        self.db.execute("insert into term (term, beginning, mass, groups) values (?1, ?2, ?3, '') "
                        "on conflict (term) do update set mass = ?3", (name, name[:BEGINNING], mass + delta))
        return level_of(mass) != level_of(mass + delta)

    def mass(self, name: str) -> int:
        """How many sections hold a form that is of this lemma alone."""
        found = self.db.execute("select mass from term where term = ?", (name,)).fetchone()
        return int(found[0]) if found else 0

    # ----------------------------------------------------------------------- what is kept

    def _kept(self, word: int) -> dict[str, float]:
        found = self.db.execute("select kept from choice where word = ?", (word,)).fetchone()
        return dict(json.loads(found[0])) if found else {}

    def _keep(self, word: int) -> tuple[dict[str, float], dict[str, float]]:
        """(the shares of a word's terms before, now)."""
        before = self._kept(word)
        names = json.loads(self.db.execute("select names from choice where word = ?", (word,)).fetchone()[0])
        after = shares(names, {name: level_of(self.mass(name)) for name in names} if len(names) > 1 else {})
        if before != after:
            self.db.execute("update choice set kept = ? where word = ?", (json.dumps(after, ensure_ascii=False), word))
            self.db.executemany("delete from kept where term = ? and word = ?", ((name, word) for name in before))
            self.db.executemany("insert into kept values (?, ?)", ((name, word) for name in after))
        return before, after

    def cover_of(self, term: str) -> str:
        """The lemma of which all words of this one are forms too, at least as likely ones; empty if there is none.

        Of two lemmas of the very same words, alike likely, the first in the order of keys covers the other. None that
        the list of synonyms names is covered: it is looked for by its name.
        """
        if "/" not in term or term in self._named:
            return ""
        kept = [json.loads(text) for text, in self.db.execute(
            "select choice.kept from kept join choice on choice.word = kept.word where term = ?", (term,))]
        others = set[str].intersection(*(set(names) for names in kept)) - {term} if kept else set()
        fit = [other for other in others if "/" in other and all(names[other] >= names[term] for names in kept)
               and (other < term or any(names[other] > names[term] for names in kept)
                    or self._number_of_words(other) > len(kept))]
        return min(fit, key=lambda other: (-min(names[other] for names in kept), other), default="")

    def beside(self, terms: Iterable[str]) -> set[str]:
        """The terms that share a word with these: with other words they may cover those, or cover them no more."""
        return {name for term in terms if "/" in term for text, in self.db.execute(
            "select choice.kept from kept join choice on choice.word = kept.word where term = ?", (term,))
            for name in json.loads(text)}

    def _number_of_words(self, term: str) -> int:
        found, = self.db.execute("select count(*) from kept where term = ?", (term,)).fetchone()
        return int(found)

    def words_of(self, term: str) -> Iterator[tuple[str, float, bytes | None]]:
        """(spelling, share, postings) of the words of a term, by their spelling."""
        for text, kept, posts in self.db.execute(
                "select word.word, choice.kept, word.posts from kept join word on word.id = kept.word "
                "join choice on choice.word = kept.word where term = ? order by word.word", (term,)):
            yield text, json.loads(kept)[term], posts

    def groups_of(self, term: str) -> list[Forms]:
        """The groups of a lemma's forms, as its entries have them."""
        found = self.db.execute("select groups from term where term = ?", (term,)).fetchone()
        groups = found[0].split(BETWEEN_GROUPS) if found and found[0] else []
        return [Forms(stem, tuple(suffixes)) for stem, *suffixes in (group.split(BETWEEN_SUFFIXES) for group in groups)]
