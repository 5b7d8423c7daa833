"""What the printed documents of a meeting share: whose it is, its name in the genitive, their addresses, who signs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from plugins.documents.model import (
    NOT_AN_ORIGINAL,
    Letterhead,
    OnForm,
    Signature,
    brand_of,
    form_of,
    has_form,
    on_paper,
    origin_of,
    place_of_adoption,
    site_of,
)
from plugins.people.model import Organization, OrganizationKind, Person, post_on
from plugins.records import Library, frozen
from plugins.records.components import upper_first
from plugins.ukrainian import NBSP, day, roman, signature_name

from .parts import MeetingStatus, MeetingType, Mode

if TYPE_CHECKING:
    from .model import Meeting

GENITIVES = {
    MeetingType.PLENARY: "пленарного засідання", MeetingType.EXECUTIVE: "засідання виконавчого комітету",
    MeetingType.COMMITTEE: "засідання постійної комісії", MeetingType.COORDINATION: "засідання погоджувальної ради",
    MeetingType.BRIEFING: "наради", MeetingType.HEARING: "громадських слухань",
    MeetingType.WORKING_GROUP: "засідання робочої групи",
}
"""«Протокол …», «Порядок денний …»."""
OWN_TITLE = (MeetingType.BRIEFING, MeetingType.HEARING, MeetingType.WORKING_GROUP, MeetingType.COORDINATION)
"""Meetings that are known by what they are about, not by a number."""


@frozen
class Labelled:
    """A label with its words: «Місце» — «зала засідань»."""

    label: str
    text: str


@frozen(kw_only=True)
class MeetingForm(OnForm):
    """A document of a meeting on the form of its body.

    `kind`: «Протокол»; `about`: «пленарного засідання XXXVII сесії VIII скликання»; `subject`: the meeting's own title,
    where it has one instead of a number; `mark`: «ПРОЄКТ» or nothing.
    """

    template: ClassVar[str]

    head: Letterhead
    kind: str
    about: str
    subject: str
    day: str
    settlement: str
    number: str = ""
    mark: str = ""


def head_of(meeting: Meeting, library: Library, kind: str, number: str = "") -> dict[str, Any]:
    """The values that every form of a meeting has."""
    about = about_of(meeting, number)
    places = ("starts_at", "items", "minutes.text") if meeting.minutes else ("starts_at", "items")
    signed = f" №{NBSP}{number}" if number else ""
    return {
        "title": f"{kind}{signed} {about}, {day(meeting.day)}", "brand": brand_of(library), "on": meeting.day,
        "form": form_of(library),
        "head": Letterhead(_issuer(meeting, library), brand_of(library).region), "kind": kind, "about": about,
        "subject": on_paper(meeting.title) if meeting.type in OWN_TITLE else "", "day": day(meeting.day),
        "settlement": on_paper(place_of_adoption(library)), "number": f"№{NBSP}{number}" if number else "",
        "last_words": (NOT_AN_ORIGINAL, absolute(meeting.url, library)),
        "origin": origin_of(meeting, *places),
    }


def about_of(meeting: Meeting, number: str = "") -> str:
    """«2 пленарного засідання XXXIII сесії VIII скликання», «засідання постійної комісії № 7»."""
    words = GENITIVES[meeting.type]
    if meeting.type is MeetingType.PLENARY and meeting.session:
        sitting = f"{meeting.sitting}{NBSP}" if meeting.sitting else ""
        session = f"{roman(meeting.session)}{NBSP}{'позачергової ' if meeting.is_extraordinary else ''}сесії"
        return f"{sitting}{words} {session} {roman(meeting.convocation or 1)}{NBSP}скликання"
    return f"{words} №{NBSP}{meeting.number}" if meeting.number and str(meeting.number) != number else words


def _issuer(meeting: Meeting, library: Library) -> tuple[str, ...]:
    brand, body = brand_of(library), library.get(Organization, meeting.body)
    if not body or body.type is OrganizationKind.COUNCIL or meeting.type is MeetingType.HEARING:
        return (brand.name.upper(),)
    own = body.title.replace(brand.name_genitive, "").strip() if brand.name_genitive else body.title
    return (brand.name.upper(), (own or body.title).upper())


def where(meeting: Meeting) -> tuple[Labelled, ...]:
    """Where it is held and how, in the page's words."""
    mode = "" if meeting.mode is Mode.IN_PERSON else meeting.mode.label
    words = ", ".join(filter(None, (on_paper(meeting.location), mode)))
    return (Labelled("Місце", words),) if words else ()


def named(person: Person, meeting: Meeting, library: Library) -> str:
    """«Левадна Олена Мирославівна, міський голова»: in full, with the post of that day."""
    post = post_on(person, meeting.day, library)
    return on_paper(f"{person.name}, {post}" if post else person.name)


def signature_of(person: Person, post: str) -> Signature:
    """The line that a person signs on."""
    return Signature(upper_first(on_paper(post)), signature_name(person.family_name, person.given_name))


def agenda_file(meeting: Meeting, library: Library) -> str:
    """The address of the printed agenda; empty where there is none."""
    return f"{meeting.url}poriadok-dennyi.pdf" if meeting.items and has_form(meeting.day, library) else ""


def minutes_file(meeting: Meeting, library: Library) -> str:
    """The address of the printed minutes; empty before there are any: only a meeting that was held has them."""
    is_there = meeting.minutes and meeting.status is MeetingStatus.HELD and has_form(meeting.day, library)
    return f"{meeting.url}protokol.pdf" if is_there else ""


def voting_file(meeting: Meeting, library: Library) -> str:
    """The address of the printed list of votes; empty where nothing was put to the vote."""
    is_there = any(item.votes for item in meeting.items) and has_form(meeting.day, library)
    return f"{meeting.url}holosuvannia.pdf" if is_there else ""


def absolute(url: str, library: Library) -> str:
    """An address of the site for paper, which stands alone."""
    return f"{site_of(library)}{url}" if url.startswith("/") else url
