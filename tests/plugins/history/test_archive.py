"""4,000 commits: what one pass finds is what git says of each document, and new commits alone give the same."""

from __future__ import annotations

from pathlib import Path

from bench import history
from plugins.history.intake import open_past
from plugins.history.past import Past
from plugins.records import Report


def rows(past: Past) -> list[tuple[object, ...]]:
    return [*past.db.execute("select event.*, made.* from event join made using (place) order by path, place")]


def test_one_pass_finds_what_git_follows(tmp_path: Path) -> None:
    folder = tmp_path / "archive"
    history.make(folder, 2_650, 4_000)
    tip = history.git(folder, "rev-parse", "HEAD").decode().strip()
    history.git(folder, "update-ref", "HEAD", f"{tip}~1000")
    open_past(folder / "content", folder / "data", tmp_path / "grown", "bench", Report())
    history.git(folder, "update-ref", "HEAD", tip)
    chosen = history.sample(folder, 20)
    assert (20, []) == (len(chosen), history.differing(folder, chosen, tmp_path / "grown"))
    grown, fresh = (open_past(folder / "content", folder / "data", tmp_path / name, "bench", Report())
                    for name in ("grown", "fresh"))
    assert rows(grown) == rows(fresh)
