"""`tasks.py verify`: what an auditor asks for → the checks that can run → one report and one exit status.

Whatever a site holds, a check ends with findings; a defect of ours ends it with status 3: it says nothing of the site.
A site that was published anew while it was checked is checked anew: what was half of one and half of another proves
nothing.
"""

from __future__ import annotations

import gc
from collections.abc import Callable
from contextlib import ExitStack, suppress
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from plugins.proof.strict import to_base64

from ..findings import COULD_NOT, TAMPERING, Finding
from .asked import Asked, CannotRun
from .beside import Beside
from .one_page import check_kept
from .report import NAMES, Report, as_json, as_text, said_of

if TYPE_CHECKING:
    from .auditor import Auditor


LEDGER = "deadlines"
"""The check that takes as long as all others together."""
TIMES = 3
"""How many times a site is checked that is published anew each time."""


def run(asked: Asked) -> int:
    """Run what was asked for and print the report. Returns the exit status."""
    report = examine(asked)
    print(as_json(report) if asked.json else as_text(report, asked.lang), end="")
    return report.status


def examine(asked: Asked) -> Report:
    """Run what was asked for; what was seen is remembered when nothing speaks of tampering."""
    collects = gc.isenabled()
    gc.disable()  # log, history and records live until the end: to look for garbage among them finds none
    try:
        return _examined(asked)
    finally:
        if collects:
            gc.enable()


def _examined(asked: Asked) -> Report:
    if asked.what == "page" and asked.file:
        report = Report()
        _run("page", partial(check_kept, asked), report, asked.lang)
        return report
    from .auditor import Auditor  # a page that was kept needs none of it
    for _ in range(TIMES):
        auditor, report = Auditor(asked), Report()
        _examine(auditor, report)
        if report.status != TAMPERING or not auditor.is_published_anew():
            break
    return report


def _examine(auditor: Auditor, report: Report) -> None:
    """A site, its log and its repository."""
    from .checks import CHECKS, IN_ALL, NEED_LOG
    asked = auditor.asked
    try:
        auditor.prepare()
    except CannotRun as reason:
        report.broken["options"] = reason.said[0 if asked.lang == "uk" else 1]
        return
    is_all = asked.what == "all"
    wanted = [name for name in CHECKS if name == asked.what or (is_all and name in IN_ALL)]
    if asked.what in NEED_LOG and auditor.log:
        wanted.insert(0, "log")

    def check(name: str) -> list[Finding]:
        if not (why := CHECKS[name].lacks(auditor)):
            return ledger.answer() if ledger and name == LEDGER else CHECKS[name].run(auditor)
        if not is_all:
            raise CannotRun(*why)
        report.unchecked[name] = why
        return []

    with ExitStack() as stack:
        ledger = None
        for name in wanted:
            _run(name, partial(check, name), report, asked.lang)
            if is_all and name == "log" and name not in report.broken and not CHECKS[LEDGER].lacks(auditor):
                ledger = stack.enter_context(Beside(partial(CHECKS[LEDGER].run, auditor)))
    if asked.what != "witness":
        with suppress(Exception):  # a report without them is a report
            report.facts = _facts(auditor)
    if asked.state and asked.what != "witness" and report.status not in (TAMPERING, COULD_NOT):
        try:
            _remember(auditor, report)
        except OSError as error:
            report.broken["log"] = said_of(error, asked.lang)


def _run(name: str, check: Callable[[], list[Finding]], report: Report, language: str) -> None:
    try:
        report.findings += check()
    except CannotRun as reason:
        report.broken[name] = reason.said[0 if language == "uk" else 1]
    except Exception as error:  # what cannot be read, or a defect of ours: it says nothing about the site
        report.broken[name] = said_of(error, language)
    if name not in report.unchecked:
        report.ran.append(name)


def _facts(auditor: Auditor) -> dict[str, str]:
    asked = auditor.asked
    known = auditor.known
    at = known.moments.earliest[-1] if known and known.moments.earliest else None
    told = {"site": asked.site, "log": f"{known.checkpoint.origin}, {known.checkpoint.size}" if known else "",
            "root": to_base64(known.checkpoint.root) if known else "",
            "witnessed": datetime.fromtimestamp(at, UTC).isoformat() if at is not None else ""}
    return {name: value for name, value in told.items() if value}


def _remember(auditor: Auditor, report: Report) -> None:
    """Nothing speaks of tampering: what was seen is what the next check begins with."""
    known = auditor.known
    if known is None or not known.is_whole:
        return
    from .state import keep_memory
    memory = replace(auditor.memory.with_checkpoint(known.checkpoint), at=auditor.now,
                     policy=auditor.trust.content.decode("utf-8", "surrogateescape"))
    if "history" in report.ran and "history" not in report.broken:
        memory = replace(memory, tip=auditor.branch.head)
    keep_memory(Path(auditor.asked.state), memory)


__all__ = ["NAMES", "Asked", "examine", "run"]
