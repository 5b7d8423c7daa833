"""A council that publishes, three witnesses and an auditor, as small as can be: where attacks and honest work start.

The site is not made by the engine: a page a document is enough. Repository, log, openings and cosignatures are real.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import shutil
import subprocess
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from plugins.audit.checking.report import Report
from plugins.audit.checking.verify import Asked, examine
from plugins.audit.layout import BUILD, BUILDS, EVIDENCE, KEPT_POLICIES, PAGES, POLICY, SALTS
from plugins.audit.pages_root import write_salts
from plugins.proof.append import add_signatures, append, create
from plugins.proof.checkpoints import Checkpoint
from plugins.proof.keys import COSIGNATURE, ED25519, SignerKey
from plugins.proof.leaves import Leaf, canonical, commit_to, leaf
from plugins.proof.log import from_folder, read_note
from plugins.proof.pageproof import pages_root
from plugins.proof.policy import Policy
from plugins.proof.salts import (
    Opening,
    PolicyOpening,
    Source,
    keep_openings,
    keep_policy_openings,
    new_salts,
    read_openings,
    read_policy_openings,
    revision,
)
from plugins.proof.strict import base64
from plugins.proof.witness import Cosigned, Refused, consider, request_from

from .signing import PEOPLE, Keys, make_keys

ORIGIN = "rada.example/log"
START = 1_795_000_000
HOUR, DAY = 3600, 86_400
BY = "editor:1a2b3c4d"
LOCK = hashlib.sha256(b"lock").hexdigest()


def key(name: str, kind: int = ED25519) -> SignerKey:
    return SignerKey(name, kind, hashlib.sha256(f"{name} {kind}".encode()).digest())


LOG_KEY = key(ORIGIN)
WITNESS_KEYS = tuple(key(f"witness{number}.example/w", COSIGNATURE) for number in (1, 2, 3))


def policy_text(log: SignerKey = LOG_KEY, witnesses: Sequence[SignerKey] = WITNESS_KEYS, least: int = 2) -> bytes:
    lines = [f"log {log.verifier}", *(f"witness w{number} {one.verifier}" for number, one in enumerate(witnesses, 1)),
             f"group all {least} {' '.join(f'w{number}' for number in range(1, len(witnesses) + 1))}", "quorum all"]
    return "".join(f"{line}\n" for line in lines).encode()


def iso(moment: int) -> str:
    return datetime.fromtimestamp(moment, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


@dataclass(frozen=True)
class Event:
    """A revision to be logged: what happened to which document, where its source is, in which commit."""

    kind: str
    doc: str
    path: str
    commit: str
    more: dict[str, str] = field(default_factory=dict)


@dataclass
class Council:
    """Everything below one folder, so that a copy of it is another world."""

    folder: Path
    clock: int = START
    log_key: SignerKey = LOG_KEY
    witnesses: tuple[SignerKey, ...] = WITNESS_KEYS

    @property
    def repo(self) -> Path:
        return self.folder / "repo"

    @property
    def keys(self) -> Keys:
        return Keys(self.folder / "keys")

    @property
    def by(self) -> str:
        """The editor, as the log calls them."""
        return f"editor:{hashlib.sha256(base64(self.keys.public('editor').split()[1])).hexdigest()[:8]}"

    @property
    def log(self) -> Path:
        return self.folder / "log"

    @property
    def salts(self) -> Path:
        return self.folder / "salts"

    @property
    def site(self) -> Path:
        return self.folder / "site"

    @property
    def old_site(self) -> Path:
        """The site after the second publication, log and all."""
        return self.folder / "site-of-yesterday"

    @property
    def evidence(self) -> Path:
        return self.site / EVIDENCE

    @property
    def policy_file(self) -> Path:
        return self.folder / "auditor" / "policy"

    @property
    def state(self) -> Path:
        return self.folder / "auditor" / "state.json"

    @property
    def newest(self) -> Checkpoint:
        return Checkpoint.of(read_note(from_folder(self.log)))

    @property
    def head(self) -> str:
        return self.git("rev-parse", "HEAD").strip()

    def copy(self, folder: Path) -> Council:
        shutil.copytree(self.folder, folder, symlinks=True)
        return Council(folder, self.clock, self.log_key, self.witnesses)

    # ------------------------------------------------------------------ the repository

    def git(self, *words: str, at: int = 0, **environment: str) -> str:
        moment = f"{at or self.clock} +0000"
        who = environment.pop("who", "editor")
        clean = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
        return subprocess.run(
            ["git", "-C", str(self.repo), "-c", "gpg.format=ssh", "-c", f"user.signingkey={self.keys.folder / who}",
             "-c", "commit.gpgsign=true", *words], check=True, capture_output=True,
            env=clean | {"GIT_AUTHOR_DATE": moment, "GIT_COMMITTER_DATE": moment, "GIT_CONFIG_NOSYSTEM": "1",
                         "GIT_AUTHOR_NAME": "Редакція", "GIT_AUTHOR_EMAIL": PEOPLE[who],
                         "GIT_COMMITTER_NAME": "Редакція", "GIT_COMMITTER_EMAIL": PEOPLE[who],
                         } | environment).stdout.decode()

    def commit(self, files: dict[str, str | bytes | None], message: str = "зміна", at: int = 0,
               who: str = "editor") -> str:
        """Commit files; None deletes one."""
        self.clock += HOUR
        for path, content in files.items():
            file = self.repo / path
            if content is None:
                file.unlink()
            else:
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(content.encode() if isinstance(content, str) else content)
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", message, at=at, who=who)
        return self.head

    # ------------------------------------------------------------------ the site

    def build(self) -> None:
        """A page for each document, the list of files."""
        for file in list(self.site.rglob("*")):
            if file.is_file() and EVIDENCE not in file.as_posix():
                file.unlink()
        for source in sorted((self.repo / "content").rglob("*")):
            if source.is_file() and source.suffix in (".yml", ".md"):
                page = self.site / source.relative_to(self.repo / "content").with_suffix(".html")
                page.parent.mkdir(parents=True, exist_ok=True)
                page.write_text(f"<main>{source.read_text(encoding='utf-8')}</main>", encoding="utf-8")
                told = self.site / "istoriia" / page.relative_to(self.site)
                told.parent.mkdir(parents=True, exist_ok=True)
                told.write_text("<ol><li>Вперше оприлюднено</ol>", encoding="utf-8")
        (self.site / "index.html").write_text("<h1>Рада</h1>", encoding="utf-8")
        self.list_files()

    def list_files(self) -> None:
        (self.site / "manifest.txt").write_text(
            "".join(f"{digest}  {path}\n" for path, digest in self.files()), encoding="utf-8")

    def files(self) -> list[tuple[str, str]]:
        found = {file.relative_to(self.site).as_posix(): file for file in self.site.rglob("*") if file.is_file()}
        return [(path, hashlib.sha256(found[path].read_bytes()).hexdigest()) for path in sorted(found)
                if path != "manifest.txt" and not path.startswith(EVIDENCE)]

    # ------------------------------------------------------------------ the log

    def begin(self, *of_git: str) -> None:
        for folder in (self.repo, self.site, self.salts, self.policy_file.parent):
            folder.mkdir(parents=True)
        self.keys.folder.mkdir()
        make_keys(self.keys.folder)
        self.git("init", "-q", "--template=", "-b", "main", *of_git)
        create(self.log, ORIGIN, [self.log_key], self.clock)
        self.set_policy(policy_text())
        self.policy_file.write_bytes(policy_text())

    def set_policy(self, content: bytes) -> None:
        (self.log / POLICY).write_bytes(content)

    def publish(self, *events: Event, policies: Iterable[str] = (), seen: str = "", build: bool = True,
                witnesses: Sequence[int] = (0, 1, 2), keys: Sequence[SignerKey] = ()) -> None:
        """Build, append, let witnesses cosign, deploy."""
        self.clock += HOUR
        before = self.newest
        if build:
            self.build()
        leaves = [*(self.policy_leaf(what, seen) for what in policies), *(self.leaf_of(one, seen) for one in events)]
        if build:
            leaves.append(self.build_leaf(before.size + len(leaves), before.size, seen))
        append(self.log, leaves, keys or [self.log_key], expected=before.size, at=self.clock)
        self.witness(witnesses)
        self.deploy()

    def leaf_of(self, event: Event, seen: str = "") -> Leaf:
        number = max(read_openings(self.salts, event.doc), default=0) + 1
        beside = event.path.rpartition("/")[0]
        names = self.git("-c", "core.quotePath=false", "ls-tree", "--name-only", event.commit, f"{beside}/").split("\n")
        files = {name.removeprefix(f"{beside}/"): self.blob(event.commit, name) for name in names
                 if name and name != event.path and event.path.rpartition("/")[2].startswith("index.")}
        opening = Opening(event.path, event.commit, new_salts(tuple(files)))
        entry = revision(event.kind, self.by, seen or iso(self.clock), event.doc, number,
                         Source(self.blob(event.commit, event.path), event.path, event.commit, files), opening.salts,
                         **event.more)
        keep_openings(self.salts, event.doc, {**read_openings(self.salts, event.doc), number: opening})
        return entry

    def policy_leaf(self, what: str, seen: str = "") -> Leaf:
        from plugins.audit.layout import WHATS

        known = read_policy_openings(self.salts, what)
        number, salt = max(known, default=0) + 1, secrets.token_bytes(16)
        content = (self.log / POLICY if what == POLICY else self.repo / WHATS[what]).read_bytes()
        if what == POLICY:
            kept = self.log / f"{KEPT_POLICIES}{number}"
            kept.parent.mkdir(exist_ok=True)
            kept.write_bytes(content)
        opening = PolicyOpening(WHATS[what], "" if what == POLICY else self.head, salt)
        keep_policy_openings(self.salts, what, {**known, number: opening})
        return leaf("policy", BY, seen or iso(self.clock), what=what, n=number, c=commit_to("policy", salt, content))

    def build_leaf(self, index: int, size: int, seen: str = "") -> Leaf:
        files, salt = self.files(), secrets.token_bytes(16)
        of_pages = {path: secrets.token_bytes(16) for path, _ in files}
        (self.salts / PAGES).write_bytes(write_salts(of_pages))
        (self.salts / BUILD).write_bytes(canonical({
            "commit": self.head, "salt": salt.hex(), "day": iso(self.clock), "url": "https://rada.example",
            "size": size, "index": index, "lock": LOCK}) + b"\n")
        builds = self.salts / BUILDS
        known = json.loads(builds.read_bytes()) if builds.is_file() else {}
        builds.write_bytes(canonical({**known, str(index): {"commit": self.head, "salt": salt.hex()}}) + b"\n")
        return leaf("build", BY, seen or iso(self.clock), root=pages_root(files, of_pages), pages=len(files),
                    lock=LOCK, day=iso(self.clock)[:10], commit=commit_to("commit", salt, self.head.encode()))

    def blob(self, commit: str, path: str) -> bytes:
        return subprocess.run(["git", "-C", str(self.repo), "cat-file", "blob", f"{commit}:{path}"], check=True,
                              capture_output=True).stdout

    def witness(self, numbers: Sequence[int] = (0, 1, 2), at: int = 0) -> list[Cosigned | Refused]:
        """Witnesses look at the log and cosign what continues what each of them remembers."""
        fetch, policy = from_folder(self.log), Policy.parse((self.log / POLICY).read_bytes())
        note, answers = read_note(fetch), []
        for number in numbers:
            memory = self.folder / f"witness-{number}"
            known = Checkpoint.parse(memory.read_text(encoding="utf-8")) if memory.is_file() else None
            answer = consider(known, request_from(known, note, fetch), policy, [self.witnesses[number]],
                              at or self.clock + 60 * (number + 1))
            answers.append(answer)
            if isinstance(answer, Cosigned):
                memory.write_text(answer.checkpoint.text, encoding="utf-8")
                add_signatures(self.log, answer.checkpoint.size, answer.signatures, policy)
        return answers

    def deploy(self) -> None:
        shutil.rmtree(self.evidence, ignore_errors=True)
        shutil.copytree(self.log, self.evidence)
        shutil.copytree(self.salts, self.evidence / SALTS)

    # ------------------------------------------------------------------ the auditor

    def verify(self, what: str = "all", later: int = HOUR, **options: str | bool) -> Report:
        """What the auditor sees an hour after the last event, with own policy and memory."""
        usual: dict[str, str | bool] = {"site": str(self.site), "policy": str(self.policy_file),
                                        "state": str(self.state), "now": iso(self.clock + later)}
        return examine(Asked(what, self.repo, **(usual | options)))  # type: ignore[arg-type]


ROLES = f"""roles:
  - id: editor
    title: Редакція
    people: [{PEOPLE["editor"]}]
    paths: [content/**, data/**, theme/**]
"""
DRAFT, SECOND = "content/drafts/2026/1-p.yml", "content/drafts/2026/2-p/index.yml"
NEWS, ACT = "content/news/2026/novyna.md", "content/acts/2026/7.yml"


def raise_council(folder: Path) -> Council:
    """Three publications; the auditor came after the second and remembers it."""
    council = Council(folder)
    council.begin()
    first = council.commit({
        DRAFT: "title: Про бюджет\ntext: Затвердити бюджет.\n", SECOND: "title: Про матеріальну допомогу\n",
        "content/drafts/2026/2-p/annex-1.md": "Додаток\n", NEWS: "---\ntitle: Відкрито парк\n---\nПарк відкрито.\n",
        "content/drafts/README.md": "Проєкти\n",
        "data/allowed_signers": council.keys.list(), "data/roles.yml": ROLES})
    council.publish(Event("publish", "drafts/2026/1-p", DRAFT, first),
                    Event("publish", "drafts/2026/2-p", SECOND, first),
                    Event("publish", "news/2026/novyna", NEWS, first), policies=("policy", "signers", "roles"))
    second = council.commit({DRAFT: "title: Про бюджет\ntext: Затвердити бюджет на 2027 рік.\n"}, "уточнення")
    council.publish(Event("amend", "drafts/2026/1-p", DRAFT, second))
    first_check = council.verify()
    assert first_check.status == 0, first_check
    shutil.copytree(council.site, folder / "site-of-yesterday")
    third = council.commit({SECOND: "title: Про матеріальну допомогу\nwithdrawn:\n  reason: Персональні дані\n"})
    fourth = council.commit({ACT: "title: Про бюджет\nnumber: 7\n"})
    council.publish(Event("withdraw", "drafts/2026/2-p", SECOND, third, {"basis": "стаття 6 Закону"}),
                    Event("publish", "acts/2026/7", ACT, fourth))
    return council


