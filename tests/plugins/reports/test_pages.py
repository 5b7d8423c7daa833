"""Reports: figures against last year and the plan, charts in their chapters, the whole as a document."""

from __future__ import annotations

from pathlib import Path

from tests.plugins.community import links, main_of, words


def test_a_figure_stands_beside_last_year_and_the_plan(community: Path) -> None:
    table = main_of(community, "zvity/2026/zvit").find_class("indicator-table")[0]
    rows = [[words(cell) for cell in row] for row in table.find("tbody")]
    assert rows[0] == ["Дороги, км", "8,9", "11,4", "12", "95 %"]
    assert rows[1] == ["Вулиці, км", "—", "5,7", "—", "—"]


def test_three_figures_of_one_unit_make_a_chart(community: Path) -> None:
    (chart,) = main_of(community, "zvity/2026/zvit").find_class("chart")
    assert words(chart.find("figcaption")) == "Рисунок 1. Ремонт, км"
    texts = [words(text) for text in chart.iter("text")]
    assert texts == ["2025 рік", "торік", "план", "Дороги", "11,4 км", "Вулиці", "5,7 км", "Тротуари", "3 км"]
    bars = [bar.get("width") for bar in chart.iter("rect") if bar.get("class") == "part-navy"]
    assert bars == ["16", "94.05%", "47.03%", "24.75%"]
    assert chart.find("details") is None  # the same numbers stand in the table above


def test_a_report_says_whose_it_is_and_of_when(community: Path) -> None:
    page = main_of(community, "zvity/2026/zvit")
    assert "1 січня — 31 грудня 2025 року" in words(page)
    assert links(page)["Лис Олена Ігорівна"] == "/deputaty/lys-olena/"


def test_reports_are_listed_by_year_and_kind(community: Path) -> None:
    for address in ("zvity", "zvity/2026", "zvity/department"):
        assert links(main_of(community, address))["Звіт про дороги"] == "/zvity/2026/zvit/"


def test_figures_are_numbered_and_stand_at_the_end_of_their_chapters(figures: Path) -> None:
    main = main_of(figures, "zvity/2026/zvit")
    told = [words(item) for item in main.iter("h2", "figcaption")]
    assert told[1:8] == [
        "Рисунок 1. Ремонт, км", "Рисунок 2. Кошти, тис. грн", "Розділ 1", "Рисунок 3. За місяцями", "Розділ 2",
        "Рисунок 4. Усі вулиці, м Найдовша — тридцята.", "Розділ 3"]


def test_who_does_not_see_a_figure_hears_it(figures: Path) -> None:
    drawings = [chart.find("svg") for chart in main_of(figures, "zvity/2026/zvit").find_class("chart")]
    assert {"img"} == {drawing.get("role") for drawing in drawings}
    assert "Узимку найбільше." == words(drawings[2].find("desc"))
    assert words(drawings[1].find("desc")) == "Смуга часток цілого, частин: 3. Найбільша — Асфальт <b>&: 33,4 %. " \
        "Найменша — Бруківка: 33,3 %."


def test_the_numbers_of_a_figure_stand_in_a_table_and_in_its_file(figures: Path) -> None:
    chart = main_of(figures, "zvity/2026/zvit").find_class("chart")[2]
    assert [[words(cell) for cell in row] for row in chart.iter("tr")] == [
        ["Назва", "звернень", "торік"], ["січень", "12,5", "10"], ["лютий", "−3", "—"], ["березень", "0", "4"]]
    (url,) = [link.get("href") for link in chart.iter("a")]
    assert (figures / url.lstrip("/")).read_bytes().decode("utf-8-sig").startswith("місяць;звернень")


def test_names_of_a_figure_are_words_and_never_markup(figures: Path) -> None:
    raw = (figures / "zvity/2026/zvit/index.html").read_text(encoding="utf-8")
    assert "Асфальт &lt;b&gt;&amp;" in raw
    assert "<b>&" not in raw


def test_the_page_offers_the_whole_report(figures: Path) -> None:
    assert links(main_of(figures, "zvity/2026/zvit"))["Увесь звіт, PDF"] == "/zvity/2026/zvit/zvit.pdf"
