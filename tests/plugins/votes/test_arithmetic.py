"""The arithmetic of a vote: the table of the domain note, §6."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.meetings.model import Requirement
from plugins.votes.model import majority, needed, quorum, two_thirds

TABLE = [  # seats, majority without and with the mayor, two thirds without and with, quorum
    (22, 12, 12, 15, 16, 12),
    (26, 14, 14, 18, 18, 14),
    (34, 18, 18, 23, 24, 18),
    (38, 20, 20, 26, 26, 20),
    (42, 22, 22, 28, 29, 22),
    (54, 28, 28, 36, 37, 28),
    (64, 33, 33, 43, 44, 33),
]


@pytest.mark.parametrize(("seats", "plain", "with_mayor", "thirds", "thirds_with_mayor", "present"), TABLE)
def test_the_council_counts_from_its_seats_and_the_mayor(
        seats: int, plain: int, with_mayor: int, thirds: int, thirds_with_mayor: int, present: int) -> None:
    assert plain == majority(seats)
    assert with_mayor == majority(seats + 1)
    assert thirds == two_thirds(seats)
    assert thirds_with_mayor == two_thirds(seats + 1)
    assert present == quorum(seats)


@pytest.mark.parametrize(("members", "votes"), [(11, 6), (13, 7), (15, 8), (17, 9)])
def test_the_executive_committee_counts_from_its_members(members: int, votes: int) -> None:
    assert votes == majority(members)


def test_a_majority_of_those_present_is_not_a_majority_of_the_council() -> None:
    assert needed(Requirement.MAJORITY, base=39, present=31) == 20
    assert needed(Requirement.PRESENT, base=39, present=31) == 16
    assert needed(Requirement.TWO_THIRDS, base=39, present=31) == 26


@given(st.integers(min_value=1, max_value=500))
def test_a_majority_is_more_than_half_and_two_thirds_no_fewer(base: int) -> None:
    assert 2 * majority(base) > base >= 2 * (majority(base) - 1)
    assert 3 * two_thirds(base) >= 2 * base > 3 * (two_thirds(base) - 1)
