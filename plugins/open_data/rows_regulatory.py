"""Rows of regulatory acts in force with the reports on their effect (appendix 10)."""

from __future__ import annotations

from datetime import date

from plugins.acts.model import Act, ActStatus, TrackingReport, TrackingStage, act_status, report_due_on
from plugins.people.model import Council, Organization
from plugins.records import Library
from plugins.ukrainian import day

from .columns import Row
from .facts import code_of
from .jsonld import whole_url

NO_REPORT = "не застосовується"
"""What appendix 10 says in place of a report that was not made."""
COLUMNS = {TrackingStage.BASE: ("basicEval", "Url"), TrackingStage.REPEAT: ("repeatEval", "Url"),
           TrackingStage.PERIODIC: ("periodEval", "URL")}


def is_regulatory(act: Act, library: Library) -> bool:
    """True for regulatory acts in force, in whole or in part."""
    return act.is_regulatory and not act.withdrawn and act_status(act, library) in (
        ActStatus.IN_FORCE, ActStatus.PARTLY_IN_FORCE)


def regulatory_row(act: Act, library: Library) -> list[Row]:
    """Appendix 10, `regulatoryList`: of several periodic reports the newest."""
    body = library.get(Organization, act.body)
    row: Row = {
        "uid": f"{act.number}-{act.adopted_on}", "authorityName": body.title if body else act.body,
        "authorityId": code_of(body, library.only(Council)), "title": act.title,
        "validFrom": act.force_begins().isoformat(), "url": whole_url(library, act.url), "text": act.text.strip(),
        "bibliographicCitation": None,
        "legalActTitle": f"{act.type.label} від {day(act.adopted_on)} № {act.number} «{act.title}»",
        "legalActІd": act.number, "legalActIssued": act.adopted_on.isoformat()}
    reports = sorted((report for report in library.relating(act, "tracking_reports", TrackingReport)
                      if report.is_public(library.now) and not report.withdrawn),
                     key=lambda report: (report.done_on, report.key))
    made = {report.stage: report for report in reports}
    for stage in COLUMNS:
        row |= _tracking(stage, made.get(stage), report_due_on(act, stage), library)
    return [row]


def _tracking(stage: TrackingStage, report: TrackingReport | None, due_on: date, library: Library) -> Row:
    name, url = COLUMNS[stage]
    if report is None:
        return {f"{name}Date": due_on.isoformat(), f"{name}{url}": None, f"{name}Text": NO_REPORT,
                f"{name}BibliographicCitation": NO_REPORT}
    return {f"{name}Date": report.done_on.isoformat(), f"{name}{url}": whole_url(library, report.url),
            f"{name}Text": report.text.strip() or report.result or report.title,
            f"{name}BibliographicCitation": None}
