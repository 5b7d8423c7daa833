"""write: the pictures that pages asked for → files. Their names hold the digest of all that they are made from."""

from __future__ import annotations

from functools import partial

from plugins.records import OutputFile

from .encode import make
from .model import Rendition


def picture(path: str, rendition: Rendition) -> OutputFile:
    """The file of a rendition that some page uses."""
    return OutputFile(path, rendition.digest or path, partial(make, rendition), is_heavy=True,
                      may_refuse=rendition.may_refuse)
