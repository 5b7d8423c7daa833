"""What the index costs: processor and memory while it is made, bytes on the host, what one edit touches.

The cost of indexing is a build with the index less the same build without. Pagefind reads the finished pages that are
in our index; all of them run in turns, in one run.
"""
from __future__ import annotations

import gzip
import json
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path

import deflate

from bench.measure import Contender, Cost, changed_files, measure, snapshot
from bench.rolls import begin_history
from tooling.bootstrap import ROOT

AS_OF = "2026-01-01T12:00:00+02:00"
INDEX = "search"
MIB = 1 << 20


@dataclass(frozen=True)
class Sizes:
    """Bytes: the script packed, the index without texts, the texts; how many files there are."""

    script: int
    index: int
    texts: int
    files: int


@dataclass
class Costs:
    """Runs of a site: first builds with and without the index, Pagefind, edits with and without the index."""

    cold: Cost
    plain: Cost
    pagefind: Cost
    sizes: Sizes
    pagefind_index: int
    edits: list[Cost] = field(default_factory=list)
    plain_edits: list[Cost] = field(default_factory=list)
    touched: list[int] = field(default_factory=list)
    """Files of the index that each edit changed."""

    @property
    def cpu(self) -> float:
        """Seconds of the processor for indexing all."""
        return self.cold.cpu - self.plain.cpu

    @property
    def edit_cpu(self) -> float:
        """The same after one edit: the least of the runs, since what else runs here only adds."""
        return min(cost.cpu for cost in self.edits) - min(cost.cpu for cost in self.plain_edits)

    def told(self) -> dict[str, object]:
        """All figures, for programs."""
        return asdict(self) | {"cpu": self.cpu, "edit_cpu": self.edit_cpu if self.edits else None}


def build(site: Path, name: str = "output", *, search: bool = True, cold: bool = True, as_of: str = AS_OF,
          prepare: Callable[[int], None] | None = None) -> Contender:
    """Our build of a site into one of its folders; `as_of` empty: on the day that its documents tell."""
    more = {"--no-search": not search, "--cold": cold}
    command = [sys.executable, str(ROOT / "tasks.py"), "build", *(("--as-of", as_of) if as_of else ()),
               *(option for option, is_set in more.items() if is_set)]
    for option, folder in (("--content", "content"), ("--data", "data"), ("--output", name)):
        command += [option, str(site / folder)]
    return Contender(name, tuple(command), site, site / name, dict(os.environ), keeps=not cold, prepare=prepare)


def measured(site: Path, edit: Callable[[int], None], tell: Callable[[str], None], edits: int = 3) -> Costs:
    """Everything about one site, that has no history yet; `edit` changes one document for a turn."""
    begin_history(site)
    tell("перша побудова без покажчика")
    plain = measure(build(site, "plain", search=False))
    tell("перша побудова з покажчиком")
    cold = measure(build(site))
    tell("Pagefind")
    pagefind, size = by_pagefind(site)
    costs = Costs(cold, plain, pagefind, sizes(site / "output"), size)
    for turn in range(1, edits + 1):
        tell(f"правка {turn} з {edits}")
        before = snapshot(site / "output" / INDEX)
        costs.edits.append(measure(build(site, cold=False, prepare=edit), turn))
        costs.touched.append(changed_files(before, snapshot(site / "output" / INDEX), "\0"))
        costs.plain_edits.append(measure(build(site, "plain", search=False, cold=False), turn))
    return costs


def by_pagefind(site: Path) -> tuple[Cost, int]:
    """What Pagefind costs over the same pages, and the bytes of its index: without scripts and texts."""
    from pagefind_bin import get_executable

    pages, folder = site / "pages", site / "by-pagefind"
    shutil.rmtree(pages, ignore_errors=True)
    for address in addresses(site / "output"):
        file = site / "output" / address.strip("/") / "index.html"
        if file.exists():
            copied = pages / address.strip("/") / "index.html"
            copied.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, copied)
    command = (str(get_executable()), "--site", str(pages), "--output-path", str(folder), "--root-selector", "main")
    cost = measure(Contender("pagefind", command, site, folder, dict(os.environ)))
    index = [file for pattern in ("index/*", "filter/*", "*.pf_meta") for file in folder.glob(pattern)]
    return cost, sum(file.stat().st_size for file in index)


def addresses(output: Path) -> Iterator[str]:
    """The pages of our index, as its texts name them."""
    found = {shown(file)[0] for file in (output / INDEX / "uk" / "text").glob("*.gz")}
    yield from sorted(found)


def shown(file: Path) -> list[str]:
    """The facts in a file of a text."""
    content = gzip.decompress(file.read_bytes())
    facts: list[str] = json.loads(content[1:].decode("cp1251" if content[0] == 1 else "utf-8"))
    return facts


def sizes(output: Path) -> Sizes:
    """What lies on the host."""
    script = output / INDEX / "search.js"
    files = [file for file in (output / INDEX / "uk").rglob("*") if file.is_file()]
    texts = sum(file.stat().st_size for file in files if file.parent.name == "text")
    packed = len(deflate.gzip_compress(script.read_bytes(), 9)) if script.exists() else 0
    return Sizes(packed, sum(file.stat().st_size for file in files) - texts, texts, len(files))
