"""Dated cases of terms: `cases.csv` says what happened and what must come of it."""

from __future__ import annotations

import csv
from datetime import UTC, date, datetime, time, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.acts.model import ExceptionKind
from plugins.deadlines.counting import day_of, limit_of, outcome_of
from plugins.deadlines.fact import ABSENT, Fact
from plugins.deadlines.judgement import decide, lifts
from plugins.deadlines.model import Direction, Outcome, RuleException, RuleTerm
from plugins.history.model import Evidence
from plugins.records import REGISTRY, Report, read_all
from plugins.ukrainian import KYIV, Counting
from tests.conftest import ROOT


def term(direction: str, count: int, unit: str, **more: object) -> RuleTerm:
    return RuleTerm.model_validate({
        "point": more.pop("point", "published"), "direction": direction, "count": count, "unit": unit,
        "from": ["considered"], **more})


TERMS = {
    "lead10": term("before", 10, "wd"), "lead20": term("before", 20, "wd"), "after5": term("after", 5, "wd"),
    "consult15": term("after", 15, "wd", is_inclusive=True), "video": term("after", 1, "cd"),
    "keep": term("lasts", 5, "year"), "sameday": term("after", 0, "cd"),
    "grace15": term("after", 0, "cd", grace_minutes=15), "grace14": term("after", 0, "cd", grace_minutes=14),
    "notice10": term("before", 10, "cd", reading="offset"), "clear3": term("before", 3, "cd"),
    "tax": term("before", 1, "year", on="07-15"), "month1": term("after", 1, "month"),
    "month3": term("after", 3, "month"), "monthback": term("before", 1, "month", reading="offset"),
    "effective": term("before", 0, "cd", reading="offset"), "offset10": term("before", 10, "wd", reading="offset"),
    "yearsback": term("before", 2, "year", reading="offset"), "monthin": term("after", 1, "month", is_inclusive=True),
    "daysin": term("after", 3, "cd", is_inclusive=True), "nonein": term("after", 0, "cd", is_inclusive=True),
}
EXCEPTIONS = {
    "urgent": RuleException(kind=ExceptionKind.URGENT, basis="ст. 15", needs_publication=True),
    "martial_law": RuleException(kind=ExceptionKind.MARTIAL_LAW, basis="ст. 9", in_martial_law=True),
}


@pytest.fixture(scope="module")
def calendars():
    """The sample's calendar, in martial law and as if there were none."""
    from plugins.people.model import WorkingCalendar
    from plugins.records import load_rooms, reset

    reset()
    for room in load_rooms():
        room.register()
    report = Report()
    reading = read_all(ROOT / "tests" / "sites" / "base" / "content", ROOT / "data", REGISTRY)
    report.take(reading.report)
    record = next(item for item in reading.records if isinstance(item, WorkingCalendar))
    return {"war": record.days(), "peace": record.model_copy(update={"holidays_suspended": ()}).days()}


def at(text: str) -> date | datetime | None:
    if not text:
        return None
    if "T" not in text:
        return date.fromisoformat(text)
    return datetime.fromisoformat(text.replace("Z", "+00:00")).astimezone(KYIV)


def moment(text: str) -> datetime:
    found = at(text)
    assert found
    return found if isinstance(found, datetime) else datetime.combine(found, time(12), KYIV)


def day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


CASES = list(csv.DictReader((Path(__file__).parent / "cases.csv").open(encoding="utf-8")))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["case"])
def test_a_dated_case_comes_to_what_it_must(case, calendars):
    asked = TERMS[case["term"]]
    evidence = {"none": None}.get(case["evidence"], case["evidence"])
    happened = ABSENT if case["evidence"] == "absent" else Fact(
        at(case["happened"]), Evidence(evidence) if evidence else None, is_backdated=case["claim"] == "backdated")
    anchor = Fact(at(case["anchor"])) if case["anchor"] else ABSENT
    found = decide(asked, anchor, happened, calendars[case["calendar"]], moment(case["now"]))
    outcome = found.outcome
    if (exception := EXCEPTIONS.get(case["claim"])) and lifts(exception, found, anchor, happened):
        outcome = Outcome.EXEMPT
    assert case["outcome"] == outcome.value
    assert (day(case["latest"]), day(case["lenient"])) == (
        (found.limit.strict, found.limit.lenient) if found.limit else (None, None))
    assert (int(case["margin"]) if case["margin"] else None) == found.margin


@pytest.mark.parametrize(("until", "now", "outcome"), [
    ("2026-11-21", "2026-12-10", "na"), ("2026-11-20", "2026-12-10", "na"), ("2026-11-22", "2026-12-10", "fail"),
    ("2026-11-21", "2026-11-21", "na"), ("", "2026-11-21", "pending"), ("", "2026-11-22", "fail")])
def test_nobody_asks_for_what_is_of_no_use_any_more_on_its_last_day(calendars, until, now, outcome):
    missing = Fact(None, is_absent=True, until=day(until), reason="Акт утратив чинність.")
    found = decide(TERMS["video"], Fact(day("2026-11-20")), missing, calendars["war"], moment(now))
    assert (outcome, "Акт утратив чинність." if outcome == "na" else "") == (found.outcome.value, found.reason)


def test_there_are_at_least_sixty_cases_of_every_outcome():
    assert len(CASES) >= 60
    assert {case["outcome"] for case in CASES} >= {"pass", "fail", "borderline", "exempt", "unknown", "pending"}


@pytest.mark.parametrize(("name", "anchor", "happened", "count"), [
    ("lead10", "2026-11-30", "2026-11-13", 10), ("lead10", "2026-11-30", "2026-11-16", 9),
    ("lead10", "2026-11-30", "2026-12-01", 0), ("offset10", "2026-11-30", "2026-11-16", 10),
    ("notice10", "2026-11-30", "2026-11-20", 10), ("notice10", "2026-11-30", "2026-12-02", 0),
    ("clear3", "2026-11-30", "2026-11-26", 3), ("clear3", "2026-11-30", "2026-11-30", 0),
    ("after5", "2026-11-20", "2026-11-20", 0), ("after5", "2026-11-20", "2026-11-23", 1),
    ("after5", "2026-11-20", "2026-11-27", 5), ("after5", "2026-11-20", "2026-11-18", 0),
    ("consult15", "2022-11-18", "2022-12-08", 15), ("consult15", "2022-11-18", "2022-11-18", 1),
    ("video", "2026-11-20", "2026-11-21", 1), ("video", "2026-11-20", "2026-11-18", 0),
    ("daysin", "2026-11-20", "2026-11-20", 1), ("daysin", "2026-11-20", "2026-11-22", 3)])
def test_a_verdict_names_the_days_that_it_counted(calendars, name, anchor, happened, count):
    found = decide(TERMS[name], Fact(day(anchor)), Fact(day(happened), Evidence.COMMIT), calendars["war"],
                   moment("2027-01-10"))
    assert count == found.count


def test_each_reading_has_its_own_latest_day(calendars):
    readings = dict(limit_of(TERMS["lead10"], date(2026, 11, 30), calendars["war"]).readings)
    assert {Counting.CLEAR: date(2026, 11, 15), Counting.OFFSET: date(2026, 11, 16),
            Counting.INCLUSIVE: date(2026, 11, 16)} == readings


def test_the_lenient_reading_alone_knows_no_boundary(calendars):
    limit = limit_of(term("before", 10, "wd", reading="offset"), date(2026, 11, 30), calendars["war"])
    assert limit.strict == limit.lenient == date(2026, 11, 16)


ORDER = [Outcome.PASS, Outcome.BORDERLINE, Outcome.FAIL]
DAYS = st.dates(date(2024, 2, 1), date(2029, 11, 1))
NOON = time(12, tzinfo=KYIV)
BEFORE = st.builds(term, st.just("before"), st.integers(0, 30), st.sampled_from(["wd", "cd", "month"]),
                   reading=st.sampled_from(["clear", "offset"]))
AFTER = st.builds(term, st.just("after"), st.integers(0, 30), st.sampled_from(["wd", "cd", "month"]),
                  is_inclusive=st.booleans())
CALENDARS = st.sampled_from(["war", "peace"])


@given(st.one_of(BEFORE, AFTER), DAYS, DAYS, st.integers(0, 40), CALENDARS)
def test_an_earlier_publication_never_makes_a_worse_outcome(calendars, asked, anchor, happened, earlier, name):
    limit = limit_of(asked, anchor, calendars[name])
    before = date.fromordinal(happened.toordinal() - earlier)
    assert ORDER.index(outcome_of(asked, limit, before)) <= ORDER.index(outcome_of(asked, limit, happened))


@given(BEFORE, DAYS, DAYS, CALENDARS)
def test_what_the_strict_reading_allows_the_lenient_one_allows_too(calendars, asked, anchor, happened, name):
    strict = asked.model_copy(update={"reading": RuleTerm.model_fields["reading"].default})
    limit = limit_of(strict, anchor, calendars[name])
    assert limit.strict <= limit.lenient
    if happened <= limit.strict:
        assert outcome_of(strict, limit, happened) is Outcome.PASS
        assert happened <= limit.lenient


@given(st.integers(0, 6 * 366 * 24 * 60), st.integers(-12, 14), st.integers(0, 60))
def test_the_zone_in_which_an_instant_is_stored_changes_nothing(minutes, hours, grace):
    instant = datetime(2024, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    elsewhere = instant.astimezone(timezone(timedelta(hours=hours)))
    assert day_of(instant, grace) == day_of(elsewhere, grace) == day_of(instant.astimezone(KYIV), grace)


@given(st.one_of(BEFORE, AFTER), DAYS, DAYS, st.dates(date(2024, 1, 1), date(2030, 1, 1)), CALENDARS,
       st.sampled_from([Evidence.CLAIM, Evidence.NONE]))
def test_weak_evidence_is_neither_success_nor_breach(calendars, asked, anchor, happened, now, name, evidence):
    found = decide(asked, Fact(anchor), Fact(happened, evidence), calendars[name], datetime.combine(now, NOON))
    assert found.outcome in (Outcome.UNKNOWN, Outcome.PENDING, Outcome.FAIL)
    if found.outcome is Outcome.FAIL:  # only announced, and the last day is over without it
        assert happened > now


@given(st.one_of(BEFORE, AFTER), DAYS, DAYS, CALENDARS)
def test_a_margin_is_negative_exactly_where_the_strict_reading_is_missed(calendars, asked, anchor, happened, name):
    now = datetime(2035, 1, 1, tzinfo=KYIV)
    found = decide(asked, Fact(anchor), Fact(happened, Evidence.COMMIT), calendars[name], now)
    assert found.limit and found.margin is not None and found.count is not None
    assert (found.margin < 0) is (happened > found.limit.strict)
    assert found.count >= 0
    assert asked.direction is not Direction.LASTS
