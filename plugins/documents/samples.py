"""Samples of templates: a document's first page as a picture, for the brand book."""

from __future__ import annotations

import hashlib
import io
from typing import TYPE_CHECKING

from plugins.media.model import Drawing, drawing_as_photo
from plugins.records import Library, frozen
from plugins.records.components import Photo
from plugins.ukrainian import slug

from .cards import Picture
from .press import recipe
from .prints import PrintModel, digest_of, pages_of

if TYPE_CHECKING:
    from PIL import Image

PPI = 96
MM_OF_INCH = 25.4


@frozen
class Sample:
    """A template at work: what it is («Лист-вітання»), its picture or its print model, where the whole of it is."""

    title: str
    shown: PrintModel | Drawing
    url: str


@frozen
class Preview:
    """The first page of a print model as a `Drawing`."""

    model: PrintModel

    @property
    def size(self) -> tuple[int, int]:
        """Width and height, pixels: the sheet at 96 to the inch."""
        wide, high = (round(side * PPI / MM_OF_INCH) for side in self.model.paper)
        return wide, high

    @property
    def digest(self) -> str:
        """The hash of everything it is made from."""
        parts = f"{PPI} {recipe(self.model.template)} {digest_of(self.model)}"
        return hashlib.blake2b(parts.encode(), digest_size=5).hexdigest()

    def draw(self) -> Image.Image:
        """The pixels, RGB. Errors: Refused, DoesNotFit."""
        from PIL import Image

        image = Image.open(io.BytesIO(pages_of(self.model, form="png", ppi=PPI)[0])).convert("RGB")
        return image if image.size == self.size else image.resize(self.size, Image.Resampling.LANCZOS)


def photo_of_sample(sample: Sample, library: Library) -> Photo:
    """The picture of a sample in the sizes of the page."""
    return drawing_as_photo(f"zrazok-{slug(sample.title)}", _drawing(sample.shown), f"Зразок: {sample.title}", library)


def _drawing(shown: PrintModel | Drawing) -> Drawing:
    if isinstance(shown, Picture) or not isinstance(shown, PrintModel):
        return shown
    return Preview(shown)
