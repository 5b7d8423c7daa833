"""The points of a text: one tree, numbers as written, nothing lost."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plugins.acts import points
from plugins.acts.points import Passage, Point, find, marked, parse, path_of, source, walk
from plugins.records.markdown import Context, render

LINES = st.lists(st.one_of(
    st.sampled_from(["", "1. Затвердити.", "2. Контроль.", "1.1. Окремо", "1.1.2 Найглибше", "1) перше;", "2) друге;",
                     "   продовження", "- перелік", "| а | б |", "## Розділ", "## 2. Розділ", "```", "3-1. Вставлено",
                     "3¹. Вставлено", "19.11.2026 засідання", "15. не пункт", "\t1. табуляція", "1.", "1.1"]),
    st.text(max_size=12)), max_size=25)


def shape(text: str) -> list[tuple[str, str]]:
    return [(point.number, point.anchor) for point in walk(parse(text))]


@given(LINES.map("\n".join))
def test_the_text_can_be_put_together_again(text: str) -> None:
    assert source(parse(text)) == text


@given(LINES.map("\n".join))
def test_no_two_points_have_one_anchor(text: str) -> None:
    anchors = [point.anchor for point in walk(parse(text))]
    assert len(set(anchors)) == len(anchors)
    assert all(anchor.isascii() for anchor in anchors)


@given(LINES.map("\n".join))
def test_every_point_is_found_by_its_own_number(text: str) -> None:
    for point in walk(parse(text)):
        found = find(parse(text), ".".join(point.path))
        assert found is not None
        assert path_of(".".join(found.path)) == path_of(".".join(point.path))


def test_numbers_stay_as_they_were_written() -> None:
    assert shape("1. А\n1.1. Б\n1.1.1 В\n1.1.2 Г\n1) Ґ\n2) Д\n2. Е\n") == [
        ("1.", "p-1"), ("1.1.", "p-1-1"), ("1.1.1", "p-1-1-1"), ("1.1.2", "p-1-1-2"), ("1)", "p-1-1-2-1"),
        ("2)", "p-1-1-2-2"), ("2.", "p-2")]


def test_what_stands_before_the_first_point_is_the_preamble() -> None:
    tree = parse("Рада вирішила:\n\n1. Затвердити.\n")
    assert tree[0] == Passage("Рада вирішила:\n\n")
    assert isinstance(tree[1], Point) and tree[1].source == "Затвердити.\n"


def test_paragraphs_lists_and_tables_belong_to_their_point() -> None:
    text = "1. Склад:\n\n   Ще абзац.\n\n   - перше;\n   - друге.\n\n| а | б |\n|---|---|\n| 1 | 2 |\n\n2. Далі.\n"
    first, second = walk(parse(text))
    assert "Ще абзац." in first.source and "- друге." in first.source and "| 1 | 2 |" in first.source
    assert second.source == "Далі.\n"


@pytest.mark.parametrize("line", ["15. грудня провести захід", "2026. року", "19.11.2026 засідання", "3.4 млн грн"])
def test_a_wrapped_line_that_begins_with_a_number_is_text(line: str) -> None:
    assert shape(f"1. Провести\n{line}\n2. Контроль.\n") == [("1.", "p-1"), ("2.", "p-2")]


def test_a_repealed_point_leaves_a_gap() -> None:
    assert [number for number, _ in shape("1. А\n\n3. В\n")] == ["1.", "3."]


def test_a_nested_markdown_list_is_no_point() -> None:
    assert shape("1. А:\n   1. перше\n   2. друге\n2. Б\n") == [("1.", "p-1"), ("2.", "p-2")]


def test_an_inserted_point_has_an_anchor_of_its_own() -> None:
    assert shape("3. А\n3-1. Б\n3¹. В\n")[:2] == [("3.", "p-3"), ("3-1.", "p-3_1")]


def test_numbers_begin_anew_after_a_heading() -> None:
    assert shape("1. А\n\n## Розділ II\n\n1. Б\n") == [("1.", "p-1"), ("1.", "p-1.2")]


def test_numbered_headings_are_points_too() -> None:
    assert shape("## 1. Загальне\n\n1.1. А\n\n## 2. Права\n\n2.1. Б\n") == [
        ("1.", "p-1"), ("1.1.", "p-1-1"), ("2.", "p-2"), ("2.1.", "p-2-1")]


def test_code_holds_no_points() -> None:
    assert shape("```\n1. у коді\n```\n") == []


@pytest.mark.parametrize(("mention", "number"), [
    ("2", "2."), ("2.", "2."), ("п. 2.1", "2.1."), ("пункт 2.1", "2.1."), ("підпункт 1 пункту 2", "1)"), ("3¹", "3-1."),
    ("3-1", "3-1.")])
def test_a_citation_finds_its_point(mention: str, number: str) -> None:
    below = "1) перше;\n2) друге;" if "підпункт" in mention else "2.1. Окремо"
    found = find(parse(f"1. А\n2. Б\n{below}\n3. В\n3-1. Г\n"), mention)
    assert found is not None and found.number == number


def test_a_citation_of_nothing_finds_nothing() -> None:
    assert find(parse("1. А\n"), "9") is None
    assert find(parse("1. А\n"), "весь акт") is None


def test_the_marked_text_has_a_block_for_each_point() -> None:
    html = marked(parse("Вступ\n\n1. А\n   продовження\n1.1. Б\n"))
    assert html.count("<div id=") == html.count("</div>") == 2
    assert '<a href="#p-1" aria-label="Пункт 1.">1.</a> А\nпродовження' in html
    assert html.index('id="p-1-1"') < html.rindex("</div>")


@given(st.lists(st.sampled_from([
    "\n1. ", "\n2. ", "\n\n3. ", "\n1.1. ", "\n\n1) ", "\n## 1. ", "# ", "- ", "    ", "> ", "\n", "\n\n", "```\n",
    "\n---\n", "| а | б |\n|---|:-:|\n| 1 | 2 |\n", "[^1]", "[^1]: ", "**", "`x`", "&lt;script&gt;", "javascript:",
    "\"", "&", ">", "https://a.ua/?a=1&b=2", "a@b.ua", "[текст](https://a.ua \"підказка\")",
    "[р]: javascript:alert(1)\n", "[р]", "слово"]),
    max_size=30).map("".join))
@settings(max_examples=300, deadline=None)
def test_points_need_no_cleaner_where_nobody_typed_html(text: str) -> None:
    cleaned, plain = (render(marked(parse(text)), Context(lambda href: href, lambda *_: "", has_points=has_points)).html
                      for has_points in (False, True))
    assert str(cleaned).replace("&quot;", '"') == str(plain).replace("&quot;", '"')


def test_one_text_is_parsed_once() -> None:
    assert points.parse("1. А\n") is points.parse("1. А\n")
