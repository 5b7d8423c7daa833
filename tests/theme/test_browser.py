"""The components in a browser: no barrier found by axe, no sideways scroll, enhancements that do what they say."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Literal

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests import tools
from tests.barriers import barriers
from tests.theme import harness

ADDRESS = "http://theme.test/"
ENV = harness.environment()
FRAME = {"site-header", "site-footer"}


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(tools.browser()),
                                             args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


def opened(context: BrowserContext, html: str) -> Page:
    """A page that serves this HTML at one fixed address, so that storage works."""
    page = context.new_page()
    page.route("**/*", lambda route: route.fulfill(body=html if route.request.url == ADDRESS else "",
                                                   content_type="text/html"))
    page.goto(ADDRESS)
    return page


def patterns() -> str:
    """Every example of every component under its name."""
    parts = []
    for component in harness.components():
        parts.append(f"<h2>{component}</h2>")
        parts += [f"<div>{harness.render(ENV, example)}</div>" for example in harness.examples(component)
                  if component not in FRAME and component != "greeting"]
    return harness.document("\n".join(parts))


def example(component: str, number: int = 0) -> str:
    return harness.render(ENV, list(harness.examples(component))[number])


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(chromium: Browser, width: int, scheme: Literal["light", "dark"]) -> None:
    context = chromium.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True)
    found = barriers(opened(context, patterns()))
    context.close()
    assert [] == found


def test_axe_finds_what_is_wrong(chromium: Browser) -> None:
    context = chromium.new_context(bypass_csp=True)
    page = opened(context, harness.document("<img src='a.png'><p style='color: #ddd; background: #fff'>Бліде.</p>"))
    found, inside = barriers(page), barriers(page, inside="p")
    context.close()
    assert {"image-alt", "color-contrast"} == {rule for rule, _ in found}
    assert ["color-contrast"] == [rule for rule, _ in inside] and "Бліде." in inside[0][1]


@pytest.mark.parametrize(("width", "size"), [(320, "100%"), (360, "200%"), (768, "100%"), (1280, "200%")])
def test_nothing_scrolls_sideways(chromium: Browser, width: int, size: str) -> None:
    context = chromium.new_context(viewport={"width": width, "height": 900})
    page = opened(context, patterns().replace("<html", f'<html style="font-size:{size}"', 1))
    scrolled = page.evaluate("document.documentElement.scrollWidth")
    context.close()
    assert scrolled <= width


@pytest.mark.parametrize(("now", "words"), [
    ("2026-11-23T12:00+02:00", "Залишилося 6\u00a0робочих днів, щоб висловитися"),
    ("2026-11-27T12:00+02:00", "Залишилося 2\u00a0робочі дні, щоб висловитися"),
    ("2026-11-30T23:58+02:00", "Сьогодні останній робочий день, щоб висловитися"),
    ("2026-12-01T00:00+02:00", "Пропозиції вже не приймаємо"),
])
def test_consultation_counts_the_days_left(chromium: Browser, now: str, words: str) -> None:
    context = chromium.new_context(timezone_id="America/Toronto")
    context.clock.set_fixed_time(datetime.fromisoformat(now))
    page = opened(context, harness.document(example("consultation"), harness.script("consultation.js")))
    said = page.text_content(".consultation h2")
    asks = page.locator("[data-part=respond]").count()
    context.close()
    assert (words, 0 if words.startswith("Пропозиції") else 1) == (said, asks)


def test_table_sorts_by_day_and_back(chromium: Browser) -> None:
    context = chromium.new_context()
    page = opened(context, harness.document(example("vote-table"), harness.script("sort-table.js")))
    page.click("th button >> nth=0")
    first = page.text_content("tbody tr:first-child td")
    page.click("th button >> nth=0")
    again = page.text_content("tbody tr:first-child td")
    context.close()
    assert ("24.09.2026", "19.11.2026") == (first, again)


def test_display_settings_stay_on_the_device(chromium: Browser) -> None:
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    page = opened(context, harness.document(example("site-header"), harness.script("display.js")))
    page.click(".display-panel summary")
    page.check("input[name=text][value='150']")
    size = page.evaluate("getComputedStyle(document.documentElement).fontSize")
    page.reload()
    chosen = page.evaluate("document.querySelector('input[name=text]:checked').value")
    kept = page.evaluate("localStorage.getItem('display')")
    context.close()
    assert ("24px", "150", '{"text":"150"}') == (size, chosen, kept)


def test_menu_closes_on_escape(chromium: Browser) -> None:
    context = chromium.new_context(viewport={"width": 360, "height": 800})
    page = opened(context, harness.document(example("site-header"), harness.script("menu.js")))
    page.click(".menu > summary")
    before = page.evaluate("document.querySelector('.menu').open")
    page.keyboard.press("Escape")
    after = page.evaluate("document.querySelector('.menu').open")
    context.close()
    assert (True, False) == (before, after)
