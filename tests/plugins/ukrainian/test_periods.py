"""A term in words has a last day; words that name none are not guessed at."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.ukrainian import day, end_of_term, roman, short_day
from plugins.ukrainian.dates import MONTHS


@pytest.mark.parametrize(("words", "last"), [
    ("перший квартал", "03-31"), ("Другий квартал", "06-30"), ("третього кварталу", "09-30"), ("IV квартал", "12-31"),
    ("ІV\u00a0кв.", "12-31"), ("1 квартал", "03-31"), ("3-й квартал 2027 року", "09-30"), ("у II кварталі", "06-30"),
    ("I–II квартали", "06-30"), ("I-II квартали", "06-30"), ("1-2 квартали", "06-30"), ("2 - 3 кв. 2027 р.", "09-30"),
    ("перший – другий квартал", "06-30"), ("другий і третій квартали", "09-30"), ("до кінця I кварталу", "03-31"),
    ("перше півріччя", "06-30"), ("ІІ півріччя", "12-31"), ("2-ге півріччя", "12-31"),
    ("перша половина року", "06-30"), ("у першому півріччі", "06-30"), ("протягом року", "12-31"),
    ("2027 рік", "12-31"), ("2027", "12-31"), ("до кінця року", "12-31"), ("наприкінці року", "12-31"),
    ("червень", "06-30"), ("у червні", "06-30"), ("лютий", "02-28"), ("у лютому", "02-28"), ("серпень.", "08-31"),
    ("листопаді", "11-30"), ("червень–серпень", "08-31"), ("червень-серпень", "08-31"), ("травень, вересень", "09-30"),
    ("до 15 липня", "07-15"), ("15 липня 2027 року", "07-15"), ("до 1-го вересня", "09-01"), ("до 15.07.2027", "07-15"),
    ("2027-07-15", "07-15"), ("до 30 червня 2027 р.", "06-30")])
def test_a_term_ends_on_the_last_day_of_what_it_names(words, last):
    assert date.fromisoformat(f"2027-{last}") == end_of_term(words, 2027)


def test_a_year_in_the_words_goes_before_that_of_the_plan():
    assert [date(2028, 6, 30), date(2028, 2, 29), date(2028, 12, 31)] == [
        end_of_term(words, 2027) for words in ("перше півріччя 2028 року", "лютий 2028", "протягом 2028 року")]


@pytest.mark.parametrize("words", [
    "", "за потреби", "після ухвалення бюджету", "до червня", "на початку року", "перший", "квартал", "п’ятий квартал",
    "V квартал", "0 квартал", "третє півріччя", "29 лютого", "31 червня", "31.06.2027", "перший квартал або пізніше",
    "до кінця", "2027 квартал", "червень серпень", "перший квартал,", "—"])
def test_words_that_name_no_last_day_are_not_guessed_at(words):
    assert end_of_term(words, 2027) is None


@given(st.dates(date(2020, 1, 1), date(2090, 12, 31)))
def test_days_months_and_quarters_as_the_site_prints_them_end_where_they_end(on):
    month, quarter = MONTHS[on.month - 1], roman((on.month + 2) // 3)
    ends = [end_of_term(words, on.year) for words in (month, f"{quarter} квартал")]
    assert all(end and (end + timedelta(days=1)).day == 1 for end in ends)
    assert [on] * 4 == [end_of_term(words, 2027) for words in (day(on), f"до {day(on)}", short_day(on), on.isoformat())]
    assert (on.year, on.month) == (ends[0].year, ends[0].month) and ends[1] >= ends[0]


@given(st.text(alphabet="першийдугквартліIVХ0123456789.–-, рокупня", max_size=40), st.integers(1, 9998))
def test_any_words_are_read_or_left(words, year):
    assert end_of_term(words, year) is None or isinstance(end_of_term(words, year), date)
