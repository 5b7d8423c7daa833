"""Which file of a commit is the same document under another name.

Likeness proves nothing: two drafts of one council are alike, and a text that moved into a file of its own is not. So a
document is the same if its identifier is (`12-p-….yml` → `12-p-…/index.yml`), or if nothing in it changed; what came
instead of another document is a new one, and has no part in the other's evidence. Files beside go with their document.
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
INDEXES = ("index.yml", "index.md")
"""The head of a document that is a folder."""


def same_documents(changes: Sequence[Change], read: Callable[[str], bytes]) -> Iterator[Change]:
    """The changes of one commit; those of documents that were moved tell from where. `read`: the content of a blob."""
    gone = {change.path: change for change in changes if change.status == "D"}
    heads = {path: change for path, change in gone.items() if home(path)}
    if not heads:
        yield from changes
        return
    origins = _origins({change.path: change for change in changes if change.status == "A" and home(change.path)},
                       heads, read)
    folders = {_folder(path): _folder(origin) for path, origin in origins.items() if _is_index(path)
               and _is_index(origin)}
    for change in changes:
        origin = origins.get(change.path, "")
        if change.status == "A" and not origin and (folder := folders.get(_folder(change.path))):
            origin = f"{folder}/{_name(change.path)}"
        yield replace(change, status="M", origin=origin) if origin in gone else change


def _origins(new: dict[str, Change], gone: dict[str, Change], read: Callable[[str], bytes]) -> dict[str, str]:
    """New path → former path of the documents that were moved: by their names, by `id:`, else if nothing changed."""
    found: dict[str, str] = {}
    for name_of in (home, lambda path: _stated(gone.get(path) or new[path], read),
                    lambda path: (gone.get(path) or new[path]).blob or gone[path].former):
        taken = set(found.values())
        if rest := [path for path in new if path not in found]:
            left = {name: path for path in gone if path not in taken and (name := name_of(path))}
            found |= {path: left.pop(name) for path in rest if (name := name_of(path)) in left}
    return found


def home(path: str, stated: str = "") -> str:
    """The folder a document lies in and its identifier, of the file that holds its head; "" for other files.

    `stated`: the identifier that its head states.
    """
    folder, _, name = path.rpartition("/")
    stem, _, suffix = name.rpartition(".")
    if suffix not in ("yml", "md") or BESIDE.fullmatch(name):
        return ""
    if stem == "index":
        folder, _, stem = folder.rpartition("/")
    return f"{folder}/{stated or identifier_of(stem)}"


def stated_id(content: bytes) -> str:
    """The identifier that a document's head states; "" where it leaves that to its name."""
    stated = ID.search(content)
    return stated[1].decode("utf-8", "replace") if stated else ""


def _is_index(path: str) -> bool:
    return _name(path) in INDEXES


def _folder(path: str) -> str:
    return path.rpartition("/")[0]


def _name(path: str) -> str:
    return path.rpartition("/")[2]


def _stated(change: Change, read: Callable[[str], bytes]) -> str:
    """The folder of its kind, and the identifier that its head states."""
    stated = stated_id(read(change.blob or change.former))
    return f"{change.path.partition('/')[0]}/{stated}" if stated else ""
