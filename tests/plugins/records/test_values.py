"""Text in, types out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic_core import PydanticCustomError

from plugins.records import values, yaml_tree
from plugins.records.page import slices
from plugins.records.read import identifier_of


@given(st.dates(date(values.FIRST_YEAR, 1, 1), date(values.LAST_YEAR, 12, 31)))
def test_a_day_is_read_as_it_is_written(day: date) -> None:
    assert values.parse_day(day.isoformat()) == day


@pytest.mark.parametrize("text", ["2026-13-01", "0001-01-01", "9999-12-31", "1899-12-31", "2026-02-30",
                                  "01.02.2026", "2026-2-3", "вчора", "", "2026-11-20 10:00"])
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(PydanticCustomError):
        values.parse_day(text)


def test_a_moment_is_kyiv_time() -> None:
    assert values.parse_moment("2026-07-10 23:30").isoformat() == "2026-07-10T23:30:00+03:00"
    assert values.parse_moment("2026-11-13T22:00:00Z").isoformat() == "2026-11-14T00:00:00+02:00"


@pytest.mark.parametrize("text", ["yes", "true", "Так", "1", ""])
def test_only_two_words_are_truths(text: str) -> None:
    with pytest.raises(PydanticCustomError):
        values.parse_truth(text)


@pytest.mark.parametrize(("name", "identifier"), [
    ("0123-про-бюджет", "0123"), ("11-20-сквер-на-соборній", "11-20"), ("про-бюджет", "pro-biudzhet"),
    ("mayor-2025", "mayor-2025"), ("412-p-про-програму", "412-p"), ("w47", "w47"),
])
def test_the_identifier_is_the_name_up_to_its_first_cyrillic_letter(name: str, identifier: str) -> None:
    assert identifier_of(name) == identifier


def test_values_of_yaml_stay_text() -> None:
    tree = yaml_tree.parse("a: yes\nb: 007\nc: 2026-11-20\nd: 1.0\ne: null\nf:\n")
    assert tree.data == {"a": "yes", "b": "007", "c": "2026-11-20", "d": "1.0", "e": "null"}
    assert tree.lines[("c",)] == 3


@given(st.integers(0, 200))
def test_lists_are_numbered_from_the_oldest_and_hold_everything_once(count: int) -> None:
    items = list(range(count))[::-1]
    pages = list(slices(items, "/x/", 30))
    assert [item for page in pages for item in page.items] == items
    assert pages[0].url == "/x/"


@given(st.integers(30, 200))
def test_a_new_item_moves_only_the_head_page(count: int) -> None:
    before = [replace(page, total=0) for page in slices(list(range(count))[::-1], "/x/", 30) if not page.is_head]
    after = [replace(page, total=0) for page in slices(list(range(count + 1))[::-1], "/x/", 30) if not page.is_head]
    is_divided = len(after) > len(before)  # the head page has become two: the one before it learns its neighbour's span
    assert before[is_divided:] == after[2 * is_divided:]
    assert [page.position for page in before] == [page.position for page in after[is_divided:]]
