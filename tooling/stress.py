"""Stressed vowels as glyphs of their own: a vowel with a mark after it becomes one, in every face.

Without this the mark hangs beside its letter (Onest) or pierces it (і in Arsenal), and readers of a PDF see the vowel
twice. The place of the mark is measured on the face's á, é, ó; a stressed і loses its dot, as in dictionaries.
"""
from __future__ import annotations

from typing import Any

from fontTools.otlLib import builder  # type: ignore[import-untyped]
from fontTools.pens.boundsPen import BoundsPen  # type: ignore[import-untyped]
from fontTools.pens.recordingPen import DecomposingRecordingPen  # type: ignore[import-untyped]

from tooling.glyphs import Box, add_parts, box

VOWELS = "аеєиїоуюяыэёАЕЄИІЇОУЮЯЫЭЁ"
TWINS = dict(zip("аеоуАЕОІ", "áéóýÁÉÓÍ", strict=True))
"""Vowels of the same drawing as a Latin letter, and that letter with its accent."""
ACUTE = 0x301


def add_stressed(font: Any) -> None:
    """Give the font every stressed vowel of Ukrainian, and of Russian for quotations."""
    own = font.getBestCmap()
    ligatures = {}
    for mark in marks(font):
        x, y = foot(box(font, mark))
        for vowel in VOWELS:
            middle, low = place(font, vowel)
            ligatures[own[ord(vowel)], mark] = add_parts(
                font, f"{own[ord(vowel)]}.{mark}", [(own[ord(vowel)], 0, 0), (mark, middle - x, low - y)])
        stressed_i = add_parts(font, f"stressed.{mark}", [(own[ord("í")], 0, 0)])
        ligatures |= {(own[ord(letter)], mark): stressed_i for letter in "іı"}
    append(font["GSUB"].table, "ccmp", builder.buildLigatureSubstSubtable(ligatures))


def marks(font: Any) -> list[str]:
    """The stress mark, and other drawings of it that the face puts in its place (over capitals)."""
    mark = font.getBestCmap()[ACUTE]
    tables = (table for lookup in font["GSUB"].table.LookupList.Lookup for table in lookup.SubTable)
    return sorted({mark} | {table.mapping[mark] for table in tables if table.LookupType == 1 and mark in table.mapping})


def place(font: Any, vowel: str) -> tuple[float, float]:
    """Where the middle of the mark's foot stands over a vowel."""
    own, widths = font.getBestCmap(), font["hmtx"]
    twin = TWINS.get(vowel)
    if twin and widths[own[ord(vowel)]][0] == widths[own[ord(twin)]][0]:
        return foot(accent(font, twin))
    round_one, marked = ("о", "ó") if vowel.islower() else ("О", "Ó")
    (middle, high), (x, y) = head(box(font, own[ord(round_one)])), foot(accent(font, marked))
    centre, top = head(box(font, own[ord(vowel)]))
    return centre + x - middle, top + y - high


def accent(font: Any, letter: str) -> Box:
    """The box of the accent of a letter: its highest contour."""
    pen = DecomposingRecordingPen(font.getGlyphSet())
    font.getGlyphSet()[font.getBestCmap()[ord(letter)]].draw(pen)
    contours: list[list[Any]] = []
    for step in pen.value:
        if step[0] == "moveTo":
            contours.append([])
        contours[-1].append(step)
    return max((contour_box(contour) for contour in contours), key=lambda each: each[1])


def contour_box(steps: list[Any]) -> Box:
    pen = BoundsPen(None)
    for name, arguments in steps:
        getattr(pen, name)(*arguments)
    return pen.bounds  # type: ignore[no-any-return]


def foot(of: Box) -> tuple[float, float]:
    return (of[0] + of[2]) / 2, of[1]


def head(of: Box) -> tuple[float, float]:
    return (of[0] + of[2]) / 2, of[3]


def append(table: Any, tag: str, rules: Any) -> None:
    """Add rules as the last of a feature, in every script that has it."""
    features = [record.Feature for record in table.FeatureList.FeatureRecord if record.FeatureTag == tag]
    if not features:
        raise ValueError(f"the font has no feature {tag}")
    lookups = table.LookupList
    lookups.Lookup.append(builder.buildLookup([rules]))
    lookups.LookupCount = len(lookups.Lookup)  # the subsetter believes the count
    for feature in features:
        feature.LookupListIndex.append(lookups.LookupCount - 1)
        feature.LookupCount = len(feature.LookupListIndex)
