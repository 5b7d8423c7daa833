"""What a verified log says of commits: by when each existed, and who made it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from plugins.proof.faults import Fault
from plugins.proof.leaves import Leaf, commit_to
from plugins.proof.moments import Moments
from plugins.proof.order import REVISIONS
from plugins.proof.salts import DOCUMENTS, Opening, parse_openings
from plugins.proof.tiles import Fetch

ALWAYS = 1 << 62
"""Later than any index."""


@dataclass
class Logged:
    """What the log says of a commit: by when it existed, who made it, the first entry of a change in it."""

    at: int | None = None
    by: set[str] = field(default_factory=set)
    index: int = ALWAYS

    def take(self, at: int | None, by: str, index: int = ALWAYS) -> None:
        self.at = at if self.at is None else self.at if at is None else min(self.at, at)
        self.by.add(by)
        self.index = min(self.index, index)


def logged_commits(leaves: Sequence[Leaf], moments: Moments, salts: Fetch) -> dict[str, Logged]:
    """What the log says of each commit that it names."""
    known: dict[str, Logged] = {}
    openings: dict[str, Mapping[int, Opening]] = {}
    for index, leaf in enumerate(leaves):
        if leaf.kind not in REVISIONS:
            continue
        doc = str(leaf["doc"])
        if doc not in openings:
            openings[doc] = _openings(doc, salts)
        one = openings[doc].get(int(leaf["n"]))
        if one and _names(leaf, one):
            # what is published on a day to come may have been committed long before
            known.setdefault(one.commit, Logged()).take(moments.of(index), leaf.by,
                                                         ALWAYS if leaf["n"] == 1 else index)
    return known


def _openings(doc: str, salts: Fetch) -> Mapping[int, Opening]:
    try:
        return parse_openings(salts(f"{DOCUMENTS}{doc}.json"))
    except (Fault, OSError):
        return {}  # named where openings are checked


def _names(leaf: Leaf, opening: Opening) -> bool:
    """Whether the leaf is of this commit; of one that was rewritten nothing shows it any more."""
    salt = opening.salts.commit
    return bool(salt) and commit_to("commit", salt, opening.commit.encode()) == leaf["commit"]


def moments_of(commits: Sequence[str], known: Mapping[str, Logged]) -> list[int | None]:
    """By when each commit existed: what comes after it did not exist before it."""
    found: list[int | None] = []
    least: int | None = None
    for name in reversed(commits):
        at = known[name].at if name in known else None
        least = at if least is None else least if at is None else min(at, least)
        found.append(least)
    return found[::-1]
