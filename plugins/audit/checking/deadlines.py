"""`verify deadlines`: the ledger of terms, made again of repository and log, against the published one.

A verdict cannot be improved quietly: its row would differ. What rests on a date alone (grade D) is told as such.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping

from plugins.deadlines.model import SECTION
from plugins.proof.tiles import Fetch

from ..findings import Finding, Told, Weight

CHECK = "deadlines"
TABLE = f"{SECTION.lstrip('/')}stroky.csv"
KEY = ("rule", "url")
SHOWN = ("outcome", "grade", "passProven", "margin", "happenedOn", "evidence", "sentence")
"""Columns of which a difference is told first."""
YES = "так"


def check_deadlines(site: Fetch, own: Mapping[str, bytes], *, is_same_engine: bool) -> list[Finding]:
    """`own`: path → bytes of the tables as they follow from repository and log.

    With another engine rows may differ though nobody touched them: then it is no alarm.
    """
    told = Told(CHECK)
    weight = Weight.TAMPERING if is_same_engine else Weight.LACKING
    verdicts: set[tuple[str, str]] = set()
    others: list[str] = []
    for path, content in own.items():
        try:
            shown = site(path)
        except FileNotFoundError:
            told.say("ledger-missing", path, weight=weight)
            continue
        if shown != content:
            found = set(_differing(_rows(content), _rows(shown))) if path.endswith(".csv") else set()
            verdicts |= found
            others += [] if found else [path]
    for where, detail in sorted(verdicts):
        told.say("verdict", where, detail, weight)
    for path in () if verdicts else others:  # else it may be those verdicts once more, in the feed
        told.say("verdict", path, weight=weight)
    if told.all and not is_same_engine:
        told.say("other-engine", weight=Weight.LACKING)
    _grades(_rows(own.get(TABLE, b"")), told)
    return told.all


def _differing(own: Mapping[tuple[str, ...], dict[str, str]],
               shown: Mapping[tuple[str, ...], dict[str, str]]) -> Iterator[tuple[str, str]]:
    """(which verdict, what it says otherwise): the same in the table of all and in that of its year."""
    for key in own.keys() | shown.keys():
        ours, theirs = own.get(key, {}), shown.get(key, {})
        if ours != theirs:
            column = next((name for name in SHOWN if ours.get(name) != theirs.get(name)), "")
            yield " ".join(key), f"{column}: {theirs.get(column, '—')} ≠ {ours.get(column, '—')}"


def _rows(content: bytes) -> dict[tuple[str, ...], dict[str, str]]:
    """The rows by what they are about; a table that is none has none."""
    try:
        rows = csv.DictReader(content.decode("utf-8-sig", "replace").splitlines())
        return {tuple(row.get(name) or "" for name in KEY): {name: value or "" for name, value in row.items()
                                                              if isinstance(name, str) and not isinstance(value, list)}
                for row in rows}
    except csv.Error:
        return {}


def _grades(rows: Mapping[tuple[str, ...], dict[str, str]], told: Told) -> None:
    """How many verdicts rest on a claim alone; none of them may be called proven."""
    weak = {key: row for key, row in rows.items() if row.get("grade") == "D"}
    for key, row in rows.items():
        if row.get("passProven") == YES and row.get("grade") == "D":
            told.say("unproven", " ".join(key))
    if weak:
        told.say("grade-d", TABLE, str(len(weak)), Weight.NOTE)
