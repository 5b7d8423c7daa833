"""Rules of the chain from draft to act: nothing is adopted without a meeting and a vote, and no date runs backwards.

Registered ≤ published ≤ considered ≤ adopted ≤ signed (domain note §5). What a body's acts need to be adopted is said
in `council.yml` (`adoption`); acts from before the day named there are an archive, of which less is known.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, cast

from plugins.people.model import Adoption, Council, council_of
from plugins.records import Library, Problem, Weight, code
from plugins.ukrainian import day

from .status import DECIDING_MEETINGS, agenda_items, code_of, held_on

if TYPE_CHECKING:
    from .model import Act, DraftAct

DRAFT_LATER = code("DRAFT-LATER", "Акт не може бути старшим за свій проєкт.",
                   "adopted_on: 2026-11-01 (проєкт зареєстровано 2026-11-10)", "adopted_on: 2026-11-19")
DRAFT_AGENDA = code("DRAFT-AGENDA", "Проєкт, з якого ухвалено акт, стоїть у порядку денному того засідання.",
                    "draft: 2026/412-p (засідання розглядало інші)", "items:\n  - no: 7\n    draft: 2026/412-p")
VOTE_FAILED = code("VOTE-FAILED", "Акт ухвалює голосування, яке набрало потрібну кількість голосів.",
                   "vote: 2026-11-19-3 (не прийнято)", "vote: 2026-11-19-4")
ADOPTED_HOW = code("ADOPTED-HOW", "Рішення ухвалюють на засіданні голосуванням; що саме називати, каже adoption у "
                   "data/council.yml.",
                   "adopted_on: 2026-11-19 (без meeting і vote)",
                   "adopted_on: 2026-11-19\nmeeting: 2026/pl-2026-11-19\nvote: 2026-11-19-4")
ACT_MEETING = code("ACT-MEETING", "Акт ухвалює засідання того самого органу того самого дня.",
                   "adopted_on: 2026-11-20\nmeeting: 2026/pl-2026-11-19",
                   "adopted_on: 2026-11-19\nmeeting: 2026/pl-2026-11-19")
RULES_HIDDEN = code("RULES-HIDDEN", "Нормативний акт не набирає чинності, доки його не оприлюднено.",
                    "is_normative: так\neffective_on: 2026-12-01 (без published_at)",
                    "is_normative: так\npublished_at: 2026-11-20 10:00\neffective_on: 2026-12-01")
CONSIDERED_FIRST = code("CONSIDERED-FIRST", "Проєкт оприлюднюють до того, як його розглядають.",
                        "published_at: 2026-11-20 10:00 (засідання було 19 листопада)",
                        "published_at: 2026-11-02 10:00")


def comes_after_its_draft(act: Act, library: Library) -> Iterator[Problem]:
    """An act is not older than its draft."""
    draft = cast("DraftAct | None", library.find("draft", act.draft)) if act.draft else None
    if draft and act.adopted_on < draft.registered_on:
        yield Problem("adopted_on", f"ухвалено раніше, ніж зареєстровано проєкт ({day(draft.registered_on)}).",
                      DRAFT_LATER)


def draft_was_on_the_agenda(act: Act, library: Library) -> Iterator[Problem]:
    """The meeting that adopted an act had its draft on the agenda."""
    draft = library.find("draft", act.draft) if act.draft else None
    meeting = library.find("meeting", act.meeting) if act.meeting else None
    if draft and meeting and meeting.key not in {card.key for card in library.related(draft, "agenda_items")}:
        yield Problem("meeting", f"проєкту «{act.draft}» немає в порядку денному цього засідання. "
                                 "Додайте його до питання (draft) або виправте засідання.", DRAFT_AGENDA)


def vote_passed(act: Act, library: Library) -> Iterator[Problem]:
    """The vote that an act names adopted it, on the same day."""
    vote = library.find("vote_event", act.vote) if act.vote else None
    if not vote:
        return
    card = vote.card(library)
    if code_of(card) == "fail":
        yield Problem("vote", f"голосування {act.vote} рішення не ухвалило. Виправте голосування або вилучіть акт.",
                      VOTE_FAILED)
    elif card.date and held_on(card) != act.adopted_on:
        yield Problem("vote", f"голосування {act.vote} відбулося {day(held_on(card))}, а не в день ухвалення.",
                      VOTE_FAILED)


def meeting_is_its_own(act: Act, library: Library) -> Iterator[Problem]:
    """The meeting is of the same body and was held on the day of adoption."""
    meeting: Any = library.find("meeting", act.meeting) if act.meeting else None
    if meeting is None:
        return
    if meeting.body != act.body:
        yield Problem("meeting", f"це засідання іншого органу ({meeting.body}). Виправте meeting або body.",
                      ACT_MEETING)
    first, last = meeting.starts_at.date(), (meeting.ended_at or meeting.starts_at).date()
    if not first <= act.adopted_on <= last:
        yield Problem("adopted_on", f"засідання було {day(first)}. Виправте день ухвалення або meeting.", ACT_MEETING)


def is_adopted_by_a_vote(act: Act, library: Library) -> Iterator[Problem]:
    """An act names what adopted it, as the council asks for acts of its body."""
    council = council_of(library)
    asked = what_adopts(council, act) if council and act.type.value == "decision" else None
    if asked is None or (asked.starts_on and act.adopted_on < asked.starts_on):
        return
    missing = [name for name in asked.needs if not getattr(act, name)]
    if missing:
        yield Problem("adopted_on", f"немає {' і '.join(missing)}. Назвіть, чим ухвалено: засідання, голосування.",
                      ADOPTED_HOW)


def what_adopts(council: Council, act: Act) -> Adoption | None:
    """What acts of this body need: as the council says, else a meeting and a vote for its own since evidence exists."""
    stated = [item for item in council.adoption if item.body == act.body]
    if stated or act.body != council.council_id or council.evidence_from is None:
        return stated[0] if stated else None
    return Adoption(body=act.body, starts_on=council.evidence_from)


def rules_are_published_first(act: Act, library: Library) -> Iterator[Problem]:
    """No day of entry into force for rules that nobody could read; of an archive the publication may be unknown."""
    council = council_of(library)
    begins = council.evidence_from if council else None
    if act.is_normative and act.effective_on and not act.published_at and begins and act.adopted_on >= begins:
        yield Problem("effective_on", "нормативний акт не оприлюднено. Додайте published_at або вилучіть effective_on.",
                      RULES_HIDDEN)


def is_published_before_it_is_considered(draft: DraftAct, library: Library) -> Iterator[Problem]:
    """The meeting that decides comes after the publication; where it did not, the record says so and readers see it."""
    if not draft.published_at:
        return
    for item in agenda_items(draft, library):
        if item.type in DECIDING_MEETINGS and code_of(item) != "moved" and held_on(item) < draft.published_at.date():
            yield Problem("published_at", f"розглянуто {day(held_on(item))}, раніше за оприлюднення. Перевірте дати.",
                          CONSIDERED_FIRST, Weight.REMARK)
            return
