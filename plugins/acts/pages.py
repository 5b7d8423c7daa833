"""What pages of drafts and acts share: clocks, numbers, relations; each annex on a page of its own."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from typing import ClassVar

from markupsafe import Markup

from plugins.people.model import Organization, Person
from plugins.records import (
    Box,
    Card,
    LegalBasis,
    Library,
    Link,
    PageModel,
    frozen,
    set_words,
)
from plugins.records.components import (
    ChangeNote,
    Fact,
    File,
    LinkGroup,
    NotedLink,
    Notice,
    Status,
    Tombstone,
    excerpt,
)
from plugins.ukrainian import NBSP, day, moment, typeset

from .citations import cited_by
from .model import Act, ActDocument, ActReference, ActType
from .paths import Step
from .places import address, annex_url
from .regulatory import RegulatoryPlan
from .texts import text_of
from .versions import changed_points

DOCUMENTS = Link("Рішення й документи", "/dokumenty/")
DRAFTS = Link("Проєкти", "/proiekty/")
DECISIONS = Link("Рішення", "/rishennia/")
ORDERS = Link("Розпорядження", "/rozporiadzhennia/")
BASES = Link("Правові підстави", f"{DECISIONS.url}pidstavy/")
REGULATORY = Link("Регуляторна діяльність", f"/{RegulatoryPlan.section}/")


@frozen
class Passport:
    """A document's own clocks, who answers for it, the print of its text."""

    facts: tuple[Fact, ...]
    fingerprint: str


@frozen(kw_only=True)
class DocumentPage(PageModel):
    """What pages of drafts and acts share."""

    status: Status
    kicker: tuple[str | Link, ...]
    notice: Notice | None
    summary: Markup
    facts: tuple[Fact, ...]
    files: tuple[File, ...]
    files_note: str
    """What the files are not: the signed original."""
    text: Markup
    annexes: tuple[Link, ...]
    legal_basis: tuple[LegalBasis, ...]
    bases: tuple[Link, ...]
    """The same in the index of legal bases, with all other documents that rest on it."""
    note: Markup
    steps: tuple[Step, ...]
    related: tuple[LinkGroup, ...]
    changes: tuple[ChangeNote, ...]
    tombstone: Tombstone | None


@frozen(kw_only=True)
class AnnexPage(PageModel):
    """An annex: what it belongs to stands above it."""

    template: ClassVar[str] = "acts/annex.html"
    page_kind: ClassVar[str] = "act"

    status: Status
    kicker: tuple[str | Link, ...]
    text: Markup
    annexes: tuple[Link, ...]


# --------------------------------------------------------------------------- what both share

def annex_links(document: ActDocument) -> tuple[Link, ...]:
    """Links to the annexes."""
    return tuple(Link(annex.title, annex_url(document, i)) for i, annex in enumerate(document.annexes, 1))


def annex_pages(document: ActDocument, status: Status, crumbs: tuple[Link, ...],
                library: Library) -> Iterator[AnnexPage]:
    """A page for each annex."""
    name = full_name(document, library)
    links = annex_links(document)
    for number, annex in enumerate(document.annexes, 1):
        text = text_of(document, ("annexes", number - 1, "text"), annex.text, library)
        yield AnnexPage(
            url=annex_url(document, number), title=annex.title, lang=document.lang,
            head_title=f"{by_number(document)}: {annex.title}",
            description=f"{name} «{document.title}». {annex.title}."[:200],
            crumbs=(*crumbs, Link(f"№{NBSP}{document.number}", document.url)), menu="documents",
            updated_at=document.changed_at, card=document.card(library),
            search_text=str(text), status=status, kicker=(Link(f"До документа: {name}", document.url),), text=text,
            annexes=tuple(link for link in links if link.url != annex_url(document, number)))


def full_name(document: ActDocument, library: Library) -> str:
    """«Рішення Яворопільської міської ради № 1204-37/8», «Проєкт розпорядження міського голови № 12-П»."""
    body = library.get(Organization, document.body)
    if document.type is ActType.ORDER:
        words = "розпорядження міського голови"
    else:
        words = f"рішення {body.title_genitive}" if body and body.title_genitive else "рішення"
    words = f"Проєкт {words}" if document.kind == "draft" else words[0].upper() + words[1:]
    return f"{words} №{NBSP}{document.number}"


def topic_links(document: ActDocument, library: Library) -> tuple[Link, ...]:
    """Links to the topics of a document."""
    return tuple(Link(card.title, card.url) for key in document.topics if (card := library.card("topic", key)))


def description_of(document: ActDocument, library: Library) -> str:
    """The number with the summary, else the full name with the title."""
    words = f"{by_number(document)}. {document.summary}" if document.summary else (
        f"{full_name(document, library)} «{document.title}»")
    return excerpt(words, 190)


def by_number(document: ActDocument) -> str:
    """«Рішення № 1204-37/8», «Проєкт № 12-П»: by title alone a draft is its act and its votes."""
    return f"{'Проєкт' if document.kind == 'draft' else document.type.label} №{NBSP}{document.number}"


def summary_of(document: ActDocument) -> Markup:
    """The summary as paragraphs."""
    parts = [part for part in document.words("summary").split("\n\n") if part.strip()]
    return Markup("").join(Markup("<p>{}</p>").format(set_words(part)) for part in parts)


def passport_box(document: ActDocument, library: Library) -> Box:
    """What the passport of a draft or an act says beside its publications: history prints it."""
    return Box("history/passport.html", passport(document, library))


def passport(document: ActDocument, library: Library) -> Passport:
    """The document's own date and its last change in substance, apart from when it was first public; who answers."""
    facts = [Fact("Дата документа", day(document.day))]
    if document.published_at:
        facts.append(_last_change(document))
    unit = library.card("organization", document.unit)
    is_named = unit is not None and unit.title in document.contact
    facts += [Fact(label, typeset(value)) for label, value in (
        ("Підрозділ", unit.title if unit and not is_named else ""), ("Підготовка", document.prepared_by),
        ("Контакт", document.contact)) if value]
    return Passport(tuple(facts), fingerprint(document))


def _last_change(document: ActDocument) -> Fact:
    changed = document.changed_at
    if not changed or changed == document.published_at:
        return Fact("Остання зміна по суті", "не змінювали")
    notes = [change.note for change in document.changes if change.at == changed]
    return Fact("Остання зміна по суті", moment(changed), note=notes[0] if notes else "")


def fingerprint(document: ActDocument) -> str:
    """The first twelve digits of SHA-256 of the text with its annexes: «9f41 c07e 5b2a»."""
    texts = "\n".join([document.text, *(annex.text for annex in document.annexes)])
    digest = hashlib.sha256(texts.encode()).hexdigest()
    return " ".join((digest[:4], digest[4:8], digest[8:12]))


def linked(label: str, card: Card | None, value: str = "") -> list[Fact]:
    """A fact that leads to a record; bodies go by their short names (the note of their cards)."""
    words = value or (card.note if card and card.kind == "organization" else "") or (card.title if card else "")
    return [Fact(label, words, card.url)] if card else []


def person_fact(label: str, key: str | None, library: Library) -> list[Fact]:
    """A fact that leads to a person."""
    person = library.get(Person, key) if key else None
    return [Fact(label, person.short, person.url)] if person else []


def link_group(title: str, links: tuple[NotedLink, ...] | list[NotedLink]) -> list[LinkGroup]:
    """Links under a title; nothing where there are none."""
    return [LinkGroup(title, tuple(links))] if links else []


def number_and_day(act: Act) -> str:
    """«№ 1204-37/8 від 19 листопада 2026 року»."""
    return f"№{NBSP}{act.number} від {day(act.adopted_on)}"


def citing(document: ActDocument, library: Library, known: set[str]) -> list[LinkGroup]:
    """Documents that cite this one in their texts and are not named yet."""
    links = [NotedLink(card.title, card.url, day(card.date) if card.date else "")
             for card in cited_by(document, library) if card.url not in known]
    return link_group("На документ посилаються", links)


def changed_acts(references: Sequence[ActReference], library: Library) -> Iterator[NotedLink]:
    """The acts that this one changes; a single changed point is led to itself."""
    for reference in references:
        target = library.get(Act, reference.act)
        if not target or not target.is_public(library.now):
            continue
        mentions = changed_points(reference)
        url = address(target, mentions[0]) if len(mentions) == 1 else None
        yield NotedLink(target.title, url or target.url, what_changes(target, reference))


def what_changes(act: Act, reference: ActReference) -> str:
    """«№ 1146-35/8 від 25 червня 2026 року, пункти 3.1, 3.2. Пояснення»."""
    words = number_and_day(act)
    if mentions := changed_points(reference):
        numbered = [point for point in mentions if point[:1].isdigit()]
        others = [point for point in mentions if not point[:1].isdigit()]
        label = [("пункти " if len(numbered) > 1 else f"пункт{NBSP}") + ", ".join(numbered)] if numbered else []
        words += ", " + ", ".join(label + others)
    return f"{words}. {reference.note.rstrip('.')}" if reference.note else words
