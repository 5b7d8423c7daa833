"""With which four letters the words of the lexicon begin: it tells a reader in which files a misspelt word may lie."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable

from . import codec
from .files import hash_of
from .lexemes import BEGINNING, BETWEEN_SUFFIXES

KIND = "begin"


def settle(db: sqlite3.Connection, dirty: Iterable[str], put_file: Callable[[str, bytes], None],
           ) -> tuple[str, set[str]]:
    """(hash of the file, names of files that are no more); `dirty`: three letters at which the lexicon is another now.

    The file is handed over if it is another than before.
    """
    found = db.execute("select hash from file where kind = ?", (KIND,)).fetchone()
    before = str(found[0]) if found else ""
    others = [beginning for beginning in sorted(dirty) if _is_other(db, beginning)]
    if before and not others:
        return before, set()
    content = codec.packed(codec.beginnings(
        beginning + letter for beginning, letters in db.execute("select beginning, letters from onward")
        for letter in letters))
    name = hash_of(content)
    if name == before:
        return name, set()
    put_file(f"{KIND}/{name}.gz", content)
    db.execute("insert or replace into file values (?, '', '', '', ?)", (KIND, name))
    return name, {f"{KIND}/{before}.gz"} if before else set()


def _is_other(db: sqlite3.Connection, beginning: str) -> bool:
    """Write down the letters that follow a beginning; returns whether they are others now."""
    letters = "".join(sorted({
        form for stem, suffixes in db.execute("select stem, suffixes from entry where beginning = ?", (beginning,))
        for form in _fourth(stem, suffixes)}))
    before = db.execute("select letters from onward where beginning = ?", (beginning,)).fetchone()
    if letters == (before[0] if before else ""):
        return False
    db.execute("insert or replace into onward values (?, ?)", (beginning, letters))
    return True


def _fourth(stem: str, suffixes: str) -> set[str]:
    """The fourth letters of some forms."""
    if len(stem) > BEGINNING:
        return {stem[BEGINNING]}
    return {letter for suffix in suffixes.split(BETWEEN_SUFFIXES) for letter in (stem + suffix)[BEGINNING:][:1]}
