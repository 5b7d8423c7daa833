"""Where the pages of this room stand."""

from __future__ import annotations

from plugins.records import Link

COMMUNITY = Link("Громада", "/hromada/")
LIST = Link("Вітання", "/vitannia/")
CALENDAR = Link("Календар", f"{LIST.url}kalendar/")
WITHOUT_TEXT = Link("Ще без тексту", f"{LIST.url}bez-tekstu/")
FEED = f"{LIST.url}kalendar.ics"
