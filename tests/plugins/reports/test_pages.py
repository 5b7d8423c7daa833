"""Reports: figures against last year and the plan, a chart only where figures can be compared, chapters."""

from __future__ import annotations

from pathlib import Path

from tests.plugins.community import links, main_of, words


def test_a_figure_stands_beside_last_year_and_the_plan(community: Path) -> None:
    table = main_of(community, "zvity/2026/zvit").find_class("indicator-table")[0]
    rows = [[words(cell) for cell in row] for row in table.find("tbody")]
    assert rows[0] == ["Дороги, км", "8,9", "11,4", "12", "95 %"]
    assert rows[1] == ["Вулиці, км", "—", "5,7", "—", "—"]


def test_three_figures_of_one_unit_make_a_chart(community: Path) -> None:
    charts = main_of(community, "zvity/2026/zvit").find_class("bar-chart")
    assert [words(chart.find("figcaption")) for chart in charts] == ["Ремонт"]
    bars = [(words(bar[0]), bar[1].findall("rect")[1].get("width"), words(bar[2])) for bar in charts[0].find("ul")]
    assert bars == [("Дороги", "100.0%", "11,4 км"), ("Вулиці", "50.0%", "5,7 км"), ("Тротуари", "26.3%", "3 км")]


def test_a_report_says_whose_it_is_and_of_when(community: Path) -> None:
    page = main_of(community, "zvity/2026/zvit")
    assert "1 січня — 31 грудня 2025 року" in words(page)
    assert links(page)["Лис Олена Ігорівна"] == "/deputaty/lys-olena/"


def test_reports_are_listed_by_year_and_kind(community: Path) -> None:
    for address in ("zvity", "zvity/2026", "zvity/department"):
        assert links(main_of(community, address))["Звіт про дороги"] == "/zvity/2026/zvit/"
