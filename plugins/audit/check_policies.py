"""The policies that the log numbers — keys, signers, roles, rules — against the files that hold them.

An old list that comes back is an alarm even if it is logged: whoever was struck out would sign again.
"""

from __future__ import annotations

from collections import defaultdict

from plugins.proof.faults import Fault
from plugins.proof.leaves import Leaf, commit_to
from plugins.proof.salts import PolicyOpening, parse_policy_openings
from plugins.proof.tiles import Fetch

from .check_log import Known
from .findings import Weight, of_fault
from .layout import KEPT_POLICIES, POLICIES, POLICY, WHATS
from .openings import CHECK, Told, last_rewrite
from .repository import Blobs, Branch


def check_policies(known: Known, branch: Branch, log: Fetch, salts: Fetch, last: int, blobs: Blobs,
                   told: Told) -> None:
    """Each version opens, its bytes are the logged ones, none comes back, and the file is the last one.

    `last`: the place of the last logged commit.
    """
    versions: dict[str, list[tuple[int, Leaf]]] = defaultdict(list)
    for index, leaf in enumerate(known.leaves):
        if leaf.kind == "policy":
            versions[str(leaf["what"])].append((index, leaf))
    for what, entries in versions.items():
        _check(what, entries, known, branch, log, salts, blobs, told)
    for what, path in WHATS.items():
        if what == POLICY:
            continue
        newest = _places(what, salts, branch)
        logged = max(newest, default=-1) if what in versions else -1
        for place in branch.places_of(path):
            if logged < place and branch.blob_at(path, place) != branch.blob_at(path, logged):
                is_late = place > last
                told.say("not-yet-logged" if is_late else "unlogged", path, branch.commits[place][:12],
                         Weight.LACKING if is_late else Weight.TAMPERING)


def _check(what: str, entries: list[tuple[int, Leaf]], known: Known, branch: Branch, log: Fetch, salts: Fetch,
           blobs: Blobs, told: Told) -> None:
    openings = _openings(what, salts, told)
    seen: dict[bytes, int] = {}
    for index, leaf in entries:
        number = int(leaf["n"])
        where = f"{what} № {number}"
        opening = openings.get(number)
        if opening is None:
            told.say("opening-missing", where, f"{index}")
            continue
        contents = _contents(what, number, opening, branch, log, blobs)
        content = next((one for one in contents if leaf["c"] == commit_to("policy", opening.salt, one)), None)
        if content is None:
            is_gone = bool(opening.commit) and branch.place_of(opening.commit) is None
            if is_gone and index > last_rewrite(known):
                told.say("force-push", where, opening.commit[:12])
            elif not is_gone:
                told.say("policy-bytes", where, opening.path)
            continue
        if content in seen and seen[content] < number - 1:
            told.say("policy-rollback", where, f"№ {seen[content]}")
        seen[content] = number


def _openings(what: str, salts: Fetch, told: Told) -> dict[int, PolicyOpening]:
    path = f"{POLICIES}/{what}.json"
    try:
        return parse_policy_openings(salts(path))
    except FileNotFoundError:
        return {}
    except Fault as fault:
        told.found.append(of_fault(CHECK, fault, path))
        return {}


def _contents(what: str, number: int, opening: PolicyOpening, branch: Branch, log: Fetch,
              blobs: Blobs) -> list[bytes]:
    """What may be the bytes: of the log's own file, of the commit, or after a rewrite of any commit."""
    if what == POLICY:
        try:
            return [log(f"{KEPT_POLICIES}{number}")]
        except FileNotFoundError:
            return []
    place = branch.place_of(opening.commit)
    names = [branch.blob_at(opening.path, place)] if place is not None else branch.blobs_of(opening.path)
    return [content for name in names if name and (content := blobs.read(name)) is not None]


def _places(what: str, salts: Fetch, branch: Branch) -> list[int]:
    """Where the logged versions stand on the branch."""
    try:
        openings = parse_policy_openings(salts(f"{POLICIES}/{what}.json"))
    except (FileNotFoundError, Fault):
        return []
    return [place for one in openings.values() if (place := branch.place_of(one.commit)) is not None]
