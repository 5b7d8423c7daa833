"""Places → the emergency page and the list of shelters."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import ClassVar

from plugins.documents.model import Sample
from plugins.pages.model import MenuSection, ProsePage
from plugins.records import Library, Link, OutputFile, PageModel, frozen
from plugins.records.components import Fact, File, NotedLink
from plugins.ukrainian import counted, sort_key

from .brochure import PRINT, READ, TITLE, brochures, sample_of
from .model import ContactPlace, PlaceType, all_checked_on

URL = "/bezpeka/"
CRUMB = Link("Безпека", URL)
LEAD = "Телефони, укриття, пункти незламності й вода: що робити й куди йти."
STATE_NUMBERS = (("112", "Єдиний номер допомоги"), ("101", "Рятувальники"), ("102", "Поліція"),
                 ("103", "Екстрена медична допомога"), ("104", "Газова служба"))
"""Emergency numbers of the state: they are the same in every community."""

BROCHURE = (File("PDF", TITLE, f"/{READ}", "брошура, читати з екрана"),
            File("PDF", "Те саме для друку", f"/{PRINT}", "аркуші A4, двобічно, за коротким краєм, скласти й прошити"))


@frozen
class Hotline:
    """A number to call."""

    number: str
    title: str
    note: str = ""


@frozen
class Shelter:
    """A place to go to."""

    address: str
    title: str
    has_ramp: bool
    has_water: bool
    capacity: str
    hours: str
    map_url: str
    latitude: Decimal | None
    longitude: Decimal | None


@frozen(kw_only=True)
class EmergencyPage(PageModel):
    """Numbers, what to do, where to get warmth and water."""

    template: ClassVar[str] = "places/emergency.html"
    page_kind: ClassVar[str] = "emergency"

    lead: str
    state_phones: tuple[Hotline, ...]
    phones: tuple[Hotline, ...]
    guides: tuple[NotedLink, ...]
    shelters: str
    points: tuple[Shelter, ...]
    water: tuple[Fact, ...]
    brochure: tuple[File, ...]
    verified_on: date | None


@frozen(kw_only=True)
class SheltersPage(PageModel):
    """All shelters, street first."""

    template: ClassVar[str] = "places/shelters.html"
    page_kind: ClassVar[str] = "shelters"

    lead: str
    state_phones: tuple[Hotline, ...]
    shelters: tuple[Shelter, ...]
    verified_on: date | None


def emergency_pages(library: Library) -> Iterator[PageModel | OutputFile]:
    """`/bezpeka/` with its brochure and `/bezpeka/ukryttia/`, as far as there is anything to show."""
    places, guides = _found(library)
    if not places and not guides:
        return
    shelters = [place for place in places if place.type is PlaceType.SHELTER]
    newest = max((place.verified_on for place in places if place.verified_on), default=None)
    yield EmergencyPage(
        url=URL, title="Безпека", description=LEAD, lead=LEAD, menu="safety",
        state_phones=tuple(Hotline(*item) for item in STATE_NUMBERS),
        phones=tuple(Hotline(place.phone, place.title, place.hours) for place in places
                     if place.type is PlaceType.HOTLINE),
        guides=tuple(NotedLink(item.title, item.url, item.summary) for item in guides), brochure=BROCHURE,
        shelters=str(len(shelters)) if shelters else "",
        points=tuple(_shelter(place) for place in places if place.type is PlaceType.INVINCIBILITY),
        water=tuple(Fact(place.title, place.address, note=place.hours) for place in places
                    if place.type is PlaceType.WATER),
        verified_on=all_checked_on(places), search_text=" ".join(f"{place.title} {place.address}" for place in places),
        updated_at=newest)
    yield from brochures(STATE_NUMBERS, places, guides, library)
    if shelters:
        count = counted(len(shelters), "укриття", "укриття", "укриттів")
        yield SheltersPage(
            url=f"{URL}ukryttia/", title="Укриття", crumbs=(CRUMB,), menu="safety", updated_at=newest,
            description=f"{count} громади: адреси, місткість, пандус, вода.",
            lead=f"{count} громади за вулицями: місткість, пандус, вода, години.",
            verified_on=all_checked_on(shelters),
            state_phones=tuple(Hotline(*item) for item in STATE_NUMBERS[:4]),
            shelters=tuple(_shelter(place) for place in shelters),
            search_text=" ".join(f"{place.title} {place.address}" for place in shelters))


def samples(library: Library) -> Iterator[Sample]:
    """The brochure, where there is one."""
    places, guides = _found(library)
    if places or guides:
        yield sample_of(STATE_NUMBERS, places, guides, library)


def _found(library: Library) -> tuple[list[ContactPlace], list[ProsePage]]:
    """Places by address, pages of what to do in their order."""
    places = sorted(library.of(ContactPlace), key=lambda place: (sort_key(place.address), sort_key(place.title)))
    guides = sorted((item for item in library.of(ProsePage) if item.menu is MenuSection.SAFETY and item.lang == "uk"
                     and not item.withdrawn), key=lambda item: (item.order, item.id))
    return places, guides


def _shelter(place: ContactPlace) -> Shelter:
    has_point = place.latitude is not None and place.longitude is not None
    return Shelter(
        place.address, f"{place.title}. {place.note}" if place.note else place.title, place.has_ramp, place.has_water,
        counted(place.capacity, "особа", "особи", "осіб") if place.capacity else "", place.hours,
        f"geo:{place.latitude},{place.longitude}" if has_point else "", place.latitude, place.longitude)
