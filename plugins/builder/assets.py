"""The theme's own files: style sheets joined in their layers, scripts, fonts, pictures — named by their content.

A name holds the digest of the bytes, so that browsers may keep a file for ever. `main.css` is the one style sheet and
`main.js` the one script of every page: their imports are replaced by the files they name. Addresses in style sheets
(`url(…)`) follow the renamed files; a drawing that lies among the style sheets becomes part of them.
"""

from __future__ import annotations

import functools
import hashlib
import json
import posixpath
import re
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from urllib.parse import quote

from plugins.records import OutputFile, kept

from .changes import names_below, sign_of
from .scripts import plain_script, small_script

IMPORT = re.compile(r'@import (?:url\()?"([^"]+)"\)?(?: layer\(([\w.-]+)\))?;\n?')
URL = re.compile(r"""url\(["']?(?!data:|#)([^)"']+)["']?\)""")
JS_IMPORT = re.compile(r'import "\./([\w-]+\.js)";\n')
COMMENT = re.compile(r"/\*.*?\*/", re.S)
NAMED = {".ico", ".js", ".woff2", ".svg", ".png", ".avif", ".jpg"}
FIXED = {"favicon.ico", "favicon.svg", "apple-touch-icon.png", "sw.js"}
"""Files that browsers look for by these names."""
PLACES = {f"js/{name}.js": f"search/{name}.js"
          for name in ("search", "search-narrow", "search-pagefind", "search-typos")}
"""Files that others may use, at addresses that stay: a link from a page adds the digest as a question."""


@dataclass(frozen=True, slots=True)
class Theme:
    """`addresses`: logical name (`main.css`, `fonts/x.woff2`) → address below the site's root."""

    addresses: dict[str, str]
    files: list[OutputFile]


def collect(theme: Path, base: str, cache: Path, engine: str) -> Theme:
    """All files of `theme/static`, ready to be written; `addresses` is what templates link to.

    `engine` is the digest that the theme is part of: what came out for it before is kept in `cache`, and a file is
    made only where it is to be written. What the disk says of the files counts too: one that is saved while a build
    runs must not come out under the digest of before.
    """
    sign = sign_of(names_below(theme / "static"))
    addresses, digests = json.loads(kept(_note(cache, f"{engine} {base} {sign}"), partial(_plan, theme, base))
                                    if sign else _plan(theme, base))
    return Theme(addresses, [OutputFile(path, digest, partial(_content, theme, base, path))
                             for path, digest in digests.items()])


def _note(cache: Path, said: str) -> Path:
    return cache / "made" / f"theme.{hashlib.blake2b(said.encode(), digest_size=16).hexdigest()}"


def _plan(theme: Path, base: str) -> bytes:
    return json.dumps(_contents(theme, base)[:2]).encode()


def _content(theme: Path, base: str, path: str) -> bytes:
    return _contents(theme, base)[2][path]


@functools.lru_cache(1)
def _contents(theme: Path, base: str) -> tuple[dict[str, str], dict[str, str], dict[str, bytes]]:
    """(logical name → address, path → digest, path → bytes)."""
    static = theme / "static"
    addresses: dict[str, str] = {}
    digests: dict[str, str] = {}
    contents: dict[str, bytes] = {}

    def add(name: str, content: bytes) -> None:
        digest = hashlib.blake2b(content, digest_size=5).hexdigest()
        stem, dot, suffix = name.rpartition(".")
        path = PLACES.get(name) or (name if name in FIXED else f"theme/{stem}.{digest}{dot}{suffix}")
        addresses[name] = f"/{path}?v={digest}" if name in PLACES else f"/{path}"
        digests[path], contents[path] = digest, content

    main, joined = script(static)
    if main:
        add("main.js", main.encode("utf-8"))
    for file in sorted(static.rglob("*")):
        name = file.relative_to(static).as_posix()
        if file.is_file() and file.suffix in NAMED and name not in joined and not name.startswith("css/"):
            add(name, small_script(file.read_text("utf-8")).encode() if file.suffix == ".js" else file.read_bytes())
    if (static / "css" / "main.css").is_file():
        add("main.css", _stylesheet(static, addresses, base).encode("utf-8"))
    return addresses, digests, contents


def script(static: Path) -> tuple[str, set[str]]:
    """`main.js` with the files it names, each in a scope of its own; and the names of all that are in it."""
    entry = static / "js" / "main.js"
    if not entry.is_file():
        return "", set()
    names = JS_IMPORT.findall(entry.read_text(encoding="utf-8"))
    texts = [(static / "js" / name).read_text(encoding="utf-8") for name in names]
    lines = [line for text in texts for line in ("{", *text.splitlines(), "}")]
    return plain_script("\n".join(lines)), {"js/main.js", *(f"js/{name}" for name in names)}


def _stylesheet(static: Path, addresses: dict[str, str], base: str) -> str:
    def read(name: str) -> str:
        text = COMMENT.sub("", (static / "css" / name).read_text(encoding="utf-8"))
        folder = posixpath.dirname(f"css/{name}")

        def inline(match: re.Match[str]) -> str:
            inner = read(posixpath.normpath(posixpath.join(posixpath.dirname(name), match[1])))
            return f"@layer {match[2]}{{{inner}}}\n" if match[2] else inner

        def address(match: re.Match[str]) -> str:
            target = posixpath.normpath(posixpath.join(folder, match[1]))
            if target.startswith("css/"):
                drawing = (static / target).read_text(encoding="utf-8").strip()
                return f'url("data:image/svg+xml,{quote(drawing, safe=" =:/,")}")'
            return f"url({base}{addresses[target]})"

        return URL.sub(address, IMPORT.sub(inline, text)) if "@import" not in text else IMPORT.sub(inline, text)

    return _squeeze(read("main.css"))


def _squeeze(css: str) -> str:
    """Line breaks and indentation out; nothing else is touched."""
    lines = [line.strip() for line in css.splitlines()]
    return "\n".join(line for line in lines if line) + "\n"

