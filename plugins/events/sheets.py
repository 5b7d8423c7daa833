"""What stands on a poster: print models for a screen, for cards, for a press; they know nothing of records."""

from __future__ import annotations

import functools
from dataclasses import fields, replace
from typing import Any, ClassVar

from plugins.documents.model import LINK, Picture, PrintPhoto
from plugins.records import frozen

PAPER = "A4"
SCREEN_PPI = 150
SCREEN = (1240, 1754)
"""Pixels of the picture on the page: A4 at 150 to an inch."""
CARD_FACTS = ("price", "age")
"""What a card says besides time and place; the rest is on its page."""


@frozen
class PosterFact:
    """One small line: the field it comes from, its words."""

    field: str
    words: str


@frozen
class PosterCode:
    """The code of an address: `rows` of modules, "1" dark; `shown`: the address in two short lines."""

    url: str
    shown: tuple[str, ...]
    rows: tuple[str, ...]


@frozen
class Sheet:
    """A sheet of paper, millimetres."""

    width: int
    height: int


@frozen(kw_only=True)
class PosterSheet(Picture):
    """What stands on a poster. `format`: A4 or one of the cards; `palette` is empty for the design's own colours;
    `alt` tells what is drawn; `inks`: for a press."""

    template: ClassVar[str] = "poster.typ"

    design: str
    palette: str = ""
    kicker: str = ""
    headline: str
    lines: tuple[str, ...] = ()
    when: str
    clock: str = ""
    place: str
    facts: tuple[PosterFact, ...] = ()
    photo: PrintPhoto | None = None
    alt: str = ""
    code: PosterCode | None = None
    inks: bool = False


@frozen(kw_only=True)
class PosterPicture(PosterSheet):
    """The poster as the picture of its page."""

    ppi: ClassVar[float] = SCREEN_PPI

    @property
    def size(self) -> tuple[int, int]:
        """Width and height, pixels."""
        return SCREEN


@frozen(kw_only=True)
class PressSheet(PosterSheet):
    """The poster for a press: `sheets` one a page, `bleed` and `slug` round each in millimetres, `marks` to cut by."""

    is_for_press: ClassVar[bool] = True

    sheets: tuple[Sheet, ...]
    bleed: float
    slug: float
    marks: bool


def card_of(sheet: PosterSheet, name: str) -> PosterSheet:
    """The poster as a card: fewer small lines, no code where the card itself is a link."""
    return replace(sheet, format=name, facts=tuple(fact for fact in sheet.facts if fact.field in CARD_FACTS),
                   code=None if name == LINK else sheet.code)


@functools.lru_cache(64)  # the poster, its picture and its cards show the same
def code_of(url: str) -> PosterCode:
    """The code of an address, level M (it bears a stain on 15 % of it)."""
    import segno  # only where a poster is composed

    matrix = segno.make(url, error="m", boost_error=False, micro=False).matrix
    host, _, rest = url.partition("://")[2].rstrip("/").partition("/")
    return PosterCode(url, (host, "/" + rest) if rest else (host,),
                      tuple("".join("1" if cell else "0" for cell in row) for row in matrix))


def as_(kind: type[Any], sheet: PosterSheet, **more: Any) -> Any:
    """The same words as another kind of print model."""
    return kind(**{item.name: getattr(sheet, item.name) for item in fields(sheet)} | more)
