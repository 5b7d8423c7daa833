"""The archive of a council: our build beside Hugo, Eleventy and plain Pelican, on the same documents in the same run.

Five scenarios: the first build, one edit, a new item, no change, a change of the theme. The others know full builds
only, so that is what they do in all of them.
"""
from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from bench import report
from bench.corpus import NEW, Corpus, lay_out
from bench.measure import Contender, clear_aside, in_turns, put_aside
from bench.peers import PEERS, Program, programs
from bench.report import Costs
from tooling.bootstrap import ROOT, NotReady

SCRATCH = ROOT / ".cache" / "bench"
USUAL_RUNS = 3
MOST_YEARS = 10
WIDTH = 100
"""Of tables that no terminal bounds."""


@dataclass(frozen=True)
class Scenario:
    """What happens before each run."""

    name: str
    title: str
    change: Callable[[Corpus, str, int], None] | None = None
    is_cold: bool = False
    watch: str = ""


SCENARIOS = (
    Scenario("cold", "Перша побудова", is_cold=True),
    Scenario("edit", "Одна правка в тексті новини", Corpus.edit),
    Scenario("new", "Нова новина", Corpus.add, watch=f"/{NEW}-{{turn}}/"),
    Scenario("none", "Без змін"),
    Scenario("theme", "Зміна шаблону всіх сторінок", Corpus.retouch),
)


def wrong_options(years: int, peers: str, runs: int, share: int) -> str:
    """What is wrong with the options, or nothing."""
    strange = [peer for peer in names_of(peers) if peer not in PEERS]
    if strange:
        return f"--peers: «{strange[0]}» невідомий. Можна: {', '.join(PEERS)}."
    for name, value, most in (("years", years, MOST_YEARS), ("share", share, 100)):
        if not 1 <= value <= most:
            return f"--{name}: {value}. Треба від 1 до {most}."
    return f"--runs: {runs}. Треба 0 або більше." if runs < 0 else ""


def names_of(peers: str) -> tuple[str, ...]:
    """The peers of a list with commas, each once."""
    return tuple(dict.fromkeys(name.strip() for name in peers.split(",") if name.strip()))


def main(shared: Path, texts: Path, *, years: int, peers: str, runs: int, share: int, figures: Path | None) -> int:
    """Measure and print; 0 when every program built every document.

    `shared` holds `gen_corpus.py` and the skeletons of the peers' sites; `share` is per cent of a year's volume. With
    `runs` 0 each program runs three times, and plain Pelican, which takes minutes for ten years, once.
    """
    console = Console(highlight=False)
    if not console.is_terminal:
        console = Console(highlight=False, width=WIDTH)
    shared, texts = shared.resolve(), texts.resolve()
    for needed in (shared / "gen_corpus.py", *(shared / peer for peer in PEERS), texts):
        if not needed.exists():
            raise NotReady(f"Немає {needed}. Вкажіть теку з генератором архіву: "
                           "python3 tasks.py bench archive --shared ТЕКА --texts ТЕКА")
    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn()
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        corpus = _corpus(shared, texts, years, share, progress)
        console.print(f"Документів: {corpus.documents}. Готую програми…")
        put_aside(corpus.folder / "output")
        entered = programs(corpus, names_of(peers), SCRATCH)
        try:
            costs = measure_all(corpus, entered, runs, progress)
        finally:
            clear_aside(corpus.folder / "output")
            clear_aside(corpus.folder)
    for scenario in SCENARIOS:
        console.print(report.table(scenario.title, scenario.name, costs))
    told_once = is_pelican_once(corpus, runs) and "pelican" in costs["cold"]
    for line in (report.NOTE, *([report.PELICAN_ONCE] if told_once else [])):
        console.print(line)
    if figures:
        whole = {"years": years, "share": share, "documents": corpus.documents} | report.whole(costs)
        figures.write_text(json.dumps(whole, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    short = {name: found[0].files for name, found in costs["cold"].items() if found[0].files < corpus.documents}
    for name, files in short.items():
        console.print(f"{name}: файлів {files}, а документів {corpus.documents}.")
    return 1 if short else 0


def _corpus(shared: Path, texts: Path, years: int, share: int, progress: Progress) -> Corpus:
    progress.console.print("Складаю архів…")
    task = progress.add_task("Складаю архів", total=None)
    corpus = lay_out(shared, texts, SCRATCH, years=years, share=share,
                     advance=lambda number: progress.advance(task, number))
    progress.remove_task(task)
    return corpus


def measure_all(corpus: Corpus, entered: list[Program], runs: int, progress: Progress) -> Costs:
    """All scenarios, each in turns."""
    once, runs = is_pelican_once(corpus, runs), runs or USUAL_RUNS
    plan = {scenario: [contender(corpus, program, scenario, once) for program in entered
                       if scenario.is_cold or not once or program.name != "pelican"] for scenario in SCENARIOS}
    total = sum(min(runs, each.most or runs) for taking_part in plan.values() for each in taking_part)
    task = progress.add_task("Вимірюю", total=total)

    def tell(line: str) -> None:
        progress.console.print(line)
        progress.advance(task)

    costs: Costs = {}
    for scenario, taking_part in plan.items():
        progress.update(task, description=scenario.title)
        progress.console.print(f"{scenario.title}:")
        costs[scenario.name] = in_turns(taking_part, runs, tell)
    return costs


def is_pelican_once(corpus: Corpus, runs: int) -> bool:
    """True when plain Pelican would take minutes and nobody asked for a number of runs."""
    return corpus.years > 1 and not runs


def contender(corpus: Corpus, program: Program, scenario: Scenario, pelican_once: bool) -> Contender:
    """A program in a scenario."""
    change = scenario.change
    return Contender(
        program.name, program.command if scenario.is_cold else program.again, program.folder, program.output,
        program.environment, keeps=not scenario.is_cold, watch=scenario.watch,
        prepare=(lambda turn: change(corpus, program.name, turn)) if change else None,
        most=1 if pelican_once and program.name == "pelican" else None)
