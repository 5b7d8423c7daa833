"""index: what is known of pages → the folder `search/`: our index for Ukrainian, Pagefind's for other languages.

The builder opens a session, asks it in its workers what the index knows of a page, gives it the pages of this build,
and writes what comes out. What was taken in before is not worked out again.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import tempfile
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import cache
from pathlib import Path

from plugins import ukrainian
from plugins.records import Library, PageModel
from plugins.ukrainian import dictionary_version

from . import pagefind
from .files import hash_of
from .index import Making
from .model import Entry, ForPagefind, Known, entry
from .state import as_os_errors, forget, head, is_sealed, open_state, seal, seal_again, set_head
from .synonyms import Synonyms, synonyms_of
from .wording import Wording, from_text, to_text, wording_of

FOLDER = "search"
CODE = (Path(__file__).parent, Path(ukrainian.__file__).parent)
"""The packages whose modules make the index."""


def inputs_of(synonyms: Synonyms) -> str:
    """One digest of all that an index is made of beside the pages: with another one, everything is taken in anew."""
    from importlib.metadata import version  # it loads what reads e-mail

    makers = [version(name) for name in ("pagefind-bin", "deflate")]
    return _digest(repr((code_digest(), dictionary_version(), makers, synonyms)).encode())


@cache
def code_digest() -> str:
    """Of what turns pages into words and words into files."""
    return _digest(b"".join(file.read_bytes() for package in CODE for file in sorted(package.iterdir())
                            if file.suffix in (".py", ".txt")))


def _digest(content: bytes) -> str:
    return hashlib.blake2b(content, digest_size=16).hexdigest()


class Session:
    """One build's work on the index (`plugins.records.registry.Index`). Errors of all that asks the state: OSError."""

    def __init__(self, place: Path, mark: str, synonyms: Synonyms, cache: Path) -> None:
        """`place`: the state; `mark`: of the index in the output, empty for none; `cache`: that of the build."""
        self.cache = cache
        self.place, self._is_sealed = place, is_sealed(place)
        self.db = open_state(place, inputs_of(synonyms))
        self.wording = self._wording(synonyms)
        self.is_whole = not mark or self._mark() != mark
        """True if all files are to be written: those in the output are not of this state."""
        self.known: dict[str, str] = dict(self.db.execute("select path, digest from page").fetchall())
        self.making = Making(self.db, self.wording, is_whole=self.is_whole)
        self._languages: set[str] = set()

    def _wording(self, synonyms: Synonyms) -> Wording:
        if not head(self.db, "wording"):
            set_head(self.db, wording=to_text(wording_of(synonyms)))
        return from_text(head(self.db, "wording"))

    # ----------------------------------------------------------------------- in the workers

    def fact(self, page: PageModel, library: Library) -> Entry | Known | None:
        """What the index must know of a page; `Known` if it does; None if it is not searched."""
        return entry(page, library, self.wording.spellings, self.known, self.cache)

    # ----------------------------------------------------------------------- in the parent

    def put(self, path: str, fact: Entry | Known | None) -> None:
        """A page of this build and what `fact` told of it."""
        if fact is None:
            self.drop(path)
        elif isinstance(fact, Entry):
            with as_os_errors(self.place):
                self._languages |= {fact.lang, *self._language_of(path)}
                self.making.intake.put(fact)

    def drop(self, path: str) -> None:
        """A page that is no more, or no longer searched."""
        if path in self.known:
            with as_os_errors(self.place):
                self._languages.update(self._language_of(path))
                self.making.intake.drop(path)

    def keep_only(self, paths: Iterable[str]) -> None:
        """All pages of the site: others are no more."""
        for path in sorted(self.known.keys() - set(paths)):
            self.drop(path)

    def write(self, put_file: Callable[[str, bytes], None]) -> set[str]:
        """Hand over files that are new or others, by their paths; returns the paths of those that are no more."""
        with as_os_errors(self.place):
            return self._write(put_file)

    def _write(self, put_file: Callable[[str, bytes], None]) -> set[str]:
        gone = {f"{FOLDER}/uk/{name}" for name in self.making.settle(
            lambda name, content: put_file(f"{FOLDER}/uk/{name}", content))}
        if self.is_whole or self._languages - {"uk"}:
            before = set(json.loads(head(self.db, "pagefind") or "[]"))
            found = self._by_pagefind()
            for path, content in found.items():
                put_file(path, content)
            gone |= before - found.keys()
            set_head(self.db, pagefind=json.dumps(sorted(found)))
        return gone

    def keep(self) -> str:
        """Save the state; returns its mark. Errors: OSError, sqlite3.Error."""
        mark = self._mark()
        self.db.execute("commit")
        self.db.close()
        seal(self.place)
        return mark

    def give_up(self) -> None:
        """Leave the state as it was."""
        with suppress(OSError, sqlite3.Error):
            self.db.execute("rollback")
            self.db.close()
            if self._is_sealed:
                seal_again(self.place)

    def _mark(self) -> str:
        """Tells this index from others: the hash of the header, which names all files, and what Pagefind wrote."""
        return hash_of(f"{head(self.db, 'mark')} {head(self.db, 'pagefind')}".encode())

    def _language_of(self, path: str) -> list[str]:
        return [lang for lang, in self.db.execute("select lang from page where path = ?", (path,))]

    def _by_pagefind(self) -> dict[str, bytes]:
        """The bundle of the pages in languages that Pagefind knows; nothing without such pages."""
        pages = [ForPagefind(*json.loads(text)) for text, in self.db.execute(
            "select entry from page where entry != '' order by path")]
        if not pages:
            return {}
        with tempfile.TemporaryDirectory(prefix="pagefind-") as place:
            folder = Path(place) / "pagefind"
            folder.mkdir()
            pagefind.build(pages, folder)
            return {f"{FOLDER}/{file.relative_to(place).as_posix()}": file.read_bytes()
                    for file in sorted(folder.rglob("*")) if file.is_file()}


def open_index(place: Path, mark: str, library: Library, cache: Path, *, cold: bool) -> Session:
    """Begin a build's work on the index; a cold build takes in everything anew. Errors: OSError."""
    if cold:
        forget(place)
    with as_os_errors(place):
        return Session(place, mark, synonyms_of(library), cache)
