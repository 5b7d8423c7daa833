"""Where in an act a mention leads: «3», «п. 1.2», «пункт 4 додатка 1», «додаток 2», «преамбула»."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from . import points

if TYPE_CHECKING:
    from .changes import State
    from .model import ActDocument

ANNEX = re.compile(r"додат\w*\s*(?:№\s*)?([0-9]+)?", re.I)
WORDS_ONLY = re.compile(r"преамбул|назв|заголов|вступ", re.I)


class Spot(NamedTuple):
    """A part of an act: the number of its annex (0 for the text itself) and the point, if one is meant."""

    annex: int
    point: points.Point | None


def find_place(act: ActDocument | State, mention: str) -> Spot | None:
    """The part of an act that a mention means, or None."""
    annex = 0
    if match := ANNEX.search(mention):
        annex = int(match[1]) if match[1] else 1
        mention = ANNEX.sub("", mention)
        if not 0 < annex <= len(act.annexes):
            return None
        if not points.path_of(mention):
            return Spot(annex, None)
    elif WORDS_ONLY.search(mention):
        return Spot(0, None)
    text = act.annexes[annex - 1].text if annex else act.text
    point = points.find(points.parse(text), mention)
    return Spot(annex, point) if point else None


def annex_url(document: ActDocument, number: int) -> str:
    """The address of an annex, counted from 1."""
    return f"{document.url}dodatok-{number}/"


def address(act: ActDocument, mention: str) -> str | None:
    """The address of the part that a mention means, or None."""
    spot = find_place(act, mention)
    if spot is None:
        return None
    url = annex_url(act, spot.annex) if spot.annex else act.url
    return f"{url}#{spot.point.anchor}" if spot.point else url
