"""Words for the judge of the search: tokens, lemmas by the dictionary, lemmas by another program, forms.

Made apart from `plugins/ukrainian` and `plugins/search`, so that it can contradict them: nothing here is theirs.
"""
from __future__ import annotations

import re
import unicodedata
from functools import cache
from importlib import import_module
from typing import Any

APOSTROPHES = "'’ʼ‘`´"
WORD = re.compile(rf"[^\W\d_]+(?:[{APOSTROPHES}][^\W\d_]+)*")
CYRILLIC = re.compile("[а-яіїєґёыэъ]", re.I)
PARTS = {"NOUN": "n", "ADJF": "a", "VERB": "v", "INFN": "v"}
"""Part of speech of the dictionary → its letter; all others are x."""
FUNCTION = ("PREP", "CONJ", "PRCL", "NPRO", "INTJ")
NAMES = ("Name", "Surn", "Patr")
UNUSUAL = ("Arch", "Slng", "Dist")
Lemma = tuple[str, str]
"""(key of the normal form, letter of the part of speech)."""


def plain(text: str) -> str:
    """Composed letters without stress marks and unseen characters, every apostrophe the typewriter's."""
    parts = unicodedata.normalize("NFD", re.sub("[\u00ad\u200b-\u200d\u2060]", "", text))
    whole = unicodedata.normalize("NFC", re.sub("[\u0300\u0301]", "", parts))
    return re.sub(f"[{APOSTROPHES}]", "'", whole)


def key(word: str) -> str:
    """What two spellings of one word have in common."""
    return plain(word).lower().replace("'", "").replace("ґ", "г")


def tokens(text: str) -> list[str]:
    """The words of a text, as they are written there; parts joined by a hyphen are words."""
    return WORD.findall(plain(text))


@cache
def analyzer() -> Any:
    """The dictionary of Ukrainian."""
    return import_module("pymorphy3").MorphAnalyzer(lang="uk")


@cache
def parses(word: str) -> tuple[Any, ...]:
    """What the dictionary knows of a word in lower case; of a word that it does not know, what it guesses."""
    return tuple(analyzer().parse(word))


def is_known(word: str) -> bool:
    """Whether the dictionary has this form."""
    return bool(analyzer().word_is_known(word))


def lemma_of(parse: Any) -> Lemma:
    """The lemma of one reading."""
    return key(parse.normal_form), PARTS.get(str(parse.tag.POS), "x")


@cache
def readings(word: str) -> frozenset[Lemma]:
    """All lemmas that a token may be a form of; a word of other letters is its own."""
    lower = plain(word).lower()
    if not CYRILLIC.search(lower):
        return frozenset({(key(word), "w")})
    return frozenset(map(lemma_of, parses(lower)))


@cache
def control(word: str) -> str:
    """The one lemma by the other program."""
    return key(import_module("simplemma").lemmatize(plain(word).lower(), lang="uk"))


def is_function(word: str) -> bool:
    """Whether some reading is one that says nothing by itself."""
    return any(parse.tag.POS in FUNCTION for parse in parses(plain(word).lower()))


@cache
def forms(word: str, place: int) -> tuple[str, ...]:
    """The forms of one of a word's `parses` that people write, sorted; none of the long poetic ones («добрая»)."""
    found, tags = set(), set()
    for form in parses(word)[place].lexeme:
        told = str(form.tag)
        if any(mark in form.tag for mark in UNUSUAL) or (form.tag.POS == "ADJF" and told in tags):
            continue
        tags.add(told)
        found.add(form.word)
    return tuple(sorted(found))
