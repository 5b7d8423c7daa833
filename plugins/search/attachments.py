"""The words in a document's files: what of them is searched as further sections of the document's page."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from pathlib import Path

from plugins.media.model import attachment_text
from plugins.records import BadLink, Document, Library, PageModel, Record


def attached(page: PageModel, record: Record | None, library: Library, cache: Path) -> tuple[str, ...]:
    """HTML of each file with words: its title as a heading, a paragraph for each line. `cache`: that of the build.

    Files belong to the document's own page; those of a withdrawn document are not there any more.
    """
    if not isinstance(record, Document) or page.url != record.url or record.withdrawn:
        return ()
    return tuple(_texts(record, library, cache))


def _texts(document: Document, library: Library, cache: Path) -> Iterator[str]:
    for item in document.files:
        if item.path is None:
            continue
        try:
            text = attachment_text(library.file_of(document, item.path), cache)
        except BadLink:  # told where the file is linked
            continue
        if text:
            yield f"<h2>{escape(item.title)}</h2>{''.join(f'<p>{escape(line)}</p>' for line in text.splitlines())}"
