"""The closed lists and the parts that a meeting is made of: notice, agenda, motions, attendance, recording, minutes."""

from typing import Annotated

from pydantic import Field

from plugins.people.model import OrganizationKind
from plugins.records import Day, Hour, Line, Lines, Moment, Offset, Part, Prose, Term, To, Truth, WebAddress, Whole


class MeetingType(Term):
    """What meets."""

    PLENARY = "plenary", "Пленарне засідання"
    EXECUTIVE = "executive", "Засідання виконавчого комітету"
    COMMITTEE = "committee", "Засідання постійної комісії"
    COORDINATION = "coordination", "Погоджувальна рада"
    BRIEFING = "briefing", "Нарада"
    HEARING = "hearing", "Громадські слухання"
    WORKING_GROUP = "working_group", "Засідання робочої групи"


class MeetingStatus(Term):
    """Whether it takes place."""

    TENTATIVE = "tentative", "Планується"
    CONFIRMED = "confirmed", "Призначено"
    MOVED = "moved", "Перенесено"
    CANCELLED = "cancelled", "Скасовано"
    HELD = "held", "Відбулося"


class Mode(Term):
    """How people take part."""

    IN_PERSON = "in_person", "очно"
    REMOTE = "remote", "дистанційно"
    MIXED = "mixed", "змішано"


class ItemResult(Term):
    """What became of an agenda item."""

    ADOPTED = "adopted", "Ухвалено"
    NOT_ADOPTED = "not_adopted", "Не ухвалено"
    POSTPONED = "postponed", "Відкладено"
    REMOVED = "removed", "Знято з розгляду"
    NOTED = "noted", "Взято до відома"
    SENT = "sent_to", "Направлено"


class ItemOrigin(Term):
    """How an item came to the agenda."""

    PLANNED = "planned", "за порядком денним"
    ADDED = "added", "додано на засіданні"


class MotionType(Term):
    """What is put to the vote."""

    BASIS = "basis", "за основу"
    AMENDMENT = "amendment", "поправка"
    WHOLE = "whole", "у цілому"
    FINAL = "final", "за основу і в цілому"
    PROCEDURAL = "procedural", "процедурне"


class Requirement(Term):
    """How many votes are needed (domain note §6)."""

    MAJORITY = "majority", "більшість від загального складу"
    TWO_THIRDS = "two_thirds", "дві третини від загального складу"
    PRESENT = "present", "більшість присутніх"


class VoteResult(Term):
    """Outcome of a vote (OCD pass, fail)."""

    PASS = "pass", "Прийнято"
    FAIL = "fail", "Не прийнято"


class MinutesStatus(Term):
    """State of the minutes."""

    DRAFT = "draft", "проєкт протоколу"
    APPROVED = "approved", "підписаний протокол"


class Notice(Part):
    """The notice that a meeting is called."""

    published_at: Moment = Field(title="Повідомлення оприлюднено", description="Дата й час.")
    text: Lines = Field("", title="Текст повідомлення", description="Якщо є що додати до дати, місця, порядку денного.")


class Recording(Part):
    """The video of a meeting, elsewhere."""

    url: WebAddress = Field(title="Адреса відео", description="Сторінка запису.")
    published_at: Moment | None = Field(None, title="Запис оприлюднено", description="Дата й час.")
    duration: Offset | None = Field(None, title="Тривалість", description="Г:ХХ:СС.")
    keep_until: Day | None = Field(None, title="Зберігати до", description="Щонайменше п’ять років.")


class Minutes(Part):
    """The minutes: their state and clock; the text is `minutes.md`."""

    status: MinutesStatus = Field(title="Стан протоколу", description="Ще проєкт чи вже підписано.")
    number: Line = Field("", title="Номер протоколу", description="Як на протоколі.")
    signed_on: Day | None = Field(None, title="Підписано", description="День підпису.")
    published_at: Moment | None = Field(None, title="Протокол оприлюднено", description="Дата й час.")
    text: Annotated[str, Prose()] = Field("", title="Текст протоколу", description="Або файл minutes.md.")


class Stay(Part):
    """Somebody who came later or left earlier."""

    person: Annotated[str, To("person", "")] = Field(title="Хто", description="Особа з present чи remote.")
    arrived: Hour | None = Field(None, title="Час приходу", description="ГГ:ХХ; порожньо — від початку.")
    left: Hour | None = Field(None, title="Час відходу", description="ГГ:ХХ; порожньо — до кінця.")

    def is_away(self, at: str) -> bool:
        """True before the arrival and from the leave on; `at` is ГГ:ХХ."""
        return bool(self.arrived and at < self.arrived) or bool(self.left and at >= self.left)


class Attendance(Part):
    """Who was there: each person in one list only."""

    present: tuple[Annotated[str, To("person", "")], ...] = Field((), title="Присутні", description="Особи.")
    remote: tuple[Annotated[str, To("person", "")], ...] = Field((), title="Дистанційно", description="Особи.")
    excused: tuple[Annotated[str, To("person", "")], ...] = Field((), title="З поважних причин", description="Особи.")
    absent: tuple[Annotated[str, To("person", "")], ...] = Field((), title="Відсутні", description="Особи.")
    stays: tuple[Stay, ...] = Field((), title="Прийшли пізніше, пішли раніше", description="Хто й о котрій.")

    def took_part(self) -> tuple[str, ...]:
        """Identifiers of all who were there, in the hall or remotely."""
        return (*self.present, *self.remote)


class Counts(Part):
    """Totals of a vote; the five options of the national open-data structure."""

    yes: Whole = Field(title="За", description="Скільки голосів «за».")
    no: Whole = Field(title="Проти", description="Скільки голосів «проти».")
    abstain: Whole = Field(title="Утрималися", description="Скільки утрималися.")
    not_voting: Whole = Field(title="Не голосували", description="Скільки не голосували.")
    absent: Whole = Field(title="Відсутні", description="Скільки відсутніх.")

    @property
    def total(self) -> int:
        """All five together."""
        return self.yes + self.no + self.abstain + self.not_voting + self.absent


class Correction(Part):
    """A vote that was published with a mistake: what was there before stays known."""

    at: Moment = Field(title="Коли виправлено", description="Дата й час.")
    before: Lines = Field(title="Що було", description="Який голос чи підсумок стояв до виправлення.")
    note: Lines = Field(title="Чому виправлено", description="Причина й підстава.")


class Motion(Part):
    """What was put to the vote under an item; the names are in `votes.csv` of the meeting's folder."""

    uid: Annotated[str, Field(pattern=r"^[0-9a-z]+(-[0-9a-z]+)*$", max_length=80)] = Field(
        title="Ідентифікатор голосування", description="Дата й номер: 2026-11-19-2.")
    at: Hour | None = Field(None, title="Час", description="ГГ:ХХ за Києвом.")
    text: Lines = Field("", title="Пропозиція", description="Що поставлено на голосування.")
    type: MotionType = Field(MotionType.FINAL, title="Різновид", description="За основу, поправка, у цілому…")
    requirement: Requirement = Field(Requirement.MAJORITY, title="Потрібно голосів", description="Яка частка ухвалює.")
    counts: Counts = Field(title="Підсумок", description="yes, no, abstain, not_voting, absent.")
    result: VoteResult = Field(title="Результат", description="Чи набрано потрібні голоси.")
    unnamed: Counts | None = Field(None, title="Голоси без імені", description="Якщо в джерелі прізвище приховано.")
    is_secret: Truth = Field(False, title="Таємне", description="так — лише підсумок, без імен.")
    mayor_votes: Truth = Field(True, title="Голова голосує", description="ні — якщо голова не бере участі.")
    without_quorum: Truth = Field(False, title="Без кворуму", description="так — записано як прийняте, хоч кворуму не "
                                                                          "було: сайт скаже це на сторінці.")
    corrections: tuple[Correction, ...] = Field((), title="Виправлення", description="Що було й чому виправлено.")


class Conflict(Part):
    """A declared conflict of interest."""

    person: Annotated[str, To("person", "conflicts")] = Field(title="Особа", description="Хто заявив.")
    note: Lines = Field("", title="Суть", description="Що заявлено.")
    quorum_exception: Truth = Field(
        False, title="Голосує задля кворуму", description="так — якщо без цієї особи орган не мав би повноважень.")


class AgendaItem(Part):
    """A question of the agenda."""

    no: Whole = Field(title="Номер", description="Номер питання.")
    label: Line = Field("", title="Номер на документі", description="Якщо він не ціле число: 12.1.")
    title: Line = Field("", title="Питання", description="Порожньо — назва проєкту.")
    draft: Annotated[str, To("draft", "agenda_items")] | None = Field(None, title="Проєкт", description="2026/412-p.")
    draft_number: Line = Field("", title="Номер проєкту", description="Якщо самого проєкту на сайті немає: 757/2.")
    topics: tuple[Annotated[str, To("topic", "")], ...] = Field(
        (), title="Теми питання", description="З data/vocabularies/topics.yml; порожньо — теми проєкту.")
    presenter: Annotated[str, To("person", "")] | None = Field(None, title="Доповідач", description="Особа.")
    presenter_text: Line = Field("", title="Доповідач словами", description="Якщо не з реєстру осіб.")
    speakers: tuple[Line, ...] = Field((), title="Виступили", description="Хто говорив.")
    origin: ItemOrigin = Field(ItemOrigin.PLANNED, title="Походження", description="За порядком денним чи додано.")
    origin_reason: Lines = Field("", title="Чому додано", description="Обов’язково для added.")
    result: ItemResult | None = Field(None, title="Результат", description="Якщо не випливає з голосування.")
    removed_reason: Lines = Field("", title="Чому знято", description="Для питання, яке зняли з порядку денного.")
    absent: tuple[Annotated[str, To("person", "")], ...] = Field(
        (), title="Відсутні під час питання", description="Хто був на засіданні, а на цьому питанні — ні.")
    resolution: Lines = Field("", title="Вирішили", description="Коротко, для питань без акта.")
    video: Offset | None = Field(None, title="Час на відео", description="Г:ХХ:СС від початку запису.")
    conflicts: tuple[Conflict, ...] = Field((), title="Конфлікт інтересів", description="Хто заявив.")
    votes: tuple[Motion, ...] = Field((), title="Голосування", description="Усі голосування з цього питання.")

    @property
    def number(self) -> str:
        """As it is printed: «12», «12.1»."""
        return self.label or str(self.no)

    def outcome(self) -> ItemResult | None:
        """The stated result, else what the last vote on the whole decided."""
        if self.result:
            return self.result
        deciding = [v for v in self.votes if v.type in (MotionType.WHOLE, MotionType.FINAL)]
        if not deciding:
            return None
        return ItemResult.ADOPTED if deciding[-1].result is VoteResult.PASS else ItemResult.NOT_ADOPTED


    @property
    def is_removed(self) -> bool:
        """True for an item that was proposed and taken off the agenda."""
        return self.result is ItemResult.REMOVED


DELIBERATIVE = {MeetingType.PLENARY: OrganizationKind.COUNCIL, MeetingType.EXECUTIVE: OrganizationKind.EXECUTIVE,
                MeetingType.COMMITTEE: OrganizationKind.COMMITTEE}
"""Which kind of body holds which type of meeting."""
