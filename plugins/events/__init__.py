"""Події: concerts, fairs, sport, days of remembrance with their posters — and the council's week.

Gives the reader what is coming first, each event with time, place and poster, weekly plans, and a calendar.
"""

from __future__ import annotations

from plugins.records import offer, publish

from . import model, pages
from .write import calendars


def register() -> None:
    """Connect events, weekly plans and the calendar."""
    publish(model.Event, page=pages.page, pages=pages.lists_of_events)
    publish(model.WeeklyPlan, page=pages.plan_page, pages=pages.lists_of_plans)
    offer(calendars)
