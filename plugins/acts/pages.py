"""Drafts and acts → pages: the document with its path, clocks and relations; each annex on a page of its own."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import ClassVar
from urllib.parse import quote

from markupsafe import Markup

from plugins.people.model import Organization, Person, council_of
from plugins.records import (
    BadLink,
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
    changes_of,
    excerpt,
    files_of,
    sentence,
    status_of,
    tombstone_of,
)
from plugins.ukrainian import NBSP, day, day_month, moment, typeset

from .bases import bases_of
from .citations import cited_by
from .comparisons import MarkedRow, marked_rows, of_draft
from .model import Act, ActDocument, ActReference, ActStatus, ActType, Consultation, DraftAct, DraftStatus
from .paths import ENDS, Step, act_steps, draft_steps
from .places import address, annex_url
from .read import NotATable, read_comparison
from .regulatory import RegulatoryPlan
from .status import (
    BEING_DECIDED,
    act_status,
    amendments_of,
    draft_status,
    last_day,
    repeals_of,
)
from .suspended import suspension_facts, suspension_notice
from .texts import below_h2, text_of
from .tracking import TrackingRow, tracking_of
from .version_pages import VersionRow, version_pages, version_rows, version_url
from .versions import changed_points, current

DOCUMENTS = Link("Рішення й документи", "/dokumenty/")
DRAFTS = Link("Проєкти", "/proiekty/")
DECISIONS = Link("Рішення", "/rishennia/")
ORDERS = Link("Розпорядження", "/rozporiadzhennia/")
BASES = Link("Правові підстави", f"{DECISIONS.url}pidstavy/")
REGULATORY = Link("Регуляторна діяльність", f"/{RegulatoryPlan.section}/")
MAX_DAYS_SHOWN = 15
"""Longer consultations show their last day only: more cells are noise."""


@frozen
class ConsultationView:
    """What the component `consultation` prints, and how else to respond."""

    state: str
    opens_at: date
    closes_at: datetime
    days: tuple[date, ...]
    respond: Link | None
    proposals: Link | None
    report: Link | None


@frozen
class Passport:
    """The three clocks of a document, who answers for it, the print of its text."""

    facts: tuple[Fact, ...]
    fingerprint: str
    links: tuple[Link, ...] = ()


@frozen
class Task:
    """Who must do what by when: a row of «Виконання»."""

    unit: Link
    due: str
    status: Status
    note: str


@frozen
class Comparison:
    """What a draft changes: the caption of the table and its rows."""

    caption: str
    rows: tuple[MarkedRow, ...]


@frozen(kw_only=True)
class DocumentPage(PageModel):
    """What pages of drafts and acts share."""

    status: Status
    kicker: tuple[str | Link, ...]
    notice: Notice | None
    summary: Markup
    facts: tuple[Fact, ...]
    files: tuple[File, ...]
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
class DraftPage(DocumentPage):
    """A draft act."""

    template: ClassVar[str] = "acts/draft.html"
    page_kind: ClassVar[str] = "draft"

    consultation: ConsultationView | None
    ways: tuple[str, ...]
    proposals: tuple[str, ...]
    report: str
    comparisons: tuple[Comparison, ...]
    impact: Markup
    """The analysis of regulatory impact."""


@frozen(kw_only=True)
class ActPage(DocumentPage):
    """An act in its adopted text."""

    template: ClassVar[str] = "acts/act.html"
    page_kind: ClassVar[str] = "act"

    text_title: str
    tasks: tuple[Task, ...]
    versions: tuple[VersionRow, ...]
    tracking: tuple[TrackingRow, ...]


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
    """The passport beside the text."""
    return Box("acts/passport.html", passport(document, library))


def passport(document: ActDocument, library: Library) -> Passport:
    """Three clocks apart: the document's own date, when it was first public, when it last changed in substance."""
    facts = [Fact("Дата документа", day(document.day))]
    if document.published_at:
        facts.append(Fact("Уперше оприлюднено", moment(document.published_at), note="за записом редактора"))
        facts.append(_last_change(document))
    unit = library.card("organization", document.unit)
    is_named = unit is not None and unit.title in document.contact
    facts += [Fact(label, typeset(value)) for label, value in (
        ("Підрозділ", unit.title if unit and not is_named else ""), ("Підготовка", document.prepared_by),
        ("Контакт", document.contact)) if value]
    links = (Link(f"Історія змін: {len(document.changes)}", "#zminy"),) if document.changes else ()
    return Passport(tuple(facts), fingerprint(document), links)


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


def _linked(label: str, card: Card | None, value: str = "") -> list[Fact]:
    """A fact that leads to a record; bodies go by their short names (the note of their cards)."""
    words = value or (card.note if card and card.kind == "organization" else "") or (card.title if card else "")
    return [Fact(label, words, card.url)] if card else []


def _person(label: str, key: str | None, library: Library) -> list[Fact]:
    person = library.get(Person, key) if key else None
    return [Fact(label, person.short, person.url)] if person else []


def _group(title: str, links: tuple[NotedLink, ...] | list[NotedLink]) -> list[LinkGroup]:
    return [LinkGroup(title, tuple(links))] if links else []


def _named(act: Act) -> str:
    return f"№{NBSP}{act.number} від {day(act.adopted_on)}"


def _citations(document: ActDocument, library: Library, known: set[str]) -> list[LinkGroup]:
    links = [NotedLink(card.title, card.url, day(card.date) if card.date else "")
             for card in cited_by(document, library) if card.url not in known]
    return _group("На документ посилаються", links)


# --------------------------------------------------------------------------- drafts

def draft_page(draft: DraftAct, library: Library) -> Iterator[PageModel]:
    """The page of a draft, then its annexes."""
    status = draft_status(draft, library)
    gone = tombstone_of(draft)
    text = Markup("") if gone else below_h2(text_of(draft, ("text",), draft.text, library))
    note = Markup("") if gone else below_h2(draft.html("explanatory_note"))
    crumbs = (DOCUMENTS, DRAFTS, Link(str(draft.year), f"{DRAFTS.url}{draft.year}/"))
    pill = status_of(status) or Status("", "open")
    consultation = draft.consultation
    yield DraftPage(
        url=draft.url, title=draft.title, head_title=f"{by_number(draft)}: {draft.title}", lang=draft.lang,
        description=description_of(draft, library), crumbs=crumbs,
        menu="documents", updated_at=draft.changed_at or draft.day, card=draft.card(library),
        search_text=f"{text}{note}", status=pill, kicker=(full_name(draft, library), *topic_links(draft, library)),
        notice=None if gone else draft_notice(draft, status), summary=summary_of(draft),
        facts=tuple(_draft_facts(draft, library)), files=() if gone else files_of(draft, library), text=text,
        annexes=() if gone else annex_links(draft), legal_basis=draft.legal_basis, bases=(), note=note,
        steps=draft_steps(draft, status, library), related=tuple(_draft_related(draft, library)),
        changes=changes_of(draft), tombstone=gone,
        consultation=_consultation(draft, consultation, library) if consultation and not gone else None,
        ways=consultation.ways if consultation and consultation.state(library.now) in ("ahead", "open") else (),
        proposals=tuple(draft.words("consultation", "proposals", place)
                        for place in range(len(consultation.proposals))) if consultation else (),
        report=(draft.words("consultation", "report")
                if consultation and consultation.state(library.now) == "reported" else ""),
        comparisons=_comparisons(draft, library),
        impact=Markup("") if gone else below_h2(draft.html("impact_analysis")))
    if not gone:
        yield from annex_pages(draft, pill, crumbs, library)


def draft_notice(draft: DraftAct, status: DraftStatus) -> Notice | None:
    """Why a draft ended without a vote, or why its term of publication was shortened."""
    if draft.outcome and draft.outcome.status.value == status.value:
        return Notice("info", f"{ENDS[status]} {day(draft.outcome.at)}", sentence(draft.words("outcome", "reason")))
    if draft.exception:
        return Notice("info", f"Строк оприлюднення скорочено: {draft.exception.kind.label}",
                      Markup("{} Підстава: {}").format(sentence(draft.words("exception", "reason")),
                                                       sentence(draft.words("exception", "basis"))))
    return None


def _consultation(draft: DraftAct, consultation: Consultation, library: Library) -> ConsultationView:
    state = consultation.state(library.now)
    council = council_of(library)
    email = consultation.email or (council.email if council else "")
    subject = quote(f"Пропозиції до проєкту № {draft.number}")
    count = len(consultation.proposals)
    days = consultation.days(library)
    return ConsultationView(
        state, consultation.opens_on, consultation.closes_at, days if len(days) <= MAX_DAYS_SHOWN else (),
        Link("Подати пропозицію", f"mailto:{email}?subject={subject}") if email else None,
        Link(f"Надіслано пропозицій: {count}", "#propozytsii") if count else None,
        Link("Прочитати звіт", "#zvit") if state == "reported" and consultation.report else None)


def _draft_facts(draft: DraftAct, library: Library) -> Iterator[Fact]:
    initiator = draft.initiator
    if initiator.person:
        yield from _person("Подання", initiator.person, library)
    elif initiator.unit:
        yield from _linked("Подання", library.card("organization", initiator.unit))
    else:
        yield Fact("Подання", initiator.text)
    yield from _person("Доповідає", draft.presenter, library)
    if stopped := library.card("act", draft.reconsiders):
        yield Fact("Повторний розгляд", f"рішення №{NBSP}{stopped.number}", stopped.url)
    if draft.planned_on and draft.planned_on >= library.now.date():
        yield Fact("Планують розглянути", day(draft.planned_on))
    if draft.is_regulatory:
        yield Fact("Регуляторний акт", "так", REGULATORY.url)
    if notice := draft.regulatory:
        yield Fact("Зауваження приймають до", day(notice.comments_until), note=notice.send_to)


def _draft_related(draft: DraftAct, library: Library) -> Iterator[LinkGroup]:
    amends = tuple(_changed(draft.amends, library))
    yield from _group("Вносить зміни", amends)
    acts = library.relating(draft, "acts", Act)
    yield from _group("Ухвалено", [NotedLink(act.title, act.url, _named(act)) for act in acts])
    votes = library.related(draft, "votes")
    yield from _group("Голосування", [
        NotedLink(card.title, card.url, "; ".join(part for part in (_day_of(card), card.note) if part))
        for card in votes])
    yield from _citations(draft, library, {act.url for act in acts} | {link.url.partition("#")[0] for link in amends})


def _day_of(card: Card) -> str:
    return day(card.date) if card.date else ""


def _comparisons(draft: DraftAct, library: Library) -> tuple[Comparison, ...]:
    """The table that the editor made, else those that follow from the changes written point by point."""
    if draft.withdrawn:
        return ()
    if draft.comparison:
        try:
            rows = read_comparison(library.file_of(draft, draft.comparison))
        except (NotATable, BadLink):
            return ()  # told when the draft was linked: the build stops there
        return (Comparison("Чинний текст і текст, який пропонують", marked_rows(rows)),)
    return tuple(Comparison(f"Зміни до документа {_named(target)}: чинний текст і текст, який пропонують", rows)
                 for target, rows in of_draft(draft, library))


# --------------------------------------------------------------------------- acts

def act_page(act: Act, library: Library) -> Iterator[PageModel]:
    """The page of an act, then its annexes."""
    status = act_status(act, library)
    gone = tombstone_of(act)
    text = Markup("") if gone else below_h2(text_of(act, ("text",), act.text, library))
    note = Markup("") if gone else below_h2(act.html("explanatory_note"))
    register = ORDERS if act.type is ActType.ORDER else DECISIONS
    crumbs = (DOCUMENTS, register, Link(str(act.year), f"{register.url}{act.year}/"))
    pill = act_pill(act, status, library)
    yield ActPage(
        url=act.url, title=act.title, head_title=f"{by_number(act)}: {act.title}", lang=act.lang,
        description=description_of(act, library), crumbs=crumbs,
        menu="documents", updated_at=act.changed_at, card=act.card(library),
        search_text=str(text), status=pill,
        kicker=(full_name(act, library), day(act.adopted_on), *topic_links(act, library)),
        notice=None if gone else act_notice(act, status, library), summary=summary_of(act),
        facts=tuple(_act_facts(act, library)), files=() if gone else files_of(act, library), text=text,
        text_title=_text_title(act),
        annexes=() if gone else annex_links(act), legal_basis=act.legal_basis,
        bases=tuple(Link(basis.name, BASES.url + basis.path) for basis in bases_of(act)), note=note,
        steps=act_steps(act, library), related=tuple(_act_related(act, library)), changes=changes_of(act),
        tombstone=gone, tasks=tuple(_tasks(act, library)), versions=() if gone else version_rows(act, library),
        tracking=() if gone else tracking_of(act, library))
    if not gone:
        yield from annex_pages(act, pill, crumbs, library)
        yield from version_pages(act, full_name(act, library), crumbs, library)


def _text_title(act: Act) -> str:
    return "Текст розпорядження" if act.type is ActType.ORDER else "Текст рішення"


def act_pill(act: Act, status: ActStatus, library: Library) -> Status:
    """The state of an act in words: «Чинне зі змінами», «Набирає чинності 1 грудня»."""
    if status is ActStatus.IN_FORCE and amendments_of(act, library):
        return Status("Чинне зі змінами", "open")
    if status in (ActStatus.ADOPTED, ActStatus.SIGNED) and act.effective_on:
        begins = act.force_begins()
        words = day_month(begins) if begins.year == library.now.year else day(begins)
        return Status(f"Набирає чинності {words}", "ahead")
    return status_of(status) or Status("", "open")


def act_notice(act: Act, status: ActStatus, library: Library) -> Notice | None:
    """The banner of an act that is not in force, or that others changed."""
    whole, parts = repeals_of(act, library)
    if status is ActStatus.REPEALED:
        other = whole[0]
        return Notice("danger", "Документ утратив чинність", f"Не діє з {day(other.force_begins())} на підставі",
                      Link(f"{other.type.label.lower()} {_named(other)}", other.url))
    if stopped := suspension_notice(act, library):
        return stopped
    if act.ended and act.ended.status.value == status.value:
        tone = "info" if status is ActStatus.EXECUTED else "danger"
        return Notice(tone, f"{status.label} {day(act.ended.at)}", sentence(act.words("ended", "basis")))
    if status is ActStatus.EXPIRED and (last := last_day(act, library)):
        return Notice("info", "Строк дії минув", f"Документ діяв до {day(last)} включно.")
    if status in (ActStatus.ADOPTED, ActStatus.SIGNED):
        return _not_yet(act, status)
    if parts or (amendments := amendments_of(act, library)):
        title = "Чинне частково" if parts else "Документ чинний зі змінами"
        newest = current(act, library)
        if newest.state:
            return Notice("info", title, "Нижче — текст, яким його ухвалено. Текст зі змінами —",
                          Link(f"редакція від {day(newest.on)}", version_url(act, newest)))
        return Notice("info", title, "Нижче — текст, яким його ухвалено. Останні зміни внесло",
                      _link_to((parts or amendments)[-1]))
    return None


def _not_yet(act: Act, status: ActStatus) -> Notice:
    if act.effective_on:
        return Notice("info", "Документ іще не набрав чинності", f"Набирає чинності {day(act.force_begins())}.")
    text = "Чекає на підпис міського голови." if status is ActStatus.ADOPTED else "Чекає на оприлюднення."
    return Notice("info", "Документ іще не набрав чинності", text)


def _link_to(act: Act) -> Link:
    return Link(f"{act.type.label.lower()} {_named(act)}", act.url)


def _act_facts(act: Act, library: Library) -> Iterator[Fact]:
    meeting = library.card("meeting", act.meeting)
    # The day is in the head of the page already.
    yield from _linked("Засідання", meeting, meeting.title.removesuffix(f", {day(meeting.date)}")
                       if meeting and meeting.date else "")
    vote = library.card("vote_event", act.vote)
    yield from _linked("Голосування", vote, vote.note[:1].upper() + vote.note[1:] if vote else "")
    if act.effective_on and act.has_begun(library.now.date()):
        yield Fact("Набрало чинності", day(act.effective_on))
    yield from suspension_facts(act, library)
    if last := last_day(act, library):
        yield Fact("Діє до", day(last))
    elif act.expires_with_martial_law:
        yield Fact("Діє до", "кінця воєнного стану")
    yield from _person("Підпис", act.signatory, library)
    yield from _linked("Контролює", library.card("organization", act.controller))
    if act.is_regulatory:
        yield Fact("Регуляторний акт", "так", REGULATORY.url)


def _act_related(act: Act, library: Library) -> Iterator[LinkGroup]:
    draft = library.card("draft", act.draft)
    yield from _group("Проєкт", [NotedLink(draft.title, draft.url, f"№{NBSP}{draft.number}")] if draft else [])
    amends, repeals = (tuple(_changed(references, library)) for references in (act.amends, act.repeals))
    amended_by, repealed_by = (tuple(_changing(act, relation, library)) for relation in ("amended_by", "repealed_by"))
    yield from _group("Зупиняє", [NotedLink(other.title, other.url, _named(other))
                                  for other in library.relating(act, "suspends", Act)])
    yield from _group("Повторний розгляд", [NotedLink(card.title, card.url, f"проєкт №{NBSP}{card.number}")
                                            for card in library.related(act, "reconsidered_by")])
    yield from _group("Вносить зміни", amends)
    yield from _group("Скасовує", repeals)
    yield from _group("Зміни до документа", amended_by)
    yield from _group("Пропонують змінити", [NotedLink(card.title, card.url, f"проєкт №{NBSP}{card.number}")
                                             for card in library.related(act, "amended_by_drafts")
                                             if card.status in BEING_DECIDED])
    yield from _group("Скасовано на підставі", repealed_by)
    known = {link.url.partition("#")[0] for link in (*amends, *repeals, *amended_by, *repealed_by)}
    yield from _citations(act, library, known | {draft.url if draft else ""})


def _changed(references: Sequence[ActReference], library: Library) -> Iterator[NotedLink]:
    """The acts that this one changes; a single changed point is led to itself."""
    for reference in references:
        target = library.get(Act, reference.act)
        if not target or not target.is_public(library.now):
            continue
        mentions = changed_points(reference)
        url = address(target, mentions[0]) if len(mentions) == 1 else None
        yield NotedLink(target.title, url or target.url, _note(target, reference))


def _changing(act: Act, relation: str, library: Library) -> Iterator[NotedLink]:
    """The acts that change this one, from the oldest."""
    others = sorted(library.relating(act, relation, Act), key=lambda other: (other.adopted_on, other.key))
    for other in others:
        references = other.amends if relation == "amended_by" else other.repeals
        notes = [_note(other, reference) for reference in references if reference.act == act.key]
        yield NotedLink(other.title, other.url, notes[0] if notes else _named(other))


def _note(act: Act, reference: ActReference) -> str:
    """«№ 1146-35/8 від 25 червня 2026 року, пункти 3.1, 3.2. Пояснення»."""
    words = _named(act)
    if mentions := changed_points(reference):
        numbered = [point for point in mentions if point[:1].isdigit()]
        others = [point for point in mentions if not point[:1].isdigit()]
        label = [("пункти " if len(numbered) > 1 else f"пункт{NBSP}") + ", ".join(numbered)] if numbered else []
        words += ", " + ", ".join(label + others)
    return f"{words}. {reference.note.rstrip('.')}" if reference.note else words


def _tasks(act: Act, library: Library) -> Iterator[Task]:
    today = library.now.date()
    for place, task in enumerate(act.execution):
        unit = library.card("organization", task.unit)
        if task.done_on and task.done_on <= today:
            status = Status(f"Виконано {day(task.done_on)}", "done")
        elif task.due_on and task.due_on < today:
            status = Status("Строк минув", "stopped")
        else:
            status = Status("Виконують", "open")
        yield Task(Link(unit.title, unit.url) if unit else Link(task.unit, "/vlada/"),
                   f"до {day(task.due_on)}" if task.due_on else "",
                   status, act.words("execution", place, "note"))
