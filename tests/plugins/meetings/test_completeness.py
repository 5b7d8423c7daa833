"""The card of completeness and the table of gaps on odd meetings: silence is no success."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import build_folder

HEAD = """type: plenary
body: rada
convocation: 8
session: {session}
published_at: 2026-{month}-01 09:00
starts_at: 2026-{month}-20 10:00
ended_at: 2026-{month}-20 12:00
status: held
"""
ITEMS = """minutes:
  status: draft
items:
  - no: 1
    title: Про воду в Липках
  - no: 2
    label: 2.1
    title: Про продаж старого млина
    result: postponed
  - no: 3
    title: Про звіт голови
    resolution: Звіт взяти до відома.
"""
ACT = """number: "7"
type: decision
body: rada
title: Про давнє рішення
adopted_on: 2024-05-16
signatory: lys-olena
published_at: 2024-05-17 10:00
text: 1. Вирішено.
"""


@pytest.fixture
def gaps(lay_out: Callable[[], Path]) -> dict[str, list[tuple[str, str]]]:
    """Year → (kind of gap, what it is of) in its table."""
    folder = lay_out()
    for month, rest, minutes in (("10", ITEMS, "### Продали старий млин?\n\nПродаж старого млина відкладено.\n"),
                                 ("11", "", "")):
        meeting = folder / f"content/meetings/2026/pl-2026-{month}-20"
        meeting.mkdir(parents=True)
        (meeting / "index.yml").write_text(HEAD.format(month=month, session=month) + rest, encoding="utf-8")
        if minutes:
            (meeting / "minutes.md").write_text(minutes, encoding="utf-8")
    (folder / "content/acts/2024").mkdir(parents=True)
    (folder / "content/acts/2024/7-davnie.yml").write_text(ACT, encoding="utf-8")
    assert build_folder(folder, folder / "out") == (0, [])
    return {year: [(row["gap"], row["title"]) for row in csv.DictReader(path.open(encoding="utf-8-sig", newline=""))]
            for year, path in (("2026", folder / "out/zasidannia/povnota/povnota.csv"),
                               ("2024", folder / "out/zasidannia/povnota/2024/povnota.csv"))}


def test_questions_without_a_vote_and_without_an_outcome_are_missed(gaps: dict[str, list[tuple[str, str]]]) -> None:
    assert ("meeting.votes", "10 сесія 8 скликання: питання 1") in gaps["2026"]


def test_a_meeting_without_an_agenda_has_no_votes_in_order(gaps: dict[str, list[tuple[str, str]]]) -> None:
    assert ("meeting.votes", "11 сесія 8 скликання: порядку денного немає") in gaps["2026"]


def test_questions_that_the_minutes_do_not_hold_are_named(gaps: dict[str, list[tuple[str, str]]]) -> None:
    assert ("meeting.minutes", "10 сесія 8 скликання: у тексті немає: питання 1, 3") in gaps["2026"]


def test_a_year_without_meetings_shows_its_acts_too(gaps: dict[str, list[tuple[str, str]]]) -> None:
    assert [("act.vote", "№\u00a07. Про давнє рішення")] == gaps["2024"]
