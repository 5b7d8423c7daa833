"""The calendar as data, compared with an independent library."""

from __future__ import annotations

from datetime import date, timedelta

import holidays
import pytest

from plugins.people.model import WorkingCalendar
from plugins.records import REGISTRY, load_rooms, read_all, reset
from plugins.ukrainian import is_working_day
from tests.conftest import ROOT
from tests.sample import ONLY_HERE


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> WorkingCalendar:
    reset()
    for room in load_rooms():
        room.register()
    reading = read_all(tmp_path_factory.mktemp("content"), ROOT / "data", REGISTRY)
    return next(item for item in reading.records if isinstance(item, WorkingCalendar))


@ONLY_HERE
@pytest.mark.parametrize("year", range(2015, 2022))
def test_days_off_in_peace_are_those_of_the_holidays_package(record, year):
    official = holidays.Ukraine(years=year)
    # The Cabinet's yearly advice to swap single working days is no law and stands in no table of ours.
    expected = {day for day, name in official.items() if "substituted" not in name and day.weekday() < 5}
    days = record.days()
    whole = [date(year, 1, 1) + timedelta(days=step) for step in range(365)]
    assert expected == {day for day in whole if day.weekday() < 5 and not is_working_day(day, days)}


@ONLY_HERE
@pytest.mark.parametrize("year", range(2023, 2027))
def test_no_holiday_is_a_day_off_while_they_are_suspended(record, year):
    assert not holidays.Ukraine(years=year)
    whole = [date(year, 1, 1) + timedelta(days=step) for step in range(365)]
    assert all(is_working_day(day, record.days()) for day in whole if day.weekday() < 5)


@ONLY_HERE
@pytest.mark.parametrize("year", range(2024, 2031))
def test_the_lists_for_peace_to_come_are_those_of_the_holidays_package(record, year):
    table = next(item for item in record.holidays if item.year == year)
    assert sorted(holidays.Ukraine(years=year, categories=("workday",), observed=False)) == sorted(table.days)


@ONLY_HERE
def test_holidays_are_off_until_the_law_suspends_them_and_martial_law_holds_from_its_first_day(record):
    days = record.days()
    assert not is_working_day(date(2022, 3, 8), days)
    assert is_working_day(date(2022, 6, 28), days)
    assert [False, True] == [record.is_martial_law(day) for day in (date(2022, 2, 23), date(2022, 2, 24))]
