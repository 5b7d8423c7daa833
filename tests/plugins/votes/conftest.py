"""The roll-call site, built once for the tests of this room."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.conftest import SITES, build_folder


@pytest.fixture(scope="session")
def roll_call(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Output of `tests/sites/valid/roll-call`; its sources lie beside it."""
    folder = tmp_path_factory.mktemp("roll-call") / "site"
    shutil.copytree(SITES / "base", folder)
    shutil.copytree(SITES / "valid" / "roll-call", folder, dirs_exist_ok=True)
    assert build_folder(folder, folder / "out") == (0, [])
    return folder / "out"
