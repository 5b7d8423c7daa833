"""The repository in which the publishing job works: where its branch stands, and what a policy file says there."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from ..declared import HiddenText, hidden_texts
from ..layout import POLICY, REDACTIONS, WHATS
from .batch import PolicyFile
from .telling import NotDone

PATIENCE = 120
SHOWN = 10


def head_of(content: Path, data: Path) -> str:
    """The commit of which the site was built. Errors: `NotDone` where git cannot tell, or not only git can."""
    told = _git(content, "rev-parse", "HEAD", "--is-shallow-repository")
    if told is None:
        raise NotDone(f"Тека {content} не в сховищі git: журнал свідчить лише про те, що внесено до його історії.")
    commit, is_shallow = told.decode().split()
    if is_shallow == "true":
        raise NotDone("Клон неповний: бракує попередніх комітів. Клонуйте з усією історією (fetch-depth: 0).")
    for folder in (content, data):
        if _git(folder, "status", "--porcelain", "-z", "--", "."):
            raise NotDone(f"У теці {folder} є зміни, яких немає в історії git. Внесіть їх комітом і побудуйте сайт "
                          "знову.")
    return commit


def places_of(content: Path) -> dict[str, int]:
    """Commits of the published branch, first parents only, by their place from the oldest."""
    told = _git(content, "rev-list", "--first-parent", "--reverse", "HEAD") or b""
    return {commit: place for place, commit in enumerate(told.decode().split())}


def is_before(content: Path, old: str, new: str) -> bool:
    """Whether the branch goes on from a commit."""
    return _git(content, "merge-base", "--is-ancestor", old, new) is not None


def policy_files(log: Path, data: Path, commit: str) -> list[PolicyFile]:
    """The policies that there are: the log's own from its folder, the others from the commit."""
    found = []
    for what, path in WHATS.items():
        if what == POLICY:
            found.append(PolicyFile(what, path, "", (log / POLICY).read_bytes()))
        elif (content := file_at(data, commit, Path(path).name)) is not None:
            found.append(PolicyFile(what, path, commit, content))
    return found


def texts_not_shown(data: Path, commit: str) -> tuple[HiddenText, ...]:
    """The register of texts that the site does not show, as of the commit."""
    return hidden_texts(file_at(data, commit, Path(REDACTIONS).name) or b"")


def file_at(data: Path, commit: str, name: str) -> bytes | None:
    """A register as the commit has it."""
    return _git(data, "cat-file", "blob", f"{commit}:./{name}")


def _git(folder: Path, *arguments: str) -> bytes | None:
    try:
        done = subprocess.run(["git", "--no-optional-locks", "--no-replace-objects", "-C", str(folder), *arguments],
                              capture_output=True, timeout=PATIENCE, check=False,
                              env=os.environ | {"GIT_GRAFT_FILE": os.devnull})
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout if done.returncode == 0 else None
