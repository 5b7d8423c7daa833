"""One face made for print: what its original lacks is added, then only what Ukrainian councils write is kept."""
from __future__ import annotations

import io
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from fontTools import subset  # type: ignore[import-untyped]
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]
from fontTools.ttLib.tables._g_l_y_f import Glyph  # type: ignore[import-untyped]

from tooling.glyphs import add_small, height, middle, new_glyph
from tooling.stress import add_stressed

if TYPE_CHECKING:
    from pathlib import Path

PRINT_FEATURES = "calt case ccmp kern liga lnum locl mark mkmk pnum rlig tnum".split()
WEB_FEATURES = "kern locl ccmp lnum tnum mark".split()
BLANKS = {0x2009: 0.2, 0x200A: 0.1, 0x200B: 0.0, 0x202F: 0.2, 0x2060: 0.0}
"""Spaces that a face may lack, with their widths in ems."""
STAND_INS = {0x00AD: "-", 0x2010: "-", 0x2011: "-", 0x2012: "–", 0x2015: "—", 0x2032: "'", 0x2033: '"',
             0x0162: "Ț", 0x0163: "ț", 0x0218: "Ş", 0x0219: "ş"}
"""Signs that a face may lack, and which of its own is drawn for them."""


def make(original: Path, characters: Iterable[int]) -> bytes:
    """A face for PDF and PNG: the TTF bytes, the same at every run. ValueError names what cannot be added."""
    wanted, options = set(characters), options_for(PRINT_FEATURES)
    options.name_IDs = ["*"]  # authors and licence travel with the font
    font = subset.load_font(original, options)
    for code in sorted(wanted - set(font.getBestCmap())):
        add(font, code)
    if lacking := sorted(wanted - set(font.getBestCmap())):
        raise ValueError(f"{original.name}: {' '.join(f'U+{code:04X}' for code in lacking)}")
    add_stressed(font)
    keep(font, wanted, options)
    say_changed(font)
    return packed(font, options)


def make_web(original: Path, characters: Iterable[int]) -> bytes:
    """A face for browsers: the WOFF2 bytes."""
    options = options_for(WEB_FEATURES, flavor="woff2")
    font = subset.load_font(original, options)
    keep(font, characters, options)
    return packed(font, options)


def options_for(features: list[str], flavor: str | None = None) -> Any:
    options = subset.Options(hinting=False, layout_features=features, flavor=flavor)
    options.drop_tables += ["DSIG", "FFTM"]
    options.harfbuzz_repacker = False  # it packs otherwise, and whether it is there depends on the machine
    return options


def keep(font: TTFont, characters: Iterable[int], options: Any) -> None:
    """Take away every other character and feature, hints and names of glyphs."""
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=characters)
    subsetter.subset(font)


def say_changed(font: TTFont) -> None:
    """Tell in its name table that this is not the original: its unique name and its version."""
    for record in font["name"].names:
        if record.nameID in (3, 5):
            record.string = f"{record.toUnicode()}; subset and changed for Prozora rada"


def packed(font: TTFont, options: Any) -> bytes:
    file = io.BytesIO()
    subset.save_font(font, file, options)
    return file.getvalue()


def add(font: TTFont, code: int) -> None:
    """Give the font a sign that it lacks, if we know how it is made."""
    own = font.getBestCmap()
    name = f"uni{code:04X}"
    if code in BLANKS:
        new_glyph(font, name, Glyph(), round(BLANKS[code] * font["head"].unitsPerEm))
    elif code == 0x2007:
        new_glyph(font, name, Glyph(), font["hmtx"][own[ord("0")]][0])
    elif code in STAND_INS:
        name = own[ord(STAND_INS[code])]
    elif code == 0x25E6:
        add_small(font, name, own[0xB0], 1, middle(font, own[0x2022]))
    elif code == 0x2070 or 0x2074 <= code <= 0x2089:
        add_index(font, code, name)
    else:
        return
    for table in font["cmap"].tables:
        if table.isUnicode():
            table.cmap[code] = name


def add_index(font: TTFont, code: int, name: str) -> None:
    """A superscript or subscript digit: the digit in the size of the face's own ², at the height of ² or ₂."""
    own = font.getBestCmap()
    scale = height(font, own[ord("²")]) / height(font, own[ord("2")])
    if code < 0x2080:
        return add_small(font, name, own[ord("0") + code - 0x2070], scale, middle(font, own[ord("²")]))
    low = middle(font, own[ord("₂")]) if ord("₂") in own else 0
    return add_small(font, name, own[ord("0") + code - 0x2080], scale, low)
