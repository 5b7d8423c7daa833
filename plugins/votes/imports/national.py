"""The national CSV of appendix 29 (`motions2` with `votings`) → raw votes.

Published files misspell headers (`data`, `legistativeSession`, `vottingAgains`): what is near a standard name, or is
the heading of its column in words, is taken for it and reported. Files are told apart by their headers, not by names.
"""

from __future__ import annotations

import csv
import difflib
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from plugins.records import separator_of
from plugins.ukrainian import clean
from plugins.votes.model import VoteOption
from plugins.votes.read import COLUMNS as VOTINGS

from .files import Blob, text_of
from .raw import Notes, RawMotion, RawVote, Refused, Spot
from .words import moment_of, number_of

MOTIONS = ("uid", "date", "authorityName", "authorityId", "authorityCattutc", "convocation", "legislativeSession",
           "number", "title", "projectNumber", "votingFor", "votingAgainst", "votingAbstain", "notVoting", "absent",
           "votingResult", "textUrl", "text")
"""Columns of `motions2`, letter for letter."""
WORDS = {
    "Унікальний ідентифікатор": ("uid", "motionUid"), "Дата пленарного засідання": ("date",),
    "Орган": ("authorityName",), "Код ЄДРПОУ": ("authorityId",), "Код КАТОТТГ": ("authorityCattutc",),
    "Скликання": ("convocation",), "Сесія": ("legislativeSession",), "Номер питання": ("number",),
    "Питання порядку денного пленарного засідання": ("title",), "Номер проєкту рішення": ("projectNumber",),
    "Голоси “За”": ("votingFor",), "Голоси “Проти”": ("votingAgainst",), "Голоси “Утрималися”": ("votingAbstain",),
    "Не голосували": ("notVoting",), "Відсутні": ("absent",), "Результати голосування": ("votingResult",),
    "Посилання на документ оприлюднений в мережі Інтернет.": ("textUrl",),
    "Назва файлу із прийнятим рішенням": ("text",), "Ідентифікатор учасника голосування": ("voterId",),
    "ПІБ учасника голосування": ("voterName",), "Питання пленарного засідання": ("motionTitle",),
    "Результат голосування": ("result",),
}
"""Headings of the columns in words, as the structure publishes them."""
NEAR = 0.62
"""How alike a misspelt header and its column are at least; `projektNum` and projectNumber are 0.78."""
COUNTS = {"votingFor": VoteOption.YES, "votingAgainst": VoteOption.NO, "votingAbstain": VoteOption.ABSTAIN,
          "notVoting": VoteOption.NOT_VOTING, "absent": VoteOption.ABSENT}
MUST = {MOTIONS: ("uid", "date", "title"), VOTINGS: ("motionUid", "result")}
OWN_ADDRESS = re.compile(r"https?://[^\s/]+(?:/[^\s?#]*)?/zasidannia/(\d{4}/[a-z0-9-]+)/[a-z0-9-]+/")
MAX_ROWS = 2_000_000


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table that was told by its header: rows with their lines."""

    blob: Blob
    columns: tuple[str, ...]
    rows: Sequence[tuple[int, Mapping[str, str]]]


def columns_of(blob: Blob) -> tuple[str, ...]:
    """The columns of the table that a CSV file is, misspelt or not; nothing for another file."""
    return _kind(_header(blob))


def read(blobs: Iterable[Blob], notes: Notes) -> list[RawMotion]:
    """The votes of all tables together: names are joined to motions by their identifiers."""
    sheets: list[Sheet] = []
    for blob in blobs:
        try:
            sheets.append(_sheet(blob, notes))
        except Refused as problem:
            notes.add("source", blob.name, str(problem))
    motions: dict[str, RawMotion] = {}
    for sheet in sheets:
        if sheet.columns == MOTIONS:
            for line, row in sheet.rows:
                _take_motion(motions, row, Spot(sheet.blob.name, line), notes)
    for sheet in sheets:
        if sheet.columns == VOTINGS:
            _take_votes(motions, sheet, notes)
    return list(motions.values())


def _header(blob: Blob) -> list[str]:
    try:
        first = next(iter(text_of(blob).splitlines()), "")
    except Refused:
        return []
    return [clean(name) for name in next(csv.reader([first], delimiter=separator_of(first)), [])]


def _kind(header: Sequence[str]) -> tuple[str, ...]:
    """Which of the two tables a header is of; nothing for another."""
    fits = {columns: len(_matched(header, columns)) / len(columns) for columns in (MOTIONS, VOTINGS)}
    best = max(fits, key=lambda columns: fits[columns])
    has_all = all(name in _matched(header, best).values() for name in MUST[best])
    return best if has_all and fits[best] >= 0.5 else ()


def _matched(header: Sequence[str], columns: Sequence[str]) -> dict[int, str]:
    """Place in the header → column; the nearest pairs first, each column once."""
    pairs: list[tuple[float, int, int]] = []
    for place, name in enumerate(header):
        for at, column in enumerate(columns):
            likeness = 1.0 if column in WORDS.get(name, ()) else _likeness(name, column)
            if likeness >= NEAR:
                pairs.append((-likeness, at, place))
    found: dict[int, str] = {}
    for _, at, place in sorted(pairs):
        if place not in found and columns[at] not in found.values():
            found[place] = columns[at]
    return found


def _likeness(name: str, column: str) -> float:
    if name == column:
        return 1.0
    return 0.99 * difflib.SequenceMatcher(None, name.lower().replace("_", ""), column.lower()).ratio()


def _sheet(blob: Blob, notes: Notes) -> Sheet:
    """The rows of a table under the standard names of its columns. Errors: Refused."""
    header = _header(blob)
    columns = _kind(header)
    if not columns:
        raise Refused("це не таблиця додатка 29 (motions2 чи votings): заголовки інші.")
    matched = _matched(header, columns)
    for place, name in sorted(matched.items()):
        if header[place] != name:
            notes.remark(Spot(blob.name, 1), f"заголовок «{header[place]}» прочитано як «{name}».")
    for place, name in enumerate(header):
        if place not in matched and name:
            notes.remark(Spot(blob.name, 1), f"стовпця «{name}» у додатку 29 немає; пропущено.")
    for name in columns:
        if name not in matched.values():
            notes.remark(Spot(blob.name, 1), f"стовпця «{name}» бракує.")
    text = text_of(blob)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator_of(text.split("\n", 1)[0]))
    rows: list[tuple[int, Mapping[str, str]]] = []
    try:
        line = 1
        for number, cells in enumerate(reader):
            if number and any(cell.strip() for cell in cells):
                if len(cells) != len(header):
                    notes.add("source", Spot(blob.name, line),
                              f"у рядку {len(cells)} клітинок, а стовпців {len(header)}.")
                else:
                    rows.append((line, {name: _cell(cells[place]) for place, name in matched.items()}))
            line = reader.line_num + 1
            if number > MAX_ROWS:
                raise Refused(f"понад {MAX_ROWS} рядків. Перенесіть роками.")
    except csv.Error as error:
        raise Refused(f"таблицю CSV пошкоджено в рядку {reader.line_num}.") from error
    return Sheet(blob, columns, rows)


def _cell(text: str) -> str:
    """A cell without padding; «null» means that there is nothing."""
    found = clean(text)
    return "" if found.lower() == "null" else found


def _take_motion(motions: dict[str, RawMotion], row: Mapping[str, str], spot: Spot, notes: Notes) -> None:
    uid = row.get("uid", "")
    if not uid or uid in motions:
        notes.add("source", spot, f"ідентифікатор «{uid}» уже є: {motions[uid].spot}." if uid else "немає uid.")
        return
    day, at = moment_of(row.get("date", ""))
    own = OWN_ADDRESS.fullmatch(row.get("textUrl", ""))
    motions[uid] = motion = RawMotion(
        spot, body=row.get("authorityName", ""), session=row.get("legislativeSession", ""), held_at=at, held_on=day,
        item=row.get("number", ""), text=row.get("title", ""), result=row.get("votingResult", ""), uid=uid,
        meeting_id=own[1] if own else "", body_code=row.get("authorityId", ""), is_national=True,
        convocation=row.get("convocation", ""), project=row.get("projectNumber", ""))
    for column, option in COUNTS.items():
        value = row.get(column, "")
        if (count := number_of(value)) is not None:
            motion.counts[option] = count
        elif value:
            notes.add("counts", spot, f"{column}: «{value[:40]}» не число.")
    for column in ("textUrl", "text"):
        if row.get(column) and not (column == "textUrl" and own):
            notes.remark(spot, f"{column} «{row[column][:80]}» не переноситься: документ додайте до запису самі.")


def _take_votes(motions: dict[str, RawMotion], sheet: Sheet, notes: Notes) -> None:
    strays: dict[str, int] = {}
    for line, row in sheet.rows:
        motion = motions.get(row.get("motionUid", ""))
        if motion is None:
            strays.setdefault(row.get("motionUid", ""), line)
            continue
        motion.votes.append(RawVote(row.get("voterName", ""), row.get("result", ""), Spot(sheet.blob.name, line),
                                    row.get("voterId", "")))
    for uid, line in strays.items():
        notes.add("source", Spot(sheet.blob.name, line), f"голосування «{uid}» немає в таблиці motions2. Додайте її до "
                  "теки поруч.")
