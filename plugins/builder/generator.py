"""The one class that meets Pelican, in Pelican's own moments.

Pelican's article, page and static generators stay idle; its settings, theme look-up, Jinja environment and signals
are used for whole builds. An update of a few pages reads the same settings and does without (`run.py`).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pelican.generators import Generator

from .making import Making, Theme


class SiteGenerator(Generator):  # type: ignore[misc]
    """Pelican asks for the context, then for the output."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.making = Making(self.settings["PROZORA_RUN"], Theme(
            Path(self.theme), self.env.loader, self.settings["JINJA_ENVIRONMENT"], self.env.filters))

    def generate_context(self) -> None:
        """read and check."""
        self.making.read()

    def generate_output(self, writer: Any) -> None:
        """link, compose, print, index."""
        self.making.make()


def get_generators(_pelican: Any) -> type[SiteGenerator]:
    """Pelican's question which generators we add."""
    return SiteGenerator
