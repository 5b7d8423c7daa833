"""What always holds of a meeting: times, agenda, attendance, its body and convocation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from plugins.people.model import Organization, council_of, knows_composition, members_on
from plugins.records import Library, Problem, Weight, code
from plugins.ukrainian import day as day_words
from plugins.ukrainian import moment

from .parts import DELIBERATIVE, ItemOrigin, MeetingStatus, MeetingType, VoteResult

if TYPE_CHECKING:
    from .model import Meeting

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
MINUTES_COUNTS = code("MINUTES-COUNTS", "Протокол називає ті самі числа, що й голосування, на яке посилається.",
                      "**Голосування 2026-11-19-3.** За — 20 (у counts — 19)", "**Голосування 2026-11-19-3.** За — 19")
SAID = re.compile(r"\b(за|проти|утрималися|не голосували|відсутні)[ \u00a0]*[—–:-]?[ \u00a0]*(\d+)", re.IGNORECASE)
COUNTED = {"за": "yes", "проти": "no", "утрималися": "abstain", "не голосували": "not_voting", "відсутні": "absent"}
HELD = code("MEETING-HELD", "Засідання, що відбулося, вже почалося.",
            "status: held\nstarts_at: (майбутній час)", "status: confirmed")


def times_run_forward(meeting: Meeting) -> Iterator[Problem]:
    """A meeting ends after it starts; its agenda, notice and minutes stand in order."""
    if meeting.ended_at and meeting.ended_at <= meeting.starts_at:
        yield Problem("ended_at", "засідання скінчилося раніше, ніж почалося.", TIMES)
    if meeting.minutes and meeting.minutes.signed_on and meeting.minutes.signed_on < meeting.starts_at.date():
        yield Problem("minutes.signed_on", "протокол підписано раніше за засідання.", TIMES)
    if meeting.notice and meeting.notice.published_at > meeting.starts_at:
        yield Problem("notice.published_at", "повідомлення оприлюднено після початку засідання.", TIMES)
    if meeting.recording and meeting.recording.published_at and meeting.recording.published_at < meeting.starts_at:
        yield Problem("recording.published_at", "запис оприлюднено раніше за засідання.", TIMES)


def status_has_reason(meeting: Meeting) -> Iterator[Problem]:
    """A moved or cancelled meeting says why."""
    if meeting.status in (MeetingStatus.MOVED, MeetingStatus.CANCELLED) and not meeting.status_reason:
        yield Problem("status", "для перенесеного чи скасованого засідання додайте status_reason.", STATUS)


def agenda_is_whole(meeting: Meeting) -> Iterator[Problem]:
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


def one_list_each(meeting: Meeting) -> Iterator[Problem]:
    """A person stands in one list of the attendance."""
    if not meeting.attendance:
        return
    seen: set[str] = set()
    for name in ("present", "remote", "excused", "absent"):
        for index, person in enumerate(getattr(meeting.attendance, name)):
            if person in seen:
                yield Problem(f"attendance.{name}.{index}", f"«{person}» стоїть у двох переліках.", ATTENDANCE)
            seen.add(person)


def stays_fit_attendance(meeting: Meeting) -> Iterator[Problem]:
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


def agenda_was_voted(meeting: Meeting) -> Iterator[Problem]:
    """The vote that adopted the agenda is one of this meeting, and it passed."""
    if not meeting.agenda_vote:
        return
    motion = next((vote for item in meeting.items for vote in item.votes if vote.uid == meeting.agenda_vote), None)
    if motion is None:
        yield Problem("agenda_vote", f"голосування «{meeting.agenda_vote}» на цьому засіданні немає. Перевірте uid.",
                      AGENDA)
    elif motion.result is not VoteResult.PASS:
        yield Problem("agenda_vote", "цю пропозицію не прийнято, тож порядок денний нею не затверджено.", AGENDA)


def corrections_come_later(meeting: Meeting) -> Iterator[Problem]:
    """A vote is corrected after it was taken."""
    for index, item in enumerate(meeting.items):
        for place, motion in enumerate(item.votes):
            for number, correction in enumerate(motion.corrections):
                if correction.at < meeting.starts_at:
                    yield Problem(f"items.{index}.votes.{place}.corrections.{number}.at",
                                  "виправлено раніше, ніж голосували.", CORRECTION)


def minutes_count_as_votes(meeting: Meeting) -> Iterator[Problem]:
    """Where the text of the minutes names a vote by its identifier, its numbers are those of the vote."""
    text = meeting.minutes.text if meeting.minutes else ""
    for motion in (motion for item in meeting.items for motion in item.votes):
        if told := re.search(rf"(?<![\w-]){re.escape(motion.uid)}(?![\w-])(.*?)(?:\n\s*\n|\Z)", text, re.DOTALL):
            for word, number in SAID.findall(told[1]):
                count = getattr(motion.counts, COUNTED[word.lower()])
                if int(number) != count:
                    yield Problem("minutes.text", f"голосування {motion.uid}: у протоколі «{word.lower()} — {number}», "
                                  f"а в counts — {count}. Звірте.", MINUTES_COUNTS, Weight.REMARK)


def session_has_convocation(meeting: Meeting) -> Iterator[Problem]:
    """A session is counted within a convocation."""
    if meeting.session and not meeting.convocation:
        yield Problem("session", "сесію рахують у межах скликання. Додайте convocation.", CONVOCATION)


def body_fits_type(meeting: Meeting, library: Library) -> Iterator[Problem]:
    """The council holds plenaries, the executive committee its meetings, committees theirs."""
    body, kind = library.get(Organization, meeting.body), DELIBERATIVE.get(meeting.type)
    if body and kind and body.type is not kind:
        yield Problem("body", f"«{meeting.type.label}» проводить {kind.label}, а це {body.type.label}. "
                              "Виправте орган або різновид.", MEETING_BODY)


def convocation_holds(meeting: Meeting, library: Library) -> Iterator[Problem]:
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


def attendees_are_members(meeting: Meeting, library: Library) -> Iterator[Problem]:
    """Whoever stands in the attendance of a deliberative body is its member that day."""
    if not meeting.attendance or meeting.type not in DELIBERATIVE or not knows_composition(library):
        return
    members = {m.person for m in members_on(library, meeting.body, meeting.day)}
    for name in ("present", "remote", "excused", "absent"):
        for index, person in enumerate(getattr(meeting.attendance, name)):
            if person not in members and library.find("person", person):
                yield Problem(f"attendance.{name}.{index}", f"«{person}» {day_words(meeting.day)} не входить до складу "
                              f"«{meeting.body}». Перевірте memberships.csv або впишіть до guests.", ATTENDANCE_MEMBER)


def held_has_begun(meeting: Meeting, library: Library) -> Iterator[Problem]:
    """A meeting that was held has begun by the declared day.

    Where its end is written down too it is a remark: before their commit the minutes of yesterday's meeting are newer
    than the declared day, which is that of the last commit.
    """
    if meeting.status is not MeetingStatus.HELD or meeting.starts_at <= library.now:
        return
    words = f"засідання ще не почалося ({moment(meeting.starts_at)}), а стан — held."
    if meeting.ended_at:
        yield Problem("status", f"{words} Перевірте дату; якщо вона правильна, зауваження зникне після коміту.", HELD,
                      Weight.REMARK)
    else:
        yield Problem("status", f"{words} Поставте confirmed.", HELD)
