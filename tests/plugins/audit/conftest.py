"""One council a session; each test gets a copy of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from .council import Council, raise_council


@pytest.fixture(scope="session")
def raised(tmp_path_factory: pytest.TempPathFactory) -> Council:
    return raise_council(tmp_path_factory.mktemp("council") / "council")


@pytest.fixture
def council(raised: Council, tmp_path: Path) -> Council:
    """A council that published three times; the auditor remembers the second."""
    return raised.copy(tmp_path / "council")
