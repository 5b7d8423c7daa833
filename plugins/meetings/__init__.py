"""Засідання: when the council, its committee or commission meets, on what, who was there, what came of it.

Gives the reader a page for each meeting with agenda and results, the minutes, both on the council's form too, lists by
year, type and body, a calendar by month, and calendars to subscribe to.
"""

from __future__ import annotations

from plugins.records import add_pages, add_to_each, box, mapping, offer, publish, view

from . import calendar_pages, completeness, gaps, model, pages, papers, sessions, write


def register() -> None:
    """Connect the kind of records with its pages, the box on persons' pages, the calendars."""
    publish(model.Meeting, page=pages.page, pages=pages.lists_of_meetings)
    add_to_each(papers.files)
    add_pages(calendar_pages.calendar)
    add_pages(sessions.pages)
    add_pages(gaps.pages)
    box("aside", ("person",), pages.attendance_box)
    box("data", ("meeting", "organization", "person"), pages.calendar_box)
    view(pages.MEETINGS, write.ENTRIES, model.PRESENCES, sessions.PLENARIES, completeness.COMPLETENESS, *gaps.VIEWS)
    offer(write.calendars)
    offer(gaps.tables)
    mapping(pages.neighbours_of_meetings, model.attendances, model.calendar_holders)
