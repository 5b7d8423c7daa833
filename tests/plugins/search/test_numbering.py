"""Slots of sections: in the order of time, and a new page moves almost nobody."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from plugins.search.numbering import (
    MONTH,
    TAIL,
    UNDATED,
    Layout,
    Months,
    Numbered,
    by_month,
    in_tail,
    months_of,
    slots_of,
)

DAYS = ["2025-12-31", "2026-01-01", "2026-01-15", "2026-01-31", "2026-02-01", "2026-03-05T10:00"]
pages = st.dictionaries(st.integers(0, 400).map(lambda name: f"p/{name}/index.html"),
                        st.tuples(st.sampled_from(["", *DAYS]), st.integers(1, 5)), max_size=80).map(
    lambda found: [Numbered(day, path, count) for path, (day, count) in found.items()])


def known(found: list[Numbered]) -> Months:
    return months_of((month, sum(page.sections for page in some)) for month, some in by_month(found).items())


def first(found: list[Numbered]) -> dict[str, int]:
    """Path → its first slot."""
    months = known(found).first
    return {path: slot for month, some in by_month(found).items()
            for path, slot in slots_of(some, months[month]).items()}


def blocks(found: list[Numbered]) -> dict[str, int]:
    """Month → how many blocks of slots it takes."""
    sums: dict[str, int] = {}
    for page in found:
        sums[page.day[:7]] = sums.get(page.day[:7], 0) + page.sections
    return {month: -(-count // (MONTH if month else UNDATED)) for month, count in sums.items()}


@given(pages)
def test_slots_follow_time_and_overlap_nowhere(found: list[Numbered]) -> None:
    slots, at = first(found), 0
    for page in sorted(found):
        assert at <= slots[page.path]
        at = slots[page.path] + page.sections
    assert at == known(found).layout.total
    assert slots == first(found[::-1])


@given(pages)
def test_undated_pages_come_first_without_a_gap_and_months_begin_at_a_round_slot(found: list[Numbered]) -> None:
    slots, layout = first(found), known(found).layout
    dated = sorted(page for page in found if page.day)
    undated = [page for page in found if not page.day]
    assert sum(page.sections for page in undated) == max(
        (slots[page.path] + page.sections for page in undated), default=0)
    assert layout.dated == (slots[dated[0].path] if dated else layout.total)
    assert not dated or layout.dated % UNDATED == 0
    begins = {page.day[:7]: slots[page.path] for page in reversed(dated)}
    assert not [slot for slot in begins.values() if (slot - layout.dated) % MONTH]


@given(pages, st.integers(1, 5))
def test_a_new_newest_page_moves_nobody(found: list[Numbered], count: int) -> None:
    new = Numbered("2027-01-01", "new/index.html", count)
    slots = first([*found, new])
    assert slots.pop(new.path) + count == known([*found, new]).layout.total
    assert first(found) == slots


@given(pages, st.sampled_from(DAYS), st.integers(1, 5))
def test_an_older_page_moves_only_what_comes_after_it_in_its_month(found: list[Numbered], day: str, count: int) -> None:
    new = Numbered(day, "new/index.html", count)
    before, after = first(found), first([*found, new])
    if blocks(found) | {day[:7]: blocks([*found, new])[day[:7]]} != blocks(found):
        return  # its month takes another block: later ones move with it
    moved = {page for page in found if before[page.path] != after[page.path]}
    assert moved == {page for page in found if page.day[:7] == day[:7] and page > new}


@given(pages, st.sampled_from(["", *DAYS]), st.integers(1, 5), st.booleans())
def test_a_month_that_changes_alone_is_followed_and_any_other_is_not(found: list[Numbered], day: str, count: int,
                                                                     goes: bool) -> None:
    after = [page for page in found if page.day != day] if goes else [*found, Numbered(day, "new/index.html", count)]
    months, month = known(found), day[:7]
    if months.follow(month, sum(page.sections for page in after if page.month == month)):
        assert known(after) == months
    elif month in months.first and any(page.month == month for page in after):
        assert known(after).first != known(found).first, "nobody moved, it could have been followed"


@given(st.integers(0, 100))
def test_the_tail_is_what_is_beyond_whole_heaps(dated: int) -> None:
    assert in_tail(dated) < TAIL and (dated - in_tail(dated)) % TAIL == 0 and in_tail(dated) <= dated


def test_no_pages_take_no_slots() -> None:
    assert (Months({}, {}), Layout(0, 0)) == (known([]), known([]).layout)
