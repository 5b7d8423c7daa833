"""Which file of a commit is the same document under another name.

Git guesses by likeness; two drafts of one council are alike, and a text that moved into a file of its own is not. So a
document is the same if its identifier is (`12-p-….yml` → `12-p-…/index.yml`), or if nothing in it changed; what came
instead of another document is a new one, and has no part in the other's evidence.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from plugins.records.read import identifier_of

from .commits import Change

ID = re.compile(rb"^id:[ \t]*[\"']?([\w.-]+)", re.M)
BESIDE = re.compile(r"(?:text|note|minutes|annex-\d+)\.md")
"""Files that belong to the document of their folder."""


def same_documents(changes: Sequence[Change], read: Callable[[str], bytes]) -> Iterator[Change]:
    """The changes of one commit, each with the origin that it has in truth. `read`: the content of a blob."""
    gone = {change.path: change for change in changes if change.status == "D" and _home(change.path)}
    if not gone:
        yield from changes
        return
    origins = _origins([change for change in changes if change.status != "D"], gone, read)
    for change in changes:
        if change.path in origins:
            yield replace(change, status="M", origin=origins[change.path])
        elif change.origin and (_home(change.path) or _name(change.path) != _name(change.origin)):
            yield replace(change, status="A", origin="")
        else:
            yield change


def _origins(come: Sequence[Change], gone: dict[str, Change], read: Callable[[str], bytes]) -> dict[str, str]:
    """New path → former path of the documents that were moved: by their names, by `id:`, else if nothing changed."""
    found: dict[str, str] = {}
    taken: set[str] = set()
    new = {change.path: change for change in come if (change.origin or change.status == "A") and _home(change.path)}
    for name_of in (_home, lambda path: _stated(gone.get(path) or new[path], read)):
        if rest := [path for path in new if path not in found]:
            left = {name: path for path in gone if path not in taken and (name := name_of(path))}
            found |= {path: left.pop(name) for path in rest if (name := name_of(path)) in left}
            taken = set(found.values())
    for path, change in new.items():
        if path not in found and change.origin not in taken and change.origin in gone and change.blob == change.former:
            found[path] = change.origin
    return found


def _home(path: str) -> tuple[str, str] | None:
    """(the folder a document lies in, its identifier) of the file that holds its head; None for other files."""
    folder, _, name = path.rpartition("/")
    stem, _, suffix = name.rpartition(".")
    if suffix not in ("yml", "md") or BESIDE.fullmatch(name):
        return None
    if stem == "index":
        folder, _, stem = folder.rpartition("/")
    return folder, identifier_of(stem)


def _name(path: str) -> str:
    return path.rpartition("/")[2]


def _stated(change: Change, read: Callable[[str], bytes]) -> tuple[str, str] | None:
    """(the folder of its kind, the identifier that its head states)."""
    stated = ID.search(read(change.blob or change.former))
    return (change.path.partition("/")[0], stated[1].decode("utf-8", "replace")) if stated else None
