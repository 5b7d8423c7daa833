"""The state of the last build: a cache and nothing more. Deleted, truncated, foreign or old state only costs time.

One SQLite file holds what the last good build knew: faces and relations of records, what each thing that was made had
asked for, what it wrote. So the next build loads only what it touches, however long the archive is. A second file tells
size and time of the first: a state that anybody else has written is no state.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import unquote

if TYPE_CHECKING:
    from plugins.records.faces import Face, Tie
    from plugins.records.model import Place
    from plugins.records.page import Card
    from plugins.records.shelf import Seen

PART = re.compile(r"((?:[\w-]+/)+?)(\d{4})(?:-\d\d)?/")
BETWEEN_AXES, WITHIN_AXIS = "\x1d", "\x1f"
"""No text of a record has control characters."""
VERSION = "7"
SCHEMA = """
create table head (name text primary key, value text) without rowid;
create table face (kind text, key text, year int, ord text, newness text, file text, public_from text, vals text,
                   mark text, division text);
create table tie (to_kind text, to_key text, relation text, kind text, key text, place text);
create table card (kind text, key text, place text, body text);
create table mention (url text, kind text, key text, primary key (url, kind, key)) without rowid;
create table view (name text, kind text, key text, year int, newness text, axes text, mark text,
                   primary key (name, kind, key)) without rowid;
create table task (id integer primary key, name text unique, due real, tokens blob, findings text, pending text,
                   mark text);
create table need (token int, task int, primary key (token, task)) without rowid;
create table entry (token text primary key, name text, mark text, value text) without rowid;
create table out (path text primary key, part text, mark text, digest text, task int, facts text, due real)
                  without rowid;
create table part (name text, part text, digest text, greatest text, primary key (name, part)) without rowid;
create table claim (path text, task int, primary key (path, task)) without rowid;
"""
INDEXES = """
create unique index face_key on face (kind, key);
create index face_file on face (file);
create index face_division on face (kind, division, year, public_from);
create index face_public on face (public_from, file);
create index face_newness on face (kind, newness);
create index face_newest on face (kind, division, newness);
create index tie_to on tie (to_kind, to_key, relation);
create index tie_from on tie (kind, key);
create unique index card_place on card (kind, key, place);
create index mention_from on mention (kind, key);
create index task_due on task (due);
create index out_task on out (task);
create index out_part on out (part);
create index claim_task on claim (task);
"""
"""Made at the end of a whole build: what is sorted once costs a part of what is kept sorted row by row."""


@dataclass(slots=True)
class Out:
    """A file of the site: the fingerprint of what it was made from (a page of a record has none: it is printed whenever
    it is made), the sha256 of its bytes, what writers know of its page."""

    path: str
    mark: str
    digest: str
    title: str = ""
    facts: dict[str, Any] = field(default_factory=dict)
    """Plain data: it is kept."""
    is_composed: bool = False
    """True for a page that this build has composed."""
    entry: Any = None
    """What the index must know of it; the index keeps it."""
    due: datetime | None = None
    """When what is known of its page may change although its inputs do not."""
    name: str = ""
    """What it is called in the staging folder; empty: the file in the output is right."""


@dataclass(frozen=True, slots=True)
class Part:
    """What is known of the pages of a part of the site: a section and year, or all that has no year.

    `greatest` is the largest first item of its facts.
    """

    name: str
    digest: str
    greatest: str
    facts: Callable[[], list[Any]]


def part_of(path: str) -> str:
    """`istoriia/novyny/2026/11-20/index.html` → `istoriia-novyny-2026`; pages without a year are one part."""
    match = PART.match(path)
    return match[1].replace("/", "-") + match[2] if match else "storinky"


def parts_of(name: str, facts: Iterable[tuple[str, Any]]) -> list[Part]:
    """Facts (path, fact) by parts of the site, as the state would tell them."""
    found: dict[str, list[tuple[str, Any]]] = {}
    for path, fact in sorted(facts):
        found.setdefault(part_of(path), []).append((path, fact))
    return [Part(part, _digest("".join(_json({name: fact}) for _, fact in items)),
                 max(str(fact[0]) for _, fact in items), partial(_second, items))
            for part, items in sorted(found.items())]


def _second(items: list[tuple[str, Any]]) -> list[Any]:
    return [fact for _, fact in items]


NOTHING: set[str] = set()
NO_ITEMS: list[Any] = []
NO_FILES: dict[str, Any] = {}
"""What thousands of things have none of, once."""


@dataclass(slots=True)
class Made:
    """One thing that was made, with all that it asked for."""

    name: str
    tokens: set[str] = field(default_factory=set)
    due: datetime | None = None
    findings: list[Any] = field(default_factory=list)
    outs: list[Out] = field(default_factory=list)
    pending: list[Any] = field(default_factory=list)
    mentions: set[str] = field(default_factory=set)
    files: dict[str, str] = field(default_factory=dict)
    """Address of a file that is copied → where it lies."""
    pictures: dict[str, Any] = field(default_factory=dict)
    where: str = ""
    """The file of its record, for messages."""
    mark: str = ""
    """The fingerprint of a group of pages."""
    is_kept: bool = False
    """True for a group that is as it was: nothing of it was made."""

    @property
    def asked(self) -> set[str]:
        """What it asked for; that it is made again when its own record changes goes without saying."""
        return self.tokens - {f"R:{self.name.rpartition(' ')[2]}"}

    @property
    def tells(self) -> bool:
        """True unless nothing would be known of it but that it was made."""
        return bool(self.due or self.pictures or self.outs or self.findings or self.asked)

    def forget(self) -> None:
        """What only the state has to know leaves the memory."""
        self.tokens, self.mentions = NOTHING, NOTHING
        self.findings, self.pending = self.findings or NO_ITEMS, self.pending or NO_ITEMS
        self.files, self.pictures = self.files or NO_FILES, self.pictures or NO_FILES


@lru_cache(maxsize=20_000)
def token_id(token: str) -> int:
    """A token as a number of eight bytes. That two share one costs time, never truth."""
    return int.from_bytes(hashlib.blake2b(token.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big",
                          signed=True)


class Store:
    """The state as a shelf of the library (`plugins.records.shelf.Shelf`), and what the builder keeps."""

    def __init__(self, connection: sqlite3.Connection, draft: Path | None = None) -> None:
        """`draft`: the file of a state that is new and nobody's yet."""
        self.db, self.draft, self.is_new = connection, draft, draft is not None
        self.db.isolation_level = None
        self._ask = "insert into asked values (?, ?)" if self.is_new else "insert into need values (?, ?)"

    # ----------------------------------------------------------------------- head

    def head(self, name: str) -> str:
        """A word about the whole build."""
        found = self.db.execute("select value from head where name = ?", (name,)).fetchone()
        return str(found[0]) if found else ""

    def set_head(self, **values: str) -> None:
        """Keep words about the whole build."""
        self.db.executemany("insert or replace into head values (?, ?)", values.items())

    # ----------------------------------------------------------------------- the shelf

    FACE = "select kind, key, year, ord, newness, file, public_from, vals, mark, division from face "

    def face(self, kind: str, key: str) -> Face | None:
        """The face of one record."""
        from plugins.records.faces import Face

        found = self.db.execute(self.FACE + "where kind = ? and key = ?", (kind, key)).fetchone()
        return Face(*found) if found else None

    def faces(self, kind: str) -> Sequence[Face]:
        """All faces of a kind in the order of reading."""
        from plugins.records.faces import Face

        return [Face(*row) for row in self.db.execute(self.FACE + "where kind = ? order by ord", (kind,))]

    def newest(self, kind: str, division: str | None = None) -> Iterator[Face]:
        """All faces of a kind, or of one division of it, newest first, as they are asked for."""
        from plugins.records.faces import Face

        where, values = ("kind = ?", (kind,)) if division is None else ("kind = ? and division = ?", (kind, division))
        for row in self.db.execute(f"{self.FACE} where {where} order by newness desc", values):
            yield Face(*row)

    def faces_of(self, file: str) -> list[Face]:
        """The faces of a file's records."""
        from plugins.records.faces import Face

        return [Face(*row) for row in self.db.execute(self.FACE + "where file = ? order by ord", (file,))]

    def ties(self, kind: str, key: str, relation: str) -> Sequence[Tie]:
        """Who declared this relation to a record, in the order of reading."""
        from plugins.records.faces import Tie

        rows = self.db.execute(
            "select to_kind, to_key, relation, kind, key, place from tie join face using (kind, key) "
            "where to_kind = ? and to_key = ? and relation = ? order by ord, tie.rowid", (kind, key, relation))
        return [Tie(to_kind, to_key, name, source, its_key, tuple(json.loads(place)))
                for to_kind, to_key, name, source, its_key, place in rows]

    def card(self, kind: str, key: str, place: Place | None) -> Card | None:
        """The card that was made of a record before, if it still holds."""
        from plugins.records.faces import card_from

        names = ("", place_text(place)) if place else ("",)
        rows = dict(self.db.execute("select place, body from card where kind = ? and key = ? and place in (?, ?)",
                                    (kind, key, names[0], names[-1])).fetchall())
        found = rows.get(names[-1], rows.get(""))
        return card_from(found) if found else None

    def mentioning(self, url: str) -> Iterable[tuple[str, str]]:
        """(kind, key) of the records whose texts link to an address."""
        return self.db.execute("select kind, key from mention where url = ?", (url,)).fetchall()

    def seen_by(self, name: str) -> list[Seen]:
        """What a view kept of the records that it holds, newest first."""
        from plugins.records.shelf import Seen

        rows = self.db.execute("select key, year, axes, mark from view where name = ? order by newness desc",
                               (name,)).fetchall()
        axes = {text: _axes(text) for text in {row[2] for row in rows}}
        return [Seen(key, year, axes[text], mark) for key, year, text, mark in rows]

    # ----------------------------------------------------------------------- what was made

    def put_record(self, face: Face, ties: Iterable[Tie]) -> None:
        """Keep a face and the relations it declares."""
        self.db.execute("insert into face values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", (
            face.kind, face.key, face.year, face.order, face.newness, face.file, face.public_from, face.values,
            face.mark, face.division))
        self.db.executemany("insert into tie values (?, ?, ?, ?, ?, ?)", (
            (tie.to_kind, tie.to_key, tie.relation, tie.kind, tie.key, place_text(tie.place)) for tie in ties))

    def drop_record(self, kind: str, key: str) -> None:
        """Forget a face, its relations, cards, views and mentions."""
        for table in ("face", "tie", "card", "view", "mention"):
            self.db.execute(f"delete from {table} where kind = ? and key = ?", (kind, key))  # noqa: S608

    def put_cards(self, kind: str, key: str, cards: Iterable[tuple[str, str]]) -> None:
        """Keep the cards of a record: (place, JSON)."""
        if not self.is_new:
            self.db.execute("delete from card where kind = ? and key = ?", (kind, key))
        self.db.executemany("insert into card values (?, ?, ?, ?)", ((kind, key, *card) for card in cards))

    def cards_of(self, kind: str, key: str) -> dict[str, str]:
        """The cards of a record: place → JSON."""
        return dict(self.db.execute("select place, body from card where kind = ? and key = ?", (kind, key)).fetchall())

    def put_mentions(self, kind: str, key: str, urls: Iterable[str]) -> None:
        """Keep which addresses the texts of a record link to."""
        if not self.is_new:
            self.db.execute("delete from mention where kind = ? and key = ?", (kind, key))
        self.db.executemany("insert or ignore into mention values (?, ?, ?)", ((url, kind, key) for url in urls))

    def put_view(self, name: str, kind: str, seen: Seen, newness: str) -> None:
        """Keep what a view shows of a record that it holds; `newness` sorts its rows."""
        if not seen.mark:
            return
        self.db.execute("insert or replace into view values (?, ?, ?, ?, ?, ?, ?)", (
            name, kind, seen.key, seen.year, newness,
            BETWEEN_AXES.join(WITHIN_AXIS.join(axis) if axis else "" for axis in seen.axes), seen.mark))

    def put(self, made: Made) -> None:
        """Keep one thing that was made, in place of what was kept under its name."""
        if not self.is_new:
            self.drop(made.name)
        if made.name[:5] in ("view ", "card ") and not made.tells:
            return
        tokens = sorted(map(token_id, made.asked))
        outs_due = [out.due.timestamp() for out in made.outs if out.due]
        due = min([*outs_due, *([made.due.timestamp()] if made.due else [])], default=None)
        number = self.db.execute("insert into task values (null, ?, ?, ?, ?, ?, ?)", (
            made.name, due, b"".join(token.to_bytes(8, "big", signed=True) for token in tokens),
            _json([_finding(finding) for finding in made.findings]) if made.findings else "",
            _json([(p.kind, p.key, p.place, p.url, p.needle, p.is_text) for p in made.pending])
            if made.pending else "", made.mark)).lastrowid
        self.db.executemany(self._ask, ((token, number) for token in tokens))
        self.db.executemany("insert into out values (?, ?, ?, ?, ?, ?, ?)", (
            (out.path, part_of(out.path), out.mark, out.digest, number, _json(out.facts) if out.facts else "",
             out.due.timestamp() if out.due else None) for out in made.outs))
        self._spoil_parts(out.path for out in made.outs)
        if made.files or made.pictures:
            self.db.executemany("insert or replace into claim values (?, ?)", (
                *((unquote(url).lstrip("/"), number) for url in made.files),
                *((path, number) for path in made.pictures)))

    def entries(self, name: str) -> list[tuple[str, str]]:
        """(token, digest) of the values of a mapping that were asked for."""
        return self.db.execute("select token, mark from entry where name = ?", (name,)).fetchall()

    def entry(self, token: str) -> tuple[Any] | None:
        """One value of a mapping, if it was kept."""
        found = self.db.execute("select value from entry where token = ?", (token,)).fetchone()
        return (_tuples(json.loads(found[0])),) if found and found[0] else None

    def put_entries(self, name: str, entries: Iterable[tuple[str, str, Any]]) -> None:
        """Keep values of a mapping: (token, digest, value); one that is no plain data is made again when asked for."""
        self.db.executemany("insert or replace into entry values (?, ?, ?, ?)", (
            (token, name, mark, _plain_json(value)) for token, mark, value in entries))

    def holds(self, name: str, mark: str, now: datetime) -> bool:
        """True if a group of pages has this fingerprint and nothing of it is due."""
        found = self.db.execute("select mark, due from task where name = ?", (name,)).fetchone()
        return bool(found) and found[0] == mark and (found[1] is None or found[1] > now.timestamp())

    def groups_of(self, name: str) -> list[str]:
        """The names of the groups of pages that a room's function made."""
        return [found for found, in self.db.execute("select name from task where name glob ?", (f"{name} /*",))]

    def outs_of(self, name: str) -> list[Out]:
        """The files that one thing wrote."""
        rows = self.db.execute("select path, out.mark, digest, facts, out.due from out join task on "
                               "task.id = out.task where name = ?", (name,))
        return [_out(row) for row in rows]

    def tally(self, kind: str, until: str) -> list[tuple[int, str, int]]:
        """(year, division, number) of the records that are public at a moment (ISO, UTC)."""
        return self.db.execute("select year, division, count(*) from face where kind = ? and public_from <= ? "
                               "group by division, year", (kind, until)).fetchall()

    def first_of(self, place: str) -> Face | None:
        """The face of the first record of a file."""
        return next(iter(self.faces_of(place)), None)

    def mention(self, url: str, kind: str, key: str) -> None:
        """The texts of a record link to an address."""
        self.db.execute("insert or ignore into mention values (?, ?, ?)", (url, kind, key))

    def drop(self, name: str) -> list[str]:
        """Forget one thing that was made. Returns the files that it wrote."""
        found = self.db.execute("select id, tokens from task where name = ?", (name,)).fetchone()
        if not found:
            return []
        number, tokens = found
        written = [path for path, in self.db.execute("select path from out where task = ?", (number,))]
        self.db.executemany("delete from need where token = ? and task = ?", (
            (int.from_bytes(tokens[at:at + 8], "big", signed=True), number) for at in range(0, len(tokens), 8)))
        for table in ("out", "claim"):
            self.db.execute(f"delete from {table} where task = ?", (number,))  # noqa: S608
        self.db.execute("delete from task where id = ?", (number,))
        self._spoil_parts(written)
        return written

    def stale(self, tokens: Iterable[str]) -> set[str]:
        """What had asked for any of these."""
        found: set[str] = set()
        for token in tokens:
            found.update(name for name, in self.db.execute(
                "select name from need join task on task.id = need.task where token = ?", (token_id(token),)))
        return found

    def due(self, now: datetime) -> set[str]:
        """What may be another by this moment."""
        return {name for name, in self.db.execute("select name from task where due <= ?", (now.timestamp(),))}

    def is_due(self, now: datetime) -> bool:
        """True if anything is another by this moment, or another document is public."""
        then = self.head("now")
        moments = [datetime.fromisoformat(text).astimezone(UTC).isoformat() for text in (then, now.isoformat())]
        return bool(self.due(now)) or self.db.execute(
            "select 1 from face where public_from > ? and public_from <= ? limit 1", moments).fetchone() is not None

    def out(self, path: str) -> Out | None:
        """What is known of a file."""
        found = self.db.execute("select path, mark, digest, facts, due from out where path = ?",
                                (path,)).fetchone()
        return _out(found) if found else None

    def change_files(self, name: str, outs: Iterable[Out], gone: Iterable[str] = ()) -> int:
        """Keep files beside the others of this name; some are no more. Returns the number of the name."""
        number = int(self.db.execute("select id from task where name = ?", (name,)).fetchone()[0])
        self.db.executemany("delete from out where path = ?", ((path,) for path in gone))
        self.db.executemany("insert or replace into out values (?, '', ?, ?, ?, '', null)",
                            ((out.path, out.mark, out.digest, number) for out in outs))
        return number

    def add_files(self, name: str, outs: Iterable[Out]) -> set[str]:
        """Keep files that pages ask for beside the others of this name. Returns those that nobody asks for now."""
        number = self.change_files(name, outs)
        gone = {path for path, in self.db.execute("select path from out where task = ? and path not in "
                                                  "(select path from claim)", (number,))}
        self.db.executemany("delete from out where path = ?", ((path,) for path in gone))
        return gone

    def has(self, path: str) -> bool:
        """True if the site has this file."""
        return self.db.execute("select 1 from out where path = ?", (path,)).fetchone() is not None

    def pending(self, name: str) -> list[tuple[Any, ...]]:
        """The links of one thing that must lead somewhere."""
        found = self.db.execute("select pending from task where name = ?", (name,)).fetchone()
        return json.loads(found[0]) if found and found[0] else []

    def count_hidden(self, now: datetime) -> int:
        """How many records wait for their day of publication."""
        return int(self.db.execute("select count(*) from face where public_from > ?", (
            now.astimezone(UTC).isoformat(),)).fetchone()[0])

    def count(self, table: str) -> int:
        """How many faces or files there are."""
        return int(self.db.execute(f"select count(*) from {table}").fetchone()[0])  # noqa: S608

    def facts(self, name: str) -> Iterator[tuple[str, Any]]:
        """(path, fact) of all pages that have this fact."""
        for path, facts in self.db.execute("select path, facts from out where facts != ''"):
            known = _tuples(json.loads(facts))
            if name in known:
                yield path, known[name]

    def parts(self, name: str) -> list[Part]:
        """The facts of all pages by parts of the site; those of which something has changed are put together anew."""
        known = {part for part, in self.db.execute("select part from part where name = ?", (name,))}
        for part, in self.db.execute("select distinct part from out").fetchall():
            if part not in known:
                facts, greatest = self.db.execute(
                    "select group_concat(facts, ''), max(json_extract(facts, '$.' || ?1 || '[0]')) from "
                    "(select facts from out where part = ?2 and facts like '%\"' || ?1 || '\"%' order by path)",
                    (name, part)).fetchone()
                self.db.execute("insert into part values (?, ?, ?, ?)", (
                    name, part, _digest(facts) if facts else "", str(greatest)))
        rows = self.db.execute("select part, digest, greatest from part where name = ? and digest != '' order by part",
                               (name,))
        return [Part(part, digest, greatest, partial(self._facts_of, name, part)) for part, digest, greatest in rows]

    def _spoil_parts(self, paths: Iterable[str]) -> None:
        """Something is different on these pages."""
        if not self.is_new:
            self.db.executemany("delete from part where part = ?", ((part,) for part in {*map(part_of, paths)}))

    def count_facts(self, name: str) -> int:
        """How many pages have this fact."""
        return int(self.db.execute("select count(*) from out where facts like '%\"' || ? || '\"%'",
                                   (name,)).fetchone()[0])

    def _facts_of(self, name: str, part: str) -> list[Any]:
        rows = self.db.execute("select facts from out where part = ? and facts != '' order by path", (part,))
        return [known[name] for facts, in rows if name in (known := _tuples(json.loads(facts)))]

    def findings(self) -> Iterator[list[Any]]:
        """All remarks that were made."""
        for text, in self.db.execute("select findings from task where findings != ''"):
            yield from json.loads(text)


def _axes(text: str) -> tuple[tuple[str, str] | None, ...]:
    """Where a record stands on each axis, as `put_view` wrote it."""
    return tuple(cast("tuple[str, str]", tuple(axis.split(WITHIN_AXIS))) if axis else None
                 for axis in text.split(BETWEEN_AXES)) if text else ()


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def _plain_json(value: Any) -> str:
    """JSON of values that come back as they were: tuples, texts, numbers, nothing; else an empty text."""
    return _json(value) if _is_plain(value) else ""


def _is_plain(value: Any) -> bool:
    if type(value) is tuple:
        return all(map(_is_plain, value))
    return value is None or type(value) in (str, int, bool)


def _tuples(value: Any) -> Any:
    """Lists as the tuples that they were before they became JSON."""
    if type(value) is dict:
        return {name: _tuples(item) for name, item in value.items()}
    return tuple(map(_tuples, value)) if type(value) is list else value


def _finding(finding: Any) -> tuple[Any, ...]:
    return (finding.path, finding.line, finding.label, finding.text, finding.code, finding.weight)


def _out(row: tuple[Any, ...]) -> Out:
    path, mark, digest, facts, due = row
    return Out(path, mark, digest, facts=_tuples(json.loads(facts)) if facts else {},
               due=datetime.fromtimestamp(due, UTC) if due is not None else None)


def place_text(place: Place | None) -> str:
    """A place inside a record as JSON; empty for the record itself."""
    return _json(place) if place else ""


# --------------------------------------------------------------------------- the file

def path_of(cache: Path, name: str) -> Path:
    """Where the state of a triple lies."""
    return cache / "build" / f"{name}.sqlite"


def fresh(path: Path) -> Store:
    """An empty state beside the old one; `keep` puts it in its place. Errors: OSError, sqlite3.Error."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(".new")
    draft.unlink(missing_ok=True)
    store = Store(sqlite3.connect(draft), draft)
    store.db.executescript("pragma journal_mode = off; pragma synchronous = off; pragma temp_store = memory; begin; "
                           f"create temp table asked (token int, task int); {SCHEMA}")
    store.set_head(version=VERSION)
    return store


def load(path: Path) -> Store | None:
    """The state that was kept, in a transaction of its own; None for anything that is not exactly that file."""
    try:
        if _seal(path).read_text(encoding="utf-8") != _stamp(path):
            return None
        store = Store(sqlite3.connect(path))
        store.db.executescript("pragma journal_mode = memory; pragma synchronous = off; begin")
        if store.head("version") == VERSION:
            return store
        store.db.close()
    except (OSError, ValueError, KeyError, TypeError, sqlite3.Error):
        pass
    return None


def keep(store: Store, path: Path) -> None:
    """Save a state under its name and seal it. Errors: OSError, sqlite3.Error."""
    _seal(path).unlink(missing_ok=True)
    if store.is_new:
        for statement in ("insert or ignore into need select * from asked order by token, task", *INDEXES.split(";")):
            store.db.execute(statement)
    store.db.execute("commit")
    store.db.close()
    if store.is_new:
        path.with_suffix(".new").replace(path)
    _seal(path).write_text(_stamp(path), encoding="utf-8")


def give_up(store: Store) -> None:
    """Leave a state as it was; a draft goes, unless it was kept."""
    with contextlib.suppress(sqlite3.Error):
        store.db.execute("rollback")
    store.db.close()
    if store.draft:
        with contextlib.suppress(OSError):
            store.draft.unlink(missing_ok=True)


def _seal(path: Path) -> Path:
    return path.with_suffix(".seal")


def _stamp(path: Path) -> str:
    stat = path.stat()
    return f"{stat.st_size} {stat.st_mtime_ns}"
