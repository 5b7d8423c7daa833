"""Acts → pages: what was decided, whether it is in force, what it changes and what changed it, who carries it out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from markupsafe import Markup

from plugins.documents.model import UNSIGNED
from plugins.records import Library, Link, OutputFile, PageModel, frozen
from plugins.records.components import (
    Fact,
    LinkGroup,
    NotedLink,
    Notice,
    Status,
    changes_of,
    files_of,
    sentence,
    status_of,
    tombstone_of,
)
from plugins.ukrainian import NBSP, day, day_month

from .bases import bases_of
from .model import Act, ActStatus, ActType
from .pages import (
    BASES,
    DECISIONS,
    DOCUMENTS,
    ORDERS,
    REGULATORY,
    DocumentPage,
    annex_links,
    annex_pages,
    by_number,
    changed_acts,
    citing,
    description_of,
    full_name,
    link_group,
    linked,
    number_and_day,
    person_fact,
    summary_of,
    topic_links,
    what_changes,
)
from .papers import act_papers
from .paths import act_steps
from .status import BEING_DECIDED, act_status, amendments_of, last_day, repeals_of
from .suspended import suspension_facts, suspension_notice
from .texts import below_h2, text_of
from .tracking import TrackingRow, tracking_of
from .version_pages import VersionRow, version_pages, version_rows, version_url
from .versions import current


@frozen
class Task:
    """Who must do what by when: a row of «Виконання»."""

    unit: Link
    due: str
    status: Status
    note: str


@frozen(kw_only=True)
class ActPage(DocumentPage):
    """An act in its adopted text."""

    template: ClassVar[str] = "acts/act.html"
    page_kind: ClassVar[str] = "act"

    text_title: str
    tasks: tuple[Task, ...]
    versions: tuple[VersionRow, ...]
    tracking: tuple[TrackingRow, ...]


def act_page(act: Act, library: Library) -> Iterator[PageModel | OutputFile]:
    """The page of an act, then the act on the form, then its annexes."""
    status = act_status(act, library)
    gone = tombstone_of(act)
    text = Markup("") if gone else below_h2(text_of(act, ("text",), act.text, library))
    note = Markup("") if gone else below_h2(act.html("explanatory_note"))
    papers = tuple(act_papers(act, library))
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
        facts=tuple(_act_facts(act, library)),
        files=() if gone else (*(file for file, _ in papers), *files_of(act, library)),
        files_note=UNSIGNED if papers else "", text=text,
        text_title=_text_title(act),
        annexes=() if gone else annex_links(act), legal_basis=act.legal_basis,
        bases=tuple(Link(basis.name, BASES.url + basis.path) for basis in bases_of(act)), note=note,
        steps=act_steps(act, library), related=tuple(_act_related(act, library)), changes=changes_of(act),
        tombstone=gone, tasks=tuple(_tasks(act, library)), versions=() if gone else version_rows(act, library),
        tracking=() if gone else tracking_of(act, library))
    yield from (file for _, file in papers)
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
                      Link(f"{other.type.label.lower()} {number_and_day(other)}", other.url))
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
    return Link(f"{act.type.label.lower()} {number_and_day(act)}", act.url)


def _act_facts(act: Act, library: Library) -> Iterator[Fact]:
    meeting = library.card("meeting", act.meeting)
    # The day is in the head of the page already.
    yield from linked("Засідання", meeting, meeting.title.removesuffix(f", {day(meeting.date)}")
                       if meeting and meeting.date else "")
    vote = library.card("vote_event", act.vote)
    yield from linked("Голосування", vote, vote.note[:1].upper() + vote.note[1:] if vote else "")
    if act.effective_on and act.has_begun(library.now.date()):
        yield Fact("Набрало чинності", day(act.effective_on))
    yield from suspension_facts(act, library)
    if last := last_day(act, library):
        yield Fact("Діє до", day(last))
    elif act.expires_with_martial_law:
        yield Fact("Діє до", "кінця воєнного стану")
    yield from person_fact("Підпис", act.signatory, library)
    yield from linked("Контролює", library.card("organization", act.controller))
    if act.is_regulatory:
        yield Fact("Регуляторний акт", "так", REGULATORY.url)


def _act_related(act: Act, library: Library) -> Iterator[LinkGroup]:
    draft = library.card("draft", act.draft)
    yield from link_group("Проєкт", [NotedLink(draft.title, draft.url, f"№{NBSP}{draft.number}")] if draft else [])
    amends, repeals = (tuple(changed_acts(references, library)) for references in (act.amends, act.repeals))
    amended_by, repealed_by = (tuple(_changing(act, relation, library)) for relation in ("amended_by", "repealed_by"))
    yield from link_group("Зупиняє", [NotedLink(other.title, other.url, number_and_day(other))
                                  for other in library.relating(act, "suspends", Act)])
    yield from link_group("Повторний розгляд", [NotedLink(card.title, card.url, f"проєкт №{NBSP}{card.number}")
                                            for card in library.related(act, "reconsidered_by")])
    yield from link_group("Вносить зміни", amends)
    yield from link_group("Скасовує", repeals)
    yield from link_group("Зміни до документа", amended_by)
    yield from link_group("Пропонують змінити", [NotedLink(card.title, card.url, f"проєкт №{NBSP}{card.number}")
                                             for card in library.related(act, "amended_by_drafts")
                                             if card.status in BEING_DECIDED])
    yield from link_group("Скасовано на підставі", repealed_by)
    known = {link.url.partition("#")[0] for link in (*amends, *repeals, *amended_by, *repealed_by)}
    yield from citing(act, library, known | {draft.url if draft else ""})


def _changing(act: Act, relation: str, library: Library) -> Iterator[NotedLink]:
    """The acts that change this one, from the oldest."""
    others = sorted(library.relating(act, relation, Act), key=lambda other: (other.adopted_on, other.key))
    for other in others:
        references = other.amends if relation == "amended_by" else other.repeals
        notes = [what_changes(other, reference) for reference in references if reference.act == act.key]
        yield NotedLink(other.title, other.url, notes[0] if notes else number_and_day(other))


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
