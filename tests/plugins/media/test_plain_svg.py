"""The arms: what a program of drawing saves becomes plain shapes, and what cannot be printed is refused by name."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest

from plugins.media.model import plain_svg
from plugins.records import BadLink

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:i="http://www.inkscape.org/namespaces/inkscape" '


def drawing(folder: Path, inside: str, box: str = 'viewBox="0 0 80 100"') -> Path:
    file = folder / "herb.svg"
    file.write_text(f"{HEAD}{box}>{inside}</svg>", encoding="utf-8")
    return file


def test_shapes_and_solid_colours_stay_and_the_notes_of_the_program_go(tmp_path: Path) -> None:
    inside = ('<metadata>Автор</metadata><defs><linearGradient id="unused"/>'
              '<clipPath id="c"><rect width="9" height="9"/></clipPath></defs>'
              '<g i:label="Шар 1" style="fill:#0a7d3c;-inkscape-font-specification:Arial">'
              '<path clip-path="url(#c)" d="M3 3h74v55z"/></g>')
    plain = plain_svg(drawing(tmp_path, inside))
    assert ('<svg xmlns="http://www.w3.org/2000/svg" width="80" height="100" viewBox="0 0 80 100"><g>'
            '<clipPath id="c"><rect height="9" width="9"></rect></clipPath>'
            '<g fill="#0a7d3c"><path clip-path="url(#c)" d="M3 3h74v55z"></path></g></g></svg>\n') == plain.text
    assert ElementTree.fromstring(plain.text).get("viewBox") == "0 0 80 100"


def test_the_same_shapes_have_the_same_digest(tmp_path: Path) -> None:
    first = plain_svg(drawing(tmp_path, '<path d="M3 3h74v55z" fill="#fff"/>')).digest
    again = plain_svg(drawing(tmp_path, '<!-- інша програма --><path fill="#fff" d="M3 3h74v55z"/>')).digest
    assert first == again


@pytest.mark.parametrize(("inside", "told"), [
    ('<path fill="url(#gold)" d="M0 0h9"/>', "градієнт"), ('<path style="fill:url(#gold)" d="M0 0h9"/>', "градієнт"),
    ('<path d="M0 0h9"/><text>Герб</text>', "текст"), ('<path opacity=".5" d="M0 0h9"/>', "прозорість"),
    ('<path class="a" d="M0 0h9"/>', "класи"), ("<style>path{fill:red}</style>", "таблиця стилів"),
    ('<use href="#a"/>', "клон"), ("<g/>", "жодного контуру"), (f"{'<g>' * 40}{'</g>' * 40}", "вкладених"),
    ('<path d="M0 0h9" fill="expr{1}"/>', "значення fill"), (f'<path d="{"M0 0h9" * 11_000}"/>', "заважкий"),
    ("<script>1</script>", "script"), ('<path onload="x()" d="M0 0h9"/>', "onload")])
def test_what_cannot_stand_in_every_document_is_refused_by_name(tmp_path: Path, inside: str, told: str) -> None:
    with pytest.raises(BadLink, match=told):
        plain_svg(drawing(tmp_path, inside))


@pytest.mark.parametrize("box", ['viewBox="0 0 300 100"', 'viewBox="0 0 20 100"', 'viewBox="0 0 0 0"', 'width="80mm"'])
def test_arms_that_no_letterhead_has_a_place_for_are_refused(tmp_path: Path, box: str) -> None:
    with pytest.raises(BadLink, match="розмір"):
        plain_svg(drawing(tmp_path, '<path d="M0 0h9"/>', box))
