"""Declension of the parts of a name, by shevchenko; what that library leaves open or gets wrong is settled here."""

import re
from collections.abc import Callable

from shevchenko import GrammaticalCase, WordClass, in_grammatical_case
from shevchenko.anthroponym_declension.family_name_inflector import FamilyNameInflector
from shevchenko.anthroponym_declension.given_name_inflector import GivenNameInflector
from shevchenko.word_declension.bootstrap import word_inflector

_ADJECTIVE_ENDING = re.compile(
    r"(?:(?:[сзц]ьк|еньк|ов|[еє]в|[ії]н|[аеєиіїоуюя]шин|ян|[бвгґджзйклмнпрстфхцчшщь]н|нич)а"
    r"|(?:рх|род|іш|світ|рот|орож|олот|гір|рай|еред)н(?:я|ій)"
    r"|[сзц]ь?кій|[аеєиіїоуюя].*ий|их|(?:[сзц]ьк|[жрч]н|[орлн][оеє]в|лст|^руд|^ряб)ой|[ое]вата)$"
)
_NOUNS = frozenset(
    "барна бердих бих бова бриних весна вовна война війна глова голова дуброва діброва казна клих корова обнова "
    "основа пелих полова підкова рева смородіна сова сосна стіна тризна ціна".split()
)
_ADJECTIVES = frozenset(
    "безверха безпала безугла беспала блага боса булана бура біла гаркава гарькава гладка глуха годована гола "
    "головата горбата горда горюча гречана груба дика довга довгопола довгорука зайва захожа зелена золота кисла "
    "коротка крива криклива кругла куца кучерява лиса любива люта мала мальована мокра молода мудра м’яка нежива "
    "осадча петльована печена погоріла проста прудка рижа руда ряба свята сива скора солодка стара суха сіра тиха "
    "товста тонка хитра хоружа хорунжа худа червона швидка щаслива щербата".split()
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


_CASES = ("genitive", "dative", "accusative", "instrumental", "locative", "vocative")
_HARD = ("а", "у", "а", "ом", "ові", "е")
_VELAR = ("а", "у", "а", "ом", "ові", "у")
_SOFT = ("я", "ю", "я", "ем", "еві", "ю")
_MIXED = ("а", "у", "а", "ем", "еві", "е")

# Who is called after such a craft is declined as the craft is (Бондар — Бондаря); Комар, Маляр, Гончар are not.
_SOFT_CRAFTS = (
    "бонд вівч граб губ дуд друк золот зуб ^кос крам лим лиф лихв палам ^пах пис пон[ао]м почт пошт пушк рим ^рот "
    "свин свічк скуд слюс сніс сніц стрих ^тит ^ц цимбал ціс чебот чуб ^шап шинк [гґ]онт"
).split()
_Exceptions = tuple[tuple[re.Pattern[str], str, tuple[str, ...]], ...]
# What the library gets wrong of men's names: the end of the nominative, what the other cases have instead, endings.
_FAMILY_EXCEPTIONS: _Exceptions = tuple(
    (re.compile(rf"(?:{nominative})$"), stem, ends)
    for nominative, stem, ends in (
        ("|".join(f"(?<={craft})ар" for craft in _SOFT_CRAFTS), "ар", _SOFT),
        (r"^швець", "шевц", _SOFT),
        (r"^жнець", "женц", _SOFT),
        (r"(?<=р)пець", "пц", _SOFT),
        (r"(?<=й)лець", "льц", _SOFT),
        (r"(?<=^кор)[іе]нь|(?<=^гр[еи]б)[іе]нь|(?<=^плет)[іе]нь|(?<=^крем)[іе]нь|(?<=^рем)[іе]нь", "ен", _SOFT),
        (r"(?<=ведм)ідь", "ед", _SOFT),
        (r"(?<=^хм)іль|(?<=корост)іль|(?<=^кош)іль|(?<=^поп)іль|(?<=^чеп)іль", "ел", _SOFT),
        (r"(?<=^лем)іш", "еш", _MIXED),
        (r"(?<=^к)івш", "овш", _MIXED),
        (r"(?<=^т)хір", "хор", _HARD),
        (r"(?<=^коз)ел", "л", _HARD),
        (r"(?<=^боб)ер", "р", _HARD),
        (r"(?<=^б[ао]гат)ир", "ир", _SOFT),
        (r"(?<=с)тер", "тер", _HARD),
        (r"(?<=мел)віл|(?<=радзи)віл", "віл", _HARD),
        (r"(?<=^білоз)ір|(?<=^віз)ір", "ір", _HARD),
        (r"(?<=^дроб)іт", "от", _HARD),
        (r"(?<=^бар)ток", "ток", _VELAR),
        # The body's side, cheek, leap: no fleeting vowel (Тягнибок — Тягнибока, but Дубок — Дубка).
        (r"(?<=тягни)бок|(?<=криво)бок|(?<=біло)бок|(?<=сухо)бок", "бок", _VELAR),
        (r"(?<=о)щок", "щок", _VELAR),
        (r"(?<=добро)скок", "скок", _VELAR),
        (r"(?<=про)рок", "рок", _VELAR),
        (r"(?<=^б)іг", "іг", _VELAR),
    )
)  # fmt: skip
_GIVEN_EXCEPTIONS: _Exceptions = tuple(
    (re.compile(rf"(?:{nominative})$"), stem, ends)
    for nominative, stem, ends in (
        (r"(?<=^ант)ін|(?<=^тих)ін|(?<=^пим)ін", "он", _HARD),
        (r"(?<=^нест)ір|(?<=^н[еи]чип)ір|(?<=^прох)ір|(?<=^хвед)ір", "ор", _HARD),
        (r"(?<=^тим)іш", "ош", _MIXED),
        (r"(?<=[нрл])их", "их", _VELAR),
        (r"(?<=^кес)ар|(?<=^цез)ар", "ар", _SOFT),
        # Names from abroad keep their «і» and «е»: Денніс — Денніса, Готфрід — Готфріда, Пітер — Пітера.
        (r"іс", "іс", _HARD),
        (r"ід", "ід", _HARD),
        (r"іт", "іт", _HARD),
        (r"(?<=в)іл", "іл", _HARD),
        (r"(?<=[ст])ер", "ер", _HARD),
    )
)
_WOMENS_IN_CONSONANT = re.compile(r"(?<!^любов)(?<!^юдиф)(?<!^руф)(?<=[бвгґджзклмнпрстфхцчшщ])$")
# Бруно, Маріо, Ернесто have no cases; Петро, Данило, Марко do.
_MENS_FROM_ABROAD = re.compile(r"(?:[аеиоуі]|[дгґзсфмтн]|дж|[аеіно]р)о$")
_HARD_CONSONANT = re.compile(r"[бвдзлмнпрстф]$")
_VELAR_CONSONANT = re.compile(r"[гґкх]$")
_MIXED_A = re.compile(r"[жчшщ]а$", re.IGNORECASE)
_VOWEL = re.compile(r"[аеєиіїоуюя]")

_family_names = FamilyNameInflector(word_inflector, _FamilyNameClasses())
_given_names = GivenNameInflector(word_inflector)


def declined(family: str, given: str, patronymic: str, case: str, gender: str) -> tuple[str, str, str]:
    """The three parts in a case of `names.Case`; a part that is empty stays so."""
    found = in_grammatical_case(_library_case(case), {"gender": gender, "patronymicName": patronymic})
    return (
        _by_parts(family, case, gender, _FAMILY_EXCEPTIONS, _declined_family),
        _by_parts(given, case, gender, _GIVEN_EXCEPTIONS, _declined_given),
        found.get("patronymicName", ""),
    )


def _by_parts(name: str, case: str, gender: str, exceptions: _Exceptions, regular: Callable[..., str]) -> str:
    """The parts of a name with hyphens one by one: by the exceptions, else by the library."""
    *before, last = name.split("-")
    parts = [(part, False) for part in before] + [(last, True)]
    return "-".join(
        # A first part of one syllable stays as it is (Драй-Хмари, Кос-Анатольського).
        (gender == "masculine" and (is_last or len(_VOWEL.findall(part.lower())) > 1)
         and _exceptional(part, case, exceptions))
        or _with_right_vocative(part, regular(part, case, gender, is_last), case, gender)
        for part, is_last in parts
    )  # fmt: skip


def _exceptional(name: str, case: str, exceptions: _Exceptions) -> str:
    """The form of a man's name that is among the exceptions, else nothing."""
    for nominative, stem, ends in exceptions:
        if found := nominative.search(name.lower()):
            form = name[: found.start()].lower() + stem + ends[_CASES.index(case)]
            return form.upper() if name.isupper() and len(name) > 1 else name[:1] + form[1:]
    return ""


def _with_right_vocative(name: str, form: str, case: str, gender: str) -> str:
    """«Ахмеде», «Вересе» and «Бергу», where the library has «-у» after «е» with any consonant, and «Берге»."""
    if case != "vocative" or gender != "masculine":
        return form
    if _HARD_CONSONANT.search(name.lower()):
        return re.sub("У$", "Е", re.sub("у$", "е", form))
    if _VELAR_CONSONANT.search(name.lower()):
        return re.sub("(?<=[ГҐКХ])Е$", "У", re.sub("(?<=[гґкх])е$", "у", form))
    return form


def _declined_family(name: str, case: str, gender: str, is_last: bool) -> str:
    form = str(_family_names.inflect_name_part(name, gender, _library_case(case), is_last))
    # The mixed group has «-е»: Груша — Груше; the short given names do not (Саша — Сашо).
    return re.sub("О$", "Е", re.sub("о$", "е", form)) if case == "vocative" and _MIXED_A.search(name) else form


def _declined_given(name: str, case: str, gender: str, is_last: bool) -> str:
    lower = name.lower()
    if (_WOMENS_IN_CONSONANT if gender == "feminine" else _MENS_FROM_ABROAD).search(lower):
        return name
    if gender == "feminine" and case == "vocative" and lower.endswith(("ль", "тря")):
        return name[:-1] + ("Е" if name.isupper() else "е")
    return str(_given_names.inflect_name_part(name, gender, _library_case(case), is_last))


def _library_case(case: str) -> GrammaticalCase:
    return GrammaticalCase.ABLATIVE if case == "instrumental" else GrammaticalCase(case)
