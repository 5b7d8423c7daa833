"""What other rooms may use of open data: the council as structured data for the home page."""

from __future__ import annotations

from .jsonld import council_box

__all__ = ["council_box"]
