"""`verify log`: signatures, witnesses, freshness, every tile and entry, kept checkpoints, memory, time stamps.

What was verified is handed on to the other checks as `Known`: they believe the entries of the log because of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime

from cryptography import x509

from plugins.proof.checkpoints import Checkpoint
from plugins.proof.faults import Fault
from plugins.proof.keys import VerifierKey
from plugins.proof.leaves import Leaf, commit_to
from plugins.proof.log import NEWEST, checkpoint_path, read_note
from plugins.proof.moments import Moments, kept_checkpoints, moments
from plugins.proof.notes import Note
from plugins.proof.order import Order
from plugins.proof.policy import Policy
from plugins.proof.tiles import Fetch, tree_of, verify_tiles
from plugins.proof.timestamps import check as check_token
from plugins.proof.tree import Node, range_hash

from ..findings import Finding, Told, Weight
from ..layout import ANCHORS, NO_SALT
from .heads import day_of
from .state import Memory
from .trust import Trust

CHECK = "log"
HOUR, DAY = 3600, 86_400
FRESH = 7 * DAY
"""How old the newest moment of the witnesses may be."""
LAG = DAY
"""How far behind the log a witness may be; how far clocks may differ is an hour."""


@dataclass(frozen=True)
class Known:
    """A log as it was verified. `moments`: by when entries existed; `is_whole`: nothing speaks against it."""

    checkpoint: Checkpoint
    leaves: tuple[Leaf, ...]
    moments: Moments
    is_whole: bool


@dataclass(frozen=True)
class Log:
    """What the check of a log is given. `now` in seconds since 1970; `authorities`: trusted for time stamps."""

    fetch: Fetch
    trust: Trust
    now: int
    memory: Memory
    authorities: Sequence[x509.Certificate] = ()


def check_log(log: Log) -> tuple[list[Finding], Known | None]:
    """Everything that can be checked of a log; what the other checks may rest on, None where there is nothing."""
    found = Told(CHECK, list(log.trust.findings))
    if log.trust.policy is None:
        return (found.all if _is_there(log.fetch) else [Finding(CHECK, "log-missing", Weight.LACKING)]), None
    try:
        note = read_note(log.fetch)
        checkpoint, _ = log.trust.policy.signed(note)
    except Fault as fault:
        if fault.code == "checkpoint-missing":
            found.say("log-gone" if log.memory.newest else "log-missing", fault.detail,
                      weight=Weight.TAMPERING if log.memory.newest else Weight.LACKING)
        else:
            found.fault(fault, "checkpoint")
        return found.all, None
    node = tree_of(checkpoint.size, log.fetch)
    entries = _entries(checkpoint, log.fetch, found)
    _against_memory(log.memory, checkpoint, node if entries is not None else None, found)
    if entries is None:
        return found.all, None
    leaves = _leaves(entries, found)
    seen = _witnessed(log, note, checkpoint, node, _signed(log.memory, checkpoint, leaves or ()), found)
    if leaves is None:
        return found.all, None
    _clocks(log, leaves, seen, found)
    stamped = _anchors(log, leaves, found)
    is_whole = all(one.weight is not Weight.TAMPERING for one in found.all)
    return found.all, Known(checkpoint, leaves, moments((*seen, *stamped)), is_whole)


def _is_there(fetch: Fetch) -> bool:
    try:
        return bool(fetch(NEWEST))
    except FileNotFoundError:
        return False


def _entries(checkpoint: Checkpoint, fetch: Fetch, found: Told) -> list[bytes] | None:
    try:
        return [entry for bundle in verify_tiles(checkpoint.size, checkpoint.root, fetch) for entry in bundle]
    except Fault as fault:
        found.fault(fault, "tile")
        return None


def _against_memory(memory: Memory, checkpoint: Checkpoint, node: Node | None, found: Told) -> None:
    """Each checkpoint that was seen before has to be a beginning of this one."""
    if memory.newest is None:
        found.say("first-time", weight=Weight.NOTE)
    for old in memory.checkpoints:
        where = checkpoint_path(old.size)
        if old.origin != checkpoint.origin:
            return found.fault(Fault("origin", checkpoint.origin), where)
        if old.size > checkpoint.size:
            found.fault(Fault("shrunk", f"{old.size} > {checkpoint.size}"), where)
        elif old.size == checkpoint.size and old.root != checkpoint.root:
            found.fault(Fault("consistency", f"{old.size}"), where)
        elif node and range_hash(0, old.size, node) != old.root:
            found.fault(Fault("consistency", f"{old.size} → {checkpoint.size}"), where)
    return None


def _leaves(entries: Sequence[bytes], found: Told) -> tuple[Leaf, ...] | None:
    leaves: list[Leaf] = []
    for index, entry in enumerate(entries):
        try:
            leaves.append(Leaf.decode(entry))
        except Fault as fault:
            found.fault(fault, f"{index}")
    if len(leaves) < len(entries):
        return None
    order = Order()
    for index, leaf in enumerate(leaves):
        try:
            order.follow(index, leaf)
        except Fault as fault:
            found.fault(fault, f"{index}")
            break
    return tuple(leaves)


def _signed(memory: Memory, newest: Checkpoint, leaves: Sequence[Leaf]) -> set[int]:
    """Sizes that the log is known to have signed: those that were seen, and those after a build, which ends a batch."""
    seen = {one.size for one in memory.checkpoints if one.size <= newest.size}
    return seen | {index + 1 for index, leaf in enumerate(leaves) if leaf.kind == "build"}


def _witnessed(log: Log, note: Note, checkpoint: Checkpoint, node: Node, signed: set[int],
               found: Told) -> list[tuple[int, int]]:
    """(size, moment) of each checkpoint that the quorum cosigned; and whether the newest one is fresh."""
    seen = []
    for size, where, one in ((checkpoint.size, "checkpoint", note), *_kept(log, checkpoint, node, signed, found)):
        if (at := _accepted(log.trust.of(size), one, found, where)) is not None:
            seen.append((size, at))
    for size, moment in seen:
        if moment > log.now + HOUR:
            found.say("future", checkpoint_path(size), _said(moment), Weight.LACKING)
    _fresh(log, checkpoint, seen, found)
    return seen


def _accepted(policy: Policy, note: Note, found: Told, where: str) -> int | None:
    """The moment of the quorum under a policy; None without a quorum."""
    try:
        return policy.accept(note).at
    except Fault as fault:
        if fault.code != "quorum":
            is_unknown = fault.code in ("origin", "signature-missing")
            found.fault(fault, where, Weight.LACKING if is_unknown else Weight.TAMPERING)
        return None


def _kept(log: Log, newest: Checkpoint, node: Node, signed: set[int], found: Told) -> Iterator[tuple[int, str, Note]]:
    """The kept checkpoints, each a true beginning of the newest one. `signed`: sizes that have to be among them."""
    try:
        sizes = kept_checkpoints(log.fetch)
    except Fault as fault:
        missing = fault.code == "checkpoint-missing"
        found.say("kept-missing", fault.detail, weight=Weight.LACKING) if missing else found.fault(fault)
        return
    for size in sorted(signed - {*sizes}):
        found.say("kept-missing", checkpoint_path(size), weight=Weight.LACKING)
    for size in sizes:
        where = checkpoint_path(size)
        try:
            if size > newest.size:
                raise Fault("shrunk", f"{size} > {newest.size}")
            note = read_note(log.fetch, where)
            old = Checkpoint.of(note)
            if old.size != size:
                raise Fault("checkpoint", where)
            if old.origin != newest.origin:
                raise Fault("origin", old.origin)
            if range_hash(0, size, node) != old.root:
                raise Fault("consistency", f"{size} → {newest.size}")
        except Fault as fault:
            missing = fault.code == "checkpoint-missing"
            found.say("kept-missing", where, weight=Weight.LACKING) if missing else found.fault(fault, where)
            continue
        except OSError:
            found.say("unreadable", where, weight=Weight.LACKING)
            continue
        yield size, where, note


def _fresh(log: Log, checkpoint: Checkpoint, seen: Sequence[tuple[int, int]], found: Told) -> None:
    policy = log.trust.policy
    assert policy
    if not policy.needs({party.key for party in policy.witnesses.values() if not _is_own(party.key, policy)}):
        return found.say("no-witnesses", weight=Weight.LACKING)
    if not seen:
        try:
            policy.accept(read_note(log.fetch))
        except Fault as fault:
            if fault.code == "quorum":  # anything else has been said
                found.fault(fault, "checkpoint", Weight.LACKING)
        return None
    latest = max(moment for _, moment in seen)
    if latest + FRESH < log.now:
        found.say("stale", "checkpoint", _said(latest), Weight.LACKING)
    elif max(size for size, _ in seen) < checkpoint.size:
        waiting = max(size for size, _ in seen)
        is_late = latest + LAG < log.now
        found.say("unwitnessed", f"{waiting}–{checkpoint.size}",
                  weight=Weight.LACKING if is_late else Weight.NOTE)
    return None


def _is_own(witness: VerifierKey, policy: Policy) -> bool:
    """Whether the key of a witness is the log's own."""
    return any(witness.public == log.key.public for log in policy.logs)


def _clocks(log: Log, leaves: Sequence[Leaf], seen: Sequence[tuple[int, int]], found: Told) -> None:
    """`seen` never goes back, and fits the moments at which witnesses saw the log with and without the entry.

    A batch may wait a while until it is shown, so a witness who saw the log without it later is first only a doubt.
    """
    known, before = moments(seen), sorted(seen)
    earliest = without = 0
    for index, leaf in enumerate(leaves):
        while before and before[0][0] <= index:  # the log was seen without this entry
            without = max(without, before.pop(0)[1])
        covered = known.of(index)
        at, latest = _moment(leaf.seen), (log.now if covered is None else covered) + HOUR
        if not max(earliest, without - FRESH) <= at <= latest:
            found.say("clock", f"{index}", leaf.seen)
            continue
        if at < without - LAG:
            found.say("clock", f"{index}", f"{leaf.seen} < {_said(without)}", Weight.LACKING)
        earliest = at
        day = str(leaf["day"]) if leaf.kind == "build" else ""
        if day and (_moment(day) < at - 2 * DAY or day > day_of(at + HOUR)):
            found.say("clock", f"{index}", f"{leaf['day']} ≠ {leaf.seen}")


def _anchors(log: Log, leaves: Sequence[Leaf], found: Told) -> list[tuple[int, int]]:
    """(size, moment) of each time stamp that was verified."""
    stamped = []
    for index, leaf in enumerate(leaves):
        if leaf.kind != "anchor" or leaf["what"] != "tsr":
            continue
        size = int(leaf["size"])
        where = f"{ANCHORS}{size}.tsr"
        try:
            token = log.fetch(where)
        except OSError:
            found.say("anchor-missing", where, f"{index}", Weight.LACKING)
            continue
        if leaf["c"] != commit_to("anchor", NO_SALT, token):
            found.say("anchor", where, f"{index}")
            continue
        try:
            stamp = check_token(token, read_note(log.fetch, checkpoint_path(size)).text.encode(), log.authorities)
        except Fault as fault:
            if fault.code != "checkpoint-missing":
                found.fault(fault, where)
            continue
        if stamp.is_verified:
            stamped.append((size, stamp.at))
        else:
            found.say("stamp-unverified", where, stamp.why, Weight.NOTE)
    return stamped


def _moment(text: str) -> int:
    """Of a moment, or of a day (UTC)."""
    with suppress(ValueError):
        found = datetime.fromisoformat(text)
        return int((found if found.tzinfo else found.replace(tzinfo=UTC)).timestamp())
    return 0


def _said(moment: int) -> str:
    with suppress(ValueError, OverflowError, OSError):
        return datetime.fromtimestamp(moment, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return str(moment)
