"""The sample council's site as citizens get it: sound files, no barrier, light pages, the same without scripts."""

from __future__ import annotations

import json
import re
import subprocess
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import brotli
import feedparser
import icalendar
import pytest
from lxml import etree
from playwright.sync_api import Browser, BrowserContext, sync_playwright
from playwright.sync_api import Page as Tab

from tests import sample, tools
from tests.sample import Page

KINDS = ("404", "act", "act-register", "agenda-item", "article", "article-list", "body", "calendar", "data-catalogue",
         "dataset", "directory", "draft", "emergency", "event", "feeds-hub", "greeting", "home", "page", "person",
         "report", "search", "section", "shelters", "sitemap-html", "sitting")
REGISTERS = {"act-register", "article-list", "directory"}
PAGE_BYTES, REGISTER_BYTES, CSS_BYTES, SCRIPT_BYTES, VISIT_BYTES = 15_000, 25_000, 12_000, 10_000, 45_000
SUB_PATH = "https://x.example/rada"
ATOM = "{http://www.w3.org/2005/Atom}"
MAP = {"m": "http://www.sitemaps.org/schemas/sitemap/0.9"}
AXE_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SPACING = ("*{line-height:1.5!important;letter-spacing:.12em!important;word-spacing:.16em!important}"
           "p{margin-block-end:2em!important}")
"""Text spacing of WCAG 1.4.12."""
CUT_TEXT = """() => [...document.querySelectorAll('body *')].filter(e => {
  const s = getComputedStyle(e), r = e.getBoundingClientRect();
  if (r.width < 2 || r.height < 2 || !e.textContent.trim() || e.closest('svg, script, style, template')) return false;
  const hides = v => v === 'hidden' || v === 'clip';
  return (hides(s.overflowX) && e.scrollWidth > e.clientWidth + 1)
      || (hides(s.overflowY) && e.scrollHeight > e.clientHeight + 1);
}).map(e => e.outerHTML.slice(0, 120))"""
FOCUS = """() => {
  const e = document.activeElement; if (!e || e === document.body) return null;
  const s = getComputedStyle(e), r = e.getBoundingClientRect();
  const ring = s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2;
  const seen = r.width > 0 && r.height > 0 && r.bottom > 0 && r.top < innerHeight && r.right > 0 && r.left < innerWidth;
  return {html: e.outerHTML.slice(0, 120), isSeen: ring && seen};
}"""
SHIFT = """() => new Promise(done => { let sum = 0;
  new PerformanceObserver(list => { for (const e of list.getEntries()) sum += e.value })
    .observe({type: 'layout-shift', buffered: true}); setTimeout(() => done(sum), 300) })"""
CONTENT = """() => ({links: [...new Set([...document.querySelectorAll('a[href]')].map(e => e.getAttribute('href')))],
  words: (() => { for (const e of document.querySelectorAll('details')) e.open = true;
                  return document.querySelector('main').innerText.split(/\\s+/) })()})"""


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One folder for all workers of this run."""
    base = tmp_path_factory.getbasetemp()
    return base.parent if base.name.startswith("popen-") else base


@pytest.fixture(scope="session")
def site(shared: Path) -> Path:
    """The built sample."""
    return sample.built(shared, "sample")


@pytest.fixture(scope="session")
def pages(site: Path) -> tuple[Page, ...]:
    return sample.pages_of(site)


@pytest.fixture(scope="session")
def address(site: Path) -> str:
    """Where the site of the sample says it stands."""
    data = json.loads(json.dumps(sample.html.parse(str(site / "index.html")).getroot().xpath(
        "string(//link[@rel='canonical']/@href)")))
    return str(data).rstrip("/")


@pytest.fixture(scope="session")
def host(site: Path) -> Iterator[str]:
    with sample.served(site) as url:
        yield url


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(tools.browser()),
                                             args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()
