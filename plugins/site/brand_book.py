"""The brand book: colours and which of them can be read on which, typefaces, the arms, every template at work.

All of it is made from `data/council.yml` and the records of this site: another council's brand book makes itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any, ClassVar

from plugins.documents.model import COLOURS, Picture, Sample, brand_of, photo_of_sample
from plugins.people.model import Council
from plugins.records import REGISTRY, Library, Link, OutputFile, PageModel, contrast, frozen
from plugins.records.components import Photo
from plugins.ukrainian import number

URL = "/firmovyi-styl/"
ARMS = f"{URL}herb.svg"
NAMES = {"navy": "Основний", "wheat": "Акцент", "band_a": "Нитка 1", "band_b": "Нитка 2"}
PAPER, INK, QUIET = ("Папір", "#faf8f3"), ("Чорнило", "#1b2436"), ("Приглушений", "#535b6b")
ALL, LARGE = 4.5, 3.0
"""Contrast that any text needs and that large text needs (WCAG 2.2, 1.4.3)."""


@frozen(kw_only=True)
class ArmsSheet(Picture):
    """The arms with their clear space."""

    template: ClassVar[str] = "brand-arms.typ"

    @property
    def size(self) -> tuple[int, int]:
        """Width and height, pixels."""
        return 1200, 560


@frozen(kw_only=True)
class TypeSheet(Picture):
    """The typefaces."""

    template: ClassVar[str] = "brand-type.typ"

    headline: str
    text: str

    @property
    def size(self) -> tuple[int, int]:
        """Width and height, pixels."""
        return 1200, 1080


@frozen
class Swatch:
    """A colour of the brand."""

    title: str
    code: str


@frozen
class Column:
    """A column of the table of contrasts."""

    title: str
    is_number: bool = False


@frozen
class Contrasts:
    """What the component `data-table` prints: which colour can be read on which."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    downloads: tuple[Link, ...] = ()


@frozen
class SampleView:
    """A template at work."""

    title: str
    photo: Photo
    url: str


@frozen(kw_only=True)
class BrandBookPage(PageModel):
    """The brand book."""

    template: ClassVar[str] = "site/brand-book.html"
    page_kind: ClassVar[str] = "page"

    swatches: tuple[Swatch, ...]
    contrasts: Contrasts
    arms: Photo
    arms_url: str
    faces: Photo
    samples: tuple[SampleView, ...]


def brand_book(library: Library) -> Iterator[PageModel | OutputFile]:
    """Its one page, and the arms as a drawing to be taken from it."""
    council, brand = library.only(Council), brand_of(library)
    on = council.convocations[0].starts_on
    colours = dict(brand.colours)
    swatches = (*(Swatch(NAMES[name], colours[name]) for name, _ in COLOURS),
                *(Swatch(title, code) for title, code in (PAPER, INK, QUIET)))
    sheets: tuple[Any, ...] = (
        ArmsSheet(title="Герб", brand=brand, on=on),
        TypeSheet(title="Шрифти", brand=brand, on=on, headline=council.tagline, text=council.lead or council.community))
    arms, faces = (photo_of_sample(Sample(sheet.title, sheet, ""), library) for sheet in sheets)
    samples = [sample for build in REGISTRY.samples for sample in build(library)]
    yield BrandBookPage(
        url=URL, title="Фірмовий стиль", menu="about", is_indexed=False,
        description="Кольори, шрифти, герб і зразки документів ради.", updated_at=None,
        crumbs=(Link("Про сайт", "/pro-sait/"),) if library.exists("page") else (),
        swatches=swatches, contrasts=_contrasts(swatches), arms=arms, arms_url=ARMS,
        faces=faces,
        samples=tuple(SampleView(sample.title, photo_of_sample(sample, library), sample.url) for sample in samples))
    drawing = brand.arms.encode()
    yield OutputFile(ARMS.strip("/"), drawing, partial(bytes, drawing))


def _contrasts(swatches: tuple[Swatch, ...]) -> Contrasts:
    """Which colour can be read on which, the clearest first."""
    grounds = [swatch for swatch in swatches if swatch.title in ("Основний", "Акцент", PAPER[0])]
    texts = list({swatch.code: swatch for swatch in (*swatches[::-1], Swatch("Білий", "#ffffff"))}.values())
    pairs = sorted(((contrast(text.code, ground.code), text, ground) for ground in grounds for text in texts
                    if text.code != ground.code), key=lambda item: (-item[0], item[1].title, item[2].title))
    rows = tuple((f"{text.title} на тлі «{ground.title}»", number(round(ratio, 1)), _use(ratio))
                 for ratio, text, ground in pairs if ratio >= 1.5)
    return Contrasts("Контраст пар кольорів",
                     (Column("Пара"), Column("Контраст", is_number=True), Column("Для чого")), rows)


def _use(ratio: float) -> str:
    if ratio >= ALL:
        return "будь-який текст"
    return "лише великий текст" if ratio >= LARGE else "лише прикраса, не текст"
