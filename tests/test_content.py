"""The real content of this repository is valid, and there is as much of it as a believable year needs."""

from __future__ import annotations

from pathlib import Path

import pytest

from plugins.builder.options import ROOT, BuildOptions
from plugins.builder.run import run
from plugins.records.report import Report, as_text
from tests import sample
from tests.conftest import AS_OF, share


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    """A cache that begins with the documents and pictures of other builds of the same content."""
    share(tmp_path / "cache")
    sample.lend_pictures(tmp_path / "cache")
    return tmp_path / "cache"


def test_the_content_of_this_repository_has_no_problem(tmp_path: Path, cache: Path) -> None:
    report = Report()
    status = run(BuildOptions(output=tmp_path / "out", state=cache, search=False), report, only_check=True, quiet=True)
    assert (status, report.errors) == (0, [])


@sample.ONLY_HERE
def test_the_sample_council_has_no_problem_and_no_remark(tmp_path: Path, cache: Path) -> None:
    report = Report()
    status = run(BuildOptions(output=tmp_path / "out", state=cache, as_of=AS_OF, search=False), report,
                 only_check=True, quiet=True)
    assert (status, as_text(report)) == (0, [])


@sample.ONLY_HERE
@pytest.mark.parametrize(("pattern", "least"), [
    ("content/news/20*/*", 30), ("content/drafts/20*/*", 20), ("content/acts/20*/*", 20),
    ("content/meetings/20*/pl-*", 3), ("content/meetings/20*/vk-*", 4), ("content/meetings/20*/kom-*", 3),
    ("content/events/plans/20*/*.yml", 52), ("content/reports/20*/*", 4), ("content/greetings/20*/*", 18),
    ("content/events/20*/*", 6), ("content/pages/*", 12), ("content/pages/en/*", 4), ("data/people/*.yml", 27),
])
def test_a_year_of_a_council_is_there(pattern: str, least: int) -> None:
    found = [path for path in ROOT.glob(pattern) if path.name != "README.md"]
    assert len(found) >= least
