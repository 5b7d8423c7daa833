"""The pass over git history at the size of ten years: what the first one costs, and one more commit (issue note §10).

A repository is made by `git fast-import`: so many documents, commits that add, edit, rename and delete them. What the
pass finds must be what `git log --follow` says of each of 200 documents.
"""
from __future__ import annotations

import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from plugins.ukrainian.differences import after_of, before_of, differences

from .measure import Contender, Cost, decimal, in_turns

DOCUMENTS, COMMITS, SAMPLED = 26_500, 40_000, 200
PAIRS = 10_000
START = 1_420_000_000
WORDS = ("кошти", "міст", "програма", "дорога", "школа")
SIGNS = (*WORDS, "об’єкт", "будь-який", "«слово»", "1.1.", "14 років", "1 350", "№", ",", ".", "-", "'", "<ins>", "[-",
         " ", " ", " ", " ", "\u00a0", "\n", "\n\n", "\r\n", "\u2028", "\u0301", "\u202e", "😀", "\0")
"""Of which texts to compare are made."""
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
    """Measure, and print the medians; then compare with git. Returns the exit status."""
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
            file = folder / "content" / "drafts" / "2015" / "0-p-справа.yml"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(document(0, turn + 1000), encoding="utf-8")
            git(folder, "add", str(file))
            git(folder, "commit", "-q", "-m", "Правка")

        tell(f"Навантаження машини: {', '.join(map(decimal, os.getloadavg()))}.")
        costs = in_turns([
            Contender("увесь журнал", command, folder, folder / "cache", environment, keeps=True, prepare=forget),
            Contender("один коміт", command, folder, folder / "cache", environment, keeps=True, prepare=commit),
        ], runs, tell)
        for name, found in costs.items():
            tell(f"{name}: {median(found, 'wall')} с, процесор {median(found, 'cpu')} с, "
                 f"{max(cost.memory for cost in found):.0f} МіБ (медіана з {len(found)})")
        tell(f"Навантаження машини: {', '.join(map(decimal, os.getloadavg()))}.")
        chosen = sample(folder, SAMPLED)
        others = differing(folder, chosen, folder / "cache")
        tell(f"Так само, як git log --follow: {len(chosen) - len(others)} з {len(chosen)} документів.")
        for path in others:
            tell(f"  інакше: {path}")
    lost = sum(not comes_back(*pair) for pair in pairs(PAIRS))
    tell(f"Порівняння слово за словом: обидва тексти повертаються літера в літеру в {PAIRS - lost} пар із {PAIRS}.")
    return 1 if others or lost else 0


def pairs(count: int) -> Iterator[tuple[str, str]]:
    """Texts, and what became of them: words that came, went, moved or are others; some pairs have nothing in common."""
    chosen = random.Random(3)
    for _ in range(count):
        before = chosen.choices(SIGNS, k=chosen.randrange(80))
        after = before[:] if chosen.random() < 0.9 else chosen.choices(SIGNS, k=chosen.randrange(80))
        for _ in range(chosen.randrange(8)):
            at, to = chosen.randrange(len(after) + 1), chosen.randrange(len(after) + 1)
            after[at:at + chosen.randrange(4)] = chosen.choices(SIGNS, k=chosen.randrange(4))
            after[to:to] = [after.pop(at)] if at < len(after) and chosen.random() < 0.3 else []
        yield "".join(before), "".join(after)


def comes_back(before: str, after: str) -> bool:
    """Whether both texts are there when what came, or what went, is left out."""
    rows = differences(before, after)
    return ("".join(map(before_of, rows)), "".join(map(after_of, rows))) == (before, after)


def sample(folder: Path, count: int) -> list[str]:
    """So many documents of those that are there, half of them under another name than at first."""
    paths = git(folder, "ls-tree", "-r", "-z", "--name-only", "HEAD", "content/").decode().split("\0")[:-1]
    moved = [path for path in paths if "-справа-" in path]
    chosen = random.Random(2)
    found = chosen.sample(moved, min(count // 2, len(moved)))
    return found + chosen.sample(sorted(set(paths) - set(found)), count - len(found))


def differing(folder: Path, paths: Sequence[str], cache: Path) -> list[str]:
    """Those documents of which the pass tells other commits than git does."""
    from plugins.history.intake import open_past
    from plugins.records import Report

    past = open_past(folder / "content", folder / "data", cache, "bench", Report())
    with ThreadPoolExecutor(os.cpu_count()) as crew:
        told = crew.map(partial(_followed, folder), paths)
        return [path for path, commits in zip(paths, told, strict=True) if commits != [
            past.commit(event.place).id for event in past.events(path.removeprefix("content/"))]]


def _followed(folder: Path, path: str) -> list[str]:
    """The commits of a document, oldest first; asked to tell them so, git would not follow."""
    return git(folder, "log", "--follow", "--first-parent", "--format=%H", "--", path).decode().split()[::-1]


def median(costs: list[Cost], name: str) -> str:
    """The middle value, as people write it."""
    values = sorted(getattr(cost, name) for cost in costs)
    return decimal(values[len(values) // 2])


def git(folder: Path, *arguments: str, stdin: bytes | None = None) -> bytes:
    """Run git in the repository; returns what it says."""
    return subprocess.run(
        ["git", "-C", str(folder), "-c", "user.name=Рада", "-c", "user.email=rada@example.ua", *arguments],
        check=True, input=stdin, capture_output=True).stdout


def document(number: int, version: int) -> str:
    """A draft in some version; every third change is one of the text."""
    chosen = random.Random(number)
    words = " ".join(f"{word}{there}" for word, there in zip(chosen.choices(WORDS, k=60),
                                                             chosen.choices(range(999), k=60), strict=True))
    return (f"number: {number}-П\ntype: decision\nbody: rada\ntitle: Про справу {number}\n"
            f"summary: Стан {version}.\nregistered_on: 2015-12-01\npublished_at: 2016-01-01 10:00\n"
            f"initiator:\n  text: Рада\n"
            f"text: |\n  1. {words}, {version // 3}.\n")


def make(folder: Path, documents: int = DOCUMENTS, commits: int = COMMITS) -> None:
    """The repository, its files not checked out."""
    folder.mkdir(parents=True)
    git(folder, "init", "-q", "-b", "main")
    git(folder, "fast-import", "--quiet", stdin=b"".join(_stream(documents, commits)))
    git(folder, "read-tree", "HEAD")
    (folder / "content").mkdir()


def _stream(documents: int, commits: int) -> Iterator[bytes]:
    """Each commit does one thing: a new document, else an edit, a move (half of them with an edit) or a deletion."""
    chosen = random.Random(1)
    paths: list[tuple[int, str]] = []
    versions = [0] * documents
    made = 0
    for turn in range(commits):
        message = "Зміни".encode()
        yield (f"commit refs/heads/main\ncommitter Рада <rada@example.ua> {START + turn * 8000} +0200\n"
               f"data {len(message)}\n").encode() + message + b"\n"
        if made < documents and (turn * documents // commits >= made or not paths):
            number, path, what = made, f"content/drafts/{2015 + made * 10 // documents}/{made}-p-справа.yml", 1.0
            paths.append((number, path))
            made += 1
        else:
            at, what = chosen.randrange(len(paths)), chosen.random()
            number, path = paths[at]
            if what < 0.15:
                moved = f"{path.partition('-справа')[0]}-справа-{turn}.yml"
                yield f"R {path} {moved}\n".encode()
                paths[at], path = (number, moved), moved
            elif what < 0.19:
                paths[at] = paths[-1]
                paths.pop()
                yield f"D {path}\n".encode()
        if not 0.075 <= what < 0.19:
            text = document(number, versions[number]).encode()
            versions[number] += 1
            yield f"M 100644 inline {path}\ndata {len(text)}\n".encode() + text + b"\n"
