"""Greetings → pages: the sheet, the lists."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import ClassVar

from plugins.documents.model import card_image_of, has_form
from plugins.media.model import photo_of
from plugins.records import Group, Library, Link, OutputFile, PageModel, frozen
from plugins.records.components import Photo, Row, Tombstone, excerpt, tombstone_of
from plugins.records.lists import Axis, ListPlan, View, lists
from plugins.ukrainian import day

from .letter import downloads, letter_file
from .model import Greeting, Sheet, occasion_of, sheet_of, tone_of
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


def page(greeting: Greeting, library: Library) -> Iterator[PageModel | OutputFile]:
    """The page of a greeting and its letter; of a withdrawn one, and of one older than the forms, only the page."""
    text, sheet, tombstone = greeting.html("text"), sheet_of(greeting, library), tombstone_of(greeting)
    has_files = not tombstone and has_form(greeting.occasion_on, library)
    if not has_files:
        image = card_image_of(LIST.title, library)
    else:
        image, files = downloads(greeting, library)
        sheet = replace(sheet, files=files)
    yield GreetingPage(
        url=greeting.url, title=greeting.title, lang=greeting.lang,
        description=greeting.summary or excerpt(text, 160), menu="community",
        crumbs=(COMMUNITY, LIST, Link(str(greeting.year), f"{LIST.url}{greeting.year}/")),
        updated_at=greeting.changed_at,
        card=greeting.card(library), image=image, image_alt=_card_words(greeting) if has_files else "",
        search_text=str(text), sheet=sheet,
        photo=photo_of(greeting, greeting.image, library), observance=occasion_of(greeting, library),
        tombstone=tombstone)
    if has_files:
        yield letter_file(greeting, sheet, library)


def _card_words(greeting: Greeting) -> str:
    """What the card of a greeting says in words of its own; empty where it is the title."""
    words = greeting.on_card
    return ". ".join(filter(None, (words.heading or greeting.title, words.line))) if words else ""


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
