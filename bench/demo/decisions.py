"""How the invented council decides: drafts, the meetings that consider them, and the acts that follow.

A year is scheduled first, then carried through in the order of time, so that an act can change only what was adopted
before it.
"""
from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from bench.demo import registers
from bench.demo.papers import Decided, Document, document_of
from bench.demo.registers import Person
from bench.demo.rollcall import RollCall
from bench.demo.schedule import BODIES, Question, Sitting, moment, schedule
from bench.demo.voice import Voice, day_words, file_words, yaml
from bench.demo.words import MINUTES


@dataclass(slots=True)
class Year:
    """One year of decisions; `files` fills `acts` and `sittings` as it goes."""

    year: int
    drafts: int
    plenaries: int
    executives: int
    acts: list[Decided] = field(default_factory=list)
    sittings: list[Sitting] = field(default_factory=list)

    def files(self) -> Iterator[tuple[str, str]]:
        """Drafts, meetings and acts: path below `content/`, text."""
        self.sittings, orders = schedule(self.year, self.drafts, self.plenaries, self.executives)
        for sitting in self.sittings:
            yield from self._sitting(sitting)
        for order in orders:
            yield from self._order(order)

    def _sitting(self, sitting: Sitting) -> Iterator[tuple[str, str]]:
        voters = sitting.voters
        voice = Voice(f"{sitting.id}", sitting.day, [person.short for person in voters])
        absent = {person.id for person in voice.some(voters[1:], voice.whole(1, len(voters) // 5))}
        call = RollCall(sitting, voters, absent, voice)
        items: list[dict[str, Any]] = [call.agenda()] if sitting.route == "plenary" else []
        minutes = [f"{_heading(sitting)} від {day_words(sitting.day)}.",
                   f"## Присутність\n\nПрисутніх — {len(voters) - len(absent)}, відсутніх — {len(absent)}. Кворум є."]
        minutes += [f"### {item['no']}. {item['title']}\n\n**Вирішили:** порядок денний затвердити." for item in items]
        for number, question in enumerate(sitting.questions, len(items) + 1):
            document = document_of(question, self.acts)
            head = registers.head_of(document.area.unit)
            roll = call.vote("Прийняти рішення за основу і в цілому.")
            items.append({"no": number, "draft": question.key, "presenter": head.id, "votes": [roll.fields()]})
            result = "рішення прийнято" if roll.is_passed else "рішення не прийнято"
            minutes.append(f"### {number}. {document.title}\n\nДоповідає {head.short} "
                           f"{voice.sentences(MINUTES, 2, 4)}\n\n**Вирішили:** {result}.")
            yield from document.draft(sitting)
            if roll.is_passed:
                yield self._adopt(question, document, sitting, number, roll.uid)
        folder = f"meetings/{self.year}/{sitting.id}"
        yield f"{folder}/index.yml", yaml(_meeting(sitting, voters, absent, call.clock, items))
        yield f"{folder}/minutes.md", "\n\n".join(minutes) + "\n"
        yield f"{folder}/votes.csv", call.table()

    def _adopt(self, question: Question, document: Document, sitting: Sitting, item: int, uid: str) -> tuple[str, str]:
        if sitting.route == "plenary":
            term, session = registers.term_on(sitting.day), sitting.number
            number, identifier = f"{session * 40 + item}-{session}/{term}", f"{session * 40 + item}-{session}-{term}"
        else:
            number, identifier = str(question.place + 1), f"{question.place + 1}-vk"
        chain = {"draft": question.key, "meeting": f"{self.year}/{sitting.id}", "vote": uid}
        return self._act(question, document, number, identifier, chain)

    def _order(self, question: Question) -> Iterator[tuple[str, str]]:
        document = document_of(question, ())
        yield from document.draft(None)
        yield self._act(question, document, f"{question.place + 1}-р", f"{question.place + 1}-r",
                        {"draft": question.key})

    def _act(self, question: Question, document: Document, number: str, identifier: str,
             chain: dict[str, str]) -> tuple[str, str]:
        section = "rozporiadzhennia" if question.route == "order" else "rishennia"
        key = f"{self.year}/{identifier}"
        self.acts.append(Decided(key, f"/{section}/{key}/", number, document.title, BODIES[question.route],
                                 document.area.id, question.decided_on))
        return f"acts/{key}-{file_words(document.title)}.yml", yaml(document.act(number, chain))


def _heading(sitting: Sitting) -> str:
    if sitting.route == "plenary":
        return f"Протокол {sitting.number} сесії Зразківської міської ради"
    return f"Протокол засідання виконавчого комітету № {sitting.number}"


def _meeting(sitting: Sitting, voters: Sequence[Person], absent: set[str], ended: datetime,
             items: list[dict[str, Any]]) -> dict[str, Any]:
    announced = moment(sitting.day - timedelta(days=10 if sitting.route == "plenary" else 5), 15)
    after = sitting.day + timedelta(days=5)
    is_plenary = sitting.route == "plenary"
    own = {"convocation": registers.term_on(sitting.day), "session": sitting.number} if is_plenary else {
        "number": sitting.number}
    return {
        "summary": f"Питань у порядку денному — {len(items)}; поіменні голосування, протокол і відеозапис.",
        "published_at": announced, "unit": "org-viddil", "topics": ["rada"], "type": sitting.route,
        "body": BODIES[sitting.route], **own, "starts_at": moment(sitting.day, 10),
        "ended_at": f"{ended:%Y-%m-%d %H:%M}", "location": "зала засідань, вул. Соборна, 1", "status": "held",
        "notice": {"published_at": announced}, "agenda_published_at": announced, "chair": registers.mayor().id,
        "clerk": registers.secretary().id,
        "attendance": {"present": [person.id for person in voters if person.id not in absent],
                       "absent": [person.id for person in voters if person.id in absent]},
        "recording": {"url": f"https://video.zrazkiv.example/{sitting.id}",
                      "published_at": moment(sitting.day + timedelta(days=1), 9)},
        "minutes": {"status": "approved", "number": sitting.number, "signed_on": after,
                    "published_at": moment(after + timedelta(days=1), 11)},
        "items": items}
