"""What the index keeps from build to build: a SQLite file of the cache, of one dictionary and one list of synonyms.

It is a cache and nothing more: without it, or with another one, everything is taken in again. A seal beside it tells
that it is whole and as it was left. The builder remembers the mark of the index that it has written; an index with
another mark is not of the pages in the output.
"""

from __future__ import annotations

import contextlib
import errno
import sqlite3
from collections.abc import Iterator
from pathlib import Path

BEGIN = "pragma synchronous = off; pragma temp_store = memory; begin"
SCHEMA = """
create table head (name text primary key, value text) without rowid;
create table page (id integer primary key, path text unique, digest text, lang text, day text, standing int,
                   facts text, entry text);
create table section (id integer primary key, page int, number int, slot int, is_tail int, length int, words blob,
                      marks blob, text blob, tag text);
create unique index section_place on section (page, number);
create index section_slot on section (slot);
create index section_number on section (number, slot, page, length);
create index section_tail on section (page) where is_tail = 1;
create index page_day on page (day, path);
create table word (id integer primary key, word text unique, count int, known int, posts blob);
create index word_guessed on word (id) where known = 0;
create table reading (word int, lemma text, forms int, primary key (word, lemma)) without rowid;
create table forms (id integer primary key, forms text unique);
create table choice (word integer primary key, names text, count int, kept text);
create table rival (name text, word int, primary key (name, word)) without rowid;
create table kept (term text, word int, primary key (term, word)) without rowid;
create table term (term text primary key, beginning text, mass int, groups text, body blob,
                   cover text not null default '') without rowid;
create index term_beginning on term (beginning, term);
create table lengths (number integer primary key, content blob);
create table tag (block integer primary key, tag text);
create table entry (beginning text, term text, stem text, suffixes text, primary key (beginning, term)) without rowid;
create index entry_term on entry (term);
create table onward (beginning text primary key, letters text) without rowid;
create table file (kind text, first text, low text, high text, hash text, primary key (kind, first))
 without rowid;
"""


def open_state(place: Path, inputs: str) -> sqlite3.Connection:
    """The state in a transaction; an empty one if there is none that was made of these inputs. Errors: OSError."""
    if connection := _kept(place, inputs):
        return connection
    forget(place)
    place.parent.mkdir(parents=True, exist_ok=True)
    connection = sqlite3.connect(place, isolation_level=None)
    connection.executescript(f"{BEGIN}; {SCHEMA}")
    set_head(connection, inputs=inputs)
    return connection


def _kept(place: Path, inputs: str) -> sqlite3.Connection | None:
    if not is_sealed(place):
        return None
    connection = sqlite3.connect(place, isolation_level=None)
    with contextlib.suppress(sqlite3.Error):
        connection.executescript(BEGIN)
        if head(connection, "inputs") == inputs:
            return connection
    connection.close()
    return None


@contextlib.contextmanager
def as_os_errors(place: Path) -> Iterator[None]:
    """What SQLite cannot do is a matter of the disk, and told as such; the next build trusts only a state that was not
    to blame. Errors: OSError."""
    try:
        yield
    except sqlite3.Error as error:
        is_full = getattr(error, "sqlite_errorcode", 0) == sqlite3.SQLITE_FULL
        if not is_full:
            _seal(place).unlink(missing_ok=True)
        raise OSError(errno.ENOSPC if is_full else errno.EIO, str(error), str(place)) from error


def forget(place: Path) -> None:
    """No state, and nothing that belongs to one. Errors: OSError."""
    for file in (place, place.with_name(f"{place.name}-journal"), _seal(place)):
        file.unlink(missing_ok=True)


def seal(place: Path) -> None:
    """Tell that the state is whole: it is not open any more. Errors: OSError."""
    _seal(place).write_text(_stamp(place), encoding="utf-8")


def seal_again(place: Path) -> None:
    """The same after all was undone, unless the state was to blame. Errors: OSError."""
    if _seal(place).exists():
        seal(place)


def is_sealed(place: Path) -> bool:
    """Whether there is a state, and nobody has touched it since."""
    try:
        return _seal(place).read_text(encoding="utf-8") == _stamp(place)
    except (OSError, ValueError):
        return False


def _seal(place: Path) -> Path:
    return place.with_suffix(".seal")


def _stamp(place: Path) -> str:
    found = place.stat()
    return f"{found.st_size} {found.st_mtime_ns}"


def head(connection: sqlite3.Connection, name: str) -> str:
    """A word about the whole index."""
    found = connection.execute("select value from head where name = ?", (name,)).fetchone()
    return str(found[0]) if found else ""


def set_head(connection: sqlite3.Connection, **values: str) -> None:
    """Keep words about the whole index."""
    connection.executemany("insert or replace into head values (?, ?)", values.items())
