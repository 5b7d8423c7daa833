"""Figures of a report: numbers that are drawn, and what numbers each kind of drawing wants."""

import re
from collections.abc import Iterator
from difflib import get_close_matches
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from plugins.records import Amount, FilePath, Line, Lines, Part, Problem, Term, code

FIGURE = code("FIGURE", "Діаграма має числа, що їй пасують: рядки або csv, стільки чисел у рядку, скільки рядів.",
              "figures:\n  - title: Видатки\n    kind: parts\n    rows:\n      - {name: Освіта, values: [-5]}",
              "figures:\n  - title: Видатки\n    kind: parts\n    rows:\n      - {name: Освіта, values: [212.4]}\n"
              "      - {name: Дороги, values: [48.1]}")
CHAPTER = code("FIGURE-CHAPTER", "Діаграма стоїть у розділі, який є в тексті.",
               "chapter: Гроші (а в тексті «## Бюджет»)", "chapter: Бюджет")
POINT = "Дріб у переліку пишуть із крапкою: 212.4."
HEADING = re.compile(r"^ {0,3}##[ \t]+(.+?)[ \t]*#*$", re.M)


def _unless_missing(value: Any) -> Any:
    """None for a dash in place of a number."""
    return None if isinstance(value, str) and value.strip() in ("", "—", "–", "-") else value


MaybeAmount = Annotated[Amount | None, BeforeValidator(_unless_missing)]


class FigureKind(Term):
    """How a figure is drawn."""

    BARS = "bars", "Смуги"
    COLUMNS = "columns", "Стовпці за часом"
    PARTS = "parts", "Частки цілого"


class FigureRow(Part):
    """A name with its numbers."""

    name: Line = Field(title="Рядок", description="Рік, установа, стаття видатків.", min_length=1)
    values: tuple[MaybeAmount, ...] = Field(title="Числа", description="По одному на ряд; «—», якщо числа немає.")


class Figure(Part):
    """A chart of a report."""

    title: Line = Field(title="Назва діаграми", description="Що на ній: Доходи бюджету за роками.", min_length=1)
    kind: FigureKind = Field(title="Вигляд", description="bars, columns або parts.")
    unit: Line = Field("", title="Одиниця", description="млн грн, км, %.")
    series: tuple[Line, ...] = Field((), title="Ряди", description="Назви чисел у рядку: [2025, 2024, план].")
    rows: tuple[FigureRow, ...] = Field((), title="Рядки", description="Назва й числа.")
    csv: FilePath | None = Field(None, title="Таблиця", description="Замість рядків: файл CSV поруч зі звітом.")
    takeaway: Line = Field("", title="Висновок", description="Одне речення: що з неї видно.")
    alt: Lines = Field("", title="Опис діаграми", description="Для тих, хто її не бачить; без нього опише сайт.")
    chapter: Line = Field("", title="Розділ", description="Заголовок розділу, у кінці якого вона стоїть.")


def figure_has_numbers(report: Any) -> Iterator[Problem]:
    """A figure has rows or a table, never both; rows in the file are as its kind wants them."""
    for index, figure in enumerate(report.figures):
        place = f"figures.{index}"
        if bool(figure.rows) == bool(figure.csv):
            yield Problem(place, "потрібні або rows, або csv — щось одне.", FIGURE)
        elif fault := fault_of(figure) if figure.rows else "":
            yield Problem(f"{place}.rows", fault, FIGURE)


def fault_of(figure: Figure) -> str:
    """What is wrong with the numbers of a figure, empty for nothing."""
    rows = figure.rows
    widest, most, least = {FigureKind.BARS: (3, 60, 1), FigureKind.COLUMNS: (2, 24, 2),
                           FigureKind.PARTS: (1, 12, 2)}[figure.kind]
    lanes = max(len(row.values) for row in rows)
    if not least <= len(rows) <= most:
        return f"рядків {len(rows)}, а для «{figure.kind.value}» їх може бути від {least} до {most}."
    if not 1 <= lanes <= widest or not all(row.values for row in rows):
        return f"чисел у рядку для «{figure.kind.value}» — від 1 до {widest}. {POINT}"
    if figure.series and len(figure.series) != lanes:
        return f"рядів названо {len(figure.series)}, а чисел у рядку {lanes}. Назвіть кожен у series. {POINT}"
    if lanes > 1 and not figure.series:
        return f"чисел у рядку {lanes}: назвіть їх у series. {POINT}"
    if figure.kind is FigureKind.PARTS:
        numbers = [row.values[0] for row in rows]
        if any(value is None or value < 0 for value in numbers) or not any(numbers):
            return "частки бувають лише з додатних чисел. Для від’ємних візьміть bars."
    if figure.kind is FigureKind.COLUMNS and (long := [row.name for row in rows if len(row.name) > 20]):
        return f"назва стовпця «{long[0]}» довша за 20 знаків. Для довгих назв візьміть bars."
    return ""


def figure_stands_in_a_chapter(report: Any) -> Iterator[Problem]:
    """The chapter that a figure names is a heading `##` of the text."""
    wanted = [(index, figure.chapter) for index, figure in enumerate(report.figures) if figure.chapter]
    if not wanted:
        return
    titles = [chapter_key(title) for title in HEADING.findall(report.text)]
    for index, chapter in wanted:
        if chapter_key(chapter) not in titles:
            near = get_close_matches(chapter, HEADING.findall(report.text), 1, 0.5)
            hint = f"Можливо, «{near[0].strip()}»?" if near else "Перепишіть заголовок із тексту."
            yield Problem(f"figures.{index}.chapter", f"розділу «{chapter}» у тексті немає. {hint}", CHAPTER)


def chapter_key(title: str) -> str:
    """A title of a chapter as it is compared: words only."""
    return " ".join(re.findall(r"[\w’'ʼ]+", re.sub(r"\{[^}]*\}\s*$", "", title).casefold().replace("'", "’")))
