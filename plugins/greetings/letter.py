"""A greeting on paper and in social networks: its letter on the letterhead, its four cards, where they are downloaded.

Words come from the sheet, so that page, letter and cards say the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import ClassVar
from urllib.parse import urlsplit

from plugins.documents.model import (
    FORMATS,
    LINK,
    Card,
    Flow,
    Origin,
    PrintModel,
    PrintPhoto,
    Sample,
    brand_of,
    breakable,
    card_beside,
    flow,
    in_print,
    origin_of,
    photo_for_print,
    printed,
    site_of,
)
from plugins.people.model import Person
from plugins.records import Library, Link, OutputFile, frozen
from plugins.records.components import lower_first, upper_first
from plugins.ukrainian import NBSP, day, signature_name

from .model import Greeting, Sheet, Tone, sheet_of, tone_of

LETTER, SQUARE = "lyst.pdf", "1080x1080"
KICKER = "Вітання"


@frozen(kw_only=True)
class Letter(PrintModel):
    """A sheet with a letterhead: `office` is the post in it, `recipient` is in the dative, `signer` «Ім’я ПРІЗВИЩЕ»."""

    template: ClassVar[str] = "letter.typ"

    tone: str
    office: str
    contacts: tuple[str, ...]
    recipient: str
    salutation: str
    text: Flow
    sign_off: str
    post: str
    signer: str
    day: str
    photo: PrintPhoto | None


def letter_of(greeting: Greeting, sheet: Sheet, library: Library) -> Letter:
    """The letter of a greeting: what its page says, under the letterhead of its signatory."""
    brand, post = brand_of(library), in_print(upper_first(sheet.post))
    contacts = (brand.address, brand.phone, brand.email, urlsplit(brand.site).hostname or "")
    return Letter(
        title=in_print(sheet.title), lang=greeting.lang, brand=brand, on=sheet.date,
        tone=tone_of(greeting, library).value, office=post, contacts=tuple(map(breakable, filter(None, contacts))),
        recipient=in_print(upper_first(sheet.recipient)), salutation=in_print(sheet.addressees),
        text=flow(str(sheet.text), f"{site_of(library)}{greeting.url}"), sign_off=sheet.sign_off, post=post,
        signer=_signer(greeting, library), day=day(sheet.date),
        origin=origin_of(greeting, "title", "salutation", "to"),
        photo=photo_for_print(greeting, greeting.image, library))


def cards_of(greeting: Greeting, library: Library) -> Iterator[tuple[str, Card]]:
    """Name and card of each format: the greeting's own words for cards, else its title and day."""
    words, tone = greeting.on_card, tone_of(greeting, library)
    has_heading, line = bool(words and words.heading), words.line if words else ""
    card = Card(
        title=in_print(words.heading if words and words.heading else greeting.title), lang=greeting.lang,
        brand=brand_of(library), on=greeting.occasion_on, tone=tone.value, line=in_print(line),
        kicker="" if tone is Tone.REMEMBRANCE else KICKER, note="" if line else day(greeting.occasion_on),
        photo=photo_for_print(greeting, greeting.image, library),
        origin=_origin(greeting, "card.heading" if has_heading else "title", "card.line" if line else ""))
    for name in FORMATS:
        yield f"kartka-{name}", replace(card, format=name)


def downloads(greeting: Greeting, library: Library) -> tuple[str, tuple[Link, ...]]:
    """The address of the card for links to the page, and links to all files; the cards are made because of it."""
    found = {name: card_beside(greeting.url, card, name, library) for name, card in cards_of(greeting, library)}
    cards = (Link(f"Картка{NBSP}{name.replace('x', f'{NBSP}×{NBSP}')}", found[f"kartka-{name}"]) for name in FORMATS)
    return found[f"kartka-{LINK}"], (Link(f"Лист{NBSP}у{NBSP}PDF", f"{greeting.url}{LETTER}"), *cards)


def letter_file(greeting: Greeting, sheet: Sheet, library: Library) -> OutputFile:
    """The letter beside the page."""
    return printed(f"{greeting.url.strip('/')}/{LETTER}", letter_of(greeting, sheet, library))


def samples(library: Library) -> Iterator[Sample]:
    """The first letter of each voice and its square card, for the brand book."""
    found: dict[Tone, Greeting] = {}
    for greeting in library.of(Greeting):
        if not greeting.withdrawn:
            found.setdefault(tone_of(greeting, library), greeting)
        if len(found) == len(Tone):
            break
    for tone in Tone:
        if first := found.get(tone):
            cards = dict(cards_of(first, library))
            yield Sample(f"Лист: {lower_first(tone.label)}", letter_of(first, sheet_of(first, library), library),
                         first.url)
            yield Sample(f"Картка: {lower_first(tone.label)}", cards[f"kartka-{SQUARE}"], first.url)


def _origin(greeting: Greeting, title: str, line: str) -> Origin:
    """Where the title and the line of a card are typed; empty for what is not."""
    return Origin(tuple((name, *origin_of(greeting, field).places[0][1:])
                        for name, field in (("title", title), ("line", line)) if field))


def _signer(greeting: Greeting, library: Library) -> str:
    person = library.get(Person, greeting.signatory)
    return breakable(signature_name(person.family_name, person.given_name)) if person else ""
