"""A tiny council in a repository of its own, made here; git is real."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from jinja2 import DictLoader

from plugins.acts.model import DraftAct
from plugins.builder.making import Making, Run, Theme
from plugins.builder.options import BuildOptions
from plugins.history.model import Publication, publication_of
from plugins.records import Library, Report, load_rooms, reset

DRAFT = """number: 5-П
type: decision
body: rada
title: Про ремонт мосту
summary: Рада виділяє кошти на міст.
registered_on: 2026-10-20
published_at: {published_at}
initiator:
  person: bondar-oles
text: |
  1. Виділити кошти.
"""


class Council:
    """A tiny council in a repository of its own; each commit says when it was made."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.draft = folder / "content" / "drafts" / "2026" / "5-p-про-міст.yml"
        self.draft.parent.mkdir(parents=True, exist_ok=True)
        self.git("init", "-q", "-b", "main")

    def git(self, *arguments: str, at: str = "2026-11-01T10:00:00+02:00") -> str:
        """Run git as somebody whose clock shows a moment."""
        environment = os.environ | {"GIT_COMMITTER_DATE": at, "GIT_AUTHOR_DATE": "2020-01-01T00:00:00Z"}
        done = subprocess.run(["git", "-C", str(self.folder), "-c", "user.name=Рада", "-c", "user.email=r@example.ua",
                               *arguments], check=True, capture_output=True, text=True, env=environment)
        return done.stdout.strip()

    def commit(self, at: str) -> None:
        """Commit everything at a moment."""
        self.git("add", "-A", at=at)
        self.git("commit", "-q", "--allow-empty", "-m", "Зміни", at=at)

    def write(self, published_at: str = "2026-11-13 15:00", text: str = "Виділити кошти.") -> None:
        """The draft, with its claim."""
        self.draft.write_text(DRAFT.format(published_at=published_at).replace("Виділити кошти.", text),
                              encoding="utf-8")

    def library(self, content: Path | None = None) -> Library:
        """What a build would know."""
        reset()
        for room in load_rooms():
            if room.__name__ != "plugins.builder":
                room.register()
        options = BuildOptions(content or self.folder / "content", self.folder / "data", self.folder / "out",
                               state=self.folder.parent / "cache")
        report = Report()
        moment = datetime.fromisoformat("2026-12-31T12:00:00+02:00")
        making = Making(Run(options, "", "", None, "", None, report, lambda text: None, moment),
                        Theme(Path(), DictLoader({}), {}))
        making.read()
        self.problems = [f"{finding.path}:{finding.line}: {finding.text}" for finding in report.errors]
        return making.library

    def publication(self) -> Publication:
        """That of the draft."""
        library = self.library()
        draft = library.get(DraftAct, "2026/5-p")
        assert draft, self.problems
        return publication_of(draft, library)


@pytest.fixture
def council(lay_out: Callable[[str], Path]) -> Council:
    """The base with nothing in it yet."""
    return Council(lay_out(""))
