"""The editors' reference and skeletons: made from the models, nothing said twice, nothing left unsaid."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
import yaml

from plugins.editor.model import all_models, document_models, fields_of
from plugins.editor.new import new, skeleton
from plugins.records import Record, Term, load_rooms

load_rooms()
MODELS = all_models()
by_kind = pytest.mark.parametrize("model", MODELS, ids=lambda model: model.kind)


@by_kind
def test_every_field_has_a_title_and_a_description(model: type[Record]) -> None:
    for field in fields_of(model):
        assert field.title, field.path
        assert field.description, field.path


@by_kind
def test_every_kind_has_a_ukrainian_label(model: type[Record]) -> None:
    assert any("а" <= letter <= "я" or letter in "іїєґ’" for letter in model.label.lower())


def test_every_term_has_a_label() -> None:
    def walk(term: type[Term]) -> list[type[Term]]:
        return [term, *(child for sub in term.__subclasses__() for child in walk(sub))]

    terms = [term for root in Term.__subclasses__() for term in walk(root) if not inspect.isabstract(term)]
    assert len(terms) > 10
    for term in terms:
        assert all(item.label for item in term), term


@pytest.mark.parametrize("model", document_models(), ids=lambda model: model.kind)
def test_a_skeleton_is_yaml_with_a_comment_beside_each_key(model: type[Record]) -> None:
    text = skeleton(model, "Про бюджет: зміни", date(2026, 11, 22))
    head = text.split("---")[1] if text.startswith("---") else text
    assert yaml.safe_load(head)["title" if "title" in model.model_fields else next(iter(yaml.safe_load(head)))]
    for line in head.strip().splitlines():
        if ":" in line and not line.startswith("  1."):
            assert "  # " in line, line


def test_a_new_document_goes_to_its_place_and_is_never_overwritten(tmp_path: Path,
                                                                   capsys: pytest.CaptureFixture[str]) -> None:
    assert new("news", "Сквер на Соборній", tmp_path, date(2026, 11, 20)) == 0
    file = tmp_path / "news" / "2026" / "11-20-сквер-на-соборній.md"
    assert "title: Сквер на Соборній" in file.read_text(encoding="utf-8")
    assert new("news", "Сквер на Соборній", tmp_path, date(2026, 11, 20)) == 2
    assert "уже є" in capsys.readouterr().err


def test_two_documents_of_one_day_have_two_identifiers(tmp_path: Path) -> None:
    for title in ("Сквер", "Міст", "Парк"):
        assert new("news", title, tmp_path, date(2026, 11, 20)) == 0
    names = sorted(path.name for path in (tmp_path / "news" / "2026").iterdir())
    assert ["11-20-2-міст.md", "11-20-3-парк.md", "11-20-сквер.md"] == names


def test_a_plan_is_for_the_first_week_without_one(tmp_path: Path) -> None:
    for _ in range(2):
        assert new("weekly_plan", "План", tmp_path, date(2026, 11, 20)) == 0
    plans = sorted((tmp_path / "events" / "plans" / "2026").iterdir())
    assert ["w47.yml", "w48.yml"] == [path.name for path in plans]
    assert "starts_on: 2026-11-23" in plans[1].read_text(encoding="utf-8")


def test_the_title_that_was_given_is_kept_where_it_may_be_left_out(tmp_path: Path) -> None:
    assert new("meeting", "Нарада про тепло", tmp_path, date(2026, 11, 20)) == 0
    file = next((tmp_path / "meetings" / "2026").rglob("index.yml"))
    assert "\ntitle: Нарада про тепло" in file.read_text(encoding="utf-8")


FILLED = {"number:": "12-3/8", "body:": "rada", "location:": "площа Ринок", "signatory:": "{person}",
          "  # text:": "комісія", "for_year:": "2027", "# act_text:": "рішення 2019 року"}
"""What an editor writes after the required keys of all kinds."""


@pytest.mark.parametrize("model", document_models(), ids=lambda model: model.kind)
def test_a_skeleton_with_the_obvious_values_is_a_valid_document(
        model: type[Record], lay_out: Callable[..., Path], check_folder: Callable[[Path], list[str]]) -> None:
    folder = lay_out()
    assert new(model.kind, "Про перевірку: перша", folder / "content", date(2026, 11, 16)) == 0
    file = next(path for path in (folder / "content").rglob("*") if path.is_file())
    person = sorted((folder / "data" / "people").glob("*.yml"))[0].stem
    text = file.read_text(encoding="utf-8").replace("  1. ", "  1. Установити день.")
    for key, value in FILLED.items():
        text = text.replace(f"\n{key}  #", f"\n{key.replace('# ', '')} {value.format(person=person)}  #")
    file.write_text(text, encoding="utf-8")
    assert check_folder(folder) == []


def test_an_unknown_kind_is_answered_with_the_known_ones(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert new("blog", "А", tmp_path) == 2
    assert "news (новина)" in capsys.readouterr().err


@pytest.mark.parametrize("title", ["", "  ", "…!", "---"])
def test_a_title_without_a_word_makes_no_file(tmp_path: Path, capsys: pytest.CaptureFixture[str], title: str) -> None:
    assert new("news", title, tmp_path, date(2026, 11, 20)) == 2
    assert "не має жодного слова" in capsys.readouterr().err
    assert not list(tmp_path.rglob("*"))


@pytest.mark.parametrize("title", ['Про "Дім культури"', "- Про дорогу", "? Про дорогу", "Про дорогу: зміни", "«Дім»",
                                   r"Про \ і #"])
def test_the_title_stands_in_the_document_as_it_was_given(tmp_path: Path, title: str) -> None:
    assert new("news", title, tmp_path, date(2026, 11, 20)) == 0
    file = next(tmp_path.rglob("*.md"))
    assert yaml.safe_load(file.read_text(encoding="utf-8").split("---\n")[1])["title"] == title
