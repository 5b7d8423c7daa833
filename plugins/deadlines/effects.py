"""Facts about the effect of regulatory acts: which reports are due, which are made (Law № 1160-IV, article 10)."""

from __future__ import annotations

from datetime import date
from functools import partial

from plugins.acts.model import Act, TrackingReport, TrackingStage, no_force_since
from plugins.records import Library
from plugins.ukrainian import day

from .fact import ABSENT, Ask, Fact, on
from .terms import Point, Trait

STATED = {TrackingStage.BASE: Trait.BASE_STATED, TrackingStage.REPEAT: Trait.REPEAT_STATED}
REPORTS = {TrackingStage.REPEAT: Trait.REPEAT_REPORT, TrackingStage.PERIODIC: Trait.PERIODIC_REPORT}


def traits(act: Act) -> set[Trait]:
    """For which reports an act states the day itself."""
    return {STATED[item.stage] for item in act.tracking if item.stage in STATED}


def report_traits(report: TrackingReport, library: Library) -> set[Trait]:
    """Which report it is, where another one must follow it by a term."""
    return {REPORTS[report.stage]} if report.stage in REPORTS else set()


def reports_of(act: Act, library: Library) -> list[TrackingReport]:
    """The reports on the effect of an act that are public, from the oldest."""
    found = library.relating(act, "tracking_reports", TrackingReport)
    return sorted((item for item in found if item.is_public(library.now)), key=lambda item: (item.done_on, item.key))


def _stated(stage: TrackingStage, act: Act, library: Library) -> Fact | None:
    return next((on(item.due_on) for item in act.tracking if item.stage is stage), None)


def _force(act: Act, library: Library) -> Fact:
    """Its first day in force, where that is known."""
    is_known = act.effective_on is not None or act.has_begun(library.now.date())
    return on(act.force_begins()) if is_known else ABSENT


def _tracked(stage: TrackingStage, act: Act, library: Library) -> Fact:
    made = next((item for item in reports_of(act, library) if item.stage is stage), None)
    return on(made.done_on) if made else _missing(act, library)


def _missing(act: Act, library: Library) -> Fact:
    """No report yet; of an act that is in force no more none is asked for."""
    gone = no_force_since(act, library)
    return Fact(None, is_absent=True, until=gone, reason=_gone(gone)) if gone else ABSENT


def _gone(since: date) -> str:
    return f"Акт утратив чинність {day(since)}, раніше, ніж сплив строк."


def _next(report: TrackingReport, library: Library) -> Fact | None:
    """The report after this one on the same act; None where the act itself is not on the site."""
    act = library.get(Act, report.act) if report.act else None
    if act is None:
        return None
    later = [item for item in reports_of(act, library) if (item.done_on, item.key) > (report.done_on, report.key)]
    return on(later[0].done_on) if later else _missing(act, library)


OF_ACTS: dict[Point, Ask] = {
    Point.FORCE: _force,
    Point.BASE_DUE: partial(_stated, TrackingStage.BASE), Point.REPEAT_DUE: partial(_stated, TrackingStage.REPEAT),
    Point.BASE_TRACKED: partial(_tracked, TrackingStage.BASE),
    Point.REPEAT_TRACKED: partial(_tracked, TrackingStage.REPEAT)}
OF_REPORTS: dict[Point, Ask] = {
    Point.TRACKED: lambda report, library: on(report.done_on), Point.NEXT_TRACKED: _next}
