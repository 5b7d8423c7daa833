"""Real questions to the sample site, whose answers people chose: `questions.yml`."""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from bench.search.asking import Answer
from bench.search.queries import Query

QUESTIONS = Path(__file__).with_name("questions.yml")
WITHIN = 3


@dataclass(frozen=True)
class Judged:
    """A question and the addresses that answer it, the best first."""

    question: str
    answers: tuple[str, ...]

    @property
    def query(self) -> Query:
        """How it is asked."""
        return Query(self.question, "judged", "", relevant=dict.fromkeys(self.answers, 1))


@dataclass(frozen=True)
class Failure:
    """A question without an answer among the first: what came instead, and the place of the first answer (0: none)."""

    question: str
    expected: str
    found: tuple[str, ...]
    place: int


@dataclass(frozen=True)
class Verdict:
    """Share of questions with an answer among the first three; mean of 1/place of the first answer; what failed."""

    success: float
    mrr: float
    failures: tuple[Failure, ...]


def read(file: Path = QUESTIONS) -> list[Judged]:
    """All questions; none where there is no file yet."""
    if not file.exists():
        return []
    return [Judged(str(each["question"]), tuple(map(str, each["answers"])))
            for each in yaml.safe_load(file.read_text(encoding="utf-8"))]


def verdict(asked: Sequence[Judged], answers: Sequence[Answer]) -> Verdict:
    """What the answers are worth."""
    places = [place_of(judged, answer.urls) for judged, answer in zip(asked, answers, strict=True)]
    failures = [Failure(judged.question, judged.answers[0], answer.urls[:WITHIN], place)
                for judged, answer, place in zip(asked, answers, places, strict=True) if not 0 < place <= WITHIN]
    number = len(asked) or 1
    return Verdict(1 - len(failures) / number, sum(1 / place for place in places if place) / number, tuple(failures))


def place_of(judged: Judged, urls: Sequence[str]) -> int:
    """The place of the first right answer, counted from 1; 0 without any."""
    return next((place for place, url in enumerate(urls, 1) if url in judged.answers), 0)
