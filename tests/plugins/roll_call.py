"""The roll-call site, built once for the tests of the rooms that it tells of."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import built_site


@pytest.fixture(scope="session")
def roll_call(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Output of `tests/sites/valid/roll-call`; its sources lie beside it."""
    return built_site(tmp_path_factory.mktemp("roll-call") / "site", "valid/roll-call")
