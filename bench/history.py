"""The pass over git history at the size of ten years: what the first one costs, and one more commit (issue note §4).

A repository is made by `git fast-import`: so many documents, commits that add, edit, rename and delete them.
"""
from __future__ import annotations

import random
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from .measure import Contender, Cost, decimal, in_turns

DOCUMENTS, COMMITS = 26_500, 40_000
START = 1_420_000_000
READ = """
import sys
from pathlib import Path
from plugins.history.intake import open_past
from plugins.records import Report
folder, cache = map(Path, sys.argv[1:])
past = open_past(folder / "content", folder / "data", cache, "bench", Report())
print(past.db.execute("select count(*), count(distinct path) from event").fetchone())
"""


def main(runs: int, tell: Callable[[str], None] = print) -> int:
    """Measure, and print the medians. Returns the exit status."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place, "archive")
        tell(f"Складаю сховище: документів {DOCUMENTS}, комітів {COMMITS}.")
        make(folder)
        command = (sys.executable, "-c", READ, str(folder), str(folder / "cache"))
        environment = {"PYTHONPATH": str(Path(__file__).resolve().parents[1]), "PATH": "/usr/bin:/bin:/usr/local/bin"}

        def forget(turn: int) -> None:
            for file in (folder / "cache").rglob("*.db"):
                file.unlink()

        def commit(turn: int) -> None:
            file = folder / "content" / "drafts" / "2015" / "0-p.yml"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(document(0, turn + 1000), encoding="utf-8")
            git(folder, "add", str(file))
            git(folder, "commit", "-q", "-m", "Правка")

        costs = in_turns([
            Contender("увесь журнал", command, folder, folder / "cache", environment, keeps=True, prepare=forget),
            Contender("один коміт", command, folder, folder / "cache", environment, keeps=True, prepare=commit),
        ], runs, tell)
    for name, found in costs.items():
        tell(f"{name}: {median(found, 'wall')} с, процесор {median(found, 'cpu')} с, "
             f"{max(cost.memory for cost in found):.0f} МіБ (медіана з {len(found)})")
    return 0


def median(costs: list[Cost], name: str) -> str:
    """The middle value, as people write it."""
    values = sorted(getattr(cost, name) for cost in costs)
    return decimal(values[len(values) // 2])


def git(folder: Path, *arguments: str, stdin: bytes | None = None) -> None:
    """Run git in the repository."""
    subprocess.run(["git", "-C", str(folder), "-c", "user.name=Рада", "-c", "user.email=rada@example.ua", *arguments],
                   check=True, input=stdin, capture_output=True)


def document(number: int, version: int) -> str:
    """A draft in some version; every third change is one of the text."""
    chosen = random.Random(number)
    words = " ".join(chosen.choice(("кошти", "міст", "програма", "дорога", "школа")) + str(chosen.randrange(999))
                     for _ in range(60))
    return (f"number: {number}-П\ntype: decision\nbody: rada\ntitle: Про справу {number}\n"
            f"summary: Стан {version}.\npublished_at: 2016-01-01 10:00\ninitiator:\n  text: Рада\n"
            f"text: |\n  1. {words}, {version // 3}.\n")


def make(folder: Path) -> None:
    """The repository, its files not checked out."""
    folder.mkdir(parents=True)
    git(folder, "init", "-q", "-b", "main")
    git(folder, "fast-import", "--quiet", stdin=b"".join(_stream()))
    git(folder, "read-tree", "HEAD")
    (folder / "content").mkdir()


def _stream() -> Iterator[bytes]:
    chosen = random.Random(1)
    paths: list[str] = []
    versions: dict[str, tuple[int, int]] = {}
    for turn in range(COMMITS):
        is_new = len(versions) < DOCUMENTS and (turn * DOCUMENTS // COMMITS >= len(versions) or not paths)
        message = "Зміни".encode()
        yield (f"commit refs/heads/main\ncommitter Рада <rada@example.ua> {START + turn * 8000} +0200\n"
               f"data {len(message)}\n").encode() + message + b"\n"
        if is_new:
            number = len(versions)
            path = f"content/drafts/{2015 + number // 2650}/{number}-p.yml"
            versions[str(number)] = (number, 0)
            paths.append(path)
        else:
            place = chosen.randrange(len(paths))
            path = paths[place]
            key = path.rpartition("/")[2].split("-")[0]
            versions[key] = (versions[key][0], versions[key][1] + 1)
            if chosen.random() < 0.15:
                moved = path.removesuffix(".yml") + f"-x{turn}.yml"
                yield f"R {path} {moved}\n".encode()
                paths[place] = path = moved
        key = path.rpartition("/")[2].split("-")[0]
        text = document(*versions[key]).encode()
        yield f"M 100644 inline {path}\ndata {len(text)}\n".encode() + text + b"\n"
