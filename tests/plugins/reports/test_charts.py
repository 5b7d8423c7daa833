"""Charts: whatever the numbers are, a drawing of them is whole, true to scale and the same every time."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from plugins.reports.charts import PAGE_ROOM, Numbers, Row, drawings_for_paper, layout, shares
from plugins.reports.drawing import PAPER_ROOM, Drawing, Mark, on_page, on_paper, width_of, wrapped
from plugins.reports.figures import alt_of

AMOUNTS = st.decimals(min_value=-10**15, max_value=10**15, places=3, allow_nan=False, allow_infinity=False)
NAMES = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), min_size=1, max_size=120)
DAYS = ("bars", "columns", "parts")


def numbers(kind: str, *values: float | str | None, unit: str = "км", names: str = "абвгґдеєжз") -> Numbers:
    rows = tuple(Row(names[at % len(names)], (None if value is None else Decimal(str(value)),))
                 for at, value in enumerate(values))
    return Numbers(kind, unit, (), rows)


def of(drawing: Drawing, role: str) -> list[Mark]:
    return [mark for mark in drawing.marks if mark.role == role and not mark.words]


def told(drawing: Drawing) -> list[str]:
    return [mark.words for mark in drawing.marks if mark.words]


@st.composite
def charts(draw: st.DrawFn) -> Numbers:
    kind = draw(st.sampled_from(DAYS))
    most, lanes = {"bars": (60, 3), "columns": (24, 2), "parts": (12, 1)}[kind]
    lanes = draw(st.integers(1, lanes))
    cell = st.one_of(st.none(), AMOUNTS) if kind != "parts" else st.decimals(0, 10**15, places=3)
    name = NAMES if kind != "columns" else st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")),
                                                   min_size=1, max_size=20)
    rows = draw(st.lists(st.builds(Row, name, st.tuples(*[cell] * lanes)), min_size=2, max_size=most))
    return Numbers(kind, draw(st.sampled_from(["", "км", "тис. грн", "%"])), ("2025 рік", "торік", "план")[:lanes],
                   tuple(rows))


@given(charts())
def test_nothing_is_drawn_outside(chart: Numbers) -> None:
    drawn = [layout(chart), *(drawing for drawing, _ in drawings_for_paper(chart))]
    for room, drawing in zip((PAGE_ROOM, *[PAPER_ROOM] * len(drawn)), drawn, strict=False):
        for mark in drawing.marks:
            assert 0 <= mark.x <= 100
            assert 0 <= mark.y <= drawing.height
            assert mark.x + mark.width <= 100 + Decimal("0.001")
            assert mark.y + mark.height <= drawing.height
            if mark.words and mark.anchor == "start" and len(mark.words) > 1:
                assert mark.dx + width_of(mark.words, 13) <= room + 1


@given(charts())
def test_a_chart_is_well_formed_and_the_same_every_time(chart: Numbers) -> None:
    for drawing, _ in drawings_for_paper(chart):
        assert etree.fromstring(on_paper(drawing, "#173058").encode()).tag.endswith("svg")
    assert on_page(layout(chart)) == on_page(layout(chart))
    assert alt_of(chart) == alt_of(chart) != ""


@given(st.lists(st.decimals(0, 10**15, places=3), min_size=1, max_size=12))
def test_parts_are_a_hundred_together(values: list[Decimal]) -> None:
    assert sum(shares(values)) == (100 if any(values) else 0)
    assert all(share >= 0 for share in shares(values))


def test_rounding_never_depends_on_the_order_of_equals() -> None:
    assert [Decimal("33.4"), Decimal("33.3"), Decimal("33.3")] == shares([Decimal(1)] * 3)


def test_bars_are_to_scale_from_zero() -> None:
    drawing = layout(numbers("bars", 10, 5, 0))
    assert [Decimal(99), Decimal("49.5"), Decimal(0)] == [mark.width for mark in of(drawing, "main")]
    assert {Decimal(0)} == {mark.x for mark in of(drawing, "main")}


def test_a_loss_goes_to_the_left_of_the_axis_and_says_so() -> None:
    drawing = layout(numbers("bars", -10, 10))
    loss, gain = of(drawing, "main")
    assert loss.x + loss.width == gain.x == of(drawing, "axis")[0].x
    assert "−10\u00a0км" in told(drawing)
    assert not of(drawing, "track")


def test_columns_below_zero_hang_under_the_axis() -> None:
    drawing = layout(numbers("columns", -10, 10))
    (axis,) = of(drawing, "axis")
    loss, gain = of(drawing, "main")
    assert (axis.y, axis.y) == (loss.y, gain.y + gain.height)


def test_a_value_never_stands_on_another_column() -> None:
    drawing = layout(numbers("columns", *(5, 90, 6, 95, 7) * 6))
    for value in (mark for mark in drawing.marks if mark.role == "bold"):
        half = Decimal(width_of(value.words)) * 100 / PAGE_ROOM / 2
        assert not [bar for bar in of(drawing, "main") if bar.y + 4 < value.y - 10 and abs(value.x - bar.x) > bar.width
                    and bar.x < value.x + half and bar.x + bar.width > value.x - half and value.anchor == "middle"]


@pytest.mark.parametrize("kind", DAYS)
@pytest.mark.parametrize("values", [(0, 0), (5, 5, 5), (1, 999_999_999_999_999), ("0.000001", 1), (None, 3)])
def test_odd_numbers_are_drawn(kind: str, values: tuple[float | None, ...]) -> None:
    assert layout(numbers(kind, *values)).height > 0


def test_last_year_is_a_thinner_bar_and_the_plan_a_mark() -> None:
    row = Row("Дороги", (Decimal(8), Decimal(6), Decimal(10)))
    drawing = layout(Numbers("bars", "км", ("2025 рік", "торік", "план"), (row,)))
    key, bar = of(drawing, "main")
    assert (16, 12) == (key.wide, bar.height)
    assert bar.height > of(drawing, "second")[1].height
    assert Decimal(99) == of(drawing, "plan")[1].x
    assert ["2025 рік", "торік", "план"] == told(drawing)[:3]


def test_one_kind_of_numbers_needs_no_key() -> None:
    assert ["а", "10\u00a0км"] == told(layout(numbers("bars", 10)))


def test_names_of_columns_are_thinned_out_and_the_last_stays() -> None:
    rows = tuple(Row(f"{2003 + at} рік", (Decimal(at),)) for at in range(24))
    names = [word for word in told(layout(Numbers("columns", "", (), rows))) if word.endswith("рік")]
    assert 2 <= len(names) < 24
    assert names[0] == "2026 рік"


def test_names_of_a_few_columns_stand_in_lines_and_all_are_there() -> None:
    names = ("Загальний фонд", "Спеціальний фонд", "Бюджет розвитку")
    drawing = layout(Numbers("columns", "", (), tuple(Row(name, (Decimal(5),)) for name in names)))
    shown = [mark for mark in drawing.marks if mark.role == "quiet"]
    assert " ".join(names).split() == [mark.words for mark in shown]
    assert drawing.height > max(mark.y for mark in shown) > min(mark.y for mark in shown)


def test_parts_are_told_apart_without_colour() -> None:
    assert ["1", "2"] == [mark.words for mark in layout(numbers("parts", 3, 1)).marks if mark.anchor == "middle"]
    assert ["1", "75\u00a0%", "а", "3\u00a0км"] == told(layout(numbers("parts", 3, 1)))[2:6]


def test_sixty_bars_are_cut_for_sheets_on_one_scale() -> None:
    chart = numbers("bars", *range(1, 61))
    pieces = drawings_for_paper(chart)
    assert 60 == sum(len(rows) for _, rows in pieces)
    assert all(drawing.height < 700 for drawing, _ in pieces)
    assert Decimal(99) == of(pieces[-1][0], "main")[-1].width > of(pieces[0][0], "main")[-1].width


def test_long_names_are_wrapped_and_endless_words_cut() -> None:
    assert ["вулиця", "Соборна"] == wrapped("вулиця Соборна", 70)
    assert "".join(wrapped("щ" * 100, 100)) == "щ" * 100
    assert all(width_of(line) <= 100 for line in wrapped("щ" * 100, 100))


@pytest.mark.parametrize(("kind", "values", "words"), [
    ("bars", (5, 8, 2), "Смугова діаграма, рядків: 3. Найбільше — б: 8\u00a0км. Найменше — в: 2\u00a0км."),
    ("bars", (5, 5), "Смугова діаграма, рядків: 2. Усі значення однакові: 5\u00a0км."),
    ("bars", (5,), "Смугова діаграма, рядків: 1. а: 5\u00a0км."),
    ("columns", (4, 8, 5), "Стовпчикова діаграма за часом, стовпців: 3. Найбільше — б: 8\u00a0км. "
                           "Найменше — а: 4\u00a0км. Від 4 (а) до 5 (в): більше на 25\u00a0%."),
    ("columns", (-4, 8), "Стовпчикова діаграма за часом, стовпців: 2. Найбільше — б: 8\u00a0км. "
                         "Найменше — а: −4\u00a0км. Від −4 (а) до 8 (б)."),
    ("parts", (3, 1), "Смуга часток цілого, частин: 2. Найбільша — а: 75\u00a0%. Найменша — б: 25\u00a0%."),
    ("parts", (1, 1), "Смуга часток цілого, частин: 2. Усі частки однакові: 50\u00a0%."),
])
def test_who_does_not_see_a_chart_is_told_what_it_shows(kind: str, values: tuple[float, ...], words: str) -> None:
    assert words == alt_of(numbers(kind, *values))


def test_a_change_against_last_year_is_counted() -> None:
    rows = (Row("а", (Decimal(2), Decimal(1))), Row("б", (Decimal(2), Decimal(3))), Row("в", (Decimal(2), None)))
    assert alt_of(Numbers("bars", "", ("2025", "2024"), rows)).endswith(
        "Проти «2024»: зросло 1, зменшилося 1, без змін 0.")
