"""What a reader sees of drafts and acts: points with addresses, path, clocks, relations both ways, registers."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from lxml import html

from tests.conftest import SITES

ACT = "rishennia/2026/1-1-8/index.html"
DRAFT = "proiekty/2026/1-p/index.html"


def main_of(path: Path) -> html.HtmlElement:
    return html.parse(str(path)).getroot().find(".//main")


def words(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def links(element: html.HtmlElement) -> dict[str, str]:
    return {words(a): a.get("href") for a in element.iter("a")}


def path_of(page: html.HtmlElement) -> list[tuple[str, str]]:
    return [(words(step.find("b")), " ".join(words(note) for note in step.findall("span")))
            for step in page.find_class("path")[0]]


def test_each_point_has_an_address_and_its_number(chain: Path) -> None:
    page = main_of(chain / ACT)
    assert words(page.get_element_by_id("p-1-2")) == "2) до школи."
    number = page.get_element_by_id("p-1-2").find(".//a")
    assert (number.get("href"), number.get("aria-label")) == ("#p-1-2", "Підпункт 2)")
    assert page.get_element_by_id("p-1-2").getparent() is page.get_element_by_id("p-1")


def test_a_table_belongs_to_its_point(chain: Path) -> None:
    assert main_of(chain / ACT).get_element_by_id("p-2").find(".//table") is not None


def test_footnotes_work_across_points(chain: Path) -> None:
    page = main_of(chain / ACT)
    assert page.get_element_by_id("p-1-1").find(".//sup/a").get("href") == "#prymitka-1"
    assert "Вулиця Лісна" in words(page.get_element_by_id("prymitka-1"))


def test_headings_of_the_text_stand_below_the_heading_of_its_section(chain: Path) -> None:
    page = main_of(chain / ACT)
    assert [words(h) for h in page.iter("h3")][:1] == ["Прикінцеве"]
    assert "Прикінцеве" not in [words(h) for h in page.iter("h2")]


def test_an_annex_is_a_page_of_its_own(chain: Path) -> None:
    assert links(main_of(chain / ACT))["Додаток 1. Перелік робіт"] == "/rishennia/2026/1-1-8/dodatok-1/"
    annex = main_of(chain / "rishennia/2026/1-1-8/dodatok-1/index.html")
    assert words(annex.find(".//h1")) == "Додаток 1. Перелік робіт"
    assert words(annex.get_element_by_id("p-1-1")) == "1.1. Розмітка."
    assert "/rishennia/2026/1-1-8/" in links(annex).values()


def test_the_passport_keeps_three_clocks_apart(chain: Path) -> None:
    box = main_of(chain / ACT).find_class("box-passport")[0]
    facts = {words(row.find("dt")): words(row.find("dd")) for row in box.find("dl")}
    assert facts["Дата документа"] == "19 листопада 2026 року"
    assert words(box.find("p")).startswith(
        "Вперше оприлюднено 20 листопада 2026 року, 10:00 (не доведено, рівень D: лише слова")
    assert facts["Остання зміна по суті"] == "21 листопада 2026 року, 09:00 Виправлено суму в пункті 1."


def test_the_fingerprint_is_of_the_text_with_its_annexes(chain: Path) -> None:
    folder = SITES / "valid/from-draft-to-act/content/acts/2026/1-1-8-про-дорогу"
    annex = (folder / "annex-1.md").read_text(encoding="utf-8").split("\n\n", 1)[1]
    text = (folder / "text.md").read_text(encoding="utf-8").strip() + "\n" + annex.strip()
    digest = hashlib.sha256(text.encode()).hexdigest()
    assert f"{digest[:4]} {digest[4:8]} {digest[8:12]}" in words(main_of(chain / ACT))


def test_a_change_is_told_to_the_public(chain: Path) -> None:
    assert "Виправлено суму в пункті 1." in words(main_of(chain / ACT).get_element_by_id("zminy"))


def test_an_amendment_is_linked_both_ways(chain: Path) -> None:
    old, new = main_of(chain / ACT), main_of(chain / "rishennia/2026/2-1-8/index.html")
    assert links(old)["Про зміни до рішення про ремонт дороги"] == "/rishennia/2026/2-1-8/"
    assert links(new)["Про ремонт дороги"] == "/rishennia/2026/1-1-8/#p-1-2"
    assert words(old.find_class("status-pill")[0]) == "Чинне зі змінами"


def test_a_repealed_act_says_so_first(chain: Path) -> None:
    page = main_of(chain / "rozporiadzhennia/2026/5-r/index.html")
    assert words(page.find_class("callout-danger")[0]) == (
        "Документ утратив чинність Не діє з 20 листопада 2026 року на підставі розпорядження № 6-р від "
        "20 листопада 2026 року.")
    assert words(page.find_class("status-pill")[0]) == "Втратило чинність"


def test_who_cites_an_act_is_listed(chain: Path) -> None:
    assert links(main_of(chain / ACT))["Дорогу відремонтують"] == "/novyny/2026/11-20/"


def test_the_path_of_a_draft_ends_in_its_act(chain: Path) -> None:
    assert path_of(main_of(chain / DRAFT)) == [
        ("Виконано: Зареєстровано", "20 жовтня 2026 року"), ("Виконано: Оприлюднено", "21 жовтня, 10:00"),
        ("Виконано: Обговорення", "до 5 листопада"), ("Виконано: Пленарне засідання", "19 листопада, питання 1"),
        ("Виконано: Рішення", "№ 1-1/8")]


def test_the_path_shows_what_goes_on_now(chain: Path) -> None:
    assert path_of(main_of(chain / "proiekty/2026/2-p/index.html"))[2:] == [
        ("Тепер: Обговорення", "до 30 листопада"), ("Попереду: Розгляд", "планують 10 грудня"),
        ("Попереду: Рішення", "ще не ухвалено")]


def test_the_path_of_an_act_begins_with_its_draft(chain: Path) -> None:
    assert path_of(main_of(chain / ACT)) == [
        ("Виконано: Проєкт", "20 жовтня, № 1-П"), ("Виконано: Ухвалено", "19 листопада"),
        ("Виконано: Підписано", "20 листопада"), ("Виконано: Оприлюднено", "20 листопада"),
        ("Виконано: Набрало чинності", "20 листопада"), ("Виконано: Внесено зміни", "20 листопада, № 2-1/8")]


def test_an_open_draft_takes_proposals_by_letter(chain: Path) -> None:
    page = main_of(chain / "proiekty/2026/2-p/index.html")
    assert "Пропозиції приймаємо до 30 листопада 2026 року, 18:00" in words(page)
    assert links(page)["Подати пропозицію"].startswith("mailto:rada@mala.example?subject=%D0%9F")


def test_a_closed_discussion_shows_its_report(chain: Path) -> None:
    page = main_of(chain / DRAFT)
    assert links(page)["Прочитати звіт"] == "#zvit"
    assert "Пропозицію враховано." in words(page.get_element_by_id("zvit"))
    assert "Додати тротуар" in words(page.get_element_by_id("propozytsii"))


def test_the_comparison_says_what_is_new_and_what_goes(chain: Path) -> None:
    table = main_of(chain / DRAFT).find_class("comparison-table")[0]
    assert [[words(cell) for cell in row] for row in table.iter("tr")][1:] == [
        ["1", "Ремонт[вилучено: , поточний]", "Ремонт[додано: капітальний]"], ["2", "немає", "[додано: Тротуар]"],
        ["3", "[вилучено: Об’їзд]", "вилучають"]]


def test_a_withdrawn_draft_leaves_no_text(chain: Path) -> None:
    raw = (chain / "proiekty/2026/3-p/index.html").read_text(encoding="utf-8")
    assert "У тексті були особисті дані." in raw
    assert "яка заважає" not in raw


def test_terms_of_execution_are_held_against_the_day(chain: Path) -> None:
    page = words(main_of(chain / ACT))
    assert "Строк минув" in page
    assert "Виконують" in page


@pytest.mark.parametrize(("address", "numbers"), [
    ("rishennia", ["2-1/8", "1-1/8"]), ("rishennia/2026", ["2-1/8", "1-1/8"]), ("rishennia/rada", ["2-1/8", "1-1/8"]),
    ("rishennia/zi-zminamy", ["1-1/8"]), ("rozporiadzhennia", ["6-р", "5-р"]),
    ("rozporiadzhennia/vtratyly-chynnist", ["5-р"]), ("proiekty", ["2-П", "1-П", "3-П"]),
    ("proiekty/na-obhovorenni", ["2-П"]), ("proiekty/ukhvaleni", ["1-П"])])
def test_registers_stand_by_year_body_and_state(chain: Path, address: str, numbers: list[str]) -> None:
    page = main_of(chain / address / "index.html")
    assert [words(row.find("b")) for row in page.find_class("register-number")] == numbers


def test_drafts_that_take_proposals_stand_first(chain: Path) -> None:
    page = main_of(chain / "proiekty/index.html")
    assert [words(h) for h in page.iter("h2", "h3")][:2] == ["Зараз на обговоренні", "Про парк"]


def test_the_landing_page_counts_documents(chain: Path) -> None:
    tasks = main_of(chain / "dokumenty/index.html").find_class("task-list")[0]
    assert [(words(item[0]), words(item[1])) for item in tasks][:3] == [
        ("Проєкти", "3 проєкти"), ("Рішення", "2 рішення"), ("Розпорядження", "2 документи")]
