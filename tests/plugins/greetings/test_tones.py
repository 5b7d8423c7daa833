"""The voices: what is not said on a day of remembrance, however it is spelled, and what may be said there."""

from __future__ import annotations

import pytest

from plugins.greetings.tones import Tone, faults


def said(text: str, tone: Tone = Tone.REMEMBRANCE, *, is_heading: bool = False) -> list[tuple[int, str]]:
    return [(fault.below, fault.code.name) for fault in faults(text, tone, is_heading=is_heading)]


@pytest.mark.parametrize("text", [
    "Вітаємо вас", "вітаю", "ВІТАЄМО", "Прийміть вітання", "з вітаннями", "наші привітання", "привітаймо їх",
    "віта\u00adємо", "ві\u0301таємо", "**Ві**таємо", "Вiтаємо", "вітаючи", "вітальне слово",
    "Зі святом", "з святом", "із святом", "зі світлим святом",
    "з великим народним святом", "зі\u00a0святами", "З\nвеликим святом"])
def test_nobody_congratulates_on_a_day_of_remembrance(text: str) -> None:
    assert [(0, "TONE")] == [(0, name) for _, name in said(text)]


@pytest.mark.parametrize("text", ["Пам’ятаймо!", "Пам’ятаймо！", "Пам’ятаймо&excl;", "Пам’ятаймо&#33;", "Як так⁉"])
def test_no_exclamation_mark_stands_there(text: str) -> None:
    assert [(0, "TONE")] == said(text)


@pytest.mark.parametrize("text", [
    "Віталій Коваль і Віталіна пішли першими.", "У дитячій вітальні горить свічка.".replace("вітальні", "кімнаті"),
    "Вітаміни для бійців.", "Привітна вулиця.", "У святі дні.", "Святий Миколай.", "![Свічка](svichka.png)",
    "<!-- тут не можна: вітаємо! -->Мовчімо.", "Поруч із днем народження — день смерті.", "Це було свято для неї."])
def test_words_that_only_look_alike_are_let_pass(text: str) -> None:
    assert said(text) == []


def test_a_heading_of_such_a_day_does_not_begin_as_one_of_a_feast() -> None:
    assert [(0, "TONE")] == said("З Днем пам’яті", is_heading=True)
    assert said("До Дня пам’яті", is_heading=True) == []


def test_the_line_is_told() -> None:
    assert [(4, "TONE"), (2, "TONE")] == said("Мовчімо.\n<!-- а\nб -->Вітаємо.\n\nПам’ятаймо!")


@pytest.mark.parametrize("text", ["Вічна пам’ять полеглим.", "Схиляємо голови.", "Світла їм пам’ять: світлою пам’яттю.",
                                  "Сумуємо разом.", "Наші співчуття родинам.", "Скорботний день.", "Хвилина мовчання."])
@pytest.mark.parametrize("tone", [Tone.JOY, Tone.PROFESSIONAL])
def test_mourning_in_a_joyful_text_is_remarked(text: str, tone: Tone) -> None:
    assert [(0, "MOURNING")] == said(text, tone)


@pytest.mark.parametrize("text", ["Родинам загиблих скажу окремо.", "Пам’ятаймо, чиїм коштом.", "Вітаємо зі святом!",
                                  "Серед тих, хто боронить, сімдесят четверо віддали життя."])
def test_a_joyful_text_may_remember(text: str) -> None:
    assert said(text, Tone.JOY) == []
