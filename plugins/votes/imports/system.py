"""JSON of the electronic voting systems → raw votes.

One file a vote, or a list of votes; keys `DocTime GLTime OrgName SName GLType PD_NPP GL_Text DPList YESCnt NOCnt
UTRCnt NGCnt TotalCnt RESULT` in any case. Files hold raw line breaks inside strings, unescaped quotes, trailing commas,
numbers as text, a byte order mark, the Windows encoding.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import Any

from plugins.ukrainian import clean
from plugins.votes.model import VoteOption

from .files import Blob, text_of
from .raw import Notes, RawMotion, RawVote, Refused, Spot
from .words import moment_of, number_of

COUNTS = {"yescnt": VoteOption.YES, "nocnt": VoteOption.NO, "utrcnt": VoteOption.ABSTAIN,
          "ngcnt": VoteOption.NOT_VOTING, "abscnt": VoteOption.ABSENT, "vidcnt": VoteOption.ABSENT}
NEEDED = "dplist"
DEEPEST = 6
FILE_NAME = re.compile(r"(?P<day>\d{6}|\d{8})[_-](?P<n>\d{1,5})")
NAME_KEY, WORD_KEY, ID_KEYS = "dpname", "dpgolos", ("dpid", "dpnum", "dpnpp", "dpcard")


def read(blob: Blob, notes: Notes) -> list[RawMotion]:
    """The votes of a file. Errors: Refused."""
    text = text_of(blob)
    found = list(_votes_in(_parsed(text, blob, notes), DEEPEST))
    if not found:
        raise Refused("у файлі немає голосування: бракує переліку DPList.")
    lines = _Lines(text)
    return [_motion(vote, blob, lines, notes) for vote in found]


def _parsed(text: str, blob: Blob, notes: Notes) -> Any:
    """The value of a JSON text; control characters inside strings are allowed. Errors: Refused."""
    for words in ("", "JSON записано з помилками (лапки чи коми); прочитано, як зрозуміло."):
        mended = _mended(text) if words else text
        try:
            value = json.loads(mended, strict=False, parse_float=str, parse_int=str, parse_constant=str)
        except (ValueError, RecursionError) as error:
            problem = error
            continue
        if words:
            notes.remark(blob.name, words)
        return value
    line = getattr(problem, "lineno", 0)
    raise Refused(f"це не JSON: {'рядок ' + str(line) if line else 'зіпсований файл'}.")


def _mended(text: str) -> str:
    """The text with quotes inside of strings escaped and without commas before a closing bracket."""
    out: list[str] = []
    inside = False
    for at, sign in enumerate(text):
        if sign == "\\" and inside and text[at + 1:at + 2] not in tuple('"\\/bfnrtu'):
            out.append("\\\\")
        elif sign != '"' or (at and text[at - 1] == "\\" and inside):
            out.append(sign)
        elif not inside:
            inside = True
            out.append(sign)
        elif re.match(r'"\s*(?:[:}\]]|,\s*(?:["{\[\]}]|-?\d|null|true|false)|$)', text[at:at + 200]):
            inside = False
            out.append(sign)
        else:
            out.append('\\"')
    return re.sub(r",(\s*[}\]])", r"\1", "".join(out))


def _votes_in(value: Any, depth: int) -> Iterator[dict[str, Any]]:
    """Objects that hold a list of deputies, wherever they stand; keys in lower case."""
    if isinstance(value, dict):
        lower = {clean(key).lower(): inner for key, inner in value.items()}
        if isinstance(lower.get(NEEDED), list | dict):
            yield lower
        elif depth:
            for inner in value.values():
                yield from _votes_in(inner, depth - 1)
    elif isinstance(value, list) and depth:
        for inner in value:
            yield from _votes_in(inner, depth - 1)


class _Lines:
    """Where things stand in a text: the n-th name, the n-th list of deputies."""

    def __init__(self, text: str) -> None:
        self.breaks = [match.start() for match in re.finditer("\n", text)]
        self.names = self._all(text, NAME_KEY)
        self.lists = self._all(text, NEEDED)
        self.next_name = self.next_list = 0

    @staticmethod
    def _all(text: str, key: str) -> list[int]:
        return [match.start() for match in re.finditer(rf'"\s*{key}\s*"\s*:', text, re.I)]

    def line(self, at: int) -> int:
        return bisect_left(self.breaks, at) + 1

    def name(self) -> int:
        """The line of the next deputy."""
        self.next_name += 1
        return self.line(self.names[self.next_name - 1]) if self.next_name <= len(self.names) else 0

    def vote(self) -> int:
        """The line of the next list of deputies."""
        self.next_list += 1
        return self.line(self.lists[self.next_list - 1]) if self.next_list <= len(self.lists) else 0


def _motion(vote: dict[str, Any], blob: Blob, lines: _Lines, notes: Notes) -> RawMotion:
    line = lines.vote()
    spot = Spot(blob.name, line if line > 1 and lines.next_list > 1 else 0)
    motion = RawMotion(spot, body=_text(vote, "orgname"), session=_text(vote, "sname"),
                       item=_text(vote, "pd_npp", "pdnpp"), title=_text(vote, "pd_fullname"),
                       text=_text(vote, "gl_text", "gltext"), result=_text(vote, "result"),
                       is_secret="таємн" in _text(vote, "gltype").lower())
    day, at = moment_of(_text(vote, "gltime"))
    if day is None:
        day, at = moment_of(_text(vote, "doctime"))
        if day:
            notes.remark(spot, "часу голосування (GLTime) немає; узято час документа (DocTime).")
    motion.held_on, motion.held_at = day, at
    name = FILE_NAME.fullmatch(blob.stem)
    motion.seq = f"{name['day'][-6:]}-{int(name['n'])}" if name and not lines.next_list > 1 else ""
    for key, option in COUNTS.items():
        if key in vote:
            motion.counts |= _count(vote[key], key, option, spot, notes)
    motion.total = number_of(vote.get("totalcnt"))
    motion.votes = list(_deputies(vote[NEEDED], blob, lines, notes))
    return motion


def _text(vote: dict[str, Any], *keys: str) -> str:
    value = next((vote[key] for key in keys if vote.get(key) is not None), "")
    return clean(value) if isinstance(value, str) else ""


def _count(value: Any, key: str, option: VoteOption, spot: Spot, notes: Notes) -> dict[VoteOption, int]:
    found = number_of(value)
    if found is None:
        if clean(value):
            notes.add("counts", spot, f"{key.upper()}: «{clean(value)[:40]}» не число.")
        return {}
    return {option: found}


def _deputies(listed: Any, blob: Blob, lines: _Lines, notes: Notes) -> Iterator[RawVote]:
    """The list of deputies; some systems wrap it once more (`{"DP": […]}`), some give pairs name → vote."""
    if isinstance(listed, dict):
        inner = [value for value in listed.values() if isinstance(value, list)]
        listed = inner[0] if len(inner) == 1 else [{NAME_KEY: key, WORD_KEY: value} for key, value in listed.items()]
    for number, item in enumerate(listed, 1):
        line = lines.name()
        spot = Spot(blob.name, line) if line else Spot(blob.name, 0, f"депутат № {number}")
        if not isinstance(item, dict):
            notes.add("source", spot, f"у переліку DPList запис № {number} не має прізвища й голосу.")
            continue
        lower = {clean(key).lower(): value for key, value in item.items()}
        name, word = _text(lower, NAME_KEY), _text(lower, WORD_KEY)
        ident = next((_text(lower, key) for key in ID_KEYS if _text(lower, key)), "")
        if name or word or ident:  # some systems end the list with an empty record
            yield RawVote(name, word, spot, ident)
