"""Greetings → pages: the sheet, the lists."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from plugins.documents.model import Origin, origin_of, share_card
from plugins.media.model import photo_of
from plugins.records import Group, Library, Link, PageModel, frozen
from plugins.records.components import Photo, Row, Tombstone, excerpt, tombstone_of
from plugins.records.lists import Axis, ListPlan, View, lists
from plugins.ukrainian import day

from .model import Greeting, Sheet, Tone, occasion_of, sheet_of, tone_of
from .places import CALENDAR, COMMUNITY, LIST

NOUN = ("вітання", "вітання", "вітань")


@frozen(kw_only=True)
class GreetingPage(PageModel):
    """One greeting."""

    template: ClassVar[str] = "greetings/greeting.html"
    page_kind: ClassVar[str] = "greeting"

    sheet: Sheet
    photo: Photo | None
    observance: str
    tombstone: Tombstone | None


def page(greeting: Greeting, library: Library) -> Iterator[PageModel]:
    """The page of a greeting."""
    text = greeting.html("text")
    yield GreetingPage(
        url=greeting.url, title=greeting.title, lang=greeting.lang,
        description=greeting.summary or excerpt(text, 160), menu="community",
        crumbs=(COMMUNITY, LIST, Link(str(greeting.year), f"{LIST.url}{greeting.year}/")),
        updated_at=greeting.changed_at,
        card=greeting.card(library), image=_card(greeting, library), search_text=str(text),
        sheet=sheet_of(greeting, library), photo=photo_of(greeting, greeting.image, library),
        observance=occasion_of(greeting, library), tombstone=tombstone_of(greeting))


def _card(greeting: Greeting, library: Library) -> str:
    tone, words = tone_of(greeting, library), greeting.on_card
    return share_card(library, title=words.heading if words and words.heading else greeting.title,
                      kicker="" if tone is Tone.REMEMBRANCE else "Вітання",
                      note=words.line if words and words.line else day(greeting.occasion_on),
                      stem=f"vitannia-{greeting.id}", tone=tone.value, origin=_origin(greeting))


def _origin(greeting: Greeting) -> Origin:
    """Where the card's title was written: in `card`, or as the greeting's own."""
    words = greeting.on_card
    written = origin_of(greeting, "card.heading" if words and words.heading else "title")
    return Origin(tuple(("title", *place[1:]) for place in written.places))


def lists_of_greetings(library: Library) -> Iterator[Group]:
    """All greetings, by year and by tone."""
    yield from lists(ListPlan(
        url=LIST.url, title=LIST.title, description="Привітання й слова пам’яті від імені громади.", noun=NOUN,
        menu="community", crumbs=(COMMUNITY,), view=GREETINGS, data_links=(CALENDAR,),
        feeds=(Link("Вітання: стрічка", f"{LIST.url}feed.xml"),)), library)


def _row(greeting: Greeting, library: Library) -> Row:
    return Row(greeting.title, greeting.url, (day(greeting.occasion_on), tone_of(greeting, library).label),
               excerpt=greeting.summary, photo=photo_of(greeting, greeting.image, library))


def _tone(greeting: Greeting, library: Library) -> tuple[str, str]:
    tone = tone_of(greeting, library)
    return tone.value, tone.label


GREETINGS = View("greetings", Greeting, _row, (Axis("Нагода", _tone),))
