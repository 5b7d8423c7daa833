"""The next build: what the last one knew, what has changed since, and only that is made again.

`remember` keeps everything of a whole build. `update` takes the changed files, reads their documents again, and follows
the tokens: who had asked for a card, a relation, a file, a row that is another now, is made again, and whoever asked
for what came out of that. Whatever it is not sure of ends in `Unsure`, and everything is made as if for the first time:
so a problem is told in the same words, whoever finds it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from plugins.records import REGISTRY, Document, Library, Record, Report, Trace
from plugins.records import read as reading
from plugins.records.faces import Face, Tie, ties_of
from plugins.records.library import PendingLink, entry_token, mark_of
from plugins.records.link import judge, resolve, targets
from plugins.records.model import marks
from plugins.records.shelf import Held, Seen, face_of, place_of

from .state import Made, Store
from .works import Works, pages_name, writer_name

if TYPE_CHECKING:
    from .making import Run

Name = tuple[str, str]
ROUNDS = 50
"""Cards that depend on cards that depend on cards…: more rounds than any chain of a council has."""


class Unsure(Exception):
    """Only a whole build can tell."""


def order_of(record: Record, position: int) -> str:
    """Sorts records as they are read: registers, documents, then what comes out of documents."""
    derived = [model for _, model, _ in REGISTRY.derived]
    place = place_of(record)
    rank = f"2{derived.index(type(record)):02d}" if type(record) in derived else "0" if place[:5] == "data/" else "1"
    *folders, name = place.split("/")
    return rank + "".join(f"\x02{folder}" for folder in folders) + f"\x01{name}\x01{position:06d}"


def keep_made(store: Store, made: Made) -> None:
    """Keep one thing that a whole build made."""
    store.put(made)
    if made.name.startswith("record "):
        store.put_mentions(*name_of(made.name), made.mentions)


def keep_seen(face: Face, cards: Iterable[tuple[str, str]], shown: Iterable[tuple[str, Seen]], store: Store) -> None:
    """Keep the cards of a document and what views show of it."""
    store.put_cards(face.kind, face.key, cards)
    for view, seen in shown:
        store.put_view(view, face.kind, seen, face.newness)


def keep_faces(library: Library, store: Store) -> None:
    """Keep the faces of all records and the relations they declare."""
    assert isinstance(library.shelf, Held)
    positions: dict[str, int] = {}
    for record in library.records:
        place = f"{record.kind} {place_of(record)}"
        positions[place] = positions.get(place, -1) + 1
        face = library.shelf.face(record.kind, record.key)
        assert face
        face.order = order_of(record, positions[place])
        store.put_record(face, library.shelf.declared(record.kind, record.key))
    documents = {record.source.is_foreign for record in library.records if isinstance(record, Document)}
    store.set_head(mixed="1" if len(documents) > 1 else "")


def remember(run: Run, store: Store) -> None:
    """Keep what a whole build knows at its end."""
    library = run.library
    assert library
    for place, remarks in run.remarks.items():
        store.put(Made(f"read {place}", findings=remarks))
    own = {finding for made in run.made for finding in made.findings}.union(*run.remarks.values())
    store.put(Made("remarks", findings=[finding for finding in run.report.remarks if finding not in own]))
    content = run.options.content
    store.set_head(past=library.past.mark if library.past else "")
    store.set_head(moving_in="1" if library.is_moving_in else "",
                   unread=json.dumps(sorted(library.unread)), adrift=json.dumps(sorted(library.adrift)),
                   unread_files=json.dumps(sorted(str(file.relative_to(content)) for file in library.unread_files
                                                  if file.is_relative_to(content))))
    for mapping, keys in run.asked.items():
        library.asked[REGISTRY.mappings[mapping]] |= keys
    keep_entries(library, store, set(run.asked))


def restore(library: Library, store: Store, content: Path) -> None:
    """What a whole build knew of all documents together."""
    library.is_moving_in = bool(store.head("moving_in"))
    library.unread = {(kind, key) for kind, key in json.loads(store.head("unread"))}
    library.unread_files = {content / name for name in json.loads(store.head("unread_files"))}
    library.adrift = set(json.loads(store.head("adrift")))


def keep_entries(library: Library, store: Store, needed: Iterable[str] = ()) -> None:
    """Keep those values of mappings that were asked for, and what the mappings are made of."""
    for build, keys in library.asked.items():
        name = f"{build.__module__}.{build.__qualname__}"
        if name not in needed and not library.is_made(build):
            continue  # its values came out of the state
        values, trace = library.mapping(build)
        store.put(Made(f"entry {name}", set(trace.tokens), trace.due))
        store.put_entries(name, ((entry_token(build, key), mark_of(value := values.get(key)), value) for key in keys))


def name_of(text: str) -> Name:
    """`record news/2026/5` → ("news", "2026/5")."""
    kind, _, key = text.partition(" ")[2].partition("/")
    return kind, key


# --------------------------------------------------------------------------- from the state

class Opener:
    """Reads documents again that the state knows only by their faces."""

    def __init__(self, content: Path, data: Path) -> None:
        self.roots = {"content": content, "data": data}

    def file_of(self, place: str) -> tuple[Path, Path, str]:
        """(file, its root folder, `content` or `data`) of a file named from the repository."""
        top, _, rest = place.partition("/")
        return self.roots[top] / rest, self.roots[top], top

    def read(self, place: str, report: Report) -> list[Record]:
        """The records of a file, those that come out of them among them."""
        file, root, top = self.file_of(place)
        records = reading.read_file(file, root, top, REGISTRY, report)
        for parent, _, derive in REGISTRY.derived:
            for record in [record for record in records if isinstance(record, parent)]:
                records = [*records, *derive(record, report)]
        return records

    def open(self, face: Face) -> Iterator[Record]:
        """The records of a face's file; their texts are rendered when they are asked for (`Record.late`)."""
        yield from self.read(face.file, Report())


class Update:
    """One incremental build on its way."""

    def __init__(self, run: Run, store: Store, library: Library, opener: Opener, changed: Iterable[str]) -> None:
        """`changed`: files below the repository that may have changed (`content/news/2026/5.md`), there or not."""
        self.run, self.store, self.library, self.opener = run, store, library, opener
        self.changed = sorted(set(changed))
        self.tokens: set[str] = set()
        self.asked: set[str] = set()
        self.waiting: set[str] = set()
        self.dirty: dict[Name, Record] = {}
        self.linked: dict[Name, tuple[Trace, Report]] = {}
        self.gone: set[Name] = set()
        self.again: set[str] = set()
        """Names of what is made again: records, pages, writers."""
        self.removed: set[str] = set()
        self.pictures: dict[str, Any] = {}
        """Renditions that rows of lists ask for."""
        self._adrift = set(library.adrift)
        self._facts_changed: set[str] = set()
        self._old_cards: dict[Name, dict[str, str]] = {}
        self._old_views: dict[Name, dict[str, Any]] = {}

    # ----------------------------------------------------------------------- what has changed

    def read(self) -> None:
        """Documents of the changed files, in place of what is known of them. Errors: Unsure."""
        before, now = self.library_now()
        documents = sorted({place for path in self.changed for place in self._documents(path)})
        for row in self.store.db.execute("select distinct file from face where public_from > ? and public_from <= ?",
                                         (before.astimezone(UTC).isoformat(), now.astimezone(UTC).isoformat())):
            documents.append(row[0])
        self.tokens.update(f"F:{path}" for path in self.changed)
        self._look_back()
        for place in sorted(set(documents)):
            self._read(place)
        self.again |= self.store.due(now)
        for name, record in self.dirty.items():
            self.again |= {f"record {'/'.join(name)}", f"card {'/'.join(name)}"}
            self.again.update(f"view {view.name} {'/'.join(name)}" for view in REGISTRY.views.values()
                              if view.model.kind == record.kind)
        self.waiting = set(self.again)

    def _look_back(self) -> None:
        """What happened to documents since: commits, deployments."""
        if past := self.library.past:
            touched = past.changed_since(self.store.head("past"))
            if touched is None or self.run.report.errors:
                raise Unsure("past")
            self.tokens.update(f"H:{name}" for name in touched)
            self.store.set_head(past=past.mark)

    def library_now(self) -> tuple[datetime, datetime]:
        """(the declared day of the last build, that of this one)."""
        return datetime.fromisoformat(self.store.head("now")), self.library.now.plain

    def _documents(self, path: str) -> Iterator[str]:
        """The document that a file is or belongs to. Errors: Unsure for what touches more than documents."""
        parts = path.split("/")
        if path in REGISTRY.past_files:
            return
        if parts[0] != "content" or any(part.startswith(".") for part in parts):
            if parts[0] == "data":
                raise Unsure(path)
            return
        file, root, _ = self.opener.file_of(path)
        if self._is_odd(file, root):
            raise Unsure(path)
        if not file.exists() and file.parent != root and file.parent.is_dir() and not any(file.parent.iterdir()):
            raise Unsure(path)  # an empty folder is a problem
        for depth in range(2, len(parts)):
            folder = "/".join(parts[:depth])
            for index in ("index.yml", "index.md"):
                place = f"{folder}/{index}"
                if self.opener.file_of(place)[0].exists() or self.store.faces_of(place):
                    if place in self.changed:
                        self._check_index(folder, place)
                    yield place
                    return
        if file.suffix in (".md", ".yml"):
            yield path
        elif file.suffix.lower() not in reading.PICTURES and file.suffix.lower() not in (".pdf", ".csv"):
            raise Unsure(path)

    def _is_odd(self, file: Path, root: Path) -> bool:
        """True where the look at folders may have something to say: names, links, folders without a document."""
        if file.is_dir():
            return True
        here = file
        while here != root:
            if here.is_symlink() or list(reading._name_problems(here, root)) or (
                    here != file and here.suffix in reading.DOCUMENTS):
                return True
            here = here.parent
        folder = file.parent
        names = sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []
        has_folders = any((folder / name).is_dir() for name in names)
        return {"index.md", "index.yml"} <= set(names) or (
            not has_folders and "index.md" not in names and "index.yml" not in names
            and reading._lacks_its_index(folder, root, names, REGISTRY))

    def _check_index(self, folder: str, place: str) -> None:
        """A folder that becomes a document, or is none any more, may change what its other files are."""
        is_there = self.opener.file_of(place)[0].exists()
        if not is_there and self.opener.file_of(folder)[0].exists():
            raise Unsure(place)
        if is_there and not self.store.faces_of(place) and self.store.db.execute(
                "select 1 from face where substr(file, 1, length(?1)) = ?1 limit 1", (f"{folder}/",)).fetchone():
            raise Unsure(place)

    def _read(self, place: str) -> None:
        report = Report()
        is_there = self.opener.file_of(place)[0].exists()
        records = self.opener.read(place, report) if is_there else []
        is_missed = self.opener.file_of(place)[0] in self.library.unread_files
        if report.errors or report.unread or (is_there and not records) or is_missed:
            raise Unsure(place)
        if {record.kind for record in records} & self.library.adrift:
            raise Unsure(place)  # perhaps it no longer names what is not there
        old = {(face.kind, face.key): face for face in self.store.faces_of(place)}
        if self.library.is_moving_in and not all(record.source.is_foreign for record in records):
            raise Unsure(place)  # no longer a site that has just moved in
        is_strange = any(record.source.is_foreign for record in records) and not self.library.is_moving_in
        if (self.store.head("mixed") and old and not records) or (is_strange and not self.store.head("mixed")):
            raise Unsure(place)  # perhaps one now
        self.store.drop(f"read {place}")
        if report.remarks:
            self.store.put(Made(f"read {place}", findings=report.remarks))
        positions: dict[str, int] = {}
        new: dict[Name, tuple[Record, Face]] = {}
        for record in records:
            positions[record.kind] = positions.get(record.kind, -1) + 1
            name = (record.kind, record.key)
            if name in new or (name not in old and self.store.face(*name)):
                raise Unsure(place)  # two records with one identifier
            new[name] = record, face_of(record, order_of(record, positions[record.kind]))
        for name, face in old.items():
            self._drop(name, face, new.get(name, (None, None))[1])
        for name, (record, face) in new.items():
            self.gone.discard(name)  # it stood in another file
            self.store.put_record(face, ties_of(record, marks))
            self.library.take(record)
            self.dirty[name] = record
            self._note(name, old.get(name), face)

    def _drop(self, name: Name, face: Face, after: Face | None) -> None:
        for tie in self._ties(name):
            self.tokens.add(f"L:{tie.to_kind}/{tie.to_key}:{tie.relation}")
        self._mentions(name)
        self._old_cards[name] = self.store.cards_of(*name)
        views = self.store.db.execute("select name from view where kind = ? and key = ?", name).fetchall()
        if after is None:
            self.gone.add(name)
            self.tokens |= {f"R:{'/'.join(name)}", f"C:{'/'.join(name)}", f"K:{face.kind}"}
            self.tokens.update(f"V:{view}" for view, in views)
        self._old_views[name] = {view: self._view_row(view, name) for view, in views}
        self.store.drop_record(*name)

    def _view_row(self, view: str, name: Name) -> Any:
        return self.store.db.execute("select year, newness, axes, mark from view where name = ? and kind = ? and "
                                     "key = ?", (view, *name)).fetchone()

    def _ties(self, name: Name) -> list[Tie]:
        rows = self.store.db.execute("select to_kind, to_key, relation from tie where kind = ? and key = ?", name)
        return [Tie(kind, key, relation, *name, ()) for kind, key, relation in rows]

    def _mentions(self, name: Name) -> None:
        rows = self.store.db.execute("select url from mention where kind = ? and key = ?", name)
        self.tokens.update(f"M:{url}" for url, in rows)

    def _note(self, name: Name, old: Face | None, new: Face) -> None:
        self.tokens.add(f"R:{'/'.join(name)}")
        if old is None or (old.mark, old.order, old.newness, old.public_from) != (
                new.mark, new.order, new.newness, new.public_from) or self._was_out(old) != self._is_out(new):
            self.tokens |= {f"K:{new.kind}", f"C:{'/'.join(name)}"}
        for tie in self._ties(name):
            self.tokens.add(f"L:{tie.to_kind}/{tie.to_key}:{tie.relation}")

    def _is_out(self, face: Face) -> bool:
        return self.library.is_out(face.kind, face.key)

    def _was_out(self, face: Face) -> bool:
        return not face.public_from or datetime.fromisoformat(face.public_from) <= self.library_now()[0]

    # ----------------------------------------------------------------------- who had asked for it

    def settle(self, works: Works) -> None:
        """Follow what has changed, link again whoever had asked for it, and follow what comes out of that."""
        for _ in range(ROUNDS):
            self.follow(works)
            waiting = sorted(name for text in self.again if text.startswith("record ")
                             and (name := name_of(text)) not in self.linked and self.store.face(*name))
            if not waiting:
                return
            for name in waiting:
                self._link(name)
        raise Unsure("no end of links")

    def follow(self, works: Works) -> None:
        """From token to token until nothing new comes out."""
        waiting = self.waiting
        for _ in range(ROUNDS):
            fresh = self.tokens - self.asked
            self.asked |= fresh
            if fresh:
                self.library.forget()
            waiting |= self.store.stale(fresh)
            cards = {name for name in waiting if name.startswith("card ")}
            entries = {name for name in waiting if name.startswith("entry ")}
            views = {name for name in waiting if name.startswith("view ")}
            if cards:
                self._cards(cards, works)
            elif entries:
                self._entries(entries)
            elif views:
                self._views(views, works)
            else:
                self.again |= waiting
                waiting.clear()
                if self.tokens <= self.asked:
                    return
            waiting -= (cards or entries or views)
        raise Unsure("no end of changes")

    def _public(self, name: Name) -> Face | None:
        face = self.store.face(*name)
        return face if face and self._is_out(face) else None

    def _cards(self, names: set[str], works: Works) -> None:
        known: dict[Name, dict[str, str]] = {}
        for text in sorted(names):
            name = name_of(text)
            known[name] = self._old_cards.pop(name, {}) or self.store.cards_of(*name)
            self.store.put_cards(*name, ())
        for text in sorted(names):
            name = name_of(text)
            made, cards = works.card(*name) if self._public(name) else (None, [])
            self.store.put_cards(*name, cards)
            self.store.drop(text)
            if made:
                self.store.put(made)
            if dict(cards) != known[name]:
                self.tokens.add(f"C:{'/'.join(name)}")
                self.tokens.update(f"L:{tie.to_kind}/{tie.to_key}:{tie.relation}" for tie in self._ties(name))

    def _entries(self, names: set[str]) -> None:
        for text in sorted(names):
            name = text.partition(" ")[2]
            build = REGISTRY.mappings.get(name)
            if build is None:
                raise Unsure(name)
            values, trace = self.library.mapping(build)
            found = {entry_token(build, key): value for key, value in values.items()}
            for token, mark in self.store.entries(name):
                value = found.get(token)
                if mark_of(value) != mark:
                    self.tokens.add(token)
                    self.store.put_entries(name, ((token, mark_of(value), value),))
            self.store.put(Made(text, set(trace.tokens), trace.due))

    def _views(self, names: set[str], works: Works) -> None:
        for text in sorted(names):
            view, name = _view_name(text)
            before = self._old_views.get(name, {}).pop(view, None) or self._view_row(view, name)
            self.store.db.execute("delete from view where name = ? and kind = ? and key = ?", (view, *name))
            self.store.drop(text)
            if face := self._public(name):
                self.library.forget_view(view, *name)
                made, seen = works.view(view, *name)
                self.store.put_view(view, name[0], seen, face.newness)
                self.store.put(made)
                self.pictures |= made.pictures
            if self._view_row(view, name) != before:
                self.tokens.add(f"V:{view}")

    # ----------------------------------------------------------------------- making

    def make(self, works: Works) -> list[Made]:
        """Make again what has to be, in the order of a whole build. Returns what was made."""
        made: list[Made] = []
        for name in sorted(self.gone):
            for text in (f"record {'/'.join(name)}", f"card {'/'.join(name)}"):
                self._lose(text)
            for view in REGISTRY.views:
                self._lose(f"view {view} {'/'.join(name)}")
        numbers = [pages_name(number) for number in range(len(REGISTRY.pages))]
        writers = [writer_name(number) for number in range(len(REGISTRY.writers))]
        known = {*numbers, *writers}
        for text in sorted(self.again):
            if text.startswith("record "):
                name = name_of(text)
                if self.store.face(*name):
                    made.append(self._swap(self._record(name, works)))
                    self.store.put_mentions(*name, made[-1].mentions)
            elif text.partition(" ")[0] in ("pages", "write") and " ".join(text.split(" ")[:2]) not in known:
                raise Unsure(text)
        works.holds = self.store.holds
        for number, room in enumerate(numbers):
            if room in self.again or any(text.startswith(f"{room} ") for text in self.again):
                made += self._pages(room, works.pages(number))
        works.facts, works.parts, works.count = self.store.facts, self.store.parts, self.store.count_facts
        if self._facts_changed:
            self.again |= self.store.stale({f"P:{name}" for name in self._facts_changed})
        made += [self._swap(works.writer(number)) for number, name in enumerate(writers) if name in self.again]
        keep_entries(self.library, self.store)
        return made

    def _pages(self, name: str, found: list[Made]) -> Iterator[Made]:
        """What a room's function made, groups that are as they were left out and those that are no more forgotten."""
        for text in set(self.store.groups_of(name)) - {made.name for made in found}:
            self._lose(text)
        yield from (self._swap(made) for made in found if not made.is_kept)

    def _link(self, name: Name) -> None:
        record = self.library.find(*name)
        assert record
        report = Report()
        with self.library.watch() as trace:
            resolve(record, self.library, report)
            judge(record, self.library, report)
        if report.errors or self.library.adrift != self._adrift:
            raise Unsure(record.source.path)
        self.linked[name] = trace, report
        before = {url for url, in self.store.db.execute("select url from mention where kind = ? and key = ?", name)}
        if before != trace.mentions:
            self.tokens.update(f"M:{url}" for url in before ^ trace.mentions)
            self.store.put_mentions(*name, trace.mentions)

    def _record(self, name: Name, works: Works) -> Made:
        return works.record(*name, self.linked[name])

    def _swap(self, made: Made) -> Made:
        """What was made takes the place of what was there."""
        if any(finding.weight == "помилка" for finding in made.findings):
            raise Unsure(made.name)
        before = {out.path: out.facts for out in self.store.outs_of(made.name)}
        after = {out.path: out.facts for out in made.outs}
        self._facts_changed.update(
            name for path in before.keys() | after.keys()
            for name in {*before.get(path, {}), *after.get(path, {})}
            if before.get(path, {}).get(name) != after.get(path, {}).get(name))
        self.removed |= before.keys() - after.keys()
        self.store.put(made)
        return made

    def _lose(self, text: str) -> None:
        for out in self.store.outs_of(text):
            self._facts_changed.update(out.facts)
        self.removed.update(self.store.drop(text))


def check_links(store: Store, made: Iterable[Made], removed: set[str]) -> None:
    """Links to addresses of the site still lead somewhere. Errors: Unsure."""
    names = {item.name for item in made} | store.stale({f"U:{path}" for path in removed})
    for name in sorted(names):
        for kind, key, place, url, needle, is_text in store.pending(name):
            paths = targets(PendingLink(kind, key, tuple(place), url, needle, is_text))
            if not any(path in ("", "/") or store.has(path) for path in paths):
                raise Unsure(name)


def _view_name(text: str) -> tuple[str, Name]:
    """`view feed of news news/2026/5` → ("feed of news", ("news", "2026/5"))."""
    words, _, last = text.partition(" ")[2].rpartition(" ")
    kind, _, key = last.partition("/")
    return words, (kind, key)

