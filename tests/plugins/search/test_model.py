"""What the index knows of a page: is it searched at all, is it known, when is it another."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any, ClassVar

from plugins.records import Library, PageModel, frozen
from plugins.search.model import Entry, Known, entry
from tests.plugins.search.making import WORDING

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


@frozen(kw_only=True)
class Plain(PageModel):
    """A page of no room."""

    template: ClassVar[str] = "plain.html"
    page_kind: ClassVar[str] = "plain"


def fact(known: dict[str, str] | None = None, **values: Any) -> Entry | Known | None:
    page = Plain(**{"url": "/a/", "title": "Назва", "description": "", "search_text": "<p>Вода</p>"} | values)
    return entry(page, Library([], NOW), WORDING.spellings, known or {}, Path("nowhere"))


def made(**values: Any) -> Entry:
    found = fact(**values)
    assert isinstance(found, Entry)
    return found


def test_a_page_without_a_text_and_one_that_engines_must_not_list_are_not_searched() -> None:
    assert (None, None) == (fact(search_text=""), fact(is_indexed=False))


def test_a_page_that_is_as_it_was_is_not_worked_out_again() -> None:
    assert Known("a/index.html") == fact({"a/index.html": made().digest})
    assert isinstance(fact({"b/index.html": made().digest}), Entry)


def test_whatever_a_result_shows_makes_another_digest() -> None:
    others = [made(title="Інша"), made(search_text="<p>Газ</p>"), made(menu="services"), made(updated_at=NOW)]
    assert 5 == len({made().digest, *(other.digest for other in others)})


def test_the_day_of_a_change_is_shown_but_is_no_day_of_the_document() -> None:
    assert ("", None) == (made(updated_at=NOW).day, made(updated_at=NOW).facets.get("year"))


def test_a_page_is_narrowed_by_its_part_of_the_menu() -> None:
    assert ({"kind": "Послуги"}, {"kind": "Сторінки"}) == (made(menu="services").facets, made().facets)


def test_an_english_page_goes_to_pagefind_as_it_is() -> None:
    found = made(lang="en", title="Water")
    assert found.sections == () and found.for_pagefind
    assert ("a/index.html", "en", "Water", "Page", "Pages", "0", "<p>Вода</p>") == (
        *found.for_pagefind[:5], found.for_pagefind.moment, found.for_pagefind.text)
