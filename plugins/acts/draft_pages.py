"""Drafts → pages: what is proposed, its way, who may say what about it and until when."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import ClassVar
from urllib.parse import quote

from markupsafe import Markup

from plugins.documents.model import UNSIGNED
from plugins.people.model import council_of
from plugins.records import BadLink, Card, Library, Link, OutputFile, PageModel, frozen
from plugins.records.components import (
    Fact,
    LinkGroup,
    MarkedRow,
    NotedLink,
    Notice,
    Status,
    changes_of,
    files_of,
    sentence,
    status_of,
    tombstone_of,
)
from plugins.ukrainian import NBSP, day

from .comparisons import marked_rows, of_draft
from .model import Act, Consultation, DraftAct, DraftStatus
from .pages import (
    DOCUMENTS,
    DRAFTS,
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
)
from .papers import draft_papers
from .paths import ENDS, draft_steps
from .read import NotATable, read_comparison
from .status import draft_status
from .texts import below_h2, text_of

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
class Comparison:
    """What a draft changes: the caption of the table and its rows."""

    caption: str
    rows: tuple[MarkedRow, ...]


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


def draft_page(draft: DraftAct, library: Library) -> Iterator[PageModel | OutputFile]:
    """The page of a draft, then its papers, then its annexes."""
    status = draft_status(draft, library)
    gone = tombstone_of(draft)
    text = Markup("") if gone else below_h2(text_of(draft, ("text",), draft.text, library))
    note = Markup("") if gone else below_h2(draft.html("explanatory_note"))
    crumbs = (DOCUMENTS, DRAFTS, Link(str(draft.year), f"{DRAFTS.url}{draft.year}/"))
    pill = status_of(status) or Status("", "open")
    consultation, comparisons = draft.consultation, _comparisons(draft, library)
    papers = tuple(draft_papers(draft, status, comparisons, library))
    yield DraftPage(
        url=draft.url, title=draft.title, head_title=f"{by_number(draft)}: {draft.title}", lang=draft.lang,
        description=description_of(draft, library), crumbs=crumbs,
        menu="documents", updated_at=draft.changed_at or draft.day, card=draft.card(library),
        search_text=f"{text}{note}", status=pill, kicker=(full_name(draft, library), *topic_links(draft, library)),
        notice=None if gone else draft_notice(draft, status), summary=summary_of(draft),
        facts=tuple(_draft_facts(draft, library)),
        files=() if gone else (*(file for file, _ in papers), *files_of(draft, library)),
        files_note=UNSIGNED if papers else "", text=text,
        annexes=() if gone else annex_links(draft), legal_basis=draft.legal_basis, bases=(), note=note,
        steps=draft_steps(draft, status, library), related=tuple(_draft_related(draft, library)),
        changes=changes_of(draft), tombstone=gone,
        consultation=_consultation(draft, consultation, library) if consultation and not gone else None,
        ways=consultation.ways if consultation and consultation.state(library.now) in ("ahead", "open") else (),
        proposals=tuple(draft.words("consultation", "proposals", place)
                        for place in range(len(consultation.proposals))) if consultation else (),
        report=(draft.words("consultation", "report")
                if consultation and consultation.state(library.now) == "reported" else ""),
        comparisons=comparisons,
        impact=Markup("") if gone else below_h2(draft.html("impact_analysis")))
    yield from (file for _, file in papers)
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
        yield from person_fact("Подання", initiator.person, library)
    elif initiator.unit:
        yield from linked("Подання", library.card("organization", initiator.unit))
    else:
        yield Fact("Подання", initiator.text)
    yield from person_fact("Доповідає", draft.presenter, library)
    if stopped := library.card("act", draft.reconsiders):
        yield Fact("Повторний розгляд", f"рішення №{NBSP}{stopped.number}", stopped.url)
    if draft.planned_on and draft.planned_on >= library.now.date():
        yield Fact("Планують розглянути", day(draft.planned_on))
    if draft.is_regulatory:
        yield Fact("Регуляторний акт", "так", REGULATORY.url)
    if notice := draft.regulatory:
        yield Fact("Зауваження приймають до", day(notice.comments_until), note=notice.send_to)


def _draft_related(draft: DraftAct, library: Library) -> Iterator[LinkGroup]:
    amends = tuple(changed_acts(draft.amends, library))
    yield from link_group("Вносить зміни", amends)
    acts = library.relating(draft, "acts", Act)
    yield from link_group("Ухвалено", [NotedLink(act.title, act.url, number_and_day(act)) for act in acts])
    votes = library.related(draft, "votes")
    yield from link_group("Голосування", [
        NotedLink(card.title, card.url, "; ".join(part for part in (_day_of(card), card.note) if part))
        for card in votes])
    yield from citing(draft, library, {act.url for act in acts} | {link.url.partition("#")[0] for link in amends})


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
    return tuple(Comparison(f"Зміни до документа {number_and_day(target)}: чинний текст і текст, який пропонують", rows)
                 for target, rows in of_draft(draft, library))
