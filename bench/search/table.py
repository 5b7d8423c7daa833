"""The table of the search: measure, bar, ours, whether it holds."""
from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import asdict, dataclass
from statistics import fmean
from typing import Any

from rich import box
from rich.table import Table

from bench.search import scores
from bench.search.asking import Answer, Told
from bench.search.costs import Costs
from bench.search.judged import Verdict
from bench.search.queries import LEMMA_CLASSES, Query
from bench.search.scores import Score

KB = 1000
TITLES = {
    "nouns": "іменники", "adjectives": "прикметники", "verbs": "дієслова", "names": "імена",
    "unknown": "немає в словнику", "two words": "два слова", "three words": "три слова", "apostrophe": "апостроф",
    "ge": "г замість ґ", "look-alike": "латинські двійники", "stress": "наголос", "soft hyphen": "м’який перенос",
    "upper case": "великі літери", "layout": "англійська розкладка", "russian layout": "російська розкладка",
    "typos": "одна помилка", "first letter": "помилка в першій літері", "function word": "зі службовим словом",
    "numbers": "числа", "acts": "номери", "days": "дати", "typing": "недописане слово", "phrases": "у лапках",
    "abbreviations": "абревіатури", "layout with shift": "розкладка з великої літери",
    "layout of a question": "розкладка і службове слово", "slip in layout": "розкладка й помилка",
    "misspelt": "помилки людей (UA-GEC)",
}
RECALLED = {"apostrophe": 0.99, "look-alike": 0.99, "stress": 0.99, "soft hyphen": 0.99, "upper case": 0.99,
            "layout": 0.98}
NUMBERS = ("numbers", "acts", "days")


@dataclass(frozen=True)
class Row:
    """A line: what is measured, its bar, ours; a bar is a least value or a most, or None where there is none."""

    title: str
    ours: float
    bar: float | None = None
    is_most: bool = False
    digits: int = 3

    @property
    def holds(self) -> bool | None:
        """Whether the bar is kept; None without a bar. What could not be measured keeps no bar."""
        if self.bar is None:
            return None
        return self.ours <= self.bar if self.is_most else self.ours >= self.bar


def by_class(asked: Sequence[Query], answers: Sequence[Answer], pages: Collection[str]) -> dict[str, list[Score]]:
    """The score of each question, by class."""
    found: dict[str, list[Score]] = defaultdict(list)
    for query, answer in zip(asked, answers, strict=True):
        found[query.kind].append(scores.score(query, answer.urls, pages))
    return dict(found)


def quality(found: dict[str, list[Score]]) -> Iterator[Row]:
    """Recall, precision, order."""
    whole = scores.mean([each for kind in LEMMA_CLASSES for each in found.get(kind, [])])
    yield Row("Слова в іншій формі: повнота", whole.recall, 0.99)
    yield Row("Слова в іншій формі: точність", whole.precision, 0.985)
    yield Row("Те саме за simplemma: повнота", whole.control_recall or 0, 0.96)
    yield Row("Те саме за simplemma: точність", whole.control_precision or 0, 0.93)
    yield Row("Порядок, nDCG@10", whole.ndcg, 0.975)
    yield Row("Порожні відповіді, частка", whole.is_empty)
    for kind, bar in RECALLED.items():
        if kind in found:
            yield Row(f"{capital(TITLES[kind])}: повнота", scores.mean(found[kind]).recall, bar)
    if "typos" in found:
        yield Row("Одна помилка: повнота", scores.mean(found["typos"]).recall, 0.97)
        yield Row("Одна помилка: точність", scores.mean(found["typos"]).precision, 0.92)
    numbers = scores.mean([each for kind in NUMBERS for each in found.get(kind, [])])
    yield Row("Числа, номери, дати: повнота", numbers.recall, 0.99)
    yield Row("Числа, номери, дати: точність", numbers.precision, 0.99)


def excerpts(marks: scores.Marks) -> Iterator[Row]:
    """What is marked."""
    yield Row("Уривки з позначкою", marks.marked / (marks.excerpts or 1), 0.99)
    yield Row("Позначки на правильній формі", marks.right / (marks.marks or 1), 0.99)


def traffic(told: Told, most: float, name: str = "") -> Iterator[Row]:
    """Bytes and requests of fresh visitors, bytes of further questions; `most`: kB of the first answer."""
    of_visitors = [(scores.total(steps.values(), "bytes") / KB, scores.total(steps.values(), "requests"))
                   for steps in told.visitors]
    yield Row(f"{name}Перша відповідь із 5 уривками, кБ", fmean(size for size, _ in of_visitors), most, True, 1)
    yield Row(f"{name}Перша відповідь, запитів", fmean(number for _, number in of_visitors), 10, True, 1)
    for step, title in (("opened", "відкриття"), ("searched", "пошук"), ("loaded", "уривки")):
        of_step = fmean(scores.total([each[step]], "bytes") / KB for each in told.visitors)
        yield Row(f"{name}  з них {title}, кБ", of_step, digits=1)
    further = [scores.total([each["searched"]], "bytes") / KB for each in told.session]
    yield Row(f"{name}Дальший запит, кБ, середнє", fmean(further), 10, True, 1)
    yield Row(f"{name}Дальший запит, кБ, p95", scores.percentile(further, 95), 20, True, 1)
    shown = [scores.total([each["searched"], each["loaded"]], "bytes") / KB for each in told.session]
    yield Row(f"{name}Дальший запит з уривками, кБ, середнє", fmean(shown), digits=1)
    yield Row(f"{name}Пошук у Node, мс, p95", scores.percentile([each["milliseconds"] for each in told.session], 95),
              digits=1)


def waiting(milliseconds: Sequence[float]) -> Iterator[Row]:
    """From Enter to results."""
    yield Row("Від Enter до відповіді, мс, p50", scores.percentile(milliseconds, 50), digits=0)
    yield Row("Від Enter до відповіді, мс, p95", scores.percentile(milliseconds, 95), 200, True, 0)


def cost(costs: Costs, name: str = "") -> Iterator[Row]:
    """Bytes on the host, processor and memory."""
    yield Row(f"{name}Скрипт, кБ gzip", costs.sizes.script / KB, 10, True, 1)
    yield Row(f"{name}Покажчик без текстів, МБ", costs.sizes.index / KB / KB, digits=2)
    yield Row(f"{name}Тексти, МБ", costs.sizes.texts / KB / KB, digits=2)
    yield Row(f"{name}Покажчик проти Pagefind", costs.sizes.index / (costs.pagefind_index or math.nan), 0.5, True)
    yield Row(f"{name}Індексування, с процесора", costs.cpu, digits=1)
    yield Row(f"{name}Індексування Pagefind, с процесора", costs.pagefind.cpu, digits=1)
    yield Row(f"{name}Процесор проти Pagefind", costs.cpu / (costs.pagefind.cpu or math.nan), 0.5, True)
    yield Row(f"{name}Пам’ять побудови з покажчиком, МіБ", costs.cold.memory, 300, True, 0)
    yield Row(f"{name}Пам’ять побудови без покажчика, МіБ", costs.plain.memory, digits=0)
    yield Row(f"{name}Пам’ять Pagefind, МіБ", costs.pagefind.memory, digits=0)
    if costs.edits:
        yield Row(f"{name}Одна правка, с процесора", costs.edit_cpu, 0.3, True, 2)
        yield Row(f"{name}Одна правка, файлів покажчика", fmean(costs.touched), digits=1)


def judged(verdict: Verdict) -> Iterator[Row]:
    """Real questions."""
    yield Row("Питання людей: відповідь серед трьох перших", verdict.success, 0.95)
    yield Row("Питання людей: MRR", verdict.mrr)


def drawn(rows: Sequence[Row]) -> Table:
    """The table."""
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1))
    for heading, side in (("Вимір", "left"), ("межа", "right"), ("наше", "right"), ("", "left")):
        table.add_column(heading, justify=side)  # type: ignore[arg-type]
    for row in rows:
        bar = "" if row.bar is None else f"{'≤' if row.is_most else '≥'} {row.bar:g}".replace(".", ",")
        table.add_row(row.title, bar, number(row.ours, row.digits), {True: "так", False: "НІ", None: ""}[row.holds])
    return table


def classes(found: dict[str, list[Score]]) -> Table:
    """A line for each class of questions."""
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1))
    for heading in ("Питання", "скільки", "повнота", "точність", "nDCG@10", "порожні", "повнота s", "точність s"):
        table.add_column(heading, justify="left" if heading == "Питання" else "right")
    for kind, each in found.items():
        mean = scores.mean(each)
        table.add_row(TITLES.get(kind, kind), str(len(each)), *(
            number(value, 3) for value in (mean.recall, mean.precision, mean.ndcg, mean.is_empty, mean.control_recall,
                                           mean.control_precision)))
    return table


def number(value: float | None, digits: int) -> str:
    """«0,975»; a dash for what there is not."""
    return "—" if value is None or math.isnan(value) else f"{value:.{digits}f}".replace(".", ",")


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def as_data(rows: Sequence[Row], found: dict[str, list[Score]]) -> dict[str, Any]:
    """Table and classes for programs; what could not be measured is null."""
    def known(value: float | None) -> float | None:
        return None if value is None or math.isnan(value) else value
    return {"rows": [{"title": row.title.strip(), "ours": known(row.ours), "bar": row.bar, "most": row.is_most,
                      "holds": row.holds} for row in rows],
            "classes": {kind: {"questions": len(each)} | {name: known(value) for name, value
                                                          in asdict(scores.mean(each)).items()}
                        for kind, each in found.items()}}
