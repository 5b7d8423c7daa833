"""The same question as other people type it: apostrophes, alphabets, layouts, stress, slips of the finger, numbers."""
from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from random import Random
from typing import TYPE_CHECKING

from bench.search import words
from bench.search.corpus import MONTHS
from plugins.ukrainian import roman

if TYPE_CHECKING:
    from bench.search.queries import Query
    from bench.search.truth import Truth

TYPED_APOSTROPHES = ("'", "’", "ʼ", "`", "")
VOWELS = "аеєиіїоуюя"
LATIN = dict(zip("асеіорхуАСЕІОРХ", "aceiopxyACEIOPX", strict=True))
"""Cyrillic letter → the Latin one that looks like it."""
ROWS = ("йцукенгшщзхї", "фівапролджє", "ячсмитьбю")
KEYS = dict(zip("".join(ROWS) + "'", "qwertyuiop[]" + "asdfghjkl;'" + "zxcvbnm,." + "`", strict=True))
"""Key of the Ukrainian layout → what it types in the English one."""
SHIFTED = dict(zip("`[];',.", '~{}:"<>', strict=True))
"""Key of the English layout → what it types with Shift, where that is no capital."""
RUSSIAN = {"і": "ы", "є": "э", "ї": "ъ"}
"""The same for the Russian layout, where it differs."""
ALPHABET = "абвгдеєжзиіїйклмнопрстуфхцчшщьюя"
BEFORE = ("про", "для", "від", "біля", "через")
SLIPS = 9
"""More slips of each word: with one of a hundred words each, one that is missed weighs a hundredth."""
SHORTEST = 5
"""Letters of a word in which a slip is made."""


def apostrophes(asked: Sequence[Query]) -> Iterator[Query]:
    """Each kind of apostrophe in turn, and none."""
    for number, query in enumerate(asked):
        yield replace(query, text=query.text.replace("’", TYPED_APOSTROPHES[number % len(TYPED_APOSTROPHES)]))


def without_ge(asked: Sequence[Query]) -> Iterator[Query]:
    """г for ґ."""
    for query in asked:
        yield replace(query, text=query.text.replace("ґ", "г"))


def variants(asked: Sequence[Query], truth: Truth, chance: Random) -> Iterator[Query]:
    """One question after another in all spellings; a spelling that changes nothing is left out."""
    spellings: dict[str, Callable[[str], str]] = {
        "look-alike": lambda word: look_alike(word, chance), "stress": lambda word: stressed(word, chance),
        "soft hyphen": lambda word: word[:len(word) // 2] + "\u00ad" + word[len(word) // 2:], "upper case": str.upper,
        "layout": english_layout, "russian layout": russian_layout,
        "typos": lambda word: slip(word, chance, truth, 1), "first letter": lambda word: slip(word, chance, truth, 0),
        "function word": lambda word: f"{chance.choice(BEFORE)} {word}",
    }
    for kind, spell in spellings.items():
        for query in asked:
            typed = spell(query.text)
            if typed != query.text:
                yield replace(query, text=typed, kind=kind)


def slips(asked: Sequence[Query], truth: Truth, chance: Random) -> Iterator[Query]:
    """Each word with some more slips, each another."""
    for query in asked:
        typed = {slip(query.text, chance, truth, 1) for _ in range(SLIPS)} - {query.text}
        yield from (replace(query, text=text, kind="typos") for text in sorted(typed))


def look_alike(word: str, chance: Random) -> str:
    """One or more letters Latin; at least one stays Cyrillic."""
    places = [place for place, letter in enumerate(word) if letter in LATIN]
    changed = {place for place in places if chance.random() < 0.5} or set(places[:1])
    if len(changed) == len(word):
        changed.pop()
    return "".join(LATIN[letter] if place in changed else letter for place, letter in enumerate(word))


def stressed(word: str, chance: Random) -> str:
    """An accent on one vowel."""
    places = [place for place, letter in enumerate(word.lower()) if letter in VOWELS]
    place = chance.choice(places) if places else len(word) - 1
    return word[:place + 1] + "\u0301" + word[place + 1:]


def english_layout(word: str) -> str:
    """Typed with the English layout on."""
    return "".join(KEYS.get(letter, letter) for letter in word.replace("’", "'"))


def with_shift(word: str) -> str:
    """Typed with the English layout on, the first letter with Shift."""
    first = english_layout(word[:1])
    return (first.upper() if first.isalpha() else SHIFTED.get(first, first)) + english_layout(word[1:])


def russian_layout(word: str) -> str:
    """Typed with the Russian layout on."""
    return "".join(RUSSIAN.get(letter, letter) for letter in word)


def slip(word: str, chance: Random, truth: Truth, first: int) -> str:
    """One letter left out, doubled by another, mistaken, or two swapped, so that no known word comes of it.

    `first` 1: anywhere but at the first letter; 0: at the first letter. Half of the wrong letters are neighbours on the
    keyboard. A word that is too short stays as it is.
    """
    if len(word) < SHORTEST or not word.isalpha():
        return word
    for _ in range(50):
        place = chance.randrange(1, len(word)) if first else 0
        wrong = edited(word, place, chance)
        if (wrong[0] == word[0]) == bool(first) and wrong != word and words.key(wrong) not in truth.everywhere and (
                not words.is_known(wrong)):
            return wrong
    return word


def edited(word: str, place: int, chance: Random) -> str:
    """One edit at a place."""
    kind = chance.choice(("leave out", "put in", "mistake", "swap"))
    if kind == "leave out":
        return word[:place] + word[place + 1:]
    if kind == "swap":
        return word[:place] + word[place + 1:place + 2] + word[place] + word[place + 2:]
    near = neighbours(word[place])
    letter = chance.choice(near) if near and chance.random() < 0.5 else chance.choice(ALPHABET)
    return word[:place] + letter + word[place + (kind == "mistake"):]


def neighbours(letter: str) -> str:
    """The letters on keys beside this one."""
    found = ""
    for number, row in enumerate(ROWS):
        if letter in row:
            at = row.index(letter)
            found += row[max(0, at - 1):at] + row[at + 1:at + 2]
            for other in ROWS[max(0, number - 1):number] + ROWS[number + 1:number + 2]:
                found += other[at:at + 1]
    return found


def number(value: str, chance: Random) -> str:
    """194, № 194, №194; four and more digits that are no year also in groups."""
    if len(value) > 3 and not value.startswith(("19", "20")) and chance.random() < 0.3:
        return f"{int(value):,}".replace(",", " ") if value[0] != "0" else value
    return chance.choice(("", "№ ", "№")) + value


def is_act(value: str) -> bool:
    """Numbers with inner signs, as acts and telephones have them."""
    return bool(re.fullmatch(r"(?:\d+|[а-яіїєґ]{1,3})(?:-(?:\d+|[а-яіїєґ]{1,3}))+", value)) and (
        not is_day(value) and len(value) > 4)


def act(value: str, chance: Random) -> str:
    """5/VIII-194, 5/8-194, №5-8-194: other signs between the parts, Roman for a small number in the middle."""
    first, *middle, last = value.split("-")
    if middle and middle[0].isdigit() and 0 < int(middle[0]) < 20 and last.isdigit() and len(last) > 2:
        shown = chance.choice((roman(int(middle[0])), middle[0]))
        return chance.choice(("", "№ ", "№")) + f"{first}/{shown}-{'-'.join([*middle[1:], last])}"
    return chance.choice(("", "№ ")) + chance.choice((value, value.upper() if "рв" in value else value))


def is_day(value: str) -> bool:
    """`2021-02-24`"""
    return bool(re.fullmatch(r"\d{4}-\d\d-\d\d", value))


def day(value: str, chance: Random) -> str:
    """24.02.2021, 24 лютого 2021, 2021-02-24."""
    year, month, of_month = value.split("-")
    return chance.choice((f"{of_month}.{month}.{year}", f"{int(of_month)} {MONTHS[int(month) - 1]} {year}", value))
