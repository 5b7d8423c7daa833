"""What changed between two texts: paragraph by paragraph, then word by word.

Nothing is lost: the pieces that stayed or went are the first text, letter for letter, those that stayed or came the
second. Words keep their apostrophe and their hyphen («об’єкт», «будь-який»), numbers their signs («16,2», «37/8»).
Comparing paragraphs first and words only inside of a pair costs fractions of a millisecond, where comparing all words
would cost a hundred times that. A paragraph whose words repeat so often that they would take seconds is compared
sentence by sentence first; what even that leaves too large is shown as replaced between its ends that stayed.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from plugins.ukrainian.words import APOSTROPHES

SAME, GONE, NEW = "same", "gone", "new"

_WORD = re.compile(rf"\w+(?:(?:[{APOSTROPHES}-]|(?<=\d)[.,/:](?=\d))\w+)*")
_NUMBER = r"(?<![\d.,])\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?!\w)"
"""Thousands stand apart, and are one number: «1 350 000» and «1 400 000» differ as a whole."""
_TOKEN = re.compile(rf"{_NUMBER}|{_WORD.pattern}|\s+|.", re.DOTALL)
_MANY_PAIRS = 10_000
"""Paragraphs of a changed passage, times those that replace it, above which they are paired in their order."""
_MUCH = 60_000
"""Places where a word of one text meets the same word of the other, above which words are not compared at once."""
_SPACES = 20
"""How many meetings of spaces count as one of words: they stand everywhere, and cost little by themselves."""
_SENTENCE = re.compile(r"(?:[^.;!?]|(?<=\d)[.](?=\d))*(?:[.;!?]+\s*|$)")
_ALIKE = 0.3
"""The part of words two paragraphs share to be the same one, changed."""


class Piece(NamedTuple):
    """A run of signs that stayed (`same`), went (`gone`) or came (`new`)."""

    kind: str
    text: str


Row = tuple[Piece, ...]
"""A paragraph with the line break after it."""


def differences(before: str, after: str) -> tuple[Row, ...]:
    """The paragraphs (lines) of both texts in order, each as its pieces; an unchanged one is a single `same`."""
    return tuple(_compared(before.splitlines(keepends=True), after.splitlines(keepends=True)))


def _compared(old: list[str], new: list[str]) -> Iterator[Row]:
    """Paragraphs (or sentences) in order, each as its pieces."""
    for tag, low, high, start, end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield from ((Piece(SAME, line),) for line in old[low:high])
        else:
            yield from _passage(old[low:high], new[start:end])


def is_changed(row: Row) -> bool:
    """True for a paragraph that is not as it was."""
    return any(piece.kind != SAME for piece in row)


def before_of(row: Row) -> str:
    """The paragraph as it was."""
    return "".join(piece.text for piece in row if piece.kind != NEW)


def after_of(row: Row) -> str:
    """The paragraph as it is."""
    return "".join(piece.text for piece in row if piece.kind != GONE)


def word_differences(before: str, after: str) -> Row:
    """Two versions of one paragraph, word by word."""
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    if _effort(old, new) > _MUCH:
        return tuple(_joined(_by_sentences(before, after) or _between_ends(old, new)))
    pieces: list[Piece] = []
    for tag, low, high, start, end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append(Piece(SAME, "".join(old[low:high])))
        else:
            pieces += _whole("".join(old[low:high]), "".join(new[start:end]))
    return tuple(_joined(pieces))


def _effort(old: Sequence[str], new: Sequence[str]) -> int:
    """How often a part of one text meets its like in the other: what a comparison of all parts costs."""
    there = Counter(new)
    met = {part: count * there[part] for part, count in Counter(old).items() if part in there}
    return sum(count // _SPACES if part.isspace() else count for part, count in met.items())


def _by_sentences(before: str, after: str) -> list[Piece]:
    """The pieces of a long paragraph, sentence by sentence; none where it has only one, or the same ones again and
    again.
    """
    old, new = ([part for part in _SENTENCE.findall(text) if part] for text in (before, after))
    if min(len(old), len(new)) < 2 or _effort(old, new) > _MUCH:
        return []
    return [piece for row in _compared(old, new) for piece in row]


def _between_ends(old: Sequence[str], new: Sequence[str]) -> list[Piece]:
    """All that lies between the beginning and the end that both have, as replaced."""
    least = min(len(old), len(new))
    start = next((at for at in range(least) if old[at] != new[at]), least)
    end = next((at for at in range(least - start) if old[-1 - at] != new[-1 - at]), least - start)
    middle = _whole("".join(old[start:len(old) - end]), "".join(new[start:len(new) - end]))
    ends = Piece(SAME, "".join(old[:start])), Piece(SAME, "".join(old[len(old) - end:]))
    return [piece for piece in (ends[0], *middle, ends[1]) if piece.text]


def _whole(before: str, after: str) -> Row:
    return tuple(piece for piece in (Piece(GONE, before), Piece(NEW, after)) if piece.text)


def _joined(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Changes with only a space between them are one: «[у 2026 році] [на 2027 рік]», not word after word."""
    gone = new = ""
    for index, piece in enumerate(pieces):
        is_last = index + 1 == len(pieces)
        if piece.kind == GONE:
            gone += piece.text
        elif piece.kind == NEW:
            new += piece.text
        elif piece.text.isspace() and (gone or new) and not is_last:
            gone, new = gone + piece.text, new + piece.text
        else:
            yield from _whole(gone, new)
            gone = new = ""
            yield piece
    yield from _whole(gone, new)


def _passage(old: list[str], new: list[str]) -> Iterator[Row]:
    """Paragraphs that others replaced: those that are alike are one paragraph, changed."""
    done_old = done_new = 0
    for one, other in _pairs(old, new):
        yield from ((Piece(GONE, line),) for line in old[done_old:one])
        yield from ((Piece(NEW, line),) for line in new[done_new:other])
        yield word_differences(old[one], new[other])
        done_old, done_new = one + 1, other + 1
    yield from ((Piece(GONE, line),) for line in old[done_old:])
    yield from ((Piece(NEW, line),) for line in new[done_new:])


def _pairs(old: list[str], new: list[str]) -> list[tuple[int, int]]:
    """Which paragraphs are the same one, in order, so that together they share the most."""
    if not old or not new:
        return []
    words = [Counter(_WORD.findall(line)) for line in old], [Counter(_WORD.findall(line)) for line in new]
    if len(old) * len(new) > _MANY_PAIRS:
        return [(place, place) for place in range(min(len(old), len(new)))
                if _likeness(words[0][place], words[1][place]) >= _ALIKE]
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    likeness = [[_likeness(one, other) for other in words[1]] for one in words[0]]
    for low in range(len(old) - 1, -1, -1):
        for high in range(len(new) - 1, -1, -1):
            alike = likeness[low][high]
            paired = best[low + 1][high + 1] + alike if alike >= _ALIKE else 0.0
            best[low][high] = max(best[low + 1][high], best[low][high + 1], paired)
    found: list[tuple[int, int]] = []
    low = high = 0
    while low < len(old) and high < len(new):
        alike = likeness[low][high]
        if alike >= _ALIKE and best[low][high] == best[low + 1][high + 1] + alike:
            found.append((low, high))
            low, high = low + 1, high + 1
        elif best[low][high] == best[low + 1][high]:
            low += 1
        else:
            high += 1
    return found


def _likeness(one: Counter[str], other: Counter[str]) -> float:
    """The share of words that two paragraphs have in common; two without words are alike."""
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 1.0
