"""Історія оприлюднень: when a document, or a part of it, was first public, how that is known, and what changed since.

Gives the reader a moment of publication that is more than the editor's word, with the grade of its evidence; a timeline
of every document with each change word by word; and the passport that says it in one sentence on the document's page.
What is known (the database lives beside the other caches and grows by what is new):
  commits.py moves.py heads.py blobs.py    one pass of `git log`: which file became what; what its head said; contents
  deployments.py logged.py proven.py    what the publishing machine noted; what the log proves (room `proof`)
  past.py intake.py    the database, and how it is brought up to date
What follows from it:
  shown.py steps.py    the first revision that the public could see; all revisions, numbered once for all who count them
  moments.py model.py    what commits tell of a part of a document; of all evidence, what counts: moment and grade
What readers see of it:
  parts.py wording.py comparing.py texts.py    a revision in fields and texts, in words; two of them side by side
  editions.py pages.py months.py write.py    the timeline, full texts, the passport; changes by months; feeds, JSON
  redactions.py roles.py    registers: whose text is not shown, and why; who may change what
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
