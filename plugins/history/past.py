"""What happened before this build: commits and deployments, kept in a small database beside the other caches.

It grows by the commits that are new since it was last looked at (`intake.py`), and is asked here. Deleted, it is made
anew; only the memory of a history that was rewritten since is lost.
"""

from __future__ import annotations

import json
import os
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import Any, TypeVar, cast

from .moves import home

VERSION = "6"
SCHEMA = """
create table head (name text primary key, value text) without rowid;
create table made (place integer primary key, id text, at integer, who text, trailers text);
create table event (path text, place integer, status text, origin text, blob text, home text, parts text,
                    primary key (path, place)) without rowid;
create index gone on event (home, place) where home != '';
create table deployment (path text, at integer, version text, primary key (path, at, version)) without rowid;
create table rewritten (path text, tip text, primary key (path, tip)) without rowid;
create table doubt (commit_id text primary key, cause text, at integer) without rowid;
create table logged (doc text, n integer, commit_id text, place integer, opened text, is_first integer, at integer,
                     by text, primary key (doc, n)) without rowid;
create table touched (name text primary key, turn integer) without rowid;
"""
"""`made`: the commits, by their number (`place`). `event.home`: only of a document that went, see `moves.home`."""
ANY = {"deployment": "select 1 from deployment limit 1", "logged": "select 1 from logged limit 1",
       "rewritten": "select 1 from rewritten limit 1", "gone": "select 1 from event where home != '' limit 1"}
LAST = 32
"""How many answers are kept at hand."""
NO_GIT = "історії змін (git) тут немає"
SHALLOW = "історія змін неповна: її склоновано без попередніх комітів"
REWRITTEN = "історію змін цього файлу переписано"
UNREADABLE = "історію змін не вдалося прочитати: git зупинився з помилкою"
NOT_COMMITTED = "файл ще не внесено до історії змін"
NOT_CONTENT = "історію ведуть лише для документів"
EVER = 1 << 60

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Event:
    """What a commit did to a file. `at`: seconds since 1970, 0 if the commit's time is not believed: then `doubt` is
    (the commit that it contradicts, that one's time; whether it is the commit itself). `blob`: the content, "" if gone.

    `parts`: keys of the document's head that say another thing than before, with their value (a digest where it is
    long), None for a key that is gone; of a text `text`.
    """

    at: int
    status: str
    parts: dict[str, str | None]
    doubt: tuple[str, int, bool] | None = None
    place: int = 0
    path: str = ""
    blob: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """What is known of a file: its events, oldest first, since it is there without a gap; why they prove nothing."""

    events: tuple[Event, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Made:
    """A commit: its name, the committer's time (0: not believed) and address, the trailers of its message."""

    id: str
    at: int
    who: str
    trailers: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Logged:
    """What the log proves of a revision. `at`: seconds since 1970; `by`: STAMPED or WITNESSED of `logged.py`;
    `is_first`: it is of the first batch, and may have been public long before.
    """

    at: int
    by: str
    is_first: bool


class Past:
    """Commits and deployments of one pair of folders. Each process has its own connection."""

    def __init__(self, file: Path, content: Path, flaw: str = "") -> None:
        """`flaw`: why commits prove nothing at all here, in the editor's language."""
        self.file, self.content, self.flaw = file, content, flaw
        self._db: dict[int, sqlite3.Connection] = {}
        self._made_by = os.getpid()
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._at_hand: dict[tuple[str, str], Any] = {}
        """What was asked for last: of one document several parts are asked for in turn."""
        self._holds: dict[str, bool] = {}

    @classmethod
    def of_this_build(cls, content: Path, flaw: str) -> Past:
        """One that lasts as long as the build: no cache can be written."""
        folder = tempfile.TemporaryDirectory()
        past = cls(Path(folder.name, "history.db"), content, flaw)
        past._folder = folder
        return past

    @property
    def db(self) -> sqlite3.Connection:
        """The database: connections must not be shared by processes."""
        process = os.getpid()
        if process not in self._db:
            self._db[process] = sqlite3.connect(self.file, timeout=60)
            if process != self._made_by:  # a worker only reads, and need not ask each time whether somebody has written
                self._db[process].execute("begin")
        return self._db[process]

    @property
    def mark(self) -> str:
        """What is known now, for `changed_since`."""
        return f"{self.head('name')} {self.head('turn')} {self.flaw}"

    def changed_since(self, mark: str) -> set[str] | None:
        """Files and addresses of which other things are known than at that mark; None if nobody can tell."""
        name, _, rest = mark.partition(" ")
        turn, _, flaw = rest.partition(" ")
        if name != self.head("name") or not turn.isdigit() or flaw != self.flaw:
            return None
        return {row[0] for row in self.db.execute("select name from touched where turn > ?", (int(turn),))}

    def look_again(self) -> None:
        """What was asked for before may be another now."""
        self._at_hand.clear()
        self._holds.clear()

    def forget(self) -> None:
        """Begin anew."""
        self.look_again()
        if db := self._db.pop(os.getpid(), None):
            db.close()
        for end in ("", "-journal", "-wal", "-shm"):
            self.file.with_name(self.file.name + end).unlink(missing_ok=True)

    def head(self, name: str) -> str:
        """A fact about the database itself."""
        row = self.db.execute("select value from head where name = ?", (name,)).fetchone()
        return str(row[0]) if row else ""

    def deployments(self, *addresses: str) -> list[int]:
        """When new versions of a page, or of a part of it, were deployed: seconds since 1970, oldest first.

        A version that was deployed again is no new one. A part may stand under several addresses in turn.
        """
        if not self._has("deployment"):
            return []
        rows = sorted(row for address in addresses for row in self.db.execute(
            "select at, version from deployment where path = ?", (address,)))
        return [next(same)[0] for _, same in groupby(rows, key=lambda row: row[1])]

    @property
    def has_log(self) -> bool:
        """True if there is a log that proves anything."""
        return self._has("logged")

    def logged(self, doc: str, n: int, commit: str) -> Logged | None:
        """By when a revision of a document existed, as the log proves; None if it does not."""
        if not self._has("logged"):
            return None
        row = self.db.execute("select at, by, is_first from logged where doc = ? and n = ? and commit_id = ? and "
                              "at > 0", (doc, n, commit)).fetchone()
        return Logged(int(row[0]), str(row[1]), bool(row[2])) if row else None

    def _has(self, table: str) -> bool:
        """True if there is anything of a kind; most councils have nothing of most kinds."""
        if table not in self._holds:
            self._holds[table] = self.db.execute(ANY[table]).fetchone() is not None
        return self._holds[table]

    def told(self, place: str) -> Told:
        """What commits tell of a file (`content/drafts/2026/5.yml`)."""
        return self.at_hand(("told", place), lambda: self._tell(place))

    def at_hand(self, name: tuple[str, str], make: Callable[[], T]) -> T:
        """What is made of what is known, kept for a while."""
        if name not in self._at_hand:
            if len(self._at_hand) >= LAST:
                self._at_hand.clear()
            self._at_hand[name] = make()
        return cast("T", self._at_hand[name])

    def _tell(self, place: str) -> Told:
        path = place.removeprefix("content/")
        if self.flaw or path == place:
            return Told(reason=self.flaw or NOT_CONTENT)
        events = self.events(path)
        if self.is_rewritten(path):
            return Told(events, REWRITTEN)
        return Told(events, "" if events else NOT_COMMITTED)

    def events(self, path: str, *, with_gaps: bool = False) -> tuple[Event, ...]:
        """What became of a file (path below `content/`), also under the names it had before, oldest first.

        Since it is there without a gap; `with_gaps` also what was before a document went (status D) and came back: an
        identifier is never given to another.
        """
        found: list[Event] = []
        name, until = path, EVER
        while name and (rows := self.at_hand((f"events before {until}", name), partial(self._rows, name, until))):
            found = rows[1] + found
            name, until = rows[0], found[0].place
            if not name and with_gaps and (gone := self._gone_before(found[0])):
                found.insert(0, gone)
                name, until = gone.path, gone.place
        return tuple(found)

    def _rows(self, path: str, until: int) -> tuple[str, list[Event]] | None:
        """(what it was called before; its events before a commit, since the file is there without a gap)."""
        rows = self.db.execute(
            "select event.place, status, origin, blob, parts, made.at, made.id from event join made using (place) "
            "where path = ? and event.place < ? order by event.place", (path, until)).fetchall()
        gone = max((index for index, row in enumerate(rows) if row[1] == "D"), default=-1)
        found = [Event(at, status, json.loads(parts), None if at else self._doubt(commit), place, path, blob)
                 for place, status, _, blob, parts, at, commit in rows[gone + 1:]]
        return (rows[gone + 1][2], found) if found else None

    def _gone_before(self, first: Event) -> Event | None:
        """How the document that bore the identifier of this one before went, if it did."""
        if not self._has("gone"):
            return None
        row = self.db.execute("select path, place, at from event join made using (place) where home = ? and home != '' "
                              "and place < ? order by place desc limit 1",
                              (home(first.path, first.parts.get("id") or ""), first.place)).fetchone()
        return Event(row[2], "D", {}, None, row[1], row[0]) if row else None

    def beside(self, folder: str) -> Iterator[tuple[int, str, str]]:
        """(number of the commit, name, content) of the files of a folder, as they came and changed; "" for one gone."""
        return self.db.execute("select place, substr(path, ?), blob from event where path > ? and path < ? "
                               "order by place, path", (len(folder) + 2, f"{folder}/", f"{folder}0"))

    def commit(self, place: int) -> Made:
        """The commit of this number."""
        return self.at_hand(("commit", str(place)), lambda: self._made(place))

    def _made(self, place: int) -> Made:
        row = self.db.execute("select id, at, who, trailers from made where place = ?", (place,)).fetchone()
        return Made(row[0], row[1], row[2], tuple((name, value) for name, value in json.loads(row[3])))

    def is_rewritten(self, *paths: str) -> bool:
        """True if what was remembered of one of these files, or of one in these folders, was another thing."""
        return self._has("rewritten") and any(self.db.execute(
            "select 1 from rewritten where path = ? or (path > ? and path < ?)",
            (path, f"{path}/", f"{path}0")).fetchone() for path in paths)

    def _doubt(self, commit: str) -> tuple[str, int, bool] | None:
        """Why the time of a commit is not believed."""
        row = self.db.execute("select cause, at from doubt where commit_id = ?", (commit,)).fetchone()
        return (str(row[0]), int(row[1]), row[0] == commit) if row else None
