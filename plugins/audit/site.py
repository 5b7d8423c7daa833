"""A published site, in a folder or at an address: its files by path, of bounded size, believed in nothing."""

from __future__ import annotations

import http.client
import os
import re
import time
import urllib.error
import urllib.parse
import urllib.request
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from plugins.proof.tiles import Fetch

LARGEST = 100_000_000
"""Bytes of a file that are read at most."""
PAGE = re.compile(rb"(\xef\xbb\xbf)?\s*<(!doctype|!--|html)", re.I)
"""A page in the place of evidence: many a host answers so, with status 200, where there is nothing."""
PATIENCE, LONGEST = 30, 600
"""Seconds until a server says anything, and until it has said all of one file."""
CHUNK = 1 << 16
GZIP = 16 + zlib.MAX_WBITS
PACKED, PLAIN = ("gzip", "x-gzip"), ("", "identity")
"""What an answer may be encoded with; nobody asked for anything else."""
LIKE_A_READER = {
    "User-Agent": "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0",
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "Accept-Language": "uk,en;q=0.5",
    "Accept-Encoding": "gzip"}
"""A host that shows readers another page than auditors, or keeps one packed in advance, must not tell them apart."""
STYLES = re.compile(r"rel\s*=\s*\"?[^\";,]*\bstylesheet\b", re.I)
KEPT, KEPT_IN_ALL = 1_000_000, 100_000_000
"""Bytes of an answer that is remembered, and of all of them."""


class Diverted(OSError):
    """The server sends whoever asks to another host or back to http, or has the browser add or leave something."""


class _SameHost(urllib.request.HTTPRedirectHandler):
    """Follows a server to another path of its own, and from http to https."""

    def redirect_request(self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str,
                         headers: http.client.HTTPMessage, newurl: str) -> urllib.request.Request | None:
        old, new = urllib.parse.urlsplit(req.full_url), urllib.parse.urlsplit(newurl)
        is_raised = (old.scheme, new.scheme) == ("http", "https") and old.hostname == new.hostname
        if not is_raised and (old.scheme, old.netloc) != (new.scheme, new.netloc):
            raise Diverted(newurl)
        return super().redirect_request(req, fp, code, msg, headers, newurl)


_OPENER = urllib.request.build_opener(_SameHost)


def is_address(place: str) -> bool:
    return place.startswith(("https://", "http://"))


def open_site(place: str, below: str = "") -> Fetch:
    """`fetch(path)` → bytes; FileNotFoundError where there is no such file, OSError where nothing answers.

    What lies `below` (evidence) is read by several checks and remembered, as all is that a server was asked for.
    """
    if is_address(place):
        return _remembered(_from_address(f"{place.rstrip('/')}/{below}", is_evidence=bool(below)))
    return _remembered(_from_folder(Path(place), below)) if below else _from_folder(Path(place), below)


def files_of(folder: Path) -> Iterator[str]:
    """The paths of everything below a folder that is no folder itself; links are named and never followed."""
    for at, folders, names in os.walk(folder):
        folders.sort()
        links = [name for name in folders if Path(at, name).is_symlink()]
        folders[:] = [name for name in folders if name not in links]
        for name in (*names, *links):
            yield Path(at, name).relative_to(folder).as_posix()


def _from_folder(folder: Path, below: str) -> Fetch:
    top = os.path.realpath(folder)

    def fetch(path: str) -> bytes:
        try:  # as text: there are tens of thousands, and pathlib takes as long as reading them
            file = os.path.realpath(f"{top}/{below}{path}")
            is_there = file.startswith(f"{top}{os.sep}") and os.path.isfile(file)  # noqa: PTH113
        except (ValueError, OSError):  # a name that no file can have
            is_there = False
        if not is_there:
            raise FileNotFoundError(path)
        with open(file, "rb") as stream:  # noqa: PTH123
            return _bounded(stream.read(LARGEST + 1), path)
    return fetch


def _from_address(base: str, *, is_evidence: bool) -> Fetch:
    def fetch(path: str) -> bytes:
        content = _ask(base, path)
        if is_evidence and PAGE.match(content):
            raise FileNotFoundError(path)
        return content
    return fetch


def _remembered(fetch: Fetch) -> Fetch:
    kept: dict[str, bytes] = {}
    room = KEPT_IN_ALL

    def remembered(path: str) -> bytes:
        nonlocal room
        if path in kept:
            return kept[path]
        content = fetch(path)
        if len(content) <= min(KEPT, room):
            kept[path] = content
            room -= len(content)
        return content
    return remembered


def _ask(base: str, path: str) -> bytes:
    try:
        address = base + urllib.parse.quote(path, errors="surrogateescape")
        asked = urllib.request.Request(address, headers=LIKE_A_READER)  # noqa: S310
        with _OPENER.open(asked, timeout=PATIENCE) as answer:
            _refuse_additions(answer.headers)
            return _bounded(_whole(answer, path, time.monotonic() + LONGEST), path)
    except urllib.error.HTTPError as error:
        if error.code in (404, 410):
            raise FileNotFoundError(path) from None
        raise
    except (http.client.HTTPException, ValueError, zlib.error) as error:
        raise OSError(f"{path}: {error}") from None


def _refuse_additions(headers: http.client.HTTPMessage) -> None:
    """The same bytes are another page where a header leads on, or brings a style sheet that hides words."""
    for name in ("Refresh", "Link"):
        for value in headers.get_all(name) or ():
            if name == "Refresh" or STYLES.search(value):
                raise Diverted(f"{name}: {value}")


def _whole(answer: http.client.HTTPResponse, path: str, until: float) -> bytes:
    """An answer as far as it may be read; some hosts give files compressed though nobody asked for it.

    Of a file that is compressed itself they only say so.

    Errors: those of `_ask`, also for an answer that breaks off: what is missing was not altered by anybody.
    """
    told, read = answer.length, 0
    encoding = answer.headers.get("Content-Encoding", "").strip().lower()
    if encoding not in (*PACKED, *PLAIN):
        raise ValueError(f"Content-Encoding: {encoding}")
    is_packed = encoding in PACKED and not path.endswith(".gz")
    unpacked = zlib.decompressobj(GZIP) if is_packed else None
    parts, room = [], LARGEST + 1
    while room > 0 and read != told and (chunk := answer.read1(min(CHUNK, room))):
        read += len(chunk)
        if time.monotonic() > until:
            raise TimeoutError(f"> {LONGEST}")
        part = unpacked.decompress(chunk, room) if unpacked else chunk
        parts.append(part)
        room -= len(part)
    if room > 0 and (told not in (None, read) or (unpacked and not unpacked.eof)):
        raise http.client.IncompleteRead(b"", told)
    return b"".join(parts)


def _bounded(content: bytes, path: str) -> bytes:
    if len(content) > LARGEST:
        raise OSError(f"{path}: > {LARGEST}")
    return content
