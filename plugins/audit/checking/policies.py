"""The policies that the log numbers — keys, signers, roles, rules — against the files that hold them.

An old list that comes back is an alarm even if it is logged: whoever was struck out would sign again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import pairwise

from plugins.proof.faults import Fault
from plugins.proof.leaves import Leaf, commit_to
from plugins.proof.salts import PolicyOpening, parse_policy_openings
from plugins.proof.tiles import Fetch

from ..findings import Told, Weight
from ..layout import KEPT_POLICIES, POLICIES, POLICY, WHATS
from ..repository import Blobs, Branch
from .log import Known


def check_policies(known: Known, branch: Branch, log: Fetch, salts: Fetch, logged: Collection[int], start: int,
                   blobs: Blobs, told: Told, *, is_behind: bool) -> None:
    """Each version opens, its bytes are the logged ones, none comes back, and the file is the last one.

    `logged`: the places of all logged commits; `start`: the last of them with which the log began. A list that was
    struck out before is no promise of this log: a council that takes the site over strikes out the sample's.
    `is_behind`: the copy is older than the log, commits may be missing.
    """
    versions: dict[str, list[tuple[int, Leaf]]] = defaultdict(list)
    for index, leaf in enumerate(known.leaves):
        if leaf.kind == "policy":
            versions[str(leaf["what"])].append((index, leaf))
    checker = _Checker(branch, log, logged, start, blobs, told, is_behind)
    for what, path in WHATS.items():
        places = checker.versions(what, versions[what], _openings(what, salts, told) if versions[what] else {})
        if what != POLICY:
            checker.coverage(path, max(places, default=-1))


@dataclass
class _Checker:
    """Checks one policy after the other."""

    branch: Branch
    log: Fetch
    logged: Collection[int]
    start: int
    blobs: Blobs
    told: Told
    is_behind: bool

    def versions(self, what: str, entries: list[tuple[int, Leaf]], openings: dict[int, PolicyOpening]) -> list[int]:
        """Where the logged versions stand on the branch."""
        places: list[int] = []
        seen: dict[bytes, int] = {}
        for index, leaf in entries:
            number = int(leaf["n"])
            where, opening = f"{what} № {number}", openings.get(number)
            if opening is None:
                self.told.say("opening-missing", where, f"{index}")
                continue
            found = next(((place, content) for place, content in self._contents(what, number, opening)
                          if leaf["c"] == commit_to("policy", opening.salt, content)), None)
            if found is None:
                self._no_bytes(where, opening)
                continue
            place, content = found
            if seen.get(content, number) < number - 1:
                self.told.say("policy-rollback", where, f"№ {seen[content]}")
            seen[content] = number
            places.append(place)
        return places

    def coverage(self, path: str, last: int) -> None:
        """What became of the file after the last logged version, and since the log began."""
        places = [place for place in self.branch.places_of(path) if place > last]
        for place, end in pairwise([*places, len(self.branch.commits)]):
            if end <= self.start or self.branch.blob_at(path, place) == self.branch.blob_at(path, last):
                continue
            commit = self.branch.commits[place][:12]
            if any(max(place, self.start + 1) <= one < end for one in self.logged):
                self.told.say("unlogged", path, commit)
            elif place > max(self.logged, default=-1):
                self.told.say("not-yet-logged", path, commit, Weight.LACKING)
            else:
                self.told.say("passing", path, commit, Weight.NOTE)

    def _no_bytes(self, where: str, opening: PolicyOpening) -> None:
        is_gone = bool(opening.commit) and self.branch.place_of(opening.commit) is None
        if is_gone and self.is_behind:
            return
        self.told.say("force-push" if is_gone else "policy-bytes", where, opening.commit[:12] or opening.path)

    def _contents(self, what: str, number: int, opening: PolicyOpening) -> Iterator[tuple[int, bytes]]:
        """The bytes, and where they stand: in the log's own file, or in the commit."""
        if what == POLICY:
            with suppress(FileNotFoundError):
                yield -1, self.log(f"{KEPT_POLICIES}{number}")
            return
        place = self.branch.place_of(opening.commit)
        blob = "" if place is None else self.branch.blob_at(opening.path, place)
        if place is not None and blob and (content := self.blobs.read(blob)) is not None:
            yield place, content


def _openings(what: str, salts: Fetch, told: Told) -> dict[int, PolicyOpening]:
    path = f"{POLICIES}{what}.json"
    try:
        return parse_policy_openings(salts(path))
    except FileNotFoundError:
        return {}
    except Fault as fault:
        told.fault(fault, path)
        return {}
