"""Rows of regulatory acts: those in force with the reports on their effect (appendix 10), those planned (11)."""

from __future__ import annotations

import re
from datetime import date

from plugins.acts.model import (
    Act,
    ActStatus,
    DraftAct,
    PlannedDraft,
    RegulatoryPlan,
    TrackingReport,
    TrackingStage,
    act_status,
    report_due_on,
)
from plugins.people.model import Council, Organization
from plugins.records import Library, without_hidden
from plugins.ukrainian import day, end_of_term

from .columns import Row
from .facts import code_of
from .jsonld import whole_url
from .national import PLAN_TYPES

NO_REPORT = "не застосовується"
"""What appendix 10 says in place of a report that was not made."""
REPEALS = re.compile(r"(?:про\s+)?(?:скасування|втрату\s+чинності|визнання\b.*чинн)", re.IGNORECASE)
CHANGES = re.compile(r"\bзмін\w*\s+(?:(?:і|й|та)\s+доповнен\w+\s+)?(?:до|в|у)\b", re.IGNORECASE)
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
        "uid": _uid(act), "authorityName": body.title if body else act.body,
        "authorityId": code_of(body, library.only(Council)), "title": act.title,
        "validFrom": act.force_begins().isoformat(), "url": whole_url(library, act.url),
        "text": without_hidden(act.text).strip(),
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
            f"{name}Text": without_hidden(report.text).strip() or report.result or report.title,
            f"{name}BibliographicCitation": None}


def _uid(act: Act) -> str:
    """As appendices 10 and 11 call an act."""
    return f"{act.number}-{act.adopted_on}"


# --------------------------------------------------------------------------- what is planned

def plan_rows(plan: RegulatoryPlan, library: Library) -> list[Row]:
    """Appendix 11, `plan`: a row a draft; its place in the plan stays, as plans are only added to."""
    return [{"uId": f"{plan.for_year}-{plan.id}-{place:02}", **_planned(item, plan, library)}
            for place, item in enumerate(plan.items, 1)]


def _planned(item: PlannedDraft, plan: RegulatoryPlan, library: Library) -> Row:
    draft = _registered(item.draft, library)
    unit, body = library.get(Organization, item.developer), _adopter(draft, plan, library)
    council = library.only(Council)
    changed = library.get(Act, draft.amends[0].act) if draft and draft.amends else None
    ends_on = end_of_term(item.term, plan.for_year)
    return {
        "title": item.title,
        "legalActTitle": f"Проєкт {draft.type.label.lower()} № {draft.number} «{draft.title}»" if draft
        else item.title,
        "type": planned_type(item, draft), "objective": " ".join(item.purpose.split()),
        "isVersionOfІd": _uid(changed) if changed and is_regulatory(changed, library) else None,
        "isVersionOfTitle": changed.title if changed else None,
        "creatorName": unit.title if unit else item.developer, "creatorId": code_of(unit, council),
        "creationEndDate": ends_on.isoformat() if ends_on else None,
        "url": whole_url(library, draft.url if draft else plan.url),
        "text": without_hidden(draft.text).strip() if draft else None,
        "bibliographicCitation": None, "submissionDate": item.submitted_on.isoformat() if item.submitted_on else None,
        "authorityName": body.title if body else council.name, "authorityId": code_of(body, council)}


def _registered(key: str | None, library: Library) -> DraftAct | None:
    """The draft a plan came to, once people can read it."""
    draft = library.get(DraftAct, key) if key else None
    return draft if draft and draft.is_public(library.now) and not draft.withdrawn else None


def _adopter(draft: DraftAct | None, plan: RegulatoryPlan, library: Library) -> Organization | None:
    """Who will adopt a draft; as long as there is none, whoever adopts the plan."""
    act = library.get(Act, plan.approved_by) if plan.approved_by else None
    proposal = library.get(DraftAct, plan.proposed_by) if plan.proposed_by else None
    document = draft or act or proposal
    return library.get(Organization, document.body if document else library.only(Council).council_id)


def planned_type(item: PlannedDraft, draft: DraftAct | None) -> str:
    """New rules, changes or a repeal: plans say it in their titles."""
    new, changes, repeals = PLAN_TYPES
    titles = [item.title, draft.title if draft else ""]
    if any(map(REPEALS.match, titles)):
        return repeals
    return changes if (draft and draft.amends) or any(map(CHANGES.search, titles)) else new
