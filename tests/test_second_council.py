"""Another council takes the engine as it is: its own name, colours, 22 seats, number formats, below a sub-path."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.conftest import SITES, build_folder, tree_of

COUNCIL = SITES / "valid" / "second-council"


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("second")
    status, lines = build_folder(COUNCIL, folder / "out", cache=folder / "cache")
    assert (status, lines) == (0, [])
    return folder / "out"


def test_nothing_of_the_sample_council_is_left(output: Path) -> None:
    for path, content in tree_of(output).items():
        assert "Яворопіл".encode() not in content, path
        assert b"yavoropil" not in content, path


def test_its_own_name_and_colours_are_on_every_page(output: Path) -> None:
    pages = [path for path in output.rglob("*.html") if 'http-equiv="refresh"' not in path.read_text(encoding="utf-8")]
    assert len(pages) > 50
    for page in pages:
        text = page.read_text(encoding="utf-8")
        assert "Вільшанськ" in text, page
        assert "#1f4d2b" in text, page


def test_its_own_arms_stand_in_the_head_the_icon_and_the_manifest(output: Path) -> None:
    arms = next((output / "media").glob("herb.*.svg"))
    address = f"/vilshanka/media/{arms.name}"
    home = (output / "index.html").read_text(encoding="utf-8")
    assert f'<img class="shield" src="{address}" alt=""' in home
    assert f'<link rel="icon" href="{address}" type="image/svg+xml">' in home
    assert "favicon.ico" not in home and 'class="shield-field"' not in home
    assert [address] == [icon["src"] for icon in json.loads((output / "site.webmanifest").read_bytes())["icons"]]


def test_every_address_stands_below_the_path_of_the_site(output: Path) -> None:
    for page in output.rglob("*.html"):
        for address in re.findall(r'(?:href|src|action)="(/[^"]*)"', page.read_text(encoding="utf-8")):
            assert address.startswith("/vilshanka/"), (page, address)


def test_twenty_two_seats_decide_about_the_majority(output: Path) -> None:
    page = (output / "zasidannia/2026/pl-2026-02-20/2026-02-20-1/index.html").read_text(encoding="utf-8")
    assert re.search(r"потрібно\s12\s", page.replace("\u00a0", " "))


def test_its_own_number_formats_hold(output: Path) -> None:
    page = (output / "rishennia" / "2026" / "12-5-viii" / "index.html").read_text(encoding="utf-8")
    assert "12-5/VІІІ" in page
