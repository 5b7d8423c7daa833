"""Runs Pagefind and makes what it wrote the same on every run.

Pagefind 1.5 walks over hash tables when it writes filters, so their values, their names (hashes) and the list of them
come in another order each time; all its other files repeat themselves. `settle` sorts what came unsorted.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import re
import subprocess
import tempfile
from collections.abc import Iterable
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import quote

from pagefind_bin import get_executable

from .model import ForPagefind

PICTURE = re.compile(r"<img\b[^>]*>", re.I)
"""Pagefind would keep the address of the first picture, and its alt text as something to search in."""
CELL = re.compile(r"</t[hd]>", re.I)
"""Words of two cells would be joined."""
SPACE = re.compile(r"[\s%]")
"""Spaces would be taken out of an anchor."""
UNUSED = ("pagefind-ui.*", "pagefind-modular-ui.*", "pagefind-component-ui.*", "pagefind-highlight.js")
"""Pagefind's own search pages; ours is `theme/static/js/search-page.js`."""
MAGIC = b"pagefind_dcd"
FILTERS = 3
"""Place of the filters, pairs of (name, file), in Pagefind's description of an index."""

Cbor = int | str | list[Any]


def build(entries: Iterable[ForPagefind], folder: Path) -> None:
    """Fill the empty folder with the index of these pages. Errors: OSError when Pagefind fails."""
    with tempfile.TemporaryDirectory(prefix="search-") as place:
        site = Path(place)
        for entry in sorted(entries, key=lambda entry: entry.path):  # some disks list files as they came
            file = site / entry.path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(document(entry), encoding="utf-8", newline="\n")
        run(site, folder.absolute())
    for pattern in UNUSED:
        for file in folder.glob(pattern):
            file.unlink()
    settle(folder)


def document(entry: ForPagefind) -> str:
    """The page as Pagefind reads it.

    Title and kind can be searched. Date and status are only shown, so they travel as an anchor: Pagefind keeps the
    anchors of a page, but does not search in them (a date in `data-pagefind-meta` would be found by its month).
    """
    shown = SPACE.sub(lambda match: quote(match[0]), f"{entry.date}||")
    filters = {"kind": entry.group} | ({"year": entry.year} if entry.year else {})
    marks = [f'<i id="{escape(shown)}"></i>', _mark("sort", "date", entry.moment),
             *(_mark("meta", name, value) for name, value in (("title", entry.title), ("kind", entry.kind))),
             *(_mark("filter", name, value) for name, value in filters.items())]
    text = CELL.sub(r" \g<0>", PICTURE.sub("", entry.text))
    return (f'<!DOCTYPE html><html lang="{entry.lang}"><head><meta charset="utf-8"></head><body data-pagefind-body>'
            f'{"".join(marks)}{text}</body></html>\n')


def _mark(what: str, name: str, value: str) -> str:
    return f'<i data-pagefind-{what}="{name}:{escape(value)}"></i>'


def run(site: Path, folder: Path) -> None:
    """Pagefind over a folder of pages. No setting of the machine reaches it: no variable, no settings file."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PAGEFIND_")}
    done = subprocess.run([str(get_executable()), "--site", str(site), "--output-path", str(folder), "--silent"],
                          cwd=site, env=environment, capture_output=True, encoding="utf-8", errors="replace")
    if done.returncode:
        raise ChildProcessError(0, " ".join((done.stderr or done.stdout).split())[:300], "pagefind")


def settle(folder: Path) -> None:
    """Sort languages and filters, name the files by what is in them now.

    What is rewritten is left unpacked, as Pagefind's script allows: packed bytes would differ from one zlib to another.
    """
    path = folder / "pagefind-entry.json"
    contents = json.loads(path.read_text(encoding="utf-8"))
    for lang, index in contents["languages"].items():
        description = folder / f"pagefind.{index['hash']}.pf_meta"
        values = _unpacked(description)
        for pair in values[FILTERS]:
            pair[1] = _settle_filter(folder / "filter" / f"{pair[1]}.pf_filter", lang)
        values[FILTERS].sort()
        index["hash"] = _renamed(description, "pagefind.{}.pf_meta", lang, values)
    contents["languages"] = dict(sorted(contents["languages"].items()))
    path.write_text(json.dumps(contents, ensure_ascii=False, separators=(",", ":")), encoding="utf-8", newline="\n")


def _settle_filter(path: Path, lang: str) -> str:
    name, values = _unpacked(path)
    return _renamed(path, "{}.pf_filter", lang, [name, sorted(values)])


def _unpacked(path: Path) -> list[Any]:
    content = gzip.decompress(path.read_bytes())
    value, end = decode(content, len(MAGIC))
    if not content.startswith(MAGIC) or end != len(content) or not isinstance(value, list):
        raise ValueError(f"{path.name}: not as Pagefind 1.5 writes it")
    return value


def _renamed(path: Path, name: str, lang: str, value: Cbor) -> str:
    """Write the value in place of a file, under a name by its content; returns the part that was put into `name`."""
    content = MAGIC + encode(value)
    label = f"{lang}_{hashlib.blake2b(content, digest_size=5).hexdigest()}"
    path.unlink()
    path.with_name(name.format(label)).write_bytes(content)
    return label


# --------------------------------------------------------------------------- CBOR (RFC 8949), as far as it is used

def decode(content: bytes, at: int = 0) -> tuple[Cbor, int]:
    """The value that begins at a byte, and where it ends: unsigned integers, texts, arrays. Errors: ValueError."""
    major, size = content[at] >> 5, content[at] & 31
    at += 1
    if size in (24, 25, 26, 27):
        length = 1 << (size - 24)
        size, at = int.from_bytes(content[at:at + length]), at + length
    elif size > 27:
        raise ValueError(f"CBOR: size {size} is not supported")
    if major == 0:
        return size, at
    if major == 3:
        return content[at:at + size].decode(), at + size
    if major != 4:
        raise ValueError(f"CBOR: type {major} is not supported")
    items: list[Any] = []
    for _ in range(size):
        item, at = decode(content, at)
        items.append(item)
    return items, at


def encode(value: Cbor) -> bytes:
    """The same back, in the shortest form."""
    if isinstance(value, int):
        return _head(0, value)
    if isinstance(value, str):
        text = value.encode()
        return _head(3, len(text)) + text
    return _head(4, len(value)) + b"".join(map(encode, value))


def _head(major: int, size: int) -> bytes:
    if size < 24:
        return bytes([major << 5 | size])
    length = next(power for power in range(4) if size < 1 << (8 << power))
    return bytes([major << 5 | 24 + length]) + size.to_bytes(1 << length)
