"""Cardinal numbers in words, in all cases: 1 250 000 → «одного мільйона двохсот п’ятдесяти тисяч».

Every word of a number is declined (Orthography of 2019, §§ 105–108). Where it allows two forms, one is used
throughout: «п’яти», not «п’ятьох»; «сімома» and «п’ятьомастами», as «сьома» is also the seventh; «однієї», «одне».
"""

from enum import StrEnum
from typing import NamedTuple

from plugins.ukrainian.names import Case

LARGEST = 10**12
MINUS = "мінус"


class Agreement(StrEnum):
    """What a number agrees with: the gender of the noun, or a noun that has the plural only («одні ворота»)."""

    MASCULINE = "masculine"
    FEMININE = "feminine"
    NEUTER = "neuter"
    PLURAL = "plural"


CASES = (Case.NOMINATIVE, Case.GENITIVE, Case.DATIVE, Case.ACCUSATIVE, Case.INSTRUMENTAL, Case.LOCATIVE)
"""The order of the forms in every table of numerals and counted nouns; the vocative is the nominative."""
_DIRECT = (Case.NOMINATIVE, Case.VOCATIVE, Case.ACCUSATIVE)

_ONE = {
    Agreement.MASCULINE: "один одного одному один одним одному",
    Agreement.FEMININE: "одна однієї одній одну однією одній",
    Agreement.NEUTER: "одне одного одному одне одним одному",
    Agreement.PLURAL: "одні одних одним одні одними одних",
}
_TWO_FEMININE = "дві двох двом дві двома двох"
_WORDS = {
    0: "нуль нуля нулю нуль нулем нулі",
    2: "два двох двом два двома двох",
    3: "три трьох трьом три трьома трьох",
    4: "чотири чотирьох чотирьом чотири чотирма чотирьох",
    5: "п’ять п’яти п’яти п’ять п’ятьма п’яти",
    6: "шість шести шести шість шістьма шести",
    7: "сім семи семи сім сімома семи",
    8: "вісім восьми восьми вісім вісьмома восьми",
    9: "дев’ять дев’яти дев’яти дев’ять дев’ятьма дев’яти",
    40: "сорок сорока сорока сорок сорока сорока",
    90: "дев’яносто дев’яноста дев’яноста дев’яносто дев’яноста дев’яноста",
    100: "сто ста ста сто ста ста",
    200: "двісті двохсот двомстам двісті двомастами двохстах",
    300: "триста трьохсот трьомстам триста трьомастами трьохстах",
    400: "чотириста чотирьохсот чотирьомстам чотириста чотирмастами чотирьохстах",
    500: "п’ятсот п’ятисот п’ятистам п’ятсот п’ятьомастами п’ятистах",
    600: "шістсот шестисот шестистам шістсот шістьомастами шестистах",
    700: "сімсот семисот семистам сімсот сімомастами семистах",
    800: "вісімсот восьмисот восьмистам вісімсот вісьмомастами восьмистах",
    900: "дев’ятсот дев’ятисот дев’ятистам дев’ятсот дев’ятьомастами дев’ятистах",
}
_IN_TEN = {
    10: "десят", 11: "одинадцят", 12: "дванадцят", 13: "тринадцят", 14: "чотирнадцят", 15: "п’ятнадцят",
    16: "шістнадцят", 17: "сімнадцят", 18: "вісімнадцят", 19: "дев’ятнадцят", 20: "двадцят", 30: "тридцят",
}  # fmt: skip
_TENS = {50: "п’ятдесят", 60: "шістдесят", 70: "сімдесят", 80: "вісімдесят"}
FORMS = (
    {value: tuple(words.split()) for value, words in _WORDS.items()}
    | {value: tuple(f"{stem}{end}" for end in "ь и и ь ьма и".split()) for value, stem in _IN_TEN.items()}
    | {value: (stem, f"{stem}и", f"{stem}и", stem, f"{stem}ьма", f"{stem}и") for value, stem in _TENS.items()}
)
"""The six forms of each number of one word, save «один» and «дві», by its value."""

_ONE_FORMS = {agreement: tuple(words.split()) for agreement, words in _ONE.items()}
_TWO_FEMININE_FORMS = tuple(_TWO_FEMININE.split())


class Power(NamedTuple):
    """A noun among the numerals, with its forms in the order of CASES."""

    worth: int
    agreement: Agreement
    singular: tuple[str, ...]
    plural: tuple[str, ...]


def _power(worth: int, stem: str) -> Power:
    singular, plural = ("", "а", "у", "", "ом", "і"), ("и", "ів", "ам", "и", "ами", "ах")
    return Power(worth, Agreement.MASCULINE, tuple(stem + end for end in singular), tuple(stem + end for end in plural))


POWERS = (
    _power(10**12, "трильйон"),
    _power(10**9, "мільярд"),
    _power(10**6, "мільйон"),
    Power(10**3, Agreement.FEMININE, tuple("тисяча тисячі тисячі тисячу тисячею тисячі".split()),
          tuple("тисячі тисяч тисячам тисячі тисячами тисячах".split())),
)  # fmt: skip
"""Largest first; what they count stands in the genitive plural."""


def cardinal(
    n: int, case: Case = Case.NOMINATIVE, agreement: Agreement = Agreement.MASCULINE, *, animate: bool = False
) -> str:
    """«двадцять одна» for 21 in the feminine; «двомастами п’ятдесятьма» for 250 in the instrumental.

    `animate`: the accusative of one, of two to four and of what ends in them is that of persons («двох депутатів»,
    «двадцять одного депутата»); from five on it stays («п’ять депутатів»). Whole numbers to 10¹² either side of
    zero, else ValueError.
    """
    if abs(n) > LARGEST:
        raise ValueError(f"словами записують числа до 1 000 000 000 000, а не {n}")
    words = [MINUS] if n < 0 else []
    rest = abs(n)
    for power in POWERS:
        count, rest = divmod(rest, power.worth)
        if count:
            words += _below_thousand(count, case, power.agreement, animate=False)
            words.append(noun_form(count, case, power.singular, power.plural))
    if rest or not n:
        words += _below_thousand(rest, case, agreement, animate=animate)
    return " ".join(words)


def noun_form(n: int, case: Case, singular: tuple[str, ...], plural: tuple[str, ...]) -> str:
    """The form of a noun beside the number n in that case; `singular`, `plural`: its six forms in the order of CASES.

    «дві гривні», «двох гривень», «двадцяти одній гривні», «тисячею гривень» (beside a round thousand, as beside
    nought, always the genitive plural).
    """
    column = case_column(case)
    tens, units = divmod(abs(n) % 100, 10)
    if units == 1 and tens != 1:
        return singular[column]
    is_few = tens != 1 and 2 <= units <= 4
    if n % 1000 == 0 or (case in _DIRECT and not is_few):
        return plural[1]
    return plural[column]


def case_column(case: Case) -> int:
    """The place of that case in a row of six forms."""
    return 0 if case is Case.VOCATIVE else CASES.index(case)


def parts(n: int) -> list[int]:
    """The numbers of one word that a number below 1000 is said with: 345 → 300, 40, 5; 12 → 12; none for 0."""
    hundreds, rest = n // 100 * 100, n % 100
    tens, units = (0, rest) if rest < 20 else (rest // 10 * 10, rest % 10)
    return [part for part in (hundreds, tens, units) if part]


def _below_thousand(n: int, case: Case, agreement: Agreement, *, animate: bool) -> list[str]:
    said = parts(n) or [0]
    words = [FORMS[part][case_column(case)] for part in said[:-1]]
    return [*words, _last_word(said[-1], case, agreement, animate=animate)]


def _last_word(n: int, case: Case, agreement: Agreement, *, animate: bool) -> str:
    """The word that looks at the noun: one has its gender, two a feminine, both and three and four know persons."""
    column = case_column(case)
    is_seen_person = animate and case is Case.ACCUSATIVE
    if n == 1:
        is_as_genitive = is_seen_person and agreement in (Agreement.MASCULINE, Agreement.PLURAL)
        return _ONE_FORMS[agreement][1 if is_as_genitive else column]
    forms = _TWO_FEMININE_FORMS if n == 2 and agreement is Agreement.FEMININE else FORMS[n]
    return forms[1 if is_seen_person and 2 <= n <= 4 else column]
