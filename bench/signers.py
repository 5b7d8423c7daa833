"""Signed commits at the size of ten years: what it costs to verify who signed each of them, and whether they might.

The repository is written as one pack: to sign 40,000 commits with git takes an hour.
"""
from __future__ import annotations

import hashlib
import subprocess
import tempfile
import zlib
from base64 import b64encode
from collections.abc import Callable
from pathlib import Path
from time import perf_counter, process_time

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from plugins.audit.chain import Entry, write_tree
from plugins.audit.checking.signers import check_signers
from plugins.audit.findings import Weight
from plugins.audit.repository import name_of
from plugins.proof.leaves import leaf
from plugins.proof.moments import Moments
from plugins.proof.sshkey import string
from plugins.proof.sshsig import MAGIC

from .measure import decimal

COMMITS = 40_000
START = 1_500_000_000
MAIL = "redaktsiia@rada.example"
KINDS = {"commit": 1, "tree": 2, "blob": 3}
ROLES = f"""roles:
  - id: editor
    title: Редакція
    people: [{MAIL}]
    paths: [content/news/**]
"""


def main(tell: Callable[[str], None] = print, commits: int = 0) -> int:
    """Measure, and print what it took. Returns the exit status."""
    commits = commits or COMMITS
    with tempfile.TemporaryDirectory() as place:
        started = perf_counter()
        first = write_repository(Path(place), commits)
        tell(f"скласти {commits} підписаних комітів: {decimal(perf_counter() - started)} с")
        started, processor = perf_counter(), process_time()
        policy = leaf("policy", "site:1a2b3c4d", "2026-11-28T10:00:00Z", what="signers", n=1, c="0" * 64)
        found = check_signers(Path(place), (policy,), Moments(), lambda path: b"", since=first)
        tell(f"перевірити їх: {decimal(perf_counter() - started)} с, процесор без git "
             f"{decimal(process_time() - processor)} с")
        wrong = [one for one in found if one.weight is not Weight.NOTE]
        checked = next(one.detail for one in found if one.code == "signers-checked")
        tell(f"зауважень: {len(wrong)}; перевірено: {checked}")
        return 1 if wrong else 0


def write_repository(folder: Path, commits: int) -> str:
    """A repository of signed commits, one file each in a folder of 256; the first commit, which brings the policy."""
    key = Ed25519PrivateKey.from_private_bytes(hashlib.sha256(b"bench").digest())
    public = string(b"ssh-ed25519") + string(key.public_key().public_bytes_raw())
    pack = Pack()
    policy = {b"allowed_signers": f"{MAIL} ssh-ed25519 {b64encode(public).decode()}\n".encode(),
              b"roles.yml": ROLES.encode()}
    data = pack.tree([Entry("100644", name, pack.put("blob", content)) for name, content in policy.items()])
    shelves: list[dict[bytes, Entry]] = [{} for _ in range(16)]
    first = before = ""
    for number in range(commits + 1):
        shelf, name = shelves[number % 16], b"%02x.md" % (number // 16 % 16)
        shelf[name] = Entry("100644", name, pack.put("blob", b"%d" % number))
        made = [Entry("40000", b"%x" % at, pack.tree(list(files.values())))
                for at, files in enumerate(shelves) if files]
        news = pack.tree(made)
        content = pack.tree([Entry("40000", b"news", news)])
        top = pack.tree([Entry("40000", b"content", content), Entry("40000", b"data", data)])
        before = pack.put("commit", signed(key, public, top, before, START + 60 * number))
        first = first or before
    subprocess.run(["git", "init", "-q", "--template=", "-b", "main", folder], check=True)
    subprocess.run(["git", "-C", folder, "index-pack", "--stdin"], input=pack.encode(), check=True,
                   stdout=subprocess.DEVNULL)
    subprocess.run(["git", "-C", folder, "update-ref", "refs/heads/main", before], check=True)
    return first


def signed(key: Ed25519PrivateKey, public: bytes, tree: str, parent: str, at: int) -> bytes:
    """A commit as git signs it with an SSH key."""
    who = f"Редакція <{MAIL}> {at} +0200"
    head = f"tree {tree}\n" + (f"parent {parent}\n" if parent else "") + f"author {who}\ncommitter {who}\n"
    message = "\nНовина\n"
    asked = MAGIC + b"".join(map(string, (b"git", b"", b"sha512", hashlib.sha512((head + message).encode()).digest())))
    signature = string(b"ssh-ed25519") + string(key.sign(asked))
    blob = MAGIC + b"\0\0\0\1" + b"".join(map(string, (public, b"git", b"", b"sha512", signature)))
    text = b64encode(blob).decode()
    lines = "\n ".join(["-----BEGIN SSH SIGNATURE-----", *(text[at: at + 70] for at in range(0, len(text), 70)),
                        "-----END SSH SIGNATURE-----"])
    return f"{head}gpgsig {lines}\n{message}".encode()


class Pack:
    """Objects of git, each once, in the order in which they were put."""

    def __init__(self) -> None:
        self.names: set[str] = set()
        self.parts: list[bytes] = []

    def tree(self, entries: list[Entry]) -> str:
        return self.put("tree", write_tree(tuple(sorted(entries, key=lambda one: one.name))))

    def put(self, kind: str, content: bytes) -> str:
        name = name_of(kind, content)
        if name not in self.names:
            self.names.add(name)
            size, head = len(content) >> 4, [KINDS[kind] << 4 | len(content) & 15]
            while size:
                head[-1] |= 128
                head.append(size & 127)
                size >>= 7
            self.parts.append(bytes(head) + zlib.compress(content, 1))
        return name

    def encode(self) -> bytes:
        content = b"PACK" + (2).to_bytes(4, "big") + len(self.parts).to_bytes(4, "big") + b"".join(self.parts)
        return content + hashlib.sha1(content, usedforsecurity=False).digest()
