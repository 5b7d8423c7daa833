"""What an auditor waits for at the size of ten years: 40,000 signed commits, 26,500 documents, log and site.

Everything is made here and checked as `verify` checks it: the log with its kept checkpoints and witnesses, each file of
the site, each revision against the repository, each signature. The ledger of terms is not: it needs a true archive.
"""
from __future__ import annotations

import hashlib
import random
import subprocess
import tempfile
import time
import zlib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from plugins.audit.chain import commits_of, name_of
from plugins.audit.checking.verify import Asked, examine
from plugins.audit.layout import BUILD, BUILDS, EVIDENCE, PAGES, POLICY, SALTS
from plugins.audit.pages_root import write_salts
from plugins.audit.repository import Blobs, read_branch
from plugins.proof.append import add_signatures, append, create
from plugins.proof.checkpoints import Checkpoint
from plugins.proof.cosignatures import cosign
from plugins.proof.keys import COSIGNATURE, ED25519, SignerKey
from plugins.proof.leaves import Leaf, canonical, commit_to, leaf
from plugins.proof.notes import Signature
from plugins.proof.pageproof import pages_root
from plugins.proof.policy import Policy
from plugins.proof.salts import (
    Opening,
    PolicyOpening,
    Source,
    keep_openings,
    keep_policy_openings,
    new_salts,
    revision,
)
from plugins.proof.sshkey import string
from plugins.proof.sshsig import MAGIC

from . import history
from .measure import decimal

ORIGIN = "rada.example/log"
BATCHES = 365
MAIL = "rada@example.ua"
SSH = Ed25519PrivateKey.from_private_bytes(hashlib.sha256(b"editor").digest())
SSH_KEY = string(b"ssh-ed25519") + string(SSH.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw))
BY = f"editor:{hashlib.sha256(SSH_KEY).hexdigest()[:8]}"
ROLES = f"roles:\n  - id: editor\n    title: Редакція\n    people: [{MAIL}]\n    paths: [content/**, data/**]\n"


def main(tell: Callable[[str], None] = print) -> int:
    """Make it and check it. Returns the exit status: that of the check."""
    with tempfile.TemporaryDirectory() as place:
        council = Path(place)
        tell(f"Складаю раду: документів {history.DOCUMENTS}, комітів {history.COMMITS}.")
        make(council)
        status = 0
        for what in ("log", "page", "history", "signers", "all"):
            started = time.monotonic()
            report = examine(Asked(what, council / "repo", site=str(council / "site"), policy=str(council / "policy"),
                                   now=iso(history.START + 8000 * history.COMMITS + 3600)))
            status = max(status, report.status)
            told = "".join(f"; {one.code} {one.where}" for one in report.findings if one.weight)
            tell(f"verify {what}: {decimal(time.monotonic() - started)} с, статус {report.status}{told}")
    return status


def make(council: Path) -> None:
    """Repository, log, salts and site."""
    repo, log, salts, site = (council / name for name in ("repo", "log", "salts", "site"))
    make_repository(repo)
    keys = (key(ORIGIN, ED25519), *(key(f"witness{number}.example/w", COSIGNATURE) for number in (1, 2, 3)))
    policy = policy_of(keys)
    create(log, ORIGIN, keys[:1], history.START)
    (log / POLICY).write_bytes(policy)
    (council / "policy").write_bytes(policy)
    leaves = [*policies(repo, salts), *revisions(repo, salts)]
    write_site(site)
    leaves.append(build(repo, salts, site, len(leaves)))
    publish(log, leaves, keys, Policy.parse(policy))
    log.rename(council / "moved")
    (site / EVIDENCE).parent.mkdir(parents=True)
    (council / "moved").rename(site / EVIDENCE)
    salts.rename(site / EVIDENCE / SALTS)


def key(name: str, kind: int) -> SignerKey:
    return SignerKey(name, kind, hashlib.sha256(name.encode()).digest())


def iso(moment: int) -> str:
    return datetime.fromtimestamp(moment, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def policy_of(keys: tuple[SignerKey, ...]) -> bytes:
    lines = [f"log {keys[0].verifier}", *(f"witness w{number} {one.verifier}" for number, one in enumerate(keys[1:])),
             "group three 2 w0 w1 w2", "quorum three"]
    return "".join(f"{line}\n" for line in lines).encode()


def make_repository(repo: Path) -> None:
    """The archive of `bench history` with signers and roles, each commit signed."""
    repo.mkdir()
    history.git(repo, "init", "-q", "-b", "main")
    history.git(repo, "fast-import", "--quiet", stdin=b"".join(_stream()))
    before = tip = ""
    for _, content in commits_of(repo, "HEAD"):
        tip = _write(repo, _signed(content, before))
        before = tip
    history.git(repo, "update-ref", "refs/heads/main", tip)
    history.git(repo, "gc", "-q", "--prune=now")


def _stream() -> Iterator[bytes]:
    """Each commit publishes a document, amends one, or moves it; the first one brings signers and roles."""
    chosen = random.Random(1)
    paths: list[str] = []
    versions = [0] * history.DOCUMENTS
    for turn in range(history.COMMITS):
        yield (f"commit refs/heads/main\ncommitter Рада <{MAIL}> {history.START + turn * 8000} +0200\n"
               "data 0\n").encode()
        if len(paths) < history.DOCUMENTS and turn * history.DOCUMENTS // history.COMMITS >= len(paths):
            number = len(paths)
            paths.append(f"content/drafts/{2015 + number // 2650}/{number}-p.yml")
        else:
            number = chosen.randrange(len(paths))
            versions[number] += 1
            if chosen.random() < 0.15:
                moved = f"{paths[number].split('-p')[0]}-p-x{turn}.yml"
                yield f"R {paths[number]} {moved}\n".encode()
                paths[number] = moved
        text = history.document(number, versions[number]).replace("2016-01-01", "2014-01-01")  # public from the start
        yield _file(paths[number], text.encode())
        if turn == 0:
            yield _file("data/allowed_signers", f"{MAIL} ssh-ed25519 {_base64(SSH_KEY)}\n".encode())
            yield _file("data/roles.yml", ROLES.encode())


def _file(path: str, content: bytes) -> bytes:
    return f"M 100644 inline {path}\ndata {len(content)}\n".encode() + content + b"\n"


def _base64(content: bytes) -> str:
    from base64 import b64encode
    return b64encode(content).decode()


def _signed(content: bytes, parent: str) -> bytes:
    """A commit upon the signed one before it, with the editor's signature."""
    head, _, message = content.partition(b"\n\n")
    lines = [f"parent {parent}".encode() if line.startswith(b"parent ") else line for line in head.split(b"\n")]
    payload = b"\n".join(lines) + b"\n\n" + message
    signed = MAGIC + b"".join(map(string, (b"git", b"", b"sha512", hashlib.sha512(payload).digest())))
    blob = MAGIC + (1).to_bytes(4, "big") + b"".join(map(string, (
        SSH_KEY, b"git", b"", b"sha512", string(b"ssh-ed25519") + string(SSH.sign(signed)))))
    text = _base64(blob)
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


def policies(repo: Path, salts: Path) -> Iterator[Leaf]:
    """The entries of signers and roles, as of the first commit."""
    branch = read_branch(repo, ("data",))
    with Blobs(repo) as blobs:
        for what, path in (("signers", "data/allowed_signers"), ("roles", "data/roles.yml")):
            content, salt = blobs.read(branch.blob_at(path, 0)), new_salts().doc
            assert content
            keep_policy_openings(salts, what, {1: PolicyOpening(path, branch.commits[0], salt)})
            yield leaf("policy", BY, iso(history.START), what=what, n=1, c=commit_to("policy", salt, content))


def revisions(repo: Path, salts: Path) -> Iterator[Leaf]:
    """An entry for each change of each document, and its opening."""
    branch = read_branch(repo, ("content",))
    openings: dict[str, dict[int, Opening]] = {}
    with Blobs(repo) as blobs:
        for touch in branch.touches:
            if not touch.blob:
                continue
            folder, _, name = touch.path.removeprefix("content/").rpartition("/")
            doc = f"{folder}/{name.split('-')[0]}-p"
            known = openings.setdefault(doc, {})
            kind = ("move" if touch.path != known[len(known)].path else "amend") if known else "publish"
            opening = Opening(touch.path, branch.commits[touch.commit], new_salts())
            known[len(known) + 1] = opening
            content = blobs.read(touch.blob)
            assert content is not None
            yield revision(kind, BY, iso(branch.at[touch.commit] + 600), doc, len(known),
                           Source(content, touch.path, opening.commit), opening.salts)
    for doc, known in openings.items():
        keep_openings(salts, doc, known, is_synced=False)


def write_site(site: Path) -> None:
    """As many pages as documents, of 20 kB each."""
    lines = []
    for number in range(history.DOCUMENTS):
        path = f"proiekty/{2015 + number // 2650}/{number}-p/index.html"
        content = f"<h1>{number}</h1>{'текст ' * 1800}".encode()
        (site / path).parent.mkdir(parents=True)
        (site / path).write_bytes(content)
        lines.append((path, hashlib.sha256(content).hexdigest()))
    (site / "manifest.txt").write_text("".join(f"{digest}  {path}\n" for path, digest in sorted(lines)),
                                       encoding="utf-8")


def build(repo: Path, salts: Path, site: Path, index: int) -> Leaf:
    """The entry of the build, the last one."""
    listed = [(line[66:], line[:64]) for line in (site / "manifest.txt").read_text(encoding="utf-8").splitlines()]
    of_pages = {path: new_salts().doc for path, _ in listed}
    (salts / PAGES).write_bytes(write_salts(of_pages))
    head = subprocess.run(["git", "-C", str(repo), "rev-parse", "HEAD"], check=True, capture_output=True).stdout
    commit, salt, lock = head.decode().strip(), new_salts().doc, hashlib.sha256(b"lock").hexdigest()
    at = iso(history.START + 8000 * history.COMMITS)
    (salts / BUILD).write_bytes(canonical({"commit": commit, "salt": salt.hex(), "day": at, "lock": lock, "size": 0,
                                           "url": "https://rada.example", "index": index}) + b"\n")
    (salts / BUILDS).write_bytes(canonical({str(index): {"commit": commit, "salt": salt.hex()}}) + b"\n")
    return leaf("build", BY, at, root=pages_root(listed, of_pages), pages=len(listed), lock=lock, day=at[:10],
                commit=commit_to("commit", salt, commit.encode()))


def publish(log: Path, leaves: list[Leaf], keys: tuple[SignerKey, ...], policy: Policy) -> None:
    """Batch after batch; all witnesses cosign each."""
    size = -(-len(leaves) // BATCHES)
    for start in range(0, len(leaves), size):
        part = leaves[start: start + size]
        at = int(datetime.fromisoformat(part[-1].seen).timestamp()) + 60
        note = append(log, part, keys[:1], expected=start, at=at)
        checkpoint = Checkpoint.of(note)
        lines: list[Signature] = [cosign(checkpoint, one, at + 60) for one in keys[1:]]
        add_signatures(log, checkpoint.size, lines, policy)
