"""Dates in words and the clock of Kyiv (domain guide, Time)."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from babel.dates import get_day_names, get_month_names
from hypothesis import given
from hypothesis import strategies as st

from plugins.ukrainian import dates, typeset
from plugins.ukrainian.numbers import NBSP

DAY = date(2026, 11, 20)


def plain(text):
    return text.replace(NBSP, " ")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (dates.day(DAY), "20 листопада 2026 року"),
        (dates.day(date(2026, 3, 1)), "1 березня 2026 року"),
        (dates.day_month(DAY), "20 листопада"),
        (dates.short_day(date(2026, 3, 1)), "01.03.2026"),
        (dates.month_year(DAY), "листопад 2026 року"),
        (dates.weekday(DAY), "п’ятниця"),
        (dates.day_range(date(2026, 3, 10), date(2026, 3, 12)), "10–12 березня 2026 року"),
        (dates.day_range(date(2026, 3, 30), date(2026, 4, 2)), "30 березня — 2 квітня 2026 року"),
        (dates.day_range(date(2026, 12, 30), date(2027, 1, 2)), "30 грудня 2026 року — 2 січня 2027 року"),
        (dates.day_range(DAY, DAY), "20 листопада 2026 року"),
        (dates.clock(time(9, 5)), "09:05"),
        (dates.clock_range(time(10, 4), time(14, 37)), "10:04–14:37"),
        (dates.clock_range(time(22, 0), time(0, 40)), "22:00–00:40"),
        (dates.moment(datetime(2026, 11, 20, 12, 37, tzinfo=UTC)), "20 листопада 2026 року, 14:37"),
        (dates.duration(timedelta(hours=4, minutes=33, seconds=59)), "4 год 33 хв"),
        (dates.duration(timedelta(minutes=33)), "33 хв"),
        (dates.duration(timedelta(hours=26)), "26 год"),
        (dates.duration(timedelta(seconds=45)), "45 с"),
        (dates.duration(timedelta()), "0 с"),
    ],
)  # fmt: skip
def test_times_are_written_as_a_reader_expects(text, expected):
    assert expected == plain(text)


def test_no_line_breaks_between_a_number_and_its_word():
    assert f"20{NBSP}листопада 2026{NBSP}року" == dates.day(DAY)
    assert f"4{NBSP}год{NBSP}33{NBSP}хв" == dates.duration(timedelta(hours=4, minutes=33))


@given(st.dates(), st.dates())
def test_the_typographer_has_nothing_to_add(one, other):
    for text in (dates.day(one), dates.day_range(min(one, other), max(one, other)), dates.month_year(one)):
        assert text == typeset(text)


def test_names_of_months_and_days_are_those_of_cldr():
    assert tuple(get_month_names("wide", locale="uk").values()) == dates.MONTHS_GENITIVE
    assert tuple(get_month_names("wide", "stand-alone", "uk").values()) == dates.MONTHS
    days = get_day_names("wide", locale="uk")
    assert tuple(days[place].replace("ʼ", "’") for place in range(7)) == dates.WEEKDAYS


@pytest.mark.parametrize(
    ("instant", "local"),
    [
        ("2026-11-13T21:59:59Z", "2026-11-13T23:59:59+02:00"),
        ("2026-11-13T22:00:00Z", "2026-11-14T00:00:00+02:00"),
        ("2026-07-10T20:59:59Z", "2026-07-10T23:59:59+03:00"),
        ("2026-07-10T21:00:00Z", "2026-07-11T00:00:00+03:00"),
        ("2026-10-25T00:30:00Z", "2026-10-25T03:30:00+03:00"),
        ("2026-10-25T01:30:00Z", "2026-10-25T03:30:00+02:00"),
    ],
)
def test_an_instant_has_the_day_and_time_of_kyiv(instant, local):
    found = datetime.fromisoformat(instant)
    assert local == dates.in_kyiv(found).isoformat()
    assert date.fromisoformat(local[:10]) == dates.kyiv_date(found)


def test_a_local_time_gets_the_offset_of_its_season():
    assert "2026-11-20T14:37:00+02:00" == dates.kyiv(datetime(2026, 11, 20, 14, 37)).isoformat()  # noqa: DTZ001
    assert "2026-07-20T14:37:00+03:00" == dates.kyiv(datetime(2026, 7, 20, 14, 37)).isoformat()  # noqa: DTZ001


@pytest.mark.parametrize("fold", [0, 1])
def test_of_the_hour_that_comes_twice_the_first_is_meant(fold):
    local = datetime(2026, 10, 25, 3, 30, fold=fold)  # noqa: DTZ001
    assert "2026-10-25T03:30:00+03:00" == dates.kyiv(local).isoformat()


@pytest.mark.parametrize("minute", [0, 30, 59])
def test_a_local_time_that_does_not_exist_is_refused_in_ukrainian(minute):
    with pytest.raises(dates.NoSuchLocalTime) as caught:
        dates.kyiv(datetime(2026, 3, 29, 3, minute))  # noqa: DTZ001
    assert plain(str(caught.value)) == (
        f"29 березня 2026 року о 03:{minute:02} у Києві не було: годинники перевели на літній час. "
        f"Мабуть, ідеться про 04:{minute:02}"
    )


def test_the_minutes_around_the_gap_exist():
    assert "2026-03-29T02:59:00+02:00" == dates.kyiv(datetime(2026, 3, 29, 2, 59)).isoformat()  # noqa: DTZ001
    assert "2026-03-29T04:00:00+03:00" == dates.kyiv(datetime(2026, 3, 29, 4, 0)).isoformat()  # noqa: DTZ001


@given(st.datetimes(datetime(2000, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001
def test_the_clock_read_in_kyiv_leads_back_to_the_instant_or_to_the_first_of_two(instant):
    local = dates.in_kyiv(instant)
    assert dates.kyiv(local.replace(tzinfo=None)).astimezone(UTC) == instant - timedelta(hours=local.fold)


def test_what_passed_while_the_clocks_were_moved_is_counted_truly():
    start = dates.kyiv(datetime(2026, 10, 25, 2, 0))  # noqa: DTZ001
    assert timedelta(hours=4) == dates.elapsed(start, dates.kyiv(datetime(2026, 10, 25, 5, 0)))  # noqa: DTZ001


def test_moments_without_an_offset_and_local_times_with_one_are_refused():
    with pytest.raises(ValueError, match="без зміщення від UTC"):
        dates.kyiv_date(datetime(2026, 11, 20, 14, 37))  # noqa: DTZ001
    with pytest.raises(ValueError, match="без зміщення"):
        dates.kyiv(datetime(2026, 11, 20, 14, 37, tzinfo=UTC))


def test_what_ends_before_it_starts_is_refused():
    with pytest.raises(ValueError, match="раніший за початок"):
        dates.day_range(DAY, date(2026, 11, 19))
    with pytest.raises(ValueError, match="від’ємною"):
        dates.duration(timedelta(seconds=-1))
