"""The index from build to build: whatever happens to pages, it is what a cold build would make of them."""

from __future__ import annotations

from unittest.mock import patch

from hypothesis import example, given, settings
from hypothesis import strategies as st

from plugins.search import bodies, codec, index
from plugins.search.model import Entry
from plugins.search.numbering import TAIL
from tests.plugins.search.making import doc, folder

WORDS = ("рада ради радий радою рішення рішень бюджет бюджету вулиця вул ЦНАП центр надання адміністративних "
         "послуг Гринчук Гринчука Гринчуком школа шкільний ріки рік року ніч ночі 2026 5/VIII-194 540-рв "
         "zoom павербанк").split()


def page(number: int, day: str, words: list[str]) -> Entry:
    """A page of these words; the text decides the digest."""
    text = " ".join(words)
    html = "".join(f'<h2 id="a{place}">Пункт</h2><p>{text} {"слово " * 120}</p>' for place in range(len(words) % 3 + 1))
    return doc(f"p/{number}", f"Сторінка {words[0] if words else ''}", html, day, own=(day,) if day else (),
               standing=number % 4, kind="Новини", topic=words[:1])


Steps = list[dict[int, tuple[str, list[str]] | None]]
days = st.sampled_from(["", "2026-01-05", "2026-01-20", "2026-02-01", "2027-03-03"])
texts = st.lists(st.sampled_from(WORDS), max_size=6)
steps = st.lists(st.dictionaries(st.integers(0, 40), st.tuples(days, texts) | st.none(), min_size=1, max_size=40),
                 min_size=1, max_size=4)


@patch.multiple(codec, COMMON=8, URLS=40)
@patch.object(bodies, "COVERABLE", 1)
@patch.object(index, "COMMON_BYTES", 4)
def ends_alike(steps: Steps) -> bool:
    """Whether a site that went through these steps has the files of one that was built at once.

    What is done about common words begins with as few as such a site has.
    """
    pages: dict[str, Entry] = {}
    with folder() as kept, folder() as fresh:
        for step in steps:
            changed = {f"p/{number}/index.html": page(number, *what) for number, what in step.items() if what}
            gone = {f"p/{number}/index.html" for number, what in step.items() if not what} & pages.keys()
            pages = {path: entry for path, entry in (pages | changed).items() if path not in gone}
            kept.build(changed, gone)
        fresh.build(pages)
        return fresh.files == kept.files


JANUARY = {number: ("2026-01-05", ["рада"]) for number in range(TAIL - 2)}


@settings(max_examples=60, deadline=None)
@given(steps)
@example([{number: ("2026-01-05", ["рада"]) for number in range(40)}, {3: ("2026-01-05", ["радий", "ріки"])},
          {7: None, 8: ("", ["Гринчука"])}])
@example([{0: None, 1: ("", ["року"])}, {0: ("", [])}, {0: ("", []), 2: ("", ["рік"])}])
def test_any_history_of_pages_ends_in_the_same_files(steps: Steps) -> None:
    assert ends_alike(steps)


@patch.multiple(codec, COMMON=2, URLS=0)
@patch.object(bodies, "COVERABLE", 1)
@patch.object(index, "COMMON_BYTES", 4)
def test_common_words_of_a_large_site_are_short_and_travel_with_the_header() -> None:
    pages = [page(number, "2026-01-05", ["тис", "шкільний", "ночі"]) for number in range(TAIL * 2)]
    with folder() as site:
        site.build(pages)
        read = site.read()
    assert {0} == {posting.where | posting.form for posting in read.postings()["тис/n"].values()}
    covers = {word.name: word.cover for word in read.words()}
    assert ("", "тис/n") == (covers["тис/n"], covers["тиснути/v"])
    assert {"тис/n", "тиснути/v", "шкільний/a"} <= {word.name for word in read.common}
    forms = {form for word in read.common for form in word.forms}
    assert all(word in read.common for word in read.words() if "тис" in word.forms) and "школа" not in forms


def test_pages_leave_the_tail_when_another_month_fills_it() -> None:
    assert ends_alike([JANUARY, {50: ("2026-02-01", ["бюджет"])}, {51: ("2026-02-01", ["ЦНАП"])}])


def test_pages_come_back_into_the_tail_when_another_month_loses_one() -> None:
    filled = {**JANUARY, 50: ("2026-02-01", ["бюджет"]), 51: ("2026-02-01", ["ЦНАП"])}
    assert ends_alike([filled, {51: None}])


def test_an_edit_beside_a_new_page_is_seen() -> None:
    assert ends_alike([JANUARY, {3: ("2026-01-05", ["бюджет"]), 50: ("2026-01-20", ["рада"])}])


def test_a_page_that_grows_moves_those_behind_it() -> None:
    assert ends_alike([JANUARY, {3: ("2026-01-05", ["рада", "рада"])}])


def test_a_page_whose_day_is_mended_moves_in_both_months() -> None:
    assert ends_alike([{**JANUARY, 50: ("2026-02-01", ["бюджет"]), 51: ("2026-02-01", ["ЦНАП"])},
                       {3: ("2026-02-01", ["рада"])}, {50: ("2026-01-05", ["бюджет"])}, {51: ("", ["ЦНАП"])}])


def test_a_word_that_stands_there_oftener_is_counted_anew() -> None:
    assert ends_alike([{number: ("2026-01-05", ["рада", "бюджет"]) for number in range(TAIL * 2)},
                       {3: ("2026-01-05", ["рада", "рада"])}])
