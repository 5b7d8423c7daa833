"""Numbers in words: a table written by hand, an independent library, and what holds for every number."""

import csv
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from num2words import num2words

from plugins.ukrainian import (
    UNITS,
    Agreement,
    Case,
    CountedNoun,
    anniversary,
    cardinal,
    counted_in_words,
    money_in_words,
    numeral,
    ordinal,
    ordinal_figures,
    typeset,
    year_in_words,
)

with Path(__file__).with_name("numerals.csv").open(encoding="utf-8") as _file:
    GOLDEN = list(csv.DictReader(_file))
"""Written by hand from the Orthography of 2019, before the code was run on it."""
ANY = st.integers(0, 10**12) | st.integers(0, 1000) | st.integers(0, 999).map(lambda n: n * 1000)
N, G, D, A, I, L, V = list(Case)  # noqa: E741
MAN, WOMAN, THING, MANY = list(Agreement)


def test_the_table_is_large_and_says_nothing_twice():
    keys = [tuple(row.values())[:-1] for row in GOLDEN]
    assert len(keys) == len(set(keys)) >= 300


@pytest.mark.parametrize("kind", ["cardinal", "ordinal"])
def test_a_number_is_said_as_in_the_table(kind):
    say = {"cardinal": cardinal, "ordinal": ordinal}[kind]
    wrong = {}
    for row in GOLDEN:
        if row["kind"] == kind:
            asked = int(row["number"]), Case(row["case"]), Agreement(row["gender"])
            said = say(*asked, animate=row["counts"] == "person")
            if said != row["expected"]:
                wrong[asked] = said, row["expected"]
    assert {} == wrong


@given(st.lists(ANY, min_size=20, max_size=40))
@example([0, 1, 2, 11, 12, 21, 22, 40, 90, 100, 1000, 2000, 21_000, 22_022, 10**6, 10**9, 10**12])
def test_the_nominative_is_that_of_an_independent_library(numbers):
    for n in numbers:
        # It writes a plain apostrophe, a Latin i, and counts women.
        assert num2words(n, lang="uk").replace("'", "’").replace("i", "і") == cardinal(n, N, WOMAN)


@given(ANY, st.sampled_from(Case), st.sampled_from(Agreement), st.booleans())
def test_a_number_is_plain_words(n, case, agreement, animate):
    said = cardinal(n, case, agreement, animate=animate)
    assert set(said) <= set("абвгдежзийіклмнопрстуцхчшьюяїє’ ") and "  " not in said
    assert said == typeset(said)


@given(ANY.filter(lambda n: n % 1000), st.sampled_from(Case), st.integers(1, 999))
def test_what_stands_before_a_number_does_not_change_how_it_is_said(n, case, thousands):
    n %= 1000
    assert cardinal(thousands * 1000 + n, case).endswith(" " + cardinal(n, case))


@given(st.integers(1, 99), st.sampled_from(list(Case)[:-1]), st.sampled_from(list(Agreement)[:-1]))
def test_an_ordinal_is_read_back(n, case, agreement):
    assert n == numeral(ordinal(n, case, agreement))


@given(st.integers(0, 10**9), st.sampled_from(Agreement))
def test_only_the_last_word_of_an_ordinal_is_declined(n, agreement):
    *before, last = ordinal(n).split()
    *same, other = ordinal(n, G, agreement).split()
    assert before == same and last != other


@pytest.mark.parametrize("say", [cardinal, ordinal])
def test_a_number_too_large_to_say_is_refused(say):
    with pytest.raises(ValueError, match="1 000 000 000"):
        say(10**12 + 1)


def test_there_is_no_ordinal_below_nought():
    with pytest.raises(ValueError, match="від 0"):
        ordinal(-1)


@pytest.mark.parametrize(
    ("expected", "n", "case", "agreement"),
    [
        ("5-й", 5, N, MAN), ("5-го", 5, G, MAN), ("5-му", 5, D, MAN), ("5-м", 5, I, MAN), ("5-та", 5, N, WOMAN),
        ("5-ї", 5, G, WOMAN), ("5-й", 5, D, WOMAN), ("5-ту", 5, A, WOMAN), ("5-ю", 5, I, WOMAN), ("5-те", 5, N, THING),
        ("5-ті", 5, N, MANY), ("5-х", 5, G, MANY), ("5-ми", 5, I, MANY), ("1-ша", 1, N, WOMAN), ("2-га", 2, N, WOMAN),
        ("3-й", 3, N, MAN), ("3-тя", 3, N, WOMAN), ("3-го", 3, G, MAN), ("3-тє", 3, N, THING), ("3-х", 3, G, MANY),
        ("7-ма", 7, N, WOMAN), ("8-ме", 8, N, THING), ("23-тя", 23, N, WOMAN), ("23-ї", 23, G, WOMAN),
        ("40-ва", 40, N, WOMAN), ("90-ті", 90, N, MANY), ("100-й", 100, N, MAN), ("1000-на", 1000, N, WOMAN),
        ("2026-го", 2026, G, MAN), ("45-та", 45, N, WOMAN),
    ],
)  # fmt: skip
def test_a_figure_ends_as_the_word_does(expected, n, case, agreement):
    assert expected == ordinal_figures(n, case, agreement)


def test_a_year_stands_in_the_genitive_unless_asked():
    assert "дві тисячі двадцять шостого року" == year_in_words(2026)
    assert "тисяча дев’ятсот дев’яносто перший рік" == year_in_words(1991, N)
    assert "двохтисячному році" == year_in_words(2000, L)


def test_an_anniversary_is_feminine():
    assert "двадцять третя річниця" == anniversary(23)
    assert "тридцять п’ятої річниці" == anniversary(35, G)
    assert "із тридцять п’ятою річницею" == f"із {anniversary(35, I)}"
    assert "23-тя річниця" == anniversary(23, figures=True)
    assert "сотій річниці" == anniversary(100, D)


@pytest.mark.parametrize(
    ("expected", "n", "unit", "case"),
    [
        ("п’ятьма депутатами", 5, "депутат", I), ("двадцять один депутат", 21, "депутат", N),
        ("двадцять одного депутата", 21, "депутат", A), ("двох депутатів", 2, "депутат", A),
        ("п’ять депутатів", 5, "депутат", A), ("одинадцять депутатів", 11, "депутат", N),
        ("двадцяти двом депутаткам", 22, "депутатка", D), ("двох депутаток", 2, "депутатка", A),
        ("одну депутатку", 1, "депутатка", A), ("дві гривні", 2, "гривня", A), ("одну гривню", 1, "гривня", A),
        ("однією тисячею гривень", 1000, "гривня", I), ("двом мільйонам гривень", 2_000_000, "гривня", D),
        ("сорока днів", 40, "день", G), ("три дні", 3, "день", N), ("чотирма роками", 4, "рік", I),
        ("сто один рік", 101, "рік", N), ("дванадцяти місяцях", 12, "місяць", L),
        ("одне рішення", 1, "рішення", A), ("двадцять два рішення", 22, "рішення", N), ("нуль голосів", 0, "голос", N),
        ("нулю голосів", 0, "голос", D), ("чотирьох осіб", 4, "особа", A),
        ("двадцяти чотирьох годин", 24, "година", G), ("двадцяти одній годині", 21, "година", L),
        ("ста відсотками", 100, "відсоток", I), ("двома тисячами ста метрами", 2100, "метр", I),
    ],
)  # fmt: skip
def test_a_noun_agrees_with_its_number(expected, n, unit, case):
    assert expected == counted_in_words(n, UNITS[unit], case)


def test_the_caller_may_count_what_he_likes():
    shelter = CountedNoun(
        tuple("укриття укриття укриттю укриття укриттям укритті".split()),
        tuple("укриття укриттів укриттям укриття укриттями укриттях".split()),
        THING,
    )
    assert "двадцять одне укриття" == counted_in_words(21, shelter)
    assert "чотирма укриттями" == counted_in_words(4, shelter, I)
    assert "тридцяти двох укриттів" == counted_in_words(32, shelter, G)


def test_a_noun_without_all_its_forms_is_refused():
    with pytest.raises(ValueError, match="шість форм"):
        CountedNoun(("укриття",), ("укриття",))


@pytest.mark.parametrize(
    ("expected", "sum_", "case"),
    [
        ("сто двадцять п’ять гривень 50 копійок", "125.5", N),
        ("ста двадцяти п’яти гривень 50 копійок", "125.50", G),
        ("одна гривня 01 копійка", "1.01", N),
        ("одну гривню 22 копійки", "1.22", A),
        ("двадцять одна тисяча двісті дві гривні 00 копійок", "21202", N),
        ("двадцять одну тисячу двісті дві гривні 11 копійок", "21202.11", A),
        ("одного мільйона двохсот п’ятдесяти тисяч гривень 00 копійок", "1250000", G),
        ("одного мільйона двохсот п’ятдесяти тисяч гривень 01 копійки", "1250000.01", G),
        ("сорок гривень 12 копійок", "40.12", N),
        ("сорока гривнями 12 копійками", "40.12", I),
        ("нуль гривень 05 копійок", "0.05", N),
        ("три гривні 00 копійок", "2.995", N),
        ("мінус п’ять гривень 00 копійок", "-5", N),
        ("один трильйон гривень 00 копійок", "1000000000000", N),
    ],
)
def test_a_sum_is_written_as_documents_do(expected, sum_, case):
    said = money_in_words(Decimal(sum_), case)
    assert expected == said.replace("\u00a0", " ")
    assert said == typeset(said)


@pytest.mark.parametrize("sum_", ["NaN", "Infinity", "1000000000001"])
def test_what_is_no_sum_is_refused(sum_):
    with pytest.raises(ValueError, match=r"не сума|словами"):
        money_in_words(Decimal(sum_))
