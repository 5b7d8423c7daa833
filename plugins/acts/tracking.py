"""Reports on the effect of a regulatory act, as its page and the page of the section show them."""

from __future__ import annotations

from plugins.records import Library, Link, frozen
from plugins.records.components import Status
from plugins.ukrainian import day

from .model import Act
from .regulatory import TrackingReport


@frozen
class TrackingRow:
    """A report that is due or done."""

    stage: str
    due: str
    status: Status
    report: Link | None


def tracking_of(act: Act, library: Library) -> tuple[TrackingRow, ...]:
    """Reports on the effect of an act: those that are due with their days, those that are made."""
    made = {report.stage: report for report in library.relating(act, "tracking_reports", TrackingReport)
            if report.is_public(library.now)}
    rows: list[TrackingRow] = []
    for item in act.tracking:
        report = made.pop(item.stage, None)
        is_late = report is None and item.due_on < library.now.date()
        rows.append(TrackingRow(item.stage.label, f"до {day(item.due_on)}", _state(report, is_late), _link(report)))
    rows += [TrackingRow(stage.label, "", _state(report, False), _link(report)) for stage, report in made.items()]
    return tuple(rows)


def _state(report: TrackingReport | None, is_late: bool) -> Status:
    if report:
        return Status(f"Проведено {day(report.done_on)}", "done")
    return Status("Строк минув", "stopped") if is_late else Status("Ще попереду", "ahead")


def _link(report: TrackingReport | None) -> Link | None:
    return Link("звіт", report.url) if report else None
