"""Whom to believe: the auditor's own copy of the policy, else what was believed before, else what the site says.

A policy may change: keys are renewed, witnesses come and go. Who holds an old one follows the log from version to
version, as long as each step is in a checkpoint that the version before it believes, quorum and all. Anything else is
another policy in the place of the true one. Versions before one's own are those that the log names.

Witnesses cosign whatever continues, so whoever has the log's key can have them cosign a policy of his own. One that can
do without all witnesses of one's own policy, or asks fewer, is followed and told, and never remembered by itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass

from plugins.proof.checkpoints import Checkpoint
from plugins.proof.faults import Fault
from plugins.proof.leaves import Leaf, commit_to
from plugins.proof.log import checkpoint_path, read_note
from plugins.proof.moments import kept_checkpoints
from plugins.proof.policy import Policy
from plugins.proof.salts import parse_policy_openings
from plugins.proof.tiles import WIDTH, Fetch, fetch_entries, tile_at, tree_of
from plugins.proof.tree import range_hash

from ..findings import Finding, Weight, of_fault
from ..layout import KEPT_POLICIES, POLICIES, POLICY
from .state import Memory

CHECK = "log"
ABOUT_POLICY = b'"what":"policy"'
MOST = 1 << 20
"""Entries that are looked through while nobody is believed yet: a server may show tiles without an end."""


@dataclass(frozen=True)
class Version:
    """A policy, its bytes, and the index of the entry with which it came; -1 where the log does not know it."""

    policy: Policy
    content: bytes
    index: int = -1


@dataclass(frozen=True)
class Trust:
    """The versions of the policy that are believed, oldest first; none where nobody can be."""

    versions: tuple[Version, ...] = ()
    findings: tuple[Finding, ...] = ()
    content: bytes = b""
    """The bytes of the policy with which the next check begins."""

    @property
    def policy(self) -> Policy | None:
        """The one that is in force."""
        return self.versions[-1].policy if self.versions else None

    def of(self, size: int) -> Policy:
        """What a checkpoint of this size had to satisfy: a key that was given up speaks for no later one."""
        return next((one for one in reversed(self.versions) if one.index < size), self.versions[0]).policy


def trust_in(log: Fetch, salts: Fetch, own: bytes | None, memory: Memory) -> Trust:
    """`own`: the auditor's policy. Errors: `Fault` if that one cannot be read."""
    start, findings = own if own is not None else memory.policy.encode() or None, []
    if own is not None:
        Policy.parse(own)
    try:
        shown = log(POLICY)
    except FileNotFoundError:
        shown = None
    if start is None:
        if shown is None:
            return Trust(findings=(Finding(CHECK, "policy-missing", Weight.LACKING, POLICY),))
        start = shown
        findings.append(Finding(CHECK, "policy-from-site", Weight.LACKING, POLICY))
    logged = list(_logged(log, salts))
    try:
        versions, is_new = _believed(log, logged, start)
    except Fault as fault:
        return Trust(findings=(of_fault(CHECK, fault, POLICY, Weight.LACKING),))
    is_weaker = is_new and _is_weaker(versions[-1].policy, Policy.parse(start))
    if is_new:
        findings.append(Finding(CHECK, "policy-weaker" if is_weaker else "policy-followed",
                                Weight.LACKING if is_weaker else Weight.NOTE, POLICY))
    if versions[-1].index >= 0 and shown != versions[-1].content:
        findings.append(_of_another(shown, logged))
    return Trust(tuple(versions), tuple(findings), start if is_weaker else versions[-1].content)


def _is_weaker(new: Policy, own: Policy) -> bool:
    """Whether strangers suffice where witnesses of one's own were asked for, or fewer of whomever."""
    known = {party.key for party in own.witnesses.values()}
    everybody = known | {party.key for party in new.witnesses.values()}
    return new.needs(known) < min(own.needs(known), 1) or new.needs(everybody) < own.needs(known)


def _of_another(shown: bytes | None, logged: Sequence[tuple[int, bytes]]) -> Finding:
    """The site's policy is not the one that is believed: new and not vouched for yet, or not that of the log."""
    if shown is None:
        return Finding(CHECK, "policy-missing", Weight.LACKING, POLICY)
    is_next = shown == logged[-1][1]
    return Finding(CHECK, "policy-waits" if is_next else "policy-swapped",
                   Weight.LACKING if is_next else Weight.TAMPERING, POLICY)


def _believed(log: Fetch, logged: Sequence[tuple[int, bytes]], start: bytes) -> tuple[list[Version], bool]:
    """The versions up to the newest that is vouched for, and whether that is another one than `start`."""
    here = next((number for number, (_, content) in enumerate(logged) if _is_same(content, start)), None)
    if here is None:
        return [Version(Policy.parse(start), start)], False
    versions = [Version(Policy.parse(content), content, index) for index, content in logged[: here + 1]]
    for index, content in logged[here + 1:]:
        if not _vouches(versions[-1].policy, index, log):
            break
        versions.append(Version(Policy.parse(content), content, index))
    return versions, len(versions) > here + 1


def _is_same(content: bytes, own: bytes) -> bool:
    """Whether two policies say the same; a copy may have got remarks or blank lines."""
    with suppress(Fault):
        return content == own or Policy.parse(content) == Policy.parse(own)
    return False


def _logged(log: Fetch, salts: Fetch) -> Iterator[tuple[int, bytes]]:
    """The versions of the policy that the log names, oldest first: index and bytes. Nothing of the log is believed."""
    try:
        openings = parse_policy_openings(salts(f"{POLICIES}policy.json"))
        for index, leaf in _entries(log, min(Checkpoint.of(read_note(log)).size, MOST)):
            number = int(leaf["n"])
            content = log(f"{KEPT_POLICIES}{number}")
            if leaf["c"] != commit_to("policy", openings[number].salt, content):
                return
            yield index, content
    except (OSError, KeyError, Fault):
        return


def _entries(log: Fetch, size: int) -> Iterator[tuple[int, Leaf]]:
    """The entries about the policy."""
    for number in range(-(-size // WIDTH)):
        for at, entry in enumerate(fetch_entries(tile_at(0, number, size), log)):
            if ABOUT_POLICY in entry and (leaf := Leaf.decode(entry)).kind == "policy":
                yield number * WIDTH + at, leaf


def _vouches(policy: Policy, index: int, log: Fetch) -> bool:
    """Whether a checkpoint that covers an entry is believed by this policy, and the log goes on from it."""
    try:
        size = Checkpoint.of(read_note(log)).size
        node = tree_of(size, log)
        for kept in kept_checkpoints(log):
            if index < kept <= size and _is_accepted(policy, kept, log):
                return range_hash(0, kept, node) == Checkpoint.of(read_note(log, checkpoint_path(kept))).root
    except Fault:
        return False
    return False


def _is_accepted(policy: Policy, size: int, log: Fetch) -> bool:
    try:
        return policy.accept(read_note(log, checkpoint_path(size))).checkpoint.size == size
    except Fault:
        return False
