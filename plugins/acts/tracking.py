"""Reports on the effect of a regulatory act, as its page and the page of the section show them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from plugins.people.model import council_of
from plugins.records import Library, Link, frozen
from plugins.records.components import Status
from plugins.ukrainian import day

from .model import Act, ActStatus, act_status
from .regulatory import TrackingReport, TrackingStage, report_due_on

IN_FORCE = (ActStatus.IN_FORCE, ActStatus.PARTLY_IN_FORCE)


@frozen
class TrackingRow:
    """A report that is due or done."""

    stage: str
    due: str
    status: Status
    report: Link | None


def tracking_of(act: Act, library: Library) -> tuple[TrackingRow, ...]:
    """Reports on the effect of an act: those that are due with their days, those that are made.

    Days that the act does not state follow from the law, as long as it is in force; those from before there was
    evidence are left out, as nobody knows what was done then. Reports of a stage that comes again answer its days in
    turn.
    """
    made: defaultdict[TrackingStage, list[TrackingReport]] = defaultdict(list)
    for report in sorted(library.relating(act, "tracking_reports", TrackingReport),
                         key=lambda report: (report.done_on, report.key)):
        if report.is_public(library.now):
            made[report.stage].append(report)
    rows = [_row(stage, due_on, made[stage].pop(0) if made[stage] else None, library)
            for stage, due_on in _due(act, library, frozenset(stage for stage, found in made.items() if found))]
    rows += [_row(stage, None, report, library) for stage in TrackingStage for report in made[stage]]
    return tuple(rows)


def _due(act: Act, library: Library, made: frozenset[TrackingStage]) -> Iterator[tuple[TrackingStage, date]]:
    stated = {item.stage for item in act.tracking}
    yield from ((item.stage, item.due_on) for item in act.tracking)
    council = council_of(library)
    since = council.evidence_from if council else None
    if not act.is_regulatory or since is None or act_status(act, library) not in IN_FORCE:
        return
    for stage in TrackingStage:
        if stage not in stated and stage not in made and (due_on := report_due_on(act, stage)) >= since:
            yield stage, due_on


def _row(stage: TrackingStage, due_on: date | None, report: TrackingReport | None, library: Library) -> TrackingRow:
    is_late = report is None and due_on is not None and due_on < library.now.date()
    return TrackingRow(stage.label, f"до {day(due_on)}" if due_on else "", _state(report, is_late), _link(report))


def _state(report: TrackingReport | None, is_late: bool) -> Status:
    if report:
        return Status(f"Проведено {day(report.done_on)}", "done")
    return Status("Строк минув", "stopped") if is_late else Status("Ще попереду", "ahead")


def _link(report: TrackingReport | None) -> Link | None:
    return Link("звіт", report.url) if report else None
