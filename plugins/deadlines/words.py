"""Verdicts in one Ukrainian sentence each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from plugins.history.model import PROVEN, Evidence, Grade
from plugins.records import frozen
from plugins.records.components import join
from plugins.ukrainian import NBSP, counted, day, day_month

from .fact import Fact
from .judgement import Exemption, Judgement
from .model import RuleTerm
from .terms import Direction, Element, Outcome, Point, Reading, Unit


@frozen
class Saying:
    """How a moment is spoken of."""

    done: str = ""
    """«Оприлюднено»: begins a sentence about what happened."""
    undone: str = ""
    """«Не оприлюднено»."""
    todo: str = ""
    """«Оприлюднити»: what is still due."""
    genitive: str = ""
    """«оприлюднення»: after «до», «після»."""
    least: str = "треба щонайменше до"
    """What a term asks for that must last; followed by a day."""


SAYINGS = {
    Point.PUBLISHED: Saying("Оприлюднено", "Не оприлюднено", "Оприлюднити", "оприлюднення"),
    Point.CHANGED: Saying("Текст змінено", "Текст не змінено", "Змінити текст", "зміни тексту"),
    Point.CONSIDERED: Saying(genitive="розгляду"),
    Point.FINAL: Saying(genitive="розгляду"),
    Point.ADOPTED: Saying("Ухвалено", "Не ухвалено", "Ухвалити", "ухвалення"),
    Point.SIGNED: Saying("Підписано", "Не підписано", "Підписати", "підписання"),
    Point.DECIDED: Saying("Міський голова підписав або зупинив рішення", "Міський голова не підписав і не зупинив "
                          "рішення", "Підписати або зупинити рішення", "підписання"),
    Point.SUSPENDED: Saying("Рішення зупинено", "Рішення не зупинено", "Зупинити рішення", "зупинення"),
    Point.RECONSIDERED: Saying("Рішення повторно розглянуто", "Рішення повторно не розглянуто",
                               "Повторно розглянути рішення", "повторного розгляду"),
    Point.APPROVED: Saying("Затверджено", "Не затверджено", "Затвердити", "затвердження"),
    Point.BUDGET_YEAR: Saying(genitive="початку бюджетного року"),
    Point.FORCE: Saying(genitive="набрання чинності"),
    Point.BASE_DUE: Saying(genitive="названого в акті строку"),
    Point.REPEAT_DUE: Saying(genitive="названого в акті строку"),
    Point.BASE_TRACKED: Saying("Базове відстеження проведено", "Базового відстеження не проведено",
                               "Провести базове відстеження", "базового відстеження"),
    Point.REPEAT_TRACKED: Saying("Повторне відстеження проведено", "Повторного відстеження не проведено",
                                 "Провести повторне відстеження", "повторного відстеження", "можна не раніше"),
    Point.NEXT_TRACKED: Saying("Наступне відстеження проведено", "Наступного відстеження не проведено",
                               "Провести наступне відстеження", "наступного відстеження"),
    Point.TRACKED: Saying("Відстеження проведено", "Відстеження не проведено", "Провести відстеження",
                          "відстеження"),
    Point.EFFECTIVE: Saying("Набирає чинності", "Не набрало чинності", "Набрати чинності", "набрання чинності"),
    Point.EFFECT_YEAR: Saying(genitive="початку року дії"),
    Point.NOTICE: Saying("Повідомлення оприлюднено", "Повідомлення не оприлюднено", "Оприлюднити повідомлення",
                         "оприлюднення повідомлення"),
    Point.AGENDA: Saying("Порядок денний оприлюднено", "Порядок денний не оприлюднено",
                         "Оприлюднити порядок денний", "оприлюднення порядку денного"),
    Point.STARTS: Saying(genitive="засідання"),
    Point.ENDED: Saying(genitive="кінця засідання"),
    Point.HELD: Saying("Засідання відбулося", genitive="засідання"),
    Point.NEXT_HELD: Saying("Наступне засідання відбулося", "Наступного засідання не було",
                            "Провести наступне засідання", "наступного засідання"),
    Point.RECORDING: Saying("Запис оприлюднено", "Запису не оприлюднено", "Оприлюднити запис", "оприлюднення запису"),
    Point.RECORDING_KEPT: Saying("Запис зберігають до", "Запису немає", "Зберігати запис", "зберігання запису"),
    Point.MINUTES: Saying("Протокол оприлюднено", "Протокол не оприлюднено", "Оприлюднити протокол",
                          "оприлюднення протоколу"),
    Point.MINUTES_SIGNED: Saying("Протокол підписано", "Протокол не підписано", "Підписати протокол",
                                 "підписання протоколу"),
    Point.VOTED: Saying(genitive="голосування"),
    Point.VOTES: Saying("Поіменні результати оприлюднено", "Поіменних результатів не оприлюднено",
                        "Оприлюднити поіменні результати", "оприлюднення результатів"),
    Point.REMARKS_OPENED: Saying(genitive="початку приймання пропозицій"),
    Point.REMARKS_CLOSED: Saying("Пропозиції приймають до", "Строку приймання не названо", "Приймати пропозиції",
                                 "кінця приймання пропозицій"),
}
CLEAR_WORKING = ("повний робочий день", "повні робочі дні", "повних робочих днів")
WORKING = ("робочий день", "робочі дні", "робочих днів")
CLEAR = ("повний день", "повні дні", "повних днів")
DAYS = ("день", "дні", "днів")


def forms_of(term: RuleTerm, *, is_plain: bool = False) -> tuple[str, str, str]:
    """The word for the days that a term counts, beside 1, 2 and 5; plain: for days of delay."""
    is_clear = term.reading is Reading.CLEAR and term.direction is Direction.BEFORE and not is_plain
    if term.unit is Unit.WORKING_DAY:
        return CLEAR_WORKING if is_clear else WORKING
    return CLEAR if is_clear else DAYS


def sentence_of(term: RuleTerm, anchor: tuple[Point, date | None], at: date | None, judgement: Judgement,
                exemption: Exemption | None, happened: Fact) -> str:
    """What came of a term, for everybody: what happened when, how many days that makes, how many were asked."""
    if exemption:
        said = _counted(term, anchor, at, judgement) if judgement.count is not None else ""
        return f"Строк не застосовано: {exemption.kind.label}. {said}".strip()
    if judgement.outcome is Outcome.NA:
        return judgement.reason
    if judgement.outcome is Outcome.UNKNOWN:
        return _unknown(at, judgement, happened)
    if judgement.outcome is Outcome.PENDING:
        return _pending(term, anchor[0], judgement)
    if judgement.count is None and judgement.limit:
        return f"{SAYINGS[term.point].undone}: строк сплив {day(judgement.limit.lenient)}."
    said = _counted(term, anchor, at, judgement)
    return f"{said} {happened_before_that(happened)}".strip() if happened.is_backdated else said


def proof_sentence(grade: Grade, evidence: Evidence | None, *, is_anchor: bool, is_pass: bool,
                   weaker: tuple[Evidence, date] | None = None) -> str:
    """What proves a day, or that nothing does. `is_anchor`: it is the day from which the term is counted.

    `weaker`: evidence that names an earlier day and does not count; a reader may weigh it himself.
    """
    if grade in PROVEN and evidence:
        said = f"Доказ {grade.value}: {evidence.label}."
        return f"{said} Слабший доказ — {weaker[0].label} — називає раніший день: {day(weaker[1])}." if weaker else said
    source = WEAK[evidence]
    if is_anchor:
        return f"Початок строку — за {source}, не доведено (рівень {grade.value})."
    return f"{'Вчасно' if is_pass else 'День'} за {source}, не доведено (рівень {grade.value})."


WEAK = {Evidence.COMMIT: "історією змін", Evidence.CLAIM: "словами редактора", None: "датами самого документа"}
"""Evidence that proves nothing, in the instrumental case."""


def happened_before_that(happened: Fact) -> str:
    """Why the day is another than the one the document names."""
    return f"У документі названо раніший день — {day(happened.claimed_at)}." if happened.claimed_at else ""


def _unknown(at: date | None, judgement: Judgement, happened: Fact) -> str:
    reason = judgement.reason.rstrip(".") or (
        "є лише слова редактора" if happened.evidence is Evidence.CLAIM else "його ніде не записано")
    claim = f" За словами редактора — {day(at)}." if at and happened.evidence is Evidence.CLAIM else ""
    return f"Дня не доведено: {reason}.{claim}"


def _pending(term: RuleTerm, anchor: Point, judgement: Judgement) -> str:
    said = SAYINGS[term.point]
    if judgement.limit is None:
        return f"Дня {SAYINGS[anchor].genitive} ще немає, тож строк не почав спливати."
    if term.direction is Direction.LASTS:
        return f"{said.todo} належить щонайменше до {day(judgement.limit.strict)}."
    return f"{said.todo} належить не пізніше {day(judgement.limit.strict)}."


def _counted(term: RuleTerm, anchor: tuple[Point, date | None], at: date | None, judgement: Judgement) -> str:
    """A sentence about a day that was counted."""
    start, limit = anchor[1], judgement.limit
    assert at and start and limit
    done = f"{SAYINGS[term.point].done} {day(at)}"
    late = max(-(judgement.margin or 0), 0)
    if term.direction is Direction.LASTS:
        if at == date.max:
            return "Строку зберігання не обмежено."
        return f"{done}{f', а {SAYINGS[term.point].least} {day(limit.strict)}' if late else ''}."
    if term.on or term.unit in (Unit.MONTH, Unit.YEAR):
        delay = f", запізнення — {counted(late, *DAYS)}" if late else ""
        return f"{done}; граничний день — {day(limit.strict)}{delay}."
    return _before(term, anchor[0], start, at, judgement, done) if term.direction is Direction.BEFORE else _after(
        term, anchor[0], start, at, judgement, done)


def _before(term: RuleTerm, point: Point, start: date, at: date, judgement: Judgement, done: str) -> str:
    genitive, forms = SAYINGS[point].genitive, forms_of(term)
    when = day_month(start) if start.year == at.year else day(start)
    if term.count == 0:
        order = "у день" if at == start else "до" if at < start else "після"
        return f"{done} — {order} {genitive}{'' if at == start else f' {when}'}."
    if at >= start:
        order = "у день" if at == start else "після"
        return (f"{done} — {order} {genitive}{'' if at == start else f' {when}'}; "
                f"потрібно за {counted(term.count, *forms)} до.")
    count = judgement.count or 0
    lead = f"за {counted(count, *forms)}" if count else f"менш ніж за один {forms[0]}"
    said = f"{done} — {lead} до {genitive} {when}; потрібно {term.count}"
    if judgement.outcome is Outcome.BORDERLINE:
        return f"{said}. Строк дотримано, лише якщо рахувати й сам день події."
    return f"{said}{f', бракує{NBSP}{term.count - count}' if count < term.count else ''}."


def _after(term: RuleTerm, point: Point, start: date, at: date, judgement: Judgement, done: str) -> str:
    genitive = SAYINGS[point].genitive
    when = day_month(start) if start.year == at.year else day(start)
    count, kind = judgement.count or 0, "робочий день" if term.unit is Unit.WORKING_DAY else "день"
    if at < start:
        said = f"ще до {genitive} {when}"
    elif at == start:
        said = f"того самого дня, що й {_nominative(genitive)}"
    elif count:
        said = f"на {count}-й {kind} після {genitive} {when}"
    else:
        said = f"до першого робочого дня після {genitive} {when}"
    allowed = f"дозволено {term.count}" if term.count else "належить того самого дня"
    late = max(-(judgement.margin or 0), 0)
    delay = f", запізнення — {counted(late, *forms_of(term, is_plain=True))}" if late else ""
    return f"{done} — {said}; {allowed}{delay}."


def _nominative(genitive: str) -> str:
    """Words that stand after «що й»: nearly all are neuter nouns with one form."""
    return {"кінця засідання": "кінець засідання", "початку приймання пропозицій": "початок приймання пропозицій",
            "зміни тексту": "зміна тексту", "розгляду": "розгляд",
            "повторного розгляду": "повторний розгляд"}.get(genitive, genitive)


def elements_sentence(elements: Sequence[Element], missing: Sequence[Element] | None) -> str:
    """What a record has of what it must have."""
    if missing is None:
        return "Доказу, що результати не змінювали, немає."
    if missing:
        return f"Бракує: {join([element.label for element in missing])}."
    labels = join([element.label for element in elements])
    return f"Усе потрібне є: {labels}." if len(elements) > 1 else f"Є {labels}."
