"""The auditor's kit as a file of the site."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from plugins.history.model import log_of
from plugins.people.model import Council
from plugins.records import Library, OutputFile

from .kit import kit
from .pages import KIT


def files(site: Any) -> Iterator[OutputFile]:
    """The kit, where a log is kept."""
    library: Library = site.library
    if log := log_of(library):
        council = library.only(Council)
        inputs = (log, council.name, library.site_url, council.source_url or "")
        yield OutputFile(KIT.lstrip("/"), inputs, partial(kit, *inputs))
