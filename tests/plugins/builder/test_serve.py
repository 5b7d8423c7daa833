"""`serve`: a save is seen on the page, a mistake is told there, the last good site stays."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.conftest import AS_OF, ROOT

SCRIPT = ("import sys; from pathlib import Path; from plugins.builder.options import BuildOptions; "
          "from plugins.builder.serve import serve; s = Path(sys.argv[1]); "
          f"sys.exit(serve(BuildOptions(s/'content', s/'data', s/'out', as_of={AS_OF!r}, state=s/'cache',"
          " search=sys.argv[2:] == ['search']), port=0))")
PATIENCE = 60
"""Seconds; a save takes about one, a busy machine many."""
PAGE = "novyny/2026/11-21/"
TOLD = "Сайт не оновлено: є помилки"


def write_news(site: Path, text: str, head: str = "") -> None:
    folder = site / "content" / "news" / "2026"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "11-21-друга.md").write_text(
        f"---\ntitle: Друга\npublished_at: 2026-11-21 10:00\n{head}---\n\n{text}\n", encoding="utf-8")


@contextmanager
def serving(site: Path, *options: str) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """The address of `serve` over a folder, and its process."""
    process = subprocess.Popen([sys.executable, "-c", SCRIPT, str(site), *options], cwd=ROOT, text=True,
                               encoding="utf-8", stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                               env={**os.environ, "PYTHONUTF8": "1"})
    try:
        assert process.stdout
        line = next(line for line in process.stdout if line.startswith("Сайт: "))
        yield line.split()[1], process
    finally:
        process.kill()
        process.wait()


def page_when(address: str, is_there: Callable[[str], bool]) -> str:
    """The page as soon as a condition holds."""
    until = time.monotonic() + PATIENCE
    while True:
        with urllib.request.urlopen(address, timeout=PATIENCE) as answer:
            text = str(answer.read().decode("utf-8"))
        if is_there(text):
            return text
        assert time.monotonic() < until, text
        time.sleep(0.1)


@pytest.fixture
def site(lay_out: Callable[[str], Path]) -> Path:
    folder = lay_out("")
    write_news(folder, "Перший текст.")
    return folder


def test_a_save_is_seen_and_a_mistake_is_told(site: Path) -> None:
    with serving(site) as (host, _):
        assert "Перший текст." in page_when(host + PAGE, bool)
        write_news(site, "Другий текст.")
        page_when(host + PAGE, lambda text: "Другий текст." in text)
        write_news(site, "Третій текст.", head="titel: Третя\n")
        told = page_when(host + PAGE, lambda text: TOLD in text)
        assert "titel" in told and "content/news/2026/11-21-друга.md:4" in told
        assert "Другий текст." in told and "Третій текст." not in told
        write_news(site, "Четвертий текст.")
        page_when(host + PAGE, lambda text: "Четвертий текст." in text and TOLD not in text)


def test_the_search_index_is_part_of_every_build(site: Path) -> None:
    def index() -> bytes:
        return (site / "out" / "search" / "uk" / "meta.gz").read_bytes()

    with serving(site, "search") as (host, _):
        found = [index()]
        for words in ("Другий текст.", "Третій текст."):
            write_news(site, words)
            page_when(host + PAGE, lambda text, words=words: words in text)
            found.append(index())
        assert 3 == len(set(found))


def test_a_missing_page_is_told_with_the_sites_own_words(site: Path) -> None:
    with serving(site) as (host, _):
        with pytest.raises(urllib.error.HTTPError) as missing:
            urllib.request.urlopen(host + "nemaie/", timeout=PATIENCE)
        said = missing.value.read().decode("utf-8")
    assert 404 == missing.value.code
    assert "Такої сторінки немає" in said


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C of another process is a POSIX matter")
def test_an_interruption_ends_it_in_peace(site: Path) -> None:
    with serving(site) as (_, process):
        process.send_signal(signal.SIGINT)
        assert 0 == process.wait(timeout=PATIENCE)


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C of another process is a POSIX matter")
def test_an_interruption_of_the_first_build_leaves_no_build_behind(site: Path) -> None:
    process = subprocess.Popen([sys.executable, "-c", SCRIPT, str(site)], cwd=ROOT, text=True, encoding="utf-8",
                               stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                               env={**os.environ, "PYTHONUTF8": "1"})
    until = time.monotonic() + PATIENCE
    while not (site / ".out.staging").exists() and time.monotonic() < until:
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    assert 0 == process.wait(timeout=PATIENCE)
    running = subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=True).stdout
    assert str(site) not in running
