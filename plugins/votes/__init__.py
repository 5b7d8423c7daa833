"""Поіменні голосування: who voted how, on what, when.

Gives the reader a page for each vote with its arithmetic and all names, each member's own record with the share of
votes given with the faction, and the same as tables to download.
"""

from __future__ import annotations

from plugins.meetings.model import Meeting
from plugins.records import add_pages, add_to_each, box, mapping, offer, publish, view

from . import deputies, list_form, members, metrics, model, pages, read, rolls, tables, write


def register() -> None:
    """Connect vote events with the meetings they come from, their pages, the box on persons' pages, the tables."""
    publish(model.VoteEvent, page=pages.page, derive_from=Meeting, read=read.read)
    view(rolls.ROLLS, members.LINES)
    mapping(rolls.casts, rolls.timeline, rolls.comparisons, metrics.standings, metrics.own_standings, metrics.cohesions,
            metrics.pairs, metrics.companions, deputies.named_periods)
    add_to_each(tables.table)
    add_to_each(list_form.files)
    add_to_each(members.member)
    add_to_each(write.member_feed)
    add_pages(deputies.pages)
    offer(deputies.files)
    box("text", ("person",), members.person_box)
    box("data", ("person", "vote_event"), write.data_links)
