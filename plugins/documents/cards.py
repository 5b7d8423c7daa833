"""Cards for social networks: one template in four formats, as pictures beside a page or shared by a section."""

from __future__ import annotations

import hashlib
import io
from functools import lru_cache
from typing import TYPE_CHECKING, Any, ClassVar

from plugins.media.model import Rendition
from plugins.records import Library, frozen
from plugins.ukrainian import slug

from .brand import Brand, brand_of
from .flow import in_print
from .press import recipe
from .prints import Origin, PrintModel, PrintPhoto, digest_of, pages_of

if TYPE_CHECKING:
    from PIL import Image

FORMATS = {"1080x1080": (1080, 1080), "1080x1350": (1080, 1350), "1080x1920": (1080, 1920), "1200x630": (1200, 630)}
"""Square, portrait, story, link: pixels."""
LINK = "1200x630"


@frozen(kw_only=True)
class Picture(PrintModel):
    """A print model whose one page is a picture: `format` is one of FORMATS; a `Drawing` for the media room."""

    template: ClassVar[str]

    format: str = LINK

    @property
    def size(self) -> tuple[int, int]:
        """Width and height, pixels."""
        return FORMATS[self.format]

    @property
    def digest(self) -> str:
        """The hash of everything it is made from."""
        parts = f"{recipe(self.template)} {digest_of(self)}"
        return hashlib.blake2b(parts.encode(), digest_size=5).hexdigest()

    def draw(self) -> Image.Image:
        """The pixels, RGB. Errors: Refused, DoesNotFit."""
        from PIL import Image  # where nothing is drawn, Pillow is not loaded

        made = pages_of(self, form="png", ppi=72)[0]
        return Image.open(io.BytesIO(made)).convert("RGB")


@frozen(kw_only=True)
class Card(Picture):
    """A card of words. `tone` is `joy`, `professional`, `remembrance`, or empty for a card of the council's own."""

    template: ClassVar[str] = "card.typ"

    kicker: str = ""
    line: str = ""
    note: str = ""
    tone: str = ""
    photo: PrintPhoto | None = None


def card_beside(url: str, card: Picture, name: str, library: Library) -> str:
    """The address of a picture `<name>.png` beside a page; it is made where somebody asks for it."""
    path = f"{url.strip('/')}/{name}.png"
    library.pictures[path] = Rendition(path, card, card.size[0], card.digest, card.origin is not None)
    return f"/{path}"


def share_card(library: Library, *, title: str, kicker: str = "", note: str = "", stem: str = "kartka",
               tone: str = "", origin: Origin | None = None) -> str:
    """The address of a card that several pages may share, 1200 × 630: `kicker` over `title`, `note` below."""
    rendition = _shared(title, kicker, note, stem, tone, origin, brand_of(library), library.once(_first_day))
    library.pictures[rendition.path] = rendition
    return "/" + rendition.path


@lru_cache(maxsize=1_000)
def _shared(title: str, kicker: str, note: str, stem: str, tone: str, origin: Origin | None, brand: Brand,
            on: Any) -> Rendition:
    card = Card(title=in_print(title), kicker=in_print(kicker), note=in_print(note), tone=tone, origin=origin,
                brand=brand, on=on)
    return Rendition(f"media/{slug(stem) or 'kartka'}.{card.digest}.png", card, card.size[0],
                     may_refuse=origin is not None)


def _first_day(library: Library) -> Any:
    """A day for what has none of its own: the first of the council's first convocation."""
    return library.every("council")[0].convocations[0].starts_on


def card_image_of(section: str, library: Library) -> str:
    """The card shared by all pages of a section («Рішення й документи»); an empty name gives the council's own."""
    council: Any = library.every("council")[0]
    return share_card(library, title=section or council.tagline, note=council.community, stem=section or "rada")
