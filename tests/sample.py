"""The sample council as a built site: built once for all test workers, parsed once a worker, served over HTTP."""

from __future__ import annotations

import functools
import http.server
import os
import re
import shutil
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from lxml import html

from tests.conftest import AS_OF, ROOT, once, share

IS_HERE = "\nid: yavoropil\n" in "\n" + (ROOT / "data" / "council.yml").read_text(encoding="utf-8")
ONLY_HERE = pytest.mark.skipif(not IS_HERE, reason="this repository is another council's: the sample is not "
                                                   "here, its own content is checked by tasks.py check")
"""For tests that look at the sample council; a council that has taken the repository keeps all the others."""
EDITED = ("news", "events", "greetings", "pages")
"""Kinds of documents of which some were edited in the sample's own history."""
PICTURES = ROOT / ".cache" / "sample"
"""Pictures of the sample, kept between runs: to make them is two thirds of a build."""
CSS_ADDRESS = re.compile(r"url\(\s*['\"]?([^'\")]+)")
REFRESH = re.compile(r"url=(.+)$")
TYPES = {".avif": "image/avif", ".woff2": "font/woff2", ".webmanifest": "application/manifest+json",
         ".js": "text/javascript", ".xml": "application/xml", ".ics": "text/calendar", ".wasm": "application/wasm"}


@dataclass(frozen=True)
class Page:
    """A page of the built site: its file, its address without the base path, its tree."""

    file: Path
    path: str
    tree: Any

    @property
    def kind(self) -> str:
        return self.tree.get("data-template") or ""

    @property
    def is_indexed(self) -> bool:
        return not self.tree.xpath("//meta[@name='robots'][contains(@content, 'noindex')]")

    @property
    def is_redirect(self) -> bool:
        return bool(self.tree.xpath("//meta[@http-equiv='refresh']"))

    def first(self, path: str) -> str:
        """The first value of an XPath, or an empty text."""
        found = self.tree.xpath(path)
        return str(found[0]).strip() if found else ""


def built(run_folder: Path, name: str, url: str | None = None, search: bool = True) -> Path:
    """The sample built into `run_folder`/`name`, once for all workers. Without `search` its pages are the same."""
    from plugins.builder.options import BuildOptions
    from plugins.builder.run import run
    from plugins.records.report import Report, as_text

    def make(folder: Path) -> str:
        share(PICTURES)
        report, place = Report(), lay_in_repository(folder / "council")
        status = run(BuildOptions(place / "content", place / "data", folder / "output", as_of=AS_OF, url=url,
                                  state=PICTURES, search=search), report, quiet=True)
        return "\n".join(as_text(report)) if status else ""

    assert once(run_folder / name, make) == ""
    return run_folder / name / "output"


def lay_in_repository(folder: Path) -> Path:
    """The sample with a history of its own, whatever that of this repository is: some documents said other things."""
    for name in ("content", "data"):
        shutil.copytree(ROOT / name, folder / name)
    changed = {file: file.read_text(encoding="utf-8") for kind in EDITED
               for file in sorted((folder / "content" / kind).rglob("*.md"))[:5]}
    for file, text in changed.items():
        head, mark, _ = text.rstrip("\n").rpartition("\n\n")
        file.write_text(f"{head}{mark}Спершу тут було інше речення, 5 млн.\n", encoding="utf-8")
    _git(folder, "init", "-q", "-b", "main")
    _commit(folder, "2026-01-02T09:00:00+02:00", "Початок")
    for file, text in changed.items():
        file.write_text(text, encoding="utf-8")
    _commit(folder, "2026-11-20T10:00:00+02:00", "Правки\n\nChange: correction\nReason: уточнено останнє речення")
    return folder


def _commit(folder: Path, at: str, message: str) -> None:
    _git(folder, "add", "-A")
    _git(folder, "commit", "-q", "-m", message, at=at)


def _git(folder: Path, *arguments: str, at: str = "") -> None:
    environment = os.environ | {"GIT_COMMITTER_DATE": at, "GIT_AUTHOR_DATE": at} if at else None
    subprocess.run(["git", "-C", str(folder), "-c", "user.name=Рада", "-c", "user.email=r@example.ua",
                    "-c", "commit.gpgsign=false", *arguments], check=True, env=environment)


def lend_pictures(cache: Path) -> None:
    """Let another build of the sample begin with its pictures. On Windows each makes its own."""
    (PICTURES / "media").mkdir(parents=True, exist_ok=True)
    with suppress(OSError):
        (cache / "media").symlink_to(PICTURES / "media", target_is_directory=True)


@functools.cache
def pages_of(output: Path) -> tuple[Page, ...]:
    """All pages, in order of address."""
    return tuple(Page(file, address(file, output), html.parse(str(file), html.HTMLParser(encoding="utf-8")).getroot())
                 for file in sorted(output.rglob("*.html")) if "pagefind" not in file.relative_to(output).parts)


def address(file: Path, output: Path) -> str:
    """`novyny/index.html` → `/novyny/`."""
    return "/" + file.relative_to(output).as_posix().removesuffix("index.html")


def links_of(page: Page) -> Iterator[str]:
    """All addresses a page leads to, loads or sends to, as they stand."""
    for name in ("href", "src", "action", "poster"):
        yield from map(str, page.tree.xpath(f"//@{name}"))
    for values in page.tree.xpath("//@srcset"):
        yield from (part.split()[0] for part in values.split(",") if part.strip())
    for text in page.tree.xpath("//style/text()"):
        yield from CSS_ADDRESS.findall(text)
    for content in page.tree.xpath("//meta[@http-equiv='refresh']/@content"):
        yield from REFRESH.findall(content)


def own_address(link: str, base: str, site: str) -> str | None:
    """A link as a path of this site with its fragment; None for other hosts and schemes."""
    whole = urljoin(site + base, link)
    parts = urlsplit(whole)
    if parts.scheme not in ("http", "https") or parts.netloc != urlsplit(site).netloc:
        return None
    return unquote(parts.path) + (f"#{unquote(parts.fragment)}" if parts.fragment else "")


def file_at(output: Path, path: str) -> Path:
    """The file that answers for a path."""
    return output / (path.lstrip("/") + ("index.html" if path.endswith("/") else ""))


class Handler(http.server.SimpleHTTPRequestHandler):
    """Files of the output, without a line for each request."""

    extensions_map = {**http.server.SimpleHTTPRequestHandler.extensions_map, **TYPES}  # noqa: RUF012

    def log_message(self, format: str, *args: Any) -> None:
        """Requests are not news."""

    def handle(self) -> None:
        """A browser that closes its tab is no failure."""
        with suppress(ConnectionError):
            super().handle()


@contextmanager
def served(output: Path) -> Iterator[str]:
    """The address of a server over the output, without a slash at the end."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Handler, directory=str(output)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
