"""The reviewed list of synonyms as the index uses it: aliases of words, concepts of several words, related words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from plugins.ukrainian import Reading, readings, spelt_key, words

from .codec import shared
from .sections import Spellings

PARTS = "navx"
SHORTEST = 3
"""Letters of the shortest stem by which a word of a concept is marked in an excerpt."""


class Wording(NamedTuple):
    """What the list says, in terms."""

    aliases: Mapping[str, str]
    """Lemma → the lemma under which it is found: `вул/x` → `вулиця/n`."""
    readings: Mapping[str, str]
    """Key of a form → the key of the lemma that is meant."""
    spellings: Spellings
    concepts: tuple[tuple[str, tuple[tuple[tuple[str, str], ...], ...]], ...]
    """(term, its spellings; each word: lemma, stem for marking), for the header."""
    near: Mapping[str, tuple[str, ...]]
    """Lemma → related ones, for the header."""


NOTHING = Wording({}, {}, Spellings({}), (), {})


def wording_of(same: Iterable[tuple[str, ...]], related: Iterable[tuple[str, str]],
               meant: Mapping[str, str]) -> Wording:
    """The list in terms. The dictionary is opened: ask once for a list, and keep the answer."""
    keys = {spelt_key(form): spelt_key(lemma) for form, lemma in meant.items()}
    aliases: dict[str, str] = {}
    firsts: dict[str, list[tuple[str, tuple[frozenset[str], ...]]]] = {}
    concepts: list[tuple[str, tuple[tuple[tuple[str, str], ...], ...]]] = []
    for group in same:
        spellings = [[_reading(word, keys) for word in words(text)] for text in group]
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
    for one, other in related:
        pair = [_reading(words(text)[0], keys)[0].name for text in (one, other)]
        for name, beside in (pair, pair[::-1]):
            near.setdefault(aliases.get(name, name), []).append(aliases.get(beside, beside))
    return Wording(aliases, keys, Spellings({first: tuple(found) for first, found in sorted(firsts.items())}),
                   tuple(concepts), {name: tuple(sorted(set(found))) for name, found in sorted(near.items())})


def _reading(word: str, meant: Mapping[str, str]) -> tuple[Reading, bool]:
    """(the reading that is meant: as the list says, of which the word is the dictionary form, the first; known)."""
    found, key = readings(word), spelt_key(word)
    lemma = meant.get(key, key)
    ordered = sorted(found.readings, key=lambda reading: (reading.lemma != lemma, PARTS.index(reading.part)))
    return ordered[0], found.is_known


def _stem(reading: Reading) -> str:
    stem = min(reading.forms)[:shared(min(reading.forms), max(reading.forms))]
    return stem if len(stem) >= SHORTEST else reading.lemma
