"""Words on their way to a page: plain ones and those that already hold links."""

from __future__ import annotations

from markupsafe import Markup

from plugins.ukrainian import typeset, typeset_html


def set_words(text: str) -> str:
    """The typographer for the words of a field, with links in them (Markup) or without."""
    return Markup(typeset_html(text)) if isinstance(text, Markup) else typeset(text)  # noqa: S704 — clean as it came
