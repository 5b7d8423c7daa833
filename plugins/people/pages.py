"""Registers of people → pages: deputies, persons, the authority and its bodies, the telephone directory, topics."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import partial
from typing import ClassVar

from markupsafe import Markup

from plugins.media.model import photo_of
from plugins.records import Card, Deferred, Library, Link, PageModel, Record, frozen, slices
from plugins.records.components import (
    Fact,
    LinkGroup,
    NotedLink,
    Photo,
    Row,
    Status,
    excerpt,
    initials,
    lower_first,
    status_of,
    upper_first,
)
from plugins.records.lists import ListPage
from plugins.records.page import Slice
from plugins.ukrainian import NBSP, counted, day, day_range, short_day, sort_key

from .model import (
    Council,
    Membership,
    Organization,
    OrganizationKind,
    Person,
    Role,
    Topic,
    faction_on,
    full_post,
    index_of,
    mayor_on,
    members_on,
    memberships_of,
    post_in_body,
    seats_on,
)

AUTHORITY = Link("Влада", "/vlada/")
DEPUTIES = Link("Депутати", "/deputaty/")
VOTES = Link("Як голосують депутати: присутність, участь, збіг із фракцією", "/deputaty/holosuvannia/")
"""A page of the room of votes: it is there as soon as there is a vote."""
TOPICS = Link("Теми", "/temy/")
DEPUTY_FORMS = ("депутат", "депутати", "депутатів")
DOCUMENT_FORMS = ("документ", "документи", "документів")
SHOWN = 6
"""How many related documents a page names itself; the rest are on a list of their own."""

PERSON_RELATIONS = {
    "initiated": ("Подані проєкти", "proiekty"), "presents": ("Доповіді", "dopovidi"), "reports": ("Звіти", "zvity"),
    "greetings": ("Вітання", "vitannia"), "signed": ("Підписані документи", "pidpysani"),
    "chairs": ("Головування на засіданнях", "holovuvannia"), "conflicts": ("Заявлені конфлікти інтересів", "konflikty"),
}
BODY_RELATIONS = {
    "meetings": ("Засідання", "zasidannia"), "acts": ("Рішення", "rishennia"), "drafts": ("Проєкти", "proiekty"),
    "initiated": ("Подані проєкти", "podani"), "executes": ("Виконує рішення", "vykonannia"),
    "controls": ("Контролює виконання", "kontrol"), "reports": ("Звіти", "zvity"),
    "documents": ("Документи", "dokumenty"),
}
"""Relation (as other rooms declare it) → (its title, its address below the page)."""

KIND_TITLES = {
    "draft": "Проєкти рішень", "act": "Рішення й розпорядження", "meeting": "Засідання", "vote_event": "Голосування",
    "news": "Новини", "report": "Звіти", "event": "Події", "greeting": "Вітання", "page": "Сторінки",
}
"""What documents of a kind are called on a topic's page, in this order."""


@frozen
class Portrait:
    """A person's face, or initials."""

    name: str
    initials: str
    photo: Photo | None = None


@frozen
class PersonRow:
    """A person in a list."""

    name: str
    url: str
    initials: str
    post: str
    group: str = ""
    photo: Photo | None = None
    contacts: tuple[Link, ...] = ()


@frozen
class PersonGroup:
    """People under one heading: a faction, the leadership."""

    title: str
    anchor: str
    note: str
    people: tuple[PersonRow, ...]
    url: str = ""


@frozen
class Contact:
    """A way to reach somebody: paragraphs of lines, then links."""

    title: str
    paragraphs: tuple[tuple[str, ...], ...] = ()
    links: tuple[Link, ...] = ()


@frozen
class PostRow:
    """A post with its term and the act that gave it."""

    title: str
    url: str
    note: str
    act: Link | None = None


@frozen
class PostGroup:
    """Posts held now, or before."""

    title: str
    posts: tuple[PostRow, ...]


@frozen(kw_only=True)
class PersonPage(PageModel):
    """A deputy or an official. What other rooms know of them comes as boxes."""

    template: ClassVar[str] = "people/person.html"
    page_kind: ClassVar[str] = "person"

    status: Status | None
    kicker: tuple[str | Link, ...]
    lead: str
    portrait: Portrait
    text: Markup
    contacts: tuple[Contact, ...]
    posts: tuple[PostGroup, ...]
    related: tuple[LinkGroup, ...]


@frozen(kw_only=True)
class DeputiesPage(PageModel):
    """The council by faction, former deputies below."""

    template: ClassVar[str] = "people/deputies.html"
    page_kind: ClassVar[str] = "directory"

    lead: str
    links: tuple[Link, ...]
    groups: tuple[PersonGroup, ...]
    former: tuple[NotedLink, ...]


@frozen
class AuthoritySection:
    """A part of the authority: people or bodies."""

    title: str
    anchor: str
    links: tuple[Link, ...] = ()
    people: tuple[PersonRow, ...] = ()
    rows: tuple[Row, ...] = ()


@frozen(kw_only=True)
class AuthorityPage(PageModel):
    """Who is who: leadership, council, executive bodies, starostas, enterprises."""

    template: ClassVar[str] = "people/authority.html"
    page_kind: ClassVar[str] = "section"

    lead: str
    sections: tuple[AuthoritySection, ...]
    directory_url: str = ""
    """Empty when nobody has a telephone."""
    deputies: Link | None = None
    """None while the register of memberships has no deputies."""


@frozen(kw_only=True)
class BodyPage(PageModel):
    """A council, committee, faction, unit, enterprise."""

    template: ClassVar[str] = "people/body.html"
    page_kind: ClassVar[str] = "body"

    status: Status | None
    kicker: tuple[str | Link, ...]
    facts: tuple[Fact, ...]
    text: Markup
    members_title: str
    members: tuple[PersonRow, ...]
    former: tuple[NotedLink, ...]
    children: tuple[LinkGroup, ...]
    contacts: tuple[Contact, ...]
    related: tuple[LinkGroup, ...]


@frozen
class DirectoryRow:
    """A line of the telephone directory: a body (`is_body`) or a person of the body above."""

    name: str
    url: str
    post: str
    phones: tuple[Link, ...]
    room: str
    hours: str
    is_body: bool = False


@frozen
class DirectoryGroup:
    """A table of the directory."""

    title: str
    anchor: str
    rows: tuple[DirectoryRow, ...]


@frozen(kw_only=True)
class DirectoryPage(PageModel):
    """The telephone directory."""

    template: ClassVar[str] = "people/directory.html"
    page_kind: ClassVar[str] = "directory"

    lead: str
    groups: tuple[DirectoryGroup, ...]


@frozen
class TopicSection:
    """Documents of one kind on a topic."""

    title: str
    rows: tuple[Row, ...]
    links: tuple[Link, ...] = ()


@frozen(kw_only=True)
class TopicPage(PageModel):
    """All documents on a topic, by kind."""

    template: ClassVar[str] = "people/topic.html"
    page_kind: ClassVar[str] = "directory"

    lead: str
    sections: tuple[TopicSection, ...]


@frozen
class TopicCount:
    """A topic in the list of topics."""

    title: str
    url: str
    count: str


@frozen(kw_only=True)
class TopicsPage(PageModel):
    """The list of topics."""

    template: ClassVar[str] = "people/topics.html"
    page_kind: ClassVar[str] = "directory"

    lead: str
    topics: tuple[TopicCount, ...]


# --------------------------------------------------------------------------- small words

def term_words(record: Membership, today: date) -> str:
    """«від 24 листопада 2020 року», «10 грудня 2020 року — 15 червня 2022 року»."""
    if record.ends_on and record.ends_on < today:
        return day_range(record.starts_on, record.ends_on)
    until = f" до {day(record.ends_on)}" if record.ends_on else ""
    return f"від {day(record.starts_on)}{until}"


def phone_link(number: str) -> Link | None:
    """A number to call at once; None for one that has no full code."""
    digits = re.sub(r"\D", "", number)
    if len(digits) == 10 and digits.startswith("0"):
        return Link(number, f"tel:+38{digits}")
    if len(digits) == 12 and digits.startswith("380"):
        return Link(number, f"tel:+{digits}")
    return Link(number, f"tel:{digits}") if len(digits) == 3 else None


def _mail(address: str) -> Link:
    return Link(address, f"mailto:{address}")


def _lines(*values: str) -> tuple[str, ...]:
    return tuple(filter(None, values))


def _links(*values: Link | None) -> tuple[Link, ...]:
    return tuple(value for value in values if value)


# --------------------------------------------------------------------------- related documents

def related_groups(record: Record, library: Library, relations: dict[str, tuple[str, str]]) -> tuple[LinkGroup, ...]:
    """The newest related documents of each relation, and the way to all of them."""
    groups: list[LinkGroup] = []
    for relation, (title, part) in relations.items():
        cards = library.related(record, relation)
        links = tuple(NotedLink(card.title, card.url, _card_note(card)) for card in cards[:SHOWN])
        more = (Link(f"Усі {len(cards)}", f"{record.url}{part}/"),) if len(cards) > SHOWN else ()
        if links:
            groups.append(LinkGroup(title, links, more))
    return tuple(groups)


def related_pages(record: Record, library: Library, relations: dict[str, tuple[str, str]], crumbs: tuple[Link, ...],
                  menu: str) -> Iterator[Deferred]:
    """Lists of related documents that are too many for the record's own page."""
    for relation, (title, part) in relations.items():
        cards = library.related(record, relation)
        if len(cards) > SHOWN:
            yield from card_list(f"{record.url}{part}/", f"{record.heading}: {lower_first(title)}", cards, crumbs, menu)


def card_list(url: str, title: str, cards: Sequence[Card], crumbs: tuple[Link, ...], menu: str) -> Iterator[Deferred]:
    """A list of cards in pages numbered from the oldest."""
    for piece in slices(cards, url):
        inputs = (piece.items, piece.number, piece.first, piece.last, piece.older, piece.newer, title, crumbs, menu,
                  piece.total if piece.is_head else 0)
        yield Deferred(piece.url, inputs, partial(_card_page, piece, url, title, crumbs, menu), title)


def _card_page(piece: Slice, url: str, title: str, crumbs: tuple[Link, ...], menu: str) -> ListPage:
    count = counted(piece.total, *DOCUMENT_FORMS) if piece.is_head else f"Записи {piece.span}"
    return ListPage(
        url=piece.url, title=title if piece.is_head else f"{title}, {piece.span}", heading=title, menu=menu,
        description=f"{title}: {lower_first(count)}.",
        crumbs=crumbs if piece.is_head else (*crumbs, Link(title, url)),
        rows=tuple(map(card_row, piece.items)), count=count, position=piece.position, older=piece.older,
        newer=piece.newer, updated_at=piece.items[0].date)


def card_row(card: Card) -> Row:
    """A card as a row of a list."""
    number = f"№{NBSP}{card.number}" if card.number and card.kind in ("act", "draft") else ""
    meta = tuple(filter(None, (day(card.date) if card.date else "", number)))
    return Row(card.title, card.url, meta, status=status_of(card.status))


def _card_note(card: Card) -> str:
    status = getattr(card.status, "label", "")
    has_own_date = card.kind == "meeting"
    return ", ".join(_lines(short_day(card.date) if card.date and not has_own_date else "", lower_first(status)))


# --------------------------------------------------------------------------- persons

def person_row(person: Person, library: Library, post: str, group: str = "", contacts: bool = False) -> PersonRow:
    """A person in a list."""
    links = _links(phone_link(person.phone) if person.phone else None, _mail(person.email) if person.email else None)
    return PersonRow(person.name, person.url, initials(person.given_name, person.family_name), upper_first(post), group,
                     photo_of(person, person.image, library), links if contacts else ())


def person_page(person: Person, library: Library) -> Iterator[PageModel | Deferred]:
    """The page of a person, then lists of what is related to them."""
    today = library.now.date()
    held = _held(person, library)
    current = [item for item in held if item[0].holds_on(today)]
    crumbs = (AUTHORITY, DEPUTIES) if any(m.role is Role.DEPUTY for m, _ in held) else (AUTHORITY,)
    lead = _lead(person, library, current, held)
    title = f"{person.given_name} {person.family_name}"
    yield PersonPage(
        url=person.url, title=person.name, description=excerpt(f"{title}. {lead}.", 200), crumbs=crumbs,
        menu="authority", card=person.card(library), search_text=f"{lead}. {person.html('bio')}",
        image=photo.jpeg if (photo := photo_of(person, person.image, library)) else "",
        status=_status(current, held), kicker=_kicker(library, held), lead=lead,
        portrait=Portrait(person.name, initials(person.given_name, person.family_name), photo),
        text=person.html("bio"), contacts=_contacts(person),
        posts=_post_groups(person, library, held, today), related=related_groups(person, library, PERSON_RELATIONS))
    yield from related_pages(person, library, PERSON_RELATIONS, (*crumbs, Link(person.name, person.url)), "authority")


Held = tuple[Membership, Organization]


def _held(person: Person, library: Library) -> list[Held]:
    """Memberships of a person with their bodies, the weightiest role first."""
    found = [(m, o) for m in memberships_of(library, person.id) if (o := library.get(Organization, m.organization))]
    return sorted(found, key=lambda item: (_weight(*item), item[1].order, item[0].starts_on))


def _weight(record: Membership, organization: Organization) -> int:
    if record.role is Role.MAYOR:
        return 0
    if record.role is Role.SECRETARY and organization.type is OrganizationKind.COUNCIL:
        return 1
    if organization.type is OrganizationKind.EXECUTIVE and record.role is Role.DEPUTY_HEAD:
        return 2
    if organization.type in (OrganizationKind.UNIT, OrganizationKind.ENTERPRISE, OrganizationKind.INSTITUTION):
        return 3
    weights = {OrganizationKind.COUNCIL: 4, OrganizationKind.EXECUTIVE: 5, OrganizationKind.GROUP: 6}
    return weights.get(organization.type, 7)


def _lead(person: Person, library: Library, current: Sequence[Held], held: Sequence[Held]) -> str:
    """«Депутатка Яворопільської міської ради, фракція «Наше місто», виборчий округ № 3»."""
    shown = current or held[:1]
    posts = [lower_first(full_post(m, person, o)) for m, o in shown if _weight(m, o) < 4] or [
        lower_first(full_post(m, person, o)) for m, o in shown][:1]
    is_deputy = any(m.role is Role.DEPUTY for m, _ in current)
    if is_deputy and not any("депутат" in post.lower() for post in posts):
        posts.append("депутатка" if person.is_female else "депутат")
    faction = faction_on(library, person.id, library.now.date())
    if is_deputy and faction and faction.is_unaffiliated:
        posts.append("позафракційна" if person.is_female else "позафракційний")
    elif is_deputy and faction:
        posts.append(lower_first(faction.title))
    if is_deputy and person.constituency:
        posts.append(lower_first(person.constituency))
    text = ", ".join(dict.fromkeys(posts))
    return upper_first(text) if current or not text else f"У минулому — {text}"


def _status(current: Sequence[Held], held: Sequence[Held]) -> Status | None:
    if not held:
        return None
    elected = [m for m, _ in current if m.role in (Role.DEPUTY, Role.MAYOR, Role.STAROSTA, Role.SECRETARY)]
    if elected:
        return Status("Повноваження чинні", "done")
    return None if current else Status("Повноваження припинено", "ended")


def _kicker(library: Library, held: Sequence[Held]) -> tuple[str | Link, ...]:
    """Convocations in which the person was a deputy or the mayor."""
    terms = [m for m, _ in held if m.role in (Role.DEPUTY, Role.MAYOR)]
    numbers = sorted({c.number for c in library.only(Council).convocations for m in terms
                      if m.starts_on <= (c.ends_on or m.starts_on) and c.starts_on <= (m.ends_on or c.starts_on)})
    if not numbers:
        return ()
    return (f"{', '.join(map(str, numbers))}{NBSP}скликання",)


def _contacts(person: Person) -> tuple[Contact, ...]:
    found = [Contact("Прийом громадян", tuple(
        _lines(upper_first(r.when), r.where, f"Запис: {r.booking}" if r.booking else "") for r in person.reception))
    ] if person.reception else []
    phone = phone_link(person.phone) if person.phone else None
    lines = _lines(f"Кабінет {person.room}" if person.room else "", "" if phone else person.phone)
    links = _links(phone, _mail(person.email) if person.email else None,
                   Link("Декларація в реєстрі", person.declaration_url) if person.declaration_url else None)
    if lines or links:
        found.append(Contact("Контакти", (lines,) if lines else (), links))
    return tuple(found)


def _post_groups(person: Person, library: Library, held: Sequence[Held], today: date) -> tuple[PostGroup, ...]:
    now = [item for item in held if item[0].holds_on(today)]
    ahead = [item for item in held if item[0].starts_on > today]
    past = sorted((item for item in held if item[0].ends_on and item[0].ends_on < today),
                  key=lambda item: item[0].ends_on or today, reverse=True)
    groups = ("Посади", now), ("Попереду", ahead), ("Раніше", past)
    return tuple(PostGroup(title, tuple(_post_row(m, o, person, library, today) for m, o in items))
                 for title, items in groups if items)


def _post_row(record: Membership, organization: Organization, person: Person, library: Library, today: date) -> PostRow:
    act = library.card("act", record.act)
    return PostRow(upper_first(full_post(record, person, organization)), organization.url, term_words(record, today),
                   Link(f"рішення №{NBSP}{act.number}" if act.number else "рішення", act.url) if act else None)


# --------------------------------------------------------------------------- deputies

def deputies(library: Library) -> Iterator[PageModel]:
    """Current deputies by faction, former ones below."""
    council = library.only(Council)
    today = library.now.date()
    mandates = [m for m in members_on(library, council.council_id, today) if m.role is Role.DEPUTY]
    everybody = [m for m in index_of(library).by_organization.get(council.council_id, ()) if m.role is Role.DEPUTY]
    if not everybody:
        return
    groups = _by_faction(mandates, library, today)
    term = council.convocation_on(today)
    seats = seats_on(library, council.council_id, today) or len(mandates)
    vacant = f", вільних мандатів: {seats - len(mandates)}" if seats > len(mandates) else ""
    lead = f"{counted(len(mandates), *DEPUTY_FORMS)} на {counted(seats, 'місце', 'місця', 'місць')}{vacant}" + (
        f". {term.number}{NBSP}скликання, від {day(term.starts_on)}." if term else ".")
    yield DeputiesPage(
        url=DEPUTIES.url, title=f"Депутати {council.name_genitive}", menu="authority", crumbs=(AUTHORITY,),
        description=f"Депутати {council.name_genitive} за фракціями: {counted(len(mandates), *DEPUTY_FORMS)}, "
                    "контакти, прийом, голосування кожного.",
        search_text="Депутати. " + ", ".join(row.name for group in groups for row in group.people),
        lead=lead, links=(VOTES,) if library.exists("vote_event") else (), groups=groups,
        former=_former(everybody, {m.person for m in mandates}, library, today))


def _by_faction(mandates: Sequence[Membership], library: Library, today: date) -> tuple[PersonGroup, ...]:
    factions: dict[str, list[Person]] = {}
    bodies: dict[str, Organization | None] = {}
    for record in mandates:
        if person := library.get(Person, record.person):
            faction = faction_on(library, person.id, today)
            key = faction.id if faction else ""
            bodies[key] = faction
            factions.setdefault(key, []).append(person)
    ordered = sorted(factions, key=lambda key: _faction_order(bodies[key]))
    return tuple(_faction_group(bodies[key], factions[key], library, today) for key in ordered)


def _faction_order(faction: Organization | None) -> tuple[bool, bool, int, str]:
    if faction is None:
        return (True, True, 0, "")
    return (faction.is_unaffiliated, False, faction.order, faction.title)


def _faction_group(faction: Organization | None, people: list[Person], library: Library, today: date) -> PersonGroup:
    leaders = {m.person: m for m in members_on(library, faction.id, today) if m.role in (Role.HEAD, Role.DEPUTY_HEAD)
               } if faction else {}
    ordered = sorted(people, key=lambda p: (p.id not in leaders, sort_key(p.name)))
    rows = tuple(person_row(p, library, post_in_body(leaders[p.id], p, faction) if faction and p.id in leaders
                            else "депутатка" if p.is_female else "депутат", p.constituency)
                 for p in ordered)
    title = faction.title if faction else "Не входять до фракцій"
    return PersonGroup(title, faction.id if faction else "pozafraktsiini-deputaty",
                       counted(len(rows), *DEPUTY_FORMS), rows, faction.url if faction else "")


def _former(everybody: Sequence[Membership], sitting: set[str], library: Library, today: date) -> tuple[NotedLink, ...]:
    gone = [m for m in everybody if m.person not in sitting and m.ends_on and m.ends_on < today]
    found = {m.person: (person, m) for m in gone if (person := library.get(Person, m.person))}
    return tuple(NotedLink(person.name, person.url, term_words(m, today))
                 for person, m in sorted(found.values(), key=lambda item: sort_key(item[0].name)))


# --------------------------------------------------------------------------- the authority

BODY_SECTIONS = (
    ("Рада", "rada", (OrganizationKind.COUNCIL, OrganizationKind.GROUP)),
    ("Постійні комісії", "komisii", (OrganizationKind.COMMITTEE,)),
    ("Виконавчий комітет", "vykonkom", (OrganizationKind.EXECUTIVE,)),
    ("Виконавчі органи", "vykonavchi-orhany", (OrganizationKind.UNIT,)),
    ("Комунальні підприємства", "pidpryiemstva", (OrganizationKind.ENTERPRISE,)),
    ("Комунальні заклади й установи", "zaklady", (OrganizationKind.INSTITUTION,)),
    ("Робочі групи й комісії", "robochi-hrupy", (OrganizationKind.COMMISSION,)),
)
STAROSTAS_AFTER = 5
"""Starostas stand after the executive bodies."""


def _bodies(library: Library, today: date) -> list[Organization]:
    """Bodies that act on a day, in the order of the register."""
    found = [body for body in library.of(Organization) if body.exists_on(today)]
    return sorted(found, key=lambda body: (body.order, sort_key(body.title)))


def authority(library: Library) -> Iterator[PageModel]:
    """The landing page of the authority: the whole structure."""
    council = library.only(Council)
    today = library.now.date()
    bodies = _bodies(library, today)
    if not bodies:
        return
    districts = {m.organization for m in _officials(library, today, bodies) if m.role is Role.STAROSTA}
    of = {kind: [o for o in bodies if o.type is kind and o.id not in districts] for kind in OrganizationKind}
    deputies_link = DEPUTIES if any(deputies(library)) else None
    sections = [AuthoritySection("Керівництво", "kerivnytstvo", people=_leadership(library, council, today))]
    for title, anchor, kinds in BODY_SECTIONS:
        rows = tuple(_body_row(body, library, today) for kind in kinds for body in of[kind])
        links = (deputies_link,) if deputies_link and OrganizationKind.COUNCIL in kinds else ()
        sections.append(AuthoritySection(title, anchor, links, rows=rows))
    starostas = AuthoritySection("Старости", "starosty", people=_starostas(library, bodies, today))
    sections.insert(STAROSTAS_AFTER, starostas)
    shown = tuple(section for section in sections if section.people or section.rows)
    yield AuthorityPage(
        directory_url="/dovidnyk/" if any(directory(library)) else "", deputies=deputies_link,
        url=AUTHORITY.url, title="Влада", menu="authority",
        description=f"Структура {council.name_genitive}: керівництво, рада, комісії, виконавчі органи, підприємства.",
        search_text="Структура ради. " + ", ".join(o.title for o in bodies),
        lead="Хто ухвалює рішення, хто їх виконує і як з ними зв’язатися.", sections=shown)


def _officials(library: Library, today: date, bodies: Iterable[Organization]) -> list[Membership]:
    return [m for body in bodies for m in members_on(library, body.id, today)]


def _leadership(library: Library, council: Council, today: date) -> tuple[PersonRow, ...]:
    """The mayor, the secretary of the council, deputies of the mayor, whoever runs the office of the committee."""
    found: dict[str, PersonRow] = {}
    mayor = mayor_on(library, today)
    of_council = [m for m in members_on(library, council.council_id, today) if m.role in (Role.MAYOR, Role.SECRETARY)]
    executive = members_on(library, council.executive_id, today) if council.executive_id else ()
    heads = [m for m in executive if m.role is Role.DEPUTY_HEAD]
    office = [m for m in executive if m.role in (Role.MEMBER, Role.STAFF) and m.post.lower().startswith("керуюч")]
    for record in (*of_council, *heads, *office):
        person, body = library.get(Person, record.person), library.get(Organization, record.organization)
        if person and body:
            found.setdefault(person.id, person_row(person, library, post_in_body(record, person, body), contacts=True))
    return tuple(sorted(found.values(), key=lambda row: mayor is None or row.url != mayor.url))


def _starostas(library: Library, bodies: Sequence[Organization], today: date) -> tuple[PersonRow, ...]:
    return tuple(person_row(person, library, "староста", body.title, contacts=True)
                 for body in bodies for m in members_on(library, body.id, today)
                 if m.role is Role.STAROSTA and (person := library.get(Person, m.person)))


def _body_row(body: Organization, library: Library, today: date) -> Row:
    members = members_on(library, body.id, today)
    head = next((m for m in members if m.role in (Role.MAYOR, Role.HEAD, Role.STAROSTA)), None)
    person = library.get(Person, head.person) if head else None
    people = {m.person for m in members if m.role is not Role.MAYOR}
    is_collegial = body.type in (OrganizationKind.COUNCIL, OrganizationKind.EXECUTIVE, OrganizationKind.COMMITTEE,
                                 OrganizationKind.GROUP, OrganizationKind.COMMISSION)
    count = counted(len(people), "особа", "особи", "осіб") if is_collegial and people else ""
    if body.type is OrganizationKind.COUNCIL and people:
        count = counted(len([m for m in members if m.role is Role.DEPUTY]), *DEPUTY_FORMS)
    phones = _links(*(phone_link(phone.number) for phone in body.phones[:1]))
    lead = ((Link(f"{upper_first(post_in_body(head, person, body))} {person.short}", person.url),)
            if head and person else ())
    return Row(body.title, body.url, (*lead, *((count,) if count else ()), *phones))


# --------------------------------------------------------------------------- bodies

def _told(body: Organization) -> str:
    """How to reach a body, in the words by which people look for it."""
    told = {"Адреса": body.address, "Години роботи": body.hours, "Електронна пошта": body.email,
            "Телефон": ", ".join(phone.number for phone in body.phones)}
    return " ".join(f"{label}: {value}." for label, value in told.items() if value)


def body_page(body: Organization, library: Library) -> Iterator[PageModel | Deferred]:
    """The page of a body, then lists of what is related to it."""
    today = library.now.date()
    members = members_on(library, body.id, today)
    text = body.html("functions")
    rows = _member_rows(members, body, library)
    yield BodyPage(
        url=body.url, title=body.title, crumbs=_body_crumbs(body, library), menu="authority", card=body.card(library),
        head_title=f"{body.title}: склад і повноваження" if body.type is OrganizationKind.COUNCIL else "",
        description=excerpt(text, 190) or f"{body.title}: склад, контакти, документи.",
        search_text=f"{body.short_title} {text} {_told(body)} " + ", ".join(row.name for row in rows),
        status=None if body.exists_on(today) else Status("Не діє", "ended"), kicker=(upper_first(body.type.label),),
        facts=_body_facts(body, members, library, today), text=text,
        members_title=MEMBER_TITLES.get(body.type, "Керівництво"), members=rows,
        former=_former_members(body, members, library, today), children=_children(body, library, today),
        contacts=_body_contacts(body), related=related_groups(body, library, BODY_RELATIONS))
    crumbs = (AUTHORITY, Link(body.short, body.url))
    yield from related_pages(body, library, BODY_RELATIONS, crumbs, "authority")


MEMBER_TITLES = {OrganizationKind.COUNCIL: "Склад ради", OrganizationKind.EXECUTIVE: "Склад виконавчого комітету",
                 OrganizationKind.COMMITTEE: "Склад комісії", OrganizationKind.GROUP: "Склад",
                 OrganizationKind.COMMISSION: "Склад"}


def _body_crumbs(body: Organization, library: Library) -> tuple[Link, ...]:
    parents: list[Link] = []
    above = library.get(Organization, body.parent) if body.parent else None
    while above:
        parents.insert(0, Link(above.short, above.url))
        above = library.get(Organization, above.parent) if above.parent else None
    return (AUTHORITY, *parents)


def _member_rows(members: Sequence[Membership], body: Organization, library: Library) -> tuple[PersonRow, ...]:
    """One row a person; somebody with two roles is named by the first, the other stands beside it."""
    posts: dict[str, list[str]] = {}
    for record in members:
        if person := library.get(Person, record.person):
            posts.setdefault(person.id, []).append(post_in_body(record, person, body))
    is_small = body.type not in (OrganizationKind.COUNCIL, OrganizationKind.GROUP)
    rows = []
    for key, words in posts.items():
        person = library.get(Person, key)
        assert person
        faction = faction_on(library, key, library.now.date()) if body.type in (
            OrganizationKind.COUNCIL, OrganizationKind.COMMITTEE) else None
        post = ", ".join(dict.fromkeys(words))
        rows.append(person_row(person, library, post, faction.title if faction else "", is_small))
    return tuple(rows)


def _body_facts(body: Organization, members: Sequence[Membership], library: Library, today: date) -> tuple[Fact, ...]:
    head = next((m for m in members if m.role in (Role.MAYOR, Role.HEAD, Role.STAROSTA)), None)
    person = library.get(Person, head.person) if head else None
    is_council = body.type is OrganizationKind.COUNCIL
    people = {m.person for m in members if (m.role is Role.DEPUTY if is_council else m.role is not Role.STAFF)}
    total = seats_on(library, body.id, today)
    facts = [Fact(upper_first(post_in_body(head, person, body)), person.name, person.url)] if head and person else []
    if total:
        facts.append(Fact("Депутатів" if is_council else "Членів", f"{len(people)} із {total}"))
    if body.starts_on:
        facts.append(Fact("Діє від" if not body.ends_on else "Діяв", day(body.starts_on) if not body.ends_on
                          else day_range(body.starts_on, body.ends_on)))
    if body.edrpou:
        facts.append(Fact("ЄДРПОУ", body.edrpou))
    return tuple(facts)


def _former_members(body: Organization, members: Sequence[Membership], library: Library,
                    today: date) -> tuple[NotedLink, ...]:
    sitting = {m.person for m in members}
    past = [m for m in index_of(library).by_organization.get(body.id, ()) if m.ends_on and m.ends_on < today]
    return tuple(NotedLink(person.name, person.url, f"{post_in_body(m, person, body)}, {term_words(m, today)}")
                 for m in sorted(past, key=lambda m: (m.ends_on or today, m.id), reverse=True)
                 if m.person not in sitting and (person := library.get(Person, m.person)))


def _children(body: Organization, library: Library, today: date) -> tuple[LinkGroup, ...]:
    below = sorted((o for o in library.relating(body, "children", Organization) if o.exists_on(today)),
                   key=lambda o: (o.order, sort_key(o.title)))
    groups = []
    for kind, title in CHILD_TITLES.items():
        if links := tuple(Link(o.title, o.url) for o in below if o.type is kind):
            groups.append(LinkGroup(title, links))
    return tuple(groups)


CHILD_TITLES = {
    OrganizationKind.COMMITTEE: "Постійні комісії", OrganizationKind.GROUP: "Фракції й групи",
    OrganizationKind.EXECUTIVE: "Виконавчий комітет", OrganizationKind.UNIT: "Підрозділи",
    OrganizationKind.ENTERPRISE: "Комунальні підприємства", OrganizationKind.INSTITUTION: "Заклади й установи",
    OrganizationKind.COMMISSION: "Робочі групи", OrganizationKind.COUNCIL: "Рада",
}


def _body_contacts(body: Organization) -> tuple[Contact, ...]:
    linked = [(phone, phone_link(phone.number)) for phone in body.phones]
    plain = tuple(": ".join(filter(None, (phone.title, phone.number))) for phone, link in linked if not link)
    links = _links(*(link for _, link in linked), _mail(body.email) if body.email else None,
                   Link("Сайт", body.site) if body.site else None)
    lines = tuple(filter(None, (body.address, upper_first(body.hours)))) + plain
    return (Contact("Контакти", (lines,) if lines else (), links),) if lines or links else ()


# --------------------------------------------------------------------------- directory

def directory(library: Library) -> Iterator[PageModel]:
    """The telephone directory: every body with a number, and its people."""
    today = library.now.date()
    bodies = _bodies(library, today)
    groups = tuple(DirectoryGroup(title, anchor, rows) for kinds, title, anchor in DIRECTORY_GROUPS if (
        rows := _directory_group([body for body in bodies if body.type in kinds], library, today)))
    if not groups:
        return
    council = library.only(Council)
    yield DirectoryPage(
        url="/dovidnyk/", title="Телефонний довідник", menu="authority", crumbs=(AUTHORITY,),
        description=f"Телефони, кабінети й години роботи {council.name_genitive}, її органів, підприємств і закладів.",
        search_text="Телефонний довідник. " + ", ".join(row.name for group in groups for row in group.rows),
        lead="Службові телефони ради, виконавчих органів, підприємств і закладів громади.", groups=groups)


DIRECTORY_GROUPS = (
    ((OrganizationKind.COUNCIL, OrganizationKind.EXECUTIVE, OrganizationKind.COMMITTEE),
     "Рада й виконавчий комітет", "rada"),
    ((OrganizationKind.UNIT,), "Виконавчі органи й старостинські округи", "orhany"),
    ((OrganizationKind.ENTERPRISE,), "Комунальні підприємства", "pidpryiemstva"),
    ((OrganizationKind.INSTITUTION,), "Заклади й установи", "zaklady"),
)


def _directory_group(bodies: Sequence[Organization], library: Library, today: date) -> tuple[DirectoryRow, ...]:
    """Rows of a table; a person stands there once, under the first of their bodies."""
    seen: set[str] = set()
    rows: list[DirectoryRow] = []
    for body in bodies:
        new = [row for row in _directory_rows(body, library, today) if row.is_body or row.url not in seen]
        seen |= {row.url for row in new}
        rows += new
    return tuple(rows)


def _directory_rows(body: Organization, library: Library, today: date) -> Iterator[DirectoryRow]:
    """The body itself, then those of its people who have a number, a room, or lead it."""
    people = {person.id: (m, person) for m in reversed(members_on(library, body.id, today))
              if (person := library.get(Person, m.person)) and _is_listed(m, person, body)}
    if not body.phones and not any(person.phone for _, person in people.values()):
        return
    yield DirectoryRow(body.title, body.url, "", _phones(*(phone.number for phone in body.phones)), body.address,
                       body.hours, is_body=True)
    for record, person in reversed(people.values()):
        yield DirectoryRow(person.name, person.url, upper_first(post_in_body(record, person, body)),
                           _phones(person.phone), f"кабінет {person.room}" if person.room else "",
                           "; ".join(r.when for r in person.reception))


def _is_listed(record: Membership, person: Person, body: Organization) -> bool:
    if body.type in (OrganizationKind.COUNCIL, OrganizationKind.EXECUTIVE):
        is_official = record.role not in (Role.DEPUTY, Role.MEMBER) or record.post.startswith("керуюч")
        return is_official and bool(person.phone)
    if record.role is Role.STAFF:
        return bool(person.phone)
    return record.role in (Role.HEAD, Role.STAROSTA, Role.DEPUTY_HEAD) and body.type is not OrganizationKind.COMMITTEE


def _phones(*numbers: str) -> tuple[Link, ...]:
    """Numbers of a row; one that cannot be called at once is a link without an address."""
    return tuple(phone_link(number) or Link(number, "") for number in numbers if number)


# --------------------------------------------------------------------------- topics

def topic_page(topic: Topic, library: Library) -> Iterator[PageModel | Deferred]:
    """A topic's page, then a list for each kind that has more documents than fit there. A topic of nothing has none."""
    by_kind = _by_kind(library.related(topic, "documents"))
    total = sum(map(len, by_kind.values()))
    if not total:
        return
    crumbs = (TOPICS, Link(topic.title, topic.url))
    sections = tuple(TopicSection(
        _kind_title(kind, library), tuple(card_row(card) for card in cards[:SHOWN]),
        (Link(f"Усі {len(cards)}", f"{topic.url}{_part(kind)}/"),) if len(cards) > SHOWN else ())
        for kind, cards in by_kind.items())
    yield TopicPage(
        url=topic.url, title=topic.title, crumbs=(TOPICS,), menu="documents", card=topic.card(library),
        description=f"Тема «{topic.title}»: {counted(total, *DOCUMENT_FORMS)} — проєкти, рішення, новини, звіти.",
        lead=f"{counted(total, *DOCUMENT_FORMS)} на цю тему." if total else "Документів на цю тему ще немає.",
        sections=sections, is_indexed=total > 0)
    for kind, cards in by_kind.items():
        if len(cards) > SHOWN:
            title = f"{topic.title}: {lower_first(_kind_title(kind, library))}"
            yield from card_list(f"{topic.url}{_part(kind)}/", title, cards, crumbs, "documents")


def _part(kind: str) -> str:
    return kind.replace("_", "-")


def _by_kind(cards: Iterable[Card]) -> dict[str, list[Card]]:
    found: dict[str, list[Card]] = {kind: [] for kind in KIND_TITLES}
    for card in cards:
        found.setdefault(card.kind, []).append(card)
    return {kind: items for kind, items in found.items() if items}


def _kind_title(kind: str, library: Library) -> str:
    return KIND_TITLES.get(kind) or next(m.label for m in library.registry.models if m.kind == kind)


def topics(library: Library) -> Iterator[PageModel]:
    """The list of topics that have documents."""
    found = [(topic, library.count(topic, "documents")) for topic in library.of(Topic)]
    shown = tuple(TopicCount(topic.title, topic.url, counted(count, *DOCUMENT_FORMS))
                  for topic, count in sorted(found, key=lambda item: sort_key(item[0].title)) if count)
    if shown:
        yield TopicsPage(
            url=TOPICS.url, title="Теми", menu="documents",
            description="Усі теми сайту: проєкти, рішення, новини й звіти, зібрані за питаннями громади.",
            search_text="Теми: " + ", ".join(topic.title for topic in shown),
            lead="Проєкти, рішення, новини й звіти, зібрані за питаннями громади.", topics=shown)
