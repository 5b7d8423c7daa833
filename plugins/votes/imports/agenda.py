"""The agenda of a meeting: which item each vote belongs to, by its printed number or, without one, by its words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from plugins.acts.model import DraftAct
from plugins.meetings.model import AgendaItem, Counts, MotionType, Requirement, VoteResult
from plugins.records import Library
from plugins.ukrainian import clean
from plugins.votes.model import Vote

from .raw import Notes, RawMotion
from .sittings import Sitting

LONGEST_TITLE = 500
NUMBERED = re.compile(r"(?P<number>\d{1,3}(?:\.\d{1,3})*)\.\s+(?P<words>про\s.+)", re.I)
PROCEDURAL = "Процедурні питання"
NO_NUMBER = "—"
"""How the item of votes without a number is printed."""
DRAFT_AGE = 1_100
"""Days: numbers of drafts begin anew each year, and an older one is another draft."""


@dataclass(slots=True)
class Planned:
    """A motion to record. `item` is the printed number of its agenda item; `is_new` False: only names are added."""

    raw: RawMotion
    uid: str
    at: str
    item: str
    type: MotionType
    requirement: Requirement
    counts: Counts
    result: VoteResult
    text: str = ""
    unnamed: Counts | None = None
    is_secret: bool = False
    mayor_votes: bool = True
    without_quorum: bool = False
    votes: list[Vote] = field(default_factory=list)
    is_new: bool = True
    title: str = ""
    """The question of the agenda, where the source tells it apart from the motion."""
    note: str = ""
    """What stands above the result for the editor: the source's own word, where another is recorded."""


@dataclass(slots=True)
class PlannedItem:
    """An agenda item with motions to add; `item` is None for a new one."""

    no: int
    label: str
    title: str
    draft: str = ""
    draft_number: str = ""
    item: AgendaItem | None = None
    motions: list[Planned] = field(default_factory=list)


class Agenda:
    """The items of one meeting, recorded and new."""

    def __init__(self, sitting: Sitting, library: Library, notes: Notes, is_national: bool) -> None:
        self.sitting, self.library, self.notes, self.is_national = sitting, library, notes, is_national
        self.items = sitting.meeting.items if sitting.meeting else ()
        self.highest = 0

    def grouped(self, planned: list[Planned]) -> Iterator[PlannedItem]:
        known = {item.number: item for item in self.items if item.number != NO_NUMBER or not item.no}
        known |= {f"{NO_NUMBER} {subject}": item for item in self.items if (subject := self._subject(item))}
        groups: dict[str, list[Planned]] = {}
        for motion in planned:  # an item may be meant by its number and by its words
            item = known.get(motion.item)
            groups.setdefault(item.number if item and item.number in known else motion.item, []).append(motion)
        taken = {item.no for item in self.items}
        self.highest = max([0, *taken, *(int(label) for label in groups if label.isdigit())])
        order = list(groups) if self.is_national else sorted(groups, key=_natural)
        for label in sorted(order, key=lambda label: label not in known):
            motions = groups[label]
            if item := known.get(label):
                self._same_question(item, motions)
                for motion in motions:
                    motion.text = "" if motion.text == self._subject(item) else motion.text
                yield PlannedItem(item.no, item.label, item.title, item=item, motions=motions)
            else:
                yield self._new_item(label, motions, taken)

    def _new_item(self, label: str, motions: list[Planned], taken: set[int]) -> PlannedItem:
        if label.isdigit() and int(label) not in taken:
            no, shown = int(label), ""
        elif label == NO_NUMBER and 0 not in taken:
            no, shown = 0, NO_NUMBER
        else:
            self.highest = no = self.highest + 1
            shown = label.split(" ")[0]
        taken.add(no)
        texts = [motion.text for motion in motions if motion.text]
        named = next((motion.title for motion in motions if motion.title), "") or next(
            (text for text in texts if text.lower().startswith("про ")), texts[0] if texts else f"Питання {label}")
        title = PROCEDURAL if label == NO_NUMBER and not self.is_national else named
        draft = self._draft(motions[0].raw)
        for motion in motions:
            motion.text = "" if motion.text == title and len(title) <= LONGEST_TITLE else motion.text
        if len(title) > LONGEST_TITLE:
            title = title[:LONGEST_TITLE - 20].rsplit(" ", 1)[0] + "…"
        is_drafts = draft is not None and draft.title == title
        return PlannedItem(no, shown, "" if is_drafts else title, draft.key if draft else "",
                           "" if draft else motions[0].raw.project, motions=motions)

    def _draft(self, raw: RawMotion) -> DraftAct | None:
        """The draft of that number, the latest before the meeting."""
        if not raw.project:
            return None
        day = self.sitting.day
        found = [draft for draft in self.library.records if isinstance(draft, DraftAct) and draft.number == raw.project
                 and draft.body == self.sitting.body and 0 <= (day - draft.registered_on).days <= DRAFT_AGE]
        return max(found, key=lambda draft: (draft.registered_on, draft.key), default=None)

    def _subject(self, item: AgendaItem) -> str:
        draft = self.library.get(DraftAct, item.draft) if item.draft else None
        return item.title or (draft.title if draft else "")

    def _same_question(self, item: AgendaItem, motions: list[Planned]) -> None:
        """The number of an item and its words belong together: a shifted agenda is found before it does harm."""
        subject = self._subject(item)
        for motion in motions:
            text = motion.title or motion.text
            if text.lower().startswith("про ") and subject.lower().startswith("про ") and motion.is_new:
                mine, theirs = _stems(text), _stems(subject)
                if mine and theirs and len(mine & theirs) / min(len(mine), len(theirs)) < 0.3:
                    self.notes.add("question", motion.raw.spot, f"питання {item.number} у джерелі — "
                                   f"«{text[:80]}», а в засіданні — «{subject[:80]}».")


def item_of(raw: RawMotion) -> tuple[str, str]:
    """(the printed number of the agenda item, its title): the number may stand before the words, «5. Про …».

    A question without a number is known by its words; what is no question («Перерва») is procedural.
    """
    item, title = printed(raw.item), raw.title
    if raw.is_national:
        return item, title
    if item == NO_NUMBER and (match := NUMBERED.fullmatch(title or raw.text)):
        return printed(match["number"]), match["words"]
    question = title or (raw.text if raw.text.lower().startswith("про ") else "")
    return (f"{NO_NUMBER} {question}" if item == NO_NUMBER and question else item), title


def without_number(text: str, item: str) -> str:
    """«Про …» for «5. Про …» under item 5: the number is told apart."""
    match = NUMBERED.fullmatch(text)
    return match["words"] if match and printed(match["number"]) == item else text


def printed(text: str) -> str:
    """The number of an agenda item as it is compared: «12.» and «012» are «12»; nothing is the dash."""
    number = clean(text).strip(" .№)")
    if number in ("", "0", "-", NO_NUMBER):
        return NO_NUMBER
    return str(int(number)) if number.isascii() and number.isdigit() and len(number) < 9 else number[:60]


def _natural(label: str) -> tuple[tuple[int, int, str], ...]:
    """Sort key: the dash, 2, 12, 12.1, words."""
    if label == NO_NUMBER:
        return ()
    if label.startswith(NO_NUMBER):
        return ((2, 0, ""),)  # in the order of their votes
    parts = re.findall(r"[0-9]+|[^0-9.\s]+", label)
    return tuple((0, int(part), "") if part.isdigit() else (1, 0, part) for part in parts)


def _stems(text: str) -> set[str]:
    return {word[:5] for word in re.findall(r"\w{4,}", text.lower())}
