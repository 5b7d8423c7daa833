"""The room as others meet it."""

import ast
from pathlib import Path

import plugins.ukrainian as room


def test_every_public_name_is_there_and_says_what_it_does():
    for name in room.__all__:
        public = getattr(room, name)
        assert not callable(public) or public.__doc__, name


def test_nothing_is_connected():
    assert room.register() is None


def test_the_room_imports_from_no_other_room():
    for path in sorted(Path(room.__file__).parent.glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("plugins"):
                assert node.module.startswith("plugins.ukrainian"), path.name
