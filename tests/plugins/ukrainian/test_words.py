"""Keys of words for search, and words that mix two alphabets."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.ukrainian import mixed_script, word_key, word_keys


@pytest.mark.parametrize(
    ("word", "key"),
    [
        ("Рішення", "рішення"),
        ("п’ять", "пять"),
        ("п'ять", "пять"),
        ("пʼять", "пять"),
        ("Ґанок", "ганок"),
        ("ёлка", "елка"),
        ("рыба", "риба"),
        ("эра", "ера"),
        ("объезд", "обьезд"),
        ("за́мок", "замок"),
        ("зам\u00adок", "замок"),
        ("за\u200bмок", "замок"),
        ("мiсто", "місто"),
        ("ХIV", "хіv"),
        ("BІТА", "віта"),
        ("XIV", "xiv"),
        ("Wi", "wi"),
        ("", ""),
    ],
)
def test_all_spellings_of_a_word_have_one_key(word, key):
    assert key == word_key(word)


@given(st.text(max_size=20))
def test_the_key_of_a_key_is_itself(word):
    assert word_key(word) == word_key(word_key(word))


@given(st.text("абвгґдеєжзиіїйклмнопрстуфхцчшщьюя’", max_size=20))
def test_neither_composition_nor_case_of_ukrainian_letters_changes_the_key(word):
    assert word_key(word) == word_key(unicodedata.normalize("NFD", word)) == word_key(word.upper())


@pytest.mark.parametrize(
    ("token", "keys"),
    [
        ("міста-героя", ("міста", "героя")),
        ("«Сім’я»,", ("сімя",)),
        ("540-рв", ("540", "рв", "540-рв")),
        ("№45-12/2025.", ("45", "12", "2025", "45-12/2025")),
        ("11,6", ("11", "6", "11,6")),
        ("2026", ("2026",)),
        ("—", ()),
    ],
)
def test_a_token_gives_its_parts_and_with_a_digit_also_the_literal(token, keys):
    assert keys == word_keys(token)


@pytest.mark.parametrize(
    ("word", "letters", "suggestion"),
    [
        ("мiсто", ((1, "i"),), "місто"),
        ("VІІІ", ((1, "І"), (2, "І"), (3, "І")), "VIII"),
        ("LХI", ((1, "Х"),), "LXI"),
        ("ХХІV", ((0, "Х"), (1, "Х"), (2, "І")), "XXIV"),
        ("Gооgle", ((1, "о"), (2, "о")), "Google"),
        ("проект-рiшення", ((8, "i"),), "проект-рішення"),
        ("COVIDний", ((5, "н"), (6, "и"), (7, "й")), None),
        ("O’Hара", ((2, "H"),), "O’Нара"),
        ("CОВА", ((0, "C"),), "СОВА"),
    ],
)
def test_letters_of_the_other_alphabet_are_named_and_replaced(word, letters, suggestion):
    found = mixed_script(word)
    assert found is not None
    assert letters == found.letters
    assert suggestion == found.suggestion


@pytest.mark.parametrize("word", ["місто", "Google", "IT-відділ", "А4", "5-го", "", "Кам’янець", "XIV", "3D-модель"])
def test_a_word_in_one_alphabet_is_right(word):
    assert mixed_script(word) is None


@given(st.text("аеіорсухАВЕІКМНОРСТХaeiopcyxABEIKMHOPCTXщьdz", max_size=12))
def test_a_suggestion_is_in_one_alphabet(word):
    found = mixed_script(word)
    if found is not None and found.suggestion is not None:
        assert mixed_script(found.suggestion) is None
        assert len(found.suggestion) == len(word)
