"""Verdicts of the small council of `valid/deadlines`; evidence is a stand-in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from plugins.deadlines import facts
from plugins.deadlines.verdicts import Verdict, verdicts_of
from plugins.history.model import Evidence, Publication, Revision
from plugins.records import REGISTRY, Library, Record, Report, load_rooms, read_all, reset
from plugins.ukrainian import KYIV
from plugins.votes.read import read as read_votes
from tests.conftest import ROOT, lay_site

NOW = datetime(2026, 12, 2, 12, 0, tzinfo=KYIV)


def proven(document, library, part="", claimed_at=None):
    """What the document says, proven; of the table of votes the end of its meeting."""
    claim = document.ended_at if part == "votes.csv" else claimed_at if part else document.published_at
    return Publication(claim, Evidence.COMMIT if claim else Evidence.NONE, claim)


Judge = Callable[..., dict[str, Verdict]]


@pytest.fixture
def judge(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Judge:
    """`judge("draft/2026/1-p")` → verdicts by rule; `change(rules text)` edits the register before."""
    def judged(name: str, change: Callable[[str], str] | None = None, now: datetime = NOW, publication=proven,
               revisions: tuple[Revision, ...] = ()) -> dict[str, Verdict]:
        monkeypatch.setattr(facts, "publication_of", publication)
        monkeypatch.setattr(facts, "revisions_of", lambda document, library, parts: revisions)
        folder = tmp_path / "site"
        if not folder.exists():
            lay_site(folder, "valid/deadlines")
        if change:
            file = folder / "data" / "rules.yml"
            file.write_text(change(file.read_text(encoding="utf-8")), encoding="utf-8")
        library = library_of(folder, now)
        kind, _, key = name.partition("/")
        record = library.find(kind, key)
        assert record
        return {verdict.rule: verdict for verdict in verdicts_of(record, library)}

    return judged


def library_of(folder: Path, now: datetime) -> Library:
    reset()
    for room in load_rooms():
        room.register()
    reading = read_all(folder / "content", folder / "data", REGISTRY)
    assert [item for item in reading.report.errors if "RULE-" not in item.code] == []
    records: list[Record] = list(reading.records)
    for record in reading.records:
        if record.kind == "meeting":
            records += read_votes(record, Report())
    return Library(records, now)


def of_the_sample(text: str) -> str:
    """The whole register, in the place of the short one."""
    return (ROOT / "data" / "rules.yml").read_text(encoding="utf-8")
