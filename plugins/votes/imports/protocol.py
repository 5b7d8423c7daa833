"""PDF protocols with a text layer → raw votes: «РЕЗУЛЬТАТИ ПОІМЕННОГО ГОЛОСУВАННЯ», a page a vote.

Names and votes stand in one or more pairs of columns, ruled or not. Where rules make a table its cells are read, so
that a name on two lines stays whole; else the lines of words. A page without the header goes on with the vote before.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from itertools import takewhile
from pathlib import PurePosixPath
from typing import Any

from plugins.ukrainian import clean, cyrillic, written_day
from plugins.ukrainian.words import LATIN_TO_CYRILLIC
from plugins.votes.model import VoteOption

from .files import Blob
from .raw import Notes, RawMotion, RawVote, Refused, Spot
from .words import is_masked, moment_of, number_of, option_of, session_of

MAX_PAGES = 3_000
HEADER = re.compile(r"результати?\s+(?:(?:поіменного|таємного|відкритого)\s+)*голосуванн\w*", re.I)
SECRET = re.compile(r"таємн", re.I)
WORD = r"[^\W\d_][\w’'ʼ`]*(?:\s?[-‑–]\s?[^\W\d_][\w’'ʼ`]*)*"
INITIAL = r"[^\W\d_]\s?\.(?:\s?-\s?[^\W\d_]\s?\.)?"
NAME = (rf"(?:{WORD}\s+{INITIAL}(?:\s?{INITIAL})?|{INITIAL}(?:\s?{INITIAL})?\s*{WORD}"
        rf"|(?:{WORD}\s+){{1,2}}{WORD}|\.(?:\s?\.){{2,6}}(?=\s+\S))")
OPTION = (r"(?:не\s*голосува\w*(?:\(\w+\))?|утрима\w*(?:\(\w+\))?|втрима\w*|відсутн\w*|проти|за(?!\s+основу)"
          r"|\.{3,}|…|(?<!\d)0(?!\d))")
PAIR = re.compile(rf"(?:(?<=\s)|^)(?:\d{{1,3}}[.)]?\s+)?(?P<name>{NAME})\s*[:–—-]?\s+(?P<word>{OPTION})[.,;|]?(?=\s|$)",
                  re.I)
COUNTS = (
    (VoteOption.NOT_VOTING, re.compile(r"не\s+голосувал\w*\s*(?:\(\w+\))?\s*[:–—=-]*\s*(\d{1,3})\b", re.I)),
    (VoteOption.ABSTAIN, re.compile(r"[ув]трима\w*(?:\(\w+\))?\s*[:–—=-]*\s*(\d{1,3})\b", re.I)),
    (VoteOption.ABSENT, re.compile(r"відсутн\w*\s*[:–—=-]*\s*(\d{1,3})\b", re.I)),
    (VoteOption.NO, re.compile(r"[«\"]?проти[»\"]?\s*[:–—=-]*\s*(\d{1,3})\b", re.I)),
    (VoteOption.YES, re.compile(r"(?<!\w)[«\"]?за[»\"]?\s*[:–—=-]*\s*(\d{1,3})\b", re.I)),
)
FULL_NAME = re.compile(r"\b[^\W\d_]\s?\.|(?:ович|йович|ьич|ївна|івна)\b", re.I)
"""An initial or a patronymic: what tells a person's name from a faction's."""
TOTAL = re.compile(r"(?:[ву]сього|разом|загалом)[^\d\n]{0,30}?(\d{1,3})\b", re.I)
RESULT = re.compile(r"(?:рішення|результат\w*)\s*:?\s*(?:не\s+)?(?:прийн|ухвал)\w*", re.I)
TOTALS = re.compile(r"[ву]сього|разом|загалом|рішення|результат|голосувал|не\b|за\b|проти\b|[ув]трим|відсутн|присутн",
                    re.I)
TWINS = str.maketrans(LATIN_TO_CYRILLIC)
LONE_RESULT = re.compile(r"^(?:не\s+)?(?:прийнято|ухвалено)\.?$", re.I | re.M)
FACTION = re.compile(r"фракці|груп|парті", re.I)
VOTE_LINE = re.compile(r"^№\s*:?\s*(?P<n>\d{1,4})(?:\s+(?P<goal>.*))?$", re.I)
VOTE_BEFORE = re.compile(r"№\s*(?P<n>\d{1,4})\s+від\s", re.I)
DATED = re.compile(r"\d{1,2}\.\d{1,2}\.\d{2,4}|\d{1,2}:\d{2}")
NO_QUESTION = re.compile(r"процедурне\b.{0,12}$|(?:час|дата|від)\b.{0,40}\d|\d{1,2}[.:]\d{2}|за\s*[:–—-]\s*\d|"
                         r"№\s*(?:з/п|п/п)|прізвищ|(?:не\s+)?(?:прийнято|ухвалено)|питання\s*№|[\W\d]*$", re.I)
QUOTED = re.compile(r"[«\"“„](?P<text>.{5,}?)[»\"”](?=\s*(?:\n|$|№|\())", re.S)
ITEM = re.compile(r"(?:№\s*(?:питання|п/д|пд)|питання\s*(?:порядку денного)?\s*(?:№|:(?=\s*[\d.]+\s))|"
                  r"пункт\s+порядку денного)\s*:?\s*(\d{1,3}(?:\.\d{1,3})*)", re.I)
NUMBER = re.compile(r"(?:голосування|протокол)\s*№\s*(\d{1,4})|номер\s+голосування\s*:?\s*(?P<n>\d{1,4})", re.I)
LABEL = re.compile(r"^(?:питання(?:\s+порядку\s+денного)?|(?:назва|зміст|текст)\s+питання|зміст|предмет\s+голосування)"
                   r"\s*:\s*(?:\d{1,3}(?:\.\d{1,3})*\.?\s+)?", re.I)
"""What a system prints before a question, with its number."""
GOAL = re.compile(r"^(?:тип|вид|мета)\s+голосування\s*:\s*(?P<goal>.*)$", re.I)
PUT = re.compile(r"основ|ціл|поправ|правк", re.I)
NO_GOAL = re.compile(r"(?:номер|спосіб)\s+голосування\b", re.I)


def read(blob: Blob, notes: Notes) -> list[RawMotion]:
    """The votes of a PDF file. Errors: Refused."""
    import pdfplumber

    try:
        document = pdfplumber.open(io.BytesIO(blob.content))
        count = len(document.pages)
    except Exception as error:  # whatever the parser meets in a broken or locked file
        raise Refused("PDF не відкривається: його пошкоджено або захищено паролем.") from error
    if count > MAX_PAGES:
        raise Refused(f"у PDF {count} сторінок, а можна {MAX_PAGES}. Перенесіть частинами.")
    motions: list[RawMotion] = []
    empty: list[int] = []
    with document:
        for number, page in enumerate(document.pages, 1):
            spot = Spot(blob.name, 0, f"сторінка {number}")
            try:
                lines, cells = _lines(page), _cells(page)
            except Exception as error:
                raise Refused(f"сторінку {number} не вдається прочитати.") from error
            finally:
                page.close()
            if not any(map(str.strip, lines)):
                empty.append(number)
            elif motion := _page(lines, cells, motions[-1] if motions else None, spot, notes):
                motions.append(motion)
    if len(empty) == count:
        raise Refused("у PDF немає тексту: це скан. Попросіть у системи голосування файл із текстом або JSON.")
    for number in empty:
        notes.add("source", Spot(blob.name, 0, f"сторінка {number}"), "на сторінці немає тексту: це скан.")
    if not motions:
        raise Refused("немає жодної сторінки «РЕЗУЛЬТАТИ ПОІМЕННОГО ГОЛОСУВАННЯ».")
    return motions


def _lines(page: Any) -> list[str]:
    return str(page.extract_text(x_tolerance=1.5, y_tolerance=3) or "").split("\n")


def _cells(page: Any) -> list[list[str]]:
    """Rows of all ruled tables of a page; a cell on several lines is one."""
    return [[clean(cell) for cell in row] for table in page.extract_tables() for row in table if any(row)]


def _page(lines: list[str], cells: Sequence[Sequence[str]], before: RawMotion | None, spot: Spot,
          notes: Notes) -> RawMotion | None:
    """A new vote, or None: the page goes on with the one before."""
    text = "\n".join(map(clean, lines))
    header = HEADER.search(text)
    votes = _votes(lines, cells, spot)
    if not header:
        if before is None or not votes:
            notes.add("source", spot, "немає заголовка «РЕЗУЛЬТАТИ ПОІМЕННОГО ГОЛОСУВАННЯ» і голосів.")
        else:
            before.votes += votes
            _totals(before, _tail(lines))
        return None
    head = _head(lines, votes)
    day, at = moment_of(head)
    day = day or written_day(PurePosixPath(spot.file).stem)
    motion = RawMotion(spot, session=_session(head), held_at=at, held_on=day, body=_body(head),
                       is_secret=bool(SECRET.search(header[0])), votes=votes)
    motion.title, motion.text, number = _question(head, header[0])
    if re.search(r"^процедурне", head, re.I | re.M):  # its number is that of the vote
        motion.title, motion.text = "", re.sub(r"^\d{1,3}\.\s+", "", motion.text)
    if item := ITEM.search(head):
        motion.item = item[1]
    if said := NUMBER.search(head):
        number = said[1] or said["n"]
    motion.seq = f"-{int(number)}" if number else ""
    _totals(motion, _tail(lines))
    return motion


def _votes(lines: Sequence[str], cells: Sequence[Sequence[str]], spot: Spot) -> list[RawVote]:
    """The names and votes of a page, from whichever reading tells more of them."""
    ruled = list(_from_cells(cells, spot))
    written = [RawVote(match["name"], match["word"], spot) for line in lines for match in _pairs(line)]
    return ruled if len(ruled) >= len(written) else written


def _pairs(line: str) -> list[re.Match[str]]:
    """Names with votes in a line; Latin look-alikes are taken for what they look like."""
    return [match for match in PAIR.finditer(clean(line).translate(TWINS)) if not TOTALS.match(match["name"])]


def _from_cells(cells: Sequence[Sequence[str]], spot: Spot) -> Iterator[RawVote]:
    """A name is followed by its vote; what stands beside it (a faction, which may look like a name) is neither."""
    for row in cells:
        filled = [cell for cell in row if cell]
        name = ""
        for cell in filled:
            if name and option_of(cell):
                yield RawVote(name, cell, spot)
                name = ""
            elif _is_name(cell) and (not name or (FULL_NAME.search(cell) and not FULL_NAME.search(name))):
                name = re.sub(r"^\d{1,3}[.)]?\s+", "", cell)
        for cell in filled:
            yield from (RawVote(match["name"], match["word"], spot) for match in _pairs(cell))


def _is_name(cell: str) -> bool:
    """True for a name, with its number or without, and for one that is masked."""
    if option_of(cell):
        return False
    is_name = re.fullmatch(rf"(?:\d{{1,3}}[.)]?\s+)?{NAME}", cell) and not FACTION.search(cell)
    return bool(is_name) or (is_masked(cell) and "." in cell and not cell.strip(" .").isdigit())


def _head(lines: Sequence[str], votes: Sequence[RawVote]) -> str:
    """The lines above the table of names."""
    first = cyrillic(votes[0].name.split()[0]) if votes and not is_masked(votes[0].name) else ""
    kept: list[str] = []
    for line in lines:
        text = clean(line)
        if (first and _pairs(text)) or re.match(r"№\s*(?:з/п|п/п)?\s*прізвищ|прізвищ|п\.?\s?і\.?\s?б", text, re.I):
            break
        kept.append(text)
    return "\n".join(kept)


def _tail(lines: Sequence[str]) -> str:
    """The lines that are no names: totals may stand above or below the table."""
    return "\n".join(text for line in lines if not _pairs(text := clean(line)))


def _totals(motion: RawMotion, text: str) -> None:
    plain = QUOTED.sub(" ", text)
    for option, form in COUNTS:
        if match := form.search(plain):
            motion.counts.setdefault(option, int(match[1]))
            plain = plain[: match.start()] + " " + plain[match.end():]
    if motion.total is None and (match := TOTAL.search(plain)):
        motion.total = number_of(match[1])
    if not motion.result and (match := RESULT.search(plain) or LONE_RESULT.search(plain)):
        motion.result = match[0]


def _session(head: str) -> str:
    return next((line for line in head.split("\n")
                 if session_of(line).type and not line.lower().startswith("про ")), "")


def _body(head: str) -> str:
    return next((line for line in head.split("\n")
                 if re.search(r"\b(рада|ради)\b", line, re.I) and len(line) < 120 and "сесі" not in line.lower()), "")


def _question(head: str, header: str) -> tuple[str, str, str]:
    """(the question of the agenda, what was put to the vote, the number of the vote) as far as the head tells them.

    What is put to the vote stands in quotes or below the header; some systems have «№: 5 За основу» under the question.
    """
    below = head.partition(header)[2].lstrip(" :.")
    lines = [LABEL.sub("", line) for line in below.split("\n") if line and not NO_GOAL.match(line)]
    goal = next((match["goal"] for match in map(GOAL.match, lines) if match), "")
    lines = [line for line in lines if not GOAL.match(line)]
    at = next((at for at, line in enumerate(lines) if VOTE_LINE.match(line) and not DATED.search(line)), None)
    number = VOTE_LINE.match(lines[at]) if at is not None else next(filter(None, map(VOTE_BEFORE.match, lines)), None)
    if match := QUOTED.search(head):
        return "", clean(match["text"]), number["n"] if number else ""
    if at is not None and number:
        question = clean(" ".join(line for line in lines[:at] if not NO_QUESTION.match(line)))
        return question, clean(number["goal"] or ""), number["n"]
    start = next((at for at, line in enumerate(lines) if re.match(r"про\b", line, re.I)), None)
    words = lines[start:] if start is not None else [line for line in lines if not NO_QUESTION.match(line)]
    kept = list(takewhile(lambda line: not re.match(r"за\s*[:–—-]\s*\d|(?:не\s+)?прийнято\b", line, re.I), words))
    question, seq = clean(" ".join(kept)), number["n"] if number else ""
    return (question, clean(goal), seq) if PUT.search(goal) else ("", question, seq)
