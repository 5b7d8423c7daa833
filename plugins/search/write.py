"""index: pages with a text → the folder `pagefind/`, made by Pagefind's command line from one small file a page."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from importlib.metadata import version
from typing import Any

from plugins.records import OutputFolder

from . import pagefind

FOLDER = "pagefind"


def index(composed: Any) -> Iterator[OutputFolder]:
    """The search index; nothing with `--no-search` or on a site without texts."""
    found = tuple(entry for _, entry in composed.facts("search"))
    if found:
        yield OutputFolder(FOLDER, (version("pagefind-bin"), found), partial(pagefind.build, found))
