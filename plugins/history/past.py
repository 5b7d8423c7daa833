"""What happened before this build: commits and deployments, kept in a small database beside the other caches.

It grows by the commits that are new since it was last looked at, and remembers the tip it saw: where that is no
ancestor of the new one, the history was rewritten, and files of the stretch that differs have no evidence any more
(transparency note §2: memory is the auditor's strongest weapon). Deleted, it is made anew; only that memory is lost.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import re
import sqlite3
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from plugins.records import Finding, Report, shown_path

from . import commits
from .deployments import BAD_TABLE, DEPLOYMENTS, parse
from .moves import same_documents
from .roles import check_signers_of

VERSION = "3"
SCHEMA = """
create table head (name text primary key, value text) without rowid;
create table event (path text, place integer, at integer, commit_id text, status text, origin text, parts text,
                    primary key (path, place)) without rowid;
create table deployment (path text, at integer, version text, primary key (path, at, version)) without rowid;
create table rewritten (path text, tip text, primary key (path, tip)) without rowid;
create table doubt (commit_id text primary key, cause text, at integer) without rowid;
create table touched (name text primary key, turn integer) without rowid;
"""
KEY = re.compile(rb"^([a-z_]+):(.*)$", re.M)
COMMENT = re.compile(rb"^#.*\n?", re.M)
BLOCK = re.compile(rb"[|>][-+\d]*(?=\s)")
ANY = {"deployment": "select 1 from deployment limit 1", "rewritten": "select 1 from rewritten limit 1"}
LAST = 16
"""How many answers are kept at hand."""
SHORT = 40
"""Values of a document's head up to this length are kept as they are; of longer ones a digest."""


@dataclass(frozen=True, slots=True)
class Event:
    """What a commit did to a file. `at`: seconds since 1970, 0 if the commit's time is not believed: then `doubt` is
    (the commit that it contradicts, that one's time; whether it is the commit itself).

    `parts`: keys of the document's head that say another thing than before, with their value (a digest where it is
    long), None for a key that is gone; of other files "" with the name of the content, of a text also `text`.
    """

    at: int
    status: str
    parts: dict[str, str | None]
    doubt: tuple[str, int, bool] | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """What is known of a file: its events, oldest first, since it is there without a gap; why they prove nothing."""

    events: tuple[Event, ...] = ()
    reason: str = ""


class Past:
    """Commits and deployments of one pair of folders. Each process has its own connection."""

    def __init__(self, file: Path, flaw: str = "") -> None:
        """`flaw`: why commits prove nothing at all here, in the editor's language."""
        self.file, self.flaw = file, flaw
        self._db: dict[int, sqlite3.Connection] = {}
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._told: dict[str, Told] = {}
        """What was asked for last: of one document several parts are asked for in turn."""
        self._holds: dict[str, bool] = {}

    @classmethod
    def of_this_build(cls, flaw: str) -> Past:
        """One that lasts as long as the build: no cache can be written."""
        folder = tempfile.TemporaryDirectory()
        past = cls(Path(folder.name, "history.db"), flaw)
        past._folder = folder
        return past

    @property
    def db(self) -> sqlite3.Connection:
        """The database: connections must not be shared by processes."""
        process = os.getpid()
        if process not in self._db:
            self._db[process] = sqlite3.connect(self.file, timeout=60)
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

    def forget(self) -> None:
        """Begin anew."""
        self._told.clear()
        self._holds.clear()
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

    def _has(self, table: str) -> bool:
        """True if there is anything in a table; most councils have one without rows."""
        if table not in self._holds:
            self._holds[table] = self.db.execute(ANY[table]).fetchone() is not None
        return self._holds[table]

    def told(self, place: str) -> Told:
        """What commits tell of a file (`content/drafts/2026/5.yml`)."""
        if place not in self._told:
            if len(self._told) >= LAST:
                self._told.clear()
            self._told[place] = self._tell(place)
        return self._told[place]

    def _tell(self, place: str) -> Told:
        path = place.removeprefix("content/")
        if self.flaw or path == place:
            return Told(reason=self.flaw or NOT_CONTENT)
        events: list[Event] = []
        name, until = path, 1 << 60
        while name and (rows := self._rows(name, until)):
            events = [Event(at, status, json.loads(parts), None if at else self._doubt(commit))
                      for _, at, status, _, parts, commit in rows] + events
            until, _, _, name, *_ = rows[0]  # what it was called before
        if self._has("rewritten") and self.db.execute("select 1 from rewritten where path = ?", (path,)).fetchone():
            return Told(tuple(events), REWRITTEN)
        return Told(tuple(events), "" if events else NOT_COMMITTED)

    def _doubt(self, commit: str) -> tuple[str, int, bool] | None:
        """Why the time of a commit is not believed."""
        row = self.db.execute("select cause, at from doubt where commit_id = ?", (commit,)).fetchone()
        return (str(row[0]), int(row[1]), row[0] == commit) if row else None

    def _rows(self, path: str, until: int) -> list[tuple[int, int, str, str, str, str]]:
        """Its events before a commit (`place`: its number), since the file is there without a gap."""
        rows = self.db.execute("select place, at, status, origin, parts, commit_id from event where path = ? and "
                               "place < ? order by place", (path, until)).fetchall()
        gone = max((index for index, row in enumerate(rows) if row[2] == "D"), default=-1)
        return rows[gone + 1:]


NO_GIT = "історії змін (git) тут немає"
SHALLOW = "історія змін неповна: її склоновано без попередніх комітів"
REWRITTEN = "історію змін цього файлу переписано"
UNREADABLE = "історію змін не вдалося прочитати: git зупинився з помилкою"
NOT_COMMITTED = "файл ще не внесено до історії змін"
NOT_CONTENT = "історію ведуть лише для документів"


def open_past(content: Path, data: Path, cache: Path, name: str, report: Report, *, cold: bool = False) -> Past:
    """What happened before this build, up to its commit. `name`: that of this pair of folders among the caches.

    Problems of the table of deployments and of the list of signers go to `report`. Errors: OSError when there is no
    place for it at all.
    """
    check_signers_of(data, report)
    tip = commits.tip_of(content)
    flaw = NO_GIT if tip is None else SHALLOW if tip.is_shallow else ""
    head = "" if flaw or tip is None else tip.head
    past = Past(cache / "history" / f"{name}.db", flaw)
    for is_fresh in (cold, True):
        try:
            past.file.parent.mkdir(parents=True, exist_ok=True)
            if is_fresh:
                past.forget()
            _bring_up_to_date(past, content, head, data, report)
            return past
        except (OSError, sqlite3.Error, ValueError, subprocess.SubprocessError) as error:
            if "locked" in str(error):  # another build writes it
                break
    try:
        past = Past.of_this_build(flaw)
        _bring_up_to_date(past, content, head, data, report)
    except subprocess.SubprocessError:  # objects are missing
        past = Past.of_this_build(UNREADABLE)
        _bring_up_to_date(past, content, "", data, report)
    except sqlite3.OperationalError as error:
        raise OSError(errno.ENOSPC, str(error)) from error
    return past


def _bring_up_to_date(past: Past, content: Path, tip: str, data: Path, report: Report) -> None:
    db = past.db
    with db:
        if not db.execute("select 1 from sqlite_master").fetchone():
            for statement in SCHEMA.split(";"):
                db.execute(statement)
        elif past.head("version") != VERSION:
            raise ValueError(past.head("version"))
        is_new, turn = not past.head("name"), int(past.head("turn") or 0) + 1
        touched = _take_deployments(past, data, report) | _take_commits(past, content, tip)
        if is_new:
            known = repr((tip, past.head("deployments")))
            _put(db, version=VERSION, name=hashlib.blake2b(known.encode(), digest_size=8).hexdigest(), turn="0")
        elif touched:
            db.executemany("insert or replace into touched values (?, ?)", ((item, turn) for item in sorted(touched)))
            _put(db, turn=str(turn))


def _put(db: sqlite3.Connection, **values: str) -> None:
    db.executemany("insert or replace into head values (?, ?)", values.items())


def _take_deployments(past: Past, data: Path, report: Report) -> set[str]:
    """Rows of the table of deployments that are new or gone; their addresses."""
    db, file = past.db, data / DEPLOYMENTS
    content = file.read_bytes() if file.is_file() else b""
    digest = hashlib.blake2b(content, digest_size=16).hexdigest()
    if digest == past.head("deployments"):
        return set()
    rows, faults = parse(content)
    for line, fault in faults:
        report.add(Finding(shown_path(file, data), line, "Викладення", fault, BAD_TABLE.name))
    before, now = set(db.execute("select path, at, version from deployment")), set(rows)
    db.executemany("delete from deployment where path = ? and at = ? and version = ?", before - now)
    db.executemany("insert into deployment values (?, ?, ?)", now - before)
    _put(db, deployments="" if faults else digest)
    return {path for path, _, _ in before ^ now}


def _take_commits(past: Past, content: Path, tip: str) -> set[str]:
    """Events of the commits that are new; files of which other things are known now."""
    db, seen = past.db, past.head("tip")
    if not tip or tip == seen:
        return set()
    touched: set[str] = set()
    since = seen
    if seen and not commits.is_before(content, seen, tip):
        since = ""
        touched |= _forget(db, commits.parting(content, seen, tip), content, tip)
    touched |= _found_again(db, content, tip)
    latest, newest = (int(past.head("latest") or 0), past.head("newest")) if since else (0, "")
    times = commits.times(content, since, tip, latest, newest)
    db.executemany("insert or replace into doubt values (?, ?, ?)", (
        (commit, cause, at) for commit, (cause, at) in times.doubts.items()))
    changes = _noted(commits.log(content, since, tip, times.at), touched)
    first = (db.execute("select max(place) from event").fetchone()[0] or 0) if since else 0
    with commits.Blobs(content) as blobs:
        parts = _Parts(db, blobs)
        db.executemany("insert into event values (?, ?, ?, ?, ?, ?, ?)", (
            (change.path, place, change.at, change.commit, change.status, change.origin, parts.told(change))
            for place, (_, group) in enumerate(groupby(changes, key=lambda change: change.commit), first + 1)
            for change in same_documents(list(group), blobs.read)))
    _put(db, tip=tip, latest=str(times.latest), newest=times.newest)
    return {f"content/{path}" for path in touched}


def _forget(db: sqlite3.Connection, parted: str, content: Path, tip: str) -> set[str]:
    """The history was rewritten: all is read again, and files of the stretch that differs have no evidence any more."""
    told = set(db.execute("select path, commit_id from event"))
    shared = {change.commit for change in commits.log(content, "", parted, {})} if parted else set()
    suspects = {path for path, commit in told if commit not in shared}
    suspects |= {change.path for change in commits.log(content, parted, tip, {})} if parted else set()
    db.execute("delete from event")
    db.execute("delete from doubt")
    seen = db.execute("select value from head where name = 'tip'").fetchone()[0]
    db.executemany("insert or ignore into rewritten values (?, ?)", ((path, seen) for path in sorted(suspects)))
    return {path for path, _ in told} | suspects


def _found_again(db: sqlite3.Connection, content: Path, tip: str) -> set[str]:
    """Files whose commits are there again: another branch was looked at, and has been merged or left since."""
    lost = [row[0] for row in db.execute("select distinct tip from rewritten order by tip")]
    back = [old for old in lost if commits.is_before(content, old, tip)]
    found = {row[0] for old in back for row in db.execute("select path from rewritten where tip = ?", (old,))}
    db.executemany("delete from rewritten where tip = ?", ((old,) for old in back))
    return found


def _noted(changes: Iterator[commits.Change], touched: set[str]) -> Iterator[commits.Change]:
    for change in changes:
        touched.add(change.path)
        yield change


class _Parts:
    """What a document's head says, key by key, where it is another thing than in the revision before."""

    def __init__(self, db: sqlite3.Connection, blobs: commits.Blobs) -> None:
        self.db, self.blobs = db, blobs
        self.known: dict[str, str] = {}
        """Path → what its head says, as JSON: of ten years of documents the dictionaries would fill the memory."""

    def told(self, change: commits.Change) -> str:
        """Keys with another value than before, as JSON; null for one that is gone."""
        if change.status != "D" and change.path.endswith("/text.md"):
            return json.dumps({"": change.blob, "text": _digest_of_words(self.blobs.read(change.blob))})
        if change.status == "D" or not change.path.endswith(".yml"):
            return json.dumps({"": change.blob})
        before = self._before(change.origin or change.path) if change.status != "A" else {}
        now = dict(_split(self.blobs.read(change.blob)))
        found: dict[str, str | None] = {key: value for key, value in now.items() if before.get(key) != value}
        whole = json.dumps(now)
        self.known[change.path] = whole
        return json.dumps(found | dict.fromkeys(before.keys() - now.keys())) if before else whole

    def _before(self, path: str) -> dict[str, str]:
        if known := self.known.pop(path, ""):
            return dict(json.loads(known))
        told: dict[str, str | None] = {}
        for status, parts in self.db.execute("select status, parts from event where path = ? order by place", (path,)):
            told = json.loads(parts) if status == "A" else told | json.loads(parts)
        return {key: value for key, value in told.items() if value is not None}


def _digest_of_words(text: bytes) -> str:
    """The same for a text in the head and in a file beside it, however it is indented and wrapped."""
    return hashlib.blake2b(b" ".join(text.split()), digest_size=8).hexdigest()


def _split(text: bytes) -> Iterator[tuple[str, str]]:
    """The keys at the margin of a YAML document, each with what stands below it; comments are no part of it."""
    found = list(KEY.finditer(text := COMMENT.sub(b"", text.replace(b"\r\n", b"\n"))))
    for match, after in zip(found, [*found[1:], None], strict=True):
        value = text[match.start(2):after.start() if after else len(text)].strip()
        if match[1] == b"text" and (block := BLOCK.match(value)):
            yield "text", _digest_of_words(value[block.end():])
            continue
        short = len(value) <= SHORT and b"\n" not in value
        yield match[1].decode(), value.decode("utf-8", "replace") if short else hashlib.blake2b(
            value, digest_size=8).hexdigest()
