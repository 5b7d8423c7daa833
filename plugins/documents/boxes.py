"""What a press needs of a finished PDF: where sheets are cut and bleed, and no colours of a screen."""

from __future__ import annotations

import io
import re
from decimal import Decimal

from plugins.records import frozen

MM = Decimal(72) / Decimal("25.4")
SCREEN = re.compile(rb"/\w+\s+(cs|CS)\s+([\d.]+)(?:\s+([\d.]+)\s+([\d.]+))?\s+(?:scn|SCN)\b")
"""A colour of a drawing, as the engine writes it: a space, one part (grey) or three, fill or stroke."""


@frozen
class PressBoxes:
    """Sets TrimBox and BleedBox, millimetres: the sheet is cut `slug` inside the page and bleeds `bleed` over that.

    Colours of drawings that came with three components become inks. Same bytes in, same bytes out.
    """

    slug: float
    bleed: float

    def __call__(self, content: bytes) -> bytes:
        """The PDF with its boxes."""
        import pikepdf  # only where something is printed

        out = io.BytesIO()
        with pikepdf.open(io.BytesIO(content)) as pdf:
            for page in pdf.pages:
                page.TrimBox = self._inside(page.MediaBox, self.slug)
                page.BleedBox = self._inside(page.MediaBox, self.slug - self.bleed)
                _in_inks(page, pdf)
            pdf.save(out, deterministic_id=True, compress_streams=True)
        return out.getvalue()

    def _inside(self, media: object, by: float) -> list[Decimal]:
        left, bottom, right, top = (Decimal(str(side)) for side in media)  # type: ignore[attr-defined]
        part = round(Decimal(str(by)) * MM, 3)
        return [left + part, bottom + part, right - part, top - part]


def _in_inks(page: object, pdf: object) -> None:
    """Colours of drawings (the arms are an SVG) → inks, in the content of a page. Errors: ValueError if one is left."""
    resources = page.obj.Resources  # type: ignore[attr-defined]
    if "/ColorSpace" not in resources:
        return
    content = SCREEN.sub(_inks, page.Contents.read_bytes())  # type: ignore[attr-defined]
    if re.search(rb"/\w+\s+(?:cs|CS)\s", content):
        raise ValueError("на аркуші для друкарні лишився колір екрана")
    page.Contents = pdf.make_stream(content)  # type: ignore[attr-defined]
    del resources["/ColorSpace"]


def _inks(found: re.Match[bytes]) -> bytes:
    colours = [1 - float(part or found[2]) for part in found.groups()[1:]]
    black = min(colours)
    rest = [(part - black) / (1 - black) if black < 1 else 0.0 for part in colours]
    told = " ".join(f"{part:.4f}" for part in (*rest, black))
    return f" {told} {'k' if found[1] == b'cs' else 'K'} ".encode()
