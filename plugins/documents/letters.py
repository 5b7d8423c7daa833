"""Which signs the faces of `theme/fonts` have: what none of them has cannot be printed, and is said before it is tried."""

from __future__ import annotations

import re
import tomllib
from functools import cache

from .press import FONTS


def unprintable(text: str) -> str:
    """The signs of a text that the faces lack, each once, in their order."""
    return "".join(dict.fromkeys(_lacking().findall(text)))


@cache
def _lacking() -> re.Pattern[str]:
    told = tomllib.loads((FONTS / "fonts.toml").read_text(encoding="utf-8"))["characters"]
    ranges = " ".join((*told["letters"], *told["signs"])).split()
    return re.compile("[^\n" + "".join(_range(text) for text in ranges) + "]")


def _range(text: str) -> str:
    first, _, last = text.partition("-")
    return f"\\U{int(first, 16):08x}-\\U{int(last or first, 16):08x}"
