"""`tasks.py verify`: what an auditor asks for → the checks that can run → one report and one exit status.

Whatever a site holds, a check ends with findings; a defect of ours ends it with status 3: it says nothing of the site.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from plugins.proof.strict import to_base64

from ..findings import COULD_NOT, TAMPERING
from ..repository import NotReadable
from .auditor import Asked, Auditor, CannotRun
from .checks import CHECKS, IN_ALL, NEED_LOG
from .report import Report, as_json, as_text, said_of
from .state import keep_memory


def run(asked: Asked) -> int:
    """Run what was asked for and print the report. Returns the exit status."""
    report = examine(asked)
    print(as_json(report) if asked.json else as_text(report, asked.lang), end="")
    return report.status


def examine(asked: Asked) -> Report:
    """Run what was asked for; what was seen is remembered when nothing speaks of tampering."""
    auditor, report = Auditor(asked), Report()
    try:
        auditor.prepare()
    except CannotRun as reason:
        report.broken["options"] = reason.said[0 if asked.lang == "uk" else 1]
        return report
    wanted = [name for name in CHECKS if name == asked.what or (asked.what == "all" and name in IN_ALL)]
    if not asked.file and asked.what in NEED_LOG and auditor.log:
        wanted.insert(0, "log")
    for name in wanted:
        _run(name, auditor, report)
    if asked.what != "witness" and not asked.file:
        with suppress(Exception):  # a report without them is a report
            report.facts = _facts(auditor)
    if asked.state and asked.what != "witness" and report.status not in (TAMPERING, COULD_NOT):
        try:
            _remember(auditor, report)
        except OSError as error:
            report.broken["log"] = said_of(error, asked.lang)
    return report


def _run(name: str, auditor: Auditor, report: Report) -> None:
    check = CHECKS[name]
    try:
        if why := check.lacks(auditor):
            if auditor.asked.what == "all":
                report.unchecked[name] = why
                return
            raise CannotRun(*why)
        report.ran.append(name)
        report.findings += check.run(auditor)
    except CannotRun as reason:
        report.ran += [name] if name not in report.ran else []
        report.broken[name] = reason.said[0 if auditor.asked.lang == "uk" else 1]
    except (NotReadable, OSError) as error:
        report.broken[name] = said_of(error, auditor.asked.lang)
    except Exception as error:  # a defect of ours says nothing about the site
        report.broken[name] = said_of(error, auditor.asked.lang)


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
    memory = replace(auditor.memory.with_checkpoint(known.checkpoint), at=auditor.now,
                     policy=auditor.trust.content.decode("utf-8", "surrogateescape"))
    if "history" in report.ran and "history" not in report.broken:
        memory = replace(memory, tip=auditor.branch.head)
    keep_memory(Path(auditor.asked.state), memory)


__all__ = ["CHECKS", "Asked", "examine", "run"]
