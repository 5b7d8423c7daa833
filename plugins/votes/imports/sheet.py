"""XLSX of the voting systems → raw votes: one row a vote, one column a deputy.

The row of headings is found, not expected: rows above it may name the body, the session and the day. What a column
holds is told by its heading, in the words of people or the keys of the systems.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from plugins.ukrainian import clean, cyrillic, file_size
from plugins.votes.model import VoteOption

from .files import Blob
from .raw import Notes, RawMotion, RawVote, Refused, Spot
from .words import is_masked, moment_of, number_of, option_of, result_of, time_of

MAX_UNPACKED = 300_000_000
MAX_ROWS, MAX_COLUMNS = 20_000, 1_000
SEARCHED_ROWS = 40
"""The row of headings stands among these."""
FIRST_SERIAL = date(1899, 12, 30)
"""Day 0 of the spreadsheets' calendar."""
HEADINGS: dict[str, tuple[str, ...]] = {
    "item": ("pdnpp", "номерпитання", "питання№", "№питання", "nпитання", "нппитання", "пункт", "номерпд"),
    "seq": ("№", "n", "нп", "номер", "номерголосування", "№голосування", "№зп", "№пп", "зп", "пп",
            "id", "ід"),
    "moment": ("gltime", "часголосування", "датаічас", "датачас", "датаголосування", "датаічасголосування",
               "датайчас", "датачасголосування"),
    "day": ("дата", "датазасідання", "день"),
    "time": ("час", "time"),
    "doctime": ("doctime",),
    "body": ("orgname", "орган", "рада", "назваоргану"),
    "session": ("sname", "сесія", "засідання", "назвазасідання"),
    "kind": ("gltype", "типголосування", "видголосування"),
    "text": ("gltext", "питання", "назва", "назвапитання", "зміст", "текст", "питанняпорядкуденного", "текстпитання"),
    "motion": ("предметголосування", "щоголосували", "пропозиція"),
    "result": ("result", "результат", "рішення", "результатголосування", "статус", "status"),
    "yes": ("yescnt", "за", "голосиза"), "no": ("nocnt", "проти", "голосипроти"),
    "abstain": ("utrcnt", "утримались", "утрималися", "утримався", "утрималось", "утримано", "утрим"),
    "not_voting": ("ngcnt", "неголосували", "неголосував", "неголосувало", "неголос"),
    "absent": ("відсутні", "відсут", "відсутній", "відсутньо", "відсутніх", "abscnt"),
    "total": ("totalcnt", "всього", "усього", "разом", "загалом", "присутні", "присутніх"),
}
COUNTS = {option.value: option for option in VoteOption}
NAME = re.compile(r"[^\W\d_][\w’'ʼ`-]+\s+[^\W\d_]\s*\.(?:\s*-?\s*[^\W\d_]\s*\.)*"
                  r"|(?:[^\W\d_]\s*\.\s*){1,2}[^\W\d_][\w’'ʼ`-]+"
                  r"|[^\W\d_][\w’'ʼ`-]+(?:\s+[^\W\d_][\w’'ʼ`-]+){1,2}")


@dataclass(slots=True)
class Columns:
    """What the columns of a sheet are: facts by their name, deputies by their heading."""

    row: int
    facts: dict[str, int] = field(default_factory=dict)
    deputies: dict[int, str] = field(default_factory=dict)


def read(blob: Blob, notes: Notes) -> list[RawMotion]:
    """The votes of a workbook. Errors: Refused."""
    _bounded(blob)
    import openpyxl

    try:
        book = openpyxl.load_workbook(io.BytesIO(blob.content), read_only=True, data_only=True)
    except Exception as error:  # the library raises whatever its parsers do
        raise Refused("це не книга XLSX або її пошкоджено.") from error
    motions: list[RawMotion] = []
    try:
        for sheet in book.worksheets:
            if (sheet.max_row or 0) > MAX_ROWS or (sheet.max_column or 0) > 16_384:
                raise Refused(f"аркуш «{sheet.title}» має понад {MAX_ROWS} рядків.")
            rows = [list(row) for row in sheet.iter_rows(values_only=True, max_row=MAX_ROWS, max_col=MAX_COLUMNS)]
            motions += _sheet(rows, clean(sheet.title), blob, notes)
    except Refused:
        raise
    except Exception as error:
        raise Refused("книгу XLSX пошкоджено.") from error
    finally:
        book.close()
    if not motions:
        raise Refused("на аркушах не знайдено таблиці: рядок — голосування, стовпець — депутат.")
    return motions


def _bounded(blob: Blob) -> None:
    """Errors: Refused for what is no workbook or unpacks into too much."""
    try:
        with zipfile.ZipFile(io.BytesIO(blob.content)) as archive:
            size = sum(info.file_size for info in archive.infolist())
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise Refused("це не книга XLSX. Файл XLS збережіть як XLSX.") from error
    if size > MAX_UNPACKED or size > 400 * max(len(blob.content), 10_000):
        raise Refused(f"книга розпаковується в надто велику: {file_size(size)}.")


def _sheet(rows: list[list[Any]], title: str, blob: Blob, notes: Notes) -> list[RawMotion]:
    columns = _columns(rows)
    if columns is None:
        return []
    above = [clean(_words(cell)) for row in rows[:columns.row] for cell in row if cell is not None]
    common = _common([*above, title, blob.stem])
    unknown = [(number, heading) for number, cell in enumerate(_with_above(rows, columns.row))
               if (heading := clean(cell)) and number not in columns.deputies and number not in columns.facts.values()]
    motions = [motion for at, row in enumerate(rows[columns.row + 1:], columns.row + 2)
               if (motion := _motion(row, at, columns, common, title, blob, notes))]
    for number, heading in unknown if motions else ():
        notes.remark(_spot(blob, title, columns.row + 1), f"стовпець {_letter(number)} «{heading[:60]}» не розпізнано.")
    return motions


def _columns(rows: Sequence[Sequence[Any]]) -> Columns | None:
    """The row of headings: the one with most names of deputies, at least two of them or of what votes are told by."""
    best: Columns | None = None
    for at in range(min(len(rows), SEARCHED_ROWS)):
        found = _headings(_with_above(rows, at), rows[at + 1:at + 6], at)
        if len(found.deputies) >= 1 and (best is None or len(found.deputies) > len(best.deputies)):
            best = found
    return best


def _with_above(rows: Sequence[Sequence[Any]], at: int) -> list[Any]:
    """A row of headings; a heading that spans two rows stands in the upper one."""
    row, above = rows[at], rows[at - 1] if at else ()
    lower = [*row, *[None] * (len(above) - len(row))]
    return [above[number] if cell is None and number < len(above) else cell for number, cell in enumerate(lower)]


def _headings(row: Sequence[Any], below: Sequence[Sequence[Any]], at: int) -> Columns:
    found = Columns(at)
    for number, cell in enumerate(row):
        heading = clean(cell) if isinstance(cell, str) else ""
        key = "".join(cyrillic(part) if not part.isascii() else part.lower()
                      for part in re.findall(r"[^\W_]+|№", heading.lower()))
        fact = next((fact for fact, names in HEADINGS.items() if key and key in map(_key, names)), "")
        cells = [_words(line[number]) for line in below if number < len(line) and line[number] is not None]
        voted = [option_of(cell) for cell in cells]
        if fact and fact not in found.facts:
            found.facts[fact] = number
        elif any(voted) and (all(voted) if is_masked(heading) else NAME.fullmatch(heading) or all(voted)):
            found.deputies[number] = heading
        elif cells and (guess := _guess(cells)) and guess not in found.facts:
            found.facts[guess] = number
    return found


def _guess(cells: Sequence[str]) -> str:
    """What a column without a known heading holds, by its cells: moments, results, the words of questions."""
    if all(moment_of(cell)[0] for cell in cells):
        return "moment"
    if all(result_of(cell) and len(cell) < 40 for cell in cells):
        return "result"
    return "text" if all(len(cell) > 20 for cell in cells) else ""


def _key(name: str) -> str:
    return "".join(cyrillic(part) if not part.isascii() else part for part in re.findall(r"[^\W_]+|№", name))


def _common(texts: list[str]) -> RawMotion:
    """What stands above the table holds for all its rows."""
    common = RawMotion(Spot(""))
    for text in texts:
        day, at = moment_of(text)
        if match := re.match(r"(\d{2})(\d{2})(\d{2})(?:\D|$)", text) if day is None else None:
            day, _ = moment_of(f"20{match[1]}-{match[2]}-{match[3]}")
        common.held_on = common.held_on or day
        common.held_at = common.held_at or at
        lower = text.lower()
        if not common.session and re.search(r"сесі|засіданн", lower) and re.search(r"скликан|сесі|викон|комісі", lower):
            common.session = text
        elif not common.body and re.search(r"\bрада\b|ради\b", lower) and len(text) < 120:
            common.body = text
    return common


def _motion(row: Sequence[Any], at: int, columns: Columns, common: RawMotion, title: str, blob: Blob,
            notes: Notes) -> RawMotion | None:
    """The vote of a row; None for an empty row and for one of sums, which has no votes."""
    def cell(fact: str) -> Any:
        number = columns.facts.get(fact, -1)
        return row[number] if 0 <= number < len(row) else None

    words = {number: _words(row[number]) if number < len(row) else "" for number in columns.deputies}
    if not any(words.values()) or _is_sums(words.values()):
        return None
    spot = _spot(blob, title, at)
    question, put = clean(cell("text")), clean(cell("motion"))
    day, moment = _when((cell("moment"), cell("day"), cell("time"), cell("doctime")), cell("time"))
    motion = RawMotion(
        spot, body=clean(cell("body")) or common.body, session=clean(cell("session")) or common.session,
        held_at=moment, held_on=day or common.held_on, item=_number_words(cell("item")),
        title=question if put else "", text=put or question,
        is_secret="таємн" in clean(cell("kind")).lower(), result=clean(cell("result")))
    if moment is None and motion.held_on and (at_time := _time(cell("time"))):
        motion.held_at = datetime.combine(motion.held_on, at_time)
    number = number_of(cell("seq"))
    motion.seq = f"-{number}" if number else ""
    motion.counts = {option: value for name, option in COUNTS.items() if (value := number_of(cell(name))) is not None}
    motion.total = number_of(cell("total"))
    motion.votes = [RawVote(columns.deputies[number], word, _spot(blob, title, at, _letter(number)))
                    for number, word in words.items()]
    return motion


def _is_sums(cells: Iterable[str]) -> bool:
    """True for numbers alone, and more than the zeros that may stand for the absent."""
    numbers = [number_of(cell) for cell in cells if cell]
    return None not in numbers and any(numbers)


def _words(cell: Any) -> str:
    """A cell as text; a number without its empty fraction."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.isoformat(" ", "seconds")
    return clean(cell)


def _number_words(cell: Any) -> str:
    return _words(cell).rstrip(".")


def _when(values: Sequence[Any], at: Any) -> tuple[date | None, datetime | None]:
    """The day and the moment of a row from its columns, whichever it has; a midnight is a day without its hour."""
    for value in map(_serial, values):
        if isinstance(value, datetime):
            has_time = value.time() != time()
            return value.date(), value.replace(microsecond=0, tzinfo=None) if has_time else _joined(value.date(), at)
        if isinstance(value, date):
            return value, _joined(value, at)
        found, exact = moment_of(_words(value))
        if found:
            return found, exact or _joined(found, at)
    return None, None


def _serial(value: Any) -> Any:
    """A number that stands for a day of this century is that day."""
    if isinstance(value, int | float) and not isinstance(value, bool) and 36_526 <= value < 80_000:
        return datetime.combine(FIRST_SERIAL, time()) + timedelta(days=float(value))
    return value


def _joined(day: date, at: Any) -> datetime | None:
    found = _time(at)
    return datetime.combine(day, found) if found else None


def _time(value: Any) -> time | None:
    if isinstance(value, datetime):
        return value.time().replace(microsecond=0)
    if isinstance(value, time):
        return value.replace(microsecond=0)
    if isinstance(value, float) and 0 <= value < 1:
        return (datetime.combine(FIRST_SERIAL, time()) + timedelta(days=value)).time().replace(microsecond=0)
    found = time_of(_words(value))
    return time(*found) if found else None


def _spot(blob: Blob, title: str, row: int, letter: str = "") -> Spot:
    return Spot(blob.name, 0, f"аркуш «{title}», рядок {row}" + (f", стовпець {letter}" if letter else ""))


def _letter(number: int) -> str:
    """«A» for 0, «AB» for 27."""
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


