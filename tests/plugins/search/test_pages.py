"""The search page without a script: every way on that it offers is there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote

import pytest
from lxml import html

PAGES = {"poshuk": "uk", "en/search": "en"}


@pytest.mark.parametrize("case", ["", "valid/second-council", "valid/search-in-two-languages", "valid/roll-call"])
def test_every_link_of_the_page_leads_somewhere(case: str, build_site: Callable[..., Path]) -> None:
    output = build_site(case, url="https://mala.example/sub")
    tree = html.parse(str(output / "poshuk" / "index.html")).getroot()
    links = {unquote(link).partition("?")[0] for link in tree.xpath("//main//a/@href") if link.startswith("/")}
    assert all(link.startswith("/sub/") for link in links)
    missing = [link for link in links if not (output / link.removeprefix("/sub/") / "index.html").is_file()]
    assert [] == missing


def test_registers_are_offered_by_kind_and_year(build_site: Callable[..., Path]) -> None:
    tree = html.parse(str(build_site("valid/search-in-two-languages") / "poshuk" / "index.html")).getroot()
    ways = tree.xpath("//*[@data-part='ways']//a/@href")
    assert ["/novyny/", "/novyny/2026/", "/novyny/2025/", "/mapa-saitu/"] == ways


def test_telephone_is_offered(build_site: Callable[..., Path]) -> None:
    tree = html.parse(str(build_site("valid/second-council") / "poshuk" / "index.html")).getroot()
    assert ["tel:0470021100"] == tree.xpath("//*[@data-part='ways']//a[starts-with(@href, 'tel:')]/@href")


def test_telephone_directory_is_offered_where_there_is_one(build_site: Callable[..., Path]) -> None:
    tree = html.parse(str(build_site("valid/roll-call") / "poshuk" / "index.html")).getroot()
    assert ["/mapa-saitu/", "/dovidnyk/"] == tree.xpath("//*[@data-part='ways']//*[@class='link-list']//a/@href")


def test_form_asks_the_search_page_of_its_language(build_site: Callable[..., Path]) -> None:
    output = build_site("valid/search-in-two-languages")
    for path, lang in PAGES.items():
        tree = html.parse(str(output / path / "index.html")).getroot()
        assert (lang, "search") == (tree.get("lang"), tree.get("data-template"))
        assert [f"/{path}/"] == tree.xpath("//search/form[@method='get']/@action")
        assert ["q"] == tree.xpath("//search//input/@name")


def test_home_page_leads_to_the_search_page(build_site: Callable[..., Path]) -> None:
    tree = html.parse(str(build_site("") / "index.html")).getroot()
    assert ["/poshuk/"] == tree.xpath("//search/form/@action")


def test_english_page_needs_something_english(build_site: Callable[..., Path]) -> None:
    assert not (build_site("valid/second-council") / "en").exists()
