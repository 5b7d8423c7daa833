"""Regulatory acts: what is planned, what is discussed, how acts work."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from plugins.acts.regulatory import RegulatoryNotice, TrackingReport, remarks_have_their_term
from plugins.acts.tracking import tracking_of
from plugins.records import Library
from tests.plugins.acts.test_status import NOON, act, made


@pytest.mark.parametrize(("until", "is_right"), [
    ("2026-12-15", False), ("2026-12-16", True), ("2027-02-16", True), ("2027-02-17", False)])
def test_remarks_are_taken_for_one_to_three_months(until: str, is_right: bool) -> None:
    notice = RegulatoryNotice.model_validate({"notice_at": "2026-11-16 10:00", "comments_until": until,
                                              "send_to": "вул. Соборна, 1"})
    assert (list(remarks_have_their_term(notice)) == []) is is_right


def report(stage: str) -> TrackingReport:
    return made(TrackingReport, {"id": f"t-{stage}", "title": "Відстеження", "published_at": "2026-11-20 10:00",
                                 "act": "2026/1-1-8", "stage": stage, "done_on": "2026-11-19"})


def test_reports_that_are_due_are_done_late_or_ahead() -> None:
    subject = act(tracking=[{"stage": "base", "due_on": "2026-11-20"}, {"stage": "repeat", "due_on": "2026-11-21"},
                            {"stage": "periodic", "due_on": "2026-11-22"}])
    rows = tracking_of(subject, Library([subject, report("base")], NOON))
    assert [(row.stage, row.status.word) for row in rows] == [
        ("Базове відстеження", "Проведено 19\u00a0листопада 2026\u00a0року"), ("Повторне відстеження", "Строк минув"),
        ("Періодичне відстеження", "Ще попереду")]


def test_a_report_nobody_planned_is_shown_as_well() -> None:
    subject = act()
    assert [row.due for row in tracking_of(subject, Library([subject, report("base")], NOON))] == [""]


def test_the_section_leads_to_plans_reports_and_versions(build_site: Callable[..., Path]) -> None:
    out = build_site("valid/every-kind")
    section = (out / "rehuliatorna" / "index.html").read_text(encoding="utf-8")
    assert "/rehuliatorna/2027/plan/" in section
    plan = (out / "rehuliatorna" / "2027" / "plan" / "index.html").read_text(encoding="utf-8")
    assert "Правила паркування" in plan and "Проєкт плану" in plan
    tracking = (out / "rehuliatorna" / "vidstezhennia" / "2026" / "11-20" / "index.html").read_text(encoding="utf-8")
    assert 'href="/rishennia/2026/1-1-8/">рішення ради від' in tracking
    version = out / "rishennia" / "2026" / "1-1-8" / "redaktsiia" / "2026-11-19"
    assert "15\u00a0грудня" in (version / "index.html").read_text(encoding="utf-8")
    assert "<ins>" in (version / "porivniannia" / "index.html").read_text(encoding="utf-8")
