"""Openings of commitments: a file a document, beside the log and never in it; public while the document is.

An opening has the salts of a revision and, in clear, what a verifier needs to find the rest: the path, the commit, the
names of the files. To destroy it is to make the commitments in the log say nothing: without 16 random bytes nobody can
try out texts, paths or commits against them. The proofs of all other entries stay as they are.

    docs/<doc>.json       {"<n>":{"commit":"<id of git>","files":{"<name beside the source>":"<salt>",…},
                           "path":"<from the top of the site>","salts":{"commit":…,"doc":…,"path":…}},…}
    policies/<what>.json  {"<n>":{"commit":"<id of git, or nothing>","path":"…","salt":"<salt>"},…}
Each is one line of canonical JSON; salts are hex. After a declared rewrite of the history an opening names the new
commit, and its salt for the commit is empty: the old id was made of what had to be forgotten; nothing may lead to it.
"""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from .faults import Fault
from .files import write_whole
from .leaves import NAME, SALT_BYTES, Leaf, canonical, commit_to, leaf, root_over
from .strict import decimal

SALT = re.compile(rf"[0-9a-f]{{{2 * SALT_BYTES}}}")
COMMIT = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
NO_COMMIT = ""
"""Of a source whose commit nobody opens."""
DOCUMENTS = "docs/"
POLICIES = "policies/"
LONGEST_PATH = 1024
LARGEST_FILE = 16_000_000
"""Bytes of a file of openings that are read at most."""
Opened = TypeVar("Opened", "Opening", "PolicyOpening")


@dataclass(frozen=True)
class Salts:
    """The salts of one revision; of attachments by their names. `commit` is empty once the commit was rewritten."""

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


@dataclass(frozen=True)
class Opening:
    """What opens the leaf of one revision: where its source was, in which commit, and the salts (of files by name).

    `is_rewritten`: the leaf is of the former id of this commit, which nothing opens any more.
    """

    path: str
    commit: str
    salts: Salts

    def __post_init__(self) -> None:
        if not COMMIT.fullmatch(self.commit) or not all(map(is_plain_path, (self.path, *self.salts.files))):
            raise Fault("salt", self.path)

    @property
    def is_rewritten(self) -> bool:
        return not self.salts.commit

    def source(self, content: bytes, files: Mapping[str, bytes] | None = None) -> Source:
        """What the leaf must be of, once the bytes were read from git."""
        return Source(content, self.path, self.commit, files or {})


@dataclass(frozen=True)
class PolicyOpening:
    """What opens a policy event. `commit` and `path` say where to find the bytes; the log itself keeps its policy, and
    the commit is empty then.
    """

    path: str
    commit: str
    salt: bytes

    def __post_init__(self) -> None:
        if not is_plain_path(self.path) or not (COMMIT.fullmatch(self.commit) or not self.commit):
            raise Fault("salt", self.path)


def is_plain_path(path: str) -> bool:
    """A path below some folder, as git writes it: it leads nowhere else and hides nothing."""
    return 0 < len(path) <= LONGEST_PATH and path.isprintable() and "\\" not in path and not path.startswith("/") \
        and not {"", ".", ".."} & set(path.split("/"))


def new_salts(files: tuple[str, ...] = ()) -> Salts:
    doc, path, commit = (secrets.token_bytes(SALT_BYTES) for _ in range(3))
    return Salts(doc, path, commit, {name: secrets.token_bytes(SALT_BYTES) for name in files})


def commitments(source: Source, salts: Salts) -> dict[str, str]:
    """The values of a revision's leaf: `c`, `path`, `commit` (unless it was rewritten) and, of attachments, `files`."""
    if source.files.keys() != salts.files.keys():
        raise Fault("salt", ", ".join(sorted(source.files.keys() ^ salts.files.keys())))
    found = {"c": commit_to("doc", salts.doc, source.content),
             "path": commit_to("path", salts.path, source.path.encode())}
    if salts.commit:
        found["commit"] = commit_to("commit", salts.commit, source.commit.encode())
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


def read_openings(folder: Path, doc: str) -> dict[int, Opening]:
    """The openings of a document by the number of the revision, `folder` that of the salts; destroyed ones are gone."""
    return _read(_path(folder, DOCUMENTS, doc), doc, parse_openings)


def read_policy_openings(folder: Path, what: str) -> dict[int, PolicyOpening]:
    """The openings of the versions of a policy."""
    return _read(_path(folder, POLICIES, what), what, parse_policy_openings)


def parse_openings(content: bytes) -> dict[int, Opening]:
    """A file of `docs/`; a `Fault` for anything that is not exactly one."""
    return _parse(content, parse_opening)


def parse_policy_openings(content: bytes) -> dict[int, PolicyOpening]:
    """A file of `policies/`."""
    return _parse(content, _policy_opening)


def plain_opening(one: Opening) -> dict[str, object]:
    """An opening as JSON has it."""
    salts = one.salts
    return {"commit": one.commit, "path": one.path, "files": {name: salt.hex() for name, salt in salts.files.items()},
            "salts": {"commit": salts.commit.hex(), "doc": salts.doc.hex(), "path": salts.path.hex()}}


def parse_opening(one: Any) -> Opening:
    """The opening that JSON has; a `Fault` for anything else."""
    try:
        salts = one["salts"]
        _only(one, "commit", "files", "path", "salts")
        _only(salts, "commit", "doc", "path")
        return Opening(one["path"], one["commit"],
                       Salts(_salt(salts["doc"]), _salt(salts["path"]),
                             _salt(salts["commit"]) if salts["commit"] != "" else b"",
                             {name: _salt(salt) for name, salt in one["files"].items()}))
    except (KeyError, TypeError, AttributeError):
        raise Fault("salt") from None


def keep_openings(folder: Path, doc: str, openings: Mapping[int, Opening], *, is_synced: bool = True) -> None:
    """Write the openings of a document; without any, the file goes."""
    _keep(_path(folder, DOCUMENTS, doc), {number: plain_opening(one) for number, one in openings.items()}, is_synced)


def keep_policy_openings(folder: Path, what: str, openings: Mapping[int, PolicyOpening]) -> None:
    """Write the openings of a policy."""
    _keep(_path(folder, POLICIES, what), {number: {"commit": one.commit, "path": one.path, "salt": one.salt.hex()}
                                          for number, one in openings.items()})


def overwrite(file: Path) -> None:
    """Zeroes in place of the bytes, before the file is written anew or goes.

    The history of the repository that holds it has to be rewritten too: a file that git remembers is not erased.
    """
    if file.is_file():
        file.write_bytes(b"\0" * file.stat().st_size)


def _read(path: Path, name: str, parse: Callable[[bytes], dict[int, Opened]]) -> dict[int, Opened]:
    if not path.is_file():
        return {}
    with path.open("rb") as stream:
        content = stream.read(LARGEST_FILE + 1)
    try:
        return parse(content)
    except Fault:
        raise Fault("salt", name) from None


def _parse(content: bytes, opening: Callable[[Any], Opened]) -> dict[int, Opened]:
    try:
        found = json.loads(content) if len(content) <= LARGEST_FILE else None
        if not isinstance(found, dict) or not found or canonical(found) + b"\n" != content or "0" in found:
            raise Fault("salt")
        return {decimal(number): opening(one) for number, one in found.items()}
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, Fault):
        raise Fault("salt") from None


def _policy_opening(one: Any) -> PolicyOpening:
    _only(one, "commit", "path", "salt")
    return PolicyOpening(one["path"], one["commit"], _salt(one["salt"]))


def _only(one: Mapping[str, object], *names: str) -> None:
    if one.keys() != set(names):
        raise Fault("salt")


def _keep(path: Path, openings: Mapping[int, object], is_synced: bool = True) -> None:
    if not openings:
        path.unlink(missing_ok=True)
        return
    write_whole(path, canonical({str(number): one for number, one in openings.items()}) + b"\n", is_synced=is_synced)


def _path(folder: Path, kind: str, name: str) -> Path:
    if not NAME.fullmatch(name):
        raise Fault("salt", name[:80])
    return folder / kind / f"{name}.json"


def _salt(text: str) -> bytes:
    if not SALT.fullmatch(text):
        raise Fault("salt")
    return bytes.fromhex(text)
