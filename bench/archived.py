"""The archive of `demo` as the repository of a council: a document a commit, then edits, every commit signed.

The commits come after the archive's last year, so that nothing waits for its day; documents come in the order of the
years, within one as chance has it.
"""
from __future__ import annotations

import hashlib
import random
import zlib
from base64 import b64encode
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from plugins.audit.chain import commits_of
from plugins.audit.repository import name_of
from plugins.builder.options import BuildOptions
from plugins.history.steps import doc_name
from plugins.proof.sshkey import string
from plugins.proof.sshsig import MAGIC
from plugins.records import Document, Library

from . import demo, history
from .demo import registers

SHARE = 73
"""Per cent of the volume of a year of `demo`: with its acts and events so many are 2,650 documents."""
START, STEP = 1_767_300_000, 8000
"""When the first commit was made, and how many seconds lie between two."""
MAIL = "rada@example.ua"
SSH = Ed25519PrivateKey.from_private_bytes(hashlib.sha256(b"editor").digest())
SSH_KEY = string(b"ssh-ed25519") + string(SSH.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw))
OF_COUNCIL = {
    "data/allowed_signers": f"{MAIL} ssh-ed25519 {b64encode(SSH_KEY).decode()}\n".encode(),
    "data/roles.yml": f"roles:\n  - id: editor\n    title: Редакція\n    people: [{MAIL}]\n"
                      "    paths: [content/**, data/**]\n".encode()}
"""What the archive's own registers lack: who may sign, who may change what."""
Read = Callable[[BuildOptions], Library]
"""The records of a tree."""


@dataclass
class Paper:
    """A document: its name in the log, the path of its source, its files by name, "" the source; `n`: revisions."""

    doc: str
    path: str
    first: Mapping[str, bytes]
    n: int = 0

    def __post_init__(self) -> None:
        self.files = dict(self.first)

    def again(self) -> Paper:
        """Before its first revision."""
        return Paper(self.doc, self.path, self.first)

    def path_of(self, name: str) -> str:
        return f"{self.path.rpartition('/')[0]}/{name}" if name else self.path

    def edit(self) -> None:
        """One more revision; the first one is as the archive has it."""
        self.n += 1
        if self.n > 1:
            line = f"\n# Уточнено {self.n}\n" if self.path.endswith(".yml") else f"\nУточнено: {self.n}.\n"
            self.files[""] += line.encode()


def archive(folder: Path, years: int, read: Read) -> list[Paper]:
    """Write the archive, and find what the engine takes for documents."""
    demo.write(registers.files(), folder / "data")
    for year in range(registers.LAST_YEAR - years + 1, registers.LAST_YEAR + 1):
        demo.write(demo.year_files(year, SHARE), folder / "content")
    library = read(BuildOptions(folder / "content", folder / "data", folder / "output", as_of="2026-01-02"))
    derived = tuple(model for _, model, _ in library.registry.derived)
    papers = [_paper(folder, record) for record in library.records
              if isinstance(record, Document) and not isinstance(record, derived)]
    chosen = random.Random(3)
    return sorted(papers, key=lambda one: (one.doc.split("/")[1], chosen.random()))


def _paper(folder: Path, record: Document) -> Paper:
    path = record.source.file.relative_to(folder).as_posix()
    beside = (folder / path).parent
    names = [file.name for file in sorted(beside.iterdir())] if Path(path).name.startswith("index.") else []
    return Paper(doc_name(record), path, {"": (folder / path).read_bytes()} | {
        name: (beside / name).read_bytes() for name in names if name != Path(path).name})


def turns(papers: int, commits: int) -> list[int]:
    """Which document each commit publishes or, if it is there, amends."""
    chosen, made, found = random.Random(1), 0, []
    for turn in range(commits):
        if made < papers and turn * papers // commits >= made:
            found.append(made)
            made += 1
        else:
            found.append(chosen.randrange(made))
    return found


def make_repository(repo: Path, data: Path, papers: Sequence[Paper], order: Sequence[int]) -> None:
    """The repository, its files not checked out; the first commit brings the registers, signers and roles too."""
    repo.mkdir()
    history.git(repo, "init", "-q", "-b", "main")
    history.git(repo, "fast-import", "--quiet", stdin=b"".join(_stream(data, papers, order)))
    before = ""
    for _, content in commits_of(repo, "HEAD"):
        before = _write(repo, _signed(content, before))
    history.git(repo, "update-ref", "refs/heads/main", before)
    history.git(repo, "gc", "-q", "--prune=now")


def _stream(data: Path, papers: Sequence[Paper], order: Sequence[int]) -> Iterator[bytes]:
    for turn, number in enumerate(order):
        yield (f"commit refs/heads/main\ncommitter Рада <{MAIL}> {START + turn * STEP} +0200\n"
               "data 0\n").encode()
        if turn == 0:
            for file in sorted(data.rglob("*")):
                if file.is_file():
                    yield _file(f"data/{file.relative_to(data).as_posix()}", file.read_bytes())
            for path, content in OF_COUNCIL.items():
                yield _file(path, content)
        paper = papers[number]
        paper.edit()
        for name, content in paper.files.items():
            if not name or paper.n == 1:
                yield _file(paper.path_of(name), content)


def _file(path: str, content: bytes) -> bytes:
    return f"M 100644 inline {path}\ndata {len(content)}\n".encode() + content + b"\n"


def _signed(content: bytes, parent: str) -> bytes:
    """A commit upon the signed one before it, with the editor's signature."""
    head, _, message = content.partition(b"\n\n")
    lines = [f"parent {parent}".encode() if line.startswith(b"parent ") else line for line in head.split(b"\n")]
    payload = b"\n".join(lines) + b"\n\n" + message
    signed = MAGIC + b"".join(map(string, (b"git", b"", b"sha512", hashlib.sha512(payload).digest())))
    blob = MAGIC + (1).to_bytes(4, "big") + b"".join(map(string, (
        SSH_KEY, b"git", b"", b"sha512", string(b"ssh-ed25519") + string(SSH.sign(signed)))))
    text = b64encode(blob).decode()
    armor = ["-----BEGIN SSH SIGNATURE-----", *(text[at: at + 70] for at in range(0, len(text), 70)),
             "-----END SSH SIGNATURE-----"]
    lines.append(b"gpgsig " + "\n ".join(armor).encode())
    return b"\n".join(lines) + b"\n\n" + message


def _write(repo: Path, content: bytes) -> str:
    """A loose object."""
    name = name_of("commit", content)
    file = repo / ".git" / "objects" / name[:2] / name[2:]
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(zlib.compress(f"commit {len(content)}\0".encode() + content, 1))
    return name
