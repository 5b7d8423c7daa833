"""Calendars to subscribe to: RFC 5545, the same bytes from the same records."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar
from lxml import html

from plugins.records.calendars import VTIMEZONE, Entry, icalendar, vevent
from plugins.ukrainian import KYIV
from tests.conftest import build_folder, tree_of


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
    assert event["dtstart"].dt.isoformat() == "2026-11-24T15:00:00+02:00"
    assert event["dtstart"].params["TZID"] == "Europe/Kyiv"
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


def test_each_body_and_each_member_has_a_calendar_of_its_own(roll_call: Path) -> None:
    of_committee = events_of(roll_call / "vlada/komisiia/kalendar.ics")
    of_council = events_of(roll_call / "vlada/rada/kalendar.ics")
    assert set(of_committee) == {"2026-k-2026-11-10@mala.example", "2026-k-2026-11-24@mala.example"}
    assert set(of_council) == {"2026-pl-2026-03-12@mala.example", "2026-pl-2026-11-19@mala.example"}
    assert set(events_of(roll_call / "deputaty/chumak-iryna/kalendar.ics")) == {*of_committee, *of_council}
    assert set(events_of(roll_call / "deputaty/bondar-oles/kalendar.ics")) == set(of_council)


def test_membership_is_that_of_the_day(roll_call: Path, tmp_path: Path) -> None:
    folder = tmp_path / "site"
    shutil.copytree(roll_call.parent, folder, ignore=shutil.ignore_patterns("out", "cache"))
    file = folder / "data" / "memberships.csv"
    file.write_text(file.read_text(encoding="utf-8").replace(
        "k2,hnatiuk-petro,komisiia,member,,2020-12-10,", "k2,hnatiuk-petro,komisiia,member,,2020-12-10,2026-11-15"),
        encoding="utf-8")
    status, lines = build_folder(folder, tmp_path / "out")
    assert (status, lines) == (0, [])
    found = events_of(tmp_path / "out" / "deputaty/hnatiuk-petro/kalendar.ics")
    assert "2026-k-2026-11-10@mala.example" in found and "2026-k-2026-11-24@mala.example" not in found


def test_a_change_raises_the_sequence_and_keeps_the_uid(roll_call: Path, tmp_path: Path) -> None:
    folder = tmp_path / "site"
    shutil.copytree(roll_call.parent, folder, ignore=shutil.ignore_patterns("out", "cache"))
    file = folder / "content/meetings/2026/k-2026-11-24.yml"
    file.write_text(file.read_text(encoding="utf-8") + (
        "changes:\n  - at: 2026-11-20 10:00\n    note: Уточнено залу.\n"), encoding="utf-8")
    assert build_folder(folder, tmp_path / "out")[0] == 0
    before = events_of(roll_call / "vlada/komisiia/kalendar.ics")["2026-k-2026-11-24@mala.example"]
    after = events_of(tmp_path / "out" / "vlada/komisiia/kalendar.ics")["2026-k-2026-11-24@mala.example"]
    assert (before["sequence"], after["sequence"]) == (1, 2)
    assert before["dtstamp"].dt < after["dtstamp"].dt == datetime(2026, 11, 20, 8, tzinfo=UTC)


def test_a_withdrawn_meeting_is_called_off_and_leaves_no_content_anywhere(roll_call: Path, tmp_path: Path) -> None:
    folder = tmp_path / "site"
    shutil.copytree(roll_call.parent, folder, ignore=shutil.ignore_patterns("out", "cache"))
    file = folder / "content/meetings/2026/pl-2026-03-12/index.yml"
    text = file.read_text(encoding="utf-8").replace("Про дорогу", "Про мою хворобу")
    file.write_text(f"{text}withdrawn:\n  at: 2026-11-21 10:00\n  reason: Особисті дані\n  basis: Закон\n", "utf-8")
    minutes = file.with_name("minutes.md")
    minutes.write_text(minutes.read_text("utf-8").replace("Про дорогу", "Про мою хворобу"), "utf-8")
    votes = file.with_name("votes.csv")
    votes.write_text(votes.read_text("utf-8").replace("Про дорогу", "Про мою хворобу"), "utf-8")
    assert build_folder(folder, tmp_path / "out") == (0, [])
    event = events_of(tmp_path / "out" / "zasidannia/kalendar.ics")["2026-pl-2026-03-12@mala.example"]
    assert (event["status"], event["sequence"], event.get("description")) == ("CANCELLED", 1, None)
    assert event["dtstamp"].dt == datetime(2026, 11, 21, 8, tzinfo=UTC)
    told = {path: raw.decode(errors="replace") for path, raw in tree_of(tmp_path / "out").items()}
    assert [path for path, words in told.items() if "хвороб" in words or "2026-03-12-1" in words] == []
    assert "Особисті дані" in told["zasidannia/2026/pl-2026-03-12/index.html"]


def test_the_address_of_a_build_is_not_in_the_uid(build_site) -> None:  # type: ignore[no-untyped-def]
    output = build_site("valid/roll-call", url="https://preview.example/rada")
    calendar = Calendar.from_ical((output / "vlada/rada/kalendar.ics").read_bytes())
    assert {"mala.example"} == {str(event["uid"]).partition("@")[2] for event in calendar.walk("VEVENT")}
    assert str(calendar["source"]) == "https://preview.example/rada/vlada/rada/kalendar.ics"


def test_the_zone_is_that_of_the_time_zone_database() -> None:
    calendar = Calendar.from_ical(f"BEGIN:VCALENDAR\r\n{VTIMEZONE}END:VCALENDAR\r\n")
    zone = calendar.walk("VTIMEZONE")[0].to_tz(lookup_tzid=False)
    moment = datetime(2000, 1, 1, 12, tzinfo=UTC)
    while moment.year < 2038:
        local = moment.astimezone(KYIV).replace(tzinfo=None)
        assert local.replace(tzinfo=zone).utcoffset() == local.replace(tzinfo=KYIV).utcoffset(), local
        moment += timedelta(days=3, hours=5)


@given(summary=st.text(max_size=90).filter(str.strip), description=st.text(max_size=300),
       title=st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=90))
def test_any_words_come_back_as_they_were(summary: str, description: str, title: str) -> None:
    summary, description = ("".join(sign for sign in text if sign.isprintable()) for text in (summary, description))
    at = datetime(2026, 11, 24, 15, tzinfo=KYIV)
    entry = Entry("1@a.example", 0, "CONFIRMED", at, at, None, summary, "Зала; стіл, 2", description + "\nдалі",
                  "https://a.example/", "Нарада")
    raw = icalendar(title, "https://a.example/k.ics", [vevent(entry), vevent(entry)])
    assert max(map(len, raw.split(b"\r\n"))) <= 75 and raw.endswith(b"END:VCALENDAR\r\n")
    calendar = Calendar.from_ical(raw)
    events = calendar.walk("VEVENT")
    assert [str(event["summary"]) for event in events] == [summary, summary]
    assert str(events[0]["description"]) == description + "\nдалі" and str(events[0]["location"]) == "Зала; стіл, 2"
    assert str(calendar["x-wr-calname"]) == str(calendar["name"]) == title
    assert len(calendar.walk("VTIMEZONE")) == 1
