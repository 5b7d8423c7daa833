"""Names of persons: their short and full forms, their cases, and the order of the Ukrainian alphabet."""

import re
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from shevchenko import GrammaticalCase, WordClass, in_grammatical_case
from shevchenko.anthroponym_declension.family_name_inflector import FamilyNameInflector
from shevchenko.word_declension.bootstrap import word_inflector

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
_CASES = {case: GrammaticalCase.ABLATIVE if case is Case.INSTRUMENTAL else GrammaticalCase(case) for case in Case}
# The library keeps the «і» of this name in all cases; the spelling rules do not (Антін — Антона).
_OBLIQUE_STEMS = {"Антін": "Антон", "АНТІН": "АНТОН"}

_ADJECTIVE_ENDING = re.compile(
    r"(?:(?:[сзц]ьк|еньк|ов|[еє]в|[ії]н|[аеєиіїоуюя]шин|ян|[бвгґджзйклмнпрстфхцчшщь]н|нич)а"
    r"|(?:рх|род|іш|світ|рот|орож|олот|гір|рай|еред)н(?:я|ій)"
    r"|[сзц]ь?кій|[аеєиіїоуюя].*ий|их)$"
)
_NOUNS = frozenset(
    "барна бова весна вовна війна война глова голова казна корова обнова підкова рева смородіна сова сосна "
    "стіна тризна ціна".split()
)
_ADJECTIVES = frozenset(
    "біла боса бура глуха гладка гола горбата горда груба дика довга зелена золота кисла коротка крива кругла кучерява "
    "лиса люта мала мокра молода мудра м’яка осадча печена погоріла проста прудка руда ряба свята сива сіра солодка "
    "стара суха тиха товста тонка хитра хоружа хорунжа худа червона швидка щаслива щербата".split()
)


class _FamilyNameClasses:
    """Tells whether a family name is declined as an adjective; the library leaves this place empty.

    It asks only about women's names in -а, -я and men's in -ий, -ій, -ой, -их. Endings decide, then the common words
    that break the rule. Of the 6,800 such surnames in the dictionary of pymorphy3 this tells 98 of 100 right; most
    of the others end in -ина (Гущина: of Гущин, or of гущина?) and need the person's own `cases:`.
    """

    def classify(self, family_name: str) -> dict[str, WordClass]:
        name = family_name.lower()
        adjective = name in _ADJECTIVES or (name not in _NOUNS and _ADJECTIVE_ENDING.search(name))
        return {"wordClass": WordClass.ADJECTIVE if adjective else WordClass.NOUN}


_family_names = FamilyNameInflector(word_inflector, _FamilyNameClasses())


@lru_cache(maxsize=8192)
def in_case(name: PersonName, case: Case, gender: Gender) -> PersonName:
    """The name in that case: (Левченко, Ігор, Григорович) → vocative (Левченку, Ігорю, Григоровичу).

    About a millisecond for a name not met before. Names are not all predictable: a person's record may hold the
    forms itself, and those win over these.
    """
    family, given, patronymic = (without_stress(part).translate(_PLAIN_APOSTROPHE) for part in name)
    if case is Case.NOMINATIVE:
        return PersonName(family, given, patronymic)
    asked = {"gender": gender, "givenName": _OBLIQUE_STEMS.get(given, given), "patronymicName": patronymic}
    found = in_grammatical_case(_CASES[case], asked)
    forms = (
        _family_names.inflect(family, gender, _CASES[case]),
        found.get("givenName", ""),
        found.get("patronymicName", ""),
    )
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
