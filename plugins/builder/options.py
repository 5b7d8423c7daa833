"""What a run is asked to do: the options of `build`, `check` and `serve`, and what follows from them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
"""The repository: engine, theme, settings."""


@dataclass(frozen=True, slots=True)
class BuildOptions:
    """Options of one run.

    `as_of` is the declared day (ISO moment); `url` overrides the site's address; `previous` is the manifest (file or
    address) of the last publication; `state` is the folder of caches. `jobs` 0 means one worker a core. With
    `paranoid` nothing is taken on the word of git or of the manifest: all files are read, also those of the output.
    `log` and `salts` are the folders of the transparency log and of its openings; not named, they are those beside
    `content`, if there are such.
    """

    content: Path = ROOT / "content"
    data: Path = ROOT / "data"
    output: Path = ROOT / "output"
    cold: bool = False
    paranoid: bool = False
    search: bool = True
    public: bool = False
    as_of: str | None = None
    jobs: int = 0
    url: str | None = None
    previous: str | None = None
    state: Path | None = None
    log: Path | None = None
    salts: Path | None = None

    @property
    def cache(self) -> Path:
        """The folder of caches: safe to delete at any time."""
        return self.state or ROOT / ".cache"

    @property
    def name(self) -> str:
        """One name for this triple of folders: its state belongs to it alone."""
        triple = "\n".join(str(path.resolve()) for path in (self.content, self.data, self.output))
        return hashlib.blake2b(triple.encode(), digest_size=8).hexdigest()

    @property
    def log_folder(self) -> Path | None:
        """Where the log lies; None without."""
        return self.log or _beside(self.content, "log")

    @property
    def salts_folder(self) -> Path | None:
        """Where its openings lie; None without."""
        return self.salts or _beside(self.content, "salts")


def _beside(content: Path, name: str) -> Path | None:
    folder = content.parent / name
    return folder if folder.is_dir() else None
