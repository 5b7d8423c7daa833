"""The form of a noun beside a number: 1 депутат, 2 депутати, 5 депутатів."""

from decimal import Decimal

from plugins.ukrainian.numbers import NBSP, number


def plural(n: int | float | Decimal, one: str, few: str, many: str, other: str | None = None) -> str:
    """The form that Ukrainian (CLDR `uk`) takes beside the number; the sign of the number does not matter.

    one: 1, 21, 101 · few: 2–4, 22 · many: 0, 5–20, 111 · other: fractions, genitive singular («1,5 депутата»);
    without it fractions take `few`, which is the same word for most feminine and neuter nouns («1,5 години»).
    """
    whole = int(n)
    if whole != n:
        return few if other is None else other
    tens, units = divmod(abs(whole) % 100, 10)
    if tens == 1 or units == 0 or units > 4:
        return many
    return one if units == 1 else few


def counted(n: int | float | Decimal, one: str, few: str, many: str, other: str | None = None) -> str:
    """The number and its noun, held together by a no-break space: «5 депутатів», «1 234 рішення»."""
    return f"{number(n)}{NBSP}{plural(n, one, few, many, other)}"
