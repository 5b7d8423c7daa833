"""Calendars to subscribe to: RFC 5545, the same bytes from the same records."""

from __future__ import annotations

from pathlib import Path

from icalendar import Calendar
from lxml import html


def events_of(path: Path) -> dict[str, object]:
    return {str(event["uid"]): event for event in Calendar.from_ical(path.read_bytes()).walk("VEVENT")}


def test_each_meeting_is_an_event_with_its_state(roll_call: Path) -> None:
    events = events_of(roll_call / "zasidannia/kalendar.ics")
    states = {uid: (str(event["status"]), int(event["sequence"])) for uid, event in events.items()}
    assert states == {
        "2026-pl-2026-03-12@mala.example": ("CONFIRMED", 0), "2026-pl-2026-11-19@mala.example": ("CONFIRMED", 0),
        "2026-k-2026-11-10@mala.example": ("CANCELLED", 1), "2026-k-2026-11-24@mala.example": ("CONFIRMED", 1)}


def test_moments_are_the_records_own(roll_call: Path) -> None:
    event = events_of(roll_call / "zasidannia/kalendar.ics")["2026-k-2026-11-24@mala.example"]
    assert event["dtstart"].dt.isoformat() == "2026-11-24T13:00:00+00:00"
    assert event["dtstamp"].dt.isoformat() == "2026-11-18T07:00:00+00:00"
    assert event["url"] == "https://mala.example/zasidannia/2026/k-2026-11-24/"


def test_each_type_has_its_calendar(roll_call: Path) -> None:
    assert len(events_of(roll_call / "zasidannia/committee/kalendar.ics")) == 2
    assert len(events_of(roll_call / "zasidannia/plenary/kalendar.ics")) == 2


def test_lines_end_in_crlf_and_are_folded_at_75_octets(roll_call: Path) -> None:
    raw = (roll_call / "zasidannia/kalendar.ics").read_bytes()
    assert raw.count(b"\n") == raw.count(b"\r\n")
    assert max(map(len, raw.split(b"\r\n"))) <= 75


def test_a_moved_meeting_is_still_named_on_the_day_it_was_called_for(roll_call: Path) -> None:
    page = html.parse(str(roll_call / "zasidannia/kalendar/2026-11/index.html")).getroot()
    cells = [" ".join(" ".join(td.itertext()).split()) for td in page.iter("td")]
    assert "23 15:00 перенесено на 24.11: Комісія" in cells
    assert "24 15:00 Комісія" in cells
