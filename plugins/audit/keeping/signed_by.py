"""Who made a revision, as the log says it: a role with the digest of its key, never a person.

A commit counts as a role's when an allowed signer signed it, is its author and its committer, and the role permits the
file. Anything else is said to be by the site itself, `site:<id of the log's key>`: no more is claimed than is known.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from plugins.proof.commits import parse_commit, verify_commit
from plugins.proof.faults import Fault
from plugins.proof.keys import SignerKey
from plugins.proof.roles import Role, Roles
from plugins.proof.signers import Signer
from plugins.proof.sshsig import SshSignature
from plugins.ukrainian import KYIV

LARGEST = 1_000_000


def site(keys: Sequence[SignerKey]) -> str:
    """What the log says of its own events."""
    return f"site:{keys[0].verifier.key_id.hex()}"


@dataclass
class Authors:
    """Asks git for commits, each once: `with Authors(…) as authors`. Without signers it asks for nothing."""

    folder: Path
    otherwise: str
    signers: Sequence[Signer] = ()
    roles: Roles = field(default_factory=Roles)

    def __post_init__(self) -> None:
        self._known: dict[str, tuple[bytes, tuple[Role, ...]]] = {}
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Authors:
        return self

    def __exit__(self, *_: object) -> None:
        if self._process:
            self._process.communicate()

    def of(self, commit: str, path: str) -> str:
        """`by` of a leaf."""
        if not self.signers or not self.roles.roles:
            return self.otherwise
        if commit not in self._known:
            self._known[commit] = self._signer(commit)
        key, roles = self._known[commit]
        return next((role.by(key) for role in roles if role.permits(path)), self.otherwise)

    def _signer(self, name: str) -> tuple[bytes, tuple[Role, ...]]:
        """The key that signed a commit, and the roles of its owner on that day."""
        try:
            commit = parse_commit(self._read(name))
            signed = verify_commit(commit, self.signers)
            day = datetime.fromtimestamp(commit.committer.at, UTC).astimezone(KYIV).date()
            return SshSignature.parse(commit.signature).key, self.roles.of(signed.principal, day)
        except (Fault, OverflowError, ValueError):
            return b"", ()

    def _read(self, name: str) -> bytes:
        if self._process is None:
            self._process = subprocess.Popen(
                ["git", "--no-replace-objects", "-C", str(self.folder), "cat-file", "--batch"], stdin=subprocess.PIPE,
                stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=os.environ | {"GIT_GRAFT_FILE": os.devnull})
        asked, told = self._process.stdin, self._process.stdout
        assert asked and told
        asked.write(f"{name}\n".encode())
        asked.flush()
        head = told.readline().split()
        if len(head) != 3:
            raise Fault("commit", name)
        content = _take(told, int(head[2]))
        told.read(1)
        if head[1] != b"commit":
            raise Fault("commit", name)
        return content


def _take(stream: IO[bytes], size: int) -> bytes:
    """The content; of one too large to be a commit only its end, which is none."""
    while size > LARGEST:
        size -= len(stream.read(LARGEST))
    return stream.read(size)
