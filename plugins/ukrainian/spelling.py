"""Spellings that do not tell names apart: one key for all of them. By it votes and signatures find their persons."""

import re
import unicodedata
from functools import lru_cache

from plugins.ukrainian.numbers import NBSP
from plugins.ukrainian.words import word_key

UNSEEN = dict.fromkeys((0xAD, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0xFEFF, *range(0x202A, 0x202F),
                        *range(0x2066, 0x206A)))
NOT_LETTERS = re.compile(r"[^\w]+|_")
TITLES = re.compile(r"^(?:(?:міськ|сільськ|селищн)\w+\s+голова|голова|секретар(?:\s+ради)?|депутат(?:ка)?|"
                    r"головуючий|головуюча)\b[\s,:–-]*", re.I)


def clean(text: object) -> str:
    """One line of composed text: no control or unseen characters, single spaces; no-break spaces stay."""
    plain = unicodedata.normalize("NFC", str(text if text is not None else "")).translate(UNSEEN)
    plain = "".join(" " if unicodedata.category(sign)[0] in "ZC" and sign != NBSP else sign for sign in plain)
    return re.sub(" {2,}", " ", plain).strip()


@lru_cache(maxsize=65_536)
def cyrillic(word: str) -> str:
    """The key of a word that is known to be Cyrillic: Latin look-alikes count even in a word of nothing else."""
    return word_key(f"{word}я")[:-1] if word else ""


@lru_cache(maxsize=65_536)
def name_key(name: str) -> str:
    """The words of a name under one spelling: «ІВАНОВ-ПЕТРЕНКО  I.П.» → «івановпетренко і п».

    Latin look-alikes, ё, apostrophes, hyphens, case, dots and spaces do not tell names apart; initials of a double
    name («О.-Ю.») count by the first.
    """
    text = re.sub(r"\([^)]*\)", " ", clean(name))
    text = TITLES.sub("", text)
    text = re.sub(r"\.\s*-\s*(\w)\.", ". ", text)  # О.-Ю.
    text = re.sub(r"(?<=\w)\s*[-–—‑‐]\s*(?=\w)", "", text)
    text = re.sub(r"['’ʼ‘`´ʹ′＇*\"]", "", text)
    return " ".join(cyrillic(part) for part in NOT_LETTERS.split(text) if part)


def name_keys(family_name: str, given_name: str, patronymic: str = "") -> set[str]:
    """The keys of all spellings under which a name may stand: in full, with initials, either order, surname alone."""
    given, patronymic = name_key(given_name), name_key(patronymic)
    firsts = {given[:1]}
    if "-" in given_name:  # «Гук А.-М. Р.» is read as «А.», «Гук А. М. Р.» is not
        firsts.add(f"{given[:1]} {name_key(given_name.split('-')[1])[:1]}")
    middle = patronymic[:1]
    forms: set[str] = set()
    for family in {name_key(family_name), name_key(family_name.replace("-", " "))}:
        forms |= {f"{family} {given} {patronymic}", f"{given} {patronymic} {family}", f"{family} {given} {middle}",
                  f"{family} {given}", f"{given} {family}", family}
        for first in firsts:
            forms |= {f"{family} {first} {middle}", f"{first} {middle} {family}", f"{family} {first}{middle}",
                      f"{family} {first}", f"{first} {family}"}
    return {" ".join(form.split()) for form in forms if form.strip()}
