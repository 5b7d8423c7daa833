"""votes.csv of a meeting's folder → vote events: the names stand in the national table, all else in the agenda.

The columns are those of appendix 29 (`votings`) of the national open-data structures. Problems of a name point to its
line in the table, problems of the vote to the motion in `index.yml`.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

from plugins.meetings.model import AgendaItem, Meeting, Motion
from plugins.records import (
    Finding,
    Report,
    Source,
    frozen,
    located,
    read_text,
    separator_of,
    shown_path,
    table_cells,
)
from plugins.records.values import MOMENT, shown
from plugins.ukrainian import NoSuchLocalTime, kyiv

from .model import VOTE_MOTION, VOTE_OPTION, VOTE_TABLE, VOTE_VOTER, Vote, VoteEvent, VoteOption

COLUMNS = ("motionUid", "voterId", "voterName", "motionTitle", "result")
"""The header of the table, letter for letter."""
LARGEST = 64_000_000
"""Bytes of a table: a long sitting of a large council has 200 votes of 121 persons under titles of 300 letters."""
OPTIONS = {option.label: option for option in VoteOption}


@dataclass(slots=True)
class Table:
    """The rows of a votes.csv: lines and votes by motion and person; `faults` counts the rows that were not taken."""

    path: str = ""
    votes: dict[str, dict[str, tuple[int, Vote]]] = field(default_factory=lambda: defaultdict(dict))
    faults: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    stray: set[str] = field(default_factory=set)
    """What rows call motions that are not there: what they were meant for is not known, so no motion is counted."""


@frozen
class VoteSource(Source):
    """Where a vote event was read: its names stand in the table, the vote of a place on the line of its row."""

    table: str = ""
    rows: tuple[int, ...] = ()

    def place_of(self, path: tuple[str | int, ...]) -> tuple[str, int]:
        """(file, line) of a field: of a named vote those of the table."""
        if len(path) > 1 and path[0] == "votes" and isinstance(path[1], int):
            return self.table, self.rows[path[1]]
        return Source.place_of(self, path)  # a class with slots is made anew: `super()` would mean the first


def read(meeting: Meeting, report: Report) -> list[VoteEvent]:
    """The vote events of a meeting, in the order of its agenda; a withdrawn one has none."""
    if meeting.withdrawn:
        return []  # nothing of it is published, its agenda is empty already
    motions: dict[str, tuple[int, AgendaItem, int, Motion]] = {}
    for index, item in enumerate(meeting.items):
        for place, motion in enumerate(item.votes):
            motions.setdefault(motion.uid, (index, item, place, motion))
    table = _read_table(meeting, set(motions), report)
    return [_event(meeting, *found, position, table, report) for position, found in enumerate(motions.values())]


def _read_table(meeting: Meeting, uids: set[str], report: Report) -> Table:
    source = meeting.source
    file = source.file.parent / "votes.csv"
    if source.file.stem != "index" or not file.exists():
        return Table()
    table = Table(shown_path(file, source.root))
    text = read_text(file, source.root, report, LARGEST)
    if text is None:
        table.stray.add("")
        return table
    header = next(csv.reader(text.splitlines()[:1], delimiter=separator_of(text)), [])
    if tuple(header) != COLUMNS:
        report.add(Finding(table.path, 1, "", f"заголовок таблиці — {','.join(COLUMNS)}, саме так і в цьому порядку.",
                           VOTE_TABLE.name))
        table.stray.add("")
        return table
    problems = len(report)
    rows = list(table_cells(text, file, source.root, report))
    if len(report) > problems:
        table.stray.add("")
    for line, (uid, person, name, _, word) in rows[1:]:
        option = OPTIONS.get(word)
        if option and person and uid in uids and person not in table.votes[uid]:
            table.votes[uid][person] = line, Vote(person, name, option)
        else:
            _refuse(table, line, uid, person, word, uids, report)
    return table


def _refuse(table: Table, line: int, uid: str, person: str, word: str, uids: set[str], report: Report) -> None:
    """A row that is no vote: a finding on its line."""
    if uid not in uids:
        if uid not in table.stray:  # one motion, one problem, however many voted
            report.add(Finding(table.path, line, "Ідентифікатор голосування", f"голосування «{shown(uid)}» немає в "
                               "порядку денному. Перевірте uid в index.yml.", VOTE_MOTION.name))
        table.stray.add(uid)
        return
    if word not in OPTIONS:
        report.add(Finding(table.path, line, "Голос", f"«{shown(word)}» немає в переліку. Можна: "
                           f"{', '.join(OPTIONS)}.", VOTE_OPTION.name))
    elif not person:
        report.add(Finding(table.path, line, "Особа", "не вказано, хто голосував (voterId).", VOTE_VOTER.name))
    else:
        report.add(Finding(table.path, line, "Особа", f"«{shown(person)}» у цьому голосуванні вже є: рядок "
                           f"{table.votes[uid][person][0]}. Лишіть один.", VOTE_VOTER.name))
    table.faults[uid] += 1


def _event(meeting: Meeting, index: int, item: AgendaItem, place: int, motion: Motion, position: int, table: Table,
           report: Report) -> VoteEvent:
    votes = table.votes.get(motion.uid, {}).values()
    event = VoteEvent(
        id=motion.uid, meeting=meeting.key, meeting_title=meeting.heading, position=position, item_no=item.no,
        item_number=item.label, title=item.title, text=motion.text, draft=item.draft, draft_number=item.draft_number,
        topics=item.topics, body=meeting.body, held_on=meeting.day,
        held_at=_moment(meeting, index, place, motion, report), type=motion.type, requirement=motion.requirement,
        counts=motion.counts, unnamed=motion.unnamed, result=motion.result, is_secret=motion.is_secret,
        mayor_votes=motion.mayor_votes, without_quorum=motion.without_quorum,
        votes=tuple(vote for _, vote in votes), is_named=bool(votes),
        corrections=motion.corrections,
        unread=table.faults.get(motion.uid, 0) + len(table.stray),
        conflicts=tuple(c.person for c in item.conflicts if not c.quorum_exception), public_from=meeting.published_at)
    event._source = _source(meeting, index, place, table, [line for line, _ in votes])
    report.extend(located(problem, event) for rule in event.rules for problem in rule(event))
    return event


def _moment(meeting: Meeting, index: int, place: int, motion: Motion, report: Report) -> datetime | None:
    """The moment of the vote by the clock of Kyiv; after midnight when the meeting went on into the next day."""
    if not motion.at:
        return None
    at = time.fromisoformat(motion.at)
    day = meeting.day
    if meeting.ended_at and meeting.ended_at.date() > day and at < meeting.starts_at.time():
        day += timedelta(days=1)
    try:
        return kyiv(datetime.combine(day, at))
    except NoSuchLocalTime as error:
        line = meeting.source.line_of(("items", index, "votes", place, "at"))
        report.add(Finding(meeting.source.path, line, "Час", f"{error}.", MOMENT.name))
        return None


def _source(meeting: Meeting, index: int, place: int, table: Table, lines: list[int]) -> Source:
    """Where a vote event's fields stand: the motion in `index.yml`, the names in `votes.csv`."""
    parent, motion, item = meeting.source, ("items", index, "votes", place), ("items", index)
    found: dict[tuple[str | int, ...], int] = {
        path[len(motion):]: line for path, line in parent.lines.items() if path[: len(motion)] == motion}
    found.setdefault((), parent.line_of(motion))
    found[("id",)] = parent.line_of((*motion, "uid"))
    found[("held_at",)] = parent.line_of((*motion, "at"))
    found[("title",)], found[("draft",)] = parent.line_of((*item, "title")), parent.line_of((*item, "draft"))
    found[("body",)] = parent.line_of(("body",))
    if not table.path:
        return Source(parent.path, parent.name, parent.root, found)
    found[("votes",)] = lines[0] if lines else 1
    return VoteSource(parent.path, parent.name, parent.root, found, companions={("votes",): table.path},
                      table=table.path, rows=tuple(lines))
