"""Greetings: the embroidered sheet, and the plain one of a day of remembrance."""

from __future__ import annotations

from pathlib import Path

from tests.plugins.community import links, main_of, page_of, words


def test_the_sheet_stands_between_two_bands(community: Path) -> None:
    sheet = main_of(community, "vitannia/2026/08-24").find_class("greeting")[0]
    assert len(sheet.find_class("band")) == 2
    assert words(sheet.find_class("greeting-to")[0]) == "Дорогі земляки!"
    assert words(sheet.find_class("greeting-signature")[0]).endswith("Олена Лис")


def test_the_post_is_that_of_the_day(community: Path) -> None:
    signature = main_of(community, "vitannia/2026/08-24").find_class("greeting-signature")[0]
    assert "міська голова" in words(signature).lower()


def test_a_day_of_remembrance_has_no_ornament_at_all(community: Path) -> None:
    page = page_of(community, "vitannia/2026/11-21")
    assert page.find_class("is-mourning")
    assert not page.find_class("band")
    assert "З повагою" not in words(page.find(".//main"))


def test_greetings_are_listed_by_year_and_tone(community: Path) -> None:
    assert set(links(main_of(community, "vitannia"))) >= {"З Днем Незалежності", "Пам’ятаємо"}
    assert "З Днем Незалежності" not in links(main_of(community, "vitannia/remembrance"))
