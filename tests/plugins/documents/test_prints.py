"""Print models: what a document is made from, what makes it anew, and how an editor learns that it does not fit."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from plugins.documents.model import Brand, Card, Origin, digest_of, pages_of
from plugins.documents.prints import PrintPhoto, as_data
from plugins.records import Refused

BRAND = Brand("Мала міська рада", "Малої міської ради", "Виконавчий комітет", "Мала громада", "м. Мале", "Мала область",
              "вул. Соборна, 1", "(03200) 1-00-00", "rada@mala.example", "https://mala.example",
              (("navy", "#173058"), ("wheat", "#d9a437"), ("band_a", "#173058"), ("band_b", "#d9a437")),
              '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><path d="M0 0h10v10H0z"/></svg>')


def card(title: str = "З Днем Конституції", origin: Origin | None = None) -> Card:
    return Card(title=title, kicker="Вітання", note="28 червня", brand=BRAND, on=date(2026, 6, 28), origin=origin)


def test_a_picture_has_exactly_its_size() -> None:
    for name, size in {"1080x1080": (1080, 1080), "1080x1350": (1080, 1350), "1080x1920": (1080, 1920),
                       "1200x630": (1200, 630)}.items():
        assert size == replace(card(), format=name).draw().size


def test_the_same_words_give_the_same_pixels_and_other_words_another_name() -> None:
    assert pages_of(card(), form="png") == pages_of(card(), form="png")
    assert card().digest == card().digest != card("З Днем міста").digest


def test_where_the_words_stand_in_the_source_is_no_part_of_the_document() -> None:
    moved = card(origin=Origin((("title", "content/a.md", 7, "Назва"),)))
    assert digest_of(moved) == digest_of(card())
    assert "origin" not in as_data(moved)


def test_a_title_that_does_not_fit_is_a_problem_at_its_line() -> None:
    long = card("Дуже довга назва " * 40, Origin((("title", "content/greetings/2026/a.md", 2, "Назва"),)))
    with pytest.raises(Refused) as caught:
        long.draw()
    assert str(caught.value).startswith("content/greetings/2026/a.md:2: Назва: не вміщується: задовге приблизно на ")
    assert str(caught.value).endswith(" знаків. Скоротіть. [DOCUMENT-FIT]")


def test_a_photo_is_known_by_its_content_and_not_by_its_folder(tmp_path: Path) -> None:
    one, two = (PrintPhoto(tmp_path / name / "a.jpg", "0123", "Міст") for name in "ab")
    assert as_data(one) == as_data(two) == {"file": "photos/0123.jpg", "alt": "Міст", "credit": "",
                                            "focus": [0.5, 0.5]}
