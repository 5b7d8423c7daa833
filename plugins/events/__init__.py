"""Події: concerts, fairs, sport, days of remembrance with their posters — and the council's week.

Gives the reader what is coming first, each event with time, place and poster, weekly plans, and a calendar.
"""

from __future__ import annotations

from plugins.records import add_to_each, box, mapping, offer, publish, show_samples, view

from . import model, pages, posters, write


def register() -> None:
    """Connect events, weekly plans and the calendar."""
    publish(model.Event, page=pages.page, pages=pages.lists_of_events)
    publish(model.WeeklyPlan, page=pages.plan_page, pages=pages.lists_of_plans)
    view(pages.EVENTS, pages.WEEKS, write.ENTRIES)
    add_to_each(write.file_of_event)
    box("data", ("event",), write.data_links)
    offer(write.calendar)
    mapping(pages.by_monday)
    show_samples(posters.samples)
