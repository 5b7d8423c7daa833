"""Charts in a browser: on a narrow phone and a wide column no word leaves its chart or meets another."""

from __future__ import annotations

import random
from decimal import Decimal

import pytest
from playwright.sync_api import sync_playwright

from plugins.reports.charts import Numbers, Row, layout
from plugins.reports.drawing import on_page
from tests import tools
from tests.theme import harness

WORDS = "Великоярський старостинський округ громади щодо ремонту доріг ЩОЖМФ укриттів шкіл ДНІПРО WWW".split()
FAULTS = """() => [...document.querySelectorAll('.chart svg')].flatMap((svg, at) => {
  const box = svg.getBoundingClientRect()
  const words = [...svg.querySelectorAll('text')].map(text => [text.textContent, text.getBoundingClientRect()])
  const meet = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1
    && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 5
  return words.flatMap(([text, a], index) => [
    ...(a.left < box.left - 1 || a.right > box.right + 1 || a.bottom > box.bottom + 1 || a.top < box.top - 1
      ? [[at, 'outside', text]] : []),
    ...words.slice(index + 1).filter(([, b]) => meet(a, b)).map(([other]) => [at, text, other])])
})"""


def odd_charts(count: int) -> list[Numbers]:
    """Charts of every kind with long names, huge and negative numbers; the same ones each time."""
    dice = random.Random(5)

    def value(least: int) -> Decimal:
        size = dice.choice([1, 100, 10**6, 10**12]) * dice.choice([1, 1, least])
        return Decimal(str(round(size * dice.random(), dice.choice([0, 1, 3]))))

    def chart(kind: str) -> Numbers:
        most, lanes = {"bars": (12, 3), "columns": (24, 2), "parts": (12, 1)}[kind]
        lanes = dice.randint(1, lanes)
        named = (lambda: dice.choice(["2020", "вересень", "IV кв. 2025", "січ."])) if kind == "columns" else (
            lambda: " ".join(dice.choice(WORDS) for _ in range(dice.randint(1, 12))))
        rows = tuple(Row(named(), tuple(value(1 if kind == "parts" else -1) for _ in range(lanes)))
                     for _ in range(dice.randint(2, most)))
        unit = dice.choice(["", "км", "тис. грн", "млн грн на рік"])
        return Numbers(kind, unit, ("2025 рік", "торік", "заплановано на рік")[:lanes], rows)

    return [chart(kind) for kind in ("bars", "columns", "parts") * (count // 3)]


@pytest.mark.parametrize("width", [320, 360, 800])
def test_words_keep_to_their_places(width: int) -> None:
    env = harness.environment()
    drawn = [layout(chart) for chart in odd_charts(60)]
    shown = [{"name": f"Рисунок {at}", "takeaway": "", "alt": "а", "height": drawing.height, "url": "", "head": [],
              "rows": [], "shapes": on_page(drawing)} for at, drawing in enumerate(drawn)]
    body = "".join(harness.render(env, harness.Example("chart", "", {"chart": chart})) for chart in shown)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(tools.browser()), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": width, "height": 800})
        page.set_content(harness.document(body))
        faults, scrolled = page.evaluate(FAULTS), page.evaluate("document.documentElement.scrollWidth")
        browser.close()
    assert ([], width) == (faults, scrolled)
