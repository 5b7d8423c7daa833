"""Slots of sections: in the order of time, and a new page moves almost nobody."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from plugins.search.numbering import MONTH, TAIL, UNDATED, Numbered, number

DAYS = ["2025-12-31", "2026-01-01", "2026-01-15", "2026-01-31", "2026-02-01", "2026-03-05T10:00"]
pages = st.dictionaries(st.integers(0, 400).map(lambda name: f"p/{name}/index.html"),
                        st.tuples(st.sampled_from(["", *DAYS]), st.integers(1, 5)), max_size=80).map(
    lambda found: [Numbered(day, path, count) for path, (day, count) in found.items()])


def months(found: list[Numbered]) -> dict[str, int]:
    """Month → how many blocks of slots it takes."""
    sums: dict[str, int] = {}
    for page in found:
        sums[page.day[:7]] = sums.get(page.day[:7], 0) + page.sections
    return {month: -(-count // (MONTH if month else UNDATED)) for month, count in sums.items()}


@given(pages)
def test_slots_follow_time_and_overlap_nowhere(found: list[Numbered]) -> None:
    slots = number(found)
    at = 0
    for page in sorted(found):
        assert at <= slots.first[page.path]
        at = slots.first[page.path] + page.sections
    assert at == slots.total
    assert slots == number(found[::-1])


@given(pages)
def test_undated_pages_come_first_without_a_gap_and_months_begin_at_a_round_slot(found: list[Numbered]) -> None:
    slots = number(found)
    dated = sorted(page for page in found if page.day)
    undated = [page for page in found if not page.day]
    assert sum(page.sections for page in undated) == max(
        (slots.first[page.path] + page.sections for page in undated), default=0)
    assert slots.dated == (slots.first[dated[0].path] if dated else slots.total)
    assert not dated or slots.dated % UNDATED == 0
    firsts = {page.day[:7]: slots.first[page.path] for page in reversed(dated)}
    assert not [first for first in firsts.values() if (first - slots.dated) % MONTH]


@given(pages, st.integers(1, 5))
def test_a_new_newest_page_moves_nobody(found: list[Numbered], count: int) -> None:
    before, after = number(found), number([*found, Numbered("2027-01-01", "new/index.html", count)])
    assert before.first == {path: slot for path, slot in after.first.items() if path != "new/index.html"}
    assert after.total == after.first["new/index.html"] + count


@given(pages, st.sampled_from(DAYS), st.integers(1, 5))
def test_an_older_page_moves_only_what_comes_after_it_in_its_month(found: list[Numbered], day: str, count: int) -> None:
    new = Numbered(day, "new/index.html", count)
    before, after = number(found), number([*found, new])
    if {**months(found), day[:7]: months([*found, new])[day[:7]]} != months(found):
        return  # its month takes another block: later ones move with it
    moved = {page for page in found if before.first[page.path] != after.first[page.path]}
    assert moved == {page for page in found if page.day[:7] == day[:7] and page > new}


@given(pages)
def test_the_tail_is_the_newest_pages_beyond_whole_dozens(found: list[Numbered]) -> None:
    dated = sorted(page for page in found if page.day)
    tail = number(found).tail
    assert len(tail) == len(dated) % TAIL < TAIL
    assert tail == {page.path for page in dated[len(dated) - len(tail):]}


def test_no_pages_take_no_slots() -> None:
    assert ({}, 0, 0, frozenset()) == number([])
