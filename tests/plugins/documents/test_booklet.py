"""The booklet: pages in the order in which folded sheets show them, with all that is read aloud."""

from __future__ import annotations

from itertools import chain

import pytest

from plugins.documents.model import booklet, sheets_of
from plugins.documents.press import press
from tests import pdf

SOURCE = '''#set document(title: "Зошит")
#set text(lang: "uk", font: "Arsenal")
#set page(width: 148mm, height: 210mm)
#let data = json(bytes(sys.inputs.data))
= Зошит
#for number in range(1, data.count + 1) {
  if number > 1 { pagebreak() }
  [== Сторінка #number]
  let drawing = "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><path d='M0 0h9v9z'/></svg>"
  table(columns: 2, table.header[а][б], [сторінка #number],
    image(bytes(drawing), format: "svg", alt: "Трикутник"))
}'''


def made(monkeypatch: pytest.MonkeyPatch, count: int) -> bytes:
    monkeypatch.setattr("plugins.documents.press.templates", lambda name: {name: SOURCE.encode()})
    return press("t.typ", {"count": count}, standards=("ua-1", "a-2a"))[0]


@pytest.mark.parametrize(("count", "order"), [
    (4, [(4, 1), (2, 3)]),
    (8, [(8, 1), (2, 7), (6, 3), (4, 5)]),
    (12, [(12, 1), (2, 11), (10, 3), (4, 9), (8, 5), (6, 7)]),
    (16, [(16, 1), (2, 15), (14, 3), (4, 13), (12, 5), (6, 11), (10, 7), (8, 9)]),
])
def test_folded_sheets_show_the_pages_in_their_order(count: int, order: list[tuple[int, int]]) -> None:
    assert [(left - 1, right - 1) for left, right in order] == sheets_of(count)


@pytest.mark.parametrize("count", range(1, 40))
def test_each_page_stands_once_and_the_last_is_the_back_cover(count: int) -> None:
    sides = sheets_of(count)
    assert 0 == len(sides) % 2
    assert sorted(page for page in chain(*sides) if page is not None) == list(range(count))
    assert sides[0][0] == count - 1
    if count > 1:
        assert sides[0][1] == 0


@pytest.mark.parametrize("count", [1, 4, 7, 8])
def test_what_is_read_aloud_stays_in_the_order_of_the_pages(monkeypatch: pytest.MonkeyPatch, count: int) -> None:
    pages = made(monkeypatch, count)
    sheets = booklet(pages)
    assert [] == pdf.faults(sheets)
    if count == 7:
        assert [] == pdf.spoken_faults(sheets)
    assert pdf.standards(pages) == pdf.standards(sheets)
    assert pdf.elements(pages) == pdf.elements(sheets)


def test_sheets_are_twice_as_wide_and_drawn_as_the_pages_are(monkeypatch: pytest.MonkeyPatch) -> None:
    pages = made(monkeypatch, 5)
    sheets = booklet(pages)
    boxes = [box["MediaBox"] for box in pdf.boxes_of(sheets)]
    (_, _, wide, high) = pdf.boxes_of(pages)[0]["MediaBox"]
    assert [(0, 0, pytest.approx(2 * wide, abs=0.01), pytest.approx(high))] * 4 == boxes
    for side, (left, right) in enumerate(sheets_of(5)):
        shown = sorted(letter["text"] for letter in pdf.letters_of(sheets) if letter["page"] == side)
        meant = sorted(letter["text"] for letter in pdf.letters_of(pages) if letter["page"] in (left, right))
        assert meant == shown


def test_the_same_pages_give_the_same_sheets(monkeypatch: pytest.MonkeyPatch) -> None:
    pages = made(monkeypatch, 6)
    assert booklet(pages) == booklet(pages)
