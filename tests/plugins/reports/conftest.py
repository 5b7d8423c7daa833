"""The sites that the tests of this room share."""

from pathlib import Path

import pytest

from tests.conftest import built_site
from tests.plugins.community import community

__all__ = ["community", "figures"]


@pytest.fixture(scope="session")
def figures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Output of `tests/sites/valid/report-figures`: a report with figures of all kinds and many chapters."""
    return built_site(tmp_path_factory.mktemp("figures") / "site", "valid/report-figures")
