"""Numbers and citations of acts."""

from __future__ import annotations

import pytest

from plugins.acts.model import series_of
from plugins.acts.numbers import pattern_of
from plugins.acts.places import find_place
from plugins.people.model import Council
from plugins.records import Library
from tests.plugins.acts.test_status import NOON, act, made


@pytest.mark.parametrize(("form", "number", "fits"), [
    ("{n}-{session}/8", "1204-37/8", True), ("{n}-{session}/8", "1204-37/7", False),
    ("{n}-{session}/8", "1204/8", False),
    ("{n}/{convocation}-{session}", "5/VIII-194", True), ("{n}/{convocation}-{session}", "5/VІІІ-LХI", True),
    ("{session}-{n}/{convocation}", "2-39/VII", True), ("{n}-р", "365-р", True), ("{n}-р", "365-p", False),
    ("{n}", "331", True), ("{n}", "33a", False), ("({n}).*", "(12).*", True), ("({n}).*", "(12)xx", False)])
def test_a_format_is_held_letter_for_letter(form: str, number: str, fits: bool) -> None:
    pattern = pattern_of(form)
    assert bool(pattern.fullmatch(number)) is fits


ORDERS = [{"type": "order", "form": "{n}-р"},
          {"type": "order", "form": "{n}-к", "series": "розпорядження з кадрових питань"}]


@pytest.mark.parametrize(("formats", "facts", "series"), [
    ([{"type": "decision", "form": "{n}/{convocation}-{session}"}], {"number": "5/VІІІ-194"},
     ("Рішення, 8 скликання", 5)),
    ([{"type": "decision", "form": "{n}/{year}"}], {"number": "5/2026"}, ("Рішення, 2026 рік", 5)),
    ([{"type": "decision", "form": "{n}-{convocation}"}], {"number": "5-8"}, ("Рішення, 8 скликання", 5)),
    (ORDERS, {"type": "order", "number": "12-р"}, ("Розпорядження …-р, 2026 рік", 12)),
    (ORDERS, {"type": "order", "number": "12-к"}, ("розпорядження з кадрових питань, 2026 рік", 12)),
    ([{"type": "decision", "form": "{n}", "valid_to": "2025-12-31"}], {"number": "5"}, None),
    ([{"type": "decision", "form": "{n}", "body": "vykonkom"}], {"number": "5"}, None),
    ([], {"number": "5"}, None)])
def test_a_number_is_counted_in_its_series_alone(formats: list[dict[str, str]], facts: dict[str, str],
                                                 series: tuple[str, int] | None) -> None:
    council = made(Council, {
        "id": "mala", "name": "Мала міська рада", "name_genitive": "Малої міської ради",
        "community": "Мала громада", "community_genitive": "Малої громади", "settlement": "м. Мале",
        "tagline": "Рішення на видноті", "edrpou": "04053915", "katottg": "UA71020010000037786",
        "region": "Мала область", "address": "вул. Соборна, 1", "site": "https://mala.example", "council_id": "rada",
        "convocations": [{"number": "8", "starts_on": "2020-11-24", "seats": "3"}], "number_formats": formats})
    document = act("a", **facts)
    assert series_of(document, Library([council, document], NOON)) == series


@pytest.mark.parametrize(("mention", "is_there"), [
    ("1", True), ("п. 1.1", True), ("2", False), ("1.2", False), ("додаток 1", True), ("додаток 2", False),
    ("пункт 3 додатка 1", True), ("пункт 4 додатка 1", False), ("преамбула", True), ("усе", False)])
def test_a_citation_leads_somewhere(mention: str, is_there: bool) -> None:
    subject = act(text="1. А\n1.1. Б\n", annexes=[{"title": "Додаток 1", "text": "1. В\n2. Г\n3. Ґ\n"}])
    assert (find_place(subject, mention) is not None) is is_there
