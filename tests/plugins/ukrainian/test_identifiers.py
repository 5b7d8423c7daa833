"""One key for all spellings of a document's number."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.ukrainian import number_key


@pytest.mark.parametrize(("one", "other"), [
    ("5/VIII-194", "5/VІІІ-194"), ("2-39/LХI", "2-39/LXІ"), ("386-р", "386-p"), ("40рс", "40РС"),
    ("№ 1204-37/8", "1204–37/8"), ("540 - рв", "540-РВ"), ("N 331", "331"), ("47\u20112/2020", "47-2/2020")])
def test_spellings_of_one_number_are_one(one: str, other: str) -> None:
    assert number_key(one) == number_key(other)


@pytest.mark.parametrize(("one", "other"), [("386-р", "386-рв"), ("5/VIII-194", "5/VII-194"), ("12-37/8", "123-7/8")])
def test_different_numbers_stay_apart(one: str, other: str) -> None:
    assert number_key(one) != number_key(other)


@given(st.text(alphabet="0123456789VIХІMрp-–/ №", max_size=20))
def test_the_key_of_a_key_is_itself(number: str) -> None:
    assert number_key(number_key(number)) == number_key(number)
