"""Rendered texts that wait for their pages in a file: those of ten years would fill the memory of a worker."""

from __future__ import annotations

import pickle
import tempfile
from pathlib import Path

from markupsafe import Markup

from plugins.records import Record


class Texts:
    """Puts the texts of records aside and gives them back. The file has no name and goes with the worker."""

    def __init__(self, cache: Path) -> None:
        """`cache`: the folder of caches lies on a disk, which is not sure of that of temporary files."""
        self._file = tempfile.TemporaryFile(dir=cache if cache.is_dir() else None)  # noqa: SIM115 — as long as the worker lives
        self._places: dict[tuple[str, str], tuple[int, int]] = {}

    def put(self, record: Record) -> None:
        """Put the texts of a record aside. Errors: OSError (the disk)."""
        if record._html:
            words = pickle.dumps({path: str(html) for path, html in record._html.items()}, pickle.HIGHEST_PROTOCOL)
            self._places[record.kind, record.key] = self._file.seek(0, 2), len(words)
            self._file.write(words)
            record._html.clear()

    def give_back(self, record: Record) -> bool:
        """Give the texts of a record back; False if they were never here."""
        if (place := self._places.get((record.kind, record.key))) is None:
            return False
        self._file.seek(place[0])
        texts = pickle.loads(self._file.read(place[1]))  # noqa: S301 — written by this process
        record._html.update((path, Markup(html)) for path, html in texts.items())  # noqa: S704 — it was clean
        return True
