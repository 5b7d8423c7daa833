"""What an auditor waits for at the size of ten years: 40,000 signed commits, the archive of `demo`, log, site, ledger.

Everything is made here and checked as `verify` checks it: the log with its kept checkpoints and witnesses, each file of
the site, each revision against the repository, each signature, and the ledger of terms, worked out anew. A publication
a week and a half: so many times the log gets revisions and a build, and all witnesses cosign.
"""
from __future__ import annotations

import hashlib
import os
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from plugins.audit.checking.builds import Build
from plugins.audit.checking.checkout import checked_out
from plugins.audit.checking.verify import Asked, examine
from plugins.audit.layout import BUILD, BUILDS, EVIDENCE, KEPT_POLICIES, PAGES, POLICY, SALTS, WHATS
from plugins.audit.pages_root import write_salts
from plugins.audit.repository import Branch, read_branch
from plugins.proof.append import add_signatures, append, create
from plugins.proof.checkpoints import Checkpoint
from plugins.proof.cosignatures import cosign
from plugins.proof.keys import COSIGNATURE, ED25519, SignerKey
from plugins.proof.leaves import Leaf, canonical, commit_to, leaf
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

from . import archived, demo
from .archived import SSH_KEY, START, STEP, Paper, Read
from .measure import decimal

if TYPE_CHECKING:
    from plugins.audit.checking.asked import Ledger

ORIGIN, URL = "rada.example/log", "https://rada.example"
COMMITS, BATCHES, YEARS = 40_000, 365, demo.YEARS
BY = f"editor:{hashlib.sha256(SSH_KEY).hexdigest()[:8]}"
LOCK = hashlib.sha256(b"lock").hexdigest()
CHECKS = ("log", "page", "history", "signers", "deadlines", "all")


def main(read: Read, ledger: Ledger, years: int = YEARS, tell: Callable[[str], None] = print) -> int:
    """Make it and check it. Returns the exit status: that of the check."""
    commits = COMMITS * years // YEARS
    with tempfile.TemporaryDirectory() as place:
        council = Council(Path(place))
        tell(f"Складаю раду: років {years}, комітів {commits}.")
        papers = archived.archive(council.folder / "archive", years, read)
        council.make(papers, archived.turns(len(papers), commits), ledger)
        tell(f"Документів {len(papers)}, записів у журналі {council.size}.")
        status = 0
        for what in CHECKS:
            wall, before = time.monotonic(), os.times()
            report = examine(Asked(what, council.repo, site=str(council.site), policy=str(council.folder / POLICY),
                                   now=iso(START + STEP * commits + 3600), ledger=ledger))
            spent = sum(os.times()[:4]) - sum(before[:4])
            status = max(status, report.status)
            told = "".join(f"; {one.code} {one.where} {one.detail}" for one in report.findings if one.weight)
            tell(f"verify {what}: {decimal(time.monotonic() - wall)} с, процесор {decimal(spent)} с, "
                 f"статус {report.status}{told}{''.join(f'; {why}' for why in report.broken.values())}")
    return status


@dataclass
class Council:
    """Everything below one folder. `size`: of the log."""

    folder: Path
    size: int = 0
    keys: tuple[SignerKey, ...] = field(default_factory=lambda: (key(ORIGIN, ED25519), *(
        key(f"witness{number}.example/w", COSIGNATURE) for number in (1, 2, 3))))
    builds: dict[str, Mapping[str, str]] = field(default_factory=dict)
    openings: dict[str, dict[int, Opening]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.repo, self.log, self.salts, self.site = (self.folder / name for name in ("repo", "log", "salts", "site"))

    def make(self, papers: Sequence[Paper], order: Sequence[int], ledger: Ledger) -> None:
        """Repository, log, salts and site."""
        archived.make_repository(self.repo, self.folder / "archive" / "data", papers, order)
        branch = read_branch(self.repo, ("content", "data"))
        create(self.log, ORIGIN, self.keys[:1], START)
        for file in (self.log / POLICY, self.log / f"{KEPT_POLICIES}1", self.folder / POLICY):
            file.parent.mkdir(exist_ok=True)
            file.write_bytes(policy_of(self.keys))
        papers = [one.again() for one in papers]
        each = -(-len(order) // BATCHES)
        for start in range(0, len(order), each):
            leaves = [*(self.policies(branch) if not start else ())]
            for place in range(start, min(start + each, len(order))):
                leaves.append(self.revision(papers[order[place]], branch, place))
            if start + each < len(order):
                leaves.append(self.build(branch, start + each - 1, len(leaves), hashlib.sha256(b"").hexdigest(), 1))
            self.publish(leaves, branch.at[min(start + each, len(order)) - 1] + 900)
        for doc, openings in self.openings.items():
            keep_openings(self.salts, doc, openings, is_synced=False)
        self.show(branch, ledger)

    def revision(self, paper: Paper, branch: Branch, place: int) -> Leaf:
        """The entry of what a commit made of a document."""
        paper.edit()
        files = {name: content for name, content in paper.files.items() if name}
        opening = Opening(paper.path, branch.commits[place], new_salts(tuple(files)))
        self.openings.setdefault(paper.doc, {})[paper.n] = opening
        return revision("amend" if paper.n > 1 else "publish", BY, iso(branch.at[place] + 600), paper.doc, paper.n,
                        Source(paper.files[""], paper.path, opening.commit, files), opening.salts)

    def policies(self, branch: Branch) -> Iterator[Leaf]:
        """The entries of the policies, as of the first commit."""
        for what, path in WHATS.items():
            file = self.log / POLICY if what == POLICY else self.folder / "archive" / path
            content = archived.OF_COUNCIL.get(path) or file.read_bytes()
            salt, commit = new_salts().doc, "" if what == POLICY else branch.commits[0]
            keep_policy_openings(self.salts, what, {1: PolicyOpening(path, commit, salt)})
            yield leaf("policy", BY, iso(START), what=what, n=1, c=commit_to("policy", salt, content))

    def build(self, branch: Branch, place: int, before: int, root: str, pages: int) -> Leaf:
        """The entry of a build after so many others of its batch."""
        commit, salt = branch.commits[place], new_salts().doc
        self.builds[str(self.size + before)] = {"commit": commit, "salt": salt.hex()}
        at = iso(branch.at[place] + 700)
        return leaf("build", BY, at, root=root, pages=pages, lock=LOCK, day=at[:10],
                    commit=commit_to("commit", salt, commit.encode()))

    def publish(self, leaves: Sequence[Leaf], at: int) -> None:
        """One batch; all witnesses cosign it."""
        checkpoint = Checkpoint.of(append(self.log, leaves, self.keys[:1], expected=self.size, at=at))
        add_signatures(self.log, checkpoint.size, [cosign(checkpoint, one, at + 60) for one in self.keys[1:]],
                       Policy.parse(policy_of(self.keys)))
        self.size = checkpoint.size

    def show(self, branch: Branch, ledger: Ledger) -> None:
        """The site: a page of 20 kB a document, the ledger as it follows from all this, the newest build, evidence."""
        last = len(branch.commits) - 1
        day = iso(branch.at[last] + 700)
        facts = Build(branch.head, day, URL, self.size, self.size, LOCK)
        files = {f"{doc}/index.html": f"<h1>{doc}</h1>{'текст ' * 1800}".encode() for doc in self.openings}
        with checked_out(self.repo, branch.head) as folder:
            files |= ledger(folder, facts, self.log, self.salts)
        for path, content in files.items():
            (self.site / path).parent.mkdir(parents=True, exist_ok=True)
            (self.site / path).write_bytes(content)
        listed = [(path, hashlib.sha256(files[path]).hexdigest()) for path in sorted(files)]
        (self.site / "manifest.txt").write_text("".join(f"{digest}  {path}\n" for path, digest in listed),
                                                encoding="utf-8")
        of_pages = {path: new_salts().doc for path, _ in listed}
        (self.salts / PAGES).write_bytes(write_salts(of_pages))
        entry = self.build(branch, last, 0, pages_root(listed, of_pages), len(listed))
        (self.salts / BUILDS).write_bytes(canonical(dict(self.builds)) + b"\n")
        (self.salts / BUILD).write_bytes(canonical({**self.builds[str(self.size)], "day": day, "lock": LOCK, "url": URL,
                                                    "size": self.size, "index": self.size}) + b"\n")
        self.publish([entry], branch.at[last] + 1200)
        (self.site / EVIDENCE).parent.mkdir(parents=True, exist_ok=True)
        self.log.rename(self.site / EVIDENCE)
        self.salts.rename(self.site / EVIDENCE / SALTS)


def key(name: str, kind: int) -> SignerKey:
    return SignerKey(name, kind, hashlib.sha256(name.encode()).digest())


def iso(moment: int) -> str:
    return datetime.fromtimestamp(moment, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def policy_of(keys: tuple[SignerKey, ...]) -> bytes:
    lines = [f"log {keys[0].verifier}", *(f"witness w{number} {one.verifier}" for number, one in enumerate(keys[1:])),
             "group three 2 w0 w1 w2", "quorum three"]
    return "".join(f"{line}\n" for line in lines).encode()
