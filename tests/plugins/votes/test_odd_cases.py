"""Votes of councils as they are: vacant seats, a mayor away, secret ballots, executive committees; domain note, §6."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

WORDS = {"yes": "За", "no": "Проти", "abstain": "Утримався", "not_voting": "Не голосував", "absent": "Відсутній"}
Check = Callable[[Path], list[str]]


@dataclass(frozen=True)
class Case:
    """A body with its composition, and one vote: yes, no, abstain, not voting, absent."""

    counts: tuple[int, int, int, int, int]
    result: str
    seats: int = 38
    deputies: int = 38
    has_mayor: bool = True
    mayor_votes: bool = True
    requirement: str = "majority"
    is_secret: bool = False
    body: str = "rada"


def lay(case: Case, folder: Path) -> Path:
    """The registers and one meeting of a case over the smallest site."""
    is_council = case.body == "rada"
    council = (folder / "data/council.yml").read_text(encoding="utf-8")
    (folder / "data/council.yml").write_text(council.replace("seats: 3", f"seats: {case.seats}"), encoding="utf-8")
    (folder / "data/organizations.yml").write_text(
        "- id: rada\n  type: council\n  title: Рада\n"
        f"- id: vykonkom\n  type: executive\n  title: Виконком\n  members_total: {case.seats}\n", encoding="utf-8")
    voters = [f"os-{number}" for number in range(case.deputies)]
    for person in voters:
        (folder / f"data/people/{person}.yml").write_text(
            f"family_name: Депутат\ngiven_name: {chr(ord('А') + int(person[3:]) % 30)}лекса\ngender: male\n",
            encoding="utf-8")
    rows = [f"r{number},{person},{case.body},{'deputy' if is_council else 'member'},2020-11-24,"
            for number, person in enumerate(voters)]
    rows += ["mayor,lys-olena,rada,mayor,2020-11-24,"] if case.has_mayor else []
    (folder / "data/memberships.csv").write_text(
        "\n".join(["id,person,organization,role,starts_on,ends_on", *rows]) + "\n", encoding="utf-8")
    voters = ["lys-olena", *voters] if is_council and case.has_mayor and case.mayor_votes else voters
    meeting = folder / "content/meetings/2026/m-2026-11-19"
    meeting.mkdir(parents=True)
    answers = [name for name, count in zip(WORDS, case.counts, strict=True) for _ in range(count)]
    counts = ", ".join(f"{name}: {count}" for name, count in zip(WORDS, case.counts, strict=True))
    (meeting / "index.yml").write_text(
        f"type: {'plenary' if is_council else 'executive'}\nbody: {case.body}\nstarts_at: 2026-11-19 10:00\n"
        "status: held\nended_at: 2026-11-19 12:00\nitems:\n  - no: 1\n    title: Про дорогу\n    votes:\n"
        f"      - uid: 2026-11-19-1\n        counts: {{{counts}}}\n        result: {case.result}\n"
        f"        requirement: {case.requirement}\n        is_secret: {'так' if case.is_secret else 'ні'}\n"
        f"        mayor_votes: {'так' if case.mayor_votes else 'ні'}\n", encoding="utf-8")
    if not case.is_secret:
        table = [f"2026-11-19-1,{person},,Про дорогу,{WORDS[answer]}"
                 for person, answer in zip(voters, answers, strict=True)]
        (meeting / "votes.csv").write_text("\n".join(["motionUid,voterId,voterName,motionTitle,result", *table]) + "\n",
                                           encoding="utf-8")
    return folder


RIGHT = {
    "twenty of 38 and the mayor are a majority": Case((20, 3, 2, 6, 8), "pass"),
    "nineteen are not, though more than half of those present": Case((19, 4, 2, 6, 8), "fail"),
    "a vacant seat still counts: 20 of 36 who sit": Case((20, 3, 2, 6, 6), "pass", deputies=36),
    "a vacant seat still counts: 19 of 36 who sit": Case((19, 4, 2, 6, 6), "fail", deputies=36),
    "without a mayor the base is the seats": Case((20, 3, 2, 6, 7), "pass", has_mayor=False, mayor_votes=False),
    "a mayor who takes no part is not in the base": Case((22, 3, 2, 6, 9), "pass", seats=42, deputies=42,
                                                         mayor_votes=False),
    "two thirds of 43 are 29": Case((29, 2, 2, 2, 8), "pass", seats=42, deputies=42, requirement="two_thirds"),
    "28 are no two thirds of 43": Case((28, 3, 2, 2, 8), "fail", seats=42, deputies=42, requirement="two_thirds"),
    "without the mayor 28 are two thirds of 42": Case((28, 2, 2, 2, 8), "pass", seats=42, deputies=42,
                                                      requirement="two_thirds", mayor_votes=False),
    "where nobody is mayor nobody is added to the seats": Case((28, 2, 2, 2, 8), "pass", seats=42, deputies=42,
                                                               requirement="two_thirds", has_mayor=False),
    "a secret ballot has totals only": Case((20, 3, 2, 6, 8), "pass", is_secret=True),
    "a majority of those present": Case((16, 8, 2, 5, 8), "pass", requirement="present"),
    "half of those present is none": Case((15, 9, 2, 5, 8), "fail", requirement="present"),
    **{f"an executive committee of {members} needs {votes}": Case(
        (votes, 0, members - votes, 0, 0), "pass", seats=members, deputies=members, body="vykonkom")
       for members, votes in ((11, 6), (13, 7), (15, 8), (17, 9))},
    **{f"{votes - 1} are too few in an executive committee of {members}": Case(
        (votes - 1, 0, members - votes + 1, 0, 0), "fail", seats=members, deputies=members, body="vykonkom")
       for members, votes in ((11, 6), (13, 7), (15, 8), (17, 9))},
}
WRONG = {
    "nineteen cannot pass": (Case((19, 4, 2, 6, 8), "pass"), "за — 19, потрібно 20"),
    "twenty cannot fail": (Case((20, 3, 2, 6, 8), "fail"), "за — 20, потрібно 20"),
    "28 of 43 are no two thirds": (Case((28, 3, 2, 2, 8), "pass", seats=42, deputies=42, requirement="two_thirds"),
                                   "за — 28, потрібно 29"),
    "a secret ballot counts everybody who may vote": (Case((20, 3, 2, 6, 7), "pass", is_secret=True),
                                                      "разом 38, а голос того дня мають 39"),
    "vacant seats are named": (Case((20, 3, 2, 6, 7), "pass", deputies=36, is_secret=True), "вільних місць 2"),
    "no decision without a quorum": (Case((10, 0, 0, 0, 29), "pass", requirement="present"), "для кворуму потрібно 20"),
    "the mayor makes no quorum": (Case((20, 0, 0, 0, 19), "pass"), "QUORUM"),
    "six of thirteen are too few": (Case((6, 0, 7, 0, 0), "pass", seats=13, deputies=13, body="vykonkom"),
                                    "за — 6, потрібно 7"),
}


@pytest.mark.parametrize("name", RIGHT)
def test_a_vote_that_is_right_is_told_nothing(name: str, lay_out: Callable[[], Path], check_folder: Check) -> None:
    assert [] == check_folder(lay(RIGHT[name], lay_out()))


@pytest.mark.parametrize("name", WRONG)
def test_a_vote_that_is_wrong_is_told_what_it_needs(name: str, lay_out: Callable[[], Path],
                                                    check_folder: Check) -> None:
    case, words = WRONG[name]
    lines = check_folder(lay(case, lay_out()))
    assert [line for line in lines if words in line], lines
