"""The search page in a browser, on a site below a path: what a reader types, sees and reaches by keys."""

from __future__ import annotations

import functools
import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests import tools
from tests.conftest import build_folder, lay_site

BASE = "/sub"
EXTRA = 12
NEWS = "---\ntitle: Двірники, день {0}\npublished_at: 2026-02-{0:02} 09:00\n---\n\nДвірники вийшли на вулицю.\n"


class Files(SimpleHTTPRequestHandler):
    """The output folder below the path of the site."""

    def translate_path(self, path: str) -> str:
        inside = path.startswith(f"{BASE}/")
        return super().translate_path(path.removeprefix(BASE) if inside else "/there-is-no-such-file")

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: a test that fails says enough."""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A site of two languages with its index, served."""
    folder = tmp_path_factory.mktemp("search") / "site"
    lay_site(folder, "valid/search-in-two-languages")
    for number in range(1, EXTRA + 1):
        (folder / "content" / "news" / "2026" / f"02-{number:02}-двірники.md").write_text(NEWS.format(number), "utf-8")
    assert (0, []) == build_folder(folder, folder / "out", search=True, url=f"https://x.example{BASE}")
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Files, directory=str(folder / "out")))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}{BASE}"
    server.shutdown()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(tools.browser()),
                                             args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A fresh visitor; whatever the scripts complain of fails the test."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, bypass_csp=True)
    fresh = context.new_page()
    faults: list[str] = []
    fresh.on("pageerror", lambda error: faults.append(str(error)))
    fresh.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    yield fresh
    context.close()
    assert [] == [fault for fault in faults if "404" not in fault]


def requests_of(page: Page) -> list[str]:
    """A list that grows with every request of the page."""
    urls: list[str] = []
    page.context.on("request", lambda request: urls.append(request.url))
    return urls


def ask(page: Page, query: str) -> None:
    page.fill("#q", query)
    page.press("#q", "Enter")


def titles(page: Page) -> list[str]:
    page.wait_for_selector(".result-list li")
    return [plain(title) for title in page.locator(".result-list h2").all_inner_texts()]


def count(page: Page) -> str:
    return plain(page.inner_text("[data-part=count]"))


def plain(text: str) -> str:
    """The text without the typographer's no-break spaces."""
    return text.replace("\u00a0", " ")


def test_typing_finds_a_page_and_marks_the_word(page: Page, address: str) -> None:
    page.goto(f"{address}/poshuk/")
    page.locator("#q").press_sequentially("гривн")
    assert ["Тариф на воду з січня"] == titles(page)
    assert "Знайдено 1 сторінку" == count(page)
    assert ["гривню."] == page.locator(".result-list mark").all_inner_texts()
    assert f"{BASE}/novyny/2025/12-23/" == page.locator(".result-list a").get_attribute("href")
    assert "Новина" == page.inner_text(".result-kind")
    assert "23\u00a0грудня 2025\u00a0року" == page.inner_text(".result-list .row-meta")
    assert ["гривн"] == parse_qs(urlsplit(page.url).query)["q"]
    page.click(".result-list a")
    assert "Тариф на воду з січня" == plain(page.inner_text("h1"))


def test_address_with_a_question_is_answered_at_once(page: Page, address: str) -> None:
    page.goto(f"{address}/poshuk/?q=засувку")
    assert ["Воду вимкнуть на чотири години"] == titles(page)
    assert "засувку" == page.input_value("#q")
    assert "Оголошення" == page.inner_text(".result-kind")


def test_form_of_the_home_page_leads_to_the_answer(page: Page, address: str) -> None:
    page.goto(f"{address}/")
    ask(page, "засувку")
    assert ["Воду вимкнуть на чотири години"] == titles(page)
    assert f"{BASE}/poshuk/" == urlsplit(page.url).path


def test_engine_is_loaded_only_when_the_box_is_entered(page: Page, address: str) -> None:
    urls = requests_of(page)
    page.goto(f"{address}/poshuk/", wait_until="networkidle")
    assert not [url for url in urls if "/pagefind/" in url or "/js/search." in url]
    with page.expect_request_finished(lambda request: "/pagefind/" in request.url):
        page.focus("#q")
    assert 1 == len([url for url in urls if "/js/search." in url])
    assert [f"{address}/pagefind/pagefind.js"] == [url for url in urls if "/pagefind/" in url]


def test_nothing_is_asked_of_another_host(page: Page, address: str) -> None:
    urls = requests_of(page)
    page.goto(f"{address}/poshuk/?q=вода")
    titles(page)
    page.wait_for_load_state("networkidle")
    assert any("/fragment/" in url for url in urls)
    assert [] == [url for url in urls if not url.startswith(address)]


def test_text_of_a_page_never_becomes_html(page: Page, address: str) -> None:
    page.goto(f"{address}/poshuk/?q=толока")
    assert ["Біля школи садять яблуні"] == titles(page)
    excerpt = page.locator(".result-excerpt")
    assert '<b onclick="alert(1)">яблуня</b> і 2 < 3 & 5.' in excerpt.inner_text()
    assert ["MARK"] == excerpt.evaluate("e => [...e.querySelectorAll('*')].map(c => c.nodeName)")


def test_nothing_found_offers_ways_on(page: Page, address: str) -> None:
    page.goto(f"{address}/poshuk/?q=абракадабра")
    expect(page.locator("[data-part=count]")).to_have_text("Нічого не знайдено")
    assert page.is_visible("[data-part=hint]") and not page.is_visible("[data-part=found]")
    links = page.locator("[data-part=ways] a").evaluate_all("links => links.map(a => a.getAttribute('href'))")
    assert {f"{BASE}/novyny/2025/", f"{BASE}/mapa-saitu/"} <= set(links)
    assert all(page.locator("[data-part=ways] a").nth(number).is_visible() for number in range(len(links)))


def test_unknown_word_beside_a_known_one_is_named(page: Page, address: str) -> None:
    page.goto(f"{address}/poshuk/?q=абракадабра засувку")
    assert ["Воду вимкнуть на чотири години"] == titles(page)
    assert "На сайті немає: «абракадабра». Показано сторінки з рештою слів." == page.inner_text("[data-part=note]")


@pytest.mark.parametrize("apostrophe", "'’ʼ`")
def test_every_apostrophe_is_the_same(page: Page, address: str, apostrophe: str) -> None:
    page.goto(f"{address}/poshuk/?q=зв{apostrophe}язок")
    assert ["Тариф на воду з січня"] == titles(page)


def test_stress_marks_and_soft_hyphens_do_not_matter(page: Page, address: str) -> None:
    page.goto(f"{address}/poshuk/")
    ask(page, "засу\u0301в\u00adку")
    assert ["Воду вимкнуть на чотири години"] == titles(page)


def test_filter_narrows_by_kind_with_counts(page: Page, address: str) -> None:
    page.goto(f"{address}/poshuk/?q=вод")
    assert 3 == len(titles(page))
    options = page.locator(".filter-group").first.locator("a")
    assert ["Усе\n3", "Новини\n2", "Послуги\n1"] == [text.replace("  ", "\n").replace(" ", "\n")
                                                   for text in options.all_inner_texts()]
    options.filter(has_text="Послуги").click()
    expect(page.locator("[data-part=count]")).to_have_text("Знайдено 1 сторінку")
    assert ["Центр надання адміністративних послуг"] == titles(page)
    assert {"q": ["вод"], "kind": ["Послуги"]} == parse_qs(urlsplit(page.url).query)
    assert ["3", "2", "1"] == [text.split()[-1] for text in options.all_inner_texts()]
    assert "true" == options.filter(has_text="Послуги").get_attribute("aria-current")
    assert options.filter(has_text="Послуги").evaluate("link => link === document.activeElement")
    page.go_back()
    expect(page.locator("[data-part=count]")).to_have_text("Знайдено 3 сторінки")


def test_years_stand_from_the_newest(page: Page, address: str) -> None:
    page.goto(f"{address}/poshuk/?q=вод")
    titles(page)
    years = page.locator(".filter-group").nth(1).locator("a").all_inner_texts()
    assert ["Усе", "2026", "2025"] == [year.split()[0] for year in years]


def test_order_by_date_stands_in_the_address(page: Page, address: str) -> None:
    page.goto(f"{address}/poshuk/?q=вод")
    titles(page)
    page.click("[data-order=date]")
    expect(page.locator("[data-order=date]")).to_have_attribute("aria-current", "true")
    assert ["Воду вимкнуть на чотири години", "Тариф на воду з січня"] == titles(page)[:2]
    assert ["date"] == parse_qs(urlsplit(page.url).query)["sort"]


def test_more_results_come_on_demand_and_take_the_focus(page: Page, address: str) -> None:
    page.goto(f"{address}/poshuk/?q=двірники")
    assert 10 == len(titles(page))
    page.click("[data-part=more]")
    expect(page.locator(".result-list li")).to_have_count(EXTRA)
    assert not page.is_visible("[data-part=more]")
    expect(page.locator(".result-list li").nth(10).locator("a")).to_be_focused()


def test_arrows_walk_from_the_box_through_the_results(page: Page, address: str) -> None:
    page.goto(f"{address}/poshuk/?q=двірники")
    titles(page)
    links = page.locator(".result-list a")
    page.focus("#q")
    page.keyboard.press("ArrowDown")
    expect(links.nth(0)).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(links.nth(1)).to_be_focused()
    for _ in range(2):
        page.keyboard.press("ArrowUp")
    expect(page.locator("#q")).to_be_focused()


def test_emptied_box_brings_the_registers_back(page: Page, address: str) -> None:
    page.goto(f"{address}/poshuk/?q=двірники")
    titles(page)
    page.fill("#q", "")
    expect(page.locator("[data-part=ways]")).to_be_visible()
    expect(page.locator("[data-part=found]")).to_be_hidden()


def test_english_question_is_answered_in_its_language(page: Page, address: str) -> None:
    page.goto(f"{address}/en/search/?q=walked shelter")
    assert ["Where the shelters are"] == titles(page)
    assert "1 page found" == count(page)
    assert "Page" == page.inner_text(".result-kind")


def test_ukrainian_question_does_not_meet_english_pages(page: Page, address: str) -> None:
    page.goto(f"{address}/poshuk/?q=shelter")
    expect(page.locator("[data-part=count]")).to_have_text("Нічого не знайдено")


def test_site_without_an_index_keeps_form_and_registers(page: Page, address: str) -> None:
    page.route("**/pagefind/**", lambda route: route.fulfill(status=404))
    page.goto(f"{address}/poshuk/")
    with page.expect_request("**/pagefind/pagefind.js"):
        page.focus("#q")
    assert "" == count(page)
    ask(page, "вода")
    expect(page.locator("[data-part=count]")).to_contain_text("Пошук зараз не працює.")
    assert page.is_visible("[data-part=ways]")


def test_without_scripts_registers_are_offered(chromium: Browser, address: str) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/poshuk/")
    ask(page, "вода")
    page.wait_for_url("**/poshuk/?q=*")
    assert "ввімкнено JavaScript" in page.inner_text("noscript p")
    assert page.is_visible(f"a[href='{BASE}/novyny/2025/']") and page.is_visible(f"main a[href='{BASE}/mapa-saitu/']")
    assert not page.is_visible("[data-part=filters]") and not page.is_visible("[data-part=more]")
    context.close()


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("query", ["", "?q=вод", "?q=абракадабра"])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(page: Page, address: str, width: int, query: str) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{address}/poshuk/{query}", wait_until="networkidle")
    if query:
        page.wait_for_function("document.querySelector('[data-part=count]').textContent")
    page.evaluate(tools.axe_source().read_text(encoding="utf-8"))
    found = page.evaluate("axe.run('main', {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']})")
    found = found["violations"]
    assert [] == [(fault["id"], node["html"]) for fault in found for node in fault["nodes"]]
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_scripts_fit_their_budget() -> None:
    import brotli

    scripts = (Path(__file__).parents[3] / "theme" / "static" / "js").glob("search-*.js")
    assert sum(len(brotli.compress(path.read_bytes())) for path in scripts) <= 5_000
