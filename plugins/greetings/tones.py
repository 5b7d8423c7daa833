"""The three voices of a greeting: what each signs off with, and which words do not belong to it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from plugins.records import Code, Term, Weight, code
from plugins.ukrainian.words import APOSTROPHES, LATIN_TO_CYRILLIC

TONE = code("TONE", "У день пам’яті не вітають і не ставлять знака оклику.",
            "tone: remembrance, title: Вітаємо!", "tone: remembrance, title: Вшановуємо пам’ять")
MOURNING = code("MOURNING", "У слові до свята немає слів жалоби; якщо вони потрібні, це інший голос.",
                "tone: joy, текст: Схиляємо голови.", "tone: remembrance, текст: Схиляємо голови.")


class Tone(Term):
    """The voice of a greeting."""

    JOY = "joy", "Привітання"
    REMEMBRANCE = "remembrance", "Слово пам’яті"
    PROFESSIONAL = "professional", "Привітання з професійним святом"


SIGN_OFFS = {Tone.JOY: "З повагою від імені громади", Tone.PROFESSIONAL: "З повагою і вдячністю",
             Tone.REMEMBRANCE: "З сумом і шаною"}
DAYS_OF = {Tone.JOY: "свято", Tone.PROFESSIONAL: "професійний день", Tone.REMEMBRANCE: "день пам’яті"}
"""What a day of each voice is called."""
SALUTATIONS = {Tone.JOY: "Шановні мешканці громади!", Tone.PROFESSIONAL: "Шановні колеги!",
               Tone.REMEMBRANCE: "Шановні мешканці громади."}
"""What a draft begins with until its author says whom it is for."""

COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.S)
UNSEEN = re.compile("[\u00ad\u0300\u0301\u200b-\u200d\u2060\ufeff*_]")
"""What stands inside a word and is not seen on the page: soft hyphens, stress marks, the signs of emphasis."""
LOOK_ALIKES = str.maketrans(LATIN_TO_CYRILLIC | dict.fromkeys(APOSTROPHES, "’"))
ENTITY = re.compile(r"&(?:excl|#0*33|#x0*21);", re.I)
EXCLAMATION = re.compile(r"[!！‼⁉]")
PICTURE = re.compile(r"!(?=\[)")
CONGRATULATION = re.compile(
    r"\b(?:при|по)?віта(?:ю|єш|ємо|єте|є|ють|ймо|йте|й|ти|тися|в|ла|ло|ли|но|ння|нню|нням|нні|ннях|ннями|нь|ючи|вши"
    r"|льн\w+)\b")
FEAST = re.compile(r"\b(?:зі|із|з)\s+(?:[\w’-]+\s+){0,3}?свят(?:ом|ами|еньком)\b")
WITH_THE_DAY = re.compile(r"\bз(?:і|із)?\s+(?:[\w’-]+\s+)?днем\b")
GRIEF = re.compile(
    r"\b(?:вічн\w+\s+пам’ят\w+|світл\w+\s+пам’ят\w+|схил(?:яє|ил|я)\w*\s+голов\w+|схил(?:яємо|ім|імо)ся\s+перед"
    r"|скорб\w+|жалоб\w+|сумує\w*|співчут\w+|співчува\w+|царств\w+\s+небесн\w+|хвилин\w+\s+мовчання|панахид\w*"
    r"|упокой\w*|спочива\w+\s+з\s+миром|(?:глибок\w+|непоправн\w+)\s+сум\w*|(?:із|зі|з)\s+сумом)\b")


class Fault(NamedTuple):
    """Words that do not belong to a voice: lines above them, what to say, its code and weight."""

    below: int
    text: str
    code: Code
    weight: Weight


def faults(text: str, tone: Tone, *, is_heading: bool = False) -> Iterator[Fault]:
    """What a text of this voice should not say, each kind once, at its first place; comments are not looked at.

    On a day of remembrance these are errors. Words of mourning in a joyful text are a remark: whoever thanks the
    living may bow to the fallen, and does so knowingly.
    """
    plain = _plain(text)
    if tone is not Tone.REMEMBRANCE:
        if found := GRIEF.search(plain):
            yield Fault(_line(plain, found), f"«{found[0]}» — слова жалоби, а голос тексту — {DAYS_OF[tone]}. "
                        "Змініть слова або tone.", MOURNING, Weight.REMARK)
        return
    if found := EXCLAMATION.search(PICTURE.sub(" ", plain)):
        yield Fault(_line(plain, found), "у день пам’яті знак оклику недоречний. Поставте крапку.", TONE, Weight.ERROR)
    if found := CONGRATULATION.search(plain) or FEAST.search(plain):
        yield Fault(_line(plain, found), f"у день пам’яті не вітають: «{found[0]}». Скажіть інакше.", TONE,
                    Weight.ERROR)
    if is_heading and (found := WITH_THE_DAY.search(plain)):
        yield Fault(_line(plain, found), f"у день пам’яті не пишуть «{found[0]}». Треба «До Дня …».", TONE,
                    Weight.ERROR)


def _plain(text: str) -> str:
    """The text in one alphabet and lower case, without comments and what is not seen; its line breaks all stay."""
    shown = COMMENT.sub(lambda found: "\n" * found[0].count("\n"), text)
    shown = UNSEEN.sub("", ENTITY.sub("!", shown))
    return re.sub(r"[ \t\u00a0\u202f]+", " ", shown.translate(LOOK_ALIKES).lower())


def _line(plain: str, found: re.Match[str]) -> int:
    return plain.count("\n", 0, found.start())
