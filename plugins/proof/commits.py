"""Who signed a commit: read from the bytes of the commit object, so that a replaced header cannot speak for it.

`git verify-commit` says "good" of a commit in the mayor's name that an editor signed with an editor's key. Here signer,
author and committer must be one and the same.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from .faults import Fault
from .signers import Signer, is_principal, signers_of
from .sshkey import fingerprint
from .sshsig import SshSignature

NAMESPACE = "git"
SIGNATURES = {40: b"gpgsig", 64: b"gpgsig-sha256"}
"""By the digits of a name in the repository; the other one is of the same commit in a repository of the other kind."""
PERSON = re.compile(r"(?P<name>[^<>\n]*) <(?P<email>[^<>\n]*)> (?P<at>\d{1,18}) (?P<zone>[+-]\d{4})")


@dataclass(frozen=True)
class Person:
    """The author or the committer of a commit; `at` in seconds since 1970, as claimed."""

    name: str
    email: str
    at: int


@dataclass(frozen=True)
class Commit:
    """A commit object. `payload` is what was signed: the object without its signature, which may be ""."""

    tree: str
    parents: tuple[str, ...]
    author: Person
    committer: Person
    payload: bytes
    signature: str


@dataclass(frozen=True)
class Signed:
    """A commit signed by one who might: the address that is author, committer and principal, and the key."""

    principal: str
    fingerprint: str
    signers: tuple[Signer, ...]


def parse_commit(content: bytes) -> Commit:
    """A commit as `git cat-file commit` gives it."""
    headers, payload = _headers(content)
    one = {name: [value for found, value in headers if found == name] for name in (b"tree", b"author", b"committer")}
    if any(len(values) != 1 for values in one.values()):
        raise Fault("commit")
    tree = _id(one[b"tree"][0])
    signatures = [value for name, value in headers if name == SIGNATURES[len(tree)]]
    if len(signatures) > 1:
        raise Fault("commit")
    return Commit(tree, tuple(_id(value) for name, value in headers if name == b"parent"),
                  _person(one[b"author"][0]), _person(one[b"committer"][0]), payload,
                  signatures[0].decode("ascii", "replace") + "\n" if signatures else "")


def verify_commit(commit: Commit, signers: Sequence[Signer], moment: int | None = None) -> Signed:
    """A `Fault` unless an allowed signer signed it who is its author and its committer.

    `moment`: when the commit is known to have existed, best the time of a witness; the committer's own claim otherwise.
    """
    if not commit.signature:
        raise Fault("commit-unsigned")
    signature = SshSignature.parse(commit.signature)
    signature.verify(commit.payload, NAMESPACE)
    valid = signers_of(signers, signature.key, NAMESPACE, commit.committer.at if moment is None else moment)
    email = commit.committer.email
    if email != commit.author.email or not is_principal(email, valid):
        raise Fault("signer-is-not-author", f"{commit.author.email}, {email}, {fingerprint(signature.key)}")
    return Signed(email, fingerprint(signature.key), valid)


def _headers(content: bytes) -> tuple[list[tuple[bytes, bytes]], bytes]:
    """The headers with the lines that continue them, and the object without signatures."""
    head, gap, message = content.partition(b"\n\n")
    if not gap or b"\0" in head:
        raise Fault("commit")
    headers: list[tuple[bytes, bytes]] = []
    kept: list[bytes] = []
    for line in head.split(b"\n"):
        if line.startswith(b" ") and headers:
            name, value = headers[-1]
            headers[-1] = name, value + b"\n" + line[1:]
        else:
            name, _, value = line.partition(b" ")
            headers.append((name, value))
        if name not in SIGNATURES.values():
            kept.append(line)
    return headers, b"\n".join(kept) + gap + message


def _id(value: bytes) -> str:
    if not re.fullmatch(rb"[0-9a-f]{40}|[0-9a-f]{64}", value):
        raise Fault("commit")
    return value.decode()


def _person(value: bytes) -> Person:
    if (found := PERSON.fullmatch(value.decode("utf-8", "replace"))) is None:
        raise Fault("commit", value.decode("utf-8", "replace")[:80])
    return Person(found["name"], found["email"], int(found["at"]))
