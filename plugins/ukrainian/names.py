"""Names of persons: their short and full forms, their cases, and the order of the Ukrainian alphabet."""

from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from plugins.ukrainian.numbers import NBSP
from plugins.ukrainian.words import APOSTROPHES, without_stress


class Case(StrEnum):
    """The seven cases (відмінки)."""

    NOMINATIVE = "nominative"
    GENITIVE = "genitive"
    DATIVE = "dative"
    ACCUSATIVE = "accusative"
    INSTRUMENTAL = "instrumental"
    LOCATIVE = "locative"
    VOCATIVE = "vocative"


class Gender(StrEnum):
    """Grammatical gender; never guessed from a name, as «Саша» may be anyone."""

    MASCULINE = "masculine"
    FEMININE = "feminine"


class PersonName(NamedTuple):
    """A name in its parts; a part that a person does not have is empty."""

    family: str
    given: str
    patronymic: str = ""


_PLAIN_APOSTROPHE = str.maketrans(dict.fromkeys(APOSTROPHES, "’"))


@lru_cache(maxsize=8192)
def in_case(name: PersonName, case: Case, gender: Gender) -> PersonName:
    """The name in that case: (Левченко, Ігор, Григорович) → vocative (Левченку, Ігорю, Григоровичу).

    About a millisecond for a name not met before. Names are not all predictable: a person's record may hold the
    forms itself, and those win over these.
    """
    family, given, patronymic = (without_stress(part).translate(_PLAIN_APOSTROPHE) for part in name)
    if case is Case.NOMINATIVE:
        return PersonName(family, given, patronymic)
    from .declension import declined  # its tables are slow to import, and few builds meet a new name

    forms = declined(family, given, patronymic, case, gender)
    return PersonName(*(form.translate(_PLAIN_APOSTROPHE) for form in forms))


def full_name(family: str, given: str, patronymic: str = "") -> str:
    """«Левченко Ірина Григорівна»: the official order."""
    return " ".join(part for part in (family, given, patronymic) if part)


def short_name(family: str, given: str, patronymic: str = "", *, family_first: bool = True) -> str:
    """«Левченко І. Г.» or, for running text, «І. Г. Левченко»; held together by no-break spaces."""
    initials = [_initial(part) for part in (given, patronymic) if part]
    return NBSP.join([family, *initials] if family_first else [*initials, family])


def signature_name(family: str, given: str) -> str:
    """«Ірина ЛЕВЧЕНКО»: as a document is signed (ДСТУ 4163:2020)."""
    return f"{given}{NBSP}{family.upper()}"


def _initial(name: str) -> str:
    """«О.-Ю.» for Остап-Юрій."""
    return "-".join(f"{part[0]}." for part in name.split("-") if part)


_ALPHABET = "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя"
# Digits, then the 33 letters, then Latin: the letters take the code points from «:» on, all below Latin «a».
_PLACES = str.maketrans(
    {letter: chr(ord(":") + place) for place, letter in enumerate(_ALPHABET)}
    | {foreign: chr(ord(":") + _ALPHABET.index(near)) for foreign, near in zip("ёыэъ", "еиеь", strict=True)}
    | dict.fromkeys(APOSTROPHES)
    | {NBSP: " ", "–": "-", "—": "-"}
)


@lru_cache(maxsize=8192)
def sort_key(text: str) -> tuple[str, str]:
    """What to sort by for Ukrainian order: А Б В Г Ґ Д Е Є Ж З И І Ї Й … Щ Ь Ю Я, after digits and before Latin.

    Capitals, stress marks and apostrophes do not count, a space comes before a hyphen and that before letters, so
    that all who are named Бойко stand before Бойко-Анненко. The text itself, second, only settles equal names.
    """
    return without_stress(text).lower().translate(_PLACES), text
