"""What answers are worth: recall, precision, nDCG, marks, bytes. Numbers in, numbers out."""
from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from html import unescape

from bench.search import words
from bench.search.asking import Answer, Counted
from bench.search.queries import Query
from bench.search.truth import Grades

TOP = 10
MARK = re.compile(r"<mark>(.*?)</mark>", re.S)


@dataclass(frozen=True)
class Score:
    """One question, or the mean of many: shares from 0 to 1; `control_…` None where the other lemmatiser is silent."""

    recall: float
    precision: float
    ndcg: float
    is_empty: float
    control_recall: float | None = None
    control_precision: float | None = None


def score(query: Query, urls: Sequence[str], pages: Collection[str]) -> Score:
    """One answer; only `pages` are judged, the site's other pages are passed over."""
    found = [url for url in urls if url in pages]
    control = query.control
    return Score(
        recall=share(query.relevant, found), precision=share(found, query.relevant),
        ndcg=ndcg(found, query.relevant), is_empty=float(not urls),
        control_recall=share(control, found) if control else None,
        control_precision=share(found, control) if control else None)


def share(these: Collection[str], those: Collection[str]) -> float:
    """How many of these are among those; 0 without any."""
    wanted = set(those)
    return sum(each in wanted for each in these) / len(these) if these else 0.0


def ndcg(found: Sequence[str], relevant: Grades) -> float:
    """Normalised discounted cumulative gain of the first ten, the grade as gain."""
    def gained(grades: Iterable[int]) -> float:
        return sum(grade / math.log2(place + 2) for place, grade in enumerate(grades))
    best = gained(sorted(relevant.values(), reverse=True)[:TOP])
    return gained(relevant.get(url, 0) for url in found[:TOP]) / best if best else 0.0


def mean(scores: Sequence[Score]) -> Score:
    """The mean of each figure over the questions that have it."""
    def of(name: str) -> float:
        values = [value for each in scores if (value := getattr(each, name)) is not None]
        return math.fsum(values) / len(values) if values else math.nan
    return Score(*(of(name) for name in ("recall", "precision", "ndcg", "is_empty", "control_recall",
                                         "control_precision")))


@dataclass(frozen=True)
class Marks:
    """Excerpts that were shown, how many of them have a mark; marks, how many of those on a form of what was asked."""

    excerpts: int
    marked: int
    marks: int
    right: int


def marks(asked: Sequence[Query], answers: Sequence[Answer]) -> Marks:
    """All excerpts of some questions. A mark of several words is right if each is."""
    shown = [(query, excerpt) for query, answer in zip(asked, answers, strict=True) for excerpt in answer.excerpts]
    found = [(query, unescape(text)) for query, excerpt in shown for text in MARK.findall(excerpt)]
    return Marks(len(shown), sum("<mark>" in excerpt for _, excerpt in shown), len(found),
                 sum(is_right(text, query) for query, text in found))


def is_right(text: str, query: Query) -> bool:
    """Whether a marked text is a form of what was asked."""
    lemmas = {lemma for word in query.words for lemma in words.readings(word)}
    tokens = words.tokens(text)
    return bool(tokens) and all(words.readings(token) & lemmas for token in tokens)


def total(steps: Iterable[Counted], what: str) -> int:
    """Requests or bytes of all kinds in some steps."""
    return sum(counted[what] for step in steps for counted in step.values())


def percentile(values: Sequence[float], part: float) -> float:
    """The value that so many per cent do not exceed (nearest rank)."""
    return sorted(values)[max(0, math.ceil(len(values) * part / 100) - 1)] if values else math.nan
