"""The editors' reference and skeletons: made from the models, nothing said twice, nothing left unsaid."""

from __future__ import annotations

import inspect
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


def test_an_unknown_kind_is_answered_with_the_known_ones(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert new("blog", "А", tmp_path) == 2
    assert "news (новина)" in capsys.readouterr().err
