"""What the index holds: which lemma a word is found by, where it stands, what narrows results, what an edit touches."""

from __future__ import annotations

import itertools

import pytest

from plugins.search.choices import GUESSES
from plugins.search.codec import TAGGED, form_class
from plugins.search.levels import HIGHEST, RARE, level_of, shares
from plugins.search.numbering import TAIL
from plugins.search.synonyms import Synonyms
from plugins.search.wording import wording_of
from tests.plugins.search.making import UK, Folder, doc, english, folder, index_of
from tests.plugins.search.read_index import Shown

NONE = Synonyms()
MANY = "слово " * 160
MUCH = round(2 / RARE) + 20
"""Sections that make a word so usual that a form is hardly ever of another one."""


def day(number: int) -> str:
    """Some day; later ones for greater numbers."""
    return f"{2000 + number // 336}-{number // 28 % 12 + 1:02}-{number % 28 + 1:02}"


# --------------------------------------------------------------------------- words and lemmas

def test_a_page_is_found_by_the_lemma_of_its_words() -> None:
    index = index_of(doc("a", "Про рішення", "Рішень не ухвалили."), doc("b", "Інше", "Вода."))
    assert {"/a/"} == index.found("рішення/n")
    assert {"рішення/n"} == index.readings("рішеннями").keys(), "a form that no page has"
    assert {"/a/"} == index.found("ухвалити/v")
    assert index.readings("слон") == {} and index.found("слон/n") == set()


def test_sections_of_a_long_act_are_found_with_anchor_and_heading() -> None:
    html = f'<p>{MANY}</p><h2 id="p1">1. Тарифи</h2><p>{MANY}воду</p><h2 id="p2">2. Строки</h2><p>газ</p>'
    index = index_of(doc("a", "Рішення", html), doc("b", "Тарифи", ""))
    assert {"/a/#p1"} == index.found("вода/n")
    assert {"/a/#p2"} == index.found("газ/n")
    slot, = index.postings()["газ/n"]
    assert Shown("/a/", "p2", "Рішення", "2. Строки", "Новина", "", "", "", "2. Строки. газ") == index.shown(slot)
    assert [False, True, True, False] == [bool(length & 128) for length in index.lengths]
    assert (2, 4) == (index.facts["pages"], index.facts["sections"])


def test_the_list_says_what_an_ambiguous_form_means() -> None:
    pages = [doc("a", "Перше", "ради"), doc("b", "Друге", "радий раді")]
    assert {"/a/", "/b/"} <= index_of(*pages, synonyms=Synonyms(
        readings={"ради": "рада/n", "раді": "рада/n"})).found("рада/n")
    meant = index_of(*pages, synonyms=Synonyms(readings={"раді": "радий/a"}))
    assert {"/a/"} == meant.found("рада/n")


def test_rare_readings_are_left_out_by_the_words_that_have_no_other() -> None:
    often = [doc(f"n{number}", "Насос", "водою") for number in range(MUCH)]
    index = index_of(doc("a", "Текст", "води"), *often, synonyms=NONE)
    assert "/a/" in index.found("вода/n")
    assert set() == index.found("водити/v")


def test_a_form_of_two_words_is_found_by_both_while_both_are_usual() -> None:
    index = index_of(doc("a", "Текст", "води"), doc("b", "Інше", "водить"), doc("c", "Третє", "водою"), synonyms=NONE)
    assert {"вода/n", "водити/v"} == index.readings("води").keys()
    assert ({"/a/", "/c/"}, {"/a/", "/b/"}) == (index.found("вода/n"), index.found("водити/v"))


def test_a_word_that_grows_usual_takes_the_ambiguous_form_along() -> None:
    with folder(NONE) as site:
        site.build([doc("a", "Текст", "води"), doc("b", "Інше", "водить")])
        assert {"/a/", "/b/"} == site.read().found("водити/v")
        site.build([doc(f"n{number}", "Насос", "водою") for number in range(MUCH)])
        assert {"/b/"} == site.read().found("водити/v")
        site.build([], [f"n{number}/index.html" for number in range(MUCH)])
        assert {"/a/", "/b/"} == site.read().found("водити/v")


def test_a_reading_that_grows_unlikely_counts_for_less_where_it_is_kept() -> None:
    def often(site: Folder) -> int:
        index = site.read()
        return next(post.often for slot, post in index.postings()["водити/v"].items() if index.place(slot) == "/a/")

    with folder(NONE) as site:
        site.build([doc("a", "Текст", "води води води води"), doc("b", "Інше", "водить")])
        assert 2 == often(site)
        site.build([doc(f"n{number}", "Насос", "водою") for number in range(40)])
        assert 0 == often(site)


def test_levels_travel_with_the_lexicon() -> None:
    index = index_of(*(doc(f"n{number}", "Річки", "рікою") for number in range(MUCH)), synonyms=NONE)
    assert level_of(MUCH) == index.readings("рікою")["ріка/n"]


def test_level_is_the_number_of_binary_digits() -> None:
    assert [0, 1, 2, 2, 3, HIGHEST, HIGHEST] == [level_of(mass) for mass in (0, 1, 2, 3, 4, 1 << 20, 1 << 14)]


def test_shares_are_by_levels_without_rare_ones() -> None:
    assert {"a": 0.5, "b": 0.5} == shares(["a", "b"], {})
    assert {"a": 0.8, "b": 0.2} == shares(["a", "b"], {"a": 3, "b": 1})
    assert {"b": 1.0} == shares(["b"], {"b": 9})
    highest = next(level for level in range(HIGHEST) if 1 / (2 ** level + 1) < RARE)
    assert {"a": 1.0} == shares(["a", "b"], {"a": highest})
    assert ["a", "b"] == list(shares(["a", "b"], {"a": highest - 1}))


def test_forms_of_one_surname_that_no_dictionary_has_are_found_together() -> None:
    index = index_of(doc("a", "Звіт", "Виступив Згурбенчук."), doc("b", "Лист", "Немає Згурбенчука."),
                     doc("c", "Скарга", "Зі Згурбенчуком."))
    both = [name for name in index.readings("згурбенчука") if {"/a/", "/b/", "/c/"} == index.found(name)]
    assert both
    assert set(both) & index.readings("згурбенчук").keys()


def test_an_unknown_word_alone_may_be_several_and_others_decide() -> None:
    first, second = doc("a", "Лист", "Квазюла"), doc("b", "Звіт", "Квазюли")
    assert {"квазюл/n", "квазюла/n"} == index_of(first, synonyms=NONE).readings("квазюла").keys()
    assert {"квазюла/n"} == index_of(first, second, synonyms=NONE).readings("квазюла").keys()
    assert 3 == GUESSES == len(index_of(doc("a", "Лист", "мурзаї"), synonyms=NONE).readings("мурзаї"))


def test_unknown_words_that_are_gone_decide_nothing() -> None:
    first, second = doc("a", "Лист", "Квазюла"), doc("b", "Звіт", "Квазюли")
    with folder(NONE) as site, folder(NONE) as fresh:
        site.build([first, second])
        site.build([], [second.path])
        fresh.build([first])
        assert fresh.files == site.files


def test_a_new_form_of_several_words_is_looked_up_among_its_neighbours() -> None:
    with folder(NONE) as site:
        site.build([doc("a", "Вовк", "восьмий")])
        site.build([doc("b", "Лист", "води")])
        assert {"вода/n", "водити/v"} == site.read().readings("води").keys()


def test_words_of_other_alphabets_and_numbers_are_their_own_terms() -> None:
    index = index_of(doc("a", "Zoom", "о 2026 та Q4 540-рв"))
    for term in ("zoom", "2026", "q4", "540-рв"):
        assert {"/a/"} == index.found(term), term
    assert {} == index.readings("zoom")


def test_apostrophes_stress_and_look_alikes_make_no_difference() -> None:
    index = index_of(doc("a", "А", "об’є́кт"), doc("b", "Б", "обʼєкт"), doc("c", "В", "oб'єкт"))  # a Latin o
    assert {"/a/", "/b/", "/c/"} == index.found("обєкт/n")


# --------------------------------------------------------------------------- the list of synonyms

def test_an_abbreviation_is_found_by_the_word() -> None:
    index = index_of(doc("a", "Адреса", "вул. Садова"), doc("b", "Адреса", "вулиці Садової"))
    assert {"/a/", "/b/"} == index.found("вулиця/n")
    assert {"вулиця/n"} == index.readings("вул").keys()


def test_a_concept_is_found_in_all_its_spellings() -> None:
    index = index_of(doc("a", "Де", "У ЦНАПі"), doc("b", "Як", "до центру надання адміністративних послуг"),
                     doc("c", "Що", "надання послуг"))
    assert {"/a/", "/b/"} == index.found("+цнап")
    assert {"/a/"} == index.found("цнап/n")
    term, spellings = index.facts["concepts"][0]
    assert ("+цнап", [[["цнап/n", "цнап"]]]) == (term, spellings[:1])
    assert ["центр/n", "надання/n", "адміністративний/a", "послуга/n"] == [name for name, _ in spellings[1]]


def test_concepts_and_pairs_that_the_site_lacks_do_not_travel() -> None:
    assert [] == index_of(doc("a", "Слова", "центр послуг")).facts["concepts"]
    assert {} == index_of(doc("a", "Слова", "інше"), synonyms=NONE).facts["near"]


def test_related_words_know_each_other() -> None:
    assert {"школа/n": ["шкільний/a"], "шкільний/a": ["школа/n"]} == index_of(
        doc("a", "Школа", "шкільний")).facts["near"]


def test_words_of_the_list_are_understood_though_no_page_has_them() -> None:
    index = index_of(doc("a", "Слово", "Вулиця"))
    assert {"вулиця/n"} == index.readings("вул").keys()
    assert "шкільний/a" in index.readings("шкільна")


def test_a_list_with_another_word_is_another_index() -> None:
    pages = {entry.path: entry for entry in (doc("a", "Мер", "мер"), doc("b", "Голова", "голова"))}
    with folder(NONE) as site:
        site.build(pages)
        assert "/a/" not in site.read().found("голова/n")
        site.synonyms = Synonyms(same=(("голова", "мер"),))
        site.build({path: entry._replace(digest="again") for path, entry in pages.items()})
        assert {"/a/", "/b/"} == site.read().found(wording_of(site.synonyms).aliases.get("мер/n", "мер/n"))


# --------------------------------------------------------------------------- what narrows

def test_columns_hold_each_value_at_the_first_slot_of_its_pages() -> None:
    index = index_of(doc("a", "А", f'<p>{MANY}</p><p id="x">ще</p>', kind="Новини", topic=["Вода", "Газ"]),
                     doc("b", "Б", kind="Рішення", topic=["Газ"], person=["Лис О."]), doc("c", "В"))
    assert {"Новини": [0], "Рішення": [2]} == index.column("kind")
    assert {"Вода": [0], "Газ": [0, 2]} == index.column("topic")
    assert {"Лис О.": [2]} == index.column("person")
    assert {"kind", "topic", "person"} == index.facts["columns"].keys(), "a column without values is not there"


def test_a_column_with_more_values_than_a_byte_has_still_tells_them_apart() -> None:
    for count in (255, 256):
        found = index_of(*(doc(f"p{number:03}", "А", body=f"Орган {number:03}") for number in range(count)))
        assert {f"Орган {number:03}": [number] for number in range(count)} == found.column("body")


def test_addresses_travel_by_slot() -> None:
    index = index_of(doc("a", "А", f'<p>{MANY}</p><p id="x">ще</p>'), doc("b", "Б"))
    assert ["/a/", "", "/b/"] == index.facts["urls"].split("\n")


def test_standing_is_told_for_all_sections() -> None:
    index = index_of(doc("a", "А", f'<p>{MANY}</p><p id="x">ще</p>', standing=2), doc("b", "Б", standing=1))
    assert [2, 2, 1] == [length >> 5 & 3 for length in index.lengths]


def test_words_of_the_title_are_marked_as_such() -> None:
    index = index_of(doc("a", "Вода", "газ газ"))
    assert [(True, 0), (False, 1)] == [(post.in_title, post.often) for term in ("вода/n", "газ/n")
                                       for post in index.postings()[term].values()]


def test_several_forms_of_a_word_are_one_posting() -> None:
    index = index_of(doc("a", "Вода", "слово " * 20 + "водою водою"), doc("b", "Інше", "водою " * 3),
                     doc("c", "Ще", "воду"), synonyms=NONE)
    found = index.postings()["вода/n"]
    assert (True, 1, 0) == (found[0].in_title, found[0].often, found[0].where)
    assert [form_class("водою"), form_class("водою")] == [found[0].form, found[1].form]
    assert form_class("вода") != form_class("водою"), "or the test says nothing"


# --------------------------------------------------------------------------- sites of every size

def test_a_site_without_pages_has_an_index_that_answers() -> None:
    index = index_of()
    assert (0, 0, 0) == (index.facts["slots"], index.facts["pages"], index.facts["sections"])
    assert {} == index.postings()


def test_a_site_only_in_english_has_both_indexes() -> None:
    with folder() as site:
        site.build([english("en/a", "<p>Water</p>")])
        assert 0 == site.read().facts["pages"]
        assert "search/pagefind/pagefind.js" in site.files


def test_a_site_without_english_pages_has_no_bundle_for_them() -> None:
    with folder() as site:
        site.build([english("en/a", "<p>Water</p>"), doc("a", "Вода")])
        site.build([], ["en/a/index.html"])
        assert not [path for path in site.files if not path.startswith(UK)]
        assert {"/a/"} == site.read().found("вода/n")


def test_an_english_page_that_is_translated_moves_to_the_other_index() -> None:
    with folder() as site:
        site.build([english("a", "<p>Water</p>"), english("b", "<p>Gas</p>")])
        bundle = {path: content for path, content in site.files.items() if not path.startswith(UK)}
        site.build([doc("a", "Вода")])
        assert {"/a/"} == site.read().found("вода/n")
        assert bundle != {path: content for path, content in site.files.items() if not path.startswith(UK)}
        site.build([english("a", "<p>Water</p>")])
        assert 0 == site.read().facts["pages"]
        assert bundle == {path: content for path, content in site.files.items() if not path.startswith(UK)}


def test_pagefind_is_not_run_for_a_ukrainian_edit(monkeypatch: pytest.MonkeyPatch) -> None:
    with folder() as site:
        site.build([english("en/a", "<p>Water</p>"), doc("a", "Вода")])
        monkeypatch.setattr("plugins.search.pagefind.build", lambda *_: pytest.fail("nothing English has changed"))
        site.build([doc("a", "Газ")])


def test_pages_beyond_the_tail_stand_in_files_and_those_in_it_in_the_header() -> None:
    pages = [doc(f"p{number}", "Новина", "вода", day(number)) for number in range(TAIL + 3)]
    index = index_of(*pages)
    filed = {slot for _, records in index.post_files() for slot in records.get("вода/n", ())}
    assert {f"/p{number}/" for number in range(TAIL)} == {index.place(slot) for slot in filed}
    assert {f"/p{number}/" for number in range(TAIL, TAIL + 3)} == {index.place(slot) for slot in index.tail["вода/n"]}


def test_of_pages_of_one_day_those_with_the_last_slots_are_the_tail() -> None:
    index = index_of(*(doc(f"p{number:02}", "Новина", "вода", day(1)) for number in range(TAIL + 3)))
    assert sorted(index.slots())[-3:] == sorted(index.tail["вода/n"])


def test_files_are_sorted_and_small() -> None:
    words = ["".join(letters) for letters in itertools.product("абвгд", "аеио", "клмн", "аеио")]
    index = index_of(*(doc(f"p{number:03}", word, " ".join(words[number::7])) for number, word in enumerate(words)))
    keys = [key for key, _ in index.post]
    assert keys == sorted(keys) and len(keys) > 3
    for (least, records), following in zip(index.post_files(), [*keys[1:], "\uffff"], strict=True):
        assert list(records) == sorted(records)
        assert 1 == len({term[0] for term in records}), "a file holds words of one first letter"
        assert all(least <= term < following for term in records)
    stems = [word.forms for word in index.words()]
    assert {min(forms)[:3] for forms in stems}


# --------------------------------------------------------------------------- what an edit touches

def news(count: int) -> list[str]:
    return ["рада ухвалила рішення про бюджет громади", "вулиця Садова перекрита на ремонт",
            "школа отримала автобус", "засідання комісії перенесено"][count % 4:] or [""]


def grown(site: Folder, count: int) -> None:
    """A site with a few dated pages in the tail."""
    site.build([doc(f"p{number}", f"Новина {number}", " ".join(news(number)), day(number), kind="Новини")
                for number in range(count)])


def kinds(paths: dict[str, bytes] | set[str]) -> set[str]:
    """`text/3.gz` → text, `meta.gz` → meta."""
    return {path.removeprefix(UK).partition("/")[0].partition(".")[0] for path in paths}


def test_a_new_page_touches_no_file_of_postings_while_it_is_in_the_tail() -> None:
    with folder() as site:
        grown(site, TAIL + 2)
        written, removed = site.build([doc("new", "Рада", "вулиця школа", day(TAIL + 2), kind="Новини")])
        assert {"meta", "text", "col"} == kinds(written)
        assert [f"{UK}text/{site.read().facts['slots'] - 1}.gz"] == [path for path in written if "/text/" in path]
        assert {"col"} == kinds(removed)


def test_a_new_word_in_the_tail_touches_one_file_of_the_lexicon() -> None:
    with folder() as site:
        grown(site, TAIL + 2)
        written, _ = site.build([doc("new", "Рада", "жираф", day(TAIL + 2), kind="Новини")])
        assert 1 == sum("/lex/" in path for path in written)
        assert not [path for path in written if "/post/" in path]


def test_one_word_of_an_old_page_touches_its_text_and_the_files_of_both_words() -> None:
    with folder() as site:
        grown(site, TAIL * 2)
        written, removed = site.build([doc("p0", "Новина 0", " ".join(news(0)).replace("бюджет", "план"), day(0),
                                           kind="Новини")])
        assert sum("/post/" in path for path in written) <= 2
        assert sum("/lex/" in path for path in written) <= 2
        assert [f"{UK}text/{site.read().facts['dated']}.gz"] == [path for path in written if "/text/" in path]
        assert not [path for path in written if "/col/" in path]
        assert kinds(removed) <= {"post", "lex", "begin"}


def test_beginnings_are_those_of_all_forms_whatever_came_and_went() -> None:
    with folder() as site:
        site.build([doc("a", "Рада", "жираф ніч", day(0)), doc("b", "Школа", "їжак я", day(1))])
        site.build([doc("a", "Рада", "ґрунт", day(0))], gone=["b/index.html"])
        found = {form[:4] for word in site.read().words() for form in word.forms if len(form) > 3}
        assert found == site.read().beginnings() and "їжак" not in found and "грун" in found


def test_the_same_pages_again_write_nothing() -> None:
    with folder() as site:
        grown(site, TAIL + 2)
        assert ({}, set()) == site.build([])
        pages = [doc(f"p{number}", f"Новина {number}", " ".join(news(number)), day(number), kind="Новини")
                 for number in range(TAIL + 2)]
        before = dict(site.files)
        _, removed = site.build(pages)
        assert (before, set()) == (site.files, removed)


def test_a_page_that_goes_takes_its_texts_and_terms_along() -> None:
    with folder() as site:
        site.build([doc("a", "Жираф", f'<p>{MANY}</p><p id="x">слон</p>'), doc("b", "Вода")])
        site.build([], ["a/index.html"])
        index = site.read()
        assert set() == index.found("жираф/n") | index.found("слон/n")
        assert {} == index.readings("жираф"), "nobody asks for forms that no page has"
        assert [0] == index.slots()


def test_a_site_that_loses_all_its_pages_is_as_one_that_never_had_any() -> None:
    with folder() as site, folder() as other:
        grown(site, TAIL + 2)
        site.build([doc("a", "Вода", f'<p>{MANY}</p><p id="x">слон</p>')])
        site.build([], ["a/index.html", *(f"p{number}/index.html" for number in range(TAIL + 2))])
        other.build([])
        assert other.files == site.files


def test_a_page_that_grows_shorter_loses_its_last_sections() -> None:
    with folder() as site:
        site.build([doc("a", "А", f'<p>{MANY}</p><p id="x">слон</p>'), doc("b", "Б", "слон")])
        site.build([doc("a", "А", "коротко")])
        assert {"/b/"} == site.read().found("слон/n")
        assert [0, 1] == site.read().slots()


def test_a_tag_of_texts_changes_with_a_text_and_only_its_own() -> None:
    with folder() as site:
        site.build([doc(f"p{number:04}", "А") for number in range(TAGGED + 2)])
        before = site.read().facts["texts"]
        assert 16 == len(before)
        site.build([doc(f"p{TAGGED + 1:04}", "А", "<p>Інше, слово</p>")])
        after = site.read().facts["texts"]
        assert before[:8] == after[:8] and before[8:] != after[8:]
