"""Which words of the dictionary a form may be."""

import pytest

from plugins.ukrainian import readings

CASES = {
    "рішень": {"рішення/n"}, "рада": {"рад/n", "рада/n", "радий/a"}, "ночі": {"ніч/n"},
    "зв'язку": {"звязок/n", "звязка/n"}, "ґрунту": {"грунт/n"}, "найкращих": {"найкращий/a"},
    "ухвалили": {"ухвалити/v"}, "цнапу": {"цнап/n"},
}


@pytest.mark.parametrize(("form", "names"), CASES.items(), ids=CASES)
def test_known_form_has_all_its_readings(form, names):
    found = readings(form)
    assert found.is_known
    assert names == {reading.name for reading in found.readings}


@pytest.mark.parametrize("form", ["рішень", "ночі", "найкращих", "яворопільської", "павербанку", "абвгд", "вул", "рік"])
def test_every_form_is_among_the_forms_of_its_words(form):
    assert all(form in reading.forms for reading in readings(form).readings)


def test_night_has_forms_with_another_vowel():
    assert {"ніч", "ночі", "ночей"} <= {form for reading in readings("ніч").readings for form in reading.forms}


def test_word_that_is_nowhere_is_guessed_by_its_ending():
    found = readings("яворопільської")
    assert not found.is_known
    assert "яворопільський/a" in {reading.name for reading in found.readings}
