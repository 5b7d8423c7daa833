"""News: an announcement knows its term, a refutation shows the claim with its verdict."""

from __future__ import annotations

from pathlib import Path

from tests.plugins.community import links, main_of, words


def test_an_announcement_that_is_over_says_so(community: Path) -> None:
    notice = main_of(community, "novyny/2026/11-10").find_class("callout")[0]
    assert words(notice) == "Оголошення вже не діє Його строк минув: 20 листопада 2026 року, 15:00."


def test_an_announcement_in_force_says_until_when(community: Path) -> None:
    notice = main_of(community, "novyny/2026/11-12").find_class("callout")[0]
    assert "25 листопада 2026 року, 15:00" in words(notice)


def test_a_refutation_shows_the_claim_and_the_verdict(community: Path) -> None:
    notice = main_of(community, "novyny/2026/11-15").find_class("callout-danger")[0]
    assert words(notice) == "Поширювали: Тариф зросте вдвічі Це неправда. Тариф не змінювали."


def test_news_are_listed_by_year_and_kind(community: Path) -> None:
    assert len(links(main_of(community, "novyny/announcement"))) >= 2
    assert "Тариф не зростає" in links(main_of(community, "novyny/refutation"))
    assert "Тариф не зростає" not in links(main_of(community, "novyny/announcement"))
