"""What is new since the last build: commits and deployments go into the database of the past.

It remembers the tip it saw: where that is no ancestor of the new one, the history was rewritten, and files of the
stretch that differs have no evidence any more (transparency note §2: memory is the auditor's strongest weapon).
"""

from __future__ import annotations

import errno
import hashlib
import json
import sqlite3
import subprocess
from itertools import islice
from pathlib import Path

from plugins.records import Finding, Report, shown_path

from . import commits
from .blobs import Blobs
from .deployments import BAD_TABLE, DEPLOYMENTS, parse
from .heads import Heads, Known, folded, is_read
from .logged import Folders, take_log
from .moves import INDEXES, home, same_documents, stated_id
from .past import NO_GIT, SCHEMA, SHALLOW, UNREADABLE, VERSION, Past
from .roles import check_signers_of

AT_ONCE = 128
"""Commits whose contents are read together."""


def open_past(content: Path, data: Path, cache: Path, name: str, report: Report, *, cold: bool = False,
              log: Path | None = None, salts: Path | None = None, mark: str = "") -> Past:
    """What happened before this build, up to its commit. `name`: that of this pair of folders among the caches.

    `log`, `salts`: the folders of the log and of its openings; `mark` is another when anything in them is. Problems of
    the table of deployments, of the list of signers and of the log go to `report`. Errors: OSError when there is no
    place for it at all.
    """
    check_signers_of(data, report)
    tip = commits.tip_of(content)
    flaw = NO_GIT if tip is None else SHALLOW if tip.is_shallow else ""
    head = "" if flaw or tip is None else tip.head
    past = Past(cache / "history" / f"{name}.db", content, flaw)
    folders = Folders(log, salts, mark)
    for is_fresh in (cold, True):
        try:
            past.file.parent.mkdir(parents=True, exist_ok=True)
            if is_fresh:
                past.forget()
            _bring_up_to_date(past, content, head, data, report, folders)
            return past
        except (OSError, sqlite3.Error, ValueError, subprocess.SubprocessError) as error:
            if "locked" in str(error):  # another build writes it
                break
    try:
        past = Past.of_this_build(content, flaw)
        _bring_up_to_date(past, content, head, data, report, folders)
    except subprocess.SubprocessError:  # objects are missing
        past = Past.of_this_build(content, UNREADABLE)
        _bring_up_to_date(past, content, "", data, report, folders)
    except sqlite3.OperationalError as error:
        raise OSError(errno.ENOSPC, str(error)) from error
    return past


def _bring_up_to_date(past: Past, content: Path, tip: str, data: Path, report: Report, folders: Folders) -> None:
    db = past.db
    with db:
        if not db.execute("select 1 from sqlite_master").fetchone():
            for statement in SCHEMA.split(";"):
                db.execute(statement)
        elif past.head("version") != VERSION:
            raise ValueError(past.head("version"))
        is_new, turn = not past.head("name"), int(past.head("turn") or 0) + 1
        touched = _take_deployments(past, data, report) | _take_commits(past, content, tip)
        if tip:  # without git nothing can be opened
            mark, documents = take_log(db, folders, content, data, report, past.head("log"))
            _put(db, log=mark)
            touched |= {f"log:{doc}" for doc in documents}
        if is_new:
            logged = db.execute("select doc, n, at, by from logged order by doc, n").fetchall()
            known = repr((tip, past.head("deployments"), logged))
            _put(db, version=VERSION, name=hashlib.blake2b(known.encode(), digest_size=8).hexdigest(), turn="0")
        elif touched:
            db.executemany("insert or replace into touched values (?, ?)", ((item, turn) for item in sorted(touched)))
            _put(db, turn=str(turn))
    past.look_again()


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
    if seen and not commits.continues(content, seen, tip):
        since = ""
        touched |= _forget(db, commits.parting(content, seen, tip), content, tip)
    touched |= _found_again(db, content, tip)
    times = commits.Times(int(past.head("latest") or 0), past.head("newest")) if since else commits.Times()
    heads = Heads(lambda path: _known(past, path))
    place = int(db.execute("select max(place) from made").fetchone()[0] or 0)
    with Blobs(content) as blobs:
        news = commits.log(content, since, tip)
        while batch := list(islice(news, AT_ONCE)):
            place = _note(db, batch, place, times, heads, blobs)
            if seen:
                touched |= {change.path for commit in batch for change in commit.changes}
    db.executemany("insert or replace into doubt values (?, ?, ?)", (
        (commit, cause, at) for commit, (cause, at) in times.doubts.items()))
    _put(db, tip=tip, latest=str(times.latest), newest=times.newest)
    return {f"content/{path}" for path in touched | _heads_of(touched, db)}


def _note(db: sqlite3.Connection, batch: list[commits.Commit], place: int, times: commits.Times, heads: Heads,
          blobs: Blobs) -> int:
    """The next commits; `place` is the number of the last one, before and after."""
    asked = list({change.blob: None for commit in batch for change in commit.changes if is_read(change)})
    read = dict(zip(asked, blobs.read_all(asked), strict=True))
    made: list[tuple[object, ...]] = []
    events: list[tuple[object, ...]] = []
    for commit in batch:
        at = times.of(commit)
        if not commit.changes:
            continue
        place += 1
        made.append((place, commit.id, at, commit.who, json.dumps(commit.trailers, ensure_ascii=False)))
        changes = list(same_documents(commit.changes, lambda name: read.get(name) or blobs.read(name)))
        moved = {change.origin for change in changes}
        events += [(change.path, place, change.status, change.origin, change.blob,
                    _home(change, blobs) if change.status == "D" and change.path not in moved else "",
                    heads.told(change, read.get(change.blob) or b"")) for change in changes]
    db.executemany("insert into made values (?, ?, ?, ?, ?)", made)
    db.executemany("insert into event values (?, ?, ?, ?, ?, ?, ?)", events)
    return place


def _home(change: commits.Change, blobs: Blobs) -> str:
    """The identifier under which a document that went may come back."""
    return home(change.path) and home(change.path, stated_id(blobs.read(change.former)))


def _known(past: Past, path: str) -> Known:
    """What a head said in the last revision of an earlier build."""
    return folded(event.parts for event in past.events(path))


def _heads_of(paths: set[str], db: sqlite3.Connection) -> set[str]:
    """The heads of the folders in which files lie: whoever shows a document shows its files."""
    folders: set[str] = set()
    for path in paths:
        while (path := path.rpartition("/")[0]).count("/") > 0:
            folders.add(path)
    heads = (f"{folder}/{name}" for folder in folders for name in INDEXES)
    return {head for head in heads if db.execute("select 1 from event where path = ?", (head,)).fetchone()}


def _forget(db: sqlite3.Connection, parted: str, content: Path, tip: str) -> set[str]:
    """The history was rewritten: all is read again, and files of the stretch that differs have no evidence any more."""
    told = set(db.execute("select path, made.id from event join made using (place)"))
    shared = {commit.id for commit in commits.log(content, "", parted)} if parted else set()
    suspects = {path for path, commit in told if commit not in shared}
    if parted:
        suspects |= {change.path for commit in commits.log(content, parted, tip) for change in commit.changes}
    for table in ("event", "made", "doubt"):
        db.execute(f"delete from {table}")  # noqa: S608 — names of our own
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
