"""«Регуляторна діяльність»: the plan of a year, drafts that are discussed, acts with the reports on their effect."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from markupsafe import Markup

from plugins.records import Deferred, Library, Link, PageModel, View, frozen
from plugins.records.components import Fact, File, NotedLink, RegisterRow, Status, Tombstone, files_of, tombstone_of
from plugins.ukrainian import NBSP, counted, day

from .act_pages import act_pill
from .model import Act, DraftAct
from .pages import DOCUMENTS, REGULATORY
from .registers import act_row, draft_row
from .regulatory import RegulatoryPlan, TrackingReport
from .status import BEING_DECIDED, ActStatus, act_status, draft_status
from .tracking import TrackingRow, tracking_of

IN_FORCE = (ActStatus.IN_FORCE, ActStatus.PARTLY_IN_FORCE, ActStatus.SIGNED)
NOUN = ("проєкт", "проєкти", "проєктів")


@frozen
class PlanRow:
    """A line of a plan."""

    title: str
    purpose: str
    term: str
    developer: Link | None
    draft: Link | None
    note: str


@frozen
class TrackedAct:
    """A regulatory act with its reports."""

    row: RegisterRow
    tracking: tuple[TrackingRow, ...]


@frozen(kw_only=True)
class RegulatoryPage(PageModel):
    """The section: plans, drafts, acts."""

    template: ClassVar[str] = "acts/regulatory.html"
    page_kind: ClassVar[str] = "section"

    lead: str
    plans: tuple[NotedLink, ...]
    drafts: tuple[RegisterRow, ...]
    acts: tuple[TrackedAct, ...]


@frozen(kw_only=True)
class PlanPage(PageModel):
    """The plan of a year."""

    template: ClassVar[str] = "acts/regulatory-plan.html"
    page_kind: ClassVar[str] = "act"

    status: Status
    kicker: tuple[str | Link, ...]
    lead: str
    rows: tuple[PlanRow, ...]
    files: tuple[File, ...]
    tombstone: Tombstone | None


@frozen(kw_only=True)
class TrackingPage(PageModel):
    """A report on the effect of an act."""

    template: ClassVar[str] = "acts/tracking-report.html"
    page_kind: ClassVar[str] = "report"

    kicker: tuple[str | Link, ...]
    lead: str
    facts: tuple[Fact, ...]
    text: Markup
    files: tuple[File, ...]
    tombstone: Tombstone | None


def plan_page(plan: RegulatoryPlan, library: Library) -> Iterator[PageModel]:
    """The page of a plan."""
    gone = tombstone_of(plan)
    act, draft = library.card("act", plan.approved_by), library.card("draft", plan.proposed_by)
    kicker: list[str | Link] = [f"{plan.for_year} рік"]
    kicker += [Link(f"рішення №{NBSP}{act.number} від {day(act.date)}", act.url)] if act and act.date else []
    kicker += [Link(f"проєкт рішення №{NBSP}{draft.number}", draft.url)] if draft and not act else []
    yield PlanPage(
        url=plan.url, title=plan.title, lang=plan.lang, menu="documents", crumbs=(DOCUMENTS, REGULATORY),
        description=plan.summary or f"{plan.title}: {counted(len(plan.items), *NOUN)}.", updated_at=plan.changed_at,
        card=plan.card(library), search_text=" ".join(item.title for item in plan.items),
        status=Status("Затверджено", "done") if plan.approved_on else Status("Проєкт плану", "ahead"),
        kicker=tuple(kicker), lead=plan.words("summary"),
        rows=() if gone else tuple(_plan_row(plan, place, library) for place in range(len(plan.items))),
        files=() if gone else files_of(plan, library), tombstone=gone)


def _plan_row(plan: RegulatoryPlan, place: int, library: Library) -> PlanRow:
    item = plan.items[place]
    unit, draft = library.card("organization", item.developer), library.card("draft", item.draft)
    return PlanRow(item.title, plan.words("items", place, "purpose"), item.term,
                   Link(unit.title, unit.url) if unit else None,
                   Link(f"проєкт №{NBSP}{draft.number}", draft.url) if draft else None,
                   ", ".join(f"{word} {day(on)}" for word, on in (
                       ("додано", item.added_on), ("внесено на розгляд", item.submitted_on)) if on))


def tracking_page(report: TrackingReport, library: Library) -> Iterator[PageModel]:
    """The page of a report on the effect of an act."""
    gone = tombstone_of(report)
    act = library.card("act", report.act)
    facts = [Fact("Акт", f"№{NBSP}{act.number} від {day(act.date)}", act.url)] if act and act.date else []
    facts += [Fact("Акт", report.act_text)] if report.act_text else []
    facts += [Fact("Відстеження", report.stage.label), Fact("Проведено", day(report.done_on))]
    facts += [Fact("Метод", report.method)] if report.method else []
    text = Markup("") if gone else report.html("text")
    yield TrackingPage(
        url=report.url, title=report.title, lang=report.lang, menu="documents", crumbs=(DOCUMENTS, REGULATORY),
        description=report.summary or f"{report.stage.label}: {report.title}", updated_at=report.changed_at,
        card=report.card(library), search_text=str(text), kicker=(report.stage.label, day(report.published_at)),
        lead=report.words("result"), facts=tuple(facts), text=text, files=() if gone else files_of(report, library),
        tombstone=gone)


def _draft_row(draft: DraftAct, library: Library) -> RegisterRow:
    row = draft_row(draft, library)
    notice = draft.regulatory
    meta: tuple[str | Link, ...] = (f"зауваження до {day(notice.comments_until)}",) if notice else ()
    return RegisterRow(row.identifier, row.date, row.title, row.url, row.status, (*meta, *row.meta))


def _act_row(act: Act, library: Library) -> TrackedAct:
    row = act_row(act, library)
    return TrackedAct(RegisterRow(row.identifier, row.date, row.title, row.url,
                                  act_pill(act, act_status(act, library), library), row.meta),
                      tracking_of(act, library))


REGULATORY_DRAFTS = View("regulatory drafts", DraftAct, _draft_row, (), lambda draft, library: bool(
    draft.is_regulatory and draft_status(draft, library) in BEING_DECIDED))
REGULATORY_ACTS = View("regulatory acts", Act, _act_row, (), lambda act, library: bool(
    act.is_regulatory and act_status(act, library) in IN_FORCE))


def section(library: Library) -> Iterator[Deferred]:
    """The page of the section, where there is anything of it."""
    drafts, acts = ([item for item in library.views(view) if item.mark]
                    for view in (REGULATORY_DRAFTS, REGULATORY_ACTS))
    plans = tuple(NotedLink(plan.title, plan.url, counted(len(plan.items), *NOUN))
                  for plan in library.newest(RegulatoryPlan))
    if not (drafts or acts or plans):
        return
    inputs: tuple[Any, ...] = (plans, [item.mark for item in drafts], [item.mark for item in acts])
    lead = ("Правила для підприємців: що рада планує змінювати, що обговорюють зараз і як діють ухвалені акти.")

    def page() -> RegulatoryPage:
        return RegulatoryPage(
            url=REGULATORY.url, title=REGULATORY.title, description=lead, lead=lead, crumbs=(DOCUMENTS,),
            menu="documents", plans=plans,
            drafts=tuple(library.row(REGULATORY_DRAFTS, item.key) for item in drafts),
            acts=tuple(library.row(REGULATORY_ACTS, item.key) for item in acts))

    yield Deferred(REGULATORY.url, inputs, page, REGULATORY.title)
