"""Prose pages: contents, twins in other languages, the list of help."""

from __future__ import annotations

from pathlib import Path

from tests.plugins.community import links, main_of, page_of, words


def test_a_long_page_begins_with_its_contents(community: Path) -> None:
    box = main_of(community, "pro-misto").find_class("contents")[0]
    assert links(box) == {"Історія": "#istoriia", "Люди": "#liudy", "Річка": "#richka", "Міст": "#mist"}


def test_a_short_page_has_no_contents(community: Path) -> None:
    assert not main_of(community, "tryvoha").find_class("contents")


def test_twins_name_each_other_for_readers_and_machines(community: Path) -> None:
    ours, theirs = page_of(community, "pro-misto"), page_of(community, "en/pro-misto")
    for page in (ours, theirs):
        found = {link.get("hreflang"): link.get("href") for link in page.iter("link") if link.get("hreflang")}
        assert found == {"uk": "https://mala.example/pro-misto/", "en": "https://mala.example/en/pro-misto/",
                         "x-default": "https://mala.example/pro-misto/"}
    assert links(ours.find(".//main"))["About the town"] == "/en/pro-misto/"
    assert links(theirs.find(".//main"))["Про місто"] == "/pro-misto/"
    assert (ours.get("lang"), theirs.get("lang")) == ("uk", "en")


def test_help_is_listed(community: Path) -> None:
    page = main_of(community, "dopomoha")
    assert links(page)["Як додати новину"] == "/dopomoha/novyna/"
    assert "Один файл." in words(page)
