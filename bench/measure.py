"""Runs programs in turns and says what each cost: wall time, processor, memory, files."""
from __future__ import annotations

import hashlib
import json
import os
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tooling.bootstrap import NotReady

LAUNCHER = """
import json, os, sys, time
start = time.perf_counter()
program = os.posix_spawnp(sys.argv[2], sys.argv[2:], os.environ)
_, status, usage = os.wait4(program, 0)
wall = time.perf_counter() - start
with open(sys.argv[1], "w") as told:
    json.dump([os.waitstatus_to_exitcode(status), wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss], told)
"""
"""A small process between us and the program: on Linux a child inherits the peak memory of the one that starts it."""
COARSE_CLOCK_NS = 20_000_000
"""File systems stamp files by a clock that lags behind by up to a tick."""


@dataclass(frozen=True)
class Cost:
    """One run: seconds of the clock, seconds of all processors (user and system, children too), MiB at the peak of its
    largest process, files of the output, files among them that the run wrote, files changed besides a new item's own
    (None: nobody asked)."""
    wall: float
    cpu: float
    memory: float
    files: int
    written: int = 0
    changed: int | None = None


@dataclass(frozen=True)
class Contender:
    """A program that builds a site into `output`.

    Outside the measured time the output is emptied, unless it `keeps` it, and `prepare` makes the change of a turn.
    `watch`, with `{turn}` in it, is a part of the addresses that belong to what was added; if set, other files that
    changed are counted.
    """
    name: str
    command: tuple[str, ...]
    folder: Path
    output: Path
    environment: dict[str, str]
    keeps: bool = False
    prepare: Callable[[int], None] | None = None
    watch: str = ""
    most: int | None = None
    """No more runs than this."""


def in_turns(contenders: list[Contender], runs: int, tell: Callable[[str], None]) -> dict[str, list[Cost]]:
    """Costs by name. A B C A B C and not A A B B C C: what else the machine does falls on all alike."""
    costs: dict[str, list[Cost]] = {contender.name: [] for contender in contenders}
    for turn in range(1, runs + 1):
        for contender in contenders:
            if contender.most is not None and turn > contender.most:
                continue
            cost = measure(contender, turn)
            costs[contender.name].append(cost)
            tell(f"{turn}/{runs} {contender.name}: {decimal(cost.wall)} с, процесор {decimal(cost.cpu)} с, "
                 f"{cost.memory:.0f} МіБ, файлів {cost.files}, записано {cost.written}")
    return {name: measured for name, measured in costs.items() if measured}


def measure(contender: Contender, turn: int = 1) -> Cost:
    """One run; a program that fails ends the measurement with its own last words."""
    if not hasattr(os, "wait4"):
        raise NotReady("Вимірювати можна на Linux або macOS: Windows не каже, скільки спожили дочірні процеси.")
    if not contender.keeps:
        put_aside(contender.output)
    if contender.prepare:
        contender.prepare(turn)
    own = contender.watch.format(turn=turn)
    before = snapshot(contender.output) if own else {}
    stamp = time.time_ns()
    wall, cpu, memory = _launch(contender)
    stamps = [path.stat().st_ctime_ns for path in contender.output.rglob("*") if path.is_file()]
    return Cost(wall, cpu, memory, len(stamps),
                sum(at >= stamp - COARSE_CLOCK_NS for at in stamps),
                changed_files(before, snapshot(contender.output), own) if own else None)


ASIDE = ".old"


def put_aside(folder: Path) -> None:
    """Make place for a first build. What lay there is deleted when all is measured (`clear_aside`): for minutes after
    thousands of files were deleted ext4 looks at the number of each before it gives it to a new one.
    """
    if folder.exists():
        folder.rename(folder.with_name(f"{folder.name}-{time.time_ns()}{ASIDE}"))


def clear_aside(folder: Path) -> None:
    """Delete what was put aside in a folder."""
    for old in folder.glob(f"*{ASIDE}"):
        shutil.rmtree(old, ignore_errors=True)


def _launch(contender: Contender) -> tuple[float, float, float]:
    """Wall time, processor time, MiB at the peak of a program that ended well."""
    log, told = (contender.folder / f"{contender.name}.{suffix}" for suffix in ("log", "cost"))
    with log.open("wb") as out:
        subprocess.run([sys.executable, "-I", "-S", "-c", LAUNCHER, str(told), *contender.command], check=True,
                       cwd=contender.folder, env=contender.environment, stdout=out, stderr=subprocess.STDOUT)
    status, wall, cpu, memory = json.loads(told.read_text(encoding="utf-8"))
    if status:
        said = log.read_text(encoding="utf-8", errors="replace")[-3000:]
        raise NotReady(f"{contender.name}: код {status}\n{said}")
    return wall, cpu, memory / (1 << 20 if sys.platform == "darwin" else 1 << 10)


def snapshot(folder: Path) -> dict[str, bytes]:
    """What the files of a folder hold: path → digest."""
    return {path.relative_to(folder).as_posix(): hashlib.blake2b(path.read_bytes(), digest_size=16).digest()
            for path in sorted(folder.rglob("*")) if path.is_file()}


def changed_files(before: dict[str, bytes], after: dict[str, bytes], own: str) -> int:
    """How many files differ, came or went, apart from those whose path has `own` in it."""
    return sum(own not in path and before.get(path) != after.get(path) for path in before.keys() | after.keys())


def decimal(number: float) -> str:
    """«1,29»."""
    return f"{number:.2f}".replace(".", ",")


def median(costs: list[Cost], field: str) -> float:
    return float(statistics.median(getattr(cost, field) for cost in costs))
