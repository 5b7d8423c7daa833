"""What acts rest on is read from their field or from their preamble."""

from __future__ import annotations

import pytest

from plugins.acts.bases import bases_of
from tests.plugins.acts.test_status import act

SELF = "Закон України «Про місцеве самоврядування в Україні»"


@pytest.mark.parametrize(("preamble", "bases"), [
    ("Відповідно до статті 26 Закону України «Про місцеве самоврядування в Україні» рада вирішила:", [(SELF, "26")]),
    ("Відповідно до статей 14, 78 Бюджетного кодексу України, пункту 23 частини першої статті 26 Закону України "
     "«Про місцеве самоврядування в Україні» рада вирішила:",
     [("Бюджетний кодекс України", "14"), ("Бюджетний кодекс України", "78"), (SELF, "26")]),
    ("Керуючись статтею 33 Закону України «Про оренду землі», Земельним кодексом України, рада вирішила:",
     [("Закон України «Про оренду землі»", "33"), ("Земельний кодекс України", "")]),
    ("На підставі статті 36¹ Кодексу законів про працю України та статті 144 Конституції України:",
     [("Кодекс законів про працю України", "36¹"), ("Конституція України", "144")]),
    ("Рада вирішила:", [])])
def test_laws_and_articles_are_read_from_the_preamble(preamble: str, bases: list[tuple[str, str]]) -> None:
    assert [tuple(basis) for basis in bases_of(act(text=f"{preamble}\n\n1. Полагодити дорогу."))] == bases


def test_what_an_editor_stated_goes_before_the_preamble() -> None:
    stated = act(text="Відповідно до статті 26 Закону України «Про освіту»:\n\n1. А",
                 legal_basis=[{"title": "Бюджетний кодекс України, статті 14, 78"}])
    assert [basis.name for basis in bases_of(stated)] == [
        "Бюджетний кодекс України, стаття\u00a014", "Бюджетний кодекс України, стаття\u00a078"]


def test_the_address_of_a_long_name_is_cut_and_stays_its_own() -> None:
    names = [f"Закон України «Про {'дуже ' * 20}довгу назву {end}»" for end in ("а", "б")]
    first, second = (bases_of(act(text=f"Відповідно до {name}:\n\n1. А"))[0].path for name in names)
    assert first != second and max(len(first), len(second)) < 110
