"""The search page in a browser, on a site below a path: what a reader types, sees, narrows and reaches by keys."""

from __future__ import annotations

import functools
import gzip
import shutil
import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Literal
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect, sync_playwright

from plugins.builder.scripts import small_script
from tests import tools
from tests.barriers import barriers
from tests.conftest import SITES, build_folder, lay_site

BASE = "/sub"
EXTRA = 12
NEWS = "---\ntitle: Двірники, день {0}\npublished_at: 2026-02-{0:02} 09:00\n---\n\nДвірники вийшли на вулицю.\n"
LONG = "---\ntitle: Правила парку\nsummary: Усе про парк.\n---\n\n{0}\n\n## Велосипеди\n\nВелосипедом їдьте повільно.\n"
ENGLISH = "---\ntitle: A new shelter\npublished_at: 2026-03-02 09:00\nlang: en\n---\n\nThe shelter is open.\n"
FILLER = "У парку тихо, діти гуляють доріжками, старі дуби шумлять над ставом. " * 30
STUB = """
export const open = async () => {{}};
export const search = async (query, options) => {{
  globalThis.asked = [...globalThis.asked ?? [], {{ query, ...options }}];
  const row = {{ url: "{base}/", anchor: "", title: query, heading: "", kind: "", date: "", excerpt: "" }};
  return {{ results: [row], load: async () => [row], facets: async () => ({facets}), note: "", others: {others} }};
}};
"""
RECENT = "recent-searches"
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")


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
    lay_site(folder, "valid/second-council")
    shutil.copytree(SITES / "valid" / "search-in-two-languages", folder, dirs_exist_ok=True)
    for number in range(1, EXTRA + 1):
        (folder / "content" / "news" / "2026" / f"02-{number:02}-двірники.md").write_text(NEWS.format(number), "utf-8")
    (folder / "content" / "pages" / "park.md").write_text(LONG.format(FILLER), "utf-8")
    (folder / "content" / "news" / "2026" / "03-02-shelter.md").write_text(ENGLISH, "utf-8")
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


def said(page: Page, words: str) -> None:
    """Waits until this is the count."""
    expect(page.locator("[data-part=count]")).to_have_text(words)


def group(page: Page, title: str) -> Locator:
    """The options of a filter, «Усе» among them."""
    return page.locator(".filter-group", has_text=title).locator("a")


def counts(page: Page, title: str) -> dict[str, str]:
    """Label → the number beside it, in the order of the options."""
    return {plain(label): number for label, number in (
        option.locator("span").all_text_contents() for option in group(page, title).all())}


def stop_the_clock(page: Page) -> None:
    """From here on time passes only by `page.clock.run_for`."""
    page.clock.install(time=0)
    page.clock.pause_at(60_000)


def in_address(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def stub(page: Page, *, facets: str = "{}", others: str = "[]") -> None:
    """An engine that finds one page for every question and tells what it was asked (`asked`)."""
    page.route("**/search/search.js*", lambda route: route.fulfill(
        content_type="text/javascript", body=STUB.format(base=BASE, facets=facets, others=others)))


# --------------------------------------------------------------------------- asking


def test_typing_finds_a_page_and_marks_the_word(page: Page, address: str) -> None:
    page.goto(f"{address}/poshuk/")
    page.locator("#q").press_sequentially("гривн")
    assert ["Тариф на воду з січня"] == titles(page)
    assert "Знайдено 1 сторінку" == count(page)
    assert ["гривню"] == page.locator(".result-list mark").all_inner_texts()
    assert f"{BASE}/novyny/2025/12-23/" == page.locator(".result-list a").get_attribute("href")
    assert "Новина" == page.inner_text(".result-kind")
    assert "23\u00a0грудня 2025\u00a0року" == page.inner_text(".result-list .row-meta")
    assert {"q": ["гривн"]} == in_address(page)
    expect(page.locator("#q")).to_be_focused()
    page.click(".result-list a")
    assert "Тариф на воду з січня" == plain(page.inner_text("h1"))


def test_every_form_of_a_word_finds_it(page: Page, address: str) -> None:
    page.goto(f"{address}/poshuk/?q=засувкою")
    assert ["Воду вимкнуть на чотири години"] == titles(page)
    assert "засувкою" == page.input_value("#q")
    assert "Оголошення" == page.inner_text(".result-kind")
    assert ["засувку"] == page.locator(".result-list mark").all_inner_texts()


def test_form_of_the_home_page_leads_to_the_answer(page: Page, address: str) -> None:
    page.goto(f"{address}/")
    ask(page, "засувка")
    assert ["Воду вимкнуть на чотири години"] == titles(page)
    assert f"{BASE}/poshuk/" == urlsplit(page.url).path


def test_result_leads_into_the_section_and_names_it(page: Page, address: str) -> None:
    page.goto(f"{address}/poshuk/?q=велосипед")
    assert ["Правила парку"] == titles(page)
    assert "У розділі «Велосипеди»" == page.inner_text(".result-list h2 + p")
    page.click(".result-list a")
    expect(page.locator(":target")).to_contain_text("Велосипеди")


def test_result_of_an_act_shows_number_date_and_status(page: Page, address: str) -> None:
    page.goto(f"{address}/poshuk/?q=12-5/VIII&kind=Рішення")
    assert ["Про виділення коштів на ремонт мосту"] == titles(page)
    assert "Рішення № 12-5/VІІІ" == plain(page.inner_text(".result-kind"))
    assert "20 лютого 2026 року Чинне" == plain(page.inner_text(".row-meta")).replace("\n", " ")


def test_enter_searches_at_once(page: Page, address: str) -> None:
    stub(page)
    page.goto(f"{address}/poshuk/")
    stop_the_clock(page)
    ask(page, "ніч")
    said(page, "Знайдено 1 сторінку")
    assert ["ніч", False] == page.evaluate("[asked.at(-1).query, asked.at(-1).typing]")


def test_typing_is_answered_after_a_pause_and_once(page: Page, address: str) -> None:
    stub(page)
    page.goto(f"{address}/poshuk/")
    stop_the_clock(page)
    page.locator("#q").press_sequentially("вода")
    page.clock.run_for(140)
    assert "" == count(page)
    page.clock.run_for(110)
    said(page, "Знайдено 1 сторінку")
    asked = page.evaluate("asked.map(({ query, typing, ahead }) => [typing && query, ahead])")
    # Files of a long enough word are fetched ahead, with each letter.
    assert [["вод", True], ["вода", True], ["вода", None]] == asked


def test_files_of_a_word_are_fetched_while_it_is_typed(page: Page, address: str) -> None:
    page.goto(f"{address}/poshuk/")
    stop_the_clock(page)
    with page.expect_request("**/uk/lex/*"), page.expect_request("**/uk/post/*"):
        page.locator("#q").press_sequentially("зас")
    urls = requests_of(page)
    page.locator("#q").press_sequentially("увку")
    page.press("#q", "Enter")
    assert ["Воду вимкнуть на чотири години"] == titles(page)
    assert [] == [url for url in urls if "/uk/lex/" in url]
    assert [url for url in urls if "/uk/text/" in url]


def test_engine_and_header_are_loaded_when_the_box_is_entered(page: Page, address: str) -> None:
    urls = requests_of(page)
    page.goto(f"{address}/poshuk/", wait_until="networkidle")
    assert not [url for url in urls if f"{BASE}/search/" in url]
    with page.expect_request_finished(lambda request: "/uk/meta.gz" in request.url):
        page.focus("#q")
    assert ["search.js", "meta.gz"] == [urlsplit(url).path.split("/")[-1] for url in urls if f"{BASE}/search/" in url]


def test_first_results_wait_for_no_others(page: Page, address: str) -> None:
    late: list[Route] = []

    def answer(route: Route) -> None:
        if len(late) < 5:
            late.append(route)
            route.continue_()

    page.route("**/search/uk/text/**", answer)
    page.goto(f"{address}/poshuk/?q=двірники")
    expect(page.locator(".result-list li")).to_have_count(5)
    page.wait_for_timeout(800)
    assert f"Знайдено {EXTRA} сторінок" == count(page)


def test_slow_network_is_told_of(page: Page, address: str) -> None:
    page.goto(f"{address}/poshuk/")
    stop_the_clock(page)
    page.route("**/meta.gz", lambda route: None)
    ask(page, "вода")
    page.clock.run_for(1000)
    said(page, "Шукаємо…")


def test_nothing_is_asked_of_another_host(page: Page, address: str) -> None:
    urls = requests_of(page)
    page.goto(f"{address}/poshuk/?q=вода")
    titles(page)
    page.wait_for_load_state("networkidle")
    assert any("/search/uk/text/" in url for url in urls)
    assert [] == [url for url in urls if not url.startswith(address)]


def test_text_of_a_page_never_becomes_html(page: Page, address: str) -> None:
    page.goto(f"{address}/poshuk/?q=яблуня толока")
    assert ["Біля школи садять яблуні"] == titles(page)
    excerpt = page.locator(".result-excerpt")
    assert '<b onclick="alert(1)">яблуня</b> і 2 < 3 & 5.' in plain(excerpt.inner_text())
    assert {"MARK"} == set(excerpt.evaluate("e => [...e.querySelectorAll('*')].map(c => c.nodeName)"))


@pytest.mark.parametrize(("number", "words"), [(1, "Знайдено 1 сторінку"), (3, "Знайдено 3 сторінки"),
                                               (12, "Знайдено 12 сторінок"), (1500, "Знайдено 1\u00a0500 сторінок")])
def test_count_is_said_in_good_ukrainian(page: Page, address: str, number: int, words: str) -> None:
    stub(page)
    page.route("**/search/search.js*", lambda route: route.fulfill(
        content_type="text/javascript",
        body=STUB.format(base=BASE, facets="{}", others="[]").replace("[row], load", f"Array({number}), load")))
    page.goto(f"{address}/poshuk/?q=вода")
    page.wait_for_selector(".result-list li")
    assert words == page.inner_text("[data-part=count]")
    assert "polite" == page.locator("[aria-live]:has([data-part=count])").get_attribute("aria-live")


# --------------------------------------------------------------------------- how it was understood


def test_typing_error_is_named_above_the_results(page: Page, address: str) -> None:
    page.goto(f"{address}/poshuk/?q=засуавку")
    assert ["Воду вимкнуть на чотири години"] == titles(page)
    assert "Показано схоже: засувку." == page.inner_text("[aria-live] [data-part=note]")


def test_other_keyboard_layout_is_named(page: Page, address: str) -> None:
    page.goto(f"{address}/poshuk/?q=pfcedrf")
    assert ["Воду вимкнуть на чотири години"] == titles(page)
    assert "Показано за українською розкладкою: засувка." == page.inner_text("[data-part=note]")


def test_unknown_word_beside_a_known_one_is_named(page: Page, address: str) -> None:
    page.goto(f"{address}/poshuk/?q=абракадабра засувка")
    assert ["Воду вимкнуть на чотири години"] == titles(page)
    assert "На сайті немає: «абракадабра». Показано сторінки з рештою слів." == page.inner_text("[data-part=note]")


def test_phrase_that_is_nowhere_may_be_asked_for_as_words(page: Page, address: str) -> None:
    page.goto(f"{address}/poshuk/?q=«вода засувка»")
    said(page, "За запитом «вода засувка» нічого не знайдено")
    assert "Сторінок, де ці слова стоять поруч, немає." == page.inner_text("[data-part=note]")
    page.click("[data-part=apart] a")
    said(page, "Знайдено 1 сторінку")
    assert "вода засувка" == page.input_value("#q")
    assert not page.is_visible("[data-part=apart]")


@pytest.mark.parametrize("query", ['"', "«»", "„ ”"])
def test_quotes_around_nothing_ask_nothing(page: Page, address: str, query: str) -> None:
    page.goto(f"{address}/poshuk/?q=вода")
    titles(page)
    ask(page, query)
    said(page, "")
    assert page.is_visible("[data-part=ways]") and not page.is_visible("[data-part=apart]")


def test_rare_meaning_is_offered(page: Page, address: str) -> None:
    stub(page, others='["ріка", "ріка", "рік"].map((lemma) => ({ word: "ріки", lemma }))')
    page.goto(f"{address}/poshuk/?q=чисті ріки")
    titles(page)
    assert "Можливо, ви шукали: ріка, рік" == page.inner_text("[data-part=others]")
    assert not page.is_visible("[data-part=usual]")
    page.click("[data-part=others] a >> nth=0")
    expect(page.locator("[data-part=usual]")).to_be_visible()
    assert {"q": ["чисті ріка"], "rare": ["1"]} == in_address(page)
    assert [False, True] == page.evaluate("asked.map(({ rare }) => rare)")
    page.click("[data-part=usual] a")
    expect(page.locator("[data-part=usual]")).to_be_hidden()
    assert {"q": ["чисті ріка"]} == in_address(page)


def test_another_question_asks_for_usual_meanings_again(page: Page, address: str) -> None:
    stub(page)
    page.goto(f"{address}/poshuk/?q=ріка&rare=1")
    titles(page)
    ask(page, "школа")
    expect(page.locator("[data-part=usual]")).to_be_hidden()
    assert {"q": ["школа"]} == in_address(page)


@pytest.mark.parametrize("apostrophe", "'’ʼ`")
def test_every_apostrophe_is_the_same(page: Page, address: str, apostrophe: str) -> None:
    page.goto(f"{address}/poshuk/?q=зв{apostrophe}язок")
    assert ["Тариф на воду з січня"] == titles(page)


def test_stress_marks_and_soft_hyphens_do_not_matter(page: Page, address: str) -> None:
    page.goto(f"{address}/poshuk/")
    ask(page, "засу\u0301в\u00adку")
    assert ["Воду вимкнуть на чотири години"] == titles(page)


# --------------------------------------------------------------------------- nothing found


def test_nothing_found_says_why_advises_and_offers_ways_on(page: Page, address: str) -> None:
    page.goto(f"{address}/poshuk/?q=абракадабра")
    said(page, "За запитом «абракадабра» нічого не знайдено")
    assert "На сайті немає: «абракадабра»." == page.inner_text("[data-part=note]")
    assert 3 == page.locator("[data-part=hint] li:visible").count()
    assert not page.is_visible("[data-part=results]") and not page.is_visible("[data-part=filters]")
    links = page.locator("[data-part=ways] a").evaluate_all("links => links.map(a => a.getAttribute('href'))")
    assert {f"{BASE}/novyny/2025/", f"{BASE}/rishennia/2026/", f"{BASE}/mapa-saitu/", "tel:0470021100"} <= set(links)
    assert all(page.locator("[data-part=ways] a").nth(number).is_visible() for number in range(len(links)))


def test_every_example_of_a_question_finds_something(page: Page, address: str) -> None:
    page.goto(f"{address}/poshuk/")
    examples = page.locator("[data-part=examples] a")
    assert ["бюджет", "№ 12-5/VІІІ", "20 лютого 2026 року"] == [plain(text) for text in examples.all_inner_texts()]
    for address_of_one in examples.evaluate_all("links => links.map(a => a.href)"):
        page.goto(address_of_one)
        assert titles(page)
        assert "" == page.text_content("[data-part=note]")


def test_filters_that_leave_nothing_may_be_removed(page: Page, address: str) -> None:
    page.goto(f"{address}/poshuk/?q=вода&kind=Рішення&year=2026")
    said(page, "За запитом «вода» із цими фільтрами нічого не знайдено")
    assert page.is_visible("[data-part=narrowed]") and not page.is_visible("[data-part=hint]")
    page.click(".chips-reset")
    said(page, "Знайдено 3 сторінки")
    assert {"q": ["вода"]} == in_address(page)


# --------------------------------------------------------------------------- filters, order, history


def test_filter_narrows_with_counts_beside_each_option(page: Page, address: str) -> None:
    page.goto(f"{address}/poshuk/?q=вода")
    said(page, "Знайдено 3 сторінки")
    expect(group(page, "Розділ")).to_have_count(3)
    assert {"Усе": "3", "Новини": "2", "Послуги": "1"} == counts(page, "Розділ")
    group(page, "Розділ").filter(has_text="Послуги").click()
    said(page, "Знайдено 1 сторінку")
    assert ["Центр надання адміністративних послуг"] == titles(page)
    assert {"q": ["вода"], "kind": ["Послуги"]} == in_address(page)
    chosen = group(page, "Розділ").filter(has_text="Послуги")
    expect(chosen).to_have_attribute("aria-current", "true")
    expect(chosen).to_be_focused()
    assert {"Усе": "3", "Новини": "2", "Послуги": "1"} == counts(page, "Розділ")
    page.go_back()
    said(page, "Знайдено 3 сторінки")
    page.go_forward()
    said(page, "Знайдено 1 сторінку")


@pytest.mark.parametrize(("name", "title", "label"), [
    ("body", "Орган", "Вільшанська селищна рада"), ("topic", "Тема", "Бюджет"), ("status", "Стан", "Чинне"),
    ("person", "Люди", "Цар Оксана")])
def test_documents_are_narrowed_by_what_is_known_of_them(page: Page, address: str, name: str, title: str,
                                                         label: str) -> None:
    page.goto(f"{address}/poshuk/?q=міст")
    titles(page)
    expect(group(page, title).first).to_be_visible()
    option = group(page, title).filter(has_text=label).first
    number = option.locator("span").last.inner_text()
    option.click()
    expect(page.locator("[data-part=chips] .chip")).to_have_count(1)
    assert number == count(page).split()[1]
    assert plain(page.inner_text("[data-part=chips] .chip")) == in_address(page)[name][0]


def test_years_stand_from_the_newest(page: Page, address: str) -> None:
    page.goto(f"{address}/poshuk/?q=вода")
    expect(group(page, "Рік")).to_have_count(3)
    assert ["Усе", "2026", "2025"] == list(counts(page, "Рік"))


def test_options_stand_from_the_most_frequent_and_long_lists_are_shortened(page: Page, address: str) -> None:
    people = ", ".join(f'"Особа {letter}": {10 - place % 5}' for place, letter in enumerate("АБВГДЕЖЗИК"))
    stub(page, facets=f"{{ person: {{ total: 20, counts: {{ {people} }} }} }}")
    page.goto(f"{address}/poshuk/?q=рада")
    expect(group(page, "Люди").first).to_be_visible()
    shown = zip(counts(page, "Люди"), group(page, "Люди").all(), strict=True)
    assert ["Усе", "Особа А", "Особа Е", "Особа Б", "Особа Ж", "Особа В", "Особа З"] == [
        label for label, option in shown if option.is_visible()]
    page.click("text=Показати всі")
    assert 11 == page.locator(".filter-group a:visible").count()
    page.locator(".filter-group a", has_text="Особа К").click()
    expect(page.locator("[data-part=chips] .chip")).to_have_text("Особа К")
    expect(page.locator(".filter-group a", has_text="Особа К")).to_be_focused()
    assert page.locator(".filter-group a", has_text="Особа К").is_visible()


def test_chosen_filters_are_removed_one_by_one_and_all_together(page: Page, address: str) -> None:
    page.goto(f"{address}/poshuk/?q=вода&kind=Новини&year=2026")
    said(page, "Знайдено 1 сторінку")
    assert ["Новини", "2026"] == page.locator("[data-part=chips] .chip").all_inner_texts()
    page.get_by_role("link", name="Прибрати: 2026").click()
    said(page, "Знайдено 2 сторінки")
    assert {"q": ["вода"], "kind": ["Новини"]} == in_address(page)
    expect(page.locator("[data-part=count]")).to_be_focused()
    assert 0 == page.locator(".chips-reset").count()
    page.go_back()
    said(page, "Знайдено 1 сторінку")
    page.click(".chips-reset")
    said(page, "Знайдено 3 сторінки")
    assert {"q": ["вода"]} == in_address(page) and not page.is_visible("[data-part=chips]")


def test_pages_are_counted_only_where_the_filters_are_seen(page: Page, address: str) -> None:
    urls = requests_of(page)
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto(f"{address}/poshuk/?q=вода", wait_until="networkidle")
    said(page, "Знайдено 3 сторінки")
    assert [] == [url for url in urls if "/uk/col/" in url]
    page.click(".filters > summary")
    expect(group(page, "Розділ")).to_have_count(3)
    assert [url for url in urls if "/uk/col/" in url]
    group(page, "Розділ").filter(has_text="Послуги").click()
    said(page, "Знайдено 1 сторінку")
    assert "Фільтри: 1" == page.inner_text(".filters > summary")
    assert not page.is_visible(".filters nav")
    expect(page.locator("[data-part=count]")).to_be_focused()


def test_window_that_grows_wide_gets_the_counts(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto(f"{address}/poshuk/?q=вода")
    said(page, "Знайдено 3 сторінки")
    page.set_viewport_size({"width": 1280, "height": 800})
    expect(group(page, "Розділ")).to_have_count(3)


def test_order_by_date_stands_in_the_address(page: Page, address: str) -> None:
    page.goto(f"{address}/poshuk/?q=вода")
    titles(page)
    page.click("[data-order=date]")
    expect(page.locator("[data-order=date]")).to_have_attribute("aria-current", "true")
    assert ["Воду вимкнуть на чотири години", "Тариф на воду з січня"] == titles(page)[:2]
    assert {"q": ["вода"], "sort": ["date"]} == in_address(page)


def test_back_leads_to_the_question_before(page: Page, address: str) -> None:
    page.goto(f"{address}/poshuk/")
    for query, words in (("засувка", "Знайдено 1 сторінку"), ("двірник", f"Знайдено {EXTRA} сторінок")):
        page.fill("#q", "")
        page.locator("#q").press_sequentially(query)
        page.keyboard.press("Enter")
        said(page, words)
    assert page.title().startswith("двірник — Пошук")
    page.go_back()
    if page.input_value("#q") == "":
        page.go_back()
    said(page, "Знайдено 1 сторінку")
    assert "засувка" == page.input_value("#q")


def test_back_leads_from_a_filter_to_what_was_typed(page: Page, address: str) -> None:
    page.goto(f"{address}/poshuk/")
    page.locator("#q").press_sequentially("вода")
    expect(group(page, "Розділ")).to_have_count(3)
    group(page, "Розділ").filter(has_text="Послуги").click()
    said(page, "Знайдено 1 сторінку")
    page.go_back()
    said(page, "Знайдено 3 сторінки")
    page.go_back()
    said(page, "")
    assert "" == page.input_value("#q")


def test_more_results_come_on_demand_and_take_the_focus(page: Page, address: str) -> None:
    page.goto(f"{address}/poshuk/?q=двірники")
    expect(page.locator(".result-list li")).to_have_count(10)
    page.click("[data-part=more]")
    expect(page.locator(".result-list li")).to_have_count(EXTRA)
    assert not page.is_visible("[data-part=more]")
    expect(page.locator(".result-list li").nth(10).locator("a")).to_be_focused()
    page.locator(".result-list a").nth(10).click()
    page.wait_for_selector("h1 >> text=день")
    page.go_back()
    expect(page.locator(".result-list li")).to_have_count(EXTRA)


def test_back_from_a_result_leads_to_the_same_place(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 360, "height": 500})
    page.goto(f"{address}/poshuk/?q=двірники")
    titles(page)
    page.click("[data-part=more]")
    page.locator(".result-list a").nth(10).scroll_into_view_if_needed()
    place = page.evaluate("scrollY")
    assert place > 1000
    page.locator(".result-list a").nth(10).click()
    page.wait_for_selector("h1 >> text=день")
    page.go_back()
    page.wait_for_function(f"Math.abs(scrollY - {place}) < 5")


# --------------------------------------------------------------------------- keys


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


def test_escape_returns_to_the_box_and_then_clears_it(page: Page, address: str) -> None:
    page.goto(f"{address}/poshuk/?q=двірники")
    titles(page)
    page.locator(".result-list a").nth(3).focus()
    page.keyboard.press("Escape")
    expect(page.locator("#q")).to_be_focused()
    assert "двірники" == page.input_value("#q")
    page.keyboard.press("Escape")
    assert "" == page.input_value("#q")
    expect(page.locator("[data-part=ways]")).to_be_visible()
    expect(page.locator("[data-part=results]")).to_be_hidden()
    said(page, "")


def test_emptied_box_brings_the_registers_back(page: Page, address: str) -> None:
    page.goto(f"{address}/poshuk/?q=двірники")
    titles(page)
    page.fill("#q", "")
    expect(page.locator("[data-part=ways]")).to_be_visible()
    expect(page.locator("[data-part=results]")).to_be_hidden()


# --------------------------------------------------------------------------- recent questions


def recent(page: Page) -> list[str]:
    return page.locator(".search-recent li:visible a").all_inner_texts()


def test_recent_questions_are_offered_under_the_empty_box(page: Page, address: str) -> None:
    page.goto(f"{address}/poshuk/")
    page.focus("#q")
    assert not page.is_visible(".search-recent")
    for query in ("засувка", "двірник", "засувка"):
        ask(page, query)
        titles(page)
    assert not page.is_visible(".search-recent")
    page.fill("#q", "")
    assert ["засувка", "двірник"] == recent(page)
    assert "лише ваш пристрій" in plain(page.inner_text(".search-recent"))
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    said(page, f"Знайдено {EXTRA} сторінок")
    assert "двірник" == page.input_value("#q")


def test_followed_result_keeps_the_question_and_typing_does_not(page: Page, address: str) -> None:
    page.goto(f"{address}/poshuk/")
    page.locator("#q").press_sequentially("засувк")
    titles(page)
    assert page.evaluate(f"localStorage.getItem('{RECENT}')") is None
    page.click(".result-list a")
    assert '["засувк"]' == page.evaluate(f"localStorage.getItem('{RECENT}')")


def test_at_most_eight_questions_are_kept(page: Page, address: str) -> None:
    stub(page)
    page.goto(f"{address}/poshuk/")
    for number in range(10):
        ask(page, f"запит {number}")
    page.fill("#q", "")
    assert [f"запит {number}" for number in range(9, 1, -1)] == recent(page)


def test_recent_questions_are_removed_one_by_one_and_all(page: Page, address: str) -> None:
    page.goto(f"{address}/poshuk/")
    page.evaluate(f"localStorage.setItem('{RECENT}', '[\"перше\", \"друге\", \"третє\"]')")
    page.focus("#q")
    page.get_by_role("button", name="Прибрати: друге").click()
    assert ["перше", "третє"] == recent(page)
    page.get_by_role("button", name="Прибрати: перше").focus()
    page.keyboard.press("Enter")
    assert ["третє"] == recent(page)
    expect(page.get_by_role("button", name="Прибрати: третє")).to_be_focused()
    page.get_by_role("button", name="Прибрати всі").click()
    assert not page.is_visible(".search-recent")
    assert "[]" == page.evaluate(f"localStorage.getItem('{RECENT}')")
    expect(page.locator("#q")).to_be_focused()


def test_nothing_is_kept_when_the_reader_has_turned_it_off(page: Page, address: str) -> None:
    page.goto(f"{address}/poshuk/")
    page.evaluate(f"localStorage.setItem('{RECENT}', '[\"перше\"]')")
    page.focus("#q")
    page.get_by_role("button", name="Не зберігати запитів").click()
    ask(page, "засувка")
    titles(page)
    assert "null" == page.evaluate(f"localStorage.getItem('{RECENT}')")
    page.fill("#q", "")
    assert [] == recent(page) and "Запитів не зберігаємо." in page.inner_text(".search-recent")
    page.get_by_role("button", name="Зберігати запити на цьому пристрої").click()
    ask(page, "засувка")
    titles(page)
    page.fill("#q", "")
    assert ["засувка"] == recent(page)


def test_search_works_where_storage_does_not(page: Page, address: str) -> None:
    page.add_init_script("Object.defineProperty(window, 'localStorage', { get() { throw new Error('no storage'); } })")
    page.goto(f"{address}/poshuk/")
    page.focus("#q")
    ask(page, "засувка")
    assert ["Воду вимкнуть на чотири години"] == titles(page)
    page.fill("#q", "")
    assert not page.is_visible(".search-recent")


def test_recent_questions_close_on_escape_and_when_the_focus_leaves(page: Page, address: str) -> None:
    page.goto(f"{address}/poshuk/")
    page.evaluate(f"localStorage.setItem('{RECENT}', '[\"перше\"]')")
    page.focus("#q")
    assert ["перше"] == recent(page)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    assert not page.is_visible(".search-recent")
    expect(page.locator("#q")).to_be_focused()
    page.click("#q")
    assert ["перше"] == recent(page)
    page.focus("[data-part=ways] a")
    assert not page.is_visible(".search-recent")


# --------------------------------------------------------------------------- the other language


def test_english_question_is_answered_by_pagefind(page: Page, address: str) -> None:
    urls = requests_of(page)
    page.goto(f"{address}/en/search/?q=walked shelter")
    assert ["Where the shelters are"] == titles(page)
    assert "1 page found" == count(page)
    assert "Page" == page.inner_text(".result-kind")
    assert ["Walking", "shelter"] == sorted(page.locator(".result-list mark").all_inner_texts())
    assert any("/search/pagefind/" in url for url in urls)
    page.click(".result-list a")
    assert "Where the shelters are" == plain(page.inner_text("h1"))


def test_english_answers_are_narrowed_and_put_in_order(page: Page, address: str) -> None:
    page.goto(f"{address}/en/search/?q=shelters")
    said(page, "2 pages found")
    expect(group(page, "Section")).to_have_count(3)
    assert {"All": "2", "News": "1", "Pages": "1"} == counts(page, "Section")
    page.click("[data-order=date]")
    expect(page.locator(".result-list h2").first).to_have_text("A new shelter")
    group(page, "Section").filter(has_text="Pages").click()
    said(page, "1 page found")
    assert ["Where the shelters are"] == titles(page)
    page.get_by_role("link", name="Remove: Pages").click()
    said(page, "2 pages found")


def test_english_page_speaks_english(page: Page, address: str) -> None:
    page.goto(f"{address}/en/search/?q=xylophone")
    said(page, "Nothing found for “xylophone”")
    assert page.is_visible(f"[data-part=ways] a[href='{BASE}/en/']")
    words = page.inner_text(".list") + page.inner_text("search")
    assert not [letter for letter in words if "а" <= letter.lower() <= "я"]


def test_ukrainian_question_does_not_meet_english_pages(page: Page, address: str) -> None:
    page.goto(f"{address}/poshuk/?q=shelter")
    said(page, "За запитом «shelter» нічого не знайдено")


# --------------------------------------------------------------------------- when something is missing


@pytest.mark.parametrize("gone", ["**/search/uk/**", "**/search/search.js*", "**/search/uk/text/**"])
def test_broken_index_says_so_and_leads_to_the_registers(page: Page, address: str, gone: str) -> None:
    page.route(gone, lambda route: route.fulfill(status=404))
    page.goto(f"{address}/poshuk/")
    page.focus("#q")
    page.wait_for_load_state("networkidle")
    assert "" == count(page)
    ask(page, "вода")
    expect(page.locator("[data-part=count]")).to_contain_text("Пошук зараз не працює.")
    assert page.is_visible(f"[data-part=ways] a[href='{BASE}/novyny/2025/']")
    assert not page.is_visible("[data-part=examples]")
    page.unroute(gone)
    if "search.js" not in gone:
        page.press("#q", "Enter")
        said(page, "Знайдено 3 сторінки")


def test_without_scripts_registers_are_offered(chromium: Browser, address: str) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/poshuk/")
    ask(page, "вода")
    page.wait_for_url("**/poshuk/?q=*")
    assert "ввімкнено JavaScript" in page.inner_text("noscript p")
    assert page.is_visible(f"a[href='{BASE}/novyny/2025/']") and page.is_visible(f"main a[href='{BASE}/mapa-saitu/']")
    hidden = ("filters", "more", "order", "hint", "examples", "narrowed", "others", "usual", "apart")
    assert [] == [name for name in hidden if page.is_visible(f"[data-part={name}]")]
    assert not page.is_visible(".search-recent")
    context.close()


# --------------------------------------------------------------------------- for everyone


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("query", ["", "?q=вода", "?q=міст&kind=Рішення&year=2026", "?q=засуавку", "?q=абракадабра"])
def test_axe_finds_nothing(page: Page, address: str, width: int, query: str) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{address}/poshuk/{query}", wait_until="networkidle")
    if query:
        page.wait_for_function("document.querySelector('[data-part=count]').textContent")
        page.evaluate("for (const details of document.querySelectorAll('main details')) details.open = true")
    else:
        page.evaluate(f"localStorage.setItem('{RECENT}', '[\"перше\", \"друге\"]')")
        page.focus("#q")
    found = []
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        found += [(scheme, *fault) for fault in barriers(page, inside="main")]
    assert [] == found


@pytest.mark.parametrize(("width", "size"), [(320, "100%"), (360, "200%"), (768, "100%"), (1600, "200%")])
@pytest.mark.parametrize("query", ["", "?q=вода", "?q=міст&kind=Рішення&year=2026", "?q=абракадабра"])
def test_nothing_scrolls_sideways(page: Page, address: str, width: int, size: str, query: str) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{address}/poshuk/{query}", wait_until="networkidle")
    page.evaluate(f"document.documentElement.style.fontSize = '{size}'")
    if not query:
        page.evaluate(f"localStorage.setItem('{RECENT}', '[\"нормативно-правове забезпечення\", \"{'довге' * 12}\"]')")
        page.focus("#q")
        assert 2 == len(recent(page))
    page.evaluate("for (const details of document.querySelectorAll('main details')) details.open = true")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_scripts_fit_their_budget() -> None:
    scripts = Path(__file__).parents[3] / "theme" / "static" / "js"
    names = ("search-page.js", "search-recent.js", "search-pagefind.js")
    served = [small_script((scripts / name).read_text(encoding="utf-8")).encode() for name in names]
    assert sum(len(gzip.compress(content, 9)) for content in served) <= 6_000
