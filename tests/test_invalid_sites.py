"""What bad input gets: each folder of `tests/sites/invalid/` is a mistake with its message, word for word."""

from __future__ import annotations

import os
import re
import shutil
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from plugins.builder import state
from tests.conftest import RENEW, SITES, build_folder, lay_site, tree_of

CASES = sorted(path.name for path in (SITES / "invalid").iterdir() if path.is_dir())


@pytest.mark.parametrize("case", CASES)
def test_a_mistake_gets_its_message_word_for_word(case: str, check_site: Callable[[str], list[str]]) -> None:
    expected = SITES / "invalid" / case / "expected.txt"
    lines = check_site(f"invalid/{case}")
    if RENEW:
        expected.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
    assert lines == expected.read_text(encoding="utf-8").splitlines()
    assert any(not line.endswith("(зауваження)") for line in lines) or "remark" in case


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A good site, built once: its sources, state and output."""
    top = tmp_path_factory.mktemp("good")
    lay_site(top / "now" / "site")
    assert build_folder(top / "now" / "site", top / "now" / "published") == (0, [])
    shutil.copytree(top / "now", top / "kept", symlinks=True)
    return top


@pytest.fixture
def good(published: Path) -> Path:
    """The good site as it was when it had been built, in the place where it was built: its state holds nowhere else."""
    for name in ("published", "site"):
        if stamps(published / "now" / name) != stamps(published / "kept" / name):
            shutil.rmtree(published / "now" / name)
            shutil.copytree(published / "kept" / name, published / "now" / name, symlinks=True)
    return published / "now"


def stamps(folder: Path) -> dict[str, tuple[int, int]]:
    """Size and time of every file, time of every folder."""
    return {found[len(str(folder)):]: (facts.st_size if stat.S_ISREG(facts.st_mode) else 0, facts.st_mtime_ns)
            for here, _, names in os.walk(folder) for found in (here, *(f"{here}/{name}" for name in names))
            for facts in (os.lstat(found),)}


@pytest.mark.parametrize("case", [case for case in CASES if "remark" not in case])
def test_the_last_good_site_stays(case: str, good: Path) -> None:
    before = tree_of(good / "published")
    assert len(before) > 100
    shutil.copytree(SITES / "invalid" / case, good / "site", dirs_exist_ok=True)
    assert build_folder(good / "site", good / "published")[0] == 1
    assert tree_of(good / "published") == before


def test_the_copy_is_taken_for_the_site_that_was_built(good: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else the tests above would try first builds only."""
    monkeypatch.setattr(state, "load", lambda *_: pytest.fail("the note of the last build was not believed"))
    assert build_folder(good / "site", good / "published") == (0, [])


def test_there_are_at_least_sixty_cases() -> None:
    assert len(CASES) >= 60


def test_every_code_of_an_expected_message_is_explained() -> None:
    from plugins.records import load_rooms
    from plugins.records.report import explain

    load_rooms()
    for case in CASES:
        text = (SITES / "invalid" / case / "expected.txt").read_text(encoding="utf-8")
        for name in re.findall(r"\[([A-Z-]+)\]", text):
            assert explain(name), name
