"""The registers of decisions, orders and drafts, and the page that leads to them."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from functools import partial
from itertools import islice
from typing import ClassVar

from plugins.documents.model import card_image_of
from plugins.pages.model import MenuSection, ProsePage
from plugins.people.model import Organization, Topic
from plugins.records import Group, Library, Link, PageModel, frozen
from plugins.records.components import DaysLeft, NotedLink, RegisterRow, Row, status_of
from plugins.records.lists import Axis, ListPage, ListPlan, View, lists
from plugins.ukrainian import NBSP, counted

from .act_pages import act_pill
from .bases import bases_of
from .draft_pages import MAX_DAYS_SHOWN
from .model import Act, ActDocument, ActStatus, ActType, DraftAct, DraftStatus, open_drafts
from .pages import BASES, DECISIONS, DOCUMENTS, DRAFTS, ORDERS, REGULATORY, topic_links
from .regulatory import RegulatoryPlan
from .status import act_status, draft_status, is_amended, suspension_state
from .suspended import suspension_words

ACT_STATES = {
    ActStatus.IN_FORCE: ("chynni", "Чинні"), ActStatus.PARTLY_IN_FORCE: ("chynni-chastkovo", "Чинні частково"),
    ActStatus.SIGNED: ("pidpysani", "Ще не набрали чинності"), ActStatus.ADOPTED: ("ukhvaleni", "Чекають підпису"),
    ActStatus.SUSPENDED: ("zupyneni", "Зупинені"), ActStatus.REPEALED: ("vtratyly-chynnist", "Втратили чинність"),
    ActStatus.ANNULLED: ("skasovani", "Скасовані судом"), ActStatus.EXPIRED: ("strok-mynuv", "Строк дії минув"),
    ActStatus.EXECUTED: ("vykonani", "Виконані"), ActStatus.LAPSED: ("ne-nabraly-chynnosti", "Не набрали чинності"),
}
STOPPED_BY_MAYOR = ("zupyniav-holova", "Усі, які зупиняв міський голова")
AMENDED = ("zi-zminamy", "Чинні зі змінами")
DRAFT_STATES = {
    DraftStatus.REGISTERED: ("zareiestrovani", "Зареєстровані"), DraftStatus.PUBLISHED: ("opryliudneni", "Оприлюднені"),
    DraftStatus.DISCUSSED: ("na-obhovorenni", "На обговоренні"), DraftStatus.IN_COMMITTEE: ("u-komisii", "У комісії"),
    DraftStatus.ON_AGENDA: ("u-poriadku-dennomu", "У порядку денному"),
    DraftStatus.ADOPTED: ("ukhvaleni", "Ухвалені"), DraftStatus.REJECTED: ("ne-ukhvaleni", "Не ухвалені"),
    DraftStatus.RETURNED: ("na-dopratsiuvanni", "На доопрацюванні"),
    DraftStatus.POSTPONED: ("vidkladeni", "Відкладені"),
    DraftStatus.REMOVED: ("zniati-z-rozghliadu", "Зняті з розгляду"),
    DraftStatus.WITHDRAWN: ("vidklykani", "Відкликані"), DraftStatus.LAPSED: ("neaktualni", "Утратили актуальність"),
}
"""State → (its part of the address, its name for a list)."""


@frozen(kw_only=True)
class DraftsPage(ListPage):
    """The register of drafts; above it those that take proposals now."""

    template: ClassVar[str] = "acts/drafts.html"

    open_rows: tuple[Row, ...] = ()


@frozen(kw_only=True)
class DocumentsPage(PageModel):
    """Where all documents are: registers with counts, what is open for discussion, pages of the section."""

    template: ClassVar[str] = "acts/documents.html"
    page_kind: ClassVar[str] = "section"

    lead: str
    search_url: str
    registers: tuple[NotedLink, ...]
    open_rows: tuple[Row, ...]
    newest: tuple[RegisterRow, ...]
    pages: tuple[NotedLink, ...]


def act_row(act: Act, library: Library) -> RegisterRow:
    """An act in a register: its state, body, topic and how it was voted."""
    vote = library.card("vote_event", act.vote)
    body = library.get(Organization, act.body)
    topics = topic_links(act, library)[:1]
    meta = (*((body.short,) if body and act.type is ActType.DECISION else ()), *topics,
            *((vote.note[:1].upper() + vote.note[1:],) if vote and vote.note else ()),
            *filter(None, (suspension_words(act, library),)))
    return RegisterRow(act.number, act.adopted_on, act.title, act.url, act_pill(act, act_status(act, library), library),
                       meta)


def draft_row(draft: DraftAct, library: Library) -> RegisterRow:
    """A draft in its register."""
    return RegisterRow(draft.number, draft.registered_on, draft.title, draft.url,
                       status_of(draft_status(draft, library)), topic_links(draft, library)[:1])


def open_row(draft: DraftAct, library: Library) -> Row:
    """A draft that takes proposals, with the days that are left."""
    assert draft.consultation
    days = draft.consultation.days(library)
    return Row(draft.title, draft.url, (f"Проєкт №{NBSP}{draft.number}", *topic_links(draft, library)[:1]),
               excerpt=draft.summary,
               consultation=DaysLeft(draft.consultation.closes_at, days if len(days) <= MAX_DAYS_SHOWN else ()))


def act_state(act: Act, library: Library) -> tuple[str, str]:
    """The state axis of acts."""
    status = act_status(act, library)
    return AMENDED if status is ActStatus.IN_FORCE and is_amended(act, library) else ACT_STATES[status]


def _stopped(act: Act, library: Library) -> tuple[str, str] | None:
    """Decisions that the mayor ever suspended, whatever came of it."""
    return STOPPED_BY_MAYOR if suspension_state(act, library) else None


def _body(document: ActDocument, library: Library) -> tuple[str, str] | None:
    body = library.get(Organization, document.body)
    return (body.id, body.short) if body else None


def _topic(document: ActDocument, library: Library) -> tuple[str, str] | None:
    card = library.card("topic", document.topics[0]) if document.topics else None
    return (f"tema-{card.key}", card.title) if card else None


def _bases(act: Act, _: Library) -> tuple[str, str]:
    """All bases of an act in one text: laws and articles have neither tabs nor line breaks."""
    return "", "\n".join("\t".join(basis) for basis in bases_of(act))


_BODY, _STATE, _TOPIC = Axis("Орган", _body), Axis("Стан", act_state), Axis("Тема", _topic)
DECISION_LIST = View("decisions", Act, act_row, (_BODY, _STATE, Axis("Зупинення", _stopped), _TOPIC),
                     lambda act, _: act.type is ActType.DECISION)
ORDER_LIST = View("orders", Act, act_row, (_STATE, _TOPIC), lambda act, _: act.type is ActType.ORDER)
DRAFT_LIST = View("drafts", DraftAct, draft_row, (
    Axis("Стан", lambda draft, library: DRAFT_STATES[draft_status(draft, library)]), _BODY, _TOPIC))


BASIS_LIST = View("legal bases", Act, act_row, (Axis("", _bases),), lambda act, _: bool(bases_of(act)))


def registers_of_acts(library: Library) -> Iterator[Group]:
    """Decisions and orders: all, by year, body, state, topic."""
    yield from _register(ListPlan(
        url=DECISIONS.url, title=DECISIONS.title, noun=("рішення", "рішення", "рішень"), menu="documents",
        description="Рішення ради та її виконавчого комітету: чинні й ті, що втратили чинність.",
        lead="Рішення ради й виконавчого комітету — чинні й ті, що втратили чинність.", view=DECISION_LIST,
        crumbs=(DOCUMENTS,), is_register=True, feeds=(Link("Рішення: стрічка", f"{DECISIONS.url}feed.xml"),)), library)
    yield from _register(ListPlan(
        url=ORDERS.url, title=ORDERS.title, menu="documents", view=ORDER_LIST,
        noun=("розпорядження", "розпорядження", "розпоряджень"), description="Розпорядження міського голови.",
        lead="Розпорядження міського голови з основної діяльності.", crumbs=(DOCUMENTS,), is_register=True,
        feeds=(Link("Розпорядження: стрічка", f"{ORDERS.url}feed.xml"),)), library)


def register_of_drafts(library: Library) -> Iterator[Group]:
    """Drafts: those open for discussion first, then all, by year, state, body, topic."""
    rows = tuple(open_row(draft, library) for draft in open_drafts(library))
    plan = ListPlan(
        url=DRAFTS.url, title="Проєкти рішень", noun=("проєкт", "проєкти", "проєктів"), menu="documents",
        description="Проєкти рішень і розпоряджень: на обговоренні, у комісіях, ухвалені й відхилені.",
        lead="Від реєстрації до рішення: що обговорюють зараз і чим скінчилося раніше.", view=DRAFT_LIST,
        crumbs=(DOCUMENTS,), is_register=True, feeds=(Link("Проєкти: стрічка", f"{DRAFTS.url}feed.xml"),))
    for made in _register(plan, library):
        yield made.then(partial(_with_open_rows, rows), rows) if made.url == DRAFTS.url and rows else made


def _with_open_rows(rows: tuple[Row, ...], page: ListPage) -> ListPage:
    """The page with the newest drafts begins with those that take proposals."""
    if page.url != DRAFTS.url:
        return page
    fields = {field.name: getattr(page, field.name) for field in dataclasses.fields(page)}
    return DraftsPage(**fields, open_rows=rows)


def _register(plan: ListPlan, library: Library) -> Iterator[Group]:
    pages = list(lists(plan, library))
    image = card_image_of(DOCUMENTS.title, library) if pages else ""
    for made in pages:
        yield made.then(lambda page: dataclasses.replace(page, image=image), image)


def landing(library: Library) -> Iterator[PageModel]:
    """«Рішення й документи»: made when there is any document or page of the section."""
    acts, drafts = list(islice(library.from_newest(Act), 6)), library.counts(DraftAct).total()
    pages, opened = tuple(_pages(library)), open_drafts(library)
    topics = [topic for topic in library.of(Topic) if library.count(topic, "documents")]
    if not (acts or drafts or pages or topics):
        return
    types = library.counts(Act)
    lead = "Проєкти, рішення й розпорядження громади: повний текст, шлях кожного документа й те, чи він чинний."
    registers = (
        (DRAFTS, drafts, ("проєкт", "проєкти", "проєктів")),
        (DECISIONS, types[ActType.DECISION.value], ("рішення", "рішення", "рішень")),
        (ORDERS, types[ActType.ORDER.value], ("документ", "документи", "документів")),
        (Link("Теми", f"/{Topic.section}/"), len(topics), ("тема", "теми", "тем")),
        (BASES, sum(1 for item in library.views(BASIS_LIST) if item.mark), ("документ", "документи", "документів")))
    yield DocumentsPage(
        url=DOCUMENTS.url, title=DOCUMENTS.title, description=lead, menu="documents", lead=lead,
        image=card_image_of(DOCUMENTS.title, library), search_url="/poshuk/",
        registers=(*(NotedLink(link.title, link.url, counted(found, *noun))
                     for link, found, noun in registers if found), *_regulatory(library)),
        open_rows=tuple(open_row(draft, library) for draft in opened),
        newest=tuple(act_row(act, library) for act in acts), pages=pages)


def _regulatory(library: Library) -> Iterator[NotedLink]:
    if library.exists(RegulatoryPlan.kind):
        yield NotedLink(REGULATORY.title, REGULATORY.url, "плани, проєкти, відстеження")


def _pages(library: Library) -> Iterator[NotedLink]:
    pages = [page for page in library.of(ProsePage) if page.menu is MenuSection.DOCUMENTS and page.lang == "uk"]
    for page in sorted(pages, key=lambda page: (page.order, page.title)):
        yield NotedLink(page.title, page.url, page.summary)
