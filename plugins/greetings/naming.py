"""How a day is named in a heading, and which day of the calendar a few words of an editor mean."""

from __future__ import annotations

import re
from collections.abc import Iterable

from plugins.ukrainian import FUNCTION_WORDS, readings, word_keys

from .observances import Observance
from .tones import Tone

DAY_FIRST = re.compile(r"^((?:міжнародний|всеукраїнський|всесвітній)\s+)?день\b", re.I)
CASES = {"instrumental": ("им", "ім", "днем", "Днем"), "genitive": ("ого", "ього", "дня", "Дня")}
PLAIN = frozenset({"день", "днем", "дня", "дню", "україна", "міжнародний", "всеукраїнський", "всесвітній", "слово",
                   "вітання", "привітання", "нагода", "свято", "рік"})
"""Words that do not tell one day from another."""


def heading_of(observance: Observance, year: int) -> str:
    """«З Днем Соборності України», «До Дня пам’яті …»; the day's own name where its case cannot be told."""
    if observance.own_heading:
        return observance.own_heading
    title = observance.title_in(year)
    is_quiet = observance.tone is Tone.REMEMBRANCE
    hard, soft, inner, first = CASES["genitive" if is_quiet else "instrumental"]
    found = DAY_FIRST.match(title)
    if not found:
        return title
    rest, preposition = title[found.end():], "До" if is_quiet else "З"
    if not found[1]:
        return f"{preposition} {first}{rest}"
    adjective = found[1].strip()
    ending = soft if adjective.endswith("ій") else hard
    return f"{'До' if is_quiet else 'Із' if adjective[0] in 'Вв' else 'З'} {adjective[:-2]}{ending} {inner}{rest}"


def meant(words: str, observances: Iterable[Observance]) -> tuple[Observance, ...]:
    """The days that the words may mean: one by its identifier or name, else all whose names hold these words.

    Letters, apostrophes, cases of words and what every title has («День», «України») do not matter.
    """
    every = tuple(observances)
    if named := tuple(item for item in every if item.id == words.strip().lower()):
        return named
    wanted = _lemmas(words)
    if not wanted:
        return ()
    names = [(item, [_lemmas(name) for name in _names(item)]) for item in every]
    same = tuple(item for item, found in names if any(_holds(wanted, name) and _holds(name, wanted) for name in found))
    return same or tuple(item for item, found in names if any(_holds(name, wanted) for name in found))


def _names(observance: Observance) -> list[str]:
    return [observance.title, *(rule.title for rule in observance.days if rule.title), *observance.also,
            *([observance.own_heading] if observance.own_heading else [])]


Lemmas = tuple[frozenset[str], ...]
"""Of each word that matters the dictionary forms that it may have."""


def _lemmas(text: str) -> Lemmas:
    keys = [key for token in text.split() for key in word_keys(token)]
    kept = [key for key in keys if key not in FUNCTION_WORDS and not re.fullmatch(r"\d{4}", key)]
    found = (frozenset({key, *(reading.lemma for reading in readings(key).readings)}) for key in kept)
    return tuple(lemmas for lemmas in found if not lemmas & PLAIN)


def _holds(name: Lemmas, words: Lemmas) -> bool:
    """True if every word has its like in the name."""
    return bool(words) and all(any(word & other for other in name) for word in words)
