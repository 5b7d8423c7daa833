"""Names of persons: forms, cases and order."""

import csv
import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.ukrainian import (
    Case,
    Gender,
    PersonName,
    full_name,
    in_case,
    short_name,
    signature_name,
    sort_key,
    typeset,
)
from plugins.ukrainian.numbers import NBSP

ALPHABET = "АБВГҐДЕЄЖЗИІЇЙКЛМНОПРСТУФХЦЧШЩЬЮЯ"
NAMES = st.lists(st.text(ALPHABET + "’- ", max_size=6), unique=True)
MAN, WOMAN = Gender.MASCULINE, Gender.FEMININE
G, D, A, I, L, V = list(Case)[1:]  # noqa: E741
with Path(__file__).with_name("names.csv").open(encoding="utf-8") as _file:
    GOLDEN = list(csv.DictReader(_file))
"""Written by hand; where the Orthography of 2019 allows two forms (Жуче, Жуку), the one that we give."""


@pytest.mark.parametrize(
    ("gender", "name", "case", "expected"),
    [
        (MAN, "Левченко Ігор Григорович", V, "Левченку Ігорю Григоровичу"),
        (MAN, "Левченко Ігор Григорович", I, "Левченком Ігорем Григоровичем"),
        (WOMAN, "Левченко Ірина Григорівна", D, "Левченко Ірині Григорівні"),
        (WOMAN, "Левченко Ірина Григорівна", V, "Левченко Ірино Григорівно"),
        (MAN, "Кодола Ілля Сергійович", D, "Кодолі Іллі Сергійовичу"),
        (MAN, "Заєць Лев Миколайович", D, "Зайцю Леву Миколайовичу"),
        (WOMAN, "Нечуй-Левицька Любов Юріївна", D, "Нечуй-Левицькій Любові Юріївні"),
        (WOMAN, "Нечуй-Левицька Любов Юріївна", I, "Нечуй-Левицькою Любов’ю Юріївною"),
        (MAN, "КУЧМА ЛЕОНІД ДАНИЛОВИЧ", D, "КУЧМІ ЛЕОНІДУ ДАНИЛОВИЧУ"),
        (MAN, "Д'яченко Мар’ян Лук’янович", G, "Д’яченка Мар’яна Лук’яновича"),
        (MAN, "Гоголь-Яновський Микола Васильович", G, "Гоголя-Яновського Миколи Васильовича"),
        (MAN, "Бідний Остап-Юрій Зенонович", D, "Бідному Остапу-Юрію Зеноновичу"),
        (MAN, "Палій Антін Лукич", G, "Палія Антона Лукича"),
        (MAN, "Завгородній Федір Ілліч", I, "Завгороднім Федором Іллічем"),
        (MAN, "Сірих Яків Савич", G, "Сірих Якова Савича"),
        (MAN, "Чорновіл В’ячеслав Максимович", G, "Чорновола В’ячеслава Максимовича"),
        (MAN, "Мельник Олег Іванович", V, "Мельнику Олегу Івановичу"),
        (MAN, "Швець Тиміш Якович", I, "Шевцем Тимошем Яковичем"),
        (MAN, "Бондар Нестір Якович", L, "Бондареві Несторові Яковичу"),
        (MAN, "Хміль Прохір Якович", A, "Хмеля Прохора Яковича"),
        (MAN, "Кобзар Петро Якович", A, "Кобзаря Петра Яковича"),
        (MAN, "Ткач Микита Хомич", L, "Ткачеві Микиті Хомичу"),
        (WOMAN, "Сорока Соломія Богданівна", G, "Сороки Соломії Богданівни"),
        (WOMAN, "Сорока Соломія Богданівна", V, "Сороко Соломіє Богданівно"),
        (WOMAN, "Чорна Ольга Кузьмівна", D, "Чорній Ользі Кузьмівні"),
        (WOMAN, "Чорна Ольга Кузьмівна", V, "Чорна Ольго Кузьмівно"),
        (WOMAN, "Швидка Зоя Лук’янівна", A, "Швидку Зою Лук’янівну"),
        (WOMAN, "Іванова Дар’я Олегівна", D, "Івановій Дар’ї Олегівні"),
        (WOMAN, "Голова Наталя Петрівна", V, "Голово Наталю Петрівно"),
        (WOMAN, "Головаха Інна Петрівна", D, "Головасі Інні Петрівні"),
        (WOMAN, "Калина Марія Петрівна", G, "Калини Марії Петрівни"),
        (WOMAN, "Коваль Леся Яківна", G, "Коваль Лесі Яківни"),
        (WOMAN, "Сосна Віра Іллівна", D, "Сосні Вірі Іллівні"),
        (WOMAN, "Задорожня Юлія Павлівна", G, "Задорожньої Юлії Павлівни"),
    ],
)  # fmt: skip
def test_a_name_stands_in_its_case(gender, name, case, expected):
    assert expected == full_name(*in_case(PersonName(*name.split()), case, gender))


def test_names_of_every_kind_stand_in_the_cases_of_the_table():
    wrong = []
    for row in GOLDEN:
        name = PersonName(**{"family": "", "given": "", row["part"]: row["nominative"]})
        forms = {case: getattr(in_case(name, case, Gender(row["gender"])), row["part"]) for case in (G, D, V)}
        wrong += [(row["nominative"], form, row[case]) for case, form in forms.items() if form != row[case]]
    assert [] == wrong
    assert len({(row["part"], row["gender"], row["nominative"]) for row in GOLDEN}) == len(GOLDEN) >= 300


@pytest.mark.parametrize("name", ["Бондар", "Швець", "Гребінь", "Білозір", "Тягнибок"])
def test_a_name_has_all_its_cases_in_capitals_too(name):
    for case in Case:
        form = in_case(PersonName(name, "Нестір"), case, MAN)
        assert form.family.upper() == in_case(PersonName(name.upper(), ""), case, MAN).family
        assert form.given.upper() == in_case(PersonName("", "НЕСТІР"), case, MAN).given


@pytest.mark.parametrize("gender", Gender)
def test_the_nominative_is_the_name_itself(gender):
    name = PersonName("Левченко", "Саша")
    assert name == in_case(name, Case.NOMINATIVE, gender)


@pytest.mark.parametrize("case", Case)
def test_a_missing_part_stays_missing(case):
    assert "" == in_case(PersonName("Гонсалес", "Хосе"), case, MAN).patronymic
    assert "" == in_case(PersonName("", "Олена"), case, WOMAN).family


def test_gender_has_to_be_told():
    with pytest.raises(TypeError):
        in_case(PersonName("Левченко", "Саша"), Case.DATIVE)


def test_a_short_name_does_not_break():
    assert f"Левченко{NBSP}І.{NBSP}Г." == short_name("Левченко", "Ірина", "Григорівна")
    assert f"І.{NBSP}Г.{NBSP}Левченко" == short_name("Левченко", "Ірина", "Григорівна", family_first=False)


def test_a_short_name_has_only_the_initials_that_there_are():
    assert f"Гонсалес{NBSP}Х." == short_name("Гонсалес", "Хосе")
    assert f"Бідний{NBSP}О.-Ю.{NBSP}З." == short_name("Бідний", "Остап-Юрій", "Зенонович")


def test_the_typographer_has_nothing_to_add_to_a_name():
    for text in (short_name("Левченко", "І", "Г"), short_name("Левченко", "І", "Г", family_first=False)):
        assert text == typeset(text)


def test_a_document_is_signed_with_the_family_name_in_capitals():
    assert f"Ірина{NBSP}ЛЕВЧЕНКО" == signature_name("Левченко", "Ірина")


def test_a_full_name_begins_with_the_family_name():
    assert "Левченко Ірина Григорівна" == full_name("Левченко", "Ірина", "Григорівна")
    assert "Гонсалес Хосе" == full_name("Гонсалес", "Хосе")


def test_letters_are_in_the_order_of_the_alphabet():
    assert list(ALPHABET) == sorted(random.Random(0).sample(ALPHABET, len(ALPHABET)), key=sort_key)


@pytest.mark.parametrize(
    "expected",
    [
        ["Гайдук", "Ґалаґан", "Дуб"],
        ["Ільченко", "Їжакевич", "Йосипенко", "Коваль"],
        ["5 елемент", "Авдієнко", "Zoom"],
        ["Бойко Анна", "Бойко Яна", "Бойко-Анненко Ія", "Бойкова Анна"],
        ["Дьяк", "Д’яченко", "Дячук"],
        ["Замок", "За́мокла", "замокли"],
        ["Левицька Яна", "Левицька-Агата Ія"],
    ],
)
def test_names_are_in_ukrainian_order(expected):
    assert expected == sorted(sorted(expected, key=lambda name: name[::-1]), key=sort_key)


@given(st.text(ALPHABET + ALPHABET.lower(), max_size=8), st.sampled_from("'’ʼ"))
def test_neither_case_nor_an_apostrophe_moves_a_name(name, apostrophe):
    assert sort_key(name)[0] == sort_key(name.upper())[0] == sort_key(name[:3] + apostrophe + name[3:])[0]


@given(NAMES.flatmap(lambda names: st.tuples(st.just(names), st.permutations(names))))
def test_the_order_does_not_depend_on_the_order_before(names):
    one, other = names
    assert sorted(one, key=sort_key) == sorted(other, key=sort_key)


@given(st.text("АБар’'-шьйюзAz1 .́", max_size=9), st.sampled_from(Case), st.sampled_from(Gender))
def test_no_spelling_of_a_name_breaks_its_cases(name, case, gender):
    forms = in_case(PersonName(name, name, name), case, gender)
    assert all(part.count("-") == name.count("-") for part in forms)
