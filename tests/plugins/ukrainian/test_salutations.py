"""How a letter begins."""

import pytest

from plugins.ukrainian import Gender, PersonName, UnknownPost, group_salutation, salutation, typeset

MAN, WOMAN = Gender.MASCULINE, Gender.FEMININE


@pytest.mark.parametrize(
    ("expected", "said"),
    [
        ("Шановний Іване Петровичу!", salutation(MAN, PersonName("Бойко", "Іван", "Петрович"))),
        ("Шановна Ольго Іллівно!", salutation(WOMAN, PersonName("Ткач", "Ольга", "Іллівна"), "директорка")),
        ("Шановна пані Любове!", salutation(WOMAN, PersonName("Коваль", "Любов"))),
        ("Шановний пане Тимоше!", salutation(MAN, PersonName("Коваль", "Тиміш"))),
        ("Шановний пане Бондарю!", salutation(MAN, PersonName("Бондар", ""))),
        ("Шановна пані Левицька!", salutation(WOMAN, PersonName("Левицька", ""))),
        ("Шановна пані директорко!", salutation(WOMAN, post="директорка")),
        ("Шановний пане директоре!", salutation(MAN, post="директор")),
        ("Шановний пане міський голово!", salutation(MAN, post="міський голова")),
        ("Шановна пані міська голово!", salutation(WOMAN, post="міська голова")),
        ("Шановна пані керуюча справами!", salutation(WOMAN, post="керуюча справами")),
        ("Вельмишановна пані старосто!", salutation(WOMAN, post="староста", respect="вельмишановний")),
        ("Дорога Ірино Петрівно!", salutation(WOMAN, PersonName("", "Ірина", "Петрівна"), respect="дорогий")),
        ("Шановний отче Василю!", salutation(MAN, PersonName("Бойко", "Василь"), called="отче Василю")),
        ("Шановний Іване Петровичу,", salutation(MAN, PersonName("Бойко", "Іван", "Петрович"), end=",")),
        ("Шановна Нінеле Лук’янівно", salutation(WOMAN, PersonName("", "Нінель", "Лук'янівна"), end="")),
        ("Шановні колеги!", group_salutation("колеги")),
        ("Дорогі вчительки та вчителі!", group_salutation("вчительки та вчителі", respect="дорогий")),
        ("Шановні родини загиблих,", group_salutation("родини загиблих", end=",")),
    ],
)
def test_a_letter_begins_with_the_vocative(expected, said):
    assert expected == said == typeset(said).replace("\u00a0", " ")


@pytest.mark.parametrize("post", ["в. о. директора", "Т. в. о. начальника"])
def test_nobody_is_called_acting(post):
    with pytest.raises(UnknownPost, match="Напишіть"):
        salutation(MAN, post=post)


def test_somebody_has_to_be_addressed():
    with pytest.raises(ValueError, match="до кого"):
        salutation(MAN)
    with pytest.raises(ValueError, match="до кого"):
        group_salutation(" ")


def test_respect_is_told_by_an_adjective():
    with pytest.raises(ValueError, match="прикметник"):
        salutation(WOMAN, post="директорка", respect="шановна")
