"""One run: `build`, `check`, `explain`. Pelican runs in this process; each error it logs becomes a problem.

Status: 0 everything asked for was done, 1 problems (the output is as it was), 2 wrong options, 130 interrupted.
"""

from __future__ import annotations

import contextlib
import errno
import gc
import logging
import shutil
import sys
import time
from collections.abc import Callable, Collection
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from . import changes, last, output, state
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
    gc.disable()  # records and page models live until the end: to look for garbage among them finds none
    try:
        if only_check:
            return _run(options, report(), moment, None, state.State(), "", quiet)
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
        gc.enable()


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
    else:
        what = f"файл або тека недоступні: {error.filename or ''} ({error.strerror or error})."
    return f"{what} {_outcome(options)}"


def _outcome(options: BuildOptions) -> str:
    """Nothing of the site is touched before the journal is written; what it says is finished by the next build."""
    if (output.staging_of(options.output) / "journal.json").is_file():
        return "Оновлення сайту не завершено: повторіть побудову, і вона його закінчить."
    return "Сайт лишився таким, як був."


def _drop_staging(options: BuildOptions) -> None:
    staging = output.staging_of(options.output)
    if staging.is_dir() and not (staging / "journal.json").is_file():
        shutil.rmtree(staging, ignore_errors=True)


def _build(options: BuildOptions, ask: Callable[[], Any], moment: datetime | None, started: float, quiet: bool) -> int:
    engine = changes.engine_digest()
    sources, settings = changes.source_digest(options), changes.settings_digest(options, moment)
    note = last.path_of(options.cache, options.name)
    before = last.Last() if options.cold or options.paranoid else last.load(note)
    is_untouched = output.is_untouched(options.output, before.times)
    mark = last.mark_of(sources, engine, settings, output.manifest_digest(options.output))
    if is_untouched and before.mark == mark and not options.previous:
        _say(f"Без змін: {before.files} файлів, {_seconds(started)}.", quiet)
        return 0
    place = state.path_of(options.cache, options.name)
    known = state.State() if options.cold else state.load(place)
    files, manifest = output.read_manifest(options.output)
    spoilt = output.altered(options.output, files) if options.paranoid else []
    is_whole = bool(manifest) and known.manifest == manifest and not spoilt and (
        is_untouched or output.has_all(options.output, files))
    if not is_whole:
        known = state.State()
    same = (known.sources, known.engine, known.settings) == (sources, engine, settings)
    if same and not known.remarks and not options.previous:
        _remember(note, mark, options.output, files, {}, [])
        _say(f"Без змін: {len(files)} файлів, {_seconds(started)}.", quiet)
        return 0
    if known.engine != engine or known.settings != settings:
        known = state.State(outputs=known.outputs if known.engine == engine else {},
                            folders=known.folders if known.engine == engine else {})
    from .vanished import vanished

    report = ask()
    folder = output.begin(options.output)
    status = _run(options, report, moment, folder, known, engine, quiet)
    previous = options.previous or (str(options.output / output.MANIFEST) if manifest else "")
    if not status and options.public and previous:
        report.extend(vanished(previous, _LAST[0].files))
        status = 1 if report.errors else 0
    if status:
        shutil.rmtree(folder, ignore_errors=True)
        return status
    done = _LAST[0]
    held = {} if options.cold else {path: files[path] for path in files.keys() - spoilt}
    written, removed = output.commit(options.output, done.files, done.staged, held, set(files) if is_whole else None)
    manifest = output.manifest_digest(options.output)
    changed = "".join(f"M {path}\n" for path in written) + "".join(f"D {path}\n" for path in removed)
    with contextlib.suppress(OSError):  # the site is in place; without these only the next build takes longer
        state.save(place, state.State("" if done.lags else sources, engine, settings, manifest, done.outputs,
                                      done.folders, len(report.remarks)))
        (options.cache / "changed-files.txt").write_text(changed, encoding="utf-8")
    mark = "" if done.lags or report.remarks else last.mark_of(sources, engine, settings, manifest)
    _remember(note, mark, options.output, done.files, before.times if is_untouched else {}, [*written, *removed])
    waiting = f", чекають дня публікації: {done.hidden}" if done.hidden else ""
    _say(f"Готово: документів {done.documents}, файлів {len(done.files)}, змінено {len(written)}, "
         f"вилучено {len(removed)}{waiting}; {_seconds(started)}.", quiet)
    return 0


def _remember(note: Path, mark: str, folder: Path, files: Collection[str], known: dict[str, int],
              touched: list[str]) -> None:
    """Leave a note for the next build; without it that takes longer."""
    with contextlib.suppress(OSError):
        last.save(note, last.Last(mark, len(files), output.times_of(folder, files, known, touched)))


_LAST: list[Any] = []
"""The run that Pelican carried through (Pelican's own run returns nothing)."""


def _run(options: BuildOptions, report: Any, moment: datetime | None, folder: Path | None, known: state.State,
         engine: str, quiet: bool) -> int:
    from pelican import Pelican, signals
    from pelican.log import console
    from pelican.settings import read_settings

    from plugins.records import reset
    from plugins.records.report import Finding

    from .generator import Run, Stopped

    progress = (lambda text: None) if quiet else _progress
    this = Run(options, known, engine, folder, report, progress, moment)
    errors = _Errors()
    console.quiet = True  # its closing line counts articles, and ours are records
    with errors:
        reset()
        for signal in (signals.get_generators, signals.all_generators_finalized, signals.finalized):
            signal.receivers.clear()
        settings = read_settings(str(ROOT / ("publishconf.py" if options.public else "pelicanconf.py")), override={
            "PATH": str(options.content), "OUTPUT_PATH": str(folder or options.output), "THEME": str(ROOT / "theme"),
            "PROZORA_RUN": this})
        settings["SITEURL"] = _site_address(options)
        settings["PROZORA_BASE"] = site_base(options)
        try:
            site = Pelican(settings)
            if not errors.messages:
                site.run()
        except Stopped:
            pass
        except (ImportError, SyntaxError) as error:
            errors.messages.append(str(error))
    for message in errors.messages:
        report.add(Finding("pelicanconf.py", 0, "Плагіни", f"плагін не завантажується: {message}", "PLUGIN"))
    _LAST[:] = [this]
    return 1 if report.errors else 0


def site_base(options: BuildOptions) -> str:
    """The path of the site below its host's root: empty or `/rada`."""
    return urlsplit(_site_address(options)).path.rstrip("/")


def _site_address(options: BuildOptions) -> str:
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
