"""What all records share: read, check, link, report problems; Markdown; relations, boxes and page models.

Gives every reader the same certainty: what stands on the site has passed one door, and what did not pass is named with
its file and line.
"""

from __future__ import annotations

from .colours import contrast, mixed
from .frozen import frozen
from .link import FileUse, Library, dead_links, link, newness, render_text
from .markdown import BadLink, plain
from .model import (
    Document,
    FilePath,
    Image,
    LegalBasis,
    Line,
    Lines,
    Markdown,
    OrganizationId,
    Part,
    Place,
    Record,
    Source,
    marks,
)
from .output import OutputFile, OutputFolder
from .page import Box, Card, Link, PageModel, slices
from .read import located, read_all, read_text, separator_of, shown_path, table_rows, unique
from .registry import (
    REGISTRY,
    Registry,
    add_pages,
    box,
    describe_site,
    load_rooms,
    offer,
    print_pictures,
    publish,
    reset,
    template_globals,
)
from .report import CODES, Code, Finding, Problem, Report, Weight, code
from .values import (
    Amount,
    Asset,
    Colour,
    Day,
    Hour,
    Moment,
    Offset,
    Prose,
    Term,
    To,
    Truth,
    WebAddress,
    Whole,
)

__all__ = [
    "CODES", "REGISTRY", "Amount", "Asset", "BadLink", "Box", "Card", "Code", "Colour", "Day", "Document",
    "FilePath", "FileUse", "Finding", "Hour", "Image", "LegalBasis", "Library", "Line", "Lines", "Link", "Markdown",
    "Moment", "Offset", "OrganizationId", "OutputFile", "OutputFolder", "PageModel", "Part", "Place", "Problem",
    "Prose", "Record", "Registry", "Report", "Source", "Term", "To", "Truth", "WebAddress", "Weight", "Whole",
    "add_pages", "box", "code", "contrast", "dead_links", "describe_site", "frozen", "link", "load_rooms", "located",
    "marks", "mixed", "newness", "offer", "plain", "print_pictures", "publish", "read_all", "read_text", "render_text",
    "reset", "separator_of", "shown_path", "slices", "table_rows", "template_globals", "unique",
]


def register() -> None:
    """Nothing to connect: the rooms below call these functions."""
