"""The emergency set: numbers to call, where to go, the same as plain text."""

from __future__ import annotations

from pathlib import Path

from tests.plugins.community import links, main_of, page_of, words


def test_numbers_stand_first_and_can_be_called(community: Path) -> None:
    page = main_of(community, "bezpeka")
    tiles = [a.get("href") for tile in page.find_class("phone-tiles") for a in tile.iter("a")]
    assert tiles == ["tel:112", "tel:101", "tel:102", "tel:103", "tel:104", "tel:0320044010"]


def test_what_to_do_leads_to_the_guides(community: Path) -> None:
    assert links(main_of(community, "bezpeka"))["Що робити під час тривоги"] == "/tryvoha/"


def test_the_page_says_that_it_is_no_alarm(community: Path) -> None:
    for address in ("bezpeka", "bezpeka/ukryttia"):
        assert "Сайт не повідомляє про повітряну тривогу" in words(main_of(community, address))


def test_there_is_no_ornament_in_an_emergency(community: Path) -> None:
    for address in ("bezpeka", "bezpeka/ukryttia"):
        assert not page_of(community, address).find_class("band")


def test_a_shelter_begins_with_its_street(community: Path) -> None:
    rows = main_of(community, "bezpeka/ukryttia").find_class("shelter-list")[0]
    assert [words(row.find(".//h3")) for row in rows] == ["вул. Соборна, 1", "вул. Шкільна, 3"]
    assert "Ліцей. Вхід із двору" in words(rows[1])
    assert "Є пандус Є вода" in words(rows[1])
    assert "420 осіб" in words(rows[1])
    assert "Без пандуса Без води" in words(rows[0])


def test_the_kinds_of_pages_are_told_to_the_audit(community: Path) -> None:
    assert page_of(community, "bezpeka").get("data-template") == "emergency"
    assert page_of(community, "bezpeka/ukryttia").get("data-template") == "shelters"


def test_the_plain_text_is_short_and_whole(community: Path) -> None:
    raw = (community / "bezpeka.txt").read_bytes()
    text = raw.decode("utf-8")
    assert len(raw) <= 2_000
    assert "112 Єдиний номер допомоги\n" in text
    assert "вул. Соборна, 1: Ратуша\n" in text
    assert "(03200) 4-40-10 Аварійна водоканалу\n" in text
