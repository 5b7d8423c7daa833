"""Events: what is coming and what was, posters, weekly plans, calendars."""

from __future__ import annotations

from pathlib import Path

from icalendar import Calendar

from tests.plugins.community import links, main_of, words


def test_what_is_coming_stands_before_what_was(community: Path) -> None:
    page = main_of(community, "podii")
    coming = [words(h) for h in page.find_class("meetings")[0].iter("h3")]
    past = [words(h) for h in page.find_class("row-list")[0].iter("h3")]
    assert (coming, past) == (["Концерт", "Ярмарок"], ["Джаз"])


def test_the_plan_of_this_week_is_named_on_the_first_page(community: Path) -> None:
    assert links(main_of(community, "podii"))["План на 16–22 листопада 2026 року"] == "/podii/plan/2026/w47/"


def test_the_poster_has_its_words_as_text(community: Path) -> None:
    page = main_of(community, "podii/2026/12-06")
    assert page.find_class("event-poster")[0].find(".//img").get("alt").startswith("Афіша: Щедрик.")
    assert "6 грудня 2026 року, 16:00–18:00" in words(page)


def test_an_organizer_that_the_place_names_is_not_said_twice(community: Path) -> None:
    assert "Організатор" not in words(main_of(community, "podii/2026/12-06"))


def test_an_event_that_is_over_took_place_and_says_why_it_was_moved(community: Path) -> None:
    page = main_of(community, "podii/2026/08-01")
    assert words(page.find_class("status-pill")[0]) == "Відбулося"
    assert words(page.find_class("callout-info")[0]) == "Перенесено Через негоду перенесено на 1 серпня."


def test_a_cancelled_event_says_why_and_has_no_calendar(community: Path) -> None:
    page = main_of(community, "podii/2026/12-12")
    assert words(page.find_class("callout-danger")[0]) == "Скасовано Немає світла."
    assert not (community / "podii/2026/12-12/podiia.ics").exists()


def test_one_event_can_be_taken_into_a_calendar(community: Path) -> None:
    raw = (community / "podii/2026/12-06/podiia.ics").read_bytes()
    event = Calendar.from_ical(raw).walk("VEVENT")[0]
    assert event["dtstart"].dt.isoformat() == "2026-12-06T16:00:00+02:00"
    assert event["dtstamp"].dt.isoformat() == "2026-11-10T08:00:00+00:00"
    assert str(event["url"]) == "https://mala.example/podii/2026/12-06/"
    assert links(main_of(community, "podii/2026/12-06"))["Додати до календаря"] == "/podii/2026/12-06/podiia.ics"
    assert max(map(len, raw.split(b"\r\n"))) <= 75
    assert raw.count(b"\n") == raw.count(b"\r\n")


def test_the_calendar_of_all_says_what_is_cancelled(community: Path) -> None:
    events = Calendar.from_ical((community / "podii/kalendar.ics").read_bytes()).walk("VEVENT")
    states = {str(event["summary"]): (str(event["status"]), int(event["sequence"])) for event in events}
    assert states == {"Джаз": ("CONFIRMED", 1), "Концерт": ("CONFIRMED", 0), "Ярмарок": ("CANCELLED", 1)}


def test_a_plan_goes_by_the_hour_and_leads_to_its_neighbours(community: Path) -> None:
    page = main_of(community, "podii/plan/2026/w47")
    assert [words(entry.find("time")) for entry in page.find_class("week-entries")[0]] == ["08:30", "10:00"]
    assert "Перенесено" in words(page) and "Через засідання" in words(page)
    assert links(page)["Попередній тиждень"] == "/podii/plan/2026/w46/"
    assert "Наступний тиждень" not in links(page)
