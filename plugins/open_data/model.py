"""What other rooms may use of open data."""

from .jsonld import council_box

__all__ = ["council_box"]
