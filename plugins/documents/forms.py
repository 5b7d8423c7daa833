"""The council's forms: measures and words of ДСТУ 4163:2020 as a clerk may correct them, all in `data/forms.yml`.

One small register for acts, agendas, minutes and voting lists. A council without the file gets the values below.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, ClassVar

from pydantic import Field

from plugins.records import (
    Amount,
    Day,
    Library,
    Line,
    Part,
    Problem,
    Record,
    Term,
    To,
    Truth,
    code,
)

from .sheets import Form

SHEET = code("FORM-SHEET", "Розміри бланка такі, що аркуш можна надрукувати й прочитати.",
             "sizes:\n  text: 40", "sizes:\n  text: 14")
NOT_AN_ORIGINAL = "Публікація на сайті ради; не є оригіналом."
"""What a printed document says of itself."""
UNSIGNED = "PDF без електронного підпису — публікація на сайті, а не оригінал документа."
"""What the page says of it."""
SIGNER = code("FORM-SIGNER", "Хто підписує додатки, має цю посаду в data/memberships.csv.",
              "- body: rada\n  post: Секретар", "- body: rada\n  post: секретар міської ради")
WIDTH, HEIGHT, LEAST_WIDTH, LEAST_HEIGHT = 210, 297, 100, 150
"""An A4 sheet, and what must be left of it for the text, millimetres."""
BOUNDS: dict[str, tuple[str, str, str]] = {
    "margins.left": ("5", "60", "мм"), "margins.right": ("5", "60", "мм"), "margins.top": ("15", "60", "мм"),
    "margins.bottom": ("15", "60", "мм"), "sizes.text": ("12", "14", "пт"), "sizes.kind": ("14", "16", "пт"),
    "sizes.small": ("8", "14", "пт"), "line_spacing": ("1", "1.5", "інтервалу"), "paragraph_gap": ("0", "12", "пт"),
    "indents.paragraph": ("0", "30", "мм"), "indents.mark": ("60", "130", "мм"),
    "indents.signatory": ("80", "150", "мм"), "indents.title": ("60", "170", "мм"),
    "page_number_from_edge": ("5", "40", "мм"),
}
"""Least and most of each measure: what the standard allows where it says so, else what can be read."""


class Arms(Term):
    """Which arms stand over the names."""

    STATE = "state", "малий Державний Герб України"
    OWN = "own", "герб громади"


class NumberPlace(Term):
    """Where the number of a sheet stands in its top margin."""

    CENTRE = "centre", "посередині"
    OUTSIDE = "outside", "двобічний друк: непарні праворуч, парні ліворуч"


class Margins(Part):
    """Margins of a sheet, millimetres."""

    left: Amount = Field(Decimal(30), title="Ліве", description="Міліметри: 30.")
    right: Amount = Field(Decimal(10), title="Праве", description="Міліметри: 10.")
    top: Amount = Field(Decimal(20), title="Верхнє", description="Міліметри: 20.")
    bottom: Amount = Field(Decimal(20), title="Нижнє", description="Міліметри: 20.")


class Sizes(Part):
    """Sizes of letters, points."""

    text: Amount = Field(Decimal(14), title="Текст", description="Пункти: 12–14.")
    kind: Amount = Field(Decimal(16), title="Вид документа", description="Пункти: 14–16.")
    small: Amount = Field(Decimal(12), title="Таблиці, позначки, номери аркушів", description="Пункти: 8–14.")


class Indents(Part):
    """Distances from the left margin, millimetres."""

    paragraph: Amount = Field(Decimal(10), title="Абзац", description="Міліметри: 10.")
    mark: Amount = Field(Decimal(100), title="Позначка додатка", description="Міліметри: 100.")
    signatory: Amount = Field(Decimal(125), title="Ім’я підписанта", description="Міліметри: 125.")
    title: Amount = Field(Decimal(88), title="Ширина заголовка «Про …»", description="Міліметри: 85–90.")


class AnnexSigner(Part):
    """Who signs the annexes to the decisions of a body."""

    body: Annotated[str, To("organization")] = Field(title="Орган", description="Чиї рішення: rada, vykonkom.")
    post: Line = Field(title="Посада", description="Слово в слово, як у data/memberships.csv.", min_length=1)


def measures_are_possible(forms: Forms) -> Iterator[Problem]:
    """Each measure within its bounds; room for the text is left; the number of a sheet stands over the text."""
    for path, (least, most, unit) in BOUNDS.items():
        value: Any = forms
        for step in path.split("."):
            value = getattr(value, step)
        if not Decimal(least) <= value <= Decimal(most):
            yield Problem(path, f"{_told(value)} — не підходить. Треба від {_told(least)} до {_told(most)} {unit}.",
                          SHEET)
    margins, indents = forms.margins, forms.indents
    width = WIDTH - margins.left - margins.right
    if width < LEAST_WIDTH or HEIGHT - margins.top - margins.bottom < LEAST_HEIGHT:
        yield Problem("margins", "поля не лишають місця для тексту. Зменште їх.", SHEET)
    if width - indents.signatory < 20 or width - indents.mark < 30 or width < indents.title:
        yield Problem("indents", "відступи виходять за праве поле. Зменште відступи або поля.", SHEET)
    if forms.page_number_from_edge + Decimal("0.4") * forms.sizes.small > margins.top:
        yield Problem("page_number_from_edge", "номер аркуша налазить на текст. Зменште відстань або збільште верхнє "
                                               "поле.", SHEET)


def signers_hold_their_posts(forms: Forms, library: Library) -> Iterator[Problem]:
    """A post that signs annexes is one that somebody holds or held: a misspelt one would leave them unsigned."""
    for place, signer in enumerate(forms.annex_signers):
        held = {item.post for item in library.every("membership") if item.organization == signer.body}
        if signer.post not in held:
            yield Problem(f"annex_signers.{place}.post", f"посади «{signer.post}» в органі {signer.body} немає в "
                          "data/memberships.csv. Напишіть її слово в слово.", SIGNER)


def _told(value: Decimal | str) -> str:
    return str(value).replace(".", ",")


class Forms(Record):
    """Бланки: how documents on the council's form look and what they say."""

    kind: ClassVar[str] = "forms"
    label: ClassVar[str] = "Бланки"
    place: ClassVar[str] = "data/forms.yml"
    is_single: ClassVar[bool] = True
    is_dated: ClassVar[bool] = False
    rules = (measures_are_possible,)
    links = (signers_hold_their_posts,)

    arms: Arms = Field(Arms.STATE, title="Герб", description="state — Державний, own — герб громади.")
    margins: Margins = Field(Margins.model_construct(), title="Поля", description="Поля аркуша, міліметри.")
    sizes: Sizes = Field(Sizes.model_construct(), title="Кеглі", description="Розміри літер, пункти.")
    line_spacing: Amount = Field(Decimal("1.15"), title="Міжрядковий інтервал", description="Від 1 до 1,5.")
    paragraph_gap: Amount = Field(Decimal(3), title="Відстань між абзацами", description="Пункти понад інтервал.")
    indents: Indents = Field(Indents.model_construct(), title="Відступи", description="Від лівого поля, міліметри.")
    page_number: NumberPlace = Field(
        NumberPlace.CENTRE, title="Номер аркуша", description="centre або outside; з другого аркуша.")
    page_number_from_edge: Amount = Field(
        Decimal(10), title="Номер від краю", description="Від верхнього краю аркуша, міліметри.")
    is_tracked: Truth = Field(
        True, title="Розрядка", description="так — вид документа розрядкою: Р І Ш Е Н Н Я, але без пробілів у тексті.")
    council_verb: Line = Field("ВИРІШИЛА", title="Слово ради", description="ВИРІШИЛА; стоїть наприкінці вступу.")
    executive_verb: Line = Field("ВИРІШИВ", title="Слово виконкому", description="ВИРІШИВ.")
    adoption_place: Line = Field(
        "", title="Місце ухвалення", description="м. Яворопіль; порожньо — центр громади з council.yml.")
    annex_signers: tuple[AnnexSigner, ...] = Field(
        (), title="Хто підписує додатки", description="Орган і посада; немає — додатки без підпису.")
    forms_from: Day | None = Field(
        None, title="Бланки від", description="Давніші документи бланка не мають: у них підписаний скан.")


def forms_of(library: Library) -> Forms:
    """What the council has set, or what holds without."""
    found = library.every(Forms.kind)
    return found[0] if found else library.once(_defaults)


def _defaults(_: Library) -> Forms:
    return Forms(id="forms")


def form_of(library: Library) -> Form:
    """The measures of the council's sheets."""
    return library.once(_form)


def _form(library: Library) -> Form:
    forms = forms_of(library)
    margins, sizes, indents = forms.margins, forms.sizes, forms.indents
    return Form(
        left=float(margins.left), right=float(margins.right), top=float(margins.top), bottom=float(margins.bottom),
        text=float(sizes.text), kind=float(sizes.kind), small=float(sizes.small), spacing=float(forms.line_spacing),
        paragraph_gap=float(forms.paragraph_gap), paragraph=float(indents.paragraph), mark=float(indents.mark),
        signatory=float(indents.signatory), title_width=float(indents.title),
        number_from_edge=float(forms.page_number_from_edge), arms=forms.arms.value, is_tracked=forms.is_tracked,
        is_two_sided=forms.page_number is NumberPlace.OUTSIDE)


def place_of_adoption(library: Library) -> str:
    """«м. Яворопіль»."""
    council: Any = library.every("council")[0]
    return forms_of(library).adoption_place or str(council.settlement)


def has_form(on: date, library: Library) -> bool:
    """False for documents older than the forms: their signed scan is the document."""
    begins = forms_of(library).forms_from
    return begins is None or on >= begins
