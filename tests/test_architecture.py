"""The folders are the architecture: imports run along PLUGINS, files have their names, components their three files."""

from __future__ import annotations

import ast
import importlib
import runpy
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import spreading

ROOT = Path(__file__).resolve().parents[1]
ROOMS = [name.removeprefix("plugins.") for name in runpy.run_path(str(ROOT / "pelicanconf.py"))["PLUGINS"]]
FILES = sorted(path for path in (ROOT / "plugins").rglob("*.py") if path.parent != ROOT / "plugins")
STEPS = {"__init__", "model", "read", "pages", "write"}
SHARED = {"ukrainian", "records", "proof"}
"""Rooms whose public names everybody may use; of any other room only its `model`."""
PELICAN = {"builder/generator.py", "builder/run.py", "builder/serve.py", "builder/__init__.py"}


def imports(path: Path) -> Iterator[tuple[str, int]]:
    """Absolute names of imported modules, relative ones resolved, with their lines."""
    package = path.relative_to(ROOT).with_suffix("").parts
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = list(package[: len(package) - node.level]) if node.level else []
            module = ".".join([*base, *([node.module] if node.module else [])])
            yield from ((f"{module}.{alias.name}" if module == "plugins" else module, node.lineno)
                        for alias in node.names)


def test_every_room_is_a_folder_and_every_folder_a_room() -> None:
    folders = {path.name for path in (ROOT / "plugins").iterdir() if path.is_dir() and path.name != "__pycache__"}
    assert folders == set(ROOMS)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT / "plugins").as_posix())
def test_a_room_imports_only_from_rooms_above_it(path: Path) -> None:
    room = path.relative_to(ROOT / "plugins").parts[0]
    for name, line in imports(path):
        parts = name.split(".")
        if parts[0] != "plugins" or len(parts) < 2 or parts[1] == room:
            continue
        assert ROOMS.index(parts[1]) < ROOMS.index(room), f"{path}:{line} imports {name} from a room below"
        if parts[1] not in SHARED:
            assert parts[2:3] == ["model"], f"{path}:{line} imports {name}: only the model of another room"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT / "plugins").as_posix())
def test_only_the_doors_know_pelican(path: Path) -> None:
    if path.relative_to(ROOT / "plugins").as_posix() in PELICAN:
        return
    assert not [name for name, _ in imports(path) if name.split(".")[0] == "pelican"], path


@pytest.mark.parametrize("room", ROOMS)
def test_every_plugin_says_what_it_gives_the_reader(room: str) -> None:
    module = importlib.import_module(f"plugins.{room}")
    assert module.__doc__ and len(module.__doc__.split()) >= 12
    assert callable(module.register)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT / "plugins").as_posix())
def test_every_module_opens_with_its_one_job(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))), path


COMPONENTS = sorted(path.stem for path in (ROOT / "theme" / "templates" / "components").glob("*.html"))


@pytest.mark.parametrize("name", COMPONENTS)
def test_a_component_is_three_files_of_one_name(name: str) -> None:
    assert (ROOT / "theme" / "static" / "css" / "components" / f"{name}.css").is_file()
    assert (ROOT / "theme" / "examples" / f"{name}.yml").is_file()


def test_nothing_of_one_machine_is_in_the_tree() -> None:
    import re

    names = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout.decode()
    pattern = re.compile(r"(?:^|[^A-Za-z0-9_./-])/(?:work|root|home/[a-z]+|Users)/|\.venv/lib/python3\.\d+/site")
    texts = (".py", ".md", ".yml", ".toml", ".html", ".css", ".js", ".lock", ".cfg", ".sh")
    for name in names.split("\0"):
        path = ROOT / name
        if name.endswith(texts) and path.exists():
            assert not pattern.search(path.read_text(encoding="utf-8", errors="replace")), name


SELDOM = ("PIL.Image", "cryptography", "docx", "lxml", "markdown", "pdfminer", "pdfplumber",
          "pelican", "pikepdf", "pymorphy3", "urllib.request")
"""What one edit has no use for, and waits for if it is loaded."""


def test_rooms_load_nothing_that_an_edit_has_no_use_for():
    code = f"""import sys
import plugins.builder.incremental
from plugins.records import load_rooms
for room in load_rooms():
    if room.__name__ != "plugins.builder":  # it would connect itself to Pelican, which makes whole sites
        room.register()
print(*(name for name in {SELDOM} if name in sys.modules))"""
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True,
                          check=True).stdout.strip() == ""


def test_files_of_long_tests_are_there():
    assert [] == [name for name in spreading.LONG if not (ROOT / name).is_file()]
