"""The state of the last build: a cache and nothing more. Deleted, truncated, foreign or old state only costs time."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

VERSION = 3


@dataclass(slots=True)
class State:
    """What the last good build of this triple wrote.

    `outputs`: path → (fingerprint, sha256 of the bytes). `folders`: path → (fingerprint, its files). `manifest` is the
    digest of the output's own manifest: the state holds only for that output.
    """

    sources: str = ""
    engine: str = ""
    settings: str = ""
    manifest: str = ""
    outputs: dict[str, tuple[str, str]] = field(default_factory=dict)
    folders: dict[str, tuple[str, tuple[str, ...]]] = field(default_factory=dict)
    remarks: int = 0


def path_of(cache: Path, name: str) -> Path:
    """Where the state of a triple lies."""
    return cache / "build" / f"{name}.json"


def load(path: Path) -> State:
    """The remembered state, or an empty one for anything that is not exactly such a state."""
    try:
        raw: Any = json.loads(path.read_text(encoding="utf-8"))
        if raw["version"] != VERSION:
            return State()
        return State(
            str(raw["sources"]), str(raw["engine"]), str(raw["settings"]), str(raw["manifest"]),
            outputs={str(key): (str(a), str(b)) for key, (a, b) in raw["outputs"].items()},
            folders={str(key): (str(a), tuple(map(str, b))) for key, (a, b) in raw["folders"].items()},
            remarks=int(raw["remarks"]),
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return State()


def save(path: Path, state: State) -> None:
    """Remember a state; whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    raw = {"version": VERSION, "sources": state.sources, "engine": state.engine, "settings": state.settings,
           "manifest": state.manifest, "outputs": state.outputs, "folders": state.folders, "remarks": state.remarks}
    draft = path.with_suffix(".new")
    draft.write_text(json.dumps(raw, ensure_ascii=False), encoding="utf-8")
    draft.replace(path)
