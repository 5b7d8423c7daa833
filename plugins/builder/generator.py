"""The one class that meets Pelican: read → check → link → compose → print → index, in Pelican's own moments.

Pelican's article, page and static generators stay idle; its settings, theme look-up, Jinja environment and signals
are used. Nothing is written into the output before everything is made: a problem leaves the last good site as it was.
"""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import jinja2
from pelican.generators import Generator

from plugins.records import (
    REGISTRY,
    FileUse,
    Finding,
    Library,
    OutputFile,
    OutputFolder,
    PageModel,
    Record,
    Report,
    code,
    dead_links,
    link,
    read_all,
    unique,
)

from . import assets, changes, workers
from .filters import filters
from .options import BuildOptions
from .printing import Printing, memory
from .state import State

ADDRESS_TWICE = code("ADDRESS-TWICE", "Кожна адреса належить одному документові.", "дві сторінки /pro-misto/",
                     "різні ідентифікатори")
TEMPLATE = code("TEMPLATE", "Шаблон друкує лише те, що є в моделі сторінки.", "{{ page.titel }}", "{{ page.title }}")


class Stopped(Exception):
    """The build ends here: there are problems, or only a check was asked for."""


@dataclasses.dataclass(slots=True)
class Run:
    """One build on its way: what was asked, what is remembered, what has come out so far."""

    options: BuildOptions
    state: State
    engine: str
    folder: Path | None
    """The staging folder for new files; None: only a check."""
    report: Report
    progress: Callable[[str], None]
    moment: datetime | None
    files: dict[str, str] = dataclasses.field(default_factory=dict)
    staged: dict[str, str] = dataclasses.field(default_factory=dict)
    """Where a new file waits: its path in the output → its name in the staging folder."""
    outputs: dict[str, tuple[str, str]] = dataclasses.field(default_factory=dict)
    folders: dict[str, tuple[str, tuple[str, ...]]] = dataclasses.field(default_factory=dict)
    printed: int = 0
    documents: int = 0
    hidden: int = 0
    uses: tuple[FileUse, ...] = ()
    lags: bool = False
    """True if an index was kept that is not of these pages."""


def fingerprint(*parts: Any) -> str:
    """The hash of the values a file is made from. Values print themselves: dataclasses, tuples, texts, dates."""
    return hashlib.blake2b(repr(parts).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def read_library(options: BuildOptions, report: Report, moment: datetime | None, base: str,
                 site_url: str = "") -> Library:
    """Steps read, check and link: the library of a pair of folders; problems are in the report."""
    reading = read_all(options.content, options.data, REGISTRY)
    report.extend([*reading.report.errors, *reading.report.remarks])
    records: list[Record] = list(reading.records)
    for parent, _, derive in REGISTRY.derived:
        for record in [r for r in reading.records if isinstance(r, parent)]:
            records += derive(record, report)
    records = unique(records, report)
    now = moment or _newest_publication(records)
    library = Library(records, now, base, site_url, unread=reading.report.unread | report.unread,
                      unread_files=reading.report.unread_files)
    link(library, report)
    return library


def _newest_publication(records: Iterable[Record]) -> datetime:
    moments = [at for record in records if (at := getattr(record, "published_at", None))]
    return max(moments, default=datetime(2000, 1, 1, tzinfo=changes.KYIV))


class SiteGenerator(Generator):  # type: ignore[misc]
    """Pelican asks for the context, then for the output; the rooms do the work in between."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.run: Run = self.settings["PROZORA_RUN"]
        self.base: str = self.settings["PROZORA_BASE"]
        self.library: Library

    def generate_context(self) -> None:
        """read and check, then link (the records of all rooms are read in one pass)."""
        self.run.progress("Читаю документи")
        self.library = read_library(self.run.options, self.run.report, self.run.moment, self.base,
                                    self.settings["SITEURL"])
        self.run.documents = len(self.library.records)
        self.run.hidden = self.library.hidden

    def stop_on_problems(self) -> None:
        """The build goes no further with a problem."""
        if self.run.report.errors:
            raise Stopped

    def generate_output(self, writer: Any) -> None:
        """compose, print, index."""
        self.stop_on_problems()
        self.run.progress("Складаю сторінки")
        theme = assets.collect(Path(self.theme), self.library)
        site = REGISTRY.site(self.library, theme.addresses) if REGISTRY.site else None
        pages = self._compose()
        outputs = [*theme.files, *self._written(pages, site)]
        self._check_addresses(pages, outputs)
        self.stop_on_problems()
        if self.run.folder is None:
            raise Stopped
        environment = self._environment(site)
        self._print(pages, outputs, site, environment)
        self.stop_on_problems()

    def _compose(self) -> list[PageModel]:
        pages: list[PageModel] = []
        for model, build in REGISTRY.page_builders.items():
            for record in self.library.of(model):
                for index, page in enumerate(build(record, self.library)):
                    if index == 0:
                        page = dataclasses.replace(page, boxes={**page.boxes, **self.library.boxes(record)})
                    pages.append(page)
        for build_pages in REGISTRY.pages:
            pages += build_pages(self.library)
        return pages

    def _written(self, pages: list[PageModel], site: Any) -> list[OutputFile | OutputFolder]:
        made: list[OutputFile | OutputFolder] = []
        for build in REGISTRY.writers:
            made += build(Composed(self.library, tuple(pages), site, self.run.options.search, self.run.options.cache))
        self.run.uses = tuple(sorted(self.library.files))
        made += [OutputFile(use.url.lstrip("/"), changes.digest_of([use.file], use.file.parent), use.file.read_bytes)
                 for use in self.run.uses]
        return made

    def _check_addresses(self, pages: list[PageModel], outputs: list[OutputFile | OutputFolder]) -> None:
        taken: dict[str, PageModel | None] = {}
        for page in pages:
            if (first := taken.setdefault(page.path, page)) is not page and first:
                mine, other = (page, first) if _where(page, self.library) else (first, page)
                self.run.report.add(Finding(
                    _where(mine, self.library) or page.url, 1, "Адреса",
                    f"«{page.url}» уже має «{other.title}». Змініть ідентифікатор.", ADDRESS_TWICE.name))
        for output in outputs:
            taken.setdefault(_unquoted(output.path), None)
        self.run.report.extend(dead_links(self.library, taken))

    def _environment(self, site: Any) -> jinja2.Environment:
        environment = Printing(self.env.loader, self.settings["JINJA_ENVIRONMENT"],
                               self.run.options.cache / "compiled" / fingerprint(
                                   self.base, changes.engine_digest(changes.CODE)))
        environment.filters.update(self.env.filters)
        environment.filters.update(filters(self.base))
        environment.globals.update(REGISTRY.globals, site=site, remember=memory())
        return environment

    def _print(self, pages: list[PageModel], outputs: list[OutputFile | OutputFolder], site: Any,
               environment: jinja2.Environment) -> None:
        run = self.run
        assert run.folder is not None
        common = fingerprint(run.engine, site, self.base)
        tasks: list[workers.Task] = []
        templates: set[str] = set()
        for page in pages:
            if self._plan(page.path, fingerprint(common, page.template, page), _printer(environment, page), tasks):
                templates.add(page.template)
        for output in outputs:
            if isinstance(output, OutputFile):
                self._plan(_unquoted(output.path), fingerprint(run.engine, output.inputs), output.build, tasks,
                           is_heavy=output.is_heavy)
        for template in sorted(templates):
            environment.get_template(template)  # compiled once, before the workers are forked
        run.progress(f"Друкую: {len(tasks)} з {len(pages) + len(outputs)}")
        for done in workers.run(tasks, run.folder / "files", run.options.jobs, _describe):
            if done.error:
                run.report.add(Finding(done.path, 0, "", done.error, TEMPLATE.name))
            run.files[done.path], run.staged[done.path] = done.digest, done.name
            run.outputs[done.path] = (run.outputs[done.path][0], done.digest)
        run.printed = len(tasks)
        for output in outputs:
            if isinstance(output, OutputFolder):
                self._fill(output)

    def _plan(self, path: str, mark: str, build: Callable[[], bytes], tasks: list[workers.Task],
              is_heavy: bool = False) -> bool:
        """Take the file as it is if its fingerprint is the remembered one, else make a task of it (True)."""
        known = self.run.state.outputs.get(path)
        if known and known[0] == mark:
            self.run.files[path] = known[1]
            self.run.outputs[path] = known
            return False
        self.run.outputs[path] = (mark, "")
        tasks.append(workers.Task(path, build, is_heavy))
        return True

    def _fill(self, output: OutputFolder) -> None:
        """The index step for whole folders: in the parent, after print."""
        run = self.run
        assert run.folder is not None
        mark = fingerprint(run.engine, output.inputs)
        known = run.state.folders.get(output.path)
        is_fresh = known is not None and known[0] == mark
        if known and (is_fresh or run.options.keeps_index) and all(path in run.state.outputs for path in known[1]):
            run.lags |= not is_fresh
            for path in known[1]:
                run.outputs[path] = run.state.outputs[path]
                run.files[path] = run.outputs[path][1]
            run.folders[output.path] = known
            return
        run.progress("Складаю покажчик пошуку")
        target = run.folder / "files" / "folders" / output.path
        target.mkdir(parents=True, exist_ok=True)
        output.build(target)
        made = []
        for file in changes.files_below(target):
            path = f"{output.path}/{file.relative_to(target).as_posix()}"
            digest = hashlib.sha256(file.read_bytes()).hexdigest()
            run.files[path], run.outputs[path] = digest, (mark, digest)
            run.staged[path] = file.relative_to(run.folder / "files").as_posix()
            made.append(path)
        run.folders[output.path] = (mark, tuple(made))


@dataclasses.dataclass(frozen=True, slots=True)
class Composed:
    """What writers get: the library, all page models, the site model, whether search is wanted, the cache folder."""

    library: Library
    pages: tuple[PageModel, ...]
    site: Any
    with_search: bool
    cache: Path


def _unquoted(path: str) -> str:
    return unquote(path)


def _where(page: PageModel, library: Library) -> str:
    record = library.find(page.card.kind, page.card.key) if page.card else None
    return record.source.path if record else ""


def _printer(environment: jinja2.Environment, page: PageModel) -> Callable[[], bytes]:
    def build() -> bytes:
        return environment.get_template(page.template).render(page=page).encode("utf-8")

    return build


def _describe(error: Exception) -> str:
    """An error of a template or a writer in words; its place in the theme where Jinja knows it."""
    place = ""
    trace = error.__traceback__
    while trace:
        name = trace.tb_frame.f_code.co_filename
        if name.endswith((".html", ".xml")):
            place = f" ({Path(name).name}:{trace.tb_lineno})"
        trace = trace.tb_next
    if isinstance(error, jinja2.UndefinedError | jinja2.TemplateError):
        return f"шаблон не друкується: {error}{place}."
    return f"файл не складається: {type(error).__name__}: {error}{place}."



def get_generators(_pelican: Any) -> type[SiteGenerator]:
    """Pelican's question which generators we add."""
    return SiteGenerator


def check_links(generators: list[Any]) -> None:
    """`all_generators_finalized`: everything is linked; here the build stops if there are problems."""
    for generator in generators:
        if isinstance(generator, SiteGenerator):
            generator.stop_on_problems()
