"""The council as templates know it: names, address, colours, arms — all from `data/council.yml`."""

from __future__ import annotations

from typing import Any

from plugins.media.model import plain_svg
from plugins.records import Library, frozen

from .press import TEMPLATES

COLOURS = (("navy", "#173058"), ("wheat", "#d9a437"), ("band_a", "#173058"), ("band_b", "#d9a437"))
"""What a council may change, with the theme's own values."""


@frozen
class Brand:
    """What all templates know of the council. `colours` by the names of COLOURS; `arms` is the text of an SVG."""

    name: str
    name_genitive: str
    executive: str
    community: str
    settlement: str
    region: str
    address: str
    phone: str
    email: str
    site: str
    colours: tuple[tuple[str, str], ...]
    arms: str


def brand_of(library: Library) -> Brand:
    """The council of the library for templates (its model lies below this room)."""
    brand: Brand = library.once(_brand)
    return brand


def site_of(library: Library) -> str:
    """The address that documents print, links in them and codes lead to: where this site stands, so that each finds its
    page; the council's own (`data/council.yml`) where a build does not say. No slash at its end."""
    return library.site_url or brand_of(library).site.rstrip("/")


def _brand(library: Library) -> Brand:
    council: Any = library.every("council")[0]
    executive = library.find("organization", council.executive_id or "")
    colours = tuple((name, getattr(council.colours, name) or default) for name, default in COLOURS)
    return Brand(council.name, council.name_genitive, executive.heading if executive else "", council.community,
                 council.settlement, council.region, council.address,
                 council.phones[0].number if council.phones else "", council.email, council.site, colours,
                 plain_svg(library.file_of(council, council.arms)).text if council.arms else _sign(colours))


def _sign(colours: tuple[tuple[str, str], ...]) -> str:
    """What stands for arms that no file gives: the theme's sign in the council's colours."""
    text = (TEMPLATES / "arms.svg").read_text(encoding="utf-8")
    for name, default in COLOURS[:2]:
        text = text.replace(default, dict(colours)[name])
    return text
