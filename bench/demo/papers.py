"""Drafts and acts of the invented council: what they are called, what they say, what they change."""
from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from bench.demo import registers
from bench.demo.schedule import BODIES, Question, Sitting, moment
from bench.demo.voice import Voice, day_words, file_words, yaml
from bench.demo.words import AREAS, NOTES, ORDERS, POINTS, REASONS, SUMMARIES, Area

LAW = "Закону України «Про місцеве самоврядування в Україні»,"
LAWS = {"plenary": f"Відповідно до статті 26 {LAW}", "executive": f"Відповідно до статті 40 {LAW}",
        "order": f"Керуючись пунктом 20 частини четвертої статті 42 {LAW}"}
CONTROL = {"plenary": "Контроль за виконанням цього рішення покласти на {}.",
           "executive": "Контроль за виконанням цього рішення покласти на заступників міського голови.",
           "order": "Контроль за виконанням цього розпорядження залишаю за собою."}
VERBS = {"plenary": "міська рада вирішила:", "executive": "виконавчий комітет вирішив:", "order": "зобов’язую:"}
CHANGE_AFTER = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Decided:
    """An act as news and later acts know it."""

    key: str
    url: str
    number: str
    title: str
    body: str
    topic: str
    adopted_on: date


@dataclass(frozen=True, slots=True)
class Document:
    """What a draft and its act share: the title, the text, what they change."""

    question: Question
    area: Area
    title: str
    summary: str
    text: str
    changes: dict[str, Any]
    voice: Voice

    def draft(self, sitting: Sitting | None) -> Iterator[tuple[str, str]]:
        """The draft: one file, or a folder with its table."""
        question, voice = self.question, self.voice
        name = f"drafts/{question.key}-{file_words(self.title)}"
        note = "\n\n".join(voice.sentences(NOTES, 2, 4) for _ in range(voice.whole(2, 4)))
        rows = voice.whole(4, 20) if voice.chance() < 0.35 else 0
        text = yaml(self._shared(f"{question.number}-П") | {
            "registered_on": question.registered_on, "published_at": moment(question.registered_on, 16),
            "initiator": {"unit": self.area.unit}, "presenter": registers.head_of(self.area.unit).id,
            "planned_on": question.decided_on, "consultation": self._consultation() if sitting else None,
            "text": self.text, "explanatory_note": note})
        if not rows:
            yield f"{name}.yml", text
            return
        yield f"{name}/index.yml", text + yaml({"annexes": [{"title": "Додаток 1. Перелік заходів"}]})
        yield f"{name}/annex-1.md", self._table(rows)

    def act(self, number: str, chain: dict[str, str]) -> dict[str, Any]:
        """The act that the draft became."""
        day, voice = self.question.decided_on, self.voice
        due = day + timedelta(days=voice.whole(30, 90))
        signed = day if self.question.route == "order" else day + timedelta(days=voice.whole(0, 3))
        done = due - timedelta(days=5)
        execution = {"unit": self.area.unit, "due_on": due, "done_on": done if done.year == day.year else None}
        return self._shared(number) | {
            "adopted_on": day, "signed_on": signed, "published_at": moment(signed + timedelta(days=1), 10),
            "signatory": registers.mayor().id, **chain, **self.changes,
            "execution": [execution] if voice.chance() < 0.4 else None,
            "controller": self.area.committee if self.question.route == "plenary" else None, "text": self.text}

    def _shared(self, number: str) -> dict[str, Any]:
        route = self.question.route
        return {"number": number, "type": "order" if route == "order" else "decision", "body": BODIES[route],
                "title": self.title, "summary": self.summary, "unit": self.area.unit, "topics": [self.area.id]}

    def _consultation(self) -> dict[str, Any] | None:
        question = self.question
        if question.route != "plenary" or self.voice.chance() > 0.1:
            return None
        opens = question.registered_on + timedelta(days=1)
        closes = opens + timedelta(days=9)
        return {"opens_on": opens, "closes_at": moment(closes, 18),
                "ways": ["Лист до ради", "Електронна скринька"],
                "report": "Пропозицій не надійшло.", "reported_at": moment(closes + timedelta(days=1), 12)}

    def _table(self, rows: int) -> str:
        say = self.voice.say
        lines = (f"| {row} | {say('{works} {object_gen}')} | {say('{address}')} | {say('{2..990}')} |"
                 for row in range(1, rows + 1))
        return "\n".join(("| № | Захід | Адреса | Сума, тис. грн |", "|---|---|---|---:|", *lines)) + "\n"


def document_of(question: Question, acts: Sequence[Decided]) -> Document:
    voice = Voice(f"{question.route}:{question.decided_on.year}:{question.place}", question.decided_on)
    area = AREAS[-1] if question.route == "order" else voice.one(AREAS)
    title = voice.say(voice.one(ORDERS if question.route == "order" else area.acts))
    points = [voice.say(point) for point in voice.some((*area.points, *POINTS), voice.whole(4, 11))]
    changes: dict[str, Any] = {}
    target = _target(question, acts, voice)
    if target:
        area = next(area for area in AREAS if area.id == target.topic)
        title, points, changes = _change(target, points, voice)
    if question.route == "order":
        points = [point.replace("рішення", "розпорядження") for point in points]
    points.append(CONTROL[question.route].format(registers.committee_in_accusative(area.committee)))
    text = "\n\n".join((f"{LAWS[question.route]} {voice.say(voice.one(REASONS))} {VERBS[question.route]}",
                        *(f"{number}. {point}" for number, point in enumerate(points, 1))))
    return Document(question, area, title, voice.say(voice.one(SUMMARIES)), text, changes, voice)


def _target(question: Question, acts: Sequence[Decided], voice: Voice) -> Decided | None:
    """An earlier act of the same body that this one changes: one in twelve does."""
    if voice.chance() > 0.085:
        return None
    body, before = BODIES[question.route], question.registered_on - CHANGE_AFTER
    known = [act for act in acts if act.body == body and act.adopted_on < before and not _is_change(act)]
    return voice.one(known) if known else None


def _is_change(act: Decided) -> bool:
    return act.title.startswith(("Про внесення змін до рішення", "Про визнання"))


def _change(target: Decided, points: list[str], voice: Voice) -> tuple[str, list[str], dict[str, Any]]:
    """Title, points and links of an act that amends another or, once in four, repeals it."""
    named = f"рішення від {day_words(target.adopted_on)} № {target.number}"
    if voice.chance() < 0.25:
        return (f"Про визнання таким, що втратило чинність, {named}",
                [f"Визнати таким, що втратило чинність, {named} «{target.title}».", *points[:2]],
                {"repeals": [{"act": target.key}]})
    return (f"Про внесення змін до {named}",
            [f"Внести зміни до {named} «{target.title}», виклавши пункт 2 в такій редакції: "
             f"«2. {points[0].rstrip('.')}».", *points[1:4]],
            {"amends": [{"act": target.key, "points": ["2"], "note": "Пункт 2 викладено в новій редакції."}]})
