"""Structured data of drafts, acts and their versions: schema.org Legislation and European Legislation Identifier."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from plugins.acts.model import (
    Act,
    ActDocument,
    ActReference,
    ActStatus,
    ActType,
    ActVersion,
    DraftAct,
    act_status,
    force_of,
    told_versions,
)
from plugins.people.model import Council
from plugins.records import Box, Card, Library

from .jsonld import SCHEMA, Values, body_of, box_of, whole_url, work_of

ELI = "http://data.europa.eu/eli/ontology#"
FORCE = {ActStatus.IN_FORCE: "InForce", ActStatus.PARTLY_IN_FORCE: "PartiallyInForce"}
NOT_IN_FORCE = "NotInForce"
"""Any other state."""
ELI_FORCE = {"InForce": "InForce-inForce", "PartiallyInForce": "InForce-partiallyInForce",
             NOT_IN_FORCE: "InForce-notInForce"}
DRAFT = "http://data.europa.eu/eli/eli-draft-legislation-ontology#DraftLegislationWork"


def act_box(act: Act, library: Library) -> Box:
    """An act as Legislation; what it changes and what changed it also in the words of ELI."""
    force, period = FORCE.get(act_status(act, library), NOT_IN_FORCE), force_of(act, library)
    signatory = library.card("person", act.signatory)
    amends, repeals = _acts(act.amends, library), _acts(act.repeals, library)
    amended_by, repealed_by = (_links(library.related(act, name), library) for name in ("amended_by", "repealed_by"))
    return box_of({
        "@context": [SCHEMA, {"eli": ELI}], "@type": "Legislation", "name": act.title, **work_of(act, library),
        "legislationIdentifier": act.number, "legislationType": act.type.label,
        "legislationDate": act.adopted_on.isoformat(), "legislationLegalForce": f"{SCHEMA}/{force}",
        "legislationPassedBy": body_of(act.body, library),
        "legislationJurisdiction": library.only(Council).community,
        "legislationResponsible": {"@type": "Person", "name": signatory.title, "url": whole_url(library, signatory.url)}
        if signatory else "",
        "legislationChanges": [*amends, *repeals], "legislationAmends": amends, "legislationRepeals": repeals,
        "temporalCoverage": _period(period.begins, period.ends), **_legal_text(act, library),
        "eli:amends": amends, "eli:repeals": repeals, "eli:amended_by": amended_by, "eli:repealed_by": repealed_by,
        "eli:consolidated_by": [{"@id": whole_url(library, version.url)} for version in told_versions(act, library)],
        "eli:id_local": act.number, "eli:type_document": act.type.value,
        "eli:date_document": act.adopted_on.isoformat(), "eli:in_force": {"@id": f"{ELI}{ELI_FORCE[force]}"},
        "eli:first_date_entry_in_force": _day(period.begins), "eli:date_no_longer_in_force": _day(period.ends)})


def version_box(version: ActVersion, library: Library) -> Box:
    """A text with its changes as Legislation of its own: it consolidates the text before it and the acts it came of."""
    act, url, before = version.act, whole_url(library, version.url), whole_url(library, version.before)
    is_newest = version.ends is None or version.ends >= library.now.date()
    force = FORCE.get(act_status(act, library), NOT_IN_FORCE) if is_newest else NOT_IN_FORCE
    changing = filter(None, (library.card("act", key) for key in version.changed_by))
    sources = [{"@id": before}, *_links(changing, library)]
    return box_of({
        "@context": [SCHEMA, {"eli": ELI}], "@type": "Legislation", "@id": url, "url": url, "name": version.title,
        "inLanguage": act.lang, "legislationIdentifier": act.number, "legislationType": act.type.label,
        "legislationDate": act.adopted_on.isoformat(), "legislationDateVersion": version.on.isoformat(),
        "legislationLegalForce": f"{SCHEMA}/{force}", "legislationConsolidates": sources,
        "legislationPassedBy": body_of(act.body, library),
        "legislationJurisdiction": library.only(Council).community, "isBasedOn": {"@id": whole_url(library, act.url)},
        "temporalCoverage": _period(version.on, version.ends), "eli:consolidates": sources,
        "eli:version_date": version.on.isoformat(), "eli:in_force": {"@id": f"{ELI}{ELI_FORCE[force]}"}})


def _period(begins: date | None, ends: date | None) -> str:
    """An interval of ISO 8601, its last day included; empty for what has no first day."""
    return f"{begins}/{ends or '..'}" if begins else ""


def _day(on: date | None) -> str:
    return on.isoformat() if on else ""


def _acts(references: Iterable[ActReference], library: Library) -> list[Values]:
    return _links([card for item in references if (card := library.card("act", item.act))], library)


def _links(cards: Iterable[Card], library: Library) -> list[Values]:
    return [{"@id": whole_url(library, card.url)} for card in cards]


def _legal_text(document: ActDocument, library: Library) -> Values:
    """What a document is about, and its text for programs: no original has force here, the signed paper does."""
    topics = [card.title for key in document.topics if (card := library.card("topic", key))]
    return {"keywords": topics, "encoding": "" if document.withdrawn else {
        "@type": "LegislationObject", "contentUrl": whole_url(library, f"{document.url}akn.xml"),
        "encodingFormat": "application/akn+xml", "legislationLegalValue": f"{SCHEMA}/UnofficialLegalValue"}}


def draft_box(draft: DraftAct, library: Library) -> Box:
    """A draft as Legislation that is not in force, in ELI a draft; `creativeWorkStatus` says where it stands."""
    status = draft.card(library).status
    return box_of({
        "@context": [SCHEMA, {"eli": ELI}], "@type": "Legislation", "additionalType": DRAFT, "name": draft.title,
        **work_of(draft, library), "legislationIdentifier": draft.number,
        "legislationType": "Проєкт рішення" if draft.type is ActType.DECISION else "Проєкт розпорядження",
        "creativeWorkStatus": getattr(status, "label", ""), "legislationLegalForce": f"{SCHEMA}/{NOT_IN_FORCE}",
        "dateCreated": draft.registered_on.isoformat(), "legislationResponsible": body_of(draft.body, library),
        "legislationJurisdiction": library.only(Council).community, **_legal_text(draft, library),
        "eli:id_local": draft.number, "eli:date_document": draft.registered_on.isoformat(),
        "eli:in_force": {"@id": f"{ELI}{ELI_FORCE[NOT_IN_FORCE]}"}})


BOXES: tuple[tuple[Iterable[str], Callable[[Any, Library], Box | None]], ...] = (
    ((Act.kind,), act_box), ((ActVersion.kind,), version_box), ((DraftAct.kind,), draft_box))
"""Kinds of documents and what builds the box for their pages."""
