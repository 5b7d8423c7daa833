"""The minutes on paper: the council's own text under the headings of the form, and what only the record knows.

One rule decides what is printed from where. The text of the minutes (`minutes.md`) is printed whole, in its order; the
record adds a requisite only where the text does not have it: names of those present, the agenda, who presented and
spoke, a vote, a decision, an item that the text passes over. So nothing stands twice, and where both know a number the
text's is the one that is read. Two things of the text give way to the form's own: its title line, and closing lines
that say no more than the two signatures.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import ClassVar

from plugins.documents.model import Flow, Signature, on_paper, plain_flow
from plugins.records import Library, frozen, plain
from plugins.records.components import sentence, upper_first
from plugins.ukrainian import NBSP

from .agenda import away_names, conflict_words, title_of
from .agenda_form import DRAFT_MARK, Question, presenter_words, questions_of
from .completeness import acts_of, not_in_minutes
from .form import Labelled, MeetingForm, head_of
from .minutes_people import facts, people, signers
from .minutes_text import (
    ACCOUNT,
    CONFLICT,
    DECIDED,
    HALF,
    HEARD,
    SPOKE,
    VOTED,
    Passage,
    Section,
    is_said,
    passages,
    words_in,
)
from .minutes_told import Told, level_of, told
from .model import AgendaItem, Meeting, MinutesStatus, Motion, Requirement

COURSE = "Розгляд питань"


@frozen
class Chapter:
    """A heading of the minutes with what stands under it."""

    heading: str
    level: int
    passages: tuple[Passage, ...]


@frozen(kw_only=True)
class MinutesForm(MeetingForm):
    """The minutes. `opening` and `before` are of the text, ahead of the agenda; `course` is questions and the rest."""

    template: ClassVar[str] = "minutes.typ"

    facts: tuple[Labelled, ...]
    opening: Flow
    before: tuple[Chapter, ...]
    people: tuple[Labelled, ...]
    agenda: tuple[Question, ...]
    course_title: str
    course: tuple[Chapter, ...]
    signatures: tuple[Signature, ...]


def minutes_form(meeting: Meeting, library: Library) -> MinutesForm:
    """The printed minutes of a meeting that has minutes."""
    minutes = meeting.minutes
    assert minutes
    head = head_of(meeting, library, "Протокол", minutes.number)
    signing = tuple(signers(meeting, library))
    text = told(meeting, library, head, signing)
    return MinutesForm(
        **{**head, "on": minutes.signed_on or meeting.day}, signatures=signing,
        mark=DRAFT_MARK if minutes.status is MinutesStatus.DRAFT else "", facts=tuple(facts(meeting, library)),
        opening=text.opening, before=tuple(_chapter(section, 2) for section in text.before),
        people=tuple(people(meeting, text.attendance, library)),
        agenda=() if text.has_agenda else questions_of(meeting, library),
        course_title=text.course_title or COURSE, course=tuple(_course(text, meeting, library)))


# --------------------------------------------------------------------------- the course

def _chapter(section: Section, level: int) -> Chapter:
    return Chapter(section.words, level, (Passage(ACCOUNT, section.blocks),) if section.blocks else ())


def _course(text: Told, meeting: Meeting, library: Library) -> Iterator[Chapter]:
    """Sections of the text with what the record adds; questions that it passes over stand at their place."""
    if not text.has_questions:
        yield from _course_in_one(text, meeting, library)
        return
    written = {place for place, _ in text.course}
    waiting = [place for place in range(len(meeting.items)) if place not in written]
    for place, section in text.course:
        while place is not None and waiting and waiting[0] < place:
            yield _unwritten(meeting.items[waiting.pop(0)], meeting, library)
        if place is None:
            yield _chapter(section, 3 if section.heading and level_of(section) > 2 else 2)
        else:
            yield Chapter(section.words, 3, tuple(_question(meeting.items[place], section.blocks, meeting, library)))
    for place in waiting:
        yield _unwritten(meeting.items[place], meeting, library)


def _course_in_one(text: Told, meeting: Meeting, library: Library) -> Iterator[Chapter]:
    """A text without headings of questions as it is; then questions and votes that it does not speak of."""
    yield from (_chapter(section, 2) for _, section in text.course)
    blocks = tuple(block for _, section in text.course for block in section.blocks)
    words, kinds = words_in(blocks), {passage.kind for passage in passages(blocks)}
    lost = {item.no for item in not_in_minutes(meeting, library)} if blocks else {item.no for item in meeting.items}
    for item in meeting.items:
        if item.no in lost:
            yield _unwritten(item, meeting, library)
        elif votes := _untold(item, words, kinds):
            yield Chapter(_heading(item, library), 3, (_votes(votes),))


def _unwritten(item: AgendaItem, meeting: Meeting, library: Library) -> Chapter:
    return Chapter(_heading(item, library), 3, tuple(_question(item, (), meeting, library)))


def _heading(item: AgendaItem, library: Library) -> str:
    return f"{item.number}.{NBSP}{on_paper(title_of(item, library))}"


def _question(item: AgendaItem, blocks: Flow, meeting: Meeting, library: Library) -> list[Passage]:
    """What the text says of a question, and what it does not say from the record, in the order of the form."""
    found, text = passages(blocks), words_in(blocks)
    kinds = {passage.kind for passage in found}
    if HEARD not in kinds and (presenter := presenter_words(item, meeting, library)):
        found[:0] = _passage(HEARD, sentence(presenter))
    if SPOKE not in kinds and item.speakers:
        _add_speakers(found, item.speakers, text)
    if CONFLICT not in kinds:
        place = next((i for i, passage in enumerate(found) if passage.kind in (VOTED, DECIDED)), len(found))
        found[place:place] = _passage(CONFLICT, " ".join(conflict_words(item, library)))
    votes = _untold(item, text, kinds)
    if away := [name for name in away_names(item, meeting, library) if not is_said(name, text, HALF)]:
        votes.append(sentence(f"Не було в залі: {', '.join(away)}"))
    if votes:
        _add_votes(found, _votes(votes))
    if DECIDED not in kinds:
        found += _passage(DECIDED, decision_words(item, meeting, library))
    return found


def _untold(item: AgendaItem, text: str, kinds: set[str]) -> list[str]:
    """The votes on a question of which the text does not speak, in words."""
    return [motion_words(motion) for motion in item.votes if not _is_told(motion, item, text, kinds)]


def _votes(votes: Sequence[str]) -> Passage:
    return Passage(VOTED, tuple(block for vote in votes for block in plain_flow(vote)))


def _add_votes(found: list[Passage], votes: Passage) -> None:
    """Under the votes of the text, else before the decision."""
    for place, passage in reversed(list(enumerate(found))):
        if passage.kind == VOTED:
            found[place] = Passage(VOTED, (*passage.blocks, *votes.blocks), passage.own)
            return
    place = next((i for i, passage in enumerate(found) if passage.kind == DECIDED), len(found))
    found.insert(place, votes)


def _passage(kind: str, words: str) -> list[Passage]:
    return [Passage(kind, plain_flow(words))] if words else []


def _add_speakers(found: list[Passage], speakers: Sequence[str], text: str) -> None:
    """The account of the text is what they said where it names one of them; names stand alone where it names none."""
    unsaid = [on_paper(name) for name in speakers if not is_said(name, text, HALF)]
    account = next((i for i, passage in enumerate(found) if passage.kind == ACCOUNT), None)
    if account is None or len(unsaid) == len(speakers):
        place = next((i for i, passage in enumerate(found) if passage.kind != HEARD), len(found))
        found[place:place] = _passage(SPOKE, sentence(", ".join(unsaid)) if unsaid else "")
        return
    found[account] = Passage(SPOKE, found[account].blocks)
    if unsaid:
        found[account + 1:account + 1] = _passage(ACCOUNT, sentence(f"Виступили також: {', '.join(unsaid)}"))


def _is_told(motion: Motion, item: AgendaItem, text: str, kinds: set[str]) -> bool:
    """True if the text has this vote: by its identifier, or, in a text without identifiers, by any words on votes."""
    if any(other.uid in text for other in item.votes):
        return re.search(rf"(?<![\w-]){re.escape(motion.uid)}(?![\w-])", text) is not None
    return VOTED in kinds


# --------------------------------------------------------------------------- words of the record

def motion_words(motion: Motion) -> str:
    """«Затвердити порядок денний у цілому. За — 23, проти — 0, утрималися — 0, …, відсутні — 4. Прийнято.»"""
    counts = motion.counts
    needs = "" if motion.requirement is Requirement.MAJORITY else f" Потрібно: {motion.requirement.label}."
    secret = " Таємне голосування." if motion.is_secret else ""
    told = ", ".join(f"{word}{NBSP}—{NBSP}{count}" for word, count in (
        ("За", counts.yes), ("проти", counts.no), ("утрималися", counts.abstain),
        ("не голосували", counts.not_voting), ("відсутні", counts.absent)))
    result = f"{motion.result.label}{' без кворуму' * motion.without_quorum}."
    return f"{sentence(on_paper(plain(motion.text)) or upper_first(motion.type.label))}{secret}{needs} {told}. {result}"


def decision_words(item: AgendaItem, meeting: Meeting, library: Library) -> str:
    """The resolution or the outcome in a word, and the acts that came of it."""
    outcome = item.outcome()
    place = meeting.items.index(item)
    said = on_paper(plain(meeting.words("items", place, "resolution"))) or (outcome.label if outcome else "")
    acts = [f"Рішення №{NBSP}{act.number}." for act in acts_of(item, meeting, library) if act.number]
    reason = on_paper(plain(meeting.words("items", place, "removed_reason")))
    return " ".join(filter(None, (sentence(said) if said else "", sentence(reason) if reason else "", *acts)))
