"""The form of a noun beside a number, held against CLDR."""

from decimal import Decimal

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from plugins.ukrainian import counted, plural
from plugins.ukrainian.numbers import NBSP

FORMS = ("one", "few", "many", "other")
CLDR = Locale("uk").plural_form


@given(st.integers(-(10**12), 10**12) | st.decimals("-1000", "1000", places=2))
def test_the_form_is_that_of_cldr(n):
    whole = int(n) if n == int(n) else n
    assert CLDR(abs(whole)) == plural(n, *FORMS)


def test_all_numbers_to_a_thousand_agree_with_cldr():
    assert [CLDR(n) for n in range(1001)] == [plural(n, *FORMS) for n in range(1001)]


@pytest.mark.parametrize(
    ("n", "expected"),
    [
        (0, "0 депутатів"), (1, "1 депутат"), (2, "2 депутати"), (5, "5 депутатів"), (11, "11 депутатів"),
        (21, "21 депутат"), (22, "22 депутати"), (112, "112 депутатів"), (1001, "1 001 депутат"),
        (1.5, "1,5 депутата"), (Decimal("0.1"), "0,1 депутата"), (2.0, "2 депутати"), (-1, "−1 депутат"),
    ],
)  # fmt: skip
def test_a_number_and_its_noun_agree_and_stay_together(n, expected):
    assert expected.replace(" ", NBSP) == counted(n, "депутат", "депутати", "депутатів", "депутата")


def test_fractions_take_the_second_form_if_no_other_is_given():
    assert "години" == plural(1.5, "година", "години", "годин")
