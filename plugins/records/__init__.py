"""What all records share: read, check, link, report problems; Markdown; relations, boxes and page models.

Gives every reader the same certainty: what stands on the site has passed one door, and what did not pass is named with
its file and line.
"""

from __future__ import annotations

from .colours import contrast, mixed
from .link import FileUse, Library, dead_links, link, newness, render_text
from .markdown import BadLink, Context, plain, render
from .model import (
    Attachment,
    Change,
    ChangeKind,
    Document,
    FilePath,
    Image,
    ImagePath,
    LegalBasis,
    Line,
    Lines,
    Markdown,
    OrganizationId,
    Part,
    PersonId,
    Place,
    Record,
    Source,
    Withdrawal,
    marks,
)
from .output import OutputFile, OutputFolder
from .page import Box, Card, Link, PageModel, Slice, slices
from .read import located, read_all, read_text, shown_path, table_rows, unique
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
from .report import CODES, Code, Finding, Problem, Report, Weight, as_github, as_json, as_text, code, explain
from .values import (
    Amount,
    Asset,
    Colour,
    Day,
    Hour,
    Identifier,
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
    "CODES", "REGISTRY", "Amount", "Asset", "Attachment", "BadLink", "Box", "Card", "Change", "ChangeKind", "Code",
    "Colour", "Context", "Day", "Document", "FilePath", "FileUse", "Finding", "Hour", "Identifier", "Image",
    "ImagePath", "LegalBasis", "Library", "Line", "Lines", "Link", "Markdown", "Moment", "Offset", "OrganizationId",
    "OutputFile", "OutputFolder", "PageModel", "Part", "PersonId", "Place", "Problem", "Prose", "Record", "Registry",
    "Report", "Slice", "Source", "Term", "To", "Truth", "WebAddress", "Weight", "Whole", "Withdrawal", "add_pages",
    "as_github", "as_json", "as_text", "box", "code", "contrast", "dead_links", "describe_site", "explain", "link",
    "load_rooms", "located", "marks", "mixed", "newness", "offer", "plain", "print_pictures", "publish", "read_all",
    "read_text", "render", "render_text", "reset", "shown_path", "slices", "table_rows", "template_globals",
    "unique",
]


def register() -> None:
    """Nothing to connect: the rooms below call these functions."""
