"""What official documents cost: each template of the sample, and 500 greetings with a letter and four cards each.

The sample is built once in this process with a clock at the door of the press, so that the figures are of real
records; the 500 greetings are a site of their own: a first build, the same again with its cache, one of them changed.
`python3 tasks.py bench documents`.
"""
from __future__ import annotations

import json
import os
import shutil
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from rich.console import Console

from bench import demo
from bench.measure import Contender, Cost, decimal, measure
from plugins.documents import press as engine_press
from tooling.bootstrap import ROOT, NotReady

SCRATCH = ROOT / ".cache" / "bench" / "documents"
GREETINGS = 500
WARM = 2
"""Documents that an engine makes before the clock starts."""
AS_OF = "2026-12-31T12:00:00+02:00"
FIRST_DAY = date(2025, 1, 1)
WORDS = ("День бібліотек", "День садівника", "Свято врожаю", "День криниці", "День вишиванки", "День добрих сусідів",
         "Свято першого дзвоника", "День лісника", "День водія автобуса", "Свято джерела")


def main(runs: int, figures: Path | None, count: int = GREETINGS) -> int:
    """Measure and print. Status 0."""
    console = Console(highlight=False)
    shutil.rmtree(SCRATCH, ignore_errors=True)
    SCRATCH.mkdir(parents=True)
    told: dict[str, Any] = {"templates": {}, "greetings": {}}
    console.print("Складаю документи зразка…")
    for (template, form), (seconds, sizes) in sorted(clocked().items()):
        row = {"files": len(seconds), "median_ms": round(statistics.median(seconds) * 1000, 1),
               "worst_ms": round(max(seconds) * 1000, 1), "median_kb": round(statistics.median(sizes) / 1000, 1)}
        told["templates"][f"{template} {form}"] = row
        console.print(f"{template:28} {form:4} файлів {row['files']:4}, медіана {row['median_ms']:7} мс, найдовше "
                      f"{row['worst_ms']:7} мс, {row['median_kb']:6} кБ", soft_wrap=True)
    site = SCRATCH / "site"
    console.print(f"Складаю сайт: {count} вітань, у кожного лист і чотири картки…")
    demo.write(files(count), site)
    for name, edit in (("cold", None), ("warm", None), ("edit", change)):
        costs = [measure(_builder(site, name, edit), turn) for turn in range(1, runs + 1)]
        told["greetings"][name] = [vars(cost) for cost in costs]
        for cost in costs:
            console.print(said(name, cost), soft_wrap=True)
    if figures:
        figures.write_text(json.dumps(told, indent=2, default=str) + "\n", encoding="utf-8")
    return 0


def said(name: str, cost: Cost) -> str:
    """A run in one line."""
    title = {"cold": "Перша побудова", "warm": "Усе наново, документи з кешу", "edit": "Змінено одне вітання"}[name]
    return (f"{title}: {decimal(cost.wall)} с, процесор {decimal(cost.cpu)} с, {cost.memory:.0f} МіБ, файлів "
            f"{cost.files}, записано {cost.written}")


def clocked() -> dict[tuple[str, str], tuple[list[float], list[int]]]:
    """(template, form) → seconds and sizes of each document of the sample.

    What the sample asks for is noted in one build; then each template's documents, all of them different, are made one
    after the other by an engine that was started for them and has made two already.
    """
    found: dict[tuple[str, str], tuple[list[float], list[int]]] = {}
    for name, asked in orders().items():
        engine_press.close()
        for template, values, named in asked[:WARM]:
            engine_press.press(template, *values, **named)
        seconds, sizes = list[float](), list[int]()
        for template, values, named in asked[WARM:] or asked:
            start = time.perf_counter()
            made = engine_press.press(template, *values, **named)
            seconds.append(time.perf_counter() - start)
            sizes.append(len(made[0]))
        found[name] = seconds, sizes
    return found


Order = tuple[str, tuple[Any, ...], dict[str, Any]]
"""What the press was asked: the template, its values, its options."""


def orders() -> dict[tuple[str, str], list[Order]]:
    """(template, form) → what a build of the sample asks the press for."""
    from plugins.builder.options import BuildOptions
    from plugins.builder.run import run
    from plugins.documents import prints
    from plugins.records.report import Report, as_text

    found: dict[tuple[str, str], list[Order]] = defaultdict(list)
    press = prints.press  # type: ignore[attr-defined]

    def noted(template: str, *values: Any, **named: Any) -> list[bytes]:
        found[template, named.get("form", "pdf")].append((template, values, named))
        return list(press(template, *values, **named))

    prints.press = noted  # type: ignore[attr-defined]
    report = Report()
    try:
        status = run(BuildOptions(output=SCRATCH / "sample", state=SCRATCH / "state", jobs=1, search=False), report,
                     quiet=True)
    finally:
        prints.press = press  # type: ignore[attr-defined]
    if status:
        raise NotReady("\n".join(as_text(report)))
    return found


def _builder(site: Path, name: str, edit: Any) -> Contender:
    """A build of the greetings: a first one without any cache, one that makes all anew with it, one after a change."""
    command = (sys.executable, str(ROOT / "tasks.py"), "build", "--content", str(site / "content"), "--data",
               str(site / "data"), "--output", str(site / "output"), "--no-search", "--as-of", AS_OF,
               *(() if edit else ("--cold",)))

    def prepare(turn: int) -> None:
        if name == "cold":
            shutil.rmtree(ROOT / ".cache" / "made", ignore_errors=True)
        if edit:
            edit(site, turn)

    return Contender(name, command, site, site / "output", dict(os.environ), keeps=bool(edit), prepare=prepare)


def change(site: Path, turn: int) -> None:
    """One greeting has another word."""
    file = sorted((site / "content" / "greetings").glob("*/*.md"))[turn]
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("Дякуємо", "Щиро дякуємо", 1), encoding="utf-8", newline="\n")


def files(count: int) -> Iterator[tuple[str, str]]:
    """Everything of the site: path, text. Registers are those of the sample."""
    for path in sorted((ROOT / "data").rglob("*")):
        if path.is_file() and path.suffix in (".yml", ".csv") and path.name not in ("deployments.csv", "redirects.csv"):
            text = path.read_text(encoding="utf-8")
            if path.name == "memberships.csv":  # the last column names acts that are not here
                text = "".join(f"{line.rpartition(',')[0]}{',' if number else ',act'}\n"
                               for number, line in enumerate(text.splitlines()))
            yield f"data/{path.relative_to(ROOT / 'data').as_posix()}", text
    for number in range(count):
        day = FIRST_DAY + timedelta(days=number)
        name = WORDS[number % len(WORDS)]
        yield f"content/greetings/{day.year}/{day:%m-%d}-вітання.md", GREETING.format(
            day=day, name=name, number=number, tone=("joy", "professional", "remembrance")[number % 3],
            end="." if number % 3 == 2 else "!")


GREETING = """---
title: {name} — слово № {number}
summary: Кілька слів до дня.
published_at: {day} 08:00
occasion_on: {day}
occasion: {name}
tone: {tone}
salutation: Шановна громадо{end}
signatory: levadna-olena
---

Сьогодні згадуємо тих, чия щоденна праця тримає громаду. Дякуємо їм за терпіння, увагу й уміння робити своє добре.

Нехай цей день додасть кожному впевненості: те, що ми робимо разом, лишається надовго. У кожному дворі, у кожній школі й
на кожній вулиці є слід їхніх рук, слово № {number}.

Бережіть себе й одне одного.
"""
