"""Numbers as the pages show them."""

from decimal import Decimal

import pytest
from babel.numbers import format_decimal
from hypothesis import given
from hypothesis import strategies as st

from plugins.ukrainian import (
    NotRoman,
    file_size,
    money,
    money_rounded,
    number,
    percent,
    roman,
    roman_value,
    share,
    typeset,
)
from plugins.ukrainian.numbers import NBSP


def plain(text):
    return text.replace(NBSP, " ")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (number(1234567), "1 234 567"),
        (number(999), "999"),
        (number(-1234.5), "−1 234,5"),
        (number(11.6), "11,6"),
        (number(0.1 + 0.2, 1), "0,3"),
        (number(2.5, 0), "3"),
        (number(4.04, 1), "4"),
        (number(1e21), "1 000 000 000 000 000 000 000"),
        (number(-0.04, 1), "0"),
        (percent(12.5), "12,5 %"),
        (percent(45), "45 %"),
        (share(1, 3), "33,3 %"),
        (share(0, 0), "—"),
        (money(11_600_000), "11 600 000 грн"),
        (money(1250.5), "1 250,50 грн"),
        (money(Decimal("0.005")), "0,01 грн"),
        (money_rounded(11_637_250), "11,6 млн грн"),
        (money_rounded(214_300), "214,3 тис. грн"),
        (money_rounded(999_950), "1 млн грн"),
        (money_rounded(999_949), "999,9 тис. грн"),
        (money_rounded(-2_000_000_000), "−2 млрд грн"),
        (money_rounded(999.5), "999,50 грн"),
        (file_size(0), "0 Б"),
        (file_size(640), "640 Б"),
        (file_size(214_300), "214 КБ"),
        (file_size(1_234_567), "1,2 МБ"),
        (file_size(999_499), "999 КБ"),
        (file_size(999_500), "1 МБ"),
        (file_size(2_000_000), "2 МБ"),
        (file_size(12_340_000_000), "12,3 ГБ"),
    ],
)
def test_a_number_is_written_as_a_reader_expects(text, expected):
    assert expected == plain(text)
    assert text == typeset(text)


@given(st.integers(-(10**15), 10**15) | st.decimals(-(10**9), 10**9, places=3))
def test_groups_and_comma_are_those_of_cldr(value):
    assert format_decimal(value, locale="uk").replace("-", "−") == number(value).replace("−0", "−0")


@given(st.floats(allow_nan=False, allow_infinity=False, min_value=-1e15, max_value=1e15))
def test_a_number_can_be_read_back(value):
    assert value == float(number(value).replace(NBSP, "").replace(",", ".").replace("−", "-"))


@pytest.mark.parametrize("value", [float("nan"), float("inf"), Decimal("-Infinity")])
def test_what_is_no_number_is_refused(value):
    with pytest.raises(ValueError, match="не число"):
        number(value)


def test_a_negative_size_is_refused():
    with pytest.raises(ValueError, match="від’ємним"):
        file_size(-1)


@pytest.mark.parametrize(
    ("text", "value"),
    [("VІІІ", 8), ("LХI", 61), ("ХХІV", 24), ("VIII", 8), (" XLV ", 45), ("МСМХСІ", 1991), ("Ⅷ", 8), ("І", 1)],
)
def test_a_roman_numeral_is_read_with_letters_of_either_alphabet(text, value):
    assert value == roman_value(text)


@given(st.integers(1, 3999))
def test_a_roman_numeral_says_its_number(value):
    assert value == roman_value(roman(value)) == roman_value(roman(value).translate(str.maketrans("IXCM", "ІХСМ")))


@pytest.mark.parametrize("text", ["", "IIII", "VX", "IC", "8", "VIIІ!", "Про", "viii", "MMMM"])
def test_what_is_not_a_roman_numeral_is_refused(text):
    with pytest.raises(NotRoman, match="не римське число"):
        roman_value(text)


@pytest.mark.parametrize("value", [0, -1, 4000])
def test_a_number_without_a_roman_numeral_is_refused(value):
    with pytest.raises(ValueError, match="від 1 до 3999"):
        roman(value)
