"""The judge of the search: known questions get known answers, and what is counted is counted right."""
import json
import math
import urllib.request
from datetime import date
from random import Random

import pytest

from bench.search import (
    asking,
    corpus,
    harder,
    judged,
    misspelt,
    queries,
    run,
    scores,
    serving,
    spelling,
    table,
    truth,
    words,
)
from bench.search.asking import Answer, Told
from bench.search.corpus import Page
from bench.search.queries import Query

pytest.importorskip("simplemma")


def page(number, title, *paragraphs):
    return Page(f"/novyny/2024/{number:04d}/", date(2024, 5, number), title, paragraphs)


FIRST, SECOND, THIRD = "/novyny/2024/0001/", "/novyny/2024/0002/", "/novyny/2024/0003/"


@pytest.fixture(scope="module")
def known():
    return truth.Truth([
        page(1, "Про рішення ради", "Депутати міської ради розглянули вулицю."),
        page(2, "Свято", "На вулицях міста рада людей. Вулиця тиха.",
             "Див. № 5/VIII-194 від 24 лютого 2021 року, 1 410 осіб."),
        page(3, "Ніч", "Зв’язок зник о 24.02.2021, дзвоніть 5-48-55."),
    ])


def test_a_page_is_found_by_any_form_of_a_word_and_worth_more_for_title_and_number(known):
    assert {FIRST: 1, SECOND: 2} == known.lemmas("вулицями")
    assert 3 == known.lemmas("рішенням")[FIRST]


def test_all_words_of_a_question_are_on_the_page_and_the_weakest_gives_the_grade(known):
    assert {FIRST: 1} == known.lemmas("рішеннями", "вулиць")


def test_the_control_keeps_one_reading_a_word(known):
    assert {FIRST, SECOND} == known.control("вулицею")


def test_an_apostrophe_does_not_tell_words_apart(known):
    assert {THIRD} == set(known.lemmas("зв'язком")) == set(known.lemmas("звʼязком"))


@pytest.mark.parametrize(("value", "pages"), [
    ("5-8-194", {SECOND}), ("194", {SECOND}), ("1410", {SECOND}), ("2021-02-24", {SECOND, THIRD}), ("5-48-55", {THIRD}),
    ("2024-05-03", {THIRD}),
])
def test_numbers_are_what_they_mean(known, value, pages):
    assert pages == set(known.literal(value))


def test_a_phrase_is_words_side_by_side_in_exactly_these_forms_or_others(known):
    assert {FIRST: 3} == known.phrase(["міської", "ради"])
    assert {FIRST: 1} == known.phrase(["міська", "рада"])
    assert {} == known.phrase(["ради", "міської"])


@pytest.mark.parametrize(("written", "value"), [
    ("VIII", "8"), ("ХІІ", "12"), ("IX", "9"), ("pв", "рв"), ("194", "194"),
])
def test_parts_of_numbers_have_one_meaning(written, value):
    assert value == truth.meaning(written)


def test_the_halves_share_no_page_and_no_lemma_and_each_question_is_on_its_page():
    pages = corpus.pages(corpus.ROOT / "no-such-folder")[::12]
    facts = truth.Truth(pages)
    made = {split: [query for kind in ("nouns", "names") for query in queries.Maker(facts, split).lemma_queries(kind)]
            for split in queries.SPLITS}
    sources = [{query.source for query in found} for found in made.values()]
    assert not sources[0] & sources[1] and all(sources)
    for found in made.values():
        for query in found:
            assert query.source in query.relevant
            assert words.key(query.text) not in facts.keys[query.source]


def test_the_corpus_is_the_same_every_time_and_large_enough():
    first, second = corpus.pages(corpus.ROOT / "none"), corpus.pages(corpus.ROOT / "none")
    assert first == second
    assert 1500 <= len(first)
    assert len(first) == len({each.address for each in first})
    assert {2022, 2023, 2024} == {each.day.year for each in first}


def test_markdown_prints_the_text_that_is_judged():
    assert r"1\. \*Так\* \<b\>" == corpus.escaped("1. *Так* <b>")
    assert r"\- слово" == corpus.escaped("- слово")


@pytest.mark.parametrize(("spell", "typed"), [
    (spelling.english_layout, "ghbdsn"), (spelling.with_shift, "Ghbdsn"), (spelling.russian_layout, "привыт"),
])
def test_a_word_is_typed_with_another_layout(spell, typed):
    assert typed == spell("привіт")
    assert "{jxe" == spelling.with_shift("хочу")


def test_words_that_people_misspelt_are_what_correctors_marked_as_spelling():
    text = ("{Вдно=>Видно:::error_type=Spelling} {і=>й:::error_type=Spelling} {дім=>дому:::error_type=G/Case} "
            "{на віщо=>навіщо:::error_type=Spelling} {зв'язку=>зв’язку:::error_type=Spelling}")
    assert [("видно", "вдно")] == list(misspelt._of(text))


def test_only_dev_has_harder_questions_and_a_seed_changes_nothing_else(known, monkeypatch):
    monkeypatch.setattr(harder, "made", lambda facts, split, seed: [f"{split} {seed}"])
    made = {(split, seed): list(queries.made(known, split, seed)) for split in queries.SPLITS for seed in (0, 1)}
    assert made["held-out", 0] == made["held-out", 1]
    assert (["dev 0"], ["dev 1"]) == (made["dev", 0][-1:], made["dev", 1][-1:])
    assert made["dev", 0][:-1] == made["dev", 1][:-1]


def test_a_slip_is_one_edit_that_makes_no_known_word(known):
    for seed in range(30):
        wrong = spelling.slip("вулицями", Random(seed), known, 1)
        assert wrong != "вулицями" and wrong[0] == "в" and not words.is_known(wrong)
        assert abs(len(wrong) - len("вулицями")) <= 1
    assert spelling.slip("вулицями", Random(1), known, 0)[0] != "в"
    assert "рада" == spelling.slip("рада", Random(1), known, 1)


def test_words_of_a_title_are_asked_in_some_form():
    asked = queries.other_forms("Молодіжна рада шукає ідеї для вулиці", Random(1))
    assert 4 == len(asked)
    assert all(words.readings(token) & words.readings(form)
               for token, form in zip(["молодіжна", "рада", "ідеї", "вулиці"], asked, strict=True))


def test_look_alikes_leave_a_letter_of_the_alphabet():
    for seed in range(20):
        typed = spelling.look_alike("оса", Random(seed))
        assert typed != "оса" and any(letter in "оса" for letter in typed)


def test_an_answer_is_scored_by_what_it_found_and_other_pages_are_passed_over():
    query = Query("q", "nouns", "a", relevant={"a": 3, "b": 1}, control=frozenset({"a"}))
    got = scores.score(query, ["a", "/mapa/", "c"], {"a", "b", "c"})
    assert (0.5, 0.5, 1.0, 0.5) == (got.recall, got.precision, got.control_recall, got.control_precision)
    assert 3 / (3 + 1 / math.log2(3)) == pytest.approx(got.ndcg)


def test_an_empty_answer_has_neither_recall_nor_precision():
    got = scores.score(Query("q", "nouns", "a", relevant={"a": 1}), [], {"a"})
    assert (0, 0, 0, 1, None) == (got.recall, got.precision, got.ndcg, got.is_empty, got.control_recall)


def test_a_mark_is_right_on_a_form_of_a_word_that_was_asked():
    query = Query("вулиць", "nouns", "a", ("вулиць",))
    answer = Answer(("a",), "", ("тиха <mark>вулиця</mark> й <mark>міст</mark>", "без позначки"))
    assert scores.Marks(2, 1, 2, 1) == scores.marks([query], [answer])


def test_percentiles_are_values_that_were_measured():
    assert 95 == scores.percentile(list(range(1, 101)), 95)
    assert 3 == scores.percentile([3], 50)


@pytest.mark.parametrize(("path", "kind"), [
    ("/search/search.js", "script"), ("/search/uk/meta.gz", "meta"), ("/search/uk/lex/00.gz", "lexicon"),
    ("/search/uk/urls-00.gz", "addresses"), ("/search/uk/text/5.gz", "texts"), ("/theme/main.css", "theme"),
])
def test_what_goes_out_is_counted_by_kind(path, kind):
    assert kind == serving.kind_of(path)


def test_the_server_counts_what_it_sends_and_begins_anew_when_asked(tmp_path):
    (tmp_path / "search" / "uk").mkdir(parents=True)
    (tmp_path / "search" / "uk" / "meta.gz").write_bytes(b"12345")
    with serving.serving(tmp_path) as served:
        urllib.request.urlopen(f"{served.base}/search/uk/meta.gz?v=1").read()
        counted = [json.load(urllib.request.urlopen(served.base + serving.COUNTER)) for _ in range(2)]
    assert [{"meta": {"requests": 1, "bytes": 5}}, {}] == counted


ENGINE = """let at;
export async function open(bundle) { at = new URL(bundle); await (await fetch(new URL("uk/meta.gz", at))).text(); }
export async function search(query) {
  if (query === "нема") throw new Error("зламано");
  await (await fetch(new URL("uk/post/1.gz", at))).text();
  return { results: [{ url: "/a/" }, { url: "" }], note: "",
    load: async (n) => [{ url: "/a/", excerpt: "<mark>так</mark>" }, { url: "/b/", excerpt: "" }].slice(0, n) };
}
"""


def test_visitors_are_new_each_time_and_errors_are_answers(tmp_path):
    from tests import tools
    (tmp_path / "search" / "uk" / "post").mkdir(parents=True)
    (tmp_path / "search" / "search.js").write_text(ENGINE, encoding="utf-8")
    (tmp_path / "search" / "uk" / "meta.gz").write_bytes(b"12345")
    (tmp_path / "search" / "uk" / "post" / "1.gz").write_bytes(b"123")
    asked = [Query("так", "nouns", ""), Query("так", "nouns", ""), Query("нема", "stress", "")]
    with serving.serving(tmp_path) as served:
        told = asking.ask(served, tools.node(), asked, lambda done, total: None, visitors=2, session=2)
    assert [{"script", "meta"}, {"script", "meta"}] == [set(each["opened"]) for each in told.visitors]
    assert {"postings": {"requests": 1, "bytes": 3}} == told.visitors[1]["searched"]
    assert Answer(("/a/", "/b/"), "", ("<mark>так</mark>", "")) == told.answers[0]
    assert "зламано" in told.answers[2].error


def test_a_question_succeeds_with_a_right_answer_among_three():
    asked = [judged.Judged("де", ("/a/", "/b/")), judged.Judged("хто", ("/c/",)), judged.Judged("що", ("/d/",))]
    answers = [Answer(("/x/", "/b/"), "", ()), Answer(("/1/", "/2/", "/3/", "/c/"), "", ()), Answer((), "", ())]
    got = judged.verdict(asked, answers)
    assert (1 / 3, (1 / 2 + 1 / 4) / 3) == pytest.approx((got.success, got.mrr))
    assert [("хто", 4), ("що", 0)] == [(failure.question, failure.place) for failure in got.failures]


def test_the_questions_of_the_project_can_be_read():
    found = judged.read()
    assert all(each.question and each.answers and each.answers[0].startswith("/") for each in found)
    assert len(found) >= 100


@pytest.mark.parametrize(("row", "holds"), [
    (table.Row("а", 0.99, 0.99), True), (table.Row("а", 41, 40, True), False), (table.Row("а", 1), None),
    (table.Row("а", math.nan, 40, True), False),
])
def test_a_bar_is_a_least_or_a_most(row, holds):
    assert holds is row.holds


def test_traffic_is_what_a_first_visit_and_a_further_question_cost():
    step = {"meta": {"requests": 2, "bytes": 5000}}
    further = {"searched": step, "loaded": {}, "milliseconds": 2.0}
    told = Told(({"opened": step, "searched": step, "loaded": {}},), (further,), ())
    rows = {row.title: row.ours for row in table.traffic(told, 40)}
    assert 10 == rows["Перша відповідь із 5 уривками, кБ"]
    assert 4 == rows["Перша відповідь, запитів"]
    assert 5 == rows["Дальший запит, кБ, середнє"]


@pytest.mark.parametrize(("parts", "years", "problem"), [
    ("answers,bytes", 0, "--parts: «bytes» невідома. Можна: answers, waits, costs, judged."),
    ("", 11, "--years: 11. Треба від 0 до 10."), ("answers", 10, ""),
])
def test_wrong_options_get_a_line(parts, years, problem):
    assert problem == run.wrong_options(parts, years)
    assert "--seed: відкладені питання завжди ті самі." == run.wrong_options("", 0, is_held_out=True, seed=1)
