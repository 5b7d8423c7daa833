"""The press: a template, its data and its pictures → the bytes of a PDF or PNG, or a refusal in plain words.

Typst runs in a process of its own (`engine.py`), one for each process of the build and only once something is printed:
it brings its own threads, which no fork survives, and a text it cannot end with must not hold the build. Templates
come from `theme/typst`, in memory; data goes in as JSON, never as source of a template.
"""

from __future__ import annotations

import atexit
import hashlib
import json
import os
import re
import subprocess
import sys
import threading
import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, BinaryIO, Literal, cast

from plugins.media.model import ENCODING

from . import engine

THEME = Path(__file__).resolve().parents[2] / "theme"
TEMPLATES, FONTS = THEME / "typst", THEME / "fonts"
IMPORT = re.compile(r'(?:#import|#include|image\(|read\()\s*"([\w./-]+)"')
NO_SIGN = re.compile(r'the text `"(?P<text>(?:[^"\\]|\\.)+)"` could not be displayed')
ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
REFUSED = re.compile(r"REFUSED (\{.*\})")
NOT_LAID = "документ не складається: "
SECONDS = 60
"""What is not made by then never will be: an endless layout."""
PATIENCE = 2
"""Seconds that an idle engine may take to end."""
AT_MOST = 2_000
"""Documents that one engine makes; then a fresh one takes over, as the old one remembers what it has laid out."""

Format = Literal["pdf", "png"]


class DoesNotFit(Exception):
    """A text is longer than its place allows. `field` as in the record, `over`: letters too many (a guess)."""

    def __init__(self, field: str, over: int) -> None:
        super().__init__(f"{field}: {over}")
        self.field, self.over = field, over


class Unprintable(ValueError):
    """The engine has refused a document: a fault of a template, or a text that it cannot set."""


class NoSign(Unprintable):
    """No font has these signs."""

    def __init__(self, signs: tuple[str, ...]) -> None:
        super().__init__(f"знаків немає в шрифтах документів: {' '.join(signs)}")
        self.signs = signs


def press(template: str, data: Any, pictures: Mapping[str, bytes] | None = None, *, form: Format = "pdf",
          standards: Sequence[str] = (), at: int = 0, ppi: float = 72,
          warnings: list[str] | None = None) -> list[bytes]:
    """The pages of a PNG (one each), or one PDF, of `theme/typst/<template>` with `data` (plain JSON values).

    `pictures`: name → bytes, as the data names them. `standards`: of PDF (`ua-1`, `a-2a`). `at`: seconds since 1970
    that the file is dated with. `warnings` takes what the engine remarks. Errors: DoesNotFit, NoSign, Unprintable.
    """
    files = dict(templates(template))
    files["main.typ"] = files.pop(template)
    options = {"pdf_standards": list(standards)} if form == "pdf" else {"ppi": ppi}
    request = {"files": files, "pictures": dict(pictures or {}), "format": form, "timestamp": at, **options,
               "sys_inputs": {"data": json.dumps(data, ensure_ascii=False)}}
    answer = _engine().ask(request)
    if answer[0] == "refused":
        raise _refusal(answer[1])
    if warnings is not None:
        warnings += answer[2]
    return list(answer[1])


def _refusal(message: str) -> Exception:
    if found := REFUSED.search(message):
        told = json.loads(found[1])
        return DoesNotFit(told["field"], int(told["over"]))
    if lost := "".join(ESCAPED.sub(lambda code: chr(int(code[1], 16)), text) for text in NO_SIGN.findall(message)):
        # Of a letter with a mark that no font has, the letter is told too.
        signs = tuple(dict.fromkeys(lost))
        marks = tuple(sign for sign in signs if unicodedata.combining(sign))
        return NoSign(tuple(sign for sign in signs if not (marks and sign.isalpha())))
    return Unprintable(f"{NOT_LAID}{message.strip()}")


# ------------------------------------------------------------------------------- templates

@cache
def templates(name: str) -> dict[str, bytes]:
    """A template and all that it takes from `theme/typst`: name → content."""
    found: dict[str, bytes] = {}
    waiting = [name]
    while waiting:
        if (here := waiting.pop()) not in found:
            found[here] = (TEMPLATES / here).read_bytes()
            if here.endswith(".typ"):
                waiting += IMPORT.findall(found[here].decode("utf-8"))
    return found


@cache
def recipe(name: str) -> str:
    """The digest of all that a template's documents depend on besides their data: templates, fonts, code, what works on
    their photos, pixels and bytes."""
    from importlib.metadata import version  # it loads what reads e-mail

    total = hashlib.blake2b(digest_size=12)
    others = (("media", ENCODING.encode()), *((name, version(name).encode()) for name in ("typst", "pikepdf")))
    for part in (*sorted(templates(name).items()), *_fonts(), *_room(), *others):
        total.update(part[0].encode() + b"\0" + hashlib.blake2b(part[1], digest_size=16).digest())
    return total.hexdigest()


@cache
def _room() -> tuple[tuple[str, bytes], ...]:
    return tuple((path.name, path.read_bytes()) for path in sorted(Path(__file__).parent.glob("*.py")))


@cache
def _fonts() -> tuple[tuple[str, bytes], ...]:
    return tuple((path.name, path.read_bytes()) for path in sorted(FONTS.glob("*.[to]tf")))


# ------------------------------------------------------------------------------- the process

class Engine:
    """One running engine."""

    def __init__(self) -> None:
        self.asked = 0
        self.process = subprocess.Popen([sys.executable, engine.__file__, str(FONTS)], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE)

    def ask(self, request: Any) -> Any:
        """Its answer. Errors: Unprintable when it takes too long or ends."""
        assert self.process.stdin and self.process.stdout
        self.asked += 1
        timer = threading.Timer(SECONDS, self.process.kill)
        timer.start()
        try:
            engine.send(cast(BinaryIO, self.process.stdin), request)
            return engine.receive(cast(BinaryIO, self.process.stdout))
        except (EOFError, OSError) as error:
            self.close()
            raise Unprintable(f"{NOT_LAID}верстка не скінчилася. Скоротіть текст.") from error
        finally:
            timer.cancel()
            timer.join()

    def close(self) -> None:
        """End it: without questions it ends by itself and takes its folder along; one that still lays out is killed."""
        try:
            if self.process.stdin:
                self.process.stdin.close()
            self.process.wait(timeout=PATIENCE)
        except (OSError, subprocess.TimeoutExpired):
            self.process.kill()
            self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe:
                pipe.close()


_running: dict[int, Engine] = {}
"""Number of a process → its engine: a forked worker starts its own."""


def _engine() -> Engine:
    mine = _running.get(os.getpid())
    if mine and (mine.asked >= AT_MOST or mine.process.poll() is not None):
        mine.close()
        mine = None
    if mine is None:
        mine = _running[os.getpid()] = Engine()
    return mine


@atexit.register
def close() -> None:
    """End the engine of this process, if it has one."""
    if mine := _running.pop(os.getpid(), None):
        mine.close()
