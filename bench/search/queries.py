"""Questions to the search: words in forms that their own page does not have, and what must be found for each.

Two halves, dev and held-out, share no page that a question comes from and no lemma that it asks for; which half a page
or a lemma belongs to is told by its hash. Only dev is looked at while the search is being made; it has more questions
(`harder.py`).
"""
from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any

from bench.search import words
from bench.search.truth import Grades, Truth, literals

SPLITS = ("dev", "held-out")
LEMMA_CLASSES = ("nouns", "adjectives", "verbs", "names", "unknown", "two words", "three words")
COUNTS = {"nouns": 120, "adjectives": 80, "verbs": 40, "names": 40, "unknown": 20, "two words": 120, "three words": 80,
          "base": 95, "apostrophe": 68, "ge": 12, "numbers": 40, "acts": 40, "days": 30, "typing": 40, "phrases": 40,
          "abbreviations": 15}
COMMON = 0.25
"""Words on more than this share of the pages are no question."""
NOWHERE = 0.4
"""How often a form is taken that no page of the site has, where there is one."""
SHOUTED = 0.1
"""On a page with more words in capitals than this they are no abbreviations."""
NEAR = 3
"""Words of one question stand at most so many tokens apart."""


@dataclass(frozen=True)
class Query:
    """A question: what is typed, its class, the page that it comes from, the words that it means, what answers it."""

    text: str
    kind: str
    source: str
    words: tuple[str, ...] = ()
    """As a good speller would have written them; empty for numbers."""
    relevant: Grades = field(default_factory=dict)
    control: frozenset[str] = frozenset()
    """The pages that the other lemmatiser names; empty: it has no opinion."""
    is_typing: bool = False


def half(value: str) -> str:
    """The half that a page or a lemma belongs to."""
    return SPLITS[hashlib.blake2b(value.encode(), digest_size=4).digest()[0] % 2]


class Maker:
    """Makes the questions of one half; each lemma is asked once."""

    def __init__(self, truth: Truth, split: str, seed: str = "") -> None:
        """`seed`: questions with another one are other questions."""
        self.truth, self.split, self.seed = truth, split, seed
        self.most = len(truth.pages) * COMMON
        self.sources = [address for address in sorted(truth.pages) if half(address) == split]
        self.used: set[str] = set()

    def lemma_queries(self, kind: str, count: int = 0) -> list[Query]:
        """Questions of one word in another form than on its page."""
        return self.drawn(kind, lambda address, chance: self._single(address, chance, TESTS[kind], kind), count)

    def drawn(self, kind: str, make: Callable[[str, Random], Query | None], count: int = 0) -> list[Query]:
        """So many questions of a class (0: as usual), each from a page of its own as long as there are pages."""
        chance = Random(f"{self.split} {kind}{self.seed}")
        found: list[Query] = []
        for _ in range(3):
            for address in chance.sample(self.sources, len(self.sources)):
                if len(found) == (count or COUNTS[kind]):
                    return found
                if query := make(address, chance):
                    found.append(query)
        return found

    def _single(self, address: str, chance: Random, test: Callable[[str, Any], bool], kind: str) -> Query | None:
        tokens = sorted({token for line in self.truth.tokens[address] for token in line})
        for token in chance.sample(tokens, len(tokens)):
            if asked := self.inflected(address, token, chance, test):
                query = self.query(asked, kind, address, asked)
                if query:
                    return query
        return None

    def inflected(self, address: str, token: str, chance: Random, test: Callable[[str, Any], bool]) -> tuple[str, ...]:
        """A token of the page in another form that the page does not have; empty if there is none."""
        if len(token) < 4 or words.is_function(token):
            return ()
        for place, parse in enumerate(words.parses(token.lower())):
            lemma, part = words.lemma_of(parse)
            if half(lemma) != self.split or lemma in self.used or not test(token, parse):
                continue
            absent = [form for form in words.forms(token.lower(), place)
                      if words.key(form) not in self.truth.keys[address] and len(form) > 3 and "-" not in form
                      and (lemma, part) in words.readings(form) and not words.is_function(form)]
            nowhere = [form for form in absent if words.key(form) not in self.truth.everywhere]
            if chosen := nowhere if nowhere and chance.random() < NOWHERE else absent:
                return (chance.choice(chosen).replace("'", "’"),)
        return ()

    def query(self, asked: Sequence[str], kind: str, address: str, spelled: Sequence[str]) -> Query | None:
        """The question, unless half of the site would answer it."""
        relevant = self.truth.lemmas(*spelled)
        if address not in relevant or len(relevant) > self.most:
            return None
        self.used |= {lemma for word in spelled for lemma, _ in words.readings(word)}
        return Query(" ".join(asked), kind, address, tuple(spelled), relevant, self.truth.control(*spelled))

    def several(self, kind: str, number: int) -> list[Query]:
        """Questions of words that stand near each other, each in another form than on the page."""
        def make(address: str, chance: Random) -> Query | None:
            lines = [line for line in self.truth.tokens[address] if len(line) >= number]
            for line in chance.sample(lines, len(lines)):
                start = chance.randrange(len(line) - number + 1)
                asked: tuple[str, ...] = ()
                for token in line[start:start + NEAR * number]:
                    if len(asked) < number:
                        found = self.inflected(address, token, chance, is_content)
                        asked += tuple(word for word in found if not shares_lemma(word, asked))
                if len(asked) == number and (query := self.query(asked, kind, address, asked)):
                    return query
            return None
        return self.drawn(kind, make)

    def literal_queries(self, kind: str, is_asked: Callable[[str], bool],
                        write: Callable[[str, Random], str]) -> list[Query]:
        """Numbers, acts or days of the pages, as somebody else writes them."""
        def make(address: str, chance: Random) -> Query | None:
            found = sorted({value for value in literals(self.truth.pages[address].text)
                            if is_asked(value) and value not in self.used and half(value) == self.split})
            if not found:
                return None
            value = chance.choice(found)
            self.used.add(value)
            return Query(write(value, chance), kind, address, (), self.truth.literal(value))
        return self.drawn(kind, make)

    def typed_queries(self) -> list[Query]:
        """Beginnings of words."""
        def make(address: str, chance: Random) -> Query | None:
            tokens = sorted({token.lower() for line in self.truth.tokens[address] for token in line if len(token) > 6})
            for token in chance.sample(tokens, len(tokens)):
                start = token[:max(4, round(len(token) * chance.uniform(0.55, 0.8)))]
                relevant = self.truth.beginning(start)
                if words.CYRILLIC.search(token) and start not in self.used and len(relevant) < self.most:
                    self.used.add(start)
                    return Query(start, "typing", address, (), relevant, is_typing=True)
            return None
        return self.drawn("typing", make)

    def phrase_queries(self) -> list[Query]:
        """Words that stand side by side, in quotes."""
        def make(address: str, chance: Random) -> Query | None:
            number = chance.choice((2, 2, 3))
            lines = [line for line in self.truth.tokens[address] if len(line) > number]
            if not lines:
                return None
            line = chance.choice(lines)
            start = chance.randrange(len(line) - number + 1)
            asked = line[start:start + number]
            if not all(words.CYRILLIC.search(word) and len(word) > 3 and not words.is_function(word) for word in asked):
                return None
            typed = " ".join(asked).replace("'", "’")
            return Query(f"«{typed}»", "phrases", address, tuple(asked), self.truth.phrase(asked))
        return self.drawn("phrases", make)

    def abbreviation_queries(self) -> list[Query]:
        """Words in capitals, in small letters."""
        def make(address: str, chance: Random) -> Query | None:
            tokens = [token for line in self.truth.tokens[address] for token in line]
            found = sorted({token for token in tokens if is_abbreviation(token) and words.key(token) not in self.used
                            and half(words.key(token)) == self.split})
            if not found or sum(map(str.isupper, tokens)) > len(tokens) * SHOUTED:
                return None
            self.used.add(words.key(found[0]))
            return self.query([found[0].lower()], "abbreviations", address, found[:1])
        return self.drawn("abbreviations", make)


def other_forms(text: str, chance: Random) -> list[str]:
    """The nouns and adjectives of a text, each in some form."""
    found = []
    for token in words.tokens(text):
        for place, parse in enumerate(words.parses(token.lower())):
            if len(token) > 3 and not words.is_function(token) and parse.tag.POS in ("NOUN", "ADJF"):
                forms = words.forms(token.lower(), place) or (token.lower(),)
                found.append(chance.choice(forms).replace("'", "’"))
                break
    return found


def shares_lemma(word: str, others: Sequence[str]) -> bool:
    return any(words.readings(word) & words.readings(other) for other in others)


def is_content(token: str, parse: Any) -> bool:
    """A word that says something: noun, adjective, verb of the dictionary."""
    return parse.tag.POS in ("NOUN", "ADJF", "VERB") and words.is_known(token.lower())


def is_plain_noun(token: str, parse: Any) -> bool:
    return bool(is_content(token, parse) and parse.tag.POS == "NOUN" and not is_name(token, parse))


def is_name(token: str, parse: Any) -> bool:
    """A name of a person, written as one."""
    return token[0].isupper() and not token.isupper() and any(mark in parse.tag for mark in words.NAMES) and (
        words.is_known(token.lower()))


def is_abbreviation(token: str) -> bool:
    """A short word in capitals that is an abbreviation to the dictionary, or nothing."""
    return 2 < len(token) < 7 and token.isupper() and bool(words.CYRILLIC.search(token)) and (
        not words.is_known(token.lower()) or any("Abbr" in parse.tag for parse in words.parses(token.lower())))


def is_unknown(token: str, parse: Any) -> bool:
    """A Ukrainian word that the dictionary has not."""
    return bool(words.CYRILLIC.search(token)) and not words.is_known(token.lower()) and (
        parse.tag.POS in ("NOUN", "ADJF"))


TESTS: dict[str, Callable[[str, Any], bool]] = {
    "nouns": is_plain_noun,
    "adjectives": lambda token, parse: is_content(token, parse) and parse.tag.POS == "ADJF",
    "verbs": lambda token, parse: is_content(token, parse) and parse.tag.POS == "VERB",
    "names": is_name,
    "unknown": is_unknown,
    "base": is_content,
    "apostrophe": lambda token, parse: "'" in token and is_content(token, parse),
    "ge": lambda token, parse: "ґ" in token.lower() and is_content(token, parse),
}


def made(truth: Truth, split: str, seed: int = 0) -> Iterator[Query]:
    """All questions of one half; `seed` changes the harder ones of dev, and nothing else."""
    from bench.search import harder, spelling

    maker = Maker(truth, split)
    for kind in LEMMA_CLASSES[:5]:
        yield from maker.lemma_queries(kind)
    yield from maker.several("two words", 2)
    yield from maker.several("three words", 3)
    yield from spelling.apostrophes(maker.lemma_queries("apostrophe"))
    yield from spelling.without_ge(maker.lemma_queries("ge"))
    base = maker.lemma_queries("base")
    yield from spelling.variants(base, truth, Random(f"{split} spelling"))
    yield from spelling.slips(base, truth, Random(f"{split} slips"))
    yield from maker.literal_queries("numbers", lambda value: value.isdigit() and len(value) > 2, spelling.number)
    yield from maker.literal_queries("acts", spelling.is_act, spelling.act)
    yield from maker.literal_queries("days", spelling.is_day, spelling.day)
    yield from maker.typed_queries()
    yield from maker.phrase_queries()
    yield from maker.abbreviation_queries()
    if split == SPLITS[0]:
        yield from harder.made(truth, split, seed)
