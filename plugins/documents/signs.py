"""Which signs all fonts of documents have, as `theme/fonts/fonts.toml` promises: a text of these can be printed.

A check asks here first: only a text with a rarer sign must be tried on the press.
"""

from __future__ import annotations

import tomllib
from functools import cache

from .press import FONTS


@cache
def common_signs() -> frozenset[str]:
    """All of them; ends of lines and tabs too. None without the list: then every text is tried."""
    try:
        told = tomllib.loads((FONTS / "fonts.toml").read_text(encoding="utf-8"))
    except FileNotFoundError:
        return frozenset()
    ranges = [part for lines in told["characters"].values() for line in lines for part in line.split()]
    return frozenset({"\n", "\t", *(chr(number) for part in ranges for number in _numbers(part))})


def _numbers(part: str) -> range:
    """«41-5A» → 0x41 … 0x5A, «AD» → 0xAD alone."""
    first, _, last = part.partition("-")
    return range(int(first, 16), int(last or first, 16) + 1)


def has_rare_signs(text: str) -> bool:
    """True if a font may lack a sign of the text."""
    return not common_signs().issuperset(text)
