"""The chain from a draft to its act, built once for the tests of this room."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import built_site


@pytest.fixture(scope="session")
def chain(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Output of `tests/sites/valid/from-draft-to-act`; its sources lie beside it."""
    folder = tmp_path_factory.mktemp("chain") / "site"
    return built_site(folder, "valid/from-draft-to-act")
