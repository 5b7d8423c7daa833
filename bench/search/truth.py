"""Which pages a question should find: those with any form of any lemma of each of its words, by the dictionary.

A page is worth 3 if all words stand in its title, 2 if each stands there more than once, else 1. The control is the
same by another lemmatiser, which keeps one reading a word. Numbers, acts and days are compared by what they mean.
"""
from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence

from bench.search import words
from bench.search.corpus import MONTHS, Page

Grades = dict[str, int]
"""Address of a page → 1 to 3."""
IN_TITLE, OFTEN, ONCE = 3, 2, 1
LITERAL = re.compile(r"\w+(?:[-‐–—/.:,]\w+)*")
GROUPED = re.compile(r"(?<![\d.,/-])\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?!\d)")
DAYS = (re.compile(r"(?<!\d)(?P<d>\d{1,2})\.(?P<m>\d{1,2})\.(?P<y>\d{4})(?!\d)"),
        re.compile(r"(?<!\d)(?P<y>\d{4})-(?P<m>\d{2})-(?P<d>\d{2})(?!\d)"),
        re.compile(rf"(?<!\d)(?P<d>\d{{1,2}})[ \u00a0](?P<w>{'|'.join(MONTHS)})[ \u00a0](?P<y>\d{{4}})(?!\d)", re.I))
ROMAN = re.compile(r"(?=.)X{0,3}(?:IX|IV|V?I{0,3})")
ROMAN_VALUES = {"X": 10, "V": 5, "I": 1}
LATIN = str.maketrans("ABCEHIKMOPTXaceikmopxy", "АВСЕНІКМОРТХасеікморху")
CYRILLIC = str.maketrans("ІХМС", "IXMC")


class Truth:
    """What stands where, for a set of pages."""

    def __init__(self, pages: Sequence[Page]) -> None:
        self.pages = {page.address: page for page in pages}
        self.tokens = {page.address: [words.tokens(line) for line in (page.title, *page.paragraphs)] for page in pages}
        self.keys = {address: frozenset(words.key(token) for line in lines for token in line)
                     for address, lines in self.tokens.items()}
        self.everywhere = frozenset().union(*self.keys.values())
        self._lemmas = self._gather(words.readings)
        self._control = self._gather(lambda token: (words.control(token),))
        self._literals = self._gather_literals()

    def _gather(self, of: Callable[[str], Iterable[Hashable]]) -> dict[Hashable, Grades]:
        grades: dict[Hashable, Grades] = defaultdict(dict)
        for address, (title, *lines) in self.tokens.items():
            in_title = {item for token in title for item in of(token)}
            counted = Counter(item for line in (title, *lines) for token in line for item in of(token))
            for item, often in counted.items():
                grades[item][address] = IN_TITLE if item in in_title else OFTEN if often > 1 else ONCE
        return grades

    def _gather_literals(self) -> dict[Hashable, Grades]:
        grades: dict[Hashable, Grades] = defaultdict(dict)
        for address, page in self.pages.items():
            in_title, counted = set(literals(page.title)), Counter(literals(page.text))
            counted[page.day.isoformat()] += 1  # a page shows its own day
            for item, often in counted.items():
                grades[item][address] = IN_TITLE if item in in_title else OFTEN if often > 1 else ONCE
        return grades

    def lemmas(self, *asked: str) -> Grades:
        """Pages with any form of each word."""
        return all_of([any_of([self._lemmas.get(lemma, {}) for lemma in words.readings(word)]) for word in asked])

    def control(self, *asked: str) -> frozenset[str]:
        """The same by the other lemmatiser."""
        return frozenset(all_of([self._control.get(words.control(word), {}) for word in asked]))

    def literal(self, value: str) -> Grades:
        """Pages with a number, an act's number (`5-8-194`) or a day (`2021-02-24`), as `literals` tells them."""
        return self._literals.get(value, {})

    def beginning(self, start: str) -> Grades:
        """Pages with a word that begins like this."""
        begun = words.key(start)
        return {address: ONCE for address, keys in self.keys.items() if any(each.startswith(begun) for each in keys)}

    def phrase(self, asked: Sequence[str]) -> Grades:
        """Pages where the words stand side by side in this order; 3 in exactly these forms, 1 in others."""
        wanted = [(words.readings(word), words.key(word)) for word in asked]
        found: Grades = {}
        for address in sorted(self.lemmas(*asked)):
            grade = max((self._match(line, wanted) for line in self.tokens[address]), default=0)
            if grade:
                found[address] = grade
        return found

    def _match(self, line: list[str], wanted: list[tuple[frozenset[words.Lemma], str]]) -> int:
        best = 0
        for start in range(len(line) - len(wanted) + 1):
            part = line[start:start + len(wanted)]
            if all(words.readings(token) & lemmas for token, (lemmas, _) in zip(part, wanted, strict=True)):
                is_exact = all(words.key(token) == form for token, (_, form) in zip(part, wanted, strict=True))
                best = max(best, IN_TITLE if is_exact else ONCE)
        return best


def any_of(graded: Iterable[Grades]) -> Grades:
    """The union: the best grade of each page."""
    found: Grades = {}
    for grades in graded:
        for address, grade in grades.items():
            found[address] = max(grade, found.get(address, 0))
    return found


def all_of(graded: Sequence[Grades]) -> Grades:
    """What all have: the least grade of each page."""
    first, *others = graded
    return {address: min([grade, *(grades[address] for grades in others)]) for address, grade in first.items()
            if all(address in grades for grades in others)}


def literals(text: str) -> Iterator[str]:
    """Everything with a digit in a text: numbers, parts of numbers, numbers with inner signs, days."""
    text = words.plain(text)
    days = [(match.span(), day_of(match)) for pattern in DAYS for match in pattern.finditer(text)]
    yield from (day for _, day in days)
    yield from (re.sub(r"\D", "", match[0]) for match in GROUPED.finditer(text))
    for match in LITERAL.finditer(text):
        if not any(letter.isdigit() for letter in match[0]):
            continue
        parts = re.split(r"[-‐–—/.:,]", match[0])
        yield from (part.lower() for part in parts if part.isdigit())
        if len(parts) > 1 and not any(start <= match.start() and match.end() <= end for (start, end), _ in days):
            yield "-".join(map(meaning, parts))


def day_of(match: re.Match[str]) -> str:
    """The day that was written, as ISO writes it."""
    named = match.groupdict()
    month = MONTHS.index(named["w"].lower()) + 1 if named.get("w") else int(named["m"])
    return f"{named['y']}-{month:02d}-{int(named['d']):02d}"


def meaning(part: str) -> str:
    """A part of a number: Roman capitals as Arabic, Latin look-alikes as Cyrillic, small letters."""
    roman = part.translate(CYRILLIC)
    if ROMAN.fullmatch(roman):
        values = [ROMAN_VALUES[letter] for letter in roman]
        following = [*values[1:], 0]
        return str(sum(-value if value < after else value for value, after in zip(values, following, strict=True)))
    return part.translate(LATIN).lower()
