"""The words of the search: the sample's register against the dictionary, and what the index gets of it."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pymorphy3
import pytest

from plugins.records import REGISTRY, Library, load_rooms, read_all, reset
from plugins.search.synonyms import SynonymList, Synonyms, synonyms_of
from plugins.ukrainian import FUNCTION_WORDS, word_key
from tests.conftest import ROOT
from tests.sample import ONLY_HERE

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
LETTERS = {"NOUN": "n", "ADJF": "a", "VERB": "v"}


def register(folder: Path, data: Path) -> Synonyms:
    reset()
    for room in load_rooms():
        room.register()
    reading = read_all(folder, data, REGISTRY)
    assert [finding for finding in reading.report.errors if "synonyms" in finding.path] == []
    return synonyms_of(Library([item for item in reading.records if isinstance(item, SynonymList)], NOW))


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Synonyms:
    return register(tmp_path_factory.mktemp("content"), ROOT / "data")


@cache
def analyzer() -> pymorphy3.MorphAnalyzer:
    return pymorphy3.MorphAnalyzer(lang="uk")


def terms(word: str) -> set[str]:
    """The terms of all words of the dictionary that have this form."""
    return {f"{word_key(parse.normal_form)}/{LETTERS.get(str(parse.tag.POS), 'x')}"
            for parse in analyzer().parse(word) if parse.is_known}


@ONLY_HERE
def test_the_register_is_as_large_as_a_council_needs(sample: Synonyms) -> None:
    assert len(sample.same) >= 60
    assert len(sample.related) >= 40
    assert 60 <= len(sample.readings) <= 200


@ONLY_HERE
def test_each_form_of_a_reading_belongs_to_several_words_and_the_one_that_is_meant(sample: Synonyms) -> None:
    wrong = {form: terms(form) for form, term in sample.readings.items()
             if term not in terms(form) or len(terms(form)) < 2}
    assert wrong == {}


def test_the_index_gets_spellings_pairs_and_readings_as_plain_values(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "synonyms.yml").write_text(
        "same:\n  - [вулиця, вул.]\n  - words: [мер, міський голова]\n    note: У запитах.\nrelated:\n"
        "  - [школа, шкільний]\nreadings:\n  - {lemma: рада, forms: [ради, Раді]}\n"
        "  - {lemma: коли, part: other, forms: [коли]}\n", encoding="utf-8")
    found = register(tmp_path, tmp_path / "data")
    assert found == Synonyms(
        same=(("вулиця", "вул."), ("мер", "міський голова")), related=(("школа", "шкільний"),),
        readings={"ради": "рада/n", "раді": "рада/n", "коли": "коли/x"})


def test_a_council_without_the_register_has_no_synonyms(tmp_path: Path) -> None:
    assert register(tmp_path, tmp_path) == Synonyms()


def test_function_words_are_keys_and_leave_votes_and_numbers_alone() -> None:
    assert 100 <= len(FUNCTION_WORDS) <= 170
    assert {word_key(word) for word in FUNCTION_WORDS} == FUNCTION_WORDS
    assert {"про", "щоб", "де", "коли", "її", "не"} <= FUNCTION_WORDS
    assert FUNCTION_WORDS.isdisjoint({"проти", "утримався", "рада", "один", "два", "три", "сто"})
