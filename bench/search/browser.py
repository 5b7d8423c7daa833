"""From Enter to results in a real browser, on a simulated line: the box was focused before, the words typed quickly."""
from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from bench.search.queries import Query
from bench.search.serving import Served
from tooling.bootstrap import NotReady

PAGE = "/poshuk/"
LATENCY_MS, BYTES_A_SECOND = 60, 9_000_000 / 8
KEY_MS = 60
"""From one key to the next: quicker than the page's own pause, so that no result is there before Enter."""
READY_MS = 800
"""From the focus to the first key."""
PATIENCE_MS = 5_000
HOPELESS = 3
"""So many questions without an answer at the beginning end the measurement."""
WATCH = """() => {
  const list = document.querySelector('[data-part="results"]');
  const box = document.querySelector('#q');
  window.waited = new Promise((done) => {
    box.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter') return;
      const start = performance.now();
      new MutationObserver(() => {
        if (list.querySelector('a')?.textContent.trim()) done(performance.now() - start);
      }).observe(list, { childList: true, subtree: true, characterData: true });
      setTimeout(() => done(PATIENCE), PATIENCE);
    }, { capture: true });
  });
}""".replace("PATIENCE", str(PATIENCE_MS))


def waits(served: Served, program: Path, queries: Sequence[Query], tell: Callable[[int, int], None]) -> list[float]:
    """Milliseconds of each question, asked by a visitor who is there for the first time."""
    from playwright.sync_api import sync_playwright

    found = []
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=str(program), args=["--no-sandbox"])
        for number, query in enumerate(queries, 1):
            context = chromium.new_context()
            page = context.new_page()
            context.new_cdp_session(page).send("Network.emulateNetworkConditions", {
                "offline": False, "latency": LATENCY_MS, "downloadThroughput": BYTES_A_SECOND,
                "uploadThroughput": BYTES_A_SECOND})
            page.goto(served.base + PAGE, wait_until="load")
            page.evaluate(WATCH)
            page.focus("#q")
            page.wait_for_timeout(READY_MS)
            page.keyboard.type(query.text, delay=KEY_MS)
            page.keyboard.press("Enter")
            found.append(float(page.evaluate("() => window.waited")))
            context.close()
            tell(number, len(queries))
            if len(found) == HOPELESS and min(found) >= PATIENCE_MS:
                raise NotReady("Сторінка пошуку не відповідає на запитання.")
        chromium.close()
    return found
