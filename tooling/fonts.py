"""The fonts of the theme, remade from their original packages or held against their lock, `theme/fonts/fonts.toml`."""
from __future__ import annotations

import hashlib
import json
import re
import tomllib
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from tooling.bootstrap import ROOT

PRINT = ROOT / "theme" / "fonts"
WEB = ROOT / "theme" / "static" / "fonts"
LOCK = PRINT / "fonts.toml"
ENDINGS = (".ttf", ".otf", ".woff2")


def check() -> list[str]:
    """What is wrong with the files, in Ukrainian: a hash that the lock does not have, a file that is not in it."""
    lock = read_lock()
    problems = [problem for path, expected in listed(lock) if (problem := fault(path, expected))]
    known = {path for path, _ in listed(lock)}
    present = {path for folder in (PRINT, WEB) for path in folder.iterdir() if path.suffix in ENDINGS}
    return problems + [f"{shown(path)}: такого файлу немає в {shown(LOCK)}." for path in sorted(present - known)]


def remake(originals: Path) -> list[str]:
    """Make every font anew and write their hashes to the lock; the files that have changed.

    `originals`: a `node_modules` folder with the packages of the lock.
    """
    lock, changed = read_lock(), []
    for path, make in recipes(lock, originals):
        fresh = make()
        if not path.exists() or path.read_bytes() != fresh:
            path.write_bytes(fresh)
            changed.append(shown(path))
    write_hashes(lock)
    return changed


def recipes(lock: dict[str, Any], originals: Path) -> Iterator[tuple[Path, Callable[[], bytes]]]:
    """Each font's file, and what makes its bytes."""
    from tooling import faces
    web = codes(lock["characters"]["web"])
    for folder, group in ((PRINT, "faces"), (WEB, "web")):
        for face in lock[group]:
            source = originals / lock["families"][face["family"]]["package"] / face["source"]
            yield folder / face["file"], (
                partial(faces.make_web, source, web) if folder == WEB
                else partial(faces.make, source, characters(lock, face["family"])))


def characters(lock: dict[str, Any], family: str) -> set[int]:
    """What a family draws."""
    every = lock["characters"]
    return codes([*every["letters"], *every["signs"], lock["families"][family]["also"]])


def codes(lines: Iterable[str]) -> set[int]:
    """Code points of lines of hexadecimal ranges: `41-5A 2BC`."""
    ends = [part.split("-") for line in lines for part in line.split()]
    return {code for each in ends for code in range(int(each[0], 16), int(each[-1], 16) + 1)}


def bring() -> Path:
    """The original packages from npm, checked against the hashes of the lock; their `node_modules` folder."""
    from tests import tools
    packages = read_lock()["packages"]
    wanted = {"name": "fonts", "dependencies": {name: each["version"] for name, each in packages.items()}}

    def fill(folder: Path) -> None:
        npm_lock = {"name": "fonts", "lockfileVersion": 3, "packages": {
            "": wanted, **{f"node_modules/{name}": each for name, each in packages.items()}}}
        (folder / "package.json").write_text(json.dumps(wanted), encoding="utf-8")
        (folder / "package-lock.json").write_text(json.dumps(npm_lock), encoding="utf-8")
        tools.run([str(tools.node()), str(tools.npm()), "ci", "--ignore-scripts", "--no-audit", "--no-fund",
                   "--loglevel=error"], folder,
                  "Сховище npm не віддало шрифтів. Перевірте мережу і повторіть: python3 tasks.py fonts")
    return tools.settle("fonts", json.dumps(wanted | packages).encode(), fill, "шрифти") / "node_modules"


def read_lock() -> dict[str, Any]:
    return tomllib.loads(LOCK.read_text(encoding="utf-8"))


def listed(lock: dict[str, Any]) -> Iterator[tuple[Path, str]]:
    """Every file that the lock has, with its hash."""
    for family in lock["families"].values():
        yield PRINT / family["licence"], family["licence_sha256"]
    for folder, group in ((PRINT, "faces"), (WEB, "web")):
        yield from ((folder / face["file"], face["sha256"]) for face in lock[group])


def fault(path: Path, expected: str) -> str:
    if not path.exists():
        return f"{shown(path)}: немає файлу."
    return "" if digest(path) == expected else f"{shown(path)}: не той, що в {shown(LOCK)}."


def write_hashes(lock: dict[str, Any]) -> None:
    """Put the hashes of the files into the lock; everything else in it stays as a person wrote it."""
    text = LOCK.read_text(encoding="utf-8")
    for path, _ in listed(lock):
        pattern = rf'^((?:file|licence) = "{re.escape(path.name)}"\n(?:(?!\[).*\n)*?(?:licence_)?sha256 = )".*"$'
        text = re.sub(pattern, rf'\g<1>"{digest(path)}"', text, count=1, flags=re.MULTILINE)
    LOCK.write_text(text, encoding="utf-8")


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def shown(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()
