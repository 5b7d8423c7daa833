"""What changed between two texts: exact, in words, paragraph by paragraph."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plugins.ukrainian.differences import (
    GONE,
    NEW,
    SAME,
    after_of,
    before_of,
    differences,
    is_changed,
    word_differences,
)

WORDS = st.sampled_from(["дорога", "об’єкт", "будь-який", "1.1.", "14 років", ",", " ", "\n", "\n\n", "«слово»", "-",
                         "1 350", "\u00a0000", "'", "\u00a0", "\r\n", "\u2028", "грн"])
TEXTS = st.one_of(st.lists(WORDS, max_size=40).map("".join), st.text(max_size=80))


@given(TEXTS, TEXTS)
@settings(max_examples=300)
def test_both_texts_come_back_letter_for_letter(before: str, after: str) -> None:
    rows = differences(before, after)
    assert "".join(map(before_of, rows)) == before
    assert "".join(map(after_of, rows)) == after


@given(TEXTS)
def test_a_text_has_no_difference_from_itself(text: str) -> None:
    assert not any(map(is_changed, differences(text, text)))


@given(TEXTS, TEXTS)
def test_the_other_way_round_what_came_has_gone(before: str, after: str) -> None:
    assert any(map(is_changed, differences(before, after))) == any(map(is_changed, differences(after, before)))


def test_a_changed_word_is_one_word() -> None:
    assert word_differences("виповнилося 16 років.", "виповнилося 14 років.") == (
        (SAME, "виповнилося "), (GONE, "16"), (NEW, "14"), (SAME, " років."))


@pytest.mark.parametrize(("before", "after"), [("об’єкт", "об’єкта"), ("будь-який", "будь-яка"), ("сім'я", "сім'ї")])
def test_a_word_with_an_apostrophe_or_a_hyphen_is_not_cut(before: str, after: str) -> None:
    assert word_differences(before, after) == ((GONE, before), (NEW, after))


@pytest.mark.parametrize(("before", "after"), [
    ("16,2", "16,8"), ("1 350 000", "1 400 000"), ("1\u00a0200", "12\u00a0200"), ("1201-37/8", "1202-37/8"),
    ("10:00", "10:30")])
def test_a_number_is_not_cut(before: str, after: str) -> None:
    assert word_differences(f"обсяг {before} млн", f"обсяг {after} млн")[1:3] == ((GONE, before), (NEW, after))


def test_neighbouring_changed_words_are_one_change() -> None:
    assert word_differences("до 1 червня щороку", "від 5 липня щороку") == (
        (GONE, "до 1 червня"), (NEW, "від 5 липня"), (SAME, " щороку"))


def test_paragraphs_that_are_alike_are_one_that_changed() -> None:
    before = "1. Мешканець, якому 16 років.\n\n2. Контроль.\n"
    after = "1. Мешканець, якому 14 років.\n\n1-1. Зовсім інше правило про шкільний конкурс.\n\n2. Контроль.\n"
    changed = [row for row in differences(before, after) if is_changed(row)]
    assert [[kind for kind, _ in row] for row in changed] == [[SAME, GONE, NEW, SAME], [NEW], [NEW]]


def test_paragraphs_that_share_little_are_not_mixed() -> None:
    rows = differences("Про бюджет громади на рік.", "Зовсім інші слова стоять тут.")
    assert [[kind for kind, _ in row] for row in rows] == [[GONE], [NEW]]


def test_a_long_text_of_one_paragraph_takes_no_minutes() -> None:
    before, after = "а б " * 20_000, "б а " * 20_000
    rows = differences(before, after)
    assert "".join(map(after_of, rows)) == after


@pytest.mark.parametrize(("before", "after"), [
    ("а " * 3_000, "".join("а " if place % 7 else f"н{place} " for place in range(3_000))),
    ("а б " * 1_500, "".join(("а ", "б ")[place % 2] if place % 10 else f"н{place} " for place in range(3_000))),
    ("а. " * 3_000, "".join("а. " if place % 7 else f"н{place}. " for place in range(3_000))),
    ("слово; " * 2_900, "слово; " * 1_450 + "інше; " + "слово; " * 1_449)])
def test_a_paragraph_of_the_same_words_again_and_again_takes_no_seconds(before: str, after: str) -> None:
    began = time.process_time()
    row = word_differences(before, after)
    assert time.process_time() - began < 2
    assert (before, after) == (before_of(row), after_of(row))


def test_a_very_long_paragraph_is_still_compared_word_by_word() -> None:
    sentences = [f"Виділити {place} тис. грн на вулицю номер {place} у {place % 12 + 1} місяці" for place in range(900)]
    before = "; ".join(sentences)
    after = before.replace("вулицю номер 417 ", "площу номер 417 ").replace("Виділити 830 тис", "Виділити 835 тис")
    row = word_differences(before, after)
    assert (before, after) == (before_of(row), after_of(row))
    assert [("вулицю", "площу"), ("830", "835")] == [
        (one.text, other.text) for one, other in pairwise(row)
        if (one.kind, other.kind) == (GONE, NEW)]


PIECES = st.lists(st.sampled_from(["а", "б. ", " ", "слово; ", "1.2", "!", "\u00a0"]), min_size=500, max_size=900)


@given(PIECES, PIECES)
@settings(max_examples=15, deadline=None)
def test_long_texts_come_back_letter_for_letter(one: list[str], other: list[str]) -> None:
    before, after = "".join(one), "".join(other)
    row = word_differences(before, after)
    assert (before, after) == (before_of(row), after_of(row))
