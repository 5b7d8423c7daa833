"""Fixtures: tiny sites are folders in `tests/sites/`; a case holds only what differs from `tests/sites/base/`."""

from __future__ import annotations

import functools
import os
import shutil
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import settings

from tests.spreading import pytest_collection_modifyitems, pytest_xdist_make_scheduler  # noqa: F401 — hooks

settings.register_profile("site", deadline=None)
settings.load_profile("site")
# How long a case takes depends on what else the machine does; what it proves does not.

ROOT = Path(__file__).resolve().parents[1]
SITES = ROOT / "tests" / "sites"
sys.path.insert(0, str(ROOT))

SHARED = ROOT / ".cache" / "tests"
"""Compiled templates, pictures and prints of tiny sites, kept as long as no line of the engine changes."""
AS_OF = "2026-11-22T12:00:00+02:00"
"""The declared day of tiny sites."""


WAIT_SECONDS = 600


@pytest.fixture(scope="session")
def run_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One folder for all workers of this run."""
    base = tmp_path_factory.getbasetemp()
    return base.parent if base.name.startswith("popen-") else base


def once(folder: Path, make: Callable[[Path], str]) -> str:
    """Fill a folder: the first worker that comes does it, the others wait. The answer of `make`, for all of them."""
    done, draft = folder / "done.txt", folder / "done.new"
    try:
        folder.mkdir()
    except FileExistsError:
        until = time.monotonic() + WAIT_SECONDS
        while not done.exists():
            assert time.monotonic() < until, f"{folder.name} was not made in time"
            time.sleep(0.2)
    else:
        answer = "not made"
        try:
            answer = make(folder)
        finally:
            draft.write_text(answer, encoding="utf-8")
            draft.replace(done)
    return done.read_text(encoding="utf-8")


def lay_site(folder: Path, name: str = "") -> Path:
    """Copy the base and a case (`valid/roll-call`) over it into a folder; returns that folder."""
    shutil.copytree(SITES / "base", folder, dirs_exist_ok=True)
    (folder / "content").mkdir(exist_ok=True)
    if name:
        shutil.copytree(SITES / name, folder, dirs_exist_ok=True)
    return folder


@pytest.fixture
def lay_out(tmp_path: Path) -> Callable[[str], Path]:
    """A case in an empty folder."""
    return lambda name="": lay_site(tmp_path / "site", name)


@pytest.fixture
def check_folder(monkeypatch: pytest.MonkeyPatch) -> Callable[[Path], list[str]]:
    """What an editor is told about the content and data of a folder: the lines of `check`."""
    def check(folder: Path) -> list[str]:
        from plugins.builder.options import BuildOptions
        from plugins.builder.run import run
        from plugins.records.report import Report, as_text

        monkeypatch.chdir(folder)
        report = Report()
        run(BuildOptions(folder / "content", folder / "data", folder / "out", as_of=AS_OF, state=folder / "cache",
                         search=False), report, only_check=True, quiet=True)
        return as_text(report)

    return check


@pytest.fixture
def check_site(lay_out: Callable[[str], Path], check_folder: Callable[[Path], list[str]]) -> Callable[[str], list[str]]:
    """The messages for a case: `check_site("invalid/unknown-key")`."""
    return lambda name: check_folder(lay_out(name))


@pytest.fixture
def build_site(lay_out: Callable[[str], Path]) -> Callable[..., Path]:
    """Build a case; returns its output folder. Fails the test when the build has problems."""
    def build(name: str, *, search: bool = False, url: str | None = None) -> Path:
        folder = lay_out(name)
        status, lines = build_folder(folder, folder / "out", search=search, url=url)
        assert status == 0, lines
        return folder / "out"

    return build


def build_folder(folder: Path, output: Path, *, search: bool = False, url: str | None = None, cold: bool = False,
                 cache: Path | None = None, as_of: str = AS_OF, jobs: int = 1,
                 paranoid: bool = False) -> tuple[int, list[str]]:
    """Build `folder`/content and /data into `output`: (status, messages)."""
    from plugins.builder.options import BuildOptions
    from plugins.builder.run import run
    from plugins.records.report import Report, as_text

    share(cache or folder / "cache")
    report = Report()
    status = run(BuildOptions(folder / "content", folder / "data", output, cold=cold, search=search, as_of=as_of,
                              url=url, state=cache or folder / "cache", jobs=jobs, paranoid=paranoid),
                 report, quiet=True)
    return status, as_text(report)


def share(cache: Path) -> None:
    """Let a site begin with what other tests have compiled, drawn and printed. On Windows each makes its own."""
    cache.mkdir(parents=True, exist_ok=True)
    for place in shared():
        link = cache / place.name
        with suppress(OSError):
            if link.is_symlink() and link.readlink() != place:  # of an engine that is no more
                link.unlink()
            link.symlink_to(place, target_is_directory=True)


@functools.cache
def shared() -> tuple[Path, ...]:
    """The folders of a cache that sites may share: what lies there is found by all that it is made of."""
    from plugins.builder.changes import CODE, engine_digest

    top = SHARED / engine_digest(CODE)
    for other in SHARED.glob("*"):
        if other != top:
            shutil.rmtree(other, ignore_errors=True)
    places = (top / "compiled", top / "made")
    for place in places:
        place.mkdir(parents=True, exist_ok=True)
    return places


def built_site(folder: Path, name: str) -> Path:
    """Output of a case; its sources lie beside it."""
    lay_site(folder, name)
    assert build_folder(folder, folder / "out") == (0, [])
    return folder / "out"


def tree_of(folder: Path) -> dict[str, bytes]:
    """All files of a folder: path → bytes. Plain texts: objects for paths take as long as the reading."""
    found: dict[str, bytes] = {}
    for here, _, names in os.walk(folder):
        base = here[len(str(folder)) + 1:].replace(os.sep, "/")
        for name in names:
            with open(f"{here}/{name}", "rb", buffering=0) as file:  # noqa: PTH123
                found[f"{base}/{name}" if base else name] = file.readall()
    return dict(sorted(found.items()))


RENEW = os.environ.get("PROZORA_RENEW") == "1"
