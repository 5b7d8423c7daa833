"""A published site, in a folder or at an address: its files by path, of bounded size, believed in nothing."""

from __future__ import annotations

import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

from plugins.proof.tiles import Fetch

LARGEST = 50_000_000
"""Bytes of a file that are read at most."""
PATIENCE = 30


def open_site(place: str, below: str = "") -> Fetch:
    """`fetch(path)` → bytes; FileNotFoundError where there is no such file, OSError where nothing answers."""
    if place.startswith(("https://", "http://")):
        return _from_address(f"{place.rstrip('/')}/{below}")
    return _from_folder(Path(place), below)


def _from_folder(folder: Path, below: str) -> Fetch:
    top = folder.resolve()

    def fetch(path: str) -> bytes:
        file = (top / below / path).resolve()
        if not file.is_relative_to(top) or not file.is_file():
            raise FileNotFoundError(path)
        with file.open("rb") as stream:
            return _bounded(stream.read(LARGEST + 1), path)
    return fetch


def _from_address(base: str) -> Fetch:
    def fetch(path: str) -> bytes:
        try:
            with urllib.request.urlopen(base + urllib.parse.quote(path), timeout=PATIENCE) as answer:  # noqa: S310
                return _bounded(bytes(answer.read(LARGEST + 1)), path)
        except urllib.error.HTTPError as error:
            if error.code in (404, 410):
                raise FileNotFoundError(path) from None
            raise
    return fetch


def _bounded(content: bytes, path: str) -> bytes:
    if len(content) > LARGEST:
        raise OSError(f"{path}: > {LARGEST}")
    return content
