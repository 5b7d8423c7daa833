"""Regulatory acts: what is planned, what is discussed, how acts work."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from plugins.acts.regulatory import RegulatoryNotice, TrackingReport, remarks_have_their_term
from plugins.acts.tracking import tracking_of
from plugins.records import Library
from tests.plugins.acts.test_status import NOON, act, council, made


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


def test_reports_that_come_again_answer_their_days_in_turn() -> None:
    subject = act(tracking=[{"stage": "periodic", "due_on": f"2026-11-{day}"} for day in (10, 22)])
    reports = [made(TrackingReport, {"id": f"t-{day}", "title": "Відстеження", "published_at": "2026-11-20 10:00",
                                     "act": "2026/1-1-8", "stage": "periodic", "done_on": f"2026-11-{day}"})
               for day in ("19", "09", "20")]
    rows = tracking_of(subject, Library([subject, *reports], NOON))
    assert [(row.due, row.status.word) for row in rows] == [
        (due, f"Проведено {day}\u00a0листопада 2026\u00a0року") for due, day in (
            ("до 10\u00a0листопада 2026\u00a0року", 9), ("до 22\u00a0листопада 2026\u00a0року", 19), ("", 20))]


@pytest.mark.parametrize(("begins", "evidence", "due"), [
    ("2026-11-20", "2026-01-01", ["20 листопада 2026", "20 листопада 2028", "20 листопада 2031"]),
    ("2024-02-29", "2026-01-01", ["28 лютого 2026", "28 лютого 2029"]),
    ("2026-11-20", None, [])])
def test_days_of_reports_follow_from_the_law(begins: str, evidence: str | None, due: list[str]) -> None:
    subject = act(is_regulatory="так", adopted_on="2024-02-01", signed_on="2024-02-01", effective_on=begins)
    rows = tracking_of(subject, Library([subject, council(evidence_from=evidence)], NOON))
    assert [row.due.replace("\u00a0", " ").removeprefix("до ").removesuffix(" року") for row in rows] == due


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
