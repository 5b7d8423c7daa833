"""The council's own colours as custom properties of the theme, with the shades that follow from them."""

from __future__ import annotations

from plugins.people.model import Colours
from plugins.records import contrast, mixed

FOOT_TEXT = "#b6c3da"
"""The quietest text on the foot."""


def properties(colours: Colours) -> dict[str, str]:
    """Custom properties (without `--`) for the colours a council has set; the theme's own hold for the rest."""
    found: dict[str, str] = {}
    if colours.navy:
        found |= {"council-navy": colours.navy, "council-navy-dark": mixed(colours.navy, "#ffffff", 0.82),
                  "council-foot": _foot(colours.navy), "council-foot-dark": mixed(colours.navy, "#05070b", 0.8)}
    if colours.wheat:
        found |= {"council-wheat": colours.wheat, "council-wheat-dark": mixed(colours.wheat, "#ffffff", 0.2)}
    for name, thread in (("band-a", colours.band_a), ("band-b", colours.band_b)):
        if thread:
            found |= {f"council-{name}": thread, f"council-{name}-dark": mixed(thread, "#ffffff", 0.45)}
    return found


def _foot(navy: str) -> str:
    """The council's main colour, darkened until the quietest text of the foot can be read on it (7 to 1)."""
    part = 0.15
    while contrast(mixed(navy, "#000000", part), FOOT_TEXT) < 7 and part < 0.9:
        part += 0.05
    return mixed(navy, "#000000", part)
