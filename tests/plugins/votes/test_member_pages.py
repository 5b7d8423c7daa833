"""A long record of votes is cut into pages that a new vote does not move."""

from __future__ import annotations

from plugins.records import slices
from plugins.votes.pages import PAGE_SIZE


def test_an_older_page_stays_as_it_is_when_a_vote_is_added() -> None:
    votes = list(range(250, 0, -1))
    before = {piece.url: piece.items for piece in slices(votes, "/deputaty/a/holosuvannia/", PAGE_SIZE)}
    after = {piece.url: piece.items for piece in slices([251, *votes], "/deputaty/a/holosuvannia/", PAGE_SIZE)}
    assert list(before) == ["/deputaty/a/holosuvannia/", "/deputaty/a/holosuvannia/storinka/1/"]
    old = "/deputaty/a/holosuvannia/storinka/1/"
    assert before[old] == after[old]
