"""Greetings → pages: the sheet, the lists."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import ClassVar

from markupsafe import Markup

from plugins.documents.model import origin_of, share_card
from plugins.media.model import photo_of
from plugins.people.model import ROLE_ORDER, Organization, Person, full_post, memberships_of
from plugins.records import Group, Library, Link, PageModel, frozen
from plugins.records.components import Photo, Row, Tombstone, excerpt, tombstone_of
from plugins.records.lists import Axis, ListPlan, View, lists
from plugins.ukrainian import NBSP, day

from .model import Greeting, Tone

COMMUNITY = Link("Громада", "/hromada/")
LIST = Link("Вітання", "/vitannia/")
NOUN = ("вітання", "вітання", "вітань")


@frozen
class Sheet:
    """What the component `greeting` prints."""

    title: str
    addressees: str
    text: Markup
    sign_off: str
    signer: str
    post: str
    date: date
    is_mourning: bool
    files: tuple[Link, ...] = ()


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
    """The page of a greeting: the post is the one that its signatory held that day."""
    text = greeting.html("text")
    person = library.get(Person, greeting.signatory)
    observance = library.find("observance", greeting.observance or "")
    yield GreetingPage(
        url=greeting.url, title=greeting.title, lang=greeting.lang,
        description=greeting.summary or excerpt(text, 160), menu="community",
        crumbs=(COMMUNITY, LIST, Link(str(greeting.year), f"{LIST.url}{greeting.year}/")),
        updated_at=greeting.changed_at,
        card=greeting.card(library), image=_card(greeting, library), search_text=str(text),
        sheet=Sheet(greeting.title, greeting.salutation, text,
                    "З сумом і шаною" if greeting.tone is Tone.REMEMBRANCE else "З повагою від імені громади",
                    f"{person.given_name}{NBSP}{person.family_name}" if person else "",
                    _post(person, greeting.occasion_on, library), greeting.occasion_on,
                    greeting.tone is Tone.REMEMBRANCE),
        photo=photo_of(greeting, greeting.image, library), observance=observance.heading if observance else "",
        tombstone=tombstone_of(greeting))


def _card(greeting: Greeting, library: Library) -> str:
    return share_card(library, title=greeting.title, kicker="" if greeting.tone is Tone.REMEMBRANCE else "Вітання",
                      note=day(greeting.occasion_on), stem=f"vitannia-{greeting.id}",
                      tone=greeting.tone.value, origin=origin_of(greeting, "title"))


def _post(person: Person | None, on: date, library: Library) -> str:
    """The highest post a person held on a day, with its body; empty for somebody without one."""
    if not person:
        return ""
    held = sorted((record for record in memberships_of(library, person.id) if record.holds_on(on)),
                  key=lambda record: ROLE_ORDER.index(record.role))
    for record in held:
        if body := library.get(Organization, record.organization):
            return full_post(record, person, body)
    return ""


def lists_of_greetings(library: Library) -> Iterator[Group]:
    """All greetings, by year and by tone."""
    yield from lists(ListPlan(
        url=LIST.url, title=LIST.title, description="Привітання й слова пам’яті від імені громади.", noun=NOUN,
        menu="community", crumbs=(COMMUNITY,), view=GREETINGS,
        feeds=(Link("Вітання: стрічка", f"{LIST.url}feed.xml"),)), library)


def _row(greeting: Greeting, library: Library) -> Row:
    return Row(greeting.title, greeting.url, (day(greeting.occasion_on), greeting.tone.label),
               excerpt=greeting.summary, photo=photo_of(greeting, greeting.image, library))


GREETINGS = View("greetings", Greeting, _row, (
    Axis("Нагода", lambda item, library: (item.tone.value, item.tone.label)),))
