"""Поіменні голосування: who voted how, on what, when.

Gives the reader a page for each vote with its arithmetic and all names, each member's own record with the share of
votes given with the faction, and the same as tables to download.
"""

from __future__ import annotations

from plugins.meetings.model import Meeting
from plugins.records import add_to_each, box, mapping, publish, view

from . import model, pages, read, write


def register() -> None:
    """Connect vote events with the meetings they come from, their pages, the box on persons' pages, the tables."""
    publish(model.VoteEvent, page=pages.page, derive_from=Meeting, read=read.read)
    view(pages.LINES)
    add_to_each(pages.table)
    add_to_each(pages.member)
    box("text", ("person",), pages.person_box)
    add_to_each(write.member_feed)
    box("data", ("person", "vote_event"), write.data_links)
    mapping(pages.casts_by_person, pages.agreements, pages.by_meeting)
