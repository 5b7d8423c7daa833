"""Rows of people and bodies on the declared day: deputies (appendix 30), organizations, units, posts (2), staff (3)."""

from __future__ import annotations

import re
from collections import defaultdict

from plugins.media.model import photo_of
from plugins.people.model import (
    Council,
    Gender,
    Membership,
    Organization,
    OrganizationKind,
    Person,
    Reception,
    Role,
    full_post,
    index_of,
    members_on,
    post_in_body,
)
from plugins.records import Library, plain
from plugins.ukrainian import sort_key

from .columns import Row
from .facts import address_of, code_of, first_telephone, legal_entity, opening_hours, telephone
from .jsonld import whole_url
from .national import LS
from .rows_votes import voter_id

GENDER = {Gender.MALE: 1, Gender.FEMALE: 2}
"""ISO/IEC 5218."""
MEMBER_WORDS = {OrganizationKind.GROUP: "Член депутатської фракції",
                OrganizationKind.COMMITTEE: "Член постійної комісії"}
"""What appendix 30 says of whoever holds no post in a faction or a committee."""
LONGEST_DESCRIPTION = 300
STAFFED = (OrganizationKind.UNIT, OrganizationKind.ENTERPRISE, OrganizationKind.INSTITUTION)


def deputies(library: Library) -> list[Row]:
    """Appendix 30: deputies on the declared day, in the order of their names."""
    council, today = library.only(Council), library.now.date()
    mandates = [m for m in members_on(library, council.council_id, today) if m.role in (Role.DEPUTY, Role.SECRETARY)]
    people = {person.id: person for m in mandates if (person := library.get(Person, m.person))}
    return [_deputy(person, library) for person in sorted(people.values(), key=lambda p: (sort_key(p.name), p.id))]


def _deputy(person: Person, library: Library) -> Row:
    council, photo = library.only(Council), photo_of(person, person.image, library)
    faction = _place_in(person, OrganizationKind.GROUP, library)
    committee = _place_in(person, OrganizationKind.COMMITTEE, library)
    reception = person.reception[0] if person.reception else None
    hours, limits = opening_hours(reception.when) if reception else (None, None)
    return {
        "id": person.id, "votingIdentifier": voter_id(person, library), "familyName": person.family_name,
        "name": person.given_name, "additionalName": person.patronymic, "gender": GENDER[person.gender],
        "birthDate": None, "image": whole_url(library, photo.jpeg) if photo else None,
        "biography": plain(str(person.html("bio"))), "partyName": person.party, "partyId": None,
        "email": person.email or council.email, "telephone": telephone(person.phone) or first_telephone(council),
        "homepage": whole_url(library, person.url), "account": None,
        "factionName": faction[0] if faction else "Позафракційний", "factionPost": faction[1] if faction else None,
        "commissionName": committee[0] if committee else None, "commissionPost": committee[1] if committee else None,
        "areaId": _area(person.constituency), **address_of(council, reception.where if reception else ""),
        "openingHours": hours or (reception.when if reception else None),
        "availabilityRestriction": _limits(limits if hours else None, reception)}


def _limits(words: str | None, reception: Reception | None) -> str:
    """What is to be known of reception hours besides the hours: when not, how to book."""
    return ", ".join(filter(None, (words, reception.booking if reception else "")))


def _place_in(person: Person, kind: OrganizationKind, library: Library) -> tuple[str, str] | None:
    """(body, post) of a deputy in a faction or a committee on the declared day."""
    for m in index_of(library).by_person.get(person.id, ()):
        body = library.get(Organization, m.organization)
        if body and body.type is kind and not body.is_unaffiliated and m.holds_on(library.now.date()):
            post = post_in_body(m, person, body)
            return body.title, MEMBER_WORDS[kind] if m.role is Role.MEMBER else post[:1].upper() + post[1:]
    return None


def _area(words: str) -> int | None:
    match = re.search(r"[0-9]{1,4}(?![0-9])", words)
    return int(match[0]) if match else None


# --------------------------------------------------------------------------- bodies

def _bodies(library: Library) -> list[Organization]:
    found = [body for body in library.of(Organization) if body.exists_on(library.now.date())]
    return sorted(found, key=lambda body: (body.order, body.id))


def organizations(library: Library) -> list[Row]:
    """Appendix 2, `organizations`: bodies with an entry in the register of legal entities."""
    council = library.only(Council)
    return [_organization(body, library) for body in _bodies(library) if code_of(body, council)]


def _organization(body: Organization, library: Library) -> Row:
    council = library.only(Council)
    parent = library.get(Organization, body.parent) if body.parent else None
    owner = legal_entity(parent, library) if parent else (None, None)
    hours, limits = opening_hours(body.hours or council.hours)
    return {
        "Id": code_of(body, council), "name": body.title, "description": _description(body), "constituentDocUrl": None,
        "homepage": body.site or whole_url(library, body.url), "socialAccount": None, "logo": None,
        **_head(body, library), "subOrgOfId": owner[0], f"subOrgOf{LS}Name": owner[1], **_address(body, council),
        f"contactPoint{LS}Name": _contact(body), f"contactPoint{LS}Email": body.email or council.email,
        f"contactPoint{LS}Telephone": first_telephone(body, council), "openingHours": hours,
        "availabilityRestriction": limits}


def organization_units(library: Library) -> list[Row]:
    """Appendix 2, `organizationUnits`: executive bodies and units that are no legal entities of their own."""
    council = library.only(Council)
    return [_unit(body, library) for body in _bodies(library)
            if body.type in (*STAFFED, OrganizationKind.EXECUTIVE) and not code_of(body, council)]


def _unit(body: Organization, library: Library) -> Row:
    council = library.only(Council)
    parent = library.get(Organization, body.parent) if body.parent else None
    above = parent if parent and not code_of(parent, council) and parent.type in STAFFED else None
    code, name = legal_entity(body, library)
    hours, limits = opening_hours(body.hours or council.hours)
    return {
        "uid": body.id, "name": body.title, "description": _description(body), "constituentDocUrl": None,
        "homepage": body.site or whole_url(library, body.url), **_head(body, library), "unitOfId": code,
        "unitOfName": name, "subUnitOfId": above.id if above else None, "subUnitOfName": above.title if above else None,
        **_address(body, council), "contactPointName": _contact(body), "contactPointEmail": body.email or council.email,
        "contactPointTelephone": first_telephone(body, council), "openingHours": hours,
        "availabilityRestriction": limits}


def _description(body: Organization) -> str:
    """What a body does, up to 300 signs at a whole word; of one that says nothing, what kind of body it is."""
    words = plain(str(body.html("functions"))) or body.type.label[:1].upper() + body.type.label[1:]
    if len(words) <= LONGEST_DESCRIPTION:
        return words
    return words[:LONGEST_DESCRIPTION - 1].rsplit(" ", 1)[0].rstrip(" ,;:—–") + "…"


def _contact(body: Organization) -> str:
    return next((phone.title for phone in body.phones if phone.title), body.title)


def _address(body: Organization, council: Council) -> Row:
    found = address_of(council, body.address)
    return {name: value for name, value in found.items() if name != "addressLocatorBuilding"}


def _head(body: Organization, library: Library) -> Row:
    for m in members_on(library, body.id, library.now.date()):
        person = library.get(Person, m.person)
        if person and m.role in (Role.MAYOR, Role.HEAD):
            return {"headName": person.name, "headPost": full_post(m, person, body)}
    return {"headName": None, "headPost": None}


# --------------------------------------------------------------------------- posts

def _posts(library: Library) -> list[tuple[Membership, Person, Organization]]:
    """Who holds which post in the executive bodies on the declared day, in the order of the bodies and the names."""
    today, found = library.now.date(), []
    for m in library.of(Membership):
        person, body = library.get(Person, m.person), library.get(Organization, m.organization)
        if person and body and m.holds_on(today) and _is_post(m, body):
            found.append((m, person, body))
    return sorted(found, key=lambda item: (item[2].order, item[2].id, sort_key(item[1].name), item[0].id))


def _is_post(m: Membership, body: Organization) -> bool:
    if m.role in (Role.MAYOR, Role.SECRETARY):
        return body.type is OrganizationKind.COUNCIL
    return body.type in STAFFED or (
        body.type is OrganizationKind.EXECUTIVE and m.role in (Role.HEAD, Role.DEPUTY_HEAD, Role.STAFF, Role.STAROSTA))


def posts(library: Library) -> list[Row]:
    """Appendix 2, `posts`: who holds which post on the declared day."""
    seen: dict[str, int] = defaultdict(int)
    rows = []
    for m, person, body in _posts(library):
        uid = f"{person.id}-{body.id}"
        seen[uid] += 1
        rows.append(_post(uid if seen[uid] == 1 else f"{uid}-{seen[uid]}", m, person, body, library))
    return rows


def _post(uid: str, m: Membership, person: Person, body: Organization, library: Library) -> Row:
    is_unit = not code_of(body, library.only(Council)) and body.type is not OrganizationKind.COUNCIL
    code, name = legal_entity(body, library)
    photo = photo_of(person, person.image, library)
    reception = person.reception[0] if person.reception else None
    hours, limits = opening_hours(reception.when) if reception else (None, None)
    return {
        "uid": uid, "name": person.name, "gender": GENDER[person.gender], "positionName": full_post(m, person, body),
        "unitId": body.id if is_unit else None, "unitName": body.title if is_unit else None, "orgId": code,
        "orgName": name, "img": whole_url(library, photo.jpeg) if photo else None,
        "homepage": whole_url(library, person.url), "socialAccount": None, "telephone": telephone(person.phone),
        "email": person.email, "openingHours": hours, "availabilityRestriction": _limits(limits, reception)}


def org_structure(library: Library) -> list[Row]:
    """Appendix 3: posts by units; how many hold each, as far as the register of the site knows."""
    council = library.only(Council)
    holders: dict[tuple[str, str], int] = defaultdict(int)
    bodies: dict[str, Organization] = {}
    for m, person, body in _posts(library):
        bodies[body.id] = body
        holders[body.id, post_in_body(m, person, body)] += 1
    numbers: dict[str, int] = defaultdict(int)
    rows: list[Row] = []
    for (key, post), count in holders.items():
        numbers[key] += 1
        code, name = legal_entity(bodies[key], library)
        rows.append({"uid": f"{key}-{numbers[key]}", "authorityName": name, "authorityId": code,
                     "positionName": post[:1].upper() + post[1:], "unitName": bodies[key].title,
                     "unitId": code_of(bodies[key], council), "value": count})
    return rows
