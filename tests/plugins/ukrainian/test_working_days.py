"""Working days and terms: the vectors of the domain guide (Time)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.ukrainian import (
    Counting,
    NoHolidayTable,
    add_months,
    add_working_days,
    add_years,
    calendar,
    count_working_days,
    is_early_enough,
    is_working_day,
    last_of_working_days,
    latest_day_before,
    working_days,
    working_days_before,
)

EASTER = {2025: date(2025, 4, 20), 2026: date(2026, 4, 12), 2027: date(2027, 5, 2)}
FIXED = ((1, 1), (3, 8), (5, 1), (5, 8), (6, 28), (7, 15), (8, 24), (10, 1), (12, 25))
HOLIDAYS = {
    year: [*(date(year, month, day) for month, day in FIXED), easter, easter + timedelta(days=49)]
    for year, easter in EASTER.items()
}
PEACE = calendar(HOLIDAYS)
WAR = calendar(HOLIDAYS, [(date(2022, 3, 24), None)])
CLEAR, OFFSET, INCLUSIVE = Counting
IN_TABLES = st.dates(date(2025, 3, 1), date(2027, 10, 1))


def day(text):
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("text", "in_peace"),
    [
        ("2026-11-20", True), ("2026-11-21", False), ("2026-11-22", False),
        ("2026-12-25", False), ("2026-08-24", False), ("2026-01-01", False),
        ("2026-04-13", False),  # Easter is on a Sunday
        ("2026-06-01", False),  # so is Trinity
        ("2026-03-09", False),  # 8 March 2026 is a Sunday
        ("2026-06-29", False), ("2026-04-14", True),
    ],
)  # fmt: skip
def test_a_day_is_worked_unless_it_is_a_weekend_a_holiday_or_stands_in_for_one(text, in_peace):
    assert in_peace == is_working_day(day(text), PEACE)


@pytest.mark.parametrize("text", ["2026-12-25", "2026-08-24", "2026-01-01", "2026-04-13", "2026-03-09"])
def test_while_martial_law_lasts_holidays_are_worked(text):
    assert is_working_day(day(text), WAR)


def test_weekends_stay_free_while_martial_law_lasts():
    assert not is_working_day(day("2026-11-21"), WAR)


def test_two_holidays_on_one_weekend_move_two_days():
    days = calendar({2026: [day("2026-11-21"), day("2026-11-22")]})
    assert [day("2026-11-25"), day("2026-11-26")] == working_days(day("2026-11-21"), day("2026-11-26"), days)


def test_a_holiday_does_not_move_to_another_holiday():
    days = calendar({2026: [day("2026-11-22"), day("2026-11-23")]})
    assert [day("2026-11-25")] == working_days(day("2026-11-21"), day("2026-11-25"), days)


def test_a_holiday_on_a_saturday_makes_monday_a_day_off():
    assert [False, True] == [is_working_day(day(text), PEACE) for text in ("2025-03-10", "2025-03-11")]


def test_a_holiday_moves_to_the_friday_of_a_week_of_holidays():
    days = calendar({2026: [day("2026-11-21"), *(day(f"2026-11-{number}") for number in (23, 24, 25, 26))]})
    assert [day("2026-11-30")] == working_days(day("2026-11-21"), day("2026-11-30"), days)


def test_a_holiday_does_not_move_to_a_weekend_after_a_week_of_holidays():
    days = calendar({2026: [day(f"2026-11-{number}") for number in range(22, 28)]})
    assert [day("2026-12-01")] == working_days(day("2026-11-21"), day("2026-12-01"), days)


def test_a_period_without_holidays_holds_on_its_first_and_its_last_day():
    feast = day("2026-08-24")
    assert is_working_day(feast, calendar(HOLIDAYS, [(feast, None)]))
    assert is_working_day(feast, calendar(HOLIDAYS, [(day("2026-01-01"), feast)]))
    assert not is_working_day(feast, calendar(HOLIDAYS, [(day("2026-08-25"), None)]))
    assert not is_working_day(feast, calendar(HOLIDAYS, [(day("2026-08-25"), day("2026-12-31"))]))


def test_holidays_count_again_after_the_period_is_closed():
    days = calendar(HOLIDAYS, [(day("2022-03-24"), day("2026-08-31"))])
    assert is_working_day(day("2026-08-24"), days)
    assert not is_working_day(day("2026-10-01"), days)


def test_a_year_without_a_table_is_refused_where_holidays_count():
    with pytest.raises(NoHolidayTable, match="немає свят 2030 року"):
        is_working_day(day("2030-01-02"), PEACE)
    assert is_working_day(day("2030-01-02"), WAR)


def test_days_of_years_without_a_table_are_counted_as_they_are_listed_while_no_holidays_count():
    until = calendar(HOLIDAYS, [(day("2022-03-24"), day("2030-06-30"))])
    for days, last in ((WAR, "2031-02-03"), (until, "2030-06-30"), (until, "2029-12-31")):
        for first in ("2022-03-24", "2025-01-01", "2029-03-03"):
            span = day(first), day(last), days
            assert len(working_days(*span)) == count_working_days(*span)
    with pytest.raises(NoHolidayTable):
        count_working_days(day("2029-01-01"), day("2030-07-01"), until)


def test_a_holiday_under_another_year_is_refused():
    with pytest.raises(ValueError, match="записано під роком 2026"):
        calendar({2026: [day("2027-01-01")]})


@pytest.mark.parametrize(
    ("published", "clear_days", "offset_days", "is_clear", "is_offset"),
    [
        ("2026-11-13", 10, 11, True, True),
        ("2026-11-14", 10, 10, True, True),
        ("2026-11-15", 10, 10, True, True),
        ("2026-11-16", 9, 10, False, True),
        ("2026-11-17", 8, 9, False, False),
    ],
)
def test_a_draft_leads_the_meeting_by_working_days(published, clear_days, offset_days, is_clear, is_offset):
    held = day("2026-11-30")
    assert clear_days == working_days_before(day(published), held, CLEAR, WAR)
    assert offset_days == working_days_before(day(published), held, OFFSET, WAR)
    assert is_clear == is_early_enough(day(published), held, 10, CLEAR, WAR)
    assert is_offset == is_early_enough(day(published), held, 10, OFFSET, WAR)
    assert is_offset == is_early_enough(day(published), held, 10, INCLUSIVE, WAR)


@pytest.mark.parametrize(
    ("days", "clear", "offset"), [(WAR, "2026-12-24", "2026-12-25"), (PEACE, "2026-12-22", "2026-12-23")]
)
def test_the_latest_day_depends_on_holidays(days, clear, offset):
    held = day("2027-01-08")
    assert day(clear) == latest_day_before(held, 10, CLEAR, days)
    assert day(offset) == latest_day_before(held, 10, OFFSET, days) == latest_day_before(held, 10, INCLUSIVE, days)


def test_the_offset_boundary_of_the_worked_example():
    assert day("2026-11-16") == latest_day_before(day("2026-11-30"), 10, OFFSET, WAR)


@pytest.mark.parametrize(
    ("after", "in_war", "in_peace"),
    [
        ("2026-11-20", "2026-11-27", "2026-11-27"),
        ("2026-12-23", "2026-12-30", "2026-12-31"),
        ("2026-08-20", "2026-08-27", "2026-08-28"),
    ],
)
def test_within_five_working_days_begins_with_the_next_working_day(after, in_war, in_peace):
    assert day(in_war) == add_working_days(day(after), 5, WAR)
    assert day(in_peace) == add_working_days(day(after), 5, PEACE)


def test_a_term_of_fifteen_working_days_includes_the_day_of_publication():
    assert day("2022-12-08") == last_of_working_days(day("2022-11-18"), 15, WAR)


def test_a_term_that_includes_its_day_begins_on_the_next_working_day_after_a_weekend():
    assert day("2026-11-23") == last_of_working_days(day("2026-11-21"), 1, WAR)


def test_a_term_of_no_days_is_refused():
    with pytest.raises(ValueError, match="щонайменше один"):
        last_of_working_days(day("2026-11-20"), 0, WAR)


def test_no_working_days_added_is_the_day_itself():
    assert day("2026-11-21") == add_working_days(day("2026-11-21"), 0, WAR)


def test_the_days_of_a_consultation_are_its_working_days():
    expected = [day(f"2026-11-{number}") for number in (13, 16, 17, 18, 19, 20, 23, 24, 25, 26)]
    assert expected == working_days(day("2026-11-13"), day("2026-11-26"), WAR)
    assert [] == working_days(day("2026-11-26"), day("2026-11-13"), WAR)


MIXED = calendar(HOLIDAYS, [(date(2025, 6, 20), date(2026, 3, 9)), (date(2026, 8, 24), date(2026, 8, 24))])


def test_working_days_of_a_year_without_a_table_are_counted_where_holidays_do_not_count():
    assert count_working_days(day("2030-01-01"), day("2030-01-09"), WAR) == 7
    for first in ("2029-12-27", "2030-01-01"):
        with pytest.raises(NoHolidayTable, match="немає свят"):
            count_working_days(day(first), day("2030-01-09"), PEACE)


@given(IN_TABLES, st.integers(-5, 500), st.sampled_from([PEACE, WAR, MIXED]))
def test_working_days_are_counted_as_if_each_were_looked_at(first, length, days):
    last = min(first + timedelta(days=length), date(2027, 12, 31))
    assert len(working_days(first, last, days)) == count_working_days(first, last, days)


@given(IN_TABLES, st.integers(1, 30), st.sampled_from([PEACE, WAR]))
def test_counting_there_and_back_agree(start, count, days):
    end = add_working_days(start, count, days)
    assert is_working_day(end, days)
    assert count == len(working_days(start + timedelta(days=1), end, days))
    assert count == working_days_before(latest_day_before(end, count, CLEAR, days), end, CLEAR, days)


@given(IN_TABLES, st.integers(0, 90), st.integers(1, 20), st.sampled_from(Counting), st.sampled_from([PEACE, WAR]))
def test_a_publication_is_early_enough_exactly_when_it_leads_by_enough_days(published, lead, count, counting, days):
    held = published + timedelta(days=lead)
    by_count = working_days_before(published, held, counting, days) >= count
    assert by_count == is_early_enough(published, held, count, counting, days)


@given(IN_TABLES, st.integers(1, 20), st.sampled_from([PEACE, WAR]))
def test_the_strict_reading_is_one_day_before_the_lenient_one(held, count, days):
    lenient = latest_day_before(held, count, OFFSET, days)
    assert timedelta(days=1) == lenient - latest_day_before(held, count, CLEAR, days)


@pytest.mark.parametrize(
    ("start", "months", "expected"),
    [
        ("2026-01-31", 1, "2026-02-28"), ("2026-11-16", 1, "2026-12-16"), ("2026-11-16", 3, "2027-02-16"),
        ("2024-02-29", 60, "2029-02-28"), ("2026-03-31", -1, "2026-02-28"), ("2026-12-31", 12, "2027-12-31"),
        ("2026-12-15", 0, "2026-12-15"),
    ],
)  # fmt: skip
def test_months_keep_the_day_or_end_with_the_month(start, months, expected):
    assert day(expected) == add_months(day(start), months)


def test_years_keep_the_day_or_end_with_the_month():
    assert day("2029-02-28") == add_years(day("2024-02-29"), 5)
    assert day("2031-11-20") == add_years(day("2026-11-20"), 5)
