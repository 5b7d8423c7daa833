"""Dates and numerals are read as they stand in documents, and nothing else is taken for one."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.ukrainian import day, numeral, roman, short_day, written_day
from plugins.ukrainian.reading import YEARS

DAYS = st.dates(date(YEARS.start, 1, 1), date(YEARS.stop - 1, 12, 31))


@pytest.mark.parametrize("text", [
    "24.02.2021", "від 24.02.2021 р.", "24/02/21", "24-02-2021", "2021-02-24", "2021-02-24 10:35:12", "24.2.21",
    "24. 02. 2021",
    "24-го лютого 2021", "«24» лютого 2021 року", "24 ЛЮТОГО 2021", "24 лютий 2021", "м. Мале, 24.02.2021",
    "№ 45.13.2020 від 24.02.2021"])
def test_a_date_is_read_however_it_is_written(text):
    assert date(2021, 2, 24) == written_day(text)


@pytest.mark.parametrize("text", [
    "", "31.02.2021", "тел. 2-10-50", "№ 5-1-21", "1.2.2021.4", "10.02.1821", "24 трамваї 2021", "192.168.10.20"])
def test_what_is_no_date_is_not_read_as_one(text):
    assert written_day(text) is None


@given(DAYS)
def test_what_the_site_prints_it_reads_back(value):
    assert [value] * 3 == [written_day(day(value)), written_day(short_day(value)), written_day(value.isoformat())]


@pytest.mark.parametrize(("words", "value"), [
    ("37", 37), ("XXXVII", 37), ("ХХХVІІ", 37), ("восьмої", 8), ("третього", 3), ("третьою", 3),
    ("п'ята", 5), ("п’ятнадцятої", 15), ("двадцята", 20),
    ("тридцять сьома", 37), ("Двадцять перша", 21), ("п'ятдесят друга", 52), ("шістдесята", 60), ("сотої", 100),
    ("міської", None),
    ("тридцять", None), ("двадцять десята", None), ("чергова сьома", None), ("", None)])
def test_a_numeral_is_read_in_digits_letters_and_words(words, value):
    assert value == numeral(words)


@given(st.integers(1, 3999))
def test_roman_numerals_are_read_back(value):
    assert value == numeral(roman(value)) == numeral(str(value))
