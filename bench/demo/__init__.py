"""The archive of a council that does not exist, in this project's own formats: `python3 tasks.py demo`.

As many documents a year as a real council published (design §1). The bytes follow from the seed and the year alone: no
clock, and one year is a part of ten.
"""
from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from rich.console import Console
from rich.progress import Progress

from bench.demo import chronicle, registers
from bench.demo.decisions import Year

YEARS = registers.LAST_YEAR - registers.FIRST_YEAR + 1
VOLUMES = {"news": 1410, "drafts": 962, "plenaries": 9, "executives": 49, "briefings": 52, "greetings": 70,
           "reports": 6, "videos": 115}
"""Documents of one year."""


def main(years: int, output: Path, share: int = 100) -> int:
    """Write `content/` and `data/` below `output`. Status 0, or 2 for wrong options or a folder that is not empty."""
    problem = _problem(years, output, share)
    if problem:
        print(problem, file=sys.stderr)
        return 2
    console = Console(highlight=False)
    written = write(registers.files(), output / "data")
    with Progress(console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task("Складаю архів", total=years)
        for year in range(registers.LAST_YEAR - years + 1, registers.LAST_YEAR + 1):
            made = write(year_files(year, share), output / "content")
            written += made
            progress.advance(task)
            if not console.is_terminal:
                console.print(f"{year}: файлів {made}")
    console.print(f"Готово: файлів {written}. Перевірити: python3 tasks.py check --content {output / 'content'} "
                  f"--data {output / 'data'}", soft_wrap=True)
    return 0


def _problem(years: int, output: Path, share: int) -> str:
    if not 1 <= years <= YEARS:
        return f"--years: {years}. Треба від 1 до {YEARS}."
    if not 1 <= share <= 100:
        return f"--share: {share}. Треба від 1 до 100."
    if output.exists() and (not output.is_dir() or any(output.iterdir())):
        return f"--output: тека {output} не порожня. Вкажіть нову або порожню: архів нічого не перезаписує."
    return ""


def year_files(year: int, share: int = 100) -> Iterator[tuple[str, str]]:
    """The documents of one year: path below `content/`, text; `share` is per cent of its volume."""
    number = {kind: max(1, whole * share // 100) for kind, whole in VOLUMES.items()}
    decisions = Year(year, number["drafts"], number["plenaries"], number["executives"])
    yield from decisions.files()
    yield from chronicle.news(year, number["news"], number["videos"], decisions.acts, decisions.sittings)
    yield from chronicle.briefings(year, number["briefings"])
    yield from chronicle.plans(year, number["briefings"])
    yield from chronicle.greetings(year, number["greetings"])
    yield from chronicle.reports(year, number["reports"])


def write(files: Iterator[tuple[str, str]], folder: Path) -> int:
    """Write files below a folder; how many there were."""
    written, made = 0, set()
    for name, text in files:
        path = folder / name
        if path.parent not in made:
            path.parent.mkdir(parents=True, exist_ok=True)
            made.add(path.parent)
        path.write_text(text, encoding="utf-8", newline="\n")
        written += 1
    return written
