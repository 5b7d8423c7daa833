"""One run: `build`, `check`, `explain`. Pelican makes whole sites, in this process; its errors become problems.

Status: 0 everything asked for was done, 1 problems (the output is as it was), 2 wrong options, 130 interrupted.
"""

from __future__ import annotations

import contextlib
import errno
import gc
import logging
import shutil
import sqlite3
import sys
import time
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from . import changes, last, output, sources, state
from .alone import alone
from .manifest import MANIFEST, Manifest
from .options import ROOT, BuildOptions


def build(options: BuildOptions) -> int:
    """Build the site into `options.output`. Returns the exit status."""
    made: list[Any] = []

    def report() -> Any:
        from plugins.records.report import Report

        made.append(Report())
        return made[0]

    status = _guarded(options, report)
    if made:
        from plugins.records.report import as_text

        for line in as_text(made[0]):
            print(line, file=sys.stderr if line else sys.stdout)
    return status


def check(options: BuildOptions, form: str = "text") -> int:
    """Read, check, link and compose; write nothing. Prints problems as `text`, `github` or `json`."""
    from plugins.records.report import Report, as_github, as_json, as_text

    report = Report()
    status = run(options, report, only_check=True, quiet=form != "text")
    lines = {"github": as_github, "text": as_text}.get(form)
    for line in lines(report) if lines else [as_json(report)]:
        print(line)
    if form == "text" and (report.errors or not status):
        print(_totals(report))
    return status


def explain(name: str) -> int:
    """Print what a code means. Status 2 for a code nobody declared."""
    from plugins.records import CODES, load_rooms
    from plugins.records.report import explain as text_of

    load_rooms()
    text = text_of(name)
    if text is None:
        print(f"Коду «{name}» немає. Є такі: {', '.join(sorted(CODES))}.", file=sys.stderr)
        return 2
    print(text, end="")
    return 0


def run(options: BuildOptions, report: Any, only_check: bool = False, quiet: bool = False) -> int:
    """One build or check; problems go to `report`. Never raises for what an editor may have done."""
    return _guarded(options, lambda: report, only_check, quiet)


def _guarded(options: BuildOptions, report: Callable[[], Any], only_check: bool = False, quiet: bool = False) -> int:
    """`report` is asked for once there is something to do: records and Pelican are loaded only then."""
    started = time.monotonic()
    problem = _problem_with(options)
    if problem:
        return _fail(problem)
    try:
        moment = changes.declared_moment(options)
    except ValueError:
        print(f"--as-of: «{options.as_of}» не момент часу. Треба 2026-11-22 або 2026-11-22T10:30.", file=sys.stderr)
        return 2
    collects = gc.isenabled()
    gc.disable()  # records and page models live until the end: to look for garbage among them finds none
    try:
        if only_check:
            return 1 if _run(options, report(), moment, None, None, "", quiet).report.errors else 0
        with alone(options.cache / "build" / f"{options.name}.lock", _tell_of_another):
            output.check_ours(options.output, (options.content, options.data))
            output.recover(options.output)
            return _build(options, report, moment, started, quiet)
    except output.OutputError as error:
        return _fail(str(error))
    except OSError as error:
        _drop_staging(options)
        return _fail(_disk(error, options))
    except KeyboardInterrupt:
        _drop_staging(options)
        print(f"Перервано. {_outcome(options)}", file=sys.stderr)
        return 130
    finally:
        if collects:
            gc.enable()


def _tell_of_another() -> None:
    print("Цей сайт уже будує інша команда. Чекаю, доки вона закінчить…", file=sys.stderr)


def _problem_with(options: BuildOptions) -> str:
    for name, path in (("--content", options.content), ("--data", options.data)):
        if not path.is_dir():
            return f"{name}: теки {path} немає."
    return ""


def _fail(text: str) -> int:
    print(f"Помилка: {text}", file=sys.stderr)
    return 1


def _disk(error: OSError, options: BuildOptions) -> str:
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        what = "на диску немає місця. Звільніть місце й повторіть."
    elif error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        what = f"немає права писати: {error.filename or ''}."
    elif error.errno == errno.ESTALE:
        what = f"файл {error.filename} змінився під час побудови. Повторіть побудову."
    else:
        what = f"файл або тека недоступні: {error.filename or ''} ({error.strerror or error})."
    return f"{what} {_outcome(options)}"


def _outcome(options: BuildOptions) -> str:
    """Nothing of the site is touched before the journal is written; what it says is finished by the next build."""
    if output.has_begun_to_move(options.output):
        return "Оновлення сайту не завершено: повторіть побудову, і вона його закінчить."
    return "Сайт лишився таким, як був."


def _drop_staging(options: BuildOptions) -> None:
    staging = output.staging_of(options.output)
    if staging.is_dir() and not output.has_begun_to_move(options.output):
        shutil.rmtree(staging, ignore_errors=True)


def _build(options: BuildOptions, ask: Callable[[], Any], moment: datetime | None, started: float, quiet: bool) -> int:
    inputs = Inputs(changes.engine_digest(), changes.settings_digest(options), sources.look(options), moment)
    note = last.path_of(options.cache, options.name)
    before = last.Last() if options.cold or options.paranoid else last.load(note)
    is_untouched = output.is_untouched(options.output, before.times)
    manifest = Manifest.read(options.output)
    if is_untouched and before.mark == inputs.mark(manifest.digest) and not options.previous:
        _say(f"Без змін: {before.files} файлів, {_seconds(started)}.", quiet)
        return 0
    place = state.path_of(options.cache, options.name)
    store = None if options.cold else state.load(place)
    spoilt = manifest.altered(options.output) if options.paranoid else []
    if store and (not manifest.digest or store.head("manifest") != manifest.digest or spoilt or not (
            is_untouched or output.has_all(options.output, manifest))):
        state.give_up(store)
        store = None
    this = Build(options, inputs, place, store, manifest, set(spoilt), before.times if is_untouched else {}, started,
                 quiet)
    knows = store is not None and (store.head("engine"), store.head("settings")) == (inputs.engine, inputs.settings)
    at = _moment_of(store, inputs) if store and knows else None
    try:
        if store and at:
            if this.has_nothing_to_do(at):
                return this.tell_nothing(ask)
            if not store.head("whole"):
                changed = sources.changed(options, store.head("files"), inputs.sources)
                if changed is not None and (status := this.update(ask, at, changed)) is not None:
                    return status
        return this.make(ask())
    finally:
        this.give_up_index()


@dataclass(frozen=True, slots=True)
class Inputs:
    """What a build is made of: the digests of engine and settings, content and data, the declared day if it is told."""

    engine: str
    settings: str
    sources: sources.Sources
    moment: datetime | None

    def mark(self, manifest: str) -> str:
        """One digest of all of it and of what came out."""
        moment = self.moment.isoformat() if self.moment else ""
        return last.mark_of(self.sources.digest, self.engine, self.settings, moment, manifest)


@dataclass(slots=True)
class Build:
    """One build on its way from what is known to what is written."""

    options: BuildOptions
    inputs: Inputs
    place: Path
    store: state.Store | None
    manifest: Manifest
    """What the output is known to hold."""
    spoilt: set[str]
    """Files of it that have other bytes."""
    times: dict[str, int]
    """Times of folders of an output that nobody has touched."""
    started: float
    quiet: bool
    index: Any = None
    """The index that is at work, until it is saved or given up."""

    def has_nothing_to_do(self, at: datetime) -> bool:
        """True if everything that is known still holds at this moment."""
        assert self.store
        return (self.store.head("sources") == self.inputs.sources.digest and not self.store.is_due(at)
                and not self.options.previous)

    def tell_nothing(self, ask: Callable[[], Any]) -> int:
        """Nothing is made; remarks are told again."""
        assert self.store
        remarks = list(self.store.findings())
        if remarks:
            from plugins.records import Finding

            ask().extend(Finding(*remark) for remark in remarks)
        self._note([], "" if remarks else self.inputs.mark(self.store.head("manifest")))
        state.give_up(self.store)
        _say(f"Без змін: {len(self.manifest)} файлів, {_seconds(self.started)}.", self.quiet)
        return 0

    def update(self, ask: Callable[[], Any], at: datetime, changed: list[str]) -> int | None:
        """An incremental build; None if only a whole one can tell."""
        from plugins.records.report import Report

        from .incremental import Unsure

        assert self.store
        store, options, report = self.store, self.options, Report()
        folder = output.begin(options.output)
        try:
            done = _run(options, report, at, folder, store, self.inputs.engine, self.quiet, changed=changed)
            self.index = done.index
            if report.errors:
                raise Unsure("problems")
            gone = sorted(path for path in done.removed if not store.has(path))
            after = self.manifest.with_changes({out.path: out.digest for out in done.outs()} | dict.fromkeys(gone, ""))
            self._check_vanished(report, after)
            if report.errors:
                raise Unsure("vanished")
        except OSError:
            state.give_up(store)
            raise
        except Exception as doubt:  # whatever it is: a whole build tells it, or does without
            with contextlib.suppress(OSError):
                (options.cache / "unsure.txt").write_text("".join(traceback.format_exception(doubt)), encoding="utf-8")
            state.give_up(store)
            self.give_up_index()
            shutil.rmtree(folder, ignore_errors=True)
            self.store = state.load(self.place)  # as it was before
            return None
        staged = {out.path: out.name for out in done.outs()
                  if out.name and self.manifest.get(out.path) != out.digest}
        documents = store.count("face")
        waiting = _waiting(store.count_hidden(at))
        output.move(options.output, after, staged, gone)
        self.manifest = after
        self._tell_changed(sorted(staged), gone)
        self._keep(store, at, sorted(staged), gone, report.remarks)
        if report.remarks:
            ask().extend(report.remarks)
        _say(f"Готово: документів {documents}, файлів {len(after)}, змінено {len(staged)}, вилучено {len(gone)}"
             f"{waiting}; {_seconds(self.started)}.", self.quiet)
        return 0

    def make(self, report: Any) -> int:
        """A whole build: everything is read, what is as it was is not printed again."""
        kept: state.Store | None = None
        with contextlib.suppress(OSError, sqlite3.Error):  # without it the next build takes longer
            kept = state.fresh(self.place)
        try:
            return self._make(report, kept)
        except OSError as error:
            if error.errno != errno.ENOSPC or not kept or output.has_begun_to_move(self.options.output):
                raise
        finally:
            if kept:
                state.give_up(kept)
            self.give_up_index()
        return self._make(report, None)  # the site comes first: its state may have taken the space

    def _make(self, report: Any, kept: state.Store | None) -> int:
        options = self.options
        folder = output.begin(options.output)
        done = _run(options, report, self.inputs.moment, folder, self.store, self.inputs.engine, self.quiet,
                    kept=kept)
        self.index = done.index
        after = Manifest.of({out.path: out.digest for out in done.outs()})
        if not report.errors:
            self._check_vanished(report, after)
        if self.store:
            state.give_up(self.store)
            self.store = None
        if report.errors:
            shutil.rmtree(folder, ignore_errors=True)
            return 1
        staged = {out.path: out.name for out in done.outs() if out.name}
        held = {} if options.cold else {
            path: digest for path, digest in self.manifest.files.items() if path not in self.spoilt}
        present = {*self.manifest} if self.times else None
        written, removed = output.commit(options.output, after, staged, held, present)
        self.manifest = after
        self._tell_changed(written, removed)
        with contextlib.suppress(OSError, ValueError, sqlite3.Error):  # the site is in place
            from .incremental import remember

            if store := done.kept:
                remember(done, store)
                store.set_head(engine=self.inputs.engine, settings=self.inputs.settings, common=done.common,
                               declared="1" if self.inputs.moment else "", whole="1" if done.is_whole else "")
                self._keep(store, done.library.now.plain, written, removed, report.remarks)
        waiting = _waiting(done.library.hidden)
        _say(f"Готово: документів {done.documents}, файлів {len(after)}, змінено {len(written)}, "
             f"вилучено {len(removed)}{waiting}; {_seconds(self.started)}.", self.quiet)
        return 0

    def give_up_index(self) -> None:
        """The next build opens it; one that was saved stays."""
        if self.index:
            self.index.give_up()
            self.index = None

    def _check_vanished(self, report: Any, files: Manifest) -> None:
        options = self.options
        previous = options.previous or (str(options.output / MANIFEST) if self.manifest.digest else "")
        if options.public and previous:
            from .vanished import vanished

            report.extend(vanished(previous, files))

    def _tell_changed(self, written: list[str], removed: list[str]) -> None:
        """For whoever uploads; what was told before is no longer true, whatever happens to the state."""
        changed = "".join(f"M {path}\n" for path in written) + "".join(f"D {path}\n" for path in removed)
        with contextlib.suppress(OSError):
            self.options.cache.mkdir(parents=True, exist_ok=True)
            (self.options.cache / "changed-files.txt").write_text(changed, encoding="utf-8")

    def _keep(self, store: state.Store, at: datetime, written: list[str], removed: list[str],
              remarks: Sequence[Any]) -> None:
        """The site is in place; without these only the next build takes longer."""
        manifest = self.manifest.digest
        with contextlib.suppress(OSError, sqlite3.Error):
            store.set_head(manifest=manifest, sources=self.inputs.sources.digest, files=self.inputs.sources.text,
                           now=at.isoformat(), index=self.index.keep() if self.index else "")
            state.keep(store, self.place)
        self._note([*written, *removed], "" if remarks else self.inputs.mark(manifest))

    def _note(self, touched: list[str], mark: str) -> None:
        """Leave a note for the next build."""
        times = output.times_of(self.options.output, self.manifest, self.times, touched)
        with contextlib.suppress(OSError):
            last.save(last.path_of(self.options.cache, self.options.name), last.Last(mark, len(self.manifest), times))


def _waiting(hidden: int) -> str:
    return f", чекають дня публікації: {hidden}" if hidden else ""


def _moment_of(store: state.Store, inputs: Inputs) -> datetime | None:
    """The declared day if what is known can be asked about it: it does not lie before that of the last build."""
    known = datetime.fromisoformat(store.head("now"))
    if inputs.moment is None:  # the newest publication decides: known only while nothing has changed
        return known if store.head("sources") == inputs.sources.digest and not store.head("declared") else None
    return inputs.moment if store.head("declared") and inputs.moment >= known else None


def _run(options: BuildOptions, report: Any, moment: datetime | None, folder: Path | None, known: state.Store | None,
         engine: str, quiet: bool, **more: Any) -> Any:
    """A whole build or check through Pelican, or an update without it. Returns the run; problems are in the report."""
    from plugins.records import Record

    from .making import Run

    address = site_address(options)
    this = Run(options, _path_of(address), address, known, engine, folder, report,
               (lambda text: None) if quiet else _progress, moment, **more)
    try:
        if this.changed is None:
            _run_pelican(this)
        else:
            _run_update(this)
    except BaseException:
        if this.index:
            this.index.give_up()  # the next build opens it
        raise
    finally:
        Record.late = None  # it holds the whole library
    return this


def _run_pelican(this: Any) -> None:
    from pelican import Pelican, signals
    from pelican.log import console
    from pelican.settings import read_settings

    from plugins.records import reset
    from plugins.records.report import Finding

    from .making import Stopped

    options, errors = this.options, _Errors()
    console.quiet = True  # its closing line counts articles, and ours are records
    with errors:
        reset()
        for signal in (signals.get_generators, signals.finalized):
            signal.receivers.clear()
        settings = read_settings(str(ROOT / ("publishconf.py" if options.public else "pelicanconf.py")), override={
            "PATH": str(options.content), "OUTPUT_PATH": str(this.folder or options.output),
            "THEME": str(ROOT / "theme"), "SITEURL": this.site_url, "PROZORA_RUN": this})
        try:
            site = Pelican(settings)
            if not errors.messages:
                site.run()
        except Stopped:
            pass
        except (ImportError, SyntaxError) as error:
            errors.messages.append(str(error))
    for message in errors.messages:
        this.report.add(Finding("pelicanconf.py", 0, "Плагіни", f"плагін не завантажується: {message}", "PLUGIN"))


def _run_update(this: Any) -> None:
    """Pelican would only find again what its settings say; half of the time of an update would go there."""
    from jinja2 import FileSystemLoader

    from plugins.records import load_rooms, read_settings, reset

    from .making import Making, Theme

    reset()
    for room in load_rooms():
        if room.__name__ != __package__:  # it would connect itself to Pelican
            room.register()
    theme = ROOT / "theme"
    Making(this, Theme(theme, FileSystemLoader(theme / "templates"), read_settings()["JINJA_ENVIRONMENT"])).update()


def site_base(options: BuildOptions) -> str:
    """The path of the site below its host's root: empty or `/rada`."""
    return _path_of(site_address(options))


def _path_of(address: str) -> str:
    return urlsplit(address).path.rstrip("/")


def site_address(options: BuildOptions) -> str:
    """`--url`, else `site:` of council.yml, before records are read: the base of every link depends on it."""
    from plugins.records.yaml_tree import parse

    if options.url:
        return options.url.rstrip("/")
    try:
        tree = parse((options.data / "council.yml").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return ""
    value = tree.data.get("site", "") if isinstance(tree.data, dict) else ""
    return value.rstrip("/") if isinstance(value, str) else ""


class _Errors(logging.Handler):
    """Gathers what Pelican logs as an error: by itself it would go on and report success."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        message = " ".join(record.getMessage().split())
        if record.exc_info and record.exc_info[1]:
            message += f" — {record.exc_info[1]}"
        self.messages.append(message)

    def __enter__(self) -> _Errors:
        logger = logging.getLogger("pelican")
        self.before = (logger.handlers[:], logger.propagate)
        logger.handlers[:], logger.propagate = [self], False
        logging.getLogger().addHandler(self)
        return self

    def __exit__(self, *_: object) -> None:
        logger = logging.getLogger("pelican")
        logger.handlers[:], logger.propagate = self.before
        logging.getLogger().removeHandler(self)


def _progress(text: str) -> None:
    if sys.stderr.isatty():
        print(f"\r\033[K{text}…", end="", file=sys.stderr, flush=True)


def _say(text: str, quiet: bool) -> None:
    if not quiet:
        if sys.stderr.isatty():
            print("\r\033[K", end="", file=sys.stderr)
        print(text)


def _seconds(started: float) -> str:
    return f"{time.monotonic() - started:.2f} с".replace(".", ",")


def _totals(report: Any) -> str:
    from plugins.ukrainian import counted

    if not report.errors and not report.remarks:
        return "Усе гаразд."
    return (f"{counted(len(report.errors), 'помилка', 'помилки', 'помилок')}, "
            f"{counted(len(report.remarks), 'зауваження', 'зауваження', 'зауважень')}.")
