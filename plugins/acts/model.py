"""Draft acts and acts: two records joined by a link, each with its own status and clock (Akoma Ntoso bill and act)."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from functools import cached_property
from typing import Annotated, Any, ClassVar

from markupsafe import Markup
from pydantic import Field

from plugins.people.model import counting_days
from plugins.records import (
    Card,
    Day,
    Document,
    FilePath,
    Library,
    Line,
    Lines,
    Moment,
    OrganizationId,
    Part,
    Problem,
    Prose,
    Term,
    To,
    Truth,
    View,
    code,
)
from plugins.ukrainian import NoHolidayTable, working_days

from . import chain
from . import rules as rules_of
from .changes import PointChange
from .force import changes_on, force_of, no_force_since
from .identity import url_of
from .legislation import Legislation
from .numbers import number_fits_format, series_of
from .regulatory import (
    PlannedDraft,
    RegulatoryNotice,
    RegulatoryPlan,
    Tracking,
    TrackingReport,
    TrackingStage,
    remarks_have_their_term,
    report_due_on,
)
from .status import (
    BEING_DECIDED,
    ActStatus,
    DraftStatus,
    act_status,
    draft_status,
    is_amended,
    last_day,
)
from .suspension import Suspension, suspension_has_its_documents, suspension_runs_forward
from .texts import point_of, texts_of
from .versions import ActVersion, told_versions

DATES = code("ACT-DATES", "Дати документа йдуть уперед: зареєстровано, оприлюднено, ухвалено, підписано.",
             "adopted_on: 2026-11-19\nsigned_on: 2026-11-18", "adopted_on: 2026-11-19\nsigned_on: 2026-11-20")
TEXT = code("ACT-TEXT", "Текст акта лежить або в полі text, або у файлі text.md поруч.",
            "(немає ні text, ні text.md)", "text: |\n  1. Затвердити Програму…")
INITIATOR = code("INITIATOR", "Ініціатор — особа, орган або слова, щось одне.",
                 "initiator: {}", "initiator:\n  person: chornota-oksana")


class ActType(Term):
    """Decision of a body or order of the mayor."""

    DECISION = "decision", "Рішення"
    ORDER = "order", "Розпорядження"


class OutcomeStatus(Term):
    """Ends of a draft that do not follow from the chain."""

    RETURNED = "returned", "на доопрацюванні"
    POSTPONED = "postponed", "відкладено"
    REMOVED = "removed", "знято з розгляду"
    WITHDRAWN = "withdrawn", "відкликано"
    LAPSED = "lapsed", "утратив актуальність"


class EndStatus(Term):
    """Ends of an act that do not follow from other acts."""

    ANNULLED = "annulled", "скасовано судом"
    EXECUTED = "executed", "виконано"
    LAPSED = "lapsed", "не набрало чинності"


class ExceptionKind(Term):
    """Why the ten working days of prior publication do not apply (Access to Public Information Act, art. 15)."""

    URGENT = "urgent", "невідкладно"
    MARTIAL_LAW = "martial_law", "воєнний стан"


class Initiator(Part):
    """Who submits a draft."""

    person: Annotated[str, To("person", "initiated")] | None = Field(None, title="Особа", description="Депутат.")
    unit: Annotated[str, To("organization", "initiated")] | None = Field(None, title="Орган", description="Підрозділ.")
    text: Line = Field("", title="Словами", description="Якщо подавач не в реєстрах.")


class Consultation(Part):
    """When and how people may respond to a draft."""

    opens_on: Day = Field(title="Початок", description="Перший день приймання пропозицій.")
    closes_at: Moment = Field(title="Кінець", description="Останній момент приймання.")
    ways: tuple[Line, ...] = Field((), title="Як подати", description="Пошта, електронна скринька, особисто.")
    email: Line = Field("", title="Скринька", description="Куди надсилати пропозиції.")
    proposals: tuple[Lines, ...] = Field((), title="Надіслані пропозиції", description="Коротко, без особистих даних.")
    report: Lines = Field("", title="Звіт", description="Що враховано й чому.")
    reported_at: Moment | None = Field(None, title="Звіт оприлюднено", description="Дата й час звіту.")

    def state(self, now: datetime) -> str:
        """ahead, open, closed or reported."""
        if now.date() < self.opens_on:
            return "ahead"
        if now <= self.closes_at:
            return "open"
        return "reported" if self.reported_at and self.reported_at <= now else "closed"

    def days(self, library: Library) -> tuple[date, ...]:
        """Its working days by the council's calendar; none where the calendar does not reach."""
        try:
            return tuple(working_days(self.opens_on, self.closes_at.date(), counting_days(library)))
        except NoHolidayTable:
            return ()


class Outcome(Part):
    """How a draft ended outside of a vote."""

    status: OutcomeStatus = Field(title="Чим скінчилося", description="Чому голосування не буде.")
    at: Day = Field(title="Коли", description="День.")
    reason: Lines = Field(title="Причина", description="Одне речення для читача.")


class End(Part):
    """How the force of an act ended outside of other acts."""

    status: EndStatus = Field(title="Що сталося", description="Чому акт більше не діє.")
    at: Day = Field(title="Коли", description="День.")
    basis: Lines = Field(title="Підстава", description="Рішення суду, розпорядження, звіт.")


class ExceptionClaim(Part):
    """A named exception from prior publication."""

    kind: ExceptionKind = Field(title="Виняток", description="urgent або martial_law.")
    basis: Lines = Field(title="Норма", description="Стаття закону.")
    reason: Lines = Field(title="Причина", description="Чому не можна чекати.")


class Annex(Part):
    """A part of an act with its own title."""

    title: Line = Field(title="Назва додатка", description="Додаток 1. Перелік…")
    text: Annotated[str, Prose()] = Field("", title="Текст додатка", description="Markdown; або файл annex-N.md.")


class ActReference(Part):
    """A change in another act."""

    act: Annotated[str, To("act", "")] = Field(title="Акт", description="Рік/ідентифікатор: 2025/987-30-8.")
    points: tuple[Line, ...] = Field((), title="Пункти", description="Які саме; порожньо — увесь акт.")
    note: Lines = Field("", title="Пояснення", description="Що саме змінено.")


class Amended(ActReference):
    """An amendment."""

    act: Annotated[str, To("act", "amended_by")] = Field(title="Акт, що змінюється", description="2025/987-30-8.")
    changes: tuple[PointChange, ...] = Field(
        (), title="Зміни за пунктами", description="Що саме змінено: з них складають чинну редакцію.")


class AmendedByDraft(ActReference):
    """An amendment that a draft proposes."""

    act: Annotated[str, To("act", "amended_by_drafts")] = Field(
        title="Акт, який пропонують змінити", description="2025/987-30-8.")
    changes: tuple[PointChange, ...] = Field(
        (), title="Зміни за пунктами", description="Що саме пропонують: з них складають порівняльну таблицю.")


class Repealed(ActReference):
    """A repeal, of the whole act or of some points."""

    act: Annotated[str, To("act", "repealed_by")] = Field(title="Акт, що втрачає чинність", description="2025/9-3-8.")


class Execution(Part):
    """Who must do what an act says, by when."""

    unit: Annotated[str, To("organization", "executes")] = Field(title="Виконавець", description="Підрозділ.")
    due_on: Day | None = Field(None, title="Строк", description="До якого дня.")
    done_on: Day | None = Field(None, title="Виконано", description="Якого дня.")
    note: Lines = Field("", title="Стан", description="Що зроблено.")


def text_is_there(document: "ActDocument") -> Iterator[Problem]:
    """A document without its text is not published."""
    if not document.text.strip():
        yield Problem("text", "немає тексту. Додайте поле text або файл text.md поруч.", TEXT)


class ActDocument(Document):
    """What drafts and acts share."""

    companions: ClassVar[dict[str, tuple[str, ...]]] = {"text.md": ("text",), "note.md": ("explanatory_note",)}
    annex_prefix: ClassVar[str] = "annex-"

    number: Line = Field(title="Номер", description="Як на документі: 412-П, 1204-37/8.")
    type: ActType = Field(title="Різновид", description="Рішення чи розпорядження.")
    body: OrganizationId = Field(title="Орган", description="Хто ухвалює: ідентифікатор з organizations.yml.")
    is_regulatory: Truth = Field(False, title="Регуляторний", description="так, якщо це регуляторний акт.")
    is_normative: Truth = Field(False, title="Нормативний", description="так, якщо встановлює правила для багатьох.")
    text: Annotated[str, Prose()] = Field("", title="Текст", description="Markdown; або файл text.md.")
    explanatory_note: Annotated[str, Prose()] = Field(
        "", title="Пояснювальна записка", description="Markdown; або файл note.md.")
    annexes: tuple[Annex, ...] = Field((), title="Додатки", description="Додатки до акта.")
    rules = (*Document.rules, text_is_there)

    def with_points(self, name: str, render: Callable[[], Markup]) -> Markup:
        """A text with its points, rendered once; it is let go with the other texts."""
        self.html(name)  # they come first: where one is at hand, all are
        key, texts = f"{name} with points", self._html
        if key not in texts:
            texts[key] = render()
        return texts[key]


def draft_dates_run_forward(draft: "DraftAct") -> Iterator[Problem]:
    """Registered, then published, then discussed."""
    if draft.published_at and draft.published_at.date() < draft.registered_on:
        yield Problem("published_at", "оприлюднено раніше, ніж зареєстровано.", DATES)
    if draft.consultation and draft.consultation.closes_at.date() < draft.consultation.opens_on:
        yield Problem("consultation.closes_at", "обговорення скінчилося раніше, ніж почалося.", DATES)
    if draft.consultation and draft.published_at and draft.consultation.opens_on < draft.published_at.date():
        yield Problem("consultation.opens_on", "обговорення почалося раніше, ніж проєкт оприлюднено.", DATES)
    if draft.consultation and draft.consultation.reported_at and not draft.consultation.report:
        yield Problem("consultation.reported_at", "є день звіту, а звіту немає. Додайте report.", DATES)
    if draft.planned_on and draft.planned_on < draft.registered_on:
        yield Problem("planned_on", "планують розглянути раніше, ніж зареєстровано.", DATES)
    yield from remarks_have_their_term(draft.regulatory)
    if draft.outcome and draft.outcome.at < draft.registered_on:
        yield Problem("outcome.at", "день раніший за реєстрацію проєкту.", DATES)


def initiator_is_one(draft: "DraftAct") -> Iterator[Problem]:
    """A person, a unit, or words: exactly one."""
    named = [bool(draft.initiator.person), bool(draft.initiator.unit), bool(draft.initiator.text)]
    if sum(named) != 1:
        yield Problem("initiator", "вкажіть щось одне: person, unit або text.", INITIATOR)


class DraftAct(ActDocument):
    """Проєкт рішення чи розпорядження."""

    kind: ClassVar[str] = "draft"
    label: ClassVar[str] = "Проєкт"
    place: ClassVar[str] = "content/drafts"
    section: ClassVar[str] = "proiekty"
    is_provisional: ClassVar[bool] = True
    companions: ClassVar[dict[str, tuple[str, ...]]] = {**ActDocument.companions, "ria.md": ("impact_analysis",)}
    rules = (*ActDocument.rules, draft_dates_run_forward, initiator_is_one)
    links: ClassVar = (number_fits_format, rules_of.comparison_is_whole, rules_of.proposed_changes_can_be_made,
                       chain.is_published_before_it_is_considered)

    body: Annotated[str, To("organization", "drafts")] = Field(
        title="Орган", description="Хто ухвалює: ідентифікатор з organizations.yml.")
    registered_on: Day = Field(title="Зареєстровано", description="День реєстрації проєкту.")
    published_at: Moment | None = Field(None, title="Оприлюднено", description="Коли проєкт став публічним.")
    initiator: Initiator = Field(title="Ініціатор", description="Хто подав: person, unit або text.")
    presenter: Annotated[str, To("person", "presents")] | None = Field(None, title="Доповідач", description="Особа.")
    planned_on: Day | None = Field(None, title="Планують розглянути", description="День засідання.")
    consultation: Consultation | None = Field(None, title="Обговорення", description="Строки й способи.")
    exception: ExceptionClaim | None = Field(None, title="Виняток", description="Якщо строк оприлюднення скорочено.")
    reconsiders: Annotated[str, To("act", "reconsidered_by")] | None = Field(
        None, title="Повторний розгляд", description="Рішення, яке зупинив міський голова: 2026/1201-37-8.")
    regulatory: RegulatoryNotice | None = Field(
        None, title="Регуляторне повідомлення", description="Коли оприлюднено, до якого дня й куди слати зауваження.")
    impact_analysis: Annotated[str, Prose()] = Field(
        "", title="Аналіз регуляторного впливу", description="Markdown; або файл ria.md.")
    amends: tuple[AmendedByDraft, ...] = Field(
        (), title="Змінить", description="Акти, до яких проєкт вносить зміни.")
    outcome: Outcome | None = Field(None, title="Завершення", description="Якщо скінчилося без голосування.")
    comparison: FilePath | None = Field(None, title="Порівняльна таблиця", description="Файл CSV: було, стало.")

    @property
    def day(self) -> date:
        return self.registered_on

    def card(self, library: Any) -> Card:
        return Card(self.kind, self.key, self.title, self.url, self.registered_on, self.type.value,
                    draft_status(self, library), note=self.summary, number=self.number)


def act_dates_run_forward(act: "Act") -> Iterator[Problem]:
    """Adopted, then signed, then public, then in force."""
    if act.signed_on and act.signed_on < act.adopted_on:
        yield Problem("signed_on", "підписано раніше, ніж ухвалено.", DATES)
    if act.published_at and act.published_at.date() < act.adopted_on:
        yield Problem("published_at", "оприлюднено раніше, ніж ухвалено.", DATES)
    if act.effective_on and act.effective_on < act.adopted_on:
        yield Problem("effective_on", "набирає чинності раніше, ніж ухвалено.", DATES)
    elif act.is_normative and act.effective_on and act.published_at and act.effective_on < act.published_at.date():
        # Law on Local Self-Government, art. 59 part 10.
        yield Problem("effective_on", "нормативний акт набирає чинності не раніше дня оприлюднення.", DATES)
    if act.expires_on and act.expires_on < (act.effective_on or act.adopted_on):
        yield Problem("expires_on", "строк дії скінчився раніше, ніж почався.", DATES)
    if act.ended and act.ended.at < act.adopted_on:
        yield Problem("ended.at", "день раніший за ухвалення.", DATES)


class Act(ActDocument):
    """Рішення ради чи виконкому, розпорядження голови (schema.org Legislation)."""

    kind: ClassVar[str] = "act"
    label: ClassVar[str] = "Рішення"
    place: ClassVar[str] = "content/acts"
    section: ClassVar[str] = "rishennia"
    division: ClassVar[str] = "type"
    rules = (*ActDocument.rules, act_dates_run_forward, suspension_runs_forward)
    links: ClassVar = (number_fits_format, rules_of.identity_is_unique, chain.comes_after_its_draft,
                       chain.draft_was_on_the_agenda, chain.meeting_is_its_own, chain.is_adopted_by_a_vote,
                       chain.vote_passed, chain.rules_are_published_first, suspension_has_its_documents,
                       rules_of.changes_earlier_acts, rules_of.changed_points_exist,
                       rules_of.changes_can_be_made, rules_of.martial_law_holds)

    body: Annotated[str, To("organization", "acts")] = Field(
        title="Орган", description="Хто ухвалює: ідентифікатор з organizations.yml.")
    adopted_on: Day = Field(title="Ухвалено", description="День ухвалення чи видання.")
    signed_on: Day | None = Field(None, title="Підписано", description="День підпису.")
    effective_on: Day | None = Field(
        None, title="Набирає чинності",
        description="Якщо не з дня підписання, а нормативний акт — не з дня оприлюднення.")
    expires_on: Day | None = Field(None, title="Діє до", description="Останній день дії.")
    expires_with_martial_law: Truth = Field(
        False, title="Діє до кінця воєнного стану", description="так, якщо останній день — кінець воєнного стану; його "
                                                                "беруть із data/calendar.yml.")
    signatory: Annotated[str, To("person", "signed")] | None = Field(None, title="Підписант", description="Особа.")
    draft: Annotated[str, To("draft", "acts")] | None = Field(
        None, title="Проєкт", description="Рік та ідентифікатор: 2026/412-p.")
    meeting: Annotated[str, To("meeting", "acts")] | None = Field(
        None, title="Засідання", description="Рік та ідентифікатор: 2026/pl-2026-11-19.")
    vote: Annotated[str, To("vote_event", "acts")] | None = Field(
        None, title="Голосування", description="uid голосування, яким акт ухвалено.")
    amends: tuple[Amended, ...] = Field((), title="Змінює", description="Акти, до яких вносить зміни.")
    repeals: tuple[Repealed, ...] = Field((), title="Скасовує", description="Акти, що втрачають чинність.")
    suspension: Suspension | None = Field(
        None, title="Зупинено міським головою", description="Коли, чому, і що вирішила рада повторно.")
    tracking: tuple[Tracking, ...] = Field(
        (), title="Відстеження результативності", description="Для регуляторного акта: які звіти й до якого дня.")
    ended: End | None = Field(None, title="Дію припинено", description="Судом, виконанням.")
    execution: tuple[Execution, ...] = Field((), title="Виконання", description="Хто й до якого дня виконує.")
    controller: Annotated[str, To("organization", "controls")] | None = Field(
        None, title="Контроль", description="Комісія чи посадова особа.")

    @property
    def day(self) -> date:
        return self.adopted_on

    @cached_property
    def url(self) -> str:
        return url_of(self.type.value, self.key)

    def card(self, library: Any) -> Card:
        return Card(self.kind, self.key, self.title, self.url, self.adopted_on, self.type.value,
                    act_status(self, library), note=self.summary, number=self.number)

    def force_begins(self) -> date:
        """The first day in force: as stated, else the last of adoption, signature and, for rules, publication.

        What the mayor had suspended is not in force before the council confirmed it.
        """
        published = self.published_at.date() if self.published_at and self.is_normative else None
        again = self.suspension.reconsidered.at if self.suspension and self.suspension.reconsidered else None
        begins = self.effective_on or max(filter(None, (self.adopted_on, self.signed_on, published)))
        return max(begins, again) if again else begins

    def has_begun(self, day: date) -> bool:
        """True if its force began by that day. What nobody signed and rules that nobody could read wait, unless their
        day is stated.

        Decisions are signed by the mayor (Law on Local Self-Government, art. 59 part 3); an order is its signature, and
        what the council confirmed against the mayor needs none (part 4). Rules for many enter into force with their
        publication, not before (the same article).
        """
        is_confirmed = self.suspension is not None and self.suspension.reconsidered is not None
        is_complete = self.type is ActType.ORDER or self.signed_on is not None or is_confirmed
        is_known = self.published_at is not None or not self.is_normative
        return ((is_complete and is_known) or self.effective_on is not None) and self.force_begins() <= day


def open_drafts(library: Any) -> Sequence[DraftAct]:
    """Drafts that take proposals on the declared day, the soonest deadline first."""
    drafts = [library.get(DraftAct, item.key) for item in library.views(OPEN) if item.mark]
    return sorted(drafts, key=lambda draft: (draft.consultation.closes_at, draft.key))


OPEN = View("open drafts", DraftAct, lambda draft, library: draft.consultation,
            holds=lambda draft, library: draft_status(draft, library) is DraftStatus.DISCUSSED)


__all__ = ["BEING_DECIDED", "Act", "ActDocument", "ActStatus", "ActType", "ActVersion", "DraftAct", "DraftStatus",
           "Legislation", "PlannedDraft", "RegulatoryPlan", "TrackingReport", "TrackingStage", "act_status",
           "changes_on", "draft_status", "force_of", "is_amended", "last_day", "no_force_since", "open_drafts",
           "point_of", "report_due_on", "series_of", "texts_of", "told_versions"]
