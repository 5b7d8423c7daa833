"""A tiny council that keeps a log: a repository, a site of three files, no real build. Git and keys are real."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from hashlib import sha256
from pathlib import Path

from plugins.audit.keeping import appending, ceremony, keyring
from plugins.audit.keeping.batch import Document
from plugins.audit.layout import POLICY
from plugins.proof.leaves import Leaf
from plugins.proof.log import from_folder, verify_log
from plugins.proof.order import REVISIONS
from plugins.proof.policy import Policy
from plugins.proof.salts import is_committed, read_openings

ORIGIN = "rada.example/zhurnal"
NOW = 1_795_000_000
SEEN = datetime.fromtimestamp(NOW, UTC)
CONTENTS: dict[tuple[str, str], bytes] = {}
"""What git has told already."""


@dataclass(frozen=True)
class Step:
    n: int
    kind: str
    commit: str
    path: str
    files: tuple[tuple[str, str], ...] = ()


class Keeper:
    """Everything lies below one folder, so that a copy of it is another keeper in the same state."""

    def __init__(self, top: Path) -> None:
        self.top = top
        self.site, self.output, self.log = top / "site", top / "output", top / "log"
        self.salts, self.keys = top / "salts", top / "keys"

    def begin(self) -> Keeper:
        """A repository with two documents, a built site, no log."""
        (self.site / "data").mkdir(parents=True)
        self.git("init", "-q", "-b", "main")
        self.write("data/rules.yml", "rules: []\n")
        self.write("content/drafts/2026/1.yml", "Про міст\n")
        self.write("content/drafts/2026/2/index.yml", "Про воду\n")
        self.write("content/drafts/2026/2/annex.md", "Додаток\n")
        self.commit()
        self.build()
        return self

    def start(self, *witnesses: str, quorum: int = 0, origin: str = ORIGIN) -> Keeper:
        ceremony.start(ceremony.Start(self.log, self.salts, self.keys, origin, witnesses, quorum, self.site / "content",
                                      self.site / "data", SEEN), NOW)
        return self

    def append(self, shown: str = "", keys: Path | None = None, seen: datetime = SEEN) -> list[str]:
        asked = appending.Asked(self.log, self.salts, self.output, self.site / "content", self.site / "data",
                                keyring.read_keys(keys or self.keys, {}), seen, b"lock\n", shown, "https://rada.example")
        return appending.run(asked, lambda is_rewritten: self.documents(), at=NOW)

    def edit(self, text: str = "Про міст через річку\n") -> None:
        """Another revision of a document, and the site built again."""
        self.write("content/drafts/2026/1.yml", text)
        self.commit()
        self.build()

    def write(self, path: str, text: str) -> None:
        (self.site / path).parent.mkdir(parents=True, exist_ok=True)
        (self.site / path).write_text(text, encoding="utf-8")

    def commit(self, *more: str) -> str:
        self.git("add", "-A")
        self.git("commit", "-q", "-m", "Зміни", *more)
        return self.git("rev-parse", "HEAD")

    def git(self, *arguments: str) -> str:
        who = ["-c", "user.name=Рада", "-c", "user.email=rada@rada.example"]
        environment = os.environ | {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_TEST_FSYNC": "0"}
        return subprocess.run(["git", *who, *arguments], cwd=self.site, check=True, capture_output=True, text=True,
                              env=environment).stdout.strip()

    def build(self) -> None:
        """The site: the two sources as pages, and one page that never changes."""
        pages = {"index.html": b"<!doctype html>",
                 "proiekty/2026/1/index.html": (self.site / "content/drafts/2026/1.yml").read_bytes(),
                 "proiekty/2026/2/index.html": (self.site / "content/drafts/2026/2/index.yml").read_bytes()}
        for path, content in pages.items():
            (self.output / path).parent.mkdir(parents=True, exist_ok=True)
            (self.output / path).write_bytes(content)
        (self.output / "manifest.txt").write_text(
            "".join(f"{sha256(content).hexdigest()}  {path}\n" for path, content in sorted(pages.items())))

    def documents(self) -> Iterator[Document]:
        """As `history` would tell them."""
        for name, path, files in (("drafts/2026/1", "content/drafts/2026/1.yml", ()),
                                  ("drafts/2026/2", "content/drafts/2026/2/index.yml", (("annex.md", ""),))):
            commits = self.git("log", "--reverse", "--format=%H", "--", path).split()
            steps = [Step(n, "amend" if n > 1 else "publish", commit, path, files)
                     for n, commit in enumerate(commits, 1)]
            yield Document(name, steps, partial(self.contents))

    def contents(self, step: object) -> Mapping[str, bytes]:
        assert isinstance(step, Step)
        folder = step.path.rpartition("/")[0]
        paths = {"": step.path} | {name: f"{folder}/{name}" for name, _ in step.files}
        return {name: self.content(step.commit, path) for name, path in paths.items()}

    def content(self, commit: str, path: str) -> bytes:
        if (commit, path) not in CONTENTS:
            CONTENTS[commit, path] = self.git("show", f"{commit}:{path}").encode() + b"\n"
        return CONTENTS[commit, path]

    @property
    def policy(self) -> Policy:
        return Policy.parse((self.log / POLICY).read_bytes())

    def leaves(self) -> tuple[Leaf, ...]:
        """The verified log."""
        return verify_log(from_folder(self.log), Policy(self.policy.logs)).leaves

    def opened(self) -> int:
        """How many revisions of the log open with what lies beside it; all of them do, and nothing else lies there."""
        of_log: dict[str, set[int]] = {}
        for one in self.leaves():
            if one.kind in REVISIONS:
                doc, n = str(one["doc"]), int(one["n"])
                opening = read_openings(self.salts, doc)[n]
                contents = dict(self.contents(Step(n, "", opening.commit, opening.path,
                                                   tuple((name, "") for name in opening.salts.files))))
                assert is_committed(one, opening.source(contents.pop(""), contents), opening.salts)
                of_log.setdefault(doc, set()).add(n)
        kept = {file.relative_to(self.salts / "docs").as_posix().removesuffix(".json")
                for file in (self.salts / "docs").rglob("*.json")}
        assert kept == of_log.keys()
        assert all(read_openings(self.salts, doc).keys() == numbers for doc, numbers in of_log.items())
        return sum(map(len, of_log.values()))
