"""`python3 tasks.py bench search`: everything in one run, or some parts of it."""
from __future__ import annotations

import json
import random
import shutil
from collections.abc import Sequence
from dataclasses import asdict
from functools import cached_property
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from bench import demo
from bench.measure import measure
from bench.search import asking, browser, corpus, costs, judged, queries, scores, serving, table
from bench.search.queries import LEMMA_CLASSES, Query
from bench.search.truth import Truth
from tooling.bootstrap import ROOT

SCRATCH = ROOT / ".cache" / "bench" / "search"
PARTS = ("answers", "waits", "costs", "judged")
WAITS = 30
FIRST_KB, FIRST_KB_LARGE = 40, 60
"""Bars of the first answer: on this site, on the archive of ten years."""
SHOWN_FAILURES = 40
WIDTH = 110


class Teller:
    """What the user sees while it runs: a bar on a terminal, lines elsewhere."""

    def __init__(self, console: Console, progress: Progress) -> None:
        self.console, self.progress = console, progress
        self._task: TaskID | None = None

    def begin(self, title: str) -> None:
        """A new step."""
        if self._task is not None:
            self.progress.remove_task(self._task)
        self._task = self.progress.add_task(title, total=None)
        if not self.console.is_terminal:
            self.console.print(f"{title}…")

    def count(self, done: int, total: int) -> None:
        """How far the step is."""
        assert self._task is not None
        self.progress.update(self._task, completed=done, total=total)


def wrong_options(parts: str, years: int, *, is_held_out: bool = False, seed: int = 0) -> str:
    """What is wrong with the options, or nothing."""
    if is_held_out and seed:
        return "--seed: відкладені питання завжди ті самі."
    strange = [part for part in names_of(parts) if part not in PARTS]
    if strange:
        return f"--parts: «{strange[0]}» невідома. Можна: {', '.join(PARTS)}."
    return "" if 0 <= years <= demo.YEARS else f"--years: {years}. Треба від 0 до {demo.YEARS}."


def names_of(parts: str) -> tuple[str, ...]:
    """The parts of a list with commas; all of them for an empty one."""
    return tuple(name.strip() for name in parts.split(",") if name.strip()) or PARTS


def main(texts: Path, *, is_held_out: bool, parts: str, years: int, figures: Path | None, seed: int = 0) -> int:
    """Measure and print; 0 also where a bar is missed: it is a measurement. `years` 0: without the archive; `seed`:
    other harder questions."""
    console = Console(highlight=False)
    if not console.is_terminal:
        console = Console(highlight=False, width=WIDTH)
    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn()
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        bench = Bench(Teller(console, progress), texts, queries.SPLITS[is_held_out], seed)
        for part in PARTS:
            if part in names_of(parts):
                getattr(bench, part)()
        if years:
            bench.archive(years)
    bench.report(console, figures)
    return 0


class Bench:
    """One run: a site, questions, and what was found so far."""

    def __init__(self, tell: Teller, texts: Path, split: str, seed: int = 0) -> None:
        self.tell, self.texts, self.split, self.seed = tell, texts, split, seed
        self.rows: list[table.Row] = []
        self.scores: dict[str, list[scores.Score]] = {}
        self.failures: tuple[judged.Failure, ...] = ()
        self.whole: dict[str, Any] = {"split": split, "seed": seed}

    @cached_property
    def site(self) -> Path:
        """The folder of the site, its documents written anew."""
        self.tell.begin("Складаю сайт")
        corpus.write(self.pages, SCRATCH / "site")
        self.whole["pages"] = len(self.pages)
        return SCRATCH / "site"

    @cached_property
    def pages(self) -> list[corpus.Page]:
        """What the search is judged on."""
        return corpus.pages(self.texts)

    @cached_property
    def truth(self) -> Truth:
        """What stands where."""
        return Truth(self.pages)

    @cached_property
    def queries(self) -> list[Query]:
        """All questions of the half."""
        self.tell.begin("Складаю питання")
        found = list(queries.made(self.truth, self.split, self.seed))
        self.whole["questions"] = len(found)
        return found

    def built(self) -> Path:
        """The site with its index, built once."""
        output = self.site / "output"
        if not output.exists():
            self.tell.begin("Будую сайт")
            measure(costs.build(self.site))
        return output

    def answers(self) -> None:
        """Questions with known answers; bytes of visitors."""
        output, asked = self.built(), self.queries
        self.tell.begin("Питаю")
        with serving.serving(output) as served:
            told = asking.ask(served, node(), asked, self.tell.count)
        self.scores = table.by_class(self.queries, told.answers, self.truth.pages)
        shown = [(query, answer) for query, answer in zip(self.queries, told.answers, strict=True) if answer.excerpts]
        self.rows += table.quality(self.scores)
        self.rows += table.excerpts(scores.marks([query for query, _ in shown], [answer for _, answer in shown]))
        self.rows += table.traffic(told, FIRST_KB)
        self.whole |= {"visitors": told.visitors, "session": told.session, "answers": [
            asdict(query) | {"control": sorted(query.control), "urls": answer.urls, "note": answer.note,
                             "error": answer.error}
            for query, answer in zip(self.queries, told.answers, strict=True)]}

    def waits(self) -> None:
        """From Enter to results in a browser."""
        output, of_lemmas = self.built(), [query for query in self.queries if query.kind in LEMMA_CLASSES]
        self.tell.begin("Чекаю на відповідь у браузері")
        with serving.serving(output) as served:
            found = browser.waits(served, browser_program(), asking.spread(of_lemmas, WAITS), self.tell.count)
        self.rows += table.waiting(found)
        self.whole["waits"] = found

    def costs(self) -> None:
        """Processor, memory, bytes on the host, beside Pagefind."""
        file = self.site / "content" / self.pages[0].file
        found = costs.measured(self.site, lambda turn: edit(file, turn), self.step)
        self.rows += table.cost(found)
        self.whole["costs"] = found.told()

    def judged(self) -> None:
        """Real questions to the sample site."""
        asked = judged.read()
        if not asked:
            return
        self.tell.begin("Будую сайт зразкової громади")
        sample = SCRATCH / "sample"
        for name in ("content", "data"):
            shutil.rmtree(sample / name, ignore_errors=True)
            shutil.copytree(ROOT / name, sample / name)
        measure(costs.build(sample, as_of=""))
        self.tell.begin("Питаю зразкову громаду")
        with serving.serving(sample / "output") as served:
            told = asking.ask(served, node(), [each.query for each in asked], self.tell.count, visitors=0, session=0)
        verdict = judged.verdict(asked, told.answers)
        self.rows += table.judged(verdict)
        self.failures = verdict.failures
        self.whole["judged"] = asdict(verdict)

    def archive(self, years: int) -> None:
        """Bytes and costs of an archive of so many years."""
        site = SCRATCH / f"archive-{years}"
        shutil.rmtree(site, ignore_errors=True)
        self.tell.begin(f"Складаю архів, років {years}")
        demo.write(demo.registers.files(), site / "data")
        for year in range(demo.registers.LAST_YEAR - years + 1, demo.registers.LAST_YEAR + 1):
            demo.write(demo.year_files(year), site / "content")
        documents = sorted(site.glob("content/news/**/*.md"))
        middle = documents[len(documents) // 2]
        name = f"Архів {years} р.: "
        found = costs.measured(site, lambda turn: edit(middle, turn), self.step)
        self.rows += table.cost(found, name)
        self.tell.begin("Питаю архів")
        with serving.serving(site / "output") as served:
            told = asking.ask(served, node(), titled(documents), self.tell.count, wants_answers=False)
        self.rows += table.traffic(told, FIRST_KB_LARGE, name)
        self.whole["archive"] = {"years": years, "costs": found.told(), "visitors": told.visitors,
                                 "session": told.session}

    def step(self, title: str) -> None:
        """A step of the costs."""
        self.tell.begin(f"Вимірюю: {title}")

    def report(self, console: Console, figures: Path | None) -> None:
        """The tables, what failed, the file."""
        half = "для розробки" if self.split == queries.SPLITS[0] else "відкладена"
        if self.scores:
            console.print(f"Сторінок {len(self.pages)}, питань {len(self.queries)}, половина {half}.")
            console.print(table.classes(self.scores))
        console.print(table.drawn(self.rows))
        for failure in self.failures[:SHOWN_FAILURES]:
            console.print(f"«{failure.question}»: треба {failure.expected}, на місці {failure.place or '—'}; "
                          f"знайдено {', '.join(failure.found) or 'нічого'}", soft_wrap=True)
        missed = [row for row in self.rows if row.holds is False]
        console.print(f"Межі, яких не досягнуто: {len(missed)}." if missed else "Усіх меж досягнуто.")
        if figures:
            whole = self.whole | table.as_data(self.rows, self.scores)
            figures.write_text(json.dumps(whole, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def edit(file: Path, turn: int) -> None:
    """One more sentence in a document."""
    with file.open("a", encoding="utf-8", newline="\n") as document:
        document.write(f"\nУточнення № {turn}: захід розпочнеться раніше.\n")


def titled(documents: Sequence[Path]) -> list[Query]:
    """Questions of one word or two from the titles of documents, evenly from all, in other forms."""
    chance, found = random.Random("titles"), []
    for place in range(0, len(documents), max(1, len(documents) // 200)):
        lines = documents[place].read_text(encoding="utf-8").split("\n")
        title = next((line.partition(":")[2] for line in lines if line.startswith("title:")), "")
        if asked := queries.other_forms(title, chance)[:chance.choice((1, 2))]:
            found.append(Query(" ".join(asked), "two words", "", tuple(asked)))
    return found


def node() -> Path:
    """Node from its wheel."""
    from tests import tools

    return tools.node()


def browser_program() -> Path:
    """Chromium or a relative of it."""
    from tests import tools

    return tools.browser()
