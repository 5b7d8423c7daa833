"""Історія оприлюднень: when a document, or a part of it, was first public, how that is known, and what changed since.

Gives the reader a moment of publication that is more than the editor's word: the record of a deployment, or the commit
with which the document came to the published branch.
"""

from __future__ import annotations

from plugins.records import add_pages, add_to_each, at_end, box, offer, publish, remember, view

from . import months, pages
from .blobs import close
from .deployments import DEPLOYMENTS
from .intake import open_past
from .logged import AUTHORITIES
from .redactions import Redaction
from .roles import SIGNERS, RoleList


def register() -> None:
    """Connect what happened before a build with the library of the build, and its pages with the records."""
    remember(open_past, f"data/{DEPLOYMENTS}", f"data/{AUTHORITIES}", f"data/{SIGNERS}")
    publish(RoleList)
    publish(Redaction)
    box("aside", (), pages.passport_box)
    box("tasks", ("council",), months.box)
    add_to_each(pages.pages_of)
    view(*months.views())
    add_pages(months.pages)
    offer(months.files)
    at_end(close)
