"""Words that people really misspelt: what UA-GEC's correctors marked as spelling, word for word (CC BY 4.0)."""
from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib import import_module

from bench.search import words

MARKED = re.compile(r"\{([^{}]*)=>([^{}]*):::error_type=Spelling\}")
SHORTEST = 4


@cache
def pairs() -> tuple[tuple[str, str], ...]:
    """(as it was meant, as it was written), in lower case, sorted; none where both have one key."""
    return tuple(sorted({pair for document in import_module("ua_gec").Corpus("all")
                         for pair in _of(document.annotated.get_annotated_text())}))


def _of(text: str) -> Iterator[tuple[str, str]]:
    for match in MARKED.finditer(text):
        written, meant = (words.plain(part).lower() for part in match.groups())
        if all(words.WORD.fullmatch(word) and words.CYRILLIC.search(word) for word in (written, meant)) and (
                len(meant) >= SHORTEST and words.key(written) != words.key(meant)):
            yield meant, written
