"""Words and numbers that a text can be found by; `search.js` is held to the same table (tests/plugins/search)."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.ukrainian import word_key
from plugins.ukrainian.terms import literals, words

with (Path(__file__).parent / "terms.csv").open(encoding="utf-8", newline="") as file:
    TABLE = list(csv.DictReader(file))


@pytest.mark.parametrize("row", TABLE, ids=[row["text"] for row in TABLE])
def test_text_is_found_by_its_words_and_numbers(row):
    assert row["keys"].split() == [word_key(word) for word in words(row["text"])]
    assert row["literals"].split() == list(literals(row["text"]))


@given(st.text(alphabet="абвїґ'’ʼaioAIO0123456789IVXІХ-–/.,:№ \u00a0\u0301\u00ad", max_size=60))
def test_words_of_words_are_the_same_words(text):
    assert words(" ".join(words(text))) == words(text)
    assert all(any(map(str.isdigit, literal)) for literal in literals(text))


def test_a_text_without_spaces_takes_no_longer_than_another() -> None:
    """A picture that was pasted as letters; tried from every letter to the end it would take minutes."""
    assert [] == list(literals("a1" * 100_000))
