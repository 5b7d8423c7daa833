"""Leaves of the log: one event each, as one line of canonical JSON of at most 2 KiB.

The log is for ever, so a leaf holds nothing that may have to be forgotten: of texts, commits and paths there are salted
commitments only. A plain hash of a text that is known but for a name gives the name to anybody who tries the names in
turn (a second of work for 20,000). Salts are kept apart, in `salts.py`, and can be destroyed.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from hashlib import sha256

from .faults import Fault
from .tree import in_memory, leaf_hash, range_hash

VERSION = 1
LONGEST_LEAF = 2048
SALT_BYTES = 16
DOMAINS = ("doc", "path", "commit", "file", "page", "policy", "anchor")
"""What a commitment may be of: one of a text can never be passed off as one of a path."""

Value = int | str
HASH = re.compile(r"[0-9a-f]{64}")
NAME = re.compile(r"[a-z0-9][a-z0-9._-]*(/[a-z0-9][a-z0-9._-]*){0,7}")
ROLE = re.compile(r"[a-z0-9][a-z0-9._:+/-]{0,79}")
MOMENT = re.compile(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\dZ")
DAY = re.compile(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")
WORDS = re.compile(r"[^\x00-\x1f\x7f]{1,300}")
FIELDS: dict[str, re.Pattern[str] | None] = {
    "by": ROLE,        # role and key id, no name of a person
    "seen": MOMENT,    # the clock of the publishing machine: a claim
    "doc": NAME,       # kind/year/identifier
    "n": None,         # number of the revision, from 1; of the version of a policy
    "c": HASH,         # commitment to the bytes of the source, of a policy, of a token
    "path": HASH,      # commitment to the path of the source
    "commit": HASH,    # commitment to the id of the commit
    "files": HASH,     # RFC 6962 root over the commitments to the attachments, in the order of their names
    "basis": WORDS,    # the norm and the act by which something was withdrawn or erased, no personal data
    "old": HASH,       # commitments to the ids of the tips before and after a rewrite
    "new": HASH,
    "what": NAME,      # of a policy: policy, signers, calendar, rules; of an anchor: tsr, ots, sigstore
    "root": HASH,      # RFC 6962 root over salted page leaves
    "pages": None,
    "lock": HASH,      # digest of the tool locks: holds no personal data
    "day": DAY,        # the declared day of the build
    "size": None,      # the size of the checkpoint that an anchor covers
}
REVISION = ("doc", "n", "c", "path", "commit")
KINDS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "publish": (REVISION, ("files",)),
    "amend": (REVISION, ("files",)),
    "move": (REVISION, ("files",)),
    "withdraw": ((*REVISION, "basis"), ("files",)),
    "restore": (REVISION, ("files", "basis")),
    "redact": (("doc", "n", "basis"), ()),
    "rewrite": (("old", "new", "basis"), ()),
    "policy": (("what", "n", "c"), ()),
    "build": (("root", "pages", "lock", "day", "commit"), ()),
    "anchor": (("what", "size", "c"), ()),
}
"""Kind → the fields it must have and those it may have, besides `v`, `t`, `by`, `seen`."""
COMMON = ("v", "t", "by", "seen")


@dataclass(frozen=True)
class Leaf:
    """One event. `values` has the fields of its kind; a `Fault` for anything else."""

    kind: str
    by: str
    seen: str
    values: tuple[tuple[str, Value], ...]

    def __post_init__(self) -> None:
        needed, possible = KINDS.get(self.kind, ((), ()))
        names = [name for name, _ in self.values]
        if self.kind not in KINDS or set(needed) - set(names) or set(names) - {*needed, *possible}:
            raise Fault("leaf", f"{self.kind}: {', '.join(sorted(map(str, names)))}")
        for name, value in (("by", self.by), ("seen", self.seen), *self.values):
            if not _fits(FIELDS[name], value):
                raise Fault("leaf", f"{self.kind}.{name}")

    def __getitem__(self, name: str) -> Value:
        return dict(self.values)[name]

    def encode(self) -> bytes:
        content = canonical({"v": VERSION, "t": self.kind, "by": self.by, "seen": self.seen, **dict(self.values)})
        if len(content) > LONGEST_LEAF:
            raise Fault("leaf-length")
        return content

    @classmethod
    def decode(cls, content: bytes) -> Leaf:
        """An entry of the log; only the canonical spelling of it."""
        if len(content) > LONGEST_LEAF:
            raise Fault("leaf-length")
        try:
            found = json.loads(content)
        except (ValueError, RecursionError):
            raise Fault("leaf") from None
        if not isinstance(found, dict) or not found.keys() >= set(COMMON) or canonical(found) != content:
            raise Fault("leaf")
        if type(found["v"]) is not int or found["v"] != VERSION or not isinstance(found["t"], str):
            raise Fault("leaf", f"{str(found['v'])[:20]} {str(found['t'])[:20]}")
        values = tuple((name, value) for name, value in sorted(found.items()) if name not in COMMON)
        return cls(found["t"], found["by"], found["seen"], values)


def leaf(kind: str, by: str, seen: str, **values: Value) -> Leaf:
    """An event, its fields by name."""
    return Leaf(kind, by, seen, tuple(sorted(values.items())))


def canonical(values: dict[str, object]) -> bytes:
    """JSON in one line: sorted keys, no blanks, UTF-8 as it is."""
    try:
        return json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()
    except (ValueError, TypeError):
        raise Fault("leaf") from None


def commit_to(domain: str, salt: bytes, content: bytes) -> str:
    """The commitment to bytes: SHA-256("<domain>/v1\\n" ‖ salt of 16 bytes ‖ content), in hex."""
    if domain not in DOMAINS:
        raise ValueError(domain)
    if len(salt) != SALT_BYTES:
        raise Fault("salt")
    return sha256(f"{domain}/v1\n".encode() + salt + content).hexdigest()


def root_over(commitments: list[str]) -> str:
    """The RFC 6962 root over commitments, in hex: one value for any number of attachments or pages."""
    return range_hash(0, len(commitments), in_memory(leaf_hash(bytes.fromhex(one)) for one in commitments)).hex()


def _fits(pattern: re.Pattern[str] | None, value: object) -> bool:
    if pattern is None:
        return type(value) is int and 0 <= value <= 2**53
    return isinstance(value, str) and bool(pattern.fullmatch(value))
