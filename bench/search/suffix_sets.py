"""Counts the suffix sets of lemmas for `plugins/search/suffix-sets.txt`: `python -m bench.search.suffix_sets`.

A set that is in the list costs a byte or two wherever a lemma has it; one that is not is written out. The list goes to
every reader, so it holds only sets of at least `LEAST` lemmas of real texts (UA-GEC) and of the sample site.
"""
from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from importlib import import_module

from plugins.search.lexemes import BETWEEN_SUFFIXES, groups_of
from plugins.ukrainian import is_word, readings, spelt_key, words
from tooling.bootstrap import ROOT

LEAST = 10
PLACE = ROOT / "plugins" / "search" / "suffix-sets.txt"


def counted(texts: Iterable[str]) -> Counter[tuple[str, ...]]:
    """Suffix set → how many groups of forms have it."""
    forms: dict[tuple[str, str], set[str]] = {}
    for word in sorted({word for text in texts for word in words(text) if is_word(spelt_key(word))}):
        for reading in readings(word).readings:
            forms.setdefault((reading.lemma, reading.part), set()).update(reading.forms)
    return Counter(group.suffixes for (lemma, _), found in forms.items() for group in groups_of(lemma, found))


def listed(counts: Counter[tuple[str, ...]]) -> str:
    """The lines of the file, the commonest first."""
    kept = sorted(((-count, suffixes) for suffixes, count in counts.items() if count >= LEAST))
    return "".join(f"{BETWEEN_SUFFIXES.join(suffixes)}\n" for _, suffixes in kept)


def main() -> None:
    """Write the list anew."""
    corpus = import_module("ua_gec").Corpus(partition="all", annotation_layer="gec-only")
    real = [str(document.target) for document in corpus]
    own = [file.read_text(encoding="utf-8") for kind in ("*.md", "*.yml")
           for file in sorted((ROOT / "content").rglob(kind))]
    PLACE.write_text(listed(counted([*real, *own])), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
