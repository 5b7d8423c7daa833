"""`manifest.txt`: what the output is known to hold, `sha256  path` a line, sorted by path (`sha256sum` can check it).

An update changes a dozen of its thirty thousand lines: they are found and put in place, the others are never looked at.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path

MANIFEST = "manifest.txt"
START = 66
"""Where the path stands in a line: after 64 signs of the digest and two spaces."""


class Manifest:
    """Lines sorted by path; never changed, `with_changes` gives another one."""

    def __init__(self, raw: bytes = b"", lines: list[str] | None = None) -> None:
        """The bytes of the file, or its lines."""
        if lines is None:
            self.raw = raw
        else:
            self.lines = lines

    @classmethod
    def of(cls, files: Mapping[str, str]) -> Manifest:
        """From path → sha256."""
        return cls(lines=[f"{digest}  {path}" for path, digest in sorted(files.items())])

    @classmethod
    def read(cls, output: Path) -> Manifest:
        """That of an output; empty when there is none."""
        try:
            return cls((output / MANIFEST).read_bytes())
        except OSError:
            return cls()

    @cached_property
    def lines(self) -> list[str]:
        """Its lines."""
        return self.raw.decode("utf-8", "replace").split("\n")[:-1]

    @cached_property
    def raw(self) -> bytes:
        """Its bytes."""
        return "".join(f"{line}\n" for line in self.lines).encode("utf-8")

    def __len__(self) -> int:
        return len(self.lines)

    def __iter__(self) -> Iterator[str]:
        """All paths, sorted."""
        return (line[START:] for line in self.lines)

    def get(self, path: str) -> str:
        """The sha256 of a file, or nothing."""
        at = self._place(path)
        return self.lines[at][:START - 2] if self._holds(at, path) else ""

    def in_folder(self, folder: str) -> list[str]:
        """The names of the files that lie in a folder itself; the topmost is the empty text."""
        if not folder:
            return [path for line in self.lines if "/" not in (path := line[START:])]
        start = START + len(folder) + 1
        between = self.lines[self._place(f"{folder}/"):self._place(f"{folder}0")]  # 0 is the sign after /
        return [line[start:] for line in between if line.find("/", start) < 0]

    def with_changes(self, changes: Mapping[str, str]) -> Manifest:
        """Path → its new sha256, or nothing for a file that goes."""
        after = Manifest(lines=self.lines[:])
        for path, digest in changes.items():
            at = after._place(path)
            after.lines[at:at + after._holds(at, path)] = [f"{digest}  {path}"] if digest else []
        return after

    @cached_property
    def files(self) -> dict[str, str]:
        """Path → sha256."""
        return {line[START:]: line[:START - 2] for line in self.lines}

    @cached_property
    def digest(self) -> str:
        """The sha256 of the file itself; nothing for an empty one: there is none."""
        return hashlib.sha256(self.raw).hexdigest() if self.raw else ""

    def altered(self, output: Path) -> list[str]:
        """The files that are there with other bytes."""
        return [path for path, digest in self.files.items() if (output / path).is_file()
                and hashlib.sha256((output / path).read_bytes()).hexdigest() != digest]

    def _place(self, path: str) -> int:
        return bisect_left(self.lines, path, key=_path)

    def _holds(self, at: int, path: str) -> bool:
        return at < len(self.lines) and self.lines[at][START:] == path


def _path(line: str) -> str:
    return line[START:]
