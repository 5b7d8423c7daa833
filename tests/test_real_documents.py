"""The five real documents of councils build into correct pages with their full text (read where they are at hand)."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import lxml.html
import pytest

from tests.conftest import ROOT, build_folder

REAL = ROOT.parent / "shared" / "real"
NEWS = "---\ntitle: {title}\npublished_at: 2026-11-20 10:30\n---\n\n{text}\n"
REPORT = ("---\ntitle: {title}\npublished_at: 2026-11-20 10:30\ntype: department\n"
          "period: {{starts_on: 2022-01-01, ends_on: 2022-12-31}}\n---\n\n{text}\n")
ACT = ("number: 1-1/8\ntype: decision\nbody: rada\ntitle: {title}\nadopted_on: 2026-11-19\nsigned_on: 2026-11-19\n"
       "published_at: 2026-11-20 10:00\n")
DRAFT = ("number: 1-П\ntype: decision\nbody: rada\ntitle: {title}\nregistered_on: 2026-11-10\n"
         "published_at: 2026-11-11 10:00\ninitiator:\n  text: Відділ інформаційної політики\n")
PLACES = {
    "000": ("content/reports/2026/zvit-2022.md", REPORT, "zvity/2026/zvit-2022"),
    "001": ("content/news/2026/11-20.md", NEWS, "novyny/2026/11-20"),
    "002": ("content/drafts/2026/1-p/index.yml", DRAFT, "proiekty/2026/1-p"),
    "003": ("content/acts/2026/1-1-8/index.yml", ACT, "rishennia/2026/1-1-8"),
    "004": ("content/reports/2026/orhviddil-2023.md", REPORT, "zvity/2026/orhviddil-2023"),
}


def words(text: str) -> list[str]:
    """Words and numbers of a text, in order: the typographer may change only what stands between them."""
    return re.findall(r"[^\W_]+", text.replace("\u00ad", "").replace("\u2060", ""))


@pytest.mark.skipif(not REAL.is_dir(), reason="the real documents are not beside this checkout")
def test_every_word_of_the_real_documents_is_on_their_pages(lay_out: Callable[[str], Path]) -> None:
    site = lay_out("")
    for source in sorted(REAL.glob("*.txt")):
        place, head, _ = PLACES[source.name[:3]]
        text = source.read_text(encoding="utf-8-sig").replace("\r\n", "\n")
        title = "Документ із реєстру " + source.name[:3]
        file = site / place
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(head.format(title=title, text=text), encoding="utf-8")
        if file.name == "index.yml":
            (file.parent / "text.md").write_text(text, encoding="utf-8")
    status, lines = build_folder(site, site / "out")
    assert status == 0, lines
    for source in sorted(REAL.glob("*.txt")):
        page = lxml.html.parse(str(site / "out" / PLACES[source.name[:3]][2] / "index.html")).getroot()
        shown = " ".join(words(page.find(".//main").text_content()))
        text = source.read_text(encoding="utf-8-sig")
        for line in text.splitlines():
            wanted = " ".join(words(line))
            assert wanted in shown or re.sub(r"^\d+ (?:\d+ )*", "", wanted) in shown, (source.name, line[:120])
