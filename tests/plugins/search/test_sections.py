"""Sections of pages: where a long text is cut, what each piece is called, which words it has."""

from __future__ import annotations

from array import array

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.search.codec import LONGEST_TERM
from plugins.search.sections import COUNTED, ENOUGH, LONG, TITLE, WHERE, Part, Section, parts, sections
from tests.plugins.search.making import WORDING

MANY = "слово " * ENOUGH
"""Text after which an anchor begins a section."""


def terms(section: Section) -> dict[str, tuple[int, bool, int]]:
    """Term → (how often, whether in the title, place)."""
    return {term: (mark % COUNTED, bool(mark & TITLE), mark >> WHERE) for term, mark in
            zip(section.terms.split("\n"), array("H", section.marks), strict=True)}


def only(title: str, html: str, own: tuple[str, ...] = ()) -> dict[str, tuple[int, bool, int]]:
    section, = sections(title, html, WORDING.spellings, own)
    return terms(section)


def heads(html: str) -> list[tuple[str, str]]:
    return [(part.anchor, part.heading) for part in parts(html)]


# --------------------------------------------------------------------------- where a text is cut

def test_a_long_act_is_cut_at_the_anchors_of_its_points() -> None:
    html = f'<p>{MANY}</p><h2 id="p1">1. Умови</h2><p>{MANY}</p><h2 id="p2">2. Строки</h2><p>кінець</p>'
    assert [("", ""), ("p1", "1. Умови"), ("p2", "2. Строки")] == heads(html)


def test_short_points_share_a_section() -> None:
    html = '<p>вступ</p><h2 id="p1">1. Умови</h2><p>кілька слів</p><h2 id="p2">2. Строки</h2><p>ще</p>'
    assert [("", "1. Умови")] == heads(html)


def test_a_long_text_without_anchors_is_cut_at_a_paragraph_and_leads_to_the_last_anchor() -> None:
    html = f'<p>{MANY}</p><h2 id="p1">Умови</h2><p>{"слово " * LONG}</p><p>далі</p><p>ще</p>'
    assert [("", ""), ("p1", "Умови"), ("p1", "Умови")] == heads(html)
    assert "далі ще" == list(parts(html))[-1].text


def test_one_long_paragraph_is_one_section() -> None:
    assert 1 == len(list(parts(f"<p>{MANY * 20}</p>")))


def test_a_new_heading_ends_the_old_one_though_it_has_no_anchor() -> None:
    html = f'<h2 id="a">Перший</h2><p>{"слово " * LONG}</p><h3>Другий</h3><p>далі</p>'
    assert [("", "Перший"), ("", "Другий")] == heads(html)


def test_inner_tags_of_a_heading_do_not_matter() -> None:
    html = f'<p>{MANY}</p><h2 id=p1><b>1.</b> Про&nbsp;<i>воду</i> &amp; газ</h2><p>далі</p>'
    assert [("", ""), ("p1", "1. Про воду & газ")] == heads(html)


@pytest.mark.parametrize("tag", ['<p data-id="x">', "<span id='x'>", "</p id='x'>"])
def test_what_only_looks_like_an_anchor_cuts_nothing(tag: str) -> None:
    assert [""] == [part.anchor for part in parts(f"<p>{MANY}</p>{tag}далі")]


@pytest.mark.parametrize("anchor", ["id=\"x\"", "id='x'", "id=x", 'class="a>b" id="x"', "title='a > b' id='x'",
                                    '\n  id="x"\n'])
def test_an_anchor_is_read_however_it_is_written(anchor: str) -> None:
    assert ["", "x"] == [part.anchor for part in parts(f"<p>{MANY}</p><p {anchor}>далі</p>")]


def test_capital_tags_and_comments_are_no_text() -> None:
    assert [Part("", "", "Перше друге третє")] == list(parts("<P>Перше<BR>друге</P><!-- <p>ні</p> -->третє"))


def test_tags_that_nobody_closed_lose_no_words() -> None:
    assert ["один два три"] == [part.text for part in parts("<ul><li>один<li>два<p>три")]
    assert ["Назва без кінця"] == [part.text for part in parts("<h2>Назва <b>без кінця")]


def test_words_inside_inline_tags_stay_whole_and_cells_are_apart() -> None:
    assert ["рішення Ціна, Рік"] == [part.text for part in parts(
        "рі<b>шен</b>ня<table><tr><th>Ціна</th><th>Рік</th></tr></table>")]


def test_entities_and_signs_are_read_as_letters() -> None:
    assert ['a < b & "в" 5 > 3'] == [part.text for part in parts("<p>a &lt; b &amp; &quot;в&quot;&#32;5 &gt; 3</p>")]
    assert ["a < b"] == [part.text for part in parts("<p>a < b</p>")]


def test_plain_text_is_one_piece_and_nothing_is_none() -> None:
    assert [Part("", "", "Просто слова")] == list(parts("Просто\nслова "))
    assert [] == list(parts("")) == list(parts(" <p> </p> "))


@given(st.lists(st.sampled_from(["<p>", "</p>", "<h2 id='a'>", "</h2>", "<b>", "</b>", "<table>", "<td>", "слово ",
                                 "х " * ENOUGH, "&amp;", "<", ">", '"', "<!--", "-->"]), max_size=40))
def test_no_word_is_lost_or_said_twice(pieces: list[str]) -> None:
    html = "".join(pieces)
    whole = "".join(part.text for part in parts(html))
    if "<!--" not in html and '"' not in html:
        assert html.count("слово") == whole.count("слово")
        assert html.count("х ") == whole.count("х")


# --------------------------------------------------------------------------- words of a section

def test_a_page_without_words_has_one_empty_section() -> None:
    assert [("", 0, "")] == [(found.terms, found.length, found.text) for found in sections("", "", WORDING.spellings)]


def test_title_stands_only_in_the_first_section() -> None:
    found = sections("Бюджет", f'<p>{MANY}</p><p id="a">далі</p>', WORDING.spellings, ("2026-01-01",))
    assert [("бюджет" in terms(section), "2026-01-01" in terms(section)) for section in found] == [
        (True, True), (False, False)]
    assert [1 + ENOUGH, 1] == [section.length for section in found]


def test_words_are_counted_with_title_and_first_place() -> None:
    found = only("Про воду", "Вода є. Про воду йшлося. Воду дали.")
    assert (3, True, 0) == found["воду"]
    assert (2, True, 0) == found["про"]
    assert (1, False, 0) == found["вода"]


def test_places_are_told_in_four_steps() -> None:
    found = only("", " ".join(f"n{number}" for number in range(300)))
    assert [0, 0, 1, 1, 2, 2, 3, 3] == [found[f"n{number}"][2] for number in (0, 11, 12, 59, 60, 251, 252, 299)]


def test_very_many_occurrences_are_counted_up_to_a_bound() -> None:
    assert COUNTED - 1 == only("", "рада " * (COUNTED + 10))["рада"][0]


def test_numbers_and_days_are_terms() -> None:
    found = only("Рішення № 5/VIII-194", "від 24 лютого 2021 року, 540-рв, 1 410 гривень")
    assert {"5-8-194", "2021-02-24", "540-рв", "1410"} <= found.keys()
    assert [True, False] == [found[term][1] for term in ("5-8-194", "540-рв")]


def test_own_terms_are_those_of_the_title() -> None:
    assert (1, True, 0) == only("Про воду", "текст", ("№194",))["№194"]


def test_concepts_are_found_in_any_case_and_spelling() -> None:
    for text in ("У ЦНАПі", "у центрі надання адміністративних послуг", "Центру надання адміністративної послуги"):
        assert "+цнап" in only("", text), text
    assert "+цнап" not in only("", "центр надання послуг") and "+цнап" not in only("", "надання центр послуг")
    assert (2, True, 0) == only("ЦНАП", "Новий ЦНАП")["+цнап"]


def test_words_with_letters_that_the_format_lacks_are_left_out_and_others_stay() -> None:
    found = only("Zażółć", "gęślą 市 рада café")
    assert "рада" in found
    assert {"市", "gęślą", "zażółć"}.isdisjoint(found)


def test_very_long_words_are_left_out() -> None:
    found = only("", f"{'а' * LONGEST_TERM} {'б' * (LONGEST_TERM + 1)} рада")
    assert {"а" * LONGEST_TERM, "рада"} == found.keys()
