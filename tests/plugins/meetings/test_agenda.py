"""What was proposed stands beside what was adopted; who was away at a question is told there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import html

from tests.conftest import build_folder

MEETING = """type: plenary
body: rada
convocation: 8
session: 3
published_at: 2026-11-01 09:00
agenda_published_at: 2026-11-01 09:00
agenda_vote: 2026-11-20-1
starts_at: 2026-11-20 10:00
ended_at: 2026-11-20 12:00
status: held
attendance:
  present: [lys-olena, bondar-oles, chumak-iryna, hnatiuk-petro]
  stays:
    - person: hnatiuk-petro
      left: 10:50
items:
  - no: 1
    title: Порядок денний
    result: adopted
    votes:
      - uid: 2026-11-20-1
        at: 10:05
        text: Затвердити порядок денний.
        type: procedural
        counts: {yes: 4, no: 0, abstain: 0, not_voting: 0, absent: 0}
        result: pass
        is_secret: так
  - no: 2
    title: Про продаж
    result: removed
    removed_reason: Немає оцінки майна.
  - no: 3
    title: Про воду
    origin: added
    origin_reason: Прорвало трубу.
    absent: [chumak-iryna]
    votes:
      - uid: 2026-11-20-2
        at: 11:10
        counts: {yes: 2, no: 0, abstain: 0, not_voting: 0, absent: 2}
        result: fail
        is_secret: так
"""


@pytest.fixture
def page(lay_out: Callable[[], Path]) -> html.HtmlElement:
    folder = lay_out()
    meeting = folder / "content/meetings/2026/pl-2026-11-20"
    meeting.mkdir(parents=True)
    (meeting / "index.yml").write_text(MEETING, encoding="utf-8")
    assert build_folder(folder, folder / "out") == (0, [])
    return html.parse(str(folder / "out/zasidannia/2026/pl-2026-11-20/index.html")).getroot().find(".//main")


def words(element: html.HtmlElement) -> str:
    return " ".join(" ".join(element.itertext()).split())


def test_both_agendas_stand_side_by_side_with_reasons(page: html.HtmlElement) -> None:
    rows = [words(row) for row in page.find_class("agenda-comparison")[0].findall(".//tbody/tr")]
    assert ["1 Порядок денний Проєкт: є Затверджений: є",
            "2 Про продаж Немає оцінки майна. Проєкт: є Затверджений: знято",
            "3 Про воду Прорвало трубу. Проєкт: немає Затверджений: додано"] == rows
    assert "У проєкті 2 питання, додано 1, знято 1." in words(page)
    assert "/zasidannia/2026/pl-2026-11-20/2026-11-20-1/" in {a.get("href") for a in page.iter("a")}


def test_a_removed_item_stays_in_the_agenda_with_its_reason(page: html.HtmlElement) -> None:
    item = words(page.get_element_by_id("pytannia-2"))
    assert "Знято з розгляду" in item
    assert "Знято з порядку денного. Немає оцінки майна." in item


def test_who_left_before_a_question_and_who_missed_it_are_named_at_it(page: html.HtmlElement) -> None:
    item = words(page.get_element_by_id("pytannia-3")).replace("\u00a0", " ")
    assert "Не було в залі: Гнатюк П. Ю., Чумак І. П." in item
    assert "(до 10:50)" in words(page)
