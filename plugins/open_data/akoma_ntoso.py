"""Drafts and acts in Akoma Ntoso 3.0 (OASIS LegalDocML): `akn.xml` beside the page, written as text.

Works are named as the naming convention asks: `/akn/ua/act/decision/<body>-<ЄДРПОУ>/<day>/<identifier>`. Points have
the anchors of the page as their `eId`; those of an annex stand behind its part of the address (`dodatok-1__p-2`), so
that each leads to its place on the site.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from functools import partial
from itertools import count

from plugins.acts.model import Act, ActDocument, ActType, DraftAct, changes_on, force_of, last_day, point_of, texts_of
from plugins.people.model import Person
from plugins.records import Library, OutputFile, Record, frozen
from plugins.ukrainian import day

from .akn_blocks import Text
from .akn_names import EVENT_CONCEPTS, RESERVED, ROLE_CONCEPTS, Body, Names, names_of
from .akn_text import Reader, safe
from .jsonld import whole_url

NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
FILE = "akn.xml"
LANGUAGES = {"uk": "ukr", "en": "eng"}


@frozen
class Event:
    """A moment in the life of a document: `name` of EVENTS, or none for what another act does (`type`, `source`)."""

    on: date | datetime
    name: str = ""
    type: str = ""
    source: str = "original"


@frozen
class Reference:
    """Another act that this one changes or that changes it."""

    eid: str
    act: Act
    relation: str
    """amends, repeals, amended_by, repealed_by."""
    points: tuple[str, ...]
    on: date | None = None
    """The day on which the change is made; None where it is none, or nobody can tell yet."""


def file_of(record: Record, library: Library) -> Iterator[OutputFile]:
    """`akn.xml` of a document whose text is public."""
    if isinstance(record, Act | DraftAct) and not record.withdrawn:
        content = as_xml(record, library).encode()
        yield OutputFile(f"{record.url}{FILE}".lstrip("/"), content, lambda: content)


def work_of(document: ActDocument, library: Library) -> str:
    """The name of a work: the same for ever, as its day, body and identifier are."""
    kind = "bill" if document.kind == DraftAct.kind else "act"
    actor = library.once(names_of).bodies[document.body].actor
    return f"/akn/ua/{kind}/{document.type.value}/{actor}/{document.day}/{document.id}"


def as_xml(document: Act | DraftAct, library: Library) -> str:
    """A whole document, its annexes as attachments."""
    name, names = "act" if isinstance(document, Act) else "bill", library.once(names_of)
    work, body, title = work_of(document, library), names.bodies[document.body], safe(document.title)
    actor = body.actor
    changes = tuple(_changes(document, library)) if isinstance(document, Act) else ()
    taken = {actor, *RESERVED, *(change.eid for change in changes), *document.topics}
    main, *annexes = _texts(document, library, taken)
    events = tuple(_events(document, changes, library))
    meta = (f"{_identification(document, work, actor, '!main', title)}{_publication(document, names)}"
            f"{_classification(document, actor, names)}{_life(document, events, actor)}"
            f"{_analysis(document, changes, work, actor, library) if changes else ''}"
            f'<references source="#{actor}">{_references(document, changes, events, work, title, names, library)}'
            f"</references>{_notes(main, actor)}")
    preamble = f"<preamble>{main.preamble}</preamble>" if main.preamble else ""
    attached = "".join(_attachment(document, number, text, work, actor) for number, text in enumerate(annexes, 1))
    attachments = f"<attachments>{attached}</attachments>" if attached else ""
    return (f'<?xml version="1.0" encoding="UTF-8"?>\n<akomaNtoso xmlns="{NAMESPACE}"><{name} name="{name}">'
            f"<meta>{meta}</meta>{_preface(document, body, title)}{preamble}<body>{main.body}</body>"
            f"{_conclusions(document, library)}{attachments}</{name}></akomaNtoso>\n")


def _texts(document: ActDocument, library: Library, taken: set[str]) -> Iterator[Text]:
    for number, html in enumerate(texts_of(document, library)):
        page = f"{document.url}dodatok-{number}/" if number else document.url
        yield Reader(partial(_whole, page, library), taken, f"dodatok-{number}__" if number else "").read(html)


def _whole(page: str, library: Library, href: str) -> str:
    """An address of a page as it stands on its own."""
    if href.startswith("#"):
        return whole_url(library, page) + href
    return whole_url(library, href[len(library.base):] if library.base and href.startswith("/") else href)


# ------------------------------------------------------------------------------- what is said of the document

def _identification(document: ActDocument, work: str, actor: str, component: str, title: str) -> str:
    """`title` as it stands in XML."""
    language = LANGUAGES[document.lang]
    expression, on = f"{work}/{language}@{document.day}", document.day.isoformat()
    author = f'<FRBRauthor href="#{actor}" as="#author"/>'
    word = "реєстрація" if document.kind == DraftAct.kind else "ухвалення"
    changed = document.changed_at
    printed = changed.date().isoformat() if changed else on
    return (
        f'<identification source="#{actor}"><FRBRWork><FRBRthis value="{work}/{component}"/><FRBRuri value="{work}"/>'
        f'<FRBRalias value="{title}" name="title"/><FRBRdate date="{on}" name="{word}"/>{author}'
        f'<FRBRcountry value="ua"/><FRBRsubtype value="{document.type.value}"/>'
        f'<FRBRnumber value="{safe(document.number)}"/>'
        f'<FRBRprescriptive value="{"true" if document.is_normative else "false"}"/>'
        f'<FRBRauthoritative value="false"/></FRBRWork>'
        f'<FRBRExpression><FRBRthis value="{expression}/{component}"/><FRBRuri value="{expression}"/>'
        f'<FRBRdate date="{on}" name="{word}"/>{author}<FRBRlanguage language="{language}"/></FRBRExpression>'
        f'<FRBRManifestation><FRBRthis value="{expression}/{component}.xml"/><FRBRuri value="{expression}.xml"/>'
        f'<FRBRdate date="{printed}" name="оприлюднення"/>{author}<FRBRformat value="application/akn+xml"/>'
        f"</FRBRManifestation></identification>")


def _publication(document: ActDocument, names: Names) -> str:
    if not document.published_at:
        return ""
    return f'<publication date="{document.published_at.isoformat()}" name="{names.site}" showAs="{names.site}"/>'


def _classification(document: ActDocument, actor: str, names: Names) -> str:
    words = "".join(names.keywords[key] for key in document.topics)
    return f'<classification source="#{actor}">{words}</classification>' if words else ""


def _events(document: Act | DraftAct, changes: Iterable[Reference], library: Library) -> Iterator[Event]:
    """What happened to a document, from the first day on."""
    yield Event(document.day, type="generation")
    if isinstance(document, DraftAct):
        if document.consultation:
            yield Event(document.consultation.opens_on, "discussed")
        return
    if document.type is not ActType.ORDER and document.signed_on:
        yield Event(document.signed_on, "signed")
    if stopped := document.suspension:
        yield Event(stopped.at, "suspended")
        if stopped.reconsidered:
            yield Event(stopped.reconsidered.at, "reconsidered")
    if begins := force_of(document, library).begins:
        yield Event(begins, "in-force")
    for change in changes:
        if change.on:
            is_whole = change.relation == "repealed_by" and not change.points
            yield Event(change.on, type="repeal" if is_whole else "amendment", source=change.eid)
    if last := last_day(document, library):
        yield Event(last, "expired")
    if document.ended:
        yield Event(document.ended.at, "ended")


def _life(document: Act | DraftAct, events: Iterable[Event], actor: str) -> str:
    """Lifecycle events by their days; publication, which changes no text, as a step of the workflow."""
    rows = "".join(
        f'<eventRef date="{event.on.isoformat()}" source="#{event.source}"'
        + (f' type="{event.type}"' if event.type else "") + (f' refersTo="#{event.name}"' if event.name else "") + "/>"
        for event in sorted(events, key=lambda event: (str(event.on)[:10], not event.type)))
    step = (f'<workflow source="#{actor}"><step date="{document.published_at.isoformat()}" by="#{actor}" '
            'refersTo="#published"/></workflow>') if document.published_at else ""
    return f'<lifecycle source="#{actor}">{rows}</lifecycle>{step}'


def _changes(act: Act, library: Library) -> Iterator[Reference]:
    numbers = count(1)
    for relation, items in (("amends", act.amends), ("repeals", act.repeals)):
        for item in items:
            target = library.get(Act, item.act)
            if target and target.is_public(library.now):
                yield Reference(f"change-{next(numbers)}", target, relation, item.points)
    for relation in ("amended_by", "repealed_by"):
        others = library.relating(act, relation, Act)
        for other in sorted(others, key=lambda other: (other.force_begins(), other.key)):
            named = other.amends if relation == "amended_by" else other.repeals
            points = tuple(point for item in named if item.act == act.key for point in item.points)
            yield Reference(f"change-{next(numbers)}", other, relation, points, changes_on(other, library))


def _analysis(act: ActDocument, changes: Iterable[Reference], work: str, actor: str, library: Library) -> str:
    active = "".join(_modification(change, work, change.act, library) for change in changes
                     if change.relation in ("amends", "repeals"))
    passive = "".join(_modification(change, work_of(change.act, library), act, library) for change in changes
                      if change.on)
    if not active and not passive:
        return ""
    return (f'<analysis source="#{actor}">'
            + (f"<activeModifications>{active}</activeModifications>" if active else "")
            + (f"<passiveModifications>{passive}</passiveModifications>" if passive else "") + "</analysis>")


def _modification(change: Reference, source: str, target: ActDocument, library: Library) -> str:
    kind = "repeal" if change.relation.startswith("repeal") else "replacement"
    found = [place for words in change.points if (place := point_of(target, words))]
    work = work_of(target, library)
    places = [f"{work}/!dodatok-{number}#dodatok-{number}__{anchor}" if number else f"{work}/!main#{anchor}"
              for number, anchor in found] or [f"{work}/!main"]
    return (f'<textualMod type="{kind}"><source href="{source}/!main"/>'
            + "".join(f'<destination href="{place}"/>' for place in places) + "</textualMod>")


def _references(document: Act | DraftAct, changes: Iterable[Reference], events: Iterable[Event], work: str,
                title: str, names: Names, library: Library) -> str:
    rows = [f'<original eId="original" href="{work}" showAs="{title}"/>']
    for change in changes:
        name = "activeRef" if change.relation in ("amends", "repeals") else "passiveRef"
        act = change.act
        words = f"{act.type.label} № {act.number} від {day(act.adopted_on)}"
        rows.append(f'<{name} eId="{change.eid}" href="{work_of(act, library)}" showAs="{safe(words)}"/>')
    rows += [names.bodies[document.body].concept, ROLE_CONCEPTS]
    if isinstance(document, Act) and document.signatory:
        rows.append(names.persons[document.signatory])
    rows += [EVENT_CONCEPTS[event.name] for event in events if event.name]
    rows += [EVENT_CONCEPTS["published"]] if document.published_at else []
    rows += [names.topics[key] for key in document.topics]
    return "".join(rows)


def _notes(text: Text, actor: str) -> str:
    return f'<notes source="#{actor}">{text.notes}</notes>' if text.notes else ""


# ------------------------------------------------------------------------------- what stands around the text

def _preface(document: ActDocument, body: Body, title: str) -> str:
    kind = f"Проєкт {document.type.label.lower()}" if document.kind == DraftAct.kind else document.type.label
    return (f'<preface><p><docAuthority refersTo="#{body.actor}">{body.title}'
            f"</docAuthority></p><p><docType>{kind}</docType> № <docNumber>{safe(document.number)}</docNumber> від "
            f'<docDate date="{document.day}">{day(document.day)}</docDate></p>'
            f"<longTitle><p><docTitle>{title}</docTitle></p></longTitle></preface>")


def _conclusions(document: Act | DraftAct, library: Library) -> str:
    person = library.get(Person, document.signatory) if isinstance(document, Act) and document.signatory else None
    if not person:
        return ""
    name = f"{person.given_name} {person.family_name}"
    return (f'<conclusions><p><signature refersTo="#person-{person.id}"><person refersTo="#person-{person.id}" '
            f'as="#signatory">{safe(name)}</person></signature></p></conclusions>')


def _attachment(document: ActDocument, number: int, text: Text, work: str, actor: str) -> str:
    title = safe(document.annexes[number - 1].title)
    meta = f"{_identification(document, work, actor, f'!dodatok-{number}', title)}{_notes(text, actor)}"
    preamble = f"<preamble>{text.preamble}</preamble>" if text.preamble else ""
    return (f'<attachment eId="dodatok-{number}"><heading>{title}</heading><doc name="annex">'
            f"<meta>{meta}</meta>{preamble}<mainBody>{text.body}</mainBody></doc></attachment>")

