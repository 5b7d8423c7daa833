"""The reviewed list of synonyms as the index uses it: aliases of words, concepts of several words, related words."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import NamedTuple

from plugins.ukrainian import Reading, readings, spelt_key, words

from .codec import shared
from .sections import Spellings
from .synonyms import Synonyms

PARTS = "navx"
SHORTEST = 3
"""Letters of the shortest stem by which a word of a concept is marked in an excerpt."""


class Wording(NamedTuple):
    """What the list says, in terms."""

    aliases: Mapping[str, str]
    """Lemma → the lemma under which it is found: `вул/x` → `вулиця/n`."""
    readings: Mapping[str, str]
    """Key of a form → the lemma that is meant."""
    spellings: Spellings
    concepts: tuple[tuple[str, tuple[tuple[tuple[str, str], ...], ...]], ...]
    """(term, its spellings; each word: lemma, stem for marking), for the header."""
    near: Mapping[str, tuple[str, ...]]
    """Lemma → related ones, for the header."""
    words: tuple[str, ...]
    """Single words of the list: a question with one of them is understood although no page has it."""

    def named(self) -> frozenset[str]:
        """The lemmas that the header names."""
        return frozenset({lemma for _, spellings in self.concepts for words in spellings for lemma, _ in words}
                         | {name for one, others in self.near.items() for name in (one, *others)})


def to_text(wording: Wording) -> str:
    """For the state."""
    firsts = {first: [[term, [sorted(word) for word in rest]] for term, rest in found]
              for first, found in wording.spellings.firsts.items()}
    return json.dumps([wording.aliases, wording.readings, firsts, wording.concepts, wording.near, wording.words],
                      ensure_ascii=False)


def from_text(text: str) -> Wording:
    """What `to_text` wrote."""
    aliases, meant, firsts, concepts, near, single = json.loads(text)
    return Wording(aliases, meant, Spellings({
        first: tuple((term, tuple(map(frozenset, rest))) for term, rest in found) for first, found in firsts.items()}),
        concepts, near, tuple(single))


def wording_of(synonyms: Synonyms) -> Wording:
    """The list in terms. The dictionary is opened: ask once for a list, and keep the answer."""
    meant = synonyms.readings
    aliases: dict[str, str] = {}
    firsts: dict[str, list[tuple[str, tuple[frozenset[str], ...]]]] = {}
    concepts: list[tuple[str, tuple[tuple[tuple[str, str], ...], ...]]] = []
    for group in synonyms.same:
        spellings = [[_reading(word, meant) for word in words(text)] for text in group]
        if all(len(spelling) == 1 for spelling in spellings):
            names = [spelling[0] for spelling in spellings]
            target = next((reading for reading, is_known in names if is_known), names[0][0])
            aliases.update((reading.name, target.name) for reading, _ in names if reading.name != target.name)
            continue
        term = "+" + "_".join(spelt_key(word) for word in words(group[0]))
        concepts.append((term, tuple(tuple((reading.name, _stem(reading)) for reading, _ in spelling)
                                     for spelling in spellings)))
        for spelling in spellings:
            (first, _), *rest = spelling
            for form in first.forms:
                firsts.setdefault(form, []).append((term, tuple(frozenset(reading.forms) for reading, _ in rest)))
    near: dict[str, list[str]] = {}
    for one, other in synonyms.related:
        pair = [_reading(words(text)[0], meant)[0].name for text in (one, other)]
        for name, beside in (pair, pair[::-1]):
            near.setdefault(aliases.get(name, name), []).append(aliases.get(beside, beside))
    single = {found[0] for text in (*(text for group in synonyms.same for text in group),
                                    *(text for pair in synonyms.related for text in pair))
              if len(found := words(text)) == 1}
    return Wording(aliases, meant, Spellings({first: tuple(found) for first, found in sorted(firsts.items())}),
                   tuple(concepts), {name: tuple(sorted(set(found))) for name, found in sorted(near.items())},
                   tuple(sorted(single)))


def _reading(word: str, meant: Mapping[str, str]) -> tuple[Reading, bool]:
    """(the reading that is meant: as the list says, of which the word is the dictionary form, the first; known)."""
    found, key = readings(word), spelt_key(word)
    return min(found.readings, key=lambda reading: (
        reading.name != meant.get(key), reading.lemma != key, PARTS.index(reading.part))), found.is_known


def _stem(reading: Reading) -> str:
    stem = min(reading.forms)[:shared(min(reading.forms), max(reading.forms))]
    return stem if len(stem) >= SHORTEST else reading.lemma
