"""Making a site: read → check → link → compose → print → index, everything or only what a change touches.

Nothing is written into the output before everything is made: a problem leaves the last good site as it was.
"""

from __future__ import annotations

import dataclasses
import hashlib
import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from collections.abc import Generator as Answers
from datetime import datetime
from functools import partial
from itertools import zip_longest
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import jinja2

from plugins.records import (
    REGISTRY,
    Finding,
    Library,
    OutputFile,
    Reading,
    Record,
    Report,
    Trace,
    code,
    dead_links,
    read_all,
    unique,
)
from plugins.records.link import Linking, render_texts
from plugins.records.registry import Index, Past
from plugins.records.shelf import Held, Seen

from . import (
    assets,
    changes,
    incremental,
    vanished,  # noqa: F401 — its code is explained on the page of codes
    workers,
)
from .filters import filters
from .options import BuildOptions
from .printing import Printing, memory
from .sources import log_mark
from .state import Made, Out, Store, give_up
from .texts import Texts
from .works import Works, fingerprint, making_of

ADDRESS_TWICE = code("ADDRESS-TWICE", "Кожна адреса належить одному документові.", "дві сторінки /pro-misto/",
                     "різні ідентифікатори")
MANY = 200
"""Documents that are worth a second process."""
HELD = 5_000
"""Documents whose rendered texts a worker holds in memory; those of more wait in a file."""
AT_ONCE = 50
"""Documents that a worker tells of at once."""
THEME, FILES, INDEX = "theme", "files", "index"
"""Names of what belongs to no record and no room: the theme's files; pictures and attachments; the search index."""


class Stopped(Exception):
    """The build ends here: there are problems, or only a check was asked for."""


@dataclasses.dataclass(slots=True)
class Run:
    """One build on its way: what was asked, what is remembered, what has come out so far."""

    options: BuildOptions
    base: str
    """The path of the site below its host's root: empty or `/rada`."""
    site_url: str
    known: Store | None
    """The state of the last build: what it knows of files and lists counts here."""
    engine: str
    folder: Path | None
    """The staging folder for new files; None: only a check."""
    report: Report
    progress: Callable[[str], None]
    moment: datetime | None
    kept: Store | None = None
    """The state that this whole build leaves; None: it cannot be written, or only a check was asked for."""
    made: list[Made] = dataclasses.field(default_factory=list)
    library: Library | None = None
    asked: dict[str, set[Any]] = dataclasses.field(default_factory=dict)
    """Name of a mapping → the keys that were asked for."""
    common: str = ""
    index: Index | None = None
    """The index of all pages, at work; None without search, and for a check."""
    is_whole: bool = False
    """True if only a whole build can be asked for again: not all remarks belong to a record or its document."""
    remarks: dict[str, list[Finding]] = dataclasses.field(default_factory=dict)
    """Remarks that belong to the file of a document."""
    changed: list[str] | None = None
    """Files that may have changed since the last build; None: everything is made."""
    removed: set[str] = dataclasses.field(default_factory=set)
    total: int = 0
    """How many records a whole build has read."""

    @property
    def documents(self) -> int:
        """How many records there are."""
        if self.known and self.changed is not None:
            return self.known.count("face")
        return self.total

    def take(self, made: Made) -> None:
        """Something was made: what the next build must know of it is kept, what the index must know goes there."""
        self.made.append(made)
        self.tell_index(made)
        self.report.extend(made.findings)
        self.keep(lambda store: incremental.keep_made(store, made))
        if self.changed is None:
            made.forget()

    def tell_index(self, made: Made) -> None:
        """Give composed pages to the index."""
        for out in made.outs:
            if self.index and out.is_composed:
                self.index.put(out.path, out.entry)
            out.entry = None

    def keep(self, write: Callable[[Store], None]) -> None:
        """Write into the state; where that fails, the next build only takes longer."""
        if self.kept:
            try:
                write(self.kept)
            except (OSError, ValueError, sqlite3.Error):
                give_up(self.kept)
                self.kept = None

    def outs(self) -> Iterator[Out]:
        """All files of the site."""
        for made in self.made:
            yield from made.outs


def read_library(options: BuildOptions, report: Report, moment: datetime | None, base: str,
                 site_url: str = "") -> tuple[Library, Reading]:
    """Steps read and check: the library of a pair of folders; problems are in the report."""
    reading = read_all(options.content, options.data, REGISTRY)
    report.extend([*reading.report.errors, *reading.report.remarks])
    records: list[Record] = list(reading.records)
    for parent, _, derive in REGISTRY.derived:
        for record in [r for r in reading.records if isinstance(r, parent)]:
            records += derive(record, report)
    records = unique(records, report)
    now = moment or newest_publication(records)
    library = Library(records, now, base, site_url, unread=reading.report.unread | report.unread,
                      unread_files=reading.report.unread_files)
    return library, reading


def newest_publication(records: Iterable[Record]) -> datetime:
    """The declared day of a site without git and without `--as-of`."""
    moments = [at for record in records if (at := getattr(record, "published_at", None))]
    return max(moments, default=datetime(2000, 1, 1, tzinfo=changes.KYIV))


@dataclasses.dataclass(frozen=True, slots=True)
class Theme:
    """What templates are printed with: Pelican's loader and settings."""

    folder: Path
    loader: jinja2.BaseLoader
    options: Mapping[str, Any]
    """`JINJA_ENVIRONMENT` of the settings."""
    filters: Mapping[str, Callable[..., Any]] = dataclasses.field(default_factory=dict)


class Making:
    """One build: read, then make all or update; the rooms do the work in between."""

    def __init__(self, run: Run, theme: Theme) -> None:
        self.run, self.theme = run, theme
        self.printing: Printing | None = None
        self.library: Library

    def read(self) -> None:
        """read and check (the records of all rooms are read in one pass)."""
        self.run.progress("Читаю документи")
        self.library, reading = read_library(self.run.options, self.run.report, self.run.moment,
                                             self.run.base, self.run.site_url)
        self.run.library, self.run.total = self.library, len(self.library.records)
        self.run.remarks = reading.remarks
        told = sum(map(len, reading.remarks.values()))
        self.run.is_whole |= told != len(self.run.report)
        self.library.past = self._past()
        self._open_index()

    def _open_index(self) -> None:
        run = self.run
        if run.folder and run.options.search and REGISTRY.index:
            mark = run.known.head("index") if run.known else ""
            place = run.options.cache / "search" / f"{run.options.name}.sqlite"
            run.index = REGISTRY.index(place, mark, self.library, run.options.cache, cold=run.options.cold)

    def _past(self) -> Past | None:
        """What happened before this build, if a room knows."""
        options = self.run.options
        return REGISTRY.past and REGISTRY.past(
            options.content, options.data, options.cache, options.name, self.run.report, cold=options.cold,
            log=options.log_folder, salts=options.salts_folder, mark=log_mark(options))

    def stop_on_problems(self) -> None:
        """The build goes no further with a problem."""
        if self.run.report.errors:
            raise Stopped

    def make(self) -> None:
        """link, compose, print, index. Errors: Stopped."""
        run, library = self.run, self.library
        run.progress("Складаю сторінки")
        documents = [record for record in library.records if not record.place.startswith("data/")]
        jobs = run.options.jobs or os.cpu_count() or 1
        count = jobs if len(documents) >= MANY else 1
        self.printing = self._environment() if run.folder else None
        if count > 1:
            self._load_what_all_need()
        with workers.Crew(count, partial(self._work, documents)) as crew:
            run.keep(partial(incremental.keep_faces, library))
            if crew.count > 1:  # the workers have them
                documents.clear()
                library.let_go(incremental.Opener(run.options.content, run.options.data).open)
            self._link(crew)
            self.stop_on_problems()
            theme, works = self._make_all(crew)
        self._check_addresses(theme)
        self.stop_on_problems()
        if run.folder is None:
            self._try_pictures()
            raise Stopped
        self._copy(works, theme)
        self.stop_on_problems()
        if run.index:
            self._write_index(run.index)

    def _load_what_all_need(self) -> None:
        """Faces, templates and what the theme's files are, once for all workers."""
        self._assets()
        assert isinstance(self.library.shelf, Held)
        self.library.shelf.make_all()
        if self.printing:
            for name in jinja2.FileSystemLoader(self.theme.folder / "templates").list_templates():
                self.printing.get_template(name)

    def update(self) -> None:
        """Only what depends on the changed files. Errors: Unsure."""
        run = self.run
        store = run.known
        assert store and run.folder and run.changed is not None and run.moment
        run.progress("Оновлюю")
        self.printing = self._environment()
        opener = incremental.Opener(run.options.content, run.options.data)
        self.library = run.library = Library(
            [], run.moment, run.base, run.site_url, shelf=store, open_file=opener.open)
        incremental.restore(self.library, store, run.options.content)
        self.library.past = self._past()
        self._open_index()
        if run.index and run.index.is_whole:
            raise incremental.Unsure(INDEX)
        Record.late = late_texts(self.library)
        update = incremental.Update(run, store, self.library, opener, run.changed)
        update.read()
        _, works, trace = self._site("u-")
        if works.common != store.head("common"):
            raise incremental.Unsure("site")
        store.put(site_of(trace))
        update.settle(works)
        run.made = update.make(works)
        run.removed = update.removed
        self._copy_new(works, store, update.pictures)
        if run.index:
            self._update_index(run.index, store)
        incremental.check_links(store, run.made, run.removed)
        run.report.extend(Finding(*finding) for finding in store.findings())

    def _copy_new(self, works: Works, store: Store, pictures: dict[str, Any]) -> None:
        """Pictures and attachments that are asked for since; those that nobody asks for any more go."""
        run = self.run
        files: dict[str, str] = {}
        for made in run.made:
            pictures = pictures | made.pictures
            files |= made.files
        made = self._written(FILES, wanted_files(pictures, files), works)
        if made.findings:
            raise incremental.Unsure(FILES)
        run.removed |= store.add_files(FILES, [out for out in made.outs if out.name])
        run.made.append(made)

    def _works(self, site: Any) -> Works:
        run = self.run
        if self.printing:
            self.printing.globals["site"] = site
        known = run.known.out if run.known else lambda path: None
        works = Works(self.library, site, self.printing, run.folder / "files" if run.folder else None, run.engine,
                      known, run.index, run.options.cache)
        if run.known and not (run.index and run.index.is_whole):
            then = datetime.fromisoformat(run.known.head("now"))
            works.trusts_lists = then <= self.library.now.plain and (
                run.known.head("settings") == changes.settings_digest(run.options))
        return works

    def _environment(self) -> Printing:
        run = self.run
        environment = Printing(self.theme.loader, self.theme.options, run.options.cache / "compiled" / fingerprint(
            run.base, changes.engine_digest(changes.CODE)))
        environment.filters.update(self.theme.filters)
        environment.filters.update(filters(run.base))
        environment.globals.update(REGISTRY.globals, remember=memory())
        return environment

    def _work(self, documents: list[Record], number: int, count: int) -> Answers[Any, Any, None]:
        """One worker: links and makes every `count`th of the documents, then of all else. The registers all link."""
        library, own = self.library, documents[number::count]
        registers = [record for record in library.records if record.place.startswith("data/")]
        linking = Linking([*registers, *own], library)
        texts = Texts(self.run.options.cache) if len(own) > HELD else None
        Record.late = late_texts(library, texts)
        yield None
        yield linking.resolve()
        linking.judge((yield linking.findings()), texts.put if texts else None)
        mentions = yield (linking.findings(), linking.mentions())
        for url, names in mentions.items():
            for name in names:
                library.shelf.mention(url, *name)
        works = self._works_of_site(f"w{number}/")  # a folder of its own: nobody waits for another's new file
        if works.folder:
            (works.folder / works.label).mkdir()
        views: dict[str, list[str]] = {}
        for view in REGISTRY.views.values():
            views.setdefault(view.model.kind, []).append(view.name)
        for name, seen in (yield self._documents(works, own, linking, views)).items():
            library.know(REGISTRY.views[name], seen)
        made_of_registers = [works.record(record.kind, record.key, linking.found[record.kind, record.key])
                             for record in registers[number::count]]
        facts = yield made_of_registers, [works.pages(unit, number, count) for unit in range(len(REGISTRY.pages))]
        works.facts = lambda name: facts[name]
        files = [works.writer(unit) for unit in range(len(REGISTRY.writers))[number::count]]
        yield files, {f"{build.__module__}.{build.__qualname__}": keys for build, keys in library.asked.items()}

    def _documents(self, works: Works, own: list[Record], linking: Linking, views: dict[str, list[str]],
                   ) -> Iterator[list[Document]]:
        """What is made of documents, some at once; the texts of those that are done go out of memory."""
        for start in range(0, len(own), AT_ONCE):
            records = own[start:start + AT_ONCE]
            yield [self._document(works, record, linking, views) for record in records]
            for record in records:
                record._html.clear()

    def _document(self, works: Works, record: Record, linking: Linking, views: dict[str, list[str]]) -> Document:
        """A document with its cards and what views show of it."""
        name = (record.kind, record.key)
        made = [works.record(*name, linking.found.pop(name))]
        if not self.library.is_out(*name):
            return made, [], []
        card, cards = works.card(*name)
        shown: list[tuple[str, Seen]] = []
        for view in views.get(record.kind, ()):
            seen_made, seen = works.view(view, *name)
            made.append(seen_made)
            shown.append((view, seen))
        return [made[0], *(item for item in (*made[1:], card) if item.tells)], cards, shown

    def _link(self, crew: workers.Crew) -> None:
        """References first, all else when it is known whose do not resolve."""
        run = self.run
        adrift = set[str]().union(*crew.ask(None))
        run.report.extend(finding for found in crew.ask(None) for finding in found)
        answers = crew.ask(adrift)
        linked = {finding for found, _ in answers for finding in found}
        run.report.extend(linked)
        self.library.adrift |= adrift
        self.mentions: dict[str, list[tuple[str, str]]] = {}
        for _, mentions in answers:
            for url, names in mentions.items():
                self.mentions.setdefault(url, []).extend(names)

    def _make_all(self, crew: workers.Crew) -> tuple[list[OutputFile], Works]:
        """Documents first, then what shows many of them, then the files that know all pages."""
        run = self.run
        views: dict[str, list[Seen]] = {}
        axes: dict[Any, Any] = {}
        for documents in crew.each(self.mentions):
            for made, cards, shown in documents:
                for item in made:
                    run.take(item)
                for view, seen in shown:
                    same = axes.setdefault(seen.axes, seen.axes)
                    views.setdefault(view, []).append(seen._replace(axes=same))
                face = self.library.shelf.face(*incremental.name_of(made[0].name))
                assert face
                run.keep(partial(incremental.keep_seen, face, cards, shown))
        rest = crew.ask(views)
        del views
        for item in in_turn([registers for registers, _ in rest]):
            run.take(item)
        pages = [item for _, found_pages in rest for items in found_pages for item in items]
        for item in sorted(pages, key=lambda item: item.name):
            run.take(item)
        facts: dict[str, list[tuple[str, Any]]] = {name: [] for name in REGISTRY.facts}
        for out in run.outs():
            for name, fact in out.facts.items():
                facts[name].append((out.path, fact))
        answers = crew.ask(facts)
        for item in in_turn([files for files, _ in answers]):
            run.take(item)
        for _, asked in answers:
            for name, keys in asked.items():
                run.asked.setdefault(name, set()).update(keys)
        theme, works, trace = self._site("p-")
        works.facts = lambda name: facts[name]
        run.take(site_of(trace))
        run.common = works.common
        return theme, works

    def _site(self, label: str) -> tuple[list[OutputFile], Works, Trace]:
        """(files of the theme, works, what the site model asked for)."""
        theme = self._assets()
        with self.library.watch() as trace:
            site = REGISTRY.site(self.library, theme.addresses) if REGISTRY.site else None
        works = self._works(site)
        works.label = label
        return theme.files, works, trace

    def _assets(self) -> assets.Theme:
        return assets.collect(self.theme.folder, self.library.base, self.run.options.cache, self.run.engine)

    def _works_of_site(self, label: str) -> Works:
        return self._site(label)[1]

    def _check_addresses(self, others: list[OutputFile]) -> None:
        taken: dict[str, tuple[Made, Out] | None] = {}
        for made in sorted(self.run.made, key=lambda made: (not made.where, made.where)):
            for out in made.outs:
                first = taken.setdefault(out.path, (made, out))
                if first and first[1] is not out and out.title and first[1].title:
                    mine, other = ((made, out), first) if made.where else (first, (made, out))
                    url = "/" + out.path.removesuffix("index.html")
                    self.run.report.add(Finding(
                        mine[0].where or url, 1, "Адреса",
                        f"«{url}» уже має «{other[1].title}». Змініть ідентифікатор.", ADDRESS_TWICE.name))
        for file in others:
            taken.setdefault(file.path, None)
        for made in self.run.made:
            taken.update((path, None) for path in made.pictures)
            taken.update((unquoted(url), None) for url in made.files)
        pending = [item for made in self.run.made for item in made.pending]
        found = list(dead_links(pending, self.library, taken.__contains__))
        self.run.is_whole |= bool(found)
        self.run.report.extend(found)

    def _try_pictures(self) -> None:
        """A check makes the pictures whose words may not fit."""
        run = self.run
        for made in run.made:
            for file in wanted_files(made.pictures, {}):
                if file.may_refuse:
                    run.report.extend(workers.findings_of(file.path, making_of(file, run.options.cache)))

    def _copy(self, works: Works, theme: list[OutputFile]) -> None:
        """Files of the theme, pictures and attachments that somebody asked for."""
        run = self.run
        assert run.folder
        run.progress("Готую файли")
        run.take(self._written(THEME, theme, works))
        pictures: dict[str, Any] = {}
        files: dict[str, str] = {}
        for made in run.made:
            pictures |= made.pictures
            files |= made.files
        run.take(self._written(FILES, wanted_files(pictures, files), works))

    def _written(self, name: str, files: Iterable[OutputFile], works: Works) -> Made:
        run, made, tasks = self.run, Made(name), []
        assert run.folder
        for file in files:
            out = Out(unquoted(file.path), fingerprint(run.engine, file.inputs), "")
            known = works.known(out.path)
            if known and known.mark == out.mark:
                out.digest = known.digest
            else:
                tasks.append(workers.Task(out.path, making_of(file, run.options.cache), file.is_heavy))
            made.outs.append(out)
        outs = {out.path: out for out in made.outs}
        for done in workers.run(tasks, run.folder / "files", run.options.jobs, name):
            made.findings += done.findings
            outs[done.path].digest, outs[done.path].name = done.digest, done.name
        made.outs = list(outs.values())
        return made

    def _write_index(self, index: Index) -> None:
        """The index step of a whole build: in the parent, after print."""
        run = self.run
        run.progress("Складаю покажчик пошуку")
        index.keep_only(out.path for out in run.outs())
        before = run.known.outs_of(INDEX) if run.known and not index.is_whole else ()
        outs, gone = self._indexed(index)
        kept = [out for out in before if out.path not in gone and out.path not in outs]
        run.take(Made(INDEX, outs=[*kept, *outs.values()]))

    def _update_index(self, index: Index, store: Store) -> None:
        """The same where only some pages were made."""
        run = self.run
        for made in run.made:
            run.tell_index(made)
        for path in sorted(run.removed):
            if not store.has(path):
                index.drop(path)
        outs, gone = self._indexed(index)
        store.change_files(INDEX, outs.values(), gone)
        run.removed |= gone
        run.made.append(Made(INDEX, outs=list(outs.values())))

    def _indexed(self, index: Index) -> tuple[dict[str, Out], set[str]]:
        """(files of the index that are new or others, by path; paths of those that are no more)."""
        assert self.run.folder
        folder, outs = self.run.folder / "files", dict[str, Out]()

        def put_file(path: str, content: bytes) -> None:
            out = Out(path, "", hashlib.sha256(content).hexdigest(), name=f"i-{len(outs)}")
            (folder / out.name).write_bytes(content)
            outs[path] = out

        gone = index.write(put_file)
        return outs, gone


Document = tuple[list[Made], list[tuple[str, str]], list[tuple[str, Seen]]]
"""What was made of a document, its own pages first; its cards; (name of a view, what it shows)."""


def in_turn(answers: list[list[Any]]) -> Iterator[Any]:
    """What workers made of every nth thing, in the order of the things."""
    for group in zip_longest(*answers):
        yield from (item for item in group if item is not None)


def late_texts(library: Library, texts: Texts | None = None) -> Callable[[Record], None]:
    """Gives back what was put aside; renders the texts of records that another worker has linked."""
    def render(record: Record) -> None:
        if not record._html and not (texts and texts.give_back(record)):
            with library.watch():
                render_texts(record, library, Report())

    return render


def site_of(trace: Trace) -> Made:
    """The site model as something that was made: it falls due, and it has pictures."""
    return Made("site", set(trace.tokens), trace.due, pictures=trace.pictures)


def wanted_files(pictures: dict[str, Any], files: dict[str, str]) -> Iterator[OutputFile]:
    """The renditions and copies that pages asked for."""
    for path, rendition in sorted(pictures.items()):
        assert REGISTRY.write_picture
        yield REGISTRY.write_picture(path, rendition)
    for url, name in sorted(files.items()):
        file = Path(name)
        yield OutputFile(url.lstrip("/"), changes.digest_of([file], file.parent), file.read_bytes)


def unquoted(path: str) -> str:
    """The file below the output folder that an address means."""
    return unquote(path).lstrip("/")
