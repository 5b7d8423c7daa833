"""Which word a form most likely is, by the site's own unambiguous forms: «рада» is the council, not the adjective.

The mass of a lemma is how many sections hold a form that is of no other lemma; its level is how many binary digits the
mass has. Of a form with several readings each has the share 2^level / Σ 2^level. So a level changes only when a mass
doubles, and few files with it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

HIGHEST = 15
RARE = 0.0075
"""Readings with a smaller share are left out."""


def level_of(mass: int) -> int:
    """0 to 15."""
    return min(mass.bit_length(), HIGHEST)


def shares(names: Sequence[str], levels: Mapping[str, int]) -> dict[str, float]:
    """The shares of a form's readings that are not rare, in their order; together 1."""
    weights = {name: 1 << levels.get(name, 0) for name in names}
    total = sum(weights.values())
    kept = {name: weight for name, weight in weights.items() if weight >= RARE * total}
    whole = sum(kept.values())
    return {name: weight / whole for name, weight in kept.items()}
