"""The text of minutes by its parts, without what the form says in its own place.

Two things of the text give way to the form's own: its title line, if the head of the form says the same, and closing
lines that say no more than the signatures.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from plugins.documents.model import Flow, Signature, flow
from plugins.records import Library, frozen

from .agenda import title_of
from .completeness import MOST
from .form import absolute
from .minutes_text import Section, is_said, question_of, sections, words_in
from .model import Meeting

ATTENDANCE = re.compile(r"присутн|склад|реєстрац", re.IGNORECASE)
AGENDA = re.compile(r"порядок денний", re.IGNORECASE)
SENTENCE_END = re.compile(r"(?:(?<=\w{4})|(?<=\d)|(?<=»))\.(?:\s+(?=[А-ЯҐЄІЇ])|\s*$)")


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


def told(meeting: Meeting, library: Library, head: dict[str, Any], signers: Sequence[Signature]) -> Told:
    """The parts of a meeting's minutes; empty for minutes without a text."""
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
        elif course and level_of(section) > level_of(course[-1][1]):
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


def level_of(section: Section) -> int:
    """The level of its heading."""
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
    known = " ".join((head["title"], *head["head"].names, head["brand"].name_genitive, meeting.heading, "проєкт"))
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
