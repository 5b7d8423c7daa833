"""Meetings: notice, agenda, attendance, recording, minutes (Popolo Event, OCD Event)."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Annotated, Any, ClassVar

from pydantic import Field

from plugins.people.model import (
    Organization,
    OrganizationKind,
    Person,
    council_of,
    knows_composition,
    members_on,
    memberships_of,
    voters_on,
)
from plugins.records import (
    Axis,
    Card,
    Day,
    Document,
    Hour,
    Library,
    Line,
    Lines,
    Moment,
    Offset,
    Part,
    Place,
    Problem,
    Prose,
    Record,
    Term,
    To,
    Truth,
    View,
    WebAddress,
    Whole,
    code,
)
from plugins.ukrainian import day as day_words
from plugins.ukrainian import moment

TIMES = code("MEETING-TIME", "Час засідання йде вперед.",
             "starts_at: 2026-11-19 10:00\nended_at: 2026-11-19 09:00",
             "starts_at: 2026-11-19 10:00\nended_at: 2026-11-19 14:37")
STATUS = code("MEETING-STATUS", "Перенесене чи скасоване засідання має причину.",
              "status: cancelled", "status: cancelled\nstatus_reason: Повітряна тривога")
AGENDA = code("AGENDA", "Питання порядку денного мають різні номери й назву або проєкт.",
              "items:\n  - no: 1", "items:\n  - no: 1\n    draft: 2026/412-p")
ATTENDANCE = code("ATTENDANCE", "Особа стоїть лише в одному переліку присутності.",
                  "present: [shevchuk-o]\nabsent: [shevchuk-o]", "present: [shevchuk-o]\nabsent: []")
ATTENDANCE_MEMBER = code("ATTENDANCE-MEMBER", "У переліках присутності — лише ті, хто того дня є членом органу.",
                         "present: [людина, що не є депутатом]", "guests: [Ім’я, посада] для запрошених")
STAY = code("ATTENDANCE-STAY", "Час приходу й відходу — у того, хто серед присутніх, і прихід раніший за відхід.",
            "present: [a]\nstays:\n  - person: b\n    left: 12:00",
            "present: [a, b]\nstays:\n  - person: b\n    left: 12:00")
CORRECTION = code("VOTE-CORRECTION", "Голосування виправляють після того, як воно відбулося, і кажуть, що було й чому.",
                  "corrections:\n  - at: (до голосування)",
                  "corrections:\n  - at: 2026-11-20 10:00\n    before: «За» — 22\n    note: Збій пульта.")
MEETING_BODY = code("MEETING-BODY", "Різновид засідання відповідає органу: пленарне — рада, executive — виконком.",
                    "type: plenary\nbody: vykonkom", "type: executive\nbody: vykonkom")
CONVOCATION = code("CONVOCATION", "Скликання пленарного засідання — те, що діяло того дня (data/council.yml).",
                   "convocation: 7 (засідання 2026 року)", "convocation: 8")
HELD = code("MEETING-HELD", "Засідання, що відбулося, вже почалося.",
            "status: held\nstarts_at: (майбутній час)", "status: confirmed")


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


def times_run_forward(meeting: "Meeting") -> Iterator[Problem]:
    """A meeting ends after it starts; its agenda, notice and minutes stand in order."""
    if meeting.ended_at and meeting.ended_at <= meeting.starts_at:
        yield Problem("ended_at", "засідання скінчилося раніше, ніж почалося.", TIMES)
    if meeting.minutes and meeting.minutes.signed_on and meeting.minutes.signed_on < meeting.starts_at.date():
        yield Problem("minutes.signed_on", "протокол підписано раніше за засідання.", TIMES)
    if meeting.notice and meeting.notice.published_at > meeting.starts_at:
        yield Problem("notice.published_at", "повідомлення оприлюднено після початку засідання.", TIMES)
    if meeting.recording and meeting.recording.published_at and meeting.recording.published_at < meeting.starts_at:
        yield Problem("recording.published_at", "запис оприлюднено раніше за засідання.", TIMES)


def status_has_reason(meeting: "Meeting") -> Iterator[Problem]:
    """A moved or cancelled meeting says why."""
    if meeting.status in (MeetingStatus.MOVED, MeetingStatus.CANCELLED) and not meeting.status_reason:
        yield Problem("status", "для перенесеного чи скасованого засідання додайте status_reason.", STATUS)


def agenda_is_whole(meeting: "Meeting") -> Iterator[Problem]:
    """Numbers are unique, each item has a title or a draft, added items say why, uids are unique."""
    numbers: set[int] = set()
    uids: set[str] = set()
    for index, item in enumerate(meeting.items):
        if item.no in numbers:
            yield Problem(f"items.{index}.no", f"питання № {item.no} уже є.", AGENDA)
        numbers.add(item.no)
        if not item.title and not item.draft:
            yield Problem(f"items.{index}", "питання не має ні title, ні draft.", AGENDA)
        if item.origin is ItemOrigin.ADDED and not item.origin_reason:
            yield Problem(f"items.{index}.origin", "для доданого питання потрібна причина origin_reason.", AGENDA)
        for position, motion in enumerate(item.votes):
            if motion.uid in uids:
                yield Problem(f"items.{index}.votes.{position}.uid", f"голосування {motion.uid} уже є.", AGENDA)
            uids.add(motion.uid)


def one_list_each(meeting: "Meeting") -> Iterator[Problem]:
    """A person stands in one list of the attendance."""
    if not meeting.attendance:
        return
    seen: set[str] = set()
    for name in ("present", "remote", "excused", "absent"):
        for index, person in enumerate(getattr(meeting.attendance, name)):
            if person in seen:
                yield Problem(f"attendance.{name}.{index}", f"«{person}» стоїть у двох переліках.", ATTENDANCE)
            seen.add(person)


def stays_fit_attendance(meeting: "Meeting") -> Iterator[Problem]:
    """Whoever came later or left earlier was there; the same holds for those absent at one item."""
    if not meeting.attendance:
        return
    here = set(meeting.attendance.took_part())
    for index, stay in enumerate(meeting.attendance.stays):
        if stay.person not in here:
            yield Problem(f"attendance.stays.{index}.person", f"«{stay.person}» немає серед присутніх. Впишіть до "
                                                              "present чи remote.", STAY)
        if stay.arrived and stay.left and stay.arrived >= stay.left:
            yield Problem(f"attendance.stays.{index}.left", "відхід раніший за прихід.", STAY)
    for number, item in enumerate(meeting.items):
        for index, person in enumerate(item.absent):
            if person not in here:
                yield Problem(f"items.{number}.absent.{index}", f"«{person}» і так немає серед присутніх на засіданні. "
                                                                "Вилучіть.", STAY)


def agenda_was_voted(meeting: "Meeting") -> Iterator[Problem]:
    """The vote that adopted the agenda is one of this meeting, and it passed."""
    if not meeting.agenda_vote:
        return
    motion = next((vote for item in meeting.items for vote in item.votes if vote.uid == meeting.agenda_vote), None)
    if motion is None:
        yield Problem("agenda_vote", f"голосування «{meeting.agenda_vote}» на цьому засіданні немає. Перевірте uid.",
                      AGENDA)
    elif motion.result is not VoteResult.PASS:
        yield Problem("agenda_vote", "цю пропозицію не прийнято, тож порядок денний нею не затверджено.", AGENDA)


def corrections_come_later(meeting: "Meeting") -> Iterator[Problem]:
    """A vote is corrected after it was taken."""
    for index, item in enumerate(meeting.items):
        for place, motion in enumerate(item.votes):
            for number, correction in enumerate(motion.corrections):
                if correction.at < meeting.starts_at:
                    yield Problem(f"items.{index}.votes.{place}.corrections.{number}.at",
                                  "виправлено раніше, ніж голосували.", CORRECTION)


def session_has_convocation(meeting: "Meeting") -> Iterator[Problem]:
    """A session is counted within a convocation."""
    if meeting.session and not meeting.convocation:
        yield Problem("session", "сесію рахують у межах скликання. Додайте convocation.", CONVOCATION)


def body_fits_type(meeting: "Meeting", library: Library) -> Iterator[Problem]:
    """The council holds plenaries, the executive committee its meetings, committees theirs."""
    body, kind = library.get(Organization, meeting.body), DELIBERATIVE.get(meeting.type)
    if body and kind and body.type is not kind:
        yield Problem("body", f"«{meeting.type.label}» проводить {kind.label}, а це {body.type.label}. "
                              "Виправте орган або різновид.", MEETING_BODY)


def convocation_holds(meeting: "Meeting", library: Library) -> Iterator[Problem]:
    """A plenary belongs to the convocation of its day."""
    council = council_of(library)
    if not council or meeting.type is not MeetingType.PLENARY or not meeting.convocation:
        return
    term = council.convocation_on(meeting.day)
    if term is None:
        yield Problem("starts_at", f"{day_words(meeting.day)} не діяло жодне скликання з data/council.yml. "
                                   "Перевірте дату.", CONVOCATION)
    elif term.number != meeting.convocation:
        yield Problem("convocation", f"{day_words(meeting.day)} діяло {term.number} скликання, а тут "
                                     f"{meeting.convocation}. Виправте номер або дату.", CONVOCATION)


def attendees_are_members(meeting: "Meeting", library: Library) -> Iterator[Problem]:
    """Whoever stands in the attendance of a deliberative body is its member that day."""
    if not meeting.attendance or meeting.type not in DELIBERATIVE or not knows_composition(library):
        return
    members = {m.person for m in members_on(library, meeting.body, meeting.day)}
    for name in ("present", "remote", "excused", "absent"):
        for index, person in enumerate(getattr(meeting.attendance, name)):
            if person not in members and library.find("person", person):
                yield Problem(f"attendance.{name}.{index}", f"«{person}» {day_words(meeting.day)} не входить до складу "
                              f"«{meeting.body}». Перевірте memberships.csv або впишіть до guests.", ATTENDANCE_MEMBER)


def held_has_begun(meeting: "Meeting", library: Library) -> Iterator[Problem]:
    """A meeting that was held has an end, or at least has begun by the declared day."""
    if meeting.status is MeetingStatus.HELD and not meeting.ended_at and meeting.starts_at > library.now:
        yield Problem("status", f"засідання ще не почалося ({moment(meeting.starts_at)}), а стан — held. "
                                "Поставте confirmed.", HELD)


class Meeting(Document):
    """Засідання: a folder with `index.yml`, `minutes.md`, `votes.csv`, files."""

    kind: ClassVar[str] = "meeting"
    label: ClassVar[str] = "Засідання"
    place: ClassVar[str] = "content/meetings"
    section: ClassVar[str] = "zasidannia"
    companions: ClassVar[dict[str, tuple[str, ...]]] = {"minutes.md": ("minutes", "text")}
    rules = (*Document.rules, times_run_forward, status_has_reason, agenda_is_whole, one_list_each,
             session_has_convocation, stays_fit_attendance, agenda_was_voted, corrections_come_later)
    links = (body_fits_type, convocation_holds, attendees_are_members, held_has_begun)

    title: Line = Field("", title="Назва", description="Порожньо — складається з різновиду, сесії, скликання.")
    type: MeetingType = Field(title="Різновид", description="Яке це засідання.")
    body: Annotated[str, To("organization", "meetings")] = Field(title="Орган", description="Хто засідає.")
    convocation: Whole | None = Field(None, title="Скликання", description="Число: 8.")
    session: Whole | None = Field(None, title="Сесія", description="Число: 37.")
    sitting: Whole | None = Field(None, title="Пленарне засідання №", description="Якщо їх кілька в сесії.")
    number: Whole | None = Field(None, title="Номер засідання", description="Для виконкому й комісій.")
    is_extraordinary: Truth = Field(False, title="Позачергове", description="так або ні.")
    starts_at: Moment = Field(title="Початок", description="Дата й час за Києвом.")
    ended_at: Moment | None = Field(None, title="Кінець", description="Дата й час за Києвом.")
    location: Line = Field("", title="Місце", description="Зала, адреса.")
    mode: Mode = Field(Mode.IN_PERSON, title="Спосіб", description="У залі, дистанційно чи змішано.")
    status: MeetingStatus = Field(title="Стан", description="Чи відбудеться, чи вже відбулося.")
    status_reason: Lines = Field("", title="Причина", description="Чому перенесено чи скасовано.")
    moved_from: Moment | None = Field(None, title="Перенесено з", description="Попередній час.")
    notice: Notice | None = Field(None, title="Повідомлення", description="Коли оголошено.")
    chair: Annotated[str, To("person", "chairs")] | None = Field(None, title="Головує", description="Особа.")
    clerk: Annotated[str, To("person", "")] | None = Field(None, title="Секретар засідання", description="Особа.")
    agenda_published_at: Moment | None = Field(None, title="Порядок денний оприлюднено", description="Дата й час.")
    agenda_adopted_at: Moment | None = Field(
        None, title="Порядок денний затверджено", description="Дата й час, якщо затверджено без окремого голосування.")
    agenda_vote: Line = Field("", title="Голосування за порядок денний", description="uid голосування в цілому.")
    attendance: Attendance | None = Field(None, title="Присутність", description="present, remote, excused, absent.")
    guests: tuple[Line, ...] = Field((), title="Запрошені", description="Хто ще був.")
    items: tuple[AgendaItem, ...] = Field((), title="Порядок денний", description="Питання за порядком.")
    recording: Recording | None = Field(None, title="Відеозапис", description="Адреса й час оприлюднення.")
    minutes: Minutes | None = Field(None, title="Протокол", description="Стан і дати; текст — minutes.md.")

    @property
    def day(self) -> date:
        return self.starts_at.date()

    @property
    def heading(self) -> str:
        """The given title, else one made of session, sitting and convocation."""
        if self.title:
            return self.title
        if self.type is MeetingType.PLENARY and self.session:
            sitting = f", {self.sitting} пленарне засідання" if self.sitting else ""
            kind = " позачергова" if self.is_extraordinary else ""
            return f"{self.session}{kind} сесія {self.convocation} скликання{sitting}"
        number = f" № {self.number}" if self.number else ""
        return f"{self.type.label}{number}"

    def card(self, library: Any) -> Card:
        return Card(self.kind, self.key, f"{self.heading}, {day_words(self.day)}", self.url, self.starts_at,
                    self.type.value, self.status)

    def card_at(self, path: Place, library: Any) -> Card:
        """A relation from inside an agenda item leads to that item."""
        if path[:1] != ("items",) or not isinstance(path[1], int):
            return self.card(library)
        item = self.items[path[1]]
        return Card(self.kind, self.key, f"{self.heading}, питання {item.number}", f"{self.url}#pytannia-{item.no}",
                    self.starts_at, self.type.value, item.outcome() or self.status, number=item.number)


def away_at(meeting: Meeting, item: AgendaItem, at: str | None) -> set[str]:
    """Those of the meeting who were not there at an item: stated for it, or by the hours of their stay.

    A meeting that goes on into the next day has no hours that could be compared: there only the item tells.
    """
    is_one_day = meeting.ended_at is None or meeting.ended_at.date() == meeting.day
    stays = meeting.attendance.stays if meeting.attendance and at and is_one_day else ()
    return {*item.absent, *(stay.person for stay in stays if stay.is_away(at or ""))}


DELIBERATIVE = {MeetingType.PLENARY: OrganizationKind.COUNCIL, MeetingType.EXECUTIVE: OrganizationKind.EXECUTIVE,
                MeetingType.COMMITTEE: OrganizationKind.COMMITTEE}
"""Which kind of body holds which type of meeting."""


# --------------------------------------------------------------------------- who was where

COUNTED = (MeetingType.PLENARY, MeetingType.EXECUTIVE, MeetingType.COMMITTEE)
"""Meetings whose lists of attendance are counted."""


def _taken_part(meeting: Meeting, library: Library) -> tuple[str, str]:
    return " ".join((meeting.type.value, meeting.day.isoformat(), meeting.body)), " ".join(
        meeting.attendance.took_part() if meeting.attendance else ())


PRESENCES = View("presences", Meeting, lambda meeting, library: meeting.key, (Axis("", _taken_part),), holds=(
    lambda meeting, library: meeting.type in COUNTED and meeting.attendance and meeting.status is MeetingStatus.HELD))
"""Who took part in each meeting: in the axes, so that no meeting is opened to count."""

Presence = tuple[str, int, int, int, int]
"""(type of meeting, convocation or 0, year, attended, should have attended)."""


def attendances(library: Library) -> Mapping[str, tuple[Presence, ...]]:
    """For each person how often they were at meetings of their bodies, by the lists of attendance."""
    council = council_of(library)
    found: dict[str, dict[tuple[str, int, int], list[int]]] = {}
    for seen in library.views(PRESENCES):
        if not seen.mark or not seen.axes[0]:
            continue
        (kind, date_words, body), took_part = seen.axes[0][0].split(" "), set(seen.axes[0][1].split())
        held_on = date.fromisoformat(date_words)
        term = council.convocation_on(held_on) if council else None
        for person in voters_on(library, body, held_on):
            counts = found.setdefault(person, {}).setdefault((kind, term.number if term else 0, held_on.year), [0, 0])
            counts[0] += person in took_part
            counts[1] += 1
    order = [kind.value for kind in COUNTED]
    return {person: tuple((*name, there, due) for name, (there, due) in sorted(
        counts.items(), key=lambda item: (order.index(item[0][0]), item[0]))) for person, counts in found.items()}
def calendar_of(holder: Record) -> str:
    """The address of the calendar of a body or of a member: `/vlada/rada/kalendar.ics`."""
    return f"{holder.url}kalendar.ics"


def has_calendar(holder: Record, library: Library) -> bool:
    """True for a body that met, for a member of one on the day of a meeting."""
    return library.entry(calendar_holders, calendar_of(holder)) is True


def calendar_holders(library: Library) -> dict[str, bool]:
    """Addresses of the calendars of bodies and members that there are."""
    return dict.fromkeys(library.once(meetings_by_calendar), True)


def meetings_by_calendar(library: Library) -> dict[str, tuple[str, ...]]:
    """Address of a calendar → keys of its meetings, from the oldest: those of a body, those that somebody belonged to.

    Membership is that of the day of the meeting.
    """
    bodies: dict[str, list[Meeting]] = defaultdict(list)
    for meeting in reversed(library.newest(Meeting)):
        bodies[meeting.body].append(meeting)
    found: dict[str, tuple[str, ...]] = {}
    for body in library.of(Organization):
        if body.id in bodies:
            found[calendar_of(body)] = tuple(meeting.key for meeting in bodies[body.id])
    for person in library.of(Person):
        own = {meeting.key: meeting for membership in memberships_of(library, person.id)
               for meeting in bodies.get(membership.organization, ()) if membership.holds_on(meeting.day)}
        if own:
            found[calendar_of(person)] = tuple(sorted(own, key=lambda key: (own[key].starts_at, key)))
    return found
