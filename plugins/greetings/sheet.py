"""What a greeting says besides its text: whom it addresses, in the right case, who signs it and as whom.

The page, the letter and the cards all take these words from here.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from markupsafe import Markup

from plugins.people.model import Person, post_on
from plugins.records import Library, Link, frozen
from plugins.records.components import lower_first
from plugins.records.values import IDENTIFIER_FORM
from plugins.ukrainian import NBSP, Case, Gender, PersonName, UnknownPost, post_in_case, salutation

from .observances import Observance
from .tones import SIGN_OFFS, Tone

if TYPE_CHECKING:
    from .model import Greeting


@frozen
class Sheet:
    """A greeting ready to be set: what the component `greeting` prints."""

    title: str
    addressees: str
    """The salutation: «Шановний Іване Петровичу!»."""
    text: Markup
    sign_off: str
    signer: str
    post: str
    date: date
    is_mourning: bool
    recipient: str = ""
    """To whom, in the dative: «директорці ліцею Олені Левадній»."""
    files: tuple[Link, ...] = ()


def tone_of(greeting: Greeting, library: Library) -> Tone:
    """Its own voice, else that of its day."""
    observance = observance_of(greeting, library)
    return greeting.tone or (observance.tone if observance else Tone.JOY)


def observance_of(greeting: Greeting, library: Library) -> Observance | None:
    """The day of the calendar that it belongs to."""
    return library.get(Observance, greeting.observance) if greeting.observance else None


def occasion_of(greeting: Greeting, library: Library) -> str:
    """What it is written for, as the day was called then."""
    observance = observance_of(greeting, library)
    return observance.title_in(greeting.occasion_on.year) if observance else greeting.occasion


def names_person(to: str) -> bool:
    """True if `to` is the identifier of a person and no words."""
    return bool(re.fullmatch(IDENTIFIER_FORM, to))


def addressee_of(greeting: Greeting, library: Library) -> Person | None:
    """The person of the register to whom it is addressed."""
    return library.get(Person, greeting.to) if names_person(greeting.to) else None


def salutation_of(greeting: Greeting, library: Library) -> str:
    """What was typed, else made from the register: «Шановний Іване Петровичу!», on a day of remembrance with a stop."""
    person = addressee_of(greeting, library)
    if greeting.salutation or not person:
        return greeting.salutation
    own = person.in_case(Case.VOCATIVE) if person.cases and person.cases.vocative else None
    return salutation(
        Gender.FEMININE if person.is_female else Gender.MASCULINE,
        PersonName(person.family_name, person.given_name, person.patronymic),
        called=f"{own.given} {own.patronymic}".strip() if own else "",
        end="." if tone_of(greeting, library) is Tone.REMEMBRANCE else "!")


def recipient_of(greeting: Greeting, library: Library) -> str:
    """To whom, in the dative: a person's post on that day and name; the author's own words stay as they are."""
    person = addressee_of(greeting, library)
    if not person:
        return greeting.to
    name = person.in_case(Case.DATIVE)
    post = lower_first(post_on(person, greeting.occasion_on, library).partition(",")[0])
    try:
        post = post_in_case(post, Case.DATIVE) if post else ""
    except UnknownPost:
        post = ""
    return " ".join(filter(None, (post, f"{name.given}{NBSP}{name.family}")))


def sheet_of(greeting: Greeting, library: Library) -> Sheet:
    """The whole sheet; the post is the one that its signatory held that day."""
    person, tone = library.get(Person, greeting.signatory), tone_of(greeting, library)
    return Sheet(
        greeting.title, salutation_of(greeting, library), greeting.html("text"), SIGN_OFFS[tone],
        f"{person.given_name}{NBSP}{person.family_name}" if person else "",
        post_on(person, greeting.occasion_on, library), greeting.occasion_on, tone is Tone.REMEMBRANCE,
        recipient_of(greeting, library))
