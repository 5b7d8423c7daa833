"""Numbers and citations of acts."""

from __future__ import annotations

import pytest

from plugins.acts.numbers import pattern_of
from plugins.acts.places import find_place
from tests.plugins.acts.test_status import act


@pytest.mark.parametrize(("form", "number", "fits"), [
    ("{n}-{session}/8", "1204-37/8", True), ("{n}-{session}/8", "1204-37/7", False),
    ("{n}-{session}/8", "1204/8", False),
    ("{n}/{convocation}-{session}", "5/VIII-194", True), ("{n}/{convocation}-{session}", "5/VІІІ-LХI", True),
    ("{session}-{n}/{convocation}", "2-39/VII", True), ("{n}-р", "365-р", True), ("{n}-р", "365-p", False),
    ("{n}", "331", True), ("{n}", "33a", False), ("({n}).*", "(12).*", True), ("({n}).*", "(12)xx", False)])
def test_a_format_is_held_letter_for_letter(form: str, number: str, fits: bool) -> None:
    pattern = pattern_of(form)
    assert bool(pattern.fullmatch(number)) is fits


@pytest.mark.parametrize(("mention", "is_there"), [
    ("1", True), ("п. 1.1", True), ("2", False), ("1.2", False), ("додаток 1", True), ("додаток 2", False),
    ("пункт 3 додатка 1", True), ("пункт 4 додатка 1", False), ("преамбула", True), ("усе", False)])
def test_a_citation_leads_somewhere(mention: str, is_there: bool) -> None:
    subject = act(text="1. А\n1.1. Б\n", annexes=[{"title": "Додаток 1", "text": "1. В\n2. Г\n3. Ґ\n"}])
    assert (find_place(subject, mention) is not None) is is_there
