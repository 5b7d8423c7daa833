"""All verdicts as one ledger: small entries for lists, counts and filters, whole lines only where they are printed.

A view for each kind of records keeps, beside the digest of its lines, a short word for each verdict (`rule|outcome|…`):
out of these the ledger is sorted, counted and cut without opening a record. A second view keeps the rows of the
tables: a table is written again whole when one verdict in it is another, and no record is opened for that either.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time
from typing import NamedTuple

from plugins.acts.model import Act, DraftAct, RegulatoryPlan, TrackingReport
from plugins.meetings.model import Meeting
from plugins.records import Axis, Library, Record, Seen, View, frozen
from plugins.ukrainian import KYIV, day
from plugins.votes.model import VoteEvent

from .facts import body_of
from .model import Rule
from .terms import Outcome
from .verdicts import Former, Verdict, verdicts_of


@frozen
class Line:
    """A verdict in the ledger, in the box of a record and in the tables."""

    key: str
    """`draft/2026/412-p#draft.lead`."""
    outcome: str
    """As it is shown and counted: `Verdict.shown`."""
    word: str
    sentence: str
    rule: str
    rule_title: str
    rule_url: str
    severity: str
    norm: str
    norm_url: str
    version_from: date
    title: str
    url: str
    body: str
    day: date
    """The record's own day: under it the ledger is sorted and cut into years."""
    settled_on: date | None
    happened_on: date | None
    latest_on: date | None
    lenient_on: date | None
    margin: int | None
    evidence: str
    grade: str
    """A to D; empty where there is nothing to prove."""
    proof: str
    """The sentence that says so."""
    is_backdated: bool
    claimed_on: date | None
    exemption: str
    former: tuple[str, ...]
    """«За редакцією до 23 листопада 2026 року: порушено. …»: what a text of the rule said that was corrected since."""


class Entry(NamedTuple):
    """A verdict as lists know it: its key, rule, outcome, body, day, when it was settled, the digest of its line."""

    key: str
    rule: str
    outcome: str
    body: str
    day: str
    settled_on: str
    mark: str

    @property
    def year(self) -> int:
        """The year of its day."""
        return int(self.day[:4])


def lines_of(record: Record, library: Library) -> tuple[Line, ...]:
    """The verdicts of a record as lines, in the order of the rules; made once a build."""
    return library.worked_out(_lines, record)


def _lines(record: Record, library: Library) -> tuple[Line, ...]:
    found = verdicts_of(record, library)
    if not found:
        return ()
    card = record.card(library)
    return tuple(_line(verdict, record, card.title, library) for verdict in found)


def _line(verdict: Verdict, record: Record, title: str, library: Library) -> Line:
    rule, limit = library.get(Rule, verdict.rule), verdict.judgement.limit if verdict.judgement else None
    lifted = verdict.exemption
    return Line(
        f"{record.kind}/{record.key}#{verdict.rule}", verdict.shown.value, verdict.shown.label, verdict.sentence,
        verdict.rule, verdict.title, rule.page_url if rule else "", verdict.severity.label, verdict.norm,
        verdict.norm_url, verdict.version_from, title, record.url, body_of(record), record.day, verdict.settled_on,
        verdict.happened[1] if verdict.happened and verdict.happened[1] != date.max else None,
        limit.strict if limit else None, limit.lenient if limit else None, verdict.margin,
        verdict.evidence.label if verdict.evidence else "", str(verdict.grade.value) if verdict.grade else "",
        verdict.proof, verdict.is_backdated, verdict.claimed_on,
        " ".join(filter(None, (lifted.basis, lifted.reason))) if lifted else "",
        tuple(former_words(item) for item in verdict.former))


def former_words(item: Former) -> str:
    """What the text of a rule said before it was corrected."""
    return (f"За попереднім текстом правила (до {day(item.corrected_on)}): {item.verdict.shown.label.lower()}. "
            f"{item.verdict.sentence} Чому змінено: {item.reason}")


def packed(record: Record, library: Library) -> tuple[str, str] | None:
    """The verdicts of a record in short, for the state."""
    body = body_of(record)
    words = ";".join(f"{item.rule}|{item.shown.value}|{body}|{record.day}|{item.settled_on or ''}"
                     for item in verdicts_of(record, library))
    return (words, "") if words else None


def cells_of(record: Record, library: Library) -> dict[str, list[str]]:
    """The verdicts of a record as rows of the tables, without what their rules say: by rule."""
    return {line.rule: list(_cells(line)) for line in lines_of(record, library)}


def _cells(line: Line) -> Iterator[str]:
    is_pass = line.outcome in PASSED
    yield from (Outcome.PASS.value if is_pass else line.outcome, _iso(line.day), _iso(line.settled_on))
    yield from (_iso(line.happened_on), _iso(line.latest_on), _iso(line.lenient_on))
    yield from ("" if line.margin is None else str(line.margin), line.evidence, line.grade)
    yield from (_word(line.outcome == Outcome.PASS.value) if is_pass else "", _word(line.is_backdated))
    yield from (_iso(line.claimed_on), line.exemption, _iso(line.version_from), line.norm, line.norm_url, line.body)
    yield from (line.title, line.url, line.sentence, " ".join(line.former))


PASSED = (Outcome.PASS.value, Outcome.UNPROVEN.value)


def _word(truth: bool) -> str:
    return "так" if truth else "ні"


def _iso(value: date | None) -> str:
    return value.isoformat() if value else ""


def _packed_cells(record: Record, library: Library) -> tuple[str, str] | None:
    cells = cells_of(record, library)
    return (json.dumps(cells, ensure_ascii=False), "") if cells else None


def _has_verdicts(record: Record, library: Library) -> bool:
    return bool(verdicts_of(record, library))


VIEWS = tuple(View(f"verdicts of {model.kind}", model, lines_of, (Axis("", packed),), _has_verdicts)
              for model in (DraftAct, Act, Meeting, VoteEvent, RegulatoryPlan, TrackingReport))


ROWS = tuple(View(f"rows of {view.model.kind}", view.model, cells_of, (Axis("", _packed_cells),), _has_verdicts)
             for view in VIEWS)


def rows(library: Library) -> Mapping[str, Sequence[str]]:
    """By the key of a verdict its row, as `cells_of` makes it."""
    found: dict[str, Sequence[str]] = {}
    for view in ROWS:
        for seen in library.views(view):
            if seen.mark and seen.axes[0]:
                name = f"{view.model.kind}/{seen.key}#"
                found |= {name + rule: cells for rule, cells in json.loads(seen.axes[0][0]).items()}
    return found


def entries(library: Library) -> Sequence[Entry]:
    """All verdicts, the newest first."""
    return library.once(_entries)


def _entries(library: Library) -> Sequence[Entry]:
    found: list[Entry] = []
    for view in VIEWS:
        for seen in library.views(view):
            if seen.mark and seen.axes[0]:
                found += _unpacked(view.model.kind, seen, seen.axes[0][0])
    found.sort(key=lambda item: (item.day, item.key), reverse=True)
    return found


def _unpacked(kind: str, seen: Seen, words: str) -> Iterable[Entry]:
    for item in words.split(";"):
        rule, outcome, body, on, settled_on = item.split("|")
        yield Entry(f"{kind}/{seen.key}#{rule}", rule, outcome, body, on, settled_on, f"{seen.mark}{rule}")


def line_at(key: str, library: Library) -> Line:
    """The line of an entry."""
    name, _, rule = key.partition("#")
    kind, _, record = name.partition("/")
    view = next(item for item in VIEWS if item.model.kind == kind)
    line: Line = next(item for item in library.row(view, record) if item.rule == rule)
    return line


def changed_at(key: str, library: Library) -> datetime:
    """When a verdict became what it is: the moment that lists give as that of their last change."""
    line = line_at(key, library)
    return datetime.combine(line.settled_on or line.day, time(), KYIV)
