"""The site of the rooms that tell of the life of the community, built once for their tests."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import html

from tests.conftest import built_site


@pytest.fixture(scope="session")
def community(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Output of `tests/sites/valid/community`."""
    folder = tmp_path_factory.mktemp("community") / "site"
    return built_site(folder, "valid/community")


def page_of(folder: Path, address: str) -> html.HtmlElement:
    """The root of a page."""
    return html.parse(str(folder / address / "index.html")).getroot()


def main_of(folder: Path, address: str) -> html.HtmlElement:
    """The main part of a page."""
    return page_of(folder, address).find(".//main")


def words(element: html.HtmlElement) -> str:
    """The text of an element, one line."""
    return " ".join(element.text_content().split())


def links(element: html.HtmlElement) -> dict[str, str]:
    """Links of an element: words → address."""
    return {words(a): a.get("href") for a in element.iter("a")}
