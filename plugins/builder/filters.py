"""The filters templates print with: addresses, Ukrainian dates and numbers."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from plugins import ukrainian
from plugins.records import set_words

NOT_OF_ADDRESSES = re.compile(r"[^A-Za-z0-9_.~/-]+")


def filters(base: str) -> dict[str, Callable[..., Any]]:
    """Jinja filters by name; `base` is the path of a site below its host's root."""
    return {
        "href": lambda url: base + url if url.startswith("/") else url,
        "day": ukrainian.day,
        "short_day": ukrainian.short_day,
        "day_month": ukrainian.day_month,
        "month_year": ukrainian.month_year,
        "weekday": ukrainian.weekday,
        "moment": ukrainian.moment,
        "clock": ukrainian.clock,
        "iso": iso,
        "plural": ukrainian.counted,
        "number": ukrainian.number,
        "filesize": ukrainian.file_size,
        "duration": ukrainian.duration,
        "typo": typo,
        "urlencode": urlencode,
    }


@lru_cache(maxsize=50_000, typed=True)
def typo(text: str) -> str:
    """The typographer; a title stands on many lists, so what was set is remembered."""
    return set_words(text)


@lru_cache(maxsize=1_000)
def urlencode(text: str) -> str:
    """A text as part of an address. Jinja's own filter goes letter by letter, and each page has its
    title and its address in several links."""
    return NOT_OF_ADDRESSES.sub(lambda signs: "%" + signs[0].encode().hex("%").upper(), text)


def iso(value: date | datetime) -> str:
    """A date or a moment for machines: `2026-11-20`, `2026-11-20T10:30+02:00`."""
    return value.isoformat(timespec="minutes") if isinstance(value, datetime) else value.isoformat()
