"""Who runs which tests: a file goes to one worker, and what takes long goes first.

Files build a site, start a browser or make an environment once for all of their tests, so that two workers with half
of a file each would pay twice; and no worker ought to begin a minute's work when the other has just finished.
"""

from __future__ import annotations

from typing import Any

import pytest

LONG = (
    "tests/test_site.py", "tests/plugins/builder/test_incremental.py", "tests/plugins/search/test_browser.py",
    "tests/plugins/votes/test_imports.py", "tests/test_workflows.py", "tests/plugins/greetings/test_letter.py",
    "tests/plugins/events/test_posters.py", "tests/plugins/documents/test_forms.py",
    "tests/plugins/search/test_upkeep.py", "tests/plugins/audit/test_tampering.py", "tests/test_bench.py",
    "tests/test_tasks.py", "tests/test_invalid_sites.py", "tests/plugins/builder/test_output.py",
    "tests/plugins/builder/test_identity.py", "tests/plugins/open_data/test_tables.py",
    "tests/plugins/builder/test_serve.py", "tests/test_publication.py", "tests/plugins/meetings/test_minutes_form.py",
    "tests/plugins/audit/test_whole_site.py", "tests/theme/test_browser.py", "tests/test_content.py",
)
"""Files of ten seconds and more, the longest first; the order of all others does not matter.

What waits for another worker stands apart from it: workflows and commands share an environment.
"""


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes long."""
    rank = {name: number for number, name in enumerate(LONG)}
    items.sort(key=lambda item: rank.get(file_of(item.nodeid), len(LONG)))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """pytest-xdist asks how to spread the tests; a way that was asked for (`--dist`) is taken."""
    if config.getoption("dist") != "load":
        return None
    from xdist.scheduler import LoadFileScheduling

    config.option.loadscopereorder = False  # it would begin with the files of most tests
    return LoadFileScheduling(config, log)


def file_of(nodeid: str) -> str:
    return nodeid.partition("::")[0]
