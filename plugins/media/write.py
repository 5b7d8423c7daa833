"""write: the pictures that pages asked for → files.

Encoded bytes are kept in the cache folder under the name that holds their digest; the cache is only a cache.
"""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path

from plugins.records import OutputFile

from .encode import make
from .kept import kept
from .model import Rendition


def picture(path: str, rendition: Rendition, cache: Path) -> OutputFile:
    """The file of a rendition that some page uses."""
    return OutputFile(path, path, partial(_cached, rendition, cache / "media"), is_heavy=True)


def _cached(rendition: Rendition, folder: Path) -> bytes:
    return kept(folder / re.sub(r"[^\w.-]", "-", rendition.path.removeprefix("media/")), partial(make, rendition))
