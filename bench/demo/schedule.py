"""Who sits when in a year, which draft is registered when, and the numbers that follow."""
from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from bench.demo import registers
from bench.demo.registers import Person
from bench.demo.voice import Voice

PLENARY_MONTHS = (1, 2, 3, 4, 5, 6, 9, 10, 12)
"""A plenary sits on the third Thursday of the month (in January the fourth), and never in July and August."""
DECISIONS = {"plenary": 342, "executive": 490, "order": 130}
"""How the year's 962 drafts are shared out."""
BODIES = {"plenary": "rada", "executive": "vykonkom", "order": "rada"}


@dataclass(slots=True)
class Question:
    """A draft on its way: to a meeting, or to the mayor's signature."""

    route: str
    place: int
    """Which it is of its route this year."""
    decided_on: date
    registered_on: date
    number: int = 0

    @property
    def key(self) -> str:
        """How other records name the draft."""
        return f"{self.decided_on.year}/{self.number}-p"


@dataclass(slots=True)
class Sitting:
    """A meeting that decides, and its questions."""

    route: str
    slot: int
    day: date
    questions: list[Question]

    @property
    def id(self) -> str:
        """Its identifier: «pl-2025-03-20»."""
        return f"{'pl' if self.route == 'plenary' else 'vk'}-{self.day}"

    @property
    def number(self) -> int:
        """The session within its convocation, or the meeting of the executive committee within the year."""
        return session_of(self) if self.route == "plenary" else self.slot + 1

    @property
    def voters(self) -> tuple[Person, ...]:
        """Everybody with a vote, the mayor first."""
        if self.route == "executive":
            return registers.executive()
        return (registers.mayor(), *registers.deputies(registers.term_on(self.day)))


def schedule(year: int, drafts: int, plenaries: int, executives: int) -> tuple[list[Sitting], list[Question]]:
    """Meetings in the order of time with their questions, orders, and the numbers of all drafts by registration."""
    whole = sum(DECISIONS.values())
    plenary, order = (max(1, drafts * DECISIONS[route] // whole) for route in ("plenary", "order"))
    shares = {"plenary": plenary, "executive": max(1, drafts - plenary - order), "order": order}
    days = {"plenary": [(slot, plenary_day(year, slot)) for slot in _slots(plenaries, 9)],
            "executive": [(slot, executive_day(year, slot)) for slot in _slots(executives, 49)]}
    sittings = [Sitting(route, slot, day, [_question(route, place, day) for place in part])
                for route, sat in days.items()
                for (slot, day), part in zip(sat, _parts(shares[route], len(sat)), strict=True)]
    orders = [_question("order", place, date(year, 1, 10) + timedelta(days=place * 345 // order))
              for place in range(order)]
    registered = sorted([question for sitting in sittings for question in sitting.questions] + orders,
                        key=lambda question: (question.registered_on, question.route, question.place))
    for number, question in enumerate(registered, 1):
        question.number = number
    return sorted(sittings, key=lambda sitting: (sitting.day, sitting.route)), orders


def _slots(number: int, whole: int) -> list[int]:
    return [place * whole // number for place in range(number)]


def _parts(number: int, parts: int) -> list[range]:
    return [range(part * number // parts, (part + 1) * number // parts) for part in range(parts)]


def _question(route: str, place: int, day: date) -> Question:
    voice = Voice(f"{route}:{day.year}:{place}:registered", day)
    earliest, latest = {"plenary": (15, 19), "executive": (6, 11), "order": (1, 4)}[route]
    registered = day - timedelta(days=voice.whole(earliest, latest))
    return Question(route, place, day, max(working_day(registered), date(day.year, 1, 2)))


def working_day(day: date) -> date:
    """The same day, or the Friday before it."""
    return day - timedelta(days=max(0, day.weekday() - 4))


def plenary_day(year: int, slot: int) -> date:
    """The Thursday of a plenary."""
    month = PLENARY_MONTHS[slot]
    first = date(year, month, 22 if month == 1 else 15)
    return first + timedelta(days=(3 - first.weekday()) % 7)


def executive_day(year: int, slot: int) -> date:
    """The Wednesday of an executive committee: every week from the middle of January."""
    first = date(year, 1, 14)
    return first + timedelta(days=(2 - first.weekday()) % 7 + 7 * slot)


def session_of(sitting: Sitting) -> int:
    """The session's number within its convocation; the eighth began with the plenary of December 2020."""
    if registers.term_on(sitting.day) == registers.TERMS[0][0]:
        return (sitting.day.year - 2016) * 9 + sitting.slot + 2
    return (sitting.day.year - 2021) * 9 + sitting.slot + 2


def moment(day: date, hour: int, minute: int = 0) -> str:
    """«2025-03-20 10:00»."""
    return f"{day} {hour:02d}:{minute:02d}"
