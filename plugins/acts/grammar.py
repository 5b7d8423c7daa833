"""How documents of the council are cited in Ukrainian texts: «пункт 3 рішення міської ради від 24.02.2021 № 5-1/8».

Only citations that name nothing foreign are found: between «рішення» and the date stand words of this list or the
council's own name, so that acts of the state, of courts and of other councils are passed over. Pure: text in,
citations out; whether there is such a document, `citations.py` tells.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from plugins.records import frozen, may_cite
from plugins.records.late import late
from plugins.ukrainian import MONTHS_GENITIVE

DECISION, ORDER = "decision", "order"
COUNCIL, EXECUTIVE, MAYOR = "council", "executive", "mayor"

CASES = "(?:ня|ням|ні|нях|нями|ню|ь)"
HEAD = late(rf"\b(?:[рР]ішен{CASES}|РІШЕННЯ[МХ]?|[рР]іш\.|[рР]озпоряджен{CASES}|РОЗПОРЯДЖЕННЯ[МХ]?|[рР]озп\.)"
            r"(?!\w)")
DRAFT_BEFORE = late(r"про[єе]кт\w*+\s++$", re.I)
# Spaces are taken whole (`*+`, `++`): a row of blanks in a form would else be tried in all its divisions.
DAY = (r"(?:[0-9]{1,2}[./]\s?[0-9]{1,2}[./]\s?(?:[0-9]{4}|[0-9]{2})(?![0-9])"
       rf"|[«\"“]?[0-9]{{1,2}}(?:-?го)?[»\"”]?\s++(?i:{'|'.join(MONTHS_GENITIVE)})\s++[0-9]{{4}})(?:\s*+(?i:року|рік|р\.|р\b))?")
WRITTEN_DAY = late(r"[^0-9]*([0-9]{1,2})[^0-9]*?(?:[./]\s?([0-9]{1,2})[./]\s?|\s+([а-яєії]+)\s+)"
                   r"([0-9]{4}|[0-9]{2})", re.I)
DONE = r",?\s++(?:прийнят|ухвален|видан|підписан)\w{1,3}"
FROM = r"(?i:від|за)\s++"
SIGN = r"(?:№+(?:\s*+№)?|N[oоº°]?\.?(?=\s?[0-9]))\s*+"
NUMBER = (r"[0-9][0-9A-Za-zА-ЯІЇЄҐа-яіїєґ]*+(?:(?:[/‐‑–-]|\.(?=[0-9])|\s?/\s?(?=[0-9IVXІХ]++(?!\w))"
          r"|\s[‐‑–-]\s(?=[0-9]++\s?/))[0-9A-Za-zА-ЯІЇЄҐа-яіїєґ]++)*+")
IN_QUOTES = (r"(?:«(?:[^«»<>]|«[^«»<>]{0,300}»){1,400}»|“[^”<>]{1,300}”|„[^“”<>]{1,300}[“”]"
             r"|\"[^\"<>]{1,300}\"|&(?:quot|#34);[^&<>]{1,300}&(?:quot|#34);)")
ASIDE = rf"(?:\s*+{IN_QUOTES})?(?:\s*+\([^()<>]{{1,150}}\))?"
FIRST = late(rf"{ASIDE}(?:{DONE})?\s*+(?:,|:(?=\s*+{FROM}))?\s*+(?:{FROM})?(?P<before>{DAY})?{ASIDE}\s*+,?\s*+"
             rf"(?:(?i:за)\s++)?(?P<sign>{SIGN})(?P<number>{NUMBER})"
             rf"(?(before)|(?:(?:\s*+,\s*+|\s++)(?i:від)\s++(?P<after>{DAY}))?)")
NEXT = late(rf"{ASIDE}\s*+(?:[,;](?:\s*+(?:та|і|й)(?=\s))?|(?<=\s)(?:та|і|й)(?=\s))\s*+"
            rf"(?P<whole>(?:(?:{FROM})?(?P<before>{DAY})\s*+,?\s*+)?(?:(?i:за)\s++)?(?P<sign>{SIGN})?"
            rf"(?P<number>{NUMBER})(?(before)|(?:(?:\s*+,\s*+|\s++)(?i:від)\s++(?P<after>{DAY}))?))")

STEP = r"[0-9]{1,3}(?:[.-][0-9]{1,3})*[⁰¹²³⁴⁵⁶⁷⁸⁹]*\.?"
STEPS = rf"{STEP}(?:(?:\s*,\s*|\s+(?:та|і|й)\s+){STEP})*"
MORE_STEPS = late(rf"({STEP})(?:(?:\s*,\s*|\s+(?:та|і|й)\s+){STEP})+")
POINT = rf"(?:підпункт\w*|пункт\w*|пп?\.|п\.п\.)\s*{STEPS}"
PLACE = late(rf"(?<!\w)(?:(?P<points>{POINT}(?:\s+{POINT})?)\s+)?"
             rf"(?:(?P<annex>[дД]одат(?:ок|к)\w*(?:\s*(?:№\s*)?[0-9]{{1,2}})?)\s+до\s+)?$", re.I)
HEADS = ("ішен", "озпор", "іш.", "озп.", "ІШЕН", "ОЗПОР")
"""What every text with a citation holds: looked for before any pattern."""
REACH = 700
"""Signs between «рішення» and its number: a title in quotes may stand there."""
WINDOW = 160
"""Signs before «рішення» in which its point is named."""

EXECUTIVES = (r"виконавч\w+\s+комітет\w*|виконком\w*|викон?\.\s?ком(?:\.|ітет\w*)|в/к(?!\w)|міськвиконком\w*|МВК(?!\w)")
STROKE = "(?:[’'ʼ]|&#39;)"
ORDINALS = (rf"(?:(?:двадцят|тридцят|сорок|п{STROKE}ятдесят|шістдесят|сімдесят|вісімдесят|дев{STROKE}яност|сто)\w*\s+)?"
            rf"(?:перш|друг|трет|четверт|п{STROKE}ят|шост|сьом|восьм|дев{STROKE}ят|десят|\w{{3,9}}надцят|двадцят|тридцят"
            rf"|сороков|(?:п{STROKE}я|шіст|сім|вісім)[а-яіїє]?десят|дев{STROKE}яност)\w*")
COUNTED = rf"(?:[0-9]{{1,3}}(?:-?[а-яіїє]{{1,3}})?|[IVXLІХ]{{1,8}}|{ORDINALS})"
SESSIONS = (rf"(?:{COUNTED}\s+)?(?:(?:поза)?чергов\w+\s+)?(?:{COUNTED}\s+)?сесі\w+|{COUNTED}\s+скликання"
            r"|пленарн\w+\s+засідан\w+")
HEAD_OF_TOWN = r"голов\w{1,3}|мер\w{1,2}|секретар\w{1,3}|(?:т\.\s?)?в\.\s?о\.|викону\w+\s+обов\S{1,5}яз\w+"
OWNER_AFTER = late(r"(?:(?:\s+[\w’'ʼ-]{2,40}(?:ого|ої|их)){0,6}\s+(?:ради|суду|комітету|виконкому|адміністрації"
                   r"|голови|міністерства|комісії|начальника)(?!\w)){1,4}", re.I)
"""Whose a document is, after its number: «рішення від 24.02.2021 № 5 Стрийської міської ради»."""
MANY = late(r"(?:ями|ях|ень|ЯМИ|ЯХ|ЕНЬ)$")
LIST_GOES_ON = late(r"\s*(?:[,;.)<(«]|(?:та|і|й|від)\s|$)")


@frozen
class Citation:
    """One document that a text cites; `start` and `end` bound the words that become its link.

    `body`: council, executive, mayor, or empty where the text names none; `place`: what of it is meant («пункт 3»).
    """

    start: int
    end: int
    type: str
    body: str
    on: date | None
    number: str
    place: str = ""


@dataclass(slots=True)
class _Item:
    """A number while the list it stands in is still being read."""

    start: int
    end: int
    on: date | None
    number: str


INLINE = late(r"</?(?:strong|em|b|i|u|s|del|ins|mark|small|sup|sub|span)(?:\s[^<>]*)?>")
LISTED = late(r"(?:(?:[рР]ішен|[рР]озпоряджен)\w{1,4}|РІШЕННЯМ\w?|РОЗПОРЯДЖЕННЯМ\w?)[^<>:№]{0,120}:"
              r"\s*(?:</p>\s*)?<(?P<list>[uo]l)\b[^<>]*>.*?</(?P=list)>", re.S)
"""A list that goes on with «рішеннями міської ради:»."""
NEXT_ITEM = late(r"(?P<sign>[;,]?)(?P<gap>\s*(?:</p>\s*)?</li>\s*<li\b[^<>]*>\s*(?:<p>)?)")
LIST_BEGINS = late(r"</p>\s*|<[uo]l\b[^<>]*>\s*<li\b[^<>]*>\s*(?:<p>)?")


def without_marks(text: str) -> str:
    """The text with blanks for the marks that cut no citation; all places stay as they are."""
    if "<" not in text:
        return text
    text = INLINE.sub(lambda mark: " " * len(mark[0]), text)
    return LISTED.sub(lambda found: _as_a_row(found[0]), text) if "<li" in text else text


def _as_a_row(words: str) -> str:
    """«рішеннями ради:» and its list as «рішеннями ради: … ; …»."""
    row = NEXT_ITEM.sub(lambda item: (item["sign"] or ";") + " " * (len(item[0]) - 1), words)
    return LIST_BEGINS.sub(lambda mark: " " * len(mark[0]), row)


@lru_cache(maxsize=8)
def words_between(council: str) -> re.Pattern[str]:
    """What may stand between «рішення» and its date: words for bodies and sessions, the council's own name."""
    own = "|".join(_declined(word) for word in council.split())
    short = rf"(?:{'|'.join(_short(word) for word in council.split())})рад\w{{1,2}}"
    return re.compile(rf"(?:\s+(?:{EXECUTIVES}|{SESSIONS}|{short}|{own}|рад(?:а|и|і|у|ою)|"
                      rf"{HEAD_OF_TOWN})(?!\w)|{DONE}(?!\w))*", re.I)


def _declined(word: str) -> str:
    """Any case of a word of the council's name."""
    return re.sub("['’ʼ]", lambda _: STROKE, re.escape(word[:-1])) + r"\w{1,3}"


def _short(word: str) -> str:
    """«міська» → «міськ», as in «міськрада»; words that make no such compound match nothing."""
    return {"місь": "міськ", "сіль": "сіль", "сели": "селищ"}.get(word.lower()[:4], r"(?!)")


def citations(text: str, council: str, is_number: Callable[[str, str], bool]) -> Iterator[Citation]:
    """All citations of decisions and orders in a text or in HTML, in their order.

    Bold and slanted words cut none, and a list after «рішеннями ради:» goes on with it; a citation that a mark of HTML
    stands in is bounded behind that mark, so that its link crosses none.

    `council`: its full name in the nominative; `is_number(type, number)` tells whether a bare number in a list looks
    like one of the council's own (after «№» any will do).
    """
    if not may_cite(text):
        return
    if "iш" in text or "вiд" in text or "мiс" in text:  # a Latin i in Ukrainian words; all places stay as they are
        text = text.replace("i", "і")
    if not any(word in text for word in HEADS):
        return
    marked, text = text, without_marks(text)
    between = words_between(council)
    past = 0
    for head in _heads(text):
        gap = between.match(text, head.end())
        assert gap
        first = FIRST.match(text, gap.end()) if head.start() >= past else None
        if not first or DRAFT_BEFORE.search(text, max(0, head.start() - 20), head.start()):
            continue
        kind = ORDER if head[0].lower().startswith("роз") else DECISION
        items = list(_items(text, first, kind, is_number, MANY.search(head[0]) is not None))
        body = _body(gap[0], kind)
        if not body and (owner := OWNER_AFTER.match(text, items[-1].end)):
            if not between.fullmatch(owner[0]):
                past = items[-1].end
                continue  # another council's, a court's
            body = _body(owner[0], kind)
        place, start = _place_before(text, head.start())
        items[0].start = start
        past = items[-1].end
        for item in items:
            item.start = _behind_marks(marked, item)
        for index, item in enumerate(items):
            yield Citation(item.start, item.end, kind, body, item.on, item.number,
                           place if index == 0 else "")


def _behind_marks(text: str, item: _Item) -> int:
    """Where the words of a citation begin behind the last mark of HTML that stands in them."""
    mark = text.rfind(">", item.start, item.end)
    return item.end - len(text[mark + 1:item.end].lstrip()) if mark >= 0 else item.start


def _heads(text: str) -> Iterator[re.Match[str]]:
    """«рішення», «розпорядження» not far before a sign of a number."""
    past = 0
    for sign in sorted(_found(text, "№", "") + _found(text, "N", "0123456789")):
        if sign > past:
            yield from HEAD.finditer(text, max(past, sign - REACH), sign)
            past = sign


def _found(text: str, sign: str, followed_by: str) -> list[int]:
    """Where a sign stands; looked for by letters, as that is many times faster than a pattern."""
    places: list[int] = []
    place = text.find(sign)
    while place >= 0:
        if not followed_by or any(digit in text[place + 1:place + 5] for digit in followed_by):
            places.append(place)
        place = text.find(sign, place + 1)
    return places


def _items(text: str, first: re.Match[str], kind: str, is_number: Callable[[str, str], bool],
           is_plural: bool) -> Iterator[_Item]:
    """The numbers of a list; one date may stand before or after all of them."""
    items = [_Item(first.start("sign"), first.end(), day_of(first["after"] or first["before"]), first["number"])]
    is_many = is_plural or first["sign"].count("№") > 1
    match = NEXT.match(text, first.end())
    while match and (match["sign"] or (is_many and _is_one_more(text, match)) or is_number(kind, match["number"])):
        on = day_of(match["after"] or match["before"]) or (items[-1].on if not match["after"] else None)
        items.append(_Item(match.start("whole"), match.end(), on, match["number"]))
        match = NEXT.match(text, match.end())
    later: date | None = None
    for item in reversed(items):
        later = item.on = item.on or later
    yield from items


def _is_one_more(text: str, match: re.Match[str]) -> bool:
    """True for a bare number in «№№ 74, 75 і 76», not for «№№ 74, 75 і 12 осіб»."""
    return not match["before"] and LIST_GOES_ON.match(text, match.end()) is not None


def _body(words: str, kind: str) -> str:
    words = words.lower()
    if re.search(r"виконавч|виконк|вик(?:он)?\.|в/к|мвк", words):
        return EXECUTIVE
    if kind == ORDER:
        return MAYOR if re.search(r"\w\s+голов|\bмер|секретар", words) else ""
    return COUNCIL if re.search(r"рад|сесі", words) else ""


def _place_before(text: str, start: int) -> tuple[str, int]:
    """(the point or annex that stands before a citation, where the whole begins)."""
    low = max(0, start - WINDOW)
    window = text[low:start]
    at = max(window.rfind(">"), window.rfind(";"))
    for match in re.finditer(r"(?<!\w)(?=[пПдД])", window[at + 1:]):
        found = PLACE.match(window, at + 1 + match.start())
        if found and found[0].strip():
            return _first_of(" ".join(part for part in (found["points"], found["annex"]) if part)), low + found.start()
    return "", start


def _first_of(place: str) -> str:
    """The first of several points, words in full: «пп. 1, 2 п. 3» → «підпункт 1 пункт 3»."""
    words = MORE_STEPS.sub(r"\1", place)
    words = re.sub(r"(?<!\w)п\.?п\.", "підпункт ", words, flags=re.I)
    words = re.sub(r"(?<!\w)п\.", "пункт ", words, flags=re.I)
    return " ".join(words.split())


def day_of(text: str | None) -> date | None:
    """«24.02.2021 р.», «19 листопада 2026 року» → the day; None for one that is not in the calendar."""
    match = WRITTEN_DAY.match(text) if text else None
    if not match:
        return None
    year = int(match[4]) + (2000 if len(match[4]) == 2 else 0)
    try:
        return date(year, int(match[2]) if match[2] else MONTHS_GENITIVE.index(match[3].lower()) + 1, int(match[1]))
    except ValueError:
        return None
