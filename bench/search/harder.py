"""More and harder questions of the dev half, others with each seed: a hundred words tell little of slips and layouts.

Each word is asked with several slips, with the English layout as it comes, with capitals, beside a word that says
nothing, and with a slip there; to them come words as people really misspelt them. The held-out half has none of these:
its questions stay the same from year to year.
"""
from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from random import Random

from bench.search import misspelt, spelling, words
from bench.search.queries import Maker, Query, half
from bench.search.truth import Truth

WORDS = 500
SLIPS = 3
PART = 5
"""One word in so many is asked in the spellings that say little more."""
SAYING_NOTHING = ("в", "за", "про", "для", "що")


def made(truth: Truth, split: str, seed: int) -> Iterator[Query]:
    """The questions of one seed."""
    maker, chance = Maker(truth, split, f" {seed}"), Random(f"{split} harder {seed}")
    asked = maker.lemma_queries("base", WORDS)
    some = asked[::PART]
    for _ in range(SLIPS):
        yield from changed(asked, "typos", [spelling.slip(query.text, chance, truth, 1) for query in asked])
    yield from changed(asked, "first letter", [spelling.slip(query.text, chance, truth, 0) for query in asked])
    yield from changed(asked, "layout", [spelling.english_layout(query.text) for query in asked])
    yield from changed(some, "layout with shift", [spelling.with_shift(query.text) for query in some])
    yield from changed(some, "layout of a question", [spelling.english_layout(
        f"{chance.choice(SAYING_NOTHING)} {query.text}") for query in some])
    yield from changed(some, "slip in layout", [spelling.english_layout(
        spelling.slip(query.text, chance, truth, 1)) for query in some])
    yield from misspelt_queries(truth, split, chance)


def changed(asked: Sequence[Query], kind: str, typed: Sequence[str]) -> Iterator[Query]:
    """The same questions as they are typed; what is the same is left out."""
    for query, text in zip(asked, typed, strict=True):
        if text != query.text:
            yield replace(query, text=text, kind=kind)


def misspelt_queries(truth: Truth, split: str, chance: Random) -> Iterator[Query]:
    """Words of the half that the site has, as people misspelt them; left out is what became another word."""
    maker, pairs = Maker(truth, split), misspelt.pairs()
    for meant, written in chance.sample(pairs, len(pairs)):
        is_asked = words.is_known(meant) and not words.is_known(written) and not words.is_function(meant)
        if is_asked and words.key(written) not in truth.everywhere and all(
                half(lemma) == split for lemma, _ in words.readings(meant)):
            relevant = truth.lemmas(meant)
            if 0 < len(relevant) <= maker.most:
                yield Query(written, "misspelt", next(iter(relevant)), (meant,), relevant, truth.control(meant))
