"""Data sets in the national structures (recommendations to Cabinet resolution 835): column names letter for letter.

A row is a plain mapping of column to value; None stands where the recommendation says null. What a council does not
publish (dates of birth) is null, never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date

from plugins.acts.model import Act, ActDocument, ActStatus, ActType, DraftAct
from plugins.media.model import photo_of
from plugins.meetings.model import Meeting, MeetingType, VoteResult
from plugins.people.model import (
    Council,
    Gender,
    Membership,
    Organization,
    OrganizationKind,
    Person,
    Role,
    full_post,
    index_of,
    members_on,
    post_in_body,
)
from plugins.records import Axis, Library, View, frozen, plain
from plugins.ukrainian import sort_key
from plugins.votes.model import VoteEvent

from . import columns
from .columns import LS
from .jsonld import whole_url

Value = str | int | None
Row = dict[str, Value]
ACT_STATUS = {
    ActStatus.ADOPTED: "Набирає чинності", ActStatus.SIGNED: "Набирає чинності", ActStatus.IN_FORCE: "Чинний",
    ActStatus.PARTLY_IN_FORCE: "Чинний", ActStatus.SUSPENDED: "Дію зупинено", ActStatus.LAPSED: "Не набрав чинності",
    ActStatus.REPEALED: "Втратив чинність", ActStatus.ANNULLED: "Втратив чинність",
    ActStatus.EXPIRED: "Втратив чинність", ActStatus.EXECUTED: "Втратив чинність",
}
"""Our states in the words of appendix 9."""
ACT_TYPE = {ActType.DECISION: "рішення", ActType.ORDER: "розпорядження"}
VOTE_RESULT = {VoteResult.PASS: "Прийнято", VoteResult.FAIL: "Не прийнято"}
GENDER = {Gender.MALE: 1, Gender.FEMALE: 2}


@frozen
class Table:
    """A data set: its name as in the national structure, where it is, what its columns mean, how its rows are made."""

    name: str
    slug: str
    title: str
    about: str
    appendix: int
    columns: tuple[tuple[str, str], ...]
    view: View | None = None
    """Gives the rows of each record; the table is cut into years. Its first axis sorts them and tells how many."""
    rows: Callable[[Library], list[Row]] | None = None
    """All rows of a table that is not cut into years."""

    @property
    def url(self) -> str:
        """Its page."""
        return f"/dani/{self.slug}/"


def _document(item: ActDocument, library: Library, issued: date) -> Row:
    body = library.get(Organization, item.body)
    return {"uid": f"{item.id}-{item.year}", "type": ACT_TYPE[item.type], "title": item.title,
            "issuedDate": issued.isoformat(), "text": item.text, "url": whole_url(library, item.url),
            "publisherName": body.title if body else item.body, "publisherId": body.edrpou if body else None}


def act_row(act: Act, library: Library) -> list[Row]:
    """Appendix 9, `legalActs`."""
    return [{
        **_document(act, library, act.published_at.date() if act.published_at else act.adopted_on),
        "acceptedDate": act.adopted_on.isoformat(), "number": act.number, "validFrom": act.force_begins().isoformat(),
        "status": _act_status(act, library), "registrationNumber": None, "registrationDate": None,
        "registratorName": None, "registratorId": None}]


def _act_status(act: Act, library: Library) -> str | None:
    status = act.card(library).status
    return ACT_STATUS[status] if isinstance(status, ActStatus) else None


def draft_row(draft: DraftAct, library: Library) -> list[Row]:
    """Appendix 9, `projects`."""
    return [{
        **_document(draft, library, draft.published_at.date() if draft.published_at else draft.registered_on),
        "registrationDate": draft.registered_on.isoformat(), **_creator(draft, library),
        "note": whole_url(library, draft.url) if draft.explanatory_note else None,
        "comparisonTable": whole_url(library, library.file_url(draft, draft.comparison)) if draft.comparison else None,
        "regulatoryImpactAnalysis": None}]


def _creator(draft: DraftAct, library: Library) -> Row:
    if draft.initiator.person and (person := library.get(Person, draft.initiator.person)):
        return {"creatorName": person.name, "creatorId": None}
    if draft.initiator.unit and (unit := library.get(Organization, draft.initiator.unit)):
        return {"creatorName": unit.title, "creatorId": unit.edrpou}
    return {"creatorName": draft.initiator.text, "creatorId": None}


def _is_plenary(event: VoteEvent, library: Library) -> bool:
    meeting = library.get(Meeting, event.meeting)
    return meeting is not None and meeting.type is MeetingType.PLENARY


def motion_row(event: VoteEvent, library: Library) -> list[Row]:
    """Appendix 29, `motions2`: what was put to the vote, with its totals."""
    council, meeting = library.only(Council), library.get(Meeting, event.meeting)
    assert meeting
    return [{
        "uid": event.id, "date": event.held_on.isoformat(), "authorityName": council.name,
        "authorityId": council.edrpou, "authorityCattutc": council.katottg,
        "convocation": f"{meeting.convocation} скликання" if meeting.convocation else None,
        "legislativeSession": f"{meeting.session} сесія" if meeting.session else None, "number": event.item_no,
        "title": event.subject(library), "projectNumber": _number(event, library), "votingFor": event.counts.yes,
        "votingAgainst": event.counts.no, "votingAbstain": event.counts.abstain, "notVoting": event.counts.not_voting,
        "absent": event.counts.absent, "votingResult": VOTE_RESULT[event.result],
        "textUrl": whole_url(library, event.url), "text": None}]


def _number(event: VoteEvent, library: Library) -> str | None:
    draft = library.get(DraftAct, event.draft) if event.draft else None
    return draft.number if draft else event.draft_number or None


def voting_rows(event: VoteEvent, library: Library) -> list[Row]:
    """Appendix 29, `votings`: the vote of each member; a secret vote has no names."""
    title = event.subject(library)
    people = {vote.person: library.get(Person, vote.person) for vote in event.votes}
    named = [(person.name if (person := people[vote.person]) else vote.name, vote) for vote in event.votes]
    return [{"motionUid": event.id, "voterId": _voter_id(people[vote.person], vote.person), "voterName": name,
             "motionTitle": title, "result": vote.option.label}
            for name, vote in sorted(named, key=lambda item: sort_key(item[0]))]


def _voter_id(person: Person | None, key: str) -> str:
    """As in the data set of deputies, so that both can be joined."""
    return person.voting_id or person.id if person else key


def deputies(library: Library) -> list[Row]:
    """Appendix 30: deputies on the declared day, in the order of their names."""
    council, today = library.only(Council), library.now.date()
    mandates = [m for m in members_on(library, council.council_id, today) if m.role in (Role.DEPUTY, Role.SECRETARY)]
    people = {person.id: person for m in mandates if (person := library.get(Person, m.person))}
    return [_deputy(person, library) for person in sorted(people.values(), key=lambda p: sort_key(p.name))]


def _deputy(person: Person, library: Library) -> Row:
    council, photo = library.only(Council), photo_of(person, person.image, library)
    faction = _place_in(person, OrganizationKind.GROUP, library)
    committee = _place_in(person, OrganizationKind.COMMITTEE, library)
    reception = person.reception[0] if person.reception else None
    return {
        "id": person.id, "votingIdentifier": _voter_id(person, person.id), "familyName": person.family_name,
        "name": person.given_name, "additionalName": person.patronymic or None, "gender": GENDER[person.gender],
        "birthDate": None, "image": whole_url(library, photo.jpeg) if photo else None,
        "biography": plain(str(person.html("bio"))) or None, "partyName": person.party or None, "partyId": None,
        "email": person.email or council.email or None,
        "telephone": telephone(person.phone) or _first_telephone(council), "homepage": whole_url(library, person.url),
        "account": None, "factionName": faction[0] if faction else "Позафракційний",
        "factionPost": faction[1] if faction else None, "commissionName": committee[0] if committee else None,
        "commissionPost": committee[1] if committee else None, "areaId": _area(person.constituency),
        "CATUTTC": council.katottg, **_address(council),
        "openingHours": reception.when if reception else None,
        "availabilityRestriction": reception.booking or None if reception else None}


def _place_in(person: Person, kind: OrganizationKind, library: Library) -> tuple[str, str] | None:
    """(body, post) of a deputy in a faction or a committee on the declared day."""
    for m in index_of(library).by_person.get(person.id, ()):
        body = library.get(Organization, m.organization)
        if body and body.type is kind and not body.is_unaffiliated and m.holds_on(library.now.date()):
            return body.title, post_in_body(m, person, body)
    return None


def _area(words: str) -> int | None:
    match = re.search(r"\d+", words)
    return int(match[0]) if match else None


def _address(council: Council) -> Row:
    """The council's address in the columns of the national structure; null where it cannot be told apart."""
    text = council.address
    code = re.search(r"\b\d{5}\b", text)
    street = re.match(r"([^,]+?),\s*(\d+[\w/-]*)", text)
    town = re.sub(r"^(?:м\.|с\.|смт|селище|місто|село)\s*", "", council.settlement)
    region = re.search(r"([\w’-]+ область)", council.region)
    district = re.search(r"([\w’-]+ район)", council.region)
    return {"addressPostCode": code[0] if code else None, "addressAdminUnitL1": "Україна",
            "addressAdminUnitL2": region[1] if region else None,
            "addressAdminUnitL3": district[1] if district else None,
            "addressAdminUnitL4": council.community.split()[0], "addressPostName": town,
            "addressThoroughfare": street[1] if street else None,
            "addressLocatorDesignator": street[2] if street else None, "addressLocatorBuilding": None,
            "addressLocatorName": None}


def telephone(number: str) -> str | None:
    """`(03200) 4-14-00` → `+380320041400`; None for a number that has not twelve digits with the country's code."""
    digits = re.sub(r"\D", "", number)
    whole = digits if digits.startswith("380") else f"38{digits}" if digits.startswith("0") else ""
    return f"+{whole}" if len(whole) == 12 else None


def _first_telephone(holder: Council | Organization) -> str | None:
    return next((number for phone in holder.phones if (number := telephone(phone.number))), None)


def organizations(library: Library) -> list[Row]:
    """Appendix 2, `organizations`: bodies with an entry in the register of legal entities."""
    found = [body for body in library.of(Organization) if body.edrpou and body.exists_on(library.now.date())]
    return [_organization(body, library) for body in sorted(found, key=lambda body: (body.order, body.id))]


def _organization(body: Organization, library: Library) -> Row:
    council = library.only(Council)
    parent = library.get(Organization, body.parent) if body.parent else None
    head = _head(body, library)
    address = _address(council)
    own = re.match(r"([^,]+?),\s*(\d+[\w/-]*)", body.address)
    return {
        "Id": body.edrpou, "name": body.title, "description": plain(str(body.html("functions")))[:300] or None,
        "constituentDocUrl": None, "homepage": body.site or whole_url(library, body.url), "socialAccount": None,
        "logo": None, "headName": head[0] if head else None, "headPost": head[1] if head else None,
        "subOrgOfId": parent.edrpou if parent else None, f"subOrgOf{LS}Name": parent.title if parent else None,
        "CATUTTC": council.katottg, **{name: address[name] for name in address if name != "addressLocatorBuilding"},
        "addressThoroughfare": own[1] if own else address["addressThoroughfare"],
        "addressLocatorDesignator": own[2] if own else address["addressLocatorDesignator"],
        f"contactPoint{LS}Name": body.phones[0].title or None if body.phones else None,
        f"contactPoint{LS}Email": body.email or council.email or None,
        f"contactPoint{LS}Telephone": _first_telephone(body) or _first_telephone(council),
        "openingHours": body.hours or council.hours or None, "availabilityRestriction": None}


def _head(body: Organization, library: Library) -> tuple[str, str] | None:
    for m in members_on(library, body.id, library.now.date()):
        person = library.get(Person, m.person)
        if person and m.role in (Role.MAYOR, Role.HEAD):
            return person.name, full_post(m, person, body)
    return None


def posts(library: Library) -> list[Row]:
    """Appendix 2, `posts`: who holds which post in the executive bodies on the declared day."""
    council, today = library.only(Council), library.now.date()
    rows: list[tuple[tuple[int, str, str], Row]] = []
    for m in library.of(Membership):
        person, body = library.get(Person, m.person), library.get(Organization, m.organization)
        if person and body and m.holds_on(today) and _is_post(m, body):
            rows.append(((body.order, body.id, sort_key(person.name)[0]), _post(m, person, body, council, library)))
    return [row for _, row in sorted(rows, key=lambda item: item[0])]


def _is_post(m: Membership, body: Organization) -> bool:
    if m.role in (Role.MAYOR, Role.SECRETARY):
        return body.type is OrganizationKind.COUNCIL
    return body.type in (OrganizationKind.UNIT, OrganizationKind.ENTERPRISE, OrganizationKind.INSTITUTION) or (
        body.type is OrganizationKind.EXECUTIVE and m.role in (Role.HEAD, Role.DEPUTY_HEAD, Role.STAFF, Role.STAROSTA))


def _post(m: Membership, person: Person, body: Organization, council: Council, library: Library) -> Row:
    is_unit = body.edrpou is None
    owner = _owner(body, library)
    photo = photo_of(person, person.image, library)
    reception = person.reception[0] if person.reception else None
    return {
        "uid": f"{person.id}-{body.id}", "name": person.name, "gender": GENDER[person.gender],
        "positionName": full_post(m, person, body), "unitId": body.id if is_unit else None,
        "unitName": body.title if is_unit else None, "orgId": owner.edrpou if owner else council.edrpou,
        "orgName": owner.title if owner else council.name, "img": whole_url(library, photo.jpeg) if photo else None,
        "homepage": whole_url(library, person.url), "socialAccount": None, "telephone": telephone(person.phone),
        "email": person.email or None, "openingHours": reception.when if reception else None,
        "availabilityRestriction": reception.booking or None if reception else None}


def _owner(body: Organization, library: Library) -> Organization | None:
    """The nearest body upwards that is a legal entity."""
    current: Organization | None = body
    while current and not current.edrpou:
        current = library.get(Organization, current.parent) if current.parent else None
    return current


def _on_its_day(record: Act | DraftAct, _: Library) -> tuple[str, str]:
    return f"{record.day} {record.key}", "1"


def _in_its_meeting(event: VoteEvent, _: Library) -> tuple[str, str]:
    return f"{event.held_on} {event.meeting} {event.position:04d} {event.key}", "1"


def _each_vote(event: VoteEvent, library: Library) -> tuple[str, str]:
    return _in_its_meeting(event, library)[0], str(len(event.votes))


def _stands(document: ActDocument, _: Library) -> bool:
    return not document.withdrawn


TABLES: Sequence[Table] = (
    Table("legalActs", "akty", "Рішення й розпорядження",
          "Усі акти ради, виконкому й міського голови з текстом і станом.", 9, columns.LEGAL_ACTS,
          View("legalActs", Act, act_row, (Axis("", _on_its_day),), _stands)),
    Table("projects", "proiekty", "Проєкти актів",
          "Усі проєкти рішень і розпоряджень з текстом і подавачем.", 9, columns.PROJECTS,
          View("projects", DraftAct, draft_row, (Axis("", _on_its_day),), _stands)),
    Table("motions2", "pytannia", "Питання пленарних засідань",
          "Що ставили на голосування й скільки голосів подано.", 29, columns.MOTIONS2,
          View("motions2", VoteEvent, motion_row, (Axis("", _in_its_meeting),), _is_plenary)),
    Table("votings", "holosuvannia", "Поіменні голосування",
          "Голос кожного депутата в кожному поіменному голосуванні.", 29, columns.VOTINGS,
          View("votings", VoteEvent, voting_rows, (Axis("", _each_vote),), _is_plenary)),
    Table("deputies", "deputaty", "Депутати",
          "Депутати ради, їхні фракції, комісії й прийом громадян.", 30, columns.DEPUTIES, rows=deputies),
    Table("organizations", "orhany", "Органи, підприємства й установи",
          "Юридичні особи громади з керівниками й контактами.", 2, columns.ORGANIZATIONS,
          rows=organizations),
    Table("posts", "posady", "Посади",
          "Хто обіймає посади в органах громади на сьогодні.", 2, columns.POSTS, rows=posts),
)
"""All data sets of the site. The words of columns are for the page; names are those of the appendices."""
