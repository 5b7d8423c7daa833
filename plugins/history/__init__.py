"""Історія оприлюднень: when a document, or a part of it, was first public, how that is known, and what changed since.

Gives the reader a moment of publication that is more than the editor's word: the record of a deployment, or the commit
with which the document came to the published branch.
"""

from __future__ import annotations

from plugins.records import at_end, publish, remember

from .blobs import close
from .deployments import DEPLOYMENTS
from .intake import open_past
from .logged import AUTHORITIES
from .roles import SIGNERS, RoleList


def register() -> None:
    """Connect what happened before a build with the library of the build."""
    publish(RoleList)
    remember(open_past, f"data/{DEPLOYMENTS}", f"data/{AUTHORITIES}", f"data/{SIGNERS}")
    at_end(close)
