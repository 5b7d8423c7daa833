"""Lemmas: the word in a dictionary that a form belongs to («рішень» → рішення), and all forms of it.

The dictionary is that of pymorphy3 (dict_uk, ВЕСУМ): 417,000 words. A form may belong to several words («рада»: рада,
радий): all of them are given. For a word that is not there the endings of known words tell what it may be.
"""

from __future__ import annotations

import functools
from typing import Any, NamedTuple

from plugins.ukrainian.words import spelt_key

PARTS = {"NOUN": "n", "NPRO": "n", "ADJF": "a", "ADJS": "a", "COMP": "a", "PRTF": "a", "PRTS": "a", "VERB": "v",
         "INFN": "v", "GRND": "v"}
"""OpenCorpora's parts of speech → noun, adjective, verb; all others are `x`."""
OTHER = "x"


class Reading(NamedTuple):
    """A word that a form may belong to."""

    lemma: str
    """The key of its dictionary form."""
    part: str
    """n, a, v or x."""
    forms: tuple[str, ...]
    """Keys of all its forms, sorted."""

    @property
    def name(self) -> str:
        """`рада/n`."""
        return f"{self.lemma}/{self.part}"


class Readings(NamedTuple):
    """What a form may be, and whether the dictionary knows it or only words that end like it."""

    is_known: bool
    readings: tuple[Reading, ...]


def readings(word: str) -> Readings:
    """All readings of a word as `terms.words` spells it; without one, the word is its own lemma."""
    found: dict[tuple[str, str], set[str]] = {}
    parses = _dictionary().parse(word)
    is_known = any(type(parse.methods_stack[0][0]).__name__ == "DictionaryAnalyzer" and len(parse.methods_stack) == 1
                   for parse in parses)
    for parse in parses:
        place = _place(parse)
        if place is None or (is_known and len(parse.methods_stack) > 1):
            continue
        name = spelt_key(parse.normal_form), PARTS.get(str(parse.tag.POS), OTHER)
        found.setdefault(name, set()).update(_forms(*place))
    key = spelt_key(word)
    if not found:
        return Readings(False, (Reading(key, OTHER, (key,)),))
    return Readings(is_known, tuple(Reading(lemma, part, tuple(sorted({*forms, key})))
                                    for (lemma, part), forms in sorted(found.items())))


def dictionary_version() -> str:
    """What the readings depend on: a cache of them holds for one dictionary."""
    from importlib.metadata import version as of

    return f"{of('pymorphy3')} {of('pymorphy3-dicts-uk')}"


@functools.cache
def _dictionary() -> Any:
    import pymorphy3  # 80 ms and 40 MB: only builds that meet a new word need it

    return pymorphy3.MorphAnalyzer(lang="uk")


def _place(parse: Any) -> tuple[str, int, str] | None:
    """(what stands before the known word, its paradigm, the stem in it); None for what has no paradigm."""
    stack = parse.methods_stack
    if len(stack[0]) != 4:
        return None
    _, word, paradigm, form = stack[0]
    before, after = _affixes(paradigm)[form]
    prefix = parse.word[:len(parse.word) - len(word)] if parse.word.endswith(word) else ""
    return prefix, paradigm, word[len(before):len(word) - len(after)]


@functools.lru_cache(maxsize=1 << 12)
def _forms(prefix: str, paradigm: int, stem: str) -> frozenset[str]:
    return frozenset(spelt_key(f"{prefix}{before}{stem}{after}") for before, after in _affixes(paradigm))


@functools.cache
def _affixes(paradigm: int) -> tuple[tuple[str, str], ...]:
    """(prefix, suffix) of each form of a paradigm, as pymorphy packs it: suffixes, tags, prefixes in a row."""
    dictionary = _dictionary().dictionary
    numbers = dictionary.paradigms[paradigm]
    count = len(numbers) // 3
    return tuple((dictionary.paradigm_prefixes[numbers[2 * count + place]], dictionary.suffixes[numbers[place]])
                 for place in range(count))
