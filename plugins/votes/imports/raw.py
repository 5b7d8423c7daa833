"""What a source says of a vote, before anybody asks whether it is true; and what was found wrong with it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from plugins.votes.model import VoteOption


class Refused(Exception):
    """A file that is not read: what is wrong with it, in Ukrainian."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in a source: its file as messages name it, and a line, or a page, row or column in words."""

    file: str
    line: int = 0
    part: str = ""

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}, {self.part}" if self.part else place


@dataclass(frozen=True, slots=True)
class RawVote:
    """One member's vote as it was written. `ident` is a number or identifier, where the source has one."""

    name: str
    word: str
    spot: Spot
    ident: str = ""


@dataclass(slots=True)
class RawMotion:
    """A vote as its source tells it; what the source does not say is empty or None.

    `held_at` is the local time of Kyiv without an offset. `item` is the number of the agenda item as printed, `title`
    its words where they are told apart from the motion's `text`. `counts` holds stated totals only. `uid` is an
    identifier that the source gives, `seq` the number of the vote in its sitting with the day of the file's name before
    it: «210224-5», «-5».
    """

    spot: Spot
    body: str = ""
    session: str = ""
    held_at: datetime | None = None
    held_on: date | None = None
    item: str = ""
    title: str = ""
    text: str = ""
    is_secret: bool = False
    counts: dict[VoteOption, int] = field(default_factory=dict)
    total: int | None = None
    result: str = ""
    votes: list[RawVote] = field(default_factory=list)
    uid: str = ""
    seq: str = ""
    meeting_id: str = ""
    body_code: str = ""
    is_national: bool = False
    convocation: str = ""
    project: str = ""

    @property
    def day(self) -> date | None:
        """The day of the vote by the calendar."""
        return self.held_on or (self.held_at.date() if self.held_at else None)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of trouble: what it is, and what accepting it means; empty: it can only be resolved."""

    name: str
    title: str
    meaning: str = ""


KINDS = {kind.name: kind for kind in (
    Kind("masked-names", "прізвище в джерелі приховано", "порахувати такий голос без імені"),
    Kind("unknown-people", "особи немає в реєстрі", "порахувати такий голос без імені"),
    Kind("ambiguous-names", "ім’я пасує кільком особам", "порахувати такий голос без імені"),
    Kind("no-mandate", "особа того дня не мала голосу", "порахувати такий голос без імені"),
    Kind("missing-members", "у переліку немає когось зі складу", "записати, що цих осіб не було («Відсутній»)"),
    Kind("no-mayor", "міського голови немає в переліку", "записати, що голова не голосує (mayor_votes: ні)"),
    Kind("duplicate-votes", "та сама особа двічі з тим самим голосом", "лишити один голос"),
    Kind("counts", "підсумок не дорівнює сумі голосів", "записати підсумок за поіменними голосами"),
    Kind("requirement", "результат сходиться лише за іншої потрібної більшості",
         "записати ту більшість (дві третини чи більшість присутніх), за якої він сходиться"),
    Kind("result", "результат не відповідає арифметиці або його немає", "записати результат за арифметикою"),
    Kind("quorum", "рішення названо прийнятим, а кворуму не було",
         "записати, що його прийнято без кворуму (without_quorum: так)"),
    Kind("secret", "голосів поіменно немає", "записати голосування як таємне"),
    Kind("session", "сесія чи скликання не такі, як у записах ради", "лишити номери, що є в записах ради"),
    Kind("organization", "назва чи код органу не ті", "перенести все одно до цього органу"),
    Kind("question", "під цим номером у порядку денному інше питання", "додати голосування до цього питання"),
    Kind("recorded", "голосування вже записано інакше", "лишити те, що записано"),
    Kind("time", "час голосування поза часом засідання", "записати голосування без часу"),
    Kind("option-words", "слово голосу невідоме"),
    Kind("conflicting-votes", "та сама особа двічі з різними голосами"),
    Kind("meeting", "не зрозуміло, яке це засідання"),
    Kind("source", "файл або його частину не вдається прочитати"),
    Kind("check", "запис не пройшов перевірки сайту"),
)}
ACCEPTABLE = tuple(name for name, kind in KINDS.items() if kind.meaning)
@dataclass(frozen=True, slots=True, order=True)
class Trouble:
    """Something that stands in the way, with its place."""

    place: str
    kind: str
    text: str

    def __str__(self) -> str:
        return f"{self.place}: {self.text} [{self.kind}]"


@dataclass(slots=True)
class Notes:
    """What a run has to say: troubles, those that were accepted, and remarks that stop nothing; each once, in order."""

    accepted: frozenset[str] = frozenset()
    troubles: list[Trouble] = field(default_factory=list)
    taken: list[Trouble] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    def add(self, kind: str, spot: Spot | str, text: str) -> bool:
        """Note a trouble. True if it was accepted beforehand."""
        is_taken = kind in self.accepted and bool(KINDS[kind].meaning)
        target, trouble = self.taken if is_taken else self.troubles, Trouble(str(spot), kind, text)
        if trouble not in target:
            target.append(trouble)
        return is_taken

    def remark(self, spot: Spot | str, text: str) -> None:
        """Note what an editor should know and need not settle."""
        line = f"{spot}: {text}"
        if line not in self.remarks:
            self.remarks.append(line)


def summary(troubles: Iterable[Trouble]) -> dict[str, int]:
    """How many troubles of each kind there are, in the order of KINDS."""
    names = [trouble.kind for trouble in troubles]
    return {name: names.count(name) for name in KINDS if name in names}
