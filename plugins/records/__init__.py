"""What all records share: read, check, link, report problems; Markdown; relations, boxes and page models.

Gives every reader the same certainty: what stands on the site has passed one door, and what did not pass is named with
its file and line.
"""

from __future__ import annotations

from .colours import contrast, mixed
from .frozen import frozen
from .hidden import without_hidden
from .kept import kept
from .library import FileUse, Library, Trace
from .link import dead_links, render_text
from .markdown import BadLink, plain
from .model import (
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
    Place,
    Record,
    Source,
    marks,
)
from .output import OutputFile, Refused
from .page import Box, Card, Citing, Deferred, Group, Link, PageModel, may_cite, slices
from .read import (
    Reading,
    field_title,
    located,
    read_all,
    read_text,
    separator_of,
    shown_path,
    table_cells,
    table_rows,
    unique,
)
from .registry import (
    REGISTRY,
    Axis,
    Registry,
    View,
    add_pages,
    add_to_each,
    at_end,
    box,
    describe_site,
    find_citations,
    index_by,
    know,
    load_rooms,
    mapping,
    offer,
    print_pictures,
    publish,
    read_settings,
    remember,
    reset,
    show_samples,
    template_globals,
    view,
)
from .report import CODES, Code, Finding, Problem, Report, Weight, code
from .shelf import Seen, newness
from .typesetting import set_words
from .values import (
    Amount,
    Asset,
    Cites,
    Colour,
    Day,
    Form,
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
    "CODES", "REGISTRY", "Amount", "Asset", "Axis", "BadLink", "Box", "Card", "Cites", "Citing", "Code", "Colour",
    "Day", "Deferred", "Document", "FilePath", "FileUse", "Finding", "Form", "Group", "Hour", "Image", "ImagePath",
    "LegalBasis", "Library", "Line", "Lines", "Link", "Markdown", "Moment", "Offset", "OrganizationId", "OutputFile",
    "PageModel", "Part", "Place", "Problem", "Prose", "Reading", "Record", "Refused", "Registry", "Report", "Seen",
    "Source", "Term", "To", "Trace", "Truth", "View", "WebAddress", "Weight", "Whole", "add_pages", "add_to_each",
    "at_end", "box", "code", "contrast", "dead_links", "describe_site", "field_title", "find_citations", "frozen",
    "index_by", "kept", "know", "load_rooms", "located", "mapping", "marks", "may_cite", "mixed", "newness", "offer",
    "plain", "print_pictures", "publish", "read_all", "read_settings", "read_text", "remember", "render_text", "reset",
    "separator_of", "set_words", "show_samples", "shown_path", "slices", "table_cells", "table_rows",
    "template_globals", "unique", "view", "without_hidden",
]


def register() -> None:
    """Nothing to connect: the rooms below call these functions."""
