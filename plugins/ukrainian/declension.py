"""Declension of the parts of a name, by shevchenko; what that library leaves open or gets wrong is settled here."""

import re
from collections.abc import Callable

from shevchenko import GrammaticalCase, WordClass, in_grammatical_case
from shevchenko.anthroponym_declension.family_name_inflector import FamilyNameInflector
from shevchenko.anthroponym_declension.given_name_inflector import GivenNameInflector
from shevchenko.word_declension.bootstrap import word_inflector

from plugins.ukrainian.declension_tables import (
    ADJECTIVE_ENDING,
    ADJECTIVES,
    CALLED_WITH_E,
    CALLED_WITH_U,
    CASES,
    FAMILY_EXCEPTIONS,
    FROM_ABROAD,
    GIVEN_EXCEPTIONS,
    MENS_FAMILY_FROM_ABROAD,
    MENS_GIVEN_WITH_CASES,
    MIXED_A,
    NOUNS,
    SHORT_MENS,
    THIRD,
    VOWEL,
    WOMENS_IN_AYA,
    WOMENS_IN_CONSONANT,
    WOMENS_OF_THE_THIRD,
    Exceptions,
)


class _FamilyNameClasses:
    """Tells whether a family name is declined as an adjective; the library leaves this place empty.

    It asks only about women's names in -а, -я and men's in -ий, -ій, -ой, -их. Endings decide, then the common words
    that break the rule. Of the 6,800 such surnames in the dictionary of pymorphy3 this tells 98 of 100 right; most
    of the others end in -ина (Гущина: of Гущин, or of гущина?) and need the person's own `cases:`.
    """

    def classify(self, family_name: str) -> dict[str, WordClass]:
        name = family_name.lower()
        adjective = name in ADJECTIVES or (name not in NOUNS and ADJECTIVE_ENDING.search(name))
        return {"wordClass": WordClass.ADJECTIVE if adjective else WordClass.NOUN}


_family_names = FamilyNameInflector(word_inflector, _FamilyNameClasses())
_given_names = GivenNameInflector(word_inflector)


def declined(family: str, given: str, patronymic: str, case: str, gender: str) -> tuple[str, str, str]:
    """The three parts in a case of `names.Case`; a part that is empty stays so."""
    found = in_grammatical_case(_library_case(case), {"gender": gender, "patronymicName": patronymic})
    return (
        _by_parts(family, case, gender, FAMILY_EXCEPTIONS, _declined_family),
        _by_parts(given, case, gender, GIVEN_EXCEPTIONS, _declined_given),
        found.get("patronymicName", ""),
    )


def _by_parts(name: str, case: str, gender: str, exceptions: Exceptions, regular: Callable[..., str]) -> str:
    """The parts of a name with hyphens one by one: by the exceptions, else by the library."""
    *before, last = name.split("-")
    parts = [(part, False) for part in before] + [(last, True)]
    return "-".join(
        # A first part of one syllable stays as it is (Драй-Хмари, Кос-Анатольського).
        (gender == "masculine" and (is_last or len(VOWEL.findall(part.lower())) > 1)
         and _exceptional(part, case, exceptions))
        or _with_right_vocative(part, regular(part, case, gender, is_last), case, gender)
        for part, is_last in parts
    )  # fmt: skip


def _exceptional(name: str, case: str, exceptions: Exceptions) -> str:
    """The form of a man's name that is among the exceptions, else nothing."""
    for nominative, stem, ends in exceptions:
        if found := nominative.search(name.lower()):
            form = name[: found.start()].lower() + stem + ends[CASES.index(case)]
            return form.upper() if name.isupper() and len(name) > 1 else name[:1] + form[1:]
    return ""


def _with_right_vocative(name: str, form: str, case: str, gender: str) -> str:
    """«Ахмеде», «Дереше» and «Бергу», where the library has «-у» after «е» with any consonant, and «Берге»."""
    if case != "vocative" or gender != "masculine":
        return form
    if CALLED_WITH_E.search(name.lower()):
        return re.sub("У$", "Е", re.sub("у$", "е", form))
    if CALLED_WITH_U.search(name.lower()):
        return re.sub("(?<=[ГҐКХ])Е$", "У", re.sub("(?<=[гґкх])е$", "у", form))
    return form


def _declined_family(name: str, case: str, gender: str, is_last: bool) -> str:
    lower = name.lower()
    if FROM_ABROAD.search(lower) or (gender == "masculine" and MENS_FAMILY_FROM_ABROAD.search(lower)):
        return name
    if gender == "feminine" and (found := WOMENS_IN_AYA.search(name)):
        return name if case == "vocative" else _declined_family(name[: found.end()], case, gender, is_last)
    if gender == "masculine" and case == "vocative" and lower.endswith(("го", "ґо", "хо")):
        return _ended(name[:-1], "у")
    form = str(_family_names.inflect_name_part(name, gender, _library_case(case), is_last))
    # The mixed group has «-е»: Груша — Груше; the short given names do not (Саша — Сашо).
    return _ended(form[:-1], "е") if case == "vocative" and MIXED_A.search(lower) and form[-1] in "оО" else form


def _declined_given(name: str, case: str, gender: str, is_last: bool) -> str:
    lower = name.lower()
    if gender == "feminine":
        if lower in WOMENS_OF_THE_THIRD:
            return _ended(name, THIRD[CASES.index(case)])
        has_cases = not WOMENS_IN_CONSONANT.search(lower)
    else:
        has_cases = bool(MENS_GIVEN_WITH_CASES.search(lower))
    if FROM_ABROAD.search(lower) or not has_cases:
        return name
    if case == "vocative" and (called := _called(name, gender)):
        return called
    return str(_given_names.inflect_name_part(name, gender, _library_case(case), is_last))


def _called(name: str, gender: str) -> str:
    """The vocative of a given name where the library has another: «Ніколе», «Мотре», «Раю», «Колю», «Стасю»."""
    lower = name.lower()
    if gender == "masculine":
        return _ended(re.sub("я$|ьо$", "", name, flags=re.IGNORECASE), "ю") if SHORT_MENS.search(lower) else ""
    if lower in ("рая", "тая"):
        return _ended(name[:-1], "ю")
    return _ended(name[:-1], "е") if lower.endswith(("ль", "тря")) else ""


def _ended(stem: str, end: str) -> str:
    """The stem with that end, in capitals as the stem is."""
    return stem + (end.upper() if stem.isupper() and len(stem) > 1 else end)


def _library_case(case: str) -> GrammaticalCase:
    return GrammaticalCase.ABLATIVE if case == "instrumental" else GrammaticalCase(case)
