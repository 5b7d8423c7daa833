"""Nothing vanishes: a public build is held against the manifest of the last publication (design §5).

A document that was published and is gone — neither withdrawn (its page would stay, as a notice) nor moved (an alias
would lead on) — is a problem. Lists may come and go: only addresses of documents and prose pages are held. The
history of a document that had one revision may be told beside the document instead.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator
from pathlib import Path

from plugins.records import Finding, code

VANISHED = code("VANISHED", "Оприлюднене не зникає: документ знімають із поясненням або переносять зі старою адресою.",
                "(файл документа вилучено)", "withdrawn:\n  at: 2026-11-20 10:00\n  reason: Помилково оприлюднено\n"
                "  basis: Стаття 6 Закону")
PREVIOUS = code("PREVIOUS", "Перелік попередньої публікації має бути доступний.", "--previous nemaie.txt",
                "--previous https://rada.example/manifest.txt")

DOCUMENT = re.compile(r"(?:[a-z0-9-]+/)+\d{4}/[a-z0-9-]+/index\.html|[a-z0-9-]+/index\.html")
HISTORIES = "istoriia/"
"""Where histories of documents stand, each at the address of its document below that (`history.editions`)."""
LIMIT = 50_000_000
"""Bytes of a manifest that are read at most."""


def vanished(previous: str, files: Iterable[str]) -> Iterator[Finding]:
    """Findings for documents of the previous manifest (a file or an http address) that `files` no longer holds.

    An address without a manifest (404) is a first publication: nothing to hold against.
    """
    try:
        text = _read(previous)
    except (OSError, ValueError) as error:
        yield Finding(previous, 0, "", f"перелік попередньої публікації не читається: {error}. Перевірте адресу.",
                      PREVIOUS.name)
        return
    before, now = {line.partition("  ")[2]: None for line in text.splitlines()}, set(files)
    for path in before:
        if DOCUMENT.fullmatch(path) and path not in now and not _is_told_beside(path, before, now):
            yield Finding("/" + path.removesuffix("index.html"), 0, "",
                          "сторінка була на сайті й зникла. Додайте withdrawn або стару адресу в aliases.",
                          VANISHED.name)


def _is_told_beside(path: str, before: Container[str], now: Container[str]) -> bool:
    """True for `istoriia/…/index.html` where the document stands at `…/index.html` and had no second revision."""
    return path.startswith(HISTORIES) and path.removeprefix(HISTORIES) in now and (
        f"{path.removesuffix('index.html')}2/index.html" not in before)


def _read(previous: str) -> str:
    if not previous.startswith(("https://", "http://")):
        return Path(previous).read_text(encoding="utf-8")
    import urllib.error
    import urllib.request  # with all that HTTP needs: asked for here only

    try:
        with urllib.request.urlopen(previous, timeout=30) as answer:  # noqa: S310 — http(s) only, checked above
            return str(answer.read(LIMIT).decode("utf-8"))
    except urllib.error.HTTPError as error:
        if error.code == 404:
            return ""
        raise
