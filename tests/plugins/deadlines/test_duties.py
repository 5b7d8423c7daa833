"""Duties of the register by dated tables: the budget of a year, land, the effect of regulatory acts."""

from __future__ import annotations

import shutil
from datetime import datetime
from pathlib import Path

import pytest

from plugins.ukrainian import KYIV, NBSP
from tests.plugins.deadlines.conftest import of_the_sample


def noon(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}T12:00").replace(tzinfo=KYIV)


def put(tmp_path: Path, judge, name: str, text: str) -> None:
    """A document beside those of the small council, judged by the whole register."""
    judge("draft/2026/1-p", of_the_sample)
    file = tmp_path / "site" / "content" / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


ACT = """number: "{number}"
type: decision
body: rada
title: {title}
adopted_on: {on}
signed_on: {on}
published_at: {on} 18:00
text: Рішення.
"""
BUDGET = "Про бюджет Яворопільської міської територіальної громади на 2027 рік"


@pytest.mark.parametrize(("title", "on", "outcome", "margin"), [
    (BUDGET, "2026-12-24", "pass", 1), (BUDGET, "2026-12-25", "pass", 0), (BUDGET, "2026-12-26", "fail", -1),
    (BUDGET, "2027-01-14", "fail", -20),
    ("Про затвердження міського бюджету на 2027 рік", "2026-12-18", "pass", 7),
    ("Про внесення змін до бюджету громади на 2027 рік", "2026-12-28", None, None),
    ("Про схвалення проєкту бюджету громади на 2027 рік", "2026-12-28", None, None),
    ("Про громадський бюджет на 2027 рік", "2026-12-28", None, None)])
def test_the_budget_of_a_year_is_adopted_before_christmas(judge, tmp_path, title, on, outcome, margin):
    put(tmp_path, judge, f"acts/{on[:4]}/77-про-бюджет.yml", ACT.format(number="77", title=title, on=on))
    verdict = judge(f"act/{on[:4]}/77", now=noon("2027-02-01")).get("budget.adopt")
    assert (outcome, margin) == ((verdict.outcome.value, verdict.margin) if verdict else (None, None))


def test_a_late_budget_says_by_how_much(judge, tmp_path):
    put(tmp_path, judge, "acts/2026/77-про-бюджет.yml", ACT.format(number="77", title=BUDGET, on="2026-12-28"))
    verdict = judge("act/2026/77", now=noon("2027-02-01"))["budget.adopt"]
    assert "Ухвалено 28 грудня 2026 року; граничний день — 25 грудня 2026 року, запізнення — 3 дні." == (
        verdict.sentence.replace(NBSP, " "))


LAND = """items:
  - {no: "1", title: Про оренду землі, draft: 2026/1-p}
"""
SITTING = """type: plenary
body: rada
convocation: 8
session: {session}
starts_at: {on} 10:00
ended_at: {on} 12:00
status: held
published_at: {on} 09:00
attendance:
  present: [lys-olena, bondar-oles, chumak-iryna, hnatiuk-petro]
"""


@pytest.mark.parametrize(("following", "now", "topic", "outcome"), [
    ("2026-03-22", "2026-04-01", "zemlia", "pass"), ("2026-03-23", "2026-04-01", "zemlia", "fail"),
    ("", "2026-03-22", "zemlia", "pending"), ("", "2026-03-23", "zemlia", "fail"),
    ("2026-03-23", "2026-04-01", "dorohy", None)])
def test_after_a_sitting_on_land_the_next_one_comes_within_a_month(judge, tmp_path, following, now, topic, outcome):
    put(tmp_path, judge, "meetings/2026/pl-2026-02-19/index.yml", SITTING.format(session=1, on="2026-02-19") + LAND)
    content = tmp_path / "site" / "content"
    for name in ("pl-2026-05-22", "pl-2026-08-23", "pl-2026-11-19"):
        shutil.rmtree(content / "meetings" / "2026" / name)
    if following:
        put(tmp_path, judge, "meetings/2026/pl-2/index.yml", SITTING.format(session=2, on=following))
    draft = next(content.rglob("1-p-*.yml"))
    draft.write_text(draft.read_text(encoding="utf-8") + f"topics: [{topic}]\n", encoding="utf-8")
    verdict = judge("meeting/2026/pl-2026-02-19", now=noon(now)).get("session.land")
    assert outcome == (verdict.outcome.value if verdict else None)


RULES = ACT + "is_regulatory: так\nis_normative: так\neffective_on: {force}\n"
REPORT = """---
title: Звіт
summary: Звіт.
published_at: {on} 10:00
act: {year}/88
stage: {stage}
done_on: {on}
---

Показники.
"""
TRACKED = """tracking:
  - {stage: base, due_on: 2026-10-10}
  - {stage: repeat, due_on: 2027-07-10}
"""
REPEALING = """repeals:
  - {act: 2026/88}
"""


def effect(judge, tmp_path, reports: dict[str, str], now: str, more: str = "", repealed: str = "") -> dict[str, str]:
    """Verdicts on the effect of rules in force since 10 July 2026, of the act and of its last report."""
    text = RULES.format(number="88", title="Про кіоски", on="2026-06-25", force="2026-07-10") + more
    put(tmp_path, judge, "acts/2026/88-про-кіоски.yml", text)
    for index, (on, stage) in enumerate(reports.items()):
        put(tmp_path, judge, f"regulatory/tracking/{on[:4]}/r{index}.md",
            REPORT.format(on=on, stage=stage, year=2026))
    if repealed:
        put(tmp_path, judge, f"acts/{repealed[:4]}/89-про-скасування.yml",
            ACT.format(number="89", title="Про скасування", on=repealed) + REPEALING)
    found = judge("act/2026/88", now=noon(now))
    for index, on in enumerate(reports):
        found |= {f"{name} {index}": verdict for name, verdict in
                  judge(f"tracking_report/{on[:4]}/r{index}", now=noon(now)).items()}
    return {name: verdict.outcome.value for name, verdict in found.items()
            if name.split()[0] in ("reg.base", "reg.repeat", "reg.repeat_early", "reg.periodic")}


@pytest.mark.parametrize(("on", "now", "more", "outcome"), [
    ("2026-07-10", "2026-12-01", "", "pass"), ("2026-07-11", "2026-12-01", "", "fail"),
    ("", "2026-07-10", "", "pending"), ("", "2026-07-11", "", "fail"),
    ("2026-10-10", "2026-12-01", TRACKED, "pass"), ("2026-10-11", "2026-12-01", TRACKED, "fail"),
    ("", "2026-10-10", TRACKED, "pending"), ("", "2026-10-11", TRACKED, "fail")])
def test_the_effect_is_looked_at_before_the_rules_are_in_force_or_by_their_own_day(
        judge, tmp_path, on, now, more, outcome):
    assert outcome == effect(judge, tmp_path, {on: "base"} if on else {}, now, more)["reg.base"]


@pytest.mark.parametrize(("on", "now", "more", "outcome", "early"), [
    ("2027-07-09", "2029-01-01", "", "pass", "fail"), ("2027-07-10", "2029-01-01", "", "pass", "pass"),
    ("2028-07-10", "2029-01-01", "", "pass", "pass"), ("2028-07-11", "2029-01-01", "", "fail", "pass"),
    ("", "2028-07-10", "", "pending", None), ("", "2028-07-11", "", "fail", None),
    ("2027-07-10", "2029-01-01", TRACKED, "pass", "pass"), ("2027-07-11", "2029-01-01", TRACKED, "fail", "pass")])
def test_the_effect_is_looked_at_again_between_one_and_two_years(judge, tmp_path, on, now, more, outcome, early):
    found = effect(judge, tmp_path, {on: "repeat"} if on else {}, now, more)
    assert (outcome, early) == (found["reg.repeat"], found.get("reg.repeat_early"))


@pytest.mark.parametrize(("reports", "now", "outcomes"), [
    ({"2028-01-10": "repeat"}, "2031-01-10", ("pending",)), ({"2028-01-10": "repeat"}, "2031-01-11", ("fail",)),
    ({"2028-01-10": "repeat", "2031-01-10": "periodic"}, "2032-01-01", ("pass", "pending")),
    ({"2028-01-10": "repeat", "2031-01-11": "periodic"}, "2034-01-12", ("fail", "fail"))])
def test_then_the_effect_is_looked_at_every_three_years(judge, tmp_path, reports, now, outcomes):
    found = effect(judge, tmp_path, reports, now)
    assert outcomes == tuple(found[f"reg.periodic {index}"] for index in range(len(reports)))


@pytest.mark.parametrize(("repealed", "outcome"), [("2028-07-10", "na"), ("2028-07-11", "fail")])
def test_of_rules_that_are_repealed_before_the_day_no_report_is_asked(judge, tmp_path, repealed, outcome):
    found = effect(judge, tmp_path, {"2026-07-01": "base"}, "2029-01-01", repealed=repealed)
    assert ("pass", outcome) == (found["reg.base"], found["reg.repeat"])
