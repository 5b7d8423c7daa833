"""Every page of a record links its own data: each address is there, and nothing stands on pages without data."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from lxml import html

from tests.conftest import SITES, build_folder, lay_site


@pytest.fixture(scope="module", params=["from-draft-to-act", "roll-call", "second-council", "odd-open-data"])
def output(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data-links") / "site"
    if request.param != "second-council":
        shutil.copytree(SITES / "base", folder)
    shutil.copytree(SITES / "valid" / request.param, folder, dirs_exist_ok=True)
    assert build_folder(folder, folder / "out", url="https://host.example/rada")[0] == 0
    return folder / "out"


def pages(output: Path) -> list[tuple[Path, html.HtmlElement]]:
    """All but the patterns, whose examples lead nowhere."""
    return [(file, html.fromstring(file.read_text(encoding="utf-8"))) for file in sorted(output.rglob("index.html"))
            if "zrazky" not in file.parts]


def links(page: html.HtmlElement) -> list[str]:
    return [str(href) for href in page.xpath('//ul[@class="data-links__list"]//a[not(@class)]/@href')]


def test_every_address_is_there_and_no_line_is_empty(output: Path) -> None:
    found = 0
    for file, page in pages(output):
        if page.xpath('//*[@class="data-links"]'):
            assert links(page), file
        for href in links(page):
            place = output / href.removeprefix("/rada/")
            assert place.is_file() or (place / "index.html").is_file(), f"{file}: {href}"
            found += 1
    assert found >= 10


def test_what_the_head_names_is_what_the_line_links(output: Path) -> None:
    for _, page in pages(output):
        kinds = ("application/akn+xml", "text/calendar", "application/atom+xml")
        named = {str(link.get("href")) for kind in kinds for link in page.xpath(f'//head/link[@type="{kind}"]')}
        if shown := links(page):
            assert {href for href in shown if href.endswith((".ics", "feed.xml", "akn.xml"))} == named


def test_a_calendar_can_be_subscribed_to(output: Path) -> None:
    for _, page in pages(output):
        for link in page.xpath('//a[@class="data-links__subscribe"]'):
            calendar = link.getparent().xpath("./a[1]/@href")[0]
            assert link.get("href") == f"webcal://host.example{calendar}"


@pytest.mark.parametrize(("page", "formats"), [
    ("deputaty/chumak-iryna", ["iCalendar", "CSV", "Atom", "JSON"]), ("vlada/rada", ["iCalendar", "Atom", "JSON"]),
    ("zasidannia/2026/pl-2026-03-12", ["iCalendar", "JSON", "CSV, JSON"]),
    ("zasidannia/2026/k-2026-11-24", ["iCalendar", "JSON"]),
    ("zasidannia/2026/pl-2026-03-12/2026-03-12-1", ["CSV", "JSON", "CSV, JSON", "CSV, JSON"]), ("vlada", []),
    ("novyny", [])])
def test_each_kind_of_page_has_its_forms(tmp_path: Path, page: str, formats: list[str]) -> None:
    folder = tmp_path / "site"
    lay_site(folder, "valid/roll-call")
    assert build_folder(folder, folder / "out") == (0, [])
    file = folder / "out" / page / "index.html"
    if file.is_file():
        tree = html.fromstring(file.read_text(encoding="utf-8"))
        assert tree.xpath('//span[@class="data-links__format"]/text()') == formats


def test_reports_link_the_tables_that_have_them(tmp_path: Path) -> None:
    folder = tmp_path / "site"
    shutil.copytree(SITES / "base", folder)
    shutil.copytree(SITES / "valid" / "odd-open-data", folder, dirs_exist_ok=True)
    assert build_folder(folder, folder / "out") == (0, [])
    for page, tables in (("zvity/2026/voda", ["/dani/zvity/", "/dani/zvity-prohram/"]),
                         ("rehuliatorna/vidstezhennia/2026/torhivlia", ["/dani/rehuliatorni-akty/"]),
                         ("rehuliatorna/2027/plan", ["/dani/plan-rehuliatornykh-aktiv/"])):
        assert links(html.fromstring((folder / "out" / page / "index.html").read_text(encoding="utf-8"))) == tables
