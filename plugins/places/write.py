"""`/bezpeka.txt`: the same in plain text, for links as thin as a short message."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from plugins.people.model import Council
from plugins.records import Library, OutputFile
from plugins.ukrainian import sort_key

from .model import ContactPlace, PlaceType
from .pages import STATE_NUMBERS

LIMIT = 2_000
"""Bytes: what opens at once on the slowest link."""


def plain_text(site: Any) -> Iterator[OutputFile]:
    """The file, where there is a register of places."""
    if site.library.exists("place"):
        text = _text(site.library)
        yield OutputFile("bezpeka.txt", text, lambda: text.encode("utf-8"))


def _text(library: Library) -> str:
    places = sorted(library.of(ContactPlace), key=lambda place: (sort_key(place.address), sort_key(place.title)))
    lines = [f"{library.only(Council).name}. БЕЗПЕКА", "", *(f"{number} {title}" for number, title in STATE_NUMBERS)]
    for kind in (PlaceType.HOTLINE, PlaceType.SHELTER, PlaceType.INVINCIBILITY, PlaceType.WATER):
        chosen = [place for place in places if place.type is kind]
        if chosen:
            lines += ["", kind.label.upper()]
            lines += [f"{place.phone} {place.title}" if kind is PlaceType.HOTLINE else f"{place.address}: {place.title}"
                      for place in chosen]
    out: list[str] = []
    size = 0
    for line in lines:
        size += len(line.encode("utf-8")) + 1
        if size > LIMIT - 60:
            out.append("Далі — на сайті: /bezpeka/ukryttia/")
            break
        out.append(line)
    return "\n".join(out) + "\n"
