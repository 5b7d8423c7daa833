"""The first and the last day in force follow from the record, from repeals, and from what never came into force."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from plugins.acts.model import changes_on, force_of
from plugins.records import Library
from tests.plugins.acts.test_status import NOON, act, council


def days(*acts: Any) -> list[str]:
    """The first and the last day of the first act."""
    force = force_of(acts[0], Library([*acts, council()], NOON))
    return [str(force.begins or ""), str(force.ends or "")]


def ended(status: str, at: str) -> dict[str, Any]:
    return {"ended": {"status": status, "at": at, "basis": "підстава"}}


@pytest.mark.parametrize(("facts", "expected"), [
    ({}, ["2026-11-20", ""]), ({"effective_on": "2026-12-01"}, ["2026-12-01", ""]),
    ({"expires_on": "2026-11-21"}, ["2026-11-20", "2026-11-21"]),
    ({"expires_on": "2026-12-31", **ended("annulled", "2026-11-22")}, ["2026-11-20", "2026-11-21"]),
    (ended("annulled", "2026-11-20"), ["", ""]), (ended("executed", "2026-11-20"), ["2026-11-20", "2026-11-20"]),
    (ended("lapsed", "2026-11-21"), ["", ""]), (ended("lapsed", "2026-12-21"), ["2026-11-20", ""]),
    ({"signed_on": None}, ["", ""]), ({"signed_on": None, "effective_on": "2026-12-01"}, ["2026-12-01", ""]),
    ({"is_normative": "так", "published_at": None}, ["", ""])])
def test_days_in_force_are_those_of_the_record(facts: dict[str, Any], expected: list[str]) -> None:
    assert expected == days(act(**facts))


@pytest.mark.parametrize(("begins", "expected"), [
    ("2026-11-22", ["2026-11-20", "2026-11-21"]), ("2026-11-20", ["", ""]), ("2026-11-23", ["2026-11-20", ""])])
def test_a_repeal_in_force_ends_an_act_on_the_day_before(begins: str, expected: list[str]) -> None:
    assert expected == days(act(), act("2-1-8", effective_on=begins, repeals=[{"act": "2026/1-1-8"}]))


@pytest.mark.parametrize(("facts", "on"), [
    ({}, date(2026, 11, 20)), (ended("annulled", "2026-11-22"), None), (ended("executed", "2026-11-22"),
                                                                        date(2026, 11, 20)),
    ({"signed_on": None}, None), ({"expires_on": "2026-11-21"}, date(2026, 11, 20))])
def test_what_a_court_annulled_or_nobody_signed_changes_nothing(facts: dict[str, Any], on: date | None) -> None:
    subject = act(**facts)
    assert on == changes_on(subject, Library([subject, council()], NOON))
