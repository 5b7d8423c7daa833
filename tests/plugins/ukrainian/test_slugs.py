"""Romanisation and slugs: the vectors of the resolution, and what always holds."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.ukrainian import romanise, slug

UKRAINIAN = st.text("абвгґдеєжзиіїйклмнопрстуфхцчшщьюя’'ʼ- АБВГҐДЕЄЖЗИІЇЙКЛМНОПРСТУФХЦЧШЩЬЮЯ0123456789№«»", max_size=40)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Алушта", "Alushta"), ("Борщагівка", "Borshchahivka"), ("Вінниця", "Vinnytsia"), ("Згорани", "Zghorany"),
        ("Розгон", "Rozghon"), ("Ґалаґан", "Galagan"), ("Єнакієве", "Yenakiieve"), ("Гаєвич", "Haievych"),
        ("Короп'є", "Koropie"), ("Їжакевич", "Yizhakevych"), ("Кадиївка", "Kadyivka"), ("Мар'їне", "Marine"),
        ("Йосипівка", "Yosypivka"), ("Стрий", "Stryi"), ("Юрій", "Yurii"), ("Корюківка", "Koriukivka"),
        ("Яготин", "Yahotyn"), ("Знам'янка", "Znamianka"), ("Запоріжжя", "Zaporizhzhia"),
        ("Феодосія", "Feodosiia"), ("Нова-Їрпа", "Nova-Yirpa"), ("Згурський", "Zghurskyi"),
    ],
)  # fmt: skip
def test_a_name_is_romanised_as_the_resolution_says(name, expected):
    assert expected == romanise(name)


@pytest.mark.parametrize("apostrophe", "'’ʼ")
def test_every_apostrophe_leaves_no_trace_and_starts_no_word(apostrophe):
    assert "Koropie Marine Znamianka" == romanise(f"Короп{apostrophe}є Мар{apostrophe}їне Знам{apostrophe}янка")


@pytest.mark.parametrize("opening", ["«", '"', "'", "(", "— ", " ", "-", "№"])
def test_a_word_starts_after_anything_that_is_neither_letter_nor_digit(opening):
    assert romanise(f"А {opening}їжак").endswith("yizhak")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ЩОРІЧНИЙ ЗВІТ", "SHCHORICHNYI ZVIT"), ("Щорічний", "Shchorichnyi"), ("ЗГОДА", "ZGHODA"), ("ДАЩ", "DASHCH"),
        ("Є", "Ye"), ("Ю. Я. Згода", "Yu. Ya. Zghoda"), ("НАЇЗД", "NAIZD"), ("КОБЗАРЮ", "KOBZARIU"),
    ],
)  # fmt: skip
def test_a_capital_gives_one_capital_unless_its_word_is_in_capitals(text, expected):
    assert expected == romanise(text)


def test_decomposed_letters_and_stress_marks_do_not_matter():
    assert "Kyiv yunak" == romanise(unicodedata.normalize("NFD", "Ки́їв юна́к"))


def test_what_is_not_ukrainian_stays():
    assert "Wi-Fi, 100 %, O’Neil" == romanise("Wi-Fi, 100 %, O’Neil")


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Про бюджет міста на 2026 рік", "pro-biudzhet-mista-na-2026-rik"),
        ("Розпорядження № 540-рв", "rozporiadzhennia-540-rv"),
        ("Сім’я і діти", "simia-i-dity"),
        ("Сім'я — «і» діти!", "simia-i-dity"),
        ("11,6 млн грн", "11-6-mln-hrn"),
        ("§ 3. Кафе_№5", "3-kafe-5"),
        ("Café d’été & O'Neil", "cafe-dete-oneil"),
        ("&amp; &#1102;", "amp-1102"),
        ("…", ""),
    ],
)
def test_a_title_becomes_words_with_single_hyphens(title, expected):
    assert expected == slug(title)


@given(st.text(max_size=60))
def test_a_slug_is_lower_ascii_with_single_hyphens_inside(text):
    found = slug(text)
    assert found.isascii()
    assert set(found) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert "--" not in found
    assert found == found.strip("-")


@given(st.text(max_size=60))
def test_a_slug_of_a_slug_is_itself(text):
    assert slug(text) == slug(slug(text))


@given(st.text(max_size=60))
def test_the_form_of_composition_does_not_change_a_slug(text):
    assert slug(unicodedata.normalize("NFC", text)) == slug(unicodedata.normalize("NFD", text))


@given(UKRAINIAN)
def test_case_does_not_change_the_slug_of_ukrainian_text(text):
    assert slug(text) == slug(text.upper()) == slug(text.lower())
