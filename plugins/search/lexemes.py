"""A lemma's forms as the lexicon writes them: groups of forms with the same beginning, each a stem and suffixes."""

from __future__ import annotations

from collections.abc import Iterable

from .codec import Forms, shared

BEGINNING = 3
"""Letters that decide in which file of the lexicon a form is looked up."""


BETWEEN_SUFFIXES, BETWEEN_GROUPS = "|", "/"
"""How the state and the header write groups: stem|suffix|suffix/stem|suffix."""


def groups_of(lemma: str, forms: Iterable[str]) -> tuple[Forms, ...]:
    """The groups of a lemma, by their stems; where the lemma itself is in a group, it is the first suffix."""
    found: dict[str, set[str]] = {}
    for form in forms:
        found.setdefault(form[:BEGINNING], set()).add(form)
    return tuple(_group(lemma, group) for _, group in sorted(found.items()))


def _group(lemma: str, forms: set[str]) -> Forms:
    stem = min(forms)[:shared(min(forms), max(forms))]
    suffixes = sorted(form[len(stem):] for form in forms)
    if lemma in forms:
        suffixes.remove(lemma[len(stem):])
        suffixes.insert(0, lemma[len(stem):])
    return Forms(stem, tuple(suffixes))
