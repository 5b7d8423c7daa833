"""Numbers as Ukrainian pages show them: groups of digits, decimals, percent, money, file sizes, Roman numerals."""

import unicodedata
from decimal import ROUND_HALF_UP, Decimal

from plugins.ukrainian.words import CYRILLIC_TO_LATIN

NBSP = "\u00a0"
MINUS = "\u2212"

_CENT = Decimal("0.01")
# A unit begins where the one below would round up to it: 999 950 is «1 млн», not «1 000 тис.».
_MONEY_UNITS = ((999_950_000, Decimal(10**9), "млрд"), (999_950, Decimal(10**6), "млн"), (1000, Decimal(10**3), "тис."))
_SIZE_UNITS = ("Б", "КБ", "МБ", "ГБ", "ТБ")
_ROMAN = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"),
          (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))  # fmt: skip
_ROMAN_TWINS = str.maketrans({twin: latin for twin, latin in CYRILLIC_TO_LATIN.items() if latin in "CIMX"})


class NotRoman(ValueError):
    """The text is not a Roman numeral."""


def number(value: int | float | Decimal, digits: int | None = None) -> str:
    """«1 234 567», «−11,6»: groups of three by U+00A0, a decimal comma, U+2212 as minus, no zeros at the end.

    `digits`: how many decimals are kept at most, halves away from zero; by default all that the number has.
    ValueError for an infinite number and for one that is none.
    """
    if isinstance(value, int):
        return _grouped(Decimal(value))
    exact = _exact(value)
    if digits is not None:
        exact = _rounded(exact, Decimal(1).scaleb(-digits))
    return _grouped(exact.to_integral_value() if exact == exact.to_integral_value() else exact.normalize())


def percent(value: int | float | Decimal, digits: int = 1) -> str:
    """«12,5 %» for 12.5, with a no-break space before the sign (ДСТУ 3651.0: the sign is a unit)."""
    return f"{number(value, digits)}{NBSP}%"


def share(part: int, whole: int, digits: int = 1) -> str:
    """«33,3 %» for 1 of 3; «—» for a part of nothing."""
    return percent(Decimal(part * 100) / Decimal(whole), digits) if whole else "—"


def money(hryvnias: int | float | Decimal) -> str:
    """The exact sum: «11 600 000 грн», with kopiykas as two digits if there are any: «1 250,50 грн»."""
    exact = _rounded(_exact(hryvnias), _CENT)
    whole = exact == exact.to_integral_value()
    return f"{_grouped(exact.to_integral_value() if whole else exact)}{NBSP}грн"


def money_rounded(hryvnias: int | float | Decimal) -> str:
    """The sum in the largest fitting unit, one decimal: «11,6 млн грн», «214 тис. грн»; below 1000 as `money`."""
    exact = _exact(hryvnias)
    for start, worth, unit in _MONEY_UNITS:
        if abs(exact) >= start:
            return f"{number(exact / worth, 1)}{NBSP}{unit}{NBSP}грн"
    return money(exact)


def file_size(size: int) -> str:
    """«640 Б», «214 КБ», «1,2 МБ» for a number of bytes; a kilobyte is 1000 bytes, as in the design's budgets."""
    if size < 0:
        raise ValueError(f"розмір файлу не може бути від’ємним: {size}")
    unit, amount = 0, Decimal(size)
    while _shown_size(amount, unit) >= 1000 and unit < len(_SIZE_UNITS) - 1:
        unit, amount = unit + 1, amount / 1000
    return f"{number(_shown_size(amount, unit))}{NBSP}{_SIZE_UNITS[unit]}"


def roman(value: int) -> str:
    """«VIII» for 8, in Latin letters; for 1 to 3999."""
    if not 1 <= value <= 3999:
        raise ValueError(f"римськими цифрами записують числа від 1 до 3999, а не {value}")
    letters = ""
    for worth, sign in _ROMAN:
        letters += sign * (value // worth)
        value %= worth
    return letters


def roman_value(text: str) -> int:
    """8 for «VIII» and for «VІІІ» with Cyrillic look-alikes (І, Х, С, М); NotRoman if it is not a Roman numeral."""
    letters = unicodedata.normalize("NFKC", text.strip()).translate(_ROMAN_TWINS)
    rest, value = letters, 0
    for worth, sign in _ROMAN:
        while rest.startswith(sign):
            rest, value = rest.removeprefix(sign), value + worth
    # Written back, a number has one spelling only: so IIII and VX are refused.
    if rest or not 1 <= value <= 3999 or roman(value) != letters:
        raise NotRoman(f"«{text}» — не римське число. Має бути, наприклад, VIII або XXIV")
    return value


def _exact(value: int | float | Decimal) -> Decimal:
    """The decimal that the number is written with: 0.1 is a tenth, not its binary neighbour."""
    exact = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
    if not exact.is_finite():
        raise ValueError(f"це не число: {value}")
    return exact


def _rounded(value: Decimal, unit: Decimal) -> Decimal:
    return value.quantize(unit, rounding=ROUND_HALF_UP)


def _grouped(value: Decimal) -> str:
    sign = MINUS if value < 0 else ""
    return sign + f"{abs(value):,f}".replace(",", NBSP).replace(".", ",")


def _shown_size(amount: Decimal, unit: int) -> Decimal:
    """The amount as it will be shown: whole bytes and kilobytes, tenths of the larger units."""
    return _rounded(amount, Decimal(1) if unit < 2 else Decimal("0.1"))
