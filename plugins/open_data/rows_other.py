"""Rows of reports (appendix 6), normative acts of others (12) and protective structures (72)."""

from __future__ import annotations

from decimal import Decimal

from plugins.acts.model import Legislation
from plugins.people.model import Council, Organization, Person
from plugins.places.model import ContactPlace, PlaceType
from plugins.records import Library, without_hidden
from plugins.reports.model import Report
from plugins.ukrainian import sort_key

from .columns import Row
from .facts import address_of, code_of
from .jsonld import whole_url

FOUR_PLACES = Decimal("0.0001")
"""Appendix 72 asks for four figures after the point at least."""


def report_row(report: Report, library: Library) -> list[Row]:
    """Appendix 6, `listOfReports`. That a report was approved no record says."""
    council = library.only(Council)
    author = library.get(Person, report.author) if report.author else None
    unit = library.get(Organization, report.unit) if report.unit else None
    creator = author.name if author else unit.title if unit else report.prepared_by or council.name
    return [{
        "uid": f"{report.id}-{report.year}", "title": report.title, "acceptedDate": None,
        "issuedDate": report.published_at.date().isoformat(), "type": report.type.label,
        "url": whole_url(library, report.url),
        "text": without_hidden(report.text).strip() or report.summary, "creatorName": creator,
        "publisherName": council.name, "publisherId": council.edrpou}]


def is_published(report: Report, _: Library) -> bool:
    """True for a report that was not taken down."""
    return not report.withdrawn


def legal_bases(library: Library) -> list[Row]:
    """Appendix 12: the register of acts of others that the council rests on, the oldest first."""
    found = sorted(library.of(Legislation), key=lambda act: (act.adopted_on, act.id))
    return [{
        "legalActTitle": act.title, "legalActId": act.number, "legalActDate": act.adopted_on.isoformat(),
        "legalActPublication": act.published_in, "legalActType": act.type, "legalActAdopterName": act.adopter,
        "legalActAdopterId": act.adopter_edrpou, "legalActStatus": act.status.label, "legalActUrl": act.source_url,
        "text": None} for act in found]


def shelters(library: Library) -> list[Row]:
    """Appendix 72: shelters whose type by the Code of Civil Protection is known, by their streets."""
    found = [place for place in library.of(ContactPlace) if place.type is PlaceType.SHELTER and place.structure]
    return [_shelter(place, library) for place in sorted(found, key=lambda place: (sort_key(place.address), place.id))]


def _shelter(place: ContactPlace, library: Library) -> Row:
    council = library.only(Council)
    holder = library.get(Organization, place.holder) if place.holder else None
    keeper = library.get(Person, place.keeper) if place.keeper else None
    address = {name: value for name, value in address_of(council, place.address).items()
               if name != "addressLocatorName"}
    return {
        "uid": place.account_no, "type": place.structure.label if place.structure else None, **address,
        "addressDescription": "; ".join(filter(None, (place.title, place.note))), "lat": _degrees(place.latitude),
        "lon": _degrees(place.longitude), "ownershipForm": place.ownership.label if place.ownership else None,
        "balanceHolderName": holder.title if holder else None, "balanceHolderId": code_of(holder, council),
        "renterName": None, "renterId": None, "purpose": place.purpose,
        "responsiblePersonName": keeper.name if keeper else None}


def _degrees(value: Decimal | None) -> Decimal | None:
    """With four figures after the point at least: 50.45 → 50.4500."""
    if value is None:
        return None
    exponent = value.as_tuple().exponent
    return value if isinstance(exponent, int) and exponent <= -4 else value.quantize(FOUR_PLACES)
