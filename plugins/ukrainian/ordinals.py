"""Ordinal numbers: in words («дві тисячі двадцять шостого року»), in figures with an ending («23-тя»)."""

from plugins.ukrainian.names import Case
from plugins.ukrainian.numerals import CASES, FORMS, POWERS, Agreement, cardinal, case_column, parts

LARGEST_ORDINAL = 10**9

_STEMS = dict(enumerate("нульов перш друг трет четверт п’ят шост сьом восьм дев’ят".split()))
_STEMS |= {40: "сороков", 90: "дев’яност", 100: "сот"}
_SOFT = 3
_HARD_ENDS = {
    Agreement.MASCULINE: "ий ого ому ий им ому",
    Agreement.FEMININE: "а ої ій у ою ій",
    Agreement.NEUTER: "е ого ому е им ому",
    Agreement.PLURAL: "і их им і ими их",
}
_SOFT_ENDS = {
    Agreement.MASCULINE: "ій ього ьому ій ім ьому",
    Agreement.FEMININE: "я ьої ій ю ьою ій",
    Agreement.NEUTER: "є ього ьому є ім ьому",
    Agreement.PLURAL: "і іх ім і іми іх",
}
_STEMS_OF_POWERS = {10**3: "тисячн", 10**6: "мільйонн", 10**9: "мільярдн"}
# Within one word a number stands in the genitive («двохтисячний»), save these.
_JOINED = {1: "одно", 90: "дев’яносто", 100: "сто"}
_VOWELS = "аеєиіїоуюя"
_YEAR = ("рік", "року", "року", "рік", "роком", "році")
_ANNIVERSARY = ("річниця", "річниці", "річниці", "річницю", "річницею", "річниці")


def ordinal(
    n: int, case: Case = Case.NOMINATIVE, agreement: Agreement = Agreement.MASCULINE, *, animate: bool = False
) -> str:
    """«двадцять третій», «двохсотий», «стотисячний»; only the last word is declined.

    `animate`: the accusative of a masculine or a plural noun is that of persons («першого заступника»). From 0 to
    10⁹, else ValueError.
    """
    if not 0 <= n <= LARGEST_ORDINAL:
        raise ValueError(f"порядковий номер словами — від 0 до 1 000 000 000, а не {n}")
    before, stem, is_soft = _stem(n)
    ends = (_SOFT_ENDS if is_soft else _HARD_ENDS)[agreement].split()
    of_a_person = animate and case is Case.ACCUSATIVE and agreement in (Agreement.MASCULINE, Agreement.PLURAL)
    end = ends[CASES.index(Case.GENITIVE) if of_a_person else case_column(case)]
    return f"{before} {stem}{end}" if before else stem + end


def ordinal_figures(
    n: int, case: Case = Case.NOMINATIVE, agreement: Agreement = Agreement.MASCULINE, *, animate: bool = False
) -> str:
    """«5-й», «5-го», «23-тя»: one letter of the word's end after a vowel, two after a consonant."""
    word = ordinal(n, case, agreement, animate=animate)
    return f"{n}-{word[-1] if word[-2] in _VOWELS else word[-2:]}"


def year_in_words(year: int, case: Case = Case.GENITIVE) -> str:
    """«дві тисячі двадцять шостого року»; the genitive, as a date has it, unless asked for another case."""
    return f"{ordinal(year, case)} {_YEAR[case_column(case)]}"


def anniversary(years: int, case: Case = Case.NOMINATIVE, *, figures: bool = False) -> str:
    """«двадцять третя річниця», with figures «23-тя річниця»."""
    said = (ordinal_figures if figures else ordinal)(years, case, Agreement.FEMININE)
    return f"{said} {_ANNIVERSARY[case_column(case)]}"


def _stem(n: int) -> tuple[str, str, bool]:
    """The words before the last one, the stem of the last, and whether its endings are soft."""
    for worth, stem in _STEMS_OF_POWERS.items():
        count = n // worth % 1000
        if count and n % worth == 0:
            said = [] if count == 1 else parts(count)
            joined = "".join(_JOINED.get(part) or FORMS[part][1] for part in said)
            return _before(n - count * worth), joined + stem, False
    last = parts(n % 1000)[-1] if n else 0
    return _before(n - last), _STEMS.get(last) or _regular_stem(last), last == _SOFT


def _regular_stem(n: int) -> str:
    """«двадцят» of twenty, «двохсот» of two hundred: the genitive without its end."""
    genitive = FORMS[n][1]
    return genitive if n > 100 else genitive.removesuffix("и")


def _before(n: int) -> str:
    """The cardinal that comes before the ordinal; a single thousand or million is not counted («тисяча перший»)."""
    if not n:
        return ""
    words = cardinal(n)
    counted_once = any(words.startswith((f"один {power.singular[0]}", f"одна {power.singular[0]}")) for power in POWERS)
    return words.split(" ", 1)[1] if counted_once else words

