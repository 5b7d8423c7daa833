"""Salts of commitments: a file a document, beside the log and never in it; public while the document is.

To destroy a salt is to make the commitment in the log say nothing: without its 16 random bytes nobody can try out texts
against it. The proofs of all other entries stay as they are.
"""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from .faults import Fault
from .files import write_whole
from .leaves import NAME, SALT_BYTES, Leaf, canonical, commit_to, leaf, root_over
from .strict import decimal

SALT = re.compile(rf"[0-9a-f]{{{2 * SALT_BYTES}}}")


@dataclass(frozen=True)
class Salts:
    """The salts of one revision; of attachments by their names."""

    doc: bytes
    path: bytes
    commit: bytes
    files: Mapping[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True)
class Source:
    """What a revision commits to: the bytes of the source, its path, the id of the commit, the attachments by name."""

    content: bytes
    path: str
    commit: str
    files: Mapping[str, bytes] = field(default_factory=dict)


def new_salts(files: tuple[str, ...] = ()) -> Salts:
    doc, path, commit = (secrets.token_bytes(SALT_BYTES) for _ in range(3))
    return Salts(doc, path, commit, {name: secrets.token_bytes(SALT_BYTES) for name in files})


def commitments(source: Source, salts: Salts) -> dict[str, str]:
    """The values of a revision's leaf: `c`, `path`, `commit` and, where there are attachments, `files`."""
    if source.files.keys() != salts.files.keys():
        raise Fault("salt", ", ".join(sorted(source.files.keys() ^ salts.files.keys())))
    found = {"c": commit_to("doc", salts.doc, source.content),
             "path": commit_to("path", salts.path, source.path.encode()),
             "commit": commit_to("commit", salts.commit, source.commit.encode())}
    if source.files:
        found["files"] = root_over([commit_to("file", salts.files[name], source.files[name])
                                    for name in sorted(source.files)])
    return found


def revision(kind: str, by: str, seen: str, doc: str, n: int, source: Source, salts: Salts,
             **more: int | str) -> Leaf:
    """The leaf of one revision of a document."""
    return leaf(kind, by, seen, doc=doc, n=n, **commitments(source, salts), **more)


def is_committed(entry: Leaf, source: Source, salts: Salts) -> bool:
    """Whether a leaf is of exactly this source."""
    found = commitments(source, salts)
    return dict(entry.values).items() >= found.items() and ("files" in found) == ("files" in dict(entry.values))


def read_salts(folder: Path, doc: str) -> dict[int, Salts]:
    """The salts of a document by the number of the revision; those destroyed are not there."""
    path = _path(folder, doc)
    if not path.is_file():
        return {}
    content = path.read_bytes()
    try:
        found = json.loads(content)
        if canonical(found) + b"\n" != content:
            raise Fault("salt", doc)
        return {decimal(number): Salts(_salt(one["doc"]), _salt(one["path"]), _salt(one["commit"]),
                                       {name: _salt(salt) for name, salt in one["files"].items()})
                for number, one in found.items()}
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, Fault):
        raise Fault("salt", doc) from None


def keep_salts(folder: Path, doc: str, salts: Mapping[int, Salts]) -> None:
    """Write the salts of a document; without any, the file goes."""
    path = _path(folder, doc)
    if not salts:
        path.unlink(missing_ok=True)
        return
    found: dict[str, object] = {
        str(number): {"doc": one.doc.hex(), "path": one.path.hex(), "commit": one.commit.hex(),
                      "files": {name: salt.hex() for name, salt in one.files.items()}}
        for number, one in salts.items()}
    write_whole(path, canonical(found) + b"\n")


def destroy_salts(folder: Path, doc: str, number: int) -> None:
    """Erase one revision: the bytes are overwritten before the file is written anew without it.

    The history of the repository that holds the salts has to be rewritten too: a file that git remembers is not erased.
    """
    salts = read_salts(folder, doc)
    salts.pop(number, None)
    path = _path(folder, doc)
    if path.is_file():
        path.write_bytes(b"\0" * path.stat().st_size)
    keep_salts(folder, doc, salts)


def _path(folder: Path, doc: str) -> Path:
    if not NAME.fullmatch(doc):
        raise Fault("salt", doc[:80])
    return folder / f"{doc}.json"


def _salt(text: str) -> bytes:
    if not SALT.fullmatch(text):
        raise Fault("salt")
    return bytes.fromhex(text)
