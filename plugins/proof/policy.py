"""C2SP tlog-policy: which logs to believe, which witnesses, and how many of them together are enough.

    log <vkey> [<url>]
    witness <name> <vkey> [<url>]
    group <name> all|any|<k> <name>…
    quorum <name>|none
"""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass, field
from typing import NoReturn

from .checkpoints import Checkpoint
from .cosignatures import cosigned_at, verify_as_log
from .faults import Fault
from .keys import COSIGNATURE, ED25519, ML_DSA_44, VerifierKey
from .notes import Note
from .strict import decimal

NONE = "none"
LOG_KINDS = (ED25519, ML_DSA_44)
WITNESS_KINDS = (COSIGNATURE, ML_DSA_44)
MOST_OF_A_KIND = 256
NEVER = 1 << 64
"""Later than any moment that a cosignature can claim."""


@dataclass(frozen=True)
class Party:
    """A log or a witness."""

    key: VerifierKey
    url: str = ""


@dataclass(frozen=True)
class Group:
    """Witnessed when at least `least` of its members, witnesses or groups, are."""

    least: int
    members: tuple[str, ...]


@dataclass(frozen=True)
class Accepted:
    """A checkpoint that a policy believes.

    `witnessed` has a moment (seconds since 1970, 0 where none is claimed) for each witness; `at` is the earliest moment
    at which the quorum was there: by then the checkpoint existed, unless all of a quorum lie. None without a quorum.
    """

    checkpoint: Checkpoint
    logs: tuple[VerifierKey, ...]
    witnessed: Mapping[str, int]
    at: int | None


@dataclass(frozen=True)
class Policy:
    """What a file of this format says. Names mean nothing outside of it."""

    logs: tuple[Party, ...] = ()
    witnesses: Mapping[str, Party] = field(default_factory=dict)
    groups: Mapping[str, Group] = field(default_factory=dict)
    quorum: str = NONE

    def accept(self, note: Note) -> Accepted:
        """A checkpoint signed by a log of the policy and cosigned by its quorum; a `Fault` otherwise.

        A wrong signature by any known key refuses the whole note.
        """
        checkpoint, logs = self.signed(note)
        found = note.signatures_by(party.key for party in self.witnesses.values())
        witnessed = {name: cosigned_at(checkpoint, party.key, found[party.key])
                     for name, party in self.witnesses.items() if party.key in found}
        if self.quorum == NONE:
            return Accepted(checkpoint, logs, witnessed, None)
        at = self._reached(self.quorum, {name: moment or NEVER for name, moment in witnessed.items()})
        if at is None:
            raise Fault("quorum", self._missing(self.quorum, witnessed))
        return Accepted(checkpoint, logs, witnessed, None if at == NEVER else at)

    def signed(self, note: Note) -> tuple[Checkpoint, tuple[VerifierKey, ...]]:
        """The checkpoint, signed by a log of the policy; of witnesses nothing is asked."""
        checkpoint = Checkpoint.of(note)
        keys = [party.key for party in self.logs if party.key.name == checkpoint.origin]
        if not keys:
            raise Fault("origin", checkpoint.origin)
        found = note.signatures_by(keys)
        for key, signature in found.items():
            verify_as_log(checkpoint, key, signature)
        if not found:
            raise Fault("signature-missing", checkpoint.origin)
        if checkpoint.extensions and all(key.kind == ML_DSA_44 for key in found):
            raise Fault("extension")
        return checkpoint, tuple(found)

    def needs(self, keys: Container[VerifierKey]) -> int:
        """How many of these witnesses have to be there at least for a quorum."""
        return 0 if self.quorum == NONE else self._needed(self.quorum, keys)

    def _needed(self, name: str, keys: Container[VerifierKey]) -> int:
        if name in self.witnesses:
            return int(self.witnesses[name].key in keys)
        group = self.groups[name]
        return sum(sorted(self._needed(member, keys) for member in group.members)[:group.least])

    def _reached(self, name: str, moments: Mapping[str, int]) -> int | None:
        """The earliest moment at which a witness, or enough of a group, had signed."""
        if name in self.witnesses:
            return moments.get(name)
        group = self.groups[name]
        reached = sorted(moment for member in group.members
                         if (moment := self._reached(member, moments)) is not None)
        return reached[group.least - 1] if len(reached) >= group.least else None

    def _missing(self, name: str, witnessed: Mapping[str, int]) -> str:
        """`name 1<2` for a group with one of its two."""
        if name in self.witnesses:
            return f"{name} 0<1"
        group = self.groups[name]
        there = sum(self._reached(member, witnessed) is not None for member in group.members)
        return f"{name} {there}<{group.least}"

    @classmethod
    def parse(cls, content: bytes) -> Policy:
        """A policy file; the detail of a `Fault` begins with the number of the line."""
        return _Reader().read(content)


class _Reader:
    """Reads line by line; a group and the quorum know only what stands above them."""

    def __init__(self) -> None:
        self.logs: list[Party] = []
        self.witnesses: dict[str, Party] = {}
        self.groups: dict[str, Group] = {}
        self.members: set[str] = set()
        self.quorum: str | None = None

    def read(self, content: bytes) -> Policy:
        if content and not content.endswith(b"\n"):
            _refuse("\\n")
        lines = content.split(b"\n")[:-1]
        for number, line in enumerate(lines, 1):
            try:
                self._line(line)
            except Fault as fault:
                what = "" if fault.code == "policy" else f"{fault.code} "
                raise Fault("policy", f"{number}: {what}{fault.detail}") from None
        if self.quorum is None:
            raise Fault("policy", f"{len(lines)}: quorum")
        return Policy(tuple(self.logs), self.witnesses, self.groups, self.quorum)

    def _line(self, line: bytes) -> None:
        if any((byte < 0x20 and byte != 0x09) or byte == 0x7F for byte in line):
            _refuse("control character")
        # Octets above ASCII are opaque: surrogateescape keeps each as it is.
        words = line.replace(b"\t", b" ").decode("utf-8", "surrogateescape").split(" ")
        words = [word for word in words if word]
        if not words or words[0].startswith("#"):
            return
        steps: dict[str, Callable[[list[str]], None]] = {
            "log": self._log, "witness": self._witness, "group": self._group, "quorum": self._quorum}
        if words[0] not in steps:
            _refuse(words[0])
        steps[words[0]](words[1:])

    def _log(self, words: list[str]) -> None:
        if len(words) not in (1, 2):
            _refuse("log")
        self.logs.append(self._party(words, LOG_KINDS, self.logs))

    def _witness(self, words: list[str]) -> None:
        if len(words) not in (2, 3):
            _refuse("witness")
        self._new(words[0])
        self.witnesses[words[0]] = self._party(words[1:], WITNESS_KINDS, list(self.witnesses.values()))

    def _group(self, words: list[str]) -> None:
        if len(words) < 3:
            _refuse("group")
        name, count, *members = words
        self._new(name)
        for member in members:
            if member in self.members or not self._is_known(member):
                _refuse(member)
            self.members.add(member)
        least = {"all": len(members), "any": 1}.get(count) or decimal(count)
        if not 1 <= least <= len(members):
            _refuse(count)
        self.groups[name] = Group(least, tuple(members))

    def _quorum(self, words: list[str]) -> None:
        if len(words) != 1 or self.quorum is not None or not (words[0] == NONE or self._is_known(words[0])):
            _refuse("quorum")
        self.quorum = words[0]

    def _party(self, words: list[str], kinds: tuple[int, ...], others: list[Party]) -> Party:
        key = VerifierKey.parse(words[0])
        if key.kind not in kinds:
            raise Fault("key-kind", f"0x{key.kind:02x}")
        if any(key.public == other.key.public for other in others) or len(others) >= MOST_OF_A_KIND:
            _refuse(key.name)
        return Party(key, *words[1:])

    def _new(self, name: str) -> None:
        if name == NONE or self._is_known(name) or len(self.groups) >= MOST_OF_A_KIND:
            _refuse(name)

    def _is_known(self, name: str) -> bool:
        return name in self.witnesses or name in self.groups


def _refuse(what: str) -> NoReturn:
    raise Fault("policy", what[:80])
