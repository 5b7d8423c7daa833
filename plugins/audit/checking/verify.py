"""`tasks.py verify`: what an auditor asks for → the checks that can run → one report and one exit status.

Whatever a site holds, a check ends with findings; a defect of ours ends it with status 3: it says nothing of the site.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from plugins.proof.strict import to_base64

from ..findings import COULD_NOT, TAMPERING, Finding
from .asked import Asked, CannotRun
from .one_page import check_kept
from .report import NAMES, Report, as_json, as_text, said_of

if TYPE_CHECKING:
    from .auditor import Auditor


def run(asked: Asked) -> int:
    """Run what was asked for and print the report. Returns the exit status."""
    report = examine(asked)
    print(as_json(report) if asked.json else as_text(report, asked.lang), end="")
    return report.status


def examine(asked: Asked) -> Report:
    """Run what was asked for; what was seen is remembered when nothing speaks of tampering."""
    report = Report()
    if asked.what == "page" and asked.file:
        _run("page", partial(check_kept, asked), report, asked.lang)
    else:
        _examine(asked, report)
    return report


def _examine(asked: Asked, report: Report) -> None:
    """A site, its log and its repository. What reads them is imported here: a page that was kept needs none of it."""
    from .auditor import Auditor
    from .checks import CHECKS, IN_ALL, NEED_LOG
    auditor = Auditor(asked)
    try:
        auditor.prepare()
    except CannotRun as reason:
        report.broken["options"] = reason.said[0 if asked.lang == "uk" else 1]
        return
    wanted = [name for name in CHECKS if name == asked.what or (asked.what == "all" and name in IN_ALL)]
    if asked.what in NEED_LOG and auditor.log:
        wanted.insert(0, "log")

    def check(name: str) -> list[Finding]:
        if not (why := CHECKS[name].lacks(auditor)):
            return CHECKS[name].run(auditor)
        if asked.what != "all":
            raise CannotRun(*why)
        report.unchecked[name] = why
        return []

    for name in wanted:
        _run(name, partial(check, name), report, asked.lang)
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
