"""A tiny repository with signed commits, and keys of people who may sign: for tests of signers and of erasure."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from plugins.proof.leaves import Leaf, leaf
from plugins.proof.salts import Opening, PolicyOpening, Salts, Source, keep_openings, keep_policy_openings, revision
from tests.plugins.proof.conftest import needs

EDITOR, CLERK, MAYOR = "editor@rada.example", "clerk@rada.example", "mayor@rada.example"
PEOPLE = {"editor": EDITOR, "clerk": CLERK, "mayor": MAYOR}
START = 1_790_000_000
"""When the first commit claims to have been made: 21 September 2026."""
HOUR, DAY = 3600, 86_400
ROLES = f"""roles:
  - id: editor
    title: Редакція
    people: [{EDITOR}]
    paths: [content/news/**]
  - id: clerk
    title: Діловод
    people: [{CLERK}]
    paths: [content/drafts/**, data/roles.yml, data/allowed_signers, data/redactions.yml]
"""


@dataclass(frozen=True)
class Keys:
    """Ed25519 keys of ssh-keygen's making, by name of the person."""

    folder: Path

    def public(self, name: str) -> str:
        return " ".join((self.folder / f"{name}.pub").read_text().split()[:2])

    def list(self, options: Mapping[str, str] | None = None) -> str:
        """A list of signers; `options` by name of the person, None of somebody leaves them out."""
        lines = [f"{mail} {(options or {}).get(name, '')} {self.public(name)}" for name, mail in PEOPLE.items()
                 if (options or {}).get(name) != "-"]
        return "\n".join(lines) + "\n"


def make_keys(folder: Path) -> Keys:
    for name in (*PEOPLE, "stranger"):
        subprocess.run([needs("ssh-keygen"), "-q", "-t", "ed25519", "-N", "", "-C", name, "-f", folder / name],
                       check=True)
    return Keys(folder)


@dataclass
class Repository:
    """A repository whose clock goes on by an hour with each commit."""

    folder: Path
    keys: Keys
    at: int = START

    def git(self, *arguments: str, **more: str) -> str:
        done = subprocess.run(["git", "-c", "gpg.format=ssh", *arguments], cwd=self.folder, check=True,
                              capture_output=True, env=os.environ | {
                                  "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", **more})
        return done.stdout.decode().strip()

    def write(self, files: Mapping[str, str | None]) -> None:
        for path, text in files.items():
            file = self.folder / path
            file.parent.mkdir(parents=True, exist_ok=True)
            if text is None:
                file.unlink()
            else:
                file.write_text(text, encoding="utf-8")

    def commit(self, files: Mapping[str, str | None], who: str = "editor", *, key: str | None = "", author: str = "",
               at: int = 0, message: str = "Зміна") -> str:
        """Commit files (None: gone) in the name of somebody, with their key unless another or none is named."""
        self.at += HOUR
        self.write(files)
        moment = f"{at or self.at} +0300"
        mail, signer = PEOPLE.get(who, who), who if key == "" else key
        self.git("add", "-A")
        self.git("-c", f"user.signingkey={self.keys.folder / str(signer)}", "commit", "-q", "--allow-empty", "-m",
                 message, *(["-S"] if signer else []), GIT_AUTHOR_NAME=who, GIT_AUTHOR_EMAIL=author or mail,
                 GIT_COMMITTER_NAME=who, GIT_COMMITTER_EMAIL=mail, GIT_AUTHOR_DATE=moment, GIT_COMMITTER_DATE=moment)
        return self.git("rev-parse", "HEAD")

    def branch(self, name: str, at: str) -> None:
        """Go on from a commit, on a branch of its own."""
        self.git("checkout", "-q", "-B", name, at)


def make_repository(folder: Path, keys: Keys) -> Repository:
    folder.mkdir(parents=True)
    one = Repository(folder, keys)
    one.git("init", "-q", "-b", "main")
    return one


def policy_leaf(salts: Path, commit: str, content: bytes, what: str = "signers", path: str = "data/allowed_signers",
                n: int = 1) -> Leaf:
    from plugins.proof.leaves import commit_to
    from plugins.proof.salts import read_policy_openings
    salt = bytes([n]) * 16
    keep_policy_openings(salts, what, {**read_policy_openings(salts, what), n: PolicyOpening(path, commit, salt)})
    return leaf("policy", "clerk:12345678", "2026-09-21T10:00:00Z", what=what, n=n,
                c=commit_to("policy", salt, content))


def revision_leaf(salts: Path, kind: str, doc: str, n: int, source: Source) -> Leaf:
    """A leaf of a revision, its opening kept in a folder of salts."""
    from plugins.proof.salts import new_salts, read_openings
    made: Salts = new_salts(tuple(source.files))
    keep_openings(salts, doc, {**read_openings(salts, doc), n: Opening(source.path, source.commit, made)})
    return revision(kind, "editor:12345678", "2026-09-21T10:00:00Z", doc, n, source, made)


