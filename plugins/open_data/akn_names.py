"""What documents take from the registers for Akoma Ntoso: bodies, topics, persons, events, as they stand in XML."""

from __future__ import annotations

from plugins.people.model import Council, Organization, Person, Topic
from plugins.records import Library, frozen

from .akn_text import safe
from .jsonld import whole_url

ROLES = {"author": "автор", "signatory": "підписант"}
EVENTS = {"registered": "Зареєстровано", "published": "Оприлюднено", "discussed": "Обговорення", "signed": "Підписано",
          "in-force": "Набрання чинності", "expired": "Кінець строку дії", "ended": "Дію припинено",
          "suspended": "Зупинено міським головою", "reconsidered": "Повторно розглянуто"}
RESERVED = {"original", *EVENTS, *ROLES}


@frozen
class Body:
    """A body as documents name it."""

    actor: str
    title: str
    concept: str


@frozen
class Names:
    """What documents take from the registers, by key, as it stands in XML: they are few, the documents are many."""

    bodies: dict[str, Body]
    keywords: dict[str, str]
    topics: dict[str, str]
    persons: dict[str, str]
    site: str


def names_of(library: Library) -> Names:
    """The names of this site."""
    council = library.only(Council)
    topics = [card for topic in library.of(Topic) if (card := library.card(Topic.kind, topic.key))]
    return Names(
        {body.key: _body(body, council, library) for body in library.of(Organization)},
        {card.key: f'<keyword value="{card.key}" showAs="{safe(card.title)}" dictionary="#{card.key}"/>'
         for card in topics},
        {card.key: _concept("TLCConcept", card.key, whole_url(library, card.url), card.title) for card in topics},
        {person.key: _concept("TLCPerson", f"person-{person.id}", whole_url(library, person.url), person.name)
         for person in library.of(Person)},
        safe(f"Сайт {council.name_genitive}"))


def _body(body: Organization, council: Council, library: Library) -> Body:
    actor = f"{body.key}-{body.edrpou or council.edrpou}"
    return Body(actor, safe(body.title), _concept("TLCOrganization", actor, whole_url(library, body.url), body.title))


def _concept(tag: str, eid: str, href: str, words: str) -> str:
    return f'<{tag} eId="{eid}" href="{safe(href)}" showAs="{safe(words)}"/>'


ROLE_CONCEPTS = "".join(_concept("TLCRole", name, f"/akn/ontology/role/ua/{name}", words)
                        for name, words in ROLES.items())
EVENT_CONCEPTS = {name: _concept("TLCEvent", name, f"/akn/ontology/event/ua/{name}", words)
                  for name, words in EVENTS.items()}
