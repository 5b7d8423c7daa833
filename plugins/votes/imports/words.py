"""How sources spell what is meant: votes, results, numbers, moments, sessions, kinds of motions."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from plugins.meetings.model import MeetingType, MotionType, Requirement, VoteResult
from plugins.ukrainian import DAY, KYIV, NUMERAL, clean, cyrillic, numeral, written_day
from plugins.votes.model import VoteOption

ABSENT_SIGNS = re.compile(r"(?:[.·•]\s*){3,}|(?:…\s*)+|0+")
OPTION_STEMS = (
    ("не голос", VoteOption.NOT_VOTING), ("неголос", VoteOption.NOT_VOTING), ("утрим", VoteOption.ABSTAIN),
    ("втрим", VoteOption.ABSTAIN), ("відсутн", VoteOption.ABSENT), ("проти", VoteOption.NO),
)
TIME = re.compile(r"(?<![\d:.])(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?(?![\d:])")
WITH_OFFSET = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?(?:Z|[+-]\d{2}:?\d{2})", re.I)
NUMBERED = rf"(?P<n>{NUMERAL})(?:[\s-]*(?:ї|а|ої|го|те|е|є|ша|га|тя|му))?"
SESSION = re.compile(rf"{NUMBERED}[\s,(]*(?:(?:поза)?чергов\w*[\s,)]*)?сесі", re.I)
SESSION_NUMBER = re.compile(r"сесі\w*\s*№?\s*(?P<n>\d{1,3})(?![\d.])(?!\s*скликан)", re.I)
CONVOCATION = re.compile(rf"{NUMBERED}\s*скликан", re.I)
SITTING = re.compile(rf"{NUMBERED}\s*пленарн", re.I)
NO_VOTE = re.compile(r"^не\s*голосува(?:ли|лося|лось|но)\W*$")


# --------------------------------------------------------------------------- votes

@lru_cache(maxsize=4_096)
def option_of(word: str) -> VoteOption | None:
    """The option that a source's word means; None for a word that is not known."""
    text = clean(word)
    if ABSENT_SIGNS.fullmatch(text):
        return VoteOption.ABSENT
    key = " ".join(cyrillic(part) for part in text.strip(" .,;:«»\"'!").split())
    if key == "за":
        return VoteOption.YES
    return next((option for stem, option in OPTION_STEMS
                 if key.startswith(stem) and (stem != "проти" or key == stem)), None)


def result_of(text: str) -> VoteResult | None:
    """« РІШЕННЯ НЕ ПРИЙНЯТО », «Прийнято», «Не голосували»; None where the words say neither."""
    key = " ".join(cyrillic(part) for part in clean(text).split())
    if NO_VOTE.search(key) and not is_not_considered(text):
        return VoteResult.FAIL
    if re.search(r"\bне\s*((було|бул[аи]|є)\s+)?(прийн|ухвал|підтрим|затвердж|набра)|відхил", key):
        return VoteResult.FAIL
    return VoteResult.PASS if re.search("прийн|ухвал|підтрим|затвердж", key) else None


def is_not_considered(text: str) -> bool:
    """«Не розглядали»: of the results of the national table the one that tells of no vote."""
    return bool(re.search(r"\bне\s*розгля(?:д|н)", " ".join(cyrillic(part) for part in clean(text).split())))


def is_not_put(text: str) -> bool:
    """«Не розглядали», «Не голосували»: the question may have come to no vote at all."""
    key = " ".join(cyrillic(part) for part in clean(text).split())
    return is_not_considered(text) or bool(NO_VOTE.search(key))


def number_of(value: object) -> int | None:
    """`20`, `"20"`, `" 20 "`, `20.0`; None for anything else."""
    if isinstance(value, bool) or value is None:
        return None
    text = clean(value)
    return int(float(text)) if re.fullmatch(r"[0-9]{1,6}(?:\.0+)?", text) else None


# --------------------------------------------------------------------------- time

def moment_of(text: str) -> tuple[date | None, datetime | None]:
    """The day and, where the hour is said too, the local moment: «24.02.2021 10:35:12», «2021-02-24T10:35Z»."""
    if match := WITH_OFFSET.search(text):
        with suppress(ValueError):  # no such day or hour
            found = datetime.fromisoformat(match[0].replace(" ", "T")).astimezone(KYIV)
            return found.date(), found.replace(tzinfo=None, microsecond=0)
    day = written_day(text.replace("T", " "))
    if day is None:
        return None, None
    at = time_of(DAY.sub(" ", text.replace("T", " ")))
    return day, datetime(day.year, day.month, day.day, *at) if at else None  # noqa: DTZ001 — local time of Kyiv


def time_of(text: str) -> tuple[int, int, int] | None:
    """The first hour in a text."""
    match = TIME.search(text)
    if not match or int(match[1]) > 23 or int(match[2]) > 59 or int(match[3] or 0) > 59:
        return None
    return int(match[1]), int(match[2]), int(match[3] or 0)


# --------------------------------------------------------------------------- sessions

@dataclass(frozen=True, slots=True)
class SessionName:
    """What «Пленарне засідання N сесії M скликання» says; None where it says nothing."""

    type: MeetingType | None = None
    session: int | None = None
    convocation: int | None = None
    sitting: int | None = None
    is_extraordinary: bool = False


def session_of(text: str) -> SessionName:
    """The name of a session in its parts; numerals may be digits, Roman with look-alikes, or words."""
    key = clean(text)
    lower = key.lower()
    kind = next((found for stem, found in (
        ("пленарн", MeetingType.PLENARY), ("викон", MeetingType.EXECUTIVE), ("комісі", MeetingType.COMMITTEE),
        ("сесі", MeetingType.PLENARY)) if stem in lower), None)
    return SessionName(kind, _numeral(SESSION, key) or _numeral(SESSION_NUMBER, key), _numeral(CONVOCATION, key),
                       _numeral(SITTING, key), "позачергов" in lower)


def _numeral(form: re.Pattern[str], text: str) -> int | None:
    for match in form.finditer(text):
        if (value := numeral(match["n"])) is not None:
            return value
    return None


# --------------------------------------------------------------------------- motions

def motion_type_of(text: str, has_item: bool) -> MotionType:
    """What is put to the vote, by the words of the motion."""
    lower = clean(text).lower()
    if "за основу" in lower:
        return MotionType.FINAL if re.search(r"[ув]\s*цілому", lower) else MotionType.BASIS
    if re.search(r"\b[ув]\s+цілому", lower):
        return MotionType.WHOLE
    if re.match(r"(пропозиц|поправк|правк)", lower) or "поправк" in lower:
        return MotionType.AMENDMENT
    if not has_item or (re.search(r"перерв|порядок денний|порядку денного|регламент|без обговорення|процедур|"
                                 r"припинити обговорення|лічильн", lower) and not lower.startswith("про ")):
        return MotionType.PROCEDURAL
    return MotionType.FINAL


def requirement_of(text: str) -> Requirement:
    """Two thirds where the motion says so; the majority of the general composition elsewhere."""
    said = re.search(r"2/3|дв(ома|і|ох)\s+третин", text.lower())
    return Requirement.TWO_THIRDS if said else Requirement.MAJORITY


# --------------------------------------------------------------------------- names

def is_masked(name: str) -> bool:
    """True for `. .. ..`, `***`, an empty cell: there is no letter of a name."""
    return not any(sign.isalpha() for sign in name)
