"""Runs programs in turns and says what each cost: wall time, processor, memory."""
from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tooling.bootstrap import NotReady


@dataclass(frozen=True)
class Cost:
    """One run: seconds of the clock, seconds of all processors (user and system, children too), MiB at the peak of its
    largest process, files written."""
    wall: float
    cpu: float
    memory: float
    files: int


@dataclass(frozen=True)
class Contender:
    """A program that builds a site into `output`, which is emptied before each run, outside the measured time."""
    name: str
    command: tuple[str, ...]
    folder: Path
    output: Path
    environment: dict[str, str]


def in_turns(contenders: list[Contender], runs: int, tell: Callable[[str], None]) -> dict[str, list[Cost]]:
    """Costs by name. A B C A B C and not A A B B C C: what else the machine does falls on all alike."""
    costs: dict[str, list[Cost]] = {contender.name: [] for contender in contenders}
    for turn in range(1, runs + 1):
        for contender in contenders:
            cost = measure(contender)
            costs[contender.name].append(cost)
            tell(f"{turn}/{runs} {contender.name}: {cost.wall:.2f} с, процесор {cost.cpu:.2f} с, "
                 f"{cost.memory:.0f} МіБ, файлів {cost.files}")
    return costs


def measure(contender: Contender) -> Cost:
    """One run; a program that fails ends the measurement with its own last words."""
    if not hasattr(os, "wait4"):
        raise NotReady("Вимірювати можна на Linux або macOS: Windows не каже, скільки спожили дочірні процеси.")
    shutil.rmtree(contender.output, ignore_errors=True)
    log = contender.folder / f"{contender.name}.log"
    with log.open("wb") as out:
        start = time.perf_counter()
        process = subprocess.Popen(contender.command, cwd=contender.folder, env=contender.environment, stdout=out,
                                   stderr=subprocess.STDOUT)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        said = log.read_text(encoding="utf-8", errors="replace")[-3000:]
        raise NotReady(f"{contender.name}: код {process.returncode}\n{said}")
    files = sum(1 for path in contender.output.rglob("*") if path.is_file())
    unit = 1 << 20 if os.uname().sysname == "Darwin" else 1 << 10
    return Cost(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / unit, files)


def median(costs: list[Cost], field: str) -> float:
    return float(statistics.median(getattr(cost, field) for cost in costs))
