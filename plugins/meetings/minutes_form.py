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
from typing import Any, ClassVar

from plugins.documents.model import Flow, Signature, flow, plain_flow
from plugins.people.model import (
    Organization,
    OrganizationKind,
    Person,
    council_of,
    highest_post,
    mayor_on,
    members_on,
    post_in_body,
    told_apart,
)
from plugins.records import Library, frozen, plain
from plugins.records.components import sentence, upper_first
from plugins.ukrainian import NBSP, clock, moment, typeset

from .agenda import away_names, conflict_words, presenter_of, title_of
from .agenda_form import DRAFT_MARK, Question, questions_of
from .attendance import names, quorum_words, stay_hours
from .completeness import MOST, acts_of, not_in_minutes
from .form import Labelled, MeetingForm, absolute, head_of, named, signature_of, where
from .minutes_text import (
    ACCOUNT,
    DECIDED,
    HEARD,
    SPOKE,
    VOTED,
    Passage,
    Section,
    is_said,
    passages,
    question_of,
    sections,
    words_in,
)
from .model import AgendaItem, Meeting, MinutesStatus, Motion, Requirement

ATTENDANCE = re.compile(r"присутн|склад|реєстрац", re.IGNORECASE)
AGENDA = re.compile(r"порядок денний", re.IGNORECASE)
SENTENCE_END = re.compile(r"(?:(?<=\w{4})|(?<=\d)|(?<=»))\.(?:\s+(?=[А-ЯҐЄІЇ])|\s*$)")
COURSE = "Розгляд питань"
HALF = 0.5


@frozen
class Chapter:
    """A heading of the minutes with what stands under it. `number` and `marks` are of a question of the agenda."""

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
    signers = tuple(_signers(meeting, library))
    told = _told(meeting, library, head, signers)
    return MinutesForm(
        **{**head, "on": minutes.signed_on or meeting.day}, signatures=signers,
        mark=DRAFT_MARK if minutes.status is MinutesStatus.DRAFT else "", facts=tuple(_facts(meeting, library)),
        opening=told.opening, before=tuple(_chapter(section, 2) for section in told.before),
        people=tuple(_people(meeting, told.attendance, library)),
        agenda=() if told.has_agenda else questions_of(meeting, library),
        course_title=told.course_title or COURSE, course=tuple(_course(told, meeting, library)))


# --------------------------------------------------------------------------- what the text tells

@frozen
class Told:
    """The text of the minutes by its parts. `course`: (place of the question in the agenda or None, its section)."""

    opening: Flow
    before: tuple[Section, ...]
    course: tuple[tuple[int | None, Section], ...]
    course_title: str

    @property
    def attendance(self) -> str:
        """What the text says of those present; empty where it has no such part."""
        return " ".join(words_in(part.blocks) for part in self.before if ATTENDANCE.search(part.words))

    @property
    def has_agenda(self) -> bool:
        """True where the text lists the questions itself."""
        return any(AGENDA.match(part.words) for part in self.before)

    @property
    def has_questions(self) -> bool:
        """True where questions have headings of their own."""
        return any(place is not None for place, _ in self.course)


def _told(meeting: Meeting, library: Library, head: dict[str, Any], signers: Sequence[Signature]) -> Told:
    blocks = flow(meeting.html("minutes.text"), absolute(f"{meeting.url}protokol/", library))
    found = sections(_without_signatures(_without_title(blocks, head, meeting), signers))
    titles = [(item.number, title_of(item, library)) for item in meeting.items]
    opening = found.pop(0).blocks if found and found[0].heading is None else ()
    before: list[Section] = []
    course: list[tuple[int | None, Section]] = []
    for section in found:
        place = question_of(section.words, titles)
        if place is not None and place not in [known for known, _ in course]:
            course.append((place, section))
        elif course and _level(section) > _level(course[-1][1]):
            course[-1] = (course[-1][0], _joined(course[-1][1], section))
        elif course:
            course.append((None, section))
        else:
            before.append(section)
    if not course:  # a text without headings of questions is the course as a whole
        course = [(None, section) for section in before if not ATTENDANCE.search(section.words)]
        before = [section for section in before if ATTENDANCE.search(section.words)]
        course, opening = ([(None, Section(None, opening)), *course] if opening else course), ()
    is_frame = bool(before and not before[-1].blocks and course)
    return Told(opening, tuple(before[:-1] if is_frame else before), tuple(course),
                before[-1].words if is_frame else "")


def _level(section: Section) -> int:
    return int(section.heading["level"]) if section.heading else 1


def _joined(section: Section, below: Section) -> Section:
    """A section with a deeper one in it: its heading stands below that of a question."""
    assert below.heading
    return Section(section.heading, (*section.blocks, {**below.heading, "level": 4}, *below.blocks))


def _without_title(blocks: Flow, head: dict[str, Any], meeting: Meeting) -> Flow:
    """The text without its title line, if the head of the form says the same."""
    if not blocks or blocks[0]["kind"] != "p" or not isinstance(blocks[0]["content"][0], str):
        return blocks
    first, *rest = blocks[0]["content"]
    end = SENTENCE_END.search(first)
    line = first[:end.end()] if end else "" if rest else first
    known = " ".join((head["title"], *head["head"].names, head["brand"].name_genitive, head["subject"], "проєкт"))
    is_title = re.match(r"(?:проєкт )?протокол", line, re.IGNORECASE)
    if not is_title or not is_said(words_in([{"content": line}]), known, MOST):
        return blocks
    content = [first[len(line):].lstrip(), *rest]
    return ({**blocks[0], "content": content}, *blocks[1:]) if any(content) else blocks[1:]


def _without_signatures(blocks: Flow, signers: Sequence[Signature]) -> Flow:
    """The text without closing lines that say no more than the signatures of the form."""
    known = "Головує, головував, головувала, головуючий, головуюча; секретар засідання. " + " ".join(
        f"{signer.post} {signer.name}" for signer in signers)
    end = len(blocks)
    while end and blocks[end - 1]["kind"] == "p" and is_said(words_in([blocks[end - 1]]), known):
        end -= 1
    return blocks[:end]


# --------------------------------------------------------------------------- who was there

def _facts(meeting: Meeting, library: Library) -> Iterator[Labelled]:
    ended, chair, clerk = meeting.ended_at, meeting.chair, meeting.clerk
    yield Labelled("Початок", clock(meeting.starts_at))
    if ended:
        yield Labelled("Закінчення", clock(ended) if ended.date() == meeting.day else moment(ended))
    yield from where(meeting)
    if person := library.get(Person, chair) if chair else None:
        yield Labelled("Головувала" if person.is_female else "Головував", named(person, meeting, library))
    if person := library.get(Person, clerk) if clerk else None:
        yield Labelled("Секретар засідання", named(person, meeting, library))


def _people(meeting: Meeting, said: str, library: Library) -> Iterator[Labelled]:
    """Counts where the text has no part on attendance; each list of which the text names less than half."""
    lists, quorum = meeting.attendance, quorum_words(meeting, library)
    if quorum and not said:
        yield Labelled("Загальний склад", ", ".join(quorum))
    if lists:
        for label, keys in (("Присутні", lists.present), ("Дистанційно", lists.remote),
                            ("Відсутні з поважних причин", lists.excused), ("Відсутні", lists.absent)):
            yield from _unsaid(label, _present(keys, meeting, library), said)
        stays = [f"{name} ({stay_hours(stay)})" for stay in lists.stays for name in names([stay.person], library)]
        yield from _unsaid("Не весь час", stays, said)
    yield from _unsaid("Запрошені", [typeset(guest) for guest in meeting.guests], said)


def _present(keys: Sequence[str], meeting: Meeting, library: Library) -> list[str]:
    """Short names; the mayor, who is counted beside the deputies of the council, with the post."""
    council = council_of(library)
    mayor = mayor_on(library, meeting.day) if council and meeting.body == council.council_id else None
    own = told_apart(mayor, library) if mayor and mayor.id in keys else ""
    return [f"{name} (міський голова)" if name == own else name for name in names(keys, library)]


def _unsaid(label: str, people: Sequence[str], said: str) -> Iterator[Labelled]:
    if people and sum(is_said(name, said, HALF) for name in people) < HALF * len(people):
        yield Labelled(label, ", ".join(people))


def _signers(meeting: Meeting, library: Library) -> Iterator[Signature]:
    """The chair by the post in the body, the clerk."""
    if person := library.get(Person, meeting.chair) if meeting.chair else None:
        yield signature_of(person, _post_in_chair(person, meeting, library))
    if person := library.get(Person, meeting.clerk) if meeting.clerk else None:
        yield signature_of(person, "секретар засідання")


def _post_in_chair(person: Person, meeting: Meeting, library: Library) -> str:
    """«голова комісії» in a committee, «міський голова» elsewhere; who has no post presides."""
    body = library.get(Organization, meeting.body)
    if body and body.type is OrganizationKind.COMMITTEE:
        held = next((held for held in members_on(library, body.id, meeting.day) if held.person == person.id), None)
        return post_in_body(held, person, body) if held else "головуюча" if person.is_female else "головуючий"
    return highest_post(person, meeting.day, library) or ("головуюча" if person.is_female else "головуючий")


# --------------------------------------------------------------------------- the course

def _chapter(section: Section, level: int) -> Chapter:
    return Chapter(section.words, level, (Passage(ACCOUNT, section.blocks),) if section.blocks else ())


def _course(told: Told, meeting: Meeting, library: Library) -> Iterator[Chapter]:
    """Sections of the text with what the record adds; questions that it passes over stand at their place."""
    written = {place for place, _ in told.course if place is not None}
    lost = {place for place in range(len(meeting.items)) if place not in written} if told.has_questions else {
        meeting.items.index(item) for item in not_in_minutes(meeting, library)}
    waiting = sorted(lost)
    for place, section in told.course:
        while place is not None and waiting and waiting[0] < place:
            yield _unwritten(meeting.items[waiting.pop(0)], meeting, library)
        if place is None:
            yield _chapter(section, 3 if section.heading and _level(section) > 2 else 2)
        else:
            yield Chapter(section.words, 3, tuple(_question(meeting.items[place], section.blocks, meeting, library)))
    for place in waiting:
        yield _unwritten(meeting.items[place], meeting, library)


def _unwritten(item: AgendaItem, meeting: Meeting, library: Library) -> Chapter:
    title = typeset(title_of(item, library))
    return Chapter(f"{item.number}.{NBSP}{title}", 3, tuple(_question(item, (), meeting, library)))


def _question(item: AgendaItem, blocks: Flow, meeting: Meeting, library: Library) -> list[Passage]:
    """What the text says of a question, and what it does not say from the record, in the order of the form."""
    found, text = passages(blocks), words_in(blocks)
    kinds = {passage.kind for passage in found}
    if HEARD not in kinds:
        found[:0] = _passage(HEARD, presenter_words(item, meeting, library))
    if SPOKE not in kinds and item.speakers:
        _add_speakers(found, item.speakers, text)
    place = next((i for i, passage in enumerate(found) if passage.kind in (VOTED, DECIDED)), len(found))
    found[place:place] = _passage(ACCOUNT, " ".join(_remarks(item, text, meeting, library)))
    votes = [motion_words(motion) for motion in item.votes if not _is_told(motion, item, text, kinds)]
    place = next((i for i, passage in enumerate(found) if passage.kind == DECIDED), len(found))
    found[place:place] = [Passage(VOTED, tuple(block for vote in votes for block in plain_flow(vote)))] if votes else []
    if DECIDED not in kinds:
        found += _passage(DECIDED, decision_words(item, meeting, library))
    return found


def _passage(kind: str, words: str) -> list[Passage]:
    return [Passage(kind, plain_flow(words))] if words else []


def _add_speakers(found: list[Passage], speakers: Sequence[str], text: str) -> None:
    """The account of the text is what they said where it names one of them; names stand alone where it names none."""
    unsaid = [typeset(name) for name in speakers if not is_said(name, text, HALF)]
    account = next((i for i, passage in enumerate(found) if passage.kind == ACCOUNT), None)
    if account is None or len(unsaid) == len(speakers):
        place = next((i for i, passage in enumerate(found) if passage.kind != HEARD), len(found))
        found[place:place] = _passage(SPOKE, sentence(", ".join(unsaid)) if unsaid else "")
        return
    found[account] = Passage(SPOKE, found[account].blocks)
    if unsaid:
        found[account + 1:account + 1] = _passage(ACCOUNT, sentence(f"Виступили також: {', '.join(unsaid)}"))


def _remarks(item: AgendaItem, text: str, meeting: Meeting, library: Library) -> Iterator[str]:
    """Declared conflicts of interest and who was away, if the text does not speak of them."""
    if "конфлікт" not in text.lower():
        yield from conflict_words(item, library)
    away = [name for name in away_names(item, meeting, library) if not is_said(name, text, HALF)]
    if away:
        yield sentence(f"Не було в залі: {', '.join(away)}")


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
    told = ", ".join(f"{word}{NBSP}— {count}" for word, count in (
        ("За", counts.yes), ("проти", counts.no), ("утрималися", counts.abstain),
        ("не голосували", counts.not_voting), ("відсутні", counts.absent)))
    result = f"{motion.result.label}{' без кворуму' * motion.without_quorum}."
    return f"{sentence(typeset(plain(motion.text)) or upper_first(motion.type.label))}{secret}{needs} {told}. {result}"


def decision_words(item: AgendaItem, meeting: Meeting, library: Library) -> str:
    """The resolution or the outcome in a word, and the acts that came of it."""
    outcome = item.outcome()
    place = meeting.items.index(item)
    said = typeset(plain(meeting.words("items", place, "resolution"))) or (outcome.label if outcome else "")
    acts = [f"Рішення №{NBSP}{act.number}." for act in acts_of(item, meeting, library) if act.number]
    reason = typeset(plain(meeting.words("items", place, "removed_reason")))
    return " ".join(filter(None, (sentence(said) if said else "", sentence(reason) if reason else "", *acts)))


def presenter_words(item: AgendaItem, meeting: Meeting, library: Library) -> str:
    """«Доповідає: начальниця фінансового управління Бистрик Н. В.»"""
    person, name = presenter_of(item, library)
    post = highest_post(person, meeting.day, library) if person else ""
    return sentence(f"Доповідає: {post} {name}".replace(":  ", ": ")) if name else ""
