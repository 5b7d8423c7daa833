"""The roll-calls of a meeting: who answers how, what it comes to, and the table of names."""
from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from bench.demo import registers
from bench.demo.registers import Person
from bench.demo.schedule import Sitting
from bench.demo.voice import Voice

OPTIONS = {"yes": "За", "no": "Проти", "abstain": "Утримався", "not_voting": "Не голосував", "absent": "Відсутній"}
REST = ("no", "abstain", "abstain", "not_voting")
"""How those vote who are not for it."""
AGENDA = "Порядок денний пленарного засідання"


@dataclass(slots=True)
class Roll:
    """One vote: what was put, and who answered how."""

    uid: str
    at: str
    text: str
    answers: dict[str, str]
    needed: int
    type: str = "final"

    @property
    def counts(self) -> dict[str, int]:
        """The five totals."""
        given = list(self.answers.values())
        return {option: given.count(option) for option in OPTIONS}

    @property
    def is_passed(self) -> bool:
        """More than half of the general composition was for it."""
        return self.counts["yes"] >= self.needed

    def fields(self) -> dict[str, Any]:
        """The motion as the agenda writes it."""
        return {"uid": self.uid, "at": self.at, "text": self.text, "type": self.type, "requirement": "majority",
                "counts": self.counts, "result": "pass" if self.is_passed else "fail"}


class RollCall:
    """The votes of one meeting, one after another by its clock, and their table."""

    def __init__(self, sitting: Sitting, voters: Sequence[Person], absent: set[str], voice: Voice) -> None:
        self.clock = datetime.combine(sitting.day, time(10, 4))
        self._sitting, self._voters, self._absent, self._voice = sitting, voters, absent, voice
        self._rolls: list[Roll] = []

    def agenda(self) -> dict[str, Any]:
        """The first question of a plenary: its own agenda."""
        roll = self.vote("Затвердити порядок денний.", support=0.97, type="procedural")
        return {"no": 1, "title": AGENDA, "presenter": registers.mayor().id, "result": "adopted",
                "votes": [roll.fields()]}

    def vote(self, text: str, support: float = 0.0, type: str = "final") -> Roll:
        """One vote; a question in forty finds little support."""
        self.clock += timedelta(minutes=self._voice.whole(4, 8))
        support = support or (0.35 if self._voice.chance() < 0.025 else 0.93)
        answers = {person.id: self._answer(person, support) for person in self._voters}
        roll = Roll(f"{self._sitting.day}-{len(self._rolls) + 1}", f"{self.clock:%H:%M}", text, answers,
                    len(self._voters) // 2 + 1, type)
        self._rolls.append(roll)
        return roll

    def _answer(self, person: Person, support: float) -> str:
        if person.id in self._absent:
            return "absent"
        return "yes" if self._voice.chance() < support else self._voice.one(REST)

    def table(self) -> str:
        """`votes.csv`: one answer a row, in the words of the national format."""
        table = io.StringIO()
        write = csv.writer(table, lineterminator="\n").writerow
        write(("motionUid", "voterId", "voterName", "motionTitle", "result"))
        for roll in self._rolls:
            for person in self._voters:
                write((roll.uid, person.id, person.name, roll.text, OPTIONS[roll.answers[person.id]]))
        return table.getvalue()
