"""What bad input gets: each folder of `tests/sites/invalid/` is a mistake with its message, word for word."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import RENEW, SITES

CASES = sorted(path.name for path in (SITES / "invalid").iterdir() if path.is_dir())


@pytest.mark.parametrize("case", CASES)
def test_a_mistake_gets_its_message_word_for_word(case: str, check_site: Callable[[str], list[str]]) -> None:
    expected = SITES / "invalid" / case / "expected.txt"
    lines = check_site(f"invalid/{case}")
    if RENEW:
        expected.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
    assert lines == expected.read_text(encoding="utf-8").splitlines()
    assert any(not line.endswith("(зауваження)") for line in lines) or "remark" in case


@pytest.mark.parametrize("case", CASES)
def test_the_last_good_site_stays(case: str, lay_out: Callable[[str], Path], tmp_path: Path) -> None:
    from tests.conftest import build_folder, tree_of

    if "remark" in case:
        return
    good = lay_out()
    output = tmp_path / "published"
    assert build_folder(good, output) == (0, [])
    before = tree_of(output)
    import shutil

    shutil.copytree(SITES / "invalid" / case, good, dirs_exist_ok=True)
    status, _ = build_folder(good, output)
    assert status == 1
    assert tree_of(output) == before


def test_there_are_at_least_sixty_cases() -> None:
    assert len(CASES) >= 60


def test_every_code_of_an_expected_message_is_explained() -> None:
    import re

    from plugins.records import load_rooms
    from plugins.records.report import explain

    load_rooms()
    for case in CASES:
        text = (SITES / "invalid" / case / "expected.txt").read_text(encoding="utf-8")
        for name in re.findall(r"\[([A-Z-]+)\]", text):
            assert explain(name), name
